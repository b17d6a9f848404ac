"""Takes what is personal or secret out of a log event (whenever something is logged).

What a BSN or a token looks like is known, so those go wherever they stand. Of an exception only the
kinds and the places in code are kept: its text may hold what a person asked or a registry answered.
"""

import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any, Final

from structlog.typing import EventDict, WrappedLogger

HIDDEN: Final = "[verborgen]"
BSN_HIDDEN: Final = "[bsn]"
TOKEN_HIDDEN: Final = "[token]"  # noqa: S105 - what stands where a token stood

_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NINE_DIGITS: Final = re.compile(
    r"\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b|(?<!\d)(?P<number>\d{9})(?!\d)", re.ASCII
)
"""Nine digits, but not within the hash of a document or the id of a trace: what is joined by those
would be lost where their digits happen to make a BSN."""
_TOKEN: Final = re.compile(r"eyJ[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]*+)*+")
_CREDENTIAL: Final = re.compile(
    r"(?i)\b(authorization|bearer|basic|token|api[-_]?key|password|secret)\b"
    r"([\"']?\s*[:=]\s*[\"']?|\s+)(?!\[)(?:(?:bearer|basic|token)\s+)?[^\s\"',;)}\]]+"
)
_SEPARATOR: Final = re.compile(r"[:=\s]")
_CREDENTIAL_WORD: Final = re.compile("authorization|bearer|basic|token|api|password|secret")
"""One of these, and of those, stands in whatever `_CREDENTIAL` finds; to look costs little."""
_NINE_IN_A_ROW: Final = re.compile("[0-9]{9}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NINE_FIGURES: Final = 10**8
"""The least number that may be a BSN as somebody wrote it."""
_SECRET_NAMES: Final = re.compile(
    r"(?i)authorization|cookie|secret|password|wachtwoord|api[-_]?key|^(access_|id_)?token$"
    r"|^bsns?$|burgerservicenummer"
)


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Takes BSNs, tokens and credentials out of an event, at any depth and in any text."""
    return {str(key): _redacted(str(key), value) for key, value in event.items()}


def redact_text(text: str) -> str:
    """A text without BSNs, tokens and credentials, and with control characters written out."""
    if "eyJ" in text:
        text = _TOKEN.sub(TOKEN_HIDDEN, text)
    if _may_hold_credential(text):
        text = _CREDENTIAL.sub(rf"\1\2{HIDDEN}", text)
    if _NINE_IN_A_ROW.search(text):
        text = _NINE_DIGITS.sub(_without_bsn, text)
    if not text.isprintable():
        text = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text


def _may_hold_credential(text: str) -> bool:
    if not _SEPARATOR.search(text):
        return False
    # Beyond ASCII there are letters that a pattern without case takes for one of a word.
    return not text.isascii() or _CREDENTIAL_WORD.search(text.lower()) is not None


def exceptions_without_text(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replaces `exc_info` by `raised`: kinds, codes and places in code, never a message."""
    error = _error_in(event.pop("exc_info", None))
    if error is not None:
        event["raised"] = [line for link in _chain(error) for line in _described(link)]
    return event


def _without_bsn(found: re.Match[str]) -> str:
    number = found["number"]
    return found[0] if number is None or not is_bsn(number) else BSN_HIDDEN


def is_bsn(digits: str) -> bool:
    """Whether nine digits pass the elfproef (Logisch Ontwerp BRP, element 01.20)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return total % 11 == 0


@lru_cache(256)
def _is_secret(name: str) -> bool:
    """Asked of every name in every event; those are few, and ours."""
    return _SECRET_NAMES.search(name) is not None


def _redacted(name: str, value: Any) -> Any:
    if _is_secret(name):
        return HIDDEN
    if type(value) is str:
        return redact_text(value)
    match value:
        case None | bool() | float():
            return value
        case int() if -_NINE_FIGURES < value < _NINE_FIGURES:
            return value
        case int():
            text = redact_text(str(value))
            return value if text == str(value) else text
        case str():
            return redact_text(value)
        case Mapping():
            return {
                redact_text(str(key)): _redacted(str(key), inner) for key, inner in value.items()
            }
        case list() | tuple() | set() | frozenset():
            return [_redacted("", inner) for inner in value]
        case bytes():
            return redact_text(value.decode("utf-8", "replace"))
        case BaseException():
            return _kind(value)
    return redact_text(str(value))


def _error_in(exc_info: Any) -> BaseException | None:
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exc_info()[1]
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it came from, each once."""
    seen: set[int] = set()
    pending: list[BaseException] = [error]
    while pending:
        link = pending.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        if isinstance(link, BaseExceptionGroup):
            pending.extend(link.exceptions)
        cause = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        if cause:
            pending.append(cause)


def _described(error: BaseException) -> list[str]:
    return [_kind(error), *_places(error.__traceback__)]


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    code = getattr(error, "code", None)
    return f"{kind} ({code})" if isinstance(code, str) else kind


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
