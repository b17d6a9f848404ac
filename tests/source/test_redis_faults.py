"""Redis slow, hanging, full, restarted or gone: no failure, no lasting delay, nothing served that
should have been erased. A proxy in front of a real Valkey plays it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from gateway.source.bus import ALONE, FENCE
from gateway.source.cache import Cache
from gateway.source.errors import SourceUnreachable
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.keeping import DropIncomplete
from gateway.source.shelf import Shelf
from gateway.source.tags import of_resource, of_tenant
from tests.source.workers import Worker, World, together, until, working
from tests.tcp_proxy import Proxy, proxy
from tests.valkey import Valkey, valkey

pytestmark = pytest.mark.anyio

DING = of_resource("0999", "bag", "ding", "1")


@dataclass
class Clock:
    """A monotonic clock that can be put forward."""

    ahead: float = 0.0

    def __call__(self) -> float:
        """Now, and what was put to it."""
        return asyncio.get_running_loop().time() + self.ahead


@dataclass(slots=True)
class Bench:
    """A worker that has Redis behind a proxy, and one that has it straight."""

    near: Worker
    far: Worker
    proxy: Proxy
    world: World
    states: list[str] = field(default_factory=list)

    @property
    def shelf(self) -> Shelf:
        """What the far worker knows of Redis."""
        return shelf_of(self.far.cache)


def shelf_of(cache: Cache) -> Shelf:
    """The shelf of a cache that has one."""
    found = cache._keeping.shelf
    assert found is not None
    return found


@asynccontextmanager
async def bench(server: Valkey) -> AsyncIterator[Bench]:
    """Both workers, begun."""
    async with AsyncExitStack() as stack:
        between = await stack.enter_async_context(proxy(server.port))
        world, states = World(), list[str]()
        near = together(world, server.url)
        far = together(world, server.at(between.port), report=states.append)
        await stack.enter_async_context(working(near, far))
        yield Bench(near, far, between, world, states)


async def test_a_hanging_redis_costs_one_short_wait_and_then_none(server: Valkey) -> None:
    async with bench(server) as made:
        made.proxy.hanging = True
        assert "1" in await made.far.ask("1")
        assert not made.shelf.open_now
        accepted = made.proxy.connections

        for key in "23456789":
            assert key in await made.far.ask(key)
        # None of these waited for Redis: it was not asked.
        assert made.proxy.connections <= accepted + 5
        made.proxy.hanging = False
        await until(lambda: made.shelf.open_now)

    assert made.states == ["TimeoutError", ""]


async def test_a_slow_redis_is_left_alone_until_it_is_fast_again(server: Valkey) -> None:
    async with bench(server) as made:
        made.proxy.delay = 0.2
        assert "1" in await made.far.ask("1")
        assert not made.shelf.open_now
        await asyncio.sleep(1.5)  # it was looked at meanwhile
        assert not made.shelf.open_now
        assert "2" in await made.far.ask("2")

        made.proxy.delay = 0.0
        await until(lambda: made.shelf.open_now)
        await made.far.ask("3")
        await made.far.cache.settled()
        assert "3" in await made.near.ask("3")

    assert made.world.asked == [("1",), ("2",), ("3",)]


@pytest.mark.parametrize("kind", ["dying", "refusing"])
async def test_a_redis_that_is_gone_hurts_nobody(server: Valkey, kind: str) -> None:
    async with bench(server) as made:
        made.proxy.refusing = kind == "refusing"
        made.proxy.cut()
        answers = await asyncio.gather(*(made.far.ask(str(key)) for key in range(50)))
        assert all(answers)
        made.proxy.refusing = False
        await until(lambda: made.shelf.open_now and made.far.cache.trusted)


async def test_equal_questions_at_one_moment_are_few_calls_without_redis(server: Valkey) -> None:
    async with bench(server) as made:
        made.proxy.refusing = True
        made.proxy.cut()
        await until(lambda: not made.far.cache.trusted)
        answers = await asyncio.gather(*(made.far.ask("1") for _ in range(1_000)))

    assert all(answers)
    assert len(made.world.asked) < 10  # who begins a moment later does not follow


async def test_a_worker_without_redis_uses_nothing_it_remembers(server: Valkey) -> None:
    """It cannot hear of drops."""
    async with bench(server) as made:
        await made.far.ask("1")
        made.proxy.hanging = True
        await until(lambda: not made.far.cache.trusted)
        dropped = await made.near.cache.drop([DING])
        answer = await made.far.ask("1")

        made.proxy.hanging = False
        await until(lambda: made.far.cache.trusted and made.shelf.open_now)
        again = await made.far.ask("1")

    assert dropped.workers >= 1
    assert answer["1"]["keer"] == 2
    assert again["1"]["keer"] >= 2


async def test_a_drop_waits_for_a_worker_that_hangs_until_it_has_fenced_itself(
    server: Valkey,
) -> None:
    async with bench(server) as made:
        await made.far.ask("1")
        await made.far.cache.settled()
        made.proxy.hanging = True
        trusted = [made.far.cache.trusted]
        dropped = await made.near.cache.drop([DING])
        trusted.append(made.far.cache.trusted)

        assert (trusted, dropped.workers) == ([True, False], 1)
        assert (await made.far.ask("1"))["1"]["keer"] == 2


async def test_a_worker_that_hears_nothing_for_a_while_fences_itself(server: Valkey) -> None:
    clock = Clock()
    world = World()
    one = together(world, server.url, clock=clock)
    async with working(one):
        await one.ask("1")
        clock.ahead += FENCE
        assert not one.cache.trusted
        assert one.cache.whole("k") is None

        await until(lambda: one.cache.trusted)
        await one.cache.settled()
        assert len(one.cache._keeping.memory) == 0


async def test_who_stopped_hearing_while_it_asked_serves_nothing_older(server: Valkey) -> None:
    """It may have been dropped meanwhile."""
    clock = Clock()
    world = World()
    keep = Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=60, stale_if_error=300)
    one = together(world, server.url, clock=clock)
    async with working(one):
        await one.ask("1", keep=keep)
        await one.cache.settled()
        world.seconds += 100
        world.gate, world.error = asyncio.Event(), SourceUnreachable("bag")
        world.entered.clear()
        asking = asyncio.create_task(one.ask("1", keep=keep))
        await world.entered.wait()
        clock.ahead += FENCE
        world.gate.set()

        with pytest.raises(SourceUnreachable):
            await asking


async def test_who_hears_nothing_shares_a_load_no_longer_than_a_drop_takes(
    server: Valkey,
) -> None:
    clock = Clock()
    world = World(gate=asyncio.Event())
    assert world.gate is not None
    one = together(world, server.url, clock=clock, bus_url="redis://127.0.0.1:1/0")
    await one.cache.open()
    try:
        first = asyncio.create_task(one.ask("1", keep=Keep.case()))
        await world.entered.wait()
        second = asyncio.create_task(one.ask("1", keep=Keep.case()))
        clock.ahead += ALONE + 0.01
        await asyncio.sleep(0)
        third = asyncio.create_task(one.ask("1", keep=Keep.case()))
        await until(lambda: len(world.asked) == 2)
        world.gate.set()
        answers = [(await each)["1"]["keer"] for each in (first, second, third)]
    finally:
        await one.cache.aclose()

    assert answers in ([1, 1, 2], [1, 2, 2])


async def test_a_drop_that_cannot_reach_redis_says_so_and_is_made_good(server: Valkey) -> None:
    async with bench(server) as made:
        await made.far.ask("1")
        await made.far.cache.settled()
        made.proxy.refusing = True
        made.proxy.cut()
        with pytest.raises(DropIncomplete):
            await made.far.cache.drop([DING])
        assert (await made.far.ask("1"))["1"]["keer"] == 2

        made.proxy.refusing = False
        await until(lambda: made.shelf.open_now)
        assert (await made.near.ask("1"))["1"]["keer"] == 3
        assert (await made.far.cache.drop([DING])).workers == 2


async def test_many_drops_that_are_owed_are_made_good_too(server: Valkey) -> None:
    async with bench(server) as made:
        keys = [str(number) for number in range(30)]
        await made.far.ask(*keys)
        await made.far.cache.settled()
        made.proxy.refusing = True
        made.proxy.cut()
        for key in keys:
            with pytest.raises(DropIncomplete):
                await made.far.cache.drop([of_resource("0999", "bag", "ding", key)])
        made.proxy.refusing = False
        await until(lambda: made.shelf.open_now)
        made.world.asked.clear()
        await made.near.ask(*keys)

    assert made.world.asked == [tuple(keys)]


async def test_a_redis_that_was_started_anew_is_empty_and_used_again() -> None:
    with valkey() as server:
        async with bench(server) as made:
            await made.near.ask("1")
            await made.near.cache.settled()
            server.stop()
            assert "1" in await made.near.ask("1")
            server.start()
            await until(lambda: shelf_of(made.near.cache).open_now and made.near.cache.trusted)
            await until(lambda: made.shelf.open_now and made.far.cache.trusted)
            await made.near.ask("2")
            await made.near.cache.settled()
            calls = len(made.world.asked)
            await made.far.ask("2")

            assert len(made.world.asked) == calls


async def test_what_was_loading_when_redis_was_started_anew_is_not_stored() -> None:
    with valkey() as server:
        world = World(gate=asyncio.Event())
        assert world.gate is not None
        one, two = together(world, server.url), together(world, server.url)
        async with working(one, two):
            loading = asyncio.create_task(one.ask("1"))
            await world.entered.wait()
            server.stop()
            server.start()
            world.gate.set()
            assert "1" in await loading
            await one.cache.settled()
            await until(lambda: shelf_of(two.cache).open_now and two.cache.trusted)
            assert (await two.ask("1"))["1"]["keer"] == 2


@pytest.mark.parametrize("policy", ["volatile-ttl", "noeviction"])
async def test_a_full_redis_hurts_nobody_and_still_drops(policy: str) -> None:
    with valkey(memory="4mb", policy=policy) as server:
        world = World(more="x" * 100_000)
        one, two = together(world, server.url), together(world, server.url)
        async with working(one, two):
            for number in range(100):
                assert await one.ask(str(number))
                await one.cache.settled()
            await until(lambda: shelf_of(one.cache).open_now and two.cache.trusted)
            dropped = await two.cache.drop([of_tenant("0999")])
            assert dropped.workers == 2
            world.asked.clear()
            await one.ask("0", "50", "99")

        assert world.asked == [("0", "50", "99")]


async def test_a_redis_that_is_not_there_at_all_is_looked_for(server: Valkey) -> None:
    world = World()
    async with proxy(server.port) as between:
        between.refusing = True
        one = together(world, server.at(between.port))
        await one.cache.open()
        try:
            assert "1" in await one.ask("1")
            between.refusing = False
            await until(lambda: one.cache.trusted and shelf_of(one.cache).open_now)
        finally:
            await one.cache.aclose()
