"""The demo (process): the sandbox's registries, the gateway in front of them, and personas.

A composition root beside `gateway.app`, and the only maker of the demo's issuer.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import typer

from gateway.abonneren import Work, subscribe
from gateway.app import (
    Explorer,
    Gateway,
    Outside,
    known_dialects,
    known_inzage,
    known_sources,
    published,
    several_sources,
)
from gateway.auth.demo import LIFETIME, PERSONAS, DemoIssuer, Whose
from gateway.configuration import Configuration
from gateway.edge.explorer import Pass, Voorbeeld
from gateway.observe.log import configure_logging
from gateway.operation.identity import Identity
from gateway.sandbox_process import Sandbox
from gateway.serving import serve
from gateway.settings import DemoSettings, read_settings
from gateway.source.settings import SourceSettings
from gateway.tenants import Tenant, load_tenants
from resolvers.objecten.definitions import load_objecttypes
from sandbox.access import DEFAULT, SECRETS
from sandbox.examples import examples
from sandbox.showcase import BAKKERIJ_KVK, BAKKERIJ_RSIN, BURGER_BSN, GRANDMOTHER_BSN
from schema.objecten import Objecttype

WHOSE = Whose(
    burger=Identity(bsn=BURGER_BSN),
    bedrijf=Identity(kvk_nummer=BAKKERIJ_KVK, rsin=BAKKERIJ_RSIN),
    vertegenwoordigde=Identity(bsn=GRANDMOTHER_BSN),
)
DIRECTORY = Path(__file__).parent.parent / "sandbox" / "gemeente"
SHOWN_AT_START = "Klantcontacten"
"""The example that a terminal shows: one that fits there, over two registries."""


def run_demo(environment: Mapping[str, str], sandbox: Sandbox) -> None:
    """Serve the demo over this sandbox until a signal."""
    settings = read_settings(environment, DemoSettings)
    configure_logging(json=settings.log_format == "json", level=settings.log_level.upper())
    gateway = demo_gateway(settings, sandbox.address)
    sandbox.wait()

    async def started(_addresses: Sequence[str]) -> None:
        here = f"http://127.0.0.1:{settings.port}"
        await subscribe(gateway.configuration, Work.REGISTER, here)
        typer.echo(_welcome(settings, sandbox.address))

    serve(gateway.asgi, settings, gateway.readiness, started, gateway.goodbye)


def demo_gateway(settings: DemoSettings, sandbox: str, outside: Outside | None = None) -> Gateway:
    """The gateway over a sandbox at this address, with the demo's personas and examples."""
    issuer = DemoIssuer(WHOSE)

    def issue(code: str) -> Pass:
        now = time.time()
        return Pass(issuer.token(code, now), int(now) + LIFETIME)

    tenants = {tenant.code: tenant for tenant in demo_tenants(sandbox)}
    shown = [Voorbeeld(**asdict(each)) for each in examples()]
    title = ", ".join(tenant.naam for tenant in tenants.values())
    return Gateway(
        settings,
        Configuration(tenants, ()),
        published(demo_objecttypes()),
        outside or Outside(),
        own_issuers=[issuer.issuer()],
        explorer=Explorer(shown, issuer.personas(), issue, title),
    )


@cache
def demo_objecttypes() -> tuple[Objecttype, ...]:
    """The types of objects that the demo's municipality publishes."""
    return load_objecttypes(DIRECTORY)


def demo_tenants(sandbox: str) -> Iterator[Tenant]:
    """The demo's municipalities, their sources at this sandbox."""
    objecttypes = demo_objecttypes()
    labels, dialects = published(objecttypes).labels, known_dialects(objecttypes)
    tenants = load_tenants(
        DIRECTORY,
        labels,
        known_sources(),
        dialects,
        SECRETS,
        several_sources(),
        known_inzage(),
    )
    for tenant in tenants.values():
        sources = {name: _moved(each, sandbox) for name, each in tenant.sources.items()}
        yield replace(tenant, sources=sources)


def _moved(source: SourceSettings, sandbox: str) -> SourceSettings:
    address = source.address.replace(DEFAULT, sandbox, 1)
    return source.model_copy(update={"address": address})


def _welcome(settings: DemoSettings, sandbox: str) -> str:
    here = f"http://localhost:{settings.port}"
    example = next(each for each in examples() if each.naam == SHOWN_AT_START)
    persona = next(each.naam for each in PERSONAS if each.code == example.persona)
    return f"""
Bronpoort draait.

  Verkenner (GraphiQL)   {here}/graphiql/
  GraphQL                {here}/graphql
  Oefenregisters         {sandbox}

Plak dit in de verkenner, als "{persona}":

{_indented(example.query)}

en dit bij de variabelen:

{_indented(_json(example.variabelen))}

Of vraag het zonder verkenner:

{_indented(_curl(settings.port))}

Stoppen: Ctrl-C.
"""


def _curl(port: int) -> str:
    """How to ask without the explorer: the commands that the README shows."""
    here, body = f"localhost:{port}", "-H 'Content-Type: application/json'"
    read = """python3 -c 'import json,sys; print(json.load(sys.stdin)["token"])'"""
    question = """'{"query":"{ zaken(first: 1) { totalCount } }"}'"""
    return f"""
TOKEN=$(curl -s {here}/graphiql/token {body} \\
  -d '{{"persona":"kcc"}}' | {read})
curl -s {here}/graphql {body} \\
  -H "Authorization: Bearer $TOKEN" -d {question}
"""


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines())


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
