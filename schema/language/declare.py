"""The words with which a type is declared: `published`, `one_of`, `copied`, `derived` (startup).

A declaration only records. Nothing is resolved, checked or built before `assemble`, so modules may
name each other's types freely, and a mistake is reported with all others.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

from schema.language.paths import WirePath, camel, split

T = TypeVar("T")
MARK = "__published__"
SOURCE_NAME: WirePath = ("@bron",)
"""Where the name of an object's source would stand: no source writes it, the machine knows it."""


class Otherwise:
    """The option of an abstract type for every discriminator that no other option names."""


OTHERWISE = Otherwise()


@dataclass(frozen=True, slots=True)
class Copied:
    """The value at `path` in the source's object."""

    path: WirePath


@dataclass(frozen=True, slots=True)
class Derived:
    """The result of `compute`, called with the values at `needs`, in that order."""

    compute: Callable[..., Any]
    needs: tuple[tuple[str, WirePath], ...]
    sealed: str | None = None
    """What computes a `Content` instead of a value names the stream that its bytes come from; the
    client is given a link to them, sealed for whoever asks."""
    effort: Callable[..., int] | None = None
    """How much work it is, from the same values; one answer does only so much of it."""


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """One published field, before its annotation is resolved."""

    name: str
    attribute: str
    kind: Any
    """`Copied`, `Derived` or `Linked` (schema.language.links)."""
    label: str | None
    description: str | None
    function: Callable[..., Any] | None = None
    """Where the annotations stand: the function of a derived field or link, None when copied."""
    deprecation: str | None = None


@dataclass(slots=True)
class TypeDeclaration:
    """One published type: an object, or (with `by`) an abstract type with options."""

    cls: type
    name: str
    description: str
    label: str
    by: WirePath | None = None
    when: tuple[object, ...] = ()
    wire: frozenset[WirePath] = frozenset()
    """Wire properties that links and derived fields may use and that are not published."""
    blank_is_absent: bool = False
    """Whether this source writes "" for a value that it does not have (ZGW)."""
    is_input: bool = False
    fields: dict[str, FieldDeclaration] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _CopiedMark:
    path: str | None
    label: str | None
    description: str | None
    name: str | None
    deprecation: str | None


@dataclass(frozen=True, slots=True)
class _DerivedMark:
    compute: Callable[..., Any]
    label: str | None
    needs: Mapping[str, str]
    name: str | None
    sealed: str | None
    deprecation: str | None
    effort: Callable[..., int] | None


def copied(
    path: str | None = None,
    *,
    label: str | None = None,
    description: str | None = None,
    name: str | None = None,
    deprecation: str | None = None,
) -> Any:
    """A field copied from the source's object.

    `path` is the wire path inside the object (default: the published name), `label` what the field
    reveals (default: the type's), `description` the Dutch text (default: the string under the
    field), `name` the published name (default: the attribute in camelCase), `deprecation` in Dutch
    what to ask instead, for a field that will go (schema/afscheid.toml).
    """
    return _CopiedMark(path, label, description, name, deprecation)


def source_name() -> Any:
    """A field with the name under which the municipality has the source of the object.

    Only for objects that a read gives by themselves, in a list or on a page.
    """
    return copied(
        ".".join(SOURCE_NAME),
        description="De naam waaronder de gemeente de bron heeft waar dit vandaan komt.",
    )


@overload
def derived(compute: Callable[..., Any]) -> Any: ...


@overload
def derived(
    *,
    label: str | None = None,
    needs: Mapping[str, str] | None = None,
    name: str | None = None,
    sealed: str | None = None,
    deprecation: str | None = None,
    effort: Callable[..., int] | None = None,
) -> Callable[[Callable[..., Any]], Any]: ...


def derived(
    compute: Callable[..., Any] | None = None,
    *,
    label: str | None = None,
    needs: Mapping[str, str] | None = None,
    name: str | None = None,
    sealed: str | None = None,
    deprecation: str | None = None,
    effort: Callable[..., int] | None = None,
) -> Any:
    """A field computed from wire values; its parameters' names are its needs.

    A parameter `geslachts_naam` needs the wire property `geslachtsNaam` of the same object;
    `needs={"straat": "verblijfadres.straat"}` names a path that a parameter cannot. The function
    is pure: nothing else is visible to it.

    `sealed` is for bytes. The function then gives a `Downloadlink`, that is a `Content`: which
    bytes, still purely from wire values. Who may have them, until when, and under which key is not
    its business: the machine hands the content to the sealer that came with the caller. The name is
    that of a stream of a registry. `deprecation` is as with `copied`.

    `effort` is for what takes long, and gives from the same values how much work it is: the machine
    does only so much for one answer, since nothing else is answered in the meantime.
    """

    def mark(function: Callable[..., Any]) -> _DerivedMark:
        return _DerivedMark(function, label, needs or {}, name, sealed, deprecation, effort)

    return mark(compute) if compute is not None else mark


