"""Remembers tokens that were found good, so that an equal one costs nothing (operation).

Bounded, least recently used goes first, a minute at most. Tokens are kept as a digest: memory holds
no usable token. An entry counts only while its key is still among the issuer's keys.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from gateway.auth.grant import Grant
from gateway.auth.issuer import Keys

LONGEST = 60.0
"""Seconds that a verified token is believed without looking at it again."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a token gave: what it allows, until when, and by which key of whom.

    For which of its purposes a request is, is not remembered: the next may be for another.
    """

    grant: Grant
    expires: float
    thumbprint: str
    keys: Keys


class Memo:
    """At most `size` verified tokens; times are seconds since the epoch."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._entries: OrderedDict[bytes, tuple[float, Verified]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, token: str, now: float) -> Verified | None:
        """What a token seen lately gave, if it and its key still hold."""
        return self.find(digest_of(token), now)

    def find(self, digest: bytes, now: float) -> Verified | None:
        """The same by its digest."""
        entry = self._entries.get(digest)
        if entry is None:
            return None
        since, verified = entry
        # A clock set back says nothing about the age of an entry, so `since` is a bound too.
        if (
            since <= now < min(verified.expires, since + LONGEST)
            and verified.thumbprint in verified.keys.current.thumbprints
        ):
            self._entries.move_to_end(digest)
            return verified
        del self._entries[digest]
        return None

    def put(self, token: str, now: float, verified: Verified) -> None:
        """Remember a token; the least recently used makes room."""
        digest = digest_of(token)
        self._entries[digest] = (now, verified)
        self._entries.move_to_end(digest)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def sweep(self, now: float) -> None:
        """Forget whom nothing is asked for any more: what a token said of somebody is not kept."""
        gone = [
            digest
            for digest, (since, verified) in self._entries.items()
            if not since <= now < min(verified.expires, since + LONGEST)
        ]
        for digest in gone:
            del self._entries[digest]


def digest_of(token: str) -> bytes:
    """Stands for a token that is not kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
