"""The pool and its connections, at real sockets, on both event loops that the process may run on.

That a source can do nothing through it that it cannot do through httpx's own is shown by
test_hostile_upstreams; here is what only a connection that stays open can do wrong.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.source.http1 import AHEAD, HEAD_MOST
from gateway.source.pool import Pool
from tests.certificates import certificate, serving

LOOPS = [
    pytest.param(("asyncio", {"use_uvloop": False}), id="asyncio"),
    pytest.param(("asyncio", {"use_uvloop": True}), id="uvloop"),
]
pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", LOOPS, indirect=True)]

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
PATIENT = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}


@pytest.fixture
def anyio_backend(request: pytest.FixtureRequest) -> Any:
    """Each of them in turn."""
    return request.param


@dataclass(slots=True)
class Seen:
    """What one connection was told: the first lines, and whether we ended it."""

    lines: list[str] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Server:
    """Where it listens, and its connections in order."""

    address: str
    seen: list[Seen] = field(default_factory=list)


Pouring = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Pouring | None
"""None: hang up instead of answering."""


@asynccontextmanager
async def server(
    *connections: list[Answer], tls: ssl.SSLContext | None = None, hang_up: bool = False
) -> AsyncIterator[Server]:
    """Answers per connection, in order, the last one for ever; then waits until we end it, or with
    `hang_up` ends it.
    """
    told = Server("")
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: asyncio.Task[None] | None = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        seen = Seen()
        told.seen.append(seen)
        try:
            for answer in connections[min(len(told.seen), len(connections)) - 1]:
                seen.lines.append((await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[0])
                if answer is None:
                    return
                if isinstance(answer, bytes):
                    writer.write(answer)
                    await writer.drain()
                else:
                    await answer(reader, writer)
            if not hang_up:
                await reader.read()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            seen.ended.set()
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    told.address = f"http{'s' if tls else ''}://127.0.0.1:{port}"
    try:
        yield told
    finally:
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def pool(
    most: int = 4, idle: float = 60.0, secure: ssl.SSLContext | None = None
) -> AsyncIterator[Pool]:
    """A pool that is closed at the end."""
    made = Pool(secure or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), most, idle)
    try:
        yield made
    finally:
        await made.aclose()


def asking(
    url: str, method: str = "GET", content: bytes | None = None, **patience: float
) -> httpx.Request:
    """A request as the gateway makes it."""
    extensions = {"timeout": {**PATIENT, **patience}}
    return httpx.Request(method, url, content=content, extensions=extensions)


async def asked(made: Pool, url: str, method: str = "GET") -> bytes:
    """The body of a whole exchange."""
    response = await made.handle_async_request(asking(url, method))
    try:
        return await response.aread()
    finally:
        await response.aclose()


async def test_a_connection_serves_again() -> None:
    async with server([OK, OK, OK]) as bron, pool() as made:
        assert [await asked(made, f"{bron.address}/{n}") for n in range(3)] == [b"ok"] * 3
        assert [seen.lines for seen in bron.seen] == [
            ["GET /0 HTTP/1.1", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1"]
        ]


async def test_over_tls_too(tmp_path: Path) -> None:
    bron = certificate(tmp_path, "bron")
    trusting = ssl.create_default_context(cafile=bron[0])
    async with server([OK, OK], tls=serving(bron)) as at, pool(secure=trusting) as made:
        assert [await asked(made, at.address) for _ in range(2)] == [b"ok", b"ok"]
        assert len(at.seen) == 1


async def test_what_was_closed_in_the_meantime_is_not_used() -> None:
    async with server([OK], hang_up=True) as bron, server([OK] * 9) as other, pool() as made:
        await asked(made, bron.address, "POST")
        await bron.seen[0].ended.wait()
        for _ in range(5):  # in which the event loop hears of it
            await asked(made, other.address)

        assert await asked(made, bron.address, "POST") == b"ok"
        assert len(bron.seen) == 2


async def test_a_get_is_asked_once_more_where_an_old_connection_gave_no_byte() -> None:
    async with server([OK, None], [OK]) as bron, pool() as made:
        await asked(made, f"{bron.address}/a")

        assert await asked(made, f"{bron.address}/b") == b"ok"
        assert [seen.lines[-1] for seen in bron.seen] == ["GET /b HTTP/1.1"] * 2


@pytest.mark.parametrize(
    ("method", "first"),
    [
        ("POST", [OK, None]),  # it may have been done
        ("PUT", [OK, None]),
        ("DELETE", [OK, None]),
        ("GET", [None]),  # a connection that never served
        ("GET", [OK, b"H"]),  # a byte of an answer
        ("GET", [OK, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"]),
    ],
)
async def test_nothing_else_is_asked_twice(method: str, first: list[Answer]) -> None:
    async with server(first, [OK, OK], hang_up=True) as bron, pool() as made:
        for _ in range(len(first) - 1):
            await asked(made, bron.address)
        with pytest.raises(httpx.RemoteProtocolError):
            await asked(made, bron.address, method)

        assert [len(seen.lines) for seen in bron.seen] == [len(first)]


async def test_a_get_is_asked_no_third_time() -> None:
    async with server([OK, None], [None]) as bron, pool() as made:
        await asked(made, bron.address)
        with pytest.raises(httpx.RemoteProtocolError):
            await asked(made, bron.address)

        assert len(bron.seen) == 2


SPLIT = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"


@pytest.mark.parametrize(
    "surplus", [SPLIT, b"x", b"\r\n", SPLIT[:20]], ids=["answer", "byte", "line", "half"]
)
async def test_what_comes_after_an_answer_answers_nothing(surplus: bytes) -> None:
    async with server([OK + surplus, OK], [OK]) as bron, server([OK] * 9) as other, pool() as made:
        assert await asked(made, f"{bron.address}/a") == b"ok"
        assert await asked(made, other.address) == b"ok"

        assert await asked(made, f"{bron.address}/b") == b"ok"
        assert bron.seen[-1].lines[-1] == "GET /b HTTP/1.1"


@pytest.mark.parametrize("surplus", [SPLIT, b"x"])
async def test_what_is_said_unasked_ends_the_connection(surplus: bytes) -> None:
    said = asyncio.Event()

    async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(OK)
        await said.wait()
        writer.write(surplus)

    async with server([twice], [OK]) as bron, pool() as made:
        assert await asked(made, bron.address) == b"ok"
        said.set()
        await bron.seen[0].ended.wait()

        assert await asked(made, bron.address) == b"ok"
        assert len(bron.seen) == 2


async def test_a_body_that_was_not_taken_to_its_end_ends_the_connection() -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    async with server([half], [OK]) as bron, pool() as made:
        response = await made.handle_async_request(asking(bron.address))
        await response.aclose()
        await bron.seen[0].ended.wait()

        assert await asked(made, bron.address) == b"ok"


@pytest.mark.parametrize("taken", [True, False])
async def test_a_body_that_ended_while_reading_was_held_up_ends_the_connection(taken: bool) -> None:
    length = AHEAD + 100
    large = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length + bytes(length)
    ended, said = asyncio.Event(), asyncio.Event()

    async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(large)
        await ended.wait()
        writer.write(SPLIT)
        await writer.drain()
        said.set()

    async with server([twice], [OK]) as bron, pool() as made:
        response = await made.handle_async_request(asking(bron.address))
        (line,) = made._busy
        while not line._complete:
            await asyncio.sleep(0)
        ended.set()
        await said.wait()
        if taken:
            assert len(await response.aread()) == length
        await response.aclose()

        assert await asked(made, bron.address) == b"ok"
        assert len(bron.seen) == 2


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
async def test_who_is_cancelled_ends_the_connection(said: bytes) -> None:
    begun = asyncio.Event()

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        begun.set()

    async with server([half], [OK]) as bron, pool(most=1) as made:
        task = asyncio.create_task(asked(made, bron.address))
        await begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await bron.seen[0].ended.wait()

        assert await asked(made, bron.address) == b"ok"
        assert len(bron.seen) == 2


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"ok"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nContent-Length: 9\r\n\r\n" + OK, b"ok"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n",
            b"ok",
        ),
        (b"HTTP/1.1 204 X\r\n\r\n", b""),
        (b"HTTP/1.1 304 X\r\nContent-Length: 9\r\n\r\n", b""),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", b"ok"),
    ],
    ids=["100", "103", "trailers", "204", "304", "1.0 kept"],
)
async def test_what_may_be_said_before_and_after_a_body(said: bytes, body: bytes) -> None:
    async with server([said, OK]) as bron, pool() as made:
        assert await asked(made, bron.address) == body
        assert await asked(made, bron.address) == b"ok"
        assert len(bron.seen) == 1


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\n\r\nok",
    ],
    ids=["close", "1.0", "1.0 to the end", "to the end"],
)
async def test_who_says_it_will_hang_up_is_not_asked_again(said: bytes) -> None:
    async with server([said], [OK], hang_up=True) as bron, pool() as made:
        assert await asked(made, bron.address) == b"ok"
        assert await asked(made, bron.address) == b"ok"
        assert len(bron.seen) == 2


BAD = {
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
    "one length twice": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
    "two in one": b"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
    "signed": b"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
    "endless": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
    "both": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
    "both, turned": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
    "coding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok",
    "codings": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "twice": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"
    b"\r\n0\r\n\r\n",
    "xchunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunk size": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nok\r\n0\r\n\r\n",
    "chunk end": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokxx0\r\n\r\n",
    "chunk, newline": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\n0\n\n",
    "huge chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nok",
    "bare newlines": b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
    "space before colon": b"HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok",
    "nul": b"HTTP/1.1 200 OK\r\nA: \0\r\nContent-Length: 2\r\n\r\nok",
    "0.9": b"ok",
    "2": b"HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "1.2": b"HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "another protocol": b"HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nok",
    "101": b"HTTP/1.1 101 X\r\n\r\n" + OK,
    "status of nothing": b"HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nno" + OK,
    "tab": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\t\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    "status": b"HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok",
    "status of six": b"HTTP/1.1 200200 OK\r\nContent-Length: 2\r\n\r\nok",
    "head": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * (HEAD_MOST // 5),
    "one header": b"HTTP/1.1 200 OK\r\nA: " + b"b" * (HEAD_MOST + 1),
    "interim without end": b"HTTP/1.1 100 Continue\r\n\r\n" * (HEAD_MOST // 20),
    "trailers": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
    + b"A: b\r\n" * (2 * HEAD_MOST),
    "one trailer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: "
    + b"b" * (9 * HEAD_MOST),
    "chunk extension": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a="
    + b"b" * (2 * HEAD_MOST),
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD)
async def test_what_is_not_plain_http_is_no_answer(said: bytes) -> None:
    async with server([said]) as bron, pool() as made:
        with pytest.raises(httpx.RemoteProtocolError):
            await asked(made, bron.address)
        await bron.seen[0].ended.wait()


async def test_a_body_that_nobody_takes_is_not_read() -> None:
    """What waits is bounded, and nothing is lost when it is taken later."""
    size = 20_000_000

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(size // 100_000):
            writer.write(b"x" * 100_000)
            await writer.drain()

    async with server([pour]) as bron, server([OK] * 30) as other, pool() as made:
        response = await made.handle_async_request(asking(bron.address))
        for _ in range(20):  # in which more could come
            await asked(made, other.address)
        stream = response.stream
        assert isinstance(stream, httpx.AsyncByteStream)
        chunks = [len(chunk) async for chunk in stream]
        await response.aclose()

        assert sum(chunks) == size
        assert max(chunks) <= AHEAD + 300_000


async def test_a_server_that_takes_nothing_is_given_up() -> None:
    reached = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.set()
        await asyncio.Event().wait()

    async with server([deaf]) as bron, pool() as made:
        request = asking(bron.address, "POST", b"x" * 50_000_000, write=0.05)
        with pytest.raises(httpx.WriteTimeout):
            await made.handle_async_request(request)
        assert reached.is_set()


async def test_who_is_silent_halfway_is_given_up() -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    async with server([half]) as bron, pool() as made:
        response = await made.handle_async_request(asking(bron.address, read=0.05))
        with pytest.raises(httpx.ReadTimeout):
            await response.aread()
        await response.aclose()
        await bron.seen[0].ended.wait()


async def test_a_handshake_that_does_not_come_is_no_connection() -> None:
    async with server([OK]) as bron, pool() as made:
        url = bron.address.replace("http:", "https:")
        with pytest.raises(httpx.ConnectTimeout):
            await made.handle_async_request(asking(url, connect=0.05))
        await bron.seen[0].ended.wait()


async def test_no_more_connections_than_there_may_be() -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no"
    async with server([half]) as bron, pool(most=1) as made:
        response = await made.handle_async_request(asking(bron.address))
        with pytest.raises(httpx.PoolTimeout):
            await made.handle_async_request(asking(bron.address, pool=0.01))
        await response.aclose()

        assert len(bron.seen) == 1


async def test_a_connection_elsewhere_makes_room() -> None:
    async with server([OK] * 9) as one, server([OK] * 9) as other, pool(most=1) as made:
        for _ in range(3):
            await asked(made, one.address)
            await asked(made, other.address)
            await one.seen[-1].ended.wait()

        assert (len(one.seen), len(other.seen)) == (3, 3)


async def test_what_is_idle_too_long_is_closed() -> None:
    async with server([OK, OK]) as bron, pool(idle=0.02) as made:
        await asked(made, bron.address)
        await bron.seen[0].ended.wait()

        await asked(made, bron.address)
        assert len(bron.seen) == 2


async def test_a_pool_that_is_closed_ends_what_is_under_way() -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    async with server([half]) as bron, pool() as made:
        response = await made.handle_async_request(asking(bron.address))
        await made.aclose()
        with pytest.raises(httpx.RemoteProtocolError):
            await response.aread()
        await response.aclose()
        await bron.seen[0].ended.wait()
        with pytest.raises(httpx.ConnectError):
            await asked(made, bron.address)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"x-token": "a\r\nx-admin: 1"}),
        ("GET", {"x-token": "a\nb"}),
        ("GET", {"x-token": "a\0"}),
        ("GET", {"x\r\ny": "a"}),
        ("GET", {"x y": "a"}),
        ("GET", {"": "a"}),
        ("GET", {"Transfer-Encoding": "chunked"}),
        ("HEAD", {}),
        ("CONNECT", {}),
        ("GET / HTTP/1.1\r\nX:", {}),
    ],
)
async def test_what_would_be_two_requests_is_not_sent(method: str, headers: dict[str, str]) -> None:
    async with server([OK]) as bron, pool() as made:
        request = httpx.Request(method, bron.address, headers=headers)
        with pytest.raises(httpx.LocalProtocolError):
            await made.handle_async_request(request)

        assert bron.seen == []


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http:///x", "//127.0.0.1/"])
async def test_only_http_is_spoken(url: str) -> None:
    async with pool() as made:
        with pytest.raises(httpx.UnsupportedProtocol):
            await made.handle_async_request(httpx.Request("GET", url))


async def test_a_name_that_is_nobodys_is_no_connection() -> None:
    async with pool() as made:
        with pytest.raises(httpx.ConnectError):
            await asked(made, "http://nobody.invalid/")
