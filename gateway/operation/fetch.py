"""The objects of one operation, each read once, level by level (operation).

Steps of one depth that ask the same read with the same arguments form a group. A group gathers the
keys of all its steps, asks only for those not asked before, in as few calls as the read allows, and
starts as soon as the groups above it are done: a slow source holds up only what hangs under it.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from gateway.operation.bind import NOTHING, Bound, BoundPlan
from gateway.operation.failures import (
    FieldFailure,
    missing,
    not_yours,
    of_source,
    too_many,
    unfit,
    withheld,
)
from gateway.operation.limits import Limits
from gateway.operation.plan import Place, Step
from gateway.source.cache import Cache, Scope
from gateway.source.errors import SourceError
from gateway.source.read import About, Brought, Fields, Found, Read
from gateway.source.source import Source
from gateway.source.withheld import Withheld
from schema.language.links import Hop, Linked, Where
from schema.language.paging import Page
from schema.language.paths import WirePath, value_at

NO_KEY: Hashable = ()


class Sources(Protocol):
    """Gives the sources of one caller: by name, and what is done with it (`Read.activity`)."""

    def __call__(self, name: str, activity: str) -> Source: ...


@dataclass(frozen=True, slots=True)
class Asking:
    """On whose behalf an operation asks, and with what."""

    sources: Sources
    cache: Cache
    scope: Scope
    own_bsn: str | None
    closed: bool
    """Whether of persons only `own_bsn` may be asked about: nobody, where that is None."""
    report: Callable[[str, Exception], None]
    """Told of every read that failed: its name and the exception, for the log."""
    limits: Limits = field(default_factory=Limits)
    """Of these `calls` and `persons`: what may really be asked, whatever was estimated."""


@dataclass(slots=True)
class Group:
    """The steps of one depth that ask the same read the same question."""

    read: Read
    bound: Bound
    steps: list[Step] = field(default_factory=list)
    above: list["Group"] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Fetched:
    """Everything that was read: per read and arguments, by key, an object, None or a failure."""

    table: dict[tuple[Read, str], dict[Hashable, Any]] = field(default_factory=dict)
    keys: dict[tuple[Read, Hashable], Hashable | FieldFailure] = field(default_factory=dict)

    def one(self, read: Read, canonical: str, raw: Hashable) -> Any:
        """What one wire value led to: an object, a list, None, or a `FieldFailure`."""
        key = self.keys.get((read, raw), raw)
        if isinstance(key, FieldFailure):
            return key
        return self.table.get((read, canonical), {}).get(key)


async def fetch(
    bound: BoundPlan, fields: Mapping[tuple[str, str], Fields], asking: Asking
) -> Fetched:
    """Ask everything that the plan needs. Failures are part of what is fetched, never raised."""
    return await _Fetch(bound, fields, asking).run()


class _Fetch:
    def __init__(
        self, bound: BoundPlan, fields: Mapping[tuple[str, str], Fields], asking: Asking
    ) -> None:
        self._bound = bound
        self._fields = fields
        self._asking = asking
        self._fetched = Fetched()
        self._pending: dict[tuple[Read, str], dict[Hashable, asyncio.Event]] = {}
        self._objects: dict[int, list[Any]] = {}
        self._calls_left = asking.limits.calls
        self._persons_left = asking.limits.persons

    async def run(self) -> Fetched:
        groups = self._groups()
        async with asyncio.TaskGroup() as tasks:
            for group in groups:
                tasks.create_task(self._run(group))
        return self._fetched

    def _groups(self) -> list[Group]:
        groups: dict[tuple[int, Read, str], Group] = {}
        of_step: dict[int, Group] = {}
        for step in self._bound.plan.steps:  # parents come before their children
            bound = self._bound.of(step)
            group = groups.setdefault(
                (step.depth, step.read, bound.canonical), Group(step.read, bound)
            )
            group.steps.append(step)
            of_step[step.number] = group
            if step.parent is not None and of_step[step.parent.number] not in group.above:
                group.above.append(of_step[step.parent.number])
        return list(groups.values())

    async def _run(self, group: Group) -> None:
        try:
            for above in group.above:
                await above.done.wait()
            raw = dict.fromkeys(key for step in group.steps for key in self._raw_keys(step))
            await self._ask(group.read, group.bound, list(raw))
            for step in group.steps:
                self._objects[step.number] = list(self._results(step))
        finally:
            group.done.set()

    # ---- keys -------------------------------------------------------------------------------

    def _raw_keys(self, step: Step) -> Iterator[Hashable]:
        """The keys of a step as they stand on the wire, or as the client named them."""
        for holder in self._holders(step):
            yield from self._keys_of(step, holder)

    def _holders(self, step: Step) -> Iterator[Any]:
        """The objects that hold the keys of a step; for a step on the root one that is None."""
        if step.parent is None:
            yield None
            return
        seen: set[int] = set()
        for place in step.places:
            for top in self._objects[step.parent.number]:
                for holder in holders_at(top, place):
                    if id(holder) not in seen:
                        seen.add(id(holder))
                        yield holder

    def _results(self, step: Step) -> Iterator[Any]:
        """The distinct objects that a step led to."""
        seen: set[int] = set()
        canonical = self._bound.of(step).canonical
        where = step.linked.where if step.is_last else None
        bound = self._bound.by_node[id(step.node)]
        for holder in self._holders(step):
            for raw in self._keys_of(step, holder):
                for item in _items(self._fetched.one(step.read, canonical, raw)):
                    if id(item) not in seen and fits(item, holder, where, bound):
                        seen.add(id(item))
                        yield item

    def _keys_of(self, step: Step, holder: Any) -> Iterator[Hashable]:
        named = self._bound.of(step).keys
        if named is not None:
            yield from named
        elif step.hop.key is None:
            yield NO_KEY
        else:
            yield from wire_keys(holder, step.hop.key)

    # ---- asking -----------------------------------------------------------------------------

    async def _ask(self, read: Read, bound: Bound, raw: Sequence[Hashable]) -> None:
        if not raw:
            return
        try:
            source = self._asking.sources(read.source, read.activity)
        except SourceError as error:
            self._fail(read, bound, raw, of_source(error))
            return
        keys = list(self._normalised(read, source, raw))
        table = self._fetched.table.setdefault((read, bound.canonical), {})
        pending = self._pending.setdefault((read, bound.canonical), {})
        mine = [key for key in keys if key not in table and key not in pending]
        mine = self._within_limits(read, mine, table)
        others = [pending[key] for key in keys if key in pending]
        event = asyncio.Event()
        pending.update(dict.fromkeys(mine, event))
        try:
            await asyncio.gather(
                *(self._call(read, source, bound, batch, table) for batch in _batches(read, mine))
            )
        finally:
            for key in mine:
                del pending[key]
            event.set()
        for other in others:
            await other.wait()

    def _normalised(
        self, read: Read, source: Source, raw: Sequence[Hashable]
    ) -> Iterator[Hashable]:
        """Wire values as keys: each once, and only those that this caller may ask for."""
        own, closed = self._asking.own_bsn, self._asking.closed
        seen: set[Hashable] = set()
        for value in raw:
            key: Hashable | FieldFailure = value
            if read.key_of is not None:
                try:
                    key = read.key_of(source, value)
                except SourceError as error:
                    key = of_source(error)
                except Exception:  # whatever a source wrote there, it is no key
                    key = unfit(read.source)
                self._fetched.keys[(read, value)] = key
            if read.about is About.PERSON and closed and key != own:
                key = self._fetched.keys[(read, value)] = not_yours(read.source)
            if not isinstance(key, FieldFailure) and key not in seen:
                seen.add(key)
                yield key

    def _within_limits(
        self, read: Read, keys: list[Hashable], table: dict[Hashable, Any]
    ) -> list[Hashable]:
        """The keys that may still be asked for; the others fail, each where it was needed."""
        most = self._calls_left * (read.batch or 1)
        if read.about is About.PERSON:
            most = min(most, self._persons_left)
            self._persons_left -= min(most, len(keys))
        self._calls_left -= -(-min(most, len(keys)) // (read.batch or 1))
        table.update(dict.fromkeys(keys[most:], too_many()))
        return keys[:most]

    async def _call(
        self,
        read: Read,
        source: Source,
        bound: Bound,
        keys: Sequence[Hashable],
        table: dict[Hashable, Any],
    ) -> None:
        """One call for these keys, through the cache; a failure is that of each key."""
        fields = self._fields[(read.source, read.resource)]

        async def load(wanted: Sequence[Hashable]) -> Mapping[Hashable, Any]:
            return await self._load(read, source, bound, wanted, fields)

        try:
            found = await self._asking.cache.through(
                self._asking.scope,
                read.keep,
                name=f"{read.source}.{read.name}",
                address=source.address,
                arguments=bound.canonical,
                keys=keys,
                paths=read.parts(fields),
                load=load,
                account=source.account,
            )
        except SourceError as error:
            self._asking.report(f"{read.source}.{read.name}", error)
            failure = of_source(error)
            table.update(dict.fromkeys(keys, failure))
            return
        except Exception as error:  # a read that stumbles takes its own fields, not the operation
            self._asking.report(f"{read.source}.{read.name}", error)
            table.update(dict.fromkeys(keys, unfit(read.source)))
            return
        for key in keys:
            table[key] = found.get(key)

    async def _load(
        self,
        read: Read,
        source: Source,
        bound: Bound,
        keys: Sequence[Hashable],
        fields: Fields,
    ) -> Mapping[Hashable, Any]:
        if read.batch is not None:
            answer = await read.call(source, keys, fields, **bound.arguments)
            if isinstance(answer, Found):
                self._also(answer.also)
                answer = answer.objects
            return {key: _stored(answer[key]) for key in keys if answer.get(key) is not None}
        (key,) = keys
        before: tuple[Any, ...] = (key,) if read.keyed else ()
        try:
            value = await read.call(source, *before, fields, **bound.arguments)
        except SourceError as error:
            if error.code != "NIET_GEVONDEN":
                raise
            return {}
        if isinstance(value, Brought):
            self._also(value.also)
            value = value.value
        return {} if value is None else {key: _stored(value)}

    def _also(self, also: Mapping[Read, Mapping[Hashable, Any]]) -> None:
        """Keep what came along for whoever needs it further down; what is known stays."""
        for read, objects in also.items():
            table = self._fetched.table.setdefault((read, "{}"), {})
            for key, value in objects.items():
                table.setdefault(key, _stored(value))

    def _fail(
        self, read: Read, bound: Bound, raw: Sequence[Hashable], failure: FieldFailure
    ) -> None:
        table = self._fetched.table.setdefault((read, bound.canonical), {})
        table.update(dict.fromkeys(raw, failure))


def wire_keys(holder: Any, path: WirePath) -> Iterator[Hashable]:
    """The key or keys at `path`: absent and empty values are no keys, nor are objects."""
    value = value_at(holder, path)
    for key in value if isinstance(value, list) else [value]:
        if isinstance(key, str | int) and not isinstance(key, bool) and key != "":
            yield key


def holders_at(top: Any, place: Place) -> Iterator[Any]:
    """The objects at a place in a read's object, through lists, of the concrete types asked for."""
    current = [top]
    for part in place:
        following: list[Any] = []
        for holder in current:
            value = value_at(holder, part.path)
            if isinstance(value, list) is part.many:
                following += value if part.many else [value]
        guard = part.guard
        current = [
            item
            for item in following
            if isinstance(item, Mapping)
            and (guard is None or guard.abstract.concrete(item) == guard.concrete)
        ]
    yield from current


