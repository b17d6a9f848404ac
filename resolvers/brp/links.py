"""What can be asked of the BRP, and how persons, relatives and addresses lead to one another
(startup).
"""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres, adresseerbaar_object
from resolvers.brp.reads import (
    bewoners_van_adres,
    bewoners_van_object,
    personen,
    zoek_met_adresseerbaar_object_identificatie,
    zoek_met_geslachtsnaam_en_geboortedatum,
    zoek_met_naam_en_gemeente_van_inschrijving,
    zoek_met_nummeraanduiding_identificatie,
    zoek_met_postcode_en_huisnummer,
    zoek_met_straat_huisnummer_en_gemeente_van_inschrijving,
)
from schema.bag import Adres, AdresseerbaarObject
from schema.brp import GezagPersoonBeperkt, Persoon, PersoonBeperkt
from schema.brp_labels import ADRES, BEWONING, GERELATEERDEN, RAADPLEGEN, ZOEKEN
from schema.brp_relaties import BekendeDerde, GezagOuder, Kind, Minderjarige, Ouder, Partner
from schema.brp_verblijf import VerblijfplaatsAdres
from schema.brp_waarden import GezochtGeslacht
from schema.language.links import ListOf, Mijn, Own, Query, extend, link
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Bsn,
    Datum,
    Gemeentecode,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    NummeraanduidingId,
    Postcode,
    Zoektekst,
)

Geslachtsnaam = Annotated[
    Zoektekst, "De geslachtsnaam zonder voorvoegsel; na minstens drie letters mag een *."
]
Gemeente = Annotated[Gemeentecode, "De gemeente waar de persoon is ingeschreven."]
GemeenteOfNiet = Annotated[
    Gemeentecode | None, "Alleen personen die in deze gemeente zijn ingeschreven."
]
Voorvoegsel = Annotated[Zoektekst | None, 'Wat er voor de geslachtsnaam komt, zoals "van der".']
Geslacht = Annotated[GezochtGeslacht | None, "Alleen personen met dit geslacht."]
Nummer = Annotated[Huisnummer, "Het huisnummer."]
Letter = Annotated[Huisletter | None, "De letter bij het huisnummer."]
Toevoeging = Annotated[Huisnummertoevoeging | None, "Wat er verder bij het huisnummer hoort."]
Overledenen = Annotated[bool, "Of ook overleden personen worden gezocht."]


