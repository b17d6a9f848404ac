"""One exchange over our own pool without httpx's request and response (operation).

They cost several times what the exchange itself does (docs/decisions/0041). What is written is to
the byte what `gateway.source.written_request` writes of httpx's request, and what is read the same;
a request of which that is not certain takes the way over httpx.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import httpx

from gateway.source.http1 import Headers, Line
from gateway.source.pool import Origin, Pool, origin_of
from gateway.source.wire import TRACE, Answer, Outgoing, OverHttpx, Patience, said
from gateway.source.written_request import METHODS, VALUES

_PLAIN: Final = re.compile(
    r"/[A-Za-z0-9._~!$&'()*+,=:@/-]*+(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,=:@/-]*+)*"
    r"(?:\?(?!\Z)[A-Za-z0-9._~!$&'()*+,=:@/?-]*+(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,=:@/?-]*+)*)?"
)
_DOTS: Final = "/."
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
_HTTPX_DECIDES: Final = frozenset({"host", "content-length", "transfer-encoding"})
_LONGEST: Final = 16_384
_WITH_LENGTH: Final = frozenset({"POST", "PUT", "PATCH"})
"""Of these a body of nothing is told as well."""
_NO_LENGTH: Final = "\r\nContent-Length: 0"
_REMEMBERED: Final = 64

_Lines = tuple[Mapping[str, str], Mapping[str, str], tuple[str, str] | None]
"""Two mappings, and the lines of each; None where those are not what the two are together."""


class Direct:
    """For the requests to one address; those to anywhere else go over httpx."""

    def __init__(self, pool: Pool, address: str) -> None:
        url = httpx.URL(address)
        netloc = url.netloc.decode("ascii")
        self._pool = pool
        self._origin: Origin = origin_of(url)
        self._root = f"{url.scheme}://{netloc}"
        self._host = f" HTTP/1.1\r\nHost: {netloc}"
        self._over_httpx = OverHttpx(pool)
        self._lines: dict[tuple[int, int], _Lines] = {}

    async def begin(
        self, outgoing: Outgoing, credentials: Mapping[str, str], patience: Patience
    ) -> Answer:
        """As `Wire.begin`."""
        told = self.written(outgoing, credentials)
        if told is None:
            return await self._over_httpx.begin(outgoing, credentials, patience)
        again = outgoing.method == "GET"
        line = await self._pool.opened(self._origin, told, again, patience)
        return _Answer(self._pool, self._origin, line, patience["read"])

    def written(self, outgoing: Outgoing, credentials: Mapping[str, str]) -> bytes | None:
        """The request as it goes over the connection; None where httpx must say what it is."""
        method, content = outgoing.method, outgoing.content
        target = outgoing.url.removeprefix(self._root)
        told = self._told(outgoing, credentials)
        if (
            len(target) > _LONGEST
            or _PLAIN.fullmatch(target) is None
            or _DOTS in target
            or method not in METHODS
            or told is None
        ):
            return None
        begun = f"{method} {target}{self._host}"
        if not content:
            length = _NO_LENGTH if method in _WITH_LENGTH else ""
            return f"{begun}{length}{told}\r\n\r\n".encode("ascii")
        return f"{begun}{told}\r\nContent-Length: {len(content)}\r\n\r\n".encode("ascii") + content

    def _told(self, outgoing: Outgoing, credentials: Mapping[str, str]) -> str | None:
        """The lines of the headers, each after the end of a line; None if httpx must say it.

        Those of the last operations are remembered, as nearly all say the same but for the trace:
        by which mappings they were made of, which are held, so that no others can be these.
        """
        headers, trace = outgoing.headers, outgoing.traceparent
        which = id(headers), id(credentials)
        found = self._lines.get(which)
        if found is None:
            if len(self._lines) >= _REMEMBERED:
                self._lines.clear()
            found = self._lines[which] = (headers, credentials, _apart(headers, credentials))
        lines = found[2]
        if lines is None or not (trace is None or (trace.isascii() and trace.isprintable())):
            return _lines(said(outgoing, credentials))
        return "".join(lines) if trace is None else f"{lines[0]}\r\n{TRACE}: {trace}{lines[1]}"


def _apart(headers: Mapping[str, str], credentials: Mapping[str, str]) -> tuple[str, str] | None:
    """The lines of each, where neither says what the other says, or what trace it is."""
    first, second = _lines(headers), _lines(credentials)
    if first is None or second is None or not credentials.keys().isdisjoint((*headers, TRACE)):
        return None
    return None if TRACE in headers else (first, second)


def _lines(headers: Mapping[str, str]) -> str | None:
    if not _are_ours(tuple(headers)):
        return None
    values = "".join(headers.values())
    if not (values.isascii() and (values.isprintable() or VALUES.fullmatch(values.encode()))):
        return None
    return "".join([f"\r\n{name}: {value}" for name, value in headers.items()])


@lru_cache(maxsize=256)
def _are_ours(names: tuple[str, ...]) -> bool:
    """Whether these are names of headers (RFC 9110, 5.1), and none that httpx adds or looks at."""
    return all(map(_NAME.fullmatch, names)) and _HTTPX_DECIDES.isdisjoint(names)


class _Answer:
    __slots__ = ("_line", "_origin", "_pool", "_read", "headers", "status")

    def __init__(self, pool: Pool, origin: Origin, line: Line, read: float) -> None:
        self._pool = pool
        self._origin = origin
        self._line: Line | None = line
        self._read = read
        self.status = line.status
        self.headers = heard(line.headers) if line.plain is None else line.plain

    def whole(self, most: int) -> bytes | None:
        line = self._line
        content = None if line is None else line.whole(most)
        if line is None or content is None:
            return None
        self._line = None
        self._pool.give_back(self._origin, line)
        return content

    async def chunk(self) -> bytes | None:
        return None if self._line is None else await self._line.chunk(self._read)

    async def aclose(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            self._pool.give_back(self._origin, line)


def heard(headers: Headers) -> Mapping[str, str]:
    """The headers by their names in lower case, decoded and put together as httpx does."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower().decode("latin-1")
        if key in found or not value.isascii():
            return dict(httpx.Headers(headers))
        found[key] = value.decode("ascii")
    return found
