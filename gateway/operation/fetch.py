"""The objects of one operation, each read once, level by level (operation).

Steps of one depth that ask the same read with the same arguments form a group. A group gathers the
keys of all its steps, asks only for those not asked before, in as few calls as the read allows, and
starts as soon as the groups above it are done: a slow source holds up only what hangs under it.
What has nothing to be done beside it is done in the same task.

Of a kind of which the municipality has several sources, `gateway.operation.several` says which are
asked for what; of any other kind there is one source and nothing of that.
"""

import asyncio
from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Protocol

from gateway.operation.bind import NOTHING, Bound, BoundPlan
from gateway.operation.failures import (
    FieldFailure,
    not_yours,
    of_source,
    over_quota,
    too_many,
    unfit,
)
from gateway.operation.fetched import NO_KEY, Fetched, distinct_keys, fits, wire_keys
from gateway.operation.groups import Group, groups_of
from gateway.operation.identity import Identity, asks_for_own
from gateway.operation.limits import Limits
from gateway.operation.needs import NO_MORE, Resource
from gateway.operation.pages import UNVEILED, SievedPage, Veil
from gateway.operation.persons import Tally, admit_all, persons_in
from gateway.operation.plan import Part, Place, Plan, Step
from gateway.operation.recorder import Recorder, Unrecorded
from gateway.operation.several import Several, with_order
from gateway.operation.sieving import Asked, Sieving
from gateway.operation.sources import Route, by_source, key_at, route
from gateway.source.cache import Cache, Scope
from gateway.source.deeds import Deed, distinct, numbers_in, numbers_in_each
from gateway.source.directory import Directory
from gateway.source.errors import NotRecorded, SourceError
from gateway.source.filling import Outside
from gateway.source.question import Order, Question, nothing
from gateway.source.read import About, Brought, Fields, Found, Read, every_path
from gateway.source.sieve import Limit, Reach, Sieve
from gateway.source.source import Source
from schema.language.paging import Page
from schema.language.paths import value_at


class Sources(Protocol):
    """Gives the sources of one caller: by name, and what is done with it (`Read.activity`)."""

    def __call__(self, name: str, activity: str) -> Source: ...


Where = tuple[Read, str, str]
"""A table of what was fetched: see `Fetched.place`."""
_DICTS = frozenset({dict})
THEMSELVES: Sequence[Place] = [()]
"""Where the objects of the step above hold the keys, and nothing in them does."""


@dataclass(slots=True)  # made for every operation: frozen it takes three times as long
class Asking:
    """On whose behalf an operation asks, and with what. Read-only."""

    sources: Sources
    cache: Cache
    scope: Scope
    own: Identity | None
    """Whose data only may be asked for; None: anybody's."""
    report: Callable[[str, Exception], None]
    """Told of every read that failed: its name and the exception, for the log."""
    limits: Limits = field(default_factory=Limits)
    """Of these `calls` and `persons`: what may really be asked, whatever was estimated."""
    anew: bool = False
    """Use nothing that was kept before."""
    directory: Directory = field(default_factory=Directory)
    """The names of the sources that there are."""
    persons: Tally | None = None
    """Counts the persons of this operation, and of this minute; None: by `limits` alone."""
    recorder: Recorder = field(default_factory=Unrecorded)
    deeds: list[Deed] = field(default_factory=list)
    """Gets what is done with personal data."""
    insight: frozenset[tuple[str, Limit]] = frozenset()
    """What the caller's purpose says of what they are shown (`gateway.source.sieve`)."""
    today: Callable[[], str] = str
    """Gives the day on which is asked, as `2026-11-30`."""
    veil: Veil = UNVEILED
    """Hides the cursors of lists of which the caller is not shown all."""


@dataclass(slots=True)
class Errand:
    """What a group asks of one source."""

    group: Group
    source: Source
    name: str
    bound: Bound
    wanting: Mapping[Hashable, set[int]] | None = None
    """By key the steps that want it; None where all want the same."""
    fields: Fields | None = None
    """What to ask of each thing; None where that depends on the steps that want it."""
    alone: bool = False
    """Whether nothing of what it gives may be kept or shared."""
    question: Question | None = None
    """What the cache must know, where `fields` are those of all."""
    seen: dict[Hashable, Outside[Hashable]] | None = None
    """By key what was seen outside, where many were looked for at once."""
    lone: bool = False
    """Whether nothing else of this operation may ask for the same meanwhile."""


@dataclass(slots=True)
class Noted:
    """What is to be told of one call about persons, and of no other of its errand."""

    began: float
    """By the recorder's clock."""
    along: Sequence[str] = ()
    """The BSNs of whom the things are that came along."""
    looked: Mapping[int, Any] | None = None
    """What was looked through for those, by its identity; None: nothing."""


