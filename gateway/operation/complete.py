"""The response of an operation, from its plan and what was fetched (object).

graphql-core completes values, abstract types, lists and null propagation; the resolvers here only
say where each value stands. The way in is `complete`, small so that another writer can replace it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLUnionType,
    execute_sync,
)
from graphql.pyutils import Path

from gateway.operation.bind import BoundPlan
from gateway.operation.failures import FieldFailure, of_refusal, too_many, unfit, withheld
from gateway.operation.fetched import Fetched, linked_value
from gateway.operation.plan import Refusal
from gateway.source.read import Read
from gateway.source.withheld import Withheld
from schema.language.content import Content
from schema.language.declare import SOURCE_NAME, Copied, Derived
from schema.language.errors import NoValue
from schema.language.facts import Facts, FieldFact, TypeFact
from schema.language.links import Linked, Namespace
from schema.language.paths import value_at
from schema.language.scalars import SCALARS, PersoonRef

REFERENCE: Final = SCALARS[PersoonRef].name
PERSON: Final = "persoon"
"""In the place of a stream: what is sealed is a person's number, and no bytes of a source."""
Resolver = Callable[..., Any]
Info = GraphQLResolveInfo[Any]
NO_LEVELS: Mapping[str, str] = MappingProxyType({})
Place = tuple[str | int, ...]
Seal = Callable[[str, str, Content], str | None]
"""Makes a link to bytes, for the caller of this operation only: from the stream that they come
from, the label of the field and what is to be handed out. It is a value like the sources are:
fields stay pure, and this module knows no key, no clock and no address."""


def no_links(stream: str, label: str, content: Content) -> str | None:
    """For a caller to whom no links are given: the field is null."""
    return None


@dataclass(slots=True)
class Effort:
    """How much more one answer may compute of what takes long (`Derived.effort`)."""

    left: float = math.inf

    def spend(self, amount: int) -> None:
        """Take this much of it; FieldFailure (LIMIET), and nothing taken, where it is not left."""
        if amount > self.left:
            raise too_many()
        self.left -= amount


@dataclass(frozen=True, slots=True)
class Completion:
    """What the resolvers of one operation need."""

    bound: BoundPlan
    fetched: Fetched
    refused: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    opened: list[tuple[Path, str]] = field(default_factory=list)
    """Where in the response a link was followed, and the source that its objects are of."""
    seal: Seal = no_links
    partial: list[GraphQLError] = field(default_factory=list)
    """What failed beside what was found, of which the field is not null."""
    effort: Effort = field(default_factory=Effort)


@dataclass(frozen=True, slots=True)
class Response:
    """Data and errors, as the GraphQL specification writes them (section 7.1)."""

    data: dict[str, Any] | None
    errors: list[dict[str, Any]]


def complete(
    facts: Facts,
    document: DocumentNode,
    operation_name: str | None,
    variables: Mapping[str, Any],
    bound: BoundPlan,
    fetched: Fetched,
    seal: Seal = no_links,
    levels: Mapping[str, str] = NO_LEVELS,
    effort: float = math.inf,
) -> Response:
    """The response. Every field that was refused is null with one error, which has no indices.

    `levels` has the labels that a surer login would give, each with the level that it takes;
    `effort` is how much may be computed of what takes long.
    """
    completion = Completion(bound, fetched, bound.plan.refused, seal=seal, effort=Effort(effort))
    result = execute_sync(
        facts.schema,
        document,
        root_value={},
        context_value=completion,
        variable_values=dict(variables),
        operation_name=operation_name,
    )
    assert isinstance(result, ExecutionResult)  # noqa: S101  # no resolver is asynchronous
    errors = [_refusal(found, levels.get(found.label)) for found in bound.plan.refusals]
    failed = [*(result.errors or ()), *completion.partial]
    if failed:
        sources = {tuple(path.as_list()): source for path, source in completion.opened}
        errors += [_field_error(error, sources) for error in failed]
    return Response(result.data, errors)


def install(facts: Facts) -> None:
    """Give the schema's fields the resolvers that read what was fetched (startup, once)."""
    for name, fact in facts.types.items():
        made = facts.schema.type_map.get(name)
        match made:
            case GraphQLInterfaceType() | GraphQLUnionType():
                made.resolve_type = _type_resolver(fact)
            case GraphQLObjectType():
                made.is_type_of = None
                for field_name, field_fact in fact.fields.items():
                    made.fields[field_name].resolve = resolver(field_fact)


def resolver(fact: FieldFact) -> Resolver:
    """How one published field finds its value in a wire object."""
    identity = (fact.parent, fact.name)
    match fact.kind:
        case Copied(path=path) if path == SOURCE_NAME:
            return _source_name(identity)
        case Copied(path=path):
            return _copied(fact, path, identity)
        case Derived(sealed=sealed) as derived:
            computed = _derived(derived, identity)
            return computed if sealed is None else _sealed(computed, sealed, fact.label)
        case Linked() as linked:
            return _linked(fact, linked, identity)
        case Namespace():
            return _namespace
    raise TypeError(fact.kind)


def _namespace(_holder: Any, _info: Info) -> Any:
    return {}


