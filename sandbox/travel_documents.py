"""The travel documents of the people of the fictional municipality, made when first asked for;
object phase.

Who is Dutch has a passport, an identity card, both or neither; who was granted asylum a document
for refugees. Some have lost or handed in one, and a few numbers are unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from sandbox.doubt import SINCE
from sandbox.partial_date import PartialDate, age_on, read, wire
from sandbox.showcase import DOUBTED_BSN
from sandbox.tables import TRAVEL_DOCUMENTS, WITHDRAWALS, entry
from sandbox.wire import Wire
from sandbox.world import World

ADULT = 18
LETTERS = {"PN": "NX", "NI": "IX", "PV": "RX"}
ASYLUM = ("26", "27")


class TravelDocuments:
    """All documents in a world, each a whole Reisdocument of BRP Reisdocumenten 2.0."""

    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, bsn: str) -> Sequence[Wire]:
        """Somebody's documents, those lost or handed in as well."""
        return self._by_person.get(bsn, ())

    def numbered(self, number: str) -> Wire | None:
        """The document with this number."""
        return self._by_number.get(number)

    @cached_property
    def _by_person(self) -> Mapping[str, Sequence[Wire]]:
        return {
            bsn: tuple(self._documents(serial, person))
            for serial, (bsn, person) in enumerate(self._world.persons.items())
        }

    @cached_property
    def _by_number(self) -> Mapping[str, Wire]:
        every = (document for found in self._by_person.values() for document in found)
        return {each["reisdocumentnummer"]: each for each in every if "reisdocumentnummer" in each}

    def _documents(self, serial: int, person: Wire) -> Iterator[Wire]:
        for place, (kind, withdrawn) in enumerate(self._kinds(serial, person)):
            last = f"{place}{(serial + place) % 10}"
            document = {
                "reisdocumentnummer": f"{LETTERS[kind]}{serial + 1:05d}{last}",
                "soort": entry(TRAVEL_DOCUMENTS, kind),
                "datumEindeGeldigheid": wire(PartialDate.of(self._ends(serial + 7 * place))),
                "houder": _holder(person),
            }
            if withdrawn:
                document["inhoudingOfVermissing"] = self._withdrawal(serial, person, withdrawn)
            if serial % 97 == 5:
                del document["reisdocumentnummer"]
            yield _in_doubt(document) if person["burgerservicenummer"] == DOUBTED_BSN else document

    def _kinds(self, serial: int, person: Wire) -> Iterator[tuple[str, str | None]]:
        """The kinds of document somebody has, each with why they have it no longer."""
        gone = "R" if "overlijden" in person else None
        if person.get("verblijfstitel", {}).get("aanduiding", {}).get("code") in ASYLUM:
            yield "PV", gone
        if not _dutch(person):
            return
        age = age_on(read(person["geboorte"]["datum"]), self._world.today)
        if serial % 10 != 3 and (age is None or age >= ADULT):
            yield "PN", gone
        if serial % 3 == 0 or (age is not None and age < ADULT and serial % 4 != 1):
            yield "NI", gone
        if serial % 8 == 0:
            yield "PN", "V" if serial % 16 == 0 else "I"

    def _ends(self, serial: int) -> date:
        """The last day on which a document is valid: up to ten years ahead, some in the past."""
        return self._world.today + timedelta(days=(800 + serial * 37) % 3_650 - 300)

    def _withdrawal(self, serial: int, person: Wire, code: str) -> Wire:
        died = person.get("overlijden", {}).get("datum")
        day = wire(PartialDate.of(self._world.today - timedelta(days=40 + serial % 900)))
        return {"datum": died or day, "aanduiding": entry(WITHDRAWALS, code)}


def _dutch(person: Wire) -> bool:
    held = (each.get("nationaliteit", {}).get("code") for each in person["nationaliteiten"])
    return "0001" in held


def _holder(person: Wire) -> Wire:
    found = {"burgerservicenummer": person["burgerservicenummer"]}
    for name in ("geheimhoudingPersoonsgegevens", "opschortingBijhouding"):
        if name in person:
            found[name] = person[name]
    return found


def _in_doubt(document: Wire) -> Wire:
    """The document with everything in it under investigation."""
    since = {"datumIngangOnderzoek": SINCE}
    named = ("reisdocumentnummer", "soort", "datumEindeGeldigheid")
    found = document | {"inOnderzoek": dict.fromkeys(named, True) | since}
    for group, parts in (
        ("inhoudingOfVermissing", ("datum", "aanduiding")),
        ("houder", ("burgerservicenummer",)),
    ):
        if group in found:
            found[group] = found[group] | {"inOnderzoek": dict.fromkeys(parts, True) | since}
    return found
