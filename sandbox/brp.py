"""The sandbox's BRP Personen 2.7: one POST endpoint, as a Starlette app; operation phase.

Asks for an API key and a purpose (``x-doelbinding``), as municipal gateways do. A purpose that
ends in ``-Binnenland`` may not see foreign addresses: asking for them is 403 ``unauthorizedField``.
"""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.brp_projection import project, wanted
from sandbox.brp_query import QueryType, checked
from sandbox.brp_search import find
from sandbox.problems import Invalid, Refused, problem
from sandbox.wire import Wire
from sandbox.world import World

API_KEY = "sandbox-brp"
MEDIA_TYPE = "application/json; charset=utf-8"
FOREIGN = ("verblijfplaats", "adressering")


def brp_app(world: World, api_key: str = API_KEY) -> Starlette:
    """The app with ``POST /personen``, answering from this world."""

    async def personen(request: Request) -> Response:
        try:
            _authenticate(request, api_key)
            _negotiate(request)
            body = _parsed(await request.body())
            return _answer(world, body, request.headers["x-doelbinding"])
        except Refused as refused:
            headers = {"www-authenticate": "ApiKey"} if refused.status == 401 else None
            return problem(refused, request.url.path, headers=headers)

    return Starlette(routes=[Route("/personen", personen, methods=["POST"])])


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


def _answer(world: World, body: Any, purpose: str) -> Response:
    query_type, question = checked(body)
    if purpose.endswith("-Binnenland"):
        _authorise(question["fields"])
    found = find(world, question)
    _limit(query_type, found)
    asked = wanted(query_type.answers, question["fields"])
    persons = [project(person, asked) for person in found]
    return JSONResponse({"type": query_type.name, "personen": persons}, media_type=MEDIA_TYPE)


def _authorise(fields: list[str]) -> None:
    """Refuses paths that may show a foreign address."""
    letter = ("aanhef", "aanschrijfwijze", "gebruikInLopendeTekst")
    for path in fields:
        group, _, part = path.partition(".")
        if group in FOREIGN and part.split(".")[0] not in letter:
            title = "U bent niet geautoriseerd voor één of meerdere opgegeven field waarden."
            raise Refused(403, "unauthorizedField", title)


def _limit(query_type: QueryType, found: list[Wire]) -> None:
    if query_type.limit is not None and len(found) > query_type.limit:
        detail = f"Meer dan maximum van {query_type.limit} gevonden."
        raise Refused(400, "tooManyResults", "Teveel zoekresultaten.", detail)
