"""Levels of assurance: which reach which, and what brokers call them."""

import pytest

from gateway.assurance import DIGID, EHERKENNING, VALUES, Level, reaches

B, M, S, H = DIGID
E1, E2, E2P, E3, E4 = EHERKENNING

REACHED = {
    B: {B},
    M: {B, M, E1, E2, E2P},
    S: {B, M, S, E1, E2, E2P, E3},
    H: {B, M, S, H, E1, E2, E2P, E3, E4},
    E1: {E1},
    E2: {E1, E2},
    E2P: {E1, E2, E2P, B, M},
    E3: {E1, E2, E2P, E3, B, M, S},
    E4: {E1, E2, E2P, E3, E4, B, M, S, H},
}


@pytest.mark.parametrize("held", list(Level))
def test_what_a_level_reaches(held: Level) -> None:
    """Every pair: `basis` and EH2 say nothing about each other."""
    assert {wanted for wanted in Level if reaches(held, wanted)} == REACHED[held]


def test_an_unknown_login_reaches_nothing_but_what_asks_nothing() -> None:
    assert reaches(None, None)
    assert reaches(Level.BASIS, None)
    assert not any(reaches(None, wanted) for wanted in Level)


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", B),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract", M),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard", S),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI", H),
        ("urn:etoegang:core:assurance-class:loa1", E1),
        ("urn:etoegang:core:assurance-class:loa2", E2),
        ("urn:etoegang:core:assurance-class:loa2plus", E2P),
        ("urn:etoegang:core:assurance-class:loa3", E3),
        ("urn:etoegang:core:assurance-class:loa4", E4),
        ("http://eidas.europa.eu/LoA/low", B),
        ("http://eidas.europa.eu/LoA/substantial", S),
        ("http://eidas.europa.eu/LoA/high", H),
        ("EH2+", E2P),
    ],
)
def test_what_brokers_write(value: str, level: Level) -> None:
    assert VALUES[value] is level


@pytest.mark.parametrize("value", ["", "eh3", "EH5", "LOA3", "1", "urn:etoegang:core:loa3"])
def test_what_is_not_written_here_is_no_level(value: str) -> None:
    assert value not in VALUES
