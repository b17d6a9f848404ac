"""What an answer should be, found in the dullest way: graphql-core, and one call for every link.

No planning, no batches, no table of what was fetched: each linked field asks for itself, one key at
a time, everything there is. Only the published schema and the tables of `Facts` are shared with
the machine; what these mean is written down here a second time, on purpose.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLUnionType,
    execute,
)

from gateway.operation.fetch import Sources
from gateway.operation.identity import Identity
from gateway.source.errors import SourceError
from gateway.source.read import About, Brought, Fields, Found, Read
from schema.language.content import Content
from schema.language.declare import SOURCE_NAME, Copied, Derived, Otherwise
from schema.language.facts import Facts, FieldFact, TypeFact
from schema.language.links import Hop, Linked, Namespace, Own
from schema.language.paging import Page

Info = GraphQLResolveInfo[Any]
Path = tuple[str, ...]
Place = tuple[str | int, ...]
NUMBERS: Mapping[Own, Callable[[Identity], str | None]] = {
    Own.BSN: lambda own: own.bsn,
    Own.KVK_NUMMER: lambda own: own.kvk_nummer,
    Own.RSIN: lambda own: own.rsin,
    Own.VESTIGINGSNUMMER: lambda own: own.vestigingsnummer,
}


@dataclass(frozen=True, slots=True)
class Held:
    """An object that a read gave."""

    wire: Any
    read: Read

    @property
    def source(self) -> str:
        """The name of its source."""
        return self.read.source


class Trouble(Exception):  # noqa: N818  # it also stands in lists, as a value
    """Why there is no value here."""

    def __init__(self, code: str, source: str | None = None, label: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.source = source
        self.label = label


@dataclass(frozen=True, slots=True)
class Failing:
    """One error of an answer: all that a client may act upon."""

    path: Place
    code: str
    source: str | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer: its data and its errors."""

    data: Any
    errors: tuple[Failing, ...]


