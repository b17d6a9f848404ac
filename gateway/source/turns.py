"""Taking turns, first come first served (operation): at every call, so that it costs next to none.

It does what `asyncio.Semaphore` does. That one looks at who waits each time that it is asked
whether there is room, when a turn is taken, and when one is given back; a call does so six times.
"""

import asyncio
from collections import deque


class Turns:
    """So many at a time. Who has had a turn gives it back with `give`."""

    __slots__ = ("_free", "_waiting")

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: deque[asyncio.Future[None]] = deque()

    def take(self) -> bool:
        """Whether there is a turn at once; it is then taken."""
        if not self._free:
            return False
        self._free -= 1
        return True

    async def wait(self) -> None:
        """Take a turn, after those who waited before."""
        if self.take():
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it came just as the wait was given up
                self.give()
            elif turn in self._waiting:
                self._waiting.remove(turn)
            raise

    def give(self) -> None:
        """It is over: the turn goes to who has waited longest, and is free only if nobody has."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
