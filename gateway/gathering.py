"""Sends what is written in one turn of the loop in one go, and tells who works for a client that it
has gone (process).

uvicorn writes the head of an answer and its body apart, and uvloop sends each at once: two system
calls, two packets, and a client that is woken twice. `serving.configured` chooses it.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gateway.edge.disconnect import LEAVING, Leaving

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


class Http(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, over a transport that gathers."""

    _leaving: Leaving

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins with a client."""
        super().connection_made(Gathered(transport, self.loop))  # type: ignore[arg-type]
        self._leaving = Leaving()

    def on_message_begin(self) -> None:
        """Begins with a request."""
        super().on_message_begin()
        self.scope["state"][LEAVING] = self._leaving

    def on_message_complete(self) -> None:
        """The whole of a request has come. Of a long body reading may be held up, and then nobody
        hears that the client goes: nobody asks for more, which would let it go on.
        """
        super().on_message_complete()
        if not self.pipeline:
            self.flow.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends with a client."""
        super().connection_lost(exc)
        self._leaving.tell()
