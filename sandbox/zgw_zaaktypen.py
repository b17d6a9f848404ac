"""The zaaktypen that the fictional municipality has designed: data, read at startup.

The names and processes are invented, in the manner of a municipal zaaktypecatalogus (GEMMA, ImZTC
2.2).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """A resultaattype: its name (at most 30 characters), generic name, whether kept, years kept."""

    omschrijving: str
    generiek: str
    archiefnominatie: str = "vernietigen"
    jaren: int | None = 5


@dataclass(frozen=True, slots=True)
class Kenmerk:
    """An eigenschap: name (at most 20 characters), format, length and the values allowed."""

    naam: str
    definitie: str
    formaat: str = "tekst"
    lengte: str = "255"
    waarden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ontwerp:
    """A zaaktype as designed, the same for all its versions.

    `doorlooptijd` is in days; `statussen` are name and text for the citizen, the last one the
    eindstatus; `rollen` are name and generic name; `versies` are the dates, both included, between
    which a version is valid (an open end is an empty string); `gewicht` is how common such a zaak
    is.
    """

    identificatie: str
    omschrijving: str
    onderwerp: str
    doel: str
    aanleiding: str
    handeling: str
    vertrouwelijkheidaanduiding: str
    doorlooptijd: int
    statussen: tuple[tuple[str, str], ...]
    resultaten: tuple[Uitkomst, ...]
    rollen: tuple[tuple[str, str], ...]
    kenmerken: tuple[Kenmerk, ...] = ()
    trefwoorden: tuple[str, ...] = ()
    versies: tuple[tuple[str, str], ...] = (("2023-01-01", ""),)
    extern: bool = True
    concept: bool = False
    gewicht: int = 0


VERLEEND = Uitkomst("Verleend", "Verleend", "vernietigen", 10)
GEWEIGERD = Uitkomst("Geweigerd", "Geweigerd", "vernietigen", 5)
INGETROKKEN = Uitkomst("Ingetrokken", "Ingetrokken", "vernietigen", 1)
AANVRAGER = ("Aanvrager", "initiator")
MEDEAANVRAGER = ("Medeaanvrager", "mede_initiator")
BEHANDELAAR = ("Behandelaar", "behandelaar")
BELANGHEBBENDE = ("Belanghebbende", "belanghebbende")
BESLISSER = ("Beslisser", "beslisser")
COORDINATOR = ("Zaakcoördinator", "zaakcoordinator")
ADVISEUR = ("Adviseur", "adviseur")
KLANTCONTACT = ("Medewerker klantcontact", "klantcontacter")

PARKEREN = Ontwerp(
    identificatie="B0101",
    omschrijving="Parkeervergunning voor bewoners behandelen",
    onderwerp="Parkeervergunning",
    doel="Beslissen of een bewoner in het vergunninggebied mag parkeren",
    aanleiding="Aanvraag van een bewoner",
    handeling="Aanvragen",
    vertrouwelijkheidaanduiding="zaakvertrouwelijk",
    doorlooptijd=14,
    statussen=(
        ("Ontvangen", "Wij hebben uw aanvraag ontvangen."),
        ("In behandeling", "Wij bekijken uw aanvraag."),
        ("Afgehandeld", "Uw aanvraag is afgehandeld."),
    ),
    resultaten=(VERLEEND, GEWEIGERD, INGETROKKEN),
    rollen=(AANVRAGER, BEHANDELAAR, KLANTCONTACT),
    kenmerken=(
        Kenmerk("kenteken", "Kenteken van het voertuig", lengte="8"),
        Kenmerk("parkeerzone", "Zone van de vergunning", waarden=("A", "B", "C"), lengte="1"),
    ),
    trefwoorden=("parkeren", "vergunning"),
    versies=(("2023-01-01", "2025-12-31"), ("2026-01-01", "")),
    gewicht=24,
)
OMGEVING = Ontwerp(
    identificatie="B0210",
    omschrijving="Omgevingsvergunning reguliere procedure behandelen",
    onderwerp="Omgevingsvergunning",
    doel="Beslissen op een aanvraag om een omgevingsvergunning",
    aanleiding="Aanvraag van een burger of bedrijf",
    handeling="Aanvragen",
    vertrouwelijkheidaanduiding="openbaar",
    doorlooptijd=56,
    statussen=(
        ("Ontvangen", "Wij hebben uw aanvraag ontvangen."),
        ("Ontvankelijkheid getoetst", "Uw aanvraag is compleet."),
        ("Inhoudelijk getoetst", "Wij toetsen uw bouwplan."),
        ("Besluit genomen", "Er is een besluit op uw aanvraag."),
        ("Afgehandeld", "Uw aanvraag is afgehandeld."),
    ),
    resultaten=(
        Uitkomst("Vergunning verleend", "Verleend", "blijvend_bewaren", None),
        GEWEIGERD,
        Uitkomst("Buiten behandeling gesteld", "Niet vastgesteld", "vernietigen", 1),
    ),
    rollen=(
        AANVRAGER,
        MEDEAANVRAGER,
        BEHANDELAAR,
        BELANGHEBBENDE,
        BESLISSER,
        ADVISEUR,
        COORDINATOR,
    ),
    kenmerken=(
        Kenmerk(
            "activiteit", "Activiteit onder de Omgevingswet", waarden=("bouwen", "kappen", "slopen")
        ),
        Kenmerk("bouwkosten", "Geraamde bouwkosten in euro's", "getal", "10"),
        Kenmerk("publicatiedatum", "Datum van bekendmaking", "datum", "8"),
    ),
    trefwoorden=("bouwen", "omgevingswet"),
    versies=(("2023-01-01", "2025-06-30"), ("2025-07-01", "")),
    gewicht=14,
)
ADVIES = Ontwerp(
    identificatie="B0211",
    omschrijving="Advies bij vergunning geven",
    onderwerp="Advies",
    doel="De behandelaar van een vergunning adviseren",
    aanleiding="Verzoek van de behandelaar van de hoofdzaak",
    handeling="Om advies vragen",
    vertrouwelijkheidaanduiding="intern",
    doorlooptijd=21,
    statussen=(("Gevraagd", ""), ("Uitgebracht", "")),
    resultaten=(Uitkomst("Positief advies", "Verwerkt"), Uitkomst("Negatief advies", "Verwerkt")),
    rollen=(("Adviesvrager", "initiator"), ADVISEUR),
    extern=False,
)
MELDING = Ontwerp(
    identificatie="B0305",
    omschrijving="Melding openbare ruimte behandelen",
    onderwerp="Melding",
    doel="Een gebrek in de openbare ruimte verhelpen",
    aanleiding="Melding van een burger, bedrijf of medewerker",
    handeling="Melden",
    vertrouwelijkheidaanduiding="beperkt_openbaar",
    doorlooptijd=7,
    statussen=(
        ("Gemeld", "Wij hebben uw melding ontvangen."),
        ("In uitvoering", "Wij zijn ermee bezig."),
        ("Opgelost", "Uw melding is opgelost."),
    ),
    resultaten=(
        Uitkomst("Verholpen", "Afgehandeld", jaren=1),
        Uitkomst("Niets aangetroffen", "Afgebroken"),
    ),
    rollen=(("Melder", "initiator"), BEHANDELAAR, KLANTCONTACT),
    kenmerken=(
        Kenmerk("categorie", "Soort melding", waarden=("afval", "verlichting", "wegdek", "groen")),
    ),
    trefwoorden=("melding", "openbare ruimte"),
    gewicht=30,
)
BIJSTAND = Ontwerp(
    identificatie="B0412",
    omschrijving="Bijzondere bijstand behandelen",
    onderwerp="Bijzondere bijstand",
    doel="Beslissen op een aanvraag om bijzondere bijstand",
    aanleiding="Aanvraag van een inwoner",
    handeling="Aanvragen",
    vertrouwelijkheidaanduiding="vertrouwelijk",
    doorlooptijd=56,
    statussen=(
        ("Ontvangen", "Wij hebben uw aanvraag ontvangen."),
        ("Gegevens opgevraagd", "Wij hebben meer gegevens van u nodig."),
        ("In behandeling", "Wij beoordelen uw aanvraag."),
        ("Afgehandeld", "Er is een besluit op uw aanvraag."),
    ),
    resultaten=(
        Uitkomst("Toegekend", "Toegekend", jaren=7),
        Uitkomst("Afgewezen", "Afgewezen"),
        INGETROKKEN,
    ),
    rollen=(AANVRAGER, ("Partner", "mede_initiator"), BEHANDELAAR, BESLISSER),
    kenmerken=(
        Kenmerk(
            "kostensoort", "Waarvoor bijstand is gevraagd", waarden=("bril", "inboedel", "reis")
        ),
        Kenmerk("bedrag", "Gevraagd bedrag in euro's", "getal", "7"),
    ),
    trefwoorden=("inkomen",),
    gewicht=10,
)
EVENEMENT = Ontwerp(
    identificatie="B0518",
    omschrijving="Evenementenvergunning behandelen",
    onderwerp="Evenement",
    doel="Beslissen of een evenement mag plaatsvinden",
    aanleiding="Aanvraag van een organisator",
    handeling="Aanvragen",
    vertrouwelijkheidaanduiding="openbaar",
    doorlooptijd=84,
    statussen=(
        ("Ontvangen", ""),
        ("Advies gevraagd", ""),
        ("Besluit genomen", ""),
        ("Afgehandeld", ""),
    ),
    resultaten=(VERLEEND, GEWEIGERD, INGETROKKEN),
    rollen=(("Organisator", "initiator"), BEHANDELAAR, BELANGHEBBENDE, COORDINATOR),
    kenmerken=(Kenmerk("bezoekers", "Verwacht aantal bezoekers", "getal", "6"),),
    trefwoorden=("evenement", "vergunning"),
    gewicht=8,
)
WOO = Ontwerp(
    identificatie="B0601",
    omschrijving="Verzoek om informatie (Woo) behandelen",
    onderwerp="Informatieverzoek",
    doel="Overheidsinformatie op verzoek openbaar maken",
    aanleiding="Verzoek op grond van de Wet open overheid",
    handeling="Verzoeken",
    vertrouwelijkheidaanduiding="openbaar",
    doorlooptijd=28,
    statussen=(("Ontvangen", ""), ("Documenten verzameld", ""), ("Afgehandeld", "")),
    resultaten=(
        Uitkomst("Openbaar gemaakt", "Verstrekt", "blijvend_bewaren", None),
        Uitkomst("Deels openbaar gemaakt", "Verstrekt", "blijvend_bewaren", None),
    ),
    rollen=(("Verzoeker", "initiator"), BEHANDELAAR, BELANGHEBBENDE),
    gewicht=4,
)
BEZWAAR = Ontwerp(
    identificatie="B0722",
    omschrijving="Bezwaarschrift behandelen",
    onderwerp="Bezwaar",
    doel="Een eerder besluit heroverwegen",
    aanleiding="Bezwaarschrift van een belanghebbende",
    handeling="Bezwaar maken",
    vertrouwelijkheidaanduiding="zaakvertrouwelijk",
    doorlooptijd=84,
    statussen=(
        ("Ontvangen", "Wij hebben uw bezwaar ontvangen."),
        ("Hoorzitting gepland", "U bent uitgenodigd voor een hoorzitting."),
        ("Beslist", "Er is op uw bezwaar beslist."),
    ),
    resultaten=(
        Uitkomst("Gegrond", "Gegrond", jaren=10),
        Uitkomst("Ongegrond", "Ongegrond", jaren=5),
        Uitkomst("Niet-ontvankelijk", "Niet ontvankelijk", jaren=5),
    ),
    rollen=(
        ("Bezwaarmaker", "initiator"),
        ("Gemachtigde", "mede_initiator"),
        BEHANDELAAR,
        BESLISSER,
    ),
    gewicht=6,
)
BIBOB = Ontwerp(
    identificatie="B0830",
    omschrijving="Bibob-onderzoek uitvoeren",
    onderwerp="Integriteitsonderzoek",
    doel="De integriteit van een aanvrager beoordelen",
    aanleiding="Aanvraag in een aangewezen branche",
    handeling="Doen onderzoeken",
    vertrouwelijkheidaanduiding="geheim",
    doorlooptijd=120,
    statussen=(("Gestart", ""), ("Onderzocht", ""), ("Afgerond", "")),
    resultaten=(
        Uitkomst("Geen bezwaar", "Afgehandeld"),
        Uitkomst("Mindere mate van gevaar", "Afgehandeld"),
    ),
    rollen=(("Opdrachtgever", "initiator"), BEHANDELAAR, ("Betrokkene", "belanghebbende")),
    extern=False,
    gewicht=2,
)
GEHANDICAPTENPARKEERKAART = Ontwerp(
    identificatie="B0102",
    omschrijving="Gehandicaptenparkeerkaart behandelen",
    onderwerp="Parkeerkaart",
    doel="Beslissen op een aanvraag om een gehandicaptenparkeerkaart",
    aanleiding="Aanvraag van een inwoner",
    handeling="Aanvragen",
    vertrouwelijkheidaanduiding="confidentieel",
    doorlooptijd=56,
    statussen=(("Ontvangen", ""), ("Afgehandeld", "")),
    resultaten=(VERLEEND, GEWEIGERD),
    rollen=(AANVRAGER, BEHANDELAAR),
    versies=(("2027-01-01", ""),),
    concept=True,
)

ONTWERPEN = (
    PARKEREN,
    GEHANDICAPTENPARKEERKAART,
    OMGEVING,
    ADVIES,
    MELDING,
    BIJSTAND,
    EVENEMENT,
    WOO,
    BEZWAAR,
    BIBOB,
)
