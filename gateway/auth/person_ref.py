"""References to persons, sealed for one caller and for a working day (operation).

A front end needs to say whom a page is about, and should not have a burgerservicenummer in its
routes, its storage or its history for it. A `persoonRef` is `ref_` and, in base64url, which key
sealed it, a nonce and AES-256-GCM (NIST SP 800-38D) of the number and of when it ends. Municipality
and caller are additional authenticated data, and each caller has a key of their own, an HMAC under
the secret: for anybody else it is noise. It is no right to see anything: whoever
comes with it may ask what they might ask with the number, and no more. The doelbinding is not in
it: the same person may be asked about for another purpose of the same caller.
"""

import binascii
import hashlib
import hmac
import json
import os
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.auth.principal import Principal

_VERSION: Final = "bronpoort persoonRef 1"
_PREFIX: Final = "ref_"
_KEY_ID, _NONCE = 4, 12
_BODY: Final = struct.Struct(">Q9s")
_LENGTH: Final = 66
"""Base64url characters of key id, nonce, body and tag."""
_TOKEN: Final = re.compile(f"{_PREFIX}([A-Za-z0-9_-]{{{_LENGTH}}})")
_NUMBER: Final = re.compile("[0-9]{9}")


class PersonRefs:
    """Makes and opens references.

    `secrets` are any texts that all processes of one gateway share: the first seals, all of them
    open, so that a new one goes in front. Without any this process makes its own. `now` gives
    seconds since 1970, `seconds` is how long a reference lasts.
    """

    def __init__(self, secrets: Sequence[str], now: Callable[[], float], seconds: int) -> None:
        keys = [hashlib.sha256(secret.encode()).digest() for secret in secrets] or [os.urandom(32)]
        self._keys = {_named(key): key for key in reversed(keys)}
        self._first = _named(keys[0])
        self._now = now
        self._seconds = seconds

    def seal(self, principal: Principal, number: str) -> str | None:
        """A reference for this caller, from now on; None for what is no number of a person."""
        if not _NUMBER.fullmatch(number):
            return None
        who = _bound_to(principal)
        nonce = os.urandom(_NONCE)
        body = _BODY.pack(int(self._now()) + self._seconds, number.encode("ascii"))
        sealed = self._cipher(self._first, who).encrypt(nonce, body, who)
        written = urlsafe_b64encode(self._first + nonce + sealed).decode("ascii")
        return _PREFIX + written.rstrip("=")

    def open(self, principal: Principal, reference: str) -> str | None:
        """Whom a reference means; None for one that is not ours, not this caller's, or over."""
        found = _TOKEN.fullmatch(reference)
        if found is None:
            return None
        who = _bound_to(principal)
        try:
            raw = urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4))
            name, nonce = raw[:_KEY_ID], raw[_KEY_ID : _KEY_ID + _NONCE]
            body = self._cipher(name, who).decrypt(nonce, raw[_KEY_ID + _NONCE :], who)
        except (binascii.Error, InvalidTag, KeyError):
            return None
        ends, number = _BODY.unpack(body)
        return None if self._now() >= ends else str(number, "ascii")

    def _cipher(self, name: bytes, who: bytes) -> AESGCM:
        """The key of one caller. Raises KeyError for one that is not ours."""
        return AESGCM(hmac.digest(self._keys[name], b"\x01" + who, "sha256"))


def _named(key: bytes) -> bytes:
    """Which key it is, without telling anything of it."""
    return hmac.digest(key, b"naam", "sha256")[:_KEY_ID]


def _bound_to(principal: Principal) -> bytes:
    """A JSON array, so that no two callers are written alike."""
    return json.dumps([_VERSION, principal.tenant, principal.pseudonym]).encode("ascii")
