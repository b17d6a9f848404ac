"""What can be asked of the Handelsregister, and how it and the BAG lead to each other (startup)."""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres, adresseerbaar_object
from resolvers.hr.reads import (
    bedrijf_op_kvk_nummer,
    bedrijf_op_rsin,
    bedrijven_op_adres,
    vestiging,
    vestiging_gevonden,
    vestigingen_van_bedrijf,
    zoek_met_kvk_nummer,
    zoek_met_naam,
    zoek_met_postbus,
    zoek_met_postcode_en_huisnummer,
    zoek_met_rsin,
    zoek_met_straat,
)
from schema.bag import Adres, AdresseerbaarObject
from schema.hr import (
    ADRES,
    BASIS,
    OP_ADRES,
    RAADPLEGEN,
    ZOEKEN,
    AdresHr,
    Bedrijf,
    BedrijfZoekresultaat,
    TypeInschrijving,
    Vestiging,
    VestigingBeperkt,
)
from schema.language.links import ListOf, Mijn, Own, Query, Range, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import (
    Huisletter,
    Huisnummer,
    KvkNummer,
    Postcode,
    Rsin,
    Vestigingsnummer,
    Zoektekst,
)

Nummer = Annotated[KvkNummer, "Het KVK-nummer."]
Plaats = Annotated[Zoektekst, "De naam van de woonplaats."]
Typen = Annotated[
    list[TypeInschrijving] | None, "Alleen deze; weglaten geeft vestigingen en rechtspersonen.",
    ListOf(3),
]  # fmt: skip
Inactieve = Annotated[bool, "Of ook gevonden wordt wat niet meer is ingeschreven."]


@extend(Query)
class HrVragen:
    """The root questions of the Handelsregister: one for each way of finding."""

    @link(bedrijf_op_kvk_nummer, argument="kvk_nummer", label=RAADPLEGEN)
    def bedrijf(self, kvk_nummer: Nummer) -> Bedrijf | None:
        """Het bedrijf met een KVK-nummer; leeg als het niet in het Handelsregister staat."""

    @link(
        bedrijf_op_rsin,
        argument="rsin",
        through=(bedrijf_op_kvk_nummer, "kvkNummer"),
        label=RAADPLEGEN,
    )
    def bedrijf_op_rsin(self, rsin: Annotated[Rsin, "Het RSIN."]) -> Bedrijf | None:
        """Het bedrijf van de rechtspersoon of het samenwerkingsverband met een RSIN."""

    @link(vestiging, argument="vestigingsnummer", label=RAADPLEGEN)
    def vestiging(
        self, vestigingsnummer: Annotated[Vestigingsnummer, "Het nummer van de vestiging."]
    ) -> Vestiging | None:
        """De vestiging met een vestigingsnummer; leeg als die niet in het Handelsregister staat."""

    @link(vestiging_gevonden, argument="vestigingsnummer", label=RAADPLEGEN)
    def zoek_vestiging(
        self, vestigingsnummer: Annotated[Vestigingsnummer, "Het nummer van de vestiging."]
    ) -> BedrijfZoekresultaat | None:
        """Het beetje over een vestiging dat niets kost, ook als zij niet meer bestaat."""

    @link(zoek_met_kvk_nummer, argument="kvk_nummer", label=RAADPLEGEN)
    def zoek_bedrijven_met_kvk_nummer(
        self,
        kvk_nummer: Nummer,
        type: Typen = None,
        inclusief_inactieve_registraties: Inactieve = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZoekresultaat] | None:
        """De rechtspersoon en de vestigingen met een KVK-nummer; hoogstens duizend."""

    @link(zoek_met_rsin, argument="rsin", label=RAADPLEGEN)
    def zoek_bedrijven_met_rsin(
        self,
        rsin: Annotated[Rsin, "Het RSIN."],
        type: Typen = None,
        inclusief_inactieve_registraties: Inactieve = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZoekresultaat] | None:
        """Wat er met een RSIN in het Handelsregister staat; hoogstens duizend."""

    @link(zoek_met_naam, label=ZOEKEN)
    def zoek_bedrijven_met_naam(
        self,
        naam: Annotated[Zoektekst, "De naam of handelsnaam, of een deel daarvan."],
        plaats: Annotated[Zoektekst | None, "Alleen in deze woonplaats."] = None,
        type: Typen = None,
        inclusief_inactieve_registraties: Inactieve = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZoekresultaat] | None:
        """Vestigingen en rechtspersonen op naam; hoogstens duizend."""

    @link(zoek_met_straat, label=ZOEKEN)
    def zoek_bedrijven_met_straat(
        self,
        straatnaam: Annotated[Zoektekst, "De naam van de straat."],
        plaats: Plaats,
        type: Typen = None,
        inclusief_inactieve_registraties: Inactieve = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZoekresultaat] | None:
        """Vestigingen en rechtspersonen in een straat; hoogstens duizend."""

    @link(zoek_met_postcode_en_huisnummer, label=ZOEKEN)
    def zoek_bedrijven_met_postcode_en_huisnummer(
        self,
        postcode: Annotated[Postcode, "De postcode."],
        huisnummer: Annotated[Huisnummer, "Het huisnummer."],
        huisletter: Annotated[Huisletter | None, "De letter bij het huisnummer."] = None,
        type: Typen = None,
        inclusief_inactieve_registraties: Inactieve = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZoekresultaat] | None:
        """Vestigingen en rechtspersonen op een postcode en huisnummer; hoogstens duizend."""

    @link(zoek_met_postbus, label=ZOEKEN)
    def zoek_bedrijven_met_postbus(
        self,
        postcode: Annotated[Postcode, "De postcode van de postbus."],
        postbusnummer: Annotated[int, "Het nummer van de postbus.", Range(1, 99_999)],
        type: Typen = None,
        inclusief_inactieve_registraties: Inactieve = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZoekresultaat] | None:
        """Vestigingen en rechtspersonen met een postbus; hoogstens duizend."""


