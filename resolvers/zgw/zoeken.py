"""Filters as the body of `POST /zaken/_zoek` (operation): nothing that is asked stands in a URL.

Zaken API 1.5.1. All filters hold at once; the API has no OR. Where it has only "before" and
"after", a bound that is included is moved by a day.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from gateway.source.errors import SourceRefusedQuestion
from gateway.source.read import Order
from gateway.source.source import Source
from resolvers.zgw.beside import zaaktype_url
from resolvers.zgw.genoemd import FILTER, kvk_filter, vestiging_filter

Body = dict[str, Any]

BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
RSIN = f"{FILTER}innNnpId"
ROL = "rol__omschrijvingGeneriek"
ONE_NUMBER = "Deze bron zoekt op RSIN of op KVK-nummer, niet op allebei."
EVERYTHING = {"maximaleVertrouwelijkheidaanduiding": "zeer_geheim"}
"""A filter that every zaak meets, because a question without any is refused (empty_search_body)."""

_SAME = {
    "identificatie": "identificatie",
    "bronorganisatie": "bronorganisatie",
    "maximale_vertrouwelijkheidaanduiding": "maximaleVertrouwelijkheidaanduiding",
    "archiefnominatie": "archiefnominatie",
    "archiefstatus": "archiefstatus",
}
_DAYS = {
    "einddatum": "einddatum",
    "registratiedatum": "registratiedatum",
    "uiterlijke_einddatum_afdoening": "uiterlijkeEinddatumAfdoening",
}
_ROLES = {
    "omschrijving_generiek": ROL,
    "betrokkene_type": "rol__betrokkeneType",
    "rsin": RSIN,
    "medewerker": "rol__betrokkeneIdentificatie__medewerker__identificatie",
    "organisatorische_eenheid": (
        "rol__betrokkeneIdentificatie__organisatorischeEenheid__identificatie"
    ),
}


def zaak_filters(zaken: Source, asked: Mapping[str, Any] | None) -> Body:
    """What a `ZaakFilter` asks, by the names of the API."""
    if not asked:  # as a rule
        return {}
    given = {name: value for name, value in asked.items() if value is not None}
    body: Body = {wire: given[name] for name, wire in _SAME.items() if name in given}
    if "zaaktype" in given:
        body["zaaktype"] = zaaktype_url(zaken, given["zaaktype"])
    if "open" in given:
        body["einddatum__isnull"] = given["open"]
    if "startdatum_vanaf" in given:
        body["startdatum__gte"] = given["startdatum_vanaf"]
    if "startdatum_tot_en_met" in given:
        body["startdatum__lte"] = given["startdatum_tot_en_met"]
    for name, wire in _DAYS.items():
        body |= _between(wire, given.get(f"{name}_vanaf"), given.get(f"{name}_tot_en_met"))
    return body


def rol_filters(zaken: Source, asked: Mapping[str, Any] | None) -> Body:
    """What a `RolFilter` asks, by the names of the API; refused if this source cannot be asked."""
    given = {name: value for name, value in (asked or {}).items() if value is not None}
    body = {wire: given[name] for name, wire in _ROLES.items() if name in given}
    if "vestigingsnummer" in given:
        body[vestiging_filter(zaken)] = given["vestigingsnummer"]
    if "kvk_nummer" in given:
        wanted = kvk_filter(zaken)
        if wanted in body:
            raise SourceRefusedQuestion(zaken.name, "one filter, twice", message=ONE_NUMBER)
        body[wanted] = given["kvk_nummer"]
    return body


def ordered(zaken: Source, volgorde: str | None) -> Body:
    """The order that is asked: the standard takes one name, Open Zaak a list of them."""
    if volgorde is None:
        return {}
    is_list = zaken.flag("variant", "standaard") == "openzaak"
    return {"ordering": [volgorde] if is_list else volgorde}


def zaak_order(arguments: Mapping[str, Any]) -> Order | None:
    """By what zaken are sorted: a property, in the API with a minus before it for descending."""
    volgorde = arguments.get("volgorde")
    if volgorde is None:
        return None
    return Order((volgorde.removeprefix("-"),), descending=volgorde.startswith("-"))


def _between(wire: str, first: str | None, last: str | None) -> Iterator[tuple[str, str]]:
    if first is not None and first > date.min.isoformat():
        yield f"{wire}__gt", _moved(first, -1)
    if last is not None and last < date.max.isoformat():
        yield f"{wire}__lt", _moved(last, 1)


def _moved(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
