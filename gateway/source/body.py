"""From the bytes of a response to plain dicts and lists (operation), trusting none of them.

Bytes are counted while they come in. Only JSON in UTF-8 is read (RFC 8259): no other encoding, no
byte order mark, no NaN or Infinity. Of an object with the same name twice the last one counts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import msgspec

_JSON = re.compile(r"application/(?:[a-z0-9.-]+\+)?json\s*(?:;(.*))?", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\";\s]*)", re.IGNORECASE)
_LISTS = ("invalidParams", "invalid-params", "invalid_params")


class BodyError(Exception):
    """A body we will not read; the text is ours and says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The machine readable part of a problem body, as the source wrote it."""

    code: str | None = None
    params: tuple[str, ...] = ()


class Arriving(Protocol):
    """An answer of which the body is still to come."""

    @property
    def headers(self) -> Mapping[str, str]:
        """By their names in lower case."""
        ...

    async def chunk(self) -> bytes | None:
        """The bytes that have come since; None when there are no more."""
        ...


async def take(answer: Arriving, most: int) -> bytes:
    """The body, undecoded; BodyError if it is compressed or has more than `most` bytes."""
    check_plain(answer.headers)
    if (declared(answer.headers) or 0) > most:
        raise BodyError("too large")
    chunks, taken = list[bytes](), 0
    while (chunk := await answer.chunk()) is not None:
        chunks.append(chunk)
        taken += len(chunk)
        if taken > most:
            raise BodyError("too large")
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def check_plain(headers: Mapping[str, str]) -> None:
    """BodyError if the body is compressed: it was asked for as it is."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise BodyError("content encoding")


def declared(headers: Mapping[str, str]) -> int | None:
    """How many bytes these headers say that the body has, None if they do not say."""
    length = headers.get("content-length", "")
    return int(length[:20]) if length.isascii() and length.isdecimal() else None


def is_json(headers: Mapping[str, str]) -> bool:
    """Whether these headers say that the body is JSON, in UTF-8 as far as they say so."""
    return _names_json(headers.get("content-type", "").strip())


@lru_cache(maxsize=64)
def _names_json(media_type: str) -> bool:
    found = _JSON.fullmatch(media_type)
    if found is None:
        return False
    charset = _CHARSET.search(found[1] or "")
    return charset is None or charset[1].lower() in ("utf-8", "utf8", "us-ascii")


def decoded(content: bytes) -> Any:
    """The JSON value in `content`; BodyError if it is not exactly one."""
    try:
        return msgspec.json.decode(content)
    except (ValueError, RecursionError):
        raise BodyError("unreadable json") from None


def problem(content: bytes) -> Problem:
    """What a problem body says; nothing if it is no such body. Never raises."""
    try:
        value = decoded(content)
    except BodyError:
        return Problem()
    if not isinstance(value, dict):
        return Problem()
    code = value.get("code") or _first_code(value.get("fout"))
    return Problem(code if isinstance(code, str) else None, tuple(_names(value)))


def _first_code(faults: Any) -> Any:
    """Of `{"fout": [{"code", "omschrijving"}]}`, as the Handelsregister says what is wrong."""
    first = faults[0] if isinstance(faults, list) and faults else None
    return first.get("code") if isinstance(first, dict) else None


def _names(value: dict[str, Any]) -> Sequence[str]:
    lists = (value[key] for key in _LISTS if isinstance(value.get(key), list))
    entries: list[Any] = next(lists, [])
    names = [entry.get("name") for entry in entries if isinstance(entry, dict)]
    return [name for name in names if isinstance(name, str)]
