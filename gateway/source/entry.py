"""One kept answer and how far it may still be served (operation)."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from gateway.source.keep import DataClass, Keep

_JITTER = 0.1
_AHEAD = 5.0


class Standing(Enum):
    """How far an entry may be served now."""

    FRESH = "as it is"
    STALE = "as it is, and asked anew behind"
    RESCUE = "only when the source fails"
    OVER = "no more"


@dataclass(frozen=True, slots=True)
class Validator:
    """With what a source can be asked whether an answer has changed.

    `fingerprint` is of the whole request: address, all headers, and as whom the source knows us.
    """

    fingerprint: str
    etag: str


@dataclass(slots=True, repr=False)  # made for every thing: frozen it takes three times as long
class Entry:
    """One kept answer. `found` is False for a thing that is not there (then `value` is None).

    `circle` repeats for whom it is kept; it is compared at every read. `created` is when its load
    began, and the others are when it ceases to be served so, in seconds since 1970. `tags` are
    hashed; without any it cannot be dropped, and is not kept. It is shared by whoever is served,
    and neither it nor its `value` is ever changed.
    """

    circle: tuple[str, ...]
    data: DataClass
    found: bool
    value: Any
    paths: frozenset[str]
    created: float
    fresh_until: float
    revalidate_until: float
    rescue_until: float
    tags: frozenset[bytes]
    proven: float
    """When the load began that last brought the whole answer: a 304 says nothing about rights."""
    validator: Validator | None = None

    @property
    def ends(self) -> float:
        """When it is of no more use."""
        return max(self.fresh_until, self.revalidate_until, self.rescue_until)

    def covers(self, circle: tuple[str, ...], paths: frozenset[str]) -> bool:
        """Whether it is for these, and has all of these paths."""
        return self.circle == circle and (not self.found or self.paths >= paths)

    def standing(self, keep: Keep, now: float) -> Standing:
        """What may be done with it, by what it says itself and by the `keep` now in force."""
        age = now - self.created
        fresh = keep.fresh if self.found else keep.negative
        if now < self.fresh_until and -_AHEAD < age < fresh:
            return Standing.FRESH
        if not self.found or age <= -_AHEAD:
            return Standing.OVER
        if now < self.revalidate_until and age < fresh + keep.stale_while_revalidate:
            return Standing.STALE
        if now < self.rescue_until and age < fresh + keep.stale_if_error:
            return Standing.RESCUE
        return Standing.OVER

    def may_be_renewed(self, keep: Keep, now: float) -> bool:
        """Whether a 304 may still renew it: no longer than it could be served without."""
        longest = keep.fresh + max(keep.stale_while_revalidate, keep.stale_if_error)
        return self.validator is not None and -_AHEAD < now - self.proven < longest

    def renewed(self, keep: Keep, began: float, chance: float) -> "Entry":
        """The same answer, which the source says has not changed since."""
        fresh, revalidate, rescue = _times(keep, self.found, began, chance)
        return replace(
            self,
            created=began,
            fresh_until=fresh,
            revalidate_until=revalidate,
            rescue_until=rescue,
        )


def made(
    value: Any,
    *,
    circle: tuple[str, ...],
    keep: Keep,
    paths: frozenset[str],
    began: float,
    chance: float,
    tags: frozenset[bytes],
    validator: Validator | None = None,
) -> Entry:
    """The entry of an answer whose load began then; None is a thing that was not found.

    `chance`, in [0, 1), shortens its freshness by at most a tenth, so that what was asked at one
    moment is not asked anew at one moment.
    """
    found = value is not None
    times = _times(keep, found, began, chance)
    return Entry(circle, keep.data, found, value, paths, began, *times, tags, began, validator)


def _times(keep: Keep, found: bool, began: float, chance: float) -> tuple[float, float, float]:
    """Until when it is fresh, is served while it is asked anew, is served when the source fails."""
    seconds = keep.fresh if found else keep.negative
    fresh = began + seconds * (1.0 - _JITTER * chance)
    if not found:
        return fresh, fresh, fresh
    return fresh, fresh + keep.stale_while_revalidate, fresh + keep.stale_if_error
