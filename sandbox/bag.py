"""The sandbox's BAG API Individuele Bevragingen v2, as a Starlette app; operation phase.

Strict where older versions of the real one were: endpoints with geometry answer 412 without
``Accept-Crs``. Counts calls for the rate limit headers, but never refuses for them;
`sandbox.faults` does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.bag_parameters import Entry, Unreadable, entry, pattern, read_parameters
from sandbox.bag_resources import EXPANSIONS, Shelf
from sandbox.bag_search import FOUND_PREFIX, Finder
from sandbox.problems import Invalid, Refused, problem
from sandbox.wire import Wire
from sandbox.world import World

API_KEY = "sandbox-bag"
VERSION = "2.9.2"
CRS = "epsg:28992"
DAY_LIMIT, SECOND_LIMIT = 50_000, 50
NUMBER_SUFFIX = "huisletter huisnummertoevoeging exacteMatch"
PAGING = "page pageSize"
TRAVEL = "huidig geldigOp beschikbaarOp"
AREA = "geconstateerd oppervlakte[min] oppervlakte[max] gebruiksdoelen"
BY_NUMBER = (
    entry("postcode huisnummer", NUMBER_SUFFIX),
    entry("woonplaatsNaam openbareRuimteNaam huisnummer", NUMBER_SUFFIX),
)
ADDRESS_ENTRIES = (
    *BY_NUMBER,
    entry("adresseerbaarObjectIdentificatie"),
    entry("pandIdentificatie"),
    entry("openbareRuimteIdentificatie"),
    entry("q"),
)
WHERE = (entry("point"), entry("bbox"))

Search = Callable[[Finder, dict[str, Any]], list[str]]
Show = Callable[[Shelf, str, frozenset[str]], Wire]


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of record: its path, the name of its collection, how it is found and shown.

    `records` picks the records of a world by identification; `entries` are the supported searches.
    """

    path: str
    collection: str
    id_pattern: str
    records: Callable[[World], Any]
    entries: tuple[Entry, ...]
    search: Search
    show: Show
    general: str = f"{PAGING} expand {TRAVEL}"
    of_one: str = f"expand {TRAVEL}"
    geometry: bool = False


def _kind(path: str, kind: str, code: str, entries: tuple[Entry, ...]) -> Resource:
    return Resource(
        path,
        path,
        rf"[0-9]{{4}}{code}[0-9]{{10}}",
        lambda world: world.objects,
        entries,
        lambda finder, asked: finder.holders(asked, kind),
        Shelf.holder,
        geometry=True,
    )


RESOURCES = (
    Resource(
        "adressen",
        "adressen",
        r"[0-9]{4}20[0-9]{10}",
        lambda world: world.addresses,
        (*ADDRESS_ENTRIES, entry("zoekresultaatIdentificatie")),
        Finder.addresses,
        Shelf.address,
        f"{PAGING} expand inclusiefEindStatus",
        "expand inclusiefEindStatus",
    ),
    Resource(
        "adressenuitgebreid",
        "adressen",
        r"[0-9]{4}20[0-9]{10}",
        lambda world: world.addresses,
        ADDRESS_ENTRIES,
        Finder.addresses,
        lambda shelf, key, _: shelf.full_address(key),
        f"{PAGING} inclusiefEindStatus",
        "inclusiefEindStatus",
        geometry=True,
    ),
    Resource(
        "nummeraanduidingen",
        "nummeraanduidingen",
        r"[0-9]{4}20[0-9]{10}",
        lambda world: world.numberings,
        (*BY_NUMBER, entry("pandIdentificatie"), entry("openbareRuimteIdentificatie")),
        Finder.numberings,
        Shelf.numbering,
    ),
    Resource(
        "adresseerbareobjecten",
        "adresseerbareObjecten",
        r"[0-9]{4}(01|02|03)[0-9]{10}",
        lambda world: world.objects,
        (
            entry("nummeraanduidingIdentificatie"),
            entry("pandIdentificaties"),
            entry("bbox", f"{AREA} type"),
        ),
        Finder.holders,
        Shelf.addressable,
        geometry=True,
    ),
    _kind(
        "verblijfsobjecten",
        "Verblijfsobject",
        "01",
        (entry("pandIdentificatie"), entry("bbox", AREA)),
    ),
    _kind("ligplaatsen", "Ligplaats", "02", WHERE),
    _kind("standplaatsen", "Standplaats", "03", WHERE),
    Resource(
        "panden",
        "panden",
        r"[0-9]{4}10[0-9]{10}",
        lambda world: world.panden,
        (
            entry("adresseerbaarObjectIdentificatie"),
            entry("nummeraanduidingIdentificatie"),
            entry("point"),
            entry("bbox", "statusPand bouwjaar[min] bouwjaar[max] geconstateerd"),
        ),
        Finder.panden,
        lambda shelf, key, _: shelf.pand(key),
        f"{PAGING} {TRAVEL}",
        TRAVEL,
        geometry=True,
    ),
    Resource(
        "openbareruimten",
        "openbareruimten",
        r"[0-9]{4}30[0-9]{10}",
        lambda world: world.public_spaces,
        (
            entry("woonplaatsIdentificatie", "openbareRuimteNaam"),
            entry("woonplaatsNaam", "openbareRuimteNaam"),
            entry("openbareRuimteNaam"),
        ),
        Finder.public_spaces,
        Shelf.public_space,
    ),
    Resource(
        "woonplaatsen",
        "woonplaatsen",
        r"[0-9]{4}",
        lambda world: world.places,
        (entry("naam"), *WHERE),
        Finder.places,
        Shelf.place,
    ),
)