@dataclass(slots=True)
class Asker:
    """One operation of one caller."""

    facts: Facts
    labels: frozenset[str]
    own: Identity | None
    sources: Sources
    everything: Mapping[Read, Fields]
    stands: dict[Place, str] = field(default_factory=dict)
    """By place in the answer: the source of what was found there."""

    async def outcome(self, document: DocumentNode, variables: Mapping[str, Any]) -> Outcome:
        """Carry it out."""
        before = asyncio.all_tasks()
        running = execute(self.facts.schema, document, None, self, variable_values=dict(variables))
        result = (
            running if isinstance(running, ExecutionResult) else await _awaited(running, before)
        )
        errors = []
        for error in result.errors or ():
            place = tuple(error.path or ())
            original = error.original_error
            if isinstance(original, Trouble):
                source = original.source
                if source is None and original.label is None:
                    source = self._source(place)
                errors.append(Failing(place, original.code, source, original.label))
            else:
                errors.append(Failing(place, "BRON_FOUT", self._source(place), None))
        return Outcome(result.data, tuple(errors))

    def _source(self, place: Place) -> str | None:
        for size in range(len(place), 0, -1):
            if place[:size] in self.stands:
                return self.stands[place[:size]]
        return None

    def refuse(self, fact: FieldFact, before: Read | None) -> None:
        """Raise for a field that this caller may not see, on an object of that read."""
        held = self.facts.types.get(fact.type_name)
        for label in (fact.label, held.label if held else ""):
            if label and label not in self.labels:
                raise Trouble("NIET_GEAUTORISEERD", None, label)
        if not isinstance(fact.kind, Linked):
            return
        if fact.parent == "Mijn":
            if self.own is None:
                raise Trouble("NIET_GEAUTORISEERD")
            return
        about = cast(Read, fact.kind.hops[0].read).about
        if self.own is None or about is About.OPEN:
            return
        if before is None:
            raise Trouble("NIET_GEAUTORISEERD")
        if before.about is About.OPEN and about in (About.OTHER, About.PERSONS):
            raise Trouble("NIET_GEAUTORISEERD", None, fact.label)

    def is_own(self, read: Read, key: Hashable) -> bool:
        """Whether this caller may ask that read for this key."""
        own = self.own
        if own is None or read.about in (About.OPEN, About.OTHER, About.PERSONS):
            return True
        whole = own.vestigingsnummer is None
        allowed = {
            About.PERSON: own.bsn,
            About.COMPANY: own.kvk_nummer,
            About.COMPANY_WIDE: own.kvk_nummer if whole else None,
            About.LEGAL_PERSON: own.rsin if whole else None,
            About.BRANCH: own.vestigingsnummer,
        }
        return key is not None and key == allowed[read.about]

    async def one(self, read: Read, raw: Hashable | None, arguments: Mapping[str, Any]) -> Any:
        """What one key leads to: an object, a list, a page, or None. Raises Trouble."""
        try:
            source = self.sources(read.source, read.activity)
            key = raw if read.key_of is None or raw is None else read.key_of(source, raw)
        except SourceError as error:
            raise Trouble(error.code, error.source) from None
        except Exception:
            raise Trouble("BRON_FOUT", read.source) from None
        if not self.is_own(read, key):
            raise Trouble("NIET_GEAUTORISEERD", read.source)
        fields = self.everything[read]
        try:
            if read.batch is not None:
                answer = await read.call(source, [key], fields, **arguments)
                found = (answer.objects if isinstance(answer, Found) else answer).get(key)
            elif read.keyed:
                found = await read.call(source, key, fields, **arguments)
            else:
                found = await read.call(source, fields, **arguments)
        except SourceError as error:
            if error.code == "NIET_GEVONDEN" and read.batch is None:
                return None
            raise Trouble(error.code, error.source) from None
        except Exception:
            raise Trouble("BRON_FOUT", read.source) from None
        return _page(found.value if isinstance(found, Brought) else found)

    async def referred(self, read: Read, raw: Hashable, arguments: Mapping[str, Any]) -> list[Any]:
        """What a reference of a source leads to, as items; a failure is an item as well."""
        try:
            found = await self.one(read, raw, arguments)
        except Trouble as trouble:
            return [trouble]
        if found is None:
            return [Trouble("NIET_GEVONDEN", read.source)]
        return found if isinstance(found, list) else [found]

    async def link(self, fact: FieldFact, holder: Any, given: Mapping[str, Any]) -> Any:
        """The value of a linked field: wire objects, with troubles in their place."""
        assert isinstance(fact.kind, Linked)
        hop, *later = fact.kind.hops
        where = fact.kind.where
        chosen = where.argument if where else None
        passed = {name: value for name, value in given.items() if name != chosen}
        value = await self._first(hop, holder, passed)
        for following in later:
            value = await self._further(cast(Read, following.read), following, value, fact.many)
        if where is None or (chosen is not None and given[chosen] is None):
            return value

        def meets(item: Any) -> bool:
            wanted = given[chosen] if chosen is not None else dig(holder, where.holder or ())
            return wanted is not None and dig(item, where.item) == wanted

        if isinstance(value, list):
            return [item for item in value if isinstance(item, Trouble) or meets(item)]
        return value if value is not None and meets(value) else None

    async def _first(self, hop: Hop, holder: Any, given: Mapping[str, Any]) -> Any:
        read = cast(Read, hop.read)
        arguments = {name: value for name, value in given.items() if name != hop.argument}
        if hop.argument is not None:
            named = given[hop.argument]
            if not isinstance(named, list):
                return await self.one(read, named, arguments)
            return [item for key in named for item in await self._named(read, key, arguments)]
        if hop.own is not None:
            number = None if self.own is None else NUMBERS[hop.own](self.own)
            mine = number is not None and self.is_own(read, number)
            return await self.one(read, number, arguments) if mine else None
        if hop.key is None:
            return await self.one(read, None, arguments)
        raw = dig(holder, hop.key)
        if isinstance(raw, list):
            keys = [key for key in raw if usable(key)]
            return [item for key in keys for item in await self.referred(read, key, arguments)]
        if not usable(raw):
            return None
        found = await self.one(read, raw, arguments)
        if found is None:
            raise Trouble("NIET_GEVONDEN", read.source)
        return found

    async def _named(self, read: Read, key: Hashable, arguments: Mapping[str, Any]) -> list[Any]:
        try:
            found = await self.one(read, key, arguments)
        except Trouble as trouble:
            return [trouble]
        return found if isinstance(found, list) else [found]

    async def _further(self, read: Read, hop: Hop, value: Any, listed: bool) -> Any:
        assert hop.key is not None
        if value is None:
            return None
        if not isinstance(value, list):
            items = await self._items_after(read, hop.key, value)
            if listed:
                return items
            if items and isinstance(items[0], Trouble):
                raise items[0]
            return items[0] if items else None
        further: list[Any] = []
        for item in value:
            skipped = item is None or isinstance(item, Trouble)
            further += [item] if skipped else await self._items_after(read, hop.key, item)
        return further

    async def _items_after(self, read: Read, path: Path, item: Any) -> list[Any]:
        raw = dig(item, path)
        keys = [key for key in (raw if isinstance(raw, list) else [raw]) if usable(key)]
        return [found for key in keys for found in await self.referred(read, key, {})]


