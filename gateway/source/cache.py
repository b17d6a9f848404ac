"""Answers of sources, kept and shared as far as their read and the operator's table allow
(operation).

Nothing is asked of the cache before the caller has been authorised: a hit proves nothing. Errors
are never kept. What comes out is shared between operations and is never changed.

A thing is looked for in memory, then outside (Redis or Valkey), then at the source; equal questions
at one moment are one load, across workers too. What serves is an entry that has all the paths that
are wanted; one that has other paths is replaced by one that has both.
"""

import asyncio
import secrets
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from gateway.source.bus import ALONE
from gateway.source.entry import Entry, Standing
from gateway.source.errors import SourceTimeout
from gateway.source.filling import Fill, Outside, Served, Visit, bring
from gateway.source.flights import Flight
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.keeping import Dropped, Keeping, MakeBus
from gateway.source.ledger import Account, Why
from gateway.source.memory import Place, Stored
from gateway.source.policy import Policy
from gateway.source.question import Load, Order, Question
from gateway.source.shelf import Seen, Shelf
from gateway.source.surroundings import Surroundings
from gateway.source.tags import EVERYONE, Tag

Key = TypeVar("Key", bound=Hashable)
Ring = tuple[tuple[str, ...], str, str, str, str]
"""For whom, and to which question: what the keys of one call have in common."""

