"""Reads a request's body: bounded in bytes and time, and strictly JSON (per request).

Stricter than RFC 8259 allows a reader to be lenient: one body has one meaning, whoever reads it.
"""

import asyncio
import json
import re
from typing import Any, Final, NoReturn

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from gateway.edge.errors import TransportError
from gateway.operation.errors import Code

MAX_DEPTH: Final = 32
MAX_MARKS: Final = 50_000
"""Quotes, commas and opening brackets in a body at most: the longest question allowed is made of
fewer, and a megabyte of nothing else would hold the process for a second.
"""
_MAX_DIGITS: Final = 19
_MAX_INTEGER: Final = 2**63 - 1
_MIN_INTEGER: Final = -(2**63)

# A string as a whole, closed or not, so that brackets in it do not count; or one bracket.
# Possessive, because a frame would be kept for each escape. Before Python 3.11.5 such a group may
# stop halfway where it fails, and this one fails halfway only at the end of the text.
_BRACKET: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)


async def read_body(request: Request, limit: int, seconds: float) -> bytes:
    """The body, of at most `limit` bytes, that has arrived within `seconds`.

    Raises TransportError: 413 by the declared length or else as soon as more arrives, 408 if it
    takes too long. Raises starlette's ClientDisconnect.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and _exceeds(declared, limit):
        raise _too_large(limit)
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(None) as patience:
            # The loop comes to this only if the body is not there yet, as mostly it is.
            begun = loop.call_soon(lambda: patience.reschedule(loop.time() + seconds))
            try:
                return await _collect(request.receive, limit)
            finally:
                begun.cancel()
    except TimeoutError:
        raise TransportError(
            Code.TE_TRAAG,
            "Het verzoek kwam niet op tijd binnen.",
            status=408,
            headers={"Connection": "close"},
        ) from None


def parse_json(body: bytes) -> Any:
    """The JSON value of a body. Raises TransportError (400, INVOER) for everything that is no
    plain JSON: other encodings than UTF-8, a byte order mark, nesting over 32, a name given twice,
    NaN and infinities, integers beyond 64 bits, half surrogate pairs, over 50,000 marks.
    """
    if len(body) > MAX_MARKS and sum(map(body.count, (b'"', b",", b"[", b"{"))) > MAX_MARKS:
        raise TransportError(Code.INVOER, "Het verzoek heeft te veel waarden. Splits de vraag.")
    value = _at_once(body)
    if value is not _UNSURE:
        return value
    try:
        text = body.decode("utf-8")
        _check_depth(text)
        value = _DECODER.decode(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise _not_json() from None
    return value


_UNSURE: Final = object()


def _at_once(body: bytes) -> Any:
    """The same for a body that is beyond doubt, as most are, in a fifth of the time; _UNSURE for
    any other.

    What this decoder does not refuse itself shows in its value: depth, integers, and a name given
    twice, by a colon in the body that is not in the value. An escape could be a colon that is in
    the value only, or half a surrogate pair: with one nothing is beyond doubt.
    """
    if b"\\u" in body:
        return _UNSURE
    try:
        value = msgspec.json.decode(body)
        return value if _colons(value, MAX_DEPTH) == body.count(b":") else _UNSURE
    except (ValueError, RecursionError):
        return _UNSURE


def _colons(value: Any, depth: int) -> int:
    """How many colons it takes to write it. ValueError for what may not be in a body."""
    kind = type(value)  # no other than these: it was decoded just now
    if kind is str:
        return int(value.count(":"))
    if kind is dict or kind is list:
        if not depth:
            raise ValueError
        inner = value.values() if kind is dict else value
        names = len(value) + "".join(value).count(":") if kind is dict else 0
        return names + sum([_colons(each, depth - 1) for each in inner])
    if kind is int and not _MIN_INTEGER <= value <= _MAX_INTEGER:
        raise ValueError
    return 0


async def _collect(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        if not message.get("more_body", False):
            return bytes(body)


def _exceeds(declared: str, limit: int) -> bool:
    return len(declared) > _MAX_DIGITS or int(declared) > limit


def _check_depth(text: str) -> None:
    depth = 0
    for match in _BRACKET.finditer(text):
        match match[0]:
            case "{" | "[":
                depth += 1
                if depth > MAX_DEPTH:
                    raise ValueError
            case "}" | "]":
                depth -= 1


def _integer(digits: str) -> int:
    # The length first: reading thousands of digits takes time quadratic in their number.
    if len(digits) > _MAX_DIGITS + 1 or not _MIN_INTEGER <= int(digits) <= _MAX_INTEGER:
        raise ValueError
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError
    return value


def _constant(_name: str) -> NoReturn:
    raise ValueError


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError
    return value


_DECODER: Final = json.JSONDecoder(
    parse_int=_integer,
    parse_float=_number,
    parse_constant=_constant,
    object_pairs_hook=_object,
)


def _too_large(limit: int) -> TransportError:
    # The rest of the body is not read here; the server drops it as it comes, so that a client that
    # first sends everything still hears why.
    message = f"Het verzoek is te groot: ten hoogste {limit} bytes."
    return TransportError(Code.LIMIET, message, status=413)


def _not_json() -> TransportError:
    return TransportError(Code.INVOER, "Stuur een JSON-object in UTF-8, elke naam eenmaal.")