def install_naively(facts: Facts) -> None:
    """Give the schema's fields resolvers that each work for themselves."""
    for name, fact in facts.types.items():
        match facts.schema.type_map.get(name):
            case GraphQLInterfaceType() | GraphQLUnionType() as made:
                made.resolve_type = _kind_of(fact)
            case GraphQLObjectType() as made:
                made.is_type_of = None
                for field_name, field_fact in fact.fields.items():
                    made.fields[field_name].resolve = _resolver(field_fact)
            case _:
                pass


def everything_of(facts: Facts) -> Mapping[Read, Fields]:
    """For each read all that any type it gives can want: whole properties of its objects."""
    names: dict[Read, set[str]] = {}
    for holder in facts.types.values():
        for fact in holder.fields.values():
            if not isinstance(fact.kind, Linked):
                continue
            hops = fact.kind.hops
            for hop, following in zip(hops, [*hops[1:], None], strict=True):
                wanted = names.setdefault(cast(Read, hop.read), set())
                if following is not None:
                    wanted.add(cast(Path, following.key)[0])
                    continue
                wanted |= _properties(facts, facts.types[_node(facts, fact)])
                if fact.kind.where is not None:
                    wanted.add(fact.kind.where.item[0])
    return {read: Fields(tuple(sorted(_shared(read, names)))) for read in names}


def _shared(read: Read, names: Mapping[Read, set[str]]) -> set[str]:
    alike = [
        names[one] for one in names if (one.source, one.resource) == (read.source, read.resource)
    ]
    return set().union(*alike)


def _node(facts: Facts, fact: FieldFact) -> str:
    if not fact.connection:
        return fact.type_name
    edge = facts.types[facts.types[fact.type_name].fields["edges"].type_name]
    return edge.fields["node"].type_name


def _properties(facts: Facts, held: TypeFact) -> set[str]:
    found: set[str] = {held.by[0]} if held.by else set()
    for option in [held, *(facts.types[name] for name in held.options.values())]:
        for fact in option.fields.values():
            match fact.kind:
                case Copied(path=path) if path != SOURCE_NAME:
                    found.add(path[0])
                case Derived(needs=needs):
                    found |= {path[0] for _, path in needs}
                case Linked(hops=hops, where=where):
                    found |= {hops[0].key[0]} if hops[0].key else set()
                    found |= {where.holder[0]} if where and where.holder else set()
    return found


def dig(wire: Any, path: Path) -> Any:
    """What stands at a path; through a list it is the list of what stands in its items."""
    if not path:
        return wire
    if isinstance(wire, list):
        return list(_scattered(wire, path))
    return dig(wire.get(path[0]), path[1:]) if isinstance(wire, dict) else None


def _scattered(items: list[Any], path: Path) -> Iterator[Any]:
    for item in items:
        found = dig(item, path)
        if isinstance(found, list):
            yield from found
        elif found is not None:
            yield found


def usable(key: Any) -> bool:
    """Whether a wire value can be a key."""
    return type(key) is int or (isinstance(key, str) and key != "")


def _page(found: Any) -> Any:
    if not isinstance(found, Page):
        return found
    extra = list(found.edges) or [{} for _ in found.items]
    edges = [
        {**more, "node": item, "cursor": cursor}
        for more, item, cursor in zip(extra, found.items, found.cursors, strict=True)
    ]
    info = {
        "hasNextPage": found.has_next,
        "hasPreviousPage": found.has_previous,
        "startCursor": next(iter(found.cursors), None),
        "endCursor": next(reversed(list(found.cursors)), None),
    }
    return {"edges": edges, "pageInfo": info, "totalCount": found.total}


