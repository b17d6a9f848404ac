"""What can be asked of the BAG, and how its objects lead to one another (startup)."""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import (
    adres,
    adresseerbaar_object,
    adressen_in_openbare_ruimte,
    adressen_op_postcode,
    adressen_op_straat,
    adressen_van_pand,
    adressen_zoeken,
    nummeraanduiding,
    objecten_in_panden,
    openbare_ruimte,
    openbare_ruimten_op_naam,
    pand,
    woonplaats,
)
from schema.bag import (
    ADRES,
    OBJECT,
    PAND,
    Adres,
    AdresseerbaarObject,
    Nummeraanduiding,
    OpenbareRuimte,
    Pand,
    Verblijfsobject,
    Woonplaats,
)
from schema.language.links import Query, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    NummeraanduidingId,
    OpenbareRuimteId,
    PandId,
    Postcode,
    WoonplaatsId,
    Zoektekst,
)


@extend(Query)
class BagVragen:
    """The root questions of the BAG: one for each way of finding."""

    @link(adres, argument="identificatie", label=ADRES)
    def adres(
        self,
        identificatie: Annotated[NummeraanduidingId, "Het kenmerk van de nummeraanduiding."],
    ) -> Adres | None:
        """Het huidige adres bij een nummeraanduiding."""

    @link(adressen_op_postcode, label=ADRES, expected=3)
    def adressen_op_postcode(
        self,
        postcode: Annotated[Postcode, "De postcode."],
        huisnummer: Annotated[Huisnummer, "Het huisnummer."],
        huisletter: Annotated[Huisletter | None, "De letter bij het huisnummer."] = None,
        huisnummertoevoeging: Annotated[
            Huisnummertoevoeging | None, "Wat er verder bij het huisnummer hoort."
        ] = None,
        exact: Annotated[
            bool, "Alleen wat precies overeenkomt, dus zonder letter als die niet is gevraagd."
        ] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[Adres] | None:
        """De huidige adressen met een postcode en huisnummer."""

    @link(adressen_op_straat, label=ADRES, expected=3)
    def adressen_op_straat(
        self,
        woonplaats_naam: Annotated[Zoektekst, "De hele naam van de woonplaats."],
        openbare_ruimte_naam: Annotated[
            Zoektekst, "De hele naam van de straat of andere openbare ruimte."
        ],
        huisnummer: Annotated[Huisnummer, "Het huisnummer."],
        huisletter: Annotated[Huisletter | None, "De letter bij het huisnummer."] = None,
        huisnummertoevoeging: Annotated[
            Huisnummertoevoeging | None, "Wat er verder bij het huisnummer hoort."
        ] = None,
        exact: Annotated[
            bool, "Alleen wat precies overeenkomt, dus zonder letter als die niet is gevraagd."
        ] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[Adres] | None:
        """De huidige adressen met een huisnummer in een straat van een woonplaats. Zonder
        huisnummer: `openbareRuimten` en daarvan de `adressen`.
        """

    @link(adressen_zoeken, label=ADRES, expected=20)
    def adressen_zoeken(
        self,
        zoektekst: Annotated[
            Zoektekst, "Postcode, woonplaats, straat, huisnummer, of een deel daarvan."
        ],
        first: First = 20,
        after: After = None,
    ) -> Connection[Adres] | None:
        """De huidige adressen die passen bij een vrije tekst."""

    @link(adressen_van_pand, argument="identificatie", label=ADRES, expected=5)
    def adressen_van_pand(
        self,
        identificatie: Annotated[PandId, "Het kenmerk van het pand."],
        first: First = 20,
        after: After = None,
    ) -> Connection[Adres] | None:
        """De huidige adressen in een pand."""

    @link(adresseerbaar_object, argument="identificatie", label=OBJECT)
    def adresseerbaar_object(
        self,
        identificatie: Annotated[AdresseerbaarObjectId, "Het kenmerk van het object."],
    ) -> AdresseerbaarObject | None:
        """Een verblijfsobject, ligplaats of standplaats, welke status het ook heeft."""

    @link(pand, argument="identificatie", label=PAND)
    def pand(self, identificatie: Annotated[PandId, "Het kenmerk van het pand."]) -> Pand | None:
        """Een pand, welke status het ook heeft."""

    @link(nummeraanduiding, argument="identificatie", label=ADRES)
    def nummeraanduiding(
        self,
        identificatie: Annotated[NummeraanduidingId, "Het kenmerk van de nummeraanduiding."],
    ) -> Nummeraanduiding | None:
        """Een nummeraanduiding, welke status die ook heeft."""

    @link(openbare_ruimte, argument="identificatie", label=ADRES)
    def openbare_ruimte(
        self,
        identificatie: Annotated[OpenbareRuimteId, "Het kenmerk van de openbare ruimte."],
    ) -> OpenbareRuimte | None:
        """Een openbare ruimte, welke status die ook heeft."""

    @link(openbare_ruimten_op_naam, label=ADRES, expected=1)
    def openbare_ruimten(
        self,
        woonplaats_naam: Annotated[Zoektekst, "De hele naam van de woonplaats."],
        openbare_ruimte_naam: Annotated[
            Zoektekst, "De hele naam van de straat of andere openbare ruimte."
        ],
        first: First = 20,
        after: After = None,
    ) -> Connection[OpenbareRuimte] | None:
        """De straten en andere openbare ruimten met een naam in een woonplaats."""

    @link(woonplaats, argument="identificatie", label=ADRES)
    def woonplaats(
        self, identificatie: Annotated[WoonplaatsId, "Het kenmerk van de woonplaats."]
    ) -> Woonplaats | None:
        """Een woonplaats, welke status die ook heeft."""


@extend(Adres)
class AdresLinks:
    """From an address to the objects that it consists of."""

    @link(nummeraanduiding, key="nummeraanduidingIdentificatie", label=ADRES)
    def nummeraanduiding(self) -> Nummeraanduiding | None:
        """De nummeraanduiding van het adres."""

    @link(adresseerbaar_object, key="adresseerbaarObjectIdentificatie", label=OBJECT)
    def adresseerbaar_object(self) -> AdresseerbaarObject | None:
        """Het verblijfsobject, de ligplaats of de standplaats met dit adres."""

    @link(pand, key="pandIdentificaties", label=PAND)
    def panden(self) -> list[Pand] | None:
        """De panden waarin het adres ligt."""

    @link(openbare_ruimte, key="openbareRuimteIdentificatie", label=ADRES)
    def openbare_ruimte(self) -> OpenbareRuimte | None:
        """De straat of andere openbare ruimte."""

    @link(woonplaats, key="woonplaatsIdentificatie", label=ADRES)
    def woonplaats(self) -> Woonplaats | None:
        """De woonplaats."""


@extend(AdresseerbaarObject)
class AdresseerbaarObjectLinks:
    """From an object to its addresses."""

    @link(adres, key="heeftAlsHoofdAdres", label=ADRES)
    def hoofdadres(self) -> Adres | None:
        """Het hoofdadres van het object; leeg als dat niet meer geldt."""

    @link(adres, key="heeftAlsNevenAdres", label=ADRES)
    def nevenadressen(self) -> list[Adres] | None:
        """De nevenadressen van het object."""


@extend(Verblijfsobject)
class VerblijfsobjectLinks:
    """From a verblijfsobject to where it lies."""

    @link(pand, key="maaktDeelUitVan", label=PAND)
    def panden(self) -> list[Pand] | None:
        """De panden waarin het verblijfsobject ligt."""


@extend(Pand)
class PandLinks:
    """From a pand to what is in it."""

    @link(objecten_in_panden, key="identificatie", label=OBJECT, expected=5)
    def adresseerbare_objecten(self) -> list[AdresseerbaarObject] | None:
        """De huidige verblijfsobjecten in het pand."""

    @link(adressen_van_pand, key="identificatie", label=ADRES, expected=5)
    def adressen(self, first: First = 20, after: After = None) -> Connection[Adres] | None:
        """De huidige adressen in het pand."""


@extend(Nummeraanduiding)
class NummeraanduidingLinks:
    """From a nummeraanduiding to what it is about."""

    @link(openbare_ruimte, key="ligtAan", label=ADRES)
    def openbare_ruimte(self) -> OpenbareRuimte | None:
        """De openbare ruimte waaraan het nummer is toegekend."""

    @link(woonplaats, key="ligtIn", label=ADRES)
    def woonplaats(self) -> Woonplaats | None:
        """De woonplaats, als dat een andere is dan die van de openbare ruimte."""

    @link(adres, key="identificatie", label=ADRES)
    def adres(self) -> Adres | None:
        """Het adres dat de nummeraanduiding vormt; leeg als het nummer niet meer geldt."""


@extend(OpenbareRuimte)
class OpenbareRuimteLinks:
    """From an openbare ruimte to its place and what lies along it."""

    @link(woonplaats, key="ligtIn", label=ADRES)
    def woonplaats(self) -> Woonplaats | None:
        """De woonplaats waarin de openbare ruimte ligt."""

    @link(adressen_in_openbare_ruimte, key="identificatie", label=ADRES, expected=20)
    def adressen(self, first: First = 20, after: After = None) -> Connection[Adres] | None:
        """De huidige adressen aan de openbare ruimte."""
