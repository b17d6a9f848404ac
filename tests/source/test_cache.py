"""The cache: what it answers, to whom, for how long; and equal questions at one moment."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from gateway.source.cache import Cache, Load, Memory, Scope
from gateway.source.errors import SourceFault, SourceTimeout
from gateway.source.fingerprint import Fingerprints
from gateway.source.keep import Keep, Sharing
from gateway.source.ledger import Account
from tests.source.fakes import Time

pytestmark = pytest.mark.anyio

ANNA = Scope("0999", "klantcontact", "anna")
EVERYONE = Keep.shared(60, Sharing.EVERYONE)
TENANT = Keep.shared(60, Sharing.TENANT)


@dataclass
class Bench:
    """A cache, a clock, and a source that notes which keys it was asked for."""

    time: Time = field(default_factory=Time)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    absent: frozenset[str] = frozenset()
    entries: int = 100
    error: Exception | None = None
    gate: asyncio.Event | None = None

    def __post_init__(self) -> None:
        self.cache = Cache(
            entries=self.entries, clock=self.time.clock, chance=lambda: 0.0, secret=b"s" * 32
        )

    async def load(self, keys: Sequence[str]) -> Mapping[str, Any]:
        """Answer with an object per key, except the absent ones."""
        self.asked.append(tuple(keys))
        count = len(self.asked)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return {key: {"sleutel": key, "keer": count} for key in keys if key not in self.absent}

    async def ask(
        self,
        *keys: str,
        scope: Scope = ANNA,
        keep: Keep = TENANT,
        paths: str = "a b",
        different: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Ask through the cache."""
        question = {"name": "bag.adressen", "address": "http://bag", "arguments": "{}"}
        question |= different or {}
        return await self.cache.through(
            scope,
            keep,
            name=question["name"],
            address=question["address"],
            arguments=question["arguments"],
            keys=keys,
            paths=frozenset(paths.split()),
            load=self.load,
            account=self.account,
        )


async def _settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_what_was_asked_is_not_asked_again() -> None:
    bench = Bench()
    first = await bench.ask("1", "2")
    bench.time.seconds += 10
    second = await bench.ask("2", "1", "3")

    assert first == {"1": {"sleutel": "1", "keer": 1}, "2": {"sleutel": "2", "keer": 1}}
    assert list(second) == ["2", "1", "3"]
    assert bench.asked == [("1", "2"), ("3",)]
    assert bench.account == Account(keys=3, cache_hits=2, oldest_age=10.0)


async def test_an_answer_is_fresh_for_its_seconds_and_no_longer() -> None:
    bench = Bench()
    await bench.ask("1")
    bench.time.seconds += 59.9
    await bench.ask("1")
    bench.time.seconds += 0.1
    await bench.ask("1")

    assert len(bench.asked) == 2


async def test_chance_shortens_freshness_by_at_most_a_tenth() -> None:
    bench = Bench()
    bench.cache = Cache(clock=bench.time.clock, chance=lambda: 0.999)
    await bench.ask("1")
    bench.time.seconds += 54.0
    await bench.ask("1")
    bench.time.seconds += 0.1
    await bench.ask("1")

    assert len(bench.asked) == 2


async def test_an_answer_serves_who_asks_for_no_more_than_it_has() -> None:
    bench = Bench()
    await bench.ask("1", paths="naam adres")
    await bench.ask("1", paths="naam")
    await bench.ask("1", paths="")
    assert len(bench.asked) == 1

    await bench.ask("1", paths="naam geboorte")
    assert len(bench.asked) == 2


async def test_answers_with_different_paths_are_kept_side_by_side() -> None:
    bench = Bench()
    for paths in ("a", "b", "c", "a", "b", "c"):
        await bench.ask("1", paths=paths)
    assert len(bench.asked) == 3

    await bench.ask("1", paths="a b c")
    await bench.ask("1", paths="a b")
    assert len(bench.asked) == 4


async def test_not_found_is_kept_for_half_a_minute_whatever_the_paths() -> None:
    bench = Bench(absent=frozenset({"9"}))
    assert await bench.ask("1", "9") == {"1": {"sleutel": "1", "keer": 1}}

    bench.time.seconds += 29.9
    assert await bench.ask("9", paths="a b c d") == {}
    assert len(bench.asked) == 1

    bench.time.seconds += 0.1
    await bench.ask("9")
    assert bench.asked == [("1", "9"), ("9",)]


async def test_not_found_lasts_no_longer_than_found() -> None:
    bench = Bench(absent=frozenset({"9"}))
    keep = Keep.shared(5, Sharing.TENANT)
    for _ in range(2):
        await bench.ask("9", keep=keep)
        bench.time.seconds += 5

    assert len(bench.asked) == 2


