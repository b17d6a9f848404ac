"""Loads under way, so that equal questions at one moment become one call (operation).

A flight is a task of its own: a caller that is cancelled stops waiting and hurts nobody. When the
last one has gone the flight is cancelled too, since work for nobody is not done at a source.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

# What a flight brings: what is served by key. Those of one mark have the same keys.
Cargo = Mapping[Any, Any]


class Flight:
    """One load of these `marks` with these `paths`, begun at a moment of the clock, of things that
    belong to these `scopes` (hashed tags of source and tenant).
    """

    __slots__ = ("began", "marks", "paths", "scopes", "task", "waiters")

    def __init__(
        self,
        marks: Sequence[Hashable],
        paths: frozenset[str],
        scopes: frozenset[bytes],
        began: float,
        task: asyncio.Task[Cargo],
    ) -> None:
        self.marks = marks
        self.paths = paths
        self.scopes = scopes
        self.began = began
        self.task = task
        self.waiters = 0


class Flights:
    """All loads under way, found by mark."""

    def __init__(self) -> None:
        self._by_mark: dict[Hashable, Flight] = {}
        self._all: set[Flight] = set()

    def __len__(self) -> int:
        return len(self._all)

    def following(self, mark: Hashable, paths: frozenset[str], since: float = 0.0) -> Flight | None:
        """The flight that will bring this mark with at least these paths, begun since then."""
        found = self._by_mark.get(mark)
        fits = found is not None and found.paths >= paths and found.began >= since
        return found if fits else None

    def begin(
        self,
        marks: Sequence[Hashable],
        paths: frozenset[str],
        load: Callable[[], Awaitable[Cargo]],
        scopes: frozenset[bytes] = frozenset(),
        began: float = 0.0,
    ) -> Flight:
        """Start a load; whoever asks for one of its marks from now on can follow it."""
        task = asyncio.create_task(_awaited(load))
        flight = Flight(marks, paths, scopes, began, task)
        self._all.add(flight)
        for mark in marks:
            self._by_mark[mark] = flight
        task.add_done_callback(lambda _: self._landed(flight))
        return flight

    async def wait(self, flight: Flight) -> Cargo:
        """What the flight brings, or the error that it ended with."""
        flight.waiters += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiters -= 1
            if not flight.waiters and not flight.task.done():
                self._forget(flight)
                flight.task.cancel()

    def leave(self, scopes: Iterable[bytes]) -> None:
        """Nobody may follow what is under way of these scopes: it may be of before a change."""
        left = frozenset(scopes)
        for flight in [each for each in self._all if each.scopes & left]:
            self._forget(flight)

    def leave_all(self) -> None:
        """Nobody may follow anything that is under way."""
        self._by_mark.clear()

    async def aclose(self) -> None:
        """Cancel what is under way and wait until it has stopped."""
        tasks = {flight.task for flight in self._all}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _landed(self, flight: Flight) -> None:
        self._all.discard(flight)
        self._forget(flight)
        if not flight.task.cancelled():
            # Looked at here, so that an error nobody waited for is not reported as lost.
            flight.task.exception()

    def _forget(self, flight: Flight) -> None:
        for mark in flight.marks:
            if self._by_mark.get(mark) is flight:
                del self._by_mark[mark]


async def _awaited(load: Callable[[], Awaitable[Cargo]]) -> Cargo:
    return await load()
