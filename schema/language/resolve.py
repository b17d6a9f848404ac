"""Annotations as the shapes that they mean (startup)."""

import inspect
import sys
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from schema.language.links import Deprecated, ListOf, Range
from schema.language.paging import Connection
from schema.language.texts import texts_in


@dataclass(frozen=True, slots=True)
class Shape:
    """What an annotation means: a named type, perhaps in a list, perhaps null."""

    inner: Any
    nullable: bool
    many: bool = False
    items_nullable: bool = False
    connection: bool = False

    @property
    def enum(self) -> type[Enum] | None:
        """The enum, where the named type is one."""
        is_enum = isinstance(self.inner, type) and issubclass(self.inner, Enum)
        return self.inner if is_enum else None


@dataclass(frozen=True, slots=True)
class ArgumentShape:
    """One parameter of a link's function."""

    keyword: str
    annotation: Any
    shape: Shape
    description: str | None
    bounds: Range | ListOf | None
    default: Any
    """`inspect.Parameter.empty` when the argument must be given."""
    deprecation: str | None = None


@cache
def shape_of(annotation: Any) -> Shape:
    """The shape of `T`, `T | None`, `list[T]`, `list[T | None] | None` or `Connection[T]`; once
    for the same annotation, as thousands of fields have hundreds.
    """
    inner, nullable = without_none(bare(annotation))
    origin = get_origin(inner)
    if origin is list:
        item, items_nullable = without_none(bare(get_args(inner)[0]))
        return Shape(item, nullable, many=True, items_nullable=items_nullable)
    if origin is Connection:
        return Shape(get_args(inner)[0], nullable, connection=True)
    return Shape(inner, nullable)


def bare(annotation: Any) -> Any:
    """The annotation without `Annotated` around it."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def bounds_in(annotation: Any) -> Range | ListOf | None:
    """The bounds that stand in `Annotated` around an annotation."""
    extras = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return next((extra for extra in extras if isinstance(extra, Range | ListOf)), None)


def deprecation_in(annotation: Any) -> str | None:
    """The reason that stands in `Annotated` around an annotation."""
    extras = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return next((extra.reason for extra in extras if isinstance(extra, Deprecated)), None)


def without_none(annotation: Any) -> tuple[Any, bool]:
    """`T | None` as (T, True), anything else as (itself, False)."""
    if get_origin(annotation) not in (types.UnionType, typing.Union):
        return annotation, False
    rest = [part for part in get_args(annotation) if part is not types.NoneType]
    return (rest[0] if len(rest) == 1 else annotation), len(rest) < len(get_args(annotation))


@cache
def class_hints(cls: type) -> Mapping[str, Any]:
    """The resolved annotations of a class and its bases; once, though it is asked for again for
    every schema that is made of the same declarations.
    """
    return _meant(cls.__mro__[-2::-1]) or typing.get_type_hints(cls, include_extras=True)


@cache
def _hints(function: Callable[..., Any]) -> Mapping[str, Any]:
    return _meant([function]) or typing.get_type_hints(function, include_extras=True)


def _meant(written: Sequence[Any]) -> Mapping[str, Any] | None:
    """As `get_type_hints`, which compiles the same text again for every field that has it; None
    where an annotation is no text, has one in it, or names what its module has not.
    """
    found: dict[str, Any] = {}
    for each in written:
        for name, text in inspect.get_annotations(each).items():
            if not isinstance(text, str):
                return None
            try:
                found[name] = _evaluated(each.__module__, text)
            except (NameError, KeyError):
                return None
    return found


@cache
def _evaluated(module: str, text: str) -> Any:
    made = eval(text, sys.modules[module].__dict__)  # noqa: S307  # an annotation of our own
    if _has_text(made):
        raise NameError(text)
    return types.NoneType if made is None else made


def _has_text(annotation: Any) -> bool:
    """Whether a text is in it that may stand for a type, as in `list["Persoon"]`."""
    if isinstance(annotation, str | typing.ForwardRef):
        return True
    return any(map(_has_text, get_args(annotation)))


@cache
def arguments_of(function: Callable[..., Any]) -> Sequence[ArgumentShape]:
    """The parameters of a link's function, without `self`; once, as `class_hints`."""
    hints = _hints(function)
    found = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name == "self":
            continue
        annotation = hints[name]
        extras = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
        text = next((extra for extra in extras if isinstance(extra, str)), None)
        found.append(
            ArgumentShape(
                name,
                bare(annotation),
                shape_of(annotation),
                text,
                bounds_in(annotation),
                parameter.default,
                deprecation_in(annotation),
            )
        )
    return tuple(found)


@cache
def return_shape(function: Callable[..., Any]) -> Shape:
    """The shape of what a function gives."""
    return shape_of(_hints(function)["return"])


@cache
def attribute_docs(cls: type) -> Mapping[str, str]:
    """The string under each annotated attribute of a class: its description."""
    module = sys.modules.get(cls.__module__)
    file = getattr(module, "__file__", None)
    if file is None or "<locals>" in cls.__qualname__:
        return {}
    found = Path(file).stat()
    return texts_in(file, (found.st_mtime_ns, found.st_size)).get(cls.__qualname__, {})