def published(
    *,
    label: str,
    when: object | Sequence[object] = (),
    wire: Sequence[str] = (),
    name: str | None = None,
    blank_is_absent: bool | None = None,
) -> Callable[[type[T]], type[T]]:
    """Publish the class as an object type.

    `label` is what seeing such an object at all reveals. `when` gives, for a subclass of a
    `one_of`, the discriminator's values that choose it (or `OTHERWISE`).
    """

    def declare(cls: type[T]) -> type[T]:
        values = tuple(when) if isinstance(when, list | tuple) else (when,)
        return _declare(cls, label, wire, name, blank_is_absent, when=values)

    return declare


def one_of(
    *,
    by: str,
    label: str,
    wire: Sequence[str] = (),
    name: str | None = None,
    blank_is_absent: bool | None = None,
) -> Callable[[type[T]], type[T]]:
    """Publish the class as an abstract type whose subclasses are told apart by a wire property.

    With fields of its own it becomes an interface, without them a union. `by` is the path of the
    discriminator in the source's object.
    """

    def declare(cls: type[T]) -> type[T]:
        return _declare(cls, label, wire, name, blank_is_absent, by=split(by))

    return declare


def asked(cls: type[T]) -> type[T]:
    """Publish the class as an input type: what a client may ask with."""
    declaration = TypeDeclaration(cls, cls.__name__, _doc(cls), label="", is_input=True)
    for attribute in inspect.get_annotations(cls):
        name = camel(attribute)
        declaration.fields[name] = FieldDeclaration(name, attribute, Copied((name,)), None, None)
    setattr(cls, MARK, declaration)
    return cls


def declaration_of(cls: object) -> TypeDeclaration | None:
    """The declaration that stands on this very class, not on a base of it."""
    found = cls.__dict__.get(MARK) if isinstance(cls, type) else None
    return found if isinstance(found, TypeDeclaration) else None


def _declare(
    cls: type[T],
    label: str,
    wire: Sequence[str],
    name: str | None,
    blank_is_absent: bool | None,
    *,
    by: WirePath | None = None,
    when: tuple[object, ...] = (),
) -> type[T]:
    bases = [found for base in cls.__mro__[1:] if (found := declaration_of(base))]
    blank = blank_is_absent
    if blank is None:
        blank = any(base.blank_is_absent for base in bases)
    declaration = TypeDeclaration(
        cls,
        name or cls.__name__,
        _doc(cls),
        label,
        by=by,
        when=when,
        wire=frozenset(split(path) for path in wire).union(*(base.wire for base in bases)),
        blank_is_absent=blank,
    )
    for base in reversed(bases):
        declaration.fields.update(base.fields)
    for made in _own_fields(cls):
        declaration.fields[made.name] = made
    setattr(cls, MARK, declaration)
    return cls


def _own_fields(cls: type) -> list[FieldDeclaration]:
    own: list[FieldDeclaration] = []
    namespace = cls.__dict__
    annotated = inspect.get_annotations(cls)
    order = dict.fromkeys([*annotated, *namespace])
    for attribute in order:
        mark = namespace.get(attribute)
        if isinstance(mark, _DerivedMark):
            own.append(_derived_field(attribute, mark))
        elif attribute in annotated:
            known = mark if isinstance(mark, _CopiedMark) else _CopiedMark(*(None,) * 5)
            own.append(_copied_field(attribute, known))
    return own


def _copied_field(attribute: str, mark: _CopiedMark) -> FieldDeclaration:
    name = mark.name or camel(attribute)
    kind = Copied(split(mark.path if mark.path is not None else name))
    return FieldDeclaration(
        name, attribute, kind, mark.label, mark.description, deprecation=mark.deprecation
    )


def _derived_field(attribute: str, mark: _DerivedMark) -> FieldDeclaration:
    code = mark.compute.__code__
    names = code.co_varnames[: code.co_argcount]
    needs = tuple((name, split(mark.needs.get(name, camel(name)))) for name in names)
    return FieldDeclaration(
        mark.name or camel(attribute),
        attribute,
        Derived(mark.compute, needs, mark.sealed, mark.effort),
        mark.label,
        documentation(mark.compute.__doc__) or None,
        function=mark.compute,
        deprecation=mark.deprecation,
    )


def documentation(docstring: str | None) -> str:
    """A docstring without its indentation: a reader of Markdown takes indented lines for code."""
    return inspect.cleandoc(docstring or "").strip()


def _doc(cls: type) -> str:
    """What stands on this very class, not on a base of it."""
    return documentation(cls.__dict__.get("__doc__"))
