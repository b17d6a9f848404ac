"""What is published of the Documenten API (ZGW): documents and what they belong to (startup).

Names follow the Documenten API 1.4.2, where a document is an enkelvoudig informatieobject. No
address of the source is published, only uuids; the content is behind a link of the gateway's own.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.catalogi import Vertrouwelijkheidaanduiding, uuid_of_address
from schema.language.content import Content
from schema.language.declare import derived, published, source_name
from schema.language.scalars import Datum, Downloadlink, Tijdstip, Uuid

DOCUMENT = "document.basis"
INHOUD = "document.inhoud"
STREAM = "documenten"
"""Where the bytes of a document come from: the first part of its link."""


def uuid_of_document(url: str) -> Uuid:
    """Het uuid van het document bij de bron, voor alle versies gelijk."""
    return Uuid(url.partition("?")[0].rpartition("/")[2].lower())


@strawberry.enum(description="Hoe ver een document is.")
class DocumentStatus(Enum):
    IN_BEWERKING = strawberry.enum_value(
        "in_bewerking", description="Er wordt nog aan het document gewerkt."
    )
    TER_VASTSTELLING = strawberry.enum_value(
        "ter_vaststelling", description="Het document is klaar en moet nog vastgesteld worden."
    )
    DEFINITIEF = strawberry.enum_value("definitief", description="Het document staat vast.")
    GEARCHIVEERD = strawberry.enum_value(
        "gearchiveerd", description="Het document is bewaard en niet meer in gebruik."
    )


@strawberry.enum(description="Hoe een document ondertekend is.")
class Ondertekeningsoort(Enum):
    ANALOOG = strawberry.enum_value("analoog", description="Op papier, met een pen.")
    DIGITAAL = strawberry.enum_value("digitaal", description="Digitaal.")
    PKI = strawberry.enum_value("pki", description="Digitaal, met een PKI-certificaat.")


@strawberry.enum(description="Waar een document bij hoort.")
class ObjectinformatieobjectType(Enum):
    BESLUIT = strawberry.enum_value("besluit", description="Bij een besluit.")
    ZAAK = strawberry.enum_value("zaak", description="Bij een zaak.")
    VERZOEK = strawberry.enum_value("verzoek", description="Bij een verzoek.")


@published(label=DOCUMENT, blank_is_absent=True)
class Ondertekening:
    """Dat een document ondertekend is."""

    soort: Ondertekeningsoort | None
    """Hoe er ondertekend is."""
    datum: Datum | None
    """Wanneer er ondertekend is."""


@published(label=DOCUMENT, blank_is_absent=True)
class Integriteit:
    """Waaraan te zien is dat de inhoud van een document niet is veranderd."""

    algoritme: str | None
    """Hoe de controlewaarde berekend is, zoals sha_256."""
    waarde: str | None
    """De controlewaarde van de inhoud."""
    datum: Datum | None
    """Wanneer de controlewaarde berekend is."""


@published(
    label=DOCUMENT,
    wire=("url", "informatieobjecttype", "inhoud"),
    blank_is_absent=True,
)
class Document:
    """Een document in een van zijn versies: een bestand met wat erover is vastgelegd."""

    uuid = derived(uuid_of_document)

    bron: str = source_name()
    identificatie: str | None
    """Het kenmerk van het document, uniek binnen de bronorganisatie."""
    bronorganisatie: str
    """Het RSIN van de organisatie die het document maakte of ontving."""
    creatiedatum: Datum | None
    """De dag waarop het document is gemaakt, of waarvoor het geldt."""
    titel: str
    """Hoe het document heet."""
    beschrijving: str | None
    """Wat er in het document staat, in een paar woorden."""
    auteur: str | None
    """Wie het document heeft gemaakt: een mens of een organisatie."""
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None
    """Hoe vertrouwelijk het document is."""
    status: DocumentStatus | None
    """Hoe ver het document is."""
    locked: bool | None
    """Of iemand het document in bewerking heeft, zodat een ander het niet kan wijzigen."""
    versie: int
    """De hoeveelste versie dit is; de eerste is 1."""
    begin_registratie: Tijdstip | None
    """Wanneer deze versie is vastgelegd."""
    formaat: str | None
    """Het soort bestand, als mediatype zoals application/pdf."""
    taal: str | None
    """De taal van het document, als code van drie letters (ISO 639-2/B)."""
    bestandsnaam: str | None
    """De naam van het bestand."""
    bestandsomvang: int | None
    """De grootte van het bestand in bytes."""
    ontvangstdatum: Datum | None
    """De dag waarop het document is ontvangen."""
    verzenddatum: Datum | None
    """De dag waarop het document is verstuurd."""
    indicatie_gebruiksrecht: bool | None
    """Of er rechten van anderen op het gebruik rusten; leeg als dat niet bekend is."""
    verschijningsvorm: str | None
    """De opmaak die voor het document van belang is."""
    ondertekening: Ondertekening | None
    """De ondertekening, als die er is."""
    integriteit: Integriteit | None
    """De controlewaarde van de inhoud, als die er is."""
    trefwoorden: list[str] | None
    """Woorden waarmee het document te vinden is."""

    @derived(label=INHOUD, sealed=STREAM)
    def download(
        url: str,
        versie: int | None,
        inhoud: str | None,
        bestandsnaam: str | None,
        titel: str | None,
        formaat: str | None,
    ) -> Downloadlink | None:
        """Een link om deze versie van het document korte tijd mee op te halen.

        Leeg als het document nog geen inhoud heeft. De link werkt alleen voor wie hem kreeg: haal
        hem op met GET en een token van dezelfde gebruiker, voor dezelfde doelbinding.
        """
        if not inhoud or not versie:
            return None
        key = (uuid_of_document(url), str(versie))
        return Downloadlink(Content(key, bestandsnaam or titel or "", formaat or ""))


@published(label=DOCUMENT, wire=("url", "zaak", "informatieobject", "status"), blank_is_absent=True)
class Zaakinformatieobject:
    """Dat een document bij een zaak hoort, zoals de zaak dat vastlegt."""

    uuid = derived(uuid_of_address)

    titel: str | None
    """Hoe het document binnen de zaak heet."""
    beschrijving: str | None
    """Waarvoor het document in de zaak dient."""
    registratiedatum: Tijdstip | None
    """Wanneer het document bij de zaak is gekomen."""
    vernietigingsdatum: Tijdstip | None
    """Wanneer het document uit het dossier verdwijnt, als dat vaststaat."""
    aard_relatie_weergave: str | None
    """Wat document en zaak met elkaar te maken hebben, in woorden."""


@published(
    label=DOCUMENT,
    wire=("url", "informatieobject", "object", "zaak", "besluit"),
    blank_is_absent=True,
)
class Objectinformatieobject:
    """Dat een document ergens bij hoort, zoals het document dat vastlegt."""

    uuid = derived(uuid_of_address)

    object_type: ObjectinformatieobjectType | None
    """Waar het document bij hoort."""
