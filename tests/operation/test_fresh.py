"""How often a caller may ask past what is kept."""

import pytest

from gateway.operation.fresh import Freshness, TooOften


class Clock:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def test_so_many_in_any_minute() -> None:
    """Each turn comes back a minute after it was taken."""
    clock = Clock()
    freshness = Freshness(2, clock)
    freshness.take("a")
    clock.now += 20
    freshness.take("a")
    with pytest.raises(TooOften) as refused:
        freshness.take("a")

    assert refused.value.seconds == 40
    clock.now += 40
    freshness.take("a")
    with pytest.raises(TooOften) as refused:
        freshness.take("a")
    assert refused.value.seconds == 20


def test_every_caller_has_their_own() -> None:
    """One is not bothered by another."""
    freshness = Freshness(1, Clock())
    freshness.take("a")
    freshness.take("b")

    with pytest.raises(TooOften):
        freshness.take("a")


def test_a_refusal_takes_no_turn() -> None:
    """Whoever keeps asking is not kept waiting longer."""
    clock = Clock()
    freshness = Freshness(1, clock)
    freshness.take("a")
    for _ in range(3):
        clock.now += 10
        with pytest.raises(TooOften):
            freshness.take("a")
    clock.now += 30

    freshness.take("a")


def test_none_at_all() -> None:
    """An operator may close it."""
    with pytest.raises(TooOften) as refused:
        Freshness(0, Clock()).take("a")

    assert refused.value.seconds == 60


def test_who_has_not_asked_lately_is_forgotten() -> None:
    """What is counted does not grow with everybody who ever asked."""
    clock = Clock()
    freshness = Freshness(10, clock)
    for number in range(1_000):
        freshness.take(number)
        clock.now += 1

    assert len(freshness) == 60
