"""The sandbox's WOZ answers fit the official description of WOZ bevragen 1.0.0."""

from typing import Any

import pytest

from sandbox import showcase
from sandbox.woz import OBJECT
from sandbox.woz_objects import Valuation
from tests.contract.described import description, faults, keys, property_names, told
from tests.sandbox.kadaster import ask_woz, kadaster

pytestmark = pytest.mark.anyio

SPEC = "woz/1.0.0.yaml"
PATH = "/wozobjecten"
COLLECTION = "WozObjectHalCollectie"
QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    (PATH, COLLECTION, {"adresseerbaarObjectIdentificatie": showcase.HOME_OBJECT}),
    (PATH, COLLECTION, {"nummeraanduidingIdentificatie": showcase.HOME_NUMMERAANDUIDING}),
    (PATH, COLLECTION, {"postcode": "8995AA", "huisnummer": 7, "huisletter": "b"}),
    (PATH, COLLECTION, {"rsin": showcase.WOONSTICHTING_RSIN, "page": 2, "pageSize": 100}),
    (PATH, COLLECTION, {"kvkNummer": showcase.WOONSTICHTING_KVK}),
    (f"{PATH}/{showcase.HOME_WOZ_OBJECT}", "WozObjectHal", {}),
]


@pytest.mark.parametrize(("path", "schema", "parameters"), QUESTIONS)
async def test_answers(path: str, schema: str, parameters: dict[str, Any]) -> None:
    """Every way to find an object."""
    answer = await ask_woz(path, **parameters)
    assert answer.status_code == 200, answer.text

    assert [told(fault) for fault in faults(SPEC, schema, answer.json())] == []
    assert set(keys(answer.json())) <= property_names(SPEC)
    assert schema != COLLECTION or answer.json()["_embedded"]["wozObjecten"]


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        (PATH, {}, 400, "unsupportedCombi"),
        (PATH, {"postcode": "8995AA"}, 400, "unsupportedCombi"),
        (PATH, {"rsin": "1"}, 400, "paramsValidation"),
        (PATH, {"rsin": showcase.WOONSTICHTING_RSIN, "pageSize": 101}, 400, "paramsValidation"),
        (PATH, {"rsin": showcase.WOONSTICHTING_RSIN, "expand": "x"}, 400, "paramsValidation"),
        (PATH, {"burgerservicenummer": showcase.BURGER_BSN}, 400, "paramsValidation"),
        (f"{PATH}/1", {}, 400, "paramsValidation"),
        (f"{PATH}/099999999999", {}, 404, "notFound"),
        (f"{PATH}/099900000001", {"fields": "naam"}, 400, "paramsValidation"),
    ],
)
async def test_errors(path: str, parameters: dict[str, Any], status: int, code: str) -> None:
    """Errors fit the description, and say what is wrong."""
    answer = await ask_woz(path, **parameters)
    schema = "BadRequestFoutbericht" if status == 400 else "Foutbericht"

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [told(fault) for fault in faults(SPEC, schema, answer.json())] == []


async def test_who_has_no_key() -> None:
    """401, as all registries of this family."""
    assert (await ask_woz(PATH, {}, rsin="1")).status_code == 401


def test_every_record() -> None:
    """Every object fits its schema, and has exactly one owner and some values."""
    objects = list(Valuation(kadaster()).objects.values())

    assert [told(f) for found in objects[::5] for f in faults(SPEC, "WozObject", found)] == []
    assert all(found["waarden"] and found["belanghebbendeEigenaar"]["naam"] for found in objects)


def test_fields_may_name_what_there_is() -> None:
    """The names that the sandbox takes are those of the description."""
    schemas = description(SPEC)["components"]["schemas"]

    assert set(OBJECT) == set(schemas["WozObject"]["properties"])
    assert set(OBJECT["waarden"]) == set(schemas["Waarde"]["properties"])
    assert set(OBJECT["belanghebbendeEigenaar"]) == set(schemas["Belanghebbende"]["properties"])
