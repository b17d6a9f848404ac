"""What is asked of the BRP for what a client selects."""

import csv
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.bag import REGISTRY as BAG
from resolvers.brp import REGISTRY as BRP
from resolvers.brp.fields import (
    ALONG,
    BEPERKT,
    BINNENLAND,
    GEZAG_BEPERKT,
    KEY,
    ONLY_ABROAD,
    PERSOON,
    PROXY,
    RENAMED,
    brp_fields,
    fields_for,
)
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.language.facts import Facts
from tests.contract.described import SPECS

MOST_FIELDS = 130
AUTOMATIC = frozenset(
    {
        "geheimhoudingPersoonsgegevens",
        "inOnderzoek",
        "opschortingBijhouding",
        "rni",
        "verificatie",
        "indicatieVastgesteldVerblijftNietOpAdres",
        "type",
    }
)


def _table(name: str) -> frozenset[str]:
    path = SPECS / "brp-personen" / f"fields-{name}.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project")
    with path.open(encoding="utf-8") as stream:
        return frozenset(row["pad"] for row in csv.DictReader(stream))


def _groups(ends: frozenset[str]) -> frozenset[str]:
    parts = [end.split(".") for end in ends]
    return frozenset(".".join(path[:n]) for path in parts for n in range(1, len(path)))


@pytest.mark.parametrize(
    ("ours", "theirs"), [(PERSOON, "filtered-Persoon"), (BEPERKT, "filtered-PersoonBeperkt")]
)
def test_the_tree_is_that_of_the_api(ours: frozenset[str], theirs: str) -> None:
    """Every end and every group is in the API's table, and the table has nothing more."""
    table = _table(theirs)
    other_names = frozenset(p for p in table if p.split(".")[0] in BINNENLAND.values())

    assert table - other_names == ours | _groups(ours)


def test_authority_may_be_asked_at_an_object() -> None:
    """Searching by adresseerbaar object is the one search that gives gezag."""
    table = _table("GezagPersoonBeperkt")

    assert table >= GEZAG_BEPERKT
    assert {"gezag"} == GEZAG_BEPERKT - BEPERKT


def test_the_other_names_are_those_of_the_api() -> None:
    """What is renamed for who may not see addresses abroad, exists under the other name."""
    renamed = set(brp_fields(RENAMED, abroad=False)) - {KEY}

    assert renamed <= _table("filtered-Persoon")
    assert RENAMED | ONLY_ABROAD <= PERSOON


def test_no_question_can_be_too_long() -> None:
    """The API takes at most 130 paths; all there are is less."""
    assert len(PERSOON) <= MOST_FIELDS


def test_stand_ins_may_be_asked() -> None:
    """What stands in for a group is in that group."""
    assert all(end in PERSOON and end.startswith(f"{group}.") for group, end in PROXY.items())
    assert set(ALONG.values()) <= PERSOON & BEPERKT


@pytest.mark.parametrize(
    ("paths", "fields"),
    [
        ((), []),
        (("naam.voornamen",), ["naam.voornamen"]),
        (("geboorte.datum.datum", "geboorte.datum.jaar"), ["geboorte.datum"]),
        (("geslacht.code", "geslacht.omschrijving"), ["geslacht"]),
        (("naam.adellijkeTitelPredicaat.soort",), ["naam.adellijkeTitelPredicaat"]),
        (("naam.inOnderzoek.voornamen",), ["naam.voornamen"]),
        (("naam.inOnderzoek.datumIngangOnderzoek.datum",), []),
        (("inOnderzoek.gemeenteVanInschrijving",), ["gemeenteVanInschrijving"]),
        (("inOnderzoek.datumIngangOnderzoekPersoon.datum",), []),
        (("geheimhoudingPersoonsgegevens", "opschortingBijhouding.reden.code"), []),
        (("rni.deelnemer.code", "verificatie.omschrijving"), []),
        (("gezag.type", "gezag.ouders.burgerservicenummer", "gezag.inOnderzoek"), ["gezag"]),
        (("verblijfplaats.type",), ["verblijfplaats.datumVan"]),
        (("verblijfplaats.inOnderzoek.type",), []),
        (
            ("verblijfplaats.type", "verblijfplaats.nummeraanduidingIdentificatie"),
            ["verblijfplaats.nummeraanduidingIdentificatie"],
        ),
        (
            ("verblijfplaats.indicatieVastgesteldVerblijftNietOpAdres", "verblijfplaats.type"),
            ["verblijfplaats.datumVan"],
        ),
        (("nationaliteiten.type",), ["nationaliteiten.datumIngangGeldigheid"]),
        (("kinderen",), ["kinderen.naam.geslachtsnaam"]),
        (("kinderen", "kinderen.geboorte.datum.datum"), ["kinderen.geboorte.datum"]),
        (("kinderen.naam", "kinderen"), ["kinderen.naam.geslachtsnaam"]),
        (("kinderen.naam.inOnderzoek.volledigeNaam",), []),
        (
            ("adressering.indicatieVastgesteldVerblijftNietOpAdres",),
            ["adressering.adresregel1"],
        ),
        (("adressering",), []),
    ],
)
def test_as_little_as_will_do(paths: tuple[str, ...], fields: list[str]) -> None:
    """Dates, tables and gezag whole; what is automatic never; what is in doubt by its field."""
    assert brp_fields(paths) == sorted([KEY, *fields])


