"""How many operations run at the same moment, and how many may wait (process)."""

import asyncio
from types import TracebackType

from gateway.edge.errors import TransportError
from gateway.operation.errors import Code


class Room:
    """Places for `running` operations and a queue for `waiting` more, first come first served."""

    def __init__(self, running: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(running)
        self._queue = waiting
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """How many operations wait for a place."""
        return self._waiting

    def place(self) -> "Room":
        """Holds a place for as long as it is entered (`async with`), after waiting for it if need
        be.

        Raises TransportError (503 with Retry-After) at once when the queue is full. Who is
        cancelled while waiting leaves the queue.
        """
        return self

    async def __aenter__(self) -> None:
        if self._free.locked() and self._waiting >= self._queue:
            raise _full()
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._free.release()


def _full() -> TransportError:
    return TransportError(
        Code.DRUKTE,
        "Het is nu te druk. Probeer het over enkele seconden opnieuw.",
        status=503,
        headers={"Retry-After": "2"},
        extensions={"opnieuw": True},
    )
