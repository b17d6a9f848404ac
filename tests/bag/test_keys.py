"""References from other registries become keys, or are not asked."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault
from resolvers.bag.keys import BSN, IDENTIFICATIE, WOONPLAATS
from tests.bag.asking import asked

SOURCE = asked("bag", lambda _: {}).source
OTHER_ZEROS = "\N{ARABIC-INDIC DIGIT ZERO}" * 16


@pytest.mark.parametrize("value", ["0999200000000001", " 0999200000000001", "0999200000000001 "])
def test_a_reference_is_taken_without_spaces(value: str) -> None:
    """The national test set has identifications with a leading space."""
    assert IDENTIFICATIE(SOURCE, value) == "0999200000000001"


def test_a_wrong_check_digit_is_for_the_source_to_judge() -> None:
    """One of the national test persons has a number that fails the elfproef."""
    assert BSN(SOURCE, "999999245") == "999999245"
    assert WOONPLAATS(SOURCE, "0007") == "0007"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "../panden/1",
        "0999200000000001/lvc",
        "09992000000000010",
        "\N{ARABIC-INDIC DIGIT ZERO}" * 16,
        12,
        None,
        [],
    ],
)
def test_anything_else_is_not_asked(value: Any) -> None:
    """What is no identification is no part of a path."""
    with pytest.raises(SourceFault):
        IDENTIFICATIE(SOURCE, value)
