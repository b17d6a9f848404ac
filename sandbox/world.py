"""The fictional municipality as one coherent whole, built once at startup by `build_world`.

Every registry of the sandbox answers from the same `World`, so that a person's address, the
building it is in and the cases the person has all exist. Nobody in it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from sandbox.municipality import WEIDEVAART, Municipality
from sandbox.plots import survey
from sandbox.population import populate
from sandbox.territory import by_postcode_and_number
from sandbox.wire import Wire

TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class World:
    """All records in the form in which their registry says them, by identification; read only.

    persons: whole Persoon objects (BRP Personen 2.7) by BSN.
    addresses, numberings: BAG adres and nummeraanduiding by nummeraanduiding identification.
    objects: verblijfsobject, ligplaats or standplaats by identification (`type` tells which).
    panden, public_spaces, places: by identification; place_shapes: the geometry of a woonplaats.
    doubts: ``inonderzoek`` lists by BAG identification; ended: identifications with an end status.
    addresses_at: nummeraanduidingen by (postcode, huisnummer).
    objects_in: objects by pand. residents_of: BSNs by adresseerbaar object, deceased included.
    """

    today: date
    municipality: Municipality
    persons: Mapping[str, Wire]
    addresses: Mapping[str, Wire]
    numberings: Mapping[str, Wire]
    objects: Mapping[str, Wire]
    panden: Mapping[str, Wire]
    public_spaces: Mapping[str, Wire]
    places: Mapping[str, Wire]
    place_shapes: Mapping[str, Wire]
    doubts: Mapping[str, list[Wire]]
    ended: frozenset[str]
    addresses_at: Mapping[tuple[str, int], list[str]]
    objects_in: Mapping[str, list[str]]
    residents_of: Mapping[str, list[str]]


def build_world(seed: int = 1, today: date = TODAY) -> World:
    """The municipality for this seed on this day; the same arguments give the same world."""
    rng = Random(seed)
    territory = survey(rng)
    persons = populate(territory, rng, today)
    return World(
        today=today,
        municipality=WEIDEVAART,
        persons=persons,
        addresses=territory.addresses,
        numberings=territory.numberings,
        objects=territory.objects,
        panden=territory.buildings,
        public_spaces=territory.public_spaces,
        places=territory.places,
        place_shapes=territory.place_shapes,
        doubts=territory.doubts,
        ended=frozenset(territory.ended),
        addresses_at=by_postcode_and_number(territory.addresses),
        objects_in=_objects_in(territory.objects),
        residents_of=_residents_of(persons),
    )


def _objects_in(objects: Mapping[str, Wire]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for object_id, record in objects.items():
        for building in record.get("maaktDeelUitVan", ()):
            found.setdefault(building, []).append(object_id)
    return found


def _residents_of(persons: Mapping[str, Wire]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for bsn, person in persons.items():
        home = person.get("verblijfplaats", {}).get("adresseerbaarObjectIdentificatie")
        if home:
            found.setdefault(home, []).append(bsn)
    return found
