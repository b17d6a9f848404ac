"""Puts the addresses together into the application that a server runs (startup)."""

from collections.abc import Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Lifespan

from gateway.edge.bounds import BoundedHead, HeadBounds
from gateway.edge.errors import EXCEPTION_HANDLERS, GRAPHQL_PATH
from gateway.edge.headers import ResponseHeaders
from gateway.edge.health import Readiness, health_routes


def build_site(
    endpoint: ASGIApp,
    readiness: Readiness,
    version: str,
    *,
    more: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Any] | None = None,
    bounds: HeadBounds | None = None,
) -> ASGIApp:
    """The whole application: the GraphQL endpoint, health, and `more` such as the explorer.

    The wrappers stand outside Starlette, because its answer to an unexpected error is made outside
    everything that it can be given.
    """
    starlette = Starlette(
        routes=[Route(GRAPHQL_PATH, endpoint), *health_routes(readiness), *more],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=lifespan,
    )
    starlette.router.redirect_slashes = False
    bounded = BoundedHead(starlette, bounds or HeadBounds())
    return ResponseHeaders(bounded, version, readiness.draining)
