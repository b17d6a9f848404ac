"""Lists of a ZGW source: slices that lie over borders, cursors, and answers that are no page."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from resolvers.zgw.paging import cursor_of, offset_of, page_of, size_for, whole
from schema.language.paging import Page
from tests.bag.asking import Asked, asked

pytestmark = pytest.mark.anyio

OPENZAAK = {"variant": "openzaak"}


def listing(total: int, dialect: dict[str, Any] | None = None) -> Asked:
    """A source with a list of this many numbers; a page that is not there is 404."""

    def answer(request: httpx.Request) -> Any:
        size = int(request.url.params.get("pageSize", 100))
        number = int(request.url.params.get("page", 1))
        if number > 1 and (number - 1) * size >= total:
            return httpx.Response(404, json={"code": "not_found"})
        items = range((number - 1) * size, min(number * size, total))
        following = "http://elders.test/?page=9" if number * size < total else None
        results = [{"nummer": item} for item in items]
        return {"count": total, "next": following, "previous": None, "results": results}

    return asked("zaken", answer, dialect)


async def page(zaken: Asked, first: int, after: str | None = None) -> Page:
    return await page_of(
        zaken.source, lambda params: zaken.source.get("zaken", params=params), first, after
    )


def numbers(found: Page) -> list[int]:
    return [item["nummer"] for item in found.items]


@pytest.mark.parametrize("dialect", [{}, OPENZAAK, {**OPENZAAK, "paginagrootte": 500}])
@pytest.mark.parametrize("first", [1, 7, 60, 100])
async def test_walking_from_cursor_to_cursor_gives_everything_once(
    dialect: dict[str, Any], first: int
) -> None:
    """Whatever the length of the pages, ours and those of the source."""
    zaken = listing(207, dialect)
    seen: list[int] = []
    after: str | None = None
    while True:
        found = await page(zaken, first, after)
        seen += numbers(found)
        assert found.total == 207
        assert found.has_previous is (after is not None)
        if not found.has_next:
            break
        after = found.cursors[-1]

    assert seen == list(range(207))


@given(offset=st.integers(0, 2_000), first=st.integers(1, 100))
def test_open_zaak_never_needs_more_than_two_pages(offset: int, first: int) -> None:
    """And one where the length can be chosen so that one holds everything."""
    size = size_for(listing(0, OPENZAAK).source, offset, first)
    pages = (offset + first - 1) // size - offset // size + 1

    assert first <= size <= 100
    assert pages <= 2


async def test_two_pages_at_most_with_the_standard() -> None:
    """A hundred after the fiftieth lie on two pages of a hundred."""
    zaken = listing(500)
    found = await page(zaken, 100, cursor_of(50))

    assert numbers(found) == list(range(50, 150))
    assert [dict(request.url.params) for request in zaken.requests] == [{}, {"page": "2"}]


async def test_no_second_page_when_the_first_is_the_last() -> None:
    """The source said that there is no next page."""
    zaken = listing(95)
    found = await page(zaken, 20, cursor_of(90))

    assert numbers(found) == [90, 91, 92, 93, 94]
    assert not found.has_next
    assert len(zaken.requests) == 1


async def test_beyond_the_end_is_empty() -> None:
    """The source answers 404 to a page that is not there."""
    found = await page(listing(95), 20, cursor_of(400))

    assert (list(found.items), found.has_next, found.total) == ([], False, None)


@pytest.mark.parametrize("cursor", ["", "bm90", "LTE", "MTIzNDU2Nzg5", "_"])
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    """With an error that shows nothing of it."""
    with pytest.raises(SourceRefusedQuestion):
        offset_of(listing(0).source, cursor)


@given(st.integers(0, 99_999_999))
def test_a_cursor_is_the_place_it_was_made_of(offset: int) -> None:
    """And holds nothing but letters that may stand in an address."""
    assert offset_of(listing(0).source, cursor_of(offset)) == offset


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"count": "1", "results": []},
        {"count": 1, "results": ["x"]},
        {"count": 1, "results": {"a": 1}},
        {"count": 300, "next": "x", "results": [{"nummer": 1}]},
    ],
)
async def test_what_is_no_page_is_a_fault(answer: Any) -> None:
    """Also a page that is shorter than it should be and not the last."""
    with pytest.raises(SourceFault):
        await page(asked("zaken", lambda _: answer), 20)


async def test_the_whole_of_a_list_is_asked_page_by_page() -> None:
    """By number, whatever the address of the next page is said to be."""
    zaken = listing(250)
    found = await whole(
        zaken.source, lambda params: zaken.source.get("rollen", params=params or None)
    )

    assert [item["nummer"] for item in found] == list(range(250))
    assert [request.url.host for request in zaken.requests] == ["zaken.test"] * 3


async def test_a_list_without_an_end_is_a_fault() -> None:
    """A source that always says that there is more is not asked for ever."""
    endless = {"count": 1, "next": "x", "previous": None, "results": [{"nummer": 1}]}
    zaken = asked("zaken", lambda _: endless)
    with pytest.raises(SourceFault):
        await whole(zaken.source, lambda params: zaken.source.get("rollen", params=params or None))

    assert len(zaken.requests) == 20
