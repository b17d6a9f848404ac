"""Tokens for the example's municipalities (process): a key made for one measurement."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey

from sandbox.neighbour_files import AUDIENCE, STAFF


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

    def bearer(self, code: str) -> str:
        """A header value for an hour, of an employee of this municipality's contact centre."""
        now = int(time.time())
        claims = {
            "iss": STAFF,
            "aud": AUDIENCE,
            "sub": "bench",
            "gemeente": code,
            "doelbinding": "klantcontact",
            "soort": "medewerker",
            "iat": now,
            "exp": now + 3_600,
        }
        header = {"alg": "ES256", "kid": self.key.kid, "typ": "JWT"}
        return f"Bearer {jwt.encode(header, claims, self.key)}"
