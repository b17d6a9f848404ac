"""The value of one field as an expression of Python, of the object `at` (operation).

A value that is as the schema has it is written on the spot. Any other goes by way of `other`, which
walks that one field and raises where the walk finds an error; `leave` gives up the whole object.
"""

from enum import Enum

from gateway.operation.seal import REFERENCE
from gateway.operation.writer.constants import Constants
from gateway.operation.writer.names import checked, of_member, of_place
from gateway.operation.writer.records import NUMBER, TYPES
from gateway.operation.writer.selected import TYPENAME, Member, Shape, innermost
from schema.language.declare import SOURCE_NAME, Copied, Derived
from schema.language.links import Linked, Namespace
from schema.language.paths import WirePath
from schema.language.scalars import SCALARS

_TEXT = "{0}.__class__ is str"
_NUMBER = "({0}.__class__ is float and {1} - {1} == 0.0 or {1}.__class__ is int)"
_BUILT_IN = {
    "Boolean": "{0}.__class__ is bool",
    "Int": "{0}.__class__ is int and -0x80000000 <= {1} <= 0x7FFFFFFF",
    "Float": "{0}.__class__ is float and {1} - {1} == 0.0",
}
"""When a value is shown as it is: {0} is where it is looked at first, {1} is it again."""
_BY_TYPE = {str: _TEXT, int: "{0}.__class__ is int", NUMBER: _NUMBER}
_AS_IT_IS = {name: _BUILT_IN.get(name) or _BY_TYPE[kind] for name, kind in TYPES.items()}
_STRUCTURED = frozenset(spec.name for spec in SCALARS.values() if spec.structured)


def value_of(member: Member, constants: Constants) -> str:
    """The value of a field. A link is what its own function gives (`source`)."""
    fact, other = member.fact, _other(member)
    if member.refused:
        return other if member.shape.required else "None"
    if fact is None:
        is_name = member.nodes[0].name.value == TYPENAME
        return repr(checked(member.parent)) if is_name else other
    match fact.kind:
        case Linked():
            return _led(member)
        case Namespace():
            return completed(member, "{}", constants)
        case Copied(path=path) if path == SOURCE_NAME:
            return completed(member, "fetched.source_of(at)", constants)
        case Copied(path=path) if fact.type_name != REFERENCE:
            return completed(member, at_path(path), constants)
        case Derived(compute=compute, needs=needs, effort=None, sealed=None):
            values = ", ".join(_need(path) for _, path in needs)
            return completed(member, f"{constants.compute(member, compute)}({values})", constants)
    return other


def _led(member: Member) -> str:
    """What a link leads to; `source` has the functions, and the table of what was led to before."""
    followed, key = f"{of_member('link', member)}(at)", shared_key(member)
    if key is None or not is_led_by_key(member):
        return followed
    known = of_member("led", member)
    is_key = f"(key := {at_path(key)}).__class__ is str or key.__class__ is int"
    return f"{known}[key] if ({is_key}) and key in {known} else {followed}"


def is_followed(member: Member) -> bool:
    """Whether it is a link that the caller may follow."""
    return member.fact is not None and isinstance(member.fact.kind, Linked) and not member.refused


def shared_key(member: Member) -> WirePath | None:
    """Where the key of a link stands, if many objects may lead to one that is written once."""
    assert member.fact is not None and isinstance(member.fact.kind, Linked)  # noqa: S101  # a link
    first = member.fact.kind.hops[0]
    return first.key if first.argument is None and member.pure else None


def is_led_by_key(member: Member) -> bool:
    """Whether the key alone says what is found: no other value of the object has a say."""
    assert member.fact is not None and isinstance(member.fact.kind, Linked)  # noqa: S101  # a link
    where = member.fact.kind.where
    return where is None or where.holder is None


def is_found_by_key(member: Member) -> bool:
    """Whether what one read has for that key is all that the link leads to."""
    if not is_followed(member) or shared_key(member) is None:
        return False
    assert member.fact is not None and isinstance(member.fact.kind, Linked)  # noqa: S101  # a link
    return member.fact.kind.where is None and len(member.fact.kind.hops) == 1


def at_path(path: WirePath) -> str:
    """The value at a wire path, as `value_at` has it; `get` is that of the object."""
    if len(path) < 2:
        return f"get({path[0]!r})" if path else "at"
    steps = [f"(part := get({path[0]!r})).__class__ is dict"]
    steps += [f"(part := part.get({name!r})).__class__ is dict" for name in path[1:-1]]
    return f"(part.get({path[-1]!r}) if {' and '.join(steps)} else value_at(at, {path!r}))"


