"""The cache of one process: what it answers, to whom, for how long; equal questions at once."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from gateway.source.cache import Scope
from gateway.source.errors import (
    SourceError,
    SourceFault,
    SourceQuota,
    SourceTimeout,
    SourceUnreachable,
)
from gateway.source.fingerprint import Fingerprints
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.ledger import Account, Why
from gateway.source.policy import Policy
from gateway.source.question import Order
from gateway.source.tags import Tag, lijst, of_person, of_resource, of_source, of_subject, of_tenant
from tests.source.workers import (
    ANNA,
    EVERYONE,
    QUESTION,
    TENANT,
    USUAL,
    Worker,
    World,
    alone,
    settle,
)

pytestmark = pytest.mark.anyio

WIDENING = replace(QUESTION, widens=True)
LONG = Keep.shared(
    DataClass.REFERENCE, Sharing.TENANT, fresh=60, stale_while_revalidate=30, stale_if_error=300
)

CIRCLES = [
    (Sharing.EVERYONE, replace(ANNA, tenant="0998", purpose="x", principal="y"), True),
    (Sharing.TENANT, replace(ANNA, purpose="x", principal="y"), True),
    (Sharing.TENANT, replace(ANNA, tenant="0998"), False),
    (Sharing.PURPOSE, replace(ANNA, principal="y"), True),
    (Sharing.PURPOSE, replace(ANNA, purpose="x"), False),
    (Sharing.PURPOSE, replace(ANNA, tenant="0998"), False),
    (Sharing.PRINCIPAL, ANNA, True),
    (Sharing.PRINCIPAL, replace(ANNA, principal="y"), False),
    (Sharing.PRINCIPAL, replace(ANNA, purpose="x"), False),
    (Sharing.PRINCIPAL, replace(ANNA, tenant="0998"), False),
]
"""Between whom something is kept for Anna, who asks too, and whether they have it from her."""


def worker(**options: Any) -> Worker:
    """A worker over a new world."""
    return alone(World(), **options)


async def test_what_was_asked_is_not_asked_again() -> None:
    one = worker()
    first = await one.ask("1", "2")
    one.world.seconds += 10
    second = await one.ask("2", "1", "3")

    assert first == {"1": {"sleutel": "1", "keer": 1}, "2": {"sleutel": "2", "keer": 1}}
    assert list(second) == ["2", "1", "3"]
    assert one.world.asked == [("1", "2"), ("3",)]
    assert one.account == Account(keys=3, cache_hits=2, oldest_age=10.0, between=Sharing.TENANT)


async def test_an_answer_is_fresh_for_its_seconds_and_no_longer() -> None:
    one = worker()
    await one.ask("1")
    one.world.seconds += 59.9
    await one.ask("1")
    one.world.seconds += 0.2
    await one.ask("1")

    assert len(one.world.asked) == 2


async def test_chance_shortens_freshness_by_at_most_a_tenth() -> None:
    one = worker(chance=lambda: 0.999)
    await one.ask("1")
    one.world.seconds += 54.0
    await one.ask("1")
    one.world.seconds += 0.1
    await one.ask("1")

    assert len(one.world.asked) == 2


async def test_an_answer_is_as_old_as_its_load_is_since_it_began() -> None:
    one = worker()

    async def slow(order: Order[str]) -> Mapping[str, Any]:
        one.world.seconds += 10
        return await one.world.load(order)

    await one.ask("1", load=slow)
    one.world.seconds += 5
    await one.ask("1")

    assert one.account.oldest_age == 15.0


async def test_an_answer_of_the_future_is_no_answer() -> None:
    """A clock that was set back."""
    one = worker()
    await one.ask("1")
    one.world.seconds -= 10
    await one.ask("1")

    assert len(one.world.asked) == 2


async def test_an_answer_serves_who_asks_for_no_more_than_it_has() -> None:
    one = worker()
    await one.ask("1", paths="naam adres")
    await one.ask("1", paths="naam")
    await one.ask("1", paths="")
    assert len(one.world.asked) == 1

    await one.ask("1", paths="naam geboorte")
    assert len(one.world.asked) == 2


async def test_a_wider_question_asks_for_what_is_kept_too() -> None:
    one = worker()
    for paths in ("a", "b", "a", "b", "a b"):
        await one.ask("1", question=WIDENING, paths=paths)

    assert [order.wider for order in one.world.orders] == [frozenset(), frozenset({"a"})]


async def test_what_is_no_longer_fresh_widens_nothing() -> None:
    one = worker()
    await one.ask("1", question=WIDENING, paths="a")
    one.world.seconds += 60
    await one.ask("1", question=WIDENING, paths="b")
    await one.ask("1", question=WIDENING, paths="a")

    assert [order.wider for order in one.world.orders] == [
        frozenset(), frozenset(), frozenset({"b"}),
    ]  # fmt: skip


async def test_parts_that_cannot_be_asked_for_by_name_are_replaced() -> None:
    one = worker()
    for paths in ("a", "b", "b", "a"):
        await one.ask("1", paths=paths)

    assert [order.wider for order in one.world.orders] == [frozenset()] * 3


async def test_not_found_is_kept_for_half_a_minute_whatever_the_paths() -> None:
    one = alone(World(absent=frozenset({"9"})))
    keep = replace(TENANT, negative=30)
    assert await one.ask("1", "9", keep=keep) == {"1": {"sleutel": "1", "keer": 1}}

    one.world.seconds += 29.9
    assert await one.ask("9", keep=keep, paths="a b c d") == {}
    assert len(one.world.asked) == 1

    one.world.seconds += 0.2
    await one.ask("9", keep=keep)
    assert one.world.asked == [("1", "9"), ("9",)]


async def test_not_found_lasts_no_longer_than_found() -> None:
    one = alone(World(absent=frozenset({"9"})))
    keep = Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=5)
    for _ in range(2):
        await one.ask("9", keep=keep)
        one.world.seconds += 5

    assert len(one.world.asked) == 2


async def test_not_found_that_is_of_no_use_later_takes_no_room() -> None:
    one = alone(World(absent=frozenset("9")))
    keep = Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=60, negative=0)
    await one.ask("1", "9", keep=keep)

    (shown,) = await one.cache.show({"0999": ["bag"]})
    assert shown.entries == 1


async def test_not_found_is_never_served_stale() -> None:
    one = alone(World(absent=frozenset({"9"})))
    await one.ask("9", keep=LONG)
    one.world.seconds += 61
    one.world.error = SourceUnreachable("bag")

    with pytest.raises(SourceUnreachable):
        await one.ask("9", keep=LONG)


async def test_what_was_not_found_is_found_later_and_the_reverse() -> None:
    one = alone(World(absent=frozenset({"1"})))
    assert await one.ask("1") == {}
    one.world.seconds += 30
    one.world.absent = frozenset()
    assert "1" in await one.ask("1")
    one.world.seconds += 60
    one.world.absent = frozenset({"1"})
    assert await one.ask("1") == {}
    assert await one.ask("1") == {}
    assert len(one.world.asked) == 3


async def test_errors_are_not_kept() -> None:
    one = alone(World(error=SourceFault("bag")))
    with pytest.raises(SourceFault):
        await one.ask("1")
    one.world.error = None

    assert "1" in await one.ask("1")
    assert len(one.world.asked) == 2


async def test_an_answer_to_what_was_not_asked_is_dropped() -> None:
    one = worker()

    async def generous(order: Order[str]) -> Mapping[str, Any]:
        return {"1": "een", "2": "twee", "3": None}

    assert await one.ask("1", "3", load=generous) == {"1": "een"}
    keep = Keep.request(DataClass.OPEN)
    assert await one.ask("1", "3", keep=keep, load=generous) == {"1": "een"}


@pytest.mark.parametrize(("between", "other", "shared"), CIRCLES)
@pytest.mark.parametrize("at_once", [True, False])
async def test_an_answer_never_leaves_its_circle(
    between: Sharing, other: Scope, shared: bool, at_once: bool
) -> None:
    keep = Keep.shared(DataClass.OPEN, between, fresh=60)
    one = worker()
    if at_once:
        await asyncio.gather(one.ask("1", keep=keep), one.ask("1", keep=keep, scope=other))
    else:
        await one.ask("1", keep=keep)
        await one.ask("1", keep=keep, scope=other)

    # A load under way is followed within one tenant only: its credentials may be wrong.
    apart = at_once and other.tenant != ANNA.tenant
    assert len(one.world.asked) == (1 if shared and not apart else 2)


async def test_reads_that_share_differently_do_not_share() -> None:
    one = worker()
    circles = [each for each in Sharing if each is not Sharing.REQUEST]
    for between in circles:
        await one.ask("1", keep=Keep.shared(DataClass.OPEN, between, fresh=60))

    assert len(one.world.asked) == len(circles)


@pytest.mark.parametrize(
    "different",
    [
        {"name": "bag.panden"},
        {"address": "http://bag2"},
        {"arguments": '{"op":"x"}'},
        {"source": "bag-oost"},
    ],
)
async def test_another_question_is_another_answer(different: dict[str, Any]) -> None:
    one = worker()
    await one.ask("1")
    await one.ask("1", question=replace(QUESTION, **different))

    assert len(one.world.asked) == 2


async def test_what_everyone_shares_is_the_same_under_any_name() -> None:
    """Another municipality may call its source otherwise; the address tells which it is."""
    one = worker()
    await one.ask("1", keep=EVERYONE)
    await one.ask("1", keep=EVERYONE, question=replace(QUESTION, source="bag-oost"))

    assert len(one.world.asked) == 1


async def test_what_is_kept_for_the_request_passes_by() -> None:
    one = worker()
    keep = Keep.request(DataClass.PERSONAL)
    await asyncio.gather(*(one.ask("1", keep=keep) for _ in range(3)))

    assert len(one.world.asked) == 3
    assert one.account == Account(keys=3, between=Sharing.REQUEST)


# ---- what is kept of many things at once --------------------------------------------------------


async def test_what_is_kept_of_many_is_what_each_would_be_given() -> None:
    """As it is, for who asks no more of it; that something is not there is kept as well."""
    one = worker()
    one.world.absent = frozenset({"weg"})
    await one.ask("oud")
    one.world.seconds += 58
    await one.ask("1", "2", "weg")
    await one.ask("half", paths="a")
    one.world.seconds += 3
    account = Account()
    keys = ["1", "oud", "weg", "nooit", "half", "2"]
    kept, seen = await one.cache.kept(ANNA, TENANT, QUESTION, keys, account)

    assert kept == {
        "1": {"sleutel": "1", "keer": 2},
        "weg": None,
        "2": {"sleutel": "2", "keer": 2},
    }
    assert seen is None
    assert account == Account(cache_hits=3, oldest_age=3.0, between=Sharing.TENANT)
    assert len(account.entries) == 3


async def test_of_many_things_those_that_are_not_kept_are_asked_each_apart() -> None:
    one = worker()
    await one.ask("1", "2")
    found = await one.ask_together("1", "2", "3", "4")

    assert list(found) == ["1", "2", "3", "4"]
    assert one.world.asked == [("1", "2"), ("3",), ("4",)]
    assert (one.account.keys, one.account.cache_hits) == (4, 2)


@pytest.mark.parametrize(("between", "other", "shared"), CIRCLES)
async def test_what_is_kept_of_many_never_leaves_its_circle(
    between: Sharing, other: Scope, shared: bool
) -> None:
    keep = Keep.shared(DataClass.OPEN, between, fresh=60)
    one = worker()
    await one.ask("1", "2", keep=keep)
    kept, _ = await one.cache.kept(other, keep, QUESTION, ["1", "2"], Account())

    assert list(kept) == (["1", "2"] if shared else [])


async def test_nothing_is_kept_of_many_of_what_is_kept_for_the_request() -> None:
    one = worker()
    await one.ask_together("1", "2", keep=Keep.request(DataClass.PERSONAL))

    assert one.world.asked == [("1",), ("2",)]
    assert one.account == Account(keys=2, between=Sharing.REQUEST)


async def test_what_was_dropped_is_kept_of_none() -> None:
    one = worker()
    await one.ask("1", "2")
    await one.cache.drop([of_resource("0999", "bag", "ding", "1")])
    kept, _ = await one.cache.kept(ANNA, TENANT, QUESTION, ["1", "2"], Account())

    assert list(kept) == ["2"]


# ---- what the operator allows -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keep", "seconds"),
    [
        (Keep.case(), 60),
        (Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=600_000), 86_400),
        (Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=600_000), 14_400),
    ],
)
async def test_nothing_is_fresh_for_longer_than_its_class_allows(keep: Keep, seconds: int) -> None:
    one = worker(policy=USUAL)
    await one.ask("1", keep=keep)
    one.world.seconds += seconds - 0.1
    await one.ask("1", keep=keep)
    assert len(one.world.asked) == 1

    one.world.seconds += 0.2
    await one.ask("1", keep=keep)
    assert len(one.world.asked) == 2


async def test_personal_data_are_kept_where_a_municipality_says_so_and_only_there() -> None:
    one = worker(policy=Policy(personal={"0999": 120}))
    elsewhere = replace(ANNA, tenant="0998")
    for scope in (ANNA, ANNA, elsewhere, elsewhere):
        await one.ask("1", keep=Keep.personal(), scope=scope)
    assert len(one.world.asked) == 3

    one.world.seconds += 120
    await one.ask("1", keep=Keep.personal())
    assert len(one.world.asked) == 4


async def test_no_reason_is_good_enough_for_more_than_three_hundred_seconds() -> None:
    one = worker(policy=Policy(personal={"0999": 10_000}))
    await one.ask("1", keep=Keep.personal())
    one.world.seconds += 300
    await one.ask("1", keep=Keep.personal())

    assert len(one.world.asked) == 2


async def test_a_table_that_becomes_stricter_holds_for_what_is_kept_already() -> None:
    one = worker(policy=Policy(personal={"0999": 120}))
    await one.ask("1", keep=Keep.personal())
    one.cache.policy = Policy()
    await one.ask("1", keep=Keep.personal())
    one.cache.policy = Policy(personal={"0999": 10})
    one.world.seconds += 20
    await one.ask("1", keep=Keep.personal())

    assert len(one.world.asked) == 3


# ---- when it is no longer fresh -----------------------------------------------------------------


async def test_what_is_a_little_old_is_served_and_asked_anew_behind() -> None:
    one = worker()
    await one.ask("1", keep=LONG)
    one.world.seconds += 70
    asked = await asyncio.gather(*(one.ask("1", keep=LONG) for _ in range(10)))
    await one.cache.settled()
    after = await one.ask("1", keep=LONG)

    assert [each["1"]["keer"] for each in asked] == [1] * 10
    assert after["1"]["keer"] == 2
    assert one.world.asked == [("1",), ("1",)]
    assert (one.account.stale, one.account.stale_age) == (10, 70.0)
    assert one.account.why is Why.VERVERST


async def test_behind_it_is_asked_as_wide_as_it_is_kept() -> None:
    one = worker()
    await one.ask("1", keep=LONG, question=WIDENING, paths="a b c")
    one.world.seconds += 70
    await one.ask("1", keep=LONG, question=WIDENING, paths="a")
    await one.cache.settled()
    await one.ask("1", keep=LONG, question=WIDENING, paths="a b c")

    assert one.world.orders[1].wider == frozenset({"b", "c"})
    assert len(one.world.asked) == 2


async def test_a_failure_behind_hurts_nobody() -> None:
    one = worker()
    await one.ask("1", keep=LONG)
    one.world.seconds += 70
    one.world.error = SourceUnreachable("bag")
    assert "1" in await one.ask("1", keep=LONG)
    await one.cache.settled()
    one.world.seconds += 21

    assert "1" in await one.ask("1", keep=LONG)  # now because the source fails
    assert one.account.why is Why.ONBEREIKBAAR


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (SourceUnreachable("bag"), Why.ONBEREIKBAAR),
        (SourceTimeout("bag"), Why.TE_LAAT),
        (SourceQuota("bag"), Why.TE_DRUK),
        (SourceFault("bag", status=500), Why.FOUT),
    ],
)
async def test_when_the_source_fails_what_is_older_is_served_and_told(
    error: SourceError, why: Why
) -> None:
    one = worker()
    await one.ask("1", "2", keep=LONG)
    one.world.seconds += 200
    one.world.error = error

    assert len(await one.ask("1", "2", keep=LONG)) == 2
    assert (one.account.stale, one.account.stale_age, one.account.why) == (2, 200.0, why)


@pytest.mark.parametrize(
    "error",
    [
        SourceFault("bag", status=401),
        SourceFault("bag", status=403),
        SourceFault("bag"),
    ],
)
async def test_a_source_that_refuses_us_is_obeyed(error: SourceError) -> None:
    one = worker()
    await one.ask("1", keep=LONG)
    one.world.seconds += 200
    one.world.error = error

    with pytest.raises(SourceFault):
        await one.ask("1", keep=LONG)


async def test_an_older_answer_is_not_served_for_ever() -> None:
    one = worker()
    await one.ask("1", keep=LONG)
    one.world.error = SourceUnreachable("bag")
    one.world.seconds += 361

    with pytest.raises(SourceUnreachable):
        await one.ask("1", keep=LONG)


async def test_an_older_answer_serves_nobody_who_wants_more_of_it() -> None:
    one = worker()
    await one.ask("1", keep=LONG, paths="a")
    one.world.error = SourceUnreachable("bag")
    one.world.seconds += 100

    with pytest.raises(SourceUnreachable):
        await one.ask("1", keep=LONG, paths="a b")


async def test_personal_data_are_never_served_stale() -> None:
    one = worker(policy=Policy(personal={"0999": 120}))
    await one.ask("1", keep=Keep.personal())
    one.world.error = SourceUnreachable("bag")
    one.world.seconds += 121

    with pytest.raises(SourceUnreachable):
        await one.ask("1", keep=Keep.personal())


async def test_what_was_dropped_does_not_stand_in_for_a_source_that_fails() -> None:
    one = alone(World(gate=asyncio.Event()))
    assert one.world.gate is not None
    one.world.gate.set()
    await one.ask("1", keep=LONG)
    one.world.seconds += 100
    one.world.error = SourceUnreachable("bag")
    one.world.gate.clear()
    one.world.entered.clear()
    waiting = asyncio.create_task(one.ask("1", keep=LONG))
    await one.world.entered.wait()
    await one.cache.drop([of_resource("0999", "bag", "ding", "1")])
    one.world.gate.set()

    with pytest.raises(SourceUnreachable):
        await waiting


async def test_who_wants_it_anew_gets_it_anew_and_it_is_kept() -> None:
    one = worker()
    await one.ask("1")
    fresh = await one.ask("1", anew=True)
    after = await one.ask("1")

    assert (fresh["1"]["keer"], after["1"]["keer"]) == (2, 2)
    assert len(one.world.asked) == 2


async def test_who_wants_it_anew_is_not_served_something_older_instead() -> None:
    one = worker()
    await one.ask("1", keep=LONG)
    one.world.error = SourceUnreachable("bag")

    with pytest.raises(SourceUnreachable):
        await one.ask("1", keep=LONG, anew=True)


# ---- at one moment ------------------------------------------------------------------------------


async def test_equal_questions_at_one_moment_are_one_call() -> None:
    one = worker()
    answers = await asyncio.gather(*(one.ask("1", "2") for _ in range(50)))

    assert one.world.asked == [("1", "2")]
    assert all(answer == answers[0] for answer in answers)
    assert one.account.cache_hits == 98


async def test_questions_that_overlap_ask_each_key_once() -> None:
    one = worker()
    first, second = await asyncio.gather(one.ask("1", "2"), one.ask("2", "3"))

    assert one.world.asked == [("1", "2"), ("3",)]
    assert (set(first), set(second)) == ({"1", "2"}, {"2", "3"})


async def test_who_asks_for_more_paths_does_not_wait_for_who_asks_for_less() -> None:
    one = worker()
    await asyncio.gather(one.ask("1", paths="a"), one.ask("1", paths="a b"))

    assert len(one.world.asked) == 2


async def test_a_failure_under_way_is_shared_and_then_forgotten() -> None:
    one = alone(World(error=SourceFault("bag")))
    results = await asyncio.gather(*(one.ask("1") for _ in range(50)), return_exceptions=True)

    assert len(one.world.asked) == 1
    assert all(isinstance(result, SourceFault) for result in results)


async def test_who_leaves_hurts_nobody() -> None:
    one = alone(World(gate=asyncio.Event()))
    assert one.world.gate is not None
    first, second = (asyncio.create_task(one.ask("1")) for _ in range(2))
    await settle()
    first.cancel()
    await settle()
    one.world.gate.set()

    assert "1" in await second
    assert len(one.world.asked) == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_when_all_have_left_the_call_is_cancelled_and_can_be_made_again() -> None:
    one = alone(World(gate=asyncio.Event()))
    assert one.world.gate is not None
    leavers = [asyncio.create_task(one.ask("1")) for _ in range(3)]
    await settle()
    for leaver in leavers:
        leaver.cancel()
    await settle()
    one.world.gate.set()

    assert "1" in await one.ask("1")
    assert len(one.world.asked) == 2


async def test_who_followed_a_call_that_ran_out_of_anothers_time_gets_an_own_call() -> None:
    one = alone(World(gate=asyncio.Event()))
    assert one.world.gate is not None

    async def first_too_late(order: Order[str]) -> Mapping[str, Any]:
        answer = await one.world.load(order)
        if len(one.world.asked) == 1:
            raise SourceTimeout("bag")
        return answer

    leader = asyncio.create_task(one.ask("1", load=first_too_late))
    await settle()
    followers = [asyncio.create_task(one.ask("1", load=first_too_late)) for _ in range(5)]
    await settle()
    one.world.gate.set()

    with pytest.raises(SourceTimeout):
        await leader
    assert all("1" in answer for answer in await asyncio.gather(*followers))
    assert len(one.world.asked) == 2


async def test_a_failure_of_one_tenant_is_not_that_of_another() -> None:
    """Open data are everybody's; the credentials with which they are asked are not."""
    one = worker()
    entered = asyncio.Event()

    async def refused(order: Order[str]) -> dict[str, str]:
        entered.set()
        await asyncio.sleep(0)
        raise SourceFault("bag", status=401)

    other = replace(ANNA, tenant="0998")
    first = asyncio.create_task(one.ask("1", keep=EVERYONE, load=refused))
    await entered.wait()

    assert "1" in await one.ask("1", keep=EVERYONE, scope=other)
    with pytest.raises(SourceFault):
        await first


