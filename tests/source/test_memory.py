"""What a process remembers: bounded by bytes, dropped by tag; and which drops it remembers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.drops import Drops
from gateway.source.memory import Memory, Place, Stored

pytestmark = pytest.mark.anyio

T, U = b"t" * 16, b"u" * 16


def stored(content: str, size: int = 100, *tags: bytes, ends: float = 100.0) -> Stored:
    """A thing of about this size."""
    return Stored(content, size, frozenset(tags), ends)


def place(name: str) -> Place:
    """Where it lies."""
    return Place(("ring", name))


async def test_it_is_an_aiocache_cache() -> None:
    memory = Memory(100_000)
    await memory.set(place("a"), stored("A"))
    await memory.multi_set([(place("b"), stored("B")), (place("d"), stored("D"))])

    assert await memory.get(place("a")) == "A"
    assert await memory.multi_get([place("b"), place("c")]) == ["B", None]
    assert await memory.delete(place("a")) == 1
    assert await memory.delete(place("a")) == 0
    await memory.clear()
    assert len(memory) == memory.weight == 0


async def test_the_least_recently_used_makes_room() -> None:
    memory = Memory(3 * stored("x").weight)
    for name in "abc":
        await memory.set(place(name), stored(name))
    memory.look(place("a"))
    await memory.set(place("d"), stored("d"))

    assert [memory.look(place(name)) for name in "abcd"] == ["a", None, "c", "d"]


async def test_what_is_too_large_for_all_of_it_is_not_kept_and_replaces_what_was() -> None:
    memory = Memory(2_000)
    await memory.set(place("a"), stored("klein"))
    await memory.set(place("a"), stored("groot", 5_000))

    assert memory.look(place("a")) is None
    assert memory.weight == 0


async def test_a_tag_drops_what_has_it() -> None:
    memory = Memory(100_000)
    await memory.set(place("a"), stored("a", 1, T))
    await memory.set(place("b"), stored("b", 1, T, U))
    await memory.set(place("c"), stored("c", 1, U))

    assert memory.drop([T, b"x" * 16]) == 2
    assert [memory.look(place(name)) for name in "abc"] == [None, None, "c"]
    assert [each.content for each in memory.tagged(U)] == ["c"]


async def test_what_was_replaced_is_no_longer_found_by_its_old_tags() -> None:
    memory = Memory(100_000)
    await memory.set(place("a"), stored("oud", 1, T))
    await memory.set(place("a"), stored("nieuw", 1, U))

    assert memory.drop([T]) == 0
    assert memory.look(place("a")) == "nieuw"


async def test_what_has_ended_is_swept_away_and_nothing_else() -> None:
    memory = Memory(100_000)
    await memory.set(place("a"), stored("a", ends=10))
    await memory.set(place("b"), stored("b", ends=10))
    await memory.set(place("b"), stored("b", ends=30))
    await memory.set(place("c"), stored("c", ends=24))
    await memory.set(place("d"), stored("d", ends=26))
    memory.sweep(25)

    assert [memory.look(place(name)) for name in "abcd"] == [None, "b", None, "d"]


async def test_what_it_knows_of_endings_does_not_grow_without_end() -> None:
    memory = Memory(10_000)
    for number in range(10_000):
        await memory.set(place(str(number)), stored("x", ends=number))

    assert sum(map(len, memory._ending.values())) == len(memory) < 10
    assert len(memory._ending) < 10


def test_a_place_tells_nothing() -> None:
    assert repr(Place(("999990019",))) == "<place>"


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 1_500), st.booleans())))
async def test_the_weight_is_that_of_what_is_there(steps: list[tuple[str, int, bool]]) -> None:
    memory = Memory(5_000)
    for name, size, add in steps:
        if add:
            await memory.set(place(name), stored(name, size, T))
        else:
            await memory.delete(place(name))
        assert memory.weight == sum(each.weight for each in memory._cache.values()) <= 5_000
        assert sum(map(len, memory._tagged.values())) == len(memory)
        assert sum(map(len, memory._ending.values())) == len(memory)


def test_a_drop_touches_what_began_before_it() -> None:
    drops = Drops()
    before = drops.moment
    drops.note([T])
    after = drops.moment

    assert not drops.untouched([U, T], before)
    assert drops.untouched([U], before)
    assert drops.untouched([T], after)


def test_of_drops_that_were_forgotten_it_is_assumed_that_they_touched_everything() -> None:
    drops = Drops(remembered=2)
    before = drops.moment
    drops.note([T])
    between = drops.moment
    for number in range(3):
        drops.note([bytes([number])])

    assert not drops.untouched([U], before)
    assert not drops.untouched([U], between)
    assert drops.untouched([U], drops.moment)
    drops.note_all()
    assert not drops.untouched([], drops.moment - 1)
