"""Sends what is written in one turn of the loop in one go, and tells who works for a client that it
has gone (process).

uvicorn writes the head of an answer and its body apart, and uvloop sends each at once: two system
calls, two packets, and a client that is woken twice. `serving.configured` chooses it.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gateway.edge.at_once import AT_ONCE, AtOnce, Leaves, Reply
from gateway.edge.disconnect import LEAVING, Leaving
from gateway.edge.heads import SIGHTED, Sighting, cut

MOST: Final = 65_536
"""Bytes that are held at most: beyond it the transport must tell whether the client keeps up."""


class Gathered:
    """A transport that writes at the end of the turn; for the rest the one that it is given."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Now, if there is much of it; else before the loop waits again."""
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)
        self._size += len(data)
        if self._size > MOST:
            self._flush()

    def write_now(self, *parts: bytes) -> None:
        """In one go, behind what is held."""
        self._held += parts
        self._flush()

    def is_closing(self) -> bool:
        """Whether the connection is ending."""
        return self._transport.is_closing()

    def close(self) -> None:
        """When all that was written has been sent."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        held, self._held, self._size = self._held, [], 0
        if held and not self._transport.is_closing():  # what a client left behind reaches nobody
            self._transport.write(held[0] if len(held) == 1 else b"".join(held))


class Turn:
    """A request that is answered without uvicorn: what comes behind it waits."""

    __slots__ = ("_line", "asked", "keep_alive", "more")

    def __init__(self, line: "Http") -> None:
        self._line: Http | None = line
        self.more = b""
        self.keep_alive = True
        self.asked: Leaves | None = None

    def begun(self, task: asyncio.Task[None]) -> None:
        """The server waits for it before it stops, as for those of uvicorn."""
        if self._line is not None:
            self._line.tasks.add(task)
            task.add_done_callback(self._line.tasks.discard)

    def send(self, reply: Reply | None) -> None:
        """The answer, if there is any; afterwards it is the turn of the next."""
        if (line := self._ended()) is not None:
            line.answered(self, reply)

    def leave(self) -> None:
        """The client has gone."""
        asked = self.asked
        if self._ended() is not None and asked is not None:
            asked.leave()

    def _ended(self) -> "Http | None":
        """The connection, if that is still there."""
        line, self._line, self.asked = self._line, None, None
        if line is not None:
            line.turn = None
        return line


class Http(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, over a transport that gathers; what can be answered at once is."""

    turn: Turn | None = None
    """What is being answered without uvicorn."""
    _gathered: Gathered
    _leaving: Leaving
    _at_once: AtOnce[Any, Any] | None
    _origin: bytes
    _between = True
    """Whether no request has begun that is not whole yet."""
    _sighting: Sighting | None = None
    _active = 0.0
    """When something was last answered at once."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins with a client."""
        self._gathered = Gathered(transport, self.loop)
        super().connection_made(self._gathered)  # type: ignore[arg-type]
        self._leaving = Leaving()
        self._at_once = self.app_state.get(AT_ONCE)
        self._origin = self.client[0].encode() if self.client else b""

    def data_received(self, data: bytes) -> None:
        """Some of a request, or more."""
        if self.turn is not None:
            self._later(self.turn, data)
        elif not self._idle() or not self._taken(data):
            super().data_received(data)
            self._sighting = None

    def on_message_begin(self) -> None:
        """Begins with a request."""
        super().on_message_begin()
        self._between = False
        self.scope["state"][LEAVING] = self._leaving
        if self._sighting is not None:
            self.scope["state"][SIGHTED] = self._sighting

    def on_message_complete(self) -> None:
        """The whole of a request has come. Of a long body reading may be held up, and then nobody
        hears that the client goes: nobody asks for more, which would let it go on.
        """
        super().on_message_complete()
        self._between = True
        if not self.pipeline:
            self.flow.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends with a client."""
        if self.turn is not None:
            self.turn.leave()
        super().connection_lost(exc)
        self._leaving.tell()

    def shutdown(self) -> None:
        """The server stops: after what is being answered the connection ends."""
        if self.turn is not None:
            self.turn.keep_alive = False
        else:
            super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came for long, as far as uvicorn knows."""
        left = self._active + self.timeout_keep_alive - self.loop.time()
        if self.turn is not None or left > 0:
            again = self.timeout_keep_alive if self.turn is not None else left
            self.timeout_keep_alive_task = self.loop.call_later(
                again, self.timeout_keep_alive_handler
            )
        else:
            super().timeout_keep_alive_handler()

    # ---- what is answered at once -------------------------------------------------------------

    def _idle(self) -> bool:
        """Whether whatever comes now is the begin of a request, and nothing is before it."""
        cycle: Any = self.cycle  # None before the first
        return (
            self._between
            and (cycle is None or (cycle.response_complete and cycle.keep_alive))
            and not self.flow.write_paused
            and not self.transport.is_closing()
        )

    def _taken(self, data: bytes) -> bool:
        """Whether this is one request with a head that is known, which will be answered."""
        at_once = self._at_once
        found = None if at_once is None or at_once.draining() else cut(data)
        if at_once is None or found is None:
            return False
        mark = at_once.heads.mark(found.head, self._origin)
        if at_once.heads.find(mark) is None:
            if at_once.heads.sighted(mark):
                self._sighting = Sighting(mark, found.traceparent)
            return False
        turn = Turn(self)
        turn.asked = at_once.take(mark, found.traceparent, found.body, turn)
        if turn.asked is not None:
            self.turn = turn
        return turn.asked is not None

    def _later(self, turn: Turn, data: bytes) -> None:
        """What comes before its turn; not more of it than uvicorn would take."""
        turn.more += data
        if len(turn.more) > MOST:
            self.flow.pause_reading()

    def answered(self, turn: Turn, reply: Reply | None) -> None:
        """The answer of this turn: what comes next may begin."""
        draining = self._at_once is None or self._at_once.draining()
        keeps = turn.keep_alive and reply is not None and not draining
        if reply is not None:
            self._gathered.write_now(self._head(reply, keeps), reply.body)
        self._active = self.loop.time()
        if not keeps:
            self.transport.close()
            return
        if self.timeout_keep_alive_task is None:
            self.on_response_complete()
        if turn.more:
            self.flow.resume_reading()
            self.data_received(turn.more)

    def _head(self, reply: Reply, keeps: bool) -> bytes:
        headers = [*self.server_state.default_headers, *reply.headers]
        if not keeps:
            headers.append((b"connection", b"close"))
        lines = [b"%b: %b\r\n" % each for each in headers]
        return b"".join([STATUS_LINE[reply.status], *lines, b"\r\n"])