# ---- dropping -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "gone"),
    [
        (of_resource("0999", "bag", "ding", "1"), {"1"}),
        (of_resource("0999", "bag", "ding", "3"), set()),
        (of_resource("0999", "bag", "zaak", "1"), set()),
        (of_resource("0999", "zaken", "ding", "1"), set()),
        (of_resource("0998", "bag", "ding", "1"), set()),
        (Tag("0999", "bag", *lijst("ding")), set()),
        (of_source("0999", "bag"), {"1", "2"}),
        (of_source("0999", "zaken"), set()),
        (of_tenant("0999"), {"1", "2"}),
        (of_tenant("0998"), set()),
    ],
)
async def test_what_is_dropped_is_asked_again_and_nothing_else(tag: Any, gone: set[str]) -> None:
    one = worker()
    await one.ask("1")
    await one.ask("2")
    dropped = await one.cache.drop([tag])
    await one.ask("1")
    await one.ask("2")

    assert {key for keys in one.world.asked[2:] for key in keys} == gone
    assert (dropped.entries, dropped.workers) == (len(gone), 1)


async def test_what_everyone_shares_is_dropped_by_its_kind() -> None:
    one = worker()
    await one.ask("1", keep=EVERYONE)
    await one.cache.drop([of_tenant("0999"), of_source("0999", "bag")])
    await one.ask("1", keep=EVERYONE)
    assert len(one.world.asked) == 1

    await one.cache.drop([of_source("everyone", "bag")])
    await one.ask("1", keep=EVERYONE)
    assert len(one.world.asked) == 2


