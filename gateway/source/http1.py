"""One connection over HTTP/1.1 to a source, and the exchange that is on it (operation).

One exchange at a time, each in full: a request, and its answer to the last byte. Reading the answer
is llhttp's work (httptools, with which our own server reads too), in its strict mode; what is here
is the bookkeeping around it, and a shorter way for the plainest of answers. What does not end
exactly as it should leaves the connection unfit for another exchange: nothing that a source sends
may be taken for the answer to a later question.
"""

import asyncio
import re
from typing import Final, cast

import httptools
import httpx

from gateway.source.outbox import Outbox

HEAD_MOST: Final = 65_536
"""Bytes that may come without any of a body among them: heads, interim answers, trailers."""
AHEAD: Final = 262_144
"""Bytes of a body that may wait to be taken before no more are read."""
_NO_BODY: Final = frozenset({204, 304})
_PLAIN_HEAD: Final = re.compile(
    r"HTTP/1\.1 (200|201|203|[45][0-9][0-9])(?: [ -~]*)?"
    r"(?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?(?:[!-~](?:[ -~]*[!-~])?)?)+"
)
_PLAIN_HEADER: Final = re.compile(r"\r\n([^:]+): ?([^\r]*)")
_PLAIN_MOST: Final = 8_192
_NOT_PLAIN: Final = frozenset({"transfer-encoding", "upgrade", "trailer", "proxy-connection"})
_END_OF_HEAD: Final = b"\r\n\r\n"
_SWITCHING: Final = 101
_HUNG_UP: Final = "hung up"

Headers = list[tuple[bytes, bytes]]


