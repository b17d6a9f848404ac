"""Refusals by HTTP itself, and the form in which every error leaves (per request).

The tree, whole:

    RequestError              gateway.operation.errors
      TransportError          its status holds whatever media type the client accepts

On the GraphQL address an error is a GraphQL response without `data`; anywhere else it is a problem
document (RFC 9457). Neither repeats anything of the request.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from gateway.edge.negotiate import JSON, answer_type
from gateway.operation.errors import Code, RequestError, refused
from gateway.operation.written import written

GRAPHQL_PATH: Final = "/graphql"
PROBLEM: Final = "application/problem+json"


class TransportError(RequestError):
    """A request that is refused by what HTTP says of it, or by what its body is made of.

    `headers` are those that the status asks for, as `Allow` with 405.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        status: int = 400,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code, message, status=status, extensions=extensions)
        self.headers = dict(headers or {})


_OF_STATUS: Final[Mapping[int, tuple[Code, str]]] = {
    404: (Code.NIET_GEVONDEN, "Op dit adres is niets."),
    405: (Code.METHODE, "Dit adres kent deze methode niet. Zie de header Allow."),
    413: (Code.LIMIET, "De inhoud is te groot."),
    500: (Code.INTERNE_FOUT, "Er ging iets mis in de gateway. Probeer het later opnieuw."),
}


def of_status(status: int, headers: Mapping[str, str] | None = None) -> TransportError:
    """The error for a status that a part of the web framework gave."""
    code, message = _OF_STATUS.get(status, (Code.INVOER, "Dit verzoek kan niet verwerkt worden."))
    return TransportError(code, message, status=status, headers=headers)


def json_response(
    body: Mapping[str, Any],
    status: int = 200,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A JSON answer in UTF-8, as a media type that need not be application/json."""
    return ready_response(written(body), status, media_type, headers)


def ready_response(
    content: bytes,
    status: int = 200,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The same of JSON that has been written already."""
    return _Ready(content, status, media_type, headers)


class _Ready(Response):
    """A response of which the headers are written at once: what starlette's looks for is known."""

    def __init__(
        self, content: bytes, status: int, media_type: str, headers: Mapping[str, str] | None
    ) -> None:
        self.status_code = status
        self.body = content
        self.background = None
        self.raw_headers = [
            (b"content-type", _content_type(media_type)),
            (b"content-length", b"%d" % len(content)),
        ]
        if headers:
            self.raw_headers += [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in headers.items()
            ]


@cache
def _content_type(media_type: str) -> bytes:
    """Of the few types that there are."""
    return f"{media_type}; charset=utf-8".encode("latin-1")


def error_response(error: TransportError, scope: Scope) -> Response:
    """The answer to a refused request, in the form of the address that it was sent to."""
    if scope["path"] == GRAPHQL_PATH:
        return graphql_error(error, _accepted(scope))
    code, told = error.code.value, error.extensions
    return problem_response(error.status, code, error.message, error.headers, told)


def graphql_error(error: TransportError, media_type: str) -> Response:
    """A GraphQL response without `data`."""
    return json_response(refused([error]), error.status, media_type, error.headers)


def problem_response(
    status: int,
    code: str,
    message: str,
    headers: Mapping[str, str] | None = None,
    extensions: Mapping[str, Any] | None = None,
) -> Response:
    """A problem document (RFC 9457) with one of our codes."""
    problem = {
        **(extensions or {}),
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "code": code,
    }
    return json_response(problem, status, PROBLEM, headers)


def _accepted(scope: Scope) -> str:
    return answer_type(Headers(scope=scope).getlist("accept")) or JSON


async def _http_exception(request: Request, exc: Exception) -> Response:
    if not isinstance(exc, HTTPException):
        raise exc
    return error_response(of_status(exc.status_code, exc.headers), request.scope)


async def _transport_error(request: Request, exc: Exception) -> Response:
    if not isinstance(exc, TransportError):
        raise exc
    return error_response(exc, request.scope)


async def unexpected(request: Request, exc: Exception) -> Response:
    """The answer to an error that nobody saw coming."""
    return error_response(of_status(500), request.scope)


EXCEPTION_HANDLERS: Final[Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]]] = {
    HTTPException: _http_exception,
    TransportError: _transport_error,
    Exception: unexpected,
}
"""For Starlette's `exception_handlers`: every error of every address in one of the two forms."""
