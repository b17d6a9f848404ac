"""The sandbox's Objects and Objecttypes API, as Objects API 4.0 was seen to behave (operation).

From 4.0 both are one service; `objecttypen_app` is the service of its own of before that, with
another token. A token may see all of it, or, as a second token shows, some types and properties of
them: what it may not is left out and named in `X-Unauthorized-Fields`.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from sandbox.cases import Cases
from sandbox.objecten_kast import (
    LAADPAAL,
    MELDING,
    PARKEERVERGUNNING,
    Object,
    build_objects,
)
from sandbox.objecten_vragen import meets, on, selected, unauthorized
from sandbox.token_api import origin
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_filters import UUID
from sandbox.zgw_links import Bases
from sandbox.zgw_problem import (
    Param,
    Problem,
    broken,
    forbidden,
    invalid,
    not_found,
    precondition_failed,
    unreadable,
)

PATH = "/objecten/api/v2"
TYPES_PATH = "/objecttypen/api/v2"
TOKEN = "sandbox-objecten"
TYPES_TOKEN = "sandbox-objecttypen"
LIMITED_TOKEN = "sandbox-objecten-beperkt"
SCHEMAS = Path(__file__).parent / "gemeente" / "objecttypen"
OWN = "objecten://"
PAGE, LARGEST_PAGE = 100, 500
CRS = "EPSG:4326"
NAMES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        LAADPAAL: ("laadpaal", "laadpalen", "open"),
        PARKEERVERGUNNING: ("parkeervergunning", "parkeervergunningen", "confidential"),
        MELDING: ("melding-openbare-ruimte", "meldingen-openbare-ruimte", "intern"),
    }
)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a token may see: of these types, all properties (None) or these."""

    types: Mapping[str, frozenset[str] | None]


EVERYTHING = Rights(MappingProxyType(dict.fromkeys(NAMES)))
LIMITED = Rights(
    MappingProxyType({PARKEERVERGUNNING: frozenset({"nummer", "houder", "gebied", "leges"})})
)


def objecten_app(world: World, cases: Cases) -> Router:
    """Objects and objecttypes, made at the first request; the paths are those below `/api/v2`."""
    api = _Objecten({TOKEN: EVERYTHING, LIMITED_TOKEN: LIMITED}, world, cases)
    routes = [
        Route("/objects", api.endpoint(api.listed), methods=["GET"]),
        Route("/objects/search", api.endpoint(api.searched), methods=["POST"]),
        Route("/objects/{uuid}", api.endpoint(api.one), methods=["GET"]),
        Route("/permissions", api.endpoint(api.permissions), methods=["GET"]),
        *_type_routes(api),
    ]
    return Router(routes, redirect_slashes=False)


def objecttypen_app() -> Router:
    """Only the objecttypes, as before 4.0."""
    return Router(_type_routes(_Types({TYPES_TOKEN: EVERYTHING})), redirect_slashes=False)


def _type_routes(api: "_Types") -> list[Route]:
    return [
        Route("/objecttypes", api.endpoint(api.types), methods=["GET"]),
        Route("/objecttypes/{uuid}", api.endpoint(api.type), methods=["GET"]),
        Route("/objecttypes/{uuid}/versions", api.endpoint(api.versions), methods=["GET"]),
        Route("/objecttypes/{uuid}/versions/{number}", api.endpoint(api.version), methods=["GET"]),
    ]


@dataclass(slots=True)
class Ask:
    """One admitted request: what its token may see, and what it is told beside the answer."""

    request: Request
    rights: Rights
    bases: Bases
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def query(self) -> Mapping[str, str]:
        """The query parameters; of a repeated one the last counts."""
        return dict(self.request.query_params)

    def uuid(self) -> str:
        """The uuid in the path; 404 for what is none."""
        uuid = str(self.request.path_params["uuid"]).lower()
        if not UUID.fullmatch(uuid):
            raise not_found()
        return uuid


