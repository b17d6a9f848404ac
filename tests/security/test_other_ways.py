"""The classes of bad input by every other way than as the text of a question over plain HTTP.

As a registered question by name and by hash, as a subscription in a stream of events and over a
WebSocket: the bounds and the codes are those of `tests.test_bad_input`, and no source is asked.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from gateway.configuration import Configuration
from gateway.question_file import Registration
from gateway.settings import Settings
from tests.app import Outdoors, Running, Setup, gateway_for, sandbox, token
from tests.edge.bad_input import (
    CANARY,
    CANARY_BSN,
    NOT_ASKABLE,
    NOT_JSON,
    NOT_READ,
    NOT_SHAPED,
    WITHOUT_INTROSPECTION,
    BadInput,
    body,
)
from tests.notices import ZAAK
from tests.security.soak.exchange import Exchange
from tests.subscribing import Served, served
from tests.test_bad_input import AGAINST_THE_SCHEMA, COSTLY

pytestmark = pytest.mark.anyio

GRAPHQL = "application/graphql-response+json"
EVENTS = "text/event-stream"


def _question(case: BadInput) -> tuple[str, Any]:
    sent = json.loads(case.content)
    return sent["query"], sent.get("variables", {})


DOCUMENTS = [*NOT_ASKABLE, *WITHOUT_INTROSPECTION, *AGAINST_THE_SCHEMA, COSTLY]
NAMED = {case.name: f"v-{at}" for at, case in enumerate(DOCUMENTS)}
EMPTY = {"B17 empty"}
"""A text that is none cannot be registered."""


def _registered() -> tuple[Registration, ...]:
    return tuple(
        Registration(
            NAMED[case.name], "test", ("test",), "test", text, None,
            frozenset({hashlib.sha256(text.encode()).hexdigest()}),
        )
        for case in DOCUMENTS
        if case.name not in EMPTY
        for text, _ in [_question(case)]
    )  # fmt: skip


@asynccontextmanager
async def registering(*, open_questions: bool) -> AsyncIterator[tuple[Running, Outdoors]]:
    """The application where all of these are registered, whatever is wrong with them."""
    outdoors = Outdoors(sandbox(), lambda _: None)
    gateway = gateway_for(Setup(), outdoors, Settings)
    tenant = gateway.configuration.tenants["0999"]
    purposes = {"test": replace(tenant.purposes["test"], open=open_questions)}
    made = replace(tenant, purposes=purposes)
    gateway.configuration = Configuration({"0999": made}, (), {"0999": _registered()})
    async with gateway.running():
        yield Running(None, outdoors, gateway, token()), outdoors  # type: ignore[arg-type]


async def asked(
    app: Running, content: bytes, accept: str = GRAPHQL, **headers: str
) -> tuple[int, str]:
    """Status and body, over ASGI."""
    given = {
        "authorization": f"Bearer {app.token}",
        "content-type": "application/json",
        "accept": accept,
        **headers,
    }
    reply = await Exchange("/graphql", given, content).with_(app.gateway.asgi)
    return reply.status, reply.content.decode()


def _mistakes(case: BadInput, status: int, text: str, expected: int) -> list[str]:
    found = json.loads(text)
    codes = {error["extensions"]["code"] for error in found.get("errors", ())}
    echoed = [each for each in (CANARY, CANARY_BSN, "Did you mean") if each in text]
    wrong = [
        status != expected and f"status {status}",
        codes != {case.code} and f"codes {sorted(codes)}",
        list(found) != ["errors"] and f"members {list(found)}",
        echoed and f"echoed {echoed}",
    ]
    return [f"{case.name}: {each}" for each in wrong if each]


@pytest.mark.parametrize("open_questions", [False, True])
@pytest.mark.parametrize("way", ["name", "hash in documentId", "hash of Apollo"])
async def test_a_registered_question(way: str, open_questions: bool) -> None:
    """Was refused when it was registered; if it is there nevertheless, every bound still holds."""
    wrong: list[str] = []
    async with registering(open_questions=open_questions) as (app, outdoors):
        for case in DOCUMENTS:
            if case.name in EMPTY:
                continue
            text, variables = _question(case)
            digest = hashlib.sha256(text.encode()).hexdigest()
            ways: Mapping[str, Mapping[str, Any]] = {
                "name": {"documentId": NAMED[case.name]},
                "hash in documentId": {"documentId": f"sha256:{digest}"},
                "hash of Apollo": {
                    "extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}
                },
            }
            content = json.dumps({**ways[way], "variables": variables}).encode()
            wrong += _mistakes(case, *await asked(app, content), case.status)

        assert outdoors.calls == []
    assert wrong == []


OVER_HTTP = [
    case
    for case in [*NOT_JSON, *NOT_READ, *NOT_SHAPED]
    if case.method == "POST" and not case.accept and not case.chunked and not case.suffix
]


@pytest.mark.parametrize("case", OVER_HTTP, ids=lambda case: case.name)
async def test_a_request_for_a_stream(case: BadInput) -> None:
    """What is wrong with a request is told by its status, before a stream begins."""
    async with registering(open_questions=True) as (app, outdoors):
        headers = {name.lower(): value for name, value in case.headers.items()}
        given = {"authorization": f"Bearer {app.token}", "accept": EVENTS, **headers}
        reply = await Exchange("/graphql", given, case.content).with_(app.gateway.asgi)

    assert _mistakes(case, reply.status, reply.content.decode(), case.status) == []
    assert outdoors.calls == []


_DEEP = "zaaktype{" * 11 + "uuid" + "}" * 11
_ZAAK = "zaakGewijzigd(uuid: $uuid)"
_FAN = "".join(f"fragment F{n} on Zaak{{...F{n + 1} ...F{n + 1}}}" for n in range(29))
SUBSCRIPTIONS: Mapping[str, tuple[str, Any, str]] = {
    "B15 two operations": (
        f"subscription A($uuid: Uuid!){{{_ZAAK}{{uuid}}}} subscription B{{__typename}}",
        {"uuid": ZAAK},
        "LIMIET",
    ),
    "B17 syntax": ("subscription{", {}, "SYNTAX"),
    "B18 characters": ("subscription{__typename}" + " " * 15_000, {}, "LIMIET"),
    "B18 tokens": ("subscription{" + f"{CANARY} " * 1_000 + "}", {}, "LIMIET"),
    "B19 depth": (f"subscription($uuid: Uuid!){{{_ZAAK}{{{_DEEP}}}}}", {"uuid": ZAAK}, "LIMIET"),
    "B20 aliases": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{" + " ".join(f"a{n}:uuid" for n in range(16)) + "}}",
        {"uuid": ZAAK},
        "LIMIET",
    ),
    "B21 root fields": (
        "subscription{" + " ".join(f"a{n}" for n in range(11)) + "}", {}, "LIMIET",
    ),
    "B21 two root fields": (
        f"subscription($uuid: Uuid!){{a: {_ZAAK}{{uuid}} b: {_ZAAK}{{uuid}}}}",
        {"uuid": ZAAK},
        "VALIDATIE",
    ),
    "B22 directives": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{"
        + " ".join("uuid@skip(if:true)@include(if:true)" for n in range(11)) + "}}",
        {"uuid": ZAAK},
        "LIMIET",
    ),
    "B22 unknown": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid @{CANARY}}}}}", {"uuid": ZAAK}, "VALIDATIE",
    ),
    "B23 circular": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{...A}}}} fragment A on Zaak{{...A}}",
        {"uuid": ZAAK},
        "VALIDATIE",
    ),
    "B24 fan-out": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{...F0}}}} {_FAN}fragment F29 on Zaak{{uuid}}",
        {"uuid": ZAAK},
        "LIMIET",
    ),
    "B25 introspection": ("subscription{__schema{types{name}}}", {}, "INTROSPECTIE_UIT"),
    "B25 one type": (f'subscription{{__type(name: "{CANARY}"){{name}}}}', {}, "INTROSPECTIE_UIT"),
    "B25 under another name": ("subscription{a: __schema{b: types{name}}}", {}, "INTROSPECTIE_UIT"),
    "B25 in a fragment": (
        "subscription{...A} fragment A on Subscription{__schema{types{name}}}",
        {},
        "INTROSPECTIE_UIT",
    ),
    "B26 unknown field": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{{CANARY}}}}}", {"uuid": ZAAK}, "VALIDATIE",
    ),
    "B26 nearly a field": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{omschrijvin}}}}", {"uuid": ZAAK}, "VALIDATIE",
    ),
    "B26 nearly a subscription": (
        "subscription($uuid: Uuid!){zaakGewijzig(uuid: $uuid){uuid}}", {"uuid": ZAAK}, "VALIDATIE",
    ),
    "B28 missing": (f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid}}}}", {}, "INVOER"),
    "B28 null": (f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid}}}}", {"uuid": None}, "INVOER"),
    "B28 a list": (f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid}}}}", {"uuid": [ZAAK]}, "INVOER"),
    "B28 extra": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid}}}}", {"uuid": ZAAK, "x": CANARY}, "INVOER",
    ),
    "B29 no uuid": (f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid}}}}", {"uuid": CANARY}, "INVOER"),
    "B30 a path": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid}}}}", {"uuid": f"../{ZAAK}"}, "INVOER",
    ),
    "B30 control": (
        f"subscription($uuid: Uuid!){{{_ZAAK}{{uuid}}}}", {"uuid": f"{ZAAK}\n"}, "INVOER",
    ),
    "a query": ("query($uuid: Uuid!){zaak(uuid: $uuid){uuid}}", {"uuid": ZAAK}, "GEEN_ABONNEMENT"),
    "a mutation": ("mutation{maak}", {}, "ALLEEN_LEZEN"),
}  # fmt: skip
"""By class a document, its variables and the code."""


def _told(name: str, errors: Any) -> list[str]:
    text = json.dumps(errors)
    codes = {error["extensions"]["code"] for error in errors}
    hints = (CANARY, "Did you mean", "bedoelde", 'omschrijving"', 'zaakGewijzigd"')
    wrong = [] if codes == {SUBSCRIPTIONS[name][2]} else [f"codes {sorted(codes)}"]
    return [f"{name}: {each}" for each in [*wrong, *(hint for hint in hints if hint in text)]]


async def test_a_subscription_in_a_stream() -> None:
    wrong: list[str] = []
    async with registering(open_questions=True) as (app, outdoors):
        for name, (text, variables, _) in SUBSCRIPTIONS.items():
            status, content = await asked(app, body(text, variables=variables), EVENTS)
            events = [line[6:] for line in content.splitlines() if line.startswith("data: {")]
            shown = [json.loads(each) for each in events]
            if status != 200 or [list(each) for each in shown] != [["errors"]]:
                wrong.append(f"{name}: {status} {content}")
            else:
                wrong += _told(name, shown[0]["errors"])

        assert outdoors.calls == []
    assert wrong == []


async def test_a_subscription_over_a_websocket() -> None:
    """The connection goes on after each, and says what is asked well."""
    wrong: list[str] = []
    async with served(Setup(settings={"introspection": False})) as app, app.joined() as client:
        for name, (text, variables, _) in SUBSCRIPTIONS.items():
            payload = {"query": text, "variables": variables}
            await client.send({"id": name, "type": "subscribe", "payload": payload})
            message = await client.next()
            if (message["id"], message["type"]) != (name, "error"):
                wrong.append(f"{name}: {message}")
            else:
                wrong += _told(name, message["payload"])
        calls = app.source.asked
        await client.follow()
        assert await client.text() == "eerste"

    assert (wrong, calls) == ([], 0)


@pytest.mark.parametrize(
    "message",
    [
        case.content.decode()
        for case in NOT_JSON
        if not case.name.startswith(("B2", "B3")) and case.content
    ],
    ids=[case.name for case in NOT_JSON if not case.name.startswith(("B2", "B3")) and case.content],
)
async def test_what_is_no_json_over_a_websocket(message: str) -> None:
    """Ends the connection; the process goes on, and no source is asked."""
    async with served() as app:
        async with app.joined() as client:
            await client.send(message)
            code, reason = await client.closed()
        await _still(app)

    assert code in (4400, 1009)
    assert CANARY not in reason


async def _still(app: Served) -> None:
    async with app.joined() as client:
        await client.follow()
        assert await client.text() == "eerste"
