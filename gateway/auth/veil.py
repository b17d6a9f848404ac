"""Cursors as noise, for lists of which a caller is not shown everything (operation).

The cursor of a source says how many items come before it; two of them, how many lie between. Where
some of those are kept from the caller, a cursor is sealed with AES-SIV (RFC 5297): the same place
in the same list gives the same text, and nothing tells where it is. Caller and list are additional
authenticated data, so that what is seen of one list says nothing of another.
"""

import binascii
import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from gateway.auth.principal import Principal

_VERSION: Final = "bronpoort cursor 1"
_BLOCK: Final = 16
"""Cursors are as long as one another: the number of digits tells of a place as well."""


class Veils:
    """Makes the veils of callers.

    `secrets` are any texts that all processes of one gateway share: the first hides, all of them
    reveal, so that a new one goes in front. Without any this process makes its own, and a list can
    be read on here only.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        keys = [hashlib.sha256(_VERSION.encode() + s.encode()).digest() for s in secrets]
        self._ciphers = [AESSIV(key) for key in keys or [os.urandom(32)]]

    def of(self, principal: Principal) -> "OwnVeil":
        """The veil of one caller."""
        who = (principal.tenant, principal.purpose, principal.pseudonym)
        return OwnVeil(self._ciphers, json.dumps([_VERSION, *who]).encode("ascii"))


@dataclass(frozen=True, slots=True)
class OwnVeil:
    """See `gateway.operation.pages.Veil`."""

    ciphers: Sequence[AESSIV]
    who: bytes

    def hide(self, of: str, cursor: str) -> str:
        """The cursor in this list as noise."""
        written = cursor.encode()
        padded = written.ljust(-(-len(written) // _BLOCK) * _BLOCK, b"\0")
        hidden = self.ciphers[0].encrypt(padded, [self.who, of.encode()])
        return urlsafe_b64encode(hidden).decode("ascii").rstrip("=")

    def reveal(self, of: str, veiled: str) -> str | None:
        """The cursor again; None for what was not made for this caller and this list."""
        try:
            raw = urlsafe_b64decode(veiled + "=" * (-len(veiled) % 4))
        except (binascii.Error, ValueError):
            return None
        for cipher in self.ciphers:
            try:
                return cipher.decrypt(raw, [self.who, of.encode()]).rstrip(b"\0").decode()
            except (InvalidTag, ValueError):
                continue
        return None
