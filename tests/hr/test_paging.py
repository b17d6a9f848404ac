"""Pages of Zoeken: which are asked, and where the list ends."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.errors import SourceFault
from resolvers.hr.paging import SHOWN, SIZES, search, window
from schema.language.paging import Page
from tests.bag.asking import Asked, asked

pytestmark = pytest.mark.anyio

NOTHING = {"fout": [{"code": "IPD5200", "omschrijving": "Niets."}]}


def register(total: int) -> Asked:
    """A Zoeken with so many results, numbered from 0, of which it shows a thousand."""

    def answer(request: httpx.Request) -> Any:
        number = int(request.url.params["pagina"])
        size = int(request.url.params["resultatenPerPagina"])
        assert size in SIZES and number * size <= SHOWN
        shown = range(min(total, SHOWN))[(number - 1) * size : number * size]
        if not shown:
            return httpx.Response(404, json=NOTHING)
        return {"totaal": total, "resultaten": [{"kvkNummer": f"{at:08d}"} for at in shown]}

    return asked("kvk", answer)


async def pages(kvk: Asked, first: int) -> list[Page]:
    """All pages of a search, one after another."""
    found = [await search(kvk.source, {"naam": "x"}, first, None)]
    while found[-1].has_next:
        found.append(await search(kvk.source, {"naam": "x"}, first, found[-1].cursors[-1]))
    return found


@given(start=st.integers(0, SHOWN - 1), first=st.integers(1, 100))
def test_a_window_holds_what_is_wanted_within_what_is_shown(start: int, first: int) -> None:
    wanted = min(first, SHOWN - start)
    found = window(start, wanted)
    pages = found.pages

    assert found.size in SIZES
    assert (pages.start - 1) * found.size + found.skip == start
    assert (pages.stop - 1) * found.size >= start + wanted
    assert (pages.stop - 1) * found.size <= SHOWN
    assert len(pages) <= 2


@pytest.mark.parametrize("total", [1, 19, 20, 21, 57, 200])
@pytest.mark.parametrize("first", [1, 7, 20, 100])
async def test_all_results_come_once_and_in_order(total: int, first: int) -> None:
    found = await pages(register(total), first)

    numbers = [int(item["kvkNummer"]) for page in found for item in page.items]
    assert numbers == list(range(total))
    assert {page.total for page in found} == {total}
    assert [page.has_previous for page in found] == [False] + [True] * (len(found) - 1)


async def test_the_list_ends_at_the_thousandth() -> None:
    found = await pages(register(4321), 97)

    assert sum(len(page.items) for page in found) == SHOWN
    assert found[-1].total == 4321


async def test_pages_of_the_usual_size_cost_a_call_each() -> None:
    kvk = register(200)

    assert len(await pages(kvk, 20)) == len(kvk.requests) == 10


async def test_nothing_found_is_an_empty_page() -> None:
    page = await search(register(0).source, {"naam": "x"}, 20, None)

    assert page == Page([], [], has_next=False, total=0)


async def test_after_the_last_nothing_is_asked() -> None:
    kvk = register(3)
    (page,) = await pages(kvk, 20)

    after = await search(kvk.source, {"naam": "x"}, 20, page.cursors[-1])

    assert (list(after.items), after.has_next, len(kvk.requests)) == ([], False, 1)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"totaal": 1},
        {"totaal": "1", "resultaten": []},
        {"totaal": 1, "resultaten": {}},
        {"totaal": 1, "resultaten": [5]},
        {"totaal": 1, "resultaten": [{"naam": "x"}]},
        {"totaal": 1, "resultaten": [{"kvkNummer": 5}]},
        {"totaal": 1, "resultaten": [{"kvkNummer": "00000002"}]},
        {"totaal": 1, "resultaten": [{"kvkNummer": "00000001", "rsin": "000000002"}]},
    ],
)
async def test_what_was_not_asked_for_is_a_fault(answer: Any) -> None:
    kvk = asked("kvk", lambda _: answer)
    params = {"kvkNummer": "00000001", "rsin": "000000001"}

    with pytest.raises(SourceFault):
        await search(kvk.source, params, 20, None)
