"""One exchange with a source, as an upstream knows it (operation), whatever carries it.

`OverHttpx` is the way of every transport of httpx, those of the tests among them. Over our own pool
httpx's request and response cost more than the exchange: `gateway.source.direct` does without.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import httpx

from gateway.source.body import BodyError

TRACE: Final = "traceparent"
Patience = Mapping[str, float]
"""Seconds per phase (connect, read, write, pool), as httpx's transports read them."""


@dataclass(slots=True, repr=False)
class Outgoing:
    """One request, complete but for the credentials. Header names are in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None
    heard: dict[str, str] | None = None
    """Gets the headers of the answer, by their names in lower case."""
    traceparent: str | None = None
    """Said beside the headers, which are the same for many requests."""


class Answer(Protocol):
    """An answer of which the head is there; close it, else its connection stays taken."""

    @property
    def status(self) -> int:
        """Of HTTP."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """By their names in lower case."""
        ...

    def whole(self, most: int) -> bytes | None:
        """The body, if all of it has come, and is no longer than that many bytes; None if not, or
        where that is not known. If it is given, the connection has been given back.
        """
        ...

    async def chunk(self) -> bytes | None:
        """The bytes of the body that have come since; None when there are no more."""
        ...

    async def aclose(self) -> None:
        """Give back the connection, or give it up where the body was not taken to its end."""
        ...


class Wire(Protocol):
    """Errors are those of httpx, OSError and ValueError."""

    async def begin(
        self, outgoing: Outgoing, credentials: Mapping[str, str], patience: Patience
    ) -> Answer:
        """Ask, with these headers too; back when the head of the answer is there. None of the
        headers is changed afterwards.
        """
        ...


class OverHttpx:
    """Over any transport."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def begin(
        self, outgoing: Outgoing, credentials: Mapping[str, str], patience: Patience
    ) -> Answer:
        """As `Wire.begin`."""
        request = httpx.Request(
            outgoing.method,
            outgoing.url,
            headers=said(outgoing, credentials),
            content=outgoing.content,
            extensions={"timeout": patience},
        )
        return _Answer(await self._transport.handle_async_request(request))


def said(outgoing: Outgoing, credentials: Mapping[str, str]) -> Mapping[str, str]:
    """All headers of a request that are ours to say."""
    if outgoing.traceparent is None:
        return {**outgoing.headers, **credentials}
    return {**outgoing.headers, TRACE: outgoing.traceparent, **credentials}


class _Answer:
    __slots__ = ("_chunks", "_response", "headers", "status")

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self._chunks: AsyncIterator[bytes] | None = None
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers

    def whole(self, most: int) -> bytes | None:
        return None

    async def chunk(self) -> bytes | None:
        if self._chunks is None:
            if not isinstance(self._response.stream, httpx.AsyncByteStream):
                raise BodyError("no stream")
            self._chunks = aiter(self._response.stream)
        return await anext(self._chunks, None)

    async def aclose(self) -> None:
        await self._response.aclose()
