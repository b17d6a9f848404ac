"""What is published of the Zaken API (ZGW): zaken and what hangs under them (startup).

Names follow the Zaken API 1.5.1. Addresses of the source are never published, only uuids.
Identifications of betrokkenen are in schema.betrokkenen, zaakobjecten in schema.zaakobjecten, and
what zaken can be searched by in schema.zaken_zoeken. A rol of an organisation has two properties
more than the source gives (resolvers.zgw.genoemd).
"""

from __future__ import annotations

from enum import Enum
from typing import Any

import strawberry

from schema.betrokkenen import (
    MedewerkerIdentificatie,
    NatuurlijkPersoonIdentificatie,
    NietNatuurlijkPersoonIdentificatie,
    OrganisatorischeEenheidIdentificatie,
    VestigingIdentificatie,
)
from schema.catalogi import (
    Archiefnominatie,
    RolOmschrijvingGeneriek,
    Vertrouwelijkheidaanduiding,
)
from schema.language.coordinates import in_rd, positions
from schema.language.declare import copied, derived, one_of, published, source_name
from schema.language.scalars import (
    Cursor,
    Datum,
    Duur,
    Geometrie,
    Tijdstip,
    Uuid,
)


@strawberry.enum(description="Hoe ver het archiveren van een zaak is.")
class Archiefstatus(Enum):
    NOG_TE_ARCHIVEREN = strawberry.enum_value(
        "nog_te_archiveren", description="De zaak is nog niet gearchiveerd."
    )
    GEARCHIVEERD = strawberry.enum_value(
        "gearchiveerd", description="De zaak staat vast en wordt bewaard."
    )
    GEARCHIVEERD_PROCESTERMIJN_ONBEKEND = strawberry.enum_value(
        "gearchiveerd_procestermijn_onbekend",
        description="De zaak staat vast; wanneer de bewaartermijn begint is nog onbekend.",
    )
    OVERGEDRAGEN = strawberry.enum_value(
        "overgedragen", description="De zaak is overgebracht naar een archiefbewaarplaats."
    )


@strawberry.enum(description="Hoeveel van de kosten van een zaak betaald is.")
class Betalingsindicatie(Enum):
    NVT = strawberry.enum_value("nvt", description="Er zijn geen kosten.")
    NOG_NIET = strawberry.enum_value("nog_niet", description="Er is nog niets betaald.")
    GEFACTUREERD = strawberry.enum_value("gefactureerd", description="De rekening is verstuurd.")
    GECREDITEERD = strawberry.enum_value("gecrediteerd", description="De rekening is teruggenomen.")
    BETAALD = strawberry.enum_value("betaald", description="De rekening is betaald.")
    GEDEELTELIJK = strawberry.enum_value("gedeeltelijk", description="Een deel is betaald.")
    GEHEEL = strawberry.enum_value("geheel", description="Alles is betaald.")


@strawberry.enum(description="Wat de andere zaak met deze zaak te maken heeft.")
class AardRelatie(Enum):
    VERVOLG = strawberry.enum_value("vervolg", description="De andere zaak volgde op deze.")
    ONDERWERP = strawberry.enum_value("onderwerp", description="Deze zaak gaat over de andere.")
    BIJDRAGE = strawberry.enum_value("bijdrage", description="De andere zaak droeg bij aan deze.")
    OVERIG = strawberry.enum_value("overig", description="Iets anders; de toelichting zegt wat.")


@strawberry.enum(description="Wat voor iemand bij een zaak betrokken is.")
class BetrokkeneType(Enum):
    NATUURLIJK_PERSOON = strawberry.enum_value("natuurlijk_persoon", description="Een mens.")
    NIET_NATUURLIJK_PERSOON = strawberry.enum_value(
        "niet_natuurlijk_persoon", description="Een rechtspersoon of andere organisatie."
    )
    VESTIGING = strawberry.enum_value("vestiging", description="Een vestiging van een onderneming.")
    ORGANISATORISCHE_EENHEID = strawberry.enum_value(
        "organisatorische_eenheid", description="Een afdeling of team van de gemeente."
    )
    MEDEWERKER = strawberry.enum_value("medewerker", description="Een medewerker van de gemeente.")


