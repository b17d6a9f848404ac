"""An issuer whose tokens we accept, and where its keys come from (startup, used by operations)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from gateway.assurance import VALUES, Level
from gateway.auth.claims import Claim
from gateway.auth.keys import KeyRing
from gateway.auth.principal import Kind

Algorithm = Literal["RS256", "PS256", "ES256", "EdDSA"]
"""The signatures we accept (RFC 7518, RFC 8037): public keys only, so never `none` or HS256."""

KINDS: Mapping[str, Kind] = MappingProxyType({kind.value: kind for kind in Kind})
"""What an issuer writes for each kind, unless it has words of its own."""
HOUR = 3_600.0
LIFETIMES: Mapping[Kind, float] = MappingProxyType(
    {kind: 6 * HOUR if kind is Kind.SYSTEEM else HOUR for kind in Kind}
)
"""Seconds that a token may be valid (NL GOV OAuth): by client credentials six hours, else one."""


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
    """Where an issuer writes what we need to know: a claim's name, or the way to one inside."""

    tenant: Claim = "gemeente"
    purpose: Claim = "doelbinding"
    kind: Claim = "soort"
    subject: Claim = "sub"
    name: Claim = "name"
    roles: Claim = "rollen"
    assurance: Claim = "acr"
    bsn: Claim = "bsn"
    kvk: Claim = "kvkNummer"
    branch: Claim = "vestigingsnummer"
    rsin: Claim = "rsin"
    mandate: Claim = "machtiging"
    """All that is said of acting for somebody else: only a gemachtigde may have it."""
    mandate_bsn: Claim = ("machtiging", "bsn")
    mandate_kvk: Claim = ("machtiging", "kvkNummer")
    mandate_branch: Claim = ("machtiging", "vestigingsnummer")
    mandate_rsin: Claim = ("machtiging", "rsin")
    services: Claim = ("machtiging", "diensten")


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
    """Of an issuer with one kind only, a token need not say it."""
    claims: ClaimNames = ClaimNames()
    kind_values: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    """What it writes for each kind."""
    levels: Mapping[str, Level] = field(default_factory=lambda: VALUES)
    """What it writes for each level of assurance."""
    clients: frozenset[str] = frozenset()
    """The clients (`azp`, or `client_id` where that is absent) that may come; empty: all of its."""
    nl_gov: bool = True
    """Whether `jti` and the client must be there and LIFETIMES hold, as NL GOV OAuth has it."""
    leeway: float = 30.0
    """Seconds that clocks may differ, at most 60."""
    max_lifetime: float = 6 * HOUR
    """Seconds between issue and expiry, at most."""
    access_tokens_only: bool = False
    """Whether `typ` must be `at+jwt` (RFC 9068)."""
    origin: Hashable = None
    """Where its keys are fetched, as one value; None where they are not fetched."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Who may ask for one purpose."""

    kinds: frozenset[Kind]
    rollen: frozenset[str] = frozenset()
    """A MEDEWERKER must have one of these; empty: none is needed."""
    level: Level | None = None
    """The least sure login that will do."""


Purposes = Mapping[str, Mapping[str, Admission]]
"""By tenant code and purpose code."""