_MEMORY_BYTES = 128_000_000
_WHOLE_BYTES = 32_000_000
_MOST_BEHIND = 100
_MOST_OUTSIDE = 200
"""Things that are looked for outside together: they must come in time."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, from the verified token: codes of tenant and purpose, and the principal."""

    tenant: str
    purpose: str
    principal: str

    def within(self, between: Sharing) -> tuple[str, ...]:
        """The part of this scope that those who share have in common."""
        match between:
            case Sharing.EVERYONE:
                return (between.value,)
            case Sharing.TENANT:
                return (between.value, self.tenant)
            case Sharing.PURPOSE:
                return (between.value, self.tenant, self.purpose)
            case _:
                return (between.value, self.tenant, self.purpose, self.principal)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is kept of one class of data of one source: entries, bytes, and the age of the oldest in
    seconds.
    """

    tenant: str
    source: str
    data: DataClass
    entries: int
    size: int
    oldest: float


class Cache:
    """The one way to kept answers, for all reads of this process.

    `open()` before use where there is a shelf or a bus, `aclose()` after. `policy` may be replaced
    at any time: what is kept is judged by the one in force.
    """

    def __init__(
        self,
        *,
        memory_bytes: int = _MEMORY_BYTES,
        whole_bytes: int = _WHOLE_BYTES,
        policy: Policy | None = None,
        surroundings: Surroundings | None = None,
        secret: bytes | None = None,
        shelf: Shelf | None = None,
        bus: MakeBus | None = None,
    ) -> None:
        """`secret` (32 bytes) is made up unless given; with a shelf it is that of all workers."""
        self.policy = policy or Policy()
        self.keeps_whole = whole_bytes > 0
        """Whether there is room for whole answers at all."""
        self._around = surroundings or Surroundings()
        self._secret = secret or secrets.token_bytes(32)
        self._keeping = Keeping(
            memory_bytes=memory_bytes,
            whole_bytes=whole_bytes,
            secret=self._secret,
            shelf=shelf,
            bus=bus,
        )
        self._behind: dict[tuple[str, Place], asyncio.Task[None]] = {}

    async def open(self) -> None:
        """Look for the other workers, and for what is kept together."""
        await self._keeping.open()

    @property
    def trusted(self) -> bool:
        """Whether what this process remembers is read and written: it hears the other workers."""
        return self._keeping.trusted

    async def aclose(self) -> None:
        """Stop what is under way and forget the rest."""
        tasks = set(self._behind.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._keeping.aclose()

    # ---- answers of sources -------------------------------------------------------------------

    def passes(self, scope: Scope, keep: Keep) -> bool:
        """Whether nothing is kept or shared of what is declared so: nobody need come by here."""
        return self.policy.effective(keep, scope.tenant).between is Sharing.REQUEST

    async def kept(
        self,
        scope: Scope,
        keep: Keep,
        question: Question,
        keys: Sequence[Key],
        account: Account,
    ) -> tuple[Mapping[Key, Any], Outside[Key] | None]:
        """What is kept of many things and serves as it is, by key: None for a thing that is not
        there. They are looked for together, in memory and outside, and counted as ever. The rest
        is for `through`, with what was seen of it outside.
        """
        rule = self.policy.effective(keep, scope.tenant)
        if rule.between is Sharing.REQUEST:
            return {}, None
        ring = _ring(scope, rule, question)
        entries = self._in_memory(ring, rule, question, keys, account)
        rest = [key for key in keys if key not in entries]
        seen = await self._look_outside(scope, rule, question, ring, rest)
        if seen is not None:
            entries |= self._in_memory(ring, rule, question, rest, account)
        if entries:
            account.narrow(rule.between)
            account.entries.extend(entries.values())
        return {key: entry.value for key, entry in entries.items()}, seen

    def _in_memory(
        self, ring: Ring, rule: Keep, question: Question, keys: Iterable[Key], account: Account
    ) -> dict[Key, Entry]:
        entries: dict[Key, Entry] = {}
        if self._keeping.trusted:
            self._remembered(ring, rule, question.paths, keys, entries, {}, account)
        return entries

    async def _look_outside(
        self, scope: Scope, rule: Keep, question: Question, ring: Ring, keys: Sequence[Key]
    ) -> Outside[Key] | None:
        """What lies outside of these, but of what is under way: what serves as it is has been
        remembered then. None where nothing was looked for.
        """
        shelf, flights = self._keeping.shelf, self._keeping.flights
        if shelf is None or not shelf.open_now:
            return None
        visit = self._visit(scope, rule, question, ring, _nothing_more, Account())
        wanted = [
            key for key in keys if flights.following(visit.flight(key), question.paths) is None
        ][:_MOST_OUTSIDE]
        if len(wanted) < 2:
            return None
        return await bring(self._keeping, shelf, visit, wanted, self._around.now)

    async def through(
        self,
        scope: Scope,
        keep: Keep,
        question: Question,
        *,
        keys: Sequence[Key],
        load: Load[Key],
        account: Account,
        anew: bool = False,
        seen: Outside[Key] | None = None,
    ) -> dict[Key, Any]:
        """The things found, by key; a key that is absent was not found.

        `load` is called with the keys that are neither kept nor under way, and answers with those
        it found; its errors are this call's errors. `anew` to use nothing that is kept; what comes
        is kept. `seen` is what `kept` gave.
        """
        rule = self.policy.effective(keep, scope.tenant)
        if rule.between is Sharing.REQUEST:
            account.asked_alone(len(keys))
            return _asked_for(keys, await load(Order(keys)))
        account.narrow(rule.between)
        ring = _ring(scope, rule, question)
        entries: dict[Key, Entry] = {}
        others: dict[Key, Entry] = {}
        if not anew and self._keeping.trusted:
            self._remembered(ring, rule, question.paths, keys, entries, others, account)
        if len(entries) < len(keys):
            visit = self._visit(scope, rule, question, ring, load, account, seen)
            entries |= await self._beyond_memory(visit, keys, entries, others, anew)
        account.entries.extend(entries.values())
        return {key: entries[key].value for key in keys if entries[key].found}

    async def along(
        self,
        scope: Scope,
        keep: Keep,
        question: Question,
        objects: Mapping[Key, Any],
        order: Order[Any],
    ) -> bool:
        """Keep what came along with the load of that order; whether this keep allows that."""
        rule = self.policy.effective(keep, scope.tenant)
        began = order.began
        if rule.between is Sharing.REQUEST or began is None:
            return False
        ring = _ring(scope, rule, question)
        visit = self._visit(scope, rule, question, ring, _nothing_more, Account())
        if visit.area != began.area:
            began = replace(began, generation=None)
        fill: Fill[Key] = Fill(self._keeping, self._around, visit, (), {}, True)
        await fill.keep_along(objects, began)
        return True

    def _visit(
        self,
        scope: Scope,
        rule: Keep,
        question: Question,
        ring: Ring,
        load: Load[Key],
        account: Account,
        seen: Outside[Key] | None = None,
    ) -> Visit[Key]:
        everyone = rule.between is Sharing.EVERYONE
        return Visit(
            tenant=scope.tenant,
            rule=rule,
            circle=ring[0],
            area=EVERYONE if everyone else scope.tenant,
            source=ring[2],
            ring=ring,
            question=question,
            load=load,
            account=account,
            moment=self._keeping.drops.moment,
            secret=self._secret,
            behind=self._ask_behind,
            seen=seen,
        )

    def _remembered(
        self,
        ring: Ring,
        rule: Keep,
        paths: frozenset[str],
        keys: Iterable[Key],
        entries: dict[Key, Entry],
        others: dict[Key, Entry],
        account: Account,
    ) -> None:
        """What memory has: fresh `entries`, noted on the account, and `others`. Most questions end
        here: so nothing is hashed, encoded or waited for.
        """
        now = self._around.now()
        oldest = now
        look, circle = self._keeping.memory.look, ring[0]
        for key in keys:
            entry: Entry | None = look(Place((ring, key)))
            if entry is None:
                continue
            if entry.covers(circle, paths) and entry.standing(rule, now) is Standing.FRESH:
                entries[key] = entry
                oldest = min(oldest, entry.created)
            else:
                others[key] = entry
        if entries:
            account.hit(len(entries), now - oldest)

    async def _beyond_memory(
        self,
        visit: Visit[Key],
        keys: Sequence[Key],
        entries: Mapping[Key, Entry],
        others: Mapping[Key, Entry],
        anew: bool,
    ) -> dict[Key, Entry]:
        """What is not fresh in memory: what may be served while it is asked anew, and the rest."""
        now = self._around.now()
        stale = {
            key: entry
            for key, entry in others.items()
            if visit.may_serve(entry, now) is Standing.STALE
        }
        for entry in stale.values():
            visit.account.hit(1, now - entry.created)
            visit.account.served_stale(now - entry.created, Why.VERVERST)
        if stale:
            self._ask_behind(visit, stale)
        missing = [key for key in keys if key not in entries and key not in stale]
        if not missing:
            return stale
        return stale | await self._loaded(visit, missing, others, anew)

    # ---- loads --------------------------------------------------------------------------------

    async def _loaded(
        self, visit: Visit[Key], keys: Sequence[Key], known: Mapping[Key, Entry], anew: bool
    ) -> dict[Key, Entry]:
        """What is under way or loaded now. Who followed another's load that ran out of the other's
        time gets a second chance, with a load of its own.
        """
        own, followed, mine = self._flights_for(visit, keys, known, anew)
        brought, failed = await self._together([*own, *followed])
        if isinstance(failed, SourceTimeout) and not any(map(_failed, own)):
            rest = [key for key in keys if key not in brought]
            later = replace(visit, seen=None)  # what was seen outside is of before all that
            own, followed, mine = self._flights_for(later, rest, known, anew)
            more, failed = await self._together([*own, *followed])
            brought = {**brought, **more}
        if failed is not None:
            raise failed
        return self._noted(visit, keys, brought, mine)

    def _noted(
        self,
        visit: Visit[Key],
        keys: Sequence[Key],
        brought: Mapping[Key, Served],
        mine: Collection[Key],
    ) -> dict[Key, Entry]:
        """What was brought, by key; what did not come from the source for us is a hit."""
        now = self._around.now()
        entries: dict[Key, Entry] = {}
        for key in keys:
            served = brought[key]
            entries[key] = served.entry
            if served.loaded:
                if key not in mine:
                    visit.account.hit(1, 0.0)
                continue
            age = max(0.0, now - served.entry.created)
            visit.account.hit(1, age)
            if served.why is not None:
                visit.account.served_stale(age, served.why)
        return entries

    def _flights_for(
        self, visit: Visit[Key], keys: Sequence[Key], known: Mapping[Key, Entry], anew: bool
    ) -> tuple[list[Flight], list[Flight], Collection[Key]]:
        """The flight of our own for what nobody is loading (none or one), those to follow, and
        what is in our own.

        A worker that hears nothing of the others follows only what began just now: see `ALONE`.
        """
        clock, flights = self._around.clock(), self._keeping.flights
        since = 0.0 if self._keeping.trusted else clock - ALONE
        paths = visit.question.paths
        followed: dict[Flight, None] = {}
        rest: dict[Key, tuple[str, Place]] = {}
        for key in keys:
            mark = visit.flight(key)
            flight = None if anew else flights.following(mark, paths, since)
            if flight is None:
                rest[key] = mark
            else:
                followed[flight] = None
        if not rest:
            return [], list(followed), rest
        fill = Fill(self._keeping, self._around, visit, list(rest), known, anew)
        scopes = self._keeping.family(visit.area, visit.source).shared
        own = flights.begin(list(rest.values()), paths, fill.run, scopes, clock)
        return [own], list(followed), rest

    async def _together(
        self, flights: Sequence[Flight]
    ) -> tuple[Mapping[Any, Served], BaseException | None]:
        """What these flights bring, by key, and the first error among them."""
        if len(flights) == 1:
            try:
                return await self._keeping.flights.wait(flights[0]), None
            except Exception as error:
                return {}, error
        waits = (self._keeping.flights.wait(flight) for flight in flights)
        brought: dict[Any, Served] = {}
        failed: BaseException | None = None
        for cargo in await asyncio.gather(*waits, return_exceptions=True):
            if isinstance(cargo, BaseException):
                failed = failed or cargo
            else:
                brought.update(cargo)
        return brought, failed

    def _ask_behind(self, visit: Visit[Key], old: Mapping[Key, Entry]) -> None:
        """Ask these anew with nobody waiting, each once at a time."""
        keys = [key for key in old if visit.flight(key) not in self._behind]
        if not keys or len(self._behind) >= _MOST_BEHIND:
            return
        quiet = replace(visit, account=Account(), moment=self._keeping.drops.moment)
        fill = Fill(self._keeping, self._around, quiet, keys, old, False)
        task = asyncio.create_task(_quietly(fill))
        marks = [visit.flight(key) for key in keys]
        self._behind.update(dict.fromkeys(marks, task))
        task.add_done_callback(lambda _: self._asked_behind(marks))

    def _asked_behind(self, marks: Iterable[tuple[str, Place]]) -> None:
        for mark in marks:
            del self._behind[mark]

    # ---- forgetting ---------------------------------------------------------------------------

    async def drop(self, tags: Iterable[Tag]) -> Dropped:
        """Drop everything that has one of these tags: in memory, of whole answers, outside, and in
        every worker; also what is being loaded now is not kept. Complete when it returns.

        Raises DropIncomplete when that cannot be known: then it is to be asked again.
        """
        return await self._keeping.drop(tags)

    async def show(self, tenants: Mapping[str, Iterable[str]]) -> Sequence[Shown]:
        """What is kept of each of these sources, by tenant, and per class: never what is in it.

        Of what everybody shares the tenant is EVERYONE. Raises RedisError, OSError or TimeoutError
        when it cannot be told.
        """
        now = self._around.now()
        made: list[Shown] = []
        for tenant, sources in tenants.items():
            for source in sources:
                seen = [each async for each in self._keeping.seen(tenant, source)]
                made += _shown(tenant, source, seen, now)
        return made

    def subscribe(self, topic: str, hear: Callable[[bytes], None]) -> Callable[[], None]:
        """From now on `hear` is called with what any worker publishes on this topic, this one too;
        call what is given to stop. Messages may be missed when Redis is away: an empty one says so.
        """
        return self._keeping.subscribe(topic, hear)

    async def publish(self, topic: str, message: bytes) -> None:
        """Tell all workers, as far as they can be reached."""
        await self._keeping.publish(topic, message)

    async def clear(self) -> None:
        """Forget all that this process remembers."""
        await self._keeping.memory.clear()
        await self._keeping.whole.clear()

    def sweep(self) -> None:
        """Forget what is of no more use; to be called now and then."""
        now = self._around.now()
        self._keeping.memory.sweep(now)
        self._keeping.whole.sweep(now)

    async def settled(self) -> None:
        """Wait until what is done behind has been done."""
        while self._behind:
            await asyncio.gather(*self._behind.values(), return_exceptions=True)
        await self._keeping.settled()

    # ---- whole answers ------------------------------------------------------------------------

    def moment(self) -> int:
        """Where the drops stand; to be taken before what is to be kept whole is begun."""
        return self._keeping.drops.moment

    def whole(self, key: Hashable) -> Any:
        """The whole answer that is kept under this key, if it may be served."""
        if not self._keeping.trusted:
            return None
        found = self._keeping.whole.look(Place((key,)))
        return found[1] if found is not None and self._around.now() < found[0] else None

    async def keep_whole(
        self,
        key: Hashable,
        body: Any,
        *,
        size: int,
        tags: frozenset[bytes],
        fresh_until: float,
        since: int,
    ) -> bool:
        """Keep a whole answer of `size` bytes, unless anything in it was dropped since."""
        keeping = self._keeping
        if not keeping.trusted or not keeping.drops.untouched(tags, since):
            return False
        stored = Stored((fresh_until, body), size, tags, fresh_until)
        await keeping.whole.set(Place((key,)), stored)
        return True


def _ring(scope: Scope, rule: Keep, question: Question) -> Ring:
    """Of what everyone shares it does not matter how a municipality calls its source."""
    between = rule.between
    if between is Sharing.EVERYONE:
        source, where = question.kind, question.address
    else:
        source, where = question.source, f"{question.address} {question.known_as}"
    return (scope.within(between), question.name, source, where, question.arguments)


async def _quietly(fill: Fill[Any]) -> None:
    """Who is served something stale does not hear why it cannot be refreshed."""
    with suppress(Exception):
        await fill.again()


def _shown(tenant: str, source: str, seen: Sequence[Seen], now: float) -> Iterable[Shown]:
    for data in DataClass:
        own = [each for each in seen if each.data is data]
        if own:
            size = sum(each.size for each in own)
            oldest = now - min(each.created for each in own)
            yield Shown(tenant, source, data, len(own), size, oldest)


async def _nothing_more(order: Order[Any]) -> Mapping[Any, Any]:
    """What came along is there already."""
    return {}


def _asked_for(keys: Iterable[Key], answer: Mapping[Key, Any]) -> dict[Key, Any]:
    return {key: answer[key] for key in keys if answer.get(key) is not None}


def _failed(flight: Flight) -> bool:
    task = flight.task
    return task.done() and (task.cancelled() or task.exception() is not None)
