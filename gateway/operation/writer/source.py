"""A tree of what is selected as Python source: one function for every selection (operation).

Names in it are made of the schema's; of the document only response names stand in it, as constants,
and only if they are names as GraphQL has them. Whatever else is needed has a name in a table of
constants. A value that is as the schema has it is written on the spot; any other goes by way of
`other`, which walks one field as the specification has it and raises where that is an error.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gateway.operation.seal import REFERENCE
from gateway.operation.writer.selected import TYPENAME, Member, Place, Selection, Shape, Tree
from schema.language.declare import SOURCE_NAME, Copied, Derived, Otherwise
from schema.language.links import Linked
from schema.language.paths import WirePath
from schema.language.scalars import SCALARS

_NAME = re.compile("[_A-Za-z][_0-9A-Za-z]*", re.ASCII)
_INDENT = "    "
_BUILT_IN = {
    "String": "{0}.__class__ is str",
    "ID": "{0}.__class__ is str",
    "Boolean": "{0}.__class__ is bool",
    "Int": "{0}.__class__ is int and -0x80000000 <= {1} <= 0x7FFFFFFF",
    "Float": "{0}.__class__ is float and {1} - {1} == 0.0",
}
"""When a value is shown as it is: {0} is where it is looked at first, {1} is it again."""
_BY_SUPERTYPE: Mapping[object, str] = {
    str: "{0}.__class__ is str",
    int: "{0}.__class__ is int",
    float: "({0}.__class__ is float or {1}.__class__ is int)",
}
_AS_IT_IS = {
    **_BUILT_IN,
    **{
        spec.name: _BY_SUPERTYPE[kind]
        for key, spec in SCALARS.items()
        if (kind := getattr(key, "__supertype__", None)) in _BY_SUPERTYPE
    },
}
_STRUCTURED = frozenset(spec.name for spec in SCALARS.values() if spec.structured)


class Unwritable(Exception):  # noqa: N818  # no fault: then it is walked
    """What was selected cannot be written as source."""


@dataclass(slots=True)
class Written:
    """The source, and the constants that it names."""

    lines: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The source."""
        return "\n".join(self.lines) + "\n"


def written_source(tree: Tree) -> Written:
    """The source of a tree that was made whole. Raises Unwritable."""
    made = Written()
    made.lines += ["def opened(run, link, other):", '    """The functions of one execution."""']
    made.lines += ["    fetched, alone = run.fetched, not run.fetched.directory.several"]
    for selection in tree.selections:
        for member in selection.members:
            if _is_followed(member):
                made.lines += _indented(_link(member, made.constants))
        made.lines += _indented(_selection(selection, made.constants))
    for place in tree.places:
        if place.fact.is_abstract:
            made.lines += _indented(_abstract(place, made.constants))
    names = ", ".join(map(_of_selection, tree.selections))
    made.lines += ["", f"    return ({names},)"]
    return made


def _indented(lines: Iterator[str]) -> Iterator[str]:
    yield ""
    for line in lines:
        yield _INDENT + line if line else ""


# ---- names --------------------------------------------------------------------------------------


def checked(name: str) -> str:
    """The same. Raises Unwritable for what is no name of GraphQL (specification, 2.1.9)."""
    if _NAME.fullmatch(name) is None:
        raise Unwritable
    return name


def _of_selection(selection: Selection) -> str:
    return f"{checked(selection.type_name)}_{selection.number}"


def _of_member(member: Member, what: str) -> str:
    assert member.fact is not None  # noqa: S101  # asked for published fields only
    return f"{what}_{checked(member.parent)}_{checked(member.fact.name)}_m{member.number}"


def _writer_of(place: Place) -> str:
    """The function that writes what stands at a place."""
    if place.fact.is_abstract:
        return f"any_{checked(place.fact.name)}_p{place.number}"
    return _of_selection(place.of(place.fact.name))


# ---- objects ------------------------------------------------------------------------------------


def _selection(selection: Selection, constants: dict[str, Any]) -> Iterator[str]:
    yield f"def {_of_selection(selection)}(at):"
    yield "    get = at.get"
    yield "    return {"
    for member in selection.members:
        yield f"        {checked(member.name)!r}: {_member(member, constants)},"
    yield "    }"


