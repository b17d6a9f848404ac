"""What strict JSON lets through: everything that other bodies are refused for is in bad_input."""

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.edge.body import parse_json
from gateway.edge.errors import TransportError

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN, st.booleans())
def test_plain_json_comes_through_unchanged(value: object, escaped: bool) -> None:
    """With escapes or without, surrogate pairs included."""
    assert value == parse_json(json.dumps(value, ensure_ascii=escaped).encode())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[" * 32 + "]" * 32, None),
        ('"' + "[" * 100 + '"', "[" * 100),
        (r'"\"[[[[{{{{\\"', '"[[[[{{{{\\'),
        ("-1.5e3", -1500.0),
        (r'"\\ud800"', r"\ud800"),
        (r'"\ud83d\ude00"', "😀"),
    ],
)
def test_what_only_looks_wrong_is_read(text: str, value: object) -> None:
    """Brackets in strings are no depth, an escaped backslash no surrogate."""
    read = parse_json(text.encode())

    assert value is None or value == read


@given(st.binary())
def test_any_other_bytes_are_refused_in_one_way(content: bytes) -> None:
    """Never another exception."""
    try:
        parse_json(content)
    except TransportError as error:
        assert error.status == 400
        assert error.__cause__ is None


MARKS = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    " ",
    "\n",
    "\ufeff",
    "\0",
    "\u2028",
    "\u00e9",
    "-",
    "01",
    "1.",
]
WORDS = ['"a"', '"b:"', '"a":', '{"a":1,', r'"\\"', r'"\u003a"', r'"\n"', "null", "true", "NaN"]
NUMBERS = ["1", "-0", "1E2", "1e999", str(2**63 - 1), str(2**63), str(-(2**63)), str(-(2**63) - 1)]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(MARKS + WORDS + NUMBERS), max_size=12).map("".join))
def test_what_is_read_at_once_is_read_as_strictly(text: str) -> None:
    """A body with an escape of a letter in it is read by the slower decoder, that decides."""
    quick, slow = (_read(f'[{text},"{last}"]') for last in ("A", r"\u0041"))

    assert slow == quick


def _read(text: str) -> str:
    try:
        return repr(parse_json(text.encode()))
    except TransportError:
        return "refused"


def test_escapes_take_no_memory_of_their_own() -> None:
    """A body of little else is as large as what is allowed for any caller."""
    body = b'{"z": "\\u0041' + 200_000 * b"\\n" + b'"}'
    tracemalloc.start()
    value = parse_json(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert value == {"z": "A" + 200_000 * "\n"}
    assert most < 8 * len(body)