@pytest.mark.parametrize(
    ("paths", "fields"),
    [
        (
            ("verblijfplaats.verblijfadres.postcode", "verblijfplaats.verblijfadres.regel1"),
            ["verblijfplaatsBinnenland.verblijfadres.postcode"],
        ),
        (("verblijfplaats.type",), ["verblijfplaatsBinnenland.datumVan"]),
        (
            ("adressering.adresregel1", "adressering.adresregel3", "adressering.aanhef"),
            ["adressering.aanhef", "adresseringBinnenland.adresregel1"],
        ),
        (("adressering.land.code",), []),
    ],
)
def test_a_source_that_may_not_see_abroad(paths: tuple[str, ...], fields: list[str]) -> None:
    """The groups get their other names, and what is only abroad is not asked."""
    assert brp_fields(paths, abroad=False) == sorted([KEY, *fields])


def test_a_search_asks_for_what_a_search_gives() -> None:
    """What only a read by BSN gives is not asked of a search."""
    paths = ("gezag.type", "naam.volledigeNaam", "verblijfplaats.type")

    assert brp_fields(paths, BEPERKT) == [KEY, "naam.volledigeNaam"]
    assert brp_fields(paths, GEZAG_BEPERKT) == [KEY, "gezag", "naam.volledigeNaam"]


def test_what_is_remembered_is_of_the_same_paths_search_and_source() -> None:
    paths = ("gezag.type", "verblijfplaats.verblijfadres.regel1")

    for others in (paths, paths[:1]):
        for allowed in (PERSOON, BEPERKT):
            for abroad in (True, False):
                fields = brp_fields(others, allowed, abroad=abroad)
                assert tuple(fields) == fields_for(others, allowed, abroad)


@given(st.lists(st.sampled_from(sorted(PERSOON | _groups(PERSOON))), max_size=30))
def test_what_is_asked_is_always_acceptable(paths: list[str]) -> None:
    """Only known ends, the BSN among them, none twice, in one order, and again the same."""
    fields = brp_fields(paths)

    assert KEY in fields
    assert set(fields) <= PERSOON
    assert fields == sorted(set(fields)) == brp_fields(reversed(paths))
    assert fields == brp_fields(fields)


@pytest.mark.parametrize(
    ("type_name", "allowed"),
    [("Persoon", PERSOON), ("PersoonBeperkt", BEPERKT), ("GezagPersoonBeperkt", GEZAG_BEPERKT)],
)
def test_everything_published_can_be_asked(type_name: str, allowed: frozenset[str]) -> None:
    """Each published field of a person leads to something to ask, or comes by itself."""
    facts = assemble([BAG, BRP])
    unaskable = [
        path
        for path in _wire_paths(facts, type_name, ())
        if not AUTOMATIC & set(path) and brp_fields([".".join(path)], allowed) == [KEY]
    ]

    assert set(unaskable) == {(KEY,)}


def _wire_paths(facts: Facts, type_name: str, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The wire paths of everything copied or needed under a published type."""
    fact = facts.types[type_name]
    for option in dict.fromkeys(fact.options.values()):
        yield from _wire_paths(facts, option, before)
    for made in fact.fields.values():
        match made.kind:
            case Copied(path=path) if made.is_object:
                yield from _wire_paths(facts, made.type_name, before + path)
            case Copied(path=path):
                yield before + path
            case Derived(needs=needs):
                yield from (before + path for _, path in needs)