def fits(item: Any, holder: Any, where: Where | None, bound: Bound) -> bool:
    """Whether an item meets the condition of its link; what is absent equals nothing."""
    if where is None:
        return True
    if where.holder is None:
        return bound.chosen is None or value_at(item, where.item) == bound.chosen
    wanted = value_at(holder, where.holder)
    return wanted is not None and value_at(item, where.item) == wanted


def _items(value: Any) -> list[Any]:
    return [item for item in _each(value) if isinstance(item, Mapping)]


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _stored(value: Any) -> Any:
    return value.wire() if isinstance(value, Page) else value


def _batches(read: Read, keys: Sequence[Hashable]) -> Iterator[Sequence[Hashable]]:
    size = read.batch or 1
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def linked_value(fetched: Fetched, linked: Linked, bound: Bound, holder: Any, listed: bool) -> Any:
    """What a linked field of one object is: objects, None, or failures in their place.

    Follows the hops through what was fetched. A failure that takes the whole field is raised; one
    of a list is put where its item would be.
    """
    value = _first_hop(fetched, linked, bound, holder)
    for hop in linked.hops[1:]:
        value = _next_hop(fetched, hop, value, listed)
    if isinstance(value, FieldFailure):
        raise value
    if isinstance(value, list):
        return [
            item
            for item in value
            if isinstance(item, FieldFailure) or fits(item, holder, linked.where, bound)
        ]
    return value if fits(value, holder, linked.where, bound) else None


