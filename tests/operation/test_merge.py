"""What several sources gave, made one: nothing lost, nothing twice, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.operation.failures import FieldFailure
from gateway.operation.fetched import Partial
from gateway.operation.merge import (
    Ended,
    Places,
    Stretch,
    merged,
    one_page,
    read_places,
    written,
)
from gateway.source.directory import MOST_OF_A_KIND
from gateway.source.read import Order
from resolvers.zgw.paging import cursor_of
from schema.language.paging import Page

UUID = "60010673-deac-44d3-b6d8-6e09e10f46ec"
DOWN = FieldFailure("BRON_TIMEOUT", "Te laat.", source="b", retry=True)
ORDERS = st.sampled_from([None, Order(("dag",)), Order(("dag",), descending=True)])


# ---- one object, lists ---------------------------------------------------------------------------


def test_the_first_that_is_found() -> None:
    """In the order of the file; who has nothing does not count, nor who failed."""
    assert merged("zaken", [("a", UUID, None), ("b", UUID, {"n": 1})]) == {"n": 1}
    assert merged("zaken", [("a", UUID, {"n": 1}), ("b", UUID, {"n": 2})]) == {"n": 1}
    assert merged("zaken", [("a", UUID, DOWN), ("b", UUID, {"n": 2})]) == {"n": 2}


def test_nothing_is_found() -> None:
    """It is not there if nobody has it; if somebody failed, nobody knows."""
    assert merged("zaken", [("a", UUID, None), ("b", UUID, None)]) is None
    assert merged("zaken", [("a", UUID, None), ("b", UUID, DOWN)]) is DOWN


def test_a_number_that_several_gave_out_names_nothing() -> None:
    """A uuid is given out once; anything else may be in two systems."""
    both = merged("zaken", [("a", "ZAAK-1", {"n": 1}), ("b", "ZAAK-1", {"n": 2})])

    assert isinstance(both, FieldFailure)
    assert (both.code, both.origin) == ("INVOER", "zaken")


def test_lists_follow_each_other() -> None:
    """And what failed is told beside them."""
    assert merged("klant", [("a", "1", [1, 2]), ("b", "1", [3])]) == [1, 2, 3]
    some = merged("klant", [("a", "1", [1]), ("b", "1", DOWN)])
    assert isinstance(some, Partial)
    assert some.value == [1]
    assert [each.extensions() for each in some.failures] == [
        {"code": "BRON_TIMEOUT", "opnieuw": True, "bron": "b", "gedeeltelijk": True}
    ]
    assert merged("klant", [("a", "1", DOWN), ("b", "1", DOWN)]) is DOWN


def test_a_failure_without_a_name_gets_that_of_its_source() -> None:
    """As one of ours that says that too much was asked."""
    some = merged("klant", [("a", "1", []), ("b", "1", FieldFailure("LIMIET", "Te veel."))])

    assert [each.origin for each in some.failures] == ["b"]


# ---- pages ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source with a list of its own, sorted by itself."""

    name: str
    days: Sequence[int | None]
    knows_total: bool

    def items(self, order: Order | None) -> list[dict[str, Any]]:
        """All that it has, as it sorts them: what is absent last, and first when descending."""
        made = [{"bron": self.name, "nummer": n, "dag": day} for n, day in enumerate(self.days)]
        if order is None:
            return made
        return sorted(
            made,
            key=lambda item: (item["dag"] is None, item["dag"] or 0),
            reverse=order.descending,
        )

    def page(self, order: Order | None, after: str | None, first: int) -> Mapping[str, Any]:
        """A page as a read gives it."""
        items = self.items(order)
        start = 0 if after is None else int(after)
        shown = items[start : start + first]
        return Page(
            shown,
            [str(start + at + 1) for at in range(len(shown))],
            start + first < len(items),
            len(items) if self.knows_total else None,
            start > 0,
        ).wire()


def ask(
    shelves: Sequence[Shelf],
    after: str | None,
    first: int,
    order: Order | None,
    down: frozenset[str] = frozenset(),
) -> tuple[dict[str, Any], list[str], Places]:
    """One page of all of them, those that are down left out."""
    places = read_places(after, [shelf.name for shelf in shelves])
    stretches = [
        Stretch.of(shelf.name, place, _page(shelf, place, order, first))
        for shelf in shelves
        if shelf.name not in down or isinstance(places[shelf.name], Ended)
        for place in [places[shelf.name]]
    ]
    page, sources = one_page(stretches, places, first, order)
    return page, sources, places


