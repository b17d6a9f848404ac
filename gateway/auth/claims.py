"""Checks of one claim or header value of a token, each refusing with its own reason (operation).

The payload was signed by an issuer we trust, but an issuer can be mistaken; nothing here believes a
type. Times are seconds since the epoch (RFC 7519, section 2, NumericDate).
"""

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Never

from gateway.auth.errors import Reason, Unauthenticated
from schema.language.scalars import elfproef

Claim = str | tuple[str, ...]
"""A claim by its name, or by the names of the objects around it and its own, outermost first."""

_LATEST_TIME = 253_402_300_800  # the year 10000: anything later is a mistake in units


class Missing:
    """Stands for a claim that is not there, which null is not."""


MISSING = Missing()


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


def found(claims: Mapping[str, Any], claim: Claim) -> Any:
    """The claim's value, of any type, or MISSING."""
    if isinstance(claim, str):
        return claims.get(claim, MISSING)
    value: Any = claims
    for name in claim:
        value = value.get(name, MISSING) if isinstance(value, Mapping) else MISSING
    return value


def text(value: Any, reason: Reason, longest: int = 255) -> str:
    """A value that must be text: 1 to `longest` printable characters, no outer white space."""
    if (
        isinstance(value, str)
        and 0 < len(value) <= longest
        and value.isprintable()
        and value == value.strip()
    ):
        return value
    raise Unauthenticated(reason)


def texts(value: Any, reason: Reason, most: int) -> tuple[str, ...]:
    """A text, or a list of 1 to `most` texts, each once and in order; empty if MISSING."""
    if value is MISSING:
        return ()
    listed = value if isinstance(value, list) else [value]
    if not 0 < len(listed) <= most:
        raise Unauthenticated(reason)
    return tuple(dict.fromkeys(text(each, reason) for each in listed))


def digits(value: Any, count: int, reason: Reason, *, proven: bool = False) -> str:
    """A number as text of precisely `count` digits; `proven` by the elfproef (BSN, RSIN)."""
    if (
        isinstance(value, str)
        and re.fullmatch(f"[0-9]{{{count}}}", value)
        and (elfproef(value) if proven else value.strip("0"))
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


def check_client(claims: Mapping[str, Any], allowed: Collection[str], needed: bool) -> None:
    """The client that the token was given to is one of those `allowed`, if these are named.

    `azp` (NL GOV OAuth, OIDC Core 2) or `client_id` (RFC 9068, 2.2); two must be the same.
    """
    named = {text(claims[name], Reason.CLIENT) for name in ("azp", "client_id") if name in claims}
    if len(named) > 1 or (not named and (needed or allowed)) or (allowed and named - set(allowed)):
        raise Unauthenticated(Reason.CLIENT)


def check_use(claims: Mapping[str, Any], needs_id: bool) -> None:
    """That it is an access token that whoever has it may use, and by which it can be told apart.

    Keycloak says in a claim `typ` what a token is for. A token that is bound to a key (`cnf`, RFC
    7800) is good only with a proof of that key, which is not looked at here.
    """
    if claims.get("typ", "Bearer") != "Bearer":
        raise Unauthenticated(Reason.TYPE_REFUSED)
    if "cnf" in claims:
        raise Unauthenticated(Reason.BOUND)
    if needs_id or "jti" in claims:
        text(claims.get("jti"), Reason.TOKEN_ID)


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when a token is valid, and for how many seconds it was given."""

    expires: float
    seconds: float


def check_times(claims: Mapping[str, Any], now: float, leeway: float) -> Validity:
    """What `exp` and `iat` say; refuses what is over or has not begun."""
    expires = _time(claims, "exp")
    begins, issued = _time(claims, "nbf", absent=0.0), _time(claims, "iat", absent=None)
    if expires is None or begins is None:
        raise Unauthenticated(Reason.TIMES)
    if now >= expires + leeway:
        raise Unauthenticated(Reason.EXPIRED)
    if now < max(begins, issued or 0.0) - leeway:
        raise Unauthenticated(Reason.NOT_YET_VALID)
    return Validity(expires, expires - (now if issued is None else issued))


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
