"""What is published of the BRK: percelen and appartementsrechten (startup).

Names follow BRK bevragen 2.0. The identifications of rights, mortgages, seizures and restrictions
are not published: what they lead to is, and what is found by person comes without them.
"""

from __future__ import annotations

from typing import Any

from schema.brk_labels import KOOPSOM, OBJECT
from schema.brk_stukken import InStukken
from schema.brk_waarden import TypeGerechtigde, TypeKadastraalOnroerendeZaak, WaardeBrk
from schema.language.coordinates import in_wgs84, positions
from schema.language.declare import copied, derived, one_of, published
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Geometrie,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    KadastraalOnroerendeZaakId,
    NummeraanduidingId,
    Postcode,
)

GeoJson = dict[str, Any]


@published(label=KOOPSOM)
class Koopsom:
    """Waarvoor en wanneer een kadastraal onroerende zaak het laatst is gekocht."""

    koopsom: int | None
    """Het bedrag in hele euro's."""
    koopjaar: int | None
    """Het jaar van de koop."""
    indicatie_met_meer_objecten_verkregen: bool | None
    """Of het bedrag voor meer objecten samen is."""


@published(label=OBJECT)
class KadastraleGrootte:
    """De oppervlakte van een perceel."""

    waarde: int | None
    """De oppervlakte in vierkante meters."""
    soort_grootte: WaardeBrk | None
    """Hoe de oppervlakte is bepaald."""


@published(label=OBJECT)
class PerceelnummerVerschuiving:
    """Hoe ver het perceelnummer op een kaart naast zijn plaats staat."""

    deltax: float | None
    """De verschuiving naar het oosten, in meters."""
    deltay: float | None
    """De verschuiving naar het noorden, in meters."""


@published(label=OBJECT)
class LocatieKadastraalObject:
    """Een adres waar een kadastraal onroerende zaak ligt."""

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
    adresseerbaar_object_identificatie: AdresseerbaarObjectId | None
    """Het kenmerk van het adresseerbaar object in de BAG."""
    koppelingswijze: WaardeBrk | None
    """Hoe het adres aan het kadastrale object is gekoppeld."""
    adresregel1: str | None
    """De eerste regel van het adres: straat en nummer."""
    adresregel2: str | None
    """De tweede regel van het adres: postcode en woonplaats."""
    adresregel3: str | None
    """De derde regel van het adres."""
    land: WaardeBrk | None
    """Het land."""


@published(label=OBJECT)
class KadastraleVerwijzing:
    """Een andere kadastraal onroerende zaak waarnaar wordt verwezen."""

    identificatie: KadastraalOnroerendeZaakId
    """Het kenmerk van die kadastraal onroerende zaak."""


@published(label=OBJECT)
class AppartementsrechtVerwijzing(KadastraleVerwijzing):
    """Een appartementsrecht waarin een perceel is gesplitst."""

    volgnummer: int | None
    """Het nummer van het appartementsrecht binnen het complex."""
    indicatie_sluimerend: bool | None
    """Of het appartementsrecht sluimert, omdat het weer is gesplitst."""


@published(label=OBJECT)
class FiliatieVerwijzing(KadastraleVerwijzing):
    """Een voorganger of opvolger van een kadastraal onroerende zaak."""

    type: TypeKadastraalOnroerendeZaak | None
    """Of het een perceel of een appartementsrecht is."""
    indicatie_sluimerend: bool | None
    """Of het appartementsrecht sluimert, omdat het weer is gesplitst."""


@published(label=OBJECT)
class Filiatie:
    """Waaruit een kadastraal onroerende zaak ontstond, of waarin zij overging."""

    aard: WaardeBrk | None
    """Wat er gebeurde, zoals een splitsing of vereniging."""
    kadastraal_onroerende_zaken: list[FiliatieVerwijzing] | None
    """De voorgangers of opvolgers."""


@one_of(by="type", label=OBJECT)
class KadastraalOnroerendeZaak(InStukken):
    """Een perceel of appartementsrecht uit de Basisregistratie Kadaster."""

    identificatie: KadastraalOnroerendeZaakId
    """Het kenmerk van de kadastraal onroerende zaak."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    type: TypeKadastraalOnroerendeZaak
    """Of het een perceel of een appartementsrecht is."""
    kadastrale_aanduiding: str | None
    """Kadastrale gemeente, sectie, perceelnummer en bij een appartementsrecht het volgnummer."""
    adressen: list[LocatieKadastraalObject] | None
    """De adressen die aan het object zijn gekoppeld."""
    kadastrale_grootte: KadastraleGrootte | None
    """De oppervlakte."""
    plaatscoordinaten: Geometrie | None
    """Een punt in het object, in het RD-stelsel (EPSG:28992), in meters."""
    koopsom: Koopsom | None = copied(label=KOOPSOM)
    """Waarvoor en wanneer het object het laatst is gekocht."""
    aard_cultuur_bebouwd: WaardeBrk | None
    """Waarvoor wat er op staat wordt gebruikt."""
    aard_cultuur_onbebouwd: WaardeBrk | None
    """Waarvoor de grond wordt gebruikt."""
    gesplitst_zakelijk_recht: TypeGerechtigde | None
    """Het recht dat in appartementsrechten is gesplitst; die hebben dan de gerechtigden."""
    toelichting_bewaarder: str | None
    """Een toelichting van de bewaarder van het Kadaster."""
    is_ontstaan_uit: Filiatie | None
    """Waaruit het object is ontstaan."""
    is_overgegaan_in: Filiatie | None
    """Waarin het object is overgegaan."""
    indicatie_vervallen: bool | None
    """Of het object is vervallen; dan zijn de gegevens die van vlak daarvoor."""

    @derived(effort=positions)
    def plaatscoordinaten_wgs84(plaatscoordinaten: GeoJson | None) -> Geometrie | None:
        """Hetzelfde punt in WGS 84 (EPSG:4326), lengtegraad eerst: omgerekend uit RD met
        RDNAPTRANS2018.
        """
        return in_wgs84(plaatscoordinaten)


@published(label=OBJECT, when="perceel")
class Perceel(KadastraalOnroerendeZaak):
    """Een stuk grond met grenzen en een nummer bij het Kadaster."""

    begrenzing_perceel: Geometrie | None
    """De grens: een vlak in het RD-stelsel (EPSG:28992), in meters."""
    perceelnummer_rotatie: float | None
    """Hoeveel graden het perceelnummer op een kaart is gedraaid."""
    perceelnummer_verschuiving: PerceelnummerVerschuiving | None
    """Hoe ver het perceelnummer op een kaart naast zijn plaats staat."""
    bijbehorende_appartementsrechten: list[AppartementsrechtVerwijzing] | None
    """De appartementsrechten waarin het perceel is gesplitst."""

    @derived(effort=positions)
    def begrenzing_perceel_wgs84(begrenzing_perceel: GeoJson | None) -> Geometrie | None:
        """Dezelfde grens in WGS 84 (EPSG:4326), lengtegraad eerst: omgerekend uit RD met
        RDNAPTRANS2018.
        """
        return in_wgs84(begrenzing_perceel)


@published(label=OBJECT, when="appartementsrecht")
class Appartementsrecht(KadastraalOnroerendeZaak):
    """Een aandeel in een gesplitst gebouw, met recht op gebruik van een deel ervan."""

    indicatie_sluimerend: bool | None
    """Of het appartementsrecht sluimert, omdat het weer is gesplitst."""
    bijbehorende_grondpercelen: list[KadastraleVerwijzing] | None
    """De percelen waarop het gebouw staat."""