async def test_what_was_not_found_is_found_later_and_the_reverse() -> None:
    bench = Bench(absent=frozenset({"1"}))
    assert await bench.ask("1") == {}
    bench.time.seconds += 30
    bench.absent = frozenset()
    assert "1" in await bench.ask("1")
    bench.time.seconds += 60
    bench.absent = frozenset({"1"})
    assert await bench.ask("1") == {}
    assert await bench.ask("1") == {}
    assert len(bench.asked) == 3


async def test_errors_are_not_kept() -> None:
    bench = Bench(error=SourceFault("bag"))
    with pytest.raises(SourceFault):
        await bench.ask("1")
    bench.error = None

    assert "1" in await bench.ask("1")
    assert len(bench.asked) == 2


async def test_an_answer_to_what_was_not_asked_is_dropped() -> None:
    bench = Bench()

    async def generous(keys: Sequence[str]) -> Mapping[str, Any]:
        return {"1": "een", "2": "twee", "3": None}

    bench.load = generous  # type: ignore[method-assign]
    assert await bench.ask("1", "3") == {"1": "een"}
    assert await bench.ask("1", "3", keep=Keep.request()) == {"1": "een"}


@pytest.mark.parametrize(
    ("between", "other", "shared"),
    [
        (Sharing.EVERYONE, replace(ANNA, tenant="0998", purpose="x", principal="y"), True),
        (Sharing.TENANT, replace(ANNA, purpose="x", principal="y"), True),
        (Sharing.TENANT, replace(ANNA, tenant="0998"), False),
        (Sharing.PURPOSE, replace(ANNA, principal="y"), True),
        (Sharing.PURPOSE, replace(ANNA, purpose="x"), False),
        (Sharing.PURPOSE, replace(ANNA, tenant="0998"), False),
        (Sharing.PRINCIPAL, ANNA, True),
        (Sharing.PRINCIPAL, replace(ANNA, principal="y"), False),
        (Sharing.PRINCIPAL, replace(ANNA, purpose="x"), False),
        (Sharing.PRINCIPAL, replace(ANNA, tenant="0998"), False),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
async def test_an_answer_never_leaves_its_circle(
    between: Sharing, other: Scope, shared: bool, at_once: bool
) -> None:
    keep = Keep.shared(60, between)
    bench = Bench()
    if at_once:
        await asyncio.gather(bench.ask("1", keep=keep), bench.ask("1", keep=keep, scope=other))
    else:
        await bench.ask("1", keep=keep)
        await bench.ask("1", keep=keep, scope=other)

    # A load under way is followed within one tenant only: its credentials may be wrong.
    apart = at_once and other.tenant != ANNA.tenant
    assert len(bench.asked) == (1 if shared and not apart else 2)


async def test_reads_that_share_differently_do_not_share() -> None:
    bench = Bench()
    for between in Sharing:
        await bench.ask("1", keep=Keep.shared(60, between))

    assert len(bench.asked) == 4


@pytest.mark.parametrize(
    "different", [{"name": "bag.panden"}, {"address": "http://bag2"}, {"arguments": '{"op":"x"}'}]
)
async def test_another_question_is_another_answer(different: dict[str, str]) -> None:
    bench = Bench()
    await bench.ask("1")
    await bench.ask("1", different=different)

    assert len(bench.asked) == 2


async def test_what_is_kept_for_the_request_passes_by() -> None:
    bench = Bench()
    await asyncio.gather(*(bench.ask("1", keep=Keep.request()) for _ in range(3)))

    assert len(bench.asked) == 3
    assert bench.account == Account(keys=3)


async def test_equal_questions_at_one_moment_are_one_call() -> None:
    bench = Bench()
    answers = await asyncio.gather(*(bench.ask("1", "2") for _ in range(50)))

    assert bench.asked == [("1", "2")]
    assert all(answer == answers[0] for answer in answers)


async def test_questions_that_overlap_ask_each_key_once() -> None:
    bench = Bench()
    one, two = await asyncio.gather(bench.ask("1", "2"), bench.ask("2", "3"))

    assert bench.asked == [("1", "2"), ("3",)]
    assert (set(one), set(two)) == ({"1", "2"}, {"2", "3"})


async def test_who_asks_for_more_paths_does_not_wait_for_who_asks_for_less() -> None:
    bench = Bench()
    await asyncio.gather(bench.ask("1", paths="a"), bench.ask("1", paths="a b"))

    assert len(bench.asked) == 2


async def test_a_failure_under_way_is_shared_and_then_forgotten() -> None:
    bench = Bench(error=SourceFault("bag"))
    results = await asyncio.gather(*(bench.ask("1") for _ in range(50)), return_exceptions=True)

    assert len(bench.asked) == 1
    assert all(isinstance(result, SourceFault) for result in results)


async def test_who_leaves_hurts_nobody() -> None:
    bench = Bench(gate=asyncio.Event())
    assert bench.gate is not None
    first, second = (asyncio.create_task(bench.ask("1")) for _ in range(2))
    await _settle()
    first.cancel()
    await _settle()
    bench.gate.set()

    assert "1" in await second
    assert len(bench.asked) == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_when_all_have_left_the_call_is_cancelled_and_can_be_made_again() -> None:
    bench = Bench(gate=asyncio.Event())
    assert bench.gate is not None
    leavers = [asyncio.create_task(bench.ask("1")) for _ in range(3)]
    await _settle()
    for leaver in leavers:
        leaver.cancel()
    await _settle()
    bench.gate.set()

    assert "1" in await bench.ask("1")
    assert len(bench.asked) == 2


async def test_who_followed_a_call_that_ran_out_of_anothers_time_gets_an_own_call() -> None:
    bench = Bench(gate=asyncio.Event())
    assert bench.gate is not None
    usual = bench.load

    async def first_too_late(keys: Sequence[str]) -> Mapping[str, Any]:
        answer = await usual(keys)
        if len(bench.asked) == 1:
            raise SourceTimeout("bag")
        return answer

    bench.load = first_too_late  # type: ignore[method-assign]
    leader = asyncio.create_task(bench.ask("1"))
    await _settle()
    followers = [asyncio.create_task(bench.ask("1")) for _ in range(5)]
    await _settle()
    bench.gate.set()

    with pytest.raises(SourceTimeout):
        await leader
    assert all("1" in answer for answer in await asyncio.gather(*followers))
    assert len(bench.asked) == 2


async def test_the_least_recently_used_goes_first() -> None:
    bench = Bench(entries=3)
    await bench.ask("1", "2", "3")
    await bench.ask("1")
    await bench.ask("4")
    await bench.ask("1", "3", "4")
    assert bench.asked == [("1", "2", "3"), ("4",)]

    await bench.ask("2")
    assert bench.asked[2:] == [("2",)]


async def test_memory_is_bounded_and_sets_no_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[object] = []
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "call_later", lambda *given, **_: timers.append(given))
    monkeypatch.setattr(loop, "call_at", lambda *given, **_: timers.append(given))
    bench = Bench(entries=50)
    for number in range(500):
        await bench.ask(str(number))
    memory = bench.cache._memory

    assert isinstance(memory, Memory)
    assert len(memory) == 50
    assert timers == []


async def test_what_is_cleared_is_gone() -> None:
    bench = Bench()
    await bench.ask("1")
    await bench.cache.clear()
    await bench.ask("1")

    assert len(bench.asked) == 2


async def test_closing_stops_what_is_under_way() -> None:
    bench = Bench(gate=asyncio.Event())
    waiting = asyncio.create_task(bench.ask("1"))
    await _settle()
    await bench.cache.aclose()

    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_switch_of_aiocache_turns_keeping_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIOCACHE_DISABLE", "1")
    bench = Bench()
    await bench.ask("1")

    assert "1" in await bench.ask("1")
    assert len(bench.asked) == 2


async def test_no_key_tells_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    bench = Bench()
    await bench.ask("999990019")

    assert "999990019" not in caplog.text + repr(list(bench.cache._memory._cache))


def test_no_two_questions_are_written_alike() -> None:
    keys = [
        "1",
        1,
        True,
        None,
        "True",
        "None",
        ("1",),
        (("1",),),
        ("1", ""),
        ("", "1"),
        ("11",),
        "",
    ]
    commons = [("a", "b"), ("ab", ""), ("a", "b", ""), ("", "ab")]
    made = {Fingerprints(b"s", common).of(key) for common in commons for key in keys}

    assert len(made) == len(keys) * len(commons)
    assert Fingerprints(b"t", commons[0]).of("1") not in made


def test_a_key_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        Fingerprints(b"s", ()).of(1.5)


@pytest.mark.parametrize("seconds", [0, -1, 86_401])
def test_a_keep_has_an_end(seconds: int) -> None:
    with pytest.raises(ValueError):
        Keep.shared(seconds, Sharing.TENANT)


async def test_a_failure_of_one_tenant_is_not_that_of_another() -> None:
    """Open data are everybody's; the credentials with which they are asked are not."""
    cache = Cache()
    entered = asyncio.Event()

    async def refused(keys: Sequence[str]) -> dict[str, str]:
        entered.set()
        await asyncio.sleep(0)
        raise SourceFault("bag", status=401)

    async def answered(keys: Sequence[str]) -> dict[str, str]:
        return dict.fromkeys(keys, "adres")

    async def ask(tenant: str, load: Load[str]) -> dict[str, str]:
        return await cache.through(
            Scope(tenant, "open-data", "u"),
            Keep.shared(60, Sharing.EVERYONE),
            name="bag.adres",
            address="https://bag.example",
            arguments="{}",
            keys=["1"],
            paths=frozenset(),
            load=load,
            account=Account(),
        )

    first = asyncio.create_task(ask("0001", refused))
    await entered.wait()
    second = await ask("0002", answered)

    assert second == {"1": "adres"}
    with pytest.raises(SourceFault):
        await first
    await cache.aclose()
