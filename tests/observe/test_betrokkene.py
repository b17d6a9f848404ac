"""Whom a line is about: readable with the key of the municipality only."""

import os
from base64 import b64encode

import pytest

from gateway.observe.betrokkene import Betrokkenen, read_keys

BSN = "999990019"
OLD, NEW = bytes(32), bytes(range(32))
INDEX = b"een geheim van de index, lang genoeg"


def test_shown_with_the_key_only() -> None:
    persons = Betrokkenen({"k1": OLD}, INDEX)

    hidden = persons.hidden("0999", BSN)

    assert BSN not in hidden
    assert hidden.startswith("k1.")
    assert persons.shown("0999", hidden) == BSN
    assert persons.shown("0998", hidden) is None
    assert Betrokkenen({"k1": NEW}, INDEX).shown("0999", hidden) is None
    assert persons.shown("0999", hidden[:-2]) is None
    assert persons.shown("0999", "k1.%%%") is None


def test_one_person_is_written_otherwise_each_time() -> None:
    persons = Betrokkenen({"k1": OLD}, INDEX)

    assert len({persons.hidden("0999", BSN) for _ in range(10)}) == 10


def test_a_replaced_key_still_shows_and_no_longer_hides() -> None:
    before = Betrokkenen({"k1": OLD}, INDEX)
    after = Betrokkenen({"k2": NEW, "k1": OLD}, INDEX)

    assert after.key_id == "k2"
    assert after.shown("0999", before.hidden("0999", BSN)) == BSN
    assert after.hidden("0999", BSN).startswith("k2.")
    assert before.shown("0999", after.hidden("0999", BSN)) is None


def test_a_key_id_cannot_be_exchanged() -> None:
    """It is authenticated, also where two ids have one secret."""
    persons = Betrokkenen({"k1": OLD, "k2": OLD}, INDEX)

    assert persons.shown("0999", persons.hidden("0999", BSN).replace("k1.", "k2.")) is None


def test_a_mark_is_of_one_person_of_one_municipality() -> None:
    """Also when the key that hides was replaced."""
    persons, later = Betrokkenen({"k1": OLD}, INDEX), Betrokkenen({"k2": NEW}, INDEX)

    assert persons.mark("0999", BSN) == later.mark("0999", BSN)
    assert len({
        persons.mark("0999", BSN),
        persons.mark("0998", BSN),
        persons.mark("0999", "999990020"),
        Betrokkenen({"k1": OLD}, INDEX + b"!").mark("0999", BSN),
    }) == 4  # fmt: skip


def test_keys_as_they_are_configured() -> None:
    key = os.urandom(32)
    text = f"2027:{b64encode(key).decode()}, 2026:{b64encode(OLD).decode()}"

    assert read_keys(text) == {"2027": key, "2026": OLD}


@pytest.mark.parametrize(
    "text", ["", "k1", "k1:", "k1:geen base64!", "k1:AAAA", f"K1:{'A' * 43}=", f"k1:{'A' * 43}=,"]
)
def test_no_keys(text: str) -> None:
    with pytest.raises(ValueError, match="schrijf sleutels") as raised:
        read_keys(text)

    assert not text or "AAAA" not in str(raised.value)
