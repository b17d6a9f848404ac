"""How customers and the Handelsregister lead to each other (startup)."""

from __future__ import annotations

from resolvers.hr.reads import bedrijf_op_kvk_nummer, bedrijf_zoals_genoemd, vestiging
from resolvers.klant.reads_partijen import (
    partijen_van_onderneming,
    partijen_van_rechtspersoon,
    partijen_van_vestiging,
)
from schema.hr import Bedrijf, BedrijfEigenaar, Vestiging
from schema.klant import Partij
from schema.klant_waarden import BEDRIJF, VAN_BEDRIJF
from schema.language.links import Mijn, Own, extend, link


@extend(Partij)
class PartijLinks:
    """From a customer to the Handelsregister."""

    @link(
        bedrijf_zoals_genoemd,
        key="bedrijf",
        through=(bedrijf_op_kvk_nummer, "kvkNummer"),
        label=BEDRIJF,
    )
    def bedrijf(self) -> Bedrijf | None:
        """Het bedrijf in het Handelsregister, op het KVK-nummer of anders het RSIN van de klant."""

    @link(vestiging, key="vestigingsnummer", label=BEDRIJF)
    def vestiging(self) -> Vestiging | None:
        """De vestiging in het Handelsregister, als de klant er een is."""


@extend(Mijn)
class MijnPartijen:
    """Who a company is as a customer."""

    @link(partijen_van_onderneming, own=Own.KVK_NUMMER, label=VAN_BEDRIJF)
    def partijen_van_bedrijf(self) -> list[Partij] | None:
        """De klanten met het KVK-nummer van de onderneming; leeg voor wie er geen is.

        Ook leeg voor wie alleen voor één vestiging mag vragen.
        """

    @link(partijen_van_rechtspersoon, own=Own.RSIN, label=VAN_BEDRIJF)
    def partijen_van_rechtspersoon(self) -> list[Partij] | None:
        """De klanten met het RSIN van de rechtspersoon; leeg voor wie er geen heeft.

        Ook leeg voor wie alleen voor één vestiging mag vragen.
        """

    @link(partijen_van_vestiging, own=Own.VESTIGINGSNUMMER, label=VAN_BEDRIJF)
    def partijen_van_vestiging(self) -> list[Partij] | None:
        """De klanten met het nummer van de vestiging; leeg voor wie niet voor één inlogde."""


@extend(Bedrijf)
class BedrijfLinks:
    """From a company to who it is as a customer."""

    @link(partijen_van_onderneming, key="kvkNummer", label=VAN_BEDRIJF)
    def partijen(self) -> list[Partij] | None:
        """De klanten met dit KVK-nummer: het bedrijf, en vestigingen die het ook dragen."""


@extend(BedrijfEigenaar)
class BedrijfEigenaarLinks:
    """From the owner of a company to who it is as a customer."""

    @link(partijen_van_rechtspersoon, key="rsin", label=VAN_BEDRIJF)
    def partijen(self) -> list[Partij] | None:
        """De klanten met dit RSIN."""


@extend(Vestiging)
class VestigingLinks:
    """From a vestiging to who it is as a customer."""

    @link(partijen_van_vestiging, key="vestigingsnummer", label=VAN_BEDRIJF)
    def partijen(self) -> list[Partij] | None:
        """De klanten met dit vestigingsnummer; dat gaat bij een overname mee naar de volgende."""