def _page(shelf: Shelf, place: Any, order: Order | None, first: int) -> Mapping[str, Any] | None:
    return None if isinstance(place, Ended) else shelf.page(order, place, first)


def shelves() -> st.SearchStrategy[list[Shelf]]:
    """One to four sources, from empty to more than a page."""
    days = st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=9)
    made = st.tuples(days, st.booleans())
    return st.lists(made, min_size=1, max_size=4).map(
        lambda found: [Shelf(f"bron-{n}", *each) for n, each in enumerate(found)]
    )


@given(shelves(), st.integers(1, 6), ORDERS, st.data())
def test_page_after_page_gives_everything_once(
    sources: list[Shelf], first: int, order: Order | None, data: st.DataObject
) -> None:
    """Whatever the sizes, and whoever is down for a page: who is back is read from where it was.

    A cursor is taken anywhere on a page, as a client may.
    """
    wanted = [item for shelf in sources for item in shelf.items(order)]
    names = [shelf.name for shelf in sources]
    found: list[Any] = []
    after: str | None = None
    down = frozenset(data.draw(st.sets(st.sampled_from(names))))
    for _ in range(3 * len(wanted) + 3):
        page, told, _ = ask(sources, after, first, order, down)
        edges = page["edges"]
        assert len(edges) <= first
        assert [edge["node"]["bron"] for edge in edges] == told
        if edges:
            kept = data.draw(st.integers(1, len(edges)))
            found += [edge["node"] for edge in edges[:kept]]
            after = edges[kept - 1]["cursor"]
        elif not down:
            assert not page["pageInfo"]["hasNextPage"]
            break
        down = frozenset(data.draw(st.sets(st.sampled_from(names)))) if edges else frozenset()

    assert sorted(map(str, found)) == sorted(map(str, wanted))


@given(shelves(), st.integers(1, 6), ORDERS)
def test_while_all_are_there_the_order_is_one(
    sources: list[Shelf], first: int, order: Order | None
) -> None:
    """Sorted as asked over all pages; what is equal stands in the order of the file."""
    found: list[Any] = []
    after: str | None = None
    more = True
    while more:
        page, _, _ = ask(sources, after, first, order)
        found += [edge["node"] for edge in page["edges"]]
        assert len(page["edges"]) == first or not page["pageInfo"]["hasNextPage"]
        after, more = page["pageInfo"]["endCursor"] or after, page["pageInfo"]["hasNextPage"]

    each = [item for shelf in sources for item in shelf.items(order)]
    assert found == (each if order is None else _sorted(each, order))


def _sorted(items: Sequence[Any], order: Order) -> list[Any]:
    by_place = sorted(items, key=lambda item: item["bron"])
    absent = [item for item in by_place if item["dag"] is None]
    days = sorted({item["dag"] for item in items} - {None}, reverse=order.descending)
    present = [item for day in days for item in by_place if item["dag"] == day]
    return absent + present if order.descending else present + absent


@given(shelves(), st.integers(1, 6), ORDERS)
def test_totals_are_those_of_all_on_every_page(
    sources: list[Shelf], first: int, order: Order | None
) -> None:
    """Also when a source was read to its end and is asked no more; unknown if one does not tell."""
    known = all(shelf.knows_total for shelf in sources)
    total = sum(len(shelf.days) for shelf in sources) if known else None
    page, _, _ = ask(sources, None, first, order)
    seen = [page["totalCount"]]
    while page["pageInfo"]["hasNextPage"]:
        page, _, _ = ask(sources, page["pageInfo"]["endCursor"], first, order)
        seen.append(page["totalCount"])
        assert page["pageInfo"]["hasPreviousPage"]

    assert set(seen) == {total}


def test_who_was_read_to_the_end_is_asked_no_more() -> None:
    """The cursor says so, with how many there were."""
    sources = [Shelf("a", [1], True), Shelf("b", [2, 3, 4], True)]
    page, _, _ = ask(sources, None, 2, None)

    assert read_places(page["pageInfo"]["endCursor"], ["a", "b"]) == {"a": Ended(1), "b": "1"}


