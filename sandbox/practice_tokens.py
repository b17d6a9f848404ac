"""Keys and tokens to practise with (process): `voorbeeld --oefensleutel` and `bronpoort token`.

The names of the issuers are those of the example and stand under `.example`, which nobody can own
(RFC 2606): where no file trusts them, such a token is worth nothing.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from sandbox.neighbour_files import AUDIENCE, CITIZENS, STAFF
from sandbox.showcase import BURGER_BSN

LIFETIME = 900
"""Seconds that a token is valid."""
CITIZEN = "burger"
LEVEL = "http://eidas.europa.eu/LoA/substantial"
"""How sure it is that it is this citizen: what the doelbindingen of the example ask for."""


class NoKeyError(Exception):
    """A file that holds no private key to practise with; the message, in Dutch, says so."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A new key: both halves as JSON, the public one as a JWKS (RFC 7517)."""

    private: str
    public: str

    @classmethod
    def made(cls) -> "Pair":
        """Another one every time."""
        key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
        shown = {"keys": [key.as_dict(private=False)]}
        return cls(_written(key.as_dict(private=True)), _written(shown))

    def keep(self, path: Path) -> None:
        """Write the private half to a new file for its owner only; OSError if that cannot be."""
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(self.private)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose token it is: gemeentecode, doelbinding, and what kind of caller."""

    tenant: str
    purpose: str
    kind: str


def signed(path: Path, caller: Caller, now: float) -> str:
    """A token of an invented caller, of a resident that one whom the sandbox is about.

    `path` is the file with the private half, `now` the time in seconds since 1970. NoKeyError if
    there is no such key in it.
    """
    try:
        key = ECKey.import_key(json.loads(path.read_text(encoding="utf-8")))
        header = {"alg": "ES256", "kid": key.kid, "typ": "at+jwt"}
        return jwt.encode(header, _claims(caller, int(now)), key)
    except (OSError, ValueError, TypeError, KeyError, JoseError):
        message = f"{path.name} is geen sleutel die bronpoort voorbeeld --oefensleutel maakte."
        raise NoKeyError(message) from None


def _claims(caller: Caller, now: int) -> dict[str, Any]:
    of_citizen = {"bsn": BURGER_BSN, "acr": LEVEL} if caller.kind == CITIZEN else {}
    return {
        "iss": CITIZENS if of_citizen else STAFF,
        "aud": AUDIENCE,
        "azp": "oefenen",
        "sub": f"oefenen-{caller.kind}",
        "name": f"Oefenen als {caller.kind}",
        "gemeente": caller.tenant,
        "doelbinding": caller.purpose,
        "soort": caller.kind,
        "iat": now,
        "exp": now + LIFETIME,
        "jti": secrets.token_urlsafe(12),
        **of_citizen,
    }


def _written(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2) + "\n"