async def test_a_person_is_erased_also_from_what_does_not_say_about_whom_it_is() -> None:
    one = worker()
    named = replace(QUESTION, subjects=lambda key, value: [value["bsn"]] if value else [])

    async def load(order: Order[str]) -> Mapping[str, Any]:
        one.world.asked.append(tuple(order.keys))
        return {key: {"bsn": f"99999001{key}"} for key in order.keys}

    async def ask_all() -> None:
        for key in ("1", "2"):
            await one.ask(key, keep=Keep.personal(), question=named, load=load)
        await one.ask("3", keep=Keep.case(), load=load)
        await one.ask("4", keep=TENANT, load=load)

    await ask_all()
    await one.cache.drop(of_person("0999", ["bag"], "999990011"))
    one.world.asked.clear()
    await ask_all()

    assert one.world.asked == [("1",), ("3",)]


async def test_a_person_is_erased_also_from_an_answer_about_another() -> None:
    """A partner or a child, whom the answer names and nobody asked about."""
    one = worker()
    about = replace(QUESTION, subjects=lambda key, value: [key])

    async def load(order: Order[str]) -> Mapping[str, Any]:
        one.world.asked.append(tuple(order.keys))
        partners = [{"bsn": "999990056", "naam": {"voornamen": "Piet"}}]
        return {key: {"bsn": key, "partners": partners} for key in order.keys}

    for _ in range(2):
        await one.ask("999990019", keep=Keep.personal(), question=about, load=load)
        await one.cache.drop(of_person("0999", ["bag"], "999990056"))

    assert one.world.asked == [("999990019",), ("999990019",)]


