"""Asks every source of every tenant one harmless question (process): `bronpoort check`."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.configuration import Configuration
from gateway.source.credentials import EndUser
from gateway.source.errors import SourceError
from gateway.source.ledger import Ledger
from gateway.source.source import Occasion, Source
from gateway.source.upstreams import Upstreams
from gateway.tenants import Tenant
from resolvers import REGISTRIES

USER = EndUser("bronpoort-check", "Bronpoort controle")
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one source turned out to be, in one Dutch sentence."""

    tenant: str
    source: str
    good: bool
    text: str

    def line(self) -> str:
        """As the command prints it."""
        return f"{self.tenant} {self.source}: {'goed' if self.good else 'FOUT'}: {self.text}"


async def check_sources(
    configuration: Configuration, upstreams: Upstreams | None = None
) -> list[Finding]:
    """The findings of all sources, one after another: this is no load test."""
    known = upstreams or Upstreams()
    try:
        return [
            finding
            for tenant in configuration.tenants.values()
            for name in tenant.sources
            for finding in await _check(tenant, name, known)
        ]
    finally:
        await known.aclose()


async def _check(tenant: Tenant, name: str, upstreams: Upstreams) -> Sequence[Finding]:
    """Every purpose may send other headers, so one that has them is used."""
    headers = [purpose.headers.get(name) for purpose in tenant.purposes.values()]
    chosen = next((found for found in headers if found), None)
    deadline = upstreams.surroundings.clock() + SECONDS
    occasion = Occasion(deadline, Ledger(), USER)
    source = upstreams.source(tenant.code, name, tenant.sources[name], occasion, chosen)
    probes = {key: probe for registry in REGISTRIES for key, probe in registry.probes.items()}
    try:
        remarks = await probes[name](source)
    except SourceError as error:
        return [Finding(tenant.code, name, False, _explained(error, source))]
    wrong = [Finding(tenant.code, name, False, text) for text in remarks]
    return wrong or [Finding(tenant.code, name, True, "bereikbaar, aangemeld, dialect klopt")]


def _explained(error: SourceError, source: Source) -> str:
    status = getattr(error, "status", None)
    if status in (401, 403):
        return f"weigert onze inloggegevens (status {status}); zie `credentials` en `headers`"
    if status is not None:
        return f"antwoordt onverwacht (status {status}, {error.detail or error.code})"
    return f"{error.message} ({error.detail or error.code})"
