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
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
