"""How often a caller may have everything asked anew, past what is kept (operation).

Counted in the memory of this process: with several workers a caller has as many times the number.
"""

import math
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable

from gateway.operation.errors import Code, RequestError

MINUTE = 60.0


class TooOften(RequestError):  # noqa: N818  # it says what is the case
    """`vers` was asked too often; `seconds` from now it may be asked again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            Code.QUOTA,
            "U vroeg te vaak om `vers`. Stel de vraag zonder, of probeer het later opnieuw.",
            status=429,
            extensions={"opnieuw": True},
        )
        self.seconds = seconds


class Freshness:
    """At most `most` times in any minute, for each caller. `clock` is monotonic seconds."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most = most
        self._clock = clock
        self._turns: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._turns)

    def take(self, who: Hashable) -> None:
        """Note that this caller asks it now. Raises TooOften."""
        now = self._clock()
        self._forget_before(now - MINUTE)
        turns = self._turns.setdefault(who, deque())
        while turns and turns[0] <= now - MINUTE:
            turns.popleft()
        if len(turns) >= self._most:
            first = turns[0] if turns else now
            raise TooOften(max(1, math.ceil(first + MINUTE - now)))
        turns.append(now)
        self._turns.move_to_end(who)

    def _forget_before(self, moment: float) -> None:
        """Callers whose latest turn is over: the longest ago stands first."""
        while self._turns:
            turns = next(iter(self._turns.values()))
            if turns and turns[-1] > moment:
                return
            self._turns.popitem(last=False)
