"""The objects of the fictional municipality, of three types: made at the first request.

Objects API 2.7, in wire form but for addresses, which hold placeholders: laadpalen and meldingen at
addresses of the same world, parkeervergunningen of persons in it, with the zaken in which these
were given. What objects of a type look like stands in `sandbox/gemeente/objecttypen`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sandbox.cases import MELDINGEN, Cases
from sandbox.showcase import (
    BURGER_BSN,
    COOPERATIE_KVK,
    HOME_NUMMERAANDUIDING,
    PARTNER_BSN,
)
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_geometry import point_of
from sandbox.zgw_links import uuid_for

LAADPAAL = "8faed0fa-7864-4409-aa6d-533a37616a9e"
PARKEERVERGUNNING = "3a82fb7f-fc9b-4104-9804-993f639d6d0d"
MELDING = "f1220670-8ab7-44f1-a318-bd0782e97662"
PERSONS = 250
"""How many persons have a vergunning, beside the family that examples are about."""
GEBIEDEN = ("Centrum", "Stationsbuurt", "Rietlanden")
TEXTS = {
    "afval": "Er ligt afval naast de container.",
    "groen": "Een tak hangt over het fietspad, pas op.",
    "verlichting": "De lantaarn doet het niet.",
    "wegdek": "Er zit een gat in de weg.",
    "overig": "Er is iets mis met de bank.",
}


@dataclass(frozen=True, slots=True)
class Object:
    """One object: the uuid of its type, and its records, oldest first."""

    uuid: str
    type: str
    records: tuple[Wire, ...]


def build_objects(world: World, cases: Cases) -> Mapping[str, Object]:
    """All objects by uuid, oldest first; the same arguments give the same."""
    maker = _Maker(world, Random("objecten"))
    every = [*maker.laadpalen(), *maker.vergunningen(_parking_zaken(cases)), *maker.meldingen()]
    return {each.uuid: each for each in every}


@dataclass(slots=True)
class _Maker:
    world: World
    rng: Random

    def laadpalen(self) -> Iterator[Object]:
        """One at every tenth address, the home of the family first; that one was repaired."""
        ids = [HOME_NUMMERAANDUIDING, *list(self.world.addresses)[7::10]]
        for number, address in enumerate(ids, 1):
            data = self._laadpaal(number, self.world.addresses[address])
            record = self._record(data, 400 - number % 300, self._point(address))
            records = [record]
            if number == 1:
                broken = {**data, "status": "buiten gebruik"}
                old = {**record, "data": broken, "startAt": "2025-01-01", "endAt": "2025-10-31"}
                new = {**record, "index": 2, "startAt": "2025-11-01"}
                records = [old, new]
            yield Object(uuid_for("laadpaal", number), LAADPAAL, tuple(records))

    def vergunningen(self, zaken: Mapping[str, str]) -> Iterator[Object]:
        """Of the family, and of other persons who live at an address."""
        persons = [bsn for bsn, person in self.world.persons.items() if _home(person)]
        chosen = [BURGER_BSN, BURGER_BSN, PARTNER_BSN, *self.rng.sample(persons, PERSONS)]
        for number, bsn in enumerate(chosen, 1):
            zaak = "" if number == 1 else zaken.get(bsn, "")
            data = self._vergunning(number, bsn, zaak)
            days = self.rng.randrange(30, 700)
            yield Object(
                uuid_for("parkeervergunning", number),
                PARKEERVERGUNNING,
                (self._record(data, days, None),),
            )

    def meldingen(self) -> Iterator[Object]:
        """Somewhere in the municipality, some of them at two addresses."""
        addresses = list(self.world.addresses)
        for number in range(1, MELDINGEN + 1):
            days = self.rng.randrange(1, 360)
            where = self.rng.sample(addresses, 1 + (number % 7 == 0))
            data = self._melding(number, days, where)
            yield Object(
                uuid_for("melding", number),
                MELDING,
                (self._record(data, days, self._point(where[0])),),
            )

    def _laadpaal(self, number: int, address: Wire) -> Wire:
        points = self.rng.choice((2, 2, 2, 4))
        power = self.rng.choice((11.0, 22.0, 50.0))
        plug = "ccs" if power > 40 else "type2"
        panden = address.get("pandIdentificaties") or [""]
        data: Wire = {
            "nummer": f"LP-{number:04d}",
            "status": "in gebruik" if number % 9 else self.rng.choice(("gepland", "in gebruik")),
            "aantal_aansluitpunten": points,
            "maximaalVermogen": power,
            "exploitant": self.rng.choice(("Weidestroom", "Laadnet Polder")),
            "locatie": {
                "nummeraanduiding": address["nummeraanduidingIdentificatie"],
                "pand": panden[0],
                "omschrijving": f"Voor {address['openbareRuimteNaam']} {address['huisnummer']}",
            },
            "aansluitpunten": [{"stekker": plug, "vermogen": power} for _ in range(points)],
            "betaalwijzen": ["laadpas", "app"],
        }
        if number % 5:
            data["plaatsingsdatum"] = self._day(self.rng.randrange(30, 2_000))
        if number % 3 == 0:
            data["technisch"] = {"merk": "Vonk", "firmware": {"versie": f"2.{number % 10}"}}
        if data["exploitant"] == "Weidestroom":
            data["exploitantKvkNummer"] = COOPERATIE_KVK
        return data

    def _vergunning(self, number: int, bsn: str, zaak: str) -> Wire:
        person = self.world.persons[bsn]
        data: Wire = {
            "nummer": f"PV-2026-{number:05d}",
            "kenteken": f"{number % 9 + 1}-XKZ-{number % 90 + 10}",
            "houder": {"burgerservicenummer": bsn, "naam": person["naam"]["volledigeNaam"]},
            "gebied": GEBIEDEN[number % 3],
            "ingangsdatum": self._day(self.rng.randrange(30, 700)),
            "einddatum": None,
            "leges": 48.0 if number % 4 else 96.5,
            "nummeraanduiding": _home(person),
        }
        return {**data, "zaak": zaak} if zaak else data

    def _melding(self, number: int, days: int, where: list[str]) -> Wire:
        kind = self.rng.choice(list(TEXTS))
        return {
            "meldingsnummer": f"MOR-{number:05d}",
            "categorie": kind,
            "toelichting": TEXTS[kind],
            "gemeldOp": f"{self._day(days)}T{8 + number % 10:02d}:{number % 60:02d}:00Z",
            "afgehandeld": days > 30,
            "nummeraanduidingen": where,
        }

    def _record(self, data: Wire, days: int, geometry: Wire | None) -> Wire:
        start = self._day(days)
        return {
            "index": 1,
            "typeVersion": 1,
            "data": data,
            "geometry": geometry,
            "references": [],
            "startAt": start,
            "endAt": None,
            "registrationAt": start,
            "correctionFor": None,
            "correctedBy": None,
        }

    def _day(self, ago: int) -> str:
        return (self.world.today - timedelta(days=ago)).isoformat()

    def _point(self, address: str) -> Wire | None:
        panden = self.world.addresses[address].get("pandIdentificaties")
        return point_of(self.world.panden[panden[0]]) if panden else None


def _home(person: Wire) -> str:
    return str(person.get("verblijfplaats", {}).get("nummeraanduidingIdentificatie", ""))


def _parking_zaken(cases: Cases) -> dict[str, str]:
    """The placeholder address of a zaak about parking by the BSN of who asked for it."""
    about = {
        zaak["url"] for zaak in cases.zaken.values() if "arkeervergunning" in zaak["omschrijving"]
    }
    return {
        rol["betrokkeneIdentificatie"]["inpBsn"]: rol["zaak"]
        for rol in cases.rollen.values()
        if rol["omschrijvingGeneriek"] == "initiator"
        and rol["zaak"] in about
        and (rol["betrokkeneIdentificatie"] or {}).get("inpBsn")
    }
