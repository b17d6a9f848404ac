"""What is published of the WOZ: objects, their values and who has an interest (startup).

Names follow WOZ bevragen 1.0. `waardenPerPeildatum` is no property of the source: `resolvers.woz`
chooses it from `waarden`.
"""

from __future__ import annotations

from collections.abc import Sequence

from schema.language.declare import copied, derived, one_of, published
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Bsn,
    Datum,
    Gemeentecode,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    KadastraalOnroerendeZaakId,
    KvkNummer,
    NummeraanduidingId,
    PandId,
    PersoonRef,
    Postcode,
    Rsin,
    Vestigingsnummer,
    WozObjectId,
)
from schema.woz_labels import BELANGHEBBENDE, BSN, OBJECT, WAARDE
from schema.woz_waarden import StatusBeschikking

PENDING = frozenset(
    {"bezwaar_ingediend", "beroep_aangetekend", "hoger_beroep_aangetekend", "cassatie_ingesteld"}
)
"""The statuses of a value that is being disputed."""


@published(label=OBJECT)
class WozAanduiding:
    """Het adres of de plaats zoals die op de WOZ-beschikking staat."""

    straat: str | None
    """De straat."""
    huisnummer: Huisnummer | None
    """Het huisnummer."""
    huisletter: Huisletter | None
    """De letter bij het huisnummer."""
    huisnummertoevoeging: Huisnummertoevoeging | None
    """Wat er verder bij het huisnummer hoort."""
    postcode: Postcode | None
    """De postcode."""
    woonplaats: str | None
    """De woonplaats."""
    locatieomschrijving: str | None
    """Waar het object ligt ten opzichte van een adres of straat."""
    nummeraanduiding_identificatie: NummeraanduidingId | None
    """Het kenmerk van het adres in de BAG."""


@published(label=OBJECT)
class WozKadastraleAanduiding:
    """De kadastrale aanduiding in delen."""

    gemeentecode: str | None
    """De code van de kadastrale gemeente."""
    sectie: str | None
    """De sectie."""
    perceelnummer: int | None
    """Het nummer van het perceel."""
    deelperceelnummer: str | None
    """Het nummer van een deel van het perceel."""
    appartementsindex: int | None
    """Het volgnummer van een appartementsrecht."""


@published(label=OBJECT)
class WozKadastraalOnroerendeZaak:
    """Een kadastraal onroerende zaak waarop een WOZ-object ligt."""

    identificatie: KadastraalOnroerendeZaakId | None
    """Het kenmerk van de kadastraal onroerende zaak."""
    aanduiding: WozKadastraleAanduiding | None
    """De kadastrale aanduiding in delen."""
    aanduiding_met_gemeentenaam: str | None
    """De kadastrale aanduiding als één tekst, met de naam van de kadastrale gemeente."""


@published(label=OBJECT)
class VerantwoordelijkeGemeente:
    """De gemeente die een WOZ-object waardeert."""

    code: Gemeentecode | None
    """De gemeentecode (landelijke tabel 33)."""
    omschrijving: str | None
    """De naam van de gemeente."""


@published(label=WAARDE, wire=("indicatieBezwaarBeroep",))
class WozWaarde:
    """De waarde van een WOZ-object op een dag."""

    vastgestelde_waarde: int | None
    """De waarde in hele euro's."""
    waardepeildatum: Datum | None
    """De dag waarvoor de waarde is bepaald."""
    ingangsdatum: Datum | None
    """De dag vanaf wanneer de waarde geldt."""
    beschikkings_statussen: list[StatusBeschikking] | None
    """Hoe het met de beschikking en een bezwaar of beroep staat."""

    @derived
    def indicatie_bezwaar_beroep(
        indicatie_bezwaar_beroep: bool | None, beschikkings_statussen: Sequence[str] | None
    ) -> bool | None:
        """Of er een bezwaar of beroep loopt; leeg als de bron dat niet zegt."""
        return is_disputed(indicatie_bezwaar_beroep, beschikkings_statussen)


@one_of(by="type", label=BELANGHEBBENDE)
class Belanghebbende:
    """Wie voor de WOZ eigenaar of gebruiker van een object is."""

    naam: str | None
    """De naam."""


@published(label=BELANGHEBBENDE, when="natuurlijk_persoon")
class BelanghebbendeNatuurlijkPersoon(Belanghebbende):
    """Een persoon die eigenaar of gebruiker is."""

    burgerservicenummer: Bsn | None = copied(label=BSN)
    """Het burgerservicenummer."""
    persoon_ref: PersoonRef | None = copied("burgerservicenummer", label=BELANGHEBBENDE)
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    geheimhouding_persoonsgegevens: bool | None
    """Of gegevens niet aan bepaalde derden mogen worden verstrekt."""


@published(label=BELANGHEBBENDE, when="niet_natuurlijk_persoon", wire=("bedrijf",))
class BelanghebbendeNietNatuurlijkPersoon(Belanghebbende):
    """Een organisatie die eigenaar of gebruiker is."""

    rsin: Rsin | None
    """Het RSIN."""
    kvk_nummer: KvkNummer | None
    """Het nummer in het Handelsregister."""


@published(label=BELANGHEBBENDE, when="vestiging")
class BelanghebbendeVestiging(Belanghebbende):
    """Een vestiging die eigenaar of gebruiker is."""

    vestigingsnummer: Vestigingsnummer | None
    """Het nummer van de vestiging in het Handelsregister."""
    kvk_nummer: KvkNummer | None
    """Het nummer van de onderneming in het Handelsregister."""
    rsin: Rsin | None
    """Het RSIN."""


@published(label=OBJECT)
class WozObject:
    """Een onroerende zaak zoals de gemeente die als één geheel waardeert."""

    identificatie: WozObjectId
    """Het kenmerk van het WOZ-object."""
    aanduiding: WozAanduiding | None
    """Het adres of de plaats zoals die op de WOZ-beschikking staat."""
    verantwoordelijke_gemeente: VerantwoordelijkeGemeente | None
    """De gemeente die het object waardeert."""
    grondoppervlakte: int | None
    """De oppervlakte van de grond in vierkante meters."""
    adresseerbaar_object_identificaties: list[AdresseerbaarObjectId] | None
    """De kenmerken van de adresseerbare objecten in de BAG waaruit het bestaat."""
    pand_identificaties: list[PandId] | None
    """De kenmerken van de panden in de BAG waarin het ligt."""
    kadastraal_onroerende_zaken: list[WozKadastraalOnroerendeZaak] | None
    """De kadastraal onroerende zaken waarop het ligt."""
    belanghebbende_eigenaar: Belanghebbende | None
    """Wie voor de WOZ eigenaar is."""
    belanghebbende_gebruiker: Belanghebbende | None
    """Wie voor de WOZ gebruiker is."""
    waarden: list[WozWaarde] | None
    """Alle beschikte waarden, de laatste waardepeildatum en ingangsdatum eerst."""
    waarden_per_peildatum: list[WozWaarde] | None
    """De geldende waarde van elke waardepeildatum, de laatste eerst, zonder wat is vernietigd."""


def is_disputed(said: bool | None, statuses: Sequence[str] | None) -> bool | None:
    """Whether a value is being disputed, as the source says or as its statuses tell."""
    if said is not None or not statuses:
        return said
    return not PENDING.isdisjoint(statuses)
