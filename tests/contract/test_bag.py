"""The sandbox's BAG answers fit the official description of BAG Individuele Bevragingen 2.6.0.

Where the description is at odds with what the API says, the API wins:

- Adres requires ``kortNaam``, a slip: the property is ``korteNaam``;
- the links of a ligplaats and a standplaats require ``maaktDeelUitVan``, which those do not have.
"""

from typing import Any

import pytest
from jsonschema.exceptions import ValidationError

from sandbox import showcase
from tests.app import world
from tests.contract.described import faults, keys, property_names, told
from tests.sandbox.registries import ask_bag

pytestmark = pytest.mark.anyio

SPEC = "bag/2.6.0.yaml"
ADDRESS = {"postcode": showcase.HOME_POSTCODE, "huisnummer": 1, "expand": "true"}
STREET = {"woonplaatsNaam": "Weidevaart", "openbareRuimteNaam": "Raadhuisplein"}
BERTH = next(key for key, o in world().objects.items() if o["type"] == "Ligplaats")
PITCH = next(key for key, o in world().objects.items() if o["type"] == "Standplaats")
DOUBTED = next(key for key in world().doubts if key[4:6] == "10")
QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("/adressen", "AdresIOHalCollection", ADDRESS),
    ("/adressen", "AdresIOHalCollection", {"q": "Raadhuisplein", "pageSize": 100}),
    ("/adressen", "AdresIOHalCollection", STREET | {"huisnummer": 1, "expand": "true"}),
    ("/adressen", "AdresIOHalCollection", {"openbareRuimteIdentificatie": "0999300000000001"}),
    ("/adressenuitgebreid", "AdresUitgebreidHalCollection", STREET | {"huisnummer": 1}),
    (
        "/nummeraanduidingen",
        "NummeraanduidingIOHalCollection",
        {"openbareRuimteIdentificatie": "0999300000000001", "huidig": "true"},
    ),
    ("/openbareruimten", "OpenbareRuimteIOHalCollection", STREET | {"huidig": "true"}),
    ("/adressen", "AdresIOHalCollection", {"adresseerbaarObjectIdentificatie": BERTH}),
    ("/adressen/zoek", "ZoekResultaatHalCollection", {"zoek": "Kromme Vaart"}),
    (f"/adressen/{showcase.HOME_NUMMERAANDUIDING}", "AdresIOHal", {"expand": "panden"}),
    ("/adressenuitgebreid", "AdresUitgebreidHalCollection", {"q": "Kromme Vaart 1"}),
    (f"/adressenuitgebreid/{showcase.HOME_NUMMERAANDUIDING}", "AdresUitgebreidHal", {}),
    (
        "/nummeraanduidingen",
        "NummeraanduidingIOHalCollection",
        {"postcode": "8995 AA", "huisnummer": 3, "expand": "true"},
    ),
    (
        "/adresseerbareobjecten",
        "AdresseerbareObjectenIOHalCollection",
        {"pandIdentificaties": list(world().panden)[:9], "expand": "true"},
    ),
    (f"/adresseerbareobjecten/{PITCH}", "AdresseerbaarObjectIOHal", {}),
    (
        "/verblijfsobjecten",
        "VerblijfsobjectIOHalCollection",
        {"pandIdentificatie": showcase.HOME_PAND, "expand": "true"},
    ),
    (f"/verblijfsobjecten/{showcase.CARE_HOME_OBJECT}", "VerblijfsobjectIOHal", {}),
    (f"/ligplaatsen/{BERTH}", "LigplaatsIOHal", {"expand": "true"}),
    (f"/standplaatsen/{PITCH}", "StandplaatsIOHal", {}),
    (
        "/panden",
        "PandIOHalCollection",
        {"adresseerbaarObjectIdentificatie": showcase.HOME_OBJECT},
    ),
    (f"/panden/{DOUBTED}", "PandIOHal", {}),
    (
        "/openbareruimten",
        "OpenbareRuimteIOHalCollection",
        {"woonplaatsNaam": "Aldemeer", "expand": "true"},
    ),
    ("/openbareruimten/0999300000000001", "OpenbareRuimteIOHal", {}),
    ("/woonplaatsen", "WoonplaatsIOHalCollection", {"naam": "zilverhoek", "expand": "true"}),
    ("/woonplaatsen/9991", "WoonplaatsIOHal", {}),
]


def _is_known(fault: ValidationError) -> bool:
    slip = fault.validator == "required" and "'kortNaam'" in fault.message
    of_place = fault.validator == "required" and "'maaktDeelUitVan'" in fault.message
    return slip or (of_place and fault.absolute_path[-1] == "_links")


@pytest.mark.parametrize(("path", "schema", "parameters"), QUESTIONS)
async def test_answers(path: str, schema: str, parameters: dict[str, Any]) -> None:
    """Every endpoint, with everything expanded where it can be."""
    answer = await ask_bag(path, **parameters)
    assert answer.status_code == 200, answer.text
    found = faults(SPEC, schema, answer.json())

    assert [told(fault) for fault in found if not _is_known(fault)] == []
    assert set(keys(answer.json())) <= property_names(SPEC)
    assert "_embedded" in answer.json() or "/" in path[1:]


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("/adressen", {}, 400),
        ("/adressen", {"postcode": "8995AA"}, 400),
        ("/panden/1", {}, 400),
        ("/panden/0999109999999999", {}, 404),
    ],
)
async def test_errors(path: str, parameters: dict[str, Any], status: int) -> None:
    """Errors fit the description, with the list spelled ``invalid-params``."""
    answer = await ask_bag(path, **parameters)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert [told(fault) for fault in faults(SPEC, "Error", answer.json())] == []
    assert set(keys(answer.json())) <= property_names(SPEC)


def test_every_record() -> None:
    """Every building and every object fits its schema."""
    kinds = {"Verblijfsobject", "Ligplaats", "Standplaats"}
    panden = [f for pand in world().panden.values() for f in faults(SPEC, "Pand", pand)]
    objects = [
        told(fault)
        for record in list(world().objects.values())[::7]
        for fault in faults(SPEC, record["type"], record)
    ]

    assert panden == []
    assert objects == []
    assert {record["type"] for record in world().objects.values()} == kinds