def test_a_short_page_ends_the_merged_one() -> None:
    """What comes next at that source is not known, so nothing is put before it."""
    short = Stretch("a", None, Shelf("a", [1], True).page(None, None, 1)["edges"], more=True)
    long = Stretch("b", None, Shelf("b", [2, 3], True).page(None, None, 2)["edges"])
    page, sources = one_page([short, long], {"a": None, "b": None}, 5, None)

    assert sources == ["a"]
    assert page["pageInfo"]["hasNextPage"]
    assert read_places(page["pageInfo"]["endCursor"], ["a", "b"]) == {"a": "1", "b": None}


@pytest.mark.parametrize("values", [(1, "x"), ("x", 1), ({}, "x"), (True, 1), ([], [])])
def test_values_that_cannot_be_compared_stay_where_they_are(values: tuple[Any, Any]) -> None:
    """Whatever a source wrote there."""
    pages = [
        Stretch(name, None, [{"node": {"dag": value}, "cursor": "1"}])
        for name, value in zip("ab", values, strict=True)
    ]
    _, sources = one_page(pages, {"a": None, "b": None}, 2, Order(("dag",)))

    assert sources == ["a", "b"]


# ---- the cursor ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "MjA",
        "====",
        cursor_of(20),
        *(
            written({"a": text})
            for text in ("", "geen cursor!", "a" * 600)
        ),
        # A total that no source has, and that does not fit where it is shown.
        written({"a": Ended(10**9)}),
        # What `written` never writes: [], {}, a source that there is not, a number, -1, true, "a".
        "W10", "e30", "eyJ6IjoiMSJ9", "eyJhIjoxfQ", "eyJhIjpbLTFdfQ", "eyJhIjpbdHJ1ZV19", "ImEi",
        "eyJhIjpbMSwyXX0", "eyJhIjpbIjEiXX0", "W1tbW1tbW1tbW1tbW1tb",
    ],
)  # fmt: skip
def test_a_cursor_of_something_else_is_refused(cursor: str) -> None:
    """Of another list, of other sources, or made up."""
    with pytest.raises(ValueError, match="not a cursor of ours"):
        read_places(cursor, ["a", "b"])


@given(st.text("ABCab019-_=", max_size=40))
def test_no_text_upsets_the_reading_of_a_cursor(text: str) -> None:
    """It is a cursor, or it is refused."""
    try:
        assert set(read_places(text, ["a"])) == {"a"}
    except ValueError as error:
        assert str(error) == "not a cursor of ours"


VEILED = 43
"""How long the cursor of a source is that is hidden from the caller (gateway.auth.veil)."""


def test_the_longest_cursor_can_be_sent_back() -> None:
    """As many sources as there may be, with the longest names, each read very far."""
    names = [f"producttypen-{n}{'x' * 31}" for n in range(MOST_OF_A_KIND)]
    cursor = written(dict.fromkeys(names, cursor_of(99_999_999)))

    assert len(cursor) <= 512
    assert read_places(cursor, names) == dict.fromkeys(names, cursor_of(99_999_999))
    assert len(written(dict.fromkeys(names, "x" * VEILED))) <= 1024
    assert all(one != other for one, other in pairwise(names))


@pytest.mark.parametrize("order", [None, Order(("dag",))])
def test_a_source_of_which_much_is_not_shown_is_read_on(order: Order | None) -> None:
    """From where it was looked at, also if nothing of it is shown; the other one waits."""
    nothing = Stretch("a", None, more=True, end="Mg")
    other = Stretch("b", None, [{"node": {"dag": "2026-01-01"}, "cursor": "MQ"}])
    page, sources = one_page([nothing, other], {"a": None, "b": None}, 5, order)

    assert (page["edges"], sources) == ([], [])
    assert page["pageInfo"]["hasNextPage"] is True
    assert read_places(page["pageInfo"]["endCursor"], ["a", "b"]) == {"a": "Mg", "b": None}


def test_a_short_page_of_a_source_is_read_on_behind_what_was_looked_at() -> None:
    some = Stretch("a", None, [{"node": {}, "cursor": "MQ"}], more=True, end="OQ")
    page, _ = one_page([some], {"a": None}, 5, None)

    assert read_places(page["pageInfo"]["endCursor"], ["a"]) == {"a": "OQ"}
