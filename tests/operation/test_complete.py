"""The response: values, nulls and errors, and never a word of a source in what goes wrong."""

import copy
import json
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import pytest

from gateway.operation.bind import bind
from gateway.operation.complete import complete
from gateway.operation.errors import Location
from gateway.operation.fetched import TOGETHER, Fetched
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.operation.plan import make_plan
from gateway.operation.prepare import Documents
from gateway.operation.wording import Wording
from gateway.operation.writer.writer import Writers
from gateway.source.errors import SourceTimeout
from gateway.source.withheld import Withheld
from tests.operation.asking import Desk, errors, without
from tests.registry import (
    ANNA,
    BRAM,
    CARLA,
    DIRK,
    TABLES,
    Fault,
    World,
    everything,
    op_nummer,
    shared_facts,
)

pytestmark = pytest.mark.anyio

Faults = dict[tuple[str, Hashable | None], Fault]
MENS = "query($b: Bsn!) { mens(bsn: $b) { %s } }"
SECRET = "persoonsgegeven"


def changed(table: str, key: str, **properties: Any) -> Desk:
    """A gateway over data in which some properties of one object are other ones."""
    tables = copy.deepcopy(dict(TABLES))
    tables[table][key].update(properties)
    return Desk(World(tables))


async def test_values_stand_where_the_question_has_them() -> None:
    """In its order and under its names, merged, with what was needed for links left out."""
    data = await Desk().data(
        MENS % "z: leeftijd naam { roepnaam } a: partner { bsn } naam { volledig } __typename",
        b=ANNA,
    )

    assert json.dumps(data) == json.dumps(
        {
            "mens": {
                "z": 40,
                "naam": {"roepnaam": "ANS", "volledig": "Anna Aker"},
                "a": {"bsn": BRAM},
                "__typename": "Mens",
            }
        }
    )


async def test_what_a_source_leaves_out_is_null() -> None:
    """Absent, null, and, where the source writes it so, blank; elsewhere blank is a value."""
    desk = changed("mensen", ANNA, bijnamen=[""])
    data = await desk.data(
        "query($b: Bsn!) { mens(bsn: $b) { bijnamen vondst { ... on Ding { naam kleur } } }"
        ' ding(id: "boek") { kleur doos { inhoud { __typename } } } }',
        b=ANNA,
    )

    assert data == {
        "mens": {"bijnamen": [""], "vondst": {"naam": None, "kleur": None}},
        "ding": {
            "kleur": None,
            "doos": {"inhoud": [{"__typename": "Dier"}, {"__typename": "Ding"}]},
        },
    }


async def test_enums_have_their_published_names() -> None:
    """Copied, in lists, and as arguments."""
    data = await Desk().data(MENS % "kleur kleuren", b=ANNA)

    assert data == {"mens": {"kleur": "ROOD", "kleuren": ["ROOD", "BLAUW"]}}


async def test_an_enum_value_that_is_not_published() -> None:
    """An error at the value itself; the value is not repeated."""
    desk = changed("mensen", ANNA, kleur=SECRET, kleuren=["rood", SECRET])
    answer = await desk.answer(MENS % "kleur kleuren leeftijd", {"b": ANNA})

    assert answer.body["data"]["mens"] == {"kleur": None, "kleuren": None, "leeftijd": 40}
    assert errors(answer) == [
        ("mens.kleur", "BRON_FOUT", "mensen"),
        ("mens.kleuren.1", "BRON_FOUT", "mensen"),
    ]
    assert SECRET not in str(answer.body)


async def test_a_value_that_the_source_keeps_from_us() -> None:
    """An error of its own field, and of what would have followed from it."""
    kept = Withheld("mensen")
    desk = changed("mensen", ANNA, kleur=kept, partner=kept)
    answer = await desk.answer(MENS % "bsn kleur partner { bsn }", {"b": ANNA})

    assert answer.body["data"]["mens"] == {
        "bsn": ANNA,
        "kleur": None,
        "partner": None,
    }
    assert errors(answer) == [
        ("mens.kleur", "BRON_FOUT", "mensen"),
        ("mens.partner", "BRON_FOUT", "mensen"),
    ]


async def test_an_object_of_an_unknown_kind() -> None:
    """Null and an error where no option fits; the others of the list are answered."""
    query = "{ vondsten { __typename ... on Ding { id } } }"
    answer = await Desk().answer(query)

    assert answer.body["data"]["vondsten"] == [
        {"__typename": "Ding", "id": "boek"},
        {"__typename": "Dier"},
        None,
        {"__typename": "Ding", "id": "bel"},
    ]
    assert errors(answer) == [("vondsten.2", "BRON_FOUT", "open")]
    assert "steen" not in str(answer.body)


