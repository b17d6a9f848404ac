"""All that is kept, in memory and outside, and how it is dropped everywhere (operation).

What may still be served is the judgment of whoever asks; here is what was dropped really gone.
"""

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from sys import getsizeof
from typing import Any

import msgspec

from gateway.source.bus import Bus, Hear
from gateway.source.drops import Drops
from gateway.source.entry import Entry
from gateway.source.envelope import size_of, written
from gateway.source.faults import failures
from gateway.source.flights import Flights
from gateway.source.memory import Memory, Place, Stored
from gateway.source.question import Began
from gateway.source.shelf import SET_SECONDS, Generation, Seen, Shelf, ShelfError
from gateway.source.tags import Family, Hashing, Tag, of_source

_TOPIC = "drop"
_PER_BYTE = 6
"""Of memory for a byte of JSON: measured over objects of BAG and ZGW (5.6)."""
_EACH_PATH = 110
"""Bytes of memory for a path that an entry has."""


class DropIncomplete(Exception):  # noqa: N818  # it says what is the case
    """What was to be dropped may still be served somewhere: ask again."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many `entries` are gone (outside and from this memory), and how many workers said so."""

    entries: int
    workers: int


Item = tuple[Place, Entry]
"""An entry to keep, and where."""
Sized = tuple[Place, Entry, int]
"""The same, with about how many bytes it is when written."""
Marks = Callable[[Iterable[Any]], Iterable[str]]
"""Under what the things with these keys are kept outside."""
Work = Callable[[], Awaitable[object]]
MakeBus = Callable[[Callable[[], None]], Bus]


