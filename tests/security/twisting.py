"""The scenarios, asked of sources whose answers a test twists: what then leaves the gateway.

For whoever tests against hostile sources. The question, the municipality and the caller are a
scenario's; nothing is kept, so that every time it is asked all of it is asked outside.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import httpx

from sandbox.second_system import SYSTEM
from tests.app import (
    BRP,
    ENVIRONMENT,
    EVERYWHERE,
    HOST,
    Answering,
    Call,
    Outdoors,
    Running,
    gateway_for,
    token,
)
from tests.app import sandbox as usual_sandbox
from tests.scenarios.scenario import Scenario
from tests.scenarios.test_scenarios import asked, setup_of

Place = tuple[str, ...]
"""Where a value stands: the source, the resource, and the names down to it, `*` for any index."""
Twist = Callable[[Call, httpx.Response], httpx.Response]
NOTHING_KEPT = {"cache": {"memory_bytes": 0, "whole_bytes": 0}}
_SECRET_OF = {
    **dict.fromkeys(BRP, "BRP"),
    **{name: name.upper() for name in ("bag", "brk", "kvk", "woz", "klant", "objecten")},
    **dict.fromkeys(("zaken", "catalogi", "documenten", "besluiten", "notificaties"), "ZGW"),
    **dict.fromkeys(("producten", "producttypen"), "PRODUCTEN"),
    "objecttypen": "OBJECTTYPEN",
}
KNOWN_CODES = frozenset(
    {
        *("BRON_FOUT", "BRON_ONBEREIKBAAR", "BRON_TIMEOUT", "QUOTA", "LIMIET", "NIET_GEVONDEN"),
        *("INVOER", "CONFIGURATIE", "NIET_GEAUTORISEERD", "BUITEN_GEBIED"),
    }
)
"""What may stand in an answer because of a source."""
TRICKS = ("..", "//", "\\", "\r", "\n", "\0")
"""What no path of ours has, however often it is decoded."""


class Twisted(Outdoors):
    """The world outside, where `twist` has the last word on every answer."""

    def __init__(self, sandbox: Any, answering: Answering) -> None:
        super().__init__(sandbox, answering)
        self.twist: Twist | None = None
        self.requests: list[httpx.Request] = []
        self.answers: list[tuple[Call, Any]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Notes the request as it came, and answers it."""
        self.requests.append(request)
        return await super().handle_async_request(request)

    async def given(self, call: Call, answer: httpx.Response) -> httpx.Response:
        """The answer as it is twisted."""
        await answer.aread()
        if "json" in answer.headers.get("content-type", ""):
            self.answers.append((call, json.loads(answer.content)))
        return self.twist(call, answer) if self.twist is not None else answer

    def forget(self) -> None:
        """What was asked until now."""
        self.calls.clear()
        self.requests.clear()
        self.answers.clear()


@dataclass(slots=True)
class Asking:
    """A scenario that can be asked again and again, each time with another twist."""

    scenario: Scenario
    app: Running
    outdoors: Twisted
    answers: list[tuple[Call, Any]] = field(default_factory=list)
    """What the sources answer untwisted."""
    usual: frozenset[tuple[str, str]] = frozenset()
    """What is asked of them then: method and path, without parameters."""

    async def plainly(self) -> None:
        """Asks once without a twist, and notes what that takes."""
        await self.twisted(None)
        self.answers = list(self.outdoors.answers)
        self.usual = frozenset(map(_way, self.outdoors.requests))

    async def twisted(self, twist: Twist | None) -> httpx.Response:
        """What the caller gets when the sources answer so."""
        self.outdoors.forget()
        self.outdoors.twist = twist
        return await asked(self.app, self.scenario)

    def afresh(self) -> None:
        """As if no source had failed until now."""
        self.app.gateway.replace(self.app.gateway.configuration)

    def astray(self, written: str = "") -> list[str]:
        """What left for where it should not, the last time: only what is known without a twist may
        be asked, or what stands in what was `written`, with the credentials of its own source only.
        """
        wrong = [f"asked: {r.method} {r.url}" for r in self.outdoors.requests if is_foreign(r)]
        usual = [json.dumps(answer) for _, answer in self.answers]
        known = "\n".join([written, *usual, *map(str, self.usual)])
        new = frozenset(map(_way, self.outdoors.requests)) - self.usual
        new = frozenset(each for each in new if each[1].rpartition("/")[2] not in known)
        told = [f"told {call.source}" for call in self.outdoors.calls if _tells_too_much(call)]
        return wrong + [f"not asked before: {each}" for each in new] + told

    def left_out(self) -> frozenset[tuple[str, str]]:
        """What is asked untwisted, and was not the last time."""
        return self.usual - frozenset(map(_way, self.outdoors.requests))

    def misanswered(self, answer: httpx.Response, *secrets: str) -> list[str]:
        """What is wrong with an answer: it is GraphQL with known codes, and none of its errors
        holds one of these texts.
        """
        if answer.status_code != 200:
            return [f"status {answer.status_code}: {answer.text[:200]}"]
        body = answer.json()
        errors = body.get("errors", [])
        codes = {error["extensions"]["code"] for error in errors}
        told = [each for each in secrets if each in json.dumps(errors)]
        return (
            ([] if "data" in body else ["no data"])
            + [f"code: {code}" for code in codes - KNOWN_CODES]
            + [f"told in an error: {each}" for each in told]
        )


