"""Bodies whose whole answer is kept: for whom they are ready without being read."""

import dataclasses
import json
import pickle
from typing import Any

import pytest

from gateway.operation.answer import Answer, Caller, Question
from gateway.operation.identity import Identity
from gateway.operation.recalled import Recalled, Recollection
from gateway.operation.registered import Askable
from gateway.source.cache import Scope
from gateway.source.tags import of_source
from tests.operation.asking import SCOPE, without
from tests.operation.test_whole import DIER, ELSEWHERE, OTHER, SELECTED, Gateway
from tests.registry import ANNA, everything, sources

pytestmark = pytest.mark.anyio

ASKABLE = Askable()
BODY = {"query": DIER % SELECTED, "variables": {"id": "muis"}}


class Desk(Gateway):
    """A desk that is given bodies, under one configuration."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.recollection = Recollection()

    def caller(self, **options: Any) -> Caller:
        """One who holds all labels unless told otherwise."""
        given: dict[str, Any] = {"labels": everything(), "scope": SCOPE, "own": None}
        given |= {"askable": ASKABLE, "recollection": self.recollection, **options}
        return Caller(open=sources(self.world), **given)

    def ready(self, body: dict[str, Any] = BODY, **options: Any) -> Answer | None:
        """What is ready for that body."""
        operations = self.operations
        return operations.ready(operations.mark(_bytes(body)), self.caller(**options))

    async def asked(self, body: dict[str, Any] = BODY, **options: Any) -> Answer:
        """The answer to that body, the ordinary way."""
        question = Question(
            body["query"],
            variables=body["variables"],
            mark=self.operations.mark(_bytes(body)),
            **body.get("options", {}),
        )
        return await self.operations.answer(question, self.caller(**options))

    async def known(self, body: dict[str, Any] = BODY, **options: Any) -> "Desk":
        """The desk after that body was answered whole."""
        for _ in range(2):
            await self.asked(body, **options)
        return self


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


async def test_it_is_what_the_ordinary_way_gives() -> None:
    """Also what the log and the audit line are told of it."""
    desk = await Desk().known()
    calls = len(desk.calls())
    ordinary, ready = await desk.asked(), desk.ready()

    assert ready is not None
    assert ready == dataclasses.replace(ordinary, ledger=ready.ledger)
    assert ready.ready == ordinary.ready
    assert {name: each.cache_hits for name, each in ready.ledger.accounts.items()} == {
        name: each.cache_hits for name, each in ordinary.ledger.accounts.items()
    }
    assert len(desk.calls()) == calls


async def test_only_once_it_was_answered_whole() -> None:
    """Before that nobody knows that nothing of it is about somebody."""
    desk = Desk()
    assert desk.ready() is None
    await desk.asked()
    assert desk.ready() is None
    await desk.asked()

    assert desk.ready() is not None


async def test_another_body_is_another_question() -> None:
    """The same text with other values, another name, or a space more."""
    desk = await Desk().known()

    assert desk.ready({**BODY, "variables": {"id": "leeuw"}}) is None
    assert desk.ready({**BODY, "operationName": "dier"}) is None
    assert desk.ready({**BODY, "query": f"{BODY['query']} "}) is None


@pytest.mark.parametrize(
    "other",
    [
        {"scope": ELSEWHERE},
        {"labels": without("mens.dier")},
        {"own": Identity(ANNA)},
        {"withheld": {"mens.dier": "hoog"}},
        {"configuration": ("ander", "zaaktype")},
        {"askable": Askable()},
        {"recollection": Recollection()},
        {"askable": Askable(open=False)},
    ],
)
async def test_who_may_see_or_ask_something_else_has_none_ready(other: dict[str, Any]) -> None:
    """Municipality, rights, login, zaaktype or configuration, doelbinding: each its own."""
    desk = await Desk().known()

    assert desk.ready(**other) is None
    assert desk.ready() is not None


async def test_who_may_see_the_same_has_it_ready() -> None:
    """As with any whole answer: it is nobody's own."""
    desk = await Desk().known()

    assert desk.ready(scope=OTHER) is not None


