"""How products and the Handelsregister lead to each other (startup)."""

from __future__ import annotations

from resolvers.hr.reads import bedrijf_op_kvk_nummer, vestiging
from resolvers.producten.links import Status, VanType
from resolvers.producten.reads import producten_van_onderneming, producten_van_vestiging
from schema.hr import Bedrijf, Vestiging
from schema.language.links import Mijn, Own, extend, link
from schema.language.paging import After, Connection, First
from schema.producten import BEDRIJF, VAN_BEDRIJF, Product, ProductEigenaar


@extend(ProductEigenaar)
class ProductEigenaarLinks:
    """From the owner of a product to the Handelsregister."""

    @link(bedrijf_op_kvk_nummer, key="kvk_nummer", label=BEDRIJF)
    def bedrijf(self) -> Bedrijf | None:
        """Het bedrijf in het Handelsregister; leeg als de eigenaar geen bedrijf is."""

    @link(vestiging, key="vestigingsnummer", label=BEDRIJF)
    def vestiging(self) -> Vestiging | None:
        """De vestiging in het Handelsregister; leeg als de eigenaar geen vestiging is."""


@extend(Mijn)
class MijnBedrijfsproducten:
    """What a company or a vestiging has."""

    @link(producten_van_onderneming, own=Own.KVK_NUMMER, label=VAN_BEDRIJF)
    def producten_van_bedrijf(
        self,
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat de onderneming van de gemeente heeft, met wat haar vestigingen hebben.

        Leeg voor wie geen onderneming is, of alleen voor één vestiging mag vragen.
        """

    @link(producten_van_vestiging, own=Own.VESTIGINGSNUMMER, label=VAN_BEDRIJF)
    def producten_van_vestiging(
        self,
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat de vestiging van de gemeente heeft; leeg voor wie niet voor één vestiging inlogde."""


@extend(Bedrijf)
class BedrijfLinks:
    """From a company to what it has."""

    @link(producten_van_onderneming, key="kvkNummer", label=VAN_BEDRIJF)
    def producten(
        self,
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat het bedrijf van de gemeente heeft, met wat zijn vestigingen hebben."""


@extend(Vestiging)
class VestigingLinks:
    """From a vestiging to what it has."""

    @link(producten_van_vestiging, key="vestigingsnummer", label=VAN_BEDRIJF)
    def producten(
        self,
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat de vestiging van de gemeente heeft."""
