"""The sandbox's BRP Historie 2.0: where a person lived, on a day or in a period, as a Starlette
app; operation phase.

The latest stay comes first. A stay whose begin or end is not wholly known counts for every day that
it may have lasted.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.applications import Starlette

from sandbox.brp_endpoint import API_KEY, endpoint
from sandbox.brp_parameters import BSN, DAY, PERIOD, Kinds, checked
from sandbox.partial_date import wire
from sandbox.stays import Stay, Stays
from sandbox.wire import Wire
from sandbox.world import World

KINDS: Kinds = {
    "RaadpleegMetPeildatum": {"burgerservicenummer": BSN, **DAY},
    "RaadpleegMetPeriode": {"burgerservicenummer": BSN, **PERIOD},
}
OF_PERSON = ("opschortingBijhouding", "geheimhoudingPersoonsgegevens")
ABROAD = ("VerblijfplaatsBuitenland", "VerblijfplaatsOnbekend")


def historie_app(world: World, stays: Stays, api_key: str = API_KEY) -> Starlette:
    """The app with ``POST /verblijfplaatshistorie``, answering from this world."""

    def answer(body: Any, purpose: str) -> Wire:
        question = checked(body, KINDS)
        person = world.persons.get(question["burgerservicenummer"], {})
        found = [
            _occurrence(stay, person)
            for stay in stays.of(question["burgerservicenummer"])
            if _lasts(stay, question)
        ]
        of_person = {name: person[name] for name in OF_PERSON if name in person}
        return {"verblijfplaatsen": found, **of_person}

    return endpoint("/verblijfplaatshistorie", answer, api_key)


def _lasts(stay: Stay, question: Mapping[str, Any]) -> bool:
    """Whether a stay may have had a day in common with what is asked."""
    until = stay.until.settled() if stay.until else date.max
    if "peildatum" in question:
        return stay.since.first() <= date.fromisoformat(question["peildatum"]) < until
    begins, ends = (date.fromisoformat(question[name]) for name in ("datumVan", "datumTot"))
    return stay.since.first() < ends and begins < until


def _occurrence(stay: Stay, person: Wire) -> Wire:
    found = {
        **stay.place,
        "datumVan": wire(stay.since),
        "gemeenteVanInschrijving": stay.municipality,
    }
    if stay.until:
        found["datumTot"] = wire(stay.until)
    if stay.gone:
        found["verblijftNietOpAdresVanaf"] = wire(stay.gone)
    if stay.lines:
        found["adressering"] = dict(stay.lines)
    provider = [each for each in person.get("rni", ()) if each["categorie"] == "Verblijfplaats"]
    if provider and stay.place["type"] in ABROAD:
        found["rni"] = {k: v for k, v in provider[0].items() if k != "categorie"}
    return _doubted(found)


def _doubted(found: Wire) -> Wire:
    """A place that is under investigation, with its address lines and its end as well."""
    doubts = found.get("inOnderzoek")
    if doubts is None or "adressering" not in found:
        return found
    since = {"datumIngangOnderzoek": doubts["datumIngangOnderzoek"]}
    lines = dict.fromkeys(found["adressering"], True) | since
    return found | {"adressering": found["adressering"] | {"inOnderzoek": lines}}
