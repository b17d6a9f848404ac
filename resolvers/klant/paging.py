"""Pages of Open Klant and its family as slices of one long list (operation).

Such a list is `{count, next, previous, results}`, as that of a ZGW source, in pages of any size to
500 (Klantinteracties API 0.9.0). The parameter that says the size has a name of its own per API.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from resolvers.zgw.paging import LARGEST_SIZE, AskPage, Envelope, cursor_of, offset_of
from schema.language.paging import Page

SIZE = "pageSize"


def size_for(offset: int, first: int) -> int:
    """The smallest page of which one holds the `first` items after `offset`; else the largest."""
    sizes = range(first, LARGEST_SIZE + 1)
    fitting = (size for size in sizes if offset // size == (offset + first - 1) // size)
    return next(fitting, LARGEST_SIZE)


async def page_of(
    source: Source, ask: AskPage, first: int, after: str | None, size_name: str = SIZE
) -> Page:
    """The `first` items after a cursor, from one page of the source, or two far from the start."""
    offset = offset_of(source, after)
    size = size_for(offset, first)
    items: list[Mapping[str, Any]] = []
    total: int | None = None
    for number in range(offset // size + 1, (offset + first - 1) // size + 2):
        envelope = await _numbered(source, ask, {"page": str(number), size_name: str(size)})
        if envelope is None:
            break
        items += envelope.items
        total = envelope.count
        if not envelope.has_next:
            break
        if len(envelope.items) != size:
            raise SourceFault(source.name, "a page of another size")
    return _page(items[offset % size :][:first], offset, total)


async def _numbered(source: Source, ask: AskPage, page: Mapping[str, str]) -> Envelope | None:
    """A page by its number from 1, None when the list ends before it."""
    try:
        return Envelope.of(source, await ask(page))
    except SourceMissing:
        return None


def _page(items: Sequence[Mapping[str, Any]], offset: int, total: int | None) -> Page:
    end = offset + len(items)
    return Page(
        items=items,
        cursors=[cursor_of(place) for place in range(offset + 1, end + 1)],
        has_next=total is not None and end < total,
        total=total,
        has_previous=offset > 0,
    )
