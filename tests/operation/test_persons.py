"""How many persons a caller asks about: counted once each, by everybody together, for a minute."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Sequence
from typing import Any

import pytest
import redis.asyncio

from gateway.operation.answer import Caller, Operations, Question
from gateway.operation.limits import Limits
from gateway.operation.persons import (
    OwnCount,
    PersonQuota,
    Pseudonyms,
    SharedCount,
    Tally,
    persons_in,
)
from gateway.source.cache import Cache, Scope
from tests.operation.asking import Desk, errors, world
from tests.registry import ANNA, BRAM, CARLA, DIRK, everything, facts, sources
from tests.valkey import Valkey, valkey

pytestmark = pytest.mark.anyio

ME, YOU = ("0999", "ik"), ("0999", "jij")
MENSEN = "query($bsns: [Bsn!]!) { mensen(bsns: $bsns) { bsn } }"
TWICE = """query($a: Bsn!, $b: Bsn!) {
  een: mens(bsn: $a) { bsn } twee: mens(bsn: $b) { bsn } weer: mens(bsn: $a) { naam { voornaam } }
}"""


class Moment:
    """A clock that a test sets, in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


# ---- one process ------------------------------------------------------------------------------


async def test_so_many_different_persons_in_a_minute_and_no_more() -> None:
    """Who was asked about already may be asked about again; it counts from the last time."""
    clock = Moment()
    count = OwnCount(clock)

    assert await count.admit(ME, [ANNA, BRAM], 3) == {ANNA, BRAM}
    assert await count.admit(ME, [BRAM, CARLA, DIRK], 3) == {BRAM, CARLA}
    clock.now += 50
    assert await count.admit(ME, [ANNA], 3) == {ANNA}
    clock.now += 20
    assert await count.admit(ME, [DIRK, BRAM, CARLA], 3) == {DIRK, BRAM}
    clock.now += 60
    assert await count.admit(ME, [ANNA, CARLA, DIRK], 3) == {ANNA, CARLA, DIRK}


async def test_every_caller_has_a_minute_of_their_own() -> None:
    """And whoever asked about nobody for a minute is forgotten."""
    clock = Moment()
    count = OwnCount(clock)
    await count.admit(ME, [ANNA], 1)

    assert await count.admit(YOU, [BRAM], 1) == {BRAM}
    assert await count.admit(ME, [BRAM], 1) == set()
    assert len(count) == 2
    clock.now += 60
    await count.admit(("0998", "ik"), [ANNA], 1)
    assert len(count) == 1


async def test_what_is_remembered_tells_nothing() -> None:
    count = OwnCount(Moment())
    await count.admit(ME, [ANNA], 1)

    assert ANNA not in repr(count._seen)
    assert Pseudonyms().of(ANNA) != Pseudonyms().of(ANNA)
    assert Pseudonyms(b"geheim").of("a", "bc") != Pseudonyms(b"geheim").of("ab", "c")


def test_a_pseudonym_is_the_same_in_every_version() -> None:
    """Processes of before and after a new version count together for a while."""
    written = json.dumps(["personen", "0999", "ik", ANNA]).encode()
    pseudonyms = Pseudonyms(b"van allen")

    for _ in range(2):
        assert hmac.digest(b"van allen", written, "sha256")[:16] == pseudonyms.of(*ME, ANNA)


async def test_who_was_let_through_is_not_counted_again_in_the_same_operation() -> None:
    """Who was not, is asked about again: a moment later there may be room."""
    asked: list[Sequence[str]] = []

    async def admit(persons: Sequence[str]) -> frozenset[str]:
        asked.append(persons)
        return frozenset(persons) - {BRAM}

    tally = Tally(10, admit)
    found = [await tally.admitted(each) for each in ([ANNA, BRAM], [ANNA], [ANNA, BRAM, CARLA], [])]

    assert [{ANNA}, {ANNA}, {ANNA, CARLA}, set()] == found
    assert asked == [[ANNA, BRAM], [BRAM, CARLA]]
    assert tally.refused


# ---- several processes ------------------------------------------------------------------------


class Client:
    """What the cache's connection does, in short."""

    def __init__(self, server: Valkey) -> None:
        self.redis = server.client()

    async def run(self, script: str, keys: Sequence[str | bytes], *arguments: Any) -> Any:
        """What the script gives."""
        return await self.redis.eval(script, len(keys), *keys, *arguments)


