"""The sandbox's BAG searches, pages and refuses as the real one does."""

from typing import Any

import pytest

from sandbox import showcase
from tests.app import world
from tests.sandbox.registries import BAG_HEADERS, ask_bag

pytestmark = pytest.mark.anyio

KEY = {"X-Api-Key": "sandbox-bag"}
CRS = {"Content-Crs": "epsg:28992"}
ENDED = next(key for key in sorted(world().ended) if key[4:6] == "20")
FLATS = next(pand for pand, objects in world().objects_in.items() if len(objects) > 3)


async def _lines(path: str = "/adressen", **parameters: Any) -> list[str]:
    answer = await ask_bag(path, **parameters)
    assert answer.status_code == 200, answer.text
    found = answer.json().get("_embedded", {}).get("adressen", [])
    return [address["adresregel5"] for address in found]


@pytest.mark.parametrize(
    ("parameters", "lines"),
    [
        ({"postcode": "8995AA", "huisnummer": 1}, ["Raadhuisplein 1"]),
        ({"postcode": "8995 aa", "huisnummer": 1}, ["Raadhuisplein 1"]),
        ({"postcode": "8995AA", "huisnummer": 7}, ["Raadhuisplein 7A", "Raadhuisplein 7B"]),
        ({"postcode": "8995AA", "huisnummer": 7, "huisletter": "b"}, ["Raadhuisplein 7B"]),
        ({"postcode": "8995AA", "huisnummer": 7, "exacteMatch": "true"}, []),
        (
            {"adresseerbaarObjectIdentificatie": "0999010000000003"},
            ["Raadhuisplein 3", "Raadhuisplein 5"],
        ),
        ({"pandIdentificatie": showcase.HOME_PAND}, ["Raadhuisplein 1"]),
        (
            {
                "woonplaatsNaam": "weidevaart",
                "openbareRuimteNaam": "raadhuisplein",
                "huisnummer": 2,
            },
            ["Raadhuisplein 2"],
        ),
        ({"zoekresultaatIdentificatie": "adr-0999200000000001"}, ["Raadhuisplein 1"]),
        ({"q": "8995 aa 7b"}, ["Raadhuisplein 7B"]),
        ({"q": "raadhuisplein 9 weidev"}, ["Raadhuisplein 9"]),
    ],
)
async def test_addresses(parameters: dict[str, Any], lines: list[str]) -> None:
    """Every way in to an address, on both address endpoints."""
    assert await _lines(**parameters) == lines
    if "zoekresultaatIdentificatie" not in parameters:
        assert await _lines("/adressenuitgebreid", **parameters) == lines


async def test_nothing_found() -> None:
    """No hits is 200 without ``_embedded``."""
    answer = await ask_bag("/adressen", postcode="8995ZZ", huisnummer=1)

    assert (answer.status_code, answer.json().keys()) == (200, {"_links"})


async def test_zoek_leads_to_an_address() -> None:
    """A suggestion has an identification that /adressen takes."""
    answer = await ask_bag("/adressen/zoek", zoek="raadhuisplein 9")
    found = answer.json()["_embedded"]["zoekresultaten"][0]

    assert await _lines(zoekresultaatIdentificatie=found["identificatie"]) == ["Raadhuisplein 9"]


@pytest.mark.parametrize(
    ("path", "parameters", "code"),
    [
        ("/adressen", {}, "paramsRequired"),
        ("/adressen", {"postcode": "8995AA"}, "paramsCombination"),
        (
            "/adressen",
            {"q": "x", "pandIdentificatie": showcase.HOME_PAND},
            "unsupportedCombination",
        ),
        (
            "/adressen",
            {"pandIdentificatie": showcase.HOME_PAND, "expand": "true"},
            "unsupportedCombination",
        ),
        ("/adressen", {"q": "x", "expand": "panden.status"}, "paramsValidation"),
        ("/adressen", {"q": "x", "expand": ""}, "paramsValidation"),
        ("/adressen", {"q": "x", "onbekend": "1"}, "paramsValidation"),
        ("/adressen", {"q": "x", "pageSize": 9}, "paramsValidation"),
        ("/adressen", {"q": "x", "pageSize": 101}, "paramsValidation"),
        ("/adressen", {"q": "x", "page": 0}, "paramsValidation"),
        ("/adressen", {"postcode": "0995AA", "huisnummer": "een"}, "paramsValidation"),
        ("/panden", {"adresseerbaarObjectIdentificatie": "1"}, "paramsValidation"),
        ("/panden/0999100000000001", {"expand": "true"}, "paramsValidation"),
        (
            "/panden/0999100000000001",
            {"huidig": "true", "geldigOp": "2024-01-01"},
            "unsupportedCombination",
        ),
        ("/panden/09991", {}, "paramsValidation"),
        ("/adressen/0999100000000001", {}, "paramsValidation"),
        ("/verblijfsobjecten", {"bbox": "186000,553000,187000,554000"}, "paramsValidation"),
    ],
)
async def test_refused(path: str, parameters: dict[str, Any], code: str) -> None:
    """Faulty questions are 400 with the code for it."""
    answer = await ask_bag(path, **parameters)

    assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_all_faults_at_once() -> None:
    """Every faulty parameter is named, under ``invalid-params``."""
    answer = await ask_bag("/adressen", postcode="X", huisnummer="een", onbekend="1")
    faults = {(fault["name"], fault["code"]) for fault in answer.json()["invalid-params"]}

    assert faults == {
        ("postcode", "pattern"),
        ("huisnummer", "integer"),
        ("onbekend", "unknownParam"),
    }


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, "authentication"),
        ({"X-Api-Key": "wrong"}, 401, "authentication"),
        (KEY, 412, "acceptCrsMissing"),
        (KEY | {"Accept-Crs": "epsg:4326"}, 406, "crsNotAcceptable"),
        (BAG_HEADERS | {"Accept": "text/html"}, 406, "notAcceptable"),
    ],
)
async def test_admission(headers: dict[str, str], status: int, code: str) -> None:
    """A key, a CRS where there is geometry, and an acceptable media type."""
    answer = await ask_bag("/panden/0999100000000001", headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "needed"),
    [
        ("/adressen/0999200000000001", False),
        ("/nummeraanduidingen/0999200000000001", False),
        ("/openbareruimten/0999300000000001", False),
        ("/woonplaatsen/9991", False),
        ("/woonplaatsen/9991?expand=geometrie", True),
        ("/adressenuitgebreid/0999200000000001", True),
        ("/verblijfsobjecten/0999010000000001", True),
        ("/adresseerbareobjecten/0999010000000001", True),
    ],
)
async def test_where_a_crs_is_needed(path: str, needed: bool) -> None:
    """Only where the answer holds geometry."""
    answer = await ask_bag(path, KEY)

    assert answer.status_code == (412 if needed else 200)


