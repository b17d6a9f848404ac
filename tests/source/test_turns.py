"""Turns are taken in order, and none is lost with who gives up."""

import asyncio

import pytest

from gateway.source.turns import Turns

pytestmark = pytest.mark.anyio


async def _waiting(turns: Turns, name: str, had: list[str]) -> "asyncio.Task[None]":
    """A task that takes a turn and keeps it, as far as it comes by itself."""

    async def take() -> None:
        await turns.wait()
        had.append(name)

    task = asyncio.create_task(take())
    await asyncio.sleep(0)
    return task


async def test_there_are_so_many_at_a_time() -> None:
    turns = Turns(2)
    first = [turns.take() for _ in range(3)]
    turns.give()

    assert first == [True, True, False]
    assert [turns.take(), turns.take()] == [True, False]


async def test_who_has_waited_longest_is_next() -> None:
    """Also before who comes just when a turn is given back."""
    turns, had = Turns(1), list[str]()
    turns.take()
    tasks = [await _waiting(turns, name, had) for name in "ab"]
    turns.give()
    barged = turns.take()
    turns.give()
    await asyncio.gather(*tasks)

    assert not barged
    assert had == ["a", "b"]
    assert not turns.take()


async def test_who_gives_up_leaves_the_turn_to_the_next() -> None:
    turns, had = Turns(1), list[str]()
    turns.take()
    gone, next_one = [await _waiting(turns, name, had) for name in "ab"]
    gone.cancel()
    turns.give()
    await asyncio.wait([gone, next_one])

    assert gone.cancelled()
    assert had == ["b"]


async def test_a_turn_that_comes_as_one_gives_up_is_not_lost() -> None:
    turns, had = Turns(1), list[str]()
    turns.take()
    gone = await _waiting(turns, "a", had)
    turns.give()
    gone.cancel()
    await asyncio.wait([gone])

    assert gone.cancelled()
    assert had == []
    assert [turns.take(), turns.take()] == [True, False]


async def test_nobody_who_gave_up_is_kept() -> None:
    """A turn that nobody waits for is free again."""
    turns, had = Turns(1), list[str]()
    turns.take()
    gone = [await _waiting(turns, name, had) for name in "abc"]
    for each in gone:
        each.cancel()
    await asyncio.wait(gone)
    turns.give()

    assert turns.take()
