"""What is published of the types of products: what the municipality offers (startup).

Wire objects are those of the Producttypen API 1.7.0 (Open Product), with names in snake_case. Notes
of employees (`interne_opmerkingen`) are not published: a producttype is open data.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.language.declare import copied, published, source_name
from schema.language.scalars import Datum, Tijdstip, Uuid
from schema.producten import ProductStatus

PRODUCTTYPE = "producttype.basis"
"""What the municipality offers, to whom and at what price: open data."""


@strawberry.enum(description="Voor wie producten van een type zijn.")
class Doelgroep(Enum):
    BURGERS = strawberry.enum_value("burgers", description="Inwoners.")
    BEDRIJVEN_EN_INSTELLINGEN = strawberry.enum_value(
        "bedrijven_en_instellingen", description="Bedrijven en instellingen."
    )
    INTERNE_ORGANISATIE = strawberry.enum_value(
        "interne_organisatie", description="De gemeente zelf."
    )
    SAMENWERKINGSPARTNERS = strawberry.enum_value(
        "samenwerkingspartners", description="Wie met de gemeente samenwerkt."
    )


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Producttypethema:
    """Een onderwerp waaronder producten worden aangeboden."""

    uuid: Uuid
    """Het uuid van het thema bij de bron."""
    naam: str | None
    """De naam van het thema."""
    beschrijving: str | None
    """Wat onder het thema valt."""
    gepubliceerd: bool | None
    """Of het thema getoond wordt."""
    hoofd_thema: Uuid | None = copied("hoofd_thema")
    """Het uuid van het thema waar dit onder valt."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Producttypelocatie:
    """Een plaats waar producten van een type te krijgen zijn."""

    uuid: Uuid
    """Het uuid van de locatie bij de bron."""
    naam: str | None
    """De naam van de locatie."""
    email: str | None
    """Het e-mailadres."""
    telefoonnummer: str | None
    """Het telefoonnummer."""
    straat: str | None
    """De straat."""
    huisnummer: str | None
    """Het huisnummer, met wat erbij hoort."""
    postcode: str | None
    """De postcode."""
    stad: str | None
    """De woonplaats."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Producttypeorganisatie:
    """Een organisatie die producten van een type levert."""

    uuid: Uuid
    """Het uuid van de organisatie bij de bron."""
    naam: str | None
    """De naam van de organisatie."""
    code: str | None
    """De korte aanduiding van de organisatie."""
    email: str | None
    """Het e-mailadres."""
    telefoonnummer: str | None
    """Het telefoonnummer."""
    straat: str | None
    """De straat."""
    huisnummer: str | None
    """Het huisnummer, met wat erbij hoort."""
    postcode: str | None
    """De postcode."""
    stad: str | None
    """De woonplaats."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Producttypecontact:
    """Bij wie men met vragen over een type terechtkan."""

    uuid: Uuid
    """Het uuid van het contact bij de bron."""
    naam: str | None
    """De naam waaronder het contact bekend is."""
    rol: str | None
    """Waarvoor men er terechtkan."""
    email: str | None
    """Het e-mailadres."""
    telefoonnummer: str | None
    """Het telefoonnummer."""
    organisatie: Producttypeorganisatie | None
    """De organisatie waar het contact bij hoort."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Prijsoptie:
    """Een bedrag waarvoor een product te krijgen is."""

    bedrag: str | None
    """Het bedrag in euro's, met een punt voor de centen, zoals 12.50."""
    beschrijving: str | None
    """Waar het bedrag voor is."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Prijsregel:
    """Een rekenregel waaruit de prijs van een product volgt."""

    beschrijving: str | None
    """Hoe de prijs bepaald wordt."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Producttypeprijs:
    """Wat producten van een type kosten, vanaf een zekere dag."""

    uuid: Uuid
    """Het uuid van de prijs bij de bron."""
    actief_vanaf: Datum | None = copied("actief_vanaf")
    """Vanaf wanneer de prijs geldt."""
    prijsopties: list[Prijsoptie] | None
    """De bedragen waaruit gekozen kan worden."""
    prijsregels: list[Prijsregel] | None
    """De regels waaruit het bedrag volgt, als het geen vast bedrag is."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Producttypelink:
    """Een verwijzing naar een bladzijde over producten van een type."""

    uuid: Uuid
    """Het uuid van de verwijzing bij de bron."""
    naam: str | None
    """De tekst van de verwijzing."""
    webadres: str | None = copied("url")
    """Waar de bladzijde op het web staat."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class ExterneCode:
    """Hoe een type in een ander systeem heet."""

    naam: str | None
    """De naam van dat systeem."""
    code: str | None
    """De code daar."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class Producttypeparameter:
    """Een eigen kenmerk dat de gemeente aan een type gaf."""

    naam: str | None
    """De naam van het kenmerk."""
    waarde: str | None
    """De waarde."""


@published(label=PRODUCTTYPE, blank_is_absent=True)
class ContentElement:
    """Een stuk tekst over producten van een type, om op een website te tonen."""

    uuid: Uuid
    """Het uuid van de tekst bij de bron."""
    taal: str | None
    """De taal van de tekst: nl of en."""
    content: str | None
    """De tekst, in Markdown."""
    aanvullende_informatie: str | None = copied("aanvullende_informatie")
    """Wat wie de tekst toont verder moet weten."""
    labels: list[str] | None
    """Waar in een bladzijde de tekst hoort."""


@published(label=PRODUCTTYPE, wire=("zaaktypen.url",), blank_is_absent=True)
class Producttype:
    """Een soort product die de gemeente aanbiedt, zoals een parkeervergunning voor bewoners."""

    uuid: Uuid
    """Het uuid van het type bij de bron."""
    bron: str = source_name()
    code: str | None
    """De korte aanduiding van het type."""
    naam: str | None
    """De naam van het type."""
    samenvatting: str | None
    """Wat het product is, in een paar zinnen."""
    uniforme_product_naam: str | None = copied("uniforme_product_naam")
    """De naam in de landelijke Uniforme Productnamenlijst."""
    taal: str | None
    """De taal van naam en samenvatting: nl of en."""
    keywords: list[str] | None
    """Woorden waarop het type te vinden is."""
    doelgroep: Doelgroep | None
    """Voor wie het product is."""
    toegestane_statussen: list[ProductStatus] | None = copied("toegestane_statussen")
    """Welke statussen producten van dit type kunnen hebben."""
    gepubliceerd: bool | None
    """Of het type getoond wordt."""
    publicatie_start_datum: Datum | None = copied("publicatie_start_datum")
    """Vanaf wanneer het type getoond wordt."""
    publicatie_eind_datum: Datum | None = copied("publicatie_eind_datum")
    """Tot wanneer het type getoond wordt."""
    aanmaak_datum: Tijdstip | None = copied("aanmaak_datum")
    """Wanneer het type is vastgelegd."""
    update_datum: Tijdstip | None = copied("update_datum")
    """Wanneer het type voor het laatst is gewijzigd."""
    themas: list[Producttypethema] | None
    """De onderwerpen waaronder het type valt."""
    locaties: list[Producttypelocatie] | None
    """Waar het product te krijgen is."""
    organisaties: list[Producttypeorganisatie] | None
    """Wie het product levert."""
    contacten: list[Producttypecontact] | None
    """Bij wie men met vragen terechtkan."""
    prijzen: list[Producttypeprijs] | None
    """Wat het product kost, ook vroeger en straks."""
    links: list[Producttypelink] | None
    """Bladzijden over het product."""
    externe_codes: list[ExterneCode] | None = copied("externe_codes")
    """Hoe het type in andere systemen heet."""
    parameters: list[Producttypeparameter] | None
    """Eigen kenmerken die de gemeente aan het type gaf."""
