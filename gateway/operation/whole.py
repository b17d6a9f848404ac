"""Whole answers, kept as the bytes that are sent (operation).

Only of operations of which every part is open or reference data that a municipality, or everyone,
shares: they are the same for all who may see the same. Kept until the first of their parts is no
longer fresh, and dropped with any of them. Never with an error, a warning or a link in it.

A kept answer is looked for when the caller is known, and under what they may see: it proves
nothing. That the question may be asked was proven when it was kept; everything that decided so is
in the key.
"""

import hashlib
import secrets
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gateway.operation.plan import Plan
from gateway.source.cache import Cache, Scope
from gateway.source.entry import Entry
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.ledger import Account, Ledger

_SHARED = (Sharing.EVERYONE, Sharing.TENANT)
_OPEN = (DataClass.OPEN, DataClass.REFERENCE)
_EACH = 300


def may_be_whole(plan: Plan) -> bool:
    """Whether an answer by this plan may be kept, as far as its reads declare it: what is in force
    for a municipality is never more.
    """
    if plan.kept.whole is None:
        declared = [_may_be(step.read.keep) for step in plan.steps]
        plan.kept.whole = bool(declared) and all(declared) and not plan.asks_own
    return plan.kept.whole


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """One answer, and what it was made of: per source how many keys, and since when the oldest;
    and what the audit line tells of it: the links that were followed, the labels that were needed.
    """

    body: bytes
    parts: Mapping[str, tuple[int, float]]
    objects: Sequence[str] = ()
    labels: Sequence[str] = ()

    def ledger(self, now: float) -> Ledger:
        """The account of who is served it at that moment: nothing but hits."""
        made = Ledger()
        for name, (keys, created) in self.parts.items():
            made.account(name).hit(keys, max(0.0, now - created))
        return made


class Whole:
    """The whole answers of one gateway. `now` gives seconds since 1970."""

    def __init__(self, cache: Cache, now: Callable[[], float]) -> None:
        self.keeps = cache.keeps_whole
        """Whether anything is ever kept here."""
        self._cache = cache
        self._now = now
        self._secret = secrets.token_bytes(32)

    def key(
        self,
        *,
        configuration: Hashable,
        tenant: str,
        labels: frozenset[str],
        closed: bool,
        levels: frozenset[tuple[str, str]],
        document: str,
        operation: str | None,
        variables: bytes,
    ) -> Hashable:
        """Everything that decides an answer of which all is shared; the variables as their mark."""
        return (configuration, tenant, labels, closed, levels, document, operation, variables)

    def mark(self, written: bytes) -> bytes:
        """Stands for what a client wrote, in this process only: it may be about somebody, and what
        is kept here must not tell of whom.
        """
        return hashlib.blake2b(written, key=self._secret, digest_size=32).digest()

    def find(self, key: Hashable) -> tuple[Kept, Ledger] | None:
        """What is kept under this key, and the account of this use of it."""
        kept: Kept | None = self._cache.whole(key)
        return None if kept is None else (kept, kept.ledger(self._now()))

    async def keep(
        self, key: Hashable, body: bytes, plan: Plan, scope: Scope, ledger: Ledger, since: int
    ) -> bool:
        """Keep an answer without errors, warnings and links, if every part of it may be, and never
        one to a question for what is somebody's own. `since` is the cache's moment before anything
        of it was asked.
        """
        accounts = ledger.accounts
        entries = [entry for account in accounts.values() for entry in account.entries]
        tags = {entry.tags for entry in entries}
        if plan.asks_own or not entries or not all(tags):  # what has no tags cannot be dropped
            return False
        rules = [self._cache.policy.effective(step.read.keep, scope.tenant) for step in plan.steps]
        if not all(map(_may_be, rules)) or not all(map(_is_shared, accounts.values())):
            return False
        return await self._cache.keep_whole(
            key,
            Kept(body, dict(_parts(accounts)), plan.objects, plan.labels),
            size=len(body) + _EACH,
            tags=frozenset().union(*tags),
            fresh_until=_fresh_until(entries, rules),
            since=since,
        )


def _may_be(rule: Keep) -> bool:
    return rule.between in _SHARED and rule.data in _OPEN


def _is_shared(account: Account) -> bool:
    is_open = all(data in _OPEN for data in account.classes)
    return account.between in _SHARED and is_open and not account.stale


def _fresh_until(entries: Iterable[Entry], rules: Iterable[Keep]) -> float:
    """By what each part says itself, and by the table that is in force now; also a part that came
    along with another is no older than that other one.
    """
    shortest = min(rule.fresh for rule in rules)
    return min(min(entry.fresh_until, entry.created + shortest) for entry in entries)


def _parts(accounts: Mapping[str, Account]) -> Iterator[tuple[str, tuple[int, float]]]:
    for name, account in accounts.items():
        if account.entries:
            keys = account.keys + account.cache_hits
            yield name, (keys, min(entry.created for entry in account.entries))
