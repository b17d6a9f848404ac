"""Checks the JWT of a ZGW request as Open Zaak does; in operation.

An application signs a token with its own secret (HS256); all refusals are 403 and differ in code
only. Written with hmac and not with the library the gateway signs with, so that one cannot hide a
mistake of the other.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.wire import Wire
from sandbox.zgw_problem import Problem, forbidden

CLIENTS: Mapping[str, str] = {"bronpoort": "sandbox-geheim-dat-lang-genoeg-is-32"}
MAX_AGE = 3_600
MAX_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """Knows the secret of each client and the time (seconds since 1970)."""

    clients: Mapping[str, str]
    now: Callable[[], float]

    def admit(self, authorization: str | None) -> None:
        """Nothing when the header holds a good token; Problem 403 when it does not."""
        if authorization is None or not authorization.startswith("Bearer "):
            raise forbidden()
        token = authorization.removeprefix("Bearer ").strip()
        payload = _payload(token)
        self._check_signature(token, payload)
        self._check_age(payload)
        if not payload.get("user_id"):
            raise forbidden("jwt-missing-user-id", "Het JWT noemt geen gebruiker.")

    def _check_signature(self, token: str, payload: Wire) -> None:
        client = payload.get("client_id")
        if client is None:
            raise forbidden("missing-client-identifier", "Het JWT noemt geen client.")
        secret = self.clients.get(str(client))
        if secret is None:
            raise forbidden("invalid-client-identifier", "De client is onbekend.")
        signed, _, signature = token.rpartition(".")
        expected = hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)
        if not hmac.compare_digest(expected, _bytes(signature)):
            raise forbidden("invalid-jwt-signature", "De handtekening klopt niet.")

    def _check_age(self, payload: Wire) -> None:
        issued = payload.get("iat")
        if isinstance(issued, bool) or not isinstance(issued, int | float):
            raise forbidden("jwt-missing-iat", "Het JWT noemt geen moment van uitgifte.")
        age = self.now() - issued
        if age > MAX_AGE:
            raise forbidden("jwt-expired", "Het JWT is verlopen.")
        if age < -MAX_AHEAD:
            raise forbidden("jwt-not-yet-valid", "Het JWT is nog niet geldig.")


def _payload(token: str) -> Wire:
    parts = token.split(".")
    if len(parts) != 3 or _json(parts[0]).get("alg") != "HS256":
        raise _undecodable()
    return _json(parts[1])


def _json(part: str) -> Wire:
    try:
        value = json.loads(_bytes(part))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise _undecodable() from None
    if not isinstance(value, dict):
        raise _undecodable()
    return value


def _bytes(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        raise _undecodable() from None


def _undecodable() -> Problem:
    return forbidden("jwt-decode-error", "Het JWT is niet te lezen.")
