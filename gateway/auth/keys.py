"""The public keys of one issuer that fit its algorithm (startup and operation).

Reads a JWKS document (RFC 7517) or a PEM public key. What does not fit is left out, not an error:
an issuer may publish keys for other uses beside the ones we need.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey

_KEY_TYPES: Mapping[str, type[RSAKey] | type[ECKey] | type[OKPKey]] = MappingProxyType(
    {"RS256": RSAKey, "PS256": RSAKey, "ES256": ECKey, "EdDSA": OKPKey}
)
_CURVES = {"ES256": "P-256", "EdDSA": "Ed25519"}
_RSA_MODULUS = range(342, 1367)  # base64url characters: 2048 to 8192 bits
_MOST_KEYS = 50
PRIVATE = "het bestand bevat een privésleutel; hier hoort de publieke sleutel"


class UnusableKeysError(Exception):
    """A document holds no key set at all. Its text is Dutch and shows no key material."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by `kid`, and the keys that have none."""

    by_kid: Mapping[str, Key] = field(default_factory=dict)
    nameless: tuple[Key, ...] = ()
    thumbprints: frozenset[str] = frozenset()
    """RFC 7638; says whether a key seen before is still trusted, whatever its `kid`."""

    def get(self, kid: str | None) -> Key | None:
        """The key for a token's `kid`; a sole key also serves where either side has no `kid`."""
        if kid is not None and kid in self.by_kid:
            return self.by_kid[kid]
        if kid is not None:
            return self.nameless[0] if len(self.nameless) == 1 and not self.by_kid else None
        every = (*self.by_kid.values(), *self.nameless)
        return every[0] if len(every) == 1 else None


def read_jwks(document: bytes, algorithm: str) -> KeyRing:
    """The keys of a JWKS that may verify `algorithm`; UnusableKeysError if it is no JWKS."""
    try:
        found = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise UnusableKeysError("geen leesbare JSON") from error
    listed = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise UnusableKeysError("geen JWKS: de lijst 'keys' ontbreekt")
    return _ring([jwk for jwk in listed[:_MOST_KEYS] if _fits(jwk, algorithm)])


def read_pem(document: bytes, algorithm: str) -> KeyRing:
    """The one public key or certificate of a PEM file; UnusableKeysError if it does not fit."""
    if b"PRIVATE KEY" in document:
        raise UnusableKeysError(PRIVATE)
    if b"-----BEGIN" not in document:
        raise UnusableKeysError("geen JWKS en geen PEM")
    try:
        jwk = _KEY_TYPES[algorithm].import_key(document).as_dict(private=False)
    except (JoseError, ValueError, TypeError, UserWarning) as error:
        raise UnusableKeysError(f"geen publieke sleutel voor {algorithm}") from error
    ring = _ring([dict(jwk)] if _fits(jwk, algorithm) else [])
    if not ring.thumbprints:
        raise UnusableKeysError(f"geen publieke sleutel voor {algorithm}")
    return ring


def read_key_file(document: bytes, algorithm: str) -> KeyRing:
    """A file with either a JWKS or a PEM public key; UnusableKeysError if no key in it fits."""
    if not document.lstrip().startswith(b"{"):
        return read_pem(document, algorithm)
    ring = read_jwks(document, algorithm)
    if _holds_a_secret(document):
        raise UnusableKeysError(PRIVATE)
    if not ring.thumbprints:
        raise UnusableKeysError(f"geen publieke sleutel voor {algorithm}")
    return ring


def _holds_a_secret(document: bytes) -> bool:
    """Whether a JWKS holds the private half of a key, or one that both sides share."""
    listed = json.loads(document)["keys"]
    return any(isinstance(jwk, dict) and ("d" in jwk or "k" in jwk) for jwk in listed)


def _fits(jwk: Any, algorithm: str) -> bool:
    """Whether a JWK is a public signing key of the right type, curve and size."""
    if not isinstance(jwk, dict) or jwk.get("kty") != _KEY_TYPES[algorithm].key_type:
        return False
    if "d" in jwk or jwk.get("use", "sig") != "sig" or jwk.get("alg", algorithm) != algorithm:
        return False
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        return False
    if algorithm in _CURVES:
        return bool(jwk.get("crv") == _CURVES[algorithm])
    modulus = jwk.get("n")
    return isinstance(modulus, str) and len(modulus) in _RSA_MODULUS


def _ring(jwks: list[dict[str, Any]]) -> KeyRing:
    by_kid: dict[str, Key] = {}
    nameless: list[Key] = []
    thumbprints: set[str] = set()
    for jwk in jwks:
        kid = jwk.get("kid")
        try:
            key = JWKRegistry.import_key(jwk)
            thumbprint = key.thumbprint()
        except (JoseError, ValueError, TypeError):
            continue
        thumbprints.add(thumbprint)
        if kid is None:
            nameless.append(key)
        else:
            by_kid.setdefault(kid, key)
    return KeyRing(MappingProxyType(by_kid), tuple(nameless), frozenset(thumbprints))
