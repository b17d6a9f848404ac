"""Links to bytes, sealed for one caller and for a short while (operation).

A link is `<nonce><ciphertext>` of AES-256-GCM (NIST SP 800-38D), in base64url. What it leads to and
when it ends is encrypted, so that a log of addresses tells nothing. Whom it is for is not in it at
all: municipality, doelbinding and the caller's pseudonym (issuer, subject, kind, whose data, for
which services) are additional authenticated data, so that it opens for the very same caller and is
noise for anybody else. It proves that this caller was shown
the field; who the caller is must be proven anew with a token.
"""

import binascii
import hashlib
import json
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.auth.principal import Principal
from schema.language.content import Content

_VERSION = "bronpoort link 3"
_NONCE = 12
_TOKEN = re.compile("[A-Za-z0-9_-]{40,4096}")
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed: the content, the label of the field that showed it, and the trace of the
    question that did.
    """

    label: str
    content: Content
    cause: str = ""


class Seals:
    """Seals and opens links.

    `secret` is any text that all processes of one gateway share; without one this process makes a
    key of its own, and its links open here only. `now` gives seconds since 1970, `seconds` is how
    long a link lasts.
    """

    def __init__(self, secret: str | None, now: Callable[[], float], seconds: float) -> None:
        key = os.urandom(32) if secret is None else hashlib.sha256(secret.encode()).digest()
        self._cipher = AESGCM(key)
        self._now = now
        self._seconds = seconds

    def seal(
        self, principal: Principal, stream: str, label: str, content: Content, cause: str = ""
    ) -> str:
        """A link's token for this caller, from now on; `cause` is a trace's id."""
        ends = self._now() + self._seconds
        texts = [content.media_type[:_LONGEST_TEXT], content.name[:_LONGEST_TEXT]]
        written = json.dumps([ends, label, cause, content.source, *texts, *content.key]).encode(
            "ascii"
        )
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, written, _bound_to(principal, stream))
        return urlsafe_b64encode(nonce + sealed).decode("ascii").rstrip("=")

    def open(self, principal: Principal, stream: str, token: str) -> Opened | None:
        """What a token leads to; None for one that is not ours, not this caller's, or over."""
        if not _TOKEN.fullmatch(token):
            return None
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            nonce, sealed = raw[:_NONCE], raw[_NONCE:]
            written = self._cipher.decrypt(nonce, sealed, _bound_to(principal, stream))
        except (binascii.Error, InvalidTag, ValueError):
            return None
        ends, label, cause, source, media_type, name, *key = json.loads(written)
        if self._now() >= ends:
            return None
        return Opened(label, Content(tuple(key), name, media_type, source), cause)


def _bound_to(principal: Principal, stream: str) -> bytes:
    """A JSON array, so that no two callers are written alike."""
    who = (principal.tenant, principal.purpose, principal.pseudonym)
    return json.dumps([_VERSION, stream, *who]).encode("ascii")
