"""Bounds on what comes before the body: the address and the headers (per request).

The server parses these before anything of ours runs and has wider bounds of its own, which end in a
bare 400; a proxy in front bounds the time that they may take.
"""

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.edge.errors import TransportError, error_response
from gateway.operation.errors import Code


@dataclass(frozen=True, slots=True)
class HeadBounds:
    """At most so many headers, bytes of headers with their separators, and bytes of address."""

    headers: int = 64
    header_bytes: int = 16_384
    address_bytes: int = 8_192


class BoundedHead:
    """Wraps an application; answers 414 or 431 where the request exceeds the bounds."""

    def __init__(self, app: ASGIApp, bounds: HeadBounds) -> None:
        self._app = app
        self._bounds = bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or passes it on."""
        error = self._breach(scope) if scope["type"] in ("http", "websocket") else None
        app = error_response(error, scope) if error else self._app
        await app(scope, receive, send)

    def _breach(self, scope: Scope) -> TransportError | None:
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        if len(path) + 1 + len(scope["query_string"]) > self._bounds.address_bytes:
            return TransportError(Code.LIMIET, "Het adres is te lang.", status=414)
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        size = sum([len(name) + len(value) + 4 for name, value in headers])
        if len(headers) > self._bounds.headers or size > self._bounds.header_bytes:
            return TransportError(Code.LIMIET, "De headers zijn te groot.", status=431)
        return None
