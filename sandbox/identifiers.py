"""Numbers of the fictional municipality: BSN, RSIN, A-nummer and BAG identifications, made at
startup.

Shapes: a BSN or RSIN is nine digits that pass the elfproef (Logisch Ontwerp BRP, element 01.20); a
BAG identification is the municipality code, a two digit kind and ten digits (Catalogus BAG,
"identificatie").
"""

from collections.abc import Iterator
from enum import StrEnum


class BagKind(StrEnum):
    """The two digits that say what a BAG identification identifies."""

    VERBLIJFSOBJECT = "01"
    LIGPLAATS = "02"
    STANDPLAATS = "03"
    PAND = "10"
    NUMMERAANDUIDING = "20"
    OPENBARE_RUIMTE = "30"


def passes_elfproef(number: str) -> bool:
    """Whether nine digits satisfy 9a + 8b + ... + 2h - i = 0 (modulo 11) and are not all zero."""
    if len(number) != 9 or not number.isascii() or not number.isdigit() or number == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11 == 0


def fictional_bsns() -> Iterator[str]:
    """Every BSN in the block 9999xxxxx that passes the elfproef, ascending: some nine thousand."""
    for tail in range(10_000):
        start = f"9999{tail:04d}"
        last = sum(w * int(d) for w, d in zip(range(9, 1, -1), start, strict=True)) % 11
        if last < 10:
            yield f"{start}{last}"


def fictional_a_number(serial: int) -> str:
    """A ten digit A-nummer for the person with this serial number; no two serials share one."""
    return f"{1_000_000_000 + serial * 7_919_003 % 8_000_000_000:010d}"


def bag_identification(municipality: str, kind: BagKind, serial: int) -> str:
    """The sixteen digits of the object with this serial number among its kind."""
    return f"{municipality}{kind}{serial:010d}"
