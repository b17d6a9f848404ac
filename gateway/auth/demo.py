"""The demo's own issuer: invented callers whose tokens ordinary verification accepts (startup).

Only the composition of the demo makes one. No setting, file or request can: its key is made when
the object is, lives in memory, and no other process trusts it.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from gateway.auth.issuer import Issuer
from gateway.auth.jwks import FixedKeys
from gateway.auth.keys import read_jwks
from gateway.auth.principal import Kind

NAME = "urn:bronpoort:demo"
AUDIENCE = "urn:bronpoort:demo:gateway"
LIFETIME = 900
"""Seconds that a demo token is valid."""


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented caller, as the explorer offers it."""

    code: str
    naam: str
    omschrijving: str
    purpose: str
    kind: Kind


PERSONAS = (
    Persona(
        "iedereen",
        "Iedereen",
        "Een bezoeker zonder account: ziet alleen open gegevens.",
        "open-data",
        Kind.SYSTEEM,
    ),
    Persona(
        "kcc",
        "Medewerker klantcontact",
        "Een medewerker van het klantcontactcentrum, die vragen van inwoners beantwoordt.",
        "klantcontact",
        Kind.MEDEWERKER,
    ),
    Persona(
        "belastingen",
        "Medewerker belastingen",
        "Een medewerker van de gemeentelijke belastingen, die aanslagen behandelt.",
        "belastingen",
        Kind.MEDEWERKER,
    ),
    Persona(
        "toezicht",
        "Medewerker toezicht",
        "Een toezichthouder op bouwen, wonen en milieu, die adressen bezoekt.",
        "toezicht",
        Kind.MEDEWERKER,
    ),
    Persona(
        "burger",
        "Inwoner",
        "Een inwoner die is ingelogd en alleen naar zichzelf mag vragen.",
        "mijn-gegevens",
        Kind.BURGER,
    ),
)


class DemoIssuer:
    """Signs tokens for the personas in one tenant; `bsn` is the number of the citizen persona."""

    def __init__(self, bsn: str, tenant: str = "0999") -> None:
        self._bsn = bsn
        self._tenant = tenant
        self._key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)

    def personas(self) -> Sequence[Persona]:
        """All personas, the least privileged first."""
        return PERSONAS

    def token(self, code: str, now: float) -> str:
        """A signed token for the persona with this code; KeyError if there is none."""
        persona = {each.code: each for each in PERSONAS}[code]
        header = {"alg": "ES256", "kid": self._key.kid, "typ": "at+jwt"}
        return jwt.encode(header, self._claims(persona, int(now)), self._key)

    def jwks(self) -> dict[str, Any]:
        """The public key as a JWKS document (RFC 7517)."""
        return {"keys": [self._key.as_dict(private=False)]}

    def issuer(self) -> Issuer:
        """This issuer as verification knows it: an issuer like any other."""
        ring = read_jwks(json.dumps(self.jwks()).encode(), "ES256")
        return Issuer(
            name=NAME,
            audience=AUDIENCE,
            algorithm="ES256",
            tenants=frozenset({self._tenant}),
            keys=FixedKeys(ring),
            max_lifetime=LIFETIME,
            access_tokens_only=True,
        )

    def _claims(self, persona: Persona, now: int) -> dict[str, Any]:
        claims = {
            "iss": NAME,
            "aud": AUDIENCE,
            "sub": f"demo-{persona.code}",
            "name": persona.naam,
            "gemeente": self._tenant,
            "doelbinding": persona.purpose,
            "soort": persona.kind.value,
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME,
            "jti": secrets.token_urlsafe(12),
        }
        if persona.kind is Kind.BURGER:
            claims["bsn"] = self._bsn
        return claims