def _first_hop(fetched: Fetched, linked: Linked, bound: Bound, holder: Any) -> Any:
    hop = linked.hops[0]
    read: Any = hop.read
    if bound.keys is not None:
        found = [fetched.one(read, bound.canonical, raw) for raw in bound.keys]
        return [item for one in found for item in _each(one)] if bound.listed else found[0]
    if hop.key is None:
        return fetched.one(read, bound.canonical, NO_KEY)
    raw = value_at(holder, hop.key)
    if isinstance(raw, Withheld):
        return withheld(raw.source)
    found = [_resolved(fetched, read, bound.canonical, key) for key in wire_keys(holder, hop.key)]
    if isinstance(raw, list):
        return [item for one in found for item in _each(one)]
    return found[0] if found else None


def _next_hop(fetched: Fetched, hop: Hop, value: Any, listed: bool) -> Any:
    """What one thing, or each of a list, leads to; nothing leads to nothing."""
    if value is None or isinstance(value, FieldFailure):
        return value
    found = [item for one in _each(value) for item in _after(fetched, hop, one)]
    if listed or isinstance(value, list):
        return found
    return found[0] if found else None


def _after(fetched: Fetched, hop: Hop, item: Any) -> Iterator[Any]:
    if item is None or isinstance(item, FieldFailure):
        yield item
        return
    assert hop.key is not None  # noqa: S101  # startup proved it
    for raw in wire_keys(item, hop.key):
        yield from _each(_resolved(fetched, hop.read, NOTHING.canonical, raw))


def _resolved(fetched: Fetched, read: Any, canonical: str, raw: Hashable) -> Any:
    """As `Fetched.one`, where a reference of a source to nothing is a failure."""
    found = fetched.one(read, canonical, raw)
    return missing(read.source) if found is None else found
