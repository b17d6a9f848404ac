"""Cursors that say nothing: the same for one caller and one list, noise for any other."""

from dataclasses import replace

import pytest

from gateway.auth.principal import Kind, Principal
from gateway.auth.veil import Veils
from gateway.operation.identity import Identity

CITIZEN = Principal("urn:i", "u", "u", "0999", "mijn", Kind.BURGER, Identity(bsn="999990019"))


def test_what_is_hidden_is_revealed_again() -> None:
    """Also by another process with the same secret, and after a new secret came in front."""
    hidden = Veils(["oud"]).of(CITIZEN).hide("lijst", "Mw")

    for secrets in (["oud"], ["nieuw", "oud"]):
        assert Veils(secrets).of(CITIZEN).reveal("lijst", hidden) == "Mw"


def test_it_is_the_same_for_the_same_place_and_tells_no_other() -> None:
    """Nor how far it is."""
    veil = Veils(["geheim"]).of(CITIZEN)
    near, far = veil.hide("lijst", "MQ"), veil.hide("lijst", "OTk5OTk5")

    assert near == veil.hide("lijst", "MQ")
    assert near != veil.hide("andere lijst", "MQ")
    assert len(near) == len(far) == 43


@pytest.mark.parametrize(
    "other",
    [
        replace(CITIZEN, tenant="0998"),
        replace(CITIZEN, purpose="anders"),
        replace(CITIZEN, subject="v"),
        replace(CITIZEN, own=Identity(bsn="999990020")),
    ],
)
def test_it_is_noise_for_another_caller(other: Principal) -> None:
    veils = Veils(["geheim"])

    assert veils.of(other).reveal("lijst", veils.of(CITIZEN).hide("lijst", "Mw")) is None


@pytest.mark.parametrize("text", ["", "Mw", "x" * 43, "=" * 3, "é", "A" * 44])
def test_what_was_never_hidden(text: str) -> None:
    assert Veils([]).of(CITIZEN).reveal("lijst", text) is None


def test_of_another_list_or_process() -> None:
    hidden = Veils(["geheim"]).of(CITIZEN).hide("lijst", "Mw")

    assert Veils(["geheim"]).of(CITIZEN).reveal("andere lijst", hidden) is None
    assert Veils([]).of(CITIZEN).reveal("lijst", hidden) is None
