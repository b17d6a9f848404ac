"""What generated source names and does not hold: functions, tables, records (operation)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import GenericAlias
from typing import Any

from gateway.operation.seal import REFERENCE
from gateway.operation.writer.names import checked, of_member, of_place, of_selection
from gateway.operation.writer.records import TYPES, Record, answer_record, wire_record
from gateway.operation.writer.selected import Member, Place, Selection, Shape
from schema.language.declare import SOURCE_NAME, Copied
from schema.language.facts import FieldFact

_ENOUGH = 2
"""Members that are as they are: then records of a whole list are filled with these sooner at one
go, and with the others one by one.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """The function for a whole list of the objects at a place."""

    place: Place
    required: bool
    """Whether no item may be null."""
    rest: Sequence[tuple[int, Member]]
    """What msgspec does not fill, with where it stands in the record."""


@dataclass(slots=True)
class Constants:
    """The table of them, by the name that the source gives each."""

    table: dict[str, Any] = field(default_factory=dict)
    listed: dict[str, Listed] = field(default_factory=dict)
    """Functions for whole lists that are to be written."""
    _wires: dict[int, Record | None] = field(default_factory=dict)

    def compute(self, member: Member, function: Callable[..., Any]) -> str:
        """The function of a derived field."""
        return self._named(of_member("compute", member), function)

    def shown(self, shape: Shape) -> str:
        """What makes of a value of a leaf the one that is shown, or raises."""
        return self._named(f"{checked(shape.type_name)}_shown", shape.leaf)

    def enum(self, fact: FieldFact, shape: Shape) -> str:
        """A table from texts of a source to the names that are published."""
        leaf, members = shape.leaf, fact.enum or ()
        assert leaf is not None  # noqa: S101  # an enum is a leaf
        texts = {each.value: leaf(each) for each in members if isinstance(each.value, str)}
        return self._named(f"{checked(shape.type_name)}_names", texts)

    def concrete(self, place: Place) -> str:
        """What tells the type of an object at an abstract place."""
        return self._named(f"concrete_{of_place(place)}", place.fact.concrete)

    def answer(self, selection: Selection) -> str:
        """The record that holds what was written of an object."""
        names = [checked(member.name) for member in selection.members]
        name = f"{of_selection(selection)}_answer"
        return self._named(name, answer_record(selection.type_name, names))

    def wire(self, selection: Selection) -> str | None:
        """The record that an object fills by itself; None where there is more to do."""
        found = self._wire(selection)
        return None if found is None else self._named(f"{of_selection(selection)}_wire", found)

    def all_of(self, place: Place, required: bool) -> str | None:
        """The function for a whole list of such objects; None where each is written alone."""
        if place.fact.is_abstract:
            return None
        selection = place.of(place.fact.name)
        kinds = [self._kind_of(member) for member in selection.members]
        rest = [each for each in enumerate(selection.members) if kinds[each[0]] is None]
        if rest and len(kinds) - len(rest) < _ENOUGH:
            return None
        found = self._record(selection, kinds)
        name = f"{'all' if required else 'some'}_{of_place(place)}"
        self._named(f"{name}_wire", GenericAlias(list, (found if required else found | None,)))
        self.listed[name] = Listed(place, required, rest)
        return name

    def _named(self, name: str, value: Any) -> str:
        self.table[name] = value
        return name

    # ---- records that fill themselves ----------------------------------------------------------

    def _wire(self, selection: Selection) -> Record | None:
        if selection.number not in self._wires:
            self._wires[selection.number] = self._made(selection)
        return self._wires[selection.number]

    def _made(self, selection: Selection) -> Record | None:
        kinds = [self._kind_of(member) for member in selection.members]
        return None if None in kinds else self._record(selection, kinds)

    def _record(self, selection: Selection, kinds: Sequence[Any]) -> Record:
        """One of which what has no kind may be anything, and is absent."""
        named = {
            checked(member.name): (Any, False) if kind is None else (kind, member.shape.required)
            for member, kind in zip(selection.members, kinds, strict=True)
        }
        return wire_record(selection.type_name, named)

    def _kind_of(self, member: Member) -> Any:
        return self._kind(member.shape) if is_as_it_is(member) else None

    def _kind(self, shape: Shape) -> Any:
        if shape.item is not None:
            inner = self._kind(shape.item)
            if inner is None:
                return None
            return GenericAlias(list, (inner if shape.item.required else inner | None,))
        if shape.place is None:
            return TYPES.get(shape.type_name)
        if shape.place.fact.is_abstract:
            return None
        return self._wire(shape.place.of(shape.place.fact.name))


def is_as_it_is(member: Member) -> bool:
    """Whether a source has a field under the very name of the answer, and shows it as it is."""
    fact = member.fact
    if fact is None or member.refused or not isinstance(fact.kind, Copied):
        return False
    special = fact.enum is not None or fact.type_name == REFERENCE or fact.blank_is_absent
    return fact.kind.path == (member.name,) and fact.kind.path != SOURCE_NAME and not special
