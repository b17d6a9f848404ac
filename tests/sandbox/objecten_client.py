"""A client of the sandbox's Objects and Objecttypes API for tests."""

from collections.abc import Mapping
from typing import Any

import httpx

from sandbox.objecten import TOKEN
from tests.app import sandbox

OBJECTEN = "/objecten/api/v2"
CRS = {"Content-Crs": "EPSG:4326"}
TYPE = "https://elders.example/objecttypes/"


def client(token: str = TOKEN) -> httpx.AsyncClient:
    """A client of the whole sandbox, without a network."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(sandbox()),
        base_url="http://sandbox.example",
        headers={"authorization": f"Token {token}"},
    )


async def get(path: str, token: str = TOKEN, base: str = OBJECTEN, **params: Any) -> httpx.Response:
    """Asks for a path."""
    async with client(token) as http:
        return await http.get(f"{base}/{path}", params=params)


async def search(
    body: Mapping[str, Any], headers: Mapping[str, str] = CRS, **params: Any
) -> httpx.Response:
    """Asks with a body."""
    async with client() as http:
        url = f"{OBJECTEN}/objects/search"
        return await http.post(url, json=body, headers=headers, params=params)
