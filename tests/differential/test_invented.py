"""The machine against the reference, over the invented registry with anything wrong in its data."""

import asyncio
import copy
from collections import Counter
from collections.abc import Hashable, Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from gateway.operation.identity import Identity
from gateway.source.errors import (
    SourceFault,
    SourceMissing,
    SourceQuota,
    SourceRefusedQuestion,
    SourceTimeout,
)
from tests.differential.compare import Asking, Dull, Machine, assert_equal, propagated
from tests.differential.documents import Pools, Writer, Written
from tests.differential.profile import examples
from tests.differential.reference import everything_of, install_naively
from tests.registry import (
    ANNA,
    BRAM,
    CARLA,
    DIRK,
    NOBODY,
    TABLES,
    Fault,
    World,
    everything,
    facts,
    sources,
)

pytestmark = pytest.mark.slow

MACHINE_FACTS = facts()
DULL_FACTS = facts()
install_naively(DULL_FACTS)
EVERYTHING = everything_of(DULL_FACTS)
PEOPLE = (ANNA, BRAM, CARLA, DIRK, NOBODY)
POOLS = Pools(
    {
        "Bsn": PEOPLE,
        "Identificatie": ("boek", "bel", "hark", "weg", "leeuw", "muis", "v1", "v2", "v3", "lang"),
        "Zoektekst": ("Anna", "iets"),
        "Cursor": ("c0", "c1", "c2"),
        "Int": (1, 2, 20, 100),
        "Query.ding(id:)": ("boek", "bel", "hark", "weg", "a:b"),
        "Query.dier(id:)": ("leeuw", "muis", "weg"),
        "Query.maker(verslag:)": ("v1", "v2", "v3", "weg"),
        "Query.beschreven(verslag:)": ("v1", "v2", "v3", "weg"),
        "Query.makers(verslagen:)": ("v1", "v2", "v3", "weg"),
    },
    by_variable_only=frozenset({"Bsn"}),
)
STUCK = 60.0
"""Seconds after which an example waits for something that never comes."""
BATCHED = ("op_nummer", "op_kenmerk")
ONE_BY_ONE: Mapping[str, tuple[Hashable, ...]] = {
    "vrienden": PEOPLE,
    "uitspraken": PEOPLE,
    "dingen_van": PEOPLE,
    "verslagen_over": PEOPLE,
    "dieren": ("leeuw", "muis", "draak"),
    "verslagen": ("v1", "v2", "v3"),
    "mensen_gezocht": (None,),
    "vondsten": (None,),
}
FAULTS: tuple[Fault, ...] = (
    lambda: SourceTimeout("bron"),
    lambda: SourceQuota("bron"),
    lambda: SourceFault("bron"),
    lambda: SourceMissing("bron"),
    lambda: SourceRefusedQuestion("bron"),
    lambda: KeyError("persoonsgegeven"),
    lambda: RuntimeError("persoonsgegeven"),
)
WRONG: tuple[Any, ...] = (
    None,
    "",
    "iets",
    17,
    1.5,
    True,
    [],
    {},
    ["iets", None],
    [{"type": "ding", "id": "x"}, "iets", None],
    {"soort": "raar"},
    [[ANNA]],
    ANNA,
    "rood",
)


def corrupted(random: Random) -> Mapping[str, Mapping[str, Any]]:
    """The data with some things absent, null, or of another kind than they should be."""
    tables = copy.deepcopy(dict(TABLES))
    for _ in range(random.choice((0, 0, 0, 1, 3, 12))):
        table = random.choice(list(tables))
        _corrupt(tables[table], random, top=True)
    return tables


def _corrupt(holder: Any, random: Random, top: bool = False) -> None:
    if not holder:
        return
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    key = random.choice(keys)
    value = holder[key]
    if isinstance(value, dict | list) and value and (top or random.random() < 0.75):
        _corrupt(value, random)
    elif isinstance(holder, dict) and random.random() < 0.4:
        del holder[key]
    else:
        holder[key] = copy.deepcopy(random.choice(WRONG))


def faults(random: Random) -> Mapping[tuple[str, Hashable | None], Fault]:
    """Reads that fail: one key of a read that asks one at a time, or a batched read altogether."""
    made: dict[tuple[str, Hashable | None], Fault] = {}
    for _ in range(random.choice((0, 0, 0, 1, 2, 4))):
        if random.random() < 0.25:
            made[(random.choice(BATCHED), None)] = random.choice(FAULTS)
        else:
            read = random.choice(list(ONE_BY_ONE))
            made[(read, random.choice(ONE_BY_ONE[read]))] = random.choice(FAULTS)
    return made


COMPANY = Identity(kvk_nummer="99990001")


def callers(random: Random) -> Asking:
    """Somebody who holds most labels, and is at times a citizen or a company."""
    labels = sorted(everything())
    lacking = random.sample(labels, random.choice((0, 0, 0, 1, 3, 8)))
    own = random.choice((*[None] * 4, Identity(ANNA), Identity(BRAM), COMPANY))
    return Asking(frozenset(labels) - set(lacking), own)


@given(st.randoms(use_true_random=True))
@examples(1000)
def test_the_machine_answers_as_the_reference_does(random: Random) -> None:
    """Equal data, equal errors, no more calls, and nothing asked twice."""
    written = Writer(MACHINE_FACTS.schema, POOLS, random).written()
    asking = callers(random)
    tables, failing = corrupted(random), faults(random)
    absent = frozenset(random.sample(["mensen", "dingen", "open"], random.choice((0, 0, 0, 0, 1))))
    note(f"{written.text}\n{written.variables}\n{asking}\nfaults {set(failing)} absent {absent}")

    asyncio.run(_compared(written, asking, World(tables, failing, absent)))


async def _compared(written: Written, asking: Asking, world: World) -> None:
    other = World(world.tables, world.faults, world.absent)
    before = copy.deepcopy(world.tables)
    async with asyncio.timeout(STUCK):
        machine = await Machine(MACHINE_FACTS, sources(world)).outcome(written, asking)
        dull = Dull(DULL_FACTS, EVERYTHING, sources(other))
        reference = await dull.outcome(written, asking)

    assert_equal(machine, reference)
    assert world.tables == before
    assert not _asked_twice(world)
    if world.tables == TABLES and not propagated(reference):
        assert len(world.calls) <= len(other.calls)
        assert _questions(world) <= _questions(other)


def _asked_twice(world: World) -> list[Any]:
    every = Counter(
        (call.read, key, call.arguments) for call in world.calls for key in (call.keys or (None,))
    )
    return [question for question, times in every.items() if times > 1]


def _questions(world: World) -> set[Any]:
    return {
        (call.read, key, call.arguments) for call in world.calls for key in (call.keys or (None,))
    }
