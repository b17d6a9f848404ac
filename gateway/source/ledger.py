"""One operation's account of what it asked of each source (operation)."""

from dataclasses import dataclass, field

from gateway.source.deeds import Deed


@dataclass(slots=True)
class Account:
    """What one source was asked: HTTP `calls` (retries too), `milliseconds` from asking until the
    answer was in, summed over calls, `keys` asked for over HTTP, `cache_hits` in keys, and the
    `oldest_age` in seconds among those hits.
    """

    calls: int = 0
    milliseconds: float = 0.0
    keys: int = 0
    cache_hits: int = 0
    oldest_age: float = 0.0

    def hit(self, keys: int, age: float) -> None:
        """Note `keys` served from the cache, the oldest of them `age` seconds old."""
        self.cache_hits += keys
        self.oldest_age = max(self.oldest_age, age)


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
