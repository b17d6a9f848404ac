"""Where people of the fictional municipality lived before: invented after the world, the same for
the same world; object phase.

Whoever is registered here since a day came from another town, so that the record of today is right
about the day of registration. Some had lived here before that: in a home that stood empty until
those who live there now came, or, in the winter of 2021, in the town hall.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sandbox.partial_date import PartialDate, read
from sandbox.showcase import (
    ABROAD_BSN,
    BURGER_BSN,
    CONFIDENTIAL_BSN,
    HOME_NUMMERAANDUIDING,
    LOCATION_BSN,
    OFFICE_OBJECT,
    PARTNER_BSN,
    UNKNOWN_SEX_BSN,
    UNTRACEABLE_BSN,
)
from sandbox.wire import Wire
from sandbox.world import World

D = PartialDate
TOWNS = ("0363", "0599", "0344", "0080", "0014", "0193")
LAST_OF_SHOWCASE = UNKNOWN_SEX_BSN
GRANDMOTHERS, SHARED_HOUSE = "0999200000000002", "0999200000000011"
LAST_SHOWCASE_HOME = "0999200000000014"
YEAR = timedelta(days=365)
SHELTER_OPENS, SHELTER_GROWS, SHELTER_CLOSES = (
    date(2021, 11, 1),
    date(2021, 12, 1),
    date(2022, 6, 1),
)
EARLY, SHELTERED = 60, 110
"""How many came to the town hall when it opened as a shelter, and how many in all."""


@dataclass(frozen=True, slots=True)
class Former:
    """Where somebody lived since a day: at a nummeraanduiding here, or in another town (code)."""

    since: PartialDate
    number_id: str | None = None
    town: str = ""


BY_HAND: Mapping[str, Sequence[Former]] = {
    BURGER_BSN: (Former(D(2003, 9, 1), town="0344"), Former(D(1985, 4, 12), GRANDMOTHERS)),
    PARTNER_BSN: (Former(D(2009, 3), town="0344"), Former(D(2006, 8, 15), town="0599")),
    CONFIDENTIAL_BSN: (
        Former(D(2013, 5, 1), town="0014"),
        Former(D(2010, 9, 1), HOME_NUMMERAANDUIDING),
    ),
    LOCATION_BSN: (
        Former(D(2004, 2, 1), town="0193"),
        Former(D(1990), HOME_NUMMERAANDUIDING),
    ),
    ABROAD_BSN: (Former(D(2015, 3, 1), SHARED_HOUSE),),
    UNTRACEABLE_BSN: (Former(D(2012, 1, 1), SHARED_HOUSE),),
}
"""Of people in the showcase, the latest first."""


def former_homes(world: World) -> dict[str, Sequence[Former]]:
    """By BSN where people lived before their present residence, the latest first."""
    return {**_Inventor(world).invented(), **BY_HAND}


@dataclass(slots=True)
class _Inventor:
    world: World
    sheltered: int = 0
    vacancies: list[tuple[str, date]] = field(default_factory=list)
    """Homes by nummeraanduiding, and the day on which those who live there now came."""

    def invented(self) -> dict[str, Sequence[Former]]:
        """The past of all those who moved here; some are left without one."""
        self.vacancies = list(_vacancies(self.world))
        found: dict[str, Sequence[Former]] = {}
        for day, bsns in _moved_together(self.world).items():
            rng = Random(int(bsns[0]))
            if rng.random() < 0.8:
                found.update(self._past(day[1], bsns, rng))
        return found

    def _past(
        self, day: date, bsns: Sequence[str], rng: Random
    ) -> Iterator[tuple[str, Sequence[Former]]]:
        """Where people who came here on one day lived: elsewhere, and perhaps here before that."""
        town = rng.choice(TOWNS)
        left = day - timedelta(days=rng.randint(200, 3_000))
        home = self._vacant(left, rng) if rng.random() < 0.35 else None
        came = left - timedelta(days=rng.randint(300, 4_000))
        for bsn in bsns:
            known = _known_since(self.world.persons[bsn])
            if known is None or known > day - YEAR:
                continue
            if home is None and known < SHELTER_OPENS and day > SHELTER_CLOSES + YEAR:
                yield bsn, self._sheltered(town, left)
            elif home is not None and known < left - YEAR:
                elsewhere = Former(D.of(left), town=town)
                yield bsn, (elsewhere, Former(D.of(max(known, came)), home))
            else:
                yield bsn, (Former(D.of(max(known, left)), town=town),)

    def _sheltered(self, town: str, left: date) -> Sequence[Former]:
        if self.sheltered == SHELTERED:
            return (Former(D.of(left), town=town),)
        came = SHELTER_OPENS if self.sheltered < EARLY else SHELTER_GROWS
        self.sheltered += 1
        (hall,) = (
            number
            for number, address in self.world.addresses.items()
            if address["adresseerbaarObjectIdentificatie"] == OFFICE_OBJECT
        )
        return (Former(D.of(SHELTER_CLOSES), town=town), Former(D.of(came), hall))

    def _vacant(self, left: date, rng: Random) -> str | None:
        """A home that those who live there now came to after this day; taken once."""
        free = [place for place, (_, taken) in enumerate(self.vacancies) if taken >= left]
        return self.vacancies.pop(rng.choice(free))[0] if free else None


def _moved_together(world: World) -> dict[tuple[str, date], list[str]]:
    """People by present residence and the day on which they came to it, where that is known."""
    found: dict[tuple[str, date], list[str]] = {}
    for bsn, person in world.persons.items():
        residence = person["verblijfplaats"]
        day = read(residence["datumVan"]).whole()
        if day is not None and bsn > LAST_OF_SHOWCASE:
            where = residence.get("nummeraanduidingIdentificatie", bsn)
            found.setdefault((where, day), []).append(bsn)
    return found


def _known_since(person: Wire) -> date | None:
    """When somebody was born or came to the Netherlands, if the day is known."""
    arrival = person.get("immigratie", {}).get("datumVestigingInNederland")
    return read(arrival or person["geboorte"]["datum"]).whole()


def _vacancies(world: World) -> Iterator[tuple[str, date]]:
    for object_id, record in world.objects.items():
        number_id = record["heeftAlsHoofdAdres"]
        if object_id in world.ended or number_id <= LAST_SHOWCASE_HOME or not _home(record):
            continue
        since = (
            read(world.persons[bsn]["verblijfplaats"]["datumVan"]).first()
            for bsn in world.residents_of.get(object_id, ())
        )
        yield number_id, min(since, default=world.today)


def _home(record: Wire) -> bool:
    return "woonfunctie" in record.get("gebruiksdoelen", ("woonfunctie",))
