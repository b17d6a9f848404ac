"""What stands where in the answer to a plan: one tree, made once (operation).

A `Place` is where objects stand; a `Selection` is what is selected of those of one type there, and
has a `Member` for every field. Places are told apart by the names above them, so that a field that
is refused at one of them can be selected at another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    SelectionSetNode,
)

from gateway.operation.plan import Plan
from gateway.operation.seal import REFERENCE
from gateway.operation.writer.fields import Value, refused_value, value_of
from gateway.operation.writer.introspect import introspected
from schema.language.declare import Derived
from schema.language.facts import Facts, FieldFact, TypeFact
from schema.language.links import Linked

Names = tuple[str, ...]
TYPENAME = "__typename"


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a value must be: a list of `item`, an object at `place`, or else a leaf."""

    required: bool
    type_name: str
    item: "Shape | None" = None
    place: "Place | None" = None
    leaf: Callable[[Any], Any] | None = None
    """From an internal value to the one that is shown; raises for a value that does not fit."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One name in the objects of one type at one place."""

    number: int
    name: str
    """As the client wants it: the field's own name or an alias."""
    parent: str
    nodes: Sequence[FieldNode]
    fact: FieldFact | None
    """None for what every schema has: `__typename`, `__schema` and `__type`."""
    shape: Shape
    value: Value
    refused: bool = False

    @property
    def pure(self) -> bool:
        """Whether an equal object gives an equal value, and at no cost that is counted."""
        match self.fact:
            case _ if self.refused:
                return True
            case FieldFact(kind=Derived(effort=effort, sealed=sealed)):
                return effort is None and sealed is None
            case FieldFact(type_name=name) if name == REFERENCE:
                return False
        place = innermost(self.shape).place
        return place is None or place.pure


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What is selected of the objects of one type at one place."""

    number: int
    type_name: str
    members: Sequence[Member]


@dataclass(slots=True, eq=False)
class Place:
    """Where objects stand in the answer."""

    number: int
    fact: TypeFact
    path: Names
    selections: Sequence[SelectionSetNode]
    tree: "Tree"
    _known: dict[str, Selection] = field(default_factory=dict)
    _pure: bool | None = None

    def of(self, type_name: str) -> Selection:
        """What is selected of the objects of this type."""
        known = self._known.get(type_name)
        if known is None:
            known = self._known[type_name] = self.tree.selection(type_name, self)
        return known

    @property
    def type_names(self) -> Sequence[str]:
        """The types that objects may have here."""
        if not self.fact.is_abstract:
            return (self.fact.name,)
        return tuple(dict.fromkeys(self.fact.options.values()))

    @property
    def pure(self) -> bool:
        """Whether all that is selected below gives the same for the same object."""
        if self._pure is None:
            every = [each for name in self.type_names for each in self.of(name).members]
            self._pure = all(each.pure for each in every)
        return self._pure


class Tree:
    """The whole of it, made as far as it is looked at."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self._facts = facts
        self._plan = plan
        self._known: dict[tuple[object, ...], Place] = {}
        self.places: list[Place] = []
        self.selections: list[Selection] = []
        self.members: list[Member] = []
        operation = plan.chosen.operation
        fact = facts.types[facts.root(operation.operation)]
        self.root = self._place(fact, (), [operation.selection_set]).of(fact.name)

    def whole(self, most: int) -> bool:
        """Make all of it, unless it has more members than this; whether that is so."""
        for place in self.places:  # which grows meanwhile
            for name in place.type_names:
                place.of(name)
                if len(self.members) > most:
                    return False
        return True

    def selection(self, type_name: str, place: Place) -> Selection:
        """What is selected of this type at a place."""
        collected = self._plan.chosen.collected(type_name, place.selections)
        members = [
            self._member(type_name, name, nodes, place.path) for name, nodes in collected.items()
        ]
        made = Selection(len(self.selections), type_name, tuple(members))
        self.selections.append(made)
        return made

    def _member(self, parent: str, name: str, nodes: Sequence[FieldNode], above: Names) -> Member:
        field_name = nodes[0].name.value
        fact = self._facts.types[parent].fields.get(field_name)
        path = (*above, name)
        holder = self._facts.schema.type_map[parent]
        assert isinstance(holder, GraphQLObjectType)  # noqa: S101  # plans hold concrete types
        made = self._facts.schema.get_field(holder, field_name)
        assert made is not None  # noqa: S101  # the document was validated
        refused = fact is not None and self._is_refused(fact, path)
        shape = _nothing(made.type) if refused else self._shape(made.type, fact, path, nodes)
        value = refused_value if refused else self._value(fact, name, parent, nodes)
        member = Member(len(self.members), name, parent, nodes, fact, shape, value, refused)
        self.members.append(member)
        return member

    def _value(
        self, fact: FieldFact | None, name: str, parent: str, nodes: Sequence[FieldNode]
    ) -> Value:
        if fact is not None:
            return value_of(fact, nodes)
        if nodes[0].name.value == TYPENAME:
            return lambda run, holder, path: parent
        return introspected(self._plan.chosen, name, nodes)

    def _is_refused(self, fact: FieldFact, path: Names) -> bool:
        """A link may be refused at one place only, any other field is refused everywhere."""
        if (fact.parent, fact.name) not in self._plan.refused:
            return False
        return not isinstance(fact.kind, Linked) or (path, fact.parent) in self._plan.refused_at

    def _shape(
        self,
        made: GraphQLOutputType,
        fact: FieldFact | None,
        path: Names,
        nodes: Sequence[FieldNode],
        required: bool = False,
    ) -> Shape:
        match made:
            case GraphQLNonNull(of_type=inner):
                return self._shape(inner, fact, path, nodes, required=True)
            case GraphQLList(of_type=inner):
                item = self._shape(inner, fact, path, nodes)
                return Shape(required, item.type_name, item=item)
        name: str = made.name
        if name in self._facts.types:
            below = [node.selection_set for node in nodes if node.selection_set is not None]
            place = self._place(self._facts.types[name], path, below)
            return Shape(required, name, place=place)
        if isinstance(made, GraphQLScalarType | GraphQLEnumType):
            return Shape(required, name, leaf=made.coerce_output_value)
        return Shape(required, name, leaf=lambda shown: shown)  # graphql-core completed it

    def _place(self, fact: TypeFact, path: Names, selections: Sequence[SelectionSetNode]) -> Place:
        """The place of these, also when another type has the same selections there."""
        identity = (fact.name, path, *map(id, selections))
        known = self._known.get(identity)
        if known is None:
            known = self._known[identity] = Place(len(self.places), fact, path, selections, self)
            self.places.append(known)
        return known


def _nothing(made: GraphQLOutputType) -> Shape:
    """That of a field that is never shown: nothing below it is looked at."""
    return Shape(isinstance(made, GraphQLNonNull), "")


def innermost(shape: Shape) -> Shape:
    """That of what is in the lists."""
    while shape.item is not None:
        shape = shape.item
    return shape
