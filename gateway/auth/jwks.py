"""The keys that an issuer publishes at an address, kept and renewed (operation).

One fetch at a time, however many callers wait for it. Keys are renewed after ten minutes, and at
once for a `kid` we do not have, though never more than once per half minute: made-up kids must not
become a flood at the issuer. While the issuer is away its known keys serve on, a day at most; after
the first attempt that failed nobody who comes with a known key waits for the next.
"""

import asyncio
from collections.abc import Awaitable, Callable

from gateway.auth.errors import Reason, Unauthenticated
from gateway.auth.keys import KeyRing, UnusableKeysError, read_jwks

FRESH = 600.0
"""Seconds that keys serve without asking again."""
COOL_DOWN = 30.0
"""Seconds between two fetches, whatever the cause."""
COOL_DOWN_EMPTY = 5.0
"""The same while we hold no keys at all: an issuer that starts after us is found soon."""
STALE = 86_400.0
"""Seconds that keys serve while the issuer cannot be reached."""

Fetch = Callable[[], Awaitable[bytes]]
"""Gets the JWKS document; raises FetchError."""


class FetchError(Exception):
    """The JWKS could not be had. The text names the kind of failure, never a host or a body."""


class FixedKeys:
    """Keys that do not change while the process runs: from a file, or made by the demo issuer."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    @property
    def current(self) -> KeyRing:
        return self._ring

    async def find(self, kid: str | None) -> KeyRing:
        return self._ring

    async def aclose(self) -> None:
        """Nothing is ever under way."""


class PublishedKeys:
    """An issuer's keys by way of `fetch`; `clock` gives monotonic seconds."""

    def __init__(
        self,
        fetch: Fetch,
        algorithm: str,
        clock: Callable[[], float],
        report: Callable[[str], None] = lambda failure: None,
    ) -> None:
        self._fetch = fetch
        self._algorithm = algorithm
        self._clock = clock
        self._report = report
        self._ring = KeyRing()
        self._fetched_at: float | None = None
        self._asked_at: float | None = None
        self._flight: asyncio.Task[None] | None = None
        self._failing = False

    @property
    def current(self) -> KeyRing:
        return self._ring if self._age() < STALE else KeyRing()

    async def find(self, kid: str | None) -> KeyRing:
        """The keys to look `kid` up in; Unauthenticated if we have none and cannot get them."""
        known = self._ring.get(kid) is not None and self._age() < STALE
        if not known or (self._age() >= FRESH and not self._failing):
            await self._renew()
        elif self._age() >= FRESH:
            self._start()
        if self._age() >= STALE:
            raise Unauthenticated(Reason.KEYS_UNREACHABLE)
        return self._ring

    async def aclose(self) -> None:
        """Stop a fetch that is under way."""
        flight, self._flight = self._flight, None
        if flight is not None and not flight.done():
            flight.cancel()
            await asyncio.wait([flight])

    def _age(self) -> float:
        return float("inf") if self._fetched_at is None else self._clock() - self._fetched_at

    async def _renew(self) -> None:
        """Join the fetch under way, or the one that begins now."""
        flight = self._start()
        if flight is not None:
            # A caller who leaves must not take the keys from those who wait with it.
            await asyncio.shield(flight)

    def _start(self) -> "asyncio.Task[None] | None":
        """The fetch under way, or a new one if the last is long enough ago."""
        if self._flight is not None and not self._flight.done():
            return self._flight
        wait = COOL_DOWN_EMPTY if self._fetched_at is None else COOL_DOWN
        if self._asked_at is not None and self._clock() - self._asked_at < wait:
            return None
        self._asked_at = self._clock()
        self._flight = asyncio.create_task(self._load())
        return self._flight

    async def _load(self) -> None:
        self._failing = True  # until it is seen that it does not
        try:
            self._ring = read_jwks(await self._fetch(), self._algorithm)
        except (FetchError, UnusableKeysError) as failure:
            self._report(str(failure))
        except Exception as failure:
            self._report(type(failure).__name__)
        else:
            self._fetched_at, self._failing = self._clock(), False
