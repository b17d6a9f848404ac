"""What is written in one turn of the loop leaves in one go."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from gateway.gathering import MOST, Gathered, Http
from tests.edge.stand_in import TOKEN, Site, serving

pytestmark = pytest.mark.anyio


class Noting(asyncio.Transport):
    """A transport that notes what it is told to do."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1)})
        self.done: list[bytes | str] = []
        self.closing = False
        self.reading = True

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Notes it."""
        assert not self.closing
        self.done.append(bytes(data))

    def close(self) -> None:
        """Notes it."""
        self.closing = True
        self.done.append("gesloten")

    abort = close

    def pause_reading(self) -> None:
        """Notes it."""
        self.reading = False

    def resume_reading(self) -> None:
        """Notes it."""
        self.reading = True

    def is_closing(self) -> bool:
        """Whether it was told to end."""
        return self.closing


def gathered() -> tuple[Noting, Gathered]:
    """A transport, and what gathers for it."""
    under = Noting()
    return under, Gathered(under, asyncio.get_running_loop())


async def test_one_turn_is_one_write() -> None:
    """And the next turn another; nothing is held beyond its turn."""
    under, over = gathered()
    over.write(b"hoofd ")
    over.write(b"lijf")
    assert under.done == []
    await asyncio.sleep(0)
    over.write(b"meer")
    await asyncio.sleep(0)

    assert under.done == [b"hoofd lijf", b"meer"]


async def test_much_is_not_held() -> None:
    """The transport must tell whether the client keeps up."""
    under, over = gathered()
    over.write(b"hoofd")
    over.write(b"x" * MOST)
    over.write(b"rest")
    assert under.done == [b"hoofd" + b"x" * MOST]
    await asyncio.sleep(0)

    assert under.done[1:] == [b"rest"]


@pytest.mark.parametrize(
    ("end", "done"),
    [(lambda over: over.close(), [b"a", "gesloten"]), (lambda over: over.abort(), ["gesloten"])],
)
async def test_the_end(end: Callable[[Gathered], None], done: list[bytes | str]) -> None:
    """Closed in order, all has been written; aborted, nothing more is."""
    under, over = gathered()
    over.write(b"a")
    end(over)
    await asyncio.sleep(0)

    assert under.done == done
    assert over.is_closing()
    assert over.get_extra_info("peername") == ("127.0.0.1", 1)


async def test_one_connection_serves_on() -> None:
    """Over a real socket: head and body of each answer, whole and in order."""
    site = Site()
    async with (
        serving(site.app(), Http) as address,
        httpx.AsyncClient(headers={"Authorization": TOKEN}) as client,
    ):
        answers = [await client.post(f"{address}/graphql", json={"query": "{a}"}) for _ in range(3)]

    assert [each.json() for each in answers] == [{"data": {"__typename": "Query"}}] * 3


async def test_a_long_body_that_has_come_does_not_hold_up_reading() -> None:
    """Who works for it would not hear that the client goes: nobody asks for more any more."""
    heard = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["more_body"]:
            pass
        heard.set()
        await asyncio.Event().wait()

    config = uvicorn.Config(app, lifespan="off", log_config=None)
    config.load()
    state, under = ServerState(), Noting()
    line = Http(config, state, {})
    line.connection_made(under)
    line.data_received(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n")
    await asyncio.sleep(0)
    line.data_received(200_000 * b" ")
    await heard.wait()
    reading = under.reading
    line.connection_lost(None)
    for task in state.tasks:
        task.cancel()
    await asyncio.gather(*state.tasks, return_exceptions=True)

    assert reading
