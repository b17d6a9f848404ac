"""The real application for tests: one municipality, an issuer of its own, a faked world outside.

What is faked is the transport under httpx and nothing nearer. Behind it stand the sandbox's
registries, unless a test answers a call itself.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.types import ASGIApp

from gateway.app import Gateway, Outside, published
from gateway.auth.demo import PERSONAS, whose_numbers
from gateway.auth.issuer import Issuer
from gateway.auth.jwks import FixedKeys
from gateway.auth.keys import read_jwks
from gateway.configuration import Configuration
from gateway.demo import WHOSE, demo_objecttypes, demo_tenants
from gateway.settings import DemoSettings, ProcessingSettings, Settings
from gateway.source.settings import DecisionSettings, SourceSettings
from gateway.source.surroundings import Surroundings
from gateway.tenants import CallerKind, Dienst, Purpose, Tenant, expanded
from sandbox.cases import Cases, build_cases
from sandbox.second_system import BASE, KINDS, SYSTEM
from sandbox.server import sandbox_app
from sandbox.showcase import BURGER_BSN
from sandbox.world import World, build_world
from schema.language.facts import Facts

HOST = "https://bronnen.test"
PATHS = {
    "bag": "/bag",
    "brp": "/brp",
    "brp-bewoning": "/brp-bewoning",
    "brp-historie": "/brp-historie",
    "brp-reisdocumenten": "/brp-reisdocumenten",
    "brk": "/brk",
    "kvk": "/kvk",
    "woz": "/woz",
    "zaken": "/zaken/api/v1",
    "catalogi": "/catalogi/api/v1",
    "documenten": "/documenten/api/v1",
    "besluiten": "/besluiten/api/v1",
    "klant": "/klantinteracties/api/v1",
    "objecten": "/objecten/api/v2",
    "objecttypen": "/objecttypen/api/v2",
    "producten": "/producten/api/v1",
    "producttypen": "/producttypen/api/v1",
    "notificaties": "/notificaties/api/v1",
    "pdok": "/pdok",
}
SECOND = {f"{name}-{SYSTEM}": f"{BASE}{PATHS[name]}" for name in KINDS}
"""The sources of a municipality that has a second system of its own beside the first."""
EVERYWHERE = {**PATHS, **SECOND}
BRP = ("brp", "brp-bewoning", "brp-historie", "brp-reisdocumenten")
NAME = "https://uitgever.test"
AUDIENCE = "https://bronpoort.test"
NOW = time.time()
"""One moment for the whole run: the sandbox refuses tokens that are not of this hour."""
ENVIRONMENT = {
    "BAG": "sandbox-bag",
    "BRP": "sandbox-brp",
    "BRK": "sandbox-brk",
    "KVK": "sandbox-kvk",
    "WOZ": "sandbox-woz",
    "ZGW": "sandbox-geheim-dat-lang-genoeg-is-32",
    "KLANT": "sandbox-klant",
    "OBJECTEN": "sandbox-objecten",
    "OBJECTTYPEN": "sandbox-objecttypen",
    "PRODUCTEN": "sandbox-producten",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request that reached the world outside."""

    source: str
    method: str
    path: str
    params: tuple[tuple[str, str], ...]
    body: Any
    headers: Mapping[str, str]

    @property
    def line(self) -> str:
        """As a scenario writes it: `brp POST personen`."""
        return f"{self.source} {self.method} {self.path}".rstrip()


Answering = Callable[[Call], httpx.Response | None]


class Outdoors(httpx.AsyncBaseTransport):
    """The world outside: notes each call, lets the sandbox answer what `answering` does not."""

    def __init__(self, sandbox: ASGIApp, answering: Answering) -> None:
        self._sandbox = httpx.ASGITransport(sandbox)
        self._answering = answering
        self.calls: list[Call] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one call; never at once, for no network does."""
        call = _call(request, await request.aread())
        await asyncio.sleep(0)
        self.calls.append(call)
        answer = self._answering(call)
        if answer is None:
            answer = await self._sandbox.handle_async_request(request)
        return await self.given(call, answer)

    async def given(self, call: Call, answer: httpx.Response) -> httpx.Response:
        """What is sent back of an answer: all of it, unless a test's own world says otherwise."""
        return answer