class Line(asyncio.Protocol):
    """A connection. First `ask`, then `status` and `headers`, then `chunk` until it gives None.

    Errors are those of httpx. After one, and after a cancellation, all it is good for is `hang_up`.
    """

    __slots__ = (
        "_alarm",
        "_body",
        "_complete",
        "_error",
        "_full",
        "_has_head",
        "_head",
        "_held",
        "_lasting",
        "_late",
        "_outbox",
        "_parser",
        "_paused",
        "_quiet",
        "_sent",
        "_silent",
        "_to_the_end",
        "_transport",
        "_until",
        "_waiter",
        "idle_since",
        "loop",
        "plain",
        "reused",
        "status",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop, outbox: Outbox) -> None:
        self.loop = loop
        self._outbox = outbox
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._waiter: asyncio.Future[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._late: type[httpx.TimeoutException] = httpx.ReadTimeout
        self._until = 0.0
        self._error: str | None = None
        self._full = False
        self._paused = False
        self.reused = False
        """Whether an exchange was completed on it before."""
        self.idle_since = 0.0
        self._begin()
        self._complete = self._lasting = True

    def _begin(self) -> None:
        self.status = 0
        self._head: Headers = []
        self.plain: dict[str, str] | None = None
        """The headers by their names in lower case, where nothing had to be put together."""
        self._has_head = False
        self._body: list[bytes] = []
        self._held = 0
        self._quiet = 0
        self._silent = True
        self._to_the_end = False
        self._complete = False
        self._lasting = False
        self._sent = False

    # ---- for whoever asks -------------------------------------------------------------------

    @property
    def headers(self) -> Headers:
        """All of them, in order."""
        if self.plain is None:
            return self._head
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in self.plain.items()]

    @property
    def fit(self) -> bool:
        """Whether another exchange may begin: the last one ended well, and nobody hung up."""
        transport = self._transport
        return (
            self._lasting
            and self._error is None
            and transport is not None
            and not transport.is_closing()
        )

    @property
    def spare(self) -> bool:
        """Whether it is fit, and nothing of the last request is left to be sent."""
        transport = self._transport
        return (
            self._lasting
            and self._error is None
            and transport is not None
            and not transport.is_closing()
            and not transport.get_write_buffer_size()
        )

    @property
    def unanswered(self) -> bool:
        """Whether the other side hung up before one byte of an answer had come."""
        return self._error == _HUNG_UP and self._silent

    async def ask(self, request: bytes, write: float, read: float) -> None:
        """Send a whole request; back when the head of its answer is there."""
        transport = self._transport
        if transport is None or not self._lasting or transport.is_closing():
            raise httpx.WriteError(_HUNG_UP)
        self._begin()
        self._outbox.put(self, request, self.loop)
        while self._full and not self._has_head:
            await self._wait(write, httpx.WriteTimeout)
        while not self._has_head:
            await self._wait(read, httpx.ReadTimeout)

    def send(self, request: bytes) -> None:
        """For the outbox: what was asked, unless it was given up since."""
        if self._transport is not None and not self._transport.is_closing():
            self._sent = True
            self._transport.write(request)

    async def chunk(self, read: float) -> bytes | None:
        """The bytes of the body that have come since; None when there are no more."""
        while not self._body:
            if self._complete:
                return None
            await self._wait(read, httpx.ReadTimeout)
        body, self._body, self._held = self._body, [], 0
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return body[0] if len(body) == 1 else b"".join(body)

    def whole(self, most: int = AHEAD) -> bytes | None:
        """What is left of the body, if all of it has come, and is no longer than that many bytes;
        None if not, and then it stays.
        """
        if not self._complete or self._paused or self._held > most:
            return None
        body, self._body, self._held = self._body, [], 0
        return body[0] if len(body) == 1 else b"".join(body)

    def hang_up(self) -> None:
        """End the connection now, whatever is under way."""
        self._fail(_HUNG_UP)

    def _wait(self, seconds: float, late: type[httpx.TimeoutException]) -> "asyncio.Future[None]":
        """To be awaited at once: over when there was progress, or too long none."""
        if self._error is not None:
            raise httpx.RemoteProtocolError(self._error)
        self._waiter = waiter = self.loop.create_future()
        self._late, self._until = late, self.loop.time() + seconds
        if self._alarm is not None and self._alarm.when() > self._until:
            self._alarm.cancel()
            self._alarm = None
        if self._alarm is None:  # else it looks at the clock soon enough: one serves many waits
            self._alarm = self.loop.call_at(self._until, self._look)
        return waiter

    def _look(self) -> None:
        """Whether whoever waits now has waited too long."""
        self._alarm = None
        if self._waiter is None or self._waiter.done():
            return
        if self.loop.time() < self._until:
            self._alarm = self.loop.call_at(self._until, self._look)
        else:
            self._waiter.set_exception(self._late("no progress"))

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _fail(self, reason: str) -> None:
        """Nothing more is sent or heard; what came before may still be taken."""
        if self._error is None:
            self._error = reason
        self._lasting = False
        if self._transport is not None:
            self._transport.abort()
        self._wake()

    # ---- for the event loop -----------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """There is a connection."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Something was said."""
        if self._complete or not self._sent:
            self._fail("said without being asked")
            return
        if self._silent:
            self._silent = False
            if self._error is None and self._heard_at_once(data):
                self._wake()
                return
        self._quiet += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail("not HTTP/1.1")
        if self._quiet > HEAD_MOST and not self._complete:
            self._fail("too large a head")
        self._wake()

    def eof_received(self) -> None:
        """Nothing more will be said; the transport then closes itself."""
        if self._to_the_end:
            self._complete = True
        self._fail(_HUNG_UP)

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is gone."""
        self._fail(_HUNG_UP)
        self._transport = None
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def pause_writing(self) -> None:
        """More is waiting to be sent than the other side takes."""
        self._full = True

    def resume_writing(self) -> None:
        """It has been sent."""
        self._full = False
        self._wake()

    def _heard_at_once(self, data: bytes) -> bool:
        """Whether this is one whole answer and nothing else, in its plainest form: then there is
        nothing to keep account of, and the parser, which stands between two answers, need not hear
        of it. A form of which a thing is not certain is left to the parser, and so is refusing.
        """
        end = data.find(_END_OF_HEAD, 0, _PLAIN_MOST)
        head = data[: max(end, 0)].decode("latin-1")
        found = _PLAIN_HEAD.fullmatch(head)
        if found is None:
            return False
        pairs = _PLAIN_HEADER.findall(head)
        headers = {name.lower(): value for name, value in pairs}
        length = headers.get("content-length", "")
        size = len(data) - end - len(_END_OF_HEAD)
        if (
            len(headers) < len(pairs)
            or length != str(size)
            or size > AHEAD
            or not _NOT_PLAIN.isdisjoint(headers)
            or headers.get("connection", "keep-alive").lower() != "keep-alive"
        ):
            return False
        self.status, self.plain = int(found[1]), headers
        if size:
            self._body.append(data[-size:])
            self._held = size
        self._has_head = self._complete = self._lasting = True
        return True

    # ---- for the parser ---------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """An answer begins; a second one to one question is heard by nobody."""
        if self._complete:
            self._fail("a second answer")

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of the headers, or of the trailers, which are not kept."""
        if not self._has_head:
            self._head.append((name, value))

    def on_headers_complete(self) -> None:
        """The head has been read; an interim one (1xx) is passed over."""
        if self._complete or self._error is not None:
            return
        status = self._parser.get_status_code()
        if status < 200:
            self._head = []
            if status < 100 or status == _SWITCHING:
                self._fail("another protocol")
            return
        self.status = status
        self._has_head = self._framed()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        if self._complete or not self._has_head:
            return
        self._quiet = 0
        self._body.append(body)
        self._held += len(body)
        if self._held > AHEAD and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()

    def on_message_complete(self) -> None:
        """The last byte has been read, of an interim answer or of the answer."""
        if self._has_head and not self._complete:
            self._complete = True
            # Where reading is held up, nobody knows what has come after it.
            known = not self._to_the_end and not self._paused
            self._lasting = self._parser.should_keep_alive() and known

    def _framed(self) -> bool:
        """Whether it is certain where the body ends, by stricter rules than those of the parser,
        which also is not to be told that the connection has ended.
        """
        lengths = [value for name, value in self._head if name.lower() == b"content-length"]
        codings = [value for name, value in self._head if name.lower() == b"transfer-encoding"]
        if codings and (lengths or [each.strip(b" ").lower() for each in codings] != [b"chunked"]):
            self._fail("a body without a certain end")
            return False
        self._to_the_end = not lengths and not codings and self.status not in _NO_BODY
        return True
