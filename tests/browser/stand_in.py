"""A stand-in for the demo: the built explorer, a configuration, tokens, and a tiny schema.

Serves the same addresses, headers and shapes as the gateway's demo; used by the browser tests.
"""

import json
import time
from pathlib import Path
from typing import Any

from graphql import build_schema, graphql
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

SCHEMA = build_schema(
    """
    "De vragen."
    type Query {
      "Een adres, gevonden met postcode en huisnummer."
      adres(postcode: String!, huisnummer: Int!): Adres
    }

    "Een adres uit de BAG."
    type Adres {
      "De postcode."
      postcode: String!
      "Het huisnummer."
      huisnummer: Int!
      "De naam van de straat."
      straat: String
      "Wie er verblijven."
      bewoners: [Persoon!]!
    }

    "Een persoon uit de BRP."
    type Persoon {
      "De naam, uitgeschreven."
      naam: String
    }
    """
)

ADDRESS_QUERY = """query Adres($postcode: String!, $huisnummer: Int!) {
  adres(postcode: $postcode, huisnummer: $huisnummer) {
    straat
    postcode
    huisnummer
  }
}
"""

RESIDENTS_QUERY = ADDRESS_QUERY.replace("Adres(", "Bewoners(").replace(
    "huisnummer\n  }", "huisnummer\n    bewoners {\n      naam\n    }\n  }"
)

VARIABLES = {"postcode": "9999AB", "huisnummer": 12}

CONFIGURATION: dict[str, Any] = {
    "endpoint": "/graphql",
    "titel": "Gemeente Weidevaart",
    "personas": [
        {"code": "iedereen", "naam": "Iedereen", "omschrijving": "Alleen open gegevens."},
        {
            "code": "kcc",
            "naam": "Medewerker klantcontact",
            "omschrijving": "Beantwoordt vragen van inwoners.",
        },
    ],
    "voorbeelden": [
        {
            "naam": "Een adres",
            "omschrijving": "Straat en huisnummer bij een postcode, uit de BAG.",
            "persona": "iedereen",
            "query": ADDRESS_QUERY,
            "variabelen": VARIABLES,
        },
        {
            "naam": "Een adres met bewoners",
            "omschrijving": "Wie er op een adres verblijven, uit de BAG en de BRP.",
            "persona": "kcc",
            "query": RESIDENTS_QUERY,
            "variabelen": VARIABLES,
        },
    ],
}


async def _configuration(request: Request) -> Response:
    return JSONResponse(CONFIGURATION)


async def _token(request: Request) -> Response:
    persona = (await request.json())["persona"]
    return JSONResponse({"token": f"token-{persona}", "verloopt": int(time.time()) + 900})


class _Adres:
    straat = "Lange Akker"

    def bewoners(self, info: object) -> list[dict[str, str]]:
        return [{"naam": "Janna de Wit"}, {"naam": "Pieter de Wit"}]

    def __init__(self, postcode: str, huisnummer: int) -> None:
        self.postcode, self.huisnummer = postcode, huisnummer


class _Root:
    def adres(self, info: object, postcode: str, huisnummer: int) -> _Adres:
        return _Adres(postcode, huisnummer)


async def _graphql(request: Request) -> Response:
    if not request.headers.get("authorization", "").startswith("Bearer token-"):
        return JSONResponse({"errors": [{"message": "Niet aangemeld."}]}, 401)
    body = await request.json()
    answer = await graphql(
        SCHEMA, body["query"], _Root(), variable_values=body.get("variables") or {}
    )
    text = json.dumps(answer.formatted, ensure_ascii=False)
    return Response(text, media_type="application/graphql-response+json")


class _PolicyHeader:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", SECURITY_POLICY.encode())
                message["headers"] = [*message["headers"], policy]
            await send(message)

        await self.app(scope, receive, send_with_policy)


def stand_in(built: Path) -> Starlette:
    """The app that serves the explorer as built in the folder `built`."""
    return Starlette(
        routes=[
            Route("/graphql", _graphql, methods=["POST"]),
            Route("/graphiql/config.json", _configuration),
            Route("/graphiql/token", _token, methods=["POST"]),
            Mount("/graphiql", StaticFiles(directory=built, html=True)),
        ],
        middleware=[Middleware(_PolicyHeader)],
    )
