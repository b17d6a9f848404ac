"""The fictional municipalities beside Weidevaart (startup): who they are and who delivers what.

Which has what follows from its number alone, so it is the same every time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.offers import MARKET, Offer

MOST = 99
_FRONTS = ("Zilver", "Elzen", "Kievits", "Reiger", "Hazel", "Otter", "Brem", "Kranen", "Lisse",
           "Wulpen", "Berken", "Roer", "Smient")  # fmt: skip
_ENDS = ("wolde", "hoek", "daal", "broek", "kerke", "vaart", "horst", "meer")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A municipality: four digit code, name, OIN of twenty digits, and what its vendors deliver."""

    code: str
    name: str
    oin: str
    offers: Sequence[Offer]


def neighbours(count: int) -> list[Neighbour]:
    """The first so many, at most `MOST`. Codes from 9001 are given to no real municipality."""
    return [_neighbour(number) for number in range(count)]


def _neighbour(number: int) -> Neighbour:
    code = f"{9001 + number}"
    name = _FRONTS[number % len(_FRONTS)] + _ENDS[number % len(_ENDS)]
    chosen = (each[number // pace % len(each)] for each, pace in MARKET)
    offers = [offer for offer in chosen if offer is not None]
    return Neighbour(code, name, f"00000009999{code}00000", offers)