@dataclass(slots=True)
class Desk:
    """Answers requests on a world; counts them for the rate limit headers."""

    world: World
    api_key: str
    finder: Finder = field(init=False)
    calls: int = 0

    def __post_init__(self) -> None:
        self.finder = Finder(self.world)

    def endpoint(
        self, answer: Callable[[Request], tuple[Wire, dict[str, str]]]
    ) -> Callable[[Request], Response]:
        """An endpoint that checks the key and the Accept header and adds the general headers."""

        def respond(request: Request) -> Response:
            self.calls += 1
            try:
                self._admit(request)
                body, headers = answer(request)
            except Refused as refused:
                path = str(request.url.path)
                return problem(refused, path, "invalid-params", self._headers())
            headers |= self._headers()
            return JSONResponse(body, headers=headers, media_type="application/hal+json")

        return respond

    def one(self, resource: Resource, request: Request) -> Wire:
        """A record by its identification."""
        key = request.path_params["identificatie"]
        _check_identification(resource, key)
        asked = read_parameters(request, (), resource.of_one)
        expand = _expand(resource, asked)
        _check_crs(request, resource.geometry or "geometrie" in expand)
        if not self._exists(resource, key, asked):
            raise Refused(404, "notFound", "Opgevraagde resource bestaat niet.")
        return resource.show(self._shelf(request), key, expand)

    def many(self, resource: Resource, request: Request) -> tuple[Wire, dict[str, str]]:
        """A page of the records that are searched for."""
        asked = read_parameters(request, resource.entries, resource.general)
        expand = _expand(resource, asked)
        _check_crs(request, resource.geometry or "geometrie" in expand)
        _check_content_crs(request, asked)
        shelf = self._shelf(request)
        found = resource.search(self.finder, asked)
        return _page(
            request,
            asked,
            resource.collection,
            [partial(resource.show, shelf, key, expand) for key in found],
        )

    def zoek(self, request: Request) -> tuple[Wire, dict[str, str]]:
        """Suggestions for free text, each with an identification to ask the address by."""
        asked = read_parameters(request, (entry("zoek"),), PAGING)
        shelf = self._shelf(request)
        found = [key for key in self.finder.free_text(asked["zoek"]) if key not in self.world.ended]
        shows = [partial(self._suggestion, shelf, key) for key in found]
        return _page(request, asked, "zoekresultaten", shows)

    def _suggestion(self, shelf: Shelf, key: str) -> Wire:
        address = self.world.addresses[key]
        found = FOUND_PREFIX + key
        place = f"{address['postcode']} {address['woonplaatsNaam']}"
        link = shelf.link(f"adressen?zoekresultaatIdentificatie={found}")
        return {
            "omschrijving": f"{address['adresregel5']}, {place}",
            "identificatie": found,
            "_links": {"adres": link},
        }

    def _exists(self, resource: Resource, key: str, asked: dict[str, Any]) -> bool:
        records = resource.records(self.world)
        if key not in records:
            return False
        if records is self.world.addresses:
            return key not in self.world.ended or bool(asked.get("inclusiefEindStatus"))
        return bool(self.finder.valid([key], records, asked))

    def _admit(self, request: Request) -> None:
        if request.headers.get("x-api-key") != self.api_key:
            raise Refused(401, "authentication", "Niet correct geauthenticeerd.")
        accepted = [part.split(";")[0].strip() for part in _header(request, "accept").split(",")]
        known = ("*/*", "application/*", "application/hal+json", "application/json", "")
        if not any(part in known for part in accepted):
            raise Refused(406, "notAcceptable", "Gevraagde contenttype wordt niet ondersteund.")

    def _shelf(self, request: Request) -> Shelf:
        root = str(request.scope.get("root_path", ""))
        return Shelf(self.world, f"{request.url.scheme}://{request.url.netloc}{root}")

    def _headers(self) -> dict[str, str]:
        return {
            "api-version": VERSION,
            "Kadaster-RateLimit-DayLimit": str(DAY_LIMIT),
            "Kadaster-RateLimit-DayLimit-Remaining": str(max(0, DAY_LIMIT - self.calls)),
            "Kadaster-RateLimit-DayLimit-Reset": "86400",
            "RateLimit-Limit": str(SECOND_LIMIT),
            "RateLimit-Remaining": str(SECOND_LIMIT - 1),
            "RateLimit-Reset": "1",
        }


