"""Requests that are nearly like those of which the head is known: answered as if none ever were.

Each is sent over a connection that knows heads and over one that does not, by chance from a seed.
The head that others are like is known in all its twisted forms that the parser lets in as well.
"""

import re
from collections.abc import Sequence
from random import Random
from typing import Final

import pytest

from gateway.gathering import Http
from tests.app import Setup, running
from tests.edge.test_gathering import Noting
from tests.test_at_once import TRACE, Front, Line

pytestmark = pytest.mark.anyio

TRACED = f"traceparent: 00-{TRACE}-b7ad6b7169203331-01"
MORE: Final[Sequence[Sequence[str]]] = (
    [],
    [TRACED],
    ["Connection: keep-alive"],
    ["X-Forwarded-For: 10.1.1.1"],
)
BITS = (
    *(b"\r\n", b"\n", b"\r", b" ", b"\t", b":", b"0", b"\x00", b"\xff", b"{}", b"HTTP/1.0"),
    b"Content-Length: 2",
    b"\r\nContent-Length: 5",
    b"\r\nTransfer-Encoding: chunked",
    b"\r\nConnection: close",
    b"\r\nExpect: 100-continue",
    b"\r\nAccept: text/html",
    b"\r\nUpgrade: h2c\r\nConnection: Upgrade",
    b"\r\n" + TRACED.encode(),
    b"\r\ntraceparent: 0\r\nTransfer-Encoding: chunked".ljust(len(TRACED) + 2),
    b"\r\ntraceparent: 0\r\nBronpoort-Doelbinding:".ljust(len(TRACED) + 2),
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
)


class Plain(Line):
    """A connection on which no head is known."""

    def __init__(self, front: Front) -> None:
        self.under = Noting()
        self.http = Http(front.config, front.state, {})
        self.http.connection_made(self.under)


def twisted(chance: Random, request: bytes) -> bytes:
    """The same with something more, less, or in another place."""
    lines = request.split(b"\r\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            lines[at] += chance.choice(BITS)
        case 1:
            lines.insert(to, lines.pop(at))
        case 2:
            lines.insert(to, lines[at])
        case 3:
            where = chance.randrange(len(request))
            return request[:where] + chance.choice(BITS) + request[where:]
        case _:
            where = chance.randrange(len(request))
            return request[:where] + request[where + 1 :]
    return b"\r\n".join(lines)


async def answered(front: Front, line: Line, request: bytes) -> bytes:
    """All that is written for it, and whether the connection ends; headers in order of name."""
    line.send(request)
    await front.settled()
    written = b"".join(each if isinstance(each, bytes) else b"(einde)" for each in line.under.done)
    line.leave()
    head, _, body = re.sub(rb"date: [^\r]*\r\n", b"", written).partition(b"\r\n\r\n")
    return b"\r\n".join(sorted(head.split(b"\r\n"))) + body


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_nearly_known_is_answered_as_ever(seed: int) -> None:
    chance = Random(seed)
    async with running(Setup()) as app:
        front = await Front(app).known()
        for _ in range(100):
            usual = front.request("{__typename}", {}, more=chance.choice(MORE))
            near = twisted(chance, usual)
            for each in (usual, usual, near, near):  # known, as far as it is let in
                await answered(front, front.line(), each)
            for each in (near, twisted(chance, near), twisted(chance, usual), usual):
                expected = await answered(front, Plain(front), each)
                assert await answered(front, front.line(), each) == expected, each
        front.counted.read = 0
        await answered(front, front.line(), usual)

    assert front.counted.read == 0