async def test_what_began_first_and_ends_last_does_not_replace_what_is_newer() -> None:
    one = alone(World(gate=asyncio.Event()))
    gate = one.world.gate
    assert gate is not None
    slow = asyncio.create_task(one.ask("1"))
    await one.world.entered.wait()
    one.world.gate, one.world.seconds = None, one.world.seconds + 5
    newer = await one.ask("1", anew=True)
    gate.set()
    await slow

    assert await one.ask("1") == newer


@pytest.mark.parametrize("keep", [TENANT, Keep.case()])
async def test_other_credentials_are_another_question(keep: Keep) -> None:
    one = worker()
    for known_as in ("eerst", "daarna"):
        await one.ask("1", keep=keep, question=replace(QUESTION, known_as=known_as))

    assert len(one.world.asked) == 2


async def test_what_everyone_shares_is_of_no_credentials() -> None:
    one = worker()
    for known_as in ("eerst", "daarna"):
        await one.ask("1", keep=EVERYONE, question=replace(QUESTION, known_as=known_as))

    assert len(one.world.asked) == 1


async def test_what_is_under_way_when_it_is_dropped_is_not_kept() -> None:
    one = alone(World(gate=asyncio.Event()))
    assert one.world.gate is not None
    waiting = asyncio.create_task(one.ask("1"))
    await one.world.entered.wait()
    await one.cache.drop([of_resource("0999", "bag", "ding", "1")])
    one.world.gate.set()
    assert "1" in await waiting
    await one.ask("1")

    assert len(one.world.asked) == 2


