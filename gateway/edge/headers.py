"""The headers that every answer carries (per request).

From the API Design Rules 2.x (transport security, `API-Version`, no-store) and the OWASP list that
they point to. A part that needs another value, as the explorer's content policy, sets it itself.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


Header = tuple[bytes, bytes]
_STARTS: Final = frozenset({"http.response.start", "websocket.http.response.start"})


def fixed_headers(version: str) -> list[Header]:
    """Those of every answer, with their names in lower case."""
    named = {**SECURITY_HEADERS, "API-Version": version}
    return [(name.lower().encode(), value.encode()) for name, value in named.items()]


class ResponseHeaders:
    """Wraps an application; adds the security headers and `API-Version` to all its answers.

    While `draining()`, answers also end their connection, so that clients go elsewhere.
    """

    def __init__(self, app: ASGIApp, version: str, draining: Callable[[], bool]) -> None:
        self._app = app
        self._headers = fixed_headers(version)
        self._names = frozenset(name for name, _ in self._headers)
        self._draining = draining

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] in _STARTS:
                message["headers"] = self._added(message.get("headers", ()))
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _added(self, headers: Iterable[Header]) -> list[Header]:
        """Also those that were not there: names are in lower case in what ASGI sends."""
        given = list(headers)
        if self._draining():
            given = [each for each in given if each[0] != b"connection"]
            given.append((b"connection", b"close"))
        names = {name for name, _ in given}
        if self._names.isdisjoint(names):
            return given + self._headers
        return given + [each for each in self._headers if each[0] not in names]
