"""What is published of contacts with customers, and of the tasks that follow from them (startup).

Klantinteracties API 0.9.0 (Open Klant 2). An onderwerpobject has one property more than the source
gives: `zaak`, its identification when the codes beside it say that it is that of a zaak; so has a
bijlage: `document`.
"""

from __future__ import annotations

from schema.klant import Contactnaam, KlantAdres
from schema.klant_waarden import (
    BASIS,
    CONTACTEN,
    CONTACTGEGEVENS,
    INHOUD,
    MEDEWERKER,
    TAKEN,
    RolBetrokkene,
    SoortActor,
    StatusInterneTaak,
)
from schema.language.declare import copied, published, source_name
from schema.language.scalars import JsonObject, Tijdstip, Uuid


@published(label=MEDEWERKER, blank_is_absent=True)
class Actor:
    """Wie of wat van de kant van de gemeente deelnam aan een contact of een taak heeft."""

    uuid: Uuid
    """Het uuid van de actor bij de bron."""
    naam: str | None
    """De naam."""
    soort_actor: SoortActor | None
    """Of het een medewerker, een afdeling of een systeem is."""
    indicatie_actief: bool | None
    """Of de actor nog werkt."""
    functie: str | None = copied("actorIdentificatie.functie")
    """Wat de medewerker of het systeem doet."""
    emailadres: str | None = copied("actorIdentificatie.emailadres")
    """Het e-mailadres."""
    telefoonnummer: str | None = copied("actorIdentificatie.telefoonnummer")
    """Het telefoonnummer."""
    omschrijving: str | None = copied("actorIdentificatie.omschrijving")
    """Wat de afdeling of het systeem is."""
    object_id: str | None = copied("actoridentificator.objectId")
    """Het kenmerk van de actor in een ander systeem, zoals een gebruikersnaam."""


@published(
    label=CONTACTEN,
    wire=(
        "hadBetrokkenen.uuid",
        "gingOverOnderwerpobjecten.uuid",
        "leiddeTotInterneTaken.uuid",
        "omvatteBijlagen.uuid",
    ),
    blank_is_absent=True,
)
class Klantcontact:
    """Een contact tussen een klant en de gemeente, zoals een telefoongesprek of een e-mail."""

    uuid: Uuid
    """Het uuid van het klantcontact bij de bron."""
    bron: str = source_name()
    nummer: str | None
    """Het nummer van het contact, voor gebruik tussen mensen."""
    referentienummer: str | None
    """Het nummer dat tegen de klant wordt genoemd, als de bron dat bijhoudt."""
    kanaal: str | None
    """Langs welke weg het contact was, zoals telefoon of balie."""
    onderwerp: str | None
    """Waar het contact over ging, in een paar woorden."""
    inhoud: str | None = copied(label=INHOUD)
    """Wat er is gezegd of geschreven."""
    reactie: str | None = copied(label=INHOUD)
    """Wat de gemeente antwoordde."""
    indicatie_contact_gelukt: bool | None
    """Of de klant is bereikt."""
    verdere_actie_ondernomen: bool | None
    """Of er vanzelf een vervolg komt als de klant niet is bereikt, als de bron dat bijhoudt."""
    taal: str | None
    """De taal van het contact: drie letters (ISO 639-2)."""
    vertrouwelijk: bool | None
    """Of het contact vertrouwelijk is."""
    plaatsgevonden_op: Tijdstip | None
    """Wanneer het contact was."""
    metadata: JsonObject | None = copied(label=INHOUD)
    """Wat de toepassing die het contact vastlegde er verder bij bewaarde."""
    had_betrokken_actoren: list[Actor] | None
    """Wie er van de kant van de gemeente deelnam."""