@asynccontextmanager
async def asking(scenario: Scenario) -> AsyncIterator[Asking]:
    """The application over twisted sources, with this scenario's caller."""
    setup = setup_of(scenario)
    setup.settings = {**setup.settings, **NOTHING_KEPT}
    outdoors = Twisted(setup.sandbox or usual_sandbox(), setup.answering)
    gateway = gateway_for(setup, outdoors)
    async with gateway.running() as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bronpoort.test") as made:
            bearer = token(setup.own_bsn, **setup.claims)
            ready = Asking(scenario, Running(made, outdoors, gateway, bearer), outdoors)
            await ready.plainly()
            yield ready


def places(call: Call, value: Any) -> Iterator[tuple[Place, Any]]:
    """Every value in an answer, with where it stands; the whole first."""
    yield from _below((call.source, resource(call)), value)


def _below(place: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    yield place, value
    match value:
        case dict():
            for name, each in value.items():
                yield from _below((*place, name), each)
        case list():
            for each in value:
                yield from _below((*place, "*"), each)


def replaced(call: Call, value: Any, at: Place, change: Callable[[Any], Any]) -> Any:
    """The answer with every value at this place changed."""
    return _replaced((call.source, resource(call)), value, at, change)


def _replaced(place: Place, value: Any, at: Place, change: Callable[[Any], Any]) -> Any:
    if place == at:
        return change(value)
    if at[: len(place)] != place:
        return value
    match value:
        case dict():
            return {
                name: _replaced((*place, name), each, at, change) for name, each in value.items()
            }
        case list():
            return [_replaced((*place, "*"), each, at, change) for each in value]
    return value


def resource(call: Call) -> str:
    """What is asked of the source: the first segment of its path."""
    return call.path.partition("/")[0]


def answered(original: httpx.Response, value: Any) -> httpx.Response:
    """The same answer with another value in it."""
    kind = original.headers.get("content-type", "application/json")
    headers = {"content-type": kind}
    return httpx.Response(original.status_code, content=json.dumps(value), headers=headers)


def _way(request: httpx.Request) -> tuple[str, str]:
    return request.method, request.url.raw_path.decode().partition("?")[0]


def is_foreign(request: httpx.Request) -> bool:
    """Whether a request goes elsewhere than under the base of a source, or by a trick."""
    url = request.url
    path = url.raw_path.decode().partition("?")[0]
    plain = unquote(unquote(unquote(path)))
    return (
        f"{url.scheme}://{url.netloc.decode()}" != HOST
        or bool(url.userinfo)
        or not any(path.startswith(f"{base}/") for base in EVERYWHERE.values())
        or any(trick in plain for trick in TRICKS)
    )


def _tells_too_much(call: Call) -> bool:
    """Whether a secret of another source is in it."""
    own = ENVIRONMENT.get(_SECRET_OF.get(call.source.removesuffix(f"-{SYSTEM}"), ""))
    return any(
        secret != own and secret in value
        for secret in ENVIRONMENT.values()
        for name, value in call.headers.items()
    )
