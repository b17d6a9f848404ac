"""Which field paths BRP Personen 2.7 accepts in ``fields``, per kind of answer; made at startup.

A tree per kind: a name maps to its parts, or to nothing for a leaf. Dates and value tables have
parts that may be asked for but always come whole; ``gezag`` has none since 2.7.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "Tree"]

LEAF: Tree = {}


def leaves(names: str) -> dict[str, Tree]:
    return dict.fromkeys(names.split(), LEAF)


DATE = leaves("langFormaat type datum onbekend jaar maand")
TABLE = leaves("code omschrijving")
TITLE = TABLE | leaves("soort")
AUTOMATIC = frozenset(
    {"inOnderzoek", "geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie"}
    | {"indicatieVastgesteldVerblijftNietOpAdres"}
)


class Kind(StrEnum):
    """The three kinds of persons in an answer."""

    PERSOON = "Persoon"
    BEPERKT = "PersoonBeperkt"
    GEZAG_BEPERKT = "GezagPersoonBeperkt"


RELATIVE_NAME: dict[str, Tree] = {
    **leaves("geslachtsnaam voorletters voornamen voorvoegsel"),
    "adellijkeTitelPredicaat": TITLE,
}
PERSON_NAME: dict[str, Tree] = RELATIVE_NAME | leaves("volledigeNaam")
PLACE: dict[str, Tree] = {"datum": DATE, "land": TABLE, "plaats": TABLE}
RELATIVE: dict[str, Tree] = {
    **leaves("burgerservicenummer"),
    "geboorte": PLACE,
    "naam": RELATIVE_NAME,
}
LETTER: dict[str, Tree] = {
    **leaves("aanhef gebruikInLopendeTekst"),
    "aanschrijfwijze": leaves("aanspreekvorm naam"),
}
LINES_AT_HOME = leaves("adresregel1 adresregel2")
LINES: dict[str, Tree] = {**LINES_AT_HOME, **leaves("adresregel3"), "land": TABLE}
ADDRESS_AT_HOME: dict[str, Tree] = {
    **leaves("huisletter huisnummer huisnummertoevoeging korteStraatnaam officieleStraatnaam"),
    **leaves("postcode woonplaats locatiebeschrijving"),
    "aanduidingBijHuisnummer": TABLE,
}
ADDRESS_ABROAD: dict[str, Tree] = {**leaves("regel1 regel2 regel3"), "land": TABLE}
RESIDENCE: dict[str, Tree] = {
    **leaves("type adresseerbaarObjectIdentificatie nummeraanduidingIdentificatie"),
    "datumIngangGeldigheid": DATE,
    "datumVan": DATE,
    "functieAdres": TABLE,
}

PERSOON: Tree = {
    **leaves("aNummer burgerservicenummer gezag indicatieCurateleRegister leeftijd"),
    "adressering": LETTER | LINES,
    "datumEersteInschrijvingGBA": DATE,
    "datumInschrijvingInGemeente": DATE,
    "europeesKiesrecht": {"aanduiding": TABLE, "einddatumUitsluiting": DATE},
    "geboorte": PLACE,
    "gemeenteVanInschrijving": TABLE,
    "geslacht": TABLE,
    "immigratie": {
        "datumVestigingInNederland": DATE,
        "landVanwaarIngeschreven": TABLE,
        **leaves("indicatieVestigingVanuitBuitenland vanuitVerblijfplaatsOnbekend"),
    },
    "indicatieGezagMinderjarige": TABLE,
    "kinderen": RELATIVE,
    "naam": PERSON_NAME | {"aanduidingNaamgebruik": TABLE},
    "nationaliteiten": {
        **leaves("type"),
        "redenOpname": TABLE,
        "datumIngangGeldigheid": DATE,
        "nationaliteit": TABLE,
    },
    "ouders": {
        **RELATIVE,
        **leaves("ouderAanduiding"),
        "datumIngangFamilierechtelijkeBetrekking": DATE,
        "geslacht": TABLE,
    },
    "overlijden": PLACE,
    "partners": {
        **RELATIVE,
        "aangaanHuwelijkPartnerschap": PLACE,
        "geslacht": TABLE,
        "ontbindingHuwelijkPartnerschap": {"datum": DATE},
        "soortVerbintenis": TABLE,
    },
    "uitsluitingKiesrecht": {**leaves("uitgeslotenVanKiesrecht"), "einddatum": DATE},
    "verblijfplaats": RESIDENCE | {"verblijfadres": ADDRESS_AT_HOME | ADDRESS_ABROAD},
    "verblijfstitel": {"aanduiding": TABLE, "datumEinde": DATE, "datumIngang": DATE},
    "verblijfplaatsBinnenland": RESIDENCE | {"verblijfadres": ADDRESS_AT_HOME},
    "adresseringBinnenland": LETTER | LINES_AT_HOME,
}
BEPERKT: dict[str, Tree] = {
    **leaves("burgerservicenummer leeftijd"),
    "adressering": LINES,
    "adresseringBinnenland": LINES_AT_HOME,
    "geboorte": {"datum": DATE},
    "geslacht": TABLE,
    "naam": PERSON_NAME,
}
TREES: Mapping[Kind, Tree] = {
    Kind.PERSOON: PERSOON,
    Kind.BEPERKT: BEPERKT,
    Kind.GEZAG_BEPERKT: BEPERKT | leaves("gezag"),
}


def comes_whole(tree: Tree) -> bool:
    """Whether a node is a leaf, a date or a value table, which are never given in part."""
    return not tree or tree in (DATE, TABLE, TITLE)


def node(tree: Tree, path: str) -> Tree | None:
    """What a dotted path leads to, None if to nothing."""
    found: Tree | None = tree
    for name in path.split("."):
        found = None if found is None else found.get(name)
    return found


def allowed_paths(kind: Kind) -> frozenset[str]:
    """Every dotted path that may be asked for in an answer of this kind."""
    return frozenset(_paths(TREES[kind], ""))


def _paths(tree: Tree, prefix: str) -> list[str]:
    found: list[str] = []
    for name, parts in tree.items():
        found.append(prefix + name)
        found += _paths(parts, f"{prefix}{name}.")
    return found