async def test_a_null_where_none_may_be_takes_its_parent_along() -> None:
    """Up to the first place where null may be, with one error that says where it began."""
    desk = changed("mensen", ANNA, leeftijd=None)
    answer = await desk.answer(
        "query($b: [Bsn!]!)"
        " { mensen(bsns: $b) { leeftijd partner { leeftijd partner { leeftijd } } } }",
        {"b": [ANNA, BRAM]},
    )

    assert answer.body["data"] == {
        "mensen": [None, {"leeftijd": 41, "partner": None}],
    }
    assert errors(answer) == [
        ("mensen.0.leeftijd", "BRON_FOUT", "mensen"),
        ("mensen.1.partner.leeftijd", "BRON_FOUT", "mensen"),
    ]


async def test_an_item_that_fails_takes_a_list_along_only_if_it_may_not_be_null() -> None:
    """`[Mens!]` becomes null, `[Mens]` has a gap."""
    answer = await Desk().answer(MENS % "kinderen { leeftijd } nazaten { leeftijd }", {"b": BRAM})

    assert answer.body["data"]["mens"] == {
        "kinderen": None,
        "nazaten": [{"leeftijd": 8}, None, {"leeftijd": 10}],
    }
    assert errors(answer) == [
        ("mens.kinderen.1", "NIET_GEVONDEN", "mensen"),
        ("mens.nazaten.1", "NIET_GEVONDEN", "mensen"),
    ]


async def test_refused_fields_are_null_with_one_error_for_all_items() -> None:
    """Its path has no indices, since it says nothing of any one item."""
    answer = await Desk().answer(
        "query($b: [Bsn!]!)"
        " { mensen(bsns: $b) { leeftijd naam { voornaam } bezit { eigenaar { bsn } } } }",
        {"b": [ANNA, BRAM]},
        labels=without("mens.naam", "ding.eigenaar"),
    )

    assert [one["naam"] for one in answer.body["data"]["mensen"]] == [None, None]
    assert errors(answer) == [
        ("mensen.bezit.eigenaar", "NIET_GEAUTORISEERD", "ding.eigenaar"),
        ("mensen.naam", "NIET_GEAUTORISEERD", "mens.naam"),
    ]


async def test_a_citizens_link_is_refused_at_one_place_and_followed_at_another() -> None:
    """From what is open to all it would lead to others; from what is their own it may lead on."""
    answer = await Desk().answer(
        """{
          vondsten { ... on Ding { verslag { titel } } }
          mijn { mens { bezit { verslag { titel } } } }
        }""",
        own=Identity(ANNA),
    )

    assert answer.body["data"]["vondsten"][0] == {"verslag": None}
    assert answer.body["data"]["mijn"]["mens"]["bezit"][0] == {"verslag": {"titel": "Twee"}}
    assert ("vondsten.verslag", "NIET_GEAUTORISEERD", "verslag.basis") in errors(answer)


async def test_what_is_refused_is_not_shown_though_it_came_along() -> None:
    """Another part of the question asked the source for the same property."""
    answer = await Desk().answer(
        MENS % "bsn bezit { prijs id }", {"b": ANNA}, labels=without("mens.bsn", "ding.prijs")
    )

    assert answer.body["data"]["mens"] == {
        "bsn": None,
        "bezit": [{"prijs": None, "id": "boek"}, {"prijs": None, "id": "bel"}],
    }


