"""Asks every source harmless questions, and every issuer its keys (process): `bronpoort check`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from gateway.advice import Remark
from gateway.auth.errors import Unauthenticated
from gateway.auth.fetch import jwks_client
from gateway.auth.issuer import Issuer
from gateway.auth.issuers import FILE, IssuerSettings, trusted
from gateway.auth.principal import Kind, Principal
from gateway.configuration import Configuration
from gateway.deciding import NAME as DECISION_POINT
from gateway.deciding import evaluation, put
from gateway.observe.trace import new_span, trace_of
from gateway.operation.decision import Kind as Doing
from gateway.operation.decision import Matter
from gateway.source.credentials import EndUser
from gateway.source.directory import parted
from gateway.source.errors import (
    SourceError,
    SourceFault,
    SourceQuota,
    SourceTimeout,
    SourceUnreachable,
)
from gateway.source.ledger import Ledger
from gateway.source.settings import DecisionSettings, SourceSettings
from gateway.source.source import Occasion, Source
from gateway.source.upstreams import Upstreams
from gateway.tenants import Tenant, over
from resolvers import REGISTRIES
from schema.language.links import Advice, Capability, Registry

USER = EndUser("bronpoort-check", "Bronpoort controle")
SECONDS = 10.0
"""In which a source answers all questions of a probe; more where its `timeout` is more."""
GOOD = "bereikbaar, aangemeld, dialect klopt"
Probe = Callable[[Source], Awaitable[Sequence[str]]]
Asking = Callable[[Mapping[str, str]], Awaitable[Sequence[str]]]
"""Has the probe of one source ask its questions, with these headers of a purpose."""
TOKEN_ENDPOINT = "token endpoint: "  # noqa: S105  # how such a detail begins


@dataclass(frozen=True, slots=True)
class Finding:
    """What one source turned out to be, in one Dutch sentence.

    An `Advice` is good, and told; so is a `Capability`, which says what the source is. Of an issuer
    of tokens, `tenant` is the name of the file that it stands in.
    """

    tenant: str
    source: str
    good: bool
    text: str

    def line(self) -> str:
        """As the command prints it."""
        match self.text:
            case Advice():
                kind = "LET OP"
            case Capability():
                kind = "kan"
            case _:
                kind = "goed" if self.good else "FOUT"
        return f"{self.tenant} {self.source}: {kind}: {self.text}"


def summary(
    configuration: Configuration, advice: Sequence[Remark], findings: Sequence[Finding]
) -> str:
    """The last line: how much was looked at, and what of it wants attention."""
    tenants = len(configuration.tenants)
    sources = sum(len(tenant.sources) for tenant in configuration.tenants.values())
    wrong = sum(not each.good for each in findings)
    told = len(advice) + sum(isinstance(each.text, Advice) for each in findings)
    return (
        f"Samen: {tenants} {'gemeente' if tenants == 1 else 'gemeenten'}, {sources} bronnen; "
        f"fout: {wrong}, let op: {told}"
    )


async def check_sources(
    configuration: Configuration,
    upstreams: Upstreams | None = None,
    registries: Sequence[Registry] = REGISTRIES,
) -> list[Finding]:
    """The findings of all sources and decision points, one after another: this is no load test."""
    known = upstreams or Upstreams()
    probes = {key: probe for registry in registries for key, probe in registry.probes.items()}
    try:
        found = [
            finding
            for tenant in configuration.tenants.values()
            for name in tenant.sources
            if (found := parted(name, probes)) is not None
            for finding in await _check(tenant, name, found[0], known, probes[found[0]])
        ]
        return found + [
            await _decided(tenant, tenant.decision_point, known)
            for tenant in configuration.tenants.values()
            if tenant.decision_point is not None
        ]
    finally:
        await known.aclose()


async def _decided(tenant: Tenant, settings: DecisionSettings, upstreams: Upstreams) -> Finding:
    """Whether the decision point decides; on nothing, so that either answer is good."""
    reached = settings.reached()
    trace = trace_of(None).told(new_span())
    occasion = Occasion(upstreams.surroundings.clock() + SECONDS, Ledger(), traceparent=trace)
    purpose = next(iter(tenant.purposes))
    asker = Principal(USER.id, USER.id, USER.name, tenant.code, purpose, Kind.SYSTEEM)
    asked = evaluation(tenant, asker, Matter(Doing.RAADPLEGEN, None, USER.id, ()))
    try:
        source = upstreams.source(tenant.code, DECISION_POINT, reached, occasion)
        verdict = await put(source, asked)
    except SourceError as error:
        return Finding(tenant.code, DECISION_POINT, False, _explained(error, reached))
    said = "ja" if verdict.allowed else "nee"
    text = f"bereikbaar, aangemeld, beslist (op een proefvraag die niets vraagt: {said})"
    return Finding(tenant.code, DECISION_POINT, True, text)


async def check_issuers(issuers: Sequence[IssuerSettings]) -> list[Finding]:
    """Whether the keys can be had of all issuers that publish them; a file was read before."""
    heard: dict[str, str] = {}
    async with jwks_client() as client:
        made = trusted(issuers, client, report=heard.__setitem__)
        return [
            _found(issuer, await _keys_of(issuer), heard.get(issuer.name))
            for issuer in made
            if issuer.origin is not None
        ]


async def _keys_of(issuer: Issuer) -> int:
    """How many keys the issuer has for its algorithm."""
    try:
        return len((await issuer.keys.find(None)).thumbprints)
    except Unauthenticated:
        return 0
    finally:
        await issuer.keys.aclose()


def _found(issuer: Issuer, keys: int, failure: str | None) -> Finding:
    wrong = failure or f"geen sleutel voor {issuer.algorithm}"
    text = f"sleutels gevonden: {keys}" if keys else f"sleutels niet te gebruiken ({wrong})"
    return Finding(FILE, issuer.name, keys > 0, text)


async def _check(
    tenant: Tenant, name: str, kind: str, upstreams: Upstreams, probe: Probe
) -> Sequence[Finding]:
    """What is wrong whatever the purpose is said once; the rest with the name of the purpose."""

    async def ask(headers: Mapping[str, str]) -> Sequence[str]:
        return await _asked(tenant, name, upstreams, headers, probe)

    purposes = _told(tenant, name, kind)
    settings = tenant.sources[name]
    found = {code: await _remarks(ask, headers, settings) for code, headers in purposes.items()}
    able = [text for texts in found.values() for text in texts if isinstance(text, Capability)]
    if able:
        able += await _needed(ask, next(iter(purposes.values())))
    remarks = _said_once(found)
    good = [] if remarks else [Finding(tenant.code, name, True, GOOD)]
    return [
        *good,
        *(Finding(tenant.code, name, isinstance(text, Advice), text) for text in remarks),
        *(Finding(tenant.code, name, True, text) for text in dict.fromkeys(able)),
    ]


def _said_once(found: Mapping[str, Sequence[str]]) -> list[str]:
    """What is found for every purpose, then the rest with the name of its purpose."""
    remarks = {
        code: [text for text in texts if not isinstance(text, Capability)]
        for code, texts in found.items()
    }
    first, *others = remarks.values()
    general = [text for text in first if all(text in other for other in others)]
    return general + [
        type(text)(f"bij doelbinding {code}: {text}")
        for code, texts in remarks.items()
        for text in texts
        if text not in general
    ]


async def _needed(ask: Asking, headers: Mapping[str, str]) -> list[Capability]:
    """Which headers of a purpose the source does not answer without; suppliers differ in them."""
    parts = []
    for name in headers:
        others = {other: value for other, value in headers.items() if other != name}
        needed = not await _answers(ask, others)
        parts.append(f"{name} ({'nodig' if needed else 'antwoordt ook zonder'})")
    return [Capability(f"headers bij een doelbinding: {', '.join(parts)}")] if parts else []


async def _answers(ask: Asking, headers: Mapping[str, str]) -> bool:
    try:
        texts = await ask(headers)
    except SourceError:
        return False
    return all(isinstance(text, Advice | Capability) for text in texts)


def _told(tenant: Tenant, name: str, kind: str) -> Mapping[str, Mapping[str, str]]:
    """The different headers that this source hears, each by the first purpose that sends them.

    A purpose without headers for a source that others have them for does not use that source.
    """
    told: dict[frozenset[tuple[str, str]], tuple[str, Mapping[str, str]]] = {}
    for purpose in tenant.purposes.values():
        for activity, code in (
            ("raadplegen", purpose.code),
            ("zoeken", f"{purpose.code} (zoeken)"),
        ):
            for zaaktype in (None, *purpose.zaaktypen):
                headers = purpose.headers_for(name, activity, kind, zaaktype)
                if headers:
                    called = code if zaaktype is None else f"{code}, zaaktype {zaaktype}"
                    told.setdefault(frozenset(headers.items()), (called, headers))
    user = tenant.sources[name].gebruikerheader
    found = dict(told.values()) or {"": {}}
    own = {} if user is None else {user: USER.id}
    return {code: over(own, headers) for code, headers in found.items()}


async def _asked(
    tenant: Tenant, name: str, upstreams: Upstreams, headers: Mapping[str, str], probe: Probe
) -> Sequence[str]:
    settings = tenant.sources[name]
    deadline = upstreams.surroundings.clock() + max(SECONDS, settings.timeout)
    occasion = Occasion(deadline, Ledger(), USER)
    return await probe(upstreams.source(tenant.code, name, settings, occasion, headers))


async def _remarks(
    ask: Asking, headers: Mapping[str, str], settings: SourceSettings
) -> Sequence[str]:
    try:
        return await ask(headers)
    except SourceError as error:
        return [_explained(error, settings)]


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
        case SourceFault(detail="no decision"):
            return "antwoordt zonder `decision` (true of false); kijk `address` na"
        case SourceFault(detail="obligations"):
            return "verbindt verplichtingen (`obligations`) aan een ja; die kent de gateway niet"
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
