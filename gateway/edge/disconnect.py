"""Stops work of which the asker has gone (per request).

An ASGI server tells that a client went away only to who asks for its next message; nothing stops
the work by itself, and registries would be asked for answers that nobody reads.
"""

import asyncio
from collections.abc import Awaitable
from types import TracebackType
from typing import TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

T = TypeVar("T")


async def while_connected(receive: Receive, work: Awaitable[T]) -> T:
    """The result of `work`; the request's body must have been read whole.

    When the client goes first, or the caller is cancelled, the work is cancelled and has ended by
    the time that this returns. Raises starlette's ClientDisconnect in the first case. Work that
    never waits for anything is not watched: nobody can be seen to go meanwhile.
    """
    with _Watch(receive):
        return await work


class _Watch:
    """Cancels the task that it is entered in when the client goes, until it is left and not after:
    what was called for on the way is told by `_over` that it comes too late.
    """

    __slots__ = ("_begun", "_gone", "_leaving", "_over", "_receive", "_working")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._leaving: asyncio.Task[None] | None = None
        self._gone = False
        self._over = False

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        self._working = asyncio.current_task(loop)
        # The loop comes to this only if the work waits for something.
        self._begun = loop.call_soon(self._begin)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over = True
        self._begun.cancel()
        if self._leaving is not None:
            self._leaving.cancel()
        # Cancelled by us alone: whoever else cancelled this task must see it cancelled.
        if self._gone and self._uncancelled() and isinstance(error, asyncio.CancelledError):
            raise ClientDisconnect from None

    def _begin(self) -> None:
        self._leaving = asyncio.ensure_future(_gone(self._receive))
        self._leaving.add_done_callback(self._left)

    def _left(self, leaving: asyncio.Task[None]) -> None:
        if not leaving.cancelled():
            leaving.exception()  # looked at, so that it is not reported as lost
        if not self._over and self._working is not None:
            self._gone = True
            self._working.cancel()

    def _uncancelled(self) -> bool:
        return self._working is not None and not self._working.uncancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
