"""Answers of sources, kept and shared as far as their read allows (operation).

Nothing is asked of the cache before the caller has been authorised: a hit proves nothing. Errors
are never kept. "Not found" is, for a shorter time. What comes out is shared between operations and
is never changed.

Kept in memory, on aiocache's interface: bounded, least recently used goes first, and without the
timer per entry of aiocache's own memory cache.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import random
from typing import Any, Generic, TypeVar

import cachetools
from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]

from gateway.source.errors import SourceTimeout
from gateway.source.fingerprint import Fingerprints
from gateway.source.flights import Flight, Flights
from gateway.source.keep import Keep, Sharing
from gateway.source.ledger import Account

Key = TypeVar("Key", bound=Hashable)
Load = Callable[[Sequence[Key]], Awaitable[Mapping[Key, Any]]]

_NEGATIVE_SECONDS = 30.0
_JITTER = 0.1
_VARIANTS = 4


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
            case Sharing.PRINCIPAL:
                return (between.value, self.tenant, self.purpose, self.principal)


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept answer. `found` is False for a thing that is not there (then `value` is None).

    `circle` repeats for whom it is kept; it is compared at every read.
    """

    circle: tuple[str, ...]
    found: bool
    value: Any
    paths: frozenset[str]
    created: float
    expires: float

    def answers(self, circle: tuple[str, ...], paths: frozenset[str], now: float) -> bool:
        """Whether it may be served now, to these, for these paths."""
        complete = not self.found or self.paths >= paths
        return complete and now < self.expires and self.circle == circle


class Memory(SimpleMemoryCache):  # type: ignore[misc]
    """A bounded memory under aiocache's interface. Each value is a tuple of entries and lives as
    long as the last of them.
    """

    def __init__(self, entries: int, clock: Callable[[], float]) -> None:
        super().__init__(timeout=0)
        self._cache: cachetools.TLRUCache[str, tuple[Entry, ...]] = cachetools.TLRUCache(
            entries, ttu=_last_expiry, timer=clock
        )

    def __len__(self) -> int:
        return len(self._cache)

    async def _get(self, key: str, encoding: Any = None, _conn: Any = None) -> Any:
        with self._cache.timer:  # holds time still, or an entry could end halfway this line
            return self._cache.get(key)

    async def _multi_get(
        self, keys: Sequence[str], encoding: Any = None, _conn: Any = None
    ) -> list[Any]:
        with self._cache.timer:
            return [self._cache.get(key) for key in keys]

    async def _set(
        self, key: str, value: Any, ttl: Any = None, _cas_token: Any = None, _conn: Any = None
    ) -> bool:
        if self._cache.maxsize:  # a cache without room is one that keeps nothing, not an error
            self._cache[key] = value
        return True

    async def _clear(self, namespace: str | None = None, _conn: Any = None) -> bool:
        self._cache.clear()
        return True


def _last_expiry(key: str, kept: tuple[Entry, ...], now: float) -> float:
    return max(entry.expires for entry in kept)


