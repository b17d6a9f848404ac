"""Every stay of everybody in the fictional municipality, made when first asked for; object phase.

The present stay is that of the BRP record, the earlier ones are those of `sandbox.former_homes`,
each until the next began.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from sandbox.doubt import SINCE
from sandbox.former_homes import Former, former_homes
from sandbox.partial_date import PartialDate, read
from sandbox.people import AtAddress
from sandbox.residence import address_lines, residence_of
from sandbox.tables import ADDRESS_FUNCTION, MUNICIPALITIES, entry
from sandbox.wire import Wire
from sandbox.world import World

STREETS = ("Verzonnenlaan", "Bedachtekade", "Nergensweg", "Fantasieplein")
LINES = ("adresregel1", "adresregel2", "adresregel3", "land")
DATES = frozenset({"datumVan", "datumIngangGeldigheid"})
GONE = "indicatieVastgesteldVerblijftNietOpAdres"


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's residence for a time: the verblijfplaats of BRP Personen without its dates, the
    address lines, the municipality of registration, since when, and until when (None: still).
    """

    place: Wire
    lines: Wire
    municipality: Wire
    since: PartialDate
    until: PartialDate | None = None
    gone: PartialDate | None = None
    """Since when the person is known not to live there any more."""

    @property
    def object_id(self) -> str | None:
        """The adresseerbaar object that the person lives in; None for where only mail goes."""
        lives = self.place.get("functieAdres", {}).get("code") == "W"
        found: str | None = self.place.get("adresseerbaarObjectIdentificatie")
        return found if lives else None


class Stays:
    """The stays of everybody in a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, bsn: str) -> Sequence[Stay]:
        """Somebody's stays, the latest first; none of somebody unknown."""
        return self._by_person.get(bsn, ())

    def at(self, object_id: str) -> Sequence[tuple[str, Stay]]:
        """Who ever lived in an adresseerbaar object, with the stay."""
        return self._by_object.get(object_id, ())

    @cached_property
    def _by_person(self) -> Mapping[str, Sequence[Stay]]:
        former = former_homes(self._world)
        return {
            bsn: tuple(self._chain(bsn, person, former.get(bsn, ())))
            for bsn, person in self._world.persons.items()
        }

    @cached_property
    def _by_object(self) -> Mapping[str, Sequence[tuple[str, Stay]]]:
        found: dict[str, list[tuple[str, Stay]]] = {}
        for bsn, stays in self._by_person.items():
            for stay in stays:
                if stay.object_id is not None:
                    found.setdefault(stay.object_id, []).append((bsn, stay))
        return found

    def _chain(self, bsn: str, person: Wire, former: Sequence[Former]) -> list[Stay]:
        stays = [_present(person)]
        for before in former:
            stays.append(self._earlier(bsn, before, until=stays[-1].since))
        return stays

    def _earlier(self, bsn: str, before: Former, until: PartialDate) -> Stay:
        if before.number_id is None:
            place, lines = _elsewhere(bsn, before.town)
            return Stay(place, lines, entry(MUNICIPALITIES, before.town), before.since, until)
        at = AtAddress(before.number_id, before.since)
        place = _undated(residence_of(at, self._world.addresses))
        lines = address_lines(at, self._world.addresses)
        here = entry(MUNICIPALITIES, self._world.municipality.code)
        return Stay(place, lines, here, before.since, until)


def _present(person: Wire) -> Stay:
    residence = person["verblijfplaats"]
    lines = {name: value for name, value in person.get("adressering", {}).items() if name in LINES}
    gone = read(SINCE) if GONE in residence else None
    return Stay(
        _undated(residence),
        lines,
        person["gemeenteVanInschrijving"],
        read(residence["datumVan"]),
        gone=gone,
    )


def _undated(residence: Wire) -> Wire:
    return {name: value for name, value in residence.items() if name not in DATES | {GONE}}


def _elsewhere(bsn: str, town: str) -> tuple[Wire, Wire]:
    """An address in another town, as old records have it: without identifications of the BAG."""
    rng = Random(int(bsn) + int(town))
    street, number = rng.choice(STREETS), rng.randint(1, 199)
    name = MUNICIPALITIES[town]
    address = {
        "korteStraatnaam": street,
        "huisnummer": number,
        "postcode": f"9{town[1:]}ZZ",
        "woonplaats": name,
    }
    lines = {
        "adresregel1": f"{street} {number}",
        "adresregel2": f"9{town[1:]} ZZ  {name.upper()}",
    }
    function = entry(ADDRESS_FUNCTION, "W")
    return {"type": "Adres", "verblijfadres": address, "functieAdres": function}, lines
