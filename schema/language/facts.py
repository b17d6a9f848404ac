"""What the machine knows of the published schema: plain tables, made once by `assemble`.

The operation phase reads nothing else: no decorators, no annotations, no Strawberry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import GraphQLSchema, OperationType

from schema.language.declare import Copied, Derived, Otherwise
from schema.language.links import Linked, ListOf, Namespace, Range
from schema.language.paths import WirePath, value_at


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a linked field."""

    name: str
    """As published, `first`."""
    keyword: str
    """As the read's keyword, `first`."""
    bounds: Range | ListOf | None
    scalar: object
    """The leaf type asked for: a `NewType` of schema.language.scalars, an enum, a class."""
    required: bool


@dataclass(frozen=True, slots=True)
class FieldFact:
    """One published field, as the machine uses it."""

    parent: str
    name: str
    kind: Copied | Derived | Linked | Namespace
    label: str
    """What the field itself reveals; "" reveals nothing by itself."""
    type_name: str
    """The named type of the result."""
    is_object: bool
    many: bool
    connection: bool
    enum: type[Enum] | None = None
    blank_is_absent: bool = False
    parameters: tuple[Parameter, ...] = ()
    bounds: Range | ListOf | None = None
    """Of an input's field: what a client may at the most send in it."""


@dataclass(frozen=True, slots=True)
class TypeFact:
    """One published object or abstract type."""

    name: str
    label: str
    fields: Mapping[str, FieldFact]
    by: WirePath | None = None
    options: Mapping[object, str] = field(default_factory=dict)
    """For an abstract type: the discriminator's value -> the name of the object type."""

    @property
    def is_abstract(self) -> bool:
        """Whether objects of this type are told apart by a discriminator."""
        return self.by is not None

    def concrete(self, wire: Any) -> str | None:
        """The name of the object type of a wire object; None when no option fits."""
        if self.by is None:
            return self.name
        value = value_at(wire, self.by)
        if isinstance(value, str | int | bool) and value in self.options:
            return self.options[value]
        return self.options.get(Otherwise)


@dataclass(frozen=True, slots=True)
class Facts:
    """The whole of what is published."""

    schema: GraphQLSchema
    printed: Callable[[], str]
    types: Mapping[str, TypeFact]
    labels: frozenset[str]
    query: str = "Query"
    subscription: str | None = None
    """The type whose fields can be followed, where there are any."""

    @property
    def sdl(self) -> str:
        """The schema as text, printed when it is asked for: who serves does not need it."""
        return self.printed() + "\n"

    def root(self, operation: OperationType) -> str:
        """The type from which a validated operation starts."""
        if operation is OperationType.SUBSCRIPTION and self.subscription is not None:
            return self.subscription
        return self.query

    def required(self, fact: FieldFact) -> tuple[str, ...]:
        """The labels that a caller needs for a field: its own, and that of the type it gives."""
        named = self.types.get(fact.type_name)
        both = (fact.label, named.label if named else "")
        return tuple(dict.fromkeys(label for label in both if label))
