"""Pages of any size as slices of one list."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from resolvers.klant.paging import page_of, size_for
from resolvers.zgw.paging import cursor_of
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("offset", "first", "size"),
    [(0, 20, 20), (20, 20, 20), (5, 20, 25), (3, 2, 3), (480, 100, 116), (999, 100, 110)],
)
def test_one_page_holds_what_is_wanted(offset: int, first: int, size: int) -> None:
    """The smallest such page."""
    assert size_for(offset, first) == size
    assert offset // size == (offset + first - 1) // size


def test_far_from_the_start_two_pages_of_the_largest_size() -> None:
    """When no page holds it whole."""
    offsets = [offset for offset in range(3_000) if size_for(offset, 100) == 500]

    assert any(offset // 500 != (offset + 99) // 500 for offset in offsets) or offsets == []


async def _page(count: int, first: int, after: str | None, most: int = 500) -> tuple[Any, Any]:
    def answer(request: httpx.Request) -> Any:
        page = int(request.url.params["page"])
        size = min(int(request.url.params["page_size"]), most)
        if page > max(1, -(-count // size)):
            return httpx.Response(404, json={"detail": "Ongeldige pagina."})
        shown = range((page - 1) * size, min(page * size, count))
        more = page * size < count
        return {
            "count": count,
            "next": "http://elders.test/" if more else None,
            "previous": None,
            "results": [{"n": n} for n in shown],
        }

    made = asked("producten", answer)

    async def ask(page: Mapping[str, str]) -> Any:
        return await made.source.get("producten", params=page)

    return await page_of(made.source, ask, first, after, "page_size"), made.requests


@pytest.mark.parametrize(
    ("count", "first", "start", "items", "more"),
    [
        (5, 2, 0, [0, 1], True),
        (5, 2, 3, [3, 4], False),
        (5, 2, 4, [4], False),
        (5, 2, 5, [], False),
        (0, 20, 0, [], False),
        (5, 2, 90, [], False),
    ],
)
async def test_a_slice(count: int, first: int, start: int, items: list[int], more: bool) -> None:
    """Whatever the pages of the source; past the end there is nothing."""
    page, requests = await _page(count, first, cursor_of(start) if start else None)

    assert [item["n"] for item in page.items] == items
    assert (page.has_next, page.has_previous) == (more, start > 0)
    assert page.cursors == [cursor_of(place + 1) for place in items]
    assert len(requests) == 1
    assert page.total in (count, None)


async def test_a_source_with_shorter_pages_than_it_was_asked_is_a_fault() -> None:
    """Else items would be skipped unseen."""
    with pytest.raises(SourceFault):
        await _page(60_000, 100, cursor_of(3_950), most=50)


async def test_a_cursor_of_another_list() -> None:
    """Is refused before anything is asked."""
    with pytest.raises(SourceRefusedQuestion):
        await _page(5, 2, "bm8")
