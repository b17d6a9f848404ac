"""Whole answers that are kept: for whom they serve, and for whom not."""

import asyncio
import dataclasses
from collections.abc import Hashable
from typing import Any

import pytest

from gateway.operation.answer import Operations
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.operation.plan import Plan
from gateway.operation.whole import Whole
from gateway.source.cache import Cache, Scope
from gateway.source.entry import Entry
from gateway.source.errors import SourceUnreachable
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.ledger import Account, Ledger
from gateway.source.policy import CAPS, Cap, Policy
from gateway.source.surroundings import Surroundings
from gateway.source.tags import of_source, of_tenant
from tests.operation.asking import SCOPE, Desk, planned, without, world
from tests.registry import ANNA, BRAM, CARLA, everything, facts

pytestmark = pytest.mark.anyio

DIER = "query dier($id: Identificatie!) { dier(id: $id) { %s } }"
MUIS: dict[str, Any] = {"id": "muis"}
OTHER = Scope("0999", "toets", "een ander")
ELSEWHERE = Scope("0998", "toets", "iemand")
SELECTED = "naam"


class Clock:
    """Seconds since 1970, as a test decides."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


class Counting(Cache):
    """Notes how often a whole answer was looked for."""

    looked = 0

    def whole(self, key: Hashable) -> Any:
        """As ever."""
        self.looked += 1
        return super().whole(key)


class Gateway(Desk):
    """A desk of which the time can be set and the cache be reached."""

    def __init__(self, *, whole_bytes: int = 1_000_000, **options: Any) -> None:
        super().__init__(**options)
        self.clock = Clock()
        around = Surroundings(now=self.clock, chance=lambda: 0.0)
        self.cache = Counting(surroundings=around, whole_bytes=whole_bytes)
        self.operations = Operations(
            facts(),
            limits=Limits(),
            cache=self.cache,
            introspection=True,
            report=lambda read, error: self.reported.append((read, error)),
            surroundings=around,
        )

    async def whole(self, query: str = DIER % SELECTED, **options: Any) -> bool:
        """Whether the answer to this question was one that was kept whole."""
        before = len(self.calls())
        answer = await self.answer(query, MUIS, **options)
        assert not answer.whole or before == len(self.calls())
        return answer.whole


async def test_it_is_the_same_answer() -> None:
    """Byte for byte; whoever looks into it finds the same, and nobody was asked."""
    desk = Gateway()
    first = await desk.answer(DIER % SELECTED, MUIS)
    desk.clock.now += 7
    second = await desk.answer(DIER % SELECTED, MUIS)

    assert first.ready == second.ready
    assert first.body == dict(second.body)
    assert (first.digest, first.operation_name) == (second.digest, second.operation_name)
    assert len(desk.calls()) == 1
    (account,) = second.ledger.accounts.values()
    assert (account.calls, account.keys, account.cache_hits, account.oldest_age) == (0, 0, 1, 7.0)


async def test_another_caller_who_may_see_the_same() -> None:
    """Who asks does not matter to open data; a citizen is told what an employee is not."""
    desk = Gateway()

    assert [
        await desk.whole(),
        await desk.whole(scope=OTHER),
        await desk.whole(own=Identity(ANNA)),
        await desk.whole(own=Identity(ANNA)),
    ] == [False, True, False, True]


async def test_never_with_what_is_somebodys_own() -> None:
    """Though all that was found is open, and nothing was found that is theirs."""
    desk = Gateway()
    query = "query($id: Identificatie!) { dier(id: $id) { naam } mijn { %s } }"
    for own in (Identity(ANNA), Identity(BRAM), Identity(kvk_nummer="99990001")):
        for inner in ("__typename", "bedrijfsbezit { naam }", "mens { leeftijd }"):
            assert [await desk.whole(query % inner, own=own) for _ in range(2)] == [False, False]


async def test_ones_own_is_never_anothers() -> None:
    """The same question at the same moment, and after each other, of several callers."""
    desk = Gateway()
    query = "{ mijn { mens { bsn } uitspraken { tekst } } }"
    owners = [Identity(bsn) for bsn in (ANNA, BRAM, ANNA, CARLA)]
    for _ in range(2):
        answers = await asyncio.gather(*(desk.answer(query, own=own) for own in owners))

        found = [answer.body["data"]["mijn"]["mens"]["bsn"] for answer in answers]
        assert found == [own.bsn for own in owners]


async def test_only_for_the_same_question_under_the_same_rights() -> None:
    """Municipality, labels, text, and values: each has an answer of its own."""
    desk = Gateway()
    await desk.whole()

    assert not await desk.whole(scope=ELSEWHERE)
    assert not await desk.whole(labels=without("mens.dier"))
    assert not await desk.whole(DIER % "__typename naam")
    assert not (await desk.answer(DIER % SELECTED, {"id": "leeuw"})).whole
    assert await desk.whole()


async def test_numbers_and_truths_are_told_apart() -> None:
    """Where Python finds them equal."""
    desk = Gateway()
    query = f"query($id: Identificatie!, $x: Boolean!) {{ dier(id: $id) {{ {SELECTED} }} "
    query += "ding(id: $id) @include(if: $x) { id } }"
    await desk.answer(query, {**MUIS, "x": False})
    answer = await desk.answer(query, {**MUIS, "x": 0})

    assert [error["extensions"]["code"] for error in answer.body["errors"]] == ["INVOER"]


async def test_skip_and_include_decide_what_is_in_it() -> None:
    """With another value it is another question."""
    desk = Gateway()
    query = f"query($id: Identificatie!, $x: Boolean!) {{ dier(id: $id) {{ {SELECTED} "
    query += "__typename @include(if: $x) } }"
    answers = [
        (await desk.answer(query, {**MUIS, "x": x})).body["data"]["dier"] for x in (True, False) * 2
    ]

    assert ["__typename" in found for found in answers] == [True, False, True, False]


async def test_no_longer_than_its_first_part_is_fresh() -> None:
    """Sixty seconds here, whenever it was asked for again."""
    desk = Gateway()
    await desk.whole()
    desk.clock.now += 59.9
    assert await desk.whole()
    desk.clock.now += 0.1

    assert not await desk.whole()
    assert len(desk.calls()) == 2
    assert await desk.whole()


async def test_an_answer_of_something_that_was_fetched_before_ends_with_it() -> None:
    """Another question, of which the only part was in the cache for forty seconds."""
    desk = Gateway()
    await desk.whole()
    desk.clock.now += 40
    again = DIER.replace("query dier", "query anders") % SELECTED
    assert not await desk.whole(again)
    desk.clock.now += 19.9
    assert await desk.whole(again)
    desk.clock.now += 0.2

    assert not await desk.whole(again)


async def test_a_table_that_becomes_stricter_holds_for_it() -> None:
    """What was fetched under the one before ends by the one in force."""
    desk = Gateway()
    await desk.whole()
    desk.cache.policy = Policy({**CAPS, DataClass.OPEN: Cap(10, 0, 0)})
    again = DIER.replace("query dier", "query anders") % SELECTED
    desk.clock.now += 5
    assert not await desk.whole(again)
    assert await desk.whole(again)
    desk.clock.now += 6

    assert not await desk.whole(again)


@pytest.mark.parametrize("tag", [of_tenant("everyone"), of_source("everyone", "open")])
async def test_it_is_dropped_with_its_parts(tag: Any) -> None:
    """By any of its tags; and then asked anew."""
    desk = Gateway()
    await desk.whole()
    await desk.cache.drop([tag])

    assert not await desk.whole()
    assert len(desk.calls()) == 2


async def test_a_drop_of_something_else_leaves_it() -> None:
    """Of a municipality that it has nothing of."""
    desk = Gateway()
    await desk.whole()
    await desk.cache.drop([of_tenant("0998"), of_source("0999", "dingen")])

    assert await desk.whole()


async def test_what_was_dropped_on_the_way_is_not_kept() -> None:
    """The answer was read before, and may hold what was to go."""
    desk = Gateway()
    since = desk.cache.moment()
    plan, ledger, key = await _ingredients(desk)
    await desk.cache.drop([of_source("everyone", "open")])
    whole = Whole(desk.cache, desk.clock)

    assert not await whole.keep(key, b"{}", plan, SCOPE, ledger, since)
    assert whole.find(key) is None


@pytest.mark.parametrize(
    "keep",
    [
        Keep.shared(DataClass.REFERENCE, Sharing.PURPOSE, fresh=60),
        Keep.shared(DataClass.REFERENCE, Sharing.PRINCIPAL, fresh=60),
        Keep.shared(DataClass.CASE, Sharing.PURPOSE, fresh=60),
        Keep.personal(),
        Keep.request(DataClass.OPEN),
    ],
)
async def test_one_part_that_is_not_for_everybody(keep: Keep) -> None:
    """Planned or really asked: then it is not kept whole."""
    desk = Gateway()
    plan, ledger, key = await _ingredients(desk)
    whole = Whole(desk.cache, desk.clock)
    other = planned('{ dier(id: "muis") { naam } }')
    other.steps[0].read = dataclasses.replace(other.steps[0].read, keep=keep)
    narrow = Ledger({**ledger.accounts, "bron": Account(between=keep.between)})
    now = desk.cache.moment()

    assert not await whole.keep(key, b"{}", other, SCOPE, ledger, now)
    assert not await whole.keep(key, b"{}", plan, SCOPE, narrow, now)
    assert await whole.keep(key, b"{}", plan, SCOPE, ledger, now)


async def test_a_stale_part_or_one_of_another_class() -> None:
    """Neither is kept for longer by being in an answer."""
    desk = Gateway()
    plan, ledger, key = await _ingredients(desk)
    whole = Whole(desk.cache, desk.clock)
    (entry,) = ledger.accounts["open"].entries
    personal = dataclasses.replace(entry, data=DataClass.PERSONAL)

    for account in (Account(stale=1, entries=[entry]), Account(entries=[personal])):
        there = Ledger({"open": account})
        assert not await whole.keep(key, b"{}", plan, SCOPE, there, desk.cache.moment())


async def test_a_part_that_cannot_be_dropped() -> None:
    """It has no tags, so nothing would end what it is in."""
    desk = Gateway()
    plan, ledger, key = await _ingredients(desk)
    whole = Whole(desk.cache, desk.clock)
    (entry,) = ledger.accounts["open"].entries
    untagged = dataclasses.replace(entry, tags=frozenset())
    there = Ledger({"open": Account(entries=[entry, untagged])})

    assert not await whole.keep(key, b"{}", plan, SCOPE, there, desk.cache.moment())


async def test_what_asks_nothing_is_not_kept() -> None:
    """It costs nothing, and nothing would end it."""
    desk = Gateway()
    answer = [await desk.answer("{ __typename }") for _ in range(2)][1]

    assert not answer.whole


async def test_with_an_error_it_is_not_kept() -> None:
    """Of a source, or of what may not be seen beside what may."""
    desk = Gateway(world=world(faults={("dieren", "muis"): lambda: SourceUnreachable("open", "x")}))
    for _ in range(2):
        assert not await desk.whole()
    refused = Gateway()
    for _ in range(2):
        labels = without("dier.baas")
        assert not await refused.whole(DIER % "poten baas { bsn }", labels=labels)

    assert len(refused.calls()) == 1
    assert len(desk.calls()) == 2


async def test_opt_ins() -> None:
    """Strictly asked it serves; who asks where it came from, or for `vers`, is told of now."""
    desk = Gateway()
    await desk.whole()

    assert await desk.whole(strict=True)
    assert not await desk.whole(provenance=True)
    assert not await desk.whole(explain=True)
    assert not await desk.whole(fresh=True)
    assert len(desk.calls()) == 2


# ---- what is not even looked for ---------------------------------------------------------------

OWN = "query($id: Identificatie!) { dier(id: $id) { naam } mijn { __typename } }"


async def test_where_there_is_no_room_none_is_looked_for() -> None:
    """The answers are the same, and what sources gave is still kept, unless it is asked `vers`."""
    desk = Gateway(whole_bytes=0)
    answers = [await desk.answer(DIER % SELECTED, MUIS) for _ in range(3)]
    calls = len(desk.calls())
    await desk.answer(DIER % SELECTED, MUIS, fresh=True)

    assert not any(answer.whole for answer in answers)
    assert {answer.ready for answer in answers} == {
        (await Gateway().answer(DIER % SELECTED, MUIS)).ready
    }
    assert desk.cache.looked == 0
    assert (calls, len(desk.calls())) == (1, 2)


@pytest.mark.parametrize(
    ("query", "variables", "own"),
    [
        (OWN, MUIS, Identity(ANNA)),
        ("query($b: Bsn!) { mens(bsn: $b) { leeftijd } }", {"b": ANNA}, None),
        (
            "query($b: Bsn!, $id: Identificatie!) "
            "{ dier(id: $id) { naam } mens(bsn: $b) { leeftijd } }",
            {**MUIS, "b": ANNA},
            None,
        ),
        ("{ __typename }", {}, None),
    ],
)
async def test_what_could_never_be_kept_is_looked_for_once(
    query: str, variables: dict[str, Any], own: Identity | None
) -> None:
    """From then on its plan tells: somebody's own, of a person in any part, or of nothing."""
    desk = Gateway()
    for _ in range(4):
        await desk.answer(query, variables, own=own)

    assert desk.cache.looked == 1


