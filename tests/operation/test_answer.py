"""One question from a caller, answered: strictly or not, with its origin, and never another's."""

import asyncio
import gc
import json
from typing import Any

import pytest

from gateway.operation.fetched import Fetched
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.operation.writer.run import Run
from gateway.source.cache import Scope
from tests.operation.asking import Desk, asked, errors, without, world
from tests.registry import ANNA, BRAM, CARLA, everything

pytestmark = pytest.mark.anyio

MENS = "query vraag($b: Bsn!) { mens(bsn: $b) { %s } }"


async def test_data_alone() -> None:
    """Without errors there is no `errors`, and unasked no `extensions`."""
    answer = await Desk().answer(MENS % "leeftijd", {"b": ANNA})

    assert answer.body == {"data": {"mens": {"leeftijd": 40}}}
    assert (answer.request_error, answer.status, answer.operation_name) == (False, 200, "vraag")
    assert answer.digest is not None
    assert len(answer.digest) == 64


async def test_errors_stand_before_data() -> None:
    """Where a reader looks first (GraphQL specification, section 7.1)."""
    answer = await Desk().answer(MENS % "bsn", {"b": ANNA}, labels=without("mens.bsn"))

    assert list(answer.body) == ["errors", "data"]
    (error,) = answer.body["errors"]
    assert error == {
        "message": "Dit gegeven mag met deze doelbinding niet worden gezien.",
        "path": ["mens", "bsn"],
        "locations": [{"line": 1, "column": 41}],
        "extensions": {"code": "NIET_GEAUTORISEERD", "opnieuw": False, "label": "mens.bsn"},
    }


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{", {}, "SYNTAX"),
        ("{ niets }", {}, "VALIDATIE"),
        ("mutation { x }", {}, "ALLEEN_LEZEN"),
        (MENS % "bsn", {"b": "1"}, "INVOER"),
        (MENS % "bsn", {"b": ANNA, "c": 1}, "INVOER"),
        ("{ mensenGezocht(first: 101) { totalCount } }", {}, "INVOER"),
        ("query($x: Boolean = true) { __typename @skip(if: $x) }", {"x": None}, "INVOER"),
        ("{ a { b { c { d { e { f { g { h { i { j { k { l }}}}}}}}}}}}", {}, "LIMIET"),
    ],
)
async def test_what_is_not_carried_out(query: str, variables: dict[str, Any], code: str) -> None:
    """There is no `data`, one reason, and nobody was asked anything."""
    desk = Desk()
    answer = await desk.answer(query, variables)

    assert (answer.request_error, answer.status) == (True, 400)
    assert list(answer.body) == ["errors"]
    assert [error["extensions"]["code"] for error in answer.body["errors"]] == [code]
    assert desk.calls() == []


async def test_an_operation_that_is_not_there() -> None:
    """Named wrongly."""
    answer = await Desk().answer(MENS % "bsn", {"b": ANNA}, operation_name="ander")

    assert answer.body["errors"][0]["extensions"]["code"] == "ONBEKENDE_OPERATIE"


async def test_what_costs_too_much_is_refused() -> None:
    """Before anything is asked, by what it is expected to cost."""
    query = "{ mensenGezocht(first: %d) { edges { node { bezit { id eigenaar { bsn } } } } } }"
    desk = Desk(limits=Limits(cost=500))

    assert "errors" not in (await desk.answer(query % 3)).body
    before = len(desk.calls())
    answer = await desk.answer(query % 100)
    assert answer.body["errors"][0]["extensions"]["code"] == "LIMIET"
    assert len(desk.calls()) == before


async def test_a_strict_question_is_refused_whole() -> None:
    """With every place and label; nothing was asked."""
    desk = Desk()
    answer = await desk.answer(
        MENS % "leeftijd bsn partner { naam { voornaam } }",
        {"b": ANNA},
        labels=without("mens.bsn", "mens.naam"),
        strict=True,
    )

    assert (answer.request_error, answer.status) == (True, 403)
    assert [error["extensions"] for error in answer.body["errors"]] == [
        {
            "code": "NIET_GEAUTORISEERD",
            "pad": ["mens", "bsn"],
            "label": "mens.bsn",
            "opnieuw": False,
        },
        {
            "code": "NIET_GEAUTORISEERD",
            "pad": ["mens", "partner", "naam"],
            "label": "mens.naam",
            "opnieuw": False,
        },
    ]
    assert "data" not in answer.body
    assert desk.calls() == []


