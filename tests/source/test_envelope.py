"""What is kept outside: that it opens for whom it was sealed, and comes back as it went."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.entry import Entry, Validator
from gateway.source.envelope import Envelopes, MasterKey, read, size_of, written
from gateway.source.keep import DataClass
from gateway.source.withheld import Withheld

ONE, TWO = MasterKey("een", b"1" * 32), MasterKey("twee", b"2" * 32)
ENTRY = Entry(
    circle=("tenant", "0999"),
    data=DataClass.REFERENCE,
    found=True,
    value={"a": [1, 2.5, None, True, "é"]},
    paths=frozenset({"a", "b.c"}),
    created=1.25,
    fresh_until=2.5,
    revalidate_until=3.5,
    rescue_until=4.5,
    tags=frozenset({b"t" * 16, b"u" * 16}),
    proven=1.0,
    validator=Validator("f", '"v"'),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)  # fmt: skip


def test_what_was_sealed_opens_for_that_tenant_at_that_place_only() -> None:
    envelopes = Envelopes([ONE])
    sealed = envelopes.seal("0999", "hier", b"inhoud")

    assert envelopes.open("0999", "hier", sealed) == b"inhoud"
    assert envelopes.open("0998", "hier", sealed) is None
    assert envelopes.open("0999", "daar", sealed) is None
    assert Envelopes([replace(ONE, key=b"x" * 32)]).open("0999", "hier", sealed) is None
    assert b"inhoud" not in sealed


def test_the_first_key_seals_and_all_open() -> None:
    old = Envelopes([ONE]).seal("0999", "hier", b"oud")
    both = Envelopes([TWO, ONE])

    assert both.open("0999", "hier", old) == b"oud"
    assert Envelopes([TWO]).open("0999", "hier", both.seal("0999", "hier", b"nieuw")) == b"nieuw"
    assert Envelopes([TWO]).open("0999", "hier", old) is None


def test_no_two_seals_are_alike() -> None:
    envelopes = Envelopes([ONE])

    assert len({envelopes.seal("0999", "hier", b"x") for _ in range(100)}) == 100


@given(st.binary(max_size=80))
def test_anything_else_is_a_miss(sealed: bytes) -> None:
    envelopes = Envelopes([ONE])

    assert envelopes.open("0999", "hier", sealed) is None
    assert envelopes.open("0999", "hier", b"\x01\x03een" + sealed) is None
    assert read(sealed) is None


@given(st.integers(min_value=0))
def test_every_byte_counts(at: int) -> None:
    envelopes = Envelopes([ONE])
    sealed = bytearray(envelopes.seal("0999", "hier", b"inhoud"))
    sealed[at % len(sealed)] ^= 1

    assert envelopes.open("0999", "hier", bytes(sealed)) is None


@given(JSON)
def test_an_entry_comes_back_as_it_went(value: Any) -> None:
    entry = replace(ENTRY, value=value, found=value is not None)
    content = written(entry)

    assert content is not None
    assert read(content) == entry


@pytest.mark.parametrize(
    "value",
    [{"a": Withheld("objecten")}, ("a",), {1: "a"}, {"a": {1, 2}}, float("nan"), object()],
)
def test_what_would_not_come_back_the_same_is_not_written(value: Any) -> None:
    assert written(replace(ENTRY, value=value)) is None
    assert size_of(value) > 0


@pytest.mark.parametrize(
    "change",
    [{"versie": 2}, {"klasse": "geheim"}, {"merken": ["zz"]}, {"tijden": [1, 2]}, {"paden": None}],
)
def test_another_version_or_shape_is_a_miss(change: dict[str, Any]) -> None:
    content = written(ENTRY)
    assert content is not None

    assert read(msgspec.json.encode(msgspec.json.decode(content) | change)) is None
