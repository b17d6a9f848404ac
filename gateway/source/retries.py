"""Whether and when a question is put a second time (operation). Never a third."""

from collections.abc import Callable
from email.utils import parsedate_to_datetime

_SHARE = 0.2
_MOST = 10.0
_AT_FIRST = 2.0
_LONGEST_WAIT = 3_600.0


class RetryBudget:
    """Second attempts may be a fifth of first ones: each first attempt saves 0.2, each second
    costs 1. A source that is down is then asked at most 20 % more, not twice as much.
    """

    def __init__(self) -> None:
        self._saved = _AT_FIRST

    def save(self) -> None:
        """Note a first attempt."""
        self._saved = min(_MOST, self._saved + _SHARE)

    def spend(self) -> bool:
        """Whether a second attempt may be made; if so it is paid for."""
        if self._saved < 1.0:
            return False
        self._saved -= 1.0
        return True


def pause(retry_after: str | None, now: Callable[[], float], chance: Callable[[], float]) -> float:
    """Seconds to wait before the second attempt: what `Retry-After` says (RFC 9110, 10.2.3:
    seconds or a date), else 50 to 250 ms; never all callers at the same moment.
    """
    asked = _asked(retry_after, now)
    if asked is None:
        return 0.05 + 0.2 * chance()
    return asked + 0.1 * chance()


def _asked(retry_after: str | None, now: Callable[[], float]) -> float | None:
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:10]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(0.0, moment - now()), _LONGEST_WAIT)
