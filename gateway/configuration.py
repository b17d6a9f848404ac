"""The whole configuration directory: tenants and issuers, read together (startup)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from gateway.auth.issuer import Admission, Purposes
from gateway.auth.issuers import IssuerSettings, read_issuers
from gateway.auth.principal import Kind
from gateway.mistakes import ConfigurationError, Mistake
from gateway.tenants import Dialects, Tenant, read_tenants


@dataclass(frozen=True, slots=True)
class Configuration:
    """All tenants by code, and all issuers."""

    tenants: Mapping[str, Tenant]
    issuers: Sequence[IssuerSettings]


def load_configuration(
    directory: Path,
    known_labels: frozenset[str],
    known_sources: frozenset[str],
    known_dialects: Dialects,
    environment: Mapping[str, str],
    several: frozenset[str] = frozenset(),
) -> Configuration:
    """What a directory says; ConfigurationError with all mistakes of all its files at once."""
    if not directory.is_dir():
        raise ConfigurationError([Mistake(str(directory), 0, "", "deze map bestaat niet")])
    tenants, mistakes = read_tenants(
        directory, known_labels, known_sources, known_dialects, environment, several
    )
    # An issuer may name a tenant whose own file is wrong: that is one mistake, not two.
    named = {*tenants, *(Path(mistake.file).stem for mistake in mistakes)}
    issuers, more = read_issuers(directory, named)
    if mistakes or more:
        raise ConfigurationError([*mistakes, *more])
    return Configuration(tenants, issuers)


def purposes_of(tenants: Mapping[str, Tenant]) -> Purposes:
    """What verification must know of the tenants: who may ask for which purpose."""
    return MappingProxyType(
        {
            tenant.code: {
                purpose.code: Admission(
                    frozenset(Kind(kind) for kind in purpose.kinds), purpose.rollen, purpose.level
                )
                for purpose in tenant.purposes.values()
            }
            for tenant in tenants.values()
        }
    )