@strawberry.enum(description="Of iemand voor een ander optreedt.")
class IndicatieMachtiging(Enum):
    GEMACHTIGDE = strawberry.enum_value("gemachtigde", description="Treedt op voor een ander.")
    MACHTIGINGGEVER = strawberry.enum_value(
        "machtiginggever", description="Laat een ander voor zich optreden."
    )


@published(label="zaak.basis", blank_is_absent=True)
class Verlenging:
    """Dat de termijn van een zaak verlengd is."""

    reden: str | None = copied(label="zaak.toelichting")
    """Waarom de termijn verlengd is."""
    duur: Duur | None
    """Met hoeveel de termijn verlengd is."""


@published(label="zaak.basis", blank_is_absent=True)
class Opschorting:
    """Of een zaak stilligt."""

    indicatie: bool | None
    """Of de zaak nu stilligt."""
    eerdere_opschorting: bool | None
    """Of de zaak eerder stillag, als de bron dat bijhoudt."""
    reden: str | None = copied(label="zaak.toelichting")
    """Waarom de zaak stilligt."""


@published(label="zaak.basis", blank_is_absent=True)
class Zaakkenmerk:
    """Het kenmerk van een zaak in een ander systeem."""

    kenmerk: str | None
    """Het kenmerk."""
    bron: str | None
    """Het systeem waarin de zaak dat kenmerk heeft."""


@published(label="zaak.basis", blank_is_absent=True)
class Processobject:
    """Een object buiten de zaak dat bepaalt wanneer de bewaartermijn begint."""

    datumkenmerk: str | None
    """De naam van het gegeven waar de datum in staat."""
    identificatie: str | None
    """Het kenmerk van het object."""
    objecttype: str | None
    """De soort object."""
    registratie: str | None
    """De registratie waar het object in staat."""


@published(label="zaak.verwant", wire=("url",), blank_is_absent=True)
class RelevanteZaak:
    """Een andere zaak die voor deze zaak van belang is."""

    aard_relatie: AardRelatie | None
    """Wat de andere zaak met deze te maken heeft."""
    overige_relatie: str | None
    """Wat de andere zaak met deze te maken heeft, als de aard OVERIG is."""
    toelichting: str | None
    """Uitleg over het verband."""


