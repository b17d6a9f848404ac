"""What is published of the Handelsregister (startup).

Wire objects are those of KVK Zoeken 2.0, Basisprofiel 1.4 and Vestigingsprofiel 1.4; of a company
what stands under `_embedded` too. The links that the source writes, in either of its two shapes,
are not published.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.language.declare import copied, derived, published
from schema.language.scalars import (
    AdresseerbaarObjectId,
    DatumIncompleet,
    Huisletter,
    Huisnummer,
    KvkNummer,
    NummeraanduidingId,
    Postcode,
    Rsin,
    Vestigingsnummer,
)

BASIS = "bedrijf.basis"
ADRES = "bedrijf.adres"
EIGENAAR = "bedrijf.eigenaar"
OP_ADRES = "bedrijf.op-adres"
RAADPLEGEN = "vraag.bedrijf-raadplegen"
ZOEKEN = "vraag.bedrijven-zoeken"

YES_NO = {"Ja": True, "Nee": False}


@strawberry.enum(description="Wat een regel in het Handelsregister is.")
class TypeInschrijving(Enum):
    """What a search result is."""

    HOOFDVESTIGING = strawberry.enum_value(
        "hoofdvestiging", description="De vestiging die als hoofdvestiging is aangewezen."
    )
    NEVENVESTIGING = strawberry.enum_value(
        "nevenvestiging", description="Een vestiging naast de hoofdvestiging."
    )
    RECHTSPERSOON = strawberry.enum_value(
        "rechtspersoon", description="Een rechtspersoon, met of zonder onderneming."
    )


@published(label=ADRES)
class GeoDataHr:
    """Waar een adres in de BAG en op de kaart staat, volgens het Handelsregister."""

    nummeraanduiding_identificatie: NummeraanduidingId | None = copied(
        "nummerAanduidingId", description="Het kenmerk van de nummeraanduiding in de BAG."
    )
    adresseerbaar_object_identificatie: AdresseerbaarObjectId | None = copied(
        "addresseerbaarObjectId", description="Het kenmerk van het adresseerbaar object in de BAG."
    )
    gps_latitude: float | None
    """De breedtegraad (WGS 84), in graden."""
    gps_longitude: float | None
    """De lengtegraad (WGS 84), in graden."""
    rijksdriehoek_x: float | None
    """De x-coördinaat in het RD-stelsel (EPSG:28992), in meters."""
    rijksdriehoek_y: float | None
    """De y-coördinaat in het RD-stelsel (EPSG:28992), in meters."""
    rijksdriehoek_z: float | None
    """De hoogte, in meters; meestal 0."""


@published(label=ADRES, wire=("indAfgeschermd",))
class AdresHr:
    """Een adres in het Handelsregister: in Nederland in delen, in het buitenland in regels."""

    type: str | None
    """Waarvoor het dient: bezoekadres of correspondentieadres."""
    volledig_adres: str | None
    """Het adres op één regel."""
    straatnaam: str | None
    """De naam van de straat."""
    huisnummer: Huisnummer | None
    """Het huisnummer."""
    huisletter: Huisletter | None
    """De letter bij het huisnummer."""
    huisnummer_toevoeging: str | None
    """Wat er verder bij huisnummer en huisletter hoort."""
    toevoeging_adres: str | None
    """Een nadere omschrijving van de plek, zoals een verdieping."""
    postcode: Postcode | None
    """De postcode."""
    postbusnummer: int | None
    """Het nummer van de postbus."""
    plaats: str | None
    """De naam van de woonplaats."""
    straat_huisnummer: str | None
    """Straat en huisnummer van een adres in het buitenland."""
    postcode_woonplaats: str | None
    """Postcode en woonplaats van een adres in het buitenland."""
    regio: str | None
    """De streek of provincie van een adres in het buitenland."""
    land: str | None
    """De naam van het land."""
    geo_data: GeoDataHr | None
    """Waar het adres in de BAG en op de kaart staat; alleen voor adressen in Nederland."""

    @derived
    def ind_afgeschermd(ind_afgeschermd: str | None) -> bool | None:
        """Of het adres is afgeschermd; dan wordt er verder niets van gegeven."""
        return yes_no(ind_afgeschermd)


@published(label=BASIS)
class Handelsnaam:
    """Een naam waaronder een onderneming of vestiging handelt."""

    naam: str | None
    """De naam."""
    volgorde: int | None
    """De plaats van de naam in de volgorde van registreren."""


@published(label=BASIS, wire=("indHoofdactiviteit",))
class SbiActiviteit:
    """Een activiteit volgens de Standaard Bedrijfsindeling (SBI)."""

    sbi_code: str | None
    """De code."""
    sbi_omschrijving: str | None
    """Wat de code betekent."""

    @derived
    def ind_hoofdactiviteit(ind_hoofdactiviteit: str | None) -> bool | None:
        """Of het de hoofdactiviteit is."""
        return yes_no(ind_hoofdactiviteit)


@published(label=BASIS, wire=("datumAanvang", "datumEinde"))
class MaterieleRegistratie:
    """Van wanneer tot wanneer een onderneming of vestiging bestaat."""

    @derived
    def datum_aanvang(datum_aanvang: str | None) -> DatumIncompleet | None:
        """De begindatum."""
        return date_of(datum_aanvang)

    @derived
    def datum_einde(datum_einde: str | None) -> DatumIncompleet | None:
        """De einddatum; leeg zolang zij bestaat."""
        return date_of(datum_einde)


@published(
    label=BASIS,
    wire=(
        "indNonMailing",
        "formeleRegistratiedatum",
        "indHoofdvestiging",
        "indCommercieleVestiging",
    ),
)
class Vestiging:
    """Een plek waar een onderneming of rechtspersoon activiteiten heeft."""

    vestigingsnummer: Vestigingsnummer
    """Het nummer van de vestiging."""
    kvk_nummer: KvkNummer | None
    """Het KVK-nummer van het bedrijf waarvan het een vestiging is."""
    rsin: Rsin | None
    """Het RSIN van de rechtspersoon of het samenwerkingsverband, als die er een heeft."""
    eerste_handelsnaam: str | None
    """De naam waaronder de vestiging in de eerste plaats handelt."""
    handelsnamen: list[Handelsnaam] | None
    """Alle namen waaronder de vestiging handelt."""
    materiele_registratie: MaterieleRegistratie | None
    """Van wanneer tot wanneer de vestiging bestaat."""
    voltijd_werkzame_personen: int | None
    """Hoeveel mensen er voltijd werken."""
    deeltijd_werkzame_personen: int | None
    """Hoeveel mensen er in deeltijd werken."""
    totaal_werkzame_personen: int | None
    """Hoeveel mensen er in totaal werken."""
    sbi_activiteiten: list[SbiActiviteit] | None
    """Wat er op de vestiging gedaan wordt."""
    websites: list[str] | None
    """De websites van de vestiging."""
    adressen: list[AdresHr] | None
    """Het bezoekadres en het correspondentieadres."""

    @derived
    def ind_non_mailing(ind_non_mailing: str | None) -> bool | None:
        """Of de vestiging geen ongevraagde reclame en verkoop aan de deur wil."""
        return yes_no(ind_non_mailing)

    @derived
    def formele_registratiedatum(formele_registratiedatum: str | None) -> DatumIncompleet | None:
        """Wanneer de vestiging in het Handelsregister is ingeschreven."""
        return date_of(formele_registratiedatum)

    @derived
    def ind_hoofdvestiging(ind_hoofdvestiging: str | None) -> bool | None:
        """Of het de hoofdvestiging is."""
        return yes_no(ind_hoofdvestiging)

    @derived
    def ind_commerciele_vestiging(ind_commerciele_vestiging: str | None) -> bool | None:
        """Of de vestiging van een onderneming is, en niet van een rechtspersoon zonder."""
        return yes_no(ind_commerciele_vestiging)


@published(
    label=BASIS, wire=("indHoofdvestiging", "indCommercieleVestiging", "indAdresAfgeschermd")
)
class VestigingBeperkt:
    """Een vestiging zoals zij in de lijst van een bedrijf staat."""

    vestigingsnummer: Vestigingsnummer
    """Het nummer van de vestiging."""
    kvk_nummer: KvkNummer | None
    """Het KVK-nummer van het bedrijf waarvan het een vestiging is."""
    eerste_handelsnaam: str | None
    """De naam waaronder de vestiging in de eerste plaats handelt."""
    volledig_adres: str | None = copied(
        label=ADRES, description="Het adres op één regel; leeg als het is afgeschermd."
    )

    @derived
    def ind_hoofdvestiging(ind_hoofdvestiging: str | None) -> bool | None:
        """Of het de hoofdvestiging is."""
        return yes_no(ind_hoofdvestiging)

    @derived
    def ind_commerciele_vestiging(ind_commerciele_vestiging: str | None) -> bool | None:
        """Of de vestiging van een onderneming is, en niet van een rechtspersoon zonder."""
        return yes_no(ind_commerciele_vestiging)

    @derived(label=ADRES)
    def ind_adres_afgeschermd(ind_adres_afgeschermd: str | None) -> bool | None:
        """Of het adres is afgeschermd."""
        return yes_no(ind_adres_afgeschermd)


@published(label=EIGENAAR)
class BedrijfEigenaar:
    """De rechtspersoon, het samenwerkingsverband of de natuurlijke persoon achter een bedrijf."""

    rsin: Rsin | None
    """Het RSIN; een natuurlijk persoon heeft er geen."""
    rechtsvorm: str | None
    """De rechtsvorm, zoals Eenmanszaak of BeslotenVennootschap."""
    uitgebreide_rechtsvorm: str | None
    """De rechtsvorm voluit."""
    adressen: list[AdresHr] | None
    """De adressen van de eigenaar."""
    websites: list[str] | None
    """De websites van de eigenaar."""


@published(label=BASIS, wire=("indNonMailing", "formeleRegistratiedatum"))
class Bedrijf:
    """Een inschrijving in het Handelsregister: een onderneming of rechtspersoon, met KVK-nummer."""

    kvk_nummer: KvkNummer
    """Het nummer van de inschrijving."""
    naam: str | None
    """De naam van de onderneming."""
    statutaire_naam: str | None
    """De naam volgens de statuten, als die er zijn."""
    handelsnamen: list[Handelsnaam] | None
    """Alle namen waaronder wordt gehandeld."""
    materiele_registratie: MaterieleRegistratie | None
    """Van wanneer tot wanneer de onderneming bestaat."""
    totaal_werkzame_personen: int | None
    """Hoeveel mensen er in totaal werken."""
    sbi_activiteiten: list[SbiActiviteit] | None
    """Wat er gedaan wordt."""
    hoofdvestiging: Vestiging | None = copied(
        "_embedded.hoofdvestiging",
        description="De hoofdvestiging; niet elke rechtspersoon heeft er een.",
    )
    eigenaar: BedrijfEigenaar | None = copied(
        "_embedded.eigenaar", label=EIGENAAR, description="Wie er achter het bedrijf staat."
    )

    @derived
    def ind_non_mailing(ind_non_mailing: str | None) -> bool | None:
        """Of het bedrijf geen ongevraagde reclame en verkoop aan de deur wil."""
        return yes_no(ind_non_mailing)

    @derived
    def formele_registratiedatum(formele_registratiedatum: str | None) -> DatumIncompleet | None:
        """Wanneer het bedrijf in het Handelsregister is ingeschreven."""
        return date_of(formele_registratiedatum)


@published(label=ADRES)
class BinnenlandsZoekadres:
    """Een adres in Nederland, zo ver als het Handelsregister dat bij zoeken geeft."""

    type: str | None
    """Waarvoor het dient: bezoekadres of postadres."""
    straatnaam: str | None
    """De naam van de straat."""
    huisnummer: Huisnummer | None
    """Het huisnummer; alleen als daarop is gezocht."""
    huisletter: Huisletter | None
    """De letter bij het huisnummer; alleen als op huisnummer is gezocht."""
    postbusnummer: int | None
    """Het nummer van de postbus, van een postadres."""
    postcode: Postcode | None
    """De postcode; alleen als daarop is gezocht."""
    plaats: str | None
    """De naam van de woonplaats."""


@published(label=ADRES)
class BuitenlandsZoekadres:
    """Een adres in het buitenland."""

    type: str | None
    """Waarvoor het dient: bezoekadres of postadres."""
    straat_huisnummer: str | None
    """Straat en huisnummer."""
    postcode_woonplaats: str | None
    """Postcode en woonplaats."""
    land: str | None
    """De naam van het land."""


@published(label=ADRES)
class Zoekadres:
    """Een adres bij wat er gevonden is: in Nederland of in het buitenland."""

    binnenlands_adres: BinnenlandsZoekadres | None
    """Het adres, als dat in Nederland is."""
    buitenlands_adres: BuitenlandsZoekadres | None
    """Het adres, als dat in het buitenland is."""


@published(label=BASIS, wire=("actief",))
class BedrijfZoekresultaat:
    """Een rechtspersoon of vestiging die in het Handelsregister is gevonden.

    Wat hier staat kost de gemeente niets; de gegevens achter `bedrijf` en `vestiging` worden per
    opvraging betaald.
    """

    kvk_nummer: KvkNummer
    """Het KVK-nummer van het bedrijf."""
    rsin: Rsin | None
    """Het RSIN van een rechtspersoon."""
    vestigingsnummer: Vestigingsnummer | None
    """Het nummer van de vestiging; een rechtspersoon heeft er geen."""
    naam: str | None
    """De naam waaronder de rechtspersoon of vestiging handelt."""
    vervallen_naam: str | None
    """De vroegere naam waarop is gevonden, als dat zo is."""
    type: TypeInschrijving | None
    """Of het een vestiging of een rechtspersoon is."""
    adres: Zoekadres | None
    """Waar het is, zo ver als het Handelsregister dat bij zoeken geeft."""

    @derived
    def actief(actief: str | None) -> bool | None:
        """Of de inschrijving nog geldt."""
        return yes_no(actief)


def yes_no(text: str | None) -> bool | None:
    """Of the Handelsregister's "Ja" and "Nee"; anything else says nothing."""
    return YES_NO.get(text or "")


def date_of(text: str | None) -> DatumIncompleet | None:
    """A date of eight digits, in which 00 is an unknown month or day: `20170700` is 2017-07.

    Nothing known is None; ValueError for anything but eight digits.
    """
    if not text:
        return None
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError("not a date of the Handelsregister")
    year, month, day = text[:4], text[4:6], text[6:]
    if year == "0000":
        return None
    known = [year] if month == "00" else [year, month] if day == "00" else [year, month, day]
    return DatumIncompleet("-".join(known))
