"""A client of the sandbox's KVK APIs for tests."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from sandbox.kvk import kvk_app
from tests.app import world
from tests.sandbox.registries import client

HEADERS = {"apikey": "sandbox-kvk", "accept": "application/hal+json"}


@cache
def kvk() -> Starlette:
    return kvk_app(world())


async def ask(path: str, headers: Mapping[str, str] = HEADERS, **parameters: Any) -> httpx.Response:
    """Asks KVK for a path."""
    async with client(kvk()) as http:
        return await http.get(path, params=parameters or None, headers=dict(headers))
