"""The world outside for the isolation run: every answer says to whom it was given.

The sandbox's registries answer, each once, and what they said is given again. In every text by
which somebody would know a person, a zaak, a company or an address stands a mark instead: of which
municipality the source is, for what purpose and in whose name it was asked, and about whom it is.
"""

import asyncio
import json
import re
from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx
from starlette.types import ASGIApp

NOBODY = "-"
PURPOSE_HEADER = "x-doelbinding"
SHARED = "gedeeld"
"""The municipality of a source that several use, of which the answers are anybody's."""
_MARK = re.compile(r"§([^.§]+)\.([^.§]+)\.([^.§]+)\.([^.§]+)§")
_TRANSIENT = 503


@dataclass(frozen=True, slots=True)
class Mark:
    """To whom something was given: `about` is a BSN, a uuid, a KVK number or an address."""

    tenant: str
    purpose: str
    about: str
    user: str


def marks_in(text: str) -> set[Mark]:
    """All marks in a text, such as the body of an answer."""
    return {Mark(*found) for found in _MARK.findall(text)}


def host_of(tenant: str) -> str:
    """Where the sources of a municipality are."""
    return f"https://bronnen-{tenant}.test"


@dataclass(slots=True)
class Memory:
    """What the sandbox said, by what it was asked; as text with places for the marks' values."""

    sandbox: ASGIApp
    known: dict[tuple[str, str, bytes], tuple[int, dict[str, str], str]] = field(
        default_factory=dict
    )

    async def answer(self, request: httpx.Request) -> tuple[int, dict[str, str], str]:
        """Status, headers and body; asked of the sandbox the first time only."""
        key = (request.method, str(request.url), await request.aread())
        found = self.known.get(key)
        if found is None:
            answer = await httpx.ASGITransport(self.sandbox).handle_async_request(request)
            content = await answer.aread()
            text = content.decode()
            if answer.status_code == 200:
                text = json.dumps(_marked(json.loads(content), request.url.path))
            headers = {"content-type": answer.headers["content-type"]}
            found = self.known[key] = (answer.status_code, headers, text)
        return found


@dataclass(slots=True)
class Outside(httpx.AsyncBaseTransport):
    """The sources of all municipalities. `faults` is the share of calls that fail, `pauses` is how
    often others may go first before an answer is given.
    """

    memory: Memory
    chance: Random
    faults: float = 0.0
    pauses: int = 0
    asked: Counter[str] = field(default_factory=Counter)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one call."""
        host = request.url.host
        self.asked[request.url.path.split("/")[1]] += 1
        for _ in range(self.chance.randint(0, self.pauses)):
            await asyncio.sleep(0)
        if self.chance.random() < self.faults:
            return httpx.Response(_TRANSIENT, json={"code": "serviceUnavailable"})
        status, headers, text = await self.memory.answer(request)
        tenant = host.removeprefix("bronnen-").removesuffix(".test")
        purpose = request.headers.get(PURPOSE_HEADER, NOBODY)
        filled = text.replace("$T", tenant).replace("$P", purpose).replace("$U", _user(request))
        return httpx.Response(status, headers=headers, content=filled.encode())


def _user(request: httpx.Request) -> str:
    """In whose name a ZGW source is asked: `user_id` of its token."""
    parts = request.headers.get("authorization", "").split(".")
    if len(parts) != 3:
        return NOBODY
    claims = json.loads(urlsafe_b64decode(parts[1] + "=="))
    return str(claims.get("user_id", NOBODY))


def _marked(value: Any, path: str) -> Any:
    match value:
        case dict():
            made = {name: _marked(each, path) for name, each in value.items()}
            return {**made, **_named(made, path)}
        case list():
            return [_marked(each, path) for each in value]
    return value


def _named(value: Mapping[str, Any], path: str) -> dict[str, Any]:
    match value:
        case {"burgerservicenummer": str(bsn), "naam": {"voornamen": _} as naam}:
            return {"naam": {**naam, "voornamen": f"§$T.$P.{bsn}.-§"}}
        case {"uuid": str(uuid), "omschrijving": str(), "startdatum": _}:
            return {"omschrijving": f"§$T.$P.{uuid}.$U§"}
        case {"kvkNummer": str(kvk), "naam": str()} if path.startswith("/kvk"):
            return {"naam": f"§$T.$P.{kvk}.-§"}
        case {"nummeraanduidingIdentificatie": str(id), "korteNaam": str()}:
            return {"korteNaam": f"§$T.-.{id}.-§"}
    return {}
