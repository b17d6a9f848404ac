"""What may be asked of a source at all: calls a second and calls a month."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from gateway.source.errors import SourceError, SourceQuota, SourceUnreachable
from gateway.source.quota import SPENT, Allowance, Meter
from gateway.source.settings import Quota, SourceSettings
from gateway.source.surroundings import Surroundings
from gateway.source.upstreams import Upstreams
from tests.source.fakes import Time, desk, raw, reply, wire

pytestmark = pytest.mark.anyio

FINE = reply(json={"a": 1})
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Calendar(Time):
    """A time of which the date is set too."""

    moment = datetime(2026, 11, 21, 12, tzinfo=AMSTERDAM)

    def surroundings(self) -> Surroundings:
        """This time, with that date."""
        around = super().surroundings()
        return Surroundings(
            around.clock, lambda: self.moment.timestamp(), around.chance, around.sleep
        )


def allowance(time: Time, meter: Meter, **quota: Any) -> Allowance:
    """What these settings leave of this meter."""
    return Allowance("kvk", Quota(**quota), meter, time.sleep)


# ---- a second -------------------------------------------------------------------------------


async def test_calls_within_the_limit_go_out_at_once() -> None:
    time = Time()
    allowed = allowance(time, Meter(time.clock, lambda: 0), per_seconde=3)

    for _ in range(3):
        await allowed.pace(time.seconds + 5)

    assert time.slept == []


async def test_what_is_too_fast_waits_until_a_second_has_passed() -> None:
    time = Time()
    allowed = allowance(time, Meter(time.clock, lambda: 0), per_seconde=2)
    began = time.seconds
    out: list[float] = []

    for pause in (0, 0.25, 0, 0, 0):
        time.seconds += pause
        await allowed.pace(began + 10)
        out.append(time.seconds - began)

    assert out == [0, 0.25, 1.0, 1.25, 2.0]
    assert all(later - earlier >= 1 for earlier, later in zip(out, out[2:], strict=False))


async def test_those_who_wait_together_get_turns_of_their_own() -> None:
    """Nobody moves the clock while they wait: each has its turn from the start."""
    seconds, slept = [100.0], []

    async def sleep(wait: float) -> None:
        slept.append(wait)

    meter = Meter(lambda: seconds[0], lambda: 0)
    allowed = Allowance("kvk", Quota(per_seconde=2), meter, sleep)

    await asyncio.gather(*(allowed.pace(200.0) for _ in range(7)))

    assert slept == [1.0, 1.0, 2.0, 2.0, 3.0]


async def test_no_turn_before_the_deadline_is_refused_at_once() -> None:
    time = Time()
    meter = Meter(time.clock, lambda: 0)
    allowed = allowance(time, meter, per_seconde=1)
    await allowed.pace(time.seconds + 5)

    with pytest.raises(SourceQuota) as refused:
        await allowed.pace(time.seconds + 1.0)
    await allowed.pace(time.seconds + 1.1)

    assert refused.value.detail == "own limit per second"
    assert time.slept == [1.0]


def test_a_turn_is_not_before_one_that_was_given() -> None:
    """Also when the limit was raised since."""
    time = Time()
    meter = Meter(time.clock, lambda: 0)

    waits = [meter.turn(limit, time.seconds + 9) for limit in (1, 1, 1, 10)]

    assert waits == [0, 1, 2, 2]


# ---- a month --------------------------------------------------------------------------------


def test_a_month_is_one_of_the_calendar_in_amsterdam() -> None:
    """Which begins an hour before that of UTC, or two in summer."""
    time = Calendar()
    meter = Meter(time.clock, lambda: time.moment.timestamp())
    counted: list[int] = []

    for moment in (
        "2026-11-30T22:59:59+00:00",
        "2026-11-30T23:00:00+00:00",
        "2026-12-31T22:59:59+00:00",
        "2027-06-30T21:59:59+00:00",
        "2027-06-30T22:00:00+00:00",
        "2028-06-30T12:00:00+00:00",
    ):
        time.moment = datetime.fromisoformat(moment)
        meter.count()
        counted.append(meter.this_month)

    assert counted == [1, 1, 2, 1, 1, 1]


async def test_a_month_that_is_spent_is_refused_before_any_call() -> None:
    time = Calendar()
    async with wire(FINE) as bron, desk(time.surroundings()) as at:
        source = at.source(bron.address, quota={"per_maand": 2})
        assert [await source.get("x") for _ in range(2)] == [{"a": 1}, {"a": 1}]

        with pytest.raises(SourceQuota) as refused:
            await source.get("x")
        assert len(bron.heard) == at.ledger.account("bron").calls == 2

        time.moment = datetime(2026, 12, 1, tzinfo=AMSTERDAM)
        await source.get("x")

    assert (refused.value.message, refused.value.code, refused.value.retry) == (
        SPENT,
        "QUOTA",
        True,
    )
    assert len(bron.heard) == 3


async def test_calls_side_by_side_do_not_exceed_the_month() -> None:
    async with wire(FINE) as bron, desk(Calendar().surroundings()) as at:
        source = at.source(bron.address, quota={"per_maand": 3}, parallel=10)

        found = await asyncio.gather(*(source.get("x") for _ in range(10)), return_exceptions=True)

        assert len([each for each in found if isinstance(each, SourceQuota)]) == 7
        assert len(bron.heard) == 3


async def test_a_second_attempt_counts() -> None:
    """The first failed for a moment; there is none left to try again with."""
    async with wire(raw(503, b""), FINE) as bron, desk(Calendar().surroundings()) as at:
        with pytest.raises(SourceQuota):
            await at.source(bron.address, quota={"per_maand": 1}).get("x")

        assert len(bron.heard) == 1


async def test_a_second_attempt_waits_for_its_turn() -> None:
    time = Time()
    async with wire(raw(503, b""), FINE) as bron, desk(time.surroundings()) as at:
        await at.source(bron.address, quota={"per_seconde": 1}).get("x")

        assert time.slept == [pytest.approx(0.15), pytest.approx(0.85)]


async def test_our_own_refusal_says_nothing_of_the_source() -> None:
    """A breaker that lets one call through to try is not closed by a call that was not made."""
    time = Calendar()
    async with wire(raw(500, b"{}")) as bron, desk(time.surroundings()) as at:
        source = at.source(bron.address, quota={"per_maand": 10}, remaining=600.0)
        for _ in range(10):
            with pytest.raises(SourceError):
                await source.get("x")
        with pytest.raises(SourceUnreachable):
            await source.get("x")
        time.seconds += 60

        for _ in range(2):
            with pytest.raises(SourceQuota):
                await source.get("x")
        time.moment = datetime(2026, 12, 1, tzinfo=AMSTERDAM)
        with pytest.raises(SourceError):
            await source.get("x")
        with pytest.raises(SourceUnreachable):
            await source.get("x")

    assert len(bron.heard) == 11


async def test_asking_for_a_token_is_not_a_call() -> None:
    token = reply(json={"access_token": "t", "token_type": "Bearer", "expires_in": 600})
    async with wire(token) as tokens, wire(FINE) as bron, desk(Calendar().surroundings()) as at:
        credentials = {
            "soort": "client-credentials",
            "token_url": tokens.address,
            "client_id": "wij",
            "secret": "env:GEHEIM",
        }
        source = at.source(
            bron.address,
            quota={"per_maand": 1},
            credentials=credentials,
            environment={"GEHEIM": "x"},
        )

        assert await source.get("x") == {"a": 1}


async def test_each_source_of_each_municipality_has_its_own_meter() -> None:
    upstreams = Upstreams(Time().surroundings())

    upstreams.meters.of("0999", "kvk").count()

    known = {
        place: upstreams.meters.of(*place).this_month
        for place in (("0999", "kvk"), ("0999", "bag"), ("0998", "kvk"))
    }
    assert known == {("0999", "kvk"): 1, ("0999", "bag"): 0, ("0998", "kvk"): 0}


async def test_what_was_used_stays_used_when_the_settings_change() -> None:
    time = Calendar()
    async with wire(FINE) as bron, desk(time.surroundings()) as before:
        await before.source(bron.address, quota={"per_maand": 5}).get("x")
        meters = before.upstreams.meters
        async with desk(time.surroundings(), meters=meters) as after:
            with pytest.raises(SourceQuota):
                await after.source(bron.address, quota={"per_maand": 1}).get("x")

        assert len(bron.heard) == 1


# ---- settings -------------------------------------------------------------------------------


def _settings(quota: Mapping[str, Any]) -> SourceSettings:
    return SourceSettings.model_validate({"address": "http://127.0.0.1/kvk", "quota": quota})


def test_a_source_has_no_quota_unless_it_is_set() -> None:
    assert SourceSettings(address="http://127.0.0.1/kvk").quota is None
    assert _settings({"per_seconde": 100}).quota == Quota(per_seconde=100)


@pytest.mark.parametrize(
    "quota",
    [{}, {"per_seconde": 0}, {"per_maand": -1}, {"per_maand": "veel"}, {"per_dag": 5}],
)
def test_a_quota_is_of_something_and_more_than_nothing(quota: Mapping[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _settings(quota)