def bag_app(world: World, api_key: str = API_KEY) -> Starlette:
    """The app with every search and record of the BAG of this world."""
    desk = Desk(world, api_key)
    routes = [Route("/adressen/zoek", desk.endpoint(desk.zoek))]
    for resource in RESOURCES:
        routes += _routes(desk, resource)
    return Starlette(routes=routes)


def _routes(desk: Desk, resource: Resource) -> Sequence[Route]:
    def many(request: Request) -> tuple[Wire, dict[str, str]]:
        return desk.many(resource, request)

    def one(request: Request) -> tuple[Wire, dict[str, str]]:
        return desk.one(resource, request), {}

    return (
        Route(f"/{resource.path}", desk.endpoint(many)),
        Route(f"/{resource.path}/{{identificatie}}", desk.endpoint(one)),
    )


def _page(
    request: Request, asked: dict[str, Any], collection: str, shows: Sequence[Callable[[], Wire]]
) -> tuple[Wire, dict[str, str]]:
    """One page in the HAL envelope; ``_embedded`` is missing when nothing was found."""
    page, size = asked.get("page", 1), asked.get("pageSize", 20)
    last = max(1, -(-len(shows) // size))
    if page > last:
        if "q" in asked:
            raise Refused(500, "serverError", "Interne server fout.")
        faults = [Invalid("page", "page", "Pagina bestaat niet.")]
        raise Refused(400, "paramsValidation", "Pagina bestaat niet.", invalid=faults)
    links: Wire = {"self": {"href": str(request.url)}}
    if page > 1:
        links |= {"first": _to(request, 1), "previous": _to(request, page - 1)}
    if page < last:
        links |= {"next": _to(request, page + 1), "last": _to(request, last)}
    shown = [show() for show in shows[(page - 1) * size : page * size]]
    embedded = {"_embedded": {collection: shown}} if shown else {}
    headers = {"X-Pagination-Page": str(page), "X-Pagination-Limit": str(size)}
    return embedded | {"_links": links}, headers


def _to(request: Request, page: int) -> Wire:
    return {"href": str(request.url.include_query_params(page=page))}


def _expand(resource: Resource, asked: dict[str, Any]) -> frozenset[str]:
    """The relations to expand: all for ``true``, else those named; no dot paths."""
    text = asked.get("expand")
    if text is None:
        return frozenset()
    unexpandable = {"pandIdentificatie", "openbareRuimteIdentificatie"} & asked.keys()
    if unexpandable and resource.path in ("adressen", "nummeraanduidingen"):
        title = "De combinatie van opgegeven parameters wordt niet ondersteund."
        raise Refused(400, "unsupportedCombination", title)
    known = {name.lower(): name for name in EXPANSIONS[resource.path]}
    if text == "true":
        return frozenset(known.values())
    names = [name.strip().lower() for name in text.split(",")]
    if any(name not in known for name in names):
        fault = Invalid("expand", "expand", "Waarde van expand parameter is niet correct.")
        raise Refused(400, "paramsValidation", fault.reason, invalid=[fault])
    return frozenset(known[name] for name in names)


def _check_identification(resource: Resource, key: str) -> None:
    try:
        pattern(resource.id_pattern)(key)
    except Unreadable as unreadable:
        fault = Invalid("identificatie", unreadable.code, unreadable.reason)
        raise Refused(400, "paramsValidation", fault.reason, invalid=[fault]) from None


def _check_crs(request: Request, needed: bool) -> None:
    crs = request.headers.get("accept-crs")
    if needed and crs is None:
        raise Refused(412, "acceptCrsMissing", "Accept-Crs header ontbreekt.")
    if crs is not None and crs != CRS:
        raise Refused(406, "crsNotAcceptable", "Gevraagde CRS wordt niet ondersteund.")


def _check_content_crs(request: Request, asked: dict[str, Any]) -> None:
    if "point" not in asked and "bbox" not in asked:
        return
    crs = request.headers.get("content-crs")
    if crs is None:
        raise Refused(412, "contentCrsMissing", "Content-Crs header ontbreekt.")
    if crs != CRS:
        raise Refused(415, "crsNotSupported", "CRS van de coördinaten wordt niet ondersteund.")


def _header(request: Request, name: str) -> str:
    return str(request.headers.get(name, ""))
