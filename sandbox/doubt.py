"""Marks groups of a Persoon as under investigation (``inOnderzoek``), at startup.

A group gets true for each of its elements and the day the investigation began (BRP Personen 2.7).
"""

from collections.abc import Iterable, Iterator

from sandbox.partial_date import PartialDate, wire
from sandbox.wire import Wire

SINCE = wire(PartialDate(2026, 3, 2))
NEVER_DOUBTED = frozenset(
    {"inOnderzoek", "naam", "geboorte", "verblijfadres", "indicatieVastgesteldVerblijftNietOpAdres"}
    | {"datumIngangGeldigheid", "ouderAanduiding"}
    | {"aangaanHuwelijkPartnerschap", "ontbindingHuwelijkPartnerschap"}
)
ROOT = {
    "persoon": (
        "datumIngangOnderzoekPersoon",
        ("burgerservicenummer", "geslacht"),
    ),
    "geboorte": ("datumIngangOnderzoekPersoon", ("leeftijd",)),
    "gemeente": (
        "datumIngangOnderzoekGemeente",
        ("gemeenteVanInschrijving", "datumInschrijvingInGemeente"),
    ),
    "gezag": (
        "datumIngangOnderzoekGezag",
        ("indicatieCurateleRegister", "indicatieGezagMinderjarige"),
    ),
}
GROUPS = {
    "naam": ("naam",),
    "geboorte": ("geboorte",),
    "overlijden": ("overlijden",),
    "immigratie": ("immigratie",),
    "verblijfstitel": ("verblijfstitel",),
    "verblijfplaats": ("verblijfplaats", "verblijfplaats.verblijfadres"),
    "nationaliteit": ("nationaliteiten",),
    "kind": ("kinderen", "kinderen.naam", "kinderen.geboorte"),
    "ouder": ("ouders", "ouders.naam", "ouders.geboorte"),
    "partner": ("partners", "partners.naam", "partners.aangaanHuwelijkPartnerschap"),
}
ADDRESSING = {
    "naam": ("datumIngangOnderzoekPersoon", ("aanhef", "aanschrijfwijze", "gebruikInLopendeTekst")),
    "partner": (
        "datumIngangOnderzoekPartner",
        ("aanhef", "aanschrijfwijze", "gebruikInLopendeTekst"),
    ),
    "verblijfplaats": (
        "datumIngangOnderzoekVerblijfplaats",
        ("adresregel1", "adresregel2", "adresregel3", "land"),
    ),
}


def put_in_doubt(record: Wire, doubts: Iterable[str]) -> Wire:
    """The record with the named groups under investigation; changes and returns it."""
    for doubt in sorted(doubts):
        _mark(record, ROOT.get(doubt))
        for path in GROUPS.get(doubt, ()):
            for group in _reached(record, path.split(".")):
                _mark(group, ("datumIngangOnderzoek", tuple(group)))
        if "adressering" in record:
            _mark(record["adressering"], ADDRESSING.get(doubt))
    return record


def _mark(group: Wire, doubted: tuple[str, tuple[str, ...]] | None) -> None:
    if doubted is None:
        return
    since, names = doubted
    flags = {name: True for name in names if name in group and name not in NEVER_DOUBTED}
    if flags:
        group["inOnderzoek"] = group.get("inOnderzoek", {}) | flags | {since: SINCE}


def _reached(record: Wire, path: list[str]) -> Iterator[Wire]:
    if not path:
        yield record
        return
    found = record.get(path[0], [])
    for group in found if isinstance(found, list) else [found]:
        yield from _reached(group, path[1:])
