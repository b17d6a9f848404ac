"""The questions of the Catalogi API: versions of a zaaktype, their parts, what is published."""

import pytest

from tests.app import cases
from tests.sandbox.zgw_client import CATALOGI, get

pytestmark = pytest.mark.anyio

RESOURCES = (
    "catalogussen",
    "zaaktypen",
    "statustypen",
    "resultaattypen",
    "roltypen",
    "eigenschappen",
)


@pytest.mark.parametrize("resource", RESOURCES)
async def test_every_object_of_a_list_can_be_read_by_its_url(resource: str) -> None:
    body = (await get(f"catalogi/{resource}")).json()
    wire = body["results"][0]
    answer = await get(wire["url"])

    assert wire["url"].startswith(f"{CATALOGI}/{resource}/")
    assert answer.json() == wire
    assert (await get(wire["url"], If_None_Match=answer.headers["etag"])).status_code == 304


async def test_versions_share_an_identificatie_and_one_holds_on_a_day() -> None:
    both = (await get("catalogi/zaaktypen", {"identificatie": "B0101"})).json()["results"]
    on_day = {"identificatie": "B0101", "datumGeldigheid": "2025-12-31"}
    old = (await get("catalogi/zaaktypen", on_day)).json()["results"]

    assert len(both) == 2
    assert len({zaaktype["url"] for zaaktype in both}) == 2
    assert [zaaktype["eindeGeldigheid"] for zaaktype in old] == ["2025-12-31"]


@pytest.mark.parametrize(
    ("status", "concepts", "published"),
    [(None, 0, 11), ("definitief", 0, 11), ("concept", 1, 0), ("alles", 1, 11)],
)
async def test_a_concept_is_shown_on_request(
    status: str | None, concepts: int, published: int
) -> None:
    body = (await get("catalogi/zaaktypen", {"status": status} if status else None)).json()
    found = [zaaktype["concept"] for zaaktype in body["results"]]

    assert (found.count(True), found.count(False)) == (concepts, published)


async def test_parts_of_a_concept_are_hidden_too() -> None:
    asked = {"zaaktypeIdentificatie": "B0102"}

    assert (await get("catalogi/statustypen", asked)).json()["count"] == 0
    assert (await get("catalogi/statustypen", asked | {"status": "alles"})).json()["count"] == 2


async def test_the_parts_of_a_zaaktype() -> None:
    zaaktype = (await get("catalogi/zaaktypen", {"identificatie": "B0412"})).json()["results"][0]
    for resource in ("statustypen", "resultaattypen", "roltypen", "eigenschappen"):
        body = (await get(f"catalogi/{resource}", {"zaaktype": zaaktype["url"]})).json()
        assert {part["url"] for part in body["results"]} == set(zaaktype[resource])


async def test_statustypen_are_numbered_and_the_last_is_the_eindstatus() -> None:
    statustypen = cases().catalogue.resources["statustypen"].values()
    for versie in cases().catalogue.versies:
        own = [s for s in statustypen if s["zaaktype"] == versie.zaaktype["url"]]
        assert [s["volgnummer"] for s in own] == list(range(1, len(own) + 1))
        assert [s["isEindstatus"] for s in own] == [False] * (len(own) - 1) + [True]


async def test_filters_of_the_catalogus() -> None:
    by_domain = (await get("catalogi/catalogussen", {"domein__in": "ANDER,WVAAR"})).json()
    none = (await get("catalogi/catalogussen", {"domein": "ANDER"})).json()
    trefwoorden = (await get("catalogi/zaaktypen", {"trefwoorden": "parkeren"})).json()
    initiators = (await get("catalogi/roltypen", {"omschrijvingGeneriek": "initiator"})).json()
    catalogus = by_domain["results"][0]["url"]

    assert (by_domain["count"], none["count"], trefwoorden["count"]) == (1, 0, 2)
    assert initiators["count"] == 11
    assert (await get("catalogi/zaaktypen", {"catalogus": catalogus})).json()["count"] == 11


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("zaaktypen", {"omschrijving__icontains": "park"}),
        ("roltypen", {"omschrijving": "Aanvrager"}),
        ("statustypen", {"pageSize": "10"}),
    ],
)
async def test_extensions_of_open_zaak_are_unknown_to_the_standard(
    path: str, params: dict[str, str]
) -> None:
    assert (await get(f"catalogi/{path}", params)).json()["count"] >= 1
    assert (await get(f"catalogi/{path}", params, dialect="standard")).status_code == 400


@pytest.mark.parametrize(
    "params", [{"status": "nieuw"}, {"datumGeldigheid": "nu"}, {"expand": "catalogus"}]
)
async def test_wrong_questions_are_400(params: dict[str, str]) -> None:
    assert (await get("catalogi/zaaktypen", params)).status_code == 400
