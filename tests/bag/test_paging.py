"""Slices of a long list, as the pages of 10 to 100 that the BAG has."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from resolvers.bag.paging import LARGEST, SMALLEST, cursor, page_of, place, window
from schema.language.paging import Page
from tests.bag.asking import Asked, asked

pytestmark = pytest.mark.anyio


def listing(total: int) -> Asked:
    """A BAG with a list of this many numbers, which refuses a page beyond the end."""

    def answer(request: httpx.Request) -> Any:
        size = int(request.url.params["pageSize"])
        number = int(request.url.params["page"])
        if not SMALLEST <= size <= LARGEST or (number > 1 and (number - 1) * size >= total):
            return httpx.Response(400, json={"code": "paramsValidation"})
        items = [{"nummer": n} for n in range((number - 1) * size + 1, number * size + 1)]
        shown = [item for item in items if item["nummer"] <= total]
        links = {"next": {"href": "#"}} if number * size < total else {}
        return {"_links": links, **({"_embedded": {"dingen": shown}} if shown else {})}

    return asked("bag", answer)


async def page(bag: Asked, first: int, after: str | None = None) -> Page:
    return await page_of(bag.source, "dingen", "dingen", {}, {}, first, after)


def numbers(found: Page) -> list[int]:
    return [item["nummer"] for item in found.items]


@given(start=st.integers(0, 500), wanted=st.integers(1, 100))
def test_the_pages_hold_the_window(start: int, wanted: int) -> None:
    """Whatever is asked, the pages begin at or before it and end at or after it."""
    found = window(start, wanted)
    first, last = found.pages[0], found.pages[-1]

    assert SMALLEST <= found.size <= LARGEST
    assert len(found.pages) <= 2
    assert (first - 1) * found.size + found.skip == start
    assert last * found.size >= start + wanted


@pytest.mark.parametrize(
    ("start", "wanted", "size", "pages"),
    [(0, 20, 20, [1]), (40, 20, 20, [3]), (0, 3, 10, [1]), (3, 3, 10, [1]), (7, 7, 14, [1])],
)
def test_one_page_where_one_can_do(start: int, wanted: int, size: int, pages: list[int]) -> None:
    """Paging on with the same `first` is one call a page."""
    found = window(start, wanted)

    assert (found.size, list(found.pages)) == (size, pages)


@pytest.mark.parametrize("first", [1, 3, 7, 10, 20, 33, 100])
@pytest.mark.parametrize("total", [0, 1, 9, 10, 11, 45, 200])
async def test_every_item_is_seen_once(first: int, total: int) -> None:
    """Following the cursors gives the whole list, and nothing beyond its end is asked."""
    bag = listing(total)
    seen: list[int] = []
    after = None
    while True:
        found = await page(bag, first, after)
        seen += numbers(found)
        if not found.has_next:
            break
        after = found.cursors[-1]

    assert seen == list(range(1, total + 1))


async def test_nothing_comes_after_the_last_item() -> None:
    """The cursor of the last item asks nothing."""
    bag = listing(20)
    last = (await page(bag, 20)).cursors[-1]
    found = await page(bag, 20, last)

    assert (numbers(found), found.has_next, found.has_previous) == ([], False, True)
    assert len(bag.requests) == 1


async def test_a_cursor_works_with_another_first() -> None:
    """A place in a list is a place, whatever the size of the page."""
    bag = listing(200)
    found = await page(bag, 13)

    assert numbers(await page(bag, 100, found.cursors[6])) == list(range(8, 108))


@pytest.mark.parametrize("strange", ["", "bm9wZQ==", "LTE=", "MTIzNDU2Nzg5", "ZQ==", "!!!!"])
async def test_a_strange_cursor_is_refused(strange: str) -> None:
    """What we did not hand out is a mistake of the asker, and is not asked."""
    bag = listing(20)

    with pytest.raises(SourceRefusedQuestion):
        place(bag.source, strange)


def test_cursors_say_where_they_are() -> None:
    """A cursor leads back to its own place."""
    bag = listing(1)

    assert place(bag.source, cursor(17, is_last=False)) == 17
    assert place(bag.source, cursor(17, is_last=True)) is None


@pytest.mark.parametrize(
    "body",
    [[], "x", {"_embedded": []}, {"_embedded": {"dingen": {}}}, {"_embedded": {"dingen": [1]}}],
)
async def test_a_collection_of_another_shape_is_a_fault(body: Any) -> None:
    """What is no collection is not taken for an empty one."""
    with pytest.raises(SourceFault):
        await page(asked("bag", lambda _: body), 10)
