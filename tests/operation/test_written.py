"""The bytes of a body."""

import json
from typing import Any

import pytest

from gateway.operation.writer.records import answer_record
from gateway.operation.written import written

Pair = answer_record("Paar", ("class", "naam"))


def test_records_and_dictionaries_are_objects() -> None:
    """Under the names of the answer, in their order."""
    body = {"data": {"b": Pair(1, [Pair(None, "é")]), "a": {"x": 1.5}}}

    assert written(body) == (
        '{"data":{"b":{"class":1,"naam":[{"class":null,"naam":"é"}]},"a":{"x":1.5}}}'.encode()
    )


@pytest.mark.parametrize("value", [0, -(2**63), 10**30, 0.1, 1e300, -0.0, '\u2028\x00"\\', "", []])
def test_values_come_back(value: Any) -> None:
    """Whatever size they have."""
    assert json.loads(written({"data": {"x": Pair(value, 1)}}))["data"]["x"]["class"] == value


def test_half_a_pair_is_a_question_mark() -> None:
    """Also of a body with records in it."""
    assert written({"data": Pair("a\ud800b", 10**30)}) == (
        b'{"data":{"class":"a?b","naam":1000000000000000000000000000000}}'
    )
