"""When to stop asking a source that fails (operation): a breaker on the rate of failures.

Our own, because the libraries for it are unkept, and the one that works lets every waiting call
through as a probe; a probe must be one call. It has no timers: time passes when it is asked.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What a call says of the source's health. UNKNOWN: cut short by us, so it says nothing."""

    ANSWERED = "answered"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to make one call; hand it back with the outcome."""

    era: int
    probe: bool


class Breaker:
    """Opens when, of at least `volume` calls within `window` seconds, a share of `rate` failed.

    After `pause` seconds it admits one probe: answered, it closes; failed, it stays open for
    another pause. Calls admitted before a change of state no longer count after it.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        volume: int = 10,
        rate: float = 0.5,
        window: float = 30.0,
        pause: float = 10.0,
        memory: int = 100,
    ) -> None:
        self._clock = clock
        self._volume = volume
        self._rate = rate
        self._window = window
        self._pause = pause
        self._outcomes: deque[tuple[float, bool]] = deque(maxlen=memory)
        self._reopens: float | None = None
        self._probing = False
        self._era = 0
        self._permit = Permit(0, probe=False)

    @property
    def is_open(self) -> bool:
        """Whether the source was failing when last heard of."""
        return self._reopens is not None

    def admit(self) -> Permit | None:
        """A permit, or None while no call may go out."""
        if self._reopens is None:
            return self._permit
        if self._probing or self._clock() < self._reopens:
            return None
        self._probing = True
        return Permit(self._era, probe=True)

    def settle(self, permit: Permit, outcome: Outcome) -> None:
        """Take the permit back. An UNKNOWN probe leaves the place free for another."""
        if permit.era != self._era:
            return
        if permit.probe:
            self._settle_probe(outcome)
        elif outcome is not Outcome.UNKNOWN:
            self._count(failed=outcome is Outcome.FAILED)

    def _settle_probe(self, outcome: Outcome) -> None:
        self._probing = False
        match outcome:
            case Outcome.ANSWERED:
                self._turn(None)
            case Outcome.FAILED:
                self._turn(self._clock() + self._pause)
            case Outcome.UNKNOWN:
                pass

    def _count(self, *, failed: bool) -> None:
        now = self._clock()
        self._outcomes.append((now, failed))
        if not failed:
            return
        while self._outcomes[0][0] < now - self._window:
            self._outcomes.popleft()
        if len(self._outcomes) < self._volume:
            return
        failures = sum(bad for _, bad in self._outcomes)
        if failures >= self._rate * len(self._outcomes):
            self._turn(now + self._pause)

    def _turn(self, reopens: float | None) -> None:
        self._reopens = reopens
        self._era += 1
        self._permit = Permit(self._era, probe=False)
        self._outcomes.clear()
