"""The doors of other vendors to the sandbox's registries: other dialects, other header names."""

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from sandbox.cases import build_cases
from sandbox.server import sandbox_app
from tests.app import world
from tests.sandbox.registries import BRP_HEADERS, client
from tests.sandbox.zgw_client import token

pytestmark = pytest.mark.anyio

NOTHING: dict[str, Any] = {"type": "RaadpleegMetBurgerservicenummer"}
SUPPLIED = {"x-request-application": "sandbox-brp", "x-request-user": "9002-klantcontact"}


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client of a sandbox with few cases."""
    async with client(sandbox_app(world(), build_cases(world(), count=1))) as opened:
        yield opened


async def test_fields_can_be_chosen_from_version_1_7(http: httpx.AsyncClient) -> None:
    """At its own door only; the others are of 1.5."""
    headers = {
        "authorization": f"Bearer {token(iat=int(time.time()))}",
        "accept-crs": "EPSG:4326",
        "content-crs": "EPSG:4326",
    }
    body = {"maximaleVertrouwelijkheidaanduiding": "zeer_geheim", "fields": ["identificatie"]}
    answers = [
        await http.post(f"{front}/zaken/api/v1/zaken/_zoek", json=body, headers=headers)
        for front in ("/standaard-1.7", "/standaard")
    ]

    assert [each.headers["api-version"] for each in answers] == ["1.7.0", "1.5.1"]
    chosen = [set(each.json()["results"][0]) for each in answers if each.status_code == 200]
    assert chosen[0] == {"identificatie"}
    assert {"identificatie"} not in chosen[1:]


async def test_the_second_system_has_other_zaken_and_troubles_of_its_own(
    http: httpx.AsyncClient,
) -> None:
    given = {
        "authorization": f"Bearer {token(iat=int(time.time()))}",
        "accept-crs": "EPSG:4326",
    }
    paths = ("/zaken/api/v1/zaken", "/sociaal/zaken/api/v1/zaken")
    first, second = [(await http.get(path, headers=given)).json() for path in paths]
    await http.put("/_sandbox", json={"zaken-sociaal": {"fault": "500"}})
    statuses = [(await http.get(path, headers=given)).status_code for path in paths]

    urls = [{each["url"] for each in page["results"]} for page in (first, second)]
    assert urls[0] and urls[1] and urls[0].isdisjoint(urls[1])
    assert all(url.startswith("http://sandbox.example/sociaal/") for url in urls[1])
    assert statuses == [200, 500]


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
