"""One POST endpoint of the sandbox's BRP, as a Starlette app: the HTTP side of all its APIs;
operation phase.

Asks for an API key and a purpose (``x-doelbinding``), as municipal gateways do.
"""

import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.problems import Invalid, Refused, problem
from sandbox.wire import Wire

API_KEY = "sandbox-brp"
MEDIA_TYPE = "application/json; charset=utf-8"

Answer = Callable[[Any, str], Wire]
"""From the body of a question and its purpose to the body of the answer; raises `Refused`."""


def endpoint(path: str, answer: Answer, api_key: str = API_KEY) -> Starlette:
    """The app with POST on this path."""

    async def respond(request: Request) -> Response:
        try:
            _authenticate(request, api_key)
            _negotiate(request)
            body = _parsed(await request.body())
            found = answer(body, request.headers["x-doelbinding"])
            return JSONResponse(found, media_type=MEDIA_TYPE)
        except Refused as refused:
            headers = {"www-authenticate": "ApiKey"} if refused.status == 401 else None
            return problem(refused, request.url.path, headers=headers)

    return Starlette(routes=[Route(path, respond, methods=["POST"])])


def _authenticate(request: Request, api_key: str) -> None:
    if request.headers.get("x-api-key") != api_key:
        raise Refused(401, "authentication", "Niet correct geauthenticeerd.")
    if not request.headers.get("x-doelbinding", "").strip():
        raise Refused(403, "autorisation", "U bent niet geautoriseerd voor deze operatie.")


def _negotiate(request: Request) -> None:
    if not _is_json(request.headers.get("content-type", "")):
        title = "Media Type wordt niet ondersteund."
        raise Refused(415, "unsupported", title, "Ondersteunde content type: application/json.")
    accepted = request.headers.get("accept", "*/*").split(",")
    if not any(_is_json(entry) or _is_any(entry) for entry in accepted):
        title = "Gevraagde content type wordt niet ondersteund."
        raise Refused(406, "notAcceptable", title, "Ondersteunde content type: application/json.")


def _is_json(media_type: str) -> bool:
    name, _, parameters = media_type.partition(";")
    if name.strip().lower() != "application/json":
        return False
    charsets = [
        value.strip().strip('"').lower()
        for key, _, value in (part.partition("=") for part in parameters.split(";"))
        if key.strip().lower() == "charset"
    ]
    return charsets in ([], ["utf-8"])


def _is_any(media_type: str) -> bool:
    return media_type.split(";")[0].strip() in ("*/*", "application/*")


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        fault = Invalid("body", "json", "Body is geen geldige JSON.")
        raise Refused.parameters([fault]) from None