@published(
    label=CONTACTEN,
    wire=("wasPartij.uuid", "hadKlantcontact.uuid", "digitaleAdressen.uuid"),
    blank_is_absent=True,
)
class Betrokkene:
    """Iemand die als klant of namens een klant deelnam aan een klantcontact."""

    uuid: Uuid
    """Het uuid van de betrokkene bij de bron."""
    rol: RolBetrokkene | None
    """Of de betrokkene voor zichzelf of voor een ander deelnam."""
    initiator: bool | None
    """Of het contact van de betrokkene uitging."""
    volledige_naam: str | None = copied(label=BASIS)
    """De naam voluit, zoals bij het contact opgegeven."""
    contactnaam: Contactnaam | None
    """De naam in delen, zoals bij het contact opgegeven."""
    organisatienaam: str | None = copied(label=BASIS)
    """De organisatie waarvoor de betrokkene deelnam, zoals bij het contact opgegeven."""
    bezoekadres: KlantAdres | None = copied(label=CONTACTGEGEVENS)
    """Waar de betrokkene voor dit contact te bezoeken is."""
    correspondentieadres: KlantAdres | None = copied(label=CONTACTGEGEVENS)
    """Waar de betrokkene voor dit contact post wil krijgen."""


@published(
    label=CONTACTEN,
    wire=("klantcontact.uuid", "wasKlantcontact.uuid", "zaak"),
    blank_is_absent=True,
)
class Onderwerpobject:
    """Iets waar een klantcontact over ging, zoals een zaak of een eerder contact."""

    uuid: Uuid
    """Het uuid van het onderwerpobject bij de bron."""
    code_objecttype: str | None = copied("onderwerpobjectidentificator.codeObjecttype")
    """Wat voor object het is, in de woorden van wie het vastlegde."""
    code_register: str | None = copied("onderwerpobjectidentificator.codeRegister")
    """Het register waarin het object staat, in de woorden van wie het vastlegde."""
    code_soort_object_id: str | None = copied("onderwerpobjectidentificator.codeSoortObjectId")
    """Wat voor kenmerk het is, in de woorden van wie het vastlegde."""
    object_id: str | None = copied("onderwerpobjectidentificator.objectId", label=INHOUD)
    """Het kenmerk van het object; wat dat zegt, verschilt per register."""


@published(label=CONTACTEN, wire=("document",), blank_is_absent=True)
class Bijlage:
    """Een document dat bij een klantcontact hoorde."""

    uuid: Uuid
    """Het uuid van de bijlage bij de bron."""
    code_objecttype: str | None = copied("bijlageidentificator.codeObjecttype")
    """Wat voor object het is, in de woorden van wie het vastlegde."""
    code_register: str | None = copied("bijlageidentificator.codeRegister")
    """Het register waarin het document staat, in de woorden van wie het vastlegde."""
    code_soort_object_id: str | None = copied("bijlageidentificator.codeSoortObjectId")
    """Wat voor kenmerk het is, in de woorden van wie het vastlegde."""
    object_id: str | None = copied("bijlageidentificator.objectId")
    """Het kenmerk van het document."""


@published(
    label=TAKEN,
    wire=("aanleidinggevendKlantcontact.uuid", "toegewezenAanActoren.uuid"),
    blank_is_absent=True,
)
class InterneTaak:
    """Wat de gemeente naar aanleiding van een klantcontact moet doen, zoals terugbellen."""

    uuid: Uuid
    """Het uuid van de taak bij de bron."""
    bron: str = source_name()
    nummer: str | None
    """Het nummer van de taak, voor gebruik tussen mensen."""
    referentienummer: str | None
    """Het nummer dat tegen anderen wordt genoemd, als de bron dat bijhoudt."""
    gevraagde_handeling: str | None
    """Wat er moet gebeuren."""
    toelichting: str | None
    """Wat wie de taak gaf erbij schreef."""
    status: StatusInterneTaak | None
    """Hoe ver de taak is."""
    toegewezen_op: Tijdstip | None
    """Wanneer de taak is gegeven."""
    afgehandeld_op: Tijdstip | None
    """Wanneer de taak klaar was; leeg zolang die dat niet is."""
