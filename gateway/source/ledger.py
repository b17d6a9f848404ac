"""One operation's account of what it asked of each source (operation)."""

import math
from dataclasses import dataclass, field
from enum import Enum

from gateway.source.deeds import Deed
from gateway.source.entry import Entry
from gateway.source.keep import DataClass, Sharing

_WIDEST_FIRST = tuple(Sharing)


class Why(Enum):
    """Why something was served that was no longer fresh."""

    VERVERST = "wordt ververst"
    ONBEREIKBAAR = "bron onbereikbaar"
    TE_LAAT = "bron te laat"
    TE_DRUK = "bron te druk"
    FOUT = "bron gaf een fout"


@dataclass(slots=True)
class Account:
    """What one source was asked: HTTP `calls` (retries too), `milliseconds` from asking until the
    answer was in, summed over calls, `keys` asked for over HTTP, `cache_hits` in keys, and the
    `oldest_age` in seconds among those hits.

    Of the hits, `stale` were no longer fresh, the oldest of these `stale_age` seconds old; `why` is
    the gravest reason.
    """

    calls: int = 0
    milliseconds: float = 0.0
    keys: int = 0
    cache_hits: int = 0
    oldest_age: float = 0.0
    stale: int = 0
    stale_age: float = 0.0
    why: Why | None = None
    between: Sharing = Sharing.EVERYONE
    """The narrowest circle that any part is shared between; REQUEST if one outlives nothing."""
    entries: list[Entry] = field(default_factory=list, repr=False, compare=False)
    """Every part that may be kept, as it was served."""

    def hit(self, keys: int, age: float) -> None:
        """Note `keys` served from the cache, the oldest of them `age` seconds old."""
        self.cache_hits += keys
        self.oldest_age = max(self.oldest_age, age)

    def served_stale(self, age: float, why: Why) -> None:
        """Note that one of the hits was no longer fresh."""
        self.stale += 1
        self.stale_age = max(self.stale_age, age)
        if self.why is None or self.why is Why.VERVERST:
            self.why = why

    def narrow(self, between: Sharing) -> None:
        """Note between whom a part is shared."""
        if _WIDEST_FIRST.index(between) > _WIDEST_FIRST.index(self.between):
            self.between = between

    def asked_alone(self, keys: int) -> None:
        """Note `keys` asked for this operation only."""
        self.keys += keys
        self.between = Sharing.REQUEST

    @property
    def fresh_until(self) -> float:
        """When the first of its parts is no longer fresh, in seconds since 1970."""
        return min((entry.fresh_until for entry in self.entries), default=math.inf)

    @property
    def tags(self) -> frozenset[bytes]:
        """The hashed tags of all its parts."""
        return frozenset().union(*(entry.tags for entry in self.entries))

    @property
    def classes(self) -> frozenset[DataClass]:
        """The classes of data of its parts."""
        return frozenset(entry.data for entry in self.entries)


@dataclass(slots=True)
class Ledger:
    """The accounts of one operation, by name of the source."""

    accounts: dict[str, Account] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    """What was done with personal data, in the order in which it ended."""

    def account(self, source: str) -> Account:
        """The account of this source, opened when first asked for."""
        found = self.accounts.get(source)
        if found is None:
            found = self.accounts[source] = Account()
        return found
