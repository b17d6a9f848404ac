"""Pages of the BAG as slices of one long list (operation).

The BAG counts pages of 10 to 100, the published schema takes any `first` from 1 after any place. A
cursor is the number of items up to and including its own; that of the very last item says so, so
that nobody asks the BAG for a page beyond its end, which it answers with an error.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.source import Source
from schema.language.paging import Page

SMALLEST, LARGEST = 10, 100
FARTHEST = 100_000
END = "e"


@dataclass(frozen=True, slots=True)
class Window:
    """The pages of the source, `size` items each, that hold `wanted` items from `start`."""

    start: int
    wanted: int
    size: int

    @property
    def pages(self) -> range:
        """The numbers of those pages; the source counts from 1."""
        return range(self.start // self.size + 1, (self.start + self.wanted - 1) // self.size + 2)

    @property
    def skip(self) -> int:
        """How many items of the first of those pages come before the window."""
        return self.start % self.size


def window(start: int, wanted: int) -> Window:
    """The window with the smallest page that holds it whole; two pages when none does."""
    smallest = max(wanted, SMALLEST)
    sizes = (size for size in range(smallest, LARGEST + 1) if start % size + wanted <= size)
    return Window(start, wanted, next(sizes, smallest))


async def page_of(
    source: Source,
    path: str,
    collection: str,
    params: Mapping[str, str],
    headers: Mapping[str, str],
    first: int,
    after: str | None,
) -> Page:
    """`first` items of a collection of the BAG after the cursor `after`, as it found them."""
    start = place(source, after)
    if start is None:
        return Page([], [], has_next=False, has_previous=True)
    asked = window(start, first)
    items: list[Any] = []
    more = True
    for number in asked.pages:
        if not more:
            break
        page = {"page": str(number), "pageSize": str(asked.size)}
        answer = await source.get(path, params={**params, **page}, headers=headers)
        items += embedded(source, answer, collection)
        more = has_next(answer)
    found = items[asked.skip :]
    return _page(found[:first], start, more or len(found) > first)


def embedded(source: Source, answer: Any, collection: str) -> Sequence[Mapping[str, Any]]:
    """The items of a HAL collection; none where the BAG leaves `_embedded` out."""
    if not isinstance(answer, Mapping):
        raise SourceFault(source.name, "not a collection")
    found = answer.get("_embedded", {})
    items = found.get(collection, []) if isinstance(found, Mapping) else None
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise SourceFault(source.name, f"no list of {collection}")
    return items


def has_next(answer: Mapping[str, Any]) -> bool:
    """Whether the BAG says that there is a page after this one."""
    links = answer.get("_links")
    return isinstance(links, Mapping) and "next" in links


def cursor(place: int, is_last: bool) -> str:
    """The cursor of the item that is number `place` in its list, counted from 1."""
    text = f"{place}{END if is_last else ''}"
    return urlsafe_b64encode(text.encode("ascii")).decode("ascii")


def place(source: Source, after: str | None) -> int | None:
    """How many items come before the one after this cursor; None when there is none after it."""
    if after is None:
        return 0
    try:
        text = urlsafe_b64decode(after.encode("ascii")).decode("ascii")
    except ValueError:
        text = ""
    if text.endswith(END) and text.removesuffix(END).isdecimal():
        return None
    if not text.isdecimal() or len(text) > len(str(FARTHEST)):
        message = "Deze cursor hoort niet bij deze lijst: gebruik een cursor uit het antwoord."
        raise SourceRefusedQuestion(source.name, "not a cursor of ours", message=message)
    return int(text)


def _page(items: Sequence[Any], start: int, more: bool) -> Page:
    last = start + len(items)
    places = range(start + 1, last + 1)
    cursors = [cursor(number, is_last=number == last and not more) for number in places]
    return Page(items, cursors, has_next=more, has_previous=start > 0)
