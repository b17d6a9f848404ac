"""Bytes that are passed on: with all the protection of a question, and never held as a whole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from gateway.source.credentials import EndUser
from gateway.source.errors import (
    SourceError,
    SourceFault,
    SourceMissing,
    SourceQuota,
    SourceRefusedQuestion,
    SourceTimeout,
    SourceTooLarge,
    SourceUnreachable,
)
from gateway.source.stream import Bounds, Streamed
from tests.source.fakes import Desk, Heard, Reply, desk, never, raw, reply, wire

pytestmark = pytest.mark.anyio

BOUNDS = Bounds(most=1_000_000, idle=5.0)
OCTETS = "application/octet-stream"


@asynccontextmanager
async def streaming(
    at: Desk, address: str, bounds: Bounds = BOUNDS, **options: Any
) -> AsyncIterator[Streamed]:
    """A stream of one document."""
    source = at.source(address, **options)
    async with source.stream("documenten", "a/b", "download", bounds=bounds) as streamed:
        yield streamed


async def taken(
    *replies: Reply, bounds: Bounds = BOUNDS, **options: Any
) -> tuple[Streamed, bytes, list[Heard]]:
    """A stream read to its end, and what the source heard."""
    async with wire(*replies) as bron, desk() as at:
        async with streaming(at, bron.address, bounds, **options) as streamed:
            content = b"".join([chunk async for chunk in streamed.chunks])
        return streamed, content, bron.heard


async def refused(*replies: Reply, bounds: Bounds = BOUNDS, **options: Any) -> SourceError:
    """Why a stream did not come, or not whole."""
    with pytest.raises(SourceError) as caught:
        await taken(*replies, bounds=bounds, **options)
    return caught.value


async def test_bytes_come_as_they_are() -> None:
    streamed, content, heard = await taken(raw(200, b"\x00\xff" * 90_000, content_type=OCTETS))

    assert content == b"\x00\xff" * 90_000
    assert (streamed.media_type, streamed.length) == (OCTETS, 180_000)
    assert (heard[0].method, heard[0].target) == ("GET", "/api/documenten/a%2Fb/download")
    assert heard[0].headers["accept"] == "*/*"
    assert heard[0].headers["accept-encoding"] == "identity"


async def test_credentials_and_headers_are_those_of_a_question() -> None:
    _, _, (heard,) = await taken(
        raw(200, b"x", content_type=OCTETS),
        headers={"x-doelbinding": "TEST"},
        user=EndUser("u-1", "Anna"),
        environment={"ZGW": "geheim dat lang genoeg is, 32 tekens"},
        credentials={"soort": "zgw-jwt", "client_id": "bronpoort", "secret": "env:ZGW"},
    )

    assert heard.headers["authorization"].startswith("Bearer ey")
    assert heard.headers["x-doelbinding"] == "TEST"
    assert heard.headers["user-agent"] == "bronpoort"


@pytest.mark.parametrize("told", ["Text/HTML; charset=utf-8", "text/html"])
async def test_the_media_type_is_told_without_parameters(told: str) -> None:
    streamed, _, _ = await taken(raw(200, b"x", content_type=told))

    assert streamed.media_type == "text/html"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply(404, {}), SourceMissing),
        (reply(403, {"code": "permission_denied"}), SourceFault),
        (reply(302, {}, location="http://elders.example/"), SourceFault),
        (reply(206, {}), SourceFault),
        (raw(204, b""), SourceFault),
        (reply(429, {}), SourceQuota),
        (reply(503, {}), SourceUnreachable),
        (reply(504, {}), SourceTimeout),
        (raw(200, b"x" * 20, content_type=OCTETS, content_encoding="gzip"), SourceFault),
        (raw(404, b"<html>", content_type="text/html"), SourceFault),
    ],
)
async def test_an_answer_without_bytes(answer: bytes, kind: type[SourceError]) -> None:
    assert type(await refused(answer)) is kind


async def test_a_refusal_is_read_as_any_other() -> None:
    error = await refused(reply(403, {"code": "jwt-expired"}))

    assert isinstance(error, SourceFault)
    assert (error.status, error.problem) == (403, "jwt-expired")


async def test_it_is_asked_once() -> None:
    """Whoever asked can ask again while the link holds."""
    async with wire(reply(503, {}), raw(200, b"x", content_type=OCTETS)) as bron, desk() as at:
        with pytest.raises(SourceUnreachable):
            async with streaming(at, bron.address):
                pass

        assert len(bron.heard) == 1


async def test_a_file_that_says_it_is_too_large_is_not_begun() -> None:
    error = await refused(raw(200, b"x" * 11, content_type=OCTETS), bounds=Bounds(10, 5.0))

    assert isinstance(error, SourceTooLarge)
    assert error.code == "LIMIET"


async def test_a_file_that_does_not_say_so_is_cut_off() -> None:
    """After what was allowed has been passed on."""
    start = b"HTTP/1.1 200 X\r\ncontent-type: application/octet-stream\r\nconnection: close\r\n\r\n"
    async with wire(start + b"x" * 500_000) as bron, desk() as at:
        got = 0
        with pytest.raises(SourceTooLarge):
            async with streaming(at, bron.address, Bounds(100_000, 5.0)) as streamed:
                async for chunk in streamed.chunks:
                    got += len(chunk)

    assert streamed.length is None
    assert got <= 100_000


def head(length: int) -> bytes:
    """The start of an answer of so many bytes."""
    return f"HTTP/1.1 200 X\r\ncontent-type: {OCTETS}\r\ncontent-length: {length}\r\n\r\n".encode()


async def test_silence_is_bounded() -> None:
    """By `idle`, however long the file."""

    async def silent(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        writer.write(head(10) + b"x")
        await writer.drain()
        await writer.wait_closed()
        return b""

    error = await refused(silent, bounds=Bounds(100, 0.05))

    assert isinstance(error, SourceTimeout)


async def test_a_slow_file_may_last_longer_than_a_question() -> None:
    """Once it has begun, only silence counts: this one takes longer than `timeout`."""

    async def slow(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        writer.write(head(10))
        for _ in range(9):
            await asyncio.sleep(0.1)
            writer.write(b"x")
            await writer.drain()
        return b"x"

    _, content, _ = await taken(slow, timeout=0.6)

    assert content == b"x" * 10


async def test_a_file_that_does_not_begin() -> None:
    error = await refused(never, timeout=0.05)

    assert isinstance(error, SourceTimeout)


async def test_a_file_that_stops_half_way() -> None:
    """What was promised did not come: that is an error, and not the end of the file."""

    async def script(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        return (
            b"HTTP/1.1 200 X\r\ncontent-type: x/y\r\ncontent-length: 10\r\n"
            b"connection: close\r\n\r\nabc"
        )

    error = await refused(script)

    assert isinstance(error, SourceUnreachable)


async def test_the_next_chunk_is_asked_for_when_the_last_was_taken() -> None:
    """A client that takes nothing holds up the source: it can write no more than buffers hold."""
    written = 0

    async def endless(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        nonlocal written
        writer.write(f"HTTP/1.1 200 X\r\ncontent-type: {OCTETS}\r\n\r\n".encode())
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()
            written += 65_536

    async with (
        wire(endless) as bron,
        desk() as at,
        streaming(at, bron.address, Bounds(10**12, 5.0)) as streamed,
    ):
        await anext(streamed.chunks)
        before = -1
        while before != written:
            before = written
            await asyncio.sleep(0.1)

    assert 0 < written < 50_000_000


async def test_who_leaves_gives_up_the_connection() -> None:
    """And the place: a source with room for one stream takes the next."""
    gone = asyncio.Event()

    async def endless(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        writer.write(f"HTTP/1.1 200 X\r\ncontent-type: {OCTETS}\r\n\r\n".encode())
        try:
            while True:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0)
        finally:
            gone.set()

    async with wire(endless) as bron, desk() as at:
        for _ in range(2):
            async with streaming(at, bron.address, parallel=1) as streamed:
                assert await anext(streamed.chunks)
        await asyncio.wait_for(gone.wait(), 5)

        assert len(bron.heard) == 2


async def test_streams_leave_half_of_the_turns_to_questions() -> None:
    """Somebody who takes long over a file does not keep others from asking about files."""

    async def endless(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        if "download" not in heard.target:
            return reply(json={"gevonden": True})
        writer.write(f"HTTP/1.1 200 X\r\ncontent-type: {OCTETS}\r\n\r\nx".encode())
        await writer.drain()
        await writer.wait_closed()
        return b""

    async with wire(endless) as bron, desk() as at:
        options: dict[str, Any] = {"parallel": 2, "timeout": 0.5}
        async with streaming(at, bron.address, **options):
            with pytest.raises(SourceTimeout):
                async with streaming(at, bron.address, **options):
                    pass
            answer = await at.source(bron.address, **options).get("documenten")

    assert answer == {"gevonden": True}


async def test_what_a_stream_comes_from_is_in_use() -> None:
    """However long ago it was asked for; afterwards it may be let go of."""
    async with wire(raw(200, b"x" * 10, content_type=OCTETS)) as bron, desk() as at:
        async with streaming(at, bron.address) as streamed:
            during = await at.upstreams.release_idle(-1.0)
            content = b"".join([chunk async for chunk in streamed.chunks])
        after = await at.upstreams.release_idle(-1.0)

    assert (during, content, after) == (0, b"x" * 10, 1)


async def test_a_malformed_address_is_refused_without_a_call() -> None:
    async with wire(reply()) as bron, desk() as at:
        with pytest.raises(SourceRefusedQuestion):
            at.source(bron.address).stream("documenten", "..", bounds=BOUNDS)

        assert bron.heard == []


async def test_the_ledger_counts_it() -> None:
    async with wire(raw(200, b"x", content_type=OCTETS)) as bron, desk() as at:
        async with streaming(at, bron.address, name="documenten") as streamed:
            assert [chunk async for chunk in streamed.chunks] == [b"x"]

        assert at.ledger.accounts["documenten"].calls == 1
