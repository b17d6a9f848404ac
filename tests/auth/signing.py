"""Makes tokens of any shape, well formed or not, for the tests of `gateway.auth`."""

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jws
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

from gateway.assurance import Level
from gateway.auth.issuer import Admission, Issuer, Purposes
from gateway.auth.jwks import FixedKeys
from gateway.auth.keys import KeyRing, read_jwks
from gateway.auth.principal import Kind

NOW: Final = 1_795_000_000.0
BSN: Final = "999990019"
KVK: Final = "99900100"
BRANCH: Final = "000099900000"
RSIN: Final = "888800009"
CLIENT: Final = "balie"
AUDIENCE: Final = "https://gateway.test"
EC_ISSUER: Final = "https://ec.test"
RSA_ISSUER: Final = "https://rsa.test"
PSS_ISSUER: Final = "https://pss.test"
ED_ISSUER: Final = "https://ed.test"
STRICT_ISSUER: Final = "https://strict.test"
STAFF_ISSUER: Final = "https://staff.test"
LOOSE_ISSUER: Final = "https://loose.test"
PICKY_ISSUER: Final = "https://picky.test"

EC = ECKey.generate_key("P-256", {"kid": "ec"})
EC_OTHER = ECKey.generate_key("P-256", {"kid": "ec"})
EC_384 = ECKey.generate_key("P-384", {"kid": "ec"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed"})

STAFF = frozenset({Kind.MEDEWERKER})
PURPOSES: Purposes = {
    "0999": {
        "klantcontact": Admission(frozenset({Kind.MEDEWERKER, Kind.SYSTEEM})),
        "toezicht": Admission(frozenset({Kind.MEDEWERKER, Kind.SYSTEEM})),
        "belastingen": Admission(STAFF, rollen=frozenset({"heffer", "invorderaar"})),
        "mijn-gegevens": Admission(frozenset({Kind.BURGER})),
        "mijn-dossier": Admission(frozenset({Kind.BURGER}), level=Level.SUBSTANTIEEL),
        "mijn-bedrijf": Admission(frozenset({Kind.BEDRIJF})),
        "namens": Admission(frozenset({Kind.GEMACHTIGDE})),
    },
    "0998": {"klantcontact": Admission(STAFF)},
}


class Absent:
    """Stands for a claim that is not there."""


ABSENT: Final = Absent()


def claims(**changes: Any) -> dict[str, Any]:
    """Good claims of an employee, with these changes."""
    good = {
        "iss": EC_ISSUER,
        "aud": AUDIENCE,
        "sub": "u-1",
        "name": "J. de Vries",
        "gemeente": "0999",
        "doelbinding": "klantcontact",
        "soort": "medewerker",
        "azp": CLIENT,
        "jti": "1",
        "iat": NOW,
        "exp": NOW + 600,
    }
    return {name: value for name, value in (good | changes).items() if value is not ABSENT}


def citizen(**changes: Any) -> dict[str, Any]:
    """Good claims of a citizen, with these changes."""
    return claims(**({"soort": "burger", "doelbinding": "mijn-gegevens", "bsn": BSN} | changes))


def company(**changes: Any) -> dict[str, Any]:
    """Good claims of a company, with these changes."""
    return claims(
        **({"soort": "bedrijf", "doelbinding": "mijn-bedrijf", "kvkNummer": KVK} | changes)
    )


def representative(mandate: Any = None, **changes: Any) -> dict[str, Any]:
    """Good claims of who acts for a citizen, or by this mandate, with these changes."""
    granted = {"bsn": BSN, "diensten": ["wmo"]} if mandate is None else mandate
    acts = {"soort": "gemachtigde", "doelbinding": "namens", "machtiging": granted}
    return claims(**(acts | changes))


def token(
    payload: Mapping[str, Any] | bytes,
    header: Mapping[str, Any] | bytes | None = None,
    key: Key = EC,
    sign_with: str | None = None,
) -> str:
    """A signed token; the header's `alg` may differ from the algorithm it is `sign_with`."""
    if header is None:
        header = {"alg": "ES256", "kid": "ec", "typ": "JWT"}
    signing = _part(header) + b"." + _part(payload)
    named = header.get("alg", "ES256") if isinstance(header, Mapping) else "ES256"
    algorithm = jws.JWSRegistry.algorithms[sign_with or named]
    return (signing + b"." + _base64(algorithm.sign(signing, key))).decode()


def bearer(payload: Mapping[str, Any] | bytes, **how: Any) -> str:
    """A whole header value with such a token."""
    return f"Bearer {token(payload, **how)}"


def unsigned(header: Mapping[str, Any], payload: Mapping[str, Any], signature: bytes = b"") -> str:
    """A whole header value with a signature of our choice."""
    return f"Bearer {(_part(header) + b'.' + _part(payload) + b'.' + _base64(signature)).decode()}"


def public_as_secret() -> OctKey:
    """The issuer's public key used as a shared secret: the classic confusion."""
    return OctKey.import_key(RSA.as_pem(private=False).replace(b"-----", b"#####"))


def ring(*keys: Key, algorithm: str = "ES256") -> KeyRing:
    """These keys as an issuer would publish them."""
    return read_jwks(jwks(*keys), algorithm)


def jwks(*keys: Key) -> bytes:
    """The JWKS document with these public keys."""
    return json.dumps({"keys": [key.as_dict(private=False) for key in keys]}).encode()


def issuers() -> tuple[Issuer, ...]:
    """One issuer per algorithm, one for RFC 9068 only, one for employees only, one
    that does not keep to NL GOV OAuth, and one that has us name its clients.
    """
    everywhere = frozenset({"0999", "0997"})
    ec = FixedKeys(ring(EC))
    rsa = FixedKeys(ring(RSA, algorithm="RS256"))
    pss = FixedKeys(ring(RSA, algorithm="PS256"))
    ed = FixedKeys(ring(ED, algorithm="EdDSA"))
    clients = frozenset({CLIENT, "zaaksysteem"})
    return (
        Issuer(EC_ISSUER, AUDIENCE, "ES256", everywhere, ec, max_lifetime=3_600.0),
        Issuer(RSA_ISSUER, AUDIENCE, "RS256", everywhere, rsa),
        Issuer(PSS_ISSUER, AUDIENCE, "PS256", everywhere, pss),
        Issuer(ED_ISSUER, AUDIENCE, "EdDSA", everywhere, ed),
        Issuer(STRICT_ISSUER, AUDIENCE, "ES256", everywhere, ec, access_tokens_only=True),
        Issuer(STAFF_ISSUER, AUDIENCE, "ES256", everywhere, ec, kinds=STAFF),
        Issuer(LOOSE_ISSUER, AUDIENCE, "ES256", everywhere, ec, nl_gov=False),
        Issuer(PICKY_ISSUER, AUDIENCE, "ES256", everywhere, ec, clients=clients),
    )


def _part(value: Mapping[str, Any] | bytes) -> bytes:
    return _base64(value if isinstance(value, bytes) else json.dumps(value).encode())


def _base64(value: bytes) -> bytes:
    return base64.urlsafe_b64encode(value).rstrip(b"=")
