"""Whom a line is about, as nobody can read it without the key (operation).

A BSN is encrypted with AES-256-GCM (NIST SP 800-38D) under a key of the municipality, derived from
the configured one; so each line has another text for the same person, and no two municipalities
can read each other's. What is written is `<key id>.<base64url of nonce and ciphertext>`, with the
key id and the municipality authenticated beside it.

To find the lines of one person there is a mark: an HMAC, under a key that is never used for
anything else and does not change when the other is replaced.
"""

import binascii
import hashlib
import hmac
import os
import re
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_MARK = 16
_SUBJECT = b"betrokkene/1"
_INDEX = b"index/1"
_KEY_ID = re.compile("[a-z0-9-]{1,16}")
_KEY = 32


def read_keys(text: str) -> Mapping[str, bytes]:
    """Secrets by key id, from `id:base64,id:base64`; ValueError without repeating any of it."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        key_id, _, content = part.strip().partition(":")
        try:
            key = b64decode(content, validate=True)
        except binascii.Error:
            key = b""
        if not _KEY_ID.fullmatch(key_id) or len(key) != _KEY or key_id in keys:
            raise ValueError(
                "schrijf sleutels als naam:base64 van 32 bytes, met een komma ertussen"
            )
        keys[key_id] = key
    return keys


class Betrokkenen:
    """Hides and shows persons of all municipalities.

    `keys` are secrets by key id: the first hides, all can show. `index` is the secret of the marks.
    """

    def __init__(
        self,
        keys: Mapping[str, bytes],
        index: bytes,
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._keys = dict(keys)
        self._current = next(iter(self._keys))
        self._index = index
        self._random = random
        self._ciphers: dict[tuple[str, str], AESGCM] = {}
        self._marks: dict[str, hmac.HMAC] = {}

    @property
    def key_id(self) -> str:
        """Of the key that hides now."""
        return self._current

    def hidden(self, tenant: str, bsn: str) -> str:
        """What may be written of a person."""
        key_id = self._current
        nonce = self._random(_NONCE)
        sealed = self._cipher(key_id, tenant).encrypt(nonce, bsn.encode(), _bound(key_id, tenant))
        return f"{key_id}.{urlsafe_b64encode(nonce + sealed).decode('ascii').rstrip('=')}"

    def shown(self, tenant: str, text: str) -> str | None:
        """The BSN behind what was written; None if it is not this municipality's, or its key is
        no longer configured.
        """
        key_id, _, content = text.partition(".")
        if key_id not in self._keys:
            return None
        try:
            raw = urlsafe_b64decode(content + "=" * (-len(content) % 4))
            nonce, sealed = raw[:_NONCE], raw[_NONCE:]
            cipher = self._cipher(key_id, tenant)
            return cipher.decrypt(nonce, sealed, _bound(key_id, tenant)).decode("ascii")
        except (binascii.Error, InvalidTag, ValueError):
            return None

    def mark(self, tenant: str, bsn: str) -> bytes:
        """The same sixteen bytes for one person of one municipality, in every process."""
        made = self._marks.get(tenant)
        if made is None:
            key = _derived(self._index, _INDEX, tenant)
            made = self._marks[tenant] = hmac.new(key, digestmod=hashlib.sha256)
        made = made.copy()
        made.update(bsn.encode())
        return made.digest()[:_MARK]

    def _cipher(self, key_id: str, tenant: str) -> AESGCM:
        found = self._ciphers.get((key_id, tenant))
        if found is None:
            key = _derived(self._keys[key_id], _SUBJECT, tenant)
            found = self._ciphers[key_id, tenant] = AESGCM(key)
        return found


def _derived(secret: bytes, use: bytes, tenant: str) -> bytes:
    """A key of 32 bytes for one use by one tenant (the one step of NIST SP 800-56C, with HMAC)."""
    return hmac.digest(secret, b"\x00".join((use, tenant.encode())), "sha256")


def _bound(key_id: str, tenant: str) -> bytes:
    return f"{key_id}\x00{tenant}".encode()
