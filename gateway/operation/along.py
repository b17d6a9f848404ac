"""Who asks what is under way for that very caller listens along, without a task (operation).

The body is known by its mark and is not read again; that somebody else reads the same cannot be
found here, since what is under way is looked up with the caller. Who leaves hurts nobody who
listens on, and the last who leaves ends the work. An error is everybody's, as of all who share.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gateway.operation.together import Execution, Key, Together

C = TypeVar("C")
A = TypeVar("A")

Told = Callable[[A | None, BaseException | None], None]
"""Told once: the answer, or what went wrong; neither, where nothing comes any more."""


@dataclass(slots=True, eq=False)  # made for every question: frozen it takes longer
class Flight(Generic[C, A]):
    """One question that is under way, since the cache's `moment`; read-only.

    `key` is that of its execution among all others; `again` makes what it gives into what is given
    to a caller who follows, which may have to wait; it asks for that caller if it must.
    """

    key: Key
    moment: int
    again: Callable[[A, Callable[[], C]], A | Awaitable[A]]


Flights = dict[bytes, Flight[C, A]]
"""By the mark of the body, for one caller."""


class under_way(Generic[C, A]):  # noqa: N801  # a context manager
    """A flight that is found, for as long as who began or followed it waits; without a mark none
    is.
    """

    __slots__ = ("_flight", "_flights", "_mark")

    def __init__(self, flights: Flights[C, A], mark: bytes | None, flight: Flight[C, A]) -> None:
        self._flights, self._mark, self._flight = flights, mark, flight

    def __enter__(self) -> "under_way[C, A]":
        if self._mark is not None:
            self._flights[self._mark] = self._flight
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Nobody finds it any more."""
        if self._mark is not None and self._flights.get(self._mark) is self._flight:
            del self._flights[self._mark]


class Along(Generic[A]):
    """One who waits for an execution. `again` makes what it gave into what is given to who listened
    along; that may have to wait, and then it waits in a task.
    """

    __slots__ = ("_again", "_execution", "_key", "_task", "_together", "_told")

    def __init__(
        self,
        together: Together[A],
        key: Key,
        execution: Execution[A],
        told: Told[A],
        again: Callable[[A], A | Awaitable[A]],
    ) -> None:
        self._together = together
        self._key = key
        self._execution = execution
        self._told: Told[A] | None = told
        self._again = again
        self._task: asyncio.Future[A] | None = None
        execution.waiters.add(self)

    def leave(self) -> None:
        """Wait no more: nothing is told."""
        waits = self._told is not None
        self._told = None
        if self._task is not None:
            self._task.cancel()
        elif waits:
            self._together.leave(self._key, self._execution, self)

    # ---- as the execution tells it ------------------------------------------------------------

    def done(self) -> bool:
        """Whether it has left, or was told."""
        return self._told is None

    def set_result(self, result: A, /) -> None:
        """What the execution gave."""
        try:
            given = self._again(result)
        except Exception as error:
            self.set_exception(error)
            return
        if isinstance(given, Awaitable):
            self._task = asyncio.ensure_future(given)
            self._task.add_done_callback(self._came)
        else:
            self._tell(given, None)

    def set_exception(self, exception: BaseException, /) -> None:
        """What the execution ended with."""
        self._tell(None, exception)

    def cancel(self) -> None:
        """The execution was ended from outside."""
        self._tell(None, None)

    def _came(self, task: asyncio.Future[A]) -> None:
        if task.cancelled():
            self._tell(None, None)
        elif (error := task.exception()) is not None:
            self._tell(None, error)
        else:
            self._tell(task.result(), None)

    def _tell(self, answer: A | None, error: BaseException | None) -> None:
        told, self._told = self._told, None
        self._execution.waiters.discard(self)  # they hold each other
        if told is not None:
            told(answer, error)


class Asker(Along[A], Generic[C, A]):
    """The one who asked: for as long as that waits, others find the flight. `task` is that of the
    execution, if it was begun for this one.
    """

    __slots__ = ("_flying", "task")

    def __init__(
        self,
        together: Together[A],
        key: Key,
        execution: Execution[A],
        told: Told[A],
        again: Callable[[A], A | Awaitable[A]],
        flying: under_way[C, A],
        task: asyncio.Task[None] | None,
    ) -> None:
        super().__init__(together, key, execution, told, again)
        self._flying = flying
        self.task = task

    def leave(self) -> None:
        """Wait no more: nothing is told."""
        self._flying.end()
        super().leave()

    def _tell(self, answer: A | None, error: BaseException | None) -> None:
        self._flying.end()
        super()._tell(answer, error)
