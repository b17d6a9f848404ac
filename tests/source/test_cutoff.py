"""A time limit of our own does what asyncio's does, in whatever order things happen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

import pytest

from gateway.source.cutoff import Cutoff, Deadlines

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def _ours(seconds: float) -> AsyncIterator[None]:
    with Cutoff(seconds, Deadlines()):
        yield


Limit = Callable[[float], AbstractAsyncContextManager[object]]
BOTH = pytest.mark.parametrize("limit", [_ours, asyncio.timeout], ids=["ours", "asyncio"])


async def _forever() -> None:
    await asyncio.Event().wait()


def _cancelling() -> int:
    task: asyncio.Task[None] | None = asyncio.current_task()
    assert task is not None
    return task.cancelling()


@BOTH
async def test_what_takes_too_long_is_cut_off(limit: Limit) -> None:
    with pytest.raises(TimeoutError):
        async with limit(0.001):
            await _forever()

    assert _cancelling() == 0


@BOTH
async def test_what_is_in_time_is_left_alone(limit: Limit) -> None:
    async with limit(0.001):
        pass
    with pytest.raises(TimeoutError):  # by which time the first would have gone off
        async with asyncio.timeout(0.005):
            await _forever()

    assert _cancelling() == 0


@BOTH
async def test_the_outer_limit_is_not_the_inner_one(limit: Limit) -> None:
    late = []
    with pytest.raises(TimeoutError):
        async with limit(0.001):
            try:
                async with limit(60.0):
                    await _forever()
            except TimeoutError:
                late.append("inner")

    assert late == []


@BOTH
async def test_who_is_cancelled_is_cancelled(limit: Limit) -> None:
    begun = asyncio.Event()

    async def work() -> None:
        async with limit(60.0):
            begun.set()
            await _forever()

    task = asyncio.create_task(work())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@BOTH
async def test_who_is_cancelled_as_time_runs_out_is_cancelled(limit: Limit) -> None:
    async def work() -> None:
        async with limit(0.001):
            try:
                await _forever()
            except asyncio.CancelledError:
                task.cancel()
                raise

    task = asyncio.create_task(work())
    with pytest.raises(asyncio.CancelledError):
        await task


@BOTH
async def test_who_goes_on_regardless_is_not_held_against(limit: Limit) -> None:
    async with limit(0.001):
        with suppress(asyncio.CancelledError):
            await _forever()

    assert _cancelling() == 0


@BOTH
async def test_another_error_stays_what_it_is(limit: Limit) -> None:
    with pytest.raises(ValueError, match="own"):
        async with limit(0.001):
            try:
                await _forever()
            except asyncio.CancelledError:
                raise ValueError("own") from None

    assert _cancelling() == 0


async def test_it_tells_whether_it_went_off() -> None:
    with Cutoff(60.0, Deadlines()) as early:
        pass
    with pytest.raises(TimeoutError), Cutoff(0.0, Deadlines()) as late:
        await _forever()

    assert (early.expired, late.expired) == (False, True)


async def test_one_alarm_serves_all_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set anew only for what must be done sooner, and when it has gone off for what is left."""
    loop, deadlines, moments = asyncio.get_running_loop(), Deadlines(), list[float]()
    call_at = loop.call_at

    def noted(when: float, *rest: Any) -> asyncio.TimerHandle:
        moments.append(when)
        return call_at(when, *rest)

    monkeypatch.setattr(loop, "call_at", noted)
    with Cutoff(60.0, deadlines) as first:
        for _ in range(100):
            with Cutoff(61.0, deadlines):
                pass
        alone = list(moments)
        with pytest.raises(TimeoutError), Cutoff(0.0, deadlines) as sooner:
            await _forever()
    deadlines.close()

    assert alone == [first.at]
    assert moments == [first.at, sooner.at, first.at]


async def test_all_that_are_late_are_cut_off_together() -> None:
    deadlines = Deadlines()

    async def late() -> bool:
        with Cutoff(0.001, deadlines) as own:
            with suppress(asyncio.CancelledError):
                await _forever()
            return own.expired

    assert await asyncio.gather(*(late() for _ in range(3))) == [True, True, True]


async def test_what_is_under_way_when_all_is_closed_keeps_its_limit() -> None:
    deadlines = Deadlines()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(5) as hung:
            with Cutoff(0.001, deadlines):
                deadlines.close()
                await _forever()

    assert not hung.expired()
