"""The raw source behind every contender (process): answers made beforehand, and a count.

    python -m bench.gateways.upstream <port> <core> [<recording>]

HTTP/1.1 spoken by hand on uvloop, so that it is never what a contender waits for: posts and users,
and what `bench.gateways.recording` noted of the sandbox's registries. `GET /_calls` tells how many
calls there were since it was last asked.
"""

import argparse
import asyncio
import gc
import json
import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import uvloop

from bench.gateways import posts
from bench.gateways.recording import HERE, ZAKEN, ZOEKEN, Recorded

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_BSN = re.compile(rb'"(?:burgerservicenummer": ?\["|rol__[A-Za-z_]*inpBsn": ?")(\d{9})"')
_MOST = 20_000
JSON = "application/json"

Answer = Callable[[bytes, bytes], bytes]
"""From a request's target and body to the bytes of an answer."""


def answer(body: bytes, kind: str = JSON, status: str = "200 OK") -> bytes:
    """A whole answer, head and all."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Answers:
    """What is answered to whom; remembers what it wrote."""

    def __init__(self, recorded: Recorded | None, base: str) -> None:
        self.calls = 0
        self._written: dict[bytes, bytes] = {}
        self._fixed = _fixed(recorded, base) if recorded else {}
        for window in range(posts.WINDOWS):
            body = posts.listed(window * posts.STRETCH, posts.STRETCH)
            self._fixed[b"posts %d" % window] = answer(body)

    def of(self, target: bytes, body: bytes) -> bytes:
        """The answer to a request."""
        if target == b"/_calls":
            told, self.calls = answer(b"%d" % self.calls), 0
            return told
        self.calls += 1
        if body:
            found, path = _BSN.search(body), target.partition(b"?")[0]
            if found is None and path == ZOEKEN:
                return self._at(ZAKEN)
            return self._at(path + b" " + (found[1] if found else b""))
        known = self._fixed.get(target) or self._written.get(target)
        return known if known is not None else self._found(target)

    def _found(self, target: bytes) -> bytes:
        path, _, query = target.partition(b"?")
        if path == b"/posts":
            return self._posts(dict(parse_qsl(query.decode())))
        if path == b"/users":
            asked = [int(value) for name, value in parse_qsl(query.decode()) if name == "id"]
            return self._remembered(target, posts.users(asked))
        if path.startswith(b"/users/") and path[7:].isdigit():
            one = json.dumps(posts.user(int(path[7:]))).encode()
            return self._remembered(target, one)
        return self._at(path)

    def _posts(self, asked: Mapping[str, str]) -> bytes:
        start, limit = int(asked.get("_start", 0)), int(asked.get("_limit", posts.STRETCH))
        window = posts.window(start, limit)
        if limit == posts.STRETCH:
            return self._fixed[b"posts %d" % window]
        key = b"posts %d %d" % (window, limit)
        known = self._written.get(key)
        return known or self._remembered(key, posts.listed(start, limit))

    def _at(self, key: bytes) -> bytes:
        return self._fixed.get(key) or answer(b"{}", status="404 Not Found")

    def _remembered(self, key: bytes, body: bytes) -> bytes:
        if len(self._written) >= _MOST:
            self._written.clear()
        self._written[key] = answer(body)
        return self._written[key]


def _fixed(recorded: Recorded, base: str) -> dict[bytes, bytes]:
    """By target, or by path and BSN: the answers that were noted, their addresses moved here."""

    def made(noted: tuple[str, str]) -> bytes:
        return answer(noted[1].replace(HERE, base).encode(), noted[0])

    found = {target.encode(): made(noted) for target, noted in recorded.answers.items()}
    for path, noted_by_bsn in ((b"/brp/personen", recorded.persons), (ZOEKEN, recorded.searches)):
        found |= {path + b" " + bsn.encode(): made(each) for bsn, each in noted_by_bsn.items()}
    found[ZAKEN] = made(recorded.zaken)
    return found


class Spoken(asyncio.Protocol):
    """One connection: requests in, answers out, in order."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._rest = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps whereto."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers every request that is whole by now."""
        data = self._rest + data if self._rest else data
        while (end := data.find(b"\r\n\r\n")) >= 0:
            length = 0
            if not data.startswith(b"GET "):
                found = _LENGTH.search(data, 0, end)
                length = int(found[1]) if found else 0
            whole = end + 4 + length
            if len(data) < whole:
                break
            at = data.index(b" ") + 1
            self._transport.write(
                self._answer(data[at : data.index(b" ", at)], data[end + 4 : whole])
            )
            data = data[whole:]
        self._rest = data


async def _serve(port: int, answers: Answers) -> None:
    loop = asyncio.get_running_loop()
    made: Callable[[], Spoken] = partial(Spoken, answers.of)
    server = await loop.create_server(made, "127.0.0.1", port, backlog=4_096)
    gc.freeze()
    await server.serve_forever()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bench.gateways.upstream", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("core", type=int)
    parser.add_argument("recording", type=Path, nargs="?")
    given = parser.parse_args()
    os.sched_setaffinity(0, {given.core})
    recorded = Recorded.read(given.recording) if given.recording else None
    answers = Answers(recorded, f"http://127.0.0.1:{given.port}")
    uvloop.run(_serve(given.port, answers))


if __name__ == "__main__":
    main()
