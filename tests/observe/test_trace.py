"""Whose operation something belongs to."""

import pytest

from gateway.observe.trace import Trace, new_span, span_of, trace_of

TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def counting(length: int) -> bytes:
    """Chance, for a test."""
    return bytes(range(1, length + 1))


def test_a_trace_goes_on() -> None:
    found = trace_of(TRACEPARENT)

    assert found == Trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "01")
    assert found.told("00f067aa0ba902b7") == (
        "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01"
    )


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "nonsens",
        TRACEPARENT.upper(),
        f"{TRACEPARENT}-extra",
        TRACEPARENT.replace("00-", "ff-", 1),
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-0af7651916cd43dd8448eb211c80319c-{'0' * 16}-01",
        f"{TRACEPARENT}\n",
    ],
)
def test_anything_else_begins_a_trace(given: str | None) -> None:
    """W3C Trace Context, 3.2: an id of zeros is none, and an unknown form is not read."""
    found = trace_of(given, counting)

    assert found == Trace("0102030405060708090a0b0c0d0e0f10", None, "01")


def test_a_span_is_known_from_what_a_source_was_told() -> None:
    span = new_span(counting)

    assert span == "0102030405060708"
    assert span_of(trace_of(TRACEPARENT).told(span)) == span
    assert span_of(None) == ""
