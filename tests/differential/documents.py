"""Random documents that are valid against a schema, and random variables for them.

A document is grown selection by selection. What is selected at each place of the answer is kept, so
that a response name that would conflict with another is never chosen; names that only look as if
they did (the same one for two types, the same field twice, through fragments) are chosen often.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
    is_required_argument,
)

Names = tuple[str, ...]
Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
ALIASES = ("a", "b", "naam", "id", "node")
TYPENAME = "__typename"


@dataclass(frozen=True, slots=True)
class Pools:
    """What to ask with: JSON values by the name of a scalar, or by `Type.field(argument:)`."""

    values: Mapping[str, Sequence[Any]]
    by_variable_only: frozenset[str]
    """Scalars that may not be written in a document."""

    def value(self, place: str, kind: Any, random: Random) -> Any:
        """A value of this input type."""
        match kind:
            case GraphQLNonNull(of_type=inner):
                return self.value(place, inner, random)
            case GraphQLList(of_type=inner):
                return [self.value(place, inner, random) for _ in range(random.randint(0, 3))]
            case GraphQLEnumType(values=values):
                return random.choice(list(values))
            case GraphQLInputObjectType(fields=fields):
                return {
                    name: self.value(f"{kind.name}.{name}", made.type, random)
                    for name, made in fields.items()
                    if random.random() < 0.4
                }
        return random.choice(list(self.values.get(place) or self.values[kind.name]))


@dataclass(frozen=True, slots=True)
class Selection:
    """A field, an inline fragment (`condition`) or a spread (`fragment`)."""

    name: str = ""
    alias: str | None = None
    arguments: str = ""
    directives: str = ""
    condition: str | None = None
    fragment: str | None = None
    inner: "Sequence[Selection]" = ()

    def text(self) -> str:
        """As it is written."""
        body = " {" + " ".join(item.text() for item in self.inner) + "}" if self.inner else ""
        if self.fragment is not None:
            return f"...{self.fragment}{self.directives}"
        if not self.name:
            on = f" on {self.condition}" if self.condition else ""
            return f"...{on}{self.directives}{body}"
        alias = f"{self.alias}: " if self.alias else ""
        return f"{alias}{self.name}{self.arguments}{self.directives}{body}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A field that stands under a response name at one place of the answer."""

    parent: str
    parent_is_object: bool
    name: str
    arguments: str
    shape: str

    def beside(self, other: "Chosen") -> bool:
        """Whether both may stand there (GraphQL specification, 5.3.2)."""
        apart = self.parent_is_object and other.parent_is_object and self.parent != other.parent
        same = (self.name, self.arguments) == (other.name, other.arguments)
        return self.shape == other.shape and (apart or same)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A named fragment, with every field in it: where below, and what."""

    name: str
    condition: str
    inner: Sequence[Selection]
    chosen: Sequence[tuple[Names, str, Chosen]]


@dataclass(frozen=True, slots=True)
class Written:
    """A document and the variables to send with it."""

    text: str
    variables: Mapping[str, Any]
    coerced: Mapping[str, bool]
    """What each variable of a directive amounts to, defaults filled in."""


@dataclass(slots=True)
class Writer:
    """Writes one document."""

    schema: GraphQLSchema
    pools: Pools
    random: Random
    fields_left: int = 30
    deepest: int = 6
    _declared: dict[str, str] = field(default_factory=dict)
    _sent: dict[str, Any] = field(default_factory=dict)
    _conditions: dict[str, bool] = field(default_factory=dict)
    _fragments: list[Fragment] = field(default_factory=list)
    _chosen: dict[tuple[Names, str], list[Chosen]] = field(default_factory=dict)
    _log: list[tuple[Names, str, Chosen]] = field(default_factory=list)

    def written(self) -> Written:
        """The document."""
        root = self.schema.query_type
        assert root is not None
        inner = self._selections(root, ())
        declared = ", ".join(f"${name}: {kind}" for name, kind in self._declared.items())
        head = f"query{f'({declared})' if declared else ''}"
        parts = [head + " {" + " ".join(item.text() for item in inner) + "}"]
        parts += [
            f"fragment {made.name} on {made.condition} "
            + "{"
            + " ".join(item.text() for item in made.inner)
            + "}"
            for made in self._fragments
        ]
        return Written("\n".join(parts), self._sent, self._conditions)

    def _selections(self, kind: Composite, path: Names) -> list[Selection]:
        made: list[Selection] = []
        for _ in range(self.random.choice((1, 2, 2, 3, 4))):
            chance = self.random.random()
            if chance < 0.62:
                found = self._field(kind, path)
            elif chance < 0.8:
                found = self._inline(kind, path)
            elif chance < 0.9:
                found = self._named(kind, path)
            else:
                found = self._again(kind, path)
            made += [found] if found else []
        return made or [self._typename(kind, path)]

    def _typename(self, kind: Composite, path: Names) -> Selection:
        self._choose(path, TYPENAME, self._typename_at(kind))
        return Selection(TYPENAME)

    def _typename_at(self, kind: Composite) -> Chosen:
        return Chosen(kind.name, isinstance(kind, GraphQLObjectType), TYPENAME, "", "String!")

    def _field(self, kind: Composite, path: Names) -> Selection | None:
        fields = {} if isinstance(kind, GraphQLUnionType) else dict(kind.fields)
        if self.random.random() < 0.3 and (found := self._repeated(fields, kind, path)):
            return found
        name = self._pick(fields, path)
        if name == TYPENAME:
            return self._typename(kind, path)
        self.fields_left -= 1
        made = fields[name]
        arguments = self._arguments(f"{kind.name}.{name}", made)
        chosen = Chosen(
            kind.name, isinstance(kind, GraphQLObjectType), name, arguments, _shape(made)
        )
        alias = self._alias(path, name, chosen)
        return self._written(made, name, alias, arguments, path)

    def _repeated(
        self, fields: Mapping[str, GraphQLField], kind: Composite, path: Names
    ) -> Selection | None:
        """A field that was selected at this very place before, perhaps for another type."""
        before = [
            (response, one)
            for (place, response), known in self._chosen.items()
            for one in known
            if place == path and one.name in fields
        ]
        if not before or self.fields_left <= 0 or len(path) >= self.deepest:
            return None
        response, one = self.random.choice(before)
        made = fields[one.name]
        is_object = isinstance(kind, GraphQLObjectType)
        chosen = Chosen(kind.name, is_object, one.name, one.arguments, _shape(made))
        if not self._fits(path, response, chosen):
            return None
        self.fields_left -= 1
        self._choose(path, response, chosen)
        alias = None if response == one.name else response
        return self._written(made, one.name, alias, one.arguments, path)

    def _written(
        self, made: GraphQLField, name: str, alias: str | None, arguments: str, path: Names
    ) -> Selection:
        directives = self._directives()
        inner_kind = get_named_type(made.type)
        inner: Sequence[Selection] = ()
        if isinstance(inner_kind, Composite):
            inner = self._selections(inner_kind, (*path, alias or name))
        return Selection(name, alias, arguments, directives, inner=inner)

    def _pick(self, fields: Mapping[str, GraphQLField], path: Names) -> str:
        leaves = [name for name, made in fields.items() if not is_composite_type(_named(made))]
        nested = [name for name in fields if name not in leaves]
        if self.fields_left <= 0 or len(path) >= self.deepest or not nested:
            return self.random.choice([*leaves, TYPENAME])
        if leaves and self.random.random() < 0.45:
            return self.random.choice([*leaves, TYPENAME])
        return self.random.choice(nested)

    def _alias(self, path: Names, name: str, chosen: Chosen) -> str | None:
        wished: list[str | None] = [None]
        if self.random.random() < 0.35:
            wished = [self.random.choice(ALIASES), None]
        for alias in (*wished, *(f"u{number}" for number in range(100))):
            if self._fits(path, alias or name, chosen):
                self._choose(path, alias or name, chosen)
                return alias
        raise AssertionError(path)

    def _fits(self, path: Names, name: str, chosen: Chosen) -> bool:
        return all(chosen.beside(other) for other in self._chosen.get((path, name), ()))

    def _choose(self, path: Names, name: str, chosen: Chosen) -> None:
        self._chosen.setdefault((path, name), []).append(chosen)
        self._log.append((path, name, chosen))

    def _inline(self, kind: Composite, path: Names) -> Selection:
        condition = self.random.choice([None, *self._overlapping(kind)])
        inner_kind = kind if condition is None else condition
        inner = self._selections(inner_kind, path)
        name = condition.name if condition else None
        return Selection(condition=name, directives=self._directives(), inner=inner)

    def _named(self, kind: Composite, path: Names) -> Selection:
        condition = self.random.choice(self._overlapping(kind))
        since = len(self._log)
        inner = self._selections(condition, path)
        chosen = [(place[len(path) :], name, one) for place, name, one in self._log[since:]]
        made = Fragment(f"F{len(self._fragments)}", condition.name, inner, chosen)
        self._fragments.append(made)
        return Selection(fragment=made.name, directives=self._directives())

    def _again(self, kind: Composite, path: Names) -> Selection | None:
        """A fragment that stands elsewhere already, where it fits here as well."""
        possible = {one.name for one in self._overlapping(kind)}
        for made in self.random.sample(self._fragments, len(self._fragments)):
            places = [((*path, *place), name, one) for place, name, one in made.chosen]
            too_deep = any(len(place) > self.deepest + 2 for place, _, _ in places)
            if made.condition not in possible or too_deep or len(places) > self.fields_left + 5:
                continue
            if all(self._fits(place, name, one) for place, name, one in places):
                self.fields_left -= len(places)
                for place, name, one in places:
                    self._choose(place, name, one)
                return Selection(fragment=made.name, directives=self._directives())
        return None

    def _overlapping(self, kind: Composite) -> list[Composite]:
        """Types that a fragment within `kind` may be on."""
        own = self._concrete(kind)
        return [
            other
            for other in self.schema.type_map.values()
            if isinstance(other, Composite)
            and not other.name.startswith("__")
            and own & self._concrete(other)
        ]

    def _concrete(self, kind: Composite) -> set[str]:
        if isinstance(kind, GraphQLObjectType):
            return {kind.name}
        return {made.name for made in self.schema.get_possible_types(kind)}

    # ---- arguments and variables ------------------------------------------------------------

    def _arguments(self, place: str, made: GraphQLField) -> str:
        given = []
        for name, argument in made.args.items():
            if not is_required_argument(argument) and self.random.random() < 0.5:
                continue
            value = self._argument(f"{place}({name}:)", argument.type)
            given.append(f"{name}: {value}")
        return f"({', '.join(given)})" if given else ""

    def _argument(self, place: str, kind: Any) -> str:
        value = self.pools.value(place, kind, self.random)
        nullable = not isinstance(kind, GraphQLNonNull)
        literal = not self._must_be_variable(kind, value)
        if nullable and literal and self.random.random() < 0.15:
            return "null"
        if literal and self.random.random() < 0.4:
            return _literal(value, kind)
        return "$" + self._variable(kind, value, literal)

    def _must_be_variable(self, kind: Any, value: Any) -> bool:
        named = get_named_type(kind)
        if isinstance(named, GraphQLInputObjectType):
            return any(
                self._must_be_variable(made.type, value.get(name))
                for name, made in named.fields.items()
                if isinstance(value, dict) and name in value
            )
        return named.name in self.pools.by_variable_only

    def _variable(self, kind: Any, value: Any, literal: bool) -> str:
        """A variable of this type that was declared before, or a new one."""
        text = str(kind)
        known = [name for name, declared in self._declared.items() if declared == text]
        if known and self.random.random() < 0.4:
            return self.random.choice(known)
        name = f"v{len(self._declared)}"
        if literal and self.random.random() < 0.2:
            self._declared[name] = f"{text.removesuffix('!')} = {_literal(value, kind)}"
            if isinstance(kind, GraphQLNonNull):
                # Null for it would be an error of its own: left out, so that the default counts.
                return name
            if self.random.random() < 0.5:
                return name
        self._declared.setdefault(name, text)
        nullable = not isinstance(kind, GraphQLNonNull)
        if nullable and self.random.random() < 0.3:
            if self.random.random() < 0.5:
                self._sent[name] = None
            return name
        self._sent[name] = value
        return name

    def _directives(self) -> str:
        if self.random.random() < 0.82:
            return ""
        kinds = self.random.choice((["skip"], ["include"], ["skip", "include"]))
        return "".join(f" @{kind}(if: {self._condition(kind)})" for kind in kinds)

    def _condition(self, kind: str) -> str:
        wanted = self.random.random() < 0.3
        value = wanted if kind == "skip" else not wanted
        if self.random.random() < 0.5:
            return "true" if value else "false"
        known = [name for name, told in self._conditions.items() if told is value]
        if known and self.random.random() < 0.5:
            return "$" + self.random.choice(known)
        name = f"b{len(self._conditions)}"
        self._conditions[name] = value
        if self.random.random() < 0.3:
            self._declared[name] = f"Boolean = {'true' if value else 'false'}"
        else:
            self._declared[name] = "Boolean!"
            self._sent[name] = value
        return "$" + name


def _named(made: GraphQLField) -> Any:
    return get_named_type(made.type)


def _shape(made: GraphQLField) -> str:
    """The type; of objects only the lists and nulls around it, which is all that must agree."""
    named = get_named_type(made.type)
    text = str(made.type)
    return text.replace(named.name, "{}") if is_composite_type(named) else text


def _literal(value: Any, kind: Any) -> str:
    match kind:
        case GraphQLNonNull(of_type=inner):
            return _literal(value, inner)
        case GraphQLList(of_type=inner):
            return "[" + ", ".join(_literal(item, inner) for item in value) + "]"
        case GraphQLInputObjectType(fields=fields):
            inside = (
                f"{name}: {_literal(item, fields[name].type)}" for name, item in value.items()
            )
            return "{" + ", ".join(inside) + "}"
        case GraphQLEnumType():
            return str(value)
    return json.dumps(value)
