"""A second attempt: when, after how long, and when not."""

from email.utils import formatdate

import pytest

from gateway.source.errors import SourceError, SourceTimeout, SourceUnreachable
from gateway.source.retries import RetryBudget, pause
from tests.source.fakes import Reply, Time, desk, never, raw, reply, wire

pytestmark = pytest.mark.anyio

FINE = reply(json={"a": 1})


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_passing_fault_is_asked_about_once_more(status: int) -> None:
    time = Time()
    async with wire(raw(status, b""), FINE) as bron, desk(time.surroundings()) as at:
        answer = await at.source(bron.address).get("x")

        assert answer == {"a": 1}
        assert len(bron.heard) == 2
        assert at.ledger.account("bron").calls == 2
        assert time.slept == [pytest.approx(0.15)]


async def test_a_connection_that_gives_no_answer_is_tried_once_more() -> None:
    async with wire(b"", FINE) as bron, desk(Time().surroundings()) as at:
        assert await at.source(bron.address).get("x") == {"a": 1}
        assert len(bron.heard) == 2


async def test_a_question_in_a_body_is_put_again_with_its_body() -> None:
    async with wire(raw(503, b""), FINE) as bron, desk(Time().surroundings()) as at:
        await at.source(bron.address).post("x", json=[1])

        assert [heard.body for heard in bron.heard] == [b"[1]", b"[1]"]


async def test_there_is_no_third_attempt() -> None:
    async with wire(raw(503, b"")) as bron, desk(Time().surroundings()) as at:
        with pytest.raises(SourceUnreachable):
            await at.source(bron.address).get("x")

        assert len(bron.heard) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 500, 501])
async def test_other_faults_are_not_asked_about_again(status: int) -> None:
    async with wire(raw(status, b"{}"), FINE) as bron, desk(Time().surroundings()) as at:
        with pytest.raises(SourceError):
            await at.source(bron.address).get("x")

        assert len(bron.heard) == 1


async def test_a_source_that_was_too_slow_is_not_asked_again() -> None:
    async with wire(never, FINE) as bron, desk() as at:
        with pytest.raises(SourceTimeout):
            await at.source(bron.address, timeout=0.8).get("x")

        assert len(bron.heard) == 1


async def test_retry_after_is_kept_to() -> None:
    time = Time()
    async with wire(raw(429, b"", retry_after="2"), FINE) as bron, desk(time.surroundings()) as at:
        await at.source(bron.address).get("x")

        assert time.slept == [pytest.approx(2.05)]


async def test_a_pause_that_outlasts_the_deadline_is_not_begun() -> None:
    time = Time()
    slow = raw(503, b"", retry_after="4")
    async with wire(slow, FINE) as bron, desk(time.surroundings()) as at:
        with pytest.raises(SourceUnreachable):
            await at.source(bron.address, remaining=3.0).get("x")

        assert time.slept == []


async def test_at_most_a_fifth_more_is_asked_of_a_failing_source() -> None:
    time = Time()
    replies: list[Reply] = [raw(429, b"")]
    async with wire(*replies) as bron, desk(time.surroundings()) as at:
        for _ in range(100):
            with pytest.raises(SourceError):
                await at.source(bron.address).get("x")

        assert 100 < len(bron.heard) <= 122


def test_the_budget_saves_no_more_than_ten() -> None:
    budget = RetryBudget()
    for _ in range(1_000):
        budget.save()

    assert [budget.spend() for _ in range(11)] == [True] * 10 + [False]


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        (None, 0.15),
        ("0", 0.05),
        ("7", 7.05),
        ("9" * 40, 3_600.05),
        (formatdate(1_000_030, usegmt=True), 30.05),
        (formatdate(999_000, usegmt=True), 0.05),
        ("soon", 0.15),
        ("-5", 0.15),
        ("\u0663", 0.15),
    ],
)
def test_how_long_the_pause_is(retry_after: str | None, seconds: float) -> None:
    assert pause(retry_after, lambda: 1_000_000.0, lambda: 0.5) == pytest.approx(seconds)