@pytest.mark.parametrize(
    ("wrong", "field", "path"),
    [
        ({"leeftijd": SECRET}, "leeftijd", "mens.leeftijd"),
        ({"leeftijd": 1.5}, "leeftijd", "mens.leeftijd"),
        ({"naam": SECRET}, "naam { voornaam }", "mens.naam"),
        ({"naam": [{"achternaam": "x"}]}, "naam { voornaam }", "mens.naam"),
        ({"naam": {"voornaam": {SECRET: 1}}}, "naam { voornaam }", "mens.naam.voornaam"),
        ({"bijnamen": SECRET}, "bijnamen", "mens.bijnamen"),
        ({"bijnamen": {SECRET: 1}}, "bijnamen", "mens.bijnamen"),
        ({"verblijf": SECRET}, "verblijf { sinds }", "mens.verblijf"),
        ({"verblijf": {"soort": "grot", "sinds": {SECRET: 1}}}, "verblijf { sinds }",
         "mens.verblijf.sinds"),
        ({"verblijven": {"soort": SECRET}}, "verblijven { sinds }", "mens.verblijven"),
        ({"verblijven": [SECRET]}, "verblijven { sinds }", "mens.verblijven.0"),
        ({"kinderen": ANNA}, "kinderen { bsn }", "mens.kinderen"),
        ({"partner": [ANNA]}, "partner { bsn }", "mens.partner"),
        ({"bsn": {SECRET: 1}}, "bsn", "mens.bsn"),
        ({"naam": {"extra": {"roepnaam": {SECRET: 1}}}}, "naam { roepnaam }", "mens.naam.roepnaam"),
    ],
)  # fmt: skip
async def test_a_value_of_another_kind_is_an_error_and_not_shown(
    wrong: dict[str, Any], field: str, path: str
) -> None:
    """Objects where values are expected and the other way round, lists or none, and derived."""
    answer = await changed("mensen", ANNA, **wrong).answer(MENS % field, {"b": ANNA})

    assert errors(answer) == [(path, "BRON_FOUT", "mensen")]
    (error,) = answer.body["errors"]
    assert error["message"] == "De bron gaf een waarde die niet bij dit veld past."
    assert error["extensions"]["opnieuw"] is False
    assert error["locations"]
    assert SECRET not in json.dumps(dict(answer.body))


@dataclass(frozen=True, slots=True)
class Looked(Wording):
    """A wording that notes each place that is looked up in its text."""

    looked: list[Location] = field(default_factory=list)

    def moved(self, at: Location) -> Location:
        """As ever."""
        self.looked.append(at)
        return Wording.moved(self, at)


async def test_a_place_is_looked_up_once_however_many_items_fail() -> None:
    """To look it up is to read the text from its beginning."""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    text = "query($b: [Bsn!]!) {\n %s: mensen(bsns: $b) {\n bijnamen\n  naam { voornaam } } }"
    *_, prepared = [documents.recognise(text % alias) for alias in ("a", "bb", "ccc")]
    assert prepared.wording is not None
    own, persons = prepared.wording, [ANNA, BRAM, CARLA, DIRK]
    wording = Looked(own.text, own.names, own.literals, own.starts)
    operation = prepared.operation(None)
    plan = make_plan(shared_facts(), operation, prepared.fragments, {}, everything())
    planned = bind(shared_facts(), plan, documents.variables(operation, {"b": persons}))
    wrong: dict[Hashable, Any] = {each: {"bijnamen": SECRET, "naam": SECRET} for each in persons}
    fetched = Fetched(table={(op_nummer, "{}", TOGETHER): wrong})
    response = complete(Writers(shared_facts()), {}, planned, fetched, wording=wording)

    found = [(error["locations"][0]["line"], error["path"][1]) for error in response.errors]
    assert sorted(found) == [(line, item) for line in (3, 4) for item in range(4)]
    assert len(wording.looked) == 2


async def test_a_key_of_another_kind_leads_nowhere() -> None:
    """It is no reference, so there is nothing to miss."""
    answer = await changed("mensen", ANNA, partner={"a": 1}).answer(
        MENS % "partner { bsn }", {"b": ANNA}
    )

    assert answer.body == {"data": {"mens": {"partner": None}}}


async def test_an_error_names_the_source_of_the_object_it_is_in() -> None:
    """Also where two types have, under one name, links to different sources."""
    query = """{ vondsten {
      ... on Ding { x: eigenaar { leeftijd verblijf { ... on Huis { nummer } } } }
      ... on Dier { x: baas { leeftijd verblijf { ... on Huis { nummer } } } }
    } ding(id: "bel") { doos { maat } } }"""
    desk = changed("mensen", ANNA, verblijf={"soort": "huis"})
    answer = await desk.answer(query)

    assert errors(answer) == [
        ("ding.doos.maat", "BRON_FOUT", "dingen"),
        ("vondsten.0.x.verblijf.nummer", "BRON_FOUT", "mensen"),
        ("vondsten.2", "BRON_FOUT", "open"),
    ]


