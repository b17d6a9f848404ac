"""Several workers and one real Valkey: what they share, and how nothing outlives its drop."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gateway.source.envelope import MasterKey
from gateway.source.errors import SourceFault, SourceTimeout, SourceUnreachable
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.ledger import Account, Why
from gateway.source.policy import CAPS
from gateway.source.question import Order
from gateway.source.tags import Tag, lijst, of_person, of_resource, of_source, of_tenant
from gateway.source.withheld import Withheld
from tests.certificates import certificate, serving
from tests.paths import ROOT
from tests.source.workers import (
    ANNA,
    EVERYONE,
    KEYS,
    QUESTION,
    SECRET,
    TENANT,
    World,
    settle,
    together,
    until,
    working,
)
from tests.tcp_proxy import proxy
from tests.valkey import Valkey

pytestmark = pytest.mark.anyio

DING = of_resource("0999", "bag", "ding", "1")
LONG = Keep.shared(
    DataClass.REFERENCE, Sharing.TENANT, fresh=60, stale_while_revalidate=30, stale_if_error=300
)
BSN = "999990019"


async def keys_of(server: Valkey) -> list[bytes]:
    """Every key that lies there."""
    client = server.client()
    try:
        found: Any = await client.keys("*")
        return sorted(found)
    finally:
        await client.aclose()


async def test_what_one_worker_asked_another_need_not(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        first = await one.ask("1", "2")
        await one.cache.settled()
        world.seconds += 10
        second = await two.ask("1", "2", "3")
        await two.ask("1", "2", "3")

    assert second == first | {"3": {"sleutel": "3", "keer": 2}}
    assert world.asked == [("1", "2"), ("3",)]
    assert two.account == Account(keys=1, cache_hits=5, oldest_age=10.0, between=Sharing.TENANT)


async def test_it_is_kept_across_a_worker_that_is_started_anew(server: Valkey) -> None:
    world = World()
    for _ in range(2):
        one = together(world, server.url)
        async with working(one):
            await one.ask("1")
            await one.cache.settled()

    assert world.asked == [("1",)]


@pytest.mark.parametrize(
    "between", [Sharing.EVERYONE, Sharing.TENANT, Sharing.PURPOSE, Sharing.PRINCIPAL]
)
async def test_a_circle_is_as_wide_outside_as_in_memory(server: Valkey, between: Sharing) -> None:
    keep = Keep.shared(DataClass.OPEN, between, fresh=60)
    others = [{"principal": "y"}, {"purpose": "x"}, {"tenant": "0998"}]
    narrowest = [Sharing.PURPOSE, Sharing.TENANT, Sharing.EVERYONE]
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1", keep=keep)
        await one.cache.settled()
        shared = []
        for scope in (ANNA, *(replace(ANNA, **other) for other in others)):
            before = len(world.asked)
            await two.ask("1", keep=keep, scope=scope)
            shared.append(len(world.asked) == before)

    wide = narrowest.index(between) + 1 if between in narrowest else 0
    assert shared == [True, *(number < wide for number in range(3))]


async def test_a_thousand_equal_questions_on_four_workers_are_one_call(server: Valkey) -> None:
    world = World(gate=asyncio.Event())
    assert world.gate is not None
    workers = [together(world, server.url) for _ in range(4)]
    async with working(*workers):
        asking = [
            asyncio.create_task(worker.ask("1", "2")) for worker in workers for _ in range(250)
        ]
        await world.entered.wait()
        await asyncio.sleep(0.1)
        world.gate.set()
        answers = await asyncio.gather(*asking)

    assert world.asked == [("1", "2")]
    assert all(answer == answers[0] for answer in answers)


async def test_a_failure_is_shared_by_those_who_waited_for_it_and_then_forgotten(
    server: Valkey,
) -> None:
    world = World(gate=asyncio.Event(), error=SourceUnreachable("bag"))
    assert world.gate is not None
    workers = [together(world, server.url) for _ in range(3)]
    async with working(*workers):
        asking = [asyncio.create_task(worker.ask("1")) for worker in workers for _ in range(10)]
        await world.entered.wait()
        await asyncio.sleep(0.1)
        world.gate.set()
        results = await asyncio.gather(*asking, return_exceptions=True)
        assert len(world.asked) == 1
        assert all(isinstance(result, SourceUnreachable) for result in results)

        world.error = None
        assert "1" in await workers[0].ask("1")


async def test_a_failure_across_workers_keeps_its_status(server: Valkey) -> None:
    world = World(gate=asyncio.Event(), error=SourceFault("bag", status=403))
    assert world.gate is not None
    workers = [together(world, server.url) for _ in range(2)]
    async with working(*workers):
        asking = [asyncio.create_task(worker.ask("1")) for worker in workers]
        await world.entered.wait()
        await asyncio.sleep(0.1)
        world.gate.set()
        results = await asyncio.gather(*asking, return_exceptions=True)

    assert [(type(each), each.status) for each in results if isinstance(each, SourceFault)] == [
        (SourceFault, 403), (SourceFault, 403),
    ]  # fmt: skip
    assert len(world.asked) == 1


async def test_who_waited_for_a_worker_that_ran_out_of_its_time_asks_itself(
    server: Valkey,
) -> None:
    world = World(gate=asyncio.Event())
    assert world.gate is not None
    one, two = together(world, server.url), together(world, server.url)

    async def too_late(order: Order[str]) -> Mapping[str, Any]:
        await world.load(order)
        raise SourceTimeout("bag")

    async with working(one, two):
        leader = asyncio.create_task(one.ask("1", load=too_late))
        await world.entered.wait()
        follower = asyncio.create_task(two.ask("1"))
        await asyncio.sleep(0.1)
        world.gate.set()
        with pytest.raises(SourceTimeout):
            await leader
        assert "1" in await follower


async def test_a_worker_whose_askers_all_left_makes_nobody_wait(server: Valkey) -> None:
    world = World(gate=asyncio.Event())
    assert world.gate is not None
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        leaver = asyncio.create_task(one.ask("1"))
        await world.entered.wait()
        leaver.cancel()
        await asyncio.gather(leaver, return_exceptions=True)
        await one.cache.settled()
        world.gate.set()
        async with asyncio.timeout(2):
            assert "1" in await two.ask("1")


async def test_only_one_worker_asks_anew_what_is_a_little_old(server: Valkey) -> None:
    world = World()
    workers = [together(world, server.url) for _ in range(3)]
    async with working(*workers):
        for worker in workers:
            await worker.ask("1", keep=LONG)
            await worker.cache.settled()
        world.seconds += 70
        world.gate = asyncio.Event()
        world.entered.clear()
        stale = [await worker.ask("1", keep=LONG) for worker in workers]
        await world.entered.wait()
        await asyncio.sleep(0.1)
        world.gate.set()
        await asyncio.gather(*(worker.cache.settled() for worker in workers))

    assert [each["1"]["keer"] for each in stale] == [1, 1, 1]
    assert len(world.asked) == 2
    assert all(worker.account.why is Why.VERVERST for worker in workers)


async def test_many_things_are_looked_for_outside_at_once(server: Valkey) -> None:
    """What is there is taken, what is not is asked for; and it was looked for once."""
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    keep = Keep.case()  # nobody takes turns for what is one caller's
    async with working(one, two):
        await one.ask("1", "2", "3", keep=keep)
        await one.cache.settled()
        before = await server.scripts_run()
        world.seconds += 10
        found = await two.ask_together("1", "2", "3", "4", "5", keep=keep)
        await two.cache.settled()
        after = await server.scripts_run()

    assert list(found) == ["1", "2", "3", "4", "5"]
    assert world.asked == [("1", "2", "3"), ("4",), ("5",)]
    assert after - before == 3  # to look for all, and to store each of the two
    assert (two.account.keys, two.account.cache_hits, two.account.oldest_age) == (2, 3, 10.0)


async def test_no_more_is_looked_for_at_once_than_comes_in_time(server: Valkey) -> None:
    """What is large is there as well, but comes in two goes."""
    world = World(more=600_000 * "x")
    one, two = together(world, server.url), together(world, server.url)
    keep = Keep.case()  # nobody takes turns for what is one caller's
    async with working(one, two):
        await one.ask("1", "2", "3", "4", "5", keep=keep)
        await one.cache.settled()
        before = await server.scripts_run()
        found = await two.ask_together("1", "2", "3", "4", "5", keep=keep)
        after = await server.scripts_run()

    assert list(found) == ["1", "2", "3", "4", "5"]
    assert len(world.asked) == 1
    assert after - before == 2  # three things, and two
    assert (two.account.keys, two.account.cache_hits) == (0, 5)


async def test_what_is_a_little_old_outside_is_found_among_many(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1", "2", keep=LONG)
        await one.cache.settled()
        world.seconds += 70
        stale = await two.ask_together("1", "2", keep=LONG)
        await two.cache.settled()
        fresh = await two.ask_together("1", "2", keep=LONG)

    assert [each["keer"] for each in stale.values()] == [1, 1]
    assert sorted(each["keer"] for each in fresh.values()) == [2, 3]
    assert two.account.stale == 2


async def test_what_is_dropped_while_many_are_looked_for_is_not_served(server: Valkey) -> None:
    """What began before a drop in another worker and was seen outside before it, is not stored."""
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    keep = Keep.case()
    async with working(one, two):
        world.gate = asyncio.Event()
        asking = asyncio.create_task(two.ask_together("1", "2", keep=keep))
        await world.entered.wait()
        await one.cache.drop([of_resource("0999", "bag", "ding", "1")])
        world.gate.set()
        await asking
        await two.cache.settled()
        await one.ask_together("1", "2", keep=keep)

    assert world.asked == [("1",), ("2",), ("1",)]


async def test_who_followed_a_call_that_ran_out_of_its_time_looks_outside_again(
    server: Valkey,
) -> None:
    """What was seen there of many things is of before."""
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    keep = Keep.case()
    entered, over = asyncio.Event(), asyncio.Event()

    async def too_slow(order: Order[str]) -> Mapping[str, Any]:
        entered.set()
        await over.wait()
        raise SourceTimeout("bag")

    async with working(one, two):
        account = Account()
        _, seen = await two.cache.kept(ANNA, keep, QUESTION, ["1", "2"], account)
        first = asyncio.create_task(two.ask("1", keep=keep, load=too_slow))
        await entered.wait()
        second = asyncio.create_task(
            two.cache.through(
                ANNA, keep, QUESTION, keys=["1"], load=world.load, account=account, seen=seen
            )
        )
        await settle()
        await one.ask("1", keep=keep)
        await one.cache.settled()
        over.set()
        with pytest.raises(SourceTimeout):
            await first
        found = await second

    assert found == {"1": {"sleutel": "1", "keer": 1}}
    assert world.asked == [("1",)]


async def test_who_finds_it_a_little_old_outside_is_served_it_too(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1", keep=LONG)
        await one.cache.settled()
        world.seconds += 70
        stale = await two.ask("1", keep=LONG)
        await two.cache.settled()
        fresh = await two.ask("1", keep=LONG)

    assert (stale["1"]["keer"], fresh["1"]["keer"]) == (1, 2)
    assert two.account.stale == 1


async def test_what_lies_outside_stands_in_for_a_source_that_fails(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1", keep=LONG)
        await one.cache.settled()
        world.seconds += 100
        world.error = SourceUnreachable("bag")
        assert "1" in await two.ask("1", keep=LONG)

    assert (two.account.stale, two.account.why) == (1, Why.ONBEREIKBAAR)


async def test_a_wider_question_widens_what_lies_outside(server: Valkey) -> None:
    widening = replace(QUESTION, widens=True)
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1", question=widening, paths="a b")
        await one.cache.settled()
        await two.ask("1", question=widening, paths="b c")
        await two.cache.settled()
        await one.ask("1", question=widening, paths="c")
        await one.ask("1", question=widening, paths="a b c")

    assert [order.wider for order in world.orders] == [frozenset(), frozenset({"a"})]


async def test_who_wants_it_anew_uses_nothing_that_lies_outside(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1")
        await one.cache.settled()
        fresh = await two.ask("1", anew=True)
        await two.cache.settled()
        await one.cache.clear()
        after = await one.ask("1")

    assert (fresh["1"]["keer"], after["1"]["keer"]) == (2, 2)


async def test_not_found_is_known_by_all_workers(server: Valkey) -> None:
    world = World(absent=frozenset({"9"}))
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("9")
        await one.cache.settled()
        assert await two.ask("9") == {}

    assert len(world.asked) == 1


# ---- dropping -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", [DING, of_source("0999", "bag"), of_tenant("0999")])
async def test_a_drop_reaches_redis_and_every_worker(server: Valkey, tag: Any) -> None:
    world = World()
    workers = [together(world, server.url) for _ in range(3)]
    async with working(*workers):
        for worker in workers:
            await worker.ask("1")
            await worker.cache.settled()
        dropped = await workers[1].cache.drop([tag])
        world.asked.clear()
        answers = [await worker.ask("1") for worker in workers]

    assert dropped.workers == 3
    assert [each["1"]["keer"] for each in answers] == [1, 1, 1]  # counted anew: none of before
    assert len(world.asked) == 1


async def test_a_drop_leaves_the_rest(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1", "2")
        await one.cache.settled()
        await two.ask("1", "2")
        await one.cache.drop([of_resource("0999", "bag", "ding", "1")])
        world.asked.clear()
        await two.ask("1", "2")

    assert world.asked == [("1",)]


async def test_nothing_of_what_was_erased_is_left_in_redis(server: Valkey) -> None:
    world = World()
    one = together(world, server.url)
    named = replace(QUESTION, subjects=lambda key, value: [BSN])
    async with working(one):
        await one.ask("1", keep=Keep.personal(), question=named)
        await one.ask("2", keep=Keep.case())
        await one.cache.settled()
        dropped = await one.cache.drop(of_person("0999", ["bag"], BSN))
        left = [key for key in await keys_of(server) if b":e:" in key]

    assert dropped.entries == 4  # each in memory and in Redis
    assert left == []


async def test_what_was_loaded_before_a_drop_elsewhere_is_kept_nowhere(server: Valkey) -> None:
    world = World(gate=asyncio.Event())
    assert world.gate is not None
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        loading = asyncio.create_task(one.ask("1"))
        await world.entered.wait()
        await two.cache.drop([DING])
        world.gate.set()
        assert (await loading)["1"]["keer"] == 1
        await one.cache.settled()
        assert [key for key in await keys_of(server) if b":e:" in key] == []

        assert (await one.ask("1"))["1"]["keer"] == 2
        await one.cache.settled()
        assert (await two.ask("1"))["1"]["keer"] == 2


async def test_what_began_first_elsewhere_does_not_replace_what_is_newer(server: Valkey) -> None:
    gate = asyncio.Event()
    slow, fast, third = (together(World(), server.url) for _ in range(3))
    slow.world.gate = gate
    fast.world.seconds += 1
    async with working(slow, fast, third):
        asking = asyncio.create_task(slow.ask("1", anew=True))
        await slow.world.entered.wait()
        await fast.ask("0")
        newer = await fast.ask("1", anew=True)
        await fast.cache.settled()
        gate.set()
        await asking
        await slow.cache.settled()

        assert await third.ask("1") == newer


async def test_what_was_loaded_before_a_drop_of_something_else_is_kept(server: Valkey) -> None:
    world = World(gate=asyncio.Event())
    assert world.gate is not None
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        loading = asyncio.create_task(one.ask("1"))
        await world.entered.wait()
        await two.cache.drop([Tag("0999", "bag", *lijst("dingen"))])
        world.gate.set()
        await loading
        await one.cache.settled()
        await two.ask("1")

    assert len(world.asked) == 1


async def test_a_large_part_is_dropped_in_small_steps(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    many = [str(number) for number in range(2_500)]
    async with working(one, two):
        for start in range(0, len(many), 500):
            await one.ask(*many[start : start + 500])
            await one.cache.settled()
        dropped = await two.cache.drop([of_source("0999", "bag")])
        left = await keys_of(server)

    assert dropped.entries == 2_500
    assert [key for key in left if b":e:" in key or b":x:" in key] == []


async def test_an_index_that_was_evicted_takes_its_entries_along(server: Valkey) -> None:
    """What could no longer be dropped may not be served."""
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1")
        await one.cache.settled()
        client = server.client()
        indices = await client.keys("*:i:*")
        await client.delete(indices[0])
        await client.aclose()
        await two.ask("1")

    assert len(world.asked) == 2


async def test_a_generation_that_was_evicted_lets_nothing_be_stored(server: Valkey) -> None:
    world = World(gate=asyncio.Event())
    assert world.gate is not None
    one = together(world, server.url)
    async with working(one):
        loading = asyncio.create_task(one.ask("1"))
        await world.entered.wait()
        client = server.client()
        await client.delete(*await client.keys("*:g"))
        await client.aclose()
        world.gate.set()
        await loading
        await one.cache.settled()

        assert [key for key in await keys_of(server) if b":e:" in key] == []


# ---- what lies there ----------------------------------------------------------------------------


async def test_nothing_personal_can_be_read_there_and_every_key_has_an_end(
    server: Valkey, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    world = World()
    one = together(world, server.url)

    async def load(order: Order[str]) -> Mapping[str, Any]:
        return {key: {"burgerservicenummer": key, "naam": "Merckx"} for key in order.keys}

    async with working(one):
        named = replace(QUESTION, subjects=lambda key, value: [key])
        await one.ask(BSN, keep=Keep.personal(), question=named, load=load)
        await one.cache.settled()
        await one.cache.drop([of_resource("0999", "bag", "ding", "x")])
        await one.ask("2", load=load, keep=EVERYONE)
        await one.cache.settled()
        client = server.client()
        found: list[bytes] = []
        lying: Any = await client.keys("*")
        for key in lying:
            kind = await client.type(key)
            content: Any
            if kind == b"hash":
                content = await client.hgetall(key)
            elif kind == b"zset":
                content = await client.zrange(key, 0, -1)
            else:
                content = await client.get(key)
            found.append(key + repr(content).encode())
            assert 0 < await client.pttl(key) <= 86_400_000
        await client.aclose()

    assert len(found) > 6
    everything = b"\n".join(found) + caplog.text.encode()
    for secret in (BSN.encode(), b"Merckx", b"0999", b"klantcontact", b"anna", b"bag.adres"):
        assert secret not in everything


@pytest.mark.parametrize("keep", [Keep.personal(), Keep.case(), TENANT, EVERYONE, LONG])
async def test_no_entry_lives_longer_there_than_its_class_allows(
    server: Valkey, keep: Keep
) -> None:
    one = together(World(), server.url)
    async with working(one):
        await one.ask("1", keep=keep)
        await one.cache.settled()
        client = server.client()
        (entry,) = await client.keys("*:e:*")
        left = await client.pttl(entry)
        await client.aclose()

    longest = keep.fresh + max(keep.stale_while_revalidate, keep.stale_if_error)
    assert 0 < left <= 1_000 * longest
    cap = CAPS[keep.data].oldest if keep.data is not DataClass.PERSONAL else 300
    assert longest <= cap


async def test_what_was_moved_or_changed_there_is_not_read(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1")
        await one.ask("2")
        await one.cache.settled()
        client = server.client()
        first, second = await client.keys("*:e:*")
        await client.hset(first, "v", await client.hget(second, "v"))
        await client.hset(second, "v", b"\x01\x03een" + b"x" * 100)
        await client.aclose()
        answers = await two.ask("1", "2")

    assert {key: value["sleutel"] for key, value in answers.items()} == {"1": "1", "2": "2"}
    assert len(world.asked) == 3


async def test_what_is_not_plain_json_stays_within_the_process(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)

    async def load(order: Order[str]) -> Mapping[str, Any]:
        world.asked.append(tuple(order.keys))
        return {key: {"naam": Withheld("objecten")} for key in order.keys}

    async with working(one, two):
        for worker in (one, one, two):
            answer = await worker.ask("1", load=load)
            await worker.cache.settled()
            assert answer == {"1": {"naam": Withheld("objecten")}}

    assert len(world.asked) == 2


async def test_a_very_large_answer_stays_within_the_process(server: Valkey) -> None:
    world = World(more="x" * 1_000_001)
    one = together(world, server.url)
    async with working(one):
        await one.ask("1")
        await one.ask("1")
        await one.cache.settled()
        assert [key for key in await keys_of(server) if b":e:" in key] == []

    assert len(world.asked) == 1


async def test_a_new_key_seals_and_the_old_one_still_opens(server: Valkey) -> None:
    new = MasterKey("twee", b"2" * 32)
    world = World()
    old, both = together(world, server.url), together(world, server.url, keys=(new, *KEYS))
    only_new = together(world, server.url, keys=(new,))
    async with working(old):
        await old.ask("1")
        await old.cache.settled()
    async with working(both):
        await both.ask("1")
        await both.ask("2")
        await both.cache.settled()
        assert len(world.asked) == 2
    async with working(only_new):
        await only_new.ask("2")
        assert len(world.asked) == 2
        await only_new.ask("1")
        assert len(world.asked) == 3


async def test_another_gateway_in_the_same_redis_sees_nothing(server: Valkey) -> None:
    world = World()
    one = together(world, server.url)
    other = together(world, server.url, secret=b"t" * 32)
    other.cache._secret = b"t" * 32
    async with working(one, other):
        await one.ask("1")
        await one.cache.settled()
        await other.ask("1")

    assert len(world.asked) == 2
    assert SECRET != b"t" * 32


async def test_what_is_kept_is_shown_by_any_worker(server: Valkey) -> None:
    world = World()
    one, two = together(world, server.url), together(world, server.url)
    async with working(one, two):
        await one.ask("1", "2", keep=Keep.case())
        await one.cache.settled()
        world.seconds += 5
        found = await two.cache.show({"0999": ["bag"], "0998": ["bag"]})

    assert [(each.tenant, each.source, each.data, each.entries, each.oldest) for each in found] == [
        ("0999", "bag", DataClass.CASE, 2, 5.0)
    ]
    assert found[0].size > 200


async def test_messages_reach_every_worker(server: Valkey) -> None:
    one, two = together(World(), server.url), together(World(), server.url)
    heard: list[tuple[int, bytes]] = []
    async with working(one, two):
        one.cache.subscribe("zaak", lambda message: heard.append((0, message)))
        two.cache.subscribe("zaak", lambda message: heard.append((1, message)))
        await one.cache.publish("zaak", b"\x00\xff")
        await one.cache.publish("anders", b"x")
        await until(lambda: len(heard) == 2)
        await settle()

    assert sorted(heard) == [(0, b"\x00\xff"), (1, b"\x00\xff")]


async def test_the_switch_of_aiocache_turns_redis_off(
    server: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIOCACHE_DISABLE", "1")
    world = World()
    one = together(world, server.url)
    await one.cache.open()
    for _ in range(2):
        assert "1" in await one.ask("1")
    await one.cache.settled()
    await one.cache.aclose()

    assert len(world.asked) == 2
    assert await keys_of(server) == []


# ---- the way there ------------------------------------------------------------------------------


async def test_a_user_with_the_rights_that_the_guide_names_can_do_everything(
    server: Valkey,
) -> None:
    guide = (ROOT / "docs" / "cache.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^user bronpoort on >wachtwoord (.+)$", guide, re.MULTILINE)
    client: Any = server.client()
    run = client.execute_command
    await run("ACL", "SETUSER", "bronpoort", "on", ">wachtwoord", *line.split())
    await run("ACL", "LOG", "RESET")
    url = f"redis://bronpoort:wachtwoord@127.0.0.1:{server.port}/0"
    world, states = World(), list[str]()
    one, two = (together(world, url, report=states.append) for _ in range(2))
    many = [str(number) for number in range(1_500)]
    async with working(one, two):
        for worker in (one, two):
            await worker.ask("1", keep=LONG)
            await worker.cache.settled()
        await two.cache.drop([DING])
        assert await two.cache.show({"0999": ["bag"]}) == []
        await one.ask(*many)
        await one.cache.settled()
        await one.cache.drop([of_tenant("0999")])
        world.error = SourceUnreachable("bag")
        with pytest.raises(SourceUnreachable):
            await one.ask("1")
        await one.cache.settled()
    refused = await run("ACL", "LOG")
    await run("ACL", "DELUSER", "bronpoort")
    await client.aclose()

    assert (refused, states) == ([], [])


async def test_redis_is_trusted_under_the_given_authority_only(
    server: Valkey, tmp_path: Path
) -> None:
    ours, other = certificate(tmp_path, "ours"), certificate(tmp_path, "other")
    async with proxy(server.port, serving(ours)) as between:
        url = server.at(between.port).replace("redis://", "rediss://")
        world = World()
        one = together(world, url, ca=ours[0])
        async with working(one), asyncio.timeout(10):
            while not any(b":e:" in key for key in await keys_of(server)):
                await one.ask(str(len(world.asked)))  # a busy machine may be too late to keep one
                await one.cache.settled()
        asked = len(world.asked)

        stranger = together(world, url, ca=other[0])
        await stranger.cache.open()
        try:
            assert "0" in await stranger.ask("0")
            assert not stranger.cache.trusted
        finally:
            await stranger.cache.aclose()

    assert len(world.asked) == asked + 1
