"""How long a read's answers are kept and between whom they are shared (startup): a declaration."""

from dataclasses import dataclass
from enum import Enum


class Sharing(Enum):
    """Who may be served an answer that was fetched for another; each is narrower than the last."""

    EVERYONE = "everyone"
    TENANT = "tenant"
    PURPOSE = "purpose"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True)
class Keep:
    """`seconds` of freshness, `between` those who share; without `between` nothing outlives the
    operation.

    Make one with `Keep.request()` or `Keep.shared(...)`.
    """

    seconds: int
    between: Sharing | None

    @classmethod
    def request(cls) -> "Keep":
        """Kept for this operation only, shared with nobody."""
        return cls(seconds=0, between=None)

    @classmethod
    def shared(cls, seconds: int, between: Sharing) -> "Keep":
        """Kept for `seconds` (1 or more, at most a day), shared `between` these."""
        if not 1 <= seconds <= 86_400:
            raise ValueError("keep an answer between 1 second and a day")
        return cls(seconds=seconds, between=between)