class Cache:
    """The one way to kept answers, for all reads of this process; close it with `aclose()`."""

    def __init__(
        self,
        *,
        entries: int = 20_000,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random,
        secret: bytes | None = None,
    ) -> None:
        """At most `entries` things are kept. `secret` (32 bytes) is made up unless given."""
        self._memory = Memory(entries, clock)
        self._flights = Flights()
        self._clock = clock
        self._chance = chance
        self._secret = secret or secrets.token_bytes(32)

    async def through(
        self,
        scope: Scope,
        keep: Keep,
        *,
        name: str,
        address: str,
        arguments: str,
        keys: Sequence[Key],
        paths: frozenset[str],
        load: Load[Key],
        account: Account,
    ) -> dict[Key, Any]:
        """The things found, by key; a key that is absent was not found.

        `name` is the read ("brp.personen"), `address` the base of the source, `arguments` all else
        that decides the answer (canonical JSON). `load` is called with the keys that are neither
        kept nor under way, and answers with those it found; its errors are this call's errors.
        A kept answer serves if its paths include `paths`.
        """
        if keep.between is None:
            account.keys += len(keys)
            return _asked_for(keys, await load(keys))
        circle = scope.within(keep.between)
        prints = Fingerprints(self._secret, (*circle, name, address, arguments))
        visit = _Visit(
            marks={key: prints.of(key) for key in keys},
            circle=circle,
            paths=paths,
            seconds=keep.seconds,
            load=load,
            account=account,
            tenant=scope.tenant,
        )
        entries = await self._kept(visit)
        missing = [key for key, mark in visit.marks.items() if mark not in entries]
        if missing:
            entries.update(await self._loaded(visit, missing))
        found = ((key, entries[mark]) for key, mark in visit.marks.items())
        return {key: entry.value for key, entry in found if entry.found}

    async def clear(self) -> None:
        """Forget all that is kept."""
        await self._memory.clear()

    async def aclose(self) -> None:
        """Stop what is under way and forget the rest."""
        await self._flights.aclose()
        await self.clear()

    async def _kept(self, visit: "_Visit[Key]") -> dict[str, Entry]:
        """What may be served from memory, by mark; noted on the account."""
        now = self._clock()
        marks = list(visit.marks.values())
        found: dict[str, Entry] = {}
        for mark, kept in zip(marks, await self._memory.multi_get(marks), strict=False):
            entry = visit.fitting(kept or (), now)
            if entry is not None:
                found[mark] = entry
        if found:
            visit.account.hit(len(found), now - min(entry.created for entry in found.values()))
        return found

    async def _loaded(self, visit: "_Visit[Key]", keys: Sequence[Key]) -> dict[str, Entry]:
        """What is under way or loaded now. Who followed another's load that ran out of the other's
        time gets a second chance, with a load of its own.
        """
        own, followed = self._flights_for(visit, keys)
        brought, failed = await self._together([*own, *followed])
        if isinstance(failed, SourceTimeout) and not any(map(_failed, own)):
            rest = [key for key in keys if visit.marks[key] not in brought]
            own, followed = self._flights_for(visit, rest)
            more, failed = await self._together([*own, *followed])
            brought |= more
        if failed is not None:
            raise failed
        return brought

    def _flights_for(
        self, visit: "_Visit[Key]", keys: Sequence[Key]
    ) -> tuple[list[Flight], list[Flight]]:
        """The flight of our own for what nobody is loading (none or one), and those to follow."""
        followed: dict[Flight, None] = {}
        rest: list[Key] = []
        for key in keys:
            flight = self._flights.following(visit.flight(key), visit.paths)
            if flight is None:
                rest.append(key)
            else:
                followed[flight] = None
        visit.account.hit(len(keys) - len(rest), age=0.0)
        if not rest:
            return [], list(followed)
        marks = [visit.flight(key) for key in rest]
        own = self._flights.begin(marks, visit.paths, lambda: self._fill(visit, rest))
        return [own], list(followed)

    async def _together(
        self, flights: Sequence[Flight]
    ) -> tuple[dict[str, Entry], BaseException | None]:
        """What these flights bring, and the first error among them."""
        waits = (self._flights.wait(flight) for flight in flights)
        brought: dict[str, Entry] = {}
        failed: BaseException | None = None
        for cargo in await asyncio.gather(*waits, return_exceptions=True):
            if isinstance(cargo, BaseException):
                failed = failed or cargo
            else:
                brought.update(cargo)
        return brought, failed

    async def _fill(self, visit: "_Visit[Key]", keys: Sequence[Key]) -> dict[str, Entry]:
        """Load these keys and keep what comes; runs as a flight."""
        visit.account.keys += len(keys)
        answer = await visit.load(keys)
        now = self._clock()
        fresh: dict[str, Entry] = {}
        for key in keys:
            mark = visit.marks[key]
            fresh[mark] = entry = self._entry(visit, answer.get(key), now)
            kept = await self._memory.get(mark)
            await self._memory.set(mark, _with(entry, kept or (), now))
        return fresh

    def _entry(self, visit: "_Visit[Key]", value: Any, now: float) -> Entry:
        found = value is not None
        seconds = visit.seconds if found else min(_NEGATIVE_SECONDS, visit.seconds)
        lasts = seconds * (1.0 - _JITTER * self._chance())
        return Entry(visit.circle, found, value, visit.paths, now, now + lasts)


@dataclass(frozen=True, slots=True)
class _Visit(Generic[Key]):
    """One call of `through`, as its steps need it."""

    marks: Mapping[Key, str]
    circle: tuple[str, ...]
    paths: frozenset[str]
    seconds: int
    load: Load[Key]
    account: Account
    tenant: str

    def flight(self, key: Key) -> str:
        """What a load of this key under way is found by. Within one tenant only, also where the
        answer is everybody's: an error belongs to the credentials it was asked with.
        """
        return f"{self.tenant}:{self.marks[key]}"

    def fitting(self, kept: Iterable[Entry], now: float) -> Entry | None:
        """The newest of the kept entries that may be served."""
        fits = (entry for entry in kept if entry.answers(self.circle, self.paths, now))
        return max(fits, key=lambda entry: entry.created, default=None)


def _with(entry: Entry, kept: Iterable[Entry], now: float) -> tuple[Entry, ...]:
    """The entries to keep of one thing: the new one first, then those that have paths it lacks."""
    others = (
        other
        for other in kept
        if entry.found and other.found and now < other.expires and not other.paths <= entry.paths
    )
    return (entry, *others)[:_VARIANTS]


def _asked_for(keys: Iterable[Key], answer: Mapping[Key, Any]) -> dict[Key, Any]:
    return {key: answer[key] for key in keys if answer.get(key) is not None}


def _failed(flight: Flight) -> bool:
    task = flight.task
    return task.done() and (task.cancelled() or task.exception() is not None)