async def test_what_is_under_way_is_kept_when_something_else_is_dropped() -> None:
    one = alone(World(gate=asyncio.Event()))
    assert one.world.gate is not None
    waiting = asyncio.create_task(one.ask("1"))
    await one.world.entered.wait()
    await one.cache.drop([of_resource("0999", "bag", "ding", "2")])
    one.world.gate.set()
    await waiting
    await one.ask("1")

    assert len(one.world.asked) == 1


async def test_who_asks_after_a_drop_does_not_follow_a_call_of_before() -> None:
    one = alone(World(gate=asyncio.Event()))
    assert one.world.gate is not None
    before = asyncio.create_task(one.ask("1"))
    await one.world.entered.wait()
    await one.cache.drop([of_resource("0999", "bag", "ding", "1")])
    after = asyncio.create_task(one.ask("1"))
    await settle()
    one.world.gate.set()

    assert ((await before)["1"]["keer"], (await after)["1"]["keer"]) == (1, 2)
    assert (await one.ask("1"))["1"]["keer"] == 2


async def test_what_cannot_be_dropped_is_not_kept() -> None:
    """An answer whose tags cannot be told, or are too many."""
    one = worker()
    for parts in (
        lambda key, value: [][0],
        lambda key, value: [("x", str(n)) for n in range(1_001)],
        lambda key, value: [("x", value["keer"] / 2)],
    ):
        for _ in range(2):
            assert "1" in await one.ask("1", question=replace(QUESTION, parts=parts))

    assert len(one.world.asked) == 6