@published(
    label="zaak.basis",
    wire=(
        "url",
        "zaaktype",
        "status",
        "resultaat",
        "hoofdzaak",
        "deelzaken",
        "productenOfDiensten",
    ),
    blank_is_absent=True,
)
class Zaak:
    """Een vraag, melding of taak die de gemeente van begin tot eind behandelt."""

    uuid: Uuid
    """Het uuid van de zaak bij de bron."""
    bron: str = source_name()
    identificatie: str
    """Het zaaknummer, uniek binnen de bronorganisatie."""
    bronorganisatie: str
    """Het RSIN van de organisatie die de zaak heeft aangemaakt."""
    verantwoordelijke_organisatie: str | None
    """Het RSIN van de organisatie die voor de behandeling verantwoordelijk is."""
    opdrachtgevende_organisatie: str | None
    """Het RSIN van de organisatie in wier opdracht de zaak behandeld wordt."""
    omschrijving: str | None
    """Waar de zaak over gaat, in een paar woorden."""
    toelichting: str | None = copied(label="zaak.toelichting")
    """Uitleg over de zaak, in vrije tekst."""
    registratiedatum: Datum | None
    """De dag waarop de zaak is vastgelegd."""
    startdatum: Datum
    """De dag waarop de behandeling is begonnen."""
    einddatum: Datum | None
    """De dag waarop de zaak is afgerond; leeg zolang de zaak open is."""
    einddatum_gepland: Datum | None
    """De dag waarop de zaak naar verwachting afgerond is."""
    uiterlijke_einddatum_afdoening: Datum | None
    """De dag waarop de zaak volgens de wet uiterlijk afgerond moet zijn."""
    publicatiedatum: Datum | None
    """De dag waarop het begin van de zaak bekendgemaakt is of wordt."""
    laatst_gemuteerd: Tijdstip | None
    """Wanneer de zaak voor het laatst gewijzigd is, als de bron dat bijhoudt."""
    communicatiekanaal_naam: str | None
    """Langs welke weg de zaak is binnengekomen, als de bron dat bijhoudt."""
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None
    """Hoe vertrouwelijk de zaak is."""
    betalingsindicatie: Betalingsindicatie | None
    """Hoeveel van de kosten betaald is."""
    laatste_betaaldatum: Tijdstip | None
    """Wanneer er voor het laatst betaald is."""
    zaakgeometrie: Geometrie | None = copied(label="zaak.object")
    """De plaats waar de zaak over gaat: GeoJSON in WGS 84 (EPSG:4326), lengtegraad eerst."""
    verlenging: Verlenging | None
    """De verlenging van de termijn, als die er is."""
    opschorting: Opschorting | None
    """Of de zaak stilligt."""
    kenmerken: list[Zaakkenmerk] | None
    """De kenmerken van de zaak in andere systemen."""
    relevante_andere_zaken: list[RelevanteZaak] | None
    """Andere zaken die voor deze van belang zijn."""
    archiefnominatie: Archiefnominatie | None
    """Wat er met het dossier gebeurt."""
    archiefstatus: Archiefstatus | None
    """Hoe ver het archiveren is."""
    archiefactiedatum: Datum | None
    """De dag waarop het dossier vernietigd of overgebracht wordt."""
    startdatum_bewaartermijn: Datum | None
    """De dag waarop de bewaartermijn begint, als de bron dat bijhoudt."""
    processobjectaard: str | None
    """Wat voor object bepaalt wanneer de bewaartermijn begint."""
    processobject: Processobject | None
    """Het object dat bepaalt wanneer de bewaartermijn begint."""

    @derived(effort=positions, label="zaak.object")
    def zaakgeometrie_rd(zaakgeometrie: dict[str, Any] | None) -> Geometrie | None:
        """Dezelfde plaats in het RD-stelsel (EPSG:28992), in meters: omgerekend uit WGS 84 met
        RDNAPTRANS2018.
        """
        return in_rd(zaakgeometrie or None)


@published(label="zaak.basis", wire=("url", "zaak", "statustype"), blank_is_absent=True)
class Status:
    """Hoe ver een zaak op een zeker moment was."""

    uuid: Uuid
    """Het uuid van de status bij de bron."""
    datum_status_gezet: Tijdstip | None
    """Wanneer de zaak deze status kreeg."""
    statustoelichting: str | None = copied(label="zaak.toelichting")
    """Waarom de zaak deze status kreeg, in vrije tekst."""
    indicatie_laatst_gezette_status: bool | None
    """Of dit de laatste status van de zaak is."""


@published(label="zaak.basis", wire=("url", "zaak", "resultaattype"), blank_is_absent=True)
class Resultaat:
    """Waarop een zaak is uitgelopen."""

    uuid: Uuid
    """Het uuid van het resultaat bij de bron."""
    toelichting: str | None = copied(label="zaak.toelichting")
    """Uitleg over het resultaat, in vrije tekst."""


@published(label="zaak.eigenschap", wire=("url", "zaak", "eigenschap"), blank_is_absent=True)
class Zaakeigenschap:
    """Een gegeven van een zaak dat alleen zaken van dat zaaktype hebben."""

    uuid: Uuid
    """Het uuid van de zaakeigenschap bij de bron."""
    naam: str | None
    """Hoe de eigenschap heet."""
    waarde: str | None
    """De waarde, geschreven zoals de eigenschap in de catalogus voorschrijft."""


