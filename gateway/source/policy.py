"""How long answers may be kept at most, per class of data (startup): the operator's table.

The limits of a class are the same for every municipality, but for personal data: those outlive an
operation only for a municipality whose own file says so, with a reason, and never beyond 300 s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gateway.source.keep import DataClass, Keep, Sharing

PERSONAL_MOST = 300
"""Seconds; more is refused whatever the reason."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The most of each time of a `Keep`, in seconds."""

    fresh: float
    stale_while_revalidate: float
    stale_if_error: float
    negative: float = 30

    @property
    def oldest(self) -> float:
        """How old an answer of this class can be when it is served."""
        return self.fresh + max(self.stale_while_revalidate, self.stale_if_error)


CAPS: Mapping[DataClass, Cap] = MappingProxyType(
    {
        DataClass.PERSONAL: Cap(0, 0, 0),
        DataClass.CASE: Cap(60, 0, 240),
        DataClass.REFERENCE: Cap(86_400, 3_600, 86_400),
        DataClass.OPEN: Cap(14_400, 3_600, 86_400),
    }
)
"""What holds unless the operator says otherwise."""


class Policy:
    """The table in force. `personal` is seconds by tenant, for those whose file opts in."""

    def __init__(
        self,
        caps: Mapping[DataClass, Cap] = CAPS,
        personal: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self._caps = dict(caps)
        self._personal = dict(personal)
        self._decided: dict[tuple[int, str], tuple[Keep, Keep]] = {}
        """By the declaration itself, which stands at a read: to hash its value takes longer."""

    def cap(self, data: DataClass, tenant: str) -> Cap:
        """What holds for a class of data of this tenant."""
        cap = self._caps[data]
        if data is not DataClass.PERSONAL:
            return cap
        seconds = min(self._personal.get(tenant, 0), PERSONAL_MOST)
        return Cap(seconds, 0, 0, min(cap.negative, seconds))

    def effective(self, keep: Keep, tenant: str) -> Keep:
        """What is left of a declaration under this table."""
        if keep.between is Sharing.REQUEST:
            return keep
        known = self._decided.get((id(keep), tenant))
        if known is None or known[0] is not keep:
            known = self._decided[id(keep), tenant] = (keep, self._capped(keep, tenant))
        return known[1]

    def _capped(self, keep: Keep, tenant: str) -> Keep:
        cap = self.cap(keep.data, tenant)
        fresh = min(keep.fresh, cap.fresh)
        if fresh <= 0:
            return Keep.request(keep.data)
        return Keep(
            keep.data,
            keep.between,
            fresh,
            min(keep.stale_while_revalidate, cap.stale_while_revalidate),
            min(keep.stale_if_error, cap.stale_if_error),
            min(keep.negative, cap.negative, fresh),
        )