class Away:
    """A server that cannot be reached."""

    async def run(self, script: str, keys: Sequence[str | bytes], *arguments: Any) -> Any:
        """Never gives anything."""
        raise redis.RedisError("weg")


async def in_time(asked: Awaitable[Any]) -> Any:
    """With all the time there is."""
    return await asked


def shared(scripts: Any, clock: Moment) -> PersonQuota:
    """The count of one of several processes."""
    pseudonyms = Pseudonyms(b"van allen")
    own = OwnCount(clock, pseudonyms)
    return SharedCount(scripts, pseudonyms, own, timed=in_time, now=lambda: int(clock.now * 1_000))


async def test_processes_that_share_a_server_count_together() -> None:
    clock = Moment()
    with valkey() as server:
        clients = [Client(server), Client(server)]
        one, other = (shared(client, clock) for client in clients)

        assert await one.admit(ME, [ANNA, BRAM], 3) == {ANNA, BRAM}
        assert await other.admit(ME, [BRAM, CARLA, DIRK], 3) == {BRAM, CARLA}
        assert await other.admit(YOU, [DIRK], 3) == {DIRK}
        clock.now += 50
        assert await one.admit(ME, [ANNA], 3) == {ANNA}
        clock.now += 20
        assert await other.admit(ME, [DIRK, BRAM, CARLA], 3) == {DIRK, BRAM}
        assert await one.admit(ME, [], 3) == set()

        kept = [key async for key in clients[0].redis.scan_iter()]
        members = [m for key in kept for m in await clients[0].redis.zrange(key, 0, -1)]
        lives = [await clients[0].redis.pttl(key) for key in kept]
        for client in clients:
            await client.redis.aclose()

    assert len(kept) == 2
    assert all(0 < life <= 60_000 for life in lives)
    lying = repr([*kept, *members])
    assert [bsn for bsn in (ANNA, BRAM, CARLA, DIRK) if bsn in lying] == []


async def test_the_servers_own_clock_will_do() -> None:
    with valkey() as server:
        client = Client(server)
        pseudonyms = Pseudonyms(b"van allen")
        count = SharedCount(client, pseudonyms, OwnCount(Moment()), timed=in_time)
        found = [await count.admit(ME, [ANNA, BRAM], 1), await count.admit(ME, [ANNA], 1)]
        await client.redis.aclose()

    assert found == [{ANNA}, {ANNA}]


async def test_many_at_the_same_moment_are_counted_together() -> None:
    with valkey() as server:
        clients = [Client(server) for _ in range(4)]
        counts = [shared(client, Moment()) for client in clients]
        asked = [counts[n % 4].admit(ME, [f"{n:09}"], 10) for n in range(40)]
        admitted = await asyncio.gather(*asked)
        for client in clients:
            await client.redis.aclose()

    assert sum(map(len, admitted)) == 10


async def test_what_the_server_forgot_this_process_remembers() -> None:
    """A server that is full drops what it has; in the process where that was asked it counts on."""
    clock = Moment()
    with valkey() as server:
        client, another = Client(server), Client(server)
        count, other = shared(client, clock), shared(another, clock)
        first = await count.admit(ME, [ANNA, BRAM], 2)
        await client.redis.flushall()
        second = await count.admit(ME, [BRAM, CARLA], 2)
        elsewhere = await other.admit(ME, [DIRK], 2)
        clock.now += 61
        later = await count.admit(ME, [CARLA, DIRK], 2)
        for each in (client, another):
            await each.redis.aclose()

    assert [first, second, later] == [{ANNA, BRAM}, {BRAM}, {CARLA, DIRK}]
    assert elsewhere == set()  # the server had counted two again by then


async def test_what_the_server_refused_takes_no_room_here() -> None:
    """It was not shown, so it is not among those of this minute when the server is away."""
    clock = Moment()
    with valkey() as server:
        client, another = Client(server), Client(server)
        one, other = shared(client, clock), shared(another, clock)
        await other.admit(ME, [ANNA, BRAM], 2)
        refused = await one.admit(ME, [CARLA, DIRK], 2)
        await client.redis.aclose()
        await another.redis.aclose()
    away = await one.admit(ME, [ANNA, BRAM], 2)

    assert [refused, away] == [set(), {ANNA, BRAM}]


