"""Heads of requests that came before: what one says is not read again (per request).

Most clients send the same head with every question, but for the length of the body and the
`traceparent`. Those are cut out; the rest is known by a keyed digest, with the address that it came
from, for as long as the caller of it is kept. Nothing is concluded from a head here: what is
remembered is what the ordinary way made of the very same bytes, which it had gone through whole.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from gateway.edge.head import Head
from gateway.observe.audit import Actor

C = TypeVar("C")
SIGHTED: Final = "bronpoort.hoofd"
"""In the `state` of a request's scope: the Sighting of its head."""
LONGEST: Final = 8_192
"""Bytes of a head that may be known, all included: less than any bound on heads."""
_MOST: Final = 1_000
_HEADERS: Final = 32
_METHOD: Final = b"POST "
_LENGTH: Final = (b"\r\nContent-Length: ", b"\r\ncontent-length: ")
_DIGITS: Final = 7
_TRACE: Final = b"\r\ntraceparent: "
_TRACE_BYTES: Final = 55
_IN_TRACE: Final = b"0123456789abcdef-"
_UNKNOWN: Final = frozenset({"expect", "origin", "te", "trailer", "transfer-encoding", "upgrade"})
"""Headers by which more is asked of a server than an answer."""


class Cut(NamedTuple):
    """One whole request: its head without the two headers that differ, and what those said."""

    head: bytes
    traceparent: str | None
    body: bytes


class Sighting(NamedTuple):
    """A head that is not known yet, and the `traceparent` that was cut out of it."""

    mark: bytes
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Standing(Generic[C]):
    """Who sends a head, for as long as it `holds`. `caller` is that of the first request with it:
    to look up with, and to write nothing down with. `again` makes the caller of another request by
    its `traceparent`, `actor` only who acts in it.
    """

    caller: C
    holds: Callable[[], bool]
    again: Callable[[str | None], C]
    actor: Callable[[str | None], Actor]


@dataclass(frozen=True, slots=True)
class Known(Generic[C]):
    """What a head leads to: the media type of the answer, and who asks."""

    media_type: str
    standing: Standing[C]


class Heads(Generic[C]):
    """Those that are known; `forget` them with their callers."""

    def __init__(self) -> None:
        self._known: dict[bytes, Known[C]] = {}
        self._sighted: set[bytes] = set()
        self._secret = secrets.token_bytes(32)

    def __len__(self) -> int:
        return len(self._known)

    def mark(self, head: bytes, origin: bytes) -> bytes:
        """Stands for a head that came from that address, in this process only: tokens are in it."""
        return hashlib.blake2b(head + b"\0" + origin, key=self._secret, digest_size=32).digest()

    def find(self, mark: bytes) -> Known[C] | None:
        """What the head with this mark leads to."""
        return self._known.get(mark)

    def sighted(self, mark: bytes) -> bool:
        """Whether this one came before: of one that never comes again nothing is remembered."""
        if mark in self._sighted:
            return True
        if len(self._sighted) >= _MOST:
            self._sighted.clear()
        self._sighted.add(mark)
        return False

    def remember(self, mark: bytes, known: Known[C]) -> None:
        """From now on it is known."""
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[mark] = known

    def forget(self) -> None:
        """Know none."""
        self._known.clear()


def cut(data: bytes) -> Cut | None:
    """What came in one piece, if that is one request with a body and nothing else. Which headers
    there are is not read: a head that is written in another way is another one.
    """
    end = data.find(b"\r\n\r\n", 0, LONGEST)
    at = _length_at(data, end)
    if at < 0:
        return None
    after = data.find(b"\r\n", at + 2, end + 2)
    digits, body = data[at + len(_LENGTH[0]) : after], data[end + 4 :]
    if not digits.isdigit() or len(digits) > _DIGITS or int(digits) != len(body):
        return None
    head, traceparent = data[:at] + data[after:end], None
    found = head.find(_TRACE)
    if found >= 0:
        value, rest = found + len(_TRACE), found + len(_TRACE) + _TRACE_BYTES
        if head[rest : rest + 2] not in (b"\r\n", b""):
            return None
        said = head[value:rest]
        if said.translate(None, _IN_TRACE):  # the end of a line as well: more headers behind it
            return None
        head, traceparent = head[:found] + head[rest:], said.decode()
    return Cut(head, traceparent, body)


def _length_at(data: bytes, end: int) -> int:
    """Where the header with the length begins; negative if it is not there. A line may be empty
    before a request, and a header behind that is none.
    """
    for each in _LENGTH if end > 0 and data.startswith(_METHOD) else ():
        at = data.find(each, 0, end)
        if at >= 0:
            return at
    return -1


def may_be_known(headers: Head, sighting: Sighting, http_version: str = "1.1") -> bool:
    """Whether all that a head asks is in what is remembered of it."""
    traces = [] if sighting.traceparent is None else [sighting.traceparent]
    return (
        http_version == "1.1"
        and len(headers.raw) <= _HEADERS
        and _UNKNOWN.isdisjoint(headers.keys())
        and headers.getlist("connection") in ([], ["keep-alive"])
        and headers.getlist("traceparent") == traces
    )
