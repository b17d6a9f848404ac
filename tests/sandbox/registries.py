"""Clients of the sandbox's BAG and BRP for tests: one world, shared by all of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from sandbox.bag import bag_app
from sandbox.brp import brp_app
from tests.app import world

BRP_HEADERS = {"X-API-KEY": "sandbox-brp", "x-doelbinding": "BRPACT-Totaal"}
BAG_HEADERS = {"X-Api-Key": "sandbox-bag", "Accept-Crs": "epsg:28992"}
RAADPLEEG = "RaadpleegMetBurgerservicenummer"


@cache
def brp() -> Starlette:
    return brp_app(world())


@cache
def bag() -> Starlette:
    return bag_app(world())


def client(app: Starlette) -> httpx.AsyncClient:
    """A client of an app, without a network."""
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://sandbox.example")


async def ask_brp(
    question: Mapping[str, Any], headers: Mapping[str, str] = BRP_HEADERS
) -> httpx.Response:
    """Puts a question to the BRP."""
    async with client(brp()) as http:
        return await http.post("/personen", json=question, headers=headers)


async def persons(bsns: list[str], *fields: str) -> list[dict[str, Any]]:
    """What the BRP says of persons."""
    question = {"type": RAADPLEEG, "burgerservicenummer": bsns, "fields": list(fields)}
    answer = await ask_brp(question)
    found: list[dict[str, Any]] = answer.json()["personen"]
    return found


async def ask_bag(
    path: str, headers: Mapping[str, str] = BAG_HEADERS, **parameters: Any
) -> httpx.Response:
    """Asks the BAG for a path."""
    async with client(bag()) as http:
        return await http.get(path, params=parameters or None, headers=headers)
