"""Checks of one claim or header value of a token, each refusing with its own reason (operation).

The payload was signed by an issuer we trust, but an issuer can be mistaken; nothing here believes a
type. Times are seconds since the epoch (RFC 7519, section 2, NumericDate).
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Never

from gateway.auth.errors import Reason, Unauthenticated
from schema.language.scalars import elfproef

_BSN = re.compile(r"[0-9]{9}")
_LATEST_TIME = 253_402_300_800  # the year 10000: anything later is a mistake in units


class DuplicateNameError(ValueError):
    """A JSON object names one member twice (RFC 7519, section 4: refuse it)."""


def parse_object(text: bytes) -> dict[str, Any]:
    """A JSON object without duplicate names, NaN or infinities; Unauthenticated for all else."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except DuplicateNameError as error:
        raise Unauthenticated(Reason.DUPLICATE_NAME) from error
    except (ValueError, RecursionError) as error:
        raise Unauthenticated(Reason.MALFORMED) from error
    if not isinstance(value, dict):
        raise Unauthenticated(Reason.MALFORMED)
    return value


def text(claims: Mapping[str, Any], name: str, reason: Reason, longest: int = 255) -> str:
    """A claim that must be text: 1 to `longest` printable characters, no outer white space."""
    value = claims.get(name)
    if (
        isinstance(value, str)
        and 0 < len(value) <= longest
        and value.isprintable()
        and value == value.strip()
    ):
        return value
    raise Unauthenticated(reason)


def check_audience(claims: Mapping[str, Any], expected: str) -> None:
    """`aud` is our name, or a list of at most twenty texts with our name among them."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if len(audiences) > 20 or not all(isinstance(each, str) for each in audiences):
        raise Unauthenticated(Reason.AUDIENCE)
    if expected not in audiences:
        raise Unauthenticated(Reason.AUDIENCE)


def check_times(claims: Mapping[str, Any], now: float, leeway: float, longest: float) -> float:
    """The moment `exp`; refuses what is over, not begun, or valid for longer than `longest`."""
    expires = _time(claims, "exp")
    begins, issued = _time(claims, "nbf", absent=0.0), _time(claims, "iat", absent=None)
    if expires is None or begins is None:
        raise Unauthenticated(Reason.TIMES)
    if now >= expires + leeway:
        raise Unauthenticated(Reason.EXPIRED)
    if now < max(begins, issued or 0.0) - leeway:
        raise Unauthenticated(Reason.NOT_YET_VALID)
    if expires - (now if issued is None else issued) > longest + leeway:
        raise Unauthenticated(Reason.LIFETIME)
    return expires


def citizen_number(claims: Mapping[str, Any], name: str) -> str:
    """A citizen's own BSN: nine digits as text, passing the elfproef."""
    value = claims.get(name)
    if isinstance(value, str) and _BSN.fullmatch(value) and elfproef(value):
        return value
    raise Unauthenticated(Reason.BSN)


def _time(claims: Mapping[str, Any], name: str, absent: float | None = None) -> float | None:
    if name not in claims:
        return absent
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unauthenticated(Reason.TIMES)
    if not 0 <= value < _LATEST_TIME or not math.isfinite(value):
        raise Unauthenticated(Reason.TIMES)
    return float(value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateNameError
    return found


def _no_constant(_name: str) -> Never:
    raise ValueError
