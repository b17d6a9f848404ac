"""What is published of the Catalogi API (ZGW): the types that zaken are made after (startup).

Names follow the Catalogi API 1.3.1. Addresses of the source are never published: an object of this
API has no uuid of its own, so it is taken from the address.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.language.declare import copied, derived, published, source_name
from schema.language.scalars import Datum, Duur, Rsin, Uuid


def uuid_of_address(url: str) -> Uuid:
    """Het uuid bij de bron."""
    return Uuid(url.rpartition("/")[2].lower())


@strawberry.enum(
    description="Hoe vertrouwelijk een zaak is, van voor iedereen tot voor bijna niemand."
)
class Vertrouwelijkheidaanduiding(Enum):
    OPENBAAR = strawberry.enum_value("openbaar", description="Voor iedereen.")
    BEPERKT_OPENBAAR = strawberry.enum_value(
        "beperkt_openbaar", description="Op verzoek voor iedereen, maar niet actief openbaar."
    )
    INTERN = strawberry.enum_value("intern", description="Voor wie bij de organisatie werkt.")
    ZAAKVERTROUWELIJK = strawberry.enum_value(
        "zaakvertrouwelijk", description="Voor wie bij de zaak betrokken is."
    )
    VERTROUWELIJK = strawberry.enum_value(
        "vertrouwelijk", description="Voor een beperkte groep medewerkers."
    )
    CONFIDENTIEEL = strawberry.enum_value(
        "confidentieel", description="Kennis door anderen kan schade geven."
    )
    GEHEIM = strawberry.enum_value(
        "geheim", description="Kennis door anderen kan ernstige schade geven."
    )
    ZEER_GEHEIM = strawberry.enum_value(
        "zeer_geheim", description="Kennis door anderen kan zeer ernstige schade geven."
    )


@strawberry.enum(description="Wat er na afloop met het dossier gebeurt.")
class Archiefnominatie(Enum):
    BLIJVEND_BEWAREN = strawberry.enum_value(
        "blijvend_bewaren", description="Het gaat naar een archiefbewaarplaats."
    )
    VERNIETIGEN = strawberry.enum_value(
        "vernietigen", description="Het wordt na de termijn vernietigd."
    )


@strawberry.enum(description="De aard van een rol, voor alle zaaktypen gelijk.")
class RolOmschrijvingGeneriek(Enum):
    ADVISEUR = strawberry.enum_value("adviseur", description="Geeft advies over de zaak.")
    BEHANDELAAR = strawberry.enum_value("behandelaar", description="Behandelt de zaak.")
    BELANGHEBBENDE = strawberry.enum_value(
        "belanghebbende", description="Heeft belang bij de uitkomst."
    )
    BESLISSER = strawberry.enum_value("beslisser", description="Neemt de besluiten in de zaak.")
    INITIATOR = strawberry.enum_value("initiator", description="Heeft om de zaak gevraagd.")
    KLANTCONTACTER = strawberry.enum_value(
        "klantcontacter", description="Onderhoudt het contact met de klant."
    )
    ZAAKCOORDINATOR = strawberry.enum_value(
        "zaakcoordinator", description="Bewaakt de voortgang van het geheel."
    )
    MEDE_INITIATOR = strawberry.enum_value(
        "mede_initiator", description="Heeft samen met de initiator om de zaak gevraagd."
    )


@strawberry.enum(description="Of een zaak binnen of buiten de organisatie begint.")
class IndicatieInternOfExtern(Enum):
    INTERN = strawberry.enum_value("intern", description="Binnen de organisatie.")
    EXTERN = strawberry.enum_value("extern", description="Bij een burger, bedrijf of ander.")


@strawberry.enum(description="Hoe de waarde van een eigenschap geschreven wordt.")
class EigenschapFormaat(Enum):
    TEKST = strawberry.enum_value("tekst", description="Tekst.")
    GETAL = strawberry.enum_value("getal", description="Een getal.")
    DATUM = strawberry.enum_value("datum", description="Een datum: jjjjmmdd.")
    DATUM_TIJD = strawberry.enum_value(
        "datum_tijd", description="Een datum met tijd: jjjjmmdduummss."
    )


@strawberry.enum(description="Waaruit volgt wanneer de bewaartermijn van een zaak begint.")
class Afleidingswijze(Enum):
    AFGEHANDELD = strawberry.enum_value("afgehandeld", description="De einddatum van de zaak.")
    ANDER_DATUMKENMERK = strawberry.enum_value(
        "ander_datumkenmerk", description="Een datum die in een andere registratie staat."
    )
    EIGENSCHAP = strawberry.enum_value("eigenschap", description="Een eigenschap van de zaak.")
    GERELATEERDE_ZAAK = strawberry.enum_value(
        "gerelateerde_zaak", description="De einddatum van een gerelateerde zaak."
    )
    HOOFDZAAK = strawberry.enum_value("hoofdzaak", description="De einddatum van de hoofdzaak.")
    INGANGSDATUM_BESLUIT = strawberry.enum_value(
        "ingangsdatum_besluit", description="De dag waarop het besluit ingaat."
    )
    TERMIJN = strawberry.enum_value(
        "termijn", description="De einddatum van de zaak en daarna een termijn."
    )
    VERVALDATUM_BESLUIT = strawberry.enum_value(
        "vervaldatum_besluit", description="De dag waarop het besluit vervalt."
    )
    ZAAKOBJECT = strawberry.enum_value(
        "zaakobject", description="Een datum van een object van de zaak."
    )


@strawberry.enum(description="Of een zaaktype al vaststaat.")
class ZaaktypeStatus(Enum):
    DEFINITIEF = strawberry.enum_value("definitief", description="Gepubliceerd; staat vast.")
    CONCEPT = strawberry.enum_value("concept", description="Nog in ontwerp.")
    ALLES = strawberry.enum_value("alles", description="Zowel definitief als concept.")


@published(label="catalogus.basis", wire=("url",), blank_is_absent=True)
class Catalogus:
    """Een verzameling van zaaktypen die bij elkaar horen en samen beheerd worden."""

    uuid = derived(uuid_of_address)

    bron: str = source_name()
    domein: str | None
    """Een korte aanduiding van waar de catalogus over gaat, hoogstens vijf letters."""
    rsin: Rsin | None
    """Het RSIN van de organisatie die de catalogus beheert."""
    naam: str | None
    """De naam van de catalogus, als de bron die bijhoudt."""
    versie: str | None
    """De versie van de catalogus, als de bron die bijhoudt."""
    begindatum_versie: Datum | None
    """Sinds wanneer deze versie geldt, als de bron dat bijhoudt."""


@published(label="catalogus.basis", blank_is_absent=True)
class Referentieproces:
    """Het landelijke proces waar een zaaktype op gebaseerd is."""

    naam: str | None
    """De naam van het proces."""


@published(
    label="catalogus.basis",
    wire=(
        "url",
        "catalogus",
        "deelzaaktypen",
        "informatieobjecttypen",
        "besluittypen",
        "gerelateerdeZaaktypen.zaaktype",
        "productenOfDiensten",
    ),
    blank_is_absent=True,
)
class Zaaktype:
    """Een soort zaak: hoe die verloopt, wie er een rol in heeft en waarop die kan uitlopen.

    Een zaaktype heeft versies: elke versie is een eigen zaaktype met een eigen uuid, en alle
    versies hebben dezelfde `identificatie`.
    """

    uuid = derived(uuid_of_address)

    bron: str = source_name()
    identificatie: str | None
    """Het kenmerk van het zaaktype, gelijk voor alle versies."""
    omschrijving: str | None
    """Hoe zaken van dit type heten."""
    omschrijving_generiek: str | None
    """Hoe zaken van dit type landelijk heten."""
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None
    """Hoe vertrouwelijk zaken van dit type zijn, als er bij de zaak niets anders gezegd is."""
    doel: str | None
    """Wat met zaken van dit type bereikt wordt."""
    aanleiding: str | None
    """Waardoor een zaak van dit type begint."""
    toelichting: str | None
    """Uitleg over het zaaktype."""
    indicatie_intern_of_extern: IndicatieInternOfExtern | None
    """Of zaken van dit type binnen of buiten de organisatie beginnen."""
    handeling_initiator: str | None
    """Wat wie om de zaak vraagt doet, zoals aanvragen of melden."""
    onderwerp: str | None
    """Waarover zaken van dit type gaan."""
    handeling_behandelaar: str | None
    """Wat de organisatie ermee doet, zoals behandelen of uitvoeren."""
    doorlooptijd: Duur | None
    """Hoe lang een zaak volgens de wet hoogstens mag duren."""
    servicenorm: Duur | None
    """Hoe lang een zaak naar eigen belofte hoogstens duurt."""
    opschorting_en_aanhouding_mogelijk: bool | None
    """Of een zaak van dit type stilgelegd kan worden."""
    verlenging_mogelijk: bool | None
    """Of de termijn van een zaak van dit type verlengd kan worden."""
    verlengingstermijn: Duur | None
    """Met hoeveel de termijn verlengd kan worden."""
    trefwoorden: list[str] | None
    """Woorden waarmee het zaaktype te vinden is."""
    publicatie_indicatie: bool | None
    """Of het begin van een zaak van dit type bekendgemaakt wordt."""
    publicatietekst: str | None
    """De tekst waarmee dat bekendgemaakt wordt."""
    verantwoordingsrelatie: list[str] | None
    """Waarover met zaken van dit type verantwoording wordt afgelegd."""
    referentieproces: Referentieproces | None
    """Het landelijke proces waar dit zaaktype op gebaseerd is."""
    concept: bool | None
    """Of dit zaaktype nog in ontwerp is; alleen een definitief zaaktype heeft zaken."""
    verantwoordelijke: str | None
    """Wie voor het zaaktype verantwoordelijk is."""
    begin_geldigheid: Datum | None
    """De eerste dag waarop deze versie geldt."""
    einde_geldigheid: Datum | None
    """De laatste dag waarop deze versie geldt; leeg zolang die geldt."""
    versiedatum: Datum | None
    """De dag waarop deze versie is gemaakt."""


@published(label="catalogus.basis", wire=("url", "zaaktype"), blank_is_absent=True)
class Statustype:
    """Een stap in het verloop van zaken van een zaaktype."""

    uuid = derived(uuid_of_address)

    omschrijving: str | None
    """Hoe de status heet."""
    omschrijving_generiek: str | None
    """Hoe de status landelijk heet."""
    statustekst: str | None
    """Wat de betrokkene te horen krijgt als een zaak deze status krijgt."""
    volgnummer: int | None
    """De hoeveelste stap dit is."""
    is_eindstatus: bool | None
    """Of een zaak met deze status is afgelopen."""
    informeren: bool | None
    """Of de betrokkene bericht krijgt als een zaak deze status krijgt."""
    doorlooptijd: Duur | None
    """Binnen welke tijd deze status bereikt hoort te zijn."""
    toelichting: str | None
    """Uitleg over het statustype."""


@published(label="catalogus.basis", blank_is_absent=True)
class BrondatumArchiefprocedure:
    """Hoe bepaald wordt op welke dag de bewaartermijn van een zaak begint."""

    afleidingswijze: Afleidingswijze | None
    """Waaruit die dag volgt."""
    datumkenmerk: str | None
    """De naam van de eigenschap of het gegeven waar de datum in staat."""
    einddatum_bekend: bool | None
    """Of het einde van het proces bij het begin al bekend is."""
    objecttype: str | None
    """De soort object waar de datum bij staat."""
    registratie: str | None
    """De registratie waar de datum in staat."""
    procestermijn: Duur | None
    """De termijn na het einde van de zaak, als de datum daarvan afhangt."""


@published(label="catalogus.basis", wire=("url", "zaaktype"), blank_is_absent=True)
class Resultaattype:
    """Een uitkomst die zaken van een zaaktype kunnen hebben."""

    uuid = derived(uuid_of_address)

    omschrijving: str | None
    """Hoe de uitkomst heet."""
    omschrijving_generiek: str | None
    """Hoe de uitkomst landelijk heet."""
    toelichting: str | None
    """Uitleg over het resultaattype."""
    archiefnominatie: Archiefnominatie | None
    """Wat er met het dossier van een zaak met deze uitkomst gebeurt."""
    archiefactietermijn: Duur | None
    """Hoe lang het dossier bewaard wordt voordat dat gebeurt."""
    procestermijn: Duur | None
    """Hoe lang na de uitkomst het proces nog doorloopt."""
    brondatum_archiefprocedure: BrondatumArchiefprocedure | None
    """Hoe bepaald wordt wanneer de bewaartermijn begint."""


@published(label="catalogus.basis", wire=("url", "zaaktype"), blank_is_absent=True)
class Roltype:
    """Een rol die iemand in zaken van een zaaktype kan hebben."""

    uuid = derived(uuid_of_address)

    omschrijving: str | None
    """Hoe de rol bij dit zaaktype heet."""
    omschrijving_generiek: RolOmschrijvingGeneriek | None
    """De aard van de rol, voor alle zaaktypen gelijk."""


@published(label="catalogus.basis", wire=("url", "zaaktype", "statustype"), blank_is_absent=True)
class Eigenschap:
    """Een gegeven dat bij zaken van een zaaktype wordt bijgehouden."""

    uuid = derived(uuid_of_address)

    naam: str | None
    """Hoe de eigenschap heet."""
    definitie: str | None
    """Wat de eigenschap betekent."""
    toelichting: str | None
    """Uitleg over de eigenschap."""
    groep: str | None = copied("specificatie.groep")
    """De groep van eigenschappen waar deze bij hoort."""
    formaat: EigenschapFormaat | None = copied("specificatie.formaat")
    """Hoe de waarde geschreven wordt."""
    lengte: str | None = copied("specificatie.lengte")
    """Hoe lang de waarde hoogstens is; bij een getal met decimalen zoals 14,2."""
    kardinaliteit: str | None = copied("specificatie.kardinaliteit")
    """Hoeveel waarden er kunnen zijn: een getal, of N voor onbeperkt."""
    waardenverzameling: list[str] | None = copied("specificatie.waardenverzameling")
    """De waarden die mogen voorkomen; leeg als alle waarden mogen."""
