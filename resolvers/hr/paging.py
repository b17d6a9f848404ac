"""Pages of Zoeken as slices of one long list (operation).

Zoeken counts pages of 1 to 100 and shows the first thousand results, however many there are. Pages
have a size that divides a thousand, so that none reaches beyond what is shown.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.addresses import Parameters
from gateway.source.errors import SourceFault
from gateway.source.source import Source
from resolvers.bag.paging import Window, cursor, place
from resolvers.hr.calls import Wire, asked
from schema.language.paging import Page

SHOWN = 1_000
SIZES = (1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100)
PAST_THE_END = Page([], [], has_next=False, has_previous=True)


def window(start: int, wanted: int) -> Window:
    """The window with the smallest page that holds it whole; more pages when none does."""
    fitting = (size for size in SIZES if start % size + wanted <= size)
    enough = (size for size in SIZES if size >= wanted)
    return Window(start, wanted, next(fitting, next(enough, SIZES[-1])))


async def search(kvk: Source, params: Parameters, first: int, after: str | None) -> Page:
    """`first` results after the cursor `after`; none where Zoeken answers that there are none."""
    start = place(kvk, after)
    if start is None or start >= SHOWN:
        return PAST_THE_END
    wanted = window(start, min(first, SHOWN - start))
    items: list[Wire] = []
    total = 0
    for number in wanted.pages:
        found, total = await results(kvk, params, number, wanted.size)
        items += found
        if number * wanted.size >= min(total, SHOWN):
            break
    return page_of(items[wanted.skip :][: wanted.wanted], start, min(total, SHOWN), total)


async def results(
    kvk: Source, params: Parameters, number: int = 1, size: int = 10
) -> tuple[Sequence[Wire], int]:
    """One page of results, and how many there are in all."""
    place = {"pagina": str(number), "resultatenPerPagina": str(size)}
    answer = await asked(kvk, "v2", "zoeken", params={**params, **place})
    return ([], 0) if answer is None else results_in(kvk, answer, params)


def results_in(kvk: Source, answer: Any, params: Parameters) -> tuple[Sequence[Wire], int]:
    """The results in an answer to a search with these parameters, and how many there are."""
    found = answer if isinstance(answer, Mapping) else {}
    items, total = found.get("resultaten"), found.get("totaal")
    if not isinstance(items, list) or not isinstance(total, int):
        raise SourceFault(kvk.name, "no list of results")
    return [_checked(kvk, item, params) for item in items], total


def page_of(items: Sequence[Wire], start: int, reachable: int, total: int) -> Page:
    """A page of a list of which `reachable` items can be had and that counts `total`."""
    last = start + len(items)
    more = bool(items) and last < reachable
    cursors = [cursor(at, is_last=at == last and not more) for at in range(start + 1, last + 1)]
    return Page(items, cursors, more, total, has_previous=start > 0)


def _checked(kvk: Source, item: Any, params: Parameters) -> Wire:
    """A result with a KVK-nummer, and with no other number than was asked for."""
    if not isinstance(item, Mapping) or not isinstance(item.get("kvkNummer"), str):
        raise SourceFault(kvk.name, "a result without KVK-nummer")
    for name in ("kvkNummer", "vestigingsnummer", "rsin"):
        if name in params and item.get(name, params[name]) != params[name]:
            raise SourceFault(kvk.name, "a result that was not asked for")
    return item
