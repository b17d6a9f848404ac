"""Canaries: texts of persons, tokens and addresses that may be found only where they belong.

The registries are the sandbox's, behind an aviary that gives the canaries in their answers, repeats
in its mistakes whatever it is told, notes what it is asked, and is the collector of the log.
"""

import base64
import hashlib
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.showcase import BURGER_BSN, GRANDMOTHER_BSN, PARTNER_BSN
from tests.app import world
from tests.paths import ROOT
from tests.valkey import PASSWORD, Valkey

NAMES = {
    "voornamen": "Kanarina",
    "geslachtsnaam": "Kanarieveer",
    "straat": "Kanariegracht",
    "korteNaam": "Kanariegracht",
    "titel": "Kanariebrief over een schuld",
    "toelichting": "Kanarietoelichting",
    "specificatie": "Kanariespecificatie",
    "emailadres": "kanarina@voliere.example",
}
"""By the name of a field on the wire: what the aviary says instead of what the sandbox does."""
MAIL = "kanarina@voliere.example"
ZAAK_TEXT = "Kanariezaak"
EMPLOYEE = "Kees Kanariekweker"
"""The name in an employee's token: it belongs in the audit log and in what a ZGW source is told."""
CITIZEN = "Kanarina Kanarieveer"
BSNS = frozenset(world().persons)
"""Of everybody in the sandbox."""
ASKED = (BURGER_BSN, PARTNER_BSN, GRANDMOTHER_BSN)
BEARER = "verzonnen-kanarietoken"
"""Shown as a token by who has none."""
MODES = ("repeats", "traces", "redirects", "garbage", "another", "breaks")
_NINE = re.compile(rb"(?=(\d{9}))")
_TRACES = "/v1/traces"


def forms(text: str) -> Iterator[bytes]:
    """A text as it could stand anywhere: plain, escaped, encoded, or hashed without a key."""
    content = text.encode()
    yield from (content, quote(text).encode(), quote_plus(text).encode())
    yield from (content.hex().encode(), content[::-1])
    for before in range(3):  # base64 has three forms of what stands within something longer
        whole = base64.b64encode(b"\0" * before + content)
        yield whole[(before * 8 + 5) // 6 : len(whole) - 4].rstrip(b"=")
    for kind in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512, hashlib.blake2b):
        digest = kind(content)
        yield digest.hexdigest().encode()
        yield from (digest.digest(), base64.b64encode(digest.digest()))


def persons_in(content: bytes) -> set[str]:
    """The numbers of everybody of the sandbox whose number stands somewhere in it."""
    found = {match[1].decode() for match in _NINE.finditer(content)}
    hidden = {bsn for bsn in ASKED for form in forms(bsn) if form in content}
    return (found & BSNS) | hidden


def texts_in(content: bytes, texts: Mapping[str, str]) -> set[str]:
    """The names of those texts that stand somewhere in it, in whatever form and case."""
    lower = content.lower()
    return {
        name
        for name, text in texts.items()
        if any(form.lower() in lower for form in forms(text) if len(form) > 7)
    }


def secrets_in(content: bytes, texts: Mapping[str, str]) -> set[str]:
    """The names of those texts that stand in it as they are."""
    return {name for name, text in texts.items() if text.encode() in content}