async def test_a_strict_question_that_may_be_asked() -> None:
    """Is answered as any other."""
    answer = await Desk().answer(MENS % "leeftijd", {"b": ANNA}, strict=True)

    assert answer.body == {"data": {"mens": {"leeftijd": 40}}}


@pytest.mark.parametrize("keys", [[ANNA], [], [BRAM], [ANNA, BRAM]])
async def test_a_strict_question_of_a_citizen_that_names_somebody(keys: list[str]) -> None:
    """Is refused, whoever it names; also below what is their own, unless that is themself."""
    desk = Desk()
    query = "query($b: [Bsn!]!) { mensen(bsns: $b) { leeftijd } }"
    below = "query($b: Bsn!) { mijn { mens { ander(bsn: $b) { leeftijd } } } }"
    answer = await desk.answer(query, {"b": keys}, own=Identity(ANNA), strict=True)

    assert answer.status == 403
    assert answer.request_error
    assert ANNA not in json.dumps(dict(answer.body))
    assert BRAM not in json.dumps(dict(answer.body))
    for key in keys:
        asked = await desk.answer(below, {"b": key}, own=Identity(ANNA), strict=True)
        assert asked.request_error is (key != ANNA)


async def test_a_strict_question_for_ones_own() -> None:
    """Who asks only for that is answered; who asks for anybody is refused as a whole."""
    desk = Desk()
    query = "{ mijn { mens { leeftijd } uitspraken { jaar } } }"
    answer = await desk.answer(query, own=Identity(ANNA), strict=True)
    refused = await desk.answer(query, strict=True)

    assert answer.body == {
        "data": {
            "mijn": {
                "mens": {"leeftijd": 40},
                "uitspraken": [{"jaar": 2001}, {"jaar": 2002}],
            }
        }
    }
    assert (refused.status, len(refused.body["errors"])) == (403, 2)
    assert [error["extensions"]["pad"] for error in refused.body["errors"]] == [
        ["mijn", "mens"],
        ["mijn", "uitspraken"],
    ]


async def test_where_an_answer_comes_from() -> None:
    """Per source: what was asked of it, and what was in store."""
    desk = Desk()
    for hits in (0, 1):
        answer = await desk.answer(MENS % "huisdier { naam }", {"b": ANNA}, provenance=True)
        found = answer.body["extensions"]["herkomst"]

        assert list(found) == ["mensen", "open"]
        assert found["mensen"]["sleutels"] == 1
        assert found["open"]["sleutels"] == 1 - hits
        assert found["open"]["uitCache"] == hits
        assert set(found["open"]) == {
            "aanroepen", "milliseconden", "sleutels", "uitCache", "oudsteSeconden",
            "verouderd", "verouderdSeconden", "reden",
        }  # fmt: skip


async def test_an_explanation_asks_nothing() -> None:
    """It says what would be asked, and holds no value."""
    desk = Desk()
    query = "query($b: Bsn!, $s: Identificatie) { mens(bsn: $b) { makers(soort: $s) { bsn } } }"
    answer = await desk.answer(query, {"b": ANNA, "s": "lang"}, explain=True)

    assert desk.calls() == []
    assert answer.body["data"] is None
    assert "errors" not in answer.body
    text = json.dumps(dict(answer.body))
    assert ANNA not in text
    assert "lang" not in text


# ---- what is kept of a document is nobody's ---------------------------------------------------


async def test_a_plan_is_not_anothers() -> None:
    """The same text from callers who may see different things, in whatever order."""
    desk = Desk()
    query = MENS % "bsn naam { voornaam }"
    for _ in range(2):
        for labels in (everything(), without("mens.bsn"), without("mens.naam"), frozenset[str]()):
            answer = await desk.answer(query, {"b": ANNA}, labels=labels)
            mens = answer.body["data"]["mens"]
            if not labels:
                assert mens is None
                continue
            assert (mens["bsn"] is not None) is ("mens.bsn" in labels)
            assert (mens["naam"] is not None) is ("mens.naam" in labels)


async def test_a_plan_of_an_employee_is_not_a_citizens() -> None:
    """With the very same labels."""
    desk = Desk()
    query = '{ ding(id: "boek") { naam } }'

    assert (await desk.answer(query)).body["data"]["ding"] is not None
    assert (await desk.answer(query, own=Identity(ANNA))).body["data"]["ding"] is None
    assert (await desk.answer(query)).body["data"]["ding"] is not None


