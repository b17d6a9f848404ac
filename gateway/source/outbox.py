"""Requests that go out one straight after the other (operation): those of a turn of the event loop.

Each write wakes the source. Where something else is done between two of them it has fallen asleep
again by the next, and must be woken again: then a hundred cost much more.
"""

import asyncio
from typing import Final, Protocol

TOGETHER: Final = 16_384
"""Bytes that a connection takes at any time, if nothing waits to be sent over it."""


class Sending(Protocol):
    """A connection that has a request to send."""

    def send(self, request: bytes) -> None:
        """Now, unless it was hung up."""
        ...


class Outbox:
    """Of the connections to one source."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[tuple[Sending, bytes]] = []

    def put(self, line: Sending, request: bytes, loop: asyncio.AbstractEventLoop) -> None:
        """Have it sent, once all that is ready to run now has run."""
        if len(request) > TOGETHER:  # whether it is taken must be known
            line.send(request)
            return
        if not self._waiting:
            loop.call_soon(self._send)
        self._waiting.append((line, request))

    def _send(self) -> None:
        waiting, self._waiting = self._waiting, []
        for line, request in waiting:
            line.send(request)
