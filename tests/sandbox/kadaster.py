"""Clients of the sandbox's BRK and WOZ for tests: one Kadaster, shared by all of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from sandbox.brk import brk_app
from sandbox.brk_register import Kadaster
from sandbox.woz import woz_app
from tests.app import world
from tests.sandbox.registries import client

BRK_HEADERS = {"X-Api-Key": "sandbox-brk", "Accept": "application/hal+json"}
WOZ_HEADERS = {"X-Api-Key": "sandbox-woz", "Accept": "application/hal+json"}
ZAKEN = "/kadastraalonroerendezaken"


@cache
def kadaster() -> Kadaster:
    return Kadaster(world())


@cache
def brk() -> Starlette:
    return brk_app(kadaster())


@cache
def woz() -> Starlette:
    return woz_app(kadaster())


async def ask_brk(
    path: str, headers: Mapping[str, str] = BRK_HEADERS, **parameters: Any
) -> httpx.Response:
    """Asks the BRK for a path."""
    async with client(brk()) as http:
        return await http.get(path, params=parameters or None, headers=headers)


async def ask_brk_of_person(body: Any) -> httpx.Response:
    """Asks the BRK what somebody has a right to."""
    async with client(brk()) as http:
        return await http.post(ZAKEN, json=body, headers=BRK_HEADERS)


async def ask_woz(
    path: str, headers: Mapping[str, str] = WOZ_HEADERS, **parameters: Any
) -> httpx.Response:
    """Asks the WOZ for a path."""
    async with client(woz()) as http:
        return await http.get(path, params=parameters or None, headers=headers)
