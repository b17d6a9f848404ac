"""The connections to a source, under httpx's interface (startup to drain); one pool per source.

httpx's own pool looks at all its connections at every request, and its layers cost many times what
the exchange itself does (docs/decisions/0041). Here an idle connection is the top of a stack.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from typing import Final, NamedTuple

import aiohappyeyeballs
import httpx

from gateway.source.http1 import Line
from gateway.source.outbox import Outbox
from gateway.source.turns import Turns
from gateway.source.written_request import written

_PORTS: Final = {"http": 80, "https": 443}
_STAGGER: Final = 0.25
"""Seconds before a second address of the same name is tried beside the first (RFC 8305, 5)."""
_PATIENCE: Final = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}
"""Seconds, where a request does not say."""


class Origin(NamedTuple):
    """Where connections lead."""

    secure: bool
    host: str
    port: int


class Pool(httpx.AsyncBaseTransport):
    """At most `most` connections, each kept for `idle` seconds after its last use.

    They lead to the address of the source, and to where its tokens are issued. A request is sent
    a second time in one case only: it is a GET, and the connection, which had served before, was
    closed before a byte of an answer had come (RFC 9112, 9.3.1).
    """

    def __init__(self, secure: ssl.SSLContext, most: int, idle: float) -> None:
        self._secure = secure
        self._most = most
        self._idle_seconds = idle
        self._turns = Turns(most)
        self._outbox = Outbox()
        self._idle: dict[Origin, list[Line]] = {}
        self._busy: set[Line] = set()
        self._taken = 0
        self._sweeping: asyncio.TimerHandle | None = None
        self._closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The head of the answer, its body to come. Close it, else its connection stays taken."""
        origin = origin_of(request.url)
        told = written(request, await request.aread())
        patience: Mapping[str, float] = request.extensions.get("timeout", _PATIENCE)
        line = await self.opened(origin, told, request.method == "GET", patience)
        body = _Body(self, origin, line, patience["read"])
        return httpx.Response(line.status, headers=line.headers, stream=body, request=request)

    async def opened(
        self, origin: Origin, told: bytes, again: bool, patience: Mapping[str, float]
    ) -> Line:
        """The connection on which this request was put, the head of its answer there. `again` if
        it may be put twice. Give it back, else it stays taken.
        """
        if not self._turns.take():
            await self._turn(patience["pool"])
        self._taken += 1
        line = self._kept(origin)
        try:
            if line is not None:
                try:
                    await line.ask(told, patience["write"], patience["read"])
                    return line
                except (httpx.RemoteProtocolError, httpx.WriteError):
                    if not again or not line.unanswered:
                        raise
                self._let_go(line)
            line = await self._connected(origin, patience["connect"])
            await line.ask(told, patience["write"], patience["read"])
            return line
        except BaseException:
            if line is not None:
                self._let_go(line)
            self._turn_over()
            raise

    async def aclose(self) -> None:
        """Close all connections, also those on which something is under way."""
        self._closed = True
        if self._sweeping is not None:
            self._sweeping.cancel()
            self._sweeping = None
        for line in [*self._busy, *(line for lines in self._idle.values() for line in lines)]:
            line.hang_up()
        self._idle.clear()
        await asyncio.sleep(0)  # in which the event loop lets go of them

    def give_back(self, origin: Origin, line: Line) -> None:
        """The exchange on this connection is over, or given up."""
        self._taken -= 1
        self._turns.give()
        if self._closed or not line.spare:
            self._let_go(line)
            return
        self._busy.discard(line)
        line.reused, line.idle_since = True, line.loop.time()
        self._idle.setdefault(origin, []).append(line)
        if self._sweeping is None:
            self._sweeping = line.loop.call_later(self._idle_seconds, self._sweep)

    async def _turn(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._turns.wait()
        except TimeoutError:
            raise httpx.PoolTimeout("no connection free") from None

    def _turn_over(self) -> None:
        self._taken -= 1
        self._turns.give()

    def _let_go(self, line: Line) -> None:
        self._busy.discard(line)
        line.hang_up()

    def _kept(self, origin: Origin) -> Line | None:
        """A connection from before: the one that was used last."""
        lines = self._idle.get(origin)
        while lines:
            line = lines.pop()
            if line.fit:
                self._busy.add(line)
                return line
            line.hang_up()
        return None

    async def _connected(self, origin: Origin, seconds: float) -> Line:
        if self._closed:
            raise httpx.ConnectError("closed")
        self._make_room()
        try:
            async with asyncio.timeout(seconds):
                line = await self._dialled(origin)
        except TimeoutError:
            raise httpx.ConnectTimeout("no connection") from None
        except (OSError, ValueError):  # ssl.SSLError and ssl.CertificateError are an OSError
            raise httpx.ConnectError("no connection") from None
        self._busy.add(line)
        return line

    def _make_room(self) -> None:
        """Close an idle connection that leads elsewhere, where there would be one too many."""
        idle = [lines for lines in self._idle.values() if lines]
        if idle and self._taken + sum(map(len, idle)) > self._most:
            idle[0].pop(0).hang_up()

    async def _dialled(self, origin: Origin) -> Line:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
        dialled = await aiohappyeyeballs.start_connection(
            found, happy_eyeballs_delay=_STAGGER, interleave=1
        )
        try:
            _, line = await loop.create_connection(
                lambda: Line(loop, self._outbox),
                sock=dialled,
                ssl=self._secure if origin.secure else None,
                server_hostname=origin.host if origin.secure else None,
            )
        except BaseException:
            dialled.close()
            raise
        return line

    def _sweep(self) -> None:
        """Close what was idle for too long."""
        loop = asyncio.get_running_loop()
        before = loop.time() - self._idle_seconds
        for lines in self._idle.values():
            while lines and (lines[0].idle_since <= before or not lines[0].fit):
                lines.pop(0).hang_up()
        oldest = [lines[0].idle_since for lines in self._idle.values() if lines]
        self._sweeping = None
        if oldest:
            self._sweeping = loop.call_at(min(oldest) + self._idle_seconds, self._sweep)


class _Body(httpx.AsyncByteStream):
    """What is still to come of an answer; closed, the connection is given back."""

    __slots__ = ("_line", "_origin", "_pool", "_read")

    def __init__(self, pool: Pool, origin: Origin, line: Line, read: float) -> None:
        self._pool = pool
        self._origin = origin
        self._line: Line | None = line
        self._read = read

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self._line is not None:
            chunk = await self._line.chunk(self._read)
            if chunk is None:
                return
            yield chunk

    async def aclose(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            self._pool.give_back(self._origin, line)


def origin_of(url: httpx.URL) -> Origin:
    """Where a request to this address goes. Raises httpx.UnsupportedProtocol."""
    port = _PORTS.get(url.scheme)
    if port is None or not url.host:
        raise httpx.UnsupportedProtocol("neither http nor https")
    return Origin(url.scheme == "https", url.raw_host.decode("ascii"), url.port or port)
