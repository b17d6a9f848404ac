"""The whole configuration directory: tenants and issuers, read together (startup)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from gateway.auth.issuer import Admission, Purposes
from gateway.auth.issuers import IssuerSettings, read_issuers
from gateway.auth.principal import Kind
from gateway.inzage import KnownInzage
from gateway.mistakes import ConfigurationError, Mistake
from gateway.operation.registered import Askable
from gateway.question_file import Check
from gateway.questions import Registrations, askable, read_questions
from gateway.tenants import NO_INZAGE, Dialects, Tenant, read_tenants


@dataclass(frozen=True, slots=True)
class Configuration:
    """All tenants by code, all issuers, and what is registered by code of the tenant."""

    tenants: Mapping[str, Tenant]
    issuers: Sequence[IssuerSettings]
    registrations: Registrations = field(default_factory=dict)
    askable: Mapping[tuple[str, str], Askable] = field(init=False)
    """What may be asked, by code of the tenant and of the purpose."""

    def __post_init__(self) -> None:
        made = {
            (code, purpose.code): askable(
                self.registrations.get(code, ()), purpose.code, open_questions=purpose.open
            )
            for code, tenant in self.tenants.items()
            for purpose in tenant.purposes.values()
        }
        object.__setattr__(self, "askable", MappingProxyType(made))


def load_configuration(
    directory: Path,
    known_labels: frozenset[str],
    known_sources: frozenset[str],
    known_dialects: Dialects,
    environment: Mapping[str, str],
    several: frozenset[str] = frozenset(),
    check: Check = lambda document: (),
    known_inzage: KnownInzage = NO_INZAGE,
) -> Configuration:
    """What a directory says; ConfigurationError with all mistakes of all its files at once.

    `check` says what is wrong with a registered question.
    """
    if not directory.is_dir():
        raise ConfigurationError([Mistake(str(directory), 0, "", "deze map bestaat niet")])
    tenants, mistakes = read_tenants(
        directory, known_labels, known_sources, known_dialects, environment, several, known_inzage
    )
    # An issuer may name a tenant whose own file is wrong: that is one mistake, not two.
    named = {*tenants, *(Path(mistake.file).stem for mistake in mistakes)}
    issuers, more = read_issuers(directory, named)
    registrations, wrong = read_questions(directory, tenants, frozenset(named), check)
    if mistakes or more or wrong:
        raise ConfigurationError([*mistakes, *more, *wrong])
    return Configuration(tenants, issuers, registrations)


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
