"""What is asked: nothing twice, in as few calls as may be, as soon as it is known."""

import asyncio
from typing import Any

import pytest

from gateway.operation.bind import NOTHING
from gateway.operation.fetch import holders_at
from gateway.operation.fetched import fits, wire_keys
from gateway.operation.identity import Identity
from gateway.operation.plan import Guard, Part
from gateway.source.cache import Scope
from gateway.source.errors import SourceFault, SourceMissing, SourceTimeout
from schema.language.links import Where
from tests.operation.asking import Desk, asked, errors, world
from tests.registry import ANNA, BRAM, CARLA, DIRK, NOBODY, TABLES, World, shared_facts

pytestmark = pytest.mark.anyio

MENS = "query($b: Bsn!) { mens(bsn: $b) { %s } }"
MENSEN = "query($b: [Bsn!]!) { mensen(bsns: $b) { %s } }"


async def settled() -> None:
    """Let everything run that is not held up."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_keys_are_asked_in_batches_and_each_once() -> None:
    """Three a call; a key that is named twice is one key."""
    desk = Desk()
    data = await desk.data(MENSEN % "bsn", b=[BRAM, ANNA, BRAM, CARLA, DIRK, ANNA])

    assert desk.calls() == [("op_nummer", BRAM, ANNA, CARLA), ("op_nummer", DIRK)]
    assert [one["bsn"] for one in data["mensen"]] == [BRAM, ANNA, BRAM, CARLA, DIRK, ANNA]


async def test_nothing_is_asked_twice_at_any_depth() -> None:
    """Who was found above is known below, through every kind of link and under every alias."""
    desk = Desk()
    await desk.answer(
        MENS
        % """partner { partner { partner { bsn } kinderen { bsn } } }
          ander: partner { naam { voornaam } } kinderen { partner { bsn } }
          verblijf { eigenaar { partner { leeftijd } } }""",
        {"b": ANNA},
    )

    keys = [str(key) for call in asked(desk.world, "op_nummer") for key in call.keys]
    assert sorted(keys) == [ANNA, BRAM, CARLA, DIRK, NOBODY]
    first, *below = [set(call.paths) for call in asked(desk.world, "op_nummer")]
    assert all(paths < first for paths in below)  # without what only the person above needs


async def test_a_level_is_one_question() -> None:
    """Two links and two aliases on one level go together, their keys in one batch."""
    desk = Desk()
    await desk.data(MENS % "partner { leeftijd } kinderen { bsn } k: nazaten { kleuren }", b=ANNA)

    assert desk.calls() == [("op_nummer", ANNA), ("op_nummer", BRAM, CARLA, DIRK)]


async def test_different_arguments_are_different_questions() -> None:
    """And equal ones under two aliases are one."""
    desk = Desk()
    await desk.data(
        MENS
        % """a: vrienden(first: 1) { totalCount } b: vrienden(first: 2) { totalCount }
          c: vrienden(first: 1) { edges { node { bsn } } }""",
        b=ANNA,
    )

    firsts = [dict(call.arguments)["first"] for call in asked(desk.world, "vrienden")]
    assert sorted(firsts) == ["1", "2"]


async def test_what_is_one_question_depends_on_what_is_asked_with() -> None:
    """Two fields of one document are one question in one request, and two in the next."""
    desk = Desk()
    query = """query($b: Bsn!, $n: Int!, $m: Int!) { mens(bsn: $b) {
      vrienden(first: $n) { totalCount } meer: vrienden(first: $m) { totalCount } } }"""
    calls = []
    for n, m in ((3, 3), (3, 4), (4, 4)):
        before = len(asked(desk.world, "vrienden"))
        await desk.answer(query, {"b": ANNA, "n": n, "m": m}, fresh=True)
        calls.append(len(asked(desk.world, "vrienden")) - before)

    assert calls == [1, 2, 1]


async def test_only_what_is_wanted_is_asked_for() -> None:
    """The paths of all places together, and of a page those of its items."""
    desk = Desk()
    await desk.data(MENS % "vrienden { edges { node { naam { voornaam } } } }", b=ANNA)

    assert desk.paths("op_nummer") == ("bsn",)
    assert desk.paths("vrienden") == ("naam.voornaam",)


async def test_what_came_along_is_not_asked_again() -> None:
    """Objects on a page answer for themselves further down."""
    desk = Desk()
    data = await desk.data(
        "{ mensenGezocht(first: 3) { edges { node { bsn partner { leeftijd } } } } }"
    )

    assert desk.calls() == [("mensen_gezocht",)]
    nodes = [edge["node"] for edge in data["mensenGezocht"]["edges"]]
    assert [node["partner"] for node in nodes] == [{"leeftijd": 41}, {"leeftijd": 40}, None]


async def test_an_object_that_holds_a_key_twice_or_none() -> None:
    """Absent, null, empty and strange values are no keys."""
    assert list(wire_keys({"a": ["x", None, "", True, 7, {}, ["y"], "x"]}, ("a",))) == ["x", 7, "x"]
    assert list(wire_keys({"a": {"b": "x"}}, ("a",))) == []
    assert list(wire_keys("geen object", ("a",))) == []


async def test_only_objects_of_the_type_that_was_asked_lead_on() -> None:
    """A boat has the property of a house too; it is not followed."""
    desk = Desk()
    await desk.data(
        MENS % "verblijven { ... on Huis { bel { id } } } verblijf { __typename }", b=ANNA
    )

    assert desk.calls() == [("op_nummer", ANNA)]


async def test_what_one_type_is_asked_for_is_not_asked_for_another() -> None:
    """Though both are reached by the same link: the tent's owner has children, the boat's not."""
    desk = Desk()
    data = await desk.data(
        MENS
        % """verblijven {
          eigenaar { leeftijd }
          ... on Ergens { eigenaar { partner { leeftijd } } }
        }""",
        b=ANNA,
    )

    assert desk.calls() == [("op_nummer", ANNA), ("op_nummer", CARLA)]
    assert [one["eigenaar"] for one in data["mens"]["verblijven"]] == [
        {"leeftijd": 40},
        {"leeftijd": 10, "partner": None},
    ]


async def test_a_link_on_an_interface_is_followed_for_every_option() -> None:
    """From a house, a ship and a cave alike."""
    desk = Desk()
    data = await desk.data(MENSEN % "verblijf { eigenaar { leeftijd } }", b=[ANNA, BRAM, CARLA])

    assert desk.calls() == [("op_nummer", ANNA, BRAM, CARLA), ("op_nummer", DIRK)]
    assert [one["verblijf"]["eigenaar"]["leeftijd"] for one in data["mensen"]] == [41, 40, 8]


async def test_a_key_is_found_through_lists() -> None:
    """In each of the things in each of the rooms; a value likewise."""
    data = await Desk().data(MENS % "inboedel leners { leeftijd }", b=ANNA)

    assert data == {"mens": {"inboedel": ["Kast", "Muis"], "leners": [{"leeftijd": 10}]}}


async def test_guards_hold_inside_nested_abstract_types() -> None:
    """A thing in a room of a house: followed for its own type alone, at every level."""
    desk = Desk()
    await desk.data(
        MENS
        % """verblijf { ... on Huis { kamers {
          inhoud { ... on Ding { eigenaar { leeftijd } } }
          pronkstuk { ... on Ding { eigenaar { bsn } } }
        } } }""",
        b=ANNA,
    )

    assert desk.calls() == [("op_nummer", ANNA), ("op_nummer", CARLA)]


async def test_a_link_on_an_edge_finds_its_key_in_the_node() -> None:
    """And its condition on the edge."""
    desk = Desk()
    data = await desk.data(MENS % "vrienden { edges { bezit { id } } }", b=ANNA)

    assert asked(desk.world, "vrienden")[0].paths == ("bsn",)
    assert sorted(call.keys for call in asked(desk.world, "dingen_van")) == [
        (BRAM,),
        (CARLA,),
        (DIRK,),
    ]
    assert [edge["bezit"] for edge in data["mens"]["vrienden"]["edges"]] == [
        [{"id": "hark"}],
        [],
        [],
    ]


async def test_a_key_is_asked_as_its_read_writes_it() -> None:
    """`urn:bel` and `bel` are one thing; two references to it are one question."""
    desk = Desk()
    query = MENS.replace("{ mens", '{ ding(id: "bel") { id } mens') % "besproken { id }"
    await desk.answer(query, {"b": ANNA})

    keys = [str(key) for call in asked(desk.world, "op_kenmerk") for key in call.keys]
    assert sorted(keys) == ["bel", "boek", "weg"]


async def test_a_reference_that_is_none_is_not_asked() -> None:
    """A key that its read refuses, or cannot make out, is a failure of that item alone."""
    desk = Desk()
    answer = await desk.answer('{ ding(id: "boek") { onderdelen { id } } }')

    assert desk.calls() == [("op_kenmerk", "boek"), ("op_kenmerk", "bel", "weg")]
    assert answer.body["data"] == {"ding": {"onderdelen": [{"id": "bel"}, None, None, None]}}
    assert errors(answer) == [
        ("ding.onderdelen.1", "NIET_GEVONDEN", "dingen"),
        ("ding.onderdelen.2", "BRON_FOUT", "dingen"),
        ("ding.onderdelen.3", "BRON_FOUT", "dingen"),
    ]


async def test_a_failing_batch_fails_its_own_keys() -> None:
    """Others of the same level are answered."""
    faults = {("op_nummer", DIRK): lambda: SourceTimeout("mensen")}
    desk = Desk(world(faults=faults))
    answer = await desk.answer(MENSEN % "leeftijd", {"b": [ANNA, BRAM, CARLA, DIRK]})

    assert answer.body["data"]["mensen"] == [
        {"leeftijd": 40}, {"leeftijd": 41}, {"leeftijd": 10}, None,
    ]  # fmt: skip
    assert errors(answer) == [("mensen.3", "BRON_TIMEOUT", "mensen")]
    assert answer.body["errors"][0]["extensions"]["opnieuw"] is True


async def test_a_failed_key_is_not_asked_again() -> None:
    """Within the operation its failure is its answer, wherever it is needed."""
    desk = Desk(world(faults={("verslagen", "v2"): lambda: SourceFault("open")}))
    answer = await desk.answer(
        MENS % "bezit { verslag { titel } dier { naam } } partner { besproken { id } }", {"b": ANNA}
    )

    assert [call.keys for call in asked(desk.world, "verslagen")] == [("v2",)]
    assert errors(answer) == [
        ("mens.bezit.0.dier", "BRON_FOUT", "open"),
        ("mens.bezit.0.verslag", "BRON_FOUT", "open"),
        ("mens.partner.besproken", "BRON_FOUT", "open"),
    ]


@pytest.mark.parametrize(
    "error", [KeyError("geheim"), RuntimeError("geheim"), ExceptionGroup("geheim", [OSError()])]
)
async def test_a_read_that_stumbles_takes_its_own_fields_only(error: Exception) -> None:
    """Whatever it raises: the rest is answered, and we are told of it."""

    def fault() -> Exception:
        return error

    desk = Desk(world(faults={("dieren", "leeuw"): fault}))
    answer = await desk.answer(MENS % "leeftijd huisdier { naam }", {"b": ANNA})

    assert answer.body["data"] == {"mens": {"leeftijd": 40, "huisdier": None}}
    assert errors(answer) == [("mens.huisdier", "BRON_FOUT", "open")]
    assert desk.reported == [("open.dieren", error)]
    assert "geheim" not in str(answer.body)


async def test_what_is_not_there() -> None:
    """A question is answered with null; a reference of a source to nothing is an error."""
    faults = {("dieren", "muis"): lambda: SourceMissing("open")}
    desk = Desk(world(faults=faults))
    answer = await desk.answer(
        "query($b: [Bsn!]!) { mensen(bsns: $b) { partner { bsn } huisdier { naam } }"
        ' dier(id: "weg") { naam } muis: dier(id: "muis") { naam } }',
        {"b": [NOBODY, DIRK, CARLA]},
    )

    assert answer.body["data"] == {
        "mensen": [
            None,
            {"partner": None, "huisdier": None},
            {"partner": None, "huisdier": None},
        ],
        "dier": None,
        "muis": None,
    }
    assert errors(answer) == [
        ("mensen.1.huisdier", "NIET_GEVONDEN", "open"),
        ("mensen.1.partner", "NIET_GEVONDEN", "mensen"),
        ("mensen.2.huisdier", "NIET_GEVONDEN", "open"),
    ]


async def test_a_source_that_the_municipality_has_not() -> None:
    """Its fields fail, and nothing else."""
    desk = Desk(world(absent=frozenset({"open"})))
    answer = await desk.answer(MENS % "leeftijd huisdier { naam }", {"b": ANNA})

    assert errors(answer) == [("mens.huisdier", "CONFIGURATIE", "open")]
    assert answer.body["data"]["mens"]["leeftijd"] == 40


async def test_a_citizen_asks_about_themself() -> None:
    """Others are refused wherever they are found, and not asked for at the source."""
    desk = Desk()
    answer = await desk.answer(
        """query($b: [Bsn!]!) {
          mensen(bsns: $b) { bsn }
          mijn { mens { bsn partner { partner { leeftijd } } kinderen { bsn } } }
        }""",
        {"b": [ANNA, BRAM]},
        own=Identity(ANNA),
    )

    assert desk.calls() == [("op_nummer", ANNA)]
    assert answer.body["data"] == {
        "mensen": None,
        "mijn": {"mens": {"bsn": ANNA, "partner": None, "kinderen": None}},
    }
    assert errors(answer) == [
        ("mensen", "NIET_GEAUTORISEERD", None),
        ("mijn.mens.kinderen.0", "NIET_GEAUTORISEERD", "mensen"),
        ("mijn.mens.partner", "NIET_GEAUTORISEERD", "mensen"),
    ]


async def test_what_is_somebodys_own_is_asked_for_by_their_number() -> None:
    """An object, a list, a page and what it leads to: each asked once, all at the same time."""
    desk = Desk()
    answer = await desk.answer(
        """{ mijn {
          mens { leeftijd } zelf: mens { naam { achternaam } }
          uitspraken { jaar } vrienden(first: 1) { totalCount }
          makers(soort: "lang") { leeftijd }
        } }""",
        own=Identity(ANNA),
    )

    assert sorted(desk.calls()) == [
        ("op_nummer", ANNA),
        ("uitspraken", ANNA),
        ("verslagen_over", ANNA),
        ("vrienden", ANNA),
    ]
    assert answer.body["data"]["mijn"] == {
        "mens": {"leeftijd": 40},
        "zelf": {"naam": {"achternaam": "Aker"}},
        "uitspraken": [{"jaar": 2001}, {"jaar": 2002}],
        "vrienden": {"totalCount": 3},
        "makers": [None],
    }
    assert errors(answer) == [("mijn.makers.0", "NIET_GEAUTORISEERD", "mensen")]


async def test_who_lacks_a_number_has_nothing_by_it() -> None:
    """Null without an error, and nobody is asked: one document serves persons and companies."""
    desk = Desk()
    query = "{ mijn { mens { leeftijd } uitspraken { jaar } bedrijfsbezit { naam } } }"
    citizen = await desk.answer(query, own=Identity(CARLA))
    company = await desk.answer(query, own=Identity(kvk_nummer=DIRK))

    assert citizen.body == {
        "data": {"mijn": {"mens": {"leeftijd": 10}, "uitspraken": [], "bedrijfsbezit": None}}
    }
    assert company.body == {
        "data": {"mijn": {"mens": None, "uitspraken": None, "bedrijfsbezit": []}}
    }
    assert sorted(desk.calls()) == [
        ("dingen_van", DIRK),
        ("op_nummer", CARLA),
        ("uitspraken", CARLA),
    ]


async def test_who_asks_for_anybody_is_told_to_name_them() -> None:
    """Each field is refused with one error; nobody is asked, and the rest is given."""
    desk = Desk()
    query = '{ mijn { mens { bsn } uitspraken { jaar } } ding(id: "bel") { id } }'
    answer = await desk.answer(query)

    assert desk.calls() == [("op_kenmerk", "bel")]
    assert answer.body["data"] == {
        "mijn": {"mens": None, "uitspraken": None},
        "ding": {"id": "bel"},
    }
    assert errors(answer) == [
        ("mijn.mens", "NIET_GEAUTORISEERD", None),
        ("mijn.uitspraken", "NIET_GEAUTORISEERD", None),
    ]


async def test_what_came_along_is_still_not_a_citizens() -> None:
    """A page brings others along; they are refused all the same."""
    desk = Desk()
    answer = await desk.answer(
        "{ mensenGezocht(first: 2) { edges { node { partner { leeftijd } } } } }",
        own=Identity(ANNA),
    )

    first, second = answer.body["data"]["mensenGezocht"]["edges"]
    assert first["node"] == {"partner": None}
    assert second["node"] == {"partner": {"leeftijd": 40}}


async def test_a_slow_branch_holds_up_only_what_hangs_under_it() -> None:
    """Below the other one everything is asked meanwhile, two levels deep."""
    gate = asyncio.Event()
    desk = Desk(world(gates={"dieren": gate}))
    running = asyncio.create_task(
        desk.answer(
            MENS % "huisdier { baas { leeftijd } } bezit { verslag { dingen { naam } } }",
            {"b": ANNA},
        )
    )
    await settled()

    assert sorted({call.read for call in desk.world.calls}) == [
        "dieren", "dingen_van", "op_kenmerk", "op_nummer", "verslagen",
    ]  # fmt: skip
    assert [call.keys for call in asked(desk.world, "op_nummer")] == [(ANNA,)]
    gate.set()
    answer = await running
    assert answer.body["data"]["mens"]["huisdier"] == {"baas": {"leeftijd": 41}}


async def test_a_key_under_way_elsewhere_is_waited_for() -> None:
    """Two levels meet at one key: the second waits for the call of the first."""
    gate = asyncio.Event()
    desk = Desk(world(gates={"verslagen": gate}))
    query = MENS.replace("{ mens", '{ v: maker(verslag: "v1") { bsn } mens') % "besproken { id }"
    running = asyncio.create_task(desk.answer(query, {"b": ANNA}))
    await settled()
    assert [call.keys for call in asked(desk.world, "verslagen")] == [("v1",)]
    gate.set()
    answer = await running

    assert [call.keys for call in asked(desk.world, "verslagen")] == [("v1",)]
    assert answer.body["data"]["v"] == {"bsn": BRAM}
    assert answer.body["data"]["mens"]["besproken"][0] == {"id": "boek"}


async def test_a_key_under_way_at_another_level_is_asked_once() -> None:
    """Also of what is neither kept nor shared."""
    gate, dingen = asyncio.Event(), TABLES["dingen"]
    owned = {**dingen, "boek": {**dingen["boek"], "eigenaar": BRAM}}
    desk = Desk(World({**TABLES, "dingen": owned}, gates={"op_nummer": gate}))
    query = '{ maker(verslag: "v1") { bsn } beschreven(verslag: "v1") { eigenaar { bsn } } }'
    running = asyncio.create_task(desk.answer(query))
    await settled()
    gate.set()
    await running

    assert [call.keys for call in asked(desk.world, "op_nummer")] == [(BRAM,), (ANNA,)]


async def test_calls_of_one_level_run_side_by_side() -> None:
    """Batches and single keys do not wait for each other."""
    gate = asyncio.Event()
    desk = Desk(world(gates={"dingen_van": gate}))
    running = asyncio.create_task(desk.answer(MENSEN % "bezit { id }", {"b": [ANNA, BRAM, CARLA]}))
    await settled()

    assert desk.world.running == 3
    gate.set()
    await running


async def test_who_leaves_leaves_nothing_running() -> None:
    """A cancelled operation stops every call that it started, kept or not."""
    desk = Desk(world(gates={"dingen_van": asyncio.Event(), "dieren": asyncio.Event()}))
    others = asyncio.all_tasks()
    running = asyncio.create_task(
        desk.answer(MENS % "bezit { id } huisdier { naam } vrienden { totalCount }", {"b": ANNA})
    )
    await settled()
    assert desk.world.running == 2
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await settled()

    assert desk.world.running == 0
    assert asyncio.all_tasks() == others


async def test_answers_that_may_be_shared_are_asked_once_for_all() -> None:
    """An hour of open data serves everybody; personal data serves nobody else."""
    desk = Desk()
    query = MENS % "huisdier { naam } besproken { id }"
    for _ in range(2):
        await desk.data(query, b=CARLA)

    assert len(asked(desk.world, "dieren")) == 1
    assert len(asked(desk.world, "op_nummer")) == 2


async def test_answers_are_shared_no_further_than_the_read_says() -> None:
    """Everybody's, or the municipality's own."""
    desk = Desk()
    query = MENS % "huisdier { naam } besproken { id }"
    for tenant in ("0999", "0998", "0998"):
        await desk.answer(query, {"b": ANNA}, scope=Scope(tenant, "toets", "iemand"))

    assert len(asked(desk.world, "dieren")) == 1
    assert len(asked(desk.world, "verslagen")) == 2


async def test_of_many_things_only_those_are_asked_that_are_not_kept() -> None:
    """That there is none is kept as well."""
    desk, query = Desk(), MENSEN % "huisdier { naam poten }"
    await desk.data(MENS % "huisdier { naam poten }", b=ANNA)
    people = [ANNA, CARLA, DIRK]
    first = await desk.answer(query, {"b": people})
    second = await desk.answer(query, {"b": people})
    alone = await Desk().answer(query, {"b": people})

    assert [call.keys for call in asked(desk.world, "dieren")] == [
        ("leeuw",),
        ("muis",),
        ("draak",),
    ]
    assert first.body == second.body == alone.body


async def test_of_many_things_is_taken_what_is_kept_of_as_much_as_is_asked() -> None:
    """Two links lead to animals, and of each animal is asked what the links to it want."""
    desk = Desk()
    query = MENSEN % "huisdier { naam } naam { wapendier { poten } }"
    people = [ANNA, CARLA]
    await desk.answer(MENSEN % "huisdier { naam }", {"b": people})
    first = await desk.answer(query, {"b": people})
    second = await desk.answer(query, {"b": people})

    assert [call.keys for call in asked(desk.world, "dieren")] == [
        ("leeuw",),
        ("muis",),
        ("leeuw",),
    ]
    assert first.body == second.body
    assert first.body["data"]["mensen"][0] == {
        "huisdier": {"naam": "Leeuw"},
        "naam": {"wapendier": {"poten": 4}},
    }


async def test_who_asks_anew_is_given_nothing_of_many_that_was_kept() -> None:
    desk = Desk()
    for _ in range(2):
        await desk.answer(MENSEN % "huisdier { naam }", {"b": [ANNA, CARLA]}, fresh=True)

    assert len(asked(desk.world, "dieren")) == 4


async def test_what_is_chosen_by_an_argument_is_asked_once_for_all() -> None:
    """The argument is no question to the source: it chooses among what was read."""
    desk = Desk()
    data = await desk.data(
        MENS
        % "a: gekleurd(kleur: ROOD) { id } b: gekleurd { id } c: gekleurd(kleur: BLAUW) { id }",
        b=ANNA,
    )

    assert data["mens"] == {"a": [{"id": "bel"}], "b": [{"id": "boek"}, {"id": "bel"}], "c": []}
    assert desk.calls() == [("op_nummer", ANNA), ("dingen_van", ANNA)]


async def test_a_question_without_a_key_is_asked_once_for_all_objects() -> None:
    """It hangs under every person, and is one question."""
    desk = Desk()
    await desk.answer(MENSEN % "alles { ... on Ding { id } }", {"b": [ANNA, BRAM, CARLA]})

    assert len(asked(desk.world, "vondsten")) == 1


async def test_nothing_is_asked_below_what_is_not_there() -> None:
    """No keys, no call; a question without a key neither."""
    desk = Desk()
    await desk.data(MENS % "partner { bsn } alles { __typename } ander(bsn: $b) { bsn }", b=NOBODY)

    assert desk.calls() == [("op_nummer", NOBODY)]


HOUSE = shared_facts().types["Verblijf"]


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ((), [0]),
        ((Part(("een",)),), [1]),
        ((Part(("een",), guard=Guard(HOUSE, "Ergens")),), []),
        ((Part(("lijst",), many=True),), [2, 3]),
        ((Part(("lijst",), many=True, guard=Guard(HOUSE, "Huis")),), [2]),
        ((Part(("lijst",), many=True), Part((), guard=Guard(HOUSE, "Ergens"))), [3]),
        ((Part(("lijst",)),), []),
        ((Part(("een",), many=True),), []),
        ((Part(("weg",)),), []),
        ((Part(("tekst",)),), []),
    ],
)
def test_holders_at(place: Any, found: list[int]) -> None:
    """Objects where objects are declared, of the concrete types asked for; nothing else."""
    top = {
        "n": 0,
        "een": {"n": 1, "soort": "boot"},
        "lijst": [{"n": 2, "soort": "huis"}, None, "tekst", {"n": 3, "soort": "tent"}],
        "tekst": "tekst",
    }

    assert [holder["n"] for holder in holders_at([top], place)] == found


@pytest.mark.parametrize(
    ("item", "holder", "meets"),
    [
        ({"a": 1}, {"b": 1}, True),
        ({"a": 1}, {"b": 2}, False),
        ({"a": 1}, {}, False),
        ({}, {"b": 1}, False),
        ({}, {}, False),
        ({"a": None}, {"b": None}, False),
    ],
)
def test_a_condition_holds_for_equal_values_that_are_there(
    item: Any, holder: Any, meets: bool
) -> None:
    """Two absent values are no match: what nobody knows is equal to nothing."""
    assert fits(item, holder, Where(("a",), ("b",)), NOTHING) is meets
    assert fits(item, holder, None, NOTHING)
