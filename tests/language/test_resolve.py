"""What annotations mean: as `typing.get_type_hints` has it, however they are written."""

from __future__ import annotations

import typing
from typing import Optional

from schema.language.resolve import class_hints, shape_of


class Huis:
    """One that is annotated in every way; its own texts within texts as well."""

    nummer: int
    buren: list[Huis] | None
    gasten: list["Mens"]  # noqa: UP037
    eigenaar: Optional["Mens"]  # noqa: UP037, UP045
    bewoner: "Mens"  # noqa: UP037
    niets: None


class Mens:
    """Declared after who names it."""


class Villa(Huis):
    """One that has the annotations of what it is a kind of, and one otherwise."""

    nummer: str  # type: ignore[assignment]


def test_annotations_mean_what_typing_says() -> None:
    expected = [typing.get_type_hints(each, include_extras=True) for each in (Huis, Villa)]

    assert [list(class_hints(each).items()) for each in (Huis, Villa)] == [
        list(each.items()) for each in expected
    ]


def test_a_text_in_an_annotation_stands_for_its_type() -> None:
    hints = class_hints(Huis)

    assert [shape_of(hints[name]).inner for name in ("gasten", "eigenaar", "bewoner")] == [Mens] * 3
