"""What the BRP accepts to search with (operation): checked here, so that it is not asked in vain.

BRP Personen bevragen 2.7, the patterns of the search parameters; `*` stands for any ending.
"""

import re
from dataclasses import dataclass
from typing import overload

from gateway.source.errors import SourceRefusedQuestion
from gateway.source.source import Source

_LETTERS = r"[a-zA-Z0-9À-ž .\-']"


@dataclass(frozen=True, slots=True)
class Filter:
    """One parameter: the pattern that it matches as a whole, and in Dutch what that is."""

    pattern: re.Pattern[str]
    expected: str


GESLACHTSNAAM = Filter(
    re.compile(rf"{_LETTERS}{{1,200}}|{_LETTERS}{{3,199}}\*"),
    "Geef als geslachtsnaam letters zonder voorvoegsel; na minstens drie tekens mag een *.",
)
VOORNAMEN = Filter(
    re.compile(rf"{_LETTERS}{{1,200}}|{_LETTERS}{{3,199}}\*"),
    "Geef als voornamen alleen letters; na minstens drie tekens mag een *.",
)
VOORNAMEN_BIJ_GEBOORTEDATUM = Filter(
    re.compile(rf"{_LETTERS}{{1,199}}\*?"),
    "Geef als voornamen alleen letters, eventueel met een * aan het eind.",
)
VOORVOEGSEL = Filter(
    re.compile(r"[a-zA-Z ']{1,10}"),
    "Geef als voorvoegsel hoogstens tien letters.",
)
STRAAT = Filter(
    re.compile(rf"{_LETTERS}{{1,80}}|{_LETTERS}{{7,79}}\*|\*{_LETTERS}{{7,79}}"),
    "Geef als straat hoogstens tachtig letters; naast minstens zeven tekens mag een *.",
)


@overload
def checked(source: Source, wanted: Filter, value: str) -> str: ...
@overload
def checked(source: Source, wanted: Filter, value: None) -> None: ...
@overload
def checked(source: Source, wanted: Filter, value: str | None) -> str | None: ...
def checked(source: Source, wanted: Filter, value: str | None) -> str | None:
    """The value, if the BRP accepts it; `SourceRefusedQuestion` says what it should be."""
    if value is None or wanted.pattern.fullmatch(value):
        return value
    raise SourceRefusedQuestion(source.name, "not a search text", message=wanted.expected)
