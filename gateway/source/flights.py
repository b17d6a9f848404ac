"""Loads under way, so that equal questions at one moment become one call (operation).

A flight is a task of its own: a caller that is cancelled stops waiting and hurts nobody. When the
last one has gone the flight is cancelled too, since work for nobody is not done at a source.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

# What a flight brings: for each of its fingerprints an entry.
Cargo = Mapping[str, Any]


class Flight:
    """One load of these `marks` (fingerprints) with these `paths`."""

    __slots__ = ("marks", "paths", "task", "waiters")

    def __init__(
        self, marks: Sequence[str], paths: frozenset[str], task: asyncio.Task[Cargo]
    ) -> None:
        self.marks = marks
        self.paths = paths
        self.task = task
        self.waiters = 0


class Flights:
    """All loads under way, found by fingerprint."""

    def __init__(self) -> None:
        self._by_mark: dict[str, Flight] = {}

    def __len__(self) -> int:
        return len(self._by_mark)

    def following(self, mark: str, paths: frozenset[str]) -> Flight | None:
        """The flight that will bring this mark with at least these paths."""
        found = self._by_mark.get(mark)
        return found if found is not None and found.paths >= paths else None

    def begin(
        self, marks: Sequence[str], paths: frozenset[str], load: Callable[[], Awaitable[Cargo]]
    ) -> Flight:
        """Start a load; whoever asks for one of its marks from now on can follow it."""
        task = asyncio.create_task(_awaited(load))
        flight = Flight(marks, paths, task)
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

    async def aclose(self) -> None:
        """Cancel what is under way and wait until it has stopped."""
        tasks = {flight.task for flight in self._by_mark.values()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _landed(self, flight: Flight) -> None:
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
