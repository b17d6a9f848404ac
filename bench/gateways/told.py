"""How the page puts things (process): paragraphs, lists and figures, in Dutch."""

from collections.abc import Iterator, Mapping
from textwrap import TextWrapper

from bench.figures import Spread
from bench.gateways.contenders import Contender
from bench.gateways.results import Measured, Results
from bench.gateways.work import DISTINCT, DOCUMENT, EQUAL, LITERAL

FOLDER = "performance"
"""Beside the page: its pictures."""
KINDS = {
    EQUAL: "gelijk",
    DISTINCT: "verschillend",
    LITERAL: "waarde in de tekst",
    DOCUMENT: "andere tekst",
}

Names = Mapping[str, Contender]
"""The contenders by name, in the order in which they are told."""

_PLAIN = TextWrapper(100, break_long_words=False, break_on_hyphens=False)
_LISTED = TextWrapper(
    100,
    initial_indent="- ",
    subsequent_indent="  ",
    break_long_words=False,
    break_on_hyphens=False,
)


def paragraph(text: str) -> str:
    """In lines of at most a hundred signs."""
    return _PLAIN.fill(text)


def bullets(*items: str) -> Iterator[str]:
    """A list."""
    return map(_LISTED.fill, items)


def figure(value: Spread | None, digits: int | None = None) -> str:
    """A median with its spread; a dash where there is none."""
    if value is None:
        return "–"
    return value.written((0 if value.middle >= 100 else 1) if digits is None else digits)


def answered(found: Results, phase: str) -> list[Measured]:
    """What was measured in a phase."""
    return [each for each in found.measured if each.phase == phase and each.requests]
