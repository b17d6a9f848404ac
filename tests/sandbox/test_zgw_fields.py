"""Fields that a `_zoek` names: given by the standard from 1.6, passed over by all others."""

from typing import Any

import pytest

from sandbox.wire import Wire
from sandbox.zgw_api import Dialect
from tests.app import cases
from tests.sandbox.zgw_client import ZAKEN, search

pytestmark = pytest.mark.anyio


def some_zaak(**wanted: bool) -> Wire:
    """A zaak in which each of these properties is filled, or is not."""
    return next(
        zaak
        for zaak in cases().zaken.values()
        if all(bool(zaak[name]) is filled for name, filled in wanted.items())
    )


async def chosen(zaak: Wire, fields: Any) -> Any:
    """What is given of a zaak for these fields."""
    body = {"uuid__in": [zaak["uuid"]], "fields": fields}
    answer = await search(body, dialect="standard", version="1.7.0")
    assert answer.status_code == 200, answer.text
    return answer.json()["results"][0]


async def test_only_what_is_named_is_given() -> None:
    zaak = some_zaak(status=True)

    assert await chosen(zaak, ["identificatie"]) == {"identificatie": zaak["identificatie"]}
    assert "startdatum" in await chosen(zaak, ["*"])


async def test_a_relation_comes_along_and_its_address_only_when_named() -> None:
    zaak = some_zaak(status=True)
    found = await chosen(zaak, ["uuid", {"status": ["url", {"statustype": ["omschrijving"]}]}])
    status = found["_expand"]["status"]

    assert found.keys() == {"uuid", "_expand"}
    assert status["url"].startswith(f"{ZAKEN}/statussen/")
    assert status["_expand"]["statustype"].keys() == {"omschrijving"}


async def test_a_list_comes_along_whole_and_nothing_where_there_is_none() -> None:
    some = await chosen(some_zaak(rollen=True), ["rollen", {"rollen": ["url", "roltype"]}])
    none = await chosen(some_zaak(resultaat=False), ["resultaat", {"resultaat": ["*"]}])

    assert [rol["url"] for rol in some["_expand"]["rollen"]] == some["rollen"]
    assert none == {"resultaat": None}


async def test_of_a_group_the_parts_that_are_named_are_given() -> None:
    found = await chosen(
        some_zaak(kenmerken=True, rollen=True),
        [{"kenmerken": ["bron"], "rollen": [{"betrokkeneIdentificatie": ["inpBsn", "naam"]}]}],
    )
    named = [rol["betrokkeneIdentificatie"].keys() for rol in found["_expand"]["rollen"]]

    assert all(kenmerk.keys() == {"bron"} for kenmerk in found["kenmerken"])
    assert all(names <= {"inpBsn", "naam"} for names in named)


@pytest.mark.parametrize(
    "fields",
    [
        [],
        "url",
        [1],
        ["zaaknummer"],
        ["laatstGemuteerd"],
        [{"status": ["volgorde"]}],
        [{"startdatum": ["jaar"]}],
        [{"opschorting": ["eerdereOpschorting"]}],
        [{"zaakinformatieobjecten": [{"informatieobject": ["titel"]}]}],
    ],
)
async def test_what_there_is_not_is_refused(fields: Any) -> None:
    """Documents among it: rule zrc-025 leaves them to their own API."""
    body = {"uuid__in": [some_zaak(status=True)["uuid"]], "fields": fields}
    answer = await search(body, dialect="standard", version="1.6.0")

    assert answer.status_code == 400
    assert [param["name"] for param in answer.json()["invalidParams"]] == ["fields"]


async def test_fields_and_expand_do_not_go_together() -> None:
    body = {"uuid__in": [], "fields": ["url"], "expand": "status"}

    assert (await search(body, dialect="standard", version="1.7.0")).status_code == 400


@pytest.mark.parametrize(
    ("dialect", "version"), [("openzaak", "1.5.1"), ("openzaak", "1.7.0"), ("standard", "1.5.2")]
)
async def test_others_pass_it_over(dialect: Dialect, version: str) -> None:
    body = {"uuid__in": [some_zaak(status=True)["uuid"]], "fields": ["nergens"]}
    (found,) = (await search(body, dialect=dialect, version=version)).json()["results"]

    assert "startdatum" in found
