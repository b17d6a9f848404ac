"""The doors of other vendors to the sandbox's registries: other dialects, other header names."""

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from sandbox.cases import build_cases
from sandbox.server import sandbox_app
from tests.sandbox.registries import BRP_HEADERS, client, world
from tests.sandbox.zgw_client import token

pytestmark = pytest.mark.anyio

NOTHING: dict[str, Any] = {"type": "RaadpleegMetBurgerservicenummer"}
SUPPLIED = {"x-request-application": "sandbox-brp", "x-request-user": "9002-klantcontact"}


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client of a sandbox with few cases."""
    async with client(sandbox_app(world(), build_cases(world(), count=1))) as opened:
        yield opened


async def test_a_supplier_hears_its_own_headers_only(http: httpx.AsyncClient) -> None:
    own = await http.post("/stadspoort/brp/personen", json=NOTHING, headers=SUPPLIED)
    nobody = {**SUPPLIED, "x-request-user": ""}
    without = await http.post("/stadspoort/brp/personen", json=NOTHING, headers=nobody)
    other = await http.post("/stadspoort/brp/personen", json=NOTHING, headers=BRP_HEADERS)

    assert [own.status_code, without.status_code, other.status_code] == [400, 403, 401]


async def test_the_standard_has_no_page_size_and_writes_its_own_addresses(
    http: httpx.AsyncClient,
) -> None:
    path, given = (
        "/standaard/catalogi/api/v1/catalogussen",
        {"authorization": f"Bearer {token(iat=int(time.time()))}"},
    )
    sized = await http.get(path, params={"pageSize": "1"}, headers=given)
    plain = await http.get(path, headers=given)
    openzaak = await http.get(path.removeprefix("/standaard"), params={"pageSize": "1"},
                              headers=given)  # fmt: skip

    assert [sized.status_code, openzaak.status_code] == [400, 200]
    assert str(plain.json()["results"][0]["url"]).startswith(f"http://sandbox.example{path}/")
