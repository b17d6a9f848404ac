"""A request that is refused in the end costs little until then, however it is made up."""

import json
import time

import pytest

from gateway.edge.body import MAX_MARKS, parse_json
from gateway.edge.errors import TransportError

MEGABYTE = 1_000_000
MOST_SECONDS = 0.25
"""Of processor time: measured at 0.03 for the worst of these, and at 1.1 without the bound."""


@pytest.mark.parametrize(
    "piece",
    ["[" * 29 + "]" * 29, "{}", '{"a":1}', '"999900018"', "1.1", "[]", '""'],
    ids=["nested", "objects", "pairs", "numbers of persons", "numbers", "lists", "texts"],
)
def test_a_body_of_very_many_values_is_refused_unread(piece: str) -> None:
    pieces = ",".join([piece] * (MEGABYTE // (len(piece) + 1)))
    body = f'{{"query":"{{__typename}}","x":[{pieces}]}}'
    began = time.process_time()

    with pytest.raises(TransportError) as refused:
        parse_json(body.encode())

    assert (refused.value.status, refused.value.code) == (400, "INVOER")
    assert time.process_time() - began < MOST_SECONDS


def test_the_largest_question_that_is_allowed_comes_through() -> None:
    """All marks that 15,000 characters can be, each written as an escape, and many variables."""
    asked = {"query": '"' * 7_500 + "," * 7_500, "variables": {"b": ["999900018"] * 1_000}}
    text = json.dumps(asked)

    assert sum(map(text.count, '",[{')) < MAX_MARKS
    assert parse_json(text.encode()) == asked
