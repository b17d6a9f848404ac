"""How long a read's answers are kept and between whom they are shared (startup): a declaration.

A read says what its answers are and how long they would serve; `gateway.source.policy` says how
long they may. What counts is the shorter of the two.
"""

from dataclasses import dataclass
from enum import Enum

_LONGEST = 7 * 86_400


class DataClass(Enum):
    """What an answer is, for whoever is accountable for keeping it."""

    PERSONAL = "persoonsgegevens"
    """Of BRP, partijen, betrokkenen, owners: who somebody is."""
    CASE = "zaakgegevens"
    """What a municipality does for somebody: zaken, statussen, documents' metadata."""
    REFERENCE = "referentiegegevens"
    """Agreements about data: catalogi, objecttypen, producttypen."""
    OPEN = "open gegevens"
    """Published for everybody: BAG, PDOK."""


class Sharing(Enum):
    """Who may be served an answer that was fetched for another; each is narrower than the last."""

    EVERYONE = "everyone"
    TENANT = "tenant"
    PURPOSE = "purpose"
    PRINCIPAL = "principal"
    REQUEST = "request"
    """Nobody: nothing outlives the operation."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How an answer is kept, in seconds, and `between` whom it is shared.

    `fresh`: it is served as it is. `stale_while_revalidate`, after that: it is served and asked
    anew behind. `stale_if_error`, after `fresh`: it is served when the source fails, and marked.
    `negative`: as `fresh`, of what was not found.

    Make one with `Keep.request()` or `Keep.shared(...)`.
    """

    data: DataClass
    between: Sharing
    fresh: float
    stale_while_revalidate: float
    stale_if_error: float
    negative: float

    @classmethod
    def request(cls, data: DataClass) -> "Keep":
        """Kept for this operation only, shared with nobody."""
        return cls(data, Sharing.REQUEST, 0, 0, 0, 0)

    @classmethod
    def personal(cls) -> "Keep":
        """Personal data: for whoever asked them, as long as a municipality allows."""
        return cls.shared(DataClass.PERSONAL, Sharing.PRINCIPAL, fresh=300)

    @classmethod
    def case(cls) -> "Keep":
        """What belongs to a zaak: for whoever asked it, a minute."""
        return cls.shared(DataClass.CASE, Sharing.PRINCIPAL, fresh=60, stale_if_error=240)

    @classmethod
    def shared(
        cls,
        data: DataClass,
        between: Sharing,
        *,
        fresh: float,
        stale_while_revalidate: float = 0,
        stale_if_error: float = 0,
        negative: float = 30,
    ) -> "Keep":
        """Kept and shared `between` these; ValueError for times or circles that cannot be."""
        times = (stale_while_revalidate, stale_if_error, negative)
        if not 1 <= fresh <= _LONGEST or not all(0 <= each <= _LONGEST for each in times):
            raise ValueError("keep an answer between 1 second and a week")
        if between is Sharing.REQUEST:
            raise ValueError("what is shared with nobody is Keep.request()")
        if data is DataClass.PERSONAL and between is not Sharing.PRINCIPAL:
            raise ValueError("personal data are for whoever asked them")
        if data is DataClass.PERSONAL and (stale_while_revalidate or stale_if_error):
            raise ValueError("personal data are never served stale")
        if data is DataClass.CASE and between in (Sharing.EVERYONE, Sharing.TENANT):
            raise ValueError("what belongs to a zaak is not for every purpose")
        return cls(data, between, fresh, stale_while_revalidate, stale_if_error, negative)
