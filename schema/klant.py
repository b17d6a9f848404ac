"""What is published of customers: partijen and how they can be reached (startup).

Wire objects are those of the Klantinteracties API 0.9.0 (Open Klant 2). A partij has five
properties more than the source gives: its numbers, each taken out of its partijIdentificatoren, and
the one by which it is looked up in the Handelsregister.
References of the source are {uuid, url}; only the uuid is used. Contacts are in
schema.klant_contact.
"""

from __future__ import annotations

from schema.klant_waarden import (
    BASIS,
    CONTACTGEGEVENS,
    NOTITIE,
    REKENING,
    VERTEGENWOORDIGING,
    SoortDigitaalAdres,
    SoortPartij,
)
from schema.language.declare import copied, derived, published, source_name
from schema.language.scalars import (
    Bsn,
    Datum,
    KvkNummer,
    NummeraanduidingId,
    PersoonRef,
    Rsin,
    Uuid,
    Vestigingsnummer,
)


@published(label=BASIS, blank_is_absent=True)
class Contactnaam:
    """De naam waarmee iemand wil worden aangesproken; die kan een andere zijn dan in de BRP."""

    voorletters: str | None
    """De voorletters."""
    voornaam: str | None
    """De voornaam die iemand in contact met de gemeente gebruikt."""
    voorvoegsel_achternaam: str | None
    """Wat voor de achternaam staat, zoals 'van der'."""
    achternaam: str | None
    """De achternaam die iemand in contact met de gemeente gebruikt."""


@published(label=CONTACTGEGEVENS, blank_is_absent=True)
class KlantAdres:
    """Een adres zoals een klant het heeft opgegeven."""

    nummeraanduiding_id: NummeraanduidingId | None
    """Het kenmerk van de nummeraanduiding in de BAG, als dat bekend is."""
    straatnaam: str | None
    """De naam van de straat."""
    huisnummer: int | None
    """Het huisnummer."""
    huisnummertoevoeging: str | None
    """Wat er verder bij het huisnummer hoort, een letter daaronder begrepen."""
    postcode: str | None
    """De postcode, met een spatie tussen cijfers en letters."""
    stad: str | None
    """De woonplaats."""
    adresregel1: str | None
    """De eerste regel van een adres dat niet in delen is opgegeven."""
    adresregel2: str | None
    """De tweede regel van een adres dat niet in delen is opgegeven."""
    adresregel3: str | None
    """De derde regel van een adres dat niet in delen is opgegeven."""
    land: str | None
    """De code van het land, twee letters (ISO 3166-1)."""


@published(label=BASIS, blank_is_absent=True)
class PartijIdentificator:
    """Een nummer waaronder een klant in een ander register staat."""

    uuid: Uuid | None
    """Het uuid van deze koppeling bij de bron."""
    andere_partij_identificator: str | None
    """Een nummer uit een register dat de bron niet bij naam kent."""
    code_objecttype: str | None = copied("partijIdentificator.codeObjecttype")
    """Wat het nummer aanduidt, zoals natuurlijk_persoon."""
    code_register: str | None = copied("partijIdentificator.codeRegister")
    """Het register waar het nummer uit komt: brp of hr."""
    code_soort_object_id: str | None = copied("partijIdentificator.codeSoortObjectId")
    """Wat voor nummer het is: bsn, rsin, kvk_nummer of vestigingsnummer."""
    object_id: str | None = copied("partijIdentificator.objectId", label="persoon.bsn")
    """Het nummer zelf; van een mens is dat het burgerservicenummer."""


@published(label=BASIS, blank_is_absent=True)
class CategorieRelatie:
    """Dat een klant tot een groep hoort die de gemeente onderscheidt."""

    categorie_naam: str | None
    """De naam van de groep."""
    begin_datum: Datum | None
    """Vanaf wanneer de klant erbij hoort."""
    eind_datum: Datum | None
    """Tot wanneer de klant erbij hoort; leeg zolang dat zo is."""


