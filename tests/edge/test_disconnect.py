"""Work for a client that may go away."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from gateway.edge.disconnect import while_connected

pytestmark = pytest.mark.anyio


async def stays() -> Message:
    """A client that waits for its answer."""
    await asyncio.Event().wait()
    raise AssertionError


async def goes() -> Message:
    """A client that has gone."""
    return {"type": "http.disconnect"}


async def test_the_work_gives_its_result_or_its_error() -> None:
    """As if it were awaited itself."""

    async def right() -> int:
        return 3

    async def wrong() -> int:
        raise LookupError

    assert await while_connected(stays, right()) == 3
    with pytest.raises(LookupError):
        await while_connected(stays, wrong())


@pytest.mark.parametrize("by", ["client", "server"])
async def test_the_work_has_ended_when_nobody_waits_for_it(by: str) -> None:
    """Because the client went, or because the server stops."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def client() -> Message:
        await started.wait()
        return await (goes() if by == "client" else stays())

    answering = asyncio.create_task(while_connected(client, work()))
    await started.wait()
    if by == "server":
        answering.cancel()

    with pytest.raises(ClientDisconnect if by == "client" else asyncio.CancelledError):
        await answering
    assert ended.is_set()
