"""Puts the addresses together into the application that a server runs (startup)."""

from collections.abc import Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from gateway.edge.authorize import PURPOSE, ZAAKTYPE
from gateway.edge.bounds import BoundedHead, HeadBounds
from gateway.edge.errors import EXCEPTION_HANDLERS, GRAPHQL_PATH, unexpected
from gateway.edge.headers import ResponseHeaders
from gateway.edge.health import Readiness, health_routes
from gateway.edge.question import OPTIONS


def build_site(
    endpoint: ASGIApp,
    readiness: Readiness,
    version: str,
    *,
    socket: ASGIApp | None = None,
    more: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Any] | None = None,
    bounds: HeadBounds | None = None,
    origins: Sequence[str] = (),
) -> ASGIApp:
    """The whole application: the GraphQL endpoint (and `socket` for WebSockets to it), health, and
    `more`: downloads, the explorer.

    `origins` are the web sites whose pages may ask (CORS): named one by one, never all, and without
    credentials of the browser, since who asks is in the token.

    The wrappers stand outside Starlette, because its answer to an unexpected error is made outside
    everything that it can be given. A question does not go through its routes: what those do for
    every request takes longer than most answers.
    """
    sockets = [] if socket is None else [WebSocketRoute(GRAPHQL_PATH, socket)]
    starlette = Starlette(
        routes=[*sockets, *health_routes(readiness), *more],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=lifespan,
    )
    starlette.router.redirect_slashes = False
    site: ASGIApp = _Ahead(ServerErrorMiddleware(endpoint, handler=unexpected), starlette)
    if origins:
        site = _shared_with(site, origins)
    bounded = BoundedHead(site, bounds or HeadBounds())
    return ResponseHeaders(bounded, version, readiness.draining)


class _Ahead:
    """Questions go straight to their endpoint, all else to the others."""

    def __init__(self, endpoint: ASGIApp, others: ASGIApp) -> None:
        self._endpoint = endpoint
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["path"] == GRAPHQL_PATH
        await (self._endpoint if asked else self._others)(scope, receive, send)


def _shared_with(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Traceparent", PURPOSE, ZAAKTYPE, *OPTIONS],
        allow_credentials=False,
        expose_headers=["API-Version", "Content-Disposition", "Retry-After", "WWW-Authenticate"],
        max_age=600,
    )