async def test_a_decision_point_decides_first() -> None:
    """On the plan, which is not made for what is ready."""
    desk = await Desk().known()

    async def decide(_matter: object) -> None:
        raise AssertionError

    assert desk.ready(decide=decide) is None


async def test_after_a_drop_or_its_end_it_is_asked_again() -> None:
    """That a body is known keeps no answer."""
    desk = await Desk().known()
    desk.clock.now += 60
    assert desk.ready() is None
    await desk.asked()
    assert desk.ready() is not None
    await desk.cache.drop([of_source("everyone", "open")])
    assert desk.ready() is None
    await desk.asked()

    assert desk.ready() is not None
    assert len(desk.calls()) == 3


@pytest.mark.parametrize("option", ["fresh", "provenance", "explain"])
async def test_what_is_asked_of_now_is_never_ready(option: str) -> None:
    """`vers`, `herkomst` and `uitleg`, also where the answer without is kept."""
    desk = await Desk().known()
    body = {**BODY, "options": {option: True}}
    await desk.known(body)

    assert desk.ready(body) is None


async def test_what_is_about_somebody_is_not_remembered() -> None:
    """Of such a question no answer is kept, and so no body is known."""
    desk = Desk()
    body = {"query": "query($b: Bsn!) { mens(bsn: $b) { leeftijd } }", "variables": {"b": ANNA}}
    await desk.known(body)
    own = {"query": '{ mijn { __typename } dier(id: "muis") { naam } }', "variables": {}}
    await desk.known(own, own=Identity(ANNA))

    assert len(desk.recollection) == 0


async def test_nothing_of_a_body_can_be_found_in_what_is_remembered() -> None:
    """Not even what is about nobody: somebody may be named where nobody was asked for."""
    desk = Desk()
    body = {"query": f"# {ANNA}\n{BODY['query']}", "variables": {"id": "muis", "x": ANNA}}
    await desk.known({"query": f"# {ANNA}\n{BODY['query']}", "variables": {"id": "muis"}})
    await desk.known(body)

    remembered = desk.recollection
    assert len(remembered) >= 1
    assert desk.operations.mark(b"x") != Gateway().operations.mark(b"x")
    lying = pickle.dumps([(key, each.document, each.variables) for key, each in _all(remembered)])
    for secret in (ANNA, "muis", SELECTED, "Identificatie"):
        assert secret.encode() not in lying


def _all(remembered: Recollection) -> list[tuple[tuple[bytes, int], Recalled]]:
    return list(remembered._known.items())


async def test_it_is_bounded() -> None:
    """The least recently used goes."""
    remembered = Recollection(2)
    recalled = Recalled(ASKABLE, "d", None, b"v")
    for mark in (b"een", b"twee"):
        remembered.remember(mark, recalled)
    assert remembered.find(b"een", ASKABLE) is recalled
    remembered.remember(b"drie", recalled)

    found = [remembered.find(each, ASKABLE) is recalled for each in (b"een", b"twee", b"drie")]
    assert found == [True, False, True]
    assert len(remembered) == 2


async def test_where_no_answer_is_kept_whole_no_body_is_known() -> None:
    """Nor looked for."""
    desk = await Desk(whole_bytes=0).known()

    assert desk.ready() is None
    assert len(desk.recollection) == 0
    assert (await desk.asked()).ready == (await Desk().asked()).ready


async def test_an_object_in_the_place_of_one_that_is_gone_is_another() -> None:
    """What is known by identity is held for as long."""
    remembered = Recollection()
    other = Askable()
    remembered._known[b"een", id(other)] = Recalled(ASKABLE, "d", None, b"v")

    assert remembered.find(b"een", other) is None


async def test_another_doelbinding_with_the_same_rights() -> None:
    """It learns it by itself."""
    desk = await Desk().known()
    elsewhere: dict[str, Any] = {"askable": Askable(), "scope": Scope("0999", "anders", "iemand")}
    assert desk.ready(**elsewhere) is None
    assert (await desk.asked(**elsewhere)).whole

    assert desk.ready(**elsewhere) is not None
