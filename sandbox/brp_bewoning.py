"""The sandbox's BRP Bewoning 2.1: who lived at an adresseerbaar object, on a day or in a period, as
a Starlette app; operation phase.

Every composition of residents is a bewoning of its own. Who may have lived there, because a date is
not wholly known, is a mogelijke bewoner. Of more than a hundred only that is told. Nobody lives
where they only get mail, are known not to be any more, or after their record was suspended.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from starlette.applications import Starlette

from sandbox.brp_endpoint import API_KEY, endpoint
from sandbox.brp_parameters import DAY, OBJECT, PERIOD, Kinds, checked
from sandbox.partial_date import read
from sandbox.stays import Stay, Stays
from sandbox.wire import Wire
from sandbox.world import World

KINDS: Kinds = {
    "BewoningMetPeildatum": {**OBJECT, **DAY},
    "BewoningMetPeriode": {**OBJECT, **PERIOD},
}
MOST = 100
DOUBTED = frozenset({"adresseerbaarObjectIdentificatie", "datumVan"})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody certainly and when they possibly lived there; the second days are exclusive."""

    bsn: str
    doubted: bool
    certain: tuple[date, date]
    possible: tuple[date, date]


@dataclass(frozen=True, slots=True)
class Composition:
    """Who lived there together, and who may have."""

    certain: tuple[Presence, ...]
    possible: tuple[Presence, ...]


def bewoning_app(world: World, stays: Stays, api_key: str = API_KEY) -> Starlette:
    """The app with ``POST /bewoningen``, answering from this world."""

    def answer(body: Any, purpose: str) -> Wire:
        question = checked(body, KINDS)
        object_id = question["adresseerbaarObjectIdentificatie"]
        there = [_presence(bsn, stay, world.persons[bsn]) for bsn, stay in stays.at(object_id)]
        return {
            "bewoningen": [
                _bewoning(world, object_id, period, composition)
                for period, composition in _compositions(there, *_asked(question))
            ]
        }

    return endpoint("/bewoningen", answer, api_key)


def _asked(question: Mapping[str, Any]) -> tuple[date, date]:
    if "peildatum" in question:
        day = date.fromisoformat(question["peildatum"])
        return day, min(day, date.max - ONE_DAY) + ONE_DAY
    return date.fromisoformat(question["datumVan"]), date.fromisoformat(question["datumTot"])


def _presence(bsn: str, stay: Stay, person: Wire) -> Presence:
    ends = [stay.until, stay.gone]
    if "opschortingBijhouding" in person:
        ends.append(read(person["opschortingBijhouding"]["datum"]))
    known = [end for end in ends if end is not None]
    doubts = stay.place.get("inOnderzoek", {})
    return Presence(
        bsn,
        bool(DOUBTED & doubts.keys()),
        (stay.since.settled(), min((end.first() for end in known), default=date.max)),
        (stay.since.first(), min((end.settled() for end in known), default=date.max)),
    )


def _compositions(
    there: Sequence[Presence], begins: date, ends: date
) -> Iterator[tuple[tuple[date, date], Composition]]:
    """Each composition in a period with its days; days on which nobody was there are left out."""
    edges = {edge for each in there for edge in (*each.certain, *each.possible)}
    cuts = sorted({begins, ends, *(edge for edge in edges if begins < edge < ends)})
    found: list[tuple[tuple[date, date], Composition]] = []
    for start, stop in pairwise(cuts):
        composition = _on(there, start)
        if found and found[-1][1] == composition:
            found[-1] = ((found[-1][0][0], stop), composition)
        else:
            found.append(((start, stop), composition))
    yield from (each for each in found if each[1].certain or each[1].possible)


def _on(there: Sequence[Presence], day: date) -> Composition:
    certain = tuple(each for each in there if each.certain[0] <= day < each.certain[1])
    possible = (each for each in there if each.possible[0] <= day < each.possible[1])
    return Composition(certain, tuple(each for each in possible if each not in certain))


def _bewoning(
    world: World, object_id: str, period: tuple[date, date], composition: Composition
) -> Wire:
    found: Wire = {
        "adresseerbaarObjectIdentificatie": object_id,
        "periode": {"datumVan": period[0].isoformat(), "datumTot": period[1].isoformat()},
    }
    if len(composition.certain) + len(composition.possible) > MOST:
        return found | {"bewoners": [], "mogelijkeBewoners": [], "indicatieVeelBewoners": True}
    return found | {
        "bewoners": [_resident(world, each) for each in composition.certain],
        "mogelijkeBewoners": [_resident(world, each) for each in composition.possible],
    }


def _resident(world: World, presence: Presence) -> Wire:
    person = world.persons[presence.bsn]
    found: Wire = {
        "burgerservicenummer": presence.bsn,
        "naam": {"volledigeNaam": person["naam"]["volledigeNaam"]},
        "geboorte": {"datum": person["geboorte"]["datum"]},
    }
    if "geheimhoudingPersoonsgegevens" in person:
        found["geheimhoudingPersoonsgegevens"] = True
    if presence.doubted:
        found["inOnderzoek"] = True
    return found
