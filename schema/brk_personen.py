"""What is published of who stands in the BRK, and of whom only the BRK knows (startup).

Somebody in another registry is named there with the number of that registry; whoever is in none, or
was not connected when the deed was registered, is a person of the Kadaster itself.

BRK bevragen 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.brk_labels import BSN, KADASTERPERSOON, PERSOON
from schema.brk_waarden import GeslachtKadaster, WaardeBrk
from schema.language.declare import copied, derived, one_of, published
from schema.language.scalars import (
    Bsn,
    DatumIncompleet,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    Identificatie,
    KvkNummer,
    NummeraanduidingId,
    PersoonRef,
    Postcode,
    Rsin,
)

Wire = Mapping[str, Any]


@one_of(by="type", label=PERSOON)
class PersoonInBrk:
    """Een persoon of organisatie zoals die in de BRK bij een recht of een beperking staat."""

    omschrijving: str | None
    """De naam van de persoon of organisatie, om te herkennen wie het is."""


@published(label=PERSOON, when="ingeschreven_natuurlijk_persoon")
class IngeschrevenNatuurlijkPersoon(PersoonInBrk):
    """Een persoon die in de BRP staat."""

    burgerservicenummer: Bsn | None = copied("identificatie", label=BSN)
    """Het burgerservicenummer."""
    persoon_ref: PersoonRef | None = copied("identificatie", label=PERSOON)
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""


@published(label=PERSOON, when="ingeschreven_niet_natuurlijk_persoon")
class IngeschrevenNietNatuurlijkPersoon(PersoonInBrk):
    """Een organisatie die in het Handelsregister staat."""

    rsin: Rsin | None = copied("identificatie")
    """Het RSIN."""


@published(label=PERSOON, when="kadaster_natuurlijk_persoon")
class NatuurlijkPersoonBijKadaster(PersoonInBrk):
    """Een persoon die het Kadaster zelf heeft geregistreerd."""

    identificatie: Identificatie | None
    """Het kenmerk van de persoon bij het Kadaster."""


@published(label=PERSOON, when="kadaster_niet_natuurlijk_persoon")
class NietNatuurlijkPersoonBijKadaster(PersoonInBrk):
    """Een organisatie die het Kadaster zelf heeft geregistreerd."""

    identificatie: Identificatie | None
    """Het kenmerk van de organisatie bij het Kadaster."""


@published(label=KADASTERPERSOON)
class KadasterAdres:
    """Een adres zoals het Kadaster het bij een persoon vastlegde."""

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
    nummeraanduiding_identificatie: NummeraanduidingId | None
    """Het kenmerk van het adres in de BAG."""
    adresregel1: str | None
    """De eerste regel van het adres: straat en nummer."""
    adresregel2: str | None
    """De tweede regel van het adres: postcode en woonplaats."""
    adresregel3: str | None
    """De derde regel van een adres in het buitenland."""
    land: WaardeBrk | None
    """Het land."""


@published(label=KADASTERPERSOON)
class KadasterPostadres(KadasterAdres):
    """Een postadres zoals het Kadaster het bij een persoon vastlegde."""

    postbusnummer: int | None
    """Het nummer van de postbus."""


@published(label=KADASTERPERSOON)
class KadasterPersoon:
    """Wat het Kadaster vastlegde van wie niet aan een ander register is gekoppeld."""

    identificatie: Identificatie
    """Het kenmerk bij het Kadaster."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    omschrijving: str | None
    """De naam, om te herkennen wie het is."""
    indicatie_niet_toonbare_diakriet: bool | None
    """Of de naam een teken heeft dat het Kadaster niet kan weergeven."""
    beschikkingsbevoegdheid: WaardeBrk | None
    """Of en hoe de bevoegdheid om te beschikken is beperkt."""
    woonadres: KadasterAdres | None
    """Het woonadres of de plaats van vestiging."""
    postadres: KadasterPostadres | None
    """Het postadres."""