PERSONAL = {
    **NAMES,
    "mail": MAIL,
    "zaak": ZAAK_TEXT,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that reached a source."""

    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Aviary:
    """In front of the sandbox. `mode` is one of MODES, or empty where all is well."""

    app: ASGIApp
    mode: str = ""
    collecting: bool = False
    """Whether lines of the log are taken; until then they stay on the gateway's disk."""
    asked: list[Asked] = field(default_factory=list)
    exports: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        body = await _whole(receive)
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        query = scope["query_string"].decode("latin-1")
        if scope["path"].endswith(_TRACES):
            await self._collect(body, send)
            return
        told = Asked(scope["path"], query, headers, body)
        self.asked.append(told)
        if self.mode:
            await self._sing_falsely(told, send)
            return
        await self.app(scope, _again(body, receive), Rewriting(scope["path"], send))

    async def _collect(self, body: bytes, send: Send) -> None:
        if self.collecting:
            self.exports.append(body)
            content = ExportTraceServiceResponse().SerializeToString()
            await _answer(send, 200, content, "application/x-protobuf")
        else:
            await _answer(send, 503, b"", "text/plain")

    async def _sing_falsely(self, told: Asked, send: Send) -> None:
        """All that was asked, and who asked it, comes back in a mistake."""
        said = f"{told.query} {told.body!r} {told.headers} {BURGER_BSN} {NAMES['geslachtsnaam']}"
        match self.mode:
            case "repeats":
                problem = {"status": 400, "code": BURGER_BSN, "title": said, "detail": said}
                problem["invalidParams"] = [{"name": said, "code": said, "reason": said}]
                await _answer(send, 400, json.dumps(problem).encode(), "application/problem+json")
            case "traces":
                page = f"<pre>Traceback: connect to http://10.9.8.7/{BURGER_BSN} {said}</pre>"
                await _answer(send, 500, page.encode("utf-8", "replace"), "text/html")
            case "redirects":
                where = f"http://{BURGER_BSN}.voliere.example/?bsn={BURGER_BSN}"
                await _answer(send, 302, b"", "text/plain", ("location", where))
            case "garbage":
                await _answer(send, 200, f'{{"{BURGER_BSN}": ['.encode(), "application/json")
            case "another":
                await _answer(send, 200, json.dumps(_another()).encode(), "application/json")
            case _:
                begun = [(b"content-length", b"1000"), (b"x-fout", BURGER_BSN.encode())]
                await send({"type": "http.response.start", "status": 200, "headers": begun})
                await send({"type": "http.response.body", "body": b"1", "more_body": True})


def _another() -> dict[str, Any]:
    """Persons, zaken and contacts that nobody asked about, of the wrong types."""
    somebody = {"burgerservicenummer": GRANDMOTHER_BSN, "naam": NAMES["geslachtsnaam"]}
    return {
        "type": BURGER_BSN,
        "personen": [somebody],
        "results": [{"url": f"http://10.9.8.7/{BURGER_BSN}", "uuid": BURGER_BSN, **somebody}],
        "count": BURGER_BSN,
        "next": f"http://10.9.8.7/?bsn={BURGER_BSN}",
        "url": f"http://10.9.8.7/{BURGER_BSN}",
        "uuid": BURGER_BSN,
        "_embedded": {BURGER_BSN: somebody},
    }


@dataclass(slots=True)
class Rewriting:
    """Sends an answer of the sandbox with the canaries in it."""

    path: str
    send: Send
    start: Message = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)

    async def __call__(self, message: Message) -> None:
        """One part of the answer."""
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message.get("body", b"")
        if message.get("more_body", False):
            return
        content = bytes(self.body)
        headers = [(k, v) for k, v in self.start["headers"] if k.lower() != b"content-length"]
        if any(b"json" in v for k, v in headers if k.lower() == b"content-type"):
            with suppress(ValueError):
                content = json.dumps(_rewritten(json.loads(content), self.path)).encode()
        headers.append((b"content-length", str(len(content)).encode()))
        await self.send({**self.start, "headers": headers})
        await self.send({"type": "http.response.body", "body": content})


def _rewritten(value: Any, path: str) -> Any:
    match value:
        case dict():
            return {name: _named(name, each, path) for name, each in value.items()}
        case list():
            return [_rewritten(each, path) for each in value]
    return value


def _named(name: str, value: Any, path: str) -> Any:
    if not isinstance(value, str) or not value:
        return _rewritten(value, path)
    if name == "omschrijving" and "/zaken/api/v1/zaken" in path:
        return ZAAK_TEXT
    if name == "adres" and "@" in value:
        return MAIL
    return NAMES.get(name, value)


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, and after that what really happens."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return first.pop() if first else await receive()

    return again


async def _answer(send: Send, status: int, body: bytes, kind: str, *more: tuple[str, str]) -> None:
    named = (("content-type", kind), ("content-length", str(len(body))), *more)
    headers = [(name.encode(), value.encode()) for name, value in named]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def watched(server: Valkey) -> Iterator[bytearray]:
    """All that anybody tells this Valkey meanwhile, as its MONITOR shows it."""
    told = bytearray()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"AUTH {PASSWORD}\r\nMONITOR\r\n".encode())
        told += connection.recv(100)

        def listen() -> None:
            with suppress(OSError):
                while part := connection.recv(1_000_000):
                    told.extend(part)

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield told
        finally:
            connection.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextmanager
def serving(
    arguments: Sequence[str], environment: Mapping[str, str], output: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """`bronpoort` in a process of its own, all that it writes in a file: there may be much."""
    with output.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "gateway", *arguments],
            cwd=ROOT,
            env=dict(environment),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