def _abstract(place: Place, constants: dict[str, Any]) -> Iterator[str]:
    """Which of its types an object is of; the discriminator is as a rule a text."""
    name, fact = _writer_of(place), place.fact
    constants[f"concrete_{name}"] = fact.concrete
    by_text = {
        text: _of_selection(place.of(chosen))
        for text, chosen in fact.options.items()
        if isinstance(text, str)
    }
    others = [chosen for text, chosen in fact.options.items() if text is Otherwise]
    otherwise = f", {_of_selection(place.of(others[0]))}" if others else ""
    yield f"def {name}(at):  # {checked(fact.name)}"
    yield "    get = at.get"
    yield f"    kind = {_at(fact.by or ())}"
    yield "    if kind.__class__ is str:"
    yield f"        return texts_{name}.get(kind{otherwise})(at)"
    yield f"    return types_{name}[concrete_{name}(at)](at)"
    yield ""
    yield f"texts_{name} = {_table(by_text)}"
    by_name = {each: _of_selection(place.of(each)) for each in place.type_names}
    yield f"types_{name} = {_table(by_name)}"


def _table(entries: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key!r}: {value}" for key, value in entries.items()) + "}"


def _at(path: WirePath) -> str:
    """The value at a wire path, as `value_at` has it: `get` and `at` are those of the object."""
    if len(path) < 2:
        return f"get({path[0]!r})" if path else "at"
    steps = [f"(part := get({path[0]!r})).__class__ is dict"]
    steps += [f"(part := part.get({name!r})).__class__ is dict" for name in path[1:-1]]
    return f"(part.get({path[-1]!r}) if {' and '.join(steps)} else value_at(at, {path!r}))"


# ---- fields -------------------------------------------------------------------------------------


def _member(member: Member, constants: dict[str, Any]) -> str:
    """The value of one field of the object `at`."""
    fact, other = member.fact, _other(member)
    if member.refused:
        return other if member.shape.required else "None"
    if fact is None:
        is_name = member.nodes[0].name.value == TYPENAME
        return repr(checked(member.parent)) if is_name else other
    match fact.kind:
        case Linked():
            return f"{_of_member(member, 'link')}(at)"
        case Copied(path=path) if path == SOURCE_NAME:
            return _completed(member, "fetched.source_of(at)", constants)
        case Copied(path=path) if fact.type_name != REFERENCE:
            return _completed(member, _at(path), constants)
        case Derived(compute=compute, needs=needs, effort=None, sealed=None):
            name = _of_member(member, "compute")
            constants[name] = compute
            values = ", ".join(_need(path) for _, path in needs)
            return _completed(member, f"{name}({values})", constants)
    return other


def _other(member: Member) -> str:
    return f"other({member.number}, at)"


def _need(path: WirePath) -> str:
    return f"need if (need := {_at(path)}).__class__ is not Withheld else leave()"


def _completed(member: Member, found: str, constants: dict[str, Any], writer: str = "") -> str:
    """The value `found`, completed; `writer` writes its objects, or else that of their place."""
    shape = member.shape
    if shape.item is not None:
        return _list(member, shape.item, found, constants, writer)
    if shape.place is not None:
        made = writer or _writer_of(shape.place)
        return f"{made}(value) if (value := {found}).__class__ is dict else {_else(member)}"
    return _leaf(member, found, constants)


def _else(member: Member) -> str:
    """Of a `value` that is not as a rule there: null if it is absent, and else a field to walk."""
    if member.shape.required:
        return _other(member)
    blank = " or value == ''" if _is_blank(member) else ""
    return f"None if value is None{blank} else {_other(member)}"


def _is_blank(member: Member) -> bool:
    """Whether an empty text stands for a value that is not there."""
    fact = member.fact
    return fact is not None and isinstance(fact.kind, Copied) and fact.blank_is_absent


def _leaf(member: Member, found: str, constants: dict[str, Any]) -> str:
    shape, value = member.shape, f"(value := {found})"
    match _kind_of(member):
        case _Kind.ENUM:
            names = _enum(member, constants)
            return f"{names}[value] if {value}.__class__ is str and value in {names} else " + _else(
                member
            )
        case _Kind.STRUCTURED:
            coerce = _coerce(member, constants)
            return f"{coerce}(value) if {value}.__class__ is dict else {_else(member)}"
        case _Kind.UNKNOWN:
            return _other(member)
    test, shown = _AS_IT_IS[shape.type_name].format(value, "value"), "value"
    if not shape.required:
        test += " or value is None"
        shown = "(value or None)" if _is_blank(member) and _is_text(shape) else shown
    elif _is_blank(member) and _is_text(shape):
        test += " and value"
    return f"{shown} if {test} else {_other(member)}"


def _list(member: Member, item: Shape, found: str, constants: dict[str, Any], writer: str) -> str:
    shown = _item(member, item, constants, writer)
    if shown is None:
        return _other(member)
    return f"[{shown} for item in value] if (value := {found}).__class__ is list else " + _else(
        member
    )


