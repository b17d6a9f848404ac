"""A request as the bytes that go over an HTTP/1.1 connection (operation).

What came from outside (a token that a source issued, a value in an address) is looked at here for
the last time: no line of a head may become two.
"""

import re
from typing import Final

import httpx

_TARGET: Final = re.compile(rb"[\x21-\x7e]+")
_NAMES: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:\n[!#$%&'*+.^_`|~0-9A-Za-z-]+)*")
VALUES: Final = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
"""HEAD is not among them: only who asked knows that its answer has no body."""


def written(request: httpx.Request, content: bytes) -> bytes:
    """The head and the body. Raises httpx.LocalProtocolError for what may not be sent."""
    headers = request.headers.raw
    names = [name for name, _ in headers]
    target = request.url.raw_path
    if (
        request.method not in METHODS
        or not _TARGET.fullmatch(target)
        or not _NAMES.fullmatch(b"\n".join(names))
        or not VALUES.fullmatch(b"".join([value for _, value in headers]))
        or b"transfer-encoding" in [name.lower() for name in names]
    ):
        raise httpx.LocalProtocolError("a request that may not be sent")
    lines = [name + b": " + value for name, value in headers]
    start = request.method.encode("ascii") + b" " + target + b" HTTP/1.1"
    return b"\r\n".join([start, *lines, b"", content])
