"""What one caller may see: the one place where a tenant's file and a token meet (operation)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gateway.assurance import Level, reaches
from gateway.auth.principal import Kind, Principal
from gateway.inzage import EVERYTHING
from gateway.source.sieve import Limit
from gateway.tenants import Dienst, Purpose, Tenant


@dataclass(frozen=True, slots=True)
class Rights:
    """The labels that a caller has."""

    labels: frozenset[str]
    withheld: Mapping[str, str]
    """The labels that a surer login would give, each with the level of assurance that it takes."""
    insight: frozenset[tuple[str, Limit]] = frozenset()
    """What is said of what is shown of what sources give; each name once."""


_MOST = 1_000


class KnownRights:
    """Those that callers were found to have, of one configuration.

    Equal callers are given the same object: hundreds of labels are gone through once, and what is
    remembered by them is found without comparing those. Nobody is told from anybody by it.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Rights] = {}

    def of(self, tenant: Tenant, principal: Principal) -> Rights:
        """As `rights`."""
        key = (
            tenant.code,
            principal.purpose,
            principal.kind,
            principal.diensten,
            principal.assurance,
        )
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[key] = rights(tenant, principal)
        return found


def rights(tenant: Tenant, principal: Principal) -> Rights:
    """Of the labels of the purpose those for which the login is sure enough; for a gemachtigde also
    of the services that they may act for, and of no other.
    """
    purpose = tenant.purposes[principal.purpose]
    labels, insight = purpose.labels, purpose.insight
    if principal.kind is Kind.GEMACHTIGDE:
        services = _services(tenant, principal.diensten)
        labels &= frozenset().union(*(each.labels for each in services))
        insight = _of_services(insight, services)
    if not purpose.label_levels:
        return Rights(labels, MappingProxyType({}), insight)
    withheld = dict(_out_of_reach(purpose, labels, principal.assurance))
    return Rights(labels.difference(withheld), MappingProxyType(withheld), insight)


def _services(tenant: Tenant, codes: frozenset[str]) -> list[Dienst]:
    return [each for each in tenant.diensten.values() if not each.codes.isdisjoint(codes)]


def _of_services(
    insight: frozenset[tuple[str, Limit]], services: list[Dienst]
) -> frozenset[tuple[str, Limit]]:
    """What the purpose lets through, of what the services do together.

    One that says nothing lets nothing through; one that says `EVERYTHING` keeps nothing back.
    """
    made = dict(insight)
    for name in {name for each in services for name in each.insight}:
        said = frozenset().union(*(each.insight.get(name, frozenset()) for each in services))
        if EVERYTHING not in said:
            known = made.get(name)
            made[name] = said & known if isinstance(known, frozenset) else said
    return frozenset(made.items())


def _out_of_reach(
    purpose: Purpose, labels: frozenset[str], held: Level | None
) -> Iterator[tuple[str, str]]:
    for label, levels in purpose.label_levels.items():
        missed = [level for level in levels if not reaches(held, level)]
        if missed and label in labels:
            yield label, missed[-1].value
