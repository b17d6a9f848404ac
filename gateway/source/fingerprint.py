"""The key under which an answer is kept (operation): an HMAC, so that it tells nothing.

Every part is written with its kind and its length before it, so that no two different tuples are
written alike. Whoever has not the secret, which all processes of a gateway share, can make no key.
"""

import hashlib
import hmac
from collections.abc import Hashable, Iterable, Sequence

_VERSION = "1"


class Fingerprints:
    """Keys for many things of one question: what they have in common is hashed once."""

    __slots__ = ("_common",)

    def __init__(self, secret: bytes, common: Sequence[str]) -> None:
        begin = b"".join(map(written, (_VERSION, *common)))
        self._common = hmac.new(secret, begin, hashlib.sha256)

    def of(self, key: Hashable) -> str:
        """The key of one thing: a str, int, bool, None, or a tuple of these; else TypeError."""
        return self.digest(key).hex()

    def digest(self, key: Hashable) -> bytes:
        """The same, as 32 bytes."""
        return self.digest_of(written(key))

    def digest_of(self, written: bytes) -> bytes:
        """The same, of a key that was `written` before."""
        made = self._common.copy()
        made.update(written)
        return made.digest()


def written(part: Hashable) -> bytes:
    """A key as it is hashed; TypeError for what is none."""
    match part:
        case str():
            content = part.encode("utf-8", "surrogatepass")
            return b"s%d:%b" % (len(content), content)
        case bool() | None:
            return _tagged(b"c", str(part).encode("ascii"))
        case int():
            return _tagged(b"i", b"%d" % part)
        case tuple():
            return together(map(written, part))
        case _:
            raise TypeError("a kept key is a str, an int, a bool, None or a tuple of these")


def together(parts: Iterable[bytes]) -> bytes:
    """A tuple of these parts, each as it is written."""
    return _tagged(b"t", b"".join(parts))


def _tagged(kind: bytes, content: bytes) -> bytes:
    return b"%b%d:%b" % (kind, len(content), content)
