"""What a question to a Haal Centraal API asks for: wire paths as its `fields` (operation).

BRK bevragen 2.0 and WOZ bevragen 1.0 take dot paths separated by commas; the name of a group asks
for all of it. A path that is a group is in a plan when nothing in the group is wanted but that it
is there, perhaps because the rest was refused: then one part of it is asked, the least telling.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from schema.language.declare import Copied, Derived, FieldDeclaration, declaration_of
from schema.language.resolve import class_hints, shape_of

KEY = "identificatie"


def field_paths(gives: type, paths: Iterable[str]) -> list[str]:
    """The paths to ask for of objects of this published type; never none: that asks for all."""
    wanted = set(paths)
    known = groups(gives)
    asked = {KEY, *(path for path in wanted if path not in known)}
    for group in sorted(wanted & known.keys(), key=len, reverse=True):
        if not any(path.startswith(f"{group}.") for path in asked):
            asked.add(known[group])
    return sorted(asked)


def fields_of(gives: type, paths: Iterable[str]) -> str:
    """The same as the value of `fields`."""
    return ",".join(field_paths(gives, paths))


@cache
def groups(gives: type) -> Mapping[str, str]:
    """The groups in objects of a published type, by path: the path of the part that says least."""
    found: dict[str, str] = {}
    for path, inner in _groups_in(gives):
        found[path] = f"{path}.{_least(inner)}"
        found |= {f"{path}.{sub}": f"{path}.{part}" for sub, part in groups(inner).items()}
    return MappingProxyType(found)


def _groups_in(cls: type) -> Iterator[tuple[str, type]]:
    """What is published inside objects of a type, or of one of its kinds: path and type."""
    for each in (cls, *cls.__subclasses__()):
        declaration = declaration_of(each)
        for made in declaration.fields.values() if declaration is not None else ():
            inner = _inner(each, made)
            if isinstance(made.kind, Copied) and inner is not None:
                yield ".".join(made.kind.path), inner


def _least(cls: type) -> str:
    """The path of what makes an object of this type be there: its kind, or else its first field
    that reveals no more than the object itself.
    """
    declaration = declaration_of(cls)
    assert declaration is not None, cls  # noqa: S101  # the caller looked
    if declaration.by is not None:
        return ".".join(declaration.by)
    first = min(declaration.fields.values(), key=lambda made: made.label is not None)
    match first.kind:
        case Derived(needs=needs):
            return ".".join(needs[0][1])
        case Copied(path=path):
            inner = _inner(cls, first)
            return ".".join(path if inner is None else (*path, _least(inner)))
    raise TypeError(first.kind)


def _inner(cls: type, made: FieldDeclaration) -> type | None:
    """The published type of a copied field's value; None for a plain value."""
    if not isinstance(made.kind, Copied):
        return None
    inner: type = shape_of(class_hints(cls)[made.attribute]).inner
    return inner if declaration_of(inner) is not None else None
