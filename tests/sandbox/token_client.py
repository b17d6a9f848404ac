"""Clients of the sandbox's Open Klant, Open Product and Locatieserver: one world, made once."""

from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox import klant, producten
from sandbox.klant import klant_app
from sandbox.pdok import pdok_app
from sandbox.producten import producten_apps
from tests.app import cases, world
from tests.sandbox.registries import client

TOKENS = {"klant": klant.TOKEN, "producten": producten.TOKEN, "producttypen": producten.TOKEN}
BASES = {
    "klant": klant.PATH,
    "producten": producten.PRODUCTEN_PATH,
    "producttypen": producten.TYPEN_PATH,
    "pdok": "/pdok",
}


@cache
def app() -> Starlette:
    """The four APIs under their paths."""
    products, types = producten_apps(world(), cases())
    return Starlette(
        routes=[
            Mount(klant.PATH, klant_app(world(), cases())),
            Mount(producten.PRODUCTEN_PATH, products),
            Mount(producten.TYPEN_PATH, types),
            Mount("/pdok", pdok_app(world())),
        ]
    )


async def ask(
    source: str, path: str, method: str = "GET", token: str | None = None, **parameters: Any
) -> httpx.Response:
    """Asks one of the APIs for a path."""
    known = token if token is not None else TOKENS.get(source, "")
    async with client(app()) as http:
        return await http.request(
            method,
            f"{BASES[source]}/{path}",
            params=parameters or None,
            headers={"authorization": f"Token {known}"},
        )


async def results(source: str, path: str, **parameters: Any) -> list[dict[str, Any]]:
    """The objects of the first page of a list."""
    answer = await ask(source, path, **parameters)
    found: list[dict[str, Any]] = answer.json()["results"]
    return found
