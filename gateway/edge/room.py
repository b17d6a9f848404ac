"""How many operations run at the same moment, and how many may wait (process)."""

from types import TracebackType

from gateway.edge.errors import TransportError
from gateway.operation.errors import Code
from gateway.source.turns import Turns


class Room:
    """Places for `running` operations and a queue for `waiting` more, first come first served."""

    def __init__(self, running: int, waiting: int) -> None:
        self._turns = Turns(running)
        self._queue = waiting
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """How many operations wait for a place."""
        return self._waiting

    def take(self) -> bool:
        """Whether there is a place at once; it is then taken until `give`."""
        return self._turns.take()

    def give(self) -> None:
        """The place that was taken is free for another."""
        self._turns.give()

    def place(self) -> "Room":
        """Holds a place for as long as it is entered (`async with`), after waiting for it if need
        be.

        Raises TransportError (503 with Retry-After) at once when the queue is full. Who is
        cancelled while waiting leaves the queue.
        """
        return self

    async def __aenter__(self) -> None:
        if self.take():
            return
        if self._waiting >= self._queue:
            raise _full()
        self._waiting += 1
        try:
            await self._turns.wait()
        finally:
            self._waiting -= 1

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.give()


def _full() -> TransportError:
    return TransportError(
        Code.DRUKTE,
        "Het is nu te druk. Probeer het over enkele seconden opnieuw.",
        status=503,
        headers={"Retry-After": "2"},
        extensions={"opnieuw": True},
    )
