"""What the Zaken and Catalogi API have in common: admission, lists with pages, details with ETags.

Operation phase. An `Api` wraps each handler in the checks of Open Zaak, in its order: media type,
JWT, coordinate system, and only then the question itself.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from sandbox.wire import Wire
from sandbox.zgw_auth import Gatekeeper
from sandbox.zgw_filters import UUID, Collection, Filter, Reader
from sandbox.zgw_links import Bases
from sandbox.zgw_problem import (
    Param,
    Problem,
    broken,
    forbidden,
    invalid,
    method_not_allowed,
    not_acceptable,
    not_found,
    precondition_failed,
)

Dialect = Literal["standard", "openzaak"]
CRS = "EPSG:4326"
PAGE = 100
LARGEST_PAGE = 500
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
JSON = ("application/json", "application/*", "*/*")

Query = Mapping[str, str]
Shape = Callable[[Wire], Wire]


@dataclass(frozen=True, slots=True)
class Ask:
    """One admitted request with the API roots as it sees them."""

    request: Request
    bases: Bases

    @property
    def query(self) -> Query:
        """The query parameters; of a repeated one the last counts."""
        return dict(self.request.query_params)

    def uuid(self, name: str = "uuid") -> str:
        """A UUID from the path; a malformed one makes Open Zaak fail (500)."""
        uuid = str(self.request.path_params[name]).lower()
        if not UUID.fullmatch(uuid):
            raise broken()
        return uuid


Handler = Callable[[Ask], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Api:
    """One of the two APIs: its mount path, version, dialect and who guards it."""

    path: str
    version: str
    dialect: Dialect
    gatekeeper: Gatekeeper

    def route(
        self, path: str, handler: Handler, *, method: str = "GET", crs: bool = False
    ) -> BaseRoute:
        """A route that answers one method; with `crs` it demands coordinate system headers."""

        async def endpoint(request: Request) -> Response:
            try:
                self._admit(request, method, crs)
                response = await handler(Ask(request, self.bases(request)))
            except Problem as problem:
                response = self._failure(request, problem)
            response.headers["API-version"] = self.version
            if crs:
                response.headers["Content-Crs"] = CRS
            return response

        return Route(path, endpoint, methods=list(METHODS))

    async def nowhere(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer for a path that does not exist."""
        response = self._failure(Request(scope), not_found())
        await response(scope, receive, send)

    def bases(self, request: Request) -> Bases:
        """The API roots: scheme and host as the request has them, X-Forwarded-Proto included."""
        outer = str(request.scope.get("root_path", "")).removesuffix(self.path)
        return Bases.under(f"{_origin(request)}{outer}")

    def _admit(self, request: Request, method: str, crs: bool) -> None:
        accepted = request.headers.get("accept", "*/*").split(",")
        if not any(part.partition(";")[0].strip() in JSON for part in accepted):
            raise not_acceptable()
        self.gatekeeper.admit(request.headers.get("authorization"))
        if request.method not in (method, "HEAD" if method == "GET" else method):
            raise method_not_allowed() if request.method in ("GET", "HEAD") else forbidden()
        if crs:
            _check_crs(request)

    def _failure(self, request: Request, problem: Problem) -> Response:
        where = f"{request.method} {request.url.path}"
        standard = self.dialect == "standard"
        return Response(
            json.dumps(problem.body(_origin(request), where), ensure_ascii=False),
            problem.status,
            media_type="application/problem+json" if standard else "application/json",
        )

    def known(self, filters: Mapping[str, Filter], *, body: bool = False) -> frozenset[str]:
        """The filters that this dialect has, in a query or in a body."""
        extensions = self.dialect == "openzaak"
        return frozenset(
            name
            for name, known in filters.items()
            if (extensions or not known.extension) and (body or not known.body)
        )

    def check_names(self, query: Query, known: Iterable[str], *, paged: bool = True) -> None:
        """Problem 400 for query parameters that the resource does not know."""
        pages = {"page", "pageSize"} if self.dialect == "openzaak" else {"page"}
        unknown = sorted(set(query) - set(known) - (pages if paged else set()))
        if unknown:
            reason = "Onbekende parameters: " + ", ".join(unknown)
            raise invalid([Param("nonFieldErrors", "unknown-parameters", reason)])

    def find(self, ask: Ask, collection: Collection, extra: Iterable[str] = ()) -> list[Wire]:
        """The objects that the query asks for, newest first; `extra` are names of no filter."""
        known = self.known(collection.filters)
        self.check_names(ask.query, known | frozenset(extra))
        asked = {name: raw for name, raw in ask.query.items() if name in known}
        return collection.find(wanted(asked, collection.filters, ask.bases))

    def page(self, ask: Ask, found: Sequence[Wire], shape: Shape | None = None) -> Response:
        """One page of objects with count, next and previous, each object put through `shape`."""
        size = self._page_size(ask.query)
        number = _page_number(ask.query, last=max(1, -(-len(found) // size)))
        shown = found[(number - 1) * size : number * size]
        body = {
            "count": len(found),
            "next": _page_url(ask, number + 1) if number * size < len(found) else None,
            "previous": _page_url(ask, number - 1) if number > 1 else None,
            "results": [shape(wire) for wire in shown] if shape else shown,
        }
        return answer(ask, body)

    def _page_size(self, query: Query) -> int:
        asked = query.get("pageSize", "")
        if self.dialect == "standard" or not asked.isdecimal() or int(asked) == 0:
            return PAGE
        return min(int(asked), LARGEST_PAGE)

    def list_route(self, path: str, collection: Collection) -> BaseRoute:
        """A paged list of a resource."""

        async def handler(ask: Ask) -> Response:
            return self.page(ask, self.find(ask, collection))

        return self.route(path, handler)

    def detail_route(self, path: str, collection: Collection, *, etag: bool = True) -> BaseRoute:
        """One object of a resource."""

        async def handler(ask: Ask) -> Response:
            return detail(ask, one(collection.by_uuid, ask.uuid()), etag=etag)

        return self.route(path, handler)


def wanted(
    asked: Mapping[str, object], filters: Mapping[str, Filter], bases: Bases
) -> dict[str, list[str]]:
    """What a question asks of each filter, defaults included; Problem 400 when values are wrong."""
    reader = Reader(bases)
    values = {name: reader.values(name, filters[name], raw) for name, raw in asked.items()}
    reader.finish()
    defaults = {name: [known.default] for name, known in filters.items() if known.default}
    return defaults | {name: given for name, given in values.items() if given}


def one(objects: Mapping[str, Wire], uuid: str) -> Wire:
    """The object with a uuid; Problem 404 when there is none."""
    try:
        return objects[uuid]
    except KeyError:
        raise not_found() from None


def detail(ask: Ask, wire: Wire, shape: Shape | None = None, *, etag: bool = True) -> Response:
    """One object, or 304 when the client has it already.

    The ETag is over the object itself: the same with and without expand, and whatever the host.
    """
    if not etag:
        return answer(ask, wire)
    tag = f'"{hashlib.sha256(json.dumps(wire).encode()).hexdigest()[:32]}"'
    held = ask.request.headers.get("if-none-match", "")
    if tag in (part.strip().removeprefix("W/") for part in held.split(",")):
        return Response(status_code=304, headers={"ETag": tag})
    response = answer(ask, shape(wire) if shape else wire)
    response.headers["ETag"] = tag
    return response


def answer(ask: Ask, body: object) -> Response:
    """A JSON answer in which URLs are those of this request."""
    text = ask.bases.shown(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
    return Response(text, media_type="application/json")


def _origin(request: Request) -> str:
    scheme = request.headers.get("x-forwarded-proto", request.url.scheme)
    return f"{scheme}://{request.headers.get('host', request.url.netloc)}"


def _check_crs(request: Request) -> None:
    names = ("Content-Crs", "Accept-Crs") if request.method == "POST" else ("Accept-Crs",)
    for name in names:
        value = request.headers.get(name)
        if value is None:
            raise precondition_failed(name)
        if value != CRS:
            raise not_acceptable("Dit coördinatenstelsel wordt niet ondersteund.")


def _page_number(query: Query, last: int) -> int:
    asked = query.get("page", "1")
    if not asked.isdecimal() or not 1 <= int(asked) <= last:
        raise not_found("Ongeldige pagina.")
    return int(asked)


def _page_url(ask: Ask, number: int) -> str:
    url = ask.request.url
    shown = f"{_origin(ask.request)}{url.path}"
    rest = url.remove_query_params("page")
    page = rest.include_query_params(page=number) if number > 1 else rest
    return f"{shown}?{page.query}" if page.query else shown
