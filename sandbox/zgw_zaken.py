"""The Zaken API 1.5.1 as Open Zaak serves it, over the zaken of the municipality; operation.

Read only: an application with the scope zaken.lezen and all rights. What is beyond the standard is
answered in the dialect "openzaak" only, and `fields` by the standard from version 1.6 only: others
pass it over, as they do any name in a body that they do not know.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from starlette.responses import Response
from starlette.routing import Router

from sandbox.cases import Cases
from sandbox.wire import Wire
from sandbox.zgw_api import Api, Ask, Dialect, answer, detail, one, wanted
from sandbox.zgw_dialect import standard_rol, standard_zaak
from sandbox.zgw_expand import checked, expanded
from sandbox.zgw_fields import Selecting, Selection, exclusive
from sandbox.zgw_filters import Collection
from sandbox.zgw_problem import Param, broken, invalid, unreadable, unsupported_media_type
from sandbox.zgw_zaken_filters import (
    ORDERINGS,
    informatieobject_filters,
    inside,
    resultaat_filters,
    rol_filters,
    status_filters,
    zaak_filters,
    zaakobject_filters,
)


class Zaken:
    """The resources of the Zaken API with their indexes, made at startup for one dialect."""

    def __init__(self, api: Api, cases: Cases) -> None:
        self.api = api
        zaken, rollen = cases.zaken, cases.rollen
        if api.dialect == "standard":
            zaken = {uuid: standard_zaak(zaak) for uuid, zaak in zaken.items()}
            rollen = {uuid: standard_rol(rol) for uuid, rol in rollen.items()}
        others = (
            cases.statussen,
            cases.resultaten,
            cases.zaakobjecten,
            cases.zaakeigenschappen,
            cases.papers.zaakinformatieobjecten,
        )
        self.library = _library((zaken, rollen, *others, *cases.catalogue.resources.values()))
        self.selecting = Selecting(self.library) if _has_fields(api) else None
        self.filters = zaak_filters(_library((cases.rollen, *others, *_types(cases))))
        self.zaken = Collection(zaken, self.filters)
        self.rollen = Collection(rollen, rol_filters())
        self.statussen = Collection(cases.statussen, status_filters())
        self.resultaten = Collection(cases.resultaten, resultaat_filters())
        self.zaakobjecten = Collection(cases.zaakobjecten, zaakobject_filters())
        self.zaakinformatieobjecten = Collection(
            cases.papers.zaakinformatieobjecten, informatieobject_filters()
        )
        self.besluiten: dict[str, list[str]] = {}
        for besluit in cases.papers.besluiten.values():
            self.besluiten.setdefault(besluit["zaak"], []).append(besluit["url"])
        self.zaakeigenschappen = cases.zaakeigenschappen

    def app(self) -> Router:
        """The API as an ASGI app."""
        api = self.api
        below = "/zaken/{zaak}/"
        routes = [
            api.route("/zaken", self.zaak_list, crs=True),
            api.route("/zaken/_zoek", self.zaak_search, method="POST", crs=True),
            api.route("/zaken/{uuid}", self.zaak_detail, crs=True),
            api.route(below + "zaakeigenschappen", self.zaakeigenschap_list),
            api.route(below + "zaakeigenschappen/{uuid}", self.zaakeigenschap_detail),
            api.route(below + "besluiten", self.besluit_list),
            api.route("/zaakinformatieobjecten", self.informatieobject_list),
            api.detail_route("/zaakinformatieobjecten/{uuid}", self.zaakinformatieobjecten),
        ]
        for name in ("statussen", "resultaten", "rollen", "zaakobjecten"):
            resource = getattr(self, name)
            etag = name != "zaakobjecten"
            routes.append(api.list_route(f"/{name}", resource))
            routes.append(api.detail_route(f"/{name}/{{uuid}}", resource, etag=etag))
        return Router(routes, redirect_slashes=False, default=api.nowhere)

    async def zaak_list(self, ask: Ask) -> Response:
        """GET /zaken."""
        query = ask.query
        found = self.api.find(ask, self.zaken, ("expand", "ordering"))
        ordered = _ordered(found, _orderings(query.get("ordering", "")))
        return self._page(ask, ordered, checked(query.get("expand", "").split(",")))

    async def zaak_search(self, ask: Ask) -> Response:
        """POST /zaken/_zoek: filters, ordering and expand in the body, the page in the query."""
        query, body = ask.query, await read_body(ask)
        self.api.check_names(query, {"expand"} if self.api.dialect == "openzaak" else ())
        known = self.api.known(self.filters, body=True)
        asked = {name: raw for name, raw in body.items() if name in known}
        names = checked([*_expansions(body, self.api.dialect), *query.get("expand", "").split(",")])
        wanted_of_each = self._selection(body)
        orderings = _orderings(body.get("ordering", ""))
        found = self.zaken.find(wanted(asked, self.filters, ask.bases))
        if "zaakgeometrie" in body:
            area = _area(body["zaakgeometrie"])
            found = [zaak for zaak in found if inside(zaak, area)]
        listed = _ordered(found, orderings)
        if self.selecting is None or wanted_of_each is None:
            return self._page(ask, listed, names)
        return self.api.page(ask, listed, partial(self.selecting.shown, wanted=wanted_of_each))

    def _selection(self, body: Wire) -> Selection | None:
        if self.selecting is None or "fields" not in body:
            return None
        exclusive(body)
        wanted_of_each = Selection.read(body["fields"])
        self.selecting.check(wanted_of_each)
        return wanted_of_each

    def _page(self, ask: Ask, found: Sequence[Wire], names: frozenset[str]) -> Response:
        return self.api.page(ask, found, lambda zaak: expanded(zaak, names, self.library))

    async def zaak_detail(self, ask: Ask) -> Response:
        """GET /zaken/{uuid}."""
        names = checked(ask.query.get("expand", "").split(","))
        zaak = one(self.zaken.by_uuid, ask.uuid())
        return detail(ask, zaak, lambda wire: expanded(wire, names, self.library))

    async def zaakeigenschap_list(self, ask: Ask) -> Response:
        """GET /zaken/{uuid}/zaakeigenschappen: a bare array."""
        zaak = one(self.zaken.by_uuid, ask.uuid("zaak"))
        self.api.check_names(ask.query, (), paged=False)
        return answer(ask, [self.library[url] for url in zaak["eigenschappen"]])

    async def zaakeigenschap_detail(self, ask: Ask) -> Response:
        """GET /zaken/{uuid}/zaakeigenschappen/{uuid}."""
        zaak = one(self.zaken.by_uuid, ask.uuid("zaak"))
        own = {uuid: e for uuid, e in self.zaakeigenschappen.items() if e["zaak"] == zaak["url"]}
        return detail(ask, one(own, ask.uuid()))

    async def besluit_list(self, ask: Ask) -> Response:
        """GET /zaken/{uuid}/besluiten: a bare array of references."""
        zaak = one(self.zaken.by_uuid, ask.uuid("zaak"))
        self.api.check_names(ask.query, (), paged=False)
        return answer(ask, [_zaakbesluit(zaak, url) for url in self.besluiten.get(zaak["url"], ())])

    async def informatieobject_list(self, ask: Ask) -> Response:
        """GET /zaakinformatieobjecten: a bare array."""
        resource = self.zaakinformatieobjecten
        self.api.check_names(ask.query, resource.filters, paged=False)
        return answer(ask, resource.find(wanted(ask.query, resource.filters, ask.bases)))


def _has_fields(api: Api) -> bool:
    major, minor, *_ = map(int, api.version.split("."))
    return api.dialect == "standard" and (major, minor) >= (1, 6)


def _zaakbesluit(zaak: Wire, besluit: str) -> Wire:
    uuid = besluit.rpartition("/")[2]
    return {"url": f"{zaak['url']}/besluiten/{uuid}", "uuid": uuid, "besluit": besluit}


def _types(cases: Cases) -> Iterable[Mapping[str, Wire]]:
    return cases.catalogue.resources.values()


def _library(groups: Iterable[Mapping[str, Wire]]) -> dict[str, Wire]:
    return {wire["url"]: wire for group in groups for wire in group.values()}


async def read_body(ask: Ask) -> Wire:
    """The body of a `_zoek`: an object with something in it. Problem 400 or 415 if it is not."""
    if not ask.request.headers.get("content-type", "").startswith("application/json"):
        raise unsupported_media_type()
    try:
        body = json.loads(await ask.request.body())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise unreadable() from None
    if not isinstance(body, dict) or not body:
        reason = "Geef ten minste een zoekcriterium."
        raise invalid([Param("nonFieldErrors", "empty_search_body", reason)])
    return body


def _expansions(body: Wire, dialect: Dialect) -> Sequence[str]:
    """The names in a body: Open Zaak breaks on anything but a list, the standard has a text."""
    given: Any = body.get("expand", [])
    if dialect == "openzaak":
        if not isinstance(given, list):
            raise broken()
        return [str(name) for name in given]
    if not given:
        return []
    if not isinstance(given, str):
        raise invalid([Param("expand", "invalid", "Dit is geen tekst.")])
    return given.split(",")


def _orderings(given: object) -> list[str]:
    names = given if isinstance(given, list) else str(given).split(",")
    wishes = [str(name).strip() for name in names if str(name).strip()]
    if any(wish.removeprefix("-") not in ORDERINGS for wish in wishes):
        raise invalid([Param("ordering", "invalid_choice", "Dit is geen geldige keuze.")])
    return wishes


def _ordered(found: Sequence[Wire], wishes: Sequence[str]) -> Sequence[Wire]:
    """In the order asked for; as in PostgreSQL null comes last, and first when descending."""
    for wish in reversed(wishes):
        key = partial(_rank, name=wish.removeprefix("-"))
        found = sorted(found, key=key, reverse=wish.startswith("-"))
    return found


def _rank(zaak: Wire, name: str) -> tuple[bool, str]:
    return zaak[name] is None, zaak[name] or ""


def _area(given: object) -> Wire:
    area = given.get("within") if isinstance(given, dict) else None
    if not isinstance(area, dict) or area.get("type") != "Polygon" or not area.get("coordinates"):
        raise invalid([Param("zaakgeometrie.within", "invalid", "Dit is geen geldige polygoon.")])
    return area