@published(label=KADASTERPERSOON)
class NaamKadasterpersoon:
    """De naam van een persoon zoals het Kadaster die vastlegde."""

    voornamen: str | None
    """De voornamen."""
    voorvoegsel: str | None
    """Wat voor de geslachtsnaam komt."""
    geslachtsnaam: str | None
    """De geslachtsnaam."""
    aanschrijfwijze: str | None
    """De naam zoals die op een envelop komt."""
    aanhef: str | None
    """De aanhef van een brief."""
    gebruik_in_lopende_tekst: str | None
    """De naam zoals die in een zin wordt gebruikt."""


@published(label=KADASTERPERSOON)
class NaamPartnerKadasterpersoon:
    """De naam van een partner zoals het Kadaster die vastlegde."""

    voornamen: str | None
    """De voornamen."""
    voorvoegsel: str | None
    """Wat voor de geslachtsnaam komt."""
    geslachtsnaam: str | None
    """De geslachtsnaam."""


@published(label=KADASTERPERSOON)
class PartnerschapKadasterpersoon:
    """Een huwelijk of partnerschap zoals het Kadaster dat vastlegde."""

    naam: NaamPartnerKadasterpersoon | None
    """De naam van de partner."""


@published(label=KADASTERPERSOON, wire=("datum",))
class GeboorteKadasterpersoon:
    """De geboorte van een persoon zoals het Kadaster die vastlegde."""

    plaats: str | None
    """De plaats."""
    land: WaardeBrk | None
    """Het land."""

    @derived
    def datum(datum: Wire | None) -> DatumIncompleet | None:
        """De datum, voor zover die bekend is."""
        return known_part(datum)


@published(label=KADASTERPERSOON, wire=("datum",))
class OverlijdenKadasterpersoon:
    """Het overlijden van een persoon zoals het Kadaster dat vastlegde."""

    @derived
    def datum(datum: Wire | None) -> DatumIncompleet | None:
        """De datum, voor zover die bekend is."""
        return known_part(datum)


@published(label=KADASTERPERSOON)
class KadasterNatuurlijkPersoon(KadasterPersoon):
    """Een persoon die het Kadaster zelf heeft geregistreerd; wordt niet bijgehouden."""

    naam: NaamKadasterpersoon | None
    """De naam."""
    geslachtsaanduiding: GeslachtKadaster | None
    """Het geslacht."""
    geboorte: GeboorteKadasterpersoon | None
    """De geboorte."""
    overlijden: OverlijdenKadasterpersoon | None
    """Het overlijden."""
    heeft_partnerschap: list[PartnerschapKadasterpersoon] | None
    """De huwelijken en partnerschappen."""
    land_waarnaar_vertrokken: WaardeBrk | None
    """Het land waarnaar de persoon is vertrokken."""


@published(label=KADASTERPERSOON)
class KadasterNietNatuurlijkPersoon(KadasterPersoon):
    """Een organisatie die het Kadaster zelf heeft geregistreerd; wordt niet bijgehouden."""

    statutaire_naam: str | None
    """De naam volgens de statuten."""
    statutaire_zetel: str | None
    """De plaats van vestiging volgens de statuten."""
    rechtsvorm: WaardeBrk | None
    """De rechtsvorm."""
    kvk_nummer: KvkNummer | None
    """Het nummer in het Handelsregister, als het Kadaster dat kent."""
    rsin: Rsin | None
    """Het RSIN, als het Kadaster dat kent."""


def known_part(datum: Wire | None) -> DatumIncompleet | None:
    """A date of which year, month and day are known as far as they stand there."""
    if not isinstance(datum, Mapping):
        return None
    if isinstance(datum.get("datum"), str):
        return DatumIncompleet(datum["datum"])
    year, month, day = (datum.get(name) for name in ("jaar", "maand", "dag"))
    if not isinstance(year, int):
        return None
    known = [f"{year:04d}"]
    for part in (month, day):
        if not isinstance(part, int):
            break
        known.append(f"{part:02d}")
    return DatumIncompleet("-".join(known))
