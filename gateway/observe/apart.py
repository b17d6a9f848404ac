"""A thread of its own for what may take long (operation): one thing after another, in order.

It does what an executor does, with less: two locks and two futures for each thing are left out, and
so are the many times that a thread asks for the interpreter in between. What was done is told in
the loop.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Final, TypeVar

T = TypeVar("T")

_Job = tuple[Callable[[], object], Callable[[object], None]]


class Failed:
    """What came of work that raised this."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error: Final = error


class Apart:
    """One thread, from here until `close`. Belongs to the loop that runs now."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def give(self, work: Callable[[], T], told: Callable[[T | Failed], None]) -> None:
        """Have it done after what was given before; `told` hears in the loop what came of it."""
        self._jobs.put((work, told))  # type: ignore[arg-type]  # each with what it gives itself

    async def done(self, work: Callable[[], T]) -> T:
        """The same for who waits: gives what it gave, raises what it raised."""
        future: asyncio.Future[T | Failed] = self._loop.create_future()
        self.give(work, partial(_settle, future))
        found = await future
        if isinstance(found, Failed):
            raise found.error
        return found

    def close(self) -> None:
        """Finish what was given, and end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            work, told = job
            try:
                outcome = work()
            except Exception as error:
                outcome = Failed(error)
            with suppress(RuntimeError):  # a loop that is closed has nobody to tell
                self._loop.call_soon_threadsafe(told, outcome)


def _settle(future: asyncio.Future[T], outcome: T) -> None:
    if not future.done():  # who waited may have gone
        future.set_result(outcome)
