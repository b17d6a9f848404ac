"""What is special about single people, drawn at startup: nationalities, permits, doubts, secrecy.

Shares are larger than in reality where a rare thing must occur at all among three thousand people.
"""

from random import Random

from sandbox.names import Heritage
from sandbox.partial_date import PartialDate
from sandbox.people import Arrival, Birthplace, Citizenship, Situation

EUROPEAN = ("0066", "0055")
DOUBTS = ("persoon", "naam", "geboorte", "nationaliteit", "verblijfplaats", "gemeente", "ouder")
STATELESS, TREATED, FOUND_FOREIGN, UNKNOWN = (
    "Staatloos",
    "BehandeldAlsNederlander",
    "VastgesteldNietNederlander",
    "NationaliteitOnbekend",
)


def dutch(since: PartialDate, reason: str = "017") -> Citizenship:
    """The Dutch nationality."""
    return Citizenship("Nationaliteit", "0001", reason, since)


def foreign(heritage: Heritage, since: PartialDate) -> Citizenship:
    """The nationality that goes with a heritage."""
    return Citizenship("Nationaliteit", heritage.nationality, "301", since)


def settled_situation(
    rng: Random, heritage: Heritage, birthplace: Birthplace, age: int, since: PartialDate
) -> Situation:
    """An adult's situation; who was born abroad immigrated and may have a permit."""
    arrived = birthplace.country != "6030"
    citizenships = _citizenships(rng, heritage, arrived, since)
    is_dutch = any(found.code == "0001" for found in citizenships)
    european = arrived and heritage.nationality in EUROPEAN and not is_dutch
    needs_permit = arrived and not is_dutch and heritage.nationality not in EUROPEAN
    return Situation(
        confidential=rng.random() < 0.03,
        doubts=frozenset({rng.choice(DOUBTS)}) if rng.random() < 0.02 else frozenset(),
        citizenships=citizenships,
        arrival=Arrival(since, heritage.country) if arrived else None,
        permit=(_permit(heritage), since, PartialDate(2029, 6, 30)) if needs_permit else None,
        european_vote=("2", None) if european else None,
        voteless=PartialDate(2028, 1, 1) if rng.random() < 0.002 else None,
        ward=age > 30 and rng.random() < 0.004,
        title=rng.choice(("predicaat", "titel"))
        if not heritage.from_abroad and rng.random() < 0.004
        else None,
    )


def newborn_situation(
    rng: Random, heritage: Heritage, birthplace: Birthplace, born: PartialDate
) -> Situation:
    """A child's situation: Dutch since birth, perhaps with the nationality of its family as
    well.
    """
    citizenships: tuple[Citizenship, ...] = (dutch(born),)
    if heritage.from_abroad and rng.random() < 0.4:
        citizenships += (foreign(heritage, born),)
    arrived = birthplace.country != "6030"
    return Situation(
        citizenships=citizenships,
        arrival=Arrival(born, heritage.country) if arrived else None,
        doubts=frozenset({"geboorte"}) if rng.random() < 0.004 else frozenset(),
    )


def _citizenships(
    rng: Random, heritage: Heritage, arrived: bool, since: PartialDate
) -> tuple[Citizenship, ...]:
    if not heritage.from_abroad:
        return (dutch(since.without_month()),)
    kinds = ("dutch", "both", "foreign", STATELESS, TREATED, FOUND_FOREIGN, UNKNOWN)
    shares = (25, 25, 46, 1, 1, 1, 1) if arrived else (60, 38, 0, 0, 1, 0, 1)
    match rng.choices(kinds, shares)[0]:
        case "dutch":
            return (dutch(since, "187"),)
        case "both":
            return (dutch(since, "187"), foreign(heritage, PartialDate()))
        case "foreign":
            return (foreign(heritage, since),)
        case kind:
            return (Citizenship(kind, None, REASONS[kind], since),)


REASONS = {STATELESS: "311", TREATED: "410", FOUND_FOREIGN: "420", UNKNOWN: "310"}


def _permit(heritage: Heritage) -> str:
    return "26" if heritage.country == "7009" else "21"
