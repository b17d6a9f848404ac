"""What all processes of a gateway keep together, in Redis or Valkey (operation).

It may be slow, full, hanging or gone: that costs a question at most 50 ms, once; from then on it is
left alone until it answers in time again, which is tried every second. Every failure is a miss. But
dropping is not given up: a drop that could not be carried out is an error, and is owed; nothing is
read here before it has been made good.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from gateway.source import scripts
from gateway.source.entry import Entry
from gateway.source.envelope import Envelopes, read
from gateway.source.faults import failures, full, lost_lock, unreachable
from gateway.source.fingerprint import Fingerprints
from gateway.source.keep import DataClass
from gateway.source.surroundings import Surroundings

if TYPE_CHECKING:
    from gateway.source.connection import Connection

T = TypeVar("T")
Report = Callable[[str], None]

GET_SECONDS = 0.05
SET_SECONDS = 0.5
DROP_SECONDS = 5.0
PROBE_SECONDS = 1.0
WITHOUT_END = 10**15
"""Bytes: room for whatever there is."""
_WARM = 4
_AT_ONCE = 48
_LARGEST = 1_000_000
_LETTERS = {DataClass.PERSONAL: "p", DataClass.CASE: "z", DataClass.REFERENCE: "r"} | {
    DataClass.OPEN: "o"
}
_CLASSES = {letter.encode(): data for data, letter in _LETTERS.items()}
_GENERATION_LASTS = 3_600_000
_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Generation:
    """Where the drops of a municipality stood when it was read."""

    epoch: bytes
    number: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What lay there, in the order asked; and the generation of before it was read. Of the last it
    is not told, where there was no room for it.
    """

    generation: Generation
    entries: Sequence[tuple[Entry, int] | None]
    """Each with how many bytes it is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry as an operator may see it: never what is in it."""

    data: DataClass
    created: float
    size: int


class ShelfError(Exception):
    """What must be dropped could not be dropped now."""