def _item(member: Member, item: Shape, constants: dict[str, Any], writer: str) -> str | None:
    """One `item` of a list, completed; None where that is to be walked."""
    otherwise = "leave()" if item.required else "None if item is None else leave()"
    if item.item is not None:
        return None
    if item.place is not None:
        made = writer or _writer_of(item.place)
        return f"{made}(item) if item.__class__ is dict else {otherwise}"
    match _kind_of(member):
        case _Kind.ENUM:
            names = _enum(member, constants)
            return f"{names}[item] if item.__class__ is str else {otherwise}"
        case _Kind.STRUCTURED:
            coerce = _coerce(member, constants)
            return f"{coerce}(item) if item.__class__ is dict else {otherwise}"
        case _Kind.UNKNOWN:
            return None
    test = _AS_IT_IS[item.type_name].format("item", "item")
    return f"item if {test} else {otherwise}"


# ---- leaves -------------------------------------------------------------------------------------


class _Kind(Enum):
    """How a leaf is written."""

    PLAIN = "as it is"
    ENUM = "by its name"
    STRUCTURED = "after a look at how deep it is"
    UNKNOWN = "walked"


def _kind_of(member: Member) -> _Kind:
    fact, name = member.fact, member.shape.type_name
    if fact is not None and fact.enum is not None:
        return _Kind.ENUM if isinstance(fact.kind, Copied) else _Kind.UNKNOWN
    if name in _STRUCTURED:
        return _Kind.STRUCTURED
    return _Kind.PLAIN if name in _AS_IT_IS else _Kind.UNKNOWN


def _is_text(shape: Shape) -> bool:
    return _AS_IT_IS[shape.type_name] == _BUILT_IN["String"]


def _innermost(shape: Shape) -> Shape:
    return shape if shape.item is None else _innermost(shape.item)


def _enum(member: Member, constants: dict[str, Any]) -> str:
    """A table from wire values to the names that are published."""
    fact, leaf = member.fact, _innermost(member.shape).leaf
    assert fact is not None and fact.enum is not None and leaf is not None  # noqa: S101  # an enum
    name = f"{checked(fact.type_name)}_names"
    constants[name] = {each.value: leaf(each) for each in fact.enum if isinstance(each.value, str)}
    return name


def _coerce(member: Member, constants: dict[str, Any]) -> str:
    name = f"{checked(member.shape.type_name)}_shown"
    constants[name] = _innermost(member.shape).leaf
    return name


# ---- links --------------------------------------------------------------------------------------


def _is_followed(member: Member) -> bool:
    return member.fact is not None and isinstance(member.fact.kind, Linked) and not member.refused


def _link(member: Member, constants: dict[str, Any]) -> Iterator[str]:
    """What a link of the object `at` leads to. What many objects share is written once: by its
    identity, and by its key where that alone says what is found.
    """
    fact, name = member.fact, _of_member(member, "link")
    assert fact is not None and isinstance(fact.kind, Linked)  # noqa: S101  # `_is_followed`
    found, first, where = f"link({member.number}, at)", fact.kind.hops[0], fact.kind.where
    place = _innermost(member.shape).place
    assert place is not None  # noqa: S101  # a link gives objects
    about = f"  # {fact.parent}.{fact.name}"
    if first.key is None or first.argument is not None or not member.pure:
        yield f"def {name}(at):{about}"
        yield f"    return {_completed(member, found, constants)}"
        return
    once = _of_member(member, "once")
    yield from _once(once, _writer_of(place))
    yield ""
    if where is not None and where.holder is not None:
        yield f"def {name}(at):{about}"
        yield f"    return {_completed(member, found, constants, once)}"
        return
    yield from _by_key(name, about, first.key, _completed(member, found, constants, once))


def _once(name: str, writer: str) -> Iterator[str]:
    yield f"known_{name} = {{}}"
    yield ""
    yield f"def {name}(at):"
    yield f"    known = known_{name}.get(id(at))"
    yield "    if known is None:"
    yield f"        known = known_{name}[id(at)] = ({writer}(at), at)"
    yield "    return known[0]"


def _by_key(name: str, about: str, key: WirePath, completed: str) -> Iterator[str]:
    yield f"led_{name} = {{}}"
    yield ""
    yield f"def {name}(at):{about}"
    yield "    get = at.get"
    yield f"    key = {_at(key)}"
    yield "    keyed = alone and (key.__class__ is str or key.__class__ is int)"
    yield f"    if keyed and key in led_{name}:"
    yield f"        return led_{name}[key]"
    yield f"    made = {completed}"
    yield "    if keyed:"
    yield f"        led_{name}[key] = made"
    yield "    return made"
