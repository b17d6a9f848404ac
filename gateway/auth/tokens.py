"""Verifies a bearer token and says who asks (operation).

An unverified token only says which issuer and key to try; what else it claims is looked at after
its signature is found good with that issuer's one algorithm. RFC 8725 (JWT best practices) and the
NL GOV OAuth profile are the source of the checks.
"""

import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.util import urlsafe_b64decode

from gateway.auth.claims import (
    Validity,
    check_audience,
    check_client,
    check_times,
    check_use,
    parse_object,
    text,
)
from gateway.auth.errors import AuthError, Reason, Unauthenticated
from gateway.auth.grant import Grant
from gateway.auth.granting import granted
from gateway.auth.issuer import LIFETIMES, Issuer, Purposes
from gateway.auth.memo import Memo, Verified
from gateway.auth.principal import Kind, Principal

MAX_BYTES = 8_192
"""Of the whole header value (rule: cap tokens at 8 kB)."""

_BEARER = re.compile(r"bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)", re.I | re.ASCII)
# Header members by which a token would choose its own key, or change what was signed.
_REFUSED_HEADERS = frozenset({"crit", "b64", "jwk", "jku", "x5u", "x5c", "enc", "zip"})
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
_ACCESS_TOKEN_TYPES = frozenset({"at+jwt", "application/at+jwt"})


class Tokens:
    """Turns an Authorization header into a Principal.

    `issuers` are all we trust, each by a different name; `purposes` says per tenant and purpose
    who may have it; `clock` gives seconds since the epoch.
    """

    def __init__(
        self,
        issuers: Sequence[Issuer],
        purposes: Purposes,
        clock: Callable[[], float] = time.time,
        memo_size: int = 10_000,
    ) -> None:
        self._issuers: Mapping[str, Issuer] = MappingProxyType(
            {each.name: each for each in issuers}
        )
        if len(self._issuers) != len(issuers):
            raise ValueError("two issuers have one name")
        self._purposes = purposes
        self._clock = clock
        self._memo = Memo(memo_size)

    async def verify(
        self, authorization_header: str | None, purpose: str | None = None
    ) -> Principal:
        """Who asks, and for which purpose of those that the token allows: this, or the only one.

        Raises AuthError, and nothing else whatever the header holds.
        """
        return (await self.grant(authorization_header)).chosen(purpose)

    async def grant(self, authorization_header: str | None) -> Grant:
        """All that the token allows; raises Unauthenticated, and nothing else."""
        return (await self.verified(authorization_header)).grant

    async def verified(self, authorization_header: str | None) -> Verified:
        """What it allows and until when (`expires`, not counting the leeway); raises as `grant`
        does.
        """
        try:
            header = _bounded(authorization_header)
            now = self._clock()
            known = self._memo.get(header, now)
            if known is not None:
                return known
            verified = await self._verify(_bearer(header), now)
            self._memo.put(header, now, verified)
            return verified
        except AuthError:
            raise
        except Exception as error:
            raise Unauthenticated(Reason.UNEXPECTED) from error

    def believed(self, digest: bytes) -> Verified | None:
        """What the header with this digest (`memo.digest_of`) still gives without being looked at;
        None if it must be.
        """
        return self._memo.find(digest, self._clock())

    async def aclose(self, keeping: Collection[int] = ()) -> None:
        """End the fetches of keys that are under way; call it before closing their client.

        `keeping` has the id() of keys that others go on with.
        """
        for issuer in self._issuers.values():
            if id(issuer.keys) not in keeping:
                await issuer.keys.aclose()

    def sweep(self) -> None:
        """Keep nothing of tokens that are no longer believed without being verified again."""
        self._memo.sweep(self._clock())

    async def _verify(self, token: str, now: float) -> Verified:
        header, signed = _unpack(token)
        claims = parse_object(signed.payload)
        issuer = self._issuer(claims)
        _check_header(header, issuer)
        kid = header.get("kid")
        key = (await issuer.keys.find(kid)).get(kid)
        if key is None:
            raise Unauthenticated(Reason.NO_KEY)
        try:
            good = jws.validate_compact(signed, key, registry=_OneAlgorithm(issuer.algorithm))
        except (JoseError, ValueError, TypeError) as error:
            raise Unauthenticated(Reason.SIGNATURE) from error
        if not good:
            raise Unauthenticated(Reason.SIGNATURE)
        # The signature covers the very bytes that `claims` were read from.
        check_audience(claims, issuer.audience)
        check_client(claims, issuer.clients, needed=issuer.nl_gov)
        check_use(claims, needs_id=issuer.nl_gov)
        validity = check_times(claims, now, issuer.leeway)
        grant = granted(claims, issuer, self._purposes)
        _check_lifetime(validity, issuer, next(iter(grant.principals.values())).kind)
        return Verified(grant, validity.expires, key.thumbprint(), issuer.keys)

    def _issuer(self, claims: Mapping[str, Any]) -> Issuer:
        name = claims.get("iss")
        if not isinstance(name, str) or name not in self._issuers:
            raise Unauthenticated(Reason.ISSUER)
        return self._issuers[name]


class _OneAlgorithm(jws.JWSRegistry):
    """Knows a single algorithm, and refuses every other by name before any key is used."""

    max_header_length = 2_048
    max_payload_length = MAX_BYTES

    def __init__(self, algorithm: str) -> None:
        super().__init__(algorithms=[algorithm], strict_check_header=False)

    def get_alg(self, name: str) -> Any:
        # Not super(): it warns on each use of "EdDSA", the name that issuers still write.
        if self.allowed is None or name not in self.allowed:
            raise UnsupportedAlgorithmError
        return self.algorithms[name]


def _check_lifetime(validity: Validity, issuer: Issuer, kind: Kind) -> None:
    longest = min(issuer.max_lifetime, LIFETIMES[kind]) if issuer.nl_gov else issuer.max_lifetime
    if validity.seconds > longest + issuer.leeway:
        raise Unauthenticated(Reason.LIFETIME)


def _bounded(header: str | None) -> str:
    if not header:
        raise Unauthenticated(Reason.NO_TOKEN)
    if len(header) > MAX_BYTES:
        raise Unauthenticated(Reason.TOO_LARGE)
    return header


def _bearer(header: str) -> str:
    if not header[:7].lower() == "bearer ":
        raise Unauthenticated(Reason.NOT_BEARER)
    match = _BEARER.fullmatch(header)
    if match is None:
        raise Unauthenticated(Reason.MALFORMED)
    return match[1]


def _unpack(token: str) -> tuple[dict[str, Any], jws.CompactSignature]:
    """The header, read strictly, and the parts of the token; nothing in them is verified yet."""
    try:
        signed = jws.extract_compact(token.encode("ascii"), registry=_OneAlgorithm(""))
        raw_header = urlsafe_b64decode(signed.segments["header"])
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Unauthenticated(Reason.MALFORMED) from error
    return parse_object(raw_header), signed


def _check_header(header: Mapping[str, Any], issuer: Issuer) -> None:
    if not _REFUSED_HEADERS.isdisjoint(header):
        raise Unauthenticated(Reason.HEADER_REFUSED)
    if header.get("alg") != issuer.algorithm:
        raise Unauthenticated(Reason.ALGORITHM)
    if "kid" in header:
        text(header["kid"], Reason.NO_KEY)
    token_type = header.get("typ", None if issuer.access_tokens_only else "JWT")
    allowed = _ACCESS_TOKEN_TYPES if issuer.access_tokens_only else _TYPES
    if not isinstance(token_type, str) or token_type.lower() not in allowed:
        raise Unauthenticated(Reason.TYPE_REFUSED)