def _held(value: Any, fact: FieldFact, read: Read) -> Any:
    """Wire objects as `Held`; anything else that stands where an object should is trouble."""
    if value is None or isinstance(value, Trouble):
        return value
    if fact.many:
        if not isinstance(value, list):
            raise Trouble("BRON_FOUT", read.source)
        return [_one_held(item, read) for item in value]
    held = _one_held(value, read)
    if isinstance(held, Trouble):
        raise held
    return held


def _one_held(item: Any, read: Read) -> Any:
    if item is None or isinstance(item, Trouble):
        return item
    return Held(item, read) if isinstance(item, dict) else Trouble("BRON_FOUT", read.source)


def _resolver(fact: FieldFact) -> Callable[..., Any]:
    match fact.kind:
        case Copied(path=path):
            return _copied(fact, path)
        case Namespace():
            return lambda holder, info: {}
        case Derived(compute=compute, needs=needs):
            return _derived(fact, compute, [path for _, path in needs])
        case _:
            return _linked(fact)


def _copied(fact: FieldFact, path: Path) -> Callable[..., Any]:
    def resolve(holder: Held, info: Info) -> Any:
        asker: Asker = info.context
        asker.refuse(fact, holder.read)
        asker.stands[tuple(info.path.as_list())] = holder.source
        if path == SOURCE_NAME:
            return holder.source
        value = dig(holder.wire, path)
        if value == "" and fact.blank_is_absent:
            return None
        if fact.is_object:
            return _held(value, fact, holder.read)
        if fact.type_name == "PersoonRef":
            return None  # of a caller who has none
        if fact.enum is None or value is None:
            return value
        if isinstance(value, list):
            return [_member(fact.enum, item, holder.source) for item in value]
        member = _member(fact.enum, value, holder.source)
        if isinstance(member, Trouble):
            raise member
        return member

    return resolve


def _member(enum: type[Enum], value: Any, source: str) -> Any:
    if value is None:
        return None
    for member in enum:
        if member.value == value:
            return member
    return Trouble("BRON_FOUT", source)


def _derived(
    fact: FieldFact, compute: Callable[..., Any], needs: Sequence[Path]
) -> Callable[..., Any]:
    def resolve(holder: Held, info: Info) -> Any:
        asker: Asker = info.context
        asker.refuse(fact, holder.read)
        asker.stands[tuple(info.path.as_list())] = holder.source
        found = compute(*(dig(holder.wire, path) for path in needs))
        # Links to bytes are given by who serves them; these callers get none.
        return None if isinstance(found, Content) else found

    return resolve


def _linked(fact: FieldFact) -> Callable[..., Any]:
    assert isinstance(fact.kind, Linked)
    last = cast(Read, fact.kind.hops[-1].read)
    names = {parameter.name: parameter.keyword for parameter in fact.parameters}

    async def resolve(above: Held | dict[str, Any] | None, info: Info, **given: Any) -> Any:
        asker: Asker = info.context
        holder = above if isinstance(above, Held) else None
        asker.refuse(fact, holder.read if holder else None)
        asker.stands[tuple(info.path.as_list())] = last.source
        arguments = {keyword: _sent(given.get(name)) for name, keyword in names.items()}
        found = await asker.link(fact, holder.wire if holder else None, arguments)
        return _held(found, fact, last)

    return resolve


def _sent(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_sent(item) for item in value]
    if isinstance(value, dict):
        return {_snaked(name): _sent(item) for name, item in value.items()}
    return value


def _snaked(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


def _kind_of(held: TypeFact) -> Callable[..., str]:
    def resolve_type(value: Held, info: Info, _type: Any) -> str:
        told = dig(value.wire, held.by or ())
        for value_of_option, name in held.options.items():
            if type(told) is type(value_of_option) and told == value_of_option:
                return name
        for value_of_option, name in held.options.items():
            if value_of_option is Otherwise:
                return name
        raise Trouble("BRON_FOUT", value.source)

    return resolve_type


async def _awaited(
    running: Awaitable[ExecutionResult], before: set[asyncio.Task[Any]]
) -> ExecutionResult:
    """The result, when also what no longer matters to it (below a null) has been carried out."""
    result = await running
    await asyncio.gather(*(asyncio.all_tasks() - before), return_exceptions=True)
    return result