async def test_without_the_server_each_process_counts_for_itself() -> None:
    count = shared(Away(), Moment())

    assert await count.admit(ME, [ANNA, BRAM], 2) == {ANNA, BRAM}
    assert await count.admit(ME, [ANNA, CARLA], 2) == {ANNA}


# ---- operations -------------------------------------------------------------------------------


def desk(**limits: int) -> Desk:
    """A gateway with these limits."""
    return Desk(limits=Limits(**limits))


async def test_an_operation_is_about_so_many_persons() -> None:
    """The others are not asked for; what one person is asked for by several names counts once."""
    asked = desk(persons=2)
    listed = await asked.answer(MENSEN, {"bsns": [ANNA, BRAM, CARLA]})
    aliased = await desk(persons=2).answer(TWICE, {"a": ANNA, "b": BRAM})

    assert errors(listed) == [("mensen.2", "LIMIET", "mensen")]
    assert asked.calls() == [("op_nummer", ANNA, BRAM)]
    assert errors(aliased) == []


async def test_a_purpose_may_have_room_for_more_or_fewer() -> None:
    for persons, failed in ((3, []), (1, ["mensen.1", "mensen.2"])):
        operations = Operations(
            facts(), limits=Limits(persons=2), cache=Cache(), introspection=True,
            report=lambda read, error: None,
        )  # fmt: skip
        scope = Scope("0999", "toets", "iemand")
        caller = Caller(everything(), scope, None, sources(world()), persons=persons)
        question = Question(MENSEN, variables={"bsns": [ANNA, BRAM, CARLA]})
        answer = await operations.answer(question, caller)

        assert [path for path, *_ in errors(answer)] == failed


async def test_over_the_quota_of_a_minute_a_field_is_empty_and_the_rest_is_given() -> None:
    """Over several operations and doelbindingen; who was asked about before may be asked again."""
    asked = desk(persons_per_minute=2)
    await asked.answer(MENSEN, {"bsns": [ANNA]})
    scope = Scope("0999", "anders", "iemand")
    again = await asked.answer(MENSEN, {"bsns": [ANNA, BRAM, CARLA]}, scope=scope)
    other = await asked.answer(MENSEN, {"bsns": [CARLA]}, scope=Scope("0999", "toets", "ander"))

    assert errors(again) == [("mensen.2", "QUOTA", "mensen")]
    assert again.body["errors"][0]["extensions"]["opnieuw"] is True
    assert errors(other) == []
    calls = [("op_nummer", ANNA), ("op_nummer", ANNA, BRAM), ("op_nummer", CARLA)]
    assert asked.calls() == calls


async def test_when_nothing_can_be_asked_the_question_is_refused_whole() -> None:
    """With when to come back; whoever watches hears of the caller."""
    heard: list[Caller] = []
    operations = Operations(
        facts(), limits=Limits(persons_per_minute=1), cache=Cache(), introspection=True,
        report=lambda read, error: None, alarm=heard.append,
    )  # fmt: skip
    scope = Scope("0999", "toets", "iemand")
    asked = world()
    caller = Caller(everything(), scope, None, sources(asked))
    await operations.answer(Question(MENSEN, variables={"bsns": [ANNA]}), caller)
    refused = await operations.answer(Question(MENSEN, variables={"bsns": [BRAM]}), caller)

    assert (refused.status, refused.retry_after) == (429, 60)
    assert "data" not in refused.body
    assert [error["extensions"]["code"] for error in refused.body["errors"]] == ["QUOTA"]
    assert [call.keys for call in asked.calls] == [(ANNA,)]
    assert heard == [caller]


async def test_who_was_found_by_searching_is_told_apart_by_what_is_known() -> None:
    """By number, else by all that was given; anything else is nobody."""
    anna, same = {"burgerservicenummer": ANNA, "leeftijd": 3}, {"burgerservicenummer": ANNA}
    nameless = {"naam": {"voornamen": "A"}}

    found = persons_in([anna, same, nameless, dict(nameless), None, "x"])

    assert len(set(found)) == 2
    assert persons_in(None) == persons_in("tekst") == []
