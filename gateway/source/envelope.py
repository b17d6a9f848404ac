"""An entry as it lies outside the process (operation): JSON, sealed for one tenant and one key.

`<1><length of key id><key id><nonce><ciphertext>` of AES-256-GCM (NIST SP 800-38D) with a random
nonce of 96 bits. The additional authenticated data is the key under which it lies, so that a value
that was moved to another place is noise. Every tenant has a data key of its own, derived (HKDF, RFC
5869) from the operator's master key of that id. The first master key seals, all of them open.

Whatever cannot be opened or read is None: a miss, never a failure.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gateway.source.entry import Entry, Validator
from gateway.source.keep import DataClass

_FORMAT = 1
_VERSION = 1
_NONCE = 12
_TAG = 16


@dataclass(frozen=True, slots=True, repr=False)
class MasterKey:
    """32 bytes by an id of 1 to 32 ASCII characters."""

    id: str
    key: bytes


class Envelopes:
    """Seals and opens; `keys` begins with the one to seal with."""

    def __init__(self, keys: Sequence[MasterKey]) -> None:
        self._writing = keys[0].id
        self._masters: Mapping[str, bytes] = {each.id: each.key for each in keys}
        self._ciphers: dict[tuple[str, str], AESGCM] = {}

    def seal(self, tenant: str, place: str, content: bytes) -> bytes:
        """`content` for this tenant, to lie at this place."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher(self._writing, tenant).encrypt(nonce, content, place.encode())
        id = self._writing.encode("ascii")
        return bytes((_FORMAT, len(id))) + id + nonce + sealed

    def open(self, tenant: str, place: str, sealed: bytes) -> bytes | None:
        """What was sealed for this tenant at this place, else None."""
        if len(sealed) < 2 or sealed[0] != _FORMAT:
            return None
        start = 2 + sealed[1]
        id = sealed[2:start].decode("ascii", "replace")
        nonce, content = sealed[start : start + _NONCE], sealed[start + _NONCE :]
        if id not in self._masters or len(nonce) < _NONCE or len(content) < _TAG:
            return None
        try:
            return self._cipher(id, tenant).decrypt(nonce, content, place.encode())
        except InvalidTag:
            return None

    def _cipher(self, id: str, tenant: str) -> AESGCM:
        found = self._ciphers.get((id, tenant))
        if found is None:
            context = b"bronpoort cache %d:" % _VERSION + tenant.encode()
            derived = HKDF(SHA256(), 32, None, context).derive(self._masters[id])
            found = self._ciphers[id, tenant] = AESGCM(derived)
        return found


def written(entry: Entry) -> bytes | None:
    """An entry as JSON; None for one whose value would not come back the same.

    That is proven, not assumed: a record in it (a value that was withheld from us) would be written
    without complaint, and come back as an object of the source.
    """
    validator = entry.validator
    try:
        value = msgspec.json.encode(entry.value)
        if msgspec.json.decode(value) != entry.value:
            return None
        return msgspec.json.encode(
            {
                "versie": _VERSION,
                "kring": entry.circle,
                "klasse": entry.data.value,
                "gevonden": entry.found,
                "waarde": msgspec.Raw(value),
                "paden": sorted(entry.paths),
                "tijden": (
                    entry.created,
                    entry.fresh_until,
                    entry.revalidate_until,
                    entry.rescue_until,
                ),
                "bewezen": entry.proven,
                "merken": sorted(tag.hex() for tag in entry.tags),
                "etag": validator and (validator.fingerprint, validator.etag),
            }
        )
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None


def size_of(value: Any) -> int:
    """About how many bytes a value is when written."""
    try:
        return len(msgspec.json.encode(value))
    except (TypeError, ValueError, OverflowError, RecursionError):
        return len(repr(value))


def read(content: bytes) -> Entry | None:
    """The entry that was written; None for what is not one of this version."""
    try:
        found = msgspec.json.decode(content, type=_Written)
        data = DataClass(found.klasse)
        tags = frozenset(bytes.fromhex(tag) for tag in found.merken)
    except (ValueError, RecursionError):
        return None
    if found.versie != _VERSION:
        return None
    return Entry(
        tuple(found.kring),
        data,
        found.gevonden,
        found.waarde,
        frozenset(found.paden),
        *found.tijden,
        tags=tags,
        proven=found.bewezen,
        validator=Validator(*found.etag) if found.etag else None,
    )


class _Written(msgspec.Struct):
    versie: int
    kring: list[str]
    klasse: str
    gevonden: bool
    waarde: Any
    paden: list[str]
    tijden: tuple[float, float, float, float]
    bewezen: float
    merken: list[str]
    etag: tuple[str, str] | None