async def test_pages() -> None:
    """Pages of twenty, with links to the others that do not overlap."""
    street: dict[str, Any] = {"openbareRuimteIdentificatie": "0999300000000002"}
    first = await ask_bag("/adressen", **street)
    second = await ask_bag("/adressen", **street, page=2)
    beyond = await ask_bag("/adressen", **street, page=9)
    links = first.json()["_links"]
    numbers = {a["nummeraanduidingIdentificatie"] for a in first.json()["_embedded"]["adressen"]}

    assert links.keys() == {"self", "next", "last"}
    assert second.json()["_links"].keys() == {"self", "first", "previous"}
    assert "page=2" in links["next"]["href"]
    assert first.headers["x-pagination-limit"] == "20"
    assert len(numbers) == 20
    assert numbers.isdisjoint(
        a["nummeraanduidingIdentificatie"] for a in second.json()["_embedded"]["adressen"]
    )
    assert beyond.status_code == 400
    assert (await ask_bag("/adressen", q="raadhuisplein", page=9)).status_code == 500


async def test_many_panden_at_once() -> None:
    """The one batch the BAG has: objects of several panden, each wrapped twice."""
    asked = [showcase.HOME_PAND, FLATS]
    answer = await ask_bag("/adresseerbareobjecten", pandIdentificaties=asked)
    found = [
        item["verblijfsobject"]["verblijfsobject"]
        for item in answer.json()["_embedded"]["adresseerbareObjecten"]
    ]

    assert {pand for record in found for pand in record["maaktDeelUitVan"]} == set(asked)
    assert len(found) == 1 + len(world().objects_in[FLATS])


async def test_expand() -> None:
    """Relations by name, or all of them; without expand there is no ``_embedded``."""
    path = f"/verblijfsobjecten/{showcase.HOME_OBJECT}"
    plain = (await ask_bag(path)).json()
    some = (await ask_bag(path, expand="maaktDeelUitVan")).json()
    every = (await ask_bag(path, expand="true")).json()

    assert "_embedded" not in plain
    assert some["_embedded"]["maaktDeelUitVan"][0]["pand"]["identificatie"] == showcase.HOME_PAND
    assert every["_embedded"].keys() == {"heeftAlsHoofdAdres", "maaktDeelUitVan"}


async def test_ended_records() -> None:
    """An ended address is only given when asked for; an ended object unless refused."""
    address = world().addresses[ENDED]
    path = f"/adresseerbareobjecten/{address['adresseerbaarObjectIdentificatie']}"

    assert (await ask_bag(f"/adressen/{ENDED}")).status_code == 404
    assert (await ask_bag(f"/adressen/{ENDED}", inclusiefEindStatus="true")).status_code == 200
    assert (await ask_bag(path)).status_code == 200
    assert (await ask_bag(path, huidig="true")).status_code == 404
    assert (await ask_bag(path, geldigOp="1999-01-01")).status_code == 404


async def test_by_place() -> None:
    """A point finds the pand it lies in, a box the objects in it."""
    point = await ask_bag("/panden", BAG_HEADERS | CRS, point="186003,553004")
    box: dict[str, Any] = {"bbox": "186000,553000,186020,553020"}
    objects = await ask_bag("/verblijfsobjecten", BAG_HEADERS | CRS, **box)
    small = await ask_bag(
        "/verblijfsobjecten", BAG_HEADERS | CRS, **box, **{"oppervlakte[max]": "1"}
    )
    without = await ask_bag("/panden", point="186003,553004")

    assert [p["pand"]["identificatie"] for p in point.json()["_embedded"]["panden"]] == [
        showcase.HOME_PAND
    ]
    assert len(objects.json()["_embedded"]["verblijfsobjecten"]) == 2
    assert "_embedded" not in small.json()
    assert (without.status_code, without.json()["code"]) == (412, "contentCrsMissing")


async def test_headers() -> None:
    """The version and how much is left of the quota come with every answer."""
    answer = await ask_bag("/woonplaatsen/9991")

    assert answer.headers["content-type"] == "application/hal+json"
    assert answer.headers["api-version"] == "2.9.2"
    assert int(answer.headers["kadaster-ratelimit-daylimit-remaining"]) < 50_000
    assert answer.headers["ratelimit-limit"] == "50"
