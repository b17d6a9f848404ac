"""Where a value stands inside a source's object, and how names are written."""

from typing import Any

import pytest

from schema.language.paths import camel, split, value_at

PERSON = {
    "naam": {"voornamen": "Anna", "leeg": None},
    "ouders": [{"naam": "A"}, {"naam": None}, {}, {"naam": ["B", "C"]}, "geen object", None],
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", PERSON),
        ("naam.voornamen", "Anna"),
        ("naam.leeg", None),
        ("naam.leeg.dieper", None),
        ("naam.voornamen.dieper", None),
        ("er.niet", None),
        ("ouders.naam", ["A", "B", "C"]),
        ("ouders.er.niet", []),
    ],
)
def test_value_at(path: str, value: Any) -> None:
    """What is absent is None; through a list it is the flat list of what is there."""
    assert value_at(PERSON, split(path)) == value


@pytest.mark.parametrize("holder", [None, "tekst", 17, [], [None]])
def test_nothing_stands_in_what_is_no_object(holder: Any) -> None:
    """No value of a source makes it raise."""
    assert not value_at(holder, ("a", "b"))


@pytest.mark.parametrize(
    ("python", "published"),
    [
        ("naam", "naam"),
        ("volledige_naam", "volledigeNaam"),
        ("a_1", "a1"),
        ("bag_id_oud", "bagIdOud"),
    ],
)
def test_camel(python: str, published: str) -> None:
    """Only what follows an underscore changes; capitals within a part stay."""
    assert camel(python) == published