def fetch(bound: BoundPlan, asking: Asking) -> Coroutine[Any, Any, Fetched]:
    """Ask everything that the plan needs. Failures are part of what is fetched, never raised."""
    return _Fetch(bound, asking).run()


class _Fetch:
    def __init__(self, bound: BoundPlan, asking: Asking) -> None:
        self._bound = bound
        self._asking = asking
        self._directory = asking.directory
        self._fetched = Fetched(asking.directory)
        if asking.own is not None:
            self._fetched.hides = partial(_hides, self._reach())
        self._notes = bool(asking.directory.several) or bound.plan.tells_sources
        """Whether it is noted where each object came from."""
        self._pending: dict[Where, dict[Hashable, asyncio.Event]] = {}
        self._showing: dict[Where, dict[Hashable, asyncio.Event]] = {}
        self._given: dict[Where, dict[Hashable, Any]] = {}
        """What reads gave of which not everything may be shown."""
        sieved = _sieved(bound.plan)
        self._more = dict(_needed(self._sieving, sieved)) if sieved else NO_MORE
        self._objects: dict[int, Sequence[Any]] = {}
        self._waits: dict[Group, int] = {}
        self._calls_left = asking.limits.calls
        self._persons = asking.persons or Tally(asking.limits.persons, admit_all)

    @cached_property
    def _sieving(self) -> Sieving:
        """Made when a read has a sieve, which as a rule none of a plan has."""
        return Sieving(self._reach(), self._know, self._asking.report)

    def _reach(self) -> Reach:
        asking = self._asking
        return Reach(asking.own, asking.insight, asking.today())

    async def run(self) -> Fetched:
        """What was fetched, when all of it is there."""
        first = [group for group in groups_of(self._bound) if not group.above]
        try:
            if first:
                await self._all(first)
            if self._asking.deeds:
                await self._account_for()
            return self._fetched
        finally:
            # It holds this: all that was read would wait for the garbage collector.
            self.__dict__.pop("_sieving", None)

    def _all(self, groups: Sequence[Group]) -> Coroutine[Any, Any, None]:
        """These groups at the same time, each with what can begin when it is done."""
        if len(groups) == 1:  # as a rule: then a task would only cost time
            return self._down(groups[0])
        return self._at_once(groups)

    async def _at_once(self, groups: Sequence[Group]) -> None:
        async with asyncio.TaskGroup() as tasks:
            for group in groups[1:]:
                tasks.create_task(self._down(group))
            await self._down(groups[0])

    async def _down(self, group: Group) -> None:
        """This group, and then what can begin."""
        await self._run(group)
        while len(begins := [each for each in group.below if self._begins(each)]) == 1:
            (group,) = begins
            await self._run(group)
        if begins:
            await self._at_once(begins)

    def _begins(self, group: Group) -> bool:
        """Whether a group can begin when one more that is above it is done."""
        waits = self._waits.get(group, len(group.above)) - 1
        self._waits[group] = waits
        return not waits

    async def _account_for(self) -> None:
        """Have it written down. What could not be written is not there to be shown."""
        try:
            await self._asking.recorder.write(self._asking.deeds)
        except NotRecorded as error:
            self._asking.report(error.source, error)
            for (read, _, _), table in self._fetched.table.items():
                if read.personal:
                    table.update(dict.fromkeys(table, of_source(NotRecorded(read.source))))

    async def _run(self, group: Group) -> None:
        if group.read.source in self._directory.several:
            await self._run_at_several(group)
            return
        raw = [self._raw_keys(step) for step in group.steps]
        if any(raw):
            await self._ask(group, raw)
        for step, each in zip(group.steps, raw, strict=True):
            if step.children:  # what nothing hangs under is found when it is shown
                self._objects[step.number] = self._led_to(step, each)

    async def _run_at_several(self, group: Group) -> None:
        several = Several(self._fetched, self._asking.sources, self._refused)
        bound = self._bound.of(group.steps[0])
        ask, wanted = partial(self._ask_named, group), self._wanted(group)
        await several.ask_all(group.read, bound, wanted, group.is_paged, ask)
        for step in group.steps:
            if step.children:
                self._objects[step.number] = list(self._results(step))

    # ---- keys -------------------------------------------------------------------------------

    def _raw_keys(self, step: Step) -> Mapping[Hashable, None]:
        """The distinct keys of a step as they stand on the wire, or as the client named them."""
        named, path = self._bound.of(step).keys, step.hop.key
        holders = self._holders(step)
        if named is None and path is not None:
            return distinct_keys(holders, path)
        return dict.fromkeys((NO_KEY,) if named is None else named) if holders else {}

    def _holders(self, step: Step) -> Sequence[Any]:
        """The objects that hold the keys of a step; for a step on the root one that is None."""
        if step.parent is None:
            return (None,)
        if step.places == THEMSELVES:
            return self._objects[step.parent.number]
        return self._holders_within(step, step.parent)

    def _holders_within(self, step: Step, parent: Step) -> Sequence[Any]:
        note = self._fetched.inherits if self._notes else None
        tops = self._objects[parent.number]
        found = [holder for place in step.places for holder in holders_at(tops, place, note)]
        return list(dict(zip(map(id, found), found, strict=True)).values())

    def _led_to(self, step: Step, raw: Iterable[Hashable]) -> Sequence[Any]:
        """The distinct objects that a step led to, of the only source of its kind: by these keys,
        unless the link chooses among them by the object it comes from.
        """
        if step.is_last and step.linked.where is not None:
            return list(self._results(step))
        one, read, canonical = self._fetched.one, step.read, self._bound.of(step).canonical
        given = [_items(one(read, canonical, key)) for key in raw]
        if len(given) == 1:
            return given[0]
        return list({id(item): item for items in given for item in items}.values())

    def _results(self, step: Step) -> Iterator[Any]:
        """The same, by each object that the step comes from."""
        seen: set[int] = set()
        canonical = self._bound.of(step).canonical
        where = step.linked.where if step.is_last else None
        bound = self._bound.by_node[id(step.node)]
        named = self._bound.of(step).keys is not None
        for holder in self._holders(step):
            beside = None if named else holder
            for raw in self._keys_of(step, holder):
                for item in _items(self._fetched.one(step.read, canonical, raw, beside)):
                    if id(item) not in seen and fits(item, holder, where, bound):
                        seen.add(id(item))
                        yield item

    def _keys_of(self, step: Step, holder: Any) -> Sequence[Hashable]:
        named = self._bound.of(step).keys
        if named is not None:
            return named
        return (NO_KEY,) if step.hop.key is None else wire_keys(holder, step.hop.key)

    def _wanted(self, group: Group) -> Iterator[tuple[Hashable, str | None]]:
        """The keys of a group where there are several sources, each with the one near it."""
        for step in group.steps:
            named = self._bound.of(step).keys is not None
            for holder in self._holders(step):
                near = None if named else self._fetched.near(group.read, holder)
                for raw in self._keys_of(step, holder):
                    yield raw, near

    # ---- asking -----------------------------------------------------------------------------

    def _ask(self, group: Group, raw: Sequence[Mapping[Hashable, None]]) -> Awaitable[None]:
        """Ask the only source of its kind for wire values, those of each step of the group."""
        read, bound = group.read, self._bound.of(group.steps[0])
        (name,) = self._directory.names(read.source)
        try:
            source = self._asking.sources(name, read.activity)
        except SourceError as error:
            return self._not_there(read, bound, name, raw, of_source(error))
        if len(raw) == 1:
            keys = self._normalised(read, source, name, raw[0])
            return self._ask_source(Errand(group, source, name, bound, lone=group.lone), keys)
        wanting: dict[Hashable, set[int]] = {}
        for step, each in zip(group.steps, raw, strict=True):
            for key in self._normalised(read, source, name, each):
                wanting.setdefault(key, set()).add(step.number)
        errand = Errand(group, source, name, bound, wanting, lone=group.lone)
        return self._ask_source(errand, list(wanting))

    async def _not_there(
        self,
        read: Read,
        bound: Bound,
        name: str,
        raw: Sequence[Mapping[Hashable, None]],
        failure: FieldFailure,
    ) -> None:
        """There is no such source to ask."""
        where = self._fetched.place(read, bound.canonical, name)
        table = self._fetched.table.setdefault(where, {})
        table.update((key, failure) for each in raw for key in each)

    async def _ask_named(
        self, group: Group, name: str, bound: Bound, keys: Sequence[Hashable]
    ) -> None:
        """Ask one of several sources of a kind."""
        source = self._asking.sources(name, group.read.activity)
        await self._ask_source(Errand(group, source, name, bound), keys)

    def _ask_source(self, errand: Errand, keys: Sequence[Hashable]) -> Awaitable[None]:
        """Ask a source for those keys that were not asked before, and decide what is shown."""
        read = errand.group.read
        sieve = None if read.sieve is None else self._sieving.of(read)
        if sieve is None:
            return self._ask_for(errand, keys)
        return self._show(errand, keys, sieve)

    def _ask_for(self, errand: Errand, keys: Sequence[Hashable]) -> Coroutine[Any, Any, None]:
        """Ask a source for those keys that were not asked before."""
        read, name = errand.group.read, errand.name
        where = self._fetched.place(read, errand.bound.canonical, name)
        table, pending = self._table(where), self._pending.get(where)
        mine = list(keys)
        others: list[asyncio.Event] = []
        if table:
            mine = [key for key in keys if key not in table]
        if pending:
            mine, others = _not_asked(mine, pending)
        if read.personal and not self._asking.recorder.ready:
            table.update(dict.fromkeys(mine, of_source(NotRecorded(name))))
            mine = []
        mine = self._within_limits(read, mine, table)
        if errand.lone:
            return self._ask_now(errand, mine, table)
        pending, event = self._pending.setdefault(where, {}), asyncio.Event()
        pending.update(dict.fromkeys(mine, event))
        return self._ask_waited_for(errand, mine, table, pending, event, others)

    async def _ask_waited_for(
        self,
        errand: Errand,
        keys: list[Hashable],
        table: dict[Hashable, Any],
        pending: dict[Hashable, asyncio.Event],
        event: asyncio.Event,
        others: Sequence[asyncio.Event],
    ) -> None:
        """Ask for these keys, and wait for those that somebody else asks for."""
        try:
            await self._ask_now(errand, keys, table)
        finally:
            for key in keys:
                del pending[key]
            event.set()
        for other in others:
            await other.wait()

    async def _ask_now(
        self, errand: Errand, keys: list[Hashable], table: dict[Hashable, Any]
    ) -> None:
        """Ask for these keys, as far as this caller's minute has room for them."""
        read = errand.group.read
        if read.about is About.PERSON:
            keys = await self._admitted(keys, table)
        if not keys:
            return
        self._persons.asked = True
        self._settle(errand)
        if len(keys) > (read.batch or 1):
            keys = await self._lacking(errand, keys, table)
        if 0 < len(keys) <= (read.batch or 1):  # as a rule: it takes no task
            await self._call(errand, keys, table)
        else:
            await _together([self._call(errand, each, table) for each in _batches(read, keys)])

    def _settle(self, errand: Errand) -> None:
        """What is the same for all its calls, of which there may be a hundred."""
        read, asking = errand.group.read, self._asking
        errand.alone = asking.cache.passes(asking.scope, read.keep_of(errand.source))
        if read.batch is not None or errand.wanting is None:
            errand.fields = self._fields(errand, ())
        errand.question = errand.seen = None

    # ---- what is kept -----------------------------------------------------------------------

    async def _lacking(
        self, errand: Errand, keys: list[Hashable], table: dict[Hashable, Any]
    ) -> list[Hashable]:
        """The keys of which nothing is kept that serves as it is. What is kept of the others is in
        the table then: of a hundred things together, that takes a fraction of a call for each.
        """
        asking, read = self._asking, errand.group.read
        if errand.alone or asking.anew or read.about is About.PERSONS:
            return keys
        began = asking.recorder.now()
        try:
            questions = [(self._question(errand, some), some) for some in _alike(errand, keys)]
        except Exception:  # each call will find so, and tell
            return keys
        keep, account = read.keep_of(errand.source), errand.source.account
        found: dict[Hashable, Any] = {}
        errand.seen = {}
        for question, some in questions:
            more, seen = await asking.cache.kept(asking.scope, keep, question, some, account)
            found |= more
            if seen is not None:
                errand.seen |= dict.fromkeys(seen.entries, seen)
        if not found:
            return keys
        self._put_kept(errand, found, began, table)
        return [key for key in keys if key not in found]

    def _put_kept(
        self,
        errand: Errand,
        found: Mapping[Hashable, Any],
        began: float,
        table: dict[Hashable, Any],
    ) -> None:
        """As `_call` puts what it found: an account is due of each call that was not needed."""
        if errand.group.read.personal:
            self._asking.deeds += self._deeds(errand, found, began)
        table.update(found)
        if self._notes:
            for value in found.values():
                self._fetched.came_from(value, errand.name)

    def _table(self, where: Where) -> dict[Hashable, Any]:
        """Where what a read gives is put: where it is shown from, if nothing is held back of it."""
        read = where[0]
        held = read.sieve is not None and self._sieving.of(read) is not None
        return (self._given if held else self._fetched.table).setdefault(where, {})

    # ---- what is shown of it ----------------------------------------------------------------

    async def _show(self, errand: Errand, keys: Sequence[Hashable], sieve: Sieve) -> None:
        where = self._fetched.place(errand.group.read, errand.bound.canonical, errand.name)
        table = self._fetched.table.setdefault(where, {})
        showing = self._showing.setdefault(where, {})
        mine = [key for key in keys if key not in table and key not in showing]
        others = [showing[key] for key in keys if key in showing]
        event = asyncio.Event()
        showing.update(dict.fromkeys(mine, event))
        try:
            table.update(await self._shown(errand, mine, sieve))
        finally:
            for key in mine:
                del showing[key]
            event.set()
        for other in others:
            await other.wait()

    async def _shown(
        self, errand: Errand, keys: Sequence[Hashable], sieve: Sieve
    ) -> Mapping[Hashable, Any]:
        """What this caller is shown of the things with these keys."""
        asked = Asked(errand.group.read, errand.source, errand.name)
        shown = dict(await self._sieving.unproven(sieve, asked, keys))
        proven = [key for key in keys if key not in shown]
        if errand.group.is_paged:
            shown |= await self._pages(errand, asked, proven, sieve)
        else:
            await self._ask_for(errand, proven)
            where = self._fetched.place(asked.read, errand.bound.canonical, asked.name)
            found = {key: self._table(where).get(key) for key in proven}
            shown |= await self._sieving.shown(sieve, asked, found)
        if self._notes:
            for value in shown.values():
                self._fetched.came_from(value, errand.name)
        return shown

    async def _pages(
        self, errand: Errand, asked: Asked, keys: Sequence[Hashable], sieve: Sieve
    ) -> Mapping[Hashable, Any]:
        veil, ask = self._asking.veil, partial(self._chunk, errand)
        pages = [SievedPage(self._sieving, sieve, asked, errand.bound, key, veil) for key in keys]
        made = await asyncio.gather(*(each.shown(ask) for each in pages))
        return dict(zip(keys, made, strict=True))

    async def _chunk(self, errand: Errand, bound: Bound, key: Hashable) -> Any:
        """A page as the source gives it."""
        await self._ask_for(replace(errand, bound=bound), [key])
        where = self._fetched.place(errand.group.read, bound.canonical, errand.name)
        return self._table(where).get(key)

    async def _know(
        self, near: str, read: Read, values: Sequence[Hashable], raw: bool
    ) -> Mapping[Hashable, Sequence[Any]]:
        """What a read has for wire values in objects of the source `near`."""
        names, own = self._directory.names(read.source), self._directory.beside(near, read.source)
        ways = {value: route(read, names, self._asking.sources, value, own) for value in values}
        group = Group(read)
        ask = self._ask_for if raw else self._ask_source

        async def one(name: str, keys: Sequence[Hashable]) -> None:
            source = self._asking.sources(name, read.activity)
            await ask(Errand(group, source, name, NOTHING), keys)

        found = [way for way in ways.values() if not isinstance(way, FieldFailure)]
        await asyncio.gather(*(one(name, keys) for name, keys in by_source(found)))
        return {value: self._at(read, way, raw) for value, way in ways.items()}

    def _at(self, read: Read, way: Route | FieldFailure, raw: bool) -> Sequence[Any]:
        if isinstance(way, FieldFailure):
            return [way]
        places = [(self._fetched.place(read, NOTHING.canonical, name), key) for name, key in way]
        if raw:
            return [self._table(where).get(key) for where, key in places]
        return [self._fetched.table.get(where, {}).get(key) for where, key in places]

    # ---- keys and limits --------------------------------------------------------------------

    def _normalised(
        self, read: Read, source: Source, name: str, raw: Mapping[Hashable, None]
    ) -> Sequence[Hashable]:
        """Wire values as keys: only those that this caller may ask for."""
        if read.key_of is None and self._asking.own is None:  # each is what it is
            return list(raw)
        keys: dict[Hashable, None] = {}
        other = self._fetched.keys.setdefault(read, {})
        for value in raw:
            key = key_at(read, source, name, value)
            if self._asking.own is not None:
                key = self._refused(read, key) or key
            if key is not value:
                other[value] = key
            if not isinstance(key, FieldFailure):
                keys[key] = None
        return list(keys)

    def _refused(self, read: Read, key: Hashable) -> FieldFailure | None:
        """Who may ask only for what is their own asks about no other person or company."""
        own = asks_for_own(self._asking.own, read.about, key)
        return None if own else not_yours(read.source)

    def _within_limits(
        self, read: Read, keys: list[Hashable], table: dict[Hashable, Any]
    ) -> list[Hashable]:
        """The keys that may still be asked for; the others fail, each where it was needed."""
        if read.about is About.PERSON:
            within = self._persons.within(keys)
            table.update((key, too_many()) for key in keys if key not in within)
            keys = [key for key in keys if key in within]
        size = read.batch or 1
        if 0 < len(keys) <= size and self._calls_left:  # one call
            self._calls_left -= 1
            return keys
        most = self._calls_left * size
        self._calls_left -= -(-min(most, len(keys)) // size)
        if len(keys) <= most:
            return keys
        table.update(dict.fromkeys(keys[most:], too_many()))
        return keys[:most]

    async def _admitted(self, keys: list[Hashable], table: dict[Hashable, Any]) -> list[Hashable]:
        """The keys for which this caller's minute has room; the others fail."""
        admitted = await self._persons.admitted(keys)
        table.update((key, over_quota()) for key in keys if key not in admitted)
        return [key for key in keys if key in admitted]

    async def _counted(self, value: Any) -> Any:
        """What a search gave, or why it is not shown: persons who were found count as well."""
        if not value:
            return value
        persons = persons_in(value)
        if len(self._persons.within(persons)) < len(set(persons)):
            return too_many()
        admitted = await self._persons.admitted(persons)
        return value if len(admitted) == len(set(persons)) else over_quota()

    async def _call(
        self, errand: Errand, keys: Sequence[Hashable], table: dict[Hashable, Any]
    ) -> None:
        """One call for these keys, through the cache; a failure is that of each key."""
        read, name = errand.group.read, errand.name
        noted = Noted(self._asking.recorder.now()) if read.personal else None
        try:
            if errand.alone:
                errand.source.account.asked_alone(len(keys))
                fields = errand.fields or self._fields(errand, keys)
                found = await self._load(errand, Order(keys), fields, noted)
            else:
                found = await self._through(errand, keys, noted)
        except SourceError as error:
            self._asking.report(f"{name}.{read.name}", error)
            failure = of_source(error)
            table.update(dict.fromkeys(keys, failure))
            self._note(errand, noted, dict.fromkeys(keys), ok=False)
            return
        except Exception as error:  # a read that stumbles takes its own fields, not the operation
            self._asking.report(f"{name}.{read.name}", error)
            table.update(dict.fromkeys(keys, unfit(name)))
            self._note(errand, noted, dict.fromkeys(keys), ok=False)
            return
        objects = {key: found.get(key) for key in keys}
        self._note(errand, noted, objects, ok=True)
        if read.about is About.PERSONS:
            objects = {key: await self._counted(value) for key, value in objects.items()}
        table.update(objects)
        if self._notes:
            for value in objects.values():
                self._fetched.came_from(value, name)

    def _through(
        self, errand: Errand, keys: Sequence[Hashable], noted: Noted | None
    ) -> Coroutine[Any, Any, Mapping[Hashable, Any]]:
        """The things found, by key, through the cache: of them something is kept or shared."""
        read, source, asking = errand.group.read, errand.source, self._asking
        fields = errand.fields or self._fields(errand, keys)

        def load(order: Order[Hashable]) -> Coroutine[Any, Any, Mapping[Hashable, Any]]:
            return self._load(errand, order, fields, noted)

        return asking.cache.through(
            asking.scope,
            read.keep_of(source),
            self._question(errand, keys),
            keys=keys,
            load=load,
            account=source.account,
            anew=asking.anew,
            seen=None if errand.seen is None else errand.seen.get(keys[0]),
        )

    def _question(self, errand: Errand, keys: Sequence[Hashable]) -> Question:
        """What the cache must know of a call for these keys, of which the same is asked."""
        if errand.question is not None:
            return errand.question
        fields = errand.fields or self._fields(errand, keys)
        made = _question(errand.group.read, errand.source, errand.bound.canonical, fields)
        if errand.fields is not None:
            errand.question = made
        return made

    def _note(
        self, errand: Errand, noted: Noted | None, objects: Mapping[Hashable, Any], *, ok: bool
    ) -> None:
        """Note what was done with personal data; whom it was about is what the read says."""
        if noted is None:
            return
        read, source = errand.group.read, errand.source
        name, ended = f"{read.source}.{read.name}", self._asking.recorder.now()
        found = _subjects(read, source, objects, noted.looked or ())
        subjects = distinct((*found, *noted.along))
        deed = Deed(name, errand.name, source.span, noted.began, ended, ok, subjects)
        self._asking.deeds.append(deed)

    def _deeds(self, errand: Errand, found: Mapping[Hashable, Any], began: float) -> Iterator[Deed]:
        """What was done with what was kept, for each call that was not needed."""
        read, source = errand.group.read, errand.source
        name, span, ended = f"{read.source}.{read.name}", source.span, self._asking.recorder.now()
        for batch in _batches(read, list(found)):
            subjects = _subjects(read, source, {key: found[key] for key in batch}, ())
            yield Deed(name, errand.name, span, began, ended, True, distinct(subjects))

    def _fields(self, errand: Errand, keys: Sequence[Hashable]) -> Fields:
        """What to ask of the things with these keys. A call for one thing asks what the steps that
        want it need; in a batch everything gets the same, because a second call would cost more.
        """
        group, wanting = errand.group, errand.wanting
        needs, read = self._bound.plan.needs, group.read
        if not group.steps:
            return needs.of_resource((read.source, read.resource), self._more)
        if read.batch is not None or wanting is None:
            fields = self._fields_of_all(group)
        else:
            numbers = frozenset().union(*(wanting[key] for key in keys))
            fields = needs.fields(group.numbers, numbers, self._more)
        if read.source not in self._directory.several:
            return fields
        return with_order(read, errand.bound, fields)

    def _fields_of_all(self, group: Group) -> Fields:
        """What all its steps want together: once for the plan, where nothing is added to it."""
        if self._more:
            return self._bound.plan.needs.fields(group.numbers, group.numbers, self._more)
        if group.fields is None:
            group.fields = self._bound.plan.needs.fields(group.numbers, group.numbers)
        return group.fields

    async def _load(
        self, errand: Errand, order: Order[Hashable], fields: Fields, noted: Noted | None
    ) -> Mapping[Hashable, Any]:
        read, source, keys = errand.group.read, errand.source, order.keys
        arguments = errand.bound.arguments
        if order.wider:
            fields = Fields(tuple(sorted({*fields.paths, *order.wider})), fields.links)
        if read.conditional and order.began is not None:
            source = source.taped(order.tape)
        if read.batch is not None:
            answer = await read.call(source, keys, fields, **arguments)
            if isinstance(answer, Found):
                await self._also(errand, answer.also, order, fields, noted)
                answer = answer.objects
            return {
                key: value if type(value) is dict else _stored(value)
                for key in keys
                if (value := answer.get(key)) is not None
            }
        (key,) = keys
        before: tuple[Any, ...] = (key,) if read.keyed else ()
        try:
            value = await read.call(source, *before, fields, **arguments)
        except SourceError as error:
            if error.code != "NIET_GEVONDEN":
                raise
            return {}
        if isinstance(value, Brought):
            await self._also(errand, value.also, order, fields, noted)
            value = value.value
        return {} if value is None else {key: _stored(value)}

    async def _also(
        self,
        errand: Errand,
        also: Mapping[Read, Mapping[Hashable, Any]],
        order: Order[Hashable],
        fields: Fields,
        noted: Noted | None,
    ) -> None:
        """Keep what came along for whoever needs it further down; what is known stays.

        It is of the same system. Where that has no such source, nobody knows which one has it.
        """
        for read, objects in also.items():
            if noted is not None:
                looked = noted.looked or {}
                found = _subjects(read, errand.source, objects, looked)
                noted.along = (*noted.along, *found)
                if read.personal and read.subjects is None:
                    noted.looked = {**looked, **{id(value): value for value in objects.values()}}
            owner = self._owner(read, errand.name)
            if owner is None:
                continue
            table = self._table(self._fetched.place(read, NOTHING.canonical, owner))
            for key, value in objects.items():
                if key not in table:
                    table[key] = stored = _stored(value)
                    if self._notes:
                        self._fetched.came_from(stored, owner)
            if read.source == errand.group.read.source and order.began is not None:
                await self._keep_along(errand, read, objects, order, fields)

    def _owner(self, read: Read, name: str) -> str | None:
        """The source of a read in the system of the source with this name."""
        names = self._directory.names(read.source)
        return names[0] if len(names) == 1 else self._directory.beside(name, read.source)

    async def _keep_along(
        self,
        errand: Errand,
        read: Read,
        objects: Mapping[Hashable, Any],
        order: Order[Hashable],
        fields: Fields,
    ) -> None:
        """Keep it also for later operations, where its own read allows; see `Found`.

        If it is wanted and cannot be kept, what brought it is not kept either: served without it,
        it would have to be asked one by one.
        """
        same = read.resource == errand.group.read.resource
        question = _question(read, errand.source, "{}", fields if same else Fields(()))
        kept = read.parts is not every_path and await self._asking.cache.along(
            self._asking.scope,
            read.keep,
            question,
            {key: _stored(value) for key, value in objects.items()},
            order,
        )
        if not kept and any(step.read is read for step in self._bound.plan.steps):
            order.tape.keepable = False


def _hides(reach: Reach, read: Read) -> bool:
    """Who sees only their own is not told how much there is of others."""
    return reach.own is not None and read.sieve is not None and read.sieve.applies(reach)


def _sieved(plan: Plan) -> frozenset[Read]:
    """Those of its reads of which not everything may be shown to everybody."""
    if plan.kept.sieved is None:
        plan.kept.sieved = frozenset(step.read for step in plan.steps if step.read.sieve)
    return plan.kept.sieved


def _needed(sieving: Sieving, reads: Iterable[Read]) -> Iterator[tuple[Resource, tuple[str, ...]]]:
    """What is needed to judge by, beside what was selected, per resource."""
    seen, waiting = set[Read](), list(reads)
    while waiting:
        read = waiting.pop()
        sieve = sieving.of(read)
        if read in seen or sieve is None:
            continue
        seen.add(read)
        yield (read.source, read.resource), sieve.needs
        waiting += [each.read for each in sieve.beside(sieving.reach)]


def _question(read: Read, source: Source, canonical: str, fields: Fields) -> Question:
    """What the cache must know of a read as it is asked now."""
    tags, subjects = read.tags, read.subjects
    return Question(
        name=f"{source.name}.{read.name}",
        source=source.name,
        kind=read.source,
        address=f"{source.address} {source.variant}",
        known_as=source.known_as,
        arguments=canonical if read.varies is None else canonical + read.varies(source, fields),
        paths=read.parts(fields),
        widens=read.parts is every_path,
        conditional=read.conditional,
        parts=nothing if tags is None else partial(tags, source),
        subjects=None if subjects is None else partial(subjects, source),
    )


def holders_at(
    tops: Iterable[Any], place: Place, note: Callable[[Any, Any], None] | None = None
) -> Sequence[Any]:
    """The objects at a place in a read's objects, through lists, of the concrete types asked for.

    `note` hears of every object on the way what it stands in.
    """
    current: Sequence[Any] = list(tops)
    for part in place:
        values = [value_at(holder, part.path) for holder in current]
        if note is not None:
            for value, holder in zip(values, current, strict=True):
                for inner in _stand_there(part, (value,)):
                    note(inner, holder)
        current = _of_type(part, _stand_there(part, values))
    return current


def _stand_there(part: Part, values: Sequence[Any]) -> list[Any]:
    """What stands in these, in lists or not, as it is expected there."""
    if part.many:
        return [inner for value in values if isinstance(value, list) for inner in value]
    return [value for value in values if not isinstance(value, list)]


def _of_type(part: Part, found: list[Any]) -> list[Any]:
    """Of these the objects, of the concrete type asked for."""
    if not _DICTS.issuperset(map(type, found)):  # as a rule they are dicts: see `_items`
        found = [each for each in found if isinstance(each, Mapping)]
    guard = part.guard
    if guard is None:
        return found
    return [each for each in found if guard.abstract.concrete(each) == guard.concrete]


def _subjects(
    read: Read, source: Source, objects: Mapping[Hashable, Any], looked: Collection[int]
) -> Sequence[str]:
    """The BSNs of whom these objects are; what a read cannot say of its own answer is looked up,
    but not in what was looked through before.
    """
    if not read.personal:
        return ()
    subjects = read.subjects
    if subjects is None:
        return numbers_in_each([_stored(value) for value in objects.values()], looked)
    found = list[str]()
    for key, value in objects.items():
        try:
            found += list(subjects(source, key, value))
        except Exception:  # whatever a source wrote: that there was something stays to be told
            found += numbers_in(_stored(value), looked)
    return found


def _items(value: Any) -> list[Any]:
    # Dicts, nearly always: to ask each, or what else it may be, costs several times as much.
    if isinstance(value, list) and _DICTS.issuperset(map(type, value)):
        return value
    return [item for item in _each(value) if type(item) is dict or isinstance(item, Mapping)]


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _stored(value: Any) -> Any:
    return value.wire() if type(value) is not dict and isinstance(value, Page) else value


def _alike(errand: Errand, keys: Sequence[Hashable]) -> Iterable[Sequence[Hashable]]:
    """Those of which the same is asked, together."""
    if errand.fields is not None or errand.wanting is None:
        return [keys]
    alike: dict[frozenset[int], list[Hashable]] = {}
    for key in keys:
        alike.setdefault(frozenset(errand.wanting[key]), []).append(key)
    return alike.values()


def _not_asked(
    keys: Sequence[Hashable], pending: Mapping[Hashable, asyncio.Event]
) -> tuple[list[Hashable], list[asyncio.Event]]:
    """Those that nobody asks for now, and what tells that the others are there."""
    others = [pending[key] for key in keys if key in pending]
    return [key for key in keys if key not in pending], others


def _batches(read: Read, keys: Sequence[Hashable]) -> Sequence[Sequence[Hashable]]:
    size = read.batch or 1
    return [keys[start : start + size] for start in range(0, len(keys), size)]


async def _together(calls: Sequence[Coroutine[Any, Any, None]]) -> None:
    """All at the same time."""
    if calls:
        await asyncio.gather(*map(asyncio.get_running_loop().create_task, calls))