@extend(Query)
class BrpVragen:
    """The root questions of the BRP: one for each way of finding."""

    @link(personen, argument="burgerservicenummer", label=RAADPLEGEN)
    def persoon(
        self,
        burgerservicenummer: Annotated[Bsn, "Het burgerservicenummer."],
    ) -> Persoon | None:
        """De persoon met een burgerservicenummer; leeg als die niet in de BRP staat."""

    @link(personen, argument="burgerservicenummers", label=RAADPLEGEN)
    def personen(
        self,
        burgerservicenummers: Annotated[
            list[Bsn], "De burgerservicenummers, hoogstens honderd.", ListOf(100)
        ],
    ) -> list[Persoon | None] | None:
        """Personen in de volgorde van de vraag; leeg op de plaats van wie niet in de BRP staat."""

    @link(zoek_met_geslachtsnaam_en_geboortedatum, label=ZOEKEN, expected=2)
    def zoek_personen_met_geslachtsnaam_en_geboortedatum(
        self,
        geslachtsnaam: Geslachtsnaam,
        geboortedatum: Annotated[Datum, "De volledige geboortedatum."],
        voornamen: Annotated[
            Zoektekst | None, "De voornamen, of het begin ervan met een *."
        ] = None,
        voorvoegsel: Voorvoegsel = None,
        geslacht: Geslacht = None,
        gemeente_van_inschrijving: GemeenteOfNiet = None,
        inclusief_overleden_personen: Overledenen = False,
    ) -> list[PersoonBeperkt] | None:
        """Personen op naam en geboortedatum; bij meer dan tien wordt er geen gegeven."""

    @link(zoek_met_naam_en_gemeente_van_inschrijving, label=ZOEKEN, expected=3)
    def zoek_personen_met_naam_en_gemeente_van_inschrijving(
        self,
        geslachtsnaam: Geslachtsnaam,
        voornamen: Annotated[Zoektekst, "De voornamen; na minstens drie letters mag een *."],
        gemeente_van_inschrijving: Gemeente,
        voorvoegsel: Voorvoegsel = None,
        geslacht: Geslacht = None,
        inclusief_overleden_personen: Overledenen = False,
    ) -> list[PersoonBeperkt] | None:
        """Personen op naam in een gemeente; bij meer dan tien wordt er geen gegeven."""

    @link(zoek_met_postcode_en_huisnummer, label=ZOEKEN, expected=3)
    def zoek_personen_met_postcode_en_huisnummer(
        self,
        postcode: Annotated[Postcode, "De postcode."],
        huisnummer: Nummer,
        huisletter: Letter = None,
        huisnummertoevoeging: Toevoeging = None,
        geboortedatum: Annotated[
            Datum | None, "Alleen personen die op deze dag zijn geboren."
        ] = None,
        geslachtsnaam: Annotated[
            Zoektekst | None, "Alleen personen met deze geslachtsnaam, zonder voorvoegsel."
        ] = None,
        gemeente_van_inschrijving: GemeenteOfNiet = None,
        inclusief_overleden_personen: Overledenen = False,
    ) -> list[PersoonBeperkt] | None:
        """Personen op een postcode en huisnummer; bij meer dan dertig wordt er geen gegeven."""

    @link(zoek_met_straat_huisnummer_en_gemeente_van_inschrijving, label=ZOEKEN, expected=3)
    def zoek_personen_met_straat_huisnummer_en_gemeente_van_inschrijving(
        self,
        straat: Annotated[
            Zoektekst, "De naam van de straat; voor of na minstens zeven letters mag een *."
        ],
        huisnummer: Nummer,
        gemeente_van_inschrijving: Gemeente,
        huisletter: Letter = None,
        huisnummertoevoeging: Toevoeging = None,
        inclusief_overleden_personen: Overledenen = False,
    ) -> list[PersoonBeperkt] | None:
        """Personen op een huisnummer in een straat; bij meer dan dertig wordt er geen gegeven."""

    @link(
        zoek_met_nummeraanduiding_identificatie,
        argument="identificatie",
        label=ZOEKEN,
        expected=3,
    )
    def zoek_personen_met_nummeraanduiding_identificatie(
        self,
        identificatie: Annotated[
            NummeraanduidingId, "Het kenmerk van de nummeraanduiding in de BAG."
        ],
        inclusief_overleden_personen: Overledenen = False,
    ) -> list[PersoonBeperkt] | None:
        """Personen op een adres uit de BAG; bij meer dan dertig wordt er geen gegeven."""

    @link(
        zoek_met_adresseerbaar_object_identificatie,
        argument="identificatie",
        label=ZOEKEN,
        expected=3,
    )
    def zoek_personen_met_adresseerbaar_object_identificatie(
        self,
        identificatie: Annotated[
            AdresseerbaarObjectId, "Het kenmerk van het adresseerbaar object in de BAG."
        ],
        inclusief_overleden_personen: Overledenen = False,
    ) -> list[GezagPersoonBeperkt] | None:
        """Personen op een object uit de BAG; bij meer dan dertig wordt er geen gegeven."""


@extend(Mijn)
class MijnPersoon:
    """Who asks, or for whom they ask."""

    @link(personen, own=Own.BSN, label=RAADPLEGEN)
    def persoon(self) -> Persoon | None:
        """De eigen gegevens in de BRP; leeg voor wie geen inwoner is of er niet in staat."""


