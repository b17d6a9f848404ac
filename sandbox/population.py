"""Fills the fictional municipality with people, at startup: the showcase first, then every home by
turns.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sandbox.households import Settler
from sandbox.names import FRISIAN
from sandbox.partial_date import PartialDate
from sandbox.people import Abroad, AtAddress, AtLocation, Census, Residence, Untraceable
from sandbox.persoon import write_persons
from sandbox.showcase_people import stage
from sandbox.territory import Territory
from sandbox.wire import Wire

ABROAD = (
    (("Calle Inventada 14", "29999 MÁLAGA"), "6037"),
    (("Rue Imaginaire 3", "4999 LIÈGE"), "5010"),
    (("Erfundener Weg 22", "26999 LEER"), "9089"),
)
SHOWCASE_HOMES = 10


def populate(territory: Territory, rng: Random, today: date) -> dict[str, Wire]:
    """Everybody with a BSN, as whole Persoon objects by BSN."""
    census = Census(today)
    stage(census)
    settler = Settler(census, rng)
    for object_id in territory.homes[SHOWCASE_HOMES:]:
        number_id = territory.objects[object_id]["heeftAlsHoofdAdres"]
        in_aldemeer = territory.addresses[number_id]["woonplaatsIdentificatie"] == "9993"
        settler.settle(number_id, FRISIAN if in_aldemeer and rng.random() < 0.7 else None)
    _scatter(settler)
    return write_persons(census, territory.addresses)


def _scatter(settler: Settler) -> None:
    """Moves a few adults out of their home: abroad, to a moored ship, or to nobody knows where."""
    census, rng = settler.census, settler.rng
    adults = [p for p in census.people if p.bsn and p.key > 200 and not settler.is_minor(p)]
    for person in rng.sample(adults, 60):
        if person.situation.died or not isinstance(person.residence, AtAddress):
            continue
        moved = PartialDate.of(census.today - timedelta(days=rng.randint(30, 3_000)))
        residence = _elsewhere(rng, person.residence, moved)
        emigrated = isinstance(residence, Abroad | Untraceable)
        situation = replace(person.situation, suspended=("E", moved) if emigrated else None)
        census.people[person.key] = replace(person, residence=residence, situation=situation)


def _elsewhere(rng: Random, home: AtAddress, moved: PartialDate) -> Residence:
    lines, country = rng.choice(ABROAD)
    choices: tuple[Residence, ...] = (
        Abroad(lines, country, moved),
        Untraceable(moved),
        AtLocation(f"Woonschip {rng.choice(('Aurora', 'Hoop', 'Zwaan'))}", moved),
        replace(home, gone=True),
        replace(home, outside_bag=True),
        replace(home, opposite="to", outside_bag=True),
    )
    return rng.choices(choices, (30, 10, 15, 8, 20, 17))[0]