class _Types:
    def __init__(self, rights: Mapping[str, Rights]) -> None:
        self._rights = rights

    def endpoint(
        self, handler: Callable[[Ask], Awaitable[object]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that admits the caller and writes what the handler gives, or its Problem."""

        async def respond(request: Request) -> Response:
            root = origin(request) + str(request.scope.get("root_path", ""))
            outer = root.removesuffix(PATH).removesuffix(TYPES_PATH)
            bases = Bases(f"{outer}/zaken/api/v1", f"{outer}/catalogi/api/v1")
            try:
                ask = Ask(request, self._admitted(request), bases)
                body = await handler(ask)
            except Problem as problem:
                return _refusal(problem, request)
            text = json.dumps(body, ensure_ascii=False).replace(OWN, f"{root}/")
            return Response(bases.shown(text), headers=ask.headers, media_type="application/json")

        return respond

    def _admitted(self, request: Request) -> Rights:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Token" or token not in self._rights:
            raise Problem(401, "authentication_failed", "AuthenticationFailed", "Invalid token.")
        return self._rights[token]

    async def types(self, ask: Ask) -> object:
        """All objecttypes."""
        return _page(ask, [_type(uuid) for uuid in NAMES])

    async def type(self, ask: Ask) -> object:
        """One objecttype."""
        return _type(_known(ask.uuid()))

    async def versions(self, ask: Ask) -> object:
        """The versions of one: published ones, and a draft that nobody may use yet."""
        uuid = _known(ask.uuid())
        return _page(ask, [_version(uuid, 1, "published"), _version(uuid, 2, "draft")])

    async def version(self, ask: Ask) -> object:
        """One version of one."""
        number = str(ask.request.path_params["number"])
        if number not in ("1", "2"):
            raise not_found()
        return _version(_known(ask.uuid()), int(number), "published" if number == "1" else "draft")


class _Objecten(_Types):
    def __init__(self, rights: Mapping[str, Rights], world: World, cases: Cases) -> None:
        super().__init__(rights)
        self._world = world
        self._cases = cases

    @cached_property
    def objects(self) -> Mapping[str, Object]:
        """Every object by uuid."""
        return build_objects(self._world, self._cases)

    async def listed(self, ask: Ask) -> object:
        """The objects that the query asks for, with the fields that it names."""
        _check_crs(ask.request)
        query = ask.query
        expressions = ask.request.query_params.getlist("data_attr")
        if query.get("data_attrs"):
            expressions += query["data_attrs"].split(",")
        found = self._found(ask, query.get("type"), expressions)
        return self._answer(ask, found, query.get("fields", ""))

    async def searched(self, ask: Ask) -> object:
        """The same for a body, but for the page and the day, which stand in the query."""
        if "content-crs" not in ask.request.headers:
            raise precondition_failed("Content-Crs")
        _check_crs(ask.request)
        body = await _body(ask.request)
        if not all(isinstance(body.get(name, ""), str) for name in ("data_attr", "data_attrs")):
            raise broken()
        expressions = [body["data_attr"]] if body.get("data_attr") else []
        expressions += body["data_attrs"].split(",") if body.get("data_attrs") else []
        found = self._found(ask, body.get("type"), expressions)
        return self._answer(ask, found, "")

    async def one(self, ask: Ask) -> object:
        """One object as it is on a day."""
        _check_crs(ask.request)
        known = self.objects.get(ask.uuid())
        record = None if known is None else on(known.records, self._day(ask))
        if known is None or record is None:
            raise not_found()
        if known.type not in ask.rights.types:
            raise forbidden()
        return self._shown(ask, [_wire(known, record)], ask.query.get("fields", ""))[0]

    async def permissions(self, ask: Ask) -> object:
        """What the token may see."""
        return _page(
            ask,
            [
                {
                    "type": f"{OWN}objecttypes/{uuid}",
                    "mode": "read_only",
                    "use_fields": fields is not None,
                    "fields": {"1": sorted(fields)} if fields is not None else None,
                }
                for uuid, fields in ask.rights.types.items()
            ],
        )

    def _found(self, ask: Ask, kind: Any, expressions: Sequence[str]) -> list[Wire]:
        uuid = None if kind is None else str(kind).rstrip("/").rpartition("/")[2].lower()
        if uuid is not None and uuid not in NAMES:
            reason = "Select a valid object type."
            raise invalid([Param("type", "invalid_choice", reason)])
        day = self._day(ask)
        found = []
        for each in reversed(list(self.objects.values())):
            if each.type not in ask.rights.types or (uuid is not None and each.type != uuid):
                continue
            record = on(each.records, day)
            if record is not None and all(meets(record["data"], text) for text in expressions):
                found.append(_wire(each, record))
        return found

    def _answer(self, ask: Ask, found: Sequence[Wire], fields: str) -> Wire:
        page = _page(ask, found)
        return {**page, "results": self._shown(ask, page["results"], fields)}

    def _shown(self, ask: Ask, found: Sequence[Wire], fields: str) -> list[Wire]:
        shown, hidden = [], set()
        for wire in found:
            allowed = ask.rights.types[wire["type"].rpartition("/")[2]]
            if allowed is not None:
                wire, names = unauthorized(wire, allowed)
                asked = fields.split(",")
                hidden |= {name for name in names if not fields or any(
                    part == name or part.startswith(f"{name}__") for part in asked)}  # fmt: skip
            shown.append(selected(wire, fields) if fields else wire)
        if hidden:
            ask.headers["X-Unauthorized-Fields"] = ",".join(sorted(hidden))
        return shown

    def _day(self, ask: Ask) -> str:
        return ask.query.get("date") or self._world.today.isoformat()


def _wire(each: Object, record: Wire) -> Wire:
    return {
        "url": f"{OWN}objects/{each.uuid}",
        "uuid": each.uuid,
        "type": f"{OWN}objecttypes/{each.type}",
        "record": record,
    }


def _known(uuid: str) -> str:
    if uuid not in NAMES:
        raise not_found()
    return uuid


def _schema(uuid: str) -> Any:
    return json.loads((SCHEMAS / f"{NAMES[uuid][0]}.json").read_text(encoding="utf-8"))


def _type(uuid: str) -> Wire:
    name, plural, classification = NAMES[uuid]
    return {
        "url": f"{OWN}objecttypes/{uuid}",
        "uuid": uuid,
        "name": name,
        "namePlural": plural,
        "description": _schema(uuid)["description"],
        "dataClassification": classification,
        "maintainerOrganization": "Gemeente Weidevaart",
        "maintainerDepartment": "",
        "contactPerson": "",
        "contactEmail": "",
        "source": "",
        "updateFrequency": "unknown",
        "providerOrganization": "",
        "documentationUrl": "",
        "labels": {},
        "linkableToZaken": True,
        "createdAt": "2025-01-06",
        "modifiedAt": "2025-01-06",
        "allowGeometry": True,
        "versions": [f"{OWN}objecttypes/{uuid}/versions/{number}" for number in (1, 2)],
    }


def _version(uuid: str, number: int, status: str) -> Wire:
    return {
        "url": f"{OWN}objecttypes/{uuid}/versions/{number}",
        "version": number,
        "objectType": f"{OWN}objecttypes/{uuid}",
        "status": status,
        "jsonSchema": _schema(uuid),
        "createdAt": "2025-01-06",
        "modifiedAt": "2025-01-06",
        "publishedAt": "2025-01-06" if status == "published" else None,
    }


def _page(ask: Ask, found: Sequence[Wire]) -> Wire:
    asked = ask.query.get("pageSize", "")
    size = min(int(asked), LARGEST_PAGE) if asked.isdecimal() and int(asked) else PAGE
    last = max(1, -(-len(found) // size))
    number = ask.query.get("page", "1")
    if not number.isdecimal() or not 1 <= int(number) <= last:
        raise not_found("Invalid page.")
    at = int(number)
    return {
        "count": len(found),
        "next": _page_url(ask, at + 1) if at < last else None,
        "previous": _page_url(ask, at - 1) if at > 1 else None,
        "results": list(found[(at - 1) * size : at * size]),
    }


def _page_url(ask: Ask, number: int) -> str:
    url = ask.request.url.include_query_params(page=number)
    return f"{origin(ask.request)}{url.path}?{url.query}"


def _check_crs(request: Request) -> None:
    for name in ("accept-crs", "content-crs"):
        if request.headers.get(name, CRS) != CRS:
            raise Problem(406, "not_acceptable", "NotAcceptable", "CRS is not supported.")


async def _body(request: Request) -> Mapping[str, Any]:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise unreadable() from None
    if not isinstance(body, dict):
        raise unreadable()
    return body


def _refusal(problem: Problem, request: Request) -> Response:
    """The body of an error; this API writes `invalid_params` where others write `invalidParams`."""
    body = problem.body(origin(request), f"{request.method} {request.url.path}")
    if "invalidParams" in body:
        body["invalid_params"] = body.pop("invalidParams")
    headers = {"WWW-Authenticate": "Token"} if problem.status == 401 else None
    return Response(json.dumps(body), problem.status, headers, "application/json")