async def test_what_is_not_looked_for_is_asked_anew_all_the_same() -> None:
    """`vers`, of a question that is in part about who asks."""
    desk = Gateway()
    for _ in range(3):
        await desk.answer(OWN, MUIS, own=Identity(ANNA))
    before = len(desk.calls())
    await desk.answer(OWN, MUIS, own=Identity(ANNA), fresh=True)

    assert (before, len(desk.calls())) == (1, 2)


async def test_one_plan_of_a_document_says_nothing_of_another() -> None:
    """The same with a part left out."""
    desk = Gateway()
    parts = """query($id: Identificatie!, $b: Bsn!, $x: Boolean!) {
      dier(id: $id) { naam } mens(bsn: $b) @include(if: $x) { leeftijd } }"""
    given = {**MUIS, "b": ANNA}
    for truth in (True, True, False):
        await desk.answer(parts, {**given, "x": truth})

    assert (await desk.answer(parts, {**given, "x": False})).whole


async def test_what_a_question_with_an_opt_in_brings() -> None:
    """`vers` replaces what was kept; an answer that tells where it came from is nobody else's."""
    desk = Gateway()
    await desk.whole(provenance=True)
    assert not await desk.whole()
    desk.clock.now += 30
    await desk.whole(fresh=True)
    desk.clock.now += 40

    assert await desk.whole()


async def test_a_variable_is_not_readable_in_a_key() -> None:
    """It may be about somebody."""
    whole = Whole(Cache(), lambda: 0.0)
    key = whole.key(
        configuration=None,
        tenant="0999",
        labels=everything(),
        closed=False,
        levels=frozenset(),
        document="d",
        operation=None,
        variables=whole.mark(f'{{"b": "{ANNA}"}}'.encode()),
    )

    assert ANNA not in repr(key)


async def _ingredients(desk: Gateway) -> tuple[Plan, Ledger, str]:
    """A plan, and the account of what it asked."""
    answer = await desk.answer('{ dier(id: "muis") { naam } }')
    (entry,) = answer.ledger.accounts["open"].entries
    assert isinstance(entry, Entry)
    return planned('{ dier(id: "muis") { naam } }'), answer.ledger, "sleutel"
