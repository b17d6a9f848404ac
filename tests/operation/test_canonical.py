"""Values as text: equal text is an equal question, and no other text is."""

import json
from typing import Any

import pytest

from gateway.operation.canonical import canonical
from schema.language.scalars import PersonReference

SEVERAL: list[dict[str, Any]] = [
    {},
    {"a": None},
    {"a": "null"},
    {"a": 1},
    {"a": 1.0},
    {"a": True},
    {"a": "1"},
    {"a": 10**30},
    {"a": ["x", "y"]},
    {"a": ["xy"]},
    {"a": {"b": 1, "c": [None]}},
    {"a": "\ud800"},
    {"a": "\\ud800"},
    {"a": "é"},
]


def test_other_values_are_other_text() -> None:
    """Whichever way they are written."""
    assert len({canonical(each) for each in SEVERAL}) == len(SEVERAL)


@pytest.mark.parametrize("values", SEVERAL)
def test_all_there_is_to_a_value_is_in_its_text(values: dict[str, Any]) -> None:
    """It can be read again."""
    assert json.loads(canonical(values)) == values


def test_the_order_of_names_is_no_matter() -> None:
    """However deep, and for what is no plain text as well."""
    odd = PersonReference("p1")

    assert canonical({"b": {"y": 1, "x": 2}, "a": 3}) == canonical({"a": 3, "b": {"x": 2, "y": 1}})
    assert canonical({"b": odd, "a": 1}) == canonical({"a": 1, "b": odd})
