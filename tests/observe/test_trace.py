"""Whose operation something belongs to."""

import os
from collections.abc import Iterator
from random import Random

import pytest

from gateway.observe.trace import Drawn, Trace, new_span, trace_of

TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
BSN = "999900018"


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


@pytest.mark.parametrize(
    "ids",
    [
        (f"{BSN:0>32}", "b7ad6b7169203331"),
        (f"{BSN:0<32}", "b7ad6b7169203331"),
        (f"20261122{BSN}123456789012345", "b7ad6b7169203331"),
        (f"ab{BSN}cdefabcdefabcdefabcdef", "b7ad6b7169203331"),
        (f"ab{BSN:0>30}", "b7ad6b7169203331"),
        ("0af7651916cd43dd8448eb211c80319c", f"{BSN:0>16}"),
        ("0af7651916cd43dd8448eb211c80319c", f"abc{BSN}defa"),
    ],
)
def test_an_id_made_with_a_persons_number_is_not_taken_over(ids: tuple[str, str]) -> None:
    found = trace_of("00-{}-{}-01".format(*ids), counting)

    assert found == Trace("0102030405060708090a0b0c0d0e0f10", None, "01")


@pytest.mark.parametrize(
    "id",
    [
        "0000000000000000000000000000002a",
        "000000000000000042ab34cd12ef4bd7",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        f"a1{BSN}2bcdefabcdefabcdefabc",
    ],
)
def test_other_ids_are_taken_over(id: str) -> None:
    """Of eight bytes with zeros before them too, as older systems make them."""
    assert trace_of(f"00-{id}-b7ad6b7169203331-01", counting).id == id


def test_few_random_ids_look_like_a_persons_number() -> None:
    random = Random(1).randbytes
    given = [f"00-{random(16).hex()}-{random(8).hex()}-01" for _ in range(20_000)]

    assert sum(trace_of(each, counting).parent is None for each in given) < 200


def test_a_source_is_told_of_the_span_that_asks_it() -> None:
    span = new_span(counting)

    assert span == "0102030405060708"
    assert trace_of(TRACEPARENT).told(span).split("-")[2] == span


def test_random_bytes_are_drawn_in_blocks_and_given_once() -> None:
    blocks = [os.urandom(4_096) for _ in range(3)]
    left: Iterator[bytes] = iter(blocks)
    drawn = Drawn(lambda length: next(left))

    given = [drawn(16) for _ in range(256)] + [drawn(8) for _ in range(512)]

    assert len({*given}) == 768
    pieces = {each[at : at + 8] for each in given for at in range(0, len(each), 8)}
    assert pieces == {block[at : at + 8] for block in blocks[:2] for at in range(0, 4_096, 8)}


def test_a_forked_process_draws_anew() -> None:
    """Of what both have ready the one would give what the other gives."""
    new_span()
    told, tell = os.pipe()
    child = os.fork()
    if not child:  # whatever happens here may not go on as the test
        os.write(tell, new_span().encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(tell)
    with os.fdopen(told) as pipe:
        of_child = pipe.read()

    assert len(of_child) == 16
    assert of_child not in {new_span() for _ in range(1_024)}