def completed(member: Member, found: str, constants: Constants, writer: str = "") -> str:
    """The value `found`, completed; `writer` writes its objects, or else that of their place."""
    shape = member.shape
    if shape.item is not None:
        return _list(member, shape.item, found, constants, writer)
    if shape.place is not None:
        made = writer or of_place(shape.place)
        return f"{made}(value) if (value := {found}).__class__ is dict else {_else(member)}"
    return _leaf(member, found, constants)


def _other(member: Member) -> str:
    return f"other({member.number}, at)"


def _need(path: WirePath) -> str:
    return f"need if (need := {at_path(path)}).__class__ is not Withheld else leave()"


def _else(member: Member) -> str:
    """Of a `value` that is not what it is as a rule: null if it is absent, else to be walked."""
    if member.shape.required:
        return _other(member)
    blank = " or value == ''" if _is_blank(member) else ""
    return f"None if value is None{blank} else {_other(member)}"


def _is_blank(member: Member) -> bool:
    """Whether an empty text stands for a value that is not there."""
    fact = member.fact
    return fact is not None and isinstance(fact.kind, Copied) and fact.blank_is_absent


# ---- lists --------------------------------------------------------------------------------------


def _list(member: Member, item: Shape, found: str, constants: Constants, writer: str) -> str:
    is_list = f"if (value := {found}).__class__ is list else {_else(member)}"
    every = constants.all_of(item.place, item.required) if item.place and not writer else None
    if every is not None:
        return f"{every}(value) {is_list}"
    shown = _item(member, item, constants, writer)
    return _other(member) if shown is None else f"[{shown} for item in value] {is_list}"


def _item(member: Member, item: Shape, constants: Constants, writer: str) -> str | None:
    """One `item` of a list, completed; None where the list is to be walked."""
    otherwise = "leave()" if item.required else "None if item is None else leave()"
    if item.item is not None:
        return None
    if item.place is not None:
        return f"{writer or of_place(item.place)}(item) if item.__class__ is dict else {otherwise}"
    assert member.fact is not None  # noqa: S101  # only published fields are lists
    match _kind_of(member):
        case _Kind.ENUM:
            names = constants.enum(member.fact, item)
            return f"{names}[item] if item.__class__ is str else {otherwise}"
        case _Kind.STRUCTURED:
            return f"{constants.shown(item)}(item) if item.__class__ is dict else {otherwise}"
        case _Kind.UNKNOWN:
            return None
    return f"item if {_AS_IT_IS[item.type_name].format('item', 'item')} else {otherwise}"


# ---- leaves -------------------------------------------------------------------------------------


class _Kind(Enum):
    """How a leaf is written."""

    PLAIN = "as it is"
    ENUM = "by its name"
    STRUCTURED = "after a look at how deep it is"
    UNKNOWN = "walked"


def _kind_of(member: Member) -> _Kind:
    fact, name = member.fact, innermost(member.shape).type_name
    if fact is not None and fact.enum is not None:
        return _Kind.ENUM if isinstance(fact.kind, Copied) else _Kind.UNKNOWN
    if name in _STRUCTURED:
        return _Kind.STRUCTURED
    return _Kind.PLAIN if name in _AS_IT_IS else _Kind.UNKNOWN


def _leaf(member: Member, found: str, constants: Constants) -> str:
    shape, value = member.shape, f"(value := {found})"
    assert member.fact is not None  # noqa: S101  # others are written by themselves
    match _kind_of(member):
        case _Kind.ENUM:
            names = constants.enum(member.fact, shape)
            is_known = f"{value}.__class__ is str and value in {names}"
            return f"{names}[value] if {is_known} else {_else(member)}"
        case _Kind.STRUCTURED:
            shown = constants.shown(shape)
            return f"{shown}(value) if {value}.__class__ is dict else {_else(member)}"
        case _Kind.UNKNOWN:
            return _other(member)
    return _plain(member, _AS_IT_IS[shape.type_name], value)


def _plain(member: Member, test: str, value: str) -> str:
    is_blank = _is_blank(member) and test == _TEXT
    wanted, shown = test.format(value, "value"), "value"
    if not member.shape.required:
        wanted += " or value is None"
        shown = "(value or None)" if is_blank else shown
    elif is_blank:
        wanted += " and value"
    return f"{shown} if {wanted} else {_other(member)}"
