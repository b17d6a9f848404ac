"""Identifications of the Kadaster that others hold (operation): only real ones are asked."""

import re
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.source import Source

_PATTERN = re.compile(r"[0-9]{1,20}", re.ASCII)
_PARTS = "[A-IK-Z]{{1,2}}{0}[1-9][0-9]{{0,4}}({0}A[1-9][0-9]{{0,3}})?"
_GEMEENTE = r"[a-zA-Z0-9']([a-zA-Z0-9' ,-]{0,60}[a-zA-Z0-9])?"
_AANDUIDING = re.compile(f"{_GEMEENTE} {_PARTS.format(' ')}", re.ASCII)
_HYPHENATED = re.compile(f"[A-Z]{{3}}[0-9]{{2}}-{_PARTS.format('-')}", re.ASCII)


def zaak(source: Source, value: Any) -> str:
    """The identification of a kadastraal onroerende zaak; `SourceFault` for anything but digits.

    The API gives no pattern; a client's value is bounded more strictly by its scalar.
    """
    key = value.strip() if isinstance(value, str) else ""
    if _PATTERN.fullmatch(key) is None:
        raise SourceFault(source.name, "no identification of a kadastraal onroerende zaak")
    return key


def zaak_of_aanduiding(source: Source, value: Any) -> str:
    """The identification of a kadastraal onroerende zaak or its kadastrale aanduiding, which may
    have hyphens behind a code (WDV00-A-12); `SourceFault` for anything else.
    """
    key = value.strip() if isinstance(value, str) else ""
    if _PATTERN.fullmatch(key) or _AANDUIDING.fullmatch(key):
        return key
    if _HYPHENATED.fullmatch(key):
        return key.replace("-", " ")
    raise SourceFault(source.name, "neither an identification nor a kadastrale aanduiding")
