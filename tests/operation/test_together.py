"""Equal work at one moment is done once, whoever comes and goes."""

import asyncio
import gc
from random import Random

import pytest

from gateway.operation.together import Together

pytestmark = pytest.mark.anyio

LONG = 1_000.0


class Work:
    """Waits for its gate; counts how often it was begun, is under way and was cancelled."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.begun = 0
        self.running = 0
        self.cancelled = 0
        self.error: Exception | None = None

    async def __call__(self) -> int:
        """Which time this was."""
        self.begun += 1
        number = self.begun
        self.running += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            for _ in range(9):  # ending takes a moment
                await asyncio.sleep(0)
            self.cancelled += 1
            raise
        finally:
            self.running -= 1
        if self.error is not None:
            raise self.error
        return number


async def settled() -> None:
    """Lets everything that can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_equal_work_is_done_once() -> None:
    """The first does it, the others follow; afterwards nothing is left of it."""
    together: Together[int] = Together(lambda: 0.0)
    work = Work()
    asking = [asyncio.create_task(together.share("a", work, LONG)) for _ in range(50)]
    await settled()
    work.gate.set()
    found = await asyncio.gather(*asking)

    assert found == [(1, False)] + [(1, True)] * 49
    assert len(together) == 0


async def test_other_keys_have_nothing_to_do_with_each_other() -> None:
    """What is alike is for the caller to say."""
    together: Together[int] = Together(lambda: 0.0)
    work = Work()
    work.gate.set()
    found = await asyncio.gather(*(together.share(key, work, LONG) for key in "abc"))

    assert sorted(found) == [(1, False), (2, False), (3, False)]


async def test_after_it_has_ended_it_is_done_anew() -> None:
    """Nothing is kept here."""
    together: Together[int] = Together(lambda: 0.0)
    work = Work()
    work.gate.set()

    assert await together.share("a", work, LONG) == (1, False)
    assert await together.share("a", work, LONG) == (2, False)


async def test_an_error_is_everybodys() -> None:
    """And the next is not told of it."""
    together: Together[int] = Together(lambda: 0.0)
    work = Work()
    work.error = ValueError("stuk")
    asking = [asyncio.create_task(together.share("a", work, LONG)) for _ in range(3)]
    await settled()
    work.gate.set()
    found = await asyncio.gather(*asking, return_exceptions=True)

    assert [type(each) for each in found] == [ValueError] * 3
    work.error = None
    assert await together.share("a", work, LONG) == (2, False)


async def test_who_comes_late_begins_anew() -> None:
    """Others then follow the later one; the earlier goes on for its own."""
    now = 0.0
    together: Together[int] = Together(lambda: now)
    work = Work()
    asking = []
    for now in (0.0, 1.0, 1.1, 2.0):  # noqa: B007  # the clock reads it
        asking.append(asyncio.create_task(together.share("a", work, 1.0)))
        await settled()
    work.gate.set()

    assert await asyncio.gather(*asking) == [(1, False), (1, True), (2, False), (2, True)]


async def test_a_caller_who_goes_hurts_nobody() -> None:
    """Also the one for whom it was begun."""
    together: Together[int] = Together(lambda: 0.0)
    work = Work()
    first, second, third = (asyncio.create_task(together.share("a", work, LONG)) for _ in range(3))
    await settled()
    first.cancel()
    third.cancel()
    await settled()
    work.gate.set()

    assert await second == (1, True)
    assert (first.cancelled(), third.cancelled(), work.cancelled) == (True, True, 0)


async def test_when_the_last_has_gone_it_has_ended() -> None:
    """Before that last one has left: nothing runs that nobody waits for."""
    together: Together[int] = Together(lambda: 0.0)
    work = Work()
    asking = [asyncio.create_task(together.share("a", work, LONG)) for _ in range(2)]
    await settled()
    for each in asking:
        each.cancel()
    await asyncio.wait(asking)

    assert (work.running, work.cancelled, len(together)) == (0, 1, 0)


async def test_nobody_follows_what_is_being_cancelled() -> None:
    """It would end with an error that is not theirs."""
    together: Together[int] = Together(lambda: 0.0)
    work = Work()
    first = asyncio.create_task(together.share("a", work, LONG))
    await settled()
    first.cancel()
    await asyncio.sleep(0)
    assert work.running == 1
    second = asyncio.create_task(together.share("a", work, LONG))
    await settled()
    work.gate.set()

    assert await second == (2, False)


@pytest.mark.parametrize("seed", range(40))
async def test_a_storm_of_callers_who_come_and_go(seed: int) -> None:
    """Whoever stays has an answer or the error of an execution that they waited for; there are
    never more executions than callers; nothing is left behind or lost.
    """
    random, now = Random(seed), 0.0
    together: Together[int] = Together(lambda: now)
    works = {key: Work() for key in "ab"}
    lost: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    waiting: list[tuple[str, asyncio.Task[tuple[int, bool]]]] = []
    for _ in range(300):
        key = random.choice("ab")
        match random.randrange(7):
            case 0 | 1 | 2:
                task = asyncio.create_task(together.share(key, works[key], 1.0))
                waiting.append((key, task))
            case 3 if waiting:
                random.choice(waiting)[1].cancel()
            case 4:
                works[key].error = random.choice([None, ValueError("stuk")])
                works[key].gate.set()
            case 5:
                works[key].gate.clear()
            case _:
                now += random.choice([0.0, 0.6, 1.5])
        if random.random() < 0.7:
            await asyncio.sleep(0)
        for key, work in works.items():
            mine = [task for name, task in waiting if name == key and not task.done()]
            assert work.running <= len(mine) + 1  # one that left a moment ago may be ending
    for work in works.values():
        work.error = None
        work.gate.set()
    found = await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)
    await settled()
    gc.collect()

    assert all(isinstance(each, tuple | ValueError | asyncio.CancelledError) for each in found)
    assert [len(together), *(work.running for work in works.values())] == [0, 0, 0]
    assert lost == []