async def test_a_tag_tells_nobody_what_it_is() -> None:
    tags = [of_subject("0999", "brp", "999990019"), of_resource("0999", "zaken", "zaak", "x-y")]

    assert [repr(tag) for tag in tags] == ["Tag(subject)", "Tag(resource:zaak)"]


# ---- along, whole answers, what is seen ---------------------------------------------------------


async def test_what_came_along_is_kept_as_its_own_read_allows() -> None:
    one = worker()
    other = replace(QUESTION, name="bag.pand")

    async def load(order: Order[str]) -> Mapping[str, Any]:
        objects = {"7": {"pand": 7}, "8": None}
        assert await one.cache.along(ANNA, TENANT, other, objects, order)
        assert not await one.cache.along(ANNA, Keep.request(DataClass.OPEN), other, objects, order)
        return await one.world.load(order)

    await one.ask("1", load=load)

    assert await one.ask("7", question=other) == {"7": {"pand": 7}}
    assert one.world.asked == [("1",)]


async def test_what_came_along_with_a_call_of_before_a_drop_is_not_kept() -> None:
    one = worker()
    other = replace(QUESTION, name="bag.pand")

    async def load(order: Order[str]) -> Mapping[str, Any]:
        await one.cache.drop([of_resource("0999", "bag", "ding", "7")])
        await one.cache.along(ANNA, TENANT, other, {"7": {"pand": 7}}, order)
        return await one.world.load(order)

    await one.ask("1", load=load)
    await one.ask("7", question=other)

    assert one.world.asked == [("1",), ("7",)]


