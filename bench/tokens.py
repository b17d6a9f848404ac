"""Tokens for the example's municipalities (process): a key made for one measurement."""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey

from sandbox.neighbour_files import AUDIENCE, CITIZENS, STAFF

STAFF_SECONDS, CITIZEN_SECONDS = 3_600, 900
ACR = "http://eidas.europa.eu/LoA/substantial"
"""How sure it is who a resident is."""


def _made() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues them."""

    key: ECKey = field(default_factory=_made)

    def published(self, path: Path) -> Path:
        """The file with what a gateway verifies them with."""
        path.write_text(json.dumps({"keys": [self.key.as_dict(private=False)]}), encoding="utf-8")
        return path

    def bearer(self, code: str, purpose: str = "klantcontact", subject: str = "bench") -> str:
        """A header value for an hour, of an employee of this municipality."""
        who = {"sub": subject, "gemeente": code, "doelbinding": purpose, "soort": "medewerker"}
        return self._signed({"iss": STAFF, **who}, STAFF_SECONDS)

    def citizen(self, code: str, bsn: str) -> str:
        """A header value for a quarter of an hour, of a resident who asks about themself."""
        subject = uuid.uuid5(uuid.NAMESPACE_OID, bsn).hex  # a subject with a BSN in it is refused
        who = {"sub": subject, "bsn": bsn, "gemeente": code, "soort": "burger", "acr": ACR}
        return self._signed(
            {"iss": CITIZENS, "doelbinding": "mijn-gegevens", **who}, CITIZEN_SECONDS
        )

    def _signed(self, claims: Mapping[str, str], seconds: int) -> str:
        now = int(time.time())
        header = {"alg": "ES256", "kid": self.key.kid, "typ": "JWT"}
        own = {"jti": uuid.uuid4().hex, "azp": "bench"}
        whole = {**claims, **own, "aud": AUDIENCE, "iat": now, "exp": now + seconds}
        return f"Bearer {jwt.encode(header, whole, self.key)}"