@extend(PersoonBeperkt)
class PersoonBeperktLinks:
    """From a person found to the whole record."""

    @link(personen, key="burgerservicenummer", label=RAADPLEGEN)
    def persoon(self) -> Persoon | None:
        """De volledige gegevens van de gevonden persoon."""


@extend(Persoon)
class PersoonLinks:
    """From a person to the BAG."""

    @link(adres, key="verblijfplaats.nummeraanduidingIdentificatie", label=ADRES)
    def adres(self) -> Adres | None:
        """Het adres in de BAG waar de persoon verblijft; leeg zonder adres in de BAG."""

    @link(adresseerbaar_object, key="verblijfplaats.adresseerbaarObjectIdentificatie", label=ADRES)
    def adresseerbaar_object(self) -> AdresseerbaarObject | None:
        """Het object in de BAG waar de persoon verblijft; leeg zonder adres in de BAG."""


@extend(VerblijfplaatsAdres)
class VerblijfplaatsAdresLinks:
    """From where somebody lives to the BAG."""

    @link(adres, key="nummeraanduidingIdentificatie", label=ADRES)
    def adres(self) -> Adres | None:
        """Het adres in de BAG; leeg als het daar niet in staat."""

    @link(adresseerbaar_object, key="adresseerbaarObjectIdentificatie", label=ADRES)
    def adresseerbaar_object(self) -> AdresseerbaarObject | None:
        """Het adresseerbaar object in de BAG; leeg als het daar niet in staat."""


@extend(Kind)
class KindLinks:
    """From a child to its own record."""

    @link(personen, key="burgerservicenummer", label=GERELATEERDEN)
    def persoon(self) -> Persoon | None:
        """De eigen gegevens van het kind; leeg zonder burgerservicenummer."""


@extend(Ouder)
class OuderLinks:
    """From a parent to their own record."""

    @link(personen, key="burgerservicenummer", label=GERELATEERDEN)
    def persoon(self) -> Persoon | None:
        """De eigen gegevens van de ouder; leeg zonder burgerservicenummer."""


@extend(Partner)
class PartnerLinks:
    """From a partner to their own record."""

    @link(personen, key="burgerservicenummer", label=GERELATEERDEN)
    def persoon(self) -> Persoon | None:
        """De eigen gegevens van de partner; leeg zonder burgerservicenummer."""


@extend(Minderjarige)
class MinderjarigeLinks:
    """From a minor to their own record."""

    @link(personen, key="burgerservicenummer", label=GERELATEERDEN)
    def persoon(self) -> Persoon | None:
        """De eigen gegevens van het kind."""


@extend(GezagOuder)
class GezagOuderLinks:
    """From a parent with authority to their own record."""

    @link(personen, key="burgerservicenummer", label=GERELATEERDEN)
    def persoon(self) -> Persoon | None:
        """De eigen gegevens van de ouder; leeg zonder burgerservicenummer."""


@extend(BekendeDerde)
class BekendeDerdeLinks:
    """From a known third party with authority to their own record."""

    @link(personen, key="burgerservicenummer", label=GERELATEERDEN)
    def persoon(self) -> Persoon | None:
        """De eigen gegevens van wie het gezag heeft."""


@extend(Adres)
class AdresBewoners:
    """From an address to who lives there."""

    @link(
        bewoners_van_adres,
        key="nummeraanduidingIdentificatie",
        through=(personen, "burgerservicenummer"),
        label=BEWONING,
        expected=3,
    )
    def bewoners(self) -> list[Persoon] | None:
        """Wie er volgens de BRP op dit adres verblijven; bij meer dan dertig niet te geven."""


@extend(AdresseerbaarObject)
class AdresseerbaarObjectBewoners:
    """From an object to who lives there."""

    @link(
        bewoners_van_object,
        key="identificatie",
        through=(personen, "burgerservicenummer"),
        label=BEWONING,
        expected=3,
    )
    def bewoners(self) -> list[Persoon] | None:
        """Wie er volgens de BRP in dit object verblijven; bij meer dan dertig niet te geven."""