async def test_what_came_along_is_dropped_by_its_own_tags_only() -> None:
    """Though a page and what came along with it, also of another source, name the same things."""
    one = worker()
    other = replace(QUESTION, name="bag.pand")
    elsewhere = replace(other, source="kadaster")

    async def load(order: Order[str]) -> Mapping[str, Any]:
        for question in (other, elsewhere):
            await one.cache.along(ANNA, TENANT, question, {"7": {"ding": 7}}, order)
        return await one.world.load(order)

    await one.ask("7", load=load)
    await one.cache.drop([of_resource("0999", "bag", "ding", "7")])
    for question in (QUESTION, other, elsewhere):
        await one.ask("7", question=question)

    assert one.world.asked == [("7",), ("7",), ("7",)]


async def test_what_one_load_brings_is_kept_in_one_go(caplog: pytest.LogCaptureFixture) -> None:
    """However many keys: the layers of aiocache are gone through once."""
    caplog.set_level("DEBUG", "aiocache")
    one = worker()
    await one.ask(*map(str, range(100)))

    assert len(caplog.records) == 1
    assert len(await one.ask("7", "99")) == 2
    assert len(one.world.asked) == 1


async def test_a_load_can_say_that_it_is_not_to_be_kept() -> None:
    one = worker()

    async def load(order: Order[str]) -> Mapping[str, Any]:
        order.tape.keepable = False
        return await one.world.load(order)

    for _ in range(2):
        await one.ask("1", load=load)

    assert len(one.world.asked) == 2


async def test_a_whole_answer_is_dropped_with_its_parts() -> None:
    one = worker()
    account = Account()
    since = one.cache.moment()
    await one.ask("1", account=account)
    assert await one.cache.keep_whole(
        "k", b"{}", size=2, tags=account.tags, fresh_until=account.fresh_until, since=since
    )
    assert one.cache.whole("k") == b"{}"
    assert account.fresh_until == one.world.seconds + 60

    await one.cache.drop([of_resource("0999", "bag", "ding", "1")])
    assert one.cache.whole("k") is None
    assert not await one.cache.keep_whole(
        "k", b"{}", size=2, tags=account.tags, fresh_until=account.fresh_until, since=since
    )


async def test_a_whole_answer_lasts_no_longer_than_its_first_part() -> None:
    one = worker()
    await one.cache.keep_whole(
        "k", b"x", size=1, tags=frozenset(), fresh_until=one.world.seconds + 5, since=0
    )
    one.world.seconds += 4.9
    assert one.cache.whole("k") == b"x"

    one.world.seconds += 0.2
    assert one.cache.whole("k") is None


