"""Every bad token, at the real application, in every place where a token is shown.

What is wrong with each is in `tests.auth.test_tokens`; here is what comes of it: the same refusal
for all, whichever it is, and no source is asked.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from gateway.configuration import Configuration
from gateway.tenants import CallerKind
from tests.app import Outdoors, Running, Setup, gateway_for, sandbox
from tests.auth.signing import NOW, bearer, claims, issuers
from tests.auth.test_tokens import BAD
from tests.security.soak.exchange import Exchange

pytestmark = pytest.mark.anyio

MOST = 16_000
"""Bytes of headers: what is larger is refused before it is looked at."""
KINDS: Mapping[str, frozenset[CallerKind]] = {
    "klantcontact": frozenset({"medewerker", "systeem"}),
    "toezicht": frozenset({"medewerker", "systeem"}),
    "belastingen": frozenset({"medewerker"}),
    "mijn-gegevens": frozenset({"burger"}),
    "mijn-bedrijf": frozenset({"bedrijf"}),
    "namens": frozenset({"gemachtigde"}),
}
"""The purposes of which those tokens speak, and who may have them."""
PLACES = {
    "a question": ("/graphql", "application/graphql-response+json"),
    "a stream": ("/graphql", "text/event-stream"),
    "a document": ("/documenten/eenofandertoken", "*/*"),
}


@asynccontextmanager
async def believing() -> AsyncIterator[Running]:
    """The application with issuers that could have made those tokens."""
    outdoors = Outdoors(sandbox(), lambda _: None)
    gateway = gateway_for(Setup(now=lambda: NOW), outdoors)
    gateway.own_issuers = issuers()
    tenant = gateway.configuration.tenants["0999"]
    (known,) = tenant.purposes.values()
    purposes = {code: replace(known, code=code, kinds=kinds) for code, kinds in KINDS.items()}
    roles = frozenset({"heffer", "invorderaar"})
    purposes["belastingen"] = replace(purposes["belastingen"], rollen=roles)
    other = replace(tenant, code="0998", purposes={"klantcontact": purposes["klantcontact"]})
    known_tenants = {"0999": replace(tenant, purposes=purposes), "0998": other}
    gateway.configuration = Configuration(known_tenants, ())
    async with gateway.running() as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bronpoort.test") as made:
            yield Running(made, outdoors, gateway, "")


async def shown(app: Running, authorization: str | None, place: str) -> tuple[int, str]:
    """Status and body for whoever shows this, asking something."""
    path, accept = PLACES[place]
    headers = {"accept": accept, "content-type": "application/json"}
    if authorization is not None:
        headers["authorization"] = authorization
    method = "GET" if path.startswith("/documenten") else "POST"
    exchange = Exchange(path, headers, b'{"query":"{__typename}"}', method=method)
    reply = await exchange.with_(app.gateway.asgi)
    return reply.status, reply.content.decode()


@pytest.mark.parametrize("place", PLACES)
async def test_a_bad_token_asks_nothing(place: str) -> None:
    """All are refused alike: who has none hears what who has a wrong one hears."""
    wrong: list[str] = []
    async with believing() as app:
        expected = {
            "": await shown(app, None, place),
            "large": await shown(app, "x" * 17_000, place),
        }
        for name, (header, _) in BAD.items():
            found = await shown(app, header, place)
            if found != expected["large" if len(header or "") > MOST else ""]:
                wrong.append(f"{name}: {found}")
        good = await shown(app, bearer(claims()), place)

        assert app.outdoors.calls == []
    assert wrong == []
    assert [status for status, _ in expected.values()] == [401, 431]
    assert good[0] == (404 if place == "a document" else 200)