@extend(BedrijfZoekresultaat)
class BedrijfZoekresultaatLinks:
    """From what was found to its profiles."""

    @link(bedrijf_op_kvk_nummer, key="kvkNummer", label=BASIS)
    def bedrijf(self) -> Bedrijf | None:
        """Het bedrijf zelf; wordt per opvraging betaald."""

    @link(vestiging, key="vestigingsnummer", label=BASIS)
    def vestiging(self) -> Vestiging | None:
        """De vestiging zelf, als het er een is; wordt per opvraging betaald."""


@extend(Mijn)
class MijnBedrijf:
    """The company that asks, or for which somebody asks."""

    @link(bedrijf_op_kvk_nummer, own=Own.KVK_NUMMER, label=RAADPLEGEN)
    def bedrijf(self) -> Bedrijf | None:
        """De onderneming in het Handelsregister; leeg voor wie er geen is of er niet in staat."""

    @link(vestiging, own=Own.VESTIGINGSNUMMER, label=RAADPLEGEN)
    def vestiging(self) -> Vestiging | None:
        """De vestiging waarvoor is ingelogd; leeg voor wie niet voor één vestiging inlogde."""


@extend(Bedrijf)
class BedrijfLinks:
    """From a company to where it works."""

    @link(vestigingen_van_bedrijf, key="kvkNummer", label=BASIS, expected=5)
    def vestigingen(
        self,
        commercieel: Annotated[
            bool | None, "Alleen vestigingen die van een onderneming zijn, of juist niet."
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[VestigingBeperkt] | None:
        """De vestigingen van het bedrijf; elke bladzijde is een betaalde opvraging."""


@extend(VestigingBeperkt)
class VestigingBeperktLinks:
    """From a line in the list to the vestiging."""

    @link(vestiging, key="vestigingsnummer", label=BASIS)
    def vestiging(self) -> Vestiging | None:
        """Alle gegevens van de vestiging; wordt per opvraging betaald."""


@extend(Vestiging)
class VestigingLinks:
    """From a vestiging to whose it is."""

    @link(bedrijf_op_kvk_nummer, key="kvkNummer", label=BASIS)
    def bedrijf(self) -> Bedrijf | None:
        """Het bedrijf waarvan het een vestiging is."""


@extend(AdresHr)
class AdresHrLinks:
    """From an address in the Handelsregister to the BAG."""

    @link(adres, key="geoData.nummerAanduidingId", label=ADRES)
    def adres(self) -> Adres | None:
        """Het adres in de BAG; leeg als het Handelsregister er geen bij kent."""

    @link(adresseerbaar_object, key="geoData.addresseerbaarObjectId", label=ADRES)
    def adresseerbaar_object(self) -> AdresseerbaarObject | None:
        """Het adresseerbaar object in de BAG; leeg als het Handelsregister er geen bij kent."""


@extend(Adres)
class AdresBedrijven:
    """From an address to the companies that are there."""

    @link(bedrijven_op_adres, key="postcodeHuisnummerHuisletter", label=OP_ADRES)
    def bedrijven(
        self, first: First = 20, after: After = None
    ) -> Connection[BedrijfZoekresultaat] | None:
        """Wat op deze postcode, dit huisnummer en deze huisletter is ingeschreven.

        Het Handelsregister let daarbij niet op de huisnummertoevoeging.
        """