async def test_a_plan_does_not_outlive_its_conditions() -> None:
    """The same text with other values in @skip, and defaults."""
    desk = Desk()
    query = """query($b: Bsn!, $x: Boolean = true) {
      mens(bsn: $b) { leeftijd @skip(if: $x) partner @include(if: $x) { leeftijd } }
    }"""
    seen = [
        list((await desk.answer(query, {"b": ANNA, **given})).body["data"]["mens"])
        for given in ({}, {"x": False}, {"x": True}, {"x": False})
    ]

    assert seen == [["partner"], ["leeftijd"], ["partner"], ["leeftijd"]]


async def test_an_answer_is_not_anothers() -> None:
    """The same text with other variables, at the same moment."""
    desk = Desk()
    answers = await asyncio.gather(
        *(desk.answer(MENS % "bsn partner { bsn }", {"b": bsn}) for bsn in (ANNA, BRAM, CARLA))
    )

    assert [answer.body["data"]["mens"]["bsn"] for answer in answers] == [ANNA, BRAM, CARLA]


async def test_what_is_kept_is_shared_only_after_the_caller_may_see_it() -> None:
    """A hit proves nothing: the label is asked for first, each time."""
    desk = Desk()
    query = '{ dier(id: "leeuw") { naam } }'
    await desk.answer(query)
    answer = await desk.answer(query, labels=without("dier.basis"))

    assert answer.body["data"] == {"dier": None}
    assert errors(answer) == [("dier", "NIET_GEAUTORISEERD", "dier.basis")]


async def test_what_is_kept_for_less_does_not_answer_more() -> None:
    """Another caller wants a property that the first did not ask for."""
    desk = Desk()
    await desk.answer('{ dier(id: "leeuw") { naam } }')
    other = Scope("0998", "ander", "anders")
    answer = await desk.answer('{ dier(id: "leeuw") { naam poten } }', scope=other)

    assert answer.body["data"] == {"dier": {"naam": "Leeuw", "poten": 4}}
    assert len(asked(desk.world, "dieren")) == 2


async def test_a_question_is_not_held_up_by_anothers() -> None:
    """Only by its own sources."""
    gate = asyncio.Event()
    desk = Desk(world(gates={"dingen_van": gate}))
    slow = asyncio.create_task(desk.answer(MENS % "bezit { id }", {"b": ANNA}))
    fast = await desk.answer(MENS % "leeftijd", {"b": ANNA})

    assert fast.body["data"] == {"mens": {"leeftijd": 40}}
    gate.set()
    await slow


@pytest.mark.parametrize(
    ("own", "query"),
    [
        (None, MENS % "leeftijd partner { leeftijd bezit { id } } vrienden { totalCount }"),
        (Identity(ANNA), "{ mijn { mens { leeftijd } uitspraken { jaar } } }"),
    ],
)
async def test_nothing_of_an_operation_is_left_to_the_garbage_collector(
    own: Identity | None, query: str
) -> None:
    """What was read goes when its answer has gone: nothing in an operation holds itself."""
    desk = Desk()
    variables = {"b": ANNA} if own is None and "$b" in query else {}
    for _ in range(3):  # then it is a known document
        assert "errors" not in (await desk.answer(query, variables, own=own)).body
    gc.collect()
    gc.disable()
    try:
        before = _of_operations()
        await desk.answer(query, variables, own=own)
        await asyncio.sleep(0)

        assert _of_operations() == before
    finally:
        gc.enable()


def _of_operations() -> int:
    """How many things there are that hold what an operation read."""
    return sum(isinstance(each, Fetched | Run) for each in gc.get_objects())


async def test_operations_of_one_document_are_told_apart() -> None:
    """Whichever of them was asked last."""
    desk = Desk(limits=Limits(operations=2))
    text = "query A($b: Bsn!) { mens(bsn: $b) { leeftijd } }"
    text += " query B($b: Bsn!) { mens(bsn: $b) { bsn } }"
    found = [
        (await desk.answer(text, {"b": ANNA}, operation_name=each)).body["data"]["mens"]
        for each in ("A", "B", "A", "B")
    ]

    assert found == [{"leeftijd": 40}, {"bsn": ANNA}] * 2
