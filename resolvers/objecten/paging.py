"""Pages of the Objects API as slices of one long list (operation).

A list is `{count, next, previous, results}` in pages of 100, or of as many as `pageSize` says, to
500 (Objects API 2.7). As in ZGW, pages are numbered and the addresses in `next` are never followed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from resolvers.zgw.paging import AskPage, Envelope, cursor_of, offset_of
from schema.language.paging import Page

LARGEST_SIZE = 500


async def page_of(source: Source, ask: AskPage, first: int, after: str | None) -> Page:
    """The `first` items after a cursor, from the smallest page that holds them all."""
    offset = offset_of(source, after)
    size = _size(offset, first)
    items: list[Mapping[str, Any]] = []
    total: int | None = None
    for number in range(offset // size + 1, (offset + first - 1) // size + 2):
        envelope = await _numbered(source, ask, number, size)
        if envelope is None:
            break
        items += envelope.items
        total = envelope.count
        if not envelope.has_next:
            break
        if len(envelope.items) != size:
            raise SourceFault(source.name, "a page of another size")
    skipped = offset % size
    return _page(items[skipped : skipped + first], offset, total)


async def all_at_once(source: Source, ask: AskPage) -> Sequence[Mapping[str, Any]] | None:
    """Everything in a list, if one page holds it; None if there is more."""
    envelope = await _numbered(source, ask, 1, LARGEST_SIZE)
    if envelope is None:
        return []
    return None if envelope.has_next else envelope.items


def slice_of(
    source: Source, items: Sequence[Mapping[str, Any]], first: int, after: str | None
) -> Page:
    """A page of a list that is whole: with the cursors that the source's pages would give."""
    offset = offset_of(source, after)
    return _page(items[offset : offset + first], offset, len(items))


def _page(items: Sequence[Mapping[str, Any]], offset: int, total: int | None) -> Page:
    last = offset + len(items)
    return Page(
        items=items,
        cursors=[cursor_of(end) for end in range(offset + 1, last + 1)],
        has_next=total is not None and last < total,
        total=total,
        has_previous=offset > 0,
    )


def _size(offset: int, first: int) -> int:
    """The smallest page size with which one page holds the items after `offset`."""
    for size in range(first, LARGEST_SIZE + 1):
        if offset // size == (offset + first - 1) // size:
            return size
    return LARGEST_SIZE


async def _numbered(source: Source, ask: AskPage, number: int, size: int) -> Envelope | None:
    """A page by its number from 1, None when the list ends before it."""
    parameters = {"pageSize": str(size), **({"page": str(number)} if number > 1 else {})}
    try:
        return Envelope.of(source, await ask(parameters))
    except SourceMissing:
        return None
