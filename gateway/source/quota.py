"""How much of a source may be used (operation): calls a second, and calls in a calendar month.

For a source that is paid per call or that shuts out who asks too fast. What goes beyond is refused
by us, before the call. Every HTTP call counts, a second attempt too; asking for a token does not.

A month is the calendar month in Amsterdam, as it is on the bill. It is counted in the memory of
this process: each worker counts for itself and begins at nothing when it starts. Until a store
shares the count, four workers keep to a contract of 300,000 with `per_maand = 75000` each.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from gateway.source.errors import SourceQuota
from gateway.source.settings import Quota

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NO_LIMIT = Quota.model_construct()
_HOUR = 3_600
SPENT = "Het aantal vragen dat deze maand aan de bron gesteld mag worden, is bereikt."


class Meter:
    """What one source of one tenant was asked: lately, and this month.

    `clock` is monotonic seconds, `now` seconds since 1970. It outlives connections: a source that
    was idle, or whose settings changed, has used what it used.
    """

    def __init__(self, clock: Callable[[], float], now: Callable[[], float]) -> None:
        self._clock = clock
        self._now = now
        self._turns: deque[float] = deque()
        self._month = (0, 0)
        self._hour = (0.0, 0.0)
        self._calls = 0

    def turn(self, per_second: int, before: float) -> float | None:
        """Seconds until the next call may go out, taking that turn; None when there is none
        `before` that moment of the clock. A turn taken is used up, also by who then leaves.
        """
        now, turns = self._clock(), self._turns
        while turns and turns[0] <= now - 1.0:
            turns.popleft()
        at = max(now, turns[-1]) if turns else now
        if len(turns) >= per_second:
            at = max(at, turns[-per_second] + 1.0)
        if at >= before:
            return None
        turns.append(at)
        return at - now

    @property
    def this_month(self) -> int:
        """How many calls were counted in the month that it is now."""
        now = self._now()
        begun, ends = self._hour
        if not begun <= now < ends:  # a month begins at a whole hour: within one it is the same
            self._hour = (now // _HOUR * _HOUR, now // _HOUR * _HOUR + _HOUR)
            today = datetime.fromtimestamp(now, AMSTERDAM)
            month = (today.year, today.month)
            if month != self._month:
                self._month, self._calls = month, 0
        return self._calls

    def count(self) -> None:
        """Note one call."""
        begun, ends = self._hour
        self._calls = (self._calls if begun <= self._now() < ends else self.this_month) + 1


class Meters:
    """The meters of this process, by tenant and source, made at first use."""

    def __init__(self, clock: Callable[[], float], now: Callable[[], float]) -> None:
        self._clock = clock
        self._now = now
        self._made: dict[tuple[str, str], Meter] = {}

    def of(self, tenant: str, source: str) -> Meter:
        """The meter of this source of this tenant."""
        return self._made.setdefault((tenant, source), Meter(self._clock, self._now))


class Allowance:
    """What the settings of a source leave of its meter."""

    def __init__(
        self,
        source: str,
        quota: Quota | None,
        meter: Meter,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._source = source
        self._quota = quota or NO_LIMIT
        self.limits = self._quota != NO_LIMIT
        """Whether there is anything to wait for or to be refused by."""
        self._meter = meter
        self._sleep = sleep

    async def pace(self, before: float) -> None:
        """Wait until a call may go out; SourceQuota, at once, if that is not `before` then."""
        self._refuse_when_spent()
        if self._quota.per_seconde is None:
            return
        wait = self._meter.turn(self._quota.per_seconde, before)
        if wait is None:
            raise SourceQuota(self._source, "own limit per second")
        if wait > 0:
            await self._sleep(wait)

    def spend(self) -> None:
        """Note a call that goes out now; SourceQuota if there is none left this month."""
        if self.limits:
            self._refuse_when_spent()
        self._meter.count()

    def _refuse_when_spent(self) -> None:
        most = self._quota.per_maand
        if most is not None and self._meter.this_month >= most:
            raise SourceQuota(self._source, "own limit per month", message=SPENT)
