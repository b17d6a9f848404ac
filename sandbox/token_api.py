"""What Open Klant and Open Product have in common: a token, lists with pages, details (operation).

Klantinteracties API 0.9.0 and Producten API 1.7.0: `Authorization: Token ...` opens everything;
lists are `{count, next, previous, results}`; a page may hold up to 500. What they hold is made at
the first request, so that starting the sandbox does not wait for it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from sandbox.wire import Wire
from sandbox.zgw_filters import UUID, Collection
from sandbox.zgw_links import Bases
from sandbox.zgw_problem import Param, Problem, invalid, method_not_allowed, not_found

PAGE = 100
LARGEST_PAGE = 500
OWN = "own://"
"""How an object writes the root of its own API before a request gives it a host."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

Shelves = Mapping[str, Collection]
Shape = Callable[["Ask", Wire], Wire]
Failure = Callable[[Problem, Request], Wire]


@dataclass(frozen=True, slots=True)
class Ask:
    """One admitted request: what it asks, beside the page."""

    request: Request
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manner:
    """How one of the APIs speaks.

    `size` is the parameter for the size of a page; `others` are parameters of no filter; `strict`
    says that unknown parameters are refused; `failure` writes an error's body.
    """

    path: str
    token: str
    size: str
    strict: bool
    failure: Failure
    media_type: str = "application/json"
    others: frozenset[str] = frozenset()
    version: str = ""


class TokenApi:
    """One API over shelves that `fill` makes at the first request that is admitted."""

    def __init__(
        self, manner: Manner, fill: Callable[[], Shelves], shape: Shape | None = None
    ) -> None:
        self._manner = manner
        self._fill = fill
        self._shape = shape or (lambda ask, wire: wire)

    @cached_property
    def shelves(self) -> Shelves:
        """Everything there is, by resource."""
        return self._fill()

    def app(self, more: Sequence[Route] = ()) -> Router:
        """The API as an ASGI app; `more` are routes that this one has beside lists and details."""
        routes = [
            *more,
            Route("/{resource}", self.endpoint(self._list), methods=list(METHODS)),
            Route("/{resource}/{uuid}", self.endpoint(self._detail), methods=list(METHODS)),
        ]
        return Router(routes, redirect_slashes=False, default=self._nowhere)

    def endpoint(
        self, handler: Callable[[Ask], Awaitable[object]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that admits the caller and writes what the handler gives, or its Problem."""

        async def respond(request: Request) -> Response:
            try:
                self._admit(request)
                body = await handler(Ask(request, dict(request.query_params)))
            except Problem as problem:
                return self._refusal(problem, request)
            return self._written(request, body)

        return respond

    def page(self, ask: Ask, found: Sequence[Wire]) -> Wire:
        """One page of a list."""
        size = self._size(ask)
        last = max(1, -(-len(found) // size))
        asked = ask.query.get("page", "1")
        if not asked.isdecimal() or not 1 <= int(asked) <= last:
            raise not_found("Ongeldige pagina.")
        number = int(asked)
        shown = found[(number - 1) * size : number * size]
        return {
            "count": len(found),
            "next": _page_url(ask, number + 1) if number < last else None,
            "previous": _page_url(ask, number - 1) if number > 1 else None,
            "results": [self._shape(ask, wire) for wire in shown],
        }

    def one(self, ask: Ask, resource: str) -> Wire:
        """The object that the path names; 404 also for what is no UUID at all."""
        uuid = str(ask.request.path_params["uuid"]).lower()
        shelf = self._shelf(resource)
        if not UUID.fullmatch(uuid) or uuid not in shelf.by_uuid:
            raise not_found()
        return shelf.by_uuid[uuid]

    async def _list(self, ask: Ask) -> object:
        shelf = self._shelf(ask.request.path_params["resource"])
        known = {"page", self._manner.size, *self._manner.others, *shelf.filters}
        unknown = sorted(set(ask.query) - known)
        if unknown and self._manner.strict:
            reason = "Onbekende parameters: " + ", ".join(unknown)
            raise invalid([Param("nonFieldErrors", "unknown-parameters", reason)])
        asked = {
            name: value.split(",") if shelf.filters[name].many else [value]
            for name, value in ask.query.items()
            if name in shelf.filters and value
        }
        return self.page(ask, shelf.find(asked))

    async def _detail(self, ask: Ask) -> object:
        return self._shape(ask, self.one(ask, ask.request.path_params["resource"]))

    def _shelf(self, resource: str) -> Collection:
        if resource not in self.shelves:
            raise not_found()
        return self.shelves[resource]

    def _size(self, ask: Ask) -> int:
        asked = ask.query.get(self._manner.size, "")
        if not asked.isdecimal() or int(asked) == 0:
            return PAGE
        return min(int(asked), LARGEST_PAGE)

    def _admit(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Token {self._manner.token}":
            detail = "Ongeldige token."
            raise Problem(401, "authentication_failed", "AuthenticationFailed", detail)
        if request.method not in ("GET", "HEAD"):
            raise method_not_allowed()

    async def _nowhere(self, scope: Any, receive: Any, send: Any) -> None:
        """The answer for a path that is not there: with a slash behind it a page of HTML."""
        request = Request(scope)
        response = self._refusal(not_found(), request)
        if request.url.path.endswith("/"):
            response = Response("<h1>Server Error (500)</h1>", 500, media_type="text/html")
        await response(scope, receive, send)

    def _refusal(self, problem: Problem, request: Request) -> Response:
        body = json.dumps(self._manner.failure(problem, request), ensure_ascii=False)
        headers = {"WWW-Authenticate": "Token"} if problem.status == 401 else None
        return Response(body, problem.status, headers, self._manner.media_type)

    def _written(self, request: Request, body: object) -> Response:
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        root = origin(request) + _outer(request, self._manner.path)
        bases = Bases(f"{root}/zaken/api/v1", f"{root}/catalogi/api/v1")
        text = bases.shown(text.replace(OWN, f"{root}{self._manner.path}/"))
        version = {"API-version": self._manner.version} if self._manner.version else None
        return Response(text, headers=version, media_type="application/json")


def origin(request: Request) -> str:
    """Scheme and host as the request has them."""
    scheme = request.headers.get("x-forwarded-proto", request.url.scheme)
    return f"{scheme}://{request.headers.get('host', request.url.netloc)}"


def reference(resource: str, uuid: str) -> Wire:
    """A reference to an object of the same API."""
    return {"uuid": uuid, "url": f"{OWN}{resource}/{uuid}"}


def _outer(request: Request, path: str) -> str:
    return str(request.scope.get("root_path", "")).removesuffix(path)


def _page_url(ask: Ask, number: int) -> str:
    url = ask.request.url.remove_query_params("page")
    page = url.include_query_params(page=number) if number > 1 else url
    shown = f"{origin(ask.request)}{url.path}"
    return f"{shown}?{page.query}" if page.query else shown