def _call(request: httpx.Request, content: bytes) -> Call:
    path = request.url.path
    source = next((name for name, base in EVERYWHERE.items() if path.startswith(f"{base}/")), "?")
    base = EVERYWHERE.get(source, "")
    query = parse_qsl(request.url.query.decode(), keep_blank_values=True)
    return Call(
        source,
        request.method,
        request.url.raw_path.decode().partition("?")[0].removeprefix(base).lstrip("/"),
        tuple(query),
        json.loads(content) if content else None,
        dict(request.headers),
    )


@cache
def facts() -> Facts:
    """What the demo publishes: all registries, with its types of objects."""
    return published(demo_objecttypes())


@cache
def sandbox() -> ASGIApp:
    """The sandbox's registries; built once, since nothing changes them."""
    return sandbox_app(world(), cases())


@cache
def world() -> World:
    """The municipality of the sandbox."""
    return build_world()


@cache
def cases() -> Cases:
    """Its zaken."""
    return build_cases(world(), citizen=BURGER_BSN)


@dataclass(slots=True)
class Setup:
    """What one test needs of the municipality and the caller."""

    labels: Sequence[str] = ("*",)
    own_bsn: str | None = None
    purposes: Sequence[Purpose] = ()
    """Beside the one that is called `test`."""
    diensten: Mapping[str, Dienst] = field(default_factory=dict)
    dialect: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sources: Sequence[str] = tuple(PATHS)
    settings: Mapping[str, Any] = field(default_factory=dict)
    answering: Answering = field(default=lambda call: None)
    sandbox: ASGIApp | None = None
    source_settings: Mapping[str, Any] = field(default_factory=dict)
    now: Callable[[], float] = lambda: NOW
    tenant: Tenant | None = None
    """A whole municipality, instead of one of these labels, dialects and sources."""
    claims: Mapping[str, Any] = field(default_factory=dict)
    decision_point: Mapping[str, Any] | None = None
    """The table `[beslispunt]` of the municipality's file."""


@dataclass(slots=True)
class Running:
    """The application, a caller's token, and what was asked outside."""

    client: httpx.AsyncClient
    outdoors: Outdoors
    gateway: Gateway
    token: str

    async def ask(
        self, query: str, variables: Mapping[str, Any] | None = None, **extensions: bool
    ) -> httpx.Response:
        """Ask over HTTP, as a front end does."""
        return await self.client.post(
            "/graphql",
            json={"query": query, "variables": variables or {}, "extensions": extensions},
            headers={
                "authorization": f"Bearer {self.token}",
                "accept": "application/graphql-response+json",
            },
        )


@asynccontextmanager
async def running(setup: Setup) -> AsyncIterator[Running]:
    """The real application for one test, over ASGI."""
    outdoors = Outdoors(setup.sandbox or sandbox(), setup.answering)
    gateway = gateway_for(setup, outdoors)
    async with gateway.running() as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bronpoort.test") as made:
            yield Running(made, outdoors, gateway, token(setup.own_bsn, **setup.claims))


def as_persona(code: str, answering: Answering = lambda call: None) -> Setup:
    """A persona of the demo, at the demo's municipality: real labels, headers and dialects."""
    (tenant,) = demo_tenants(HOST)
    persona = next(each for each in PERSONAS if each.code == code)
    claims = {
        "doelbinding": persona.purpose,
        "soort": persona.kind.value,
        **persona.claims,
        **whose_numbers(persona.kind, WHOSE),
    }
    return Setup(answering=answering, tenant=tenant, claims=claims)


def gateway_for(
    setup: Setup, outdoors: Outdoors, settings: type[Settings] = DemoSettings
) -> Gateway:
    """The gateway over a faked world."""
    purposes = {each.code: each for each in (_purpose(setup), *setup.purposes)}
    tenant = setup.tenant or Tenant(
        "0999",
        "Testgemeente",
        "0" * 20,
        _sources(setup),
        purposes,
        setup.diensten,
        decision_point=_decision_point(setup),
    )
    account = {} if settings.practises else {"processing": processing()}
    return Gateway(
        settings(**{"explorer": False, **account, **setup.settings}),
        Configuration({"0999": tenant}, ()),
        facts(),
        Outside(transport=lambda _: outdoors, surroundings=Surroundings(now=setup.now)),
        own_issuers=[_issuer()],
    )


