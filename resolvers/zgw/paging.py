"""Lists of a ZGW source (operation): a slice of a long list, or the whole of a short one.

A ZGW list is `{count, next, previous, results}` in pages of 100; Open Zaak lets the client choose
the size, to 500 (Zaken API 1.5.1). The addresses in `next` are never followed: pages are numbered.
"""

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gateway.source.errors import SourceFault, SourceMissing, SourceRefusedQuestion
from gateway.source.source import Source
from schema.language.paging import Page

STANDARD_SIZE = 100
LARGEST_SIZE = 500
MOST_PAGES = 20

_OFFSET = re.compile("[0-9]{1,8}")

AskPage = Callable[[Mapping[str, str]], Awaitable[Any]]
"""Asks the source for the page that these query parameters choose."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One page as the source gave it, proven to have the shape of one."""

    items: Sequence[Mapping[str, Any]]
    count: int
    has_next: bool

    @classmethod
    def of(cls, source: Source, answer: Any) -> "Envelope":
        """SourceFault if `answer` is not a page of objects."""
        match answer:
            case {"results": list(items), "count": int(count)} if _objects(items):
                return cls(items, count, bool(answer.get("next")))
        raise SourceFault(source.name, "not a page of a list")


@lru_cache(4_096)
def cursor_of(offset: int) -> str:
    """The cursor of the place after the first `offset` items."""
    return base64.urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def offset_of(source: Source, cursor: str | None) -> int:
    """How many items come before the place of a cursor; SourceRefusedQuestion if it is not ours."""
    if cursor is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    if not _OFFSET.fullmatch(text):
        message = "Deze cursor hoort niet bij deze lijst."
        raise SourceRefusedQuestion(source.name, "not a cursor of ours", message=message)
    return int(text)


def size_for(source: Source, offset: int, first: int) -> int:
    """The page size with which as few pages as possible hold the items after `offset`.

    A source whose size is fixed may need two pages. One whose size is free is asked for the
    smallest pages of which one holds everything, because a longer page costs it more time.
    """
    if source.flag("variant", "standaard") != "openzaak":
        return STANDARD_SIZE
    largest = max(first, min(source.flag("paginagrootte", STANDARD_SIZE), LARGEST_SIZE))
    for size in range(first, largest + 1):
        if offset // size == (offset + first - 1) // size:
            return size
    return largest


async def page_of(source: Source, ask: AskPage, first: int, after: str | None) -> Page:
    """The `first` items after a cursor, from one page of the source, or two that border."""
    offset = offset_of(source, after)
    size = size_for(source, offset, first)
    start, stop = offset // size, (offset + first - 1) // size
    items: list[Mapping[str, Any]] = []
    total: int | None = None
    for number in range(start, stop + 1):
        envelope = await _numbered(source, ask, number + 1, size)
        if envelope is None:
            break
        items += envelope.items
        total = envelope.count
        if not envelope.has_next:
            break
        if len(envelope.items) != size:
            raise SourceFault(source.name, "a page of another size")
    skipped = offset - start * size
    found = items[skipped : skipped + first]
    ends = range(offset + 1, offset + len(found) + 1)
    return Page(
        items=found,
        cursors=[cursor_of(end) for end in ends],
        has_next=total is not None and offset + len(found) < total,
        total=total,
        has_previous=offset > 0,
    )


async def whole(source: Source, ask: AskPage) -> list[Mapping[str, Any]]:
    """Everything in a list that belongs to one thing; SourceFault when it does not end."""
    items: list[Mapping[str, Any]] = []
    for number in range(1, MOST_PAGES + 1):
        envelope = Envelope.of(source, await ask(_parameters(number)))
        items += envelope.items
        if not envelope.has_next:
            return items
    raise SourceFault(source.name, "a list without an end")


def bare_array(source: Source, answer: Any) -> Sequence[Mapping[str, Any]]:
    """A list that the API gives whole, without an envelope; SourceFault if it is none."""
    if not isinstance(answer, list) or not _objects(answer):
        raise SourceFault(source.name, "not a list")
    return answer


async def _numbered(source: Source, ask: AskPage, number: int, size: int) -> Envelope | None:
    """A page by its number from 1, None when the list ends before it."""
    parameters = _parameters(number)
    if source.flag("variant", "standaard") == "openzaak":
        parameters["pageSize"] = str(size)
    try:
        return Envelope.of(source, await ask(parameters))
    except SourceMissing:
        return None


def _parameters(number: int) -> dict[str, str]:
    return {"page": str(number)} if number > 1 else {}


def _objects(items: Sequence[Any]) -> bool:
    return all(isinstance(item, Mapping) for item in items)
