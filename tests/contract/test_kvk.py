"""The sandbox's answers fit KVK's descriptions of Zoeken, Basisprofiel and Vestigingsprofiel.

Where the description is at odds with what the API says, the API wins: since 1.5 profiles have HAL's
`_links` where 1.4 describes a list `links`. The descriptions demand nothing, so that what the real
API always gives is looked for here.
"""

from typing import Any

import pytest

from sandbox import showcase
from sandbox.kvk_companies import companies
from tests.app import world
from tests.contract.described import faults, keys, property_names, told
from tests.sandbox.kvk_client import ask

pytestmark = pytest.mark.anyio

ZOEKEN = "kvk-zoeken/2.0.0.yaml"
BASIS = "kvk-basisprofiel/1.4.yaml"
VESTIGING = "kvk-vestigingsprofiel/1.4.yaml"
LINKS = {"_links", "self", "basisprofiel", "vestigingsprofiel"}
GEO = {"geoData": "true"}
COMPANIES = [company.number for company in companies(world())]
BRANCHES = [b["vestigingsnummer"] for company in companies(world()) for b in company.branches]
SEARCHES: list[dict[str, Any]] = [
    {"kvkNummer": showcase.BAKKERIJ_KVK},
    {"rsin": showcase.BUITENLAND_RSIN},
    {"vestigingsnummer": showcase.BAKKERIJ_VESTIGING},
    {"naam": "weidevaart", "plaats": "Weidevaart", "type": ["rechtspersoon", "nevenvestiging"]},
    {"naam": "Van Ouds", "inclusiefInactieveRegistraties": "true"},
    {"straatnaam": "Raadhuisplein", "plaats": "Weidevaart", "resultatenPerPagina": 100},
    {"postcode": showcase.HOME_POSTCODE, "huisnummer": showcase.HOME_HUISNUMMER},
    {"postcode": "8995ZZ", "postbusnummer": 10},
    {"plaats": "Weidevaart", "pagina": 2},
]


async def checked(path: str, spec: str, schema: str, **parameters: Any) -> Any:
    """The answer, which fits its schema and has no property that nobody described."""
    answer = await ask(path, **parameters)
    assert answer.status_code == 200, answer.text
    body = answer.json()

    assert answer.headers["content-type"] == "application/hal+json"
    assert [told(fault) for fault in faults(spec, schema, body)] == []
    assert set(keys(body)) - property_names(spec) - LINKS == set()
    return body


@pytest.mark.parametrize("parameters", SEARCHES)
async def test_searches(parameters: dict[str, Any]) -> None:
    """Each way of searching finds something."""
    body = await checked("/v2/zoeken", ZOEKEN, "Resultaat", **parameters)

    assert body["resultaten"] != []
    for item in body["resultaten"]:
        assert {"kvkNummer", "naam", "type", "actief", "_links"} <= item.keys()


async def test_profiles() -> None:
    """Of every company: with and without what lies behind `geoData`."""
    for number in COMPANIES:
        path = f"/v1/basisprofielen/{number}"
        plain = await checked(path, BASIS, "Basisprofiel")
        geo = await checked(path, BASIS, "Basisprofiel", **GEO)

        assert "geoData" not in set(keys(plain))
        assert plain.keys() == geo.keys()
        await checked(f"{path}/eigenaar", BASIS, "Eigenaar", **GEO)
        await checked(f"{path}/vestigingen", BASIS, "VestigingList")


async def test_main_branches() -> None:
    for number in (showcase.BAKKERIJ_KVK, showcase.EENMANSZAAK_KVK):
        body = await checked(f"/v1/basisprofielen/{number}/hoofdvestiging", BASIS, "Vestiging")

        assert body["indHoofdvestiging"] == "Ja"


async def test_branches() -> None:
    for number in BRANCHES:
        path = f"/v1/vestigingsprofielen/{number}"

        assert (await checked(path, VESTIGING, "Vestiging", **GEO))["vestigingsnummer"] == number


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        ("/v2/zoeken", {"naam": "Nergenshuizen"}, 404, "IPD5200"),
        ("/v2/zoeken", {"plaats": "Weidevaart", "pagina": 999}, 404, "IPD5200"),
        ("/v2/zoeken", {"onbekend": "x"}, 400, "IPD1999"),
        ("/v2/zoeken", {"naam": "x", "pagina": 1001}, 400, "IPD1999"),
        ("/v2/zoeken", {"naam": "x", "resultatenPerPagina": 101}, 400, "IPD1999"),
        ("/v2/zoeken", {"rsin": "1"}, 400, "IPD1999"),
        ("/v2/zoeken", {"type": "rechtspersoon"}, 400, "IPD1998"),
        ("/v2/zoeken", {"postcode": "8995AA"}, 400, "IPD1998"),
        ("/v2/zoeken", {"huisnummer": 1}, 400, "IPD1998"),
        ("/v2/zoeken", {"naam": "x", "huisletter": "A"}, 400, "IPD1998"),
        (f"/v1/basisprofielen/{showcase.NERGENS_KVK}", {}, 404, "IPD0005"),
        ("/v1/basisprofielen/1", {}, 400, "IPD0004"),
        (f"/v1/basisprofielen/{showcase.BUITENLAND_KVK}/hoofdvestiging", {}, 404, "IPD0005"),
        (f"/v1/basisprofielen/{showcase.BAKKERIJ_KVK}", {"geoData": "ja"}, 400, "IPD1999"),
        (f"/v1/basisprofielen/{showcase.BAKKERIJ_KVK}/vestigingen", GEO, 400, "IPD1999"),
        (f"/v1/vestigingsprofielen/{showcase.NERGENS_VESTIGING}", {}, 404, "IPD0007"),
        ("/v1/vestigingsprofielen/1", {}, 400, "IPD0006"),
    ],
)
async def test_errors(path: str, parameters: dict[str, Any], status: int, code: str) -> None:
    """Errors have a form of their own."""
    answer = await ask(path, **parameters)

    assert answer.status_code == status
    assert [fout["code"] for fout in answer.json()["fout"]] == [code]
    assert [told(fault) for fault in faults(ZOEKEN, "Error", answer.json())] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-Api-Key": "sandbox-kvk"}, 401),
        ({"apikey": "een-ander"}, 401),
        ({"apikey": "sandbox-kvk", "accept": "application/json"}, 406),
    ],
)
async def test_who_is_not_let_in(headers: dict[str, str], status: int) -> None:
    answer = await ask(f"/v1/basisprofielen/{showcase.BAKKERIJ_KVK}", headers)

    assert (answer.status_code, list(answer.json())) == (status, ["fout"])
