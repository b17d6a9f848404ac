"""What is published of products: what the municipality granted or supplied to whom (startup).

Wire objects are those of the Producten API 1.7.0 (Open Product), with names in snake_case. The
producttype that a product carries is published as a `Producttype` (schema.producttypen).
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.language.declare import copied, published, source_name
from schema.language.scalars import (
    Bsn,
    Datum,
    JsonObject,
    KvkNummer,
    PersoonRef,
    Tijdstip,
    Uuid,
    Vestigingsnummer,
)

PRODUCT = "product.basis"
"""That somebody has a product, of which type, for how long and at what price."""
EIGENAAR = "product.eigenaar"
"""Whose a product is."""
BEDRIJF = "product.bedrijf"
"""The step from the owner of a product to the Handelsregister."""
VAN_BEDRIJF = "bedrijf.producten"
"""The step from a company or vestiging to what it has."""
GEGEVENS = "product.gegevens"
"""What a product holds that only products of its type have: anything may stand there."""
RAADPLEGEN = "vraag.product-raadplegen"
"""The questions for products by number of the product or of whose it is."""


@strawberry.enum(description="Hoe ver een product is.")
class ProductStatus(Enum):
    INITIEEL = strawberry.enum_value("initieel", description="Vastgelegd, verder nog niets.")
    IN_AANVRAAG = strawberry.enum_value("in_aanvraag", description="Gevraagd, nog niet verleend.")
    GEREED = strawberry.enum_value("gereed", description="Verleend, nog niet in gebruik.")
    ACTIEF = strawberry.enum_value("actief", description="In gebruik.")
    INGETROKKEN = strawberry.enum_value("ingetrokken", description="Teruggenomen.")
    GEWEIGERD = strawberry.enum_value("geweigerd", description="Gevraagd en niet verleend.")
    VERLOPEN = strawberry.enum_value("verlopen", description="Voorbij zijn einddatum.")


@strawberry.enum(description="Hoe vaak voor een product betaald wordt.")
class ProductFrequentie(Enum):
    EENMALIG = strawberry.enum_value("eenmalig", description="Eén keer.")
    MAANDELIJKS = strawberry.enum_value("maandelijks", description="Elke maand.")
    JAARLIJKS = strawberry.enum_value("jaarlijks", description="Elk jaar.")


@published(label=EIGENAAR, blank_is_absent=True)
class ProductEigenaar:
    """Van wie een product is: een mens, een onderneming of een vestiging."""

    uuid: Uuid | None
    """Het uuid van de eigenaar bij de bron."""
    bsn: Bsn | None = copied(label="persoon.bsn")
    """Het burgerservicenummer, als de eigenaar een mens is."""
    persoon_ref: PersoonRef | None = copied("bsn", label=EIGENAAR)
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    kvk_nummer: KvkNummer | None = copied("kvk_nummer")
    """Het nummer van de onderneming in het Handelsregister."""
    vestigingsnummer: Vestigingsnummer | None
    """Het nummer van de vestiging in het Handelsregister."""
    klantnummer: str | None
    """Het nummer van een eigenaar die met geen ander nummer bekend is."""


@published(
    label=PRODUCT,
    wire=("producttype.uuid", "zaken.url", "aanvraag_zaak_url", "documenten.url"),
    blank_is_absent=True,
)
class Product:
    """Iets wat de gemeente aan iemand heeft verleend of geleverd, zoals een parkeervergunning."""

    uuid: Uuid
    """Het uuid van het product bij de bron."""
    bron: str = source_name()
    naam: str | None
    """De naam van dit product, als het er een heeft naast die van zijn type."""
    status: ProductStatus | None
    """Hoe ver het product is."""
    start_datum: Datum | None = copied("start_datum")
    """Vanaf wanneer het product geldt."""
    eind_datum: Datum | None = copied("eind_datum")
    """Tot en met wanneer het product geldt; leeg als er geen einde aan is."""
    prijs: str | None
    """De prijs in euro's, met een punt voor de centen, zoals 12.50."""
    frequentie: ProductFrequentie | None
    """Hoe vaak de prijs betaald wordt."""
    gepubliceerd: bool | None
    """Of het product getoond mag worden aan wie het heeft."""
    aanmaak_datum: Tijdstip | None = copied("aanmaak_datum")
    """Wanneer het product is vastgelegd."""
    update_datum: Tijdstip | None = copied("update_datum")
    """Wanneer het product voor het laatst is gewijzigd."""
    eigenaren: list[ProductEigenaar] | None
    """Van wie het product is."""
    verbruiksobject: JsonObject | None = copied(label=GEGEVENS)
    """Wat er van het product is verbruikt, in de vorm die het type voorschrijft."""
    dataobject: JsonObject | None = copied(label=GEGEVENS)
    """De gegevens die alleen producten van dit type hebben, zoals een kenteken."""
