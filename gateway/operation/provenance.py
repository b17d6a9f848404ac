"""What an answer tells of where it came from (operation): `extensions.herkomst` and warnings."""

from collections.abc import Iterable
from typing import Any

from gateway.source.ledger import Account, Ledger, Why

STALE = "VEROUDERD"
"""The code of a warning: something older than it should be, since the source failed."""


def provenance(ledger: Ledger) -> dict[str, dict[str, Any]]:
    """Per source: HTTP calls, milliseconds over all calls, keys asked, cache hits and their age;
    how many of these hits were no longer fresh, the age of the oldest of them, and why.
    """
    return {name: _provenance(account) for name, account in sorted(ledger.accounts.items())}


def _provenance(account: Account) -> dict[str, Any]:
    return {
        "aanroepen": account.calls,
        "milliseconden": round(account.milliseconds, 1),
        "sleutels": account.keys,
        "uitCache": account.cache_hits,
        "oudsteSeconden": round(account.oldest_age, 1),
        "verouderd": account.stale,
        "verouderdSeconden": round(account.stale_age, 1),
        "reden": None if account.why is None else account.why.value,
    }


def bare_provenance(leads_to: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Each source that a question leads to, and nothing of what was asked of it: that would tell
    how much there is that the caller is not shown.
    """
    return {name: {} for name in sorted(set(leads_to))}


def warnings(ledger: Ledger) -> list[dict[str, Any]]:
    """One per source that failed and of which something older was served instead. What is served
    while it is asked anew is as it should be, and no warning.
    """
    return [
        _warning(name, account.stale_age, account.why)
        for name, account in sorted(ledger.accounts.items())
        if account.stale and account.why not in (None, Why.VERVERST)
    ]


def _warning(source: str, seconds: float, why: Why | None) -> dict[str, Any]:
    return {
        "code": STALE,
        "message": "De bron gaf geen antwoord: dit zijn gegevens van eerder.",
        "bron": source,
        "seconden": round(seconds, 1),
        "reden": None if why is None else why.value,
    }


def extensions(
    ledger: Ledger, herkomst: bool, leads_to: Iterable[str] | None = None
) -> dict[str, Any]:
    """The extensions of an answer: `herkomst` where it was asked, warnings where there are any.

    For who is not shown everything, `leads_to` are the sources to which the question leads, and of
    no other is told; None for who is.
    """
    told: dict[str, Any] = {}
    if herkomst:
        told["herkomst"] = provenance(ledger) if leads_to is None else bare_provenance(leads_to)
    named = None if leads_to is None else set(leads_to)
    if found := [each for each in warnings(ledger) if named is None or each["bron"] in named]:
        told["waarschuwingen"] = found
    return told


def as_hits(ledger: Ledger) -> Ledger:
    """The account of who was served what another asked: nothing was asked for them."""
    return Ledger(
        {
            name: Account(
                cache_hits=account.keys + account.cache_hits,
                oldest_age=account.oldest_age,
                stale=account.stale,
                stale_age=account.stale_age,
                why=account.why,
            )
            for name, account in ledger.accounts.items()
        },
        ledger.deeds,
    )
