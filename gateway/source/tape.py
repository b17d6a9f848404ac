"""What a source was asked for one load, so that it can be asked later whether it has changed
(operation).

An answer of one GET that came with an ETag (RFC 9110, 8.8.3) can be asked again with If-None-Match.
That is done only when the whole request is the same: address, headers, purpose, and as whom the
source knows us. For the answer 304 is no proof that we may see the thing: Open Zaak gives it to a
client whom it refuses the thing itself. So it only ever says of an answer that was given to the
very same asker that it still holds.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.source.entry import Validator
from gateway.source.errors import SourceError

_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{1,200}"')
_VARYING = frozenset({"traceparent"})


class NotModified(SourceError):  # noqa: N818  # no error: the answer that was kept still holds
    """The source says that nothing has changed since."""


@dataclass(slots=True)
class Tape:
    """One load's: `known` is what was kept of the answer of the time before."""

    known: Validator | None = None
    asked: int = 0
    seen: Validator | None = None
    keepable: bool = True
    """Not, when something came along that is wanted too and is not kept itself."""

    def condition(self, fingerprint: str) -> Mapping[str, str]:
        """The headers that make this request conditional, if it may be."""
        self.asked += 1
        known = self.known
        if self.asked > 1 or known is None or known.fingerprint != fingerprint:
            return {}
        return {"if-none-match": known.etag}

    def note(self, fingerprint: str, etag: str | None) -> None:
        """What came with the answer."""
        alone = self.asked == 1 and etag is not None and _ETAG.fullmatch(etag)
        self.seen = Validator(fingerprint, str(etag)) if alone else None

    def spoil(self) -> None:
        """Something else was asked: the answer is not that of one request."""
        self.asked += 1
        self.seen = None

    @property
    def validator(self) -> Validator | None:
        """With what to ask the next time, if that is possible."""
        return self.seen if self.asked == 1 else None


def fingerprint(url: str, headers: Mapping[str, str], identity: str) -> str:
    """Of a request with these headers (names in lower case), as this identity."""
    made = hashlib.sha256()
    fixed = sorted((k, v) for k, v in headers.items() if k not in _VARYING)
    for part in (url, identity, *(text for pair in fixed for text in pair)):
        written = part.encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(written))
        made.update(written)
    return made.hexdigest()
