"""Who lived where, and which travel documents they have: links among persons and addresses.

Startup. Questions about persons themselves are in resolvers.brp.links, which this belongs to.
"""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres, adresseerbaar_object
from resolvers.brp.reads import personen
from resolvers.brp.reads_bewoning import bewoningen_in_periode, bewoningen_op_peildatum
from resolvers.brp.reads_historie import (
    verblijfplaatshistorie_in_periode,
    verblijfplaatshistorie_op_peildatum,
)
from resolvers.brp.reads_reisdocumenten import reisdocument, reisdocumenten_van_persoon
from schema.bag import Adres, AdresseerbaarObject
from schema.brp import Persoon
from schema.brp_bewoning import Bewoner, Bewoning
from schema.brp_historie import AdresVoorkomen, Verblijfplaatshistorie
from schema.brp_labels import (
    BEWONING_HISTORIE,
    RAADPLEGEN,
    REISDOCUMENT_RAADPLEGEN,
    REISDOCUMENTEN,
    VERBLIJFSHISTORIE,
)
from schema.brp_reisdocumenten import Reisdocument, Reisdocumenthouder
from schema.language.links import Mijn, Own, Query, extend, link
from schema.language.scalars import Datum, Reisdocumentnummer

Peildatum = Annotated[Datum, "De dag waar het om gaat."]
DatumVan = Annotated[Datum, "De eerste dag van de periode."]
DatumTot = Annotated[Datum, "De dag na de laatste dag van de periode."]


@extend(Query)
class ReisdocumentVragen:
    """The root question about a travel document."""

    @link(reisdocument, argument="reisdocumentnummer", label=REISDOCUMENT_RAADPLEGEN)
    def reisdocument(
        self,
        reisdocumentnummer: Annotated[Reisdocumentnummer, "Het nummer op het document."],
    ) -> Reisdocument | None:
        """Het reisdocument met een nummer, ook als het vermist of ingeleverd is."""


@extend(Mijn)
class MijnHistorie:
    """Where they lived, and their travel documents."""

    @link(verblijfplaatshistorie_op_peildatum, own=Own.BSN, label=VERBLIJFSHISTORIE)
    def verblijfplaatshistorie_op_peildatum(
        self, peildatum: Peildatum
    ) -> Verblijfplaatshistorie | None:
        """Waar de inwoner op een dag verbleef; leeg voor wie geen inwoner is."""

    @link(verblijfplaatshistorie_in_periode, own=Own.BSN, label=VERBLIJFSHISTORIE)
    def verblijfplaatshistorie_in_periode(
        self, datum_van: DatumVan, datum_tot: DatumTot
    ) -> Verblijfplaatshistorie | None:
        """Waar de inwoner in een periode verbleef; leeg voor wie geen inwoner is."""

    @link(reisdocumenten_van_persoon, own=Own.BSN, label=REISDOCUMENTEN, expected=2)
    def reisdocumenten(self) -> list[Reisdocument] | None:
        """De reisdocumenten die de inwoner nog heeft; leeg voor wie geen inwoner is."""


@extend(Persoon)
class PersoonHistorie:
    """From a person to where they lived and to their travel documents."""

    @link(
        verblijfplaatshistorie_op_peildatum,
        key="burgerservicenummer",
        label=VERBLIJFSHISTORIE,
    )
    def verblijfplaatshistorie_op_peildatum(
        self, peildatum: Peildatum
    ) -> Verblijfplaatshistorie | None:
        """Waar de persoon op een dag verbleef."""

    @link(
        verblijfplaatshistorie_in_periode,
        key="burgerservicenummer",
        label=VERBLIJFSHISTORIE,
    )
    def verblijfplaatshistorie_in_periode(
        self, datum_van: DatumVan, datum_tot: DatumTot
    ) -> Verblijfplaatshistorie | None:
        """Waar de persoon in een periode verbleef."""

    @link(reisdocumenten_van_persoon, key="burgerservicenummer", label=REISDOCUMENTEN, expected=2)
    def reisdocumenten(self) -> list[Reisdocument] | None:
        """De reisdocumenten die de persoon nog heeft."""


@extend(AdresVoorkomen)
class AdresVoorkomenLinks:
    """From where somebody lived to the BAG."""

    @link(adres, key="nummeraanduidingIdentificatie", label=VERBLIJFSHISTORIE)
    def adres(self) -> Adres | None:
        """Het adres in de BAG; leeg als het daar niet in staat."""

    @link(adresseerbaar_object, key="adresseerbaarObjectIdentificatie", label=VERBLIJFSHISTORIE)
    def adresseerbaar_object(self) -> AdresseerbaarObject | None:
        """Het adresseerbaar object in de BAG; leeg als het daar niet in staat."""


@extend(Reisdocumenthouder)
class ReisdocumenthouderLinks:
    """From the holder of a travel document to the whole record."""

    @link(personen, key="burgerservicenummer", label=RAADPLEGEN)
    def persoon(self) -> Persoon | None:
        """De volledige gegevens van de houder."""


@extend(Adres)
class AdresBewoningen:
    """From an address to who lived in the object it belongs to."""

    @link(
        bewoningen_op_peildatum,
        key="adresseerbaarObjectIdentificatie",
        label=BEWONING_HISTORIE,
    )
    def bewoningen_op_peildatum(self, peildatum: Peildatum) -> list[Bewoning] | None:
        """Wie er op een dag in het object met dit adres woonden: één bewoning, of geen."""

    @link(
        bewoningen_in_periode,
        key="adresseerbaarObjectIdentificatie",
        label=BEWONING_HISTORIE,
        expected=3,
    )
    def bewoningen_in_periode(
        self, datum_van: DatumVan, datum_tot: DatumTot
    ) -> list[Bewoning] | None:
        """Wie er in een periode in het object met dit adres woonden, en wie na elkaar."""


@extend(AdresseerbaarObject)
class AdresseerbaarObjectBewoningen:
    """From an object to who lived there."""

    @link(bewoningen_op_peildatum, key="identificatie", label=BEWONING_HISTORIE)
    def bewoningen_op_peildatum(self, peildatum: Peildatum) -> list[Bewoning] | None:
        """Wie er op een dag in dit object woonden: één bewoning, of geen als er niemand was."""

    @link(bewoningen_in_periode, key="identificatie", label=BEWONING_HISTORIE, expected=3)
    def bewoningen_in_periode(
        self, datum_van: DatumVan, datum_tot: DatumTot
    ) -> list[Bewoning] | None:
        """Wie er in een periode in dit object woonden, en wie na elkaar."""


@extend(Bewoner)
class BewonerLinks:
    """From a resident to the whole record."""

    @link(personen, key="burgerservicenummer", label=RAADPLEGEN)
    def persoon(self) -> Persoon | None:
        """De volledige gegevens van de bewoner."""
