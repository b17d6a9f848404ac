"""Finds where an issuer publishes its keys, by its own description (operation).

OpenID Connect Discovery 1.0, sections 3 and 4. The description is believed about one thing only,
the address of the keys, and only where that is at the issuer itself or at a host that the
configuration names: who could change a description must not be able to name keys of their own
elsewhere, or have us call what only we can reach.
"""

import json
from collections.abc import Callable
from typing import Any

from gateway.auth.address import host_of, secure
from gateway.auth.jwks import Fetch, FetchError

FRESH = 3_600.0
"""Seconds that an address serves without looking at the description again."""
PATH = "/.well-known/openid-configuration"


class DiscoveredKeys:
    """Gets the keys (a Fetch) from where the issuer says they are.

    `fetch` makes the fetch of one address, `clock` gives monotonic seconds, `report` is told when
    the description could not be had while an address is known: that address then serves on.
    """

    def __init__(
        self,
        issuer: str,
        hosts: frozenset[str],
        fetch: Callable[[str], Fetch],
        clock: Callable[[], float],
        report: Callable[[str], None] = lambda failure: None,
    ) -> None:
        self._issuer = issuer
        self._hosts = hosts | {host_of(issuer)}
        self._fetch = fetch
        self._clock = clock
        self._report = report
        self._address: str | None = None
        self._seen_at: float | None = None

    async def __call__(self) -> bytes:
        """The JWKS document; FetchError if it cannot be had."""
        address = await self._known()
        try:
            return await self._fetch(address)()
        except FetchError:
            self._seen_at = None  # it may have moved
            raise

    async def _known(self) -> str:
        fresh = self._seen_at is not None and self._clock() - self._seen_at < FRESH
        if self._address is not None and fresh:
            return self._address
        try:
            described = await self._fetch(self._issuer.removesuffix("/") + PATH)()
            self._address = self._read(described)
        except FetchError as failure:
            if self._address is None:
                raise
            self._report(f"ontdekking: {failure}")
        else:
            self._seen_at = self._clock()
        return self._address

    def _read(self, described: bytes) -> str:
        """The address of the keys in a description of this very issuer (sections 3 and 4.3)."""
        try:
            description: Any = json.loads(described)
        except (ValueError, RecursionError) as error:
            raise FetchError("geen leesbare beschrijving") from error
        if not isinstance(description, dict) or description.get("issuer") != self._issuer:
            raise FetchError("beschrijving van een andere uitgever")
        address = description.get("jwks_uri")
        if not isinstance(address, str):
            raise FetchError("beschrijving zonder jwks_uri")
        try:
            host = host_of(secure(address))
        except ValueError as error:
            raise FetchError("jwks_uri is geen veilig adres") from error
        if host not in self._hosts:
            raise FetchError("jwks_uri bij een andere host")
        return address