def processing(**changes: Any) -> ProcessingSettings:
    """Where what is done with personal data is written down, in this test run or as changed."""
    directory = Path(_directory().name)
    chosen = {
        "directory": directory / "spool",
        "audit": directory / "audit.jsonl",
        "keys": f"2026:{'A' * 43}=",
        "index_key": "een geheim dat lang genoeg is voor een index",
        **changes,
    }
    return ProcessingSettings.model_validate(chosen)


@cache
def _directory() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bronpoort-test-")


def _sources(setup: Setup) -> dict[str, SourceSettings]:
    zgw = {"soort": "zgw-jwt", "client_id": "bronpoort", "secret": "env:ZGW"}
    credentials = {
        "bag": {"soort": "api-key", "header": "X-Api-Key", "waarde": "env:BAG"},
        **{name: {"soort": "api-key", "header": "X-API-KEY", "waarde": "env:BRP"} for name in BRP},
        "brk": {"soort": "api-key", "header": "X-Api-Key", "waarde": "env:BRK"},
        "kvk": {"soort": "api-key", "header": "apikey", "waarde": "env:KVK"},
        "woz": {"soort": "api-key", "header": "X-Api-Key", "waarde": "env:WOZ"},
        "zaken": zgw,
        "catalogi": zgw,
        "documenten": zgw,
        "besluiten": zgw,
        "notificaties": zgw,
        "klant": {"soort": "token", "waarde": "env:KLANT"},
        "objecten": {"soort": "token", "waarde": "env:OBJECTEN"},
        "objecttypen": {"soort": "token", "waarde": "env:OBJECTTYPEN"},
        "producten": {"soort": "token", "waarde": "env:PRODUCTEN"},
        "producttypen": {"soort": "token", "waarde": "env:PRODUCTEN"},
        "pdok": {"soort": "geen"},
    }
    return {
        name: SourceSettings.model_validate(
            {
                "address": f"{HOST}{EVERYWHERE[name]}",
                "credentials": credentials[name.removesuffix(f"-{SYSTEM}")],
                "dialect": dict(setup.dialect.get(name, {})),
                **setup.source_settings,
            },
            context={"environment": ENVIRONMENT},
        )
        for name in setup.sources
    }


def _decision_point(setup: Setup) -> DecisionSettings | None:
    chosen, context = setup.decision_point, {"environment": ENVIRONMENT}
    return None if chosen is None else DecisionSettings.model_validate(chosen, context=context)


def _purpose(setup: Setup) -> Purpose:
    known = facts().labels
    labels = known if "*" in setup.labels else _expanded(setup.labels, known)
    headers = {name: {"x-doelbinding": "TEST"} for name in BRP}
    kinds: frozenset[CallerKind] = frozenset({"medewerker", "burger", "bedrijf", "gemachtigde"})
    return Purpose("test", "Toetsen.", labels, kinds, headers, open=True)


def _expanded(labels: Sequence[str], known: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    for label in labels:
        assert expanded(label, known), f"no such label: {label}"
        found |= expanded(label, known)
    return frozenset(found)


@cache
def _key() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)


def _issuer() -> Issuer:
    ring = read_jwks(json.dumps({"keys": [_key().as_dict(private=False)]}).encode(), "ES256")
    return Issuer(NAME, AUDIENCE, "ES256", frozenset({"0999"}), FixedKeys(ring))


def token(own_bsn: str | None = None, **changes: Any) -> str:
    """A good token of an employee, or of the citizen with this BSN."""
    claims = {
        "iss": NAME,
        "aud": AUDIENCE,
        "sub": "u-17",
        "name": "T. Toetser",
        "gemeente": "0999",
        "doelbinding": "test",
        "soort": "burger" if own_bsn else "medewerker",
        "azp": "test",
        "jti": "1",
        "iat": int(NOW),
        "exp": int(NOW) + 600,
        **({"bsn": own_bsn} if own_bsn else {}),
        **changes,
    }
    return jwt.encode({"alg": "ES256", "kid": _key().kid, "typ": "at+jwt"}, claims, _key())
