"""The explorer: GraphiQL as built by npm, its settings, and tokens for the demo (per request).

Mounted only where the configuration asks for it. Its page needs a wider content policy than an
answer of the API: scripts and workers of this origin, and inline styles, which its editor needs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gateway.edge.body import parse_json, read_body
from gateway.edge.errors import GRAPHQL_PATH, TransportError, json_response
from gateway.edge.negotiate import is_json
from gateway.operation.errors import Code

PATH: Final = "/graphiql"
CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_FOREVER: Final = "public, max-age=31536000, immutable"


class Persona(Protocol):
    """An invented caller whose token the explorer can fetch."""

    @property
    def code(self) -> str: ...

    @property
    def naam(self) -> str: ...

    @property
    def omschrijving(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """A question to try; `persona` is the code of one that may ask it, or None."""

    naam: str
    omschrijving: str
    persona: str | None
    query: str
    variabelen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pass:
    """A token for a persona, and the second since the epoch at which it expires."""

    token: str
    verloopt: int


def explorer_routes(
    directory: Path,
    voorbeelden: Sequence[Voorbeeld] = (),
    personas: Sequence[Persona] = (),
    issue: Callable[[str], Pass] | None = None,
    titel: str | None = None,
) -> list[BaseRoute]:
    """The routes under `/graphiql`, serving the build in `directory`.

    `issue` makes a token for a persona's code, KeyError if there is none; without it there is no
    `POST /graphiql/token`, and users bring their own token; with it, `/` leads to
    the explorer too. `titel` is shown beside the name.
    """
    config = {
        "endpoint": GRAPHQL_PATH,
        "titel": titel,
        "personas": [
            {"code": each.code, "naam": each.naam, "omschrijving": each.omschrijving}
            for each in personas
        ],
        "voorbeelden": [asdict(each) for each in voorbeelden],
    }

    async def settings(_request: Request) -> Response:
        return json_response(config)

    async def page(_request: Request) -> Response:
        return RedirectResponse(f"{PATH}/", 308)

    routes: list[BaseRoute] = [Route(PATH, page), Route(f"{PATH}/config.json", settings)]
    if issue:
        codes = [each.code for each in personas]
        routes += [_token_route(issue, codes), Route("/", page)]
    return [*routes, Mount(PATH, _Build(directory=directory, html=True, check_dir=False))]


class _Build(StaticFiles):
    """The built files: the page is always asked again, what has a hash in its name never."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        if path.startswith("assets/") and response.status_code < 400:
            response.headers["Cache-Control"] = _FOREVER
        return response

    async def check_config(self) -> None:
        """An explorer that was never built is a 404 on its address, not a fault."""


def _token_route(issue: Callable[[str], Pass], codes: Sequence[str]) -> Route:
    async def token(request: Request) -> Response:
        _check_same_origin(request.headers)
        if not is_json(request.headers.getlist("content-type")):
            message = "Stuur de persona als application/json in UTF-8."
            raise TransportError(Code.MEDIATYPE, message, status=415)
        asked = parse_json(await read_body(request, limit=1_000, seconds=5.0))
        code = asked.get("persona") if isinstance(asked, dict) else None
        try:
            return json_response(asdict(issue(str(code))))
        except KeyError:
            message = f"Geef in `persona` een van deze codes: {', '.join(codes)}."
            raise TransportError(Code.INVOER, message) from None

    return Route(f"{PATH}/token", token, methods=["POST"])


def _check_same_origin(headers: Headers) -> None:
    """Refuses a request that a page of another origin made (403).

    Browsers name the origin with every POST (Fetch, 3.2); who names none is no browser, and has
    nothing that another page could misuse.
    """
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site", "same-origin")
    foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    if foreign or site != "same-origin":
        message = "Vraag een token aan vanuit de verkenner zelf."
        raise TransportError(Code.NIET_GEAUTORISEERD, message, status=403)
