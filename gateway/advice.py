"""What a configuration may say and is seldom meant (startup): told, and no reason to refuse it."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from gateway.source.directory import Directory
from gateway.source.settings import SourceSettings, ZgwJwt
from gateway.tenants import Tenant

SHORTEST_SECRET = 32
"""Bytes that HS256 wants of a secret at least (RFC 7518, 3.2)."""
SHORT_SECRET = (
    f"`credentials.secret` heeft minder dan {SHORTEST_SECRET} tekens en is zo te raden uit één "
    "token; spreek met de leverancier een langer geheim af"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at, in a Dutch sentence without values of the file."""

    tenant: str
    source: str
    text: str

    def line(self) -> str:
        """As `bronpoort check` prints it."""
        return f"{self.tenant} {self.source}: LET OP: {self.text}"


def remarks(
    tenants: Iterable[Tenant], families: Mapping[str, str], several: Set[str]
) -> list[Remark]:
    """All remarks, by tenant in the order of its file.

    `families` has the registry of every kind of source, `several` the kinds of which a tenant may
    have more than one.
    """
    return [
        Remark(tenant.code, name, text)
        for tenant in tenants
        for name, text in (*_incomplete(tenant, families, several), *_short_secrets(tenant))
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