@published(
    label=BASIS,
    wire=(
        "partijIdentificatie.naam",
        "partijIdentificatie.volledigeNaam",
        "partijIdentificatie.werkteVoorPartij.uuid",
        "voorkeursDigitaalAdres.uuid",
        "rekeningnummers.uuid",
        "voorkeursRekeningnummer.uuid",
        "bedrijf",
    ),
    blank_is_absent=True,
)
class Partij:
    """Een klant van de gemeente: een mens of een organisatie met wie zij contact heeft."""

    uuid: Uuid
    """Het uuid van de partij bij de bron."""
    bron: str = source_name()
    nummer: str | None
    """Het klantnummer, voor gebruik tussen mensen."""
    soort_partij: SoortPartij | None
    """Wat voor klant het is."""
    indicatie_actief: bool | None
    """Of de gemeente nog contact met de klant heeft."""
    indicatie_geheimhouding: bool | None
    """Of de klant heeft gevraagd gegevens niet aan derden te geven."""
    voorkeurstaal: str | None
    """De taal waarin de klant het liefst contact heeft: drie letters (ISO 639-2)."""
    contactnaam: Contactnaam | None = copied("partijIdentificatie.contactnaam")
    """Hoe een mens wil worden aangesproken, in delen; leeg bij een organisatie."""
    burgerservicenummer: Bsn | None = copied(label="persoon.bsn")
    """Het burgerservicenummer, als de klant daarmee bekend is."""
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    kvk_nummer: KvkNummer | None
    """Het nummer van de onderneming in het Handelsregister, als de klant daarmee bekend is."""
    rsin: Rsin | None
    """Het nummer van de rechtspersoon, als de klant daarmee bekend is."""
    vestigingsnummer: Vestigingsnummer | None
    """Het nummer van de vestiging in het Handelsregister, als de klant daarmee bekend is."""
    partij_identificatoren: list[PartijIdentificator] | None
    """Alle nummers waaronder de klant in andere registers staat."""
    categorie_relaties: list[CategorieRelatie] | None
    """De groepen waar de klant toe hoort."""
    bezoekadres: KlantAdres | None
    """Waar de klant te bezoeken is."""
    correspondentieadres: KlantAdres | None
    """Waar de klant post wil krijgen."""
    interne_notitie: str | None = copied(label=NOTITIE)
    """Wat medewerkers voor elkaar over de klant hebben opgeschreven."""

    @derived(
        needs={
            "naam": "partijIdentificatie.naam",
            "volledige_naam": "partijIdentificatie.volledigeNaam",
        }
    )
    def naam(naam: str | None, volledige_naam: str | None) -> str | None:
        """De naam van de organisatie, of die van de mens voluit."""
        return naam or volledige_naam or None


@published(label=CONTACTGEGEVENS, blank_is_absent=True)
class DigitaalAdres:
    """Een e-mailadres, telefoonnummer of iets anders waarlangs iemand digitaal bereikbaar is."""

    uuid: Uuid
    """Het uuid van het digitale adres bij de bron."""
    adres: str | None
    """Het e-mailadres, telefoonnummer of andere adres zelf."""
    soort_digitaal_adres: SoortDigitaalAdres | None
    """Wat voor adres het is."""
    is_standaard_adres: bool | None
    """Of dit het adres is om van deze soort te gebruiken."""
    omschrijving: str | None
    """Waar het adres voor is, in een paar woorden."""
    referentie: str | None
    """Waar het adres bij hoort, als het voor één ding is opgegeven."""
    verificatie_datum: Datum | None
    """Wanneer is nagegaan dat het adres klopt; leeg als dat niet is gedaan."""


@published(
    label=VERTEGENWOORDIGING,
    wire=("vertegenwoordigendePartij.uuid", "vertegenwoordigdePartij.uuid"),
)
class Vertegenwoordiging:
    """Dat de ene klant namens de andere contact met de gemeente heeft."""

    uuid: Uuid
    """Het uuid van de vertegenwoordiging bij de bron."""


@published(label=REKENING, blank_is_absent=True)
class Rekeningnummer:
    """Een bankrekening van een klant."""

    uuid: Uuid
    """Het uuid van het rekeningnummer bij de bron."""
    iban: str | None
    """Het nummer van de rekening (IBAN)."""
    bic: str | None
    """De code van de bank (BIC)."""
