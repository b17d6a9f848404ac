"""What a configuration may say and is seldom meant (startup): told, and no reason to refuse it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from gateway.auth.principal import Kind
from gateway.inzage import EVERYTHING, KnownInzage
from gateway.source.directory import Directory
from gateway.source.settings import SourceSettings, ZgwJwt
from gateway.tenants import NO_INZAGE, Purpose, Tenant
from schema.language.inzage import Inzage

OWN = frozenset(kind.value for kind in Kind if kind.closed)
"""The kinds of caller that see only what is their own."""
SHORTEST_SECRET = 32
"""Bytes that HS256 wants of a secret at least (RFC 7518, 3.2)."""
SHORT_SECRET = (
    f"`credentials.secret` heeft minder dan {SHORTEST_SECRET} tekens en is zo te raden uit één "
    "token; spreek met de leverancier een langer geheim af"
)

UNJUDGED = (
    "wordt beoordeeld met een bron die niet is ingesteld: {}; wat ervan afhangt, wordt niet "
    "getoond en geeft CONFIGURATIE"
)
EVERY = frozenset({EVERYTHING})
"""What a service says to keep nothing back."""
UNNAMED = (
    "zonder `verwerkingsactiviteit`; in het logboek en bij `mijn { verwerkingen }` staat dan een "
    "naam die de gateway zelf maakt, en niet die van het register van de gemeente (artikel 30 AVG)"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at, in a Dutch sentence without values of the file."""

    tenant: str
    source: str
    """The source, or the part of the file that it is about."""
    text: str

    def line(self) -> str:
        """As `bronpoort check` prints it."""
        return f"{self.tenant} {self.source}: LET OP: {self.text}"


def remarks(
    tenants: Iterable[Tenant],
    families: Mapping[str, str],
    several: Set[str],
    known_inzage: KnownInzage = NO_INZAGE,
) -> list[Remark]:
    """All remarks, by tenant in the order of its file.

    `families` has the registry of every kind of source, `several` the kinds of which a tenant may
    have more than one, `known_inzage` what purposes can say of what is shown.
    """
    return [
        Remark(tenant.code, name, text)
        for tenant in tenants
        for name, text in (
            *_incomplete(tenant, families, several),
            *_short_secrets(tenant),
            *_unsaid(tenant, known_inzage),
            *_services_unsaid(tenant, known_inzage),
            *_unjudged(tenant, families, known_inzage),
        )
    ]


def unnamed(tenants: Iterable[Tenant], concerns: Callable[[Purpose], bool]) -> list[Remark]:
    """The municipalities of which a purpose names no verwerkingsactiviteit; `concerns` tells
    whether anything that a purpose leads to may be about somebody.
    """
    found = {
        tenant.code: [
            code
            for code, purpose in tenant.purposes.items()
            if purpose.activity is None and concerns(purpose)
        ]
        for tenant in tenants
    }
    return [
        Remark(tenant, "doelbindingen", f"{', '.join(codes)}: {UNNAMED}")
        for tenant, codes in found.items()
        if codes
    ]


def _incomplete(
    tenant: Tenant, families: Mapping[str, str], several: Set[str]
) -> Iterator[tuple[str, str]]:
    """Systems without a kind of source that another system of the municipality does have.

    Said once of a system and a registry, at its first source.
    """
    directory = Directory(tenant.sources, families)
    present = {directory.kind(name) for name in tenant.sources} & several
    said: set[str] = set()
    for name in tenant.sources:
        lacking = [
            each for kind in sorted(present) if (each := directory.lacking(name, kind)) is not None
        ]
        if lacking and said.isdisjoint(lacking):
            said.update(lacking)
            yield name, _absent(lacking)


def _absent(names: list[str]) -> str:
    return (
        f"bij dit systeem staat geen {' en geen '.join(names)}; waar het naar iets verwijst dat "
        "niet bij een andere bron van die soort staat, krijgt de vrager CONFIGURATIE"
    )


def _short_secrets(tenant: Tenant) -> Iterator[tuple[str, str]]:
    return ((name, SHORT_SECRET) for name, each in tenant.sources.items() if _is_short(each))


def _is_short(source: SourceSettings) -> bool:
    chosen = source.credentials
    return (
        isinstance(chosen, ZgwJwt)
        and len(chosen.secret.get_secret_value().encode()) < SHORTEST_SECRET
    )


def _unsaid(tenant: Tenant, known: KnownInzage) -> Iterator[tuple[str, str]]:
    """Purposes of citizens and companies that leave it to us how confidential a thing they show."""
    for code, purpose in tenant.purposes.items():
        said = dict(purpose.insight)
        for name, each in known.items():
            if (
                isinstance(each.own, str)
                and name not in said
                and not purpose.kinds.isdisjoint(OWN)
                and _bears_upon(each, purpose.labels)
            ):
                text = f"zegt geen `inzage.{name}`; voor wie alleen het eigene ziet, is dat dan"
                yield f"doelbindingen.{code}", f"{text} {each.own}"


def _services_unsaid(tenant: Tenant, known: KnownInzage) -> Iterator[tuple[str, str]]:
    """Services for which somebody is shown nothing of what their labels are about."""
    for code, service in tenant.diensten.items():
        for name, each in known.items():
            if (
                each.per_service
                and not service.insight.get(name)
                and _bears_upon(each, service.labels)
            ):
                text = f"noemt geen `inzage.{name}`; wie daarvoor gemachtigd is, ziet er niets van"
                yield f"diensten.{code}", text


def _unjudged(
    tenant: Tenant, families: Mapping[str, str], known: KnownInzage
) -> Iterator[tuple[str, str]]:
    """Purposes and services of which what they say is judged by a source that is not there."""
    directory = Directory(tenant.sources, families)
    present = {directory.kind(name) for name in tenant.sources}
    registries = {families.get(kind) for kind in present}
    said = (
        *((f"doelbindingen.{p.code}", p.labels, dict(p.insight)) for p in tenant.purposes.values()),
        *((f"diensten.{d.naam}", d.labels, d.insight) for d in tenant.diensten.values()),
    )
    for place, labels, insight in said:
        for name, each in known.items():
            kind, limit = each.judged_by, insight.get(name)
            if (
                kind is not None
                and kind not in present
                and families.get(kind) in registries
                and limit not in (None, frozenset(), EVERY)
                and _bears_upon(each, labels)
            ):
                yield place, f"`inzage.{name}` {UNJUDGED.format(kind)}"


def _bears_upon(inzage: Inzage, labels: Set[str]) -> bool:
    return any(label.startswith(inzage.labels) for label in labels)
