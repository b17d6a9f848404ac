"""An issuer whose tokens we accept, and where its keys come from (startup, used by operations)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from gateway.auth.keys import KeyRing
from gateway.auth.principal import Kind

Algorithm = Literal["RS256", "PS256", "ES256", "EdDSA"]
"""The signatures we accept (RFC 7518, RFC 8037): public keys only, so never `none` or HS256."""


class Keys(Protocol):
    """The keys of one issuer. `current` never waits; `find` may ask the issuer."""

    @property
    def current(self) -> KeyRing:
        """What is held now; empty where nothing was ever fetched."""

    async def find(self, kid: str | None) -> KeyRing:
        """The keys, fresh enough and refetched if `kid` is not among them."""

    async def aclose(self) -> None:
        """End what is under way."""


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """Where an issuer writes what we need to know."""

    tenant: str = "gemeente"
    purpose: str = "doelbinding"
    kind: str = "soort"
    bsn: str = "bsn"
    name: str = "name"


@dataclass(frozen=True, slots=True)
class Issuer:
    """One issuer, what it may vouch for, and its keys."""

    name: str
    """The exact text of `iss`."""
    audience: str
    """Our own name, which must be in `aud`."""
    algorithm: Algorithm
    """The one algorithm; a token that names another is refused (RFC 8725, section 3.1)."""
    tenants: frozenset[str]
    keys: Keys
    kinds: frozenset[Kind] = frozenset(Kind)
    claims: ClaimNames = ClaimNames()
    leeway: float = 30.0
    """Seconds that clocks may differ, at most 60."""
    max_lifetime: float = 21_600.0
    """Seconds between issue and expiry, at most; NL GOV OAuth allows six hours."""
    access_tokens_only: bool = False
    """Whether `typ` must be `at+jwt` (RFC 9068)."""


Purposes = Mapping[str, Mapping[str, frozenset[Kind]]]
"""By tenant code and purpose code: the kinds of caller that may ask for that purpose."""
