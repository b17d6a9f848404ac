"""Whether the BRP answers as the municipality's file says (process): asked by `bronpoort check`.

The questions name nobody and ask for nothing, so that there is no person to account for. The BRP
refuses them, but only after it has judged our credentials: that refusal is the good answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from schema.language.links import Capability

GOOD = frozenset({"paramsValidation", "paramsRequired", "paramsCombination"})
REFUSED = 400


@dataclass(frozen=True, slots=True)
class Api:
    """One API of the BRP: what its path ends in, how an address may look, and what to ask it."""

    name: str
    segment: str
    address: str
    empty: Mapping[str, Any]
    without: str
    """In Dutch, what the empty question lacks."""

    def no_api(self) -> str:
        """What an operator is told when nothing answers there."""
        return (
            f"hier staat geen `{self.segment}`; laat `address` eindigen op het pad waar "
            f"`/{self.segment}` achter komt, zoals .../{self.address}"
        )

    def accepted(self) -> str:
        """What they are told when a question that cannot be answered is."""
        return f"aanvaardt een vraag zonder {self.without}: dit is geen {self.name}"

    def other_refusal(self) -> str:
        """What they are told when it is refused for a reason that this API does not have."""
        return (
            f"weigert een lege vraag anders dan {self.name}; "
            "kijk na of `address` naar die API en die versie wijst"
        )


PERSONEN = Api(
    "BRP Personen bevragen versie 2",
    "personen",
    "haalcentraal/api/brp",
    {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": []},
    "burgerservicenummer en zonder velden",
)
BEWONING = Api(
    "BRP Bewoning versie 2",
    "bewoningen",
    "haalcentraal/api/bewoning",
    {"type": "BewoningMetPeildatum"},
    "adresseerbaar object en zonder peildatum",
)
HISTORIE = Api(
    "BRP Historie bevragen versie 2",
    "verblijfplaatshistorie",
    "haalcentraal/api/brphistorie",
    {"type": "RaadpleegMetPeildatum"},
    "burgerservicenummer en zonder peildatum",
)
REISDOCUMENTEN = Api(
    "BRP Reisdocumenten bevragen versie 2",
    "reisdocumenten",
    "haalcentraal/api/reisdocumenten",
    {"type": "ZoekMetBurgerservicenummer"},
    "burgerservicenummer en zonder velden",
)


async def brp(source: Source) -> list[str]:
    """What is wrong with this source of persons, in Dutch; SourceError if it does not answer."""
    return await _probed(source, PERSONEN)


async def bewoning(source: Source) -> list[str]:
    """As `brp`, of who lived where."""
    return await _probed(source, BEWONING)


async def historie(source: Source) -> list[str]:
    """As `brp`, of where persons lived."""
    return await _probed(source, HISTORIE)


async def reisdocumenten(source: Source) -> list[str]:
    """As `brp`, of travel documents."""
    return await _probed(source, REISDOCUMENTEN)


async def _probed(source: Source, api: Api) -> list[str]:
    heard: dict[str, str] = {}
    try:
        await source.post(api.segment, json=api.empty, heard=heard)
    except SourceMissing:
        return [api.no_api()]
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        wrong = [] if fault.problem in GOOD else [api.other_refusal()]
        return [*wrong, Capability(named(api.name.partition(" versie")[0], heard))]
    return [api.accepted()]