class Keeping:
    """The layers of one process. `open()` before use, `aclose()` after."""

    def __init__(
        self,
        *,
        memory_bytes: int,
        whole_bytes: int,
        secret: bytes,
        shelf: Shelf | None = None,
        bus: MakeBus | None = None,
    ) -> None:
        self.memory = Memory(memory_bytes)
        self.whole = Memory(whole_bytes)
        self.flights = Flights()
        self.drops = Drops()
        self.shelf = shelf
        self.bus = bus(self._missed) if bus is not None else None
        self._hashing = Hashing(secret)
        self._hears: dict[str, list[Hear]] = {}
        self._families: dict[tuple[str, str], Family] = {}
        self._later: set[asyncio.Task[None]] = set()

    @property
    def trusted(self) -> bool:
        """Whether what this process remembers may be served."""
        return self.bus is None or self.bus.trusted

    async def open(self) -> None:
        """Look for the others, and for what is kept together."""
        if self.bus is not None:
            self.bus.subscribe(_TOPIC, self._heard)
            await self.bus.open()
        if self.shelf is not None:
            await self.shelf.open()

    async def aclose(self) -> None:
        """Stop what is under way and forget what is in memory."""
        await self.flights.aclose()
        if self._later:  # that others need not wait for our turn to end
            await asyncio.wait(self._later, timeout=SET_SECONDS)
        for task in self._later:
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)
        if self.bus is not None:
            await self.bus.aclose()
        if self.shelf is not None:
            await self.shelf.aclose()
        self.memory.forget_all()
        self.whole.forget_all()

    # ---- keeping ------------------------------------------------------------------------------

    def family(self, tenant: str, source: str) -> Family:
        """The hashed tags of a source."""
        found = self._families.get((tenant, source))
        if found is None:
            found = self._families[tenant, source] = self._hashing.within(tenant, source)
        return found

    async def keep(self, items: Sequence[Item], began: Began, marks: Marks) -> Work | None:
        """Keep these in memory now. What is given keeps them outside, and is for `later`."""
        await self.remember([(*item, size_of(item[1].value)) for item in items], began.moment)
        if self.shelf is None or began.generation is None or not items:
            return None
        return partial(self._keep_outside, self.shelf, began.area, began.generation, items, marks)

    async def remember(self, items: Iterable[Sized], since: int) -> None:
        """Keep in memory of these of which nothing was dropped since that moment, where nothing
        newer that has as much is there: what began first may end last.
        """
        if self.trusted and (fitting := [*self._fitting(items, since)]):
            await self.memory.multi_set(fitting)  # all of them, or none: nothing is waited for

    def _fitting(self, items: Iterable[Sized], since: int) -> Iterator[tuple[Place, Stored]]:
        look, untouched = self.memory.look, self.drops.untouched
        for place, entry, size in items:
            there: Entry | None = look(place)
            if there is not None and there.created > entry.created and there.paths >= entry.paths:
                continue
            if untouched(entry.tags, since):
                beside = _EACH_PATH * len(entry.paths) + _length(place)
                yield place, Stored(entry, _PER_BYTE * size, entry.tags, entry.ends, beside)

    async def _keep_outside(
        self, shelf: Shelf, area: str, generation: Generation, items: Sequence[Item], marks: Marks
    ) -> None:
        lying = zip(marks(place[1] for place, _ in items), items, strict=True)
        made = ((mark, entry, written(entry)) for mark, (_, entry) in lying)
        entries = {mark: (entry, content) for mark, entry, content in made if content is not None}
        await shelf.store(area, generation, entries)

    def later(self, *work: Work | None) -> None:
        """Do these after another, off the way of whoever waits for an answer."""
        wanted = [each for each in work if each is not None]
        if not wanted:
            return
        task = asyncio.create_task(_in_turn(wanted))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def settled(self) -> None:
        """Wait until everything that was to be done later has been done."""
        while self._later:
            await asyncio.gather(*self._later, return_exceptions=True)

    # ---- between workers ----------------------------------------------------------------------

    def subscribe(self, topic: str, hear: Hear) -> Callable[[], None]:
        """See `Cache.subscribe`."""
        hears = self._hears.setdefault(topic, [])
        hears.append(hear)
        leave = self.bus.subscribe(topic, hear) if self.bus is not None else None

        def stop() -> None:
            hears.remove(hear)
            if leave is not None:
                leave()

        return stop

    async def publish(self, topic: str, message: bytes) -> None:
        """See `Cache.publish`."""
        if self.bus is not None:
            with suppress(*failures()):
                await self.bus.publish(topic, message)
            return
        for hear in list(self._hears.get(topic, ())):
            hear(message)

    async def seen(self, tenant: str, source: str) -> AsyncIterator[Seen]:
        """What is kept of a source: outside, or in memory where there is nothing outside."""
        tag = self._hashing.of(of_source(tenant, source))
        if self.shelf is None:
            for stored in list(self.memory.tagged(tag)):
                yield Seen(stored.content.data, stored.content.created, stored.size // _PER_BYTE)
            return
        async for each in self.shelf.shown(tenant, tag):
            yield each

    # ---- dropping -----------------------------------------------------------------------------

    async def drop(self, tags: Iterable[Tag]) -> Dropped:
        """Drop everything that has one of these tags, everywhere; see `Cache.drop`."""
        areas: dict[str, set[bytes]] = {}
        scopes: set[bytes] = set()
        for tag in tags:
            areas.setdefault(tag.tenant, set()).add(self._hashing.of(tag))
            scopes.add(self._hashing.of(tag.scope))
        outside, complete = await self._drop_outside(areas)
        hashed = frozenset().union(*areas.values())
        here = self._drop_here(hashed, scopes)
        workers = 1
        if self.bus is not None and hashed:
            try:
                workers = await self.bus.tell(_TOPIC, _message(hashed, scopes))
            except failures():
                complete = False
        if not complete:
            raise DropIncomplete
        return Dropped(outside + here, workers)

    async def _drop_outside(self, areas: Mapping[str, set[bytes]]) -> tuple[int, bool]:
        if self.shelf is None:
            return 0, True
        dropped, complete = 0, True
        for area, tags in areas.items():
            try:
                dropped += await self.shelf.drop(area, tags)
            except ShelfError:
                complete = False
        return dropped, complete

    def _drop_here(self, tags: Iterable[bytes], scopes: Iterable[bytes]) -> int:
        self.drops.note(tags)
        self.flights.leave(scopes)
        self.whole.drop(tags)
        return self.memory.drop(tags)

    def _heard(self, message: bytes) -> None:
        tags, scopes = msgspec.json.decode(message, type=tuple[list[str], list[str]])
        self._drop_here(list(map(bytes.fromhex, tags)), list(map(bytes.fromhex, scopes)))

    def _missed(self) -> None:
        """Anything may have been dropped without our hearing of it."""
        self.drops.note_all()
        self.flights.leave_all()
        self.memory.forget_all()
        self.whole.forget_all()
        for hear in [each for hears in self._hears.values() for each in hears]:
            hear(b"")


def _message(tags: Iterable[bytes], scopes: Iterable[bytes]) -> bytes:
    return msgspec.json.encode([[tag.hex() for tag in tags], [scope.hex() for scope in scopes]])


def _length(place: Place) -> int:
    """Bytes of what a caller had a say in: the arguments, and the key."""
    ring, key = place
    return getsizeof(ring[-1]) + getsizeof(str(key))


async def _in_turn(work: Sequence[Work]) -> None:
    for each in work:
        await each()
