"""Stops work of which the asker has gone (per request).

An ASGI server tells that a client went away only to who asks for its next message; nothing stops
the work by itself, and registries would be asked for answers that nobody reads.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

T = TypeVar("T")


async def while_connected(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; the request's body must have been read whole.

    When the client goes first, or the caller is cancelled, the work is cancelled and has ended by
    the time that this returns. Raises starlette's ClientDisconnect in the first case.
    """
    working = asyncio.current_task()
    assert working is not None  # noqa: S101  # a coroutine runs in a task
    gone = False

    def left(leaving: asyncio.Task[None]) -> None:
        nonlocal gone
        if not leaving.cancelled():
            leaving.exception()  # looked at, so that it is not reported as lost
            gone = True
            working.cancel()

    leaving = asyncio.ensure_future(_gone(receive))
    leaving.add_done_callback(left)
    try:
        result = await work
        if gone:  # the work ended all the same
            working.uncancel()
        return result
    except asyncio.CancelledError:
        # Cancelled by us alone: whoever else cancelled this task must see it cancelled.
        if gone and not working.uncancel():
            raise ClientDisconnect from None
        raise
    finally:
        leaving.remove_done_callback(left)
        leaving.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
