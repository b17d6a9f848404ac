"""What is published of the PDOK Locatieserver: places to choose from while typing (startup).

Wire objects are the documents of its Solr answers (Locatieserver 3.1), with names in snake_case;
beside them stands `percelen`, which are those of an address or the one that the place is.
The register of addresses is the BAG; this only helps to find an entry in it.
"""

from __future__ import annotations

import re
from enum import Enum

import strawberry

from schema.language.declare import copied, derived, published
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Gemeentecode,
    Geometrie,
    Huisletter,
    Huisnummer,
    NummeraanduidingId,
    OpenbareRuimteId,
    Postcode,
    WoonplaatsId,
)

LOCATIE = "locatie.basis"
"""Places by name: open data."""
PERCEEL = "locatie.perceel"
"""The step from a place to the percelen on which it lies."""

_POINT = re.compile(r"POINT ?\((-?[0-9]{1,9}(?:\.[0-9]+)?) (-?[0-9]{1,9}(?:\.[0-9]+)?)\)", re.ASCII)


@strawberry.enum(description="De soort van een plaats.")
class SoortLocatie(Enum):
    ADRES = strawberry.enum_value("adres", description="Een adres uit de BAG.")
    POSTCODE = strawberry.enum_value("postcode", description="Een postcode in één straat.")
    WEG = strawberry.enum_value("weg", description="Een straat of andere openbare ruimte.")
    WOONPLAATS = strawberry.enum_value("woonplaats", description="Een woonplaats.")
    GEMEENTE = strawberry.enum_value("gemeente", description="Een gemeente.")
    PERCEEL = strawberry.enum_value("perceel", description="Een kadastraal perceel.")


def point(text: str | None) -> Geometrie | None:
    """A GeoJSON Point of `POINT(x y)` (OGC Simple Features, well-known text).

    None for what is absent, ValueError for anything but a point with two numbers.
    """
    if text is None:
        return None
    found = _POINT.fullmatch(text.strip())
    if found is None:
        raise ValueError("not a point")
    return Geometrie({"type": "Point", "coordinates": [float(found[1]), float(found[2])]})


@published(label=LOCATIE)
class LocatieSuggestie:
    """Een plaats die past bij wat er getypt is, om uit te kiezen."""

    id: str
    """Het kenmerk waarmee de plaats bij de Locatieserver is op te vragen; niet blijvend."""
    type: str | None
    """De soort plaats, in de woorden van de Locatieserver, zoals adres."""
    weergavenaam: str | None
    """De naam om te tonen."""
    score: float | None
    """Hoe goed de plaats past: hoger is beter, alleen te vergelijken binnen één antwoord."""


@published(label=LOCATIE, wire=("centroide_rd", "centroide_ll", "percelen"))
class Locatie:
    """Een plaats in Nederland zoals de Locatieserver van PDOK die kent."""

    id: str
    """Het kenmerk van de plaats bij de Locatieserver; niet blijvend."""
    type: str | None
    """De soort plaats, in de woorden van de Locatieserver, zoals adres."""
    bron: str | None
    """Het register waar de plaats uit komt, zoals BAG."""
    weergavenaam: str | None
    """De naam om te tonen."""
    straatnaam: str | None
    """De naam van de straat."""
    huisnummer: Huisnummer | None
    """Het huisnummer."""
    huisletter: Huisletter | None
    """De letter bij het huisnummer."""
    huisnummertoevoeging: str | None
    """Wat er verder bij het huisnummer hoort."""
    huis_nlt: str | None = copied("huis_nlt")
    """Huisnummer, letter en toevoeging aan elkaar."""
    postcode: Postcode | None
    """De postcode."""
    woonplaatsnaam: str | None
    """De naam van de woonplaats."""
    woonplaatscode: WoonplaatsId | None
    """Het kenmerk van de woonplaats in de BAG."""
    gemeentenaam: str | None
    """De naam van de gemeente."""
    gemeentecode: Gemeentecode | None
    """De code van de gemeente."""
    provincienaam: str | None
    """De naam van de provincie."""
    nummeraanduiding_id: NummeraanduidingId | None = copied("nummeraanduiding_id")
    """Het kenmerk van de nummeraanduiding in de BAG, van een adres."""
    adresseerbaarobject_id: AdresseerbaarObjectId | None = copied("adresseerbaarobject_id")
    """Het kenmerk van het adresseerbaar object in de BAG, van een adres."""
    openbareruimte_id: OpenbareRuimteId | None = copied("openbareruimte_id")
    """Het kenmerk van de openbare ruimte in de BAG, van een adres of straat."""
    gekoppeld_perceel: list[str] | None = copied("gekoppeld_perceel")
    """De percelen waarop een adres ligt: gemeentecode, sectie en perceelnummer met een streepje."""

    @derived(needs={"centroide": "centroide_rd"})
    def centroide_rd(centroide: str | None) -> Geometrie | None:
        """Een punt in het midden: GeoJSON in het Rijksdriehoeksstelsel (EPSG:28992), in meters."""
        return point(centroide)

    @derived(needs={"centroide": "centroide_ll"})
    def centroide_ll(centroide: str | None) -> Geometrie | None:
        """Een punt in het midden: GeoJSON in WGS 84 (EPSG:4326), lengtegraad eerst."""
        return point(centroide)
