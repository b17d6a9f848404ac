"""Asks every source of every tenant one harmless question (process): `bronpoort check`."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.configuration import Configuration
from gateway.source.credentials import EndUser
from gateway.source.errors import (
    SourceError,
    SourceFault,
    SourceQuota,
    SourceTimeout,
    SourceUnreachable,
)
from gateway.source.ledger import Ledger
from gateway.source.settings import SourceSettings
from gateway.source.source import Occasion
from gateway.source.upstreams import Upstreams
from gateway.tenants import Tenant
from resolvers import REGISTRIES

USER = EndUser("bronpoort-check", "Bronpoort controle")
SECONDS = 10.0
TOKEN_ENDPOINT = "token endpoint: "  # noqa: S105  # how such a detail begins


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
        return [Finding(tenant.code, name, False, _explained(error, tenant.sources[name]))]
    wrong = [Finding(tenant.code, name, False, text) for text in remarks]
    return wrong or [Finding(tenant.code, name, True, "bereikbaar, aangemeld, dialect klopt")]


def _explained(error: SourceError, settings: SourceSettings) -> str:
    """What an operator can look at. A source's own machine code is shown, never its text."""
    if error.detail.startswith(TOKEN_ENDPOINT):
        what = error.detail.removeprefix(TOKEN_ENDPOINT)
        return f"krijgt geen token om zich aan te melden ({what}); kijk `credentials` na"
    match error:
        case SourceFault(status=401 | 403 as status, problem=problem):
            code = f", {problem}" if problem else ""
            return f"weigert ons (status {status}{code}); kijk `credentials` en `headers` na"
        case SourceFault(status=404):
            return "op dit adres staat geen API (status 404 en geen JSON); kijk `address` na"
        case SourceFault(status=status, detail="content type"):
            return (
                f"antwoordt met iets anders dan JSON (status {status}); kijk `address` na, "
                "en of er een aanmeldpagina of proxy voor staat"
            )
        case SourceFault(detail="unreadable json"):
            return "antwoordt met JSON die niet te lezen is"
        case SourceFault(status=int(status), problem=problem):
            return f"antwoordt onverwacht (status {status}, {problem or error.detail})"
        case SourceUnreachable():
            return (
                f"niet bereikbaar ({error.detail}); kijk `address` en `tls` na, "
                "en of het netwerk de verbinding toelaat"
            )
        case SourceTimeout():
            return f"antwoordt niet op tijd, binnen {settings.timeout:g} seconden (`timeout`)"
        case SourceQuota():
            return "krijgt te veel vragen (status 429); probeer het later opnieuw"
    return f"antwoordt onverwacht ({error.detail or error.code})"
