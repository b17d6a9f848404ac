"""Puts the addresses together into the application that a server runs (startup)."""

from collections.abc import Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Lifespan

from gateway.edge.authorize import PURPOSE, ZAAKTYPE
from gateway.edge.bounds import BoundedHead, HeadBounds
from gateway.edge.errors import EXCEPTION_HANDLERS, GRAPHQL_PATH
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
    everything that it can be given.
    """
    sockets = [] if socket is None else [WebSocketRoute(GRAPHQL_PATH, socket)]
    starlette = Starlette(
        routes=[Route(GRAPHQL_PATH, endpoint), *sockets, *health_routes(readiness), *more],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=lifespan,
    )
    starlette.router.redirect_slashes = False
    site: ASGIApp = _shared_with(starlette, origins) if origins else starlette
    bounded = BoundedHead(site, bounds or HeadBounds())
    return ResponseHeaders(bounded, version, readiness.draining)


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
