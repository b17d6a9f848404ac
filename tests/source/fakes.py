"""Upstreams for the tests of gateway.source: real sockets on loopback that answer as scripted."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from gateway.source.credentials import EndUser
from gateway.source.ledger import Ledger
from gateway.source.settings import SourceSettings
from gateway.source.source import Occasion, Source
from gateway.source.surroundings import Surroundings
from gateway.source.upstreams import Upstreams


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came in; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


Script = Callable[[Heard, asyncio.StreamWriter], Awaitable[bytes]]
Reply = bytes | Script


def reply(status: int = 200, json: Any = None, **headers: str) -> bytes:
    """A whole response with this JSON; header names are written with `_` for `-`."""
    return raw(status, msgspec.json.encode(json), **headers)


def raw(status: int, body: bytes, **headers: str) -> bytes:
    """A whole response with this body, by default called JSON."""
    given = {"content_type": "application/json", "content_length": str(len(body))} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    return "\r\n".join([f"HTTP/1.1 {status} X", *lines, "", ""]).encode() + body


@dataclass(slots=True)
class Wire:
    """A listening upstream: its base address and what it heard."""

    address: str
    heard: list[Heard] = field(default_factory=list)


@asynccontextmanager
async def wire(*replies: Reply, tls: ssl.SSLContext | None = None) -> AsyncIterator[Wire]:
    """An upstream that gives these replies in order, the last one for ever."""
    upstream = Wire("")
    writers: set[asyncio.StreamWriter] = set()
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: asyncio.Task[None] | None = asyncio.current_task()
        assert task is not None
        serving.add(task)
        writers.add(writer)
        try:
            while (request := await _request(reader)) is not None:
                upstream.heard.append(request)
                chosen = replies[min(len(upstream.heard), len(replies)) - 1]
                answer = chosen if isinstance(chosen, bytes) else await chosen(request, writer)
                writer.write(answer)
                await writer.drain()
                if not answer.startswith(b"HTTP/1.1") or b"connection: close" in answer:
                    break
        except (ConnectionError, ssl.SSLError):
            pass
        finally:
            writers.discard(writer)
            serving.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    upstream.address = f"http{'s' if tls else ''}://127.0.0.1:{port}/api"
    try:
        yield upstream
    finally:
        server.close()
        for writer in list(writers):
            writer.close()
        await asyncio.gather(*serving, return_exceptions=True)


async def _request(reader: asyncio.StreamReader) -> Heard | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {
        name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Heard(method, target, headers, body)


async def never(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
    """Says nothing until the connection is gone."""
    await writer.wait_closed()
    return b""


@dataclass(slots=True)
class Time:
    """A clock that only moves when told, and by sleeping."""

    seconds: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        """The seconds."""
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        """Over at once, and noted."""
        self.slept.append(seconds)
        self.seconds += seconds

    def surroundings(self) -> Surroundings:
        """This time, where chance is always a half and the epoch is 2026."""
        return Surroundings(
            clock=self.clock,
            now=lambda: 1_800_000_000 + self.seconds,
            chance=lambda: 0.5,
            sleep=self.sleep,
        )


@dataclass(slots=True)
class Desk:
    """Sources for one test, all of one tenant, with the account that is kept of them."""

    upstreams: Upstreams
    ledger: Ledger
    surroundings: Surroundings

    def source(
        self,
        address: str,
        *,
        name: str = "bron",
        headers: Mapping[str, str] | None = None,
        user: EndUser | None = None,
        remaining: float = 30.0,
        traceparent: str | None = None,
        environment: Mapping[str, str] | None = None,
        fixed: Mapping[str, str] | None = None,
        **table: Any,
    ) -> Source:
        """A source at this address, its settings read as from a tenant file."""
        settings = SourceSettings.model_validate(
            {"address": address, "headers": fixed or {}, **table},
            context={"environment": environment or {}},
        )
        deadline = self.surroundings.clock() + remaining
        occasion = Occasion(deadline, self.ledger, user, traceparent)
        return self.upstreams.source("0999", name, settings, occasion, headers)


@asynccontextmanager
async def desk(surroundings: Surroundings | None = None, **options: Any) -> AsyncIterator[Desk]:
    """A desk whose upstreams are closed at the end."""
    surroundings = surroundings or Surroundings()
    upstreams = Upstreams(surroundings, **options)
    try:
        yield Desk(upstreams, Ledger(), surroundings)
    finally:
        await upstreams.aclose()
