"""The Notificaties API 1.0 as Open Notificaties 1.16 was seen to behave (operation).

Whoever subscribes is tried out first: a message on the channel `test` must be answered with 204,
and without credentials with 401 or 403. A subscription is listed without its credentials. Messages
are sent once, at once: the real one waits some seconds and tries again.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener
from urllib.request import Request as Outgoing
from uuid import uuid4

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from sandbox.wire import Wire
from sandbox.zgw_auth import Gatekeeper
from sandbox.zgw_links import Bases
from sandbox.zgw_problem import Param, Problem, invalid, method_not_allowed, not_found, unreadable

PATH = "/notificaties/api/v1"
KANALEN = (
    "zaken",
    "documenten",
    "besluiten",
    "zaaktypen",
    "informatieobjecttypen",
    "besluittypen",
    "autorisaties",
    "objecten",
)
TEST: Wire = {
    "kanaal": "test",
    "hoofdObject": "http://hoofdobject.voorbeeld.nl/",
    "resource": "test",
    "resourceUrl": "http://resource.voorbeeld.nl/",
    "actie": "create",
    "aanmaakdatum": "2026-01-01T12:00:00Z",
    "kenmerken": {},
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SECONDS = 10.0
UNREACHED = 0

Post = Callable[[str, str | None, str], Awaitable[int]]
"""Sends a text to an address with these credentials; gives the status, 0 if nothing answered."""


@dataclass(frozen=True, slots=True)
class Abonnement:
    """Who is told of what; `root` is how the subscriber writes where the registries are."""

    uuid: str
    callback: str
    auth: str
    kanalen: Sequence[Wire]
    root: str

    def wire(self, here: str) -> Wire:
        """As it is listed."""
        return {
            "url": f"{here}/abonnement/{self.uuid}",
            "callbackUrl": self.callback,
            "kanalen": list(self.kanalen),
        }


async def post(address: str, auth: str | None, text: str) -> int:
    """Over HTTP, in a thread."""
    return await anyio.to_thread.run_sync(_posted, address, auth, text)


def _posted(address: str, auth: str | None, text: str) -> int:
    headers = {"Content-Type": "application/json", **({"Authorization": auth} if auth else {})}
    try:
        outgoing = Outgoing(address, text.encode(), headers)  # noqa: S310  # http, see `_checked`
        with build_opener(ProxyHandler({})).open(outgoing, timeout=SECONDS) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code
    except (OSError, ValueError):
        return UNREACHED


@dataclass(slots=True)
class Notificaties:
    """The API with its subscriptions; `publish` is for the registries beside it."""

    gatekeeper: Gatekeeper
    post: Post = post
    abonnementen: dict[str, Abonnement] = field(default_factory=dict)

    def app(self) -> Router:
        """The API as an ASGI app."""
        routes = [
            Route("/kanaal", self._endpoint(self._kanalen), methods=list(METHODS)),
            Route("/abonnement", self._endpoint(self._every), methods=list(METHODS)),
            Route("/abonnement/{uuid}", self._endpoint(self._one), methods=list(METHODS)),
        ]
        return Router(routes, redirect_slashes=False)

    async def publish(self, message: Wire) -> int:
        """Tell all that subscribed to its channel; how many took it. Addresses in the message are
        those of `sandbox.zgw_links`.
        """
        text = json.dumps(message, ensure_ascii=False)
        statuses = [
            await self.post(each.callback, each.auth, Bases.under(each.root).shown(text))
            for each in list(self.abonnementen.values())
            if any(kanaal["naam"] == message["kanaal"] for kanaal in each.kanalen)
        ]
        return sum(200 <= status < 300 for status in statuses)

    def _endpoint(
        self, handler: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            try:
                self.gatekeeper.admit(request.headers.get("authorization"))
                return await handler(request)
            except Problem as problem:
                body = problem.body(_root(request), f"{request.method} {request.url.path}")
                return JSONResponse(body, problem.status)

        return respond

    async def _kanalen(self, request: Request) -> Response:
        if request.method != "GET":
            raise method_not_allowed()
        here = _here(request)
        wanted = request.query_params.get("naam")
        return JSONResponse(
            [
                {"url": f"{here}/kanaal/{naam}", "naam": naam, "filters": []}
                for naam in KANALEN
                if wanted in (None, naam)
            ]
        )

    async def _every(self, request: Request) -> Response:
        here = _here(request)
        match request.method:
            case "GET":
                return JSONResponse([each.wire(here) for each in self.abonnementen.values()])
            case "POST":
                made = await self._tried(request, str(uuid4()))
                return JSONResponse(made.wire(here), 201)
        raise method_not_allowed()

    async def _one(self, request: Request) -> Response:
        uuid = str(request.path_params["uuid"])
        if uuid not in self.abonnementen:
            raise not_found()
        match request.method:
            case "GET":
                return JSONResponse(self.abonnementen[uuid].wire(_here(request)))
            case "PUT":
                return JSONResponse((await self._tried(request, uuid)).wire(_here(request)))
            case "DELETE":
                del self.abonnementen[uuid]
                return Response(status_code=204)
        raise method_not_allowed()

    async def _tried(self, request: Request, uuid: str) -> Abonnement:
        """The subscription in the body, after its callback has been tried; then it is kept."""
        wanted = _checked(await _body(request))
        test = json.dumps(TEST)
        if await self.post(wanted["callbackUrl"], None, test) not in (401, 403):
            raise _refused("callbackUrl", "no-auth-on-callback-url", "Geen autorisatie.")
        if await self.post(wanted["callbackUrl"], wanted["auth"], test) != 204:
            raise _refused("nonFieldErrors", "invalid-callback-url", "Ontvangt geen notificaties.")
        made = Abonnement(
            uuid, wanted["callbackUrl"], wanted["auth"], wanted["kanalen"], _root(request)
        )
        self.abonnementen[uuid] = made
        return made


async def _body(request: Request) -> Mapping[str, Any]:
    try:
        value = json.loads(await request.body())
    except ValueError:
        raise unreadable() from None
    if not isinstance(value, dict):
        raise unreadable()
    return value


def _checked(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same, if it is a subscription: schema Abonnement of Open Notificaties."""
    for name, longest in (("callbackUrl", 200), ("auth", 1_000)):
        value = body.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            raise _refused(name, "required", "Dit veld is vereist.")
    if not body["callbackUrl"].startswith(("http://", "https://")):
        raise _refused("callbackUrl", "invalid", "Voer een geldige URL in.")
    kanalen = body.get("kanalen")
    if not isinstance(kanalen, list) or not all(isinstance(each, dict) for each in kanalen):
        raise _refused("kanalen", "required", "Dit veld is vereist.")
    if any(each.get("naam") not in KANALEN for each in kanalen):
        raise _refused("kanalen", "kanaal_naam", "Dit kanaal bestaat niet.")
    return body


def _refused(name: str, code: str, reason: str) -> Problem:
    return invalid([Param(name, code, reason)])


def _here(request: Request) -> str:
    return f"{_root(request)}{PATH}"


def _root(request: Request) -> str:
    outer = str(request.scope.get("root_path", "")).removesuffix(PATH)
    host = request.headers.get("host", request.url.netloc)
    return f"{request.url.scheme}://{host}{outer}"
