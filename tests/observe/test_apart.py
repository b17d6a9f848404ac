"""A thread of its own: in order, and told in the loop what came of it."""

import asyncio
import threading

import pytest

from gateway.observe.apart import Apart, Failed

pytestmark = pytest.mark.anyio


async def test_it_is_done_elsewhere_in_order_and_told_here() -> None:
    apart, here = Apart("toets"), threading.get_ident()
    done, told = list[int](), list[tuple[int, bool]]()

    def work(number: int) -> int:
        done.append(number)
        assert threading.get_ident() != here
        return number

    def hear(outcome: int | Failed) -> None:
        assert isinstance(outcome, int)
        told.append((outcome, threading.get_ident() == here))

    apart.give(lambda: work(1), hear)
    apart.give(lambda: work(2), hear)
    last = await apart.done(lambda: work(3))
    apart.close()

    assert done == [1, 2, 3]
    assert told == [(1, True), (2, True)]
    assert last == 3


async def test_what_fails_is_told_and_ends_nothing() -> None:
    apart = Apart("toets")
    told = list[object]()

    def fail() -> None:
        raise OSError("vol")

    apart.give(fail, told.append)
    with pytest.raises(OSError, match="vol"):
        await apart.done(fail)
    after = await apart.done(lambda: "verder")
    apart.close()

    assert after == "verder"
    assert [str(each.error) for each in told if isinstance(each, Failed)] == ["vol"]


async def test_who_no_longer_waits_is_not_told() -> None:
    apart, free = Apart("toets"), threading.Event()
    waiting = asyncio.create_task(apart.done(lambda: free.wait(60)))
    await asyncio.sleep(0)
    waiting.cancel()
    free.set()
    after = await apart.done(lambda: "verder")
    apart.close()

    assert after == "verder"
    assert waiting.cancelled()


def test_a_loop_that_is_closed_has_nobody_to_tell() -> None:
    """The thread ends as it should: pytest fails where one ends otherwise."""
    free = threading.Event()

    async def give() -> Apart:
        apart = Apart("toets")
        apart.give(lambda: free.wait(60), lambda outcome: None)
        return apart

    apart = asyncio.run(give())
    free.set()
    apart.close()