async def test_an_account_tells_what_an_answer_was_made_of() -> None:
    one = worker()
    account = Account()
    await one.ask("1", account=account, keep=EVERYONE)
    circles = [account.between]
    one.world.seconds += 5
    await one.ask("2", account=account)
    circles.append(account.between)
    assert account.classes == {DataClass.OPEN, DataClass.REFERENCE}
    assert account.fresh_until == one.world.seconds + 55
    assert len(account.tags) == 6

    await one.ask("3", account=account, keep=Keep.request(DataClass.PERSONAL))
    assert [*circles, account.between] == [Sharing.EVERYONE, Sharing.TENANT, Sharing.REQUEST]


async def test_what_is_kept_is_shown_without_what_is_in_it() -> None:
    one = worker()
    await one.ask("1", "2", keep=Keep.case())
    one.world.seconds += 3
    await one.ask("3", keep=TENANT)
    found = await one.cache.show({"0999": ["bag", "zaken"]})

    assert [(each.data, each.entries, each.oldest) for each in found] == [
        (DataClass.CASE, 2, 3.0),
        (DataClass.REFERENCE, 1, 0.0),
    ]
    assert all(each.size > 0 for each in found)


async def test_workers_without_redis_hear_themselves() -> None:
    one = worker()
    heard: list[bytes] = []
    stop = one.cache.subscribe("x", heard.append)
    await one.cache.publish("x", b"1")
    await one.cache.publish("y", b"2")
    stop()
    await one.cache.publish("x", b"3")

    assert heard == [b"1"]


# ---- memory -------------------------------------------------------------------------------------


async def test_no_timers_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[object] = []
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "call_later", lambda *given, **_: timers.append(given))
    monkeypatch.setattr(loop, "call_at", lambda *given, **_: timers.append(given))
    one = worker(memory_bytes=100_000)
    for number in range(500):
        await one.ask(str(number))

    assert timers == []


async def test_the_least_recently_asked_is_asked_again() -> None:
    one = worker(memory_bytes=7_000)  # room for three
    for key in "1231":
        await one.ask(key)
    await one.ask("4")
    one.world.asked.clear()
    await one.ask("1")
    await one.ask("2")

    assert one.world.asked == [("2",)]


async def test_what_a_caller_makes_long_is_counted() -> None:
    """The arguments and the paths take room too, however little is found."""
    one = worker(memory_bytes=200_000)
    long = replace(QUESTION, arguments="x" * 50_000)
    wide = replace(QUESTION, paths=frozenset(f"pad{at}" for at in range(500)))
    for question in (long, wide):
        for key in "abcdefgh":
            await one.ask(key, question=replace(question, name=key))
        one.world.asked.clear()
        await one.ask("a", question=replace(question, name="a"))

        assert one.world.asked == [("a",)]


async def test_a_cache_without_room_keeps_nothing() -> None:
    one = worker(memory_bytes=0)
    await one.ask("1")
    await one.ask("1")

    assert len(one.world.asked) == 2


async def test_what_is_cleared_is_gone() -> None:
    one = worker()
    await one.ask("1")
    await one.cache.clear()
    await one.ask("1")

    assert len(one.world.asked) == 2


async def test_what_has_ended_is_swept_away() -> None:
    one = worker()
    await one.ask("1", keep=LONG)
    one.world.seconds += 359
    one.cache.sweep()
    assert len(await one.cache.show({"0999": ["bag"]})) == 1

    one.world.seconds += 2
    one.cache.sweep()
    assert await one.cache.show({"0999": ["bag"]}) == []


async def test_closing_stops_what_is_under_way() -> None:
    one = alone(World(gate=asyncio.Event()))
    waiting = asyncio.create_task(one.ask("1"))
    await settle()
    await one.cache.aclose()

    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_switch_of_aiocache_turns_keeping_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIOCACHE_DISABLE", "1")
    one = worker()
    await one.ask("1")

    assert "1" in await one.ask("1")
    assert len(one.world.asked) == 2


async def test_no_log_tells_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    one = worker()
    await one.ask("999990019")
    await one.cache.drop(of_person("0999", ["bag"], "999990019"))

    assert "SET" in caplog.text
    assert "999990019" not in caplog.text


def test_no_two_questions_are_written_alike() -> None:
    keys = [
        "1",
        1,
        True,
        None,
        "True",
        "None",
        ("1",),
        (("1",),),
        ("1", ""),
        ("", "1"),
        ("11",),
        "",
    ]
    commons = [("a", "b"), ("ab", ""), ("a", "b", ""), ("", "ab")]
    made = {Fingerprints(b"s", common).of(key) for common in commons for key in keys}

    assert len(made) == len(keys) * len(commons)
    assert Fingerprints(b"t", commons[0]).of("1") not in made


def test_a_key_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        Fingerprints(b"s", ()).of(1.5)