class Shelf:
    """Entries by mark (see `Fingerprints`), per `area`: a tenant's code, or what everyone shares.

    `open()` before use, `aclose()` after. `report` hears of its going and coming, in a word.
    """

    def __init__(
        self,
        connection: "Connection",
        envelopes: Envelopes,
        secret: bytes,
        surroundings: Surroundings,
        report: Report = lambda state: None,
    ) -> None:
        self._connection = connection
        self._envelopes = envelopes
        self._areas = Fingerprints(secret, ("area",))
        self._prefixes: dict[str, str] = {}
        self._around = surroundings
        self._report = report
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._probing: asyncio.Task[None] | None = None
        self._owed: dict[str, set[bytes]] = {}
        self.open_now = False
        """Whether it is used: it answered in time, and nothing is owed."""

    async def open(self) -> None:
        """See whether it is there; if not, go on looking."""
        if not await self._probe():
            self._break("onbereikbaar")

    async def aclose(self) -> None:
        """Leave it."""
        if self._probing is not None:
            self._probing.cancel()
            with suppress(asyncio.CancelledError):
                await self._probing
        self.open_now = False
        await self._connection.aclose()

    def prefix(self, area: str) -> str:
        """How all keys of an area begin: no name can be read from it."""
        found = self._prefixes.get(area)
        if found is None:
            found = self._prefixes[area] = f"bp1:{{{self._areas.of(area)[:32]}}}:"
        return found

    # ---- entries ------------------------------------------------------------------------------

    async def read(
        self, area: str, marks: Sequence[str], room: int = WITHOUT_END
    ) -> Reading | None:
        """What lies under these marks, `room` bytes of it at most; None when it cannot be told
        now.
        """
        prefix = self.prefix(area)
        places = [f"{prefix}e:{mark}" for mark in marks]
        epoch = secrets.token_bytes(16)
        found = await self._try(
            GET_SECONDS,
            lambda: self._connection.run(
                scripts.READ, places, prefix, epoch, _GENERATION_LASTS, room
            ),
        )
        if found is None:
            return None
        entries = [
            self._opened(area, place, sealed)
            for place, sealed in zip(places, found[2:], strict=False)
        ]
        return Reading(Generation(found[0], found[1]), entries)

    async def store(
        self, area: str, generation: Generation, entries: Mapping[str, tuple[Entry, bytes]]
    ) -> int:
        """Keep these, each with what is written of it, as long as they are of use; tells how many.
        None is kept of which anything was dropped since that generation.
        """
        prefix, now = self.prefix(area), self._around.now()
        places: list[str] = []
        arguments: list[Any] = []
        for mark, (entry, content) in entries.items():
            place = f"{prefix}e:{mark}"
            lasts = int(1_000 * (entry.ends - now))
            if len(content) > _LARGEST or lasts < 1:
                continue
            places.append(place)
            arguments += (lasts, _LETTERS[entry.data], f"{entry.created:.3f}")
            arguments += (b"".join(entry.tags), self._envelopes.seal(area, place, content))
        if not places:
            return 0
        stored = await self._try(
            SET_SECONDS,
            lambda: self._connection.run(
                scripts.STORE, places, prefix, generation.epoch, generation.number, *arguments
            ),
        )
        return stored or 0

    async def drop(self, area: str, tags: Iterable[bytes]) -> int:
        """Drop all that has one of these tags; tells how many entries. Raises ShelfError, and then
        owes it.
        """
        wanted = set(tags)
        owed = self._owed.get(area)
        if owed and wanted:  # the probe pays, or each that fails would try all of them again
            owed |= wanted
            raise ShelfError
        wanted |= owed or set()
        try:
            async with asyncio.timeout(DROP_SECONDS):
                dropped = await self._drop(self.prefix(area), list(wanted))
        except failures() as error:
            self._owed.setdefault(area, set()).update(wanted)
            self._break(type(error).__name__)
            raise ShelfError from None
        rest = self._owed.pop(area, set()) - wanted
        if rest:  # owed while this was paid
            self._owed[area] = rest
        return dropped

    async def shown(self, area: str, tag: bytes) -> AsyncIterator[Seen]:
        """What lies there with this tag. Raises RedisError, OSError or TimeoutError."""
        prefix = self.prefix(area)
        index = f"{prefix}i:".encode() + tag
        start = 0
        while True:
            async with asyncio.timeout(DROP_SECONDS):
                found = await self._connection.run(
                    scripts.SHOW, [index], prefix, start, start + _AT_MOST - 1
                )
            for letter, created, size in found:
                if letter in _CLASSES:
                    yield Seen(_CLASSES[letter], float(created), size)
            if len(found) < _AT_MOST:
                return
            start += _AT_MOST

    # ---- one at a time across workers ---------------------------------------------------------

    async def acquire(self, area: str, name: str, seconds: float) -> "Turn | None":
        """The turn to load this, ours or another's, for so long; None when it cannot be told."""
        lock = self._connection.client.lock(
            f"{self.prefix(area)}l:{name}", timeout=seconds, thread_local=False
        )
        acquired = await self._try(GET_SECONDS, lambda: lock.acquire(blocking=False))
        return None if acquired is None else Turn(acquired, lock.release, self._try)

    async def note_failure(self, area: str, name: str, failure: bytes, seconds: float) -> None:
        """Tell those who wait for this turn how it failed."""
        key = f"{self.prefix(area)}f:{name}"
        milliseconds = int(1_000 * seconds)
        await self._try(
            SET_SECONDS, lambda: self._connection.command("set", key, failure, px=milliseconds)
        )

    async def failure(self, area: str, name: str) -> bytes | None:
        """How the one whose turn it was failed just now, if so."""
        key = f"{self.prefix(area)}f:{name}"
        found: bytes | None = await self._try(
            GET_SECONDS, lambda: self._connection.command("get", key)
        )
        return found

    # ---- whether it is there ------------------------------------------------------------------

    async def _try(self, seconds: float, ask: Callable[[], Awaitable[T]]) -> T | None:
        async with self._turns:
            if not self.open_now:
                return None
            try:
                async with asyncio.timeout(seconds):
                    return await self._asked(ask)
            except full():
                return None  # full: what is there can still be read
            except failures() as error:
                self._break(type(error).__name__)
                return None

    async def _asked(self, ask: Callable[[], Awaitable[T]]) -> T:
        """A connection that was closed since it was last used is no sign of anything."""
        try:
            return await ask()
        except unreachable():
            await self._connection.hang_up()
            return await ask()

    def _break(self, reason: str) -> None:
        if self.open_now or self._probing is None:
            self._report(reason)
        self.open_now = False
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._probe_until_there())

    async def _probe_until_there(self) -> None:
        while True:
            await self._around.sleep(PROBE_SECONDS)
            if await self._probe():
                self._report("")
                return

    async def _probe(self) -> bool:
        """Make new connections, pay what is owed, and see whether it answers in time."""
        ping = self._connection.ping
        try:
            await self._connection.hang_up()
            async with asyncio.timeout(PROBE_SECONDS):
                await asyncio.gather(*(ping() for _ in range(_WARM)))
            for area in list(self._owed):
                await self.drop(area, ())
            async with asyncio.timeout(GET_SECONDS):
                await ping()
        except failures(ShelfError):
            return False
        self.open_now = not self._owed
        return self.open_now

    async def _drop(self, prefix: str, tags: Sequence[bytes]) -> int:
        name = secrets.token_hex(8)
        dropped = 0
        for start in range(0, len(tags), _AT_MOST):
            some = tags[start : start + _AT_MOST]
            count, *large = await self._connection.run(
                scripts.DROP, [], prefix, _GENERATION_LASTS, _AT_MOST, f"{name}{start}", *some
            )
            dropped += count
            for index in large:
                left = 1
                while left:
                    count, left = await self._connection.run(
                        scripts.EMPTY, [index], prefix, _AT_MOST
                    )
                    dropped += count
        return dropped

    def _opened(self, area: str, place: str, sealed: bytes | None) -> tuple[Entry, int] | None:
        content = self._envelopes.open(area, place, sealed) if sealed else None
        entry = read(content) if content else None
        return (entry, len(content)) if entry and content else None


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn to load something, across workers; if it is `ours`, give it back with `done()`."""

    ours: bool
    release: Callable[[], Awaitable[None]]
    attempt: Callable[[float, Callable[[], Awaitable[None]]], Awaitable[None]]

    async def done(self) -> None:
        """Let the next one go; if it had ended already, all is well too."""
        await self.attempt(SET_SECONDS, self._release)

    async def _release(self) -> None:
        with suppress(lost_lock()):
            await self.release()