@published(label="rol.betrokkene", blank_is_absent=True)
class ContactpersoonRol:
    """Met wie contact is over een zaak namens een organisatie."""

    naam: str | None
    """De naam van de contactpersoon."""
    functie: str | None
    """De functie van de contactpersoon."""
    emailadres: str | None
    """Het e-mailadres van de contactpersoon."""
    telefoonnummer: str | None
    """Het telefoonnummer van de contactpersoon."""


@one_of(
    by="betrokkeneType",
    label="rol.basis",
    wire=("url", "zaak", "roltype"),
    blank_is_absent=True,
)
class Rol:
    """Wat iemand met een zaak te maken heeft."""

    uuid: Uuid
    """Het uuid van de rol bij de bron."""
    betrokkene_type: BetrokkeneType | None
    """Wat voor iemand het is."""
    omschrijving: str | None
    """Hoe de rol bij dit zaaktype heet."""
    omschrijving_generiek: RolOmschrijvingGeneriek | None
    """De aard van de rol, voor alle zaaktypen gelijk."""
    roltoelichting: str | None = copied(label="zaak.toelichting")
    """Uitleg over de rol, in vrije tekst."""
    registratiedatum: Tijdstip | None
    """Wanneer de rol is vastgelegd."""
    indicatie_machtiging: IndicatieMachtiging | None
    """Of de betrokkene voor een ander optreedt."""
    afwijkende_naam_betrokkene: str | None = copied(label="rol.betrokkene")
    """De naam waaronder de betrokkene in deze zaak bekend is, als die anders is."""
    contactpersoon_rol: ContactpersoonRol | None
    """Met wie contact is namens de betrokkene."""
    begin_geldigheid: Datum | None
    """De eerste dag van de rol, als de bron dat bijhoudt."""
    einde_geldigheid: Datum | None
    """De laatste dag van de rol, als de bron dat bijhoudt."""


@published(label="rol.basis", when="natuurlijk_persoon")
class RolNatuurlijkPersoon(Rol):
    """Wat een mens met een zaak te maken heeft."""

    betrokkene_identificatie: NatuurlijkPersoonIdentificatie | None
    """Wie het is, zoals bij de zaak vastgelegd."""


@published(label="rol.basis", when="niet_natuurlijk_persoon", wire=("bedrijf", "kvkNummer"))
class RolNietNatuurlijkPersoon(Rol):
    """Wat een rechtspersoon of andere organisatie met een zaak te maken heeft."""

    betrokkene_identificatie: NietNatuurlijkPersoonIdentificatie | None
    """Welke organisatie het is, zoals bij de zaak vastgelegd."""


@published(label="rol.basis", when="vestiging")
class RolVestiging(Rol):
    """Wat een vestiging van een onderneming met een zaak te maken heeft."""

    betrokkene_identificatie: VestigingIdentificatie | None
    """Welke vestiging het is, zoals bij de zaak vastgelegd."""


@published(label="rol.basis", when="organisatorische_eenheid")
class RolOrganisatorischeEenheid(Rol):
    """Wat een afdeling of team van de gemeente met een zaak te maken heeft."""

    betrokkene_identificatie: OrganisatorischeEenheidIdentificatie | None
    """Welke afdeling of welk team het is, zoals bij de zaak vastgelegd."""


@published(label="rol.basis", when="medewerker")
class RolMedewerker(Rol):
    """Wat een medewerker van de gemeente met een zaak te maken heeft."""

    betrokkene_identificatie: MedewerkerIdentificatie | None
    """Welke medewerker het is, zoals bij de zaak vastgelegd."""


@published(label="zaak.basis", wire=("bsn",))
class PersoonZaakEdge:
    """Een zaak van een persoon in een lijst."""

    node: Zaak
    """De zaak zelf."""
    cursor: Cursor
    """De plaats in de lijst, om hierna verder te gaan."""
