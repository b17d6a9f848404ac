"""The breaker, by itself and in an upstream."""

import asyncio
from contextlib import suppress

import pytest

from gateway.source.breaker import Breaker, Outcome
from gateway.source.errors import SourceError, SourceFault, SourceTimeout, SourceUnreachable
from tests.source.fakes import Time, desk, never, raw, reply, wire

pytestmark = pytest.mark.anyio


def _calls(breaker: Breaker, outcome: Outcome, times: int) -> None:
    for _ in range(times):
        permit = breaker.admit()
        assert permit is not None
        breaker.settle(permit, outcome)


def test_it_opens_on_a_rate_of_failures_and_not_before_the_volume() -> None:
    breaker = Breaker(Time().clock)
    _calls(breaker, Outcome.FAILED, 10)

    assert breaker.admit() is None


def test_below_the_rate_it_stays_closed() -> None:
    breaker = Breaker(Time().clock)
    _calls(breaker, Outcome.ANSWERED, 11)
    _calls(breaker, Outcome.FAILED, 10)

    assert not breaker.is_open


def test_old_failures_are_forgotten() -> None:
    time = Time()
    breaker = Breaker(time.clock)
    _calls(breaker, Outcome.FAILED, 9)
    time.seconds += 31
    _calls(breaker, Outcome.FAILED, 1)

    assert not breaker.is_open


def test_what_we_cut_short_ourselves_does_not_count() -> None:
    breaker = Breaker(Time().clock)
    _calls(breaker, Outcome.UNKNOWN, 100)

    assert not breaker.is_open


def test_after_the_pause_one_probe_decides() -> None:
    time = Time()
    breaker = Breaker(time.clock)
    _calls(breaker, Outcome.FAILED, 10)
    time.seconds += 10
    probe = breaker.admit()

    assert probe is not None
    assert probe.probe
    assert breaker.admit() is None
    breaker.settle(probe, Outcome.FAILED)
    assert breaker.admit() is None
    time.seconds += 10
    _calls(breaker, Outcome.ANSWERED, 1)
    assert not breaker.is_open
    _calls(breaker, Outcome.ANSWERED, 5)


def test_a_cancelled_probe_leaves_room_for_another() -> None:
    time = Time()
    breaker = Breaker(time.clock)
    _calls(breaker, Outcome.FAILED, 10)
    time.seconds += 10
    _calls(breaker, Outcome.UNKNOWN, 1)

    assert breaker.is_open
    assert breaker.admit() is not None


def test_a_call_from_before_the_opening_does_not_close_it() -> None:
    breaker = Breaker(Time().clock)
    early = breaker.admit()
    assert early is not None
    _calls(breaker, Outcome.FAILED, 10)
    breaker.settle(early, Outcome.ANSWERED)

    assert breaker.is_open


async def test_an_open_breaker_spares_the_source_and_ends_retries() -> None:
    time = Time()
    async with wire(*[raw(503, b"")] * 10, reply(json=1)) as bron, desk(time.surroundings()) as at:
        source = at.source(bron.address)
        while len(bron.heard) < 10:
            with pytest.raises(SourceUnreachable):
                await source.get("x")
        pauses = len(time.slept)
        with pytest.raises(SourceUnreachable) as raised:
            await source.get("x")

        assert raised.value.detail == "breaker open"
        assert (len(bron.heard), len(time.slept)) == (10, pauses)
        time.seconds += 10
        assert await source.get("x") == 1
        assert await source.get("x") == 1


async def test_4xx_never_opens_it() -> None:
    async with wire(raw(400, b"{}")) as bron, desk() as at:
        for _ in range(30):
            with pytest.raises(SourceFault):
                await at.source(bron.address).get("x")

        assert len(bron.heard) == 30


async def test_500_does() -> None:
    async with wire(raw(500, b"{}")) as bron, desk() as at:
        for _ in range(30):
            with pytest.raises(SourceError):
                await at.source(bron.address).get("x")

        assert len(bron.heard) == 10


async def test_callers_who_left_or_had_little_time_do_not_open_it() -> None:
    async with wire(*[never] * 24, reply(json=1)) as bron, desk() as at:
        tasks = [
            asyncio.create_task(at.source(bron.address, parallel=24).get("x")) for _ in range(12)
        ]
        while len(bron.heard) < 12:
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        short = [at.source(bron.address, parallel=24, remaining=0.05).get("x") for _ in range(12)]
        await asyncio.gather(*short, return_exceptions=True)
        while len(bron.heard) < 24:  # on a busy machine some had no time to begin
            with suppress(SourceTimeout):
                await at.source(bron.address, parallel=24, remaining=0.2).get("x")

        assert await at.source(bron.address, parallel=24).get("x") == 1


async def test_a_source_that_uses_up_its_whole_time_opens_it() -> None:
    async with wire(never) as bron, desk() as at:
        # More than the ten that it takes: on a busy machine some wait for us, not for the source.
        calls = [at.source(bron.address, timeout=0.5, parallel=20).get("x") for _ in range(20)]
        await asyncio.gather(*calls, return_exceptions=True)
        with pytest.raises(SourceUnreachable):
            await at.source(bron.address, timeout=0.5, parallel=20).get("x")
