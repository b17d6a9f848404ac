"""Filters as the Objects API writes them, values it misreads, and answers that are not believed."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from resolvers.objecten.filters import Condition, as_text, conditions, proven
from tests.objecten.asking import made
from tests.source.fakes import Desk, desk

pytestmark = pytest.mark.anyio

PROPERTIES = {
    "naam": {"type": "string"},
    "soort": {"enum": ["a", "b c"]},
    "aantal": {"type": "integer"},
    "dag": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "waar": {"type": "object", "properties": {"straat_naam": {"type": "string"}}},
    "ja": {"type": "boolean"},
    "lijst": {"type": "array", "items": {"type": "string"}},
}


def source(at: Desk) -> Any:
    return at.source("https://objecten.example.nl/api/v2", name="objecten")


def wire(**data: Any) -> dict[str, Any]:
    return {"record": {"data": data, "startAt": "2026-01-01", "endAt": None}}


async def test_every_way_to_filter_has_its_expression() -> None:
    asked = {
        "naam": "x", "naam_bevat": "y", "naam_in": ["p", "q"], "soort": "b c", "soort_in": None,
        "aantal": 5, "aantal_vanaf": 1.5, "aantal_tot_en_met": 9, "aantal_meer_dan": 0,
        "aantal_minder_dan": 10, "dag": "2026-01-02", "dag_vanaf": "2026-01-01",
        "dag_tot_en_met": "2026-01-31", "dag_na": "2025-12-31", "dag_voor": "2026-02-01",
        "moment_vanaf": "2026-01-01", "moment_tot_en_met": "2026-01-31",
        "waar": {"straat_naam": "Kade"},
    }  # fmt: skip
    async with desk() as at:
        found = [
            each.expression(source(at)) for each in conditions(made(PROPERTIES).filters, asked)
        ]

    assert found == [
        "naam__exact__x", "naam__icontains__y", "naam__in__p|q", "soort__exact__b c",
        "aantal__exact__5", "aantal__gte__1.5", "aantal__lte__9", "aantal__gt__0",
        "aantal__lt__10", "dag__exact__2026-01-02", "dag__gte__2026-01-01",
        "dag__lte__2026-01-31", "dag__gt__2025-12-31", "dag__lt__2026-02-01",
        "moment__gte__2026-01-01", "moment__lt__2026-02-01", "waar__straat_naam__exact__Kade",
    ]  # fmt: skip


def test_what_the_source_cannot_be_asked_has_no_filter() -> None:
    """Booleans it compares with text, in lists it does not look, and some names it misreads."""
    odd = {"a__b": {"type": "string"}, "_c": {"type": "string"}, "d,e": {"type": "string"}}
    names = {key[0].partition("_")[0] for key in made({**PROPERTIES, **odd}).filters}

    assert names == {"naam", "soort", "aantal", "dag", "moment", "waar", "straat"} - {"straat"}


@pytest.mark.parametrize("value", ["a__b", "a|b", "_a", " ", "nan", "-inf", "1e999"])
async def test_a_value_that_would_be_misread_is_refused(value: str) -> None:
    async with desk() as at:
        with pytest.raises(SourceRefusedQuestion):
            Condition(("naam",), "exact", (value,)).expression(source(at))


async def test_no_comma_in_a_body() -> None:
    """There the expressions are separated by commas; in an address each stands by itself."""
    comma = Condition(("naam",), "exact", ("a, b",))
    async with desk() as at:
        assert comma.expression(source(at)) == "naam__exact__a, b"
        with pytest.raises(SourceRefusedQuestion, match="INVOER"):
            as_text(source(at), [comma])


@pytest.mark.parametrize(
    ("operator", "value", "good", "bad"),
    [
        ("exact", "x", ["x"], ["y", None, 1, ["x"], {"x": 1}]),
        ("exact", "012", ["012", 12], ["12", True]),
        ("exact", 5, [5, 5.0, "5"], [6, "x", True, None]),
        ("icontains", "RAAD", ["op het Raadhuisplein"], ["raa", None, 5]),
        ("gt", 5, [5.1], [5, 4, None, "x"]),
        ("gte", "2026-01-01", ["2026-01-01", "2026-01-01T10:00:00Z"], ["2025-12-31", None, 5]),
        ("lt", "2026-02-01", ["2026-01-31T23:59:59Z"], ["2026-02-01", None]),
        ("lte", 5, [5, 1], [5.1, None]),
    ],
)
async def test_an_answer_is_held_against_the_question(
    operator: Any, value: Any, good: list[Any], bad: list[Any]
) -> None:
    """The source ignores what it does not know, and then everybody's objects are the answer."""
    wanted = [Condition(("x",), operator, (value,))]
    async with desk() as at:
        for each in good:
            assert proven(source(at), [wire(x=each)], wanted, None) == [wire(x=each)]
        for each in bad:
            with pytest.raises(SourceFault):
                proven(source(at), [wire(x=good[0]), wire(x=each)], wanted, None)


async def test_an_answer_is_of_the_day_that_was_asked() -> None:
    async with desk() as at:
        assert proven(source(at), [wire()], [], "2026-01-01") == [wire()]
        with pytest.raises(SourceFault):
            proven(source(at), [wire()], [], "2025-12-31")