def _copied(fact: FieldFact, path: tuple[str, ...], identity: tuple[str, str]) -> Resolver:
    def resolve(holder: Any, info: Info) -> Any:
        if identity in info.context.refused:
            return None
        value = value_at(holder, path)
        if isinstance(value, Withheld):
            raise withheld(value.source)
        if value == "" and fact.blank_is_absent:
            return None
        if fact.is_object:
            completion: Completion = info.context
            if completion.fetched.directory.several:
                _note_sources(completion, info.path, value)
            return _objects(value, fact.many)
        if fact.enum is not None and value is not None:
            return _enum(fact.enum, value)
        if fact.type_name == REFERENCE:
            return _reference(info.context, fact.label, value)
        return value

    return resolve


def _reference(completion: Completion, label: str, value: Any) -> str | None:
    """The person with this number, as a reference of the caller's own."""
    if not isinstance(value, str) or not value:
        return None
    return completion.seal(PERSON, label, Content((value,)))


def _source_name(identity: tuple[str, str]) -> Resolver:
    def resolve(holder: Any, info: Info) -> Any:
        completion: Completion = info.context
        return None if identity in completion.refused else completion.fetched.source_of(holder)

    return resolve


def _note_sources(completion: Completion, path: Path, value: Any) -> None:
    """Where there are several sources, which one is to be named for what goes wrong below."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            _note_sources(completion, path.add_key(index), item)
    elif (source := completion.fetched.source_of(value)) is not None:
        completion.opened.append((path, source))


def _objects(value: Any, many: bool) -> Any:
    """The value where objects are expected, with a failure for whatever is none."""
    if many and isinstance(value, list):
        return [_object(item) for item in value]
    return unfit(None) if many and value is not None else _object(value)


def _object(value: Any) -> Any:
    if value is None or isinstance(value, Mapping | FieldFailure):
        return value
    return unfit(None)


def _enum(enum: type[Enum], value: Any) -> Any:
    """The member or members of an enum, with a failure for a value that it does not know."""
    if isinstance(value, list):
        return [None if item is None else _enum(enum, item) for item in value]
    try:
        return enum(value)
    except ValueError:
        return unfit(None)


def _derived(derived: Derived, identity: tuple[str, str]) -> Resolver:
    compute, effort = derived.compute, derived.effort
    paths = tuple(path for _, path in derived.needs)

    def resolve(holder: Any, info: Info) -> Any:
        if identity in info.context.refused:
            return None
        values = [value_at(holder, path) for path in paths]
        for value in values:
            if isinstance(value, Withheld):
                raise withheld(value.source)
        if effort is not None:
            info.context.effort.spend(effort(*values))
        return compute(*values)

    return resolve


def _sealed(computed: Resolver, stream: str, label: str) -> Resolver:
    def resolve(holder: Any, info: Info) -> Any:
        content = computed(holder, info)
        if content is None:
            return None
        completion: Completion = info.context
        source = completion.fetched.source_of(holder) or ""
        return completion.seal(stream, label, replace(content, source=source))

    return resolve


def _linked(fact: FieldFact, linked: Linked, identity: tuple[str, str]) -> Resolver:
    kind: str = cast(Read, linked.hops[-1].read).source

    def resolve(holder: Any, info: Info, **_: Any) -> Any:
        completion: Completion = info.context
        if identity in completion.refused and _refused_here(completion, info):
            return None
        names = completion.fetched.directory.names(kind)
        completion.opened.append((info.path, names[0] if len(names) == 1 else kind))
        bound = completion.bound.by_node[id(info.field_nodes[0])]
        told: list[FieldFailure] = []
        found = linked_value(completion.fetched, linked, bound, holder, fact.many, told)
        if completion.fetched.directory.several:
            completion.partial.extend(_beside(failure, info) for failure in told)
            _note_sources(completion, info.path, found)
        return _objects(found, fact.many)

    return resolve


def _beside(failure: FieldFailure, info: Info) -> GraphQLError:
    path = info.path.as_list()
    return GraphQLError(failure.message, info.field_nodes, path=path, original_error=failure)


def _refused_here(completion: Completion, info: Info) -> bool:
    names = tuple(part for part in info.path.as_list() if isinstance(part, str))
    return (names, info.parent_type.name) in completion.bound.plan.refused_at


def _type_resolver(fact: TypeFact) -> Resolver:
    def resolve_type(value: Any, _info: Any, _type: Any) -> str:
        name = fact.concrete(value)
        if name is None:
            raise unfit(None)
        return name

    return resolve_type


def _refusal(found: Refusal, level: str | None) -> dict[str, Any]:
    failure = of_refusal(found, level)
    made: dict[str, Any] = {"message": failure.message, "path": list(found.path)}
    if found.location is not None:
        made["locations"] = [{"line": found.location.line, "column": found.location.column}]
    return {**made, "extensions": failure.extensions()}


def _field_error(error: GraphQLError, sources: Mapping[Place, str]) -> dict[str, Any]:
    """A field's error as the client may see it: only our own failures say what they are."""
    path = tuple(error.path or ())
    match error.original_error:
        case FieldFailure() as failure:
            pass
        case NoValue(code=code, message=message):
            failure = FieldFailure(code, message)
        case _:
            failure = unfit(None)
    extensions = failure.extensions()
    if failure.origin is None and failure.label is None:
        around = (path[:size] for size in range(len(path), 0, -1))
        source = next((sources[place] for place in around if place in sources), None)
        if source is not None:
            extensions["bron"] = source
    made: dict[str, Any] = {"message": failure.message, "path": list(path)}
    if error.locations:
        made["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    return {**made, "extensions": extensions}
