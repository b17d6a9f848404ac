"""The sandbox's Objects and Objecttypes API behave as Objects API 4.0 was seen to."""

from typing import Any

import pytest

from sandbox.objecten import LIMITED_TOKEN, TYPES_TOKEN
from sandbox.objecten_kast import LAADPAAL, MELDING, PARKEERVERGUNNING
from sandbox.showcase import BURGER_BSN, PARTNER_BSN
from tests.sandbox.objecten_client import TYPE, get, search

pytestmark = pytest.mark.anyio

BSN = "houder__burgerservicenummer"


async def count(*expressions: str, kind: str = PARKEERVERGUNNING) -> int:
    answer = await get("objects", type=TYPE + kind, data_attr=list(expressions))
    return int(answer.json()["count"])


@pytest.mark.parametrize("token", ["", "verkeerd"])
async def test_without_a_token_nothing(token: str) -> None:
    answer = await get("objects", token=token)

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Token")


async def test_only_the_uuid_of_a_type_counts() -> None:
    found = (await get("objects", type=f"http://waar-dan-ook/{MELDING}")).json()
    unknown = await get("objects", type=TYPE + BURGER_BSN)

    assert {each["type"].rpartition("/")[2] for each in found["results"]} == {MELDING}
    assert (unknown.status_code, unknown.json()["invalid_params"][0]["name"]) == (400, "type")


async def test_expressions() -> None:
    assert await count(f"{BSN}__exact__{BURGER_BSN}") == 2
    assert await count(f"{BSN}__in__{BURGER_BSN}|{PARTNER_BSN}") >= 3
    assert await count(f"{BSN}__exact__{BURGER_BSN}", "nummer__exact__PV-2026-00001") == 1
    assert await count("houder__naam__icontains__KARABEY") >= 1
    assert 0 < await count("leges__gt__50") == await count("leges__exact__96.5")
    assert await count("leges__in__48.0|96.5") == 0
    assert 0 < await count("ingangsdatum__gte__2026-01-01") < await count()


@pytest.mark.parametrize("expression", ["nummer", "nummer__is__x", "nummer__gt__x"])
async def test_what_is_no_expression_is_refused(expression: str) -> None:
    answer = await get("objects", data_attr=expression)

    assert (answer.status_code, answer.json()["invalid_params"][0]["code"]) == (
        400,
        "invalid-data-attr-query",
    )


async def test_an_unknown_parameter_is_ignored() -> None:
    """So a mistyped filter gives everybody's data."""
    every = (await get("objects")).json()["count"]

    assert (await get("objects", data_atr=f"{BSN}__exact__{BURGER_BSN}")).json()["count"] == every


async def test_a_search_wants_its_crs_and_texts() -> None:
    kind = {"type": TYPE + PARKEERVERGUNNING}
    found = await search({**kind, "data_attrs": f"{BSN}__exact__{BURGER_BSN},leges__gt__1"})

    assert found.json()["count"] == 2
    assert (await search(kind, headers={})).status_code == 412
    assert (await search(kind, headers={"Content-Crs": "EPSG:28992"})).status_code == 406
    assert (await search({**kind, "data_attr": ["a__exact__b"]})).status_code == 500


async def test_a_page_and_a_day_are_read_from_the_address_only() -> None:
    kind = {"type": TYPE + LAADPAAL}
    ignored = await search({**kind, "pageSize": 1, "date": "1900-01-01"})

    assert len(ignored.json()["results"]) > 1
    assert len((await search(kind, pageSize="1")).json()["results"]) == 1
    assert (await search(kind, date="1900-01-01")).json()["count"] == 0
    assert (await get("objects", page="99")).status_code == 404


async def test_a_record_is_of_a_day() -> None:
    first = (await get("objects", data_attr="nummer__exact__LP-0001")).json()["results"][0]
    uuid = first["uuid"]
    then = (await get(f"objects/{uuid}", date="2025-06-01")).json()

    assert (first["record"]["index"], then["record"]["index"]) == (2, 1)
    assert then["record"]["data"]["status"] == "buiten gebruik"
    assert (await get(f"objects/{uuid}", date="2024-01-01")).status_code == 404
    assert (await get("objects/geen-uuid")).status_code == 404


async def test_fields_give_what_is_there() -> None:
    """And an empty object where nothing was; a path and one under it is too much for it."""
    fields = "uuid,record__data__technisch__merk,record__data__nummer"
    found = (await get("objects", type=TYPE + LAADPAAL, fields=fields)).json()["results"]
    both = await get("objects", fields="record__data,record__data__nummer")

    assert {frozenset(each) for each in found} == {frozenset({"uuid", "record"})}
    assert any(each["record"]["data"]["technisch"] == {} for each in found)
    assert any(each["record"]["data"]["technisch"] == {"merk": "Vonk"} for each in found)
    assert both.status_code == 500
    assert (await get("objects", fields="nergens")).status_code == 400


async def test_a_token_with_less_rights_is_told_what_it_misses() -> None:
    answer = await get("objects", token=LIMITED_TOKEN)
    asked = "record__data__nummer,record__data__kenteken"
    some = await get("objects", token=LIMITED_TOKEN, fields=asked)
    of_type = (await get("objects", type=TYPE + LAADPAAL)).json()["results"][0]["uuid"]

    assert "record__data__kenteken" in answer.headers["x-unauthorized-fields"].split(",")
    assert some.headers["x-unauthorized-fields"] == "record__data__kenteken"
    assert all("kenteken" not in each["record"]["data"] for each in answer.json()["results"])
    assert (await get(f"objects/{of_type}", token=LIMITED_TOKEN)).status_code == 403
    (permission,) = (await get("permissions", token=LIMITED_TOKEN)).json()["results"]
    assert permission["use_fields"] is True


@pytest.mark.parametrize(
    ("base", "token"), [("/objecten/api/v2", ""), ("/objecttypen/api/v2", TYPES_TOKEN)]
)
async def test_objecttypes_are_beside_the_objects_and_at_the_old_address(
    base: str, token: str
) -> None:
    options: dict[str, Any] = {"base": base, **({"token": token} if token else {})}
    types = (await get("objecttypes", **options)).json()["results"]
    versions = (await get(f"objecttypes/{LAADPAAL}/versions", **options)).json()["results"]

    assert {each["uuid"] for each in types} == {LAADPAAL, PARKEERVERGUNNING, MELDING}
    assert [(each["version"], each["status"]) for each in versions] == [
        (1, "published"),
        (2, "draft"),
    ]
    assert versions[0]["jsonSchema"]["title"] == "Laadpaal"
    assert (await get(f"objecttypes/{LAADPAAL}/versions/1", **options)).json() == versions[0]
    assert (await get(f"objecttypes/{BURGER_BSN}", **options)).status_code == 404
