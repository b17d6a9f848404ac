"""The demo's own issuer: invented callers whose tokens ordinary verification accepts (startup).

Only the composition of the demo makes one. No setting, file or request can: its key is made when
the object is, lives in memory, and no other process trusts it.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from gateway.auth.issuer import Issuer
from gateway.auth.jwks import FixedKeys
from gateway.auth.keys import read_jwks
from gateway.auth.principal import Kind
from gateway.operation.identity import Identity

NAME = "urn:bronpoort:demo"
AUDIENCE = "urn:bronpoort:demo:gateway"
LIFETIME = 900
"""Seconds that a demo token is valid."""
DIENST = "urn:bronpoort:demo:ondersteuning"
"""The service that the gemachtigde may act for, as a register of machtigingen would code it."""


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented caller, as the explorer offers it."""

    code: str
    naam: str
    omschrijving: str
    purpose: str
    kind: Kind
    claims: Mapping[str, Any] = field(default_factory=dict)
    """What the token says beside that; whose numbers it has, `Whose` says."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose data the personas may ask for who have somebody's own."""

    burger: Identity
    bedrijf: Identity
    vertegenwoordigde: Identity
    """For whom the gemachtigde acts."""


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
        {"acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"},
    ),
    Persona(
        "bedrijf",
        "Ondernemer",
        "Een ondernemer met eHerkenning, die alleen naar het eigen bedrijf mag vragen.",
        "mijn-bedrijf",
        Kind.BEDRIJF,
        {"acr": "urn:etoegang:core:assurance-class:loa3"},
    ),
    Persona(
        "gemachtigde",
        "Gemachtigde",
        "Een dochter die haar moeder helpt, met een machtiging voor ondersteuning en hulp.",
        "namens-inwoner",
        Kind.GEMACHTIGDE,
        {"acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"},
    ),
)


class DemoIssuer:
    """Signs tokens for the personas in one tenant."""

    def __init__(self, whose: Whose, tenant: str = "0999") -> None:
        self._whose = whose
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
        return {
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
            "azp": AUDIENCE,
            **persona.claims,
            **whose_numbers(persona.kind, self._whose),
        }


def whose_numbers(kind: Kind, whose: Whose) -> dict[str, Any]:
    """The claims that say whose data this kind of persona may ask for."""
    match kind:
        case Kind.BURGER:
            return _written(whose.burger)
        case Kind.BEDRIJF:
            return _written(whose.bedrijf)
        case Kind.GEMACHTIGDE:
            return {"machtiging": {**_written(whose.vertegenwoordigde), "diensten": [DIENST]}}
        case _:
            return {}


def _written(own: Identity) -> dict[str, Any]:
    """The claims that say whose data it is; those that are not known are left out."""
    every = {
        "bsn": own.bsn,
        "kvkNummer": own.kvk_nummer,
        "vestigingsnummer": own.vestigingsnummer,
        "rsin": own.rsin,
    }
    return {name: value for name, value in every.items() if value is not None}
