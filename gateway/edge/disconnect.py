"""Stops work of which the asker has gone (per request).

An ASGI server tells that a client went away only to who asks for its next message; nothing stops
the work by itself, and registries would be asked for answers that nobody reads. To ask takes a task
for every request: our own server (`gateway.gathering`) tells it without being asked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

T = TypeVar("T")
LEAVING: Final = "bronpoort.leaving"


class Leaving:
    """Tells when the client of a connection has gone: to one at a time, as answers come in turn."""

    __slots__ = ("_gone", "_heeded")

    def __init__(self) -> None:
        self._gone = False
        self._heeded: Callable[[], None] | None = None

    def heed(self, told: Callable[[], None] | None) -> None:
        """From now on this is told, or nobody; soon, if the client had gone before."""
        self._heeded = told
        if self._gone and told is not None:
            asyncio.get_running_loop().call_soon(told)

    def tell(self) -> None:
        """The client has gone."""
        self._gone = True
        if self._heeded is not None:
            self._heeded()


def leaving_of(scope: Scope) -> Leaving | None:
    """What tells it of a request; None where the server must be asked."""
    found = scope.get("state", {}).get(LEAVING)
    return found if isinstance(found, Leaving) else None


async def while_connected(
    receive: Receive, work: Awaitable[T], leaving: Leaving | None = None
) -> T:
    """The result of `work`; the request's body must have been read whole. Where there is nothing
    that tells of `leaving`, `receive` is asked.

    When the client goes first, or the caller is cancelled, the work is cancelled and has ended by
    the time that this returns. Raises starlette's ClientDisconnect in the first case. Work that
    never waits for anything is not watched: nobody can be seen to go meanwhile.
    """
    with _Watch(receive, leaving):
        return await work


class _Watch:
    """Cancels the task that it is entered in when the client goes, until it is left and not after:
    what was called for on the way is told by `_over` that it comes too late.
    """

    __slots__ = ("_asking", "_begun", "_gone", "_leaving", "_over", "_receive", "_working")

    def __init__(self, receive: Receive, leaving: Leaving | None) -> None:
        self._receive = receive
        self._leaving = leaving
        self._begun: asyncio.Handle | None = None
        self._asking: asyncio.Task[None] | None = None
        self._gone = False
        self._over = False

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        self._working = asyncio.current_task(loop)
        if self._leaving is not None:
            self._leaving.heed(self._left)
            return
        # The loop comes to this only if the work waits for something.
        self._begun = loop.call_soon(self._begin)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over = True
        if self._leaving is not None:
            self._leaving.heed(None)
        if self._begun is not None:
            self._begun.cancel()
        if self._asking is not None:
            self._asking.cancel()
        # Cancelled by us alone: whoever else cancelled this task must see it cancelled.
        if self._gone and self._uncancelled() and isinstance(error, asyncio.CancelledError):
            raise ClientDisconnect from None

    def _begin(self) -> None:
        self._asking = asyncio.ensure_future(_gone(self._receive))
        self._asking.add_done_callback(self._answered)

    def _answered(self, asking: asyncio.Task[None]) -> None:
        if not asking.cancelled():
            asking.exception()  # looked at, so that it is not reported as lost
        self._left()

    def _left(self) -> None:
        if not self._over and self._working is not None:
            self._gone = True
            self._working.cancel()

    def _uncancelled(self) -> bool:
        return self._working is not None and not self._working.uncancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
