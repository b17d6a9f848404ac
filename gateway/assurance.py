"""How sure it is who logged in: levels of assurance, and which of them reach which (every phase).

DigiD and eHerkenning each have an order of their own; between the two only the pairs that are named
here are equal. Levels are compared through these tables and never as text: "EH2+" < "EH3" is luck.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType


class Level(StrEnum):
    """A level, by the name that the tenant's file and the errors have for it."""

    BASIS = "basis"
    MIDDEN = "midden"
    SUBSTANTIEEL = "substantieel"
    HOOG = "hoog"
    EH1 = "EH1"
    EH2 = "EH2"
    EH2_PLUS = "EH2+"
    EH3 = "EH3"
    EH4 = "EH4"


DIGID = (Level.BASIS, Level.MIDDEN, Level.SUBSTANTIEEL, Level.HOOG)
"""From low to high."""
EHERKENNING = (Level.EH1, Level.EH2, Level.EH2_PLUS, Level.EH3, Level.EH4)
"""From low to high."""
EQUAL: Mapping[Level, Level] = MappingProxyType(
    {
        Level.MIDDEN: Level.EH2_PLUS,
        Level.SUBSTANTIEEL: Level.EH3,
        Level.HOOG: Level.EH4,
    }
)
"""What counts for as much in the other order (eIDAS: low, substantial, high). `basis` and EH2 are
below all that, and say nothing about each other."""

_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_ETOEGANG = "urn:etoegang:core:assurance-class:"
_EIDAS = "http://eidas.europa.eu/LoA/"
VALUES: Mapping[str, Level] = MappingProxyType(
    {
        **{level.value: level for level in Level},
        # Logius, Koppelvlakspecificatie DigiD SAML: the authentication contexts.
        f"{_SAML}PasswordProtectedTransport": Level.BASIS,
        f"{_SAML}MobileTwoFactorContract": Level.MIDDEN,
        f"{_SAML}Smartcard": Level.SUBSTANTIEEL,
        f"{_SAML}SmartcardPKI": Level.HOOG,
        # Afsprakenstelsel Elektronische Toegangsdiensten: levels of assurance.
        f"{_ETOEGANG}loa1": Level.EH1,
        f"{_ETOEGANG}loa2": Level.EH2,
        f"{_ETOEGANG}loa2plus": Level.EH2_PLUS,
        f"{_ETOEGANG}loa3": Level.EH3,
        f"{_ETOEGANG}loa4": Level.EH4,
        # eIDAS SAML Attribute Profile, for a login from another country. `low` is taken as the
        # lowest: it is not said which of the two Dutch levels below substantial it would be.
        f"{_EIDAS}low": Level.BASIS,
        f"{_EIDAS}substantial": Level.SUBSTANTIEEL,
        f"{_EIDAS}high": Level.HOOG,
    }
)
"""What brokers write in a token for each level; an issuer may have other words beside these."""


def reaches(held: Level | None, wanted: Level | None) -> bool:
    """Whether a login at `held` (None: not known) will do where at least `wanted` is asked."""
    return wanted is None or (held is not None and wanted in _REACHED[held])


def _up_to(level: Level) -> tuple[Level, ...]:
    order = DIGID if level in DIGID else EHERKENNING
    return order[: order.index(level) + 1]


def _across(levels: tuple[Level, ...]) -> Iterator[Level]:
    both = {**EQUAL, **{other: level for level, other in EQUAL.items()}}
    for level in levels:
        if level in both:
            yield from _up_to(both[level])


_REACHED = {level: frozenset({*_up_to(level), *_across(_up_to(level))}) for level in Level}