async def test_one_name_for_links_to_two_sources() -> None:
    """The source that is named is the one that was asked for that object."""
    tables = {
        **TABLES,
        "vondsten": {
            "1": {"type": "ding", "id": "a", "verslag": "v1"},
            "2": {"type": "dier", "baas": BRAM},
        },
        "dieren": {"leeuw": SECRET},
        "mensen": {BRAM: SECRET},
    }
    query = """{ vondsten {
      ... on Ding { x: dier { __typename } }
      ... on Dier { x: baas { __typename } }
    } }"""
    answer = await Desk(World(tables)).answer(query)

    assert errors(answer) == [
        ("vondsten.0.x", "BRON_FOUT", "open"),
        ("vondsten.1.x", "BRON_FOUT", "mensen"),
    ]


async def test_through_a_list() -> None:
    """Each item's own items one after another; who has none adds none, who fails stands there."""
    desk = Desk(World(TABLES, {("op_nummer", BRAM): lambda: SourceTimeout("mensen")}))
    answer = await desk.answer(
        "query($b: Bsn!) { mens(bsn: $b) { gezegd { tekst } } }", {"b": ANNA}
    )

    assert answer.body["data"]["mens"]["gezegd"] == [{"tekst": "Ach"}]
    assert "errors" not in answer.body


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ('{ maker(verslag: "v1") { leeftijd } }', {"maker": {"leeftijd": 41}}),
        ('{ maker(verslag: "weg") { leeftijd } }', {"maker": None}),
        ('{ beschreven(verslag: "v2") { id } }', {"beschreven": [{"id": "hark"}]}),
        ('{ beschreven(verslag: "v3") { id } }', {"beschreven": []}),
        ('{ beschreven(verslag: "weg") { id } }', {"beschreven": None}),
        ('{ makers(verslagen: ["v3", "weg", "v1"]) { leeftijd } }',
         {"makers": [{"leeftijd": 8}, None, {"leeftijd": 41}]}),
        ("{ makers(verslagen: []) { leeftijd } }", {"makers": []}),
    ],
)  # fmt: skip
async def test_through_another_read(query: str, data: Any) -> None:
    """One gives one or a list; several named give a list; nothing leads to nothing."""
    assert await Desk().data(query) == data


async def test_through_something_that_fails() -> None:
    """The failure is that of the field, or of the item that it would have led to."""
    faults: Faults = {("verslagen", "v1"): lambda: SourceTimeout("open")}
    desk = Desk(World(TABLES, faults))
    answer = await desk.answer(
        '{ maker(verslag: "v1") { bsn } beschreven(verslag: "v1") { id }'
        ' makers(verslagen: ["v2", "v1"]) { leeftijd } }'
    )

    assert answer.body["data"] == {
        "maker": None,
        "beschreven": None,
        "makers": [{"leeftijd": 10}, None],
    }
    assert [path for path, _, _ in errors(answer)] == ["beschreven", "maker", "makers.1"]


async def test_a_condition_on_a_link() -> None:
    """Of what was found only what is equal stays; a failure is no item to choose by."""
    data = await Desk().data(
        "query($b: [Bsn!]!) { mensen(bsns: $b) { gereedschap { id } } }", b=[ANNA, BRAM, DIRK]
    )

    assert [one["gereedschap"] for one in data["mensen"]] == [
        [{"id": "boek"}],
        [{"id": "hark"}],
        [],
    ]


async def test_a_connection() -> None:
    """Edges with what is their own, and where the page stands."""
    query = (
        MENS
        % """vrienden(first: 1, after: "c1") {
      edges { cursor sinds soort node { bsn } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
    }"""
    )

    assert (await Desk().data(query, b=ANNA))["mens"]["vrienden"] == {
        "edges": [{"cursor": "c2", "sinds": None, "soort": "nieuw", "node": {"bsn": CARLA}}],
        "pageInfo": {
            "hasNextPage": True,
            "hasPreviousPage": True,
            "startCursor": "c2",
            "endCursor": "c2",
        },
        "totalCount": 3,
    }


async def test_wire_objects_are_not_changed() -> None:
    """They may come from a cache that others are served from."""
    before = copy.deepcopy(dict(TABLES))
    await Desk().answer(
        MENS % "naam { volledig } vrienden { edges { node { bsn } } } kleuren gereedschap { id }",
        {"b": ANNA},
    )

    assert before == TABLES


async def test_introspection_is_answered_beside_data() -> None:
    """It needs no source and no label."""
    desk = Desk()
    answer = await desk.answer('{ __typename __type(name: "Naam") { name } }', labels=frozenset())

    assert answer.body == {"data": {"__typename": "Query", "__type": {"name": "Naam"}}}
    assert desk.calls() == []
