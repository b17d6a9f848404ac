"""What a caller writes in a header reaches no source, but for the trace; nor does it log itself in.

A source hears what the municipality's file, the read and the gateway say, of whoever asks.
"""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

import pytest

from sandbox.showcase import BURGER_BSN
from tests.app import Running, Setup, running, token
from tests.security.soak.exchange import Exchange

pytestmark = pytest.mark.anyio

PERSON = "query($b: Bsn!){persoon(burgerservicenummer: $b){leeftijd}}"
ZAKEN = "{zaken(first: 1){edges{node{identificatie}}}}"
TRACE = "0af7651916cd43dd8448eb211c80319c"
HEARD = frozenset(
    {
        *("accept", "accept-encoding", "user-agent", "traceparent", "content-type"),
        *("content-length", "host", "x-doelbinding", "x-api-key", "authorization", "apikey"),
        *("accept-crs", "content-crs"),
    }
)
"""Every header that any source hears in these tests."""
INJECTED = (
    "baggage",
    "tracestate",
    "cookie",
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-real-ip",
    "x-original-url",
    "x-http-method-override",
    "x-audit",
    "x-doelbinding",
    "x-verwerking",
    "x-gebruiker",
    "x-request-application",
    "x-origin-oin",
    "x-api-key",
    "apikey",
    "proxy",
    "te",
    "range",
    "if-none-match",
    "accept-language",
    "accept-crs",
    "content-crs",
)
CANARY = "Kanariepietje"


async def heard(
    app: Running, query: str, variables: Mapping[str, Any], **headers: str
) -> list[Mapping[str, str]]:
    """The headers that sources hear when this is asked."""
    app.outdoors.calls.clear()
    given = {
        "authorization": f"Bearer {app.token}",
        "content-type": "application/json",
        "accept": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    body = json.dumps({"query": query, "variables": variables}).encode()
    reply = await Exchange("/graphql", given, body).with_(app.gateway.asgi)
    assert reply.status == 200, reply
    return [call.headers for call in app.outdoors.calls]


async def test_no_header_of_a_caller_goes_on() -> None:
    """Not under its own name, not under another, not in the place of ours."""
    kept = {"cache": {"memory_bytes": 0, "whole_bytes": 0}}
    async with running(Setup(settings=kept)) as app:
        for query, variables in ((PERSON, {"b": BURGER_BSN}), (ZAKEN, {})):
            plain = await heard(app, query, variables)
            for name in INJECTED:
                found = await heard(app, query, variables, **{name: CANARY})
                assert len(found) == len(plain) > 0
                for headers in found:
                    assert not headers.keys() - HEARD
                    assert CANARY not in str(headers)


@pytest.mark.parametrize(
    "traceparent",
    [
        f"00-{TRACE}-b7ad6b7169203331-01\r\nx-audit: {CANARY}",
        f"00-{TRACE}-b7ad6b7169203331-01\n",
        f" 00-{TRACE}-b7ad6b7169203331-01",
        f"00-{TRACE}-b7ad6b7169203331-01-{CANARY}",
        f"cc-{TRACE}-b7ad6b7169203331-01-{CANARY}",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        "00-" + "a" * 10_000,
        CANARY,
        "",
        "\u0660\u0660-" + TRACE + "-b7ad6b7169203331-01",
    ],
)
async def test_a_trace_that_is_none(traceparent: str) -> None:
    """Is replaced by one of ours, whole."""
    async with running(Setup()) as app:
        (headers,) = await heard(app, PERSON, {"b": BURGER_BSN}, traceparent=traceparent)

    assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", headers["traceparent"])
    assert CANARY not in str(headers)
    assert TRACE not in headers["traceparent"] or "0" * 16 in traceparent


async def test_a_trace_goes_on_under_a_span_of_ours() -> None:
    async with running(Setup()) as app:
        given = f"00-{TRACE}-b7ad6b7169203331-01"
        (headers,) = await heard(app, PERSON, {"b": BURGER_BSN}, traceparent=given)

    assert headers["traceparent"].startswith(f"00-{TRACE}-")
    assert headers["traceparent"] != given


@pytest.mark.parametrize(
    "name",
    [
        "J. d'Été-Österreich",
        "名前",
        'J", "user_id": "beheer',
        "J.",
        "a" * 200,
        "x=1; path=/",
        "J%0d%0aX: y",
    ],
)
async def test_the_name_of_who_asks_is_one_value(name: str) -> None:
    """In the token for a ZGW source, where it is JSON within base64, and nowhere else."""
    async with running(Setup(claims={"name": name, "sub": "u-17"})) as app:
        found = await heard(app, ZAKEN, {})

    for headers in found:
        payload = headers["authorization"].split(".")[1]
        claims = json.loads(urlsafe_b64decode(payload + "=="))
        assert (claims["user_id"], claims["user_representation"]) == ("u-17", name)
        assert not headers.keys() - HEARD
        assert (
            name not in str({k: v for k, v in headers.items() if k != "authorization"})
            or len(name) < 3
        )


@pytest.mark.parametrize("sub", ["u\r\nx-audit: y", "u\x00", "u\x1b[31m", "u\u202e", "u\n"])
async def test_a_name_that_is_no_line_is_nobody(sub: str) -> None:
    """The token is refused, so no source hears it."""
    async with running(Setup(claims={"sub": sub})) as app:
        answer = await app.ask(ZAKEN)

    assert (answer.status_code, app.outdoors.calls) == (401, [])
    assert answer.json()["errors"][0]["extensions"]["code"] == "NIET_AANGEMELD"


@pytest.mark.parametrize(
    "chosen",
    [
        "test\r\nx-audit: y",
        "test\0",
        "TEST",
        "../test",
        "test;q=1",
        "test, test",
        "%74est",
        "a" * 5_000,
    ],
)
async def test_a_doelbinding_that_is_none(chosen: str) -> None:
    """Names no purpose and adds no header."""
    async with running(Setup()) as app:
        given = {
            "authorization": f"Bearer {token()}",
            "content-type": "application/json",
            "accept": "application/json",
            "bronpoort-doelbinding": chosen,
        }
        body = json.dumps({"query": ZAKEN}).encode()
        reply = await Exchange("/graphql", given, body).with_(app.gateway.asgi)

    assert (reply.status, app.outdoors.calls) == (403, [])
    assert json.loads(reply.content)["errors"][0]["extensions"]["code"] == "NIET_GEAUTORISEERD"
    assert chosen not in reply.content.decode()
