"""The questions of the Zaken API: filters, search, pages and expand as Open Zaak has them."""

from typing import Any

import pytest

from sandbox.showcase import BURGER_BSN, NOBODY_BSN
from sandbox.wire import Wire
from sandbox.zgw_links import CATALOGI as CATALOGI_PLACE
from sandbox.zgw_links import ZAKEN as ZAKEN_PLACE
from sandbox.zgw_objects import BAG_BASE
from tests.app import cases
from tests.sandbox.zgw_client import CATALOGI, ZAKEN, client, get, search

pytestmark = pytest.mark.anyio

BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
ROLE = "rol__omschrijvingGeneriek"


def shown(url: str) -> str:
    return url.replace(ZAKEN_PLACE, ZAKEN).replace(CATALOGI_PLACE, CATALOGI)


def some_zaak(**wanted: bool) -> Wire:
    """A zaak in which each of these properties is filled, or is not."""
    return next(
        zaak
        for zaak in cases().zaken.values()
        if all(bool(zaak[name]) is filled for name, filled in wanted.items())
    )


async def count(params: dict[str, Any]) -> int:
    answer = await get("zaken/zaken", params)
    assert answer.status_code == 200, answer.text
    found: int = answer.json()["count"]
    return found


async def test_a_list_has_a_hundred_a_page_newest_first() -> None:
    body = (await get("zaken/zaken")).json()
    newest = list(cases().zaken.values())[::-1]

    assert body["count"] == len(newest)
    assert [zaak["uuid"] for zaak in body["results"]] == [zaak["uuid"] for zaak in newest[:100]]
    assert body["next"] == f"{ZAKEN}/zaken?page=2"
    assert body["previous"] is None


async def test_the_pages_hold_every_zaak_once() -> None:
    found: list[str] = []
    url: str | None = f"{ZAKEN}/zaken?startdatum__gte=2026-01-01&pageSize=250"
    while url:
        body = (await get(url)).json()
        found += [zaak["uuid"] for zaak in body["results"]]
        url = body["next"]

    assert len(found) == len(set(found)) == body["count"]
    assert body["previous"] is not None


@pytest.mark.parametrize("page", ["0", "-1", "999", "een", ""])
async def test_a_page_out_of_range_is_404(page: str) -> None:
    answer = await get("zaken/zaken", {"page": page})

    assert answer.status_code == 404


async def test_page_size_is_for_open_zaak_and_at_most_500() -> None:
    assert len((await get("zaken/zaken", {"pageSize": "501"})).json()["results"]) == 500
    assert len((await get("zaken/zaken", {"pageSize": "nul"})).json()["results"]) == 100
    assert (await get("zaken/zaken", {"pageSize": "5"}, dialect="standard")).status_code == 400


@pytest.mark.parametrize("path", ["zaken", "rollen", "statussen", "resultaten", "zaakobjecten"])
async def test_an_unknown_parameter_is_400(path: str) -> None:
    answer = await get(f"zaken/{path}", {"onzin": "1"})

    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["code"] == "unknown-parameters"
    assert answer.json()["invalidParams"][0]["name"] == "nonFieldErrors"


@pytest.mark.parametrize(
    "name",
    [
        "identificatie__icontains",
        "omschrijving",
        "zaaktype__omschrijving",
        "status__statustype",
        "resultaat__resultaattype",
        "kenmerk",
        "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer",
        "rol__betrokkeneIdentificatie__vestiging__kvkNummer",
        "rol__machtiging",
    ],
)
async def test_extensions_of_open_zaak_are_unknown_to_the_standard(name: str) -> None:
    assert (await get("zaken/zaken", {name: "x"}, dialect="standard")).status_code == 400


async def test_the_standard_shows_no_properties_of_open_zaak() -> None:
    zaak = (await get("zaken/zaken", {"expand": "rollen"}, dialect="standard")).json()["results"][0]

    assert "laatstGemuteerd" not in zaak
    assert "eerdereOpschorting" not in zaak["opschorting"]
    assert "authenticatieContext" not in zaak["_expand"]["rollen"][0]


async def test_every_filter_on_the_zaak_itself() -> None:
    zaak = some_zaak(einddatum=True, kenmerken=True, archiefactiedatum=True)
    known = zaak["kenmerken"][0]
    for name, value in {
        "identificatie": zaak["identificatie"],
        "identificatie__icontains": zaak["identificatie"][:9].lower(),
        "omschrijving": zaak["omschrijving"].upper()[:6],
        "bronorganisatie": zaak["bronorganisatie"],
        "bronorganisatie__in": f"123456782,{zaak['bronorganisatie']}",
        "zaaktype": shown(zaak["zaaktype"]),
        "archiefnominatie": zaak["archiefnominatie"],
        "archiefnominatie__in": "blijvend_bewaren,vernietigen",
        "archiefstatus": "nog_te_archiveren",
        "archiefactiedatum": zaak["archiefactiedatum"],
        "archiefactiedatum__isnull": "false",
        "startdatum": zaak["startdatum"],
        "registratiedatum": zaak["registratiedatum"],
        "einddatum": zaak["einddatum"],
        "einddatum__isnull": "false",
        "uiterlijkeEinddatumAfdoening": zaak["uiterlijkeEinddatumAfdoening"],
        "maximaleVertrouwelijkheidaanduiding": zaak["vertrouwelijkheidaanduiding"],
        "kenmerk": f"{known['bron']}:{known['kenmerk']}",
        "kenmerk__bron": known["bron"],
    }.items():
        body = (
            await get("zaken/zaken", {name: value, "identificatie": zaak["identificatie"]})
        ).json()
        assert [found["uuid"] for found in body["results"]] == [zaak["uuid"]], name
        assert await count({name: value}) >= 1


async def test_dates_divide_the_zaken() -> None:
    day, total = "2026-03-01", len(cases().zaken)
    before, on, after = [
        await count({f"startdatum{suffix}": day}) for suffix in ("__lt", "", "__gt")
    ]

    assert before + on + after == total
    assert await count({"startdatum__lte": day}) == before + on
    assert await count({"startdatum__gte": day}) == on + after
    assert (
        await count({"einddatum__isnull": "true"}) + await count({"einddatum__isnull": "0"})
        == total
    )


async def test_confidentiality_is_an_order() -> None:
    counts = [
        await count({"maximaleVertrouwelijkheidaanduiding": level})
        for level in ("openbaar", "beperkt_openbaar", "zaakvertrouwelijk", "zeer_geheim")
    ]

    assert counts == sorted(counts)
    assert counts[-1] == len(cases().zaken)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("startdatum", "gisteren", "invalid"),
        ("startdatum__gt", "20260101", "invalid"),
        ("archiefstatus", "weg", "invalid_choice"),
        ("maximaleVertrouwelijkheidaanduiding", "matig", "invalid_choice"),
        (ROLE, "Initiator", "invalid_choice"),
        ("zaaktype", "geen-url", "invalid"),
        ("expand", "status,alles", "invalid_choice"),
        ("ordering", "omschrijving", "invalid_choice"),
    ],
)
async def test_a_wrong_value_is_400_and_named(name: str, value: str, code: str) -> None:
    answer = await get("zaken/zaken", {name: value})

    assert answer.status_code == 400
    assert [(p["name"], p["code"]) for p in answer.json()["invalidParams"]] == [(name, code)]


async def test_all_wrong_values_are_reported_at_once() -> None:
    answer = await get("zaken/zaken", {"startdatum": "x", "einddatum": "y"})

    assert {param["name"] for param in answer.json()["invalidParams"]} == {
        "startdatum",
        "einddatum",
    }


async def test_an_empty_value_is_no_filter() -> None:
    assert await count({"identificatie": "", BSN: ""}) == len(cases().zaken)


async def test_a_url_with_another_host_finds_nothing_and_says_nothing() -> None:
    zaak = some_zaak(rollen=True)
    good = await get("zaken/rollen", {"zaak": shown(zaak["url"])})
    wrong = await get("zaken/rollen", {"zaak": shown(zaak["url"]).replace("sandbox.", "other.")})
    placeholder = await get("zaken/rollen", {"zaak": "https://zgw://zaken"})

    assert good.json()["count"] == len(zaak["rollen"])
    assert (wrong.status_code, wrong.json()["count"]) == (200, 0)
    assert placeholder.json()["count"] == 0


async def test_zaken_of_a_person_by_query_and_by_search() -> None:
    asked = {BSN: BURGER_BSN, ROLE: "initiator"}
    by_query = (await get("zaken/zaken", asked)).json()
    by_body = (await search(asked)).json()

    assert by_query["count"] >= 5
    assert by_query["results"] == by_body["results"]
    assert await count({BSN: NOBODY_BSN}) == 0


async def test_filters_on_rollen_may_be_met_by_different_rollen() -> None:
    """So a gateway that must show a citizen's own zaken has to look at the rollen too."""
    asked = [
        rol for rol in cases().rollen.values() if rol["omschrijvingGeneriek"] == "belanghebbende"
    ]
    bsn = next(
        rol["betrokkeneIdentificatie"]["inpBsn"]
        for rol in asked
        if rol["betrokkeneType"] == "natuurlijk_persoon"
    )
    as_initiator = await count({BSN: bsn, ROLE: "initiator"})

    assert as_initiator == await count({BSN: bsn})


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("nietNatuurlijkPersoon", "innNnpId"),
        ("nietNatuurlijkPersoon", "annIdentificatie"),
        ("nietNatuurlijkPersoon", "kvkNummer"),
        ("vestiging", "vestigingsNummer"),
        ("vestiging", "kvkNummer"),
        ("medewerker", "identificatie"),
        ("organisatorischeEenheid", "identificatie"),
    ],
)
async def test_zaken_and_rollen_by_the_number_of_a_betrokkene(kind: str, number: str) -> None:
    wire_kind = {
        "nietNatuurlijkPersoon": "niet_natuurlijk_persoon",
        "organisatorischeEenheid": "organisatorische_eenheid",
    }.get(kind, kind)
    rol = next(
        rol
        for rol in cases().rollen.values()
        if rol["betrokkeneType"] == wire_kind and rol["betrokkeneIdentificatie"][number]
    )
    name = f"betrokkeneIdentificatie__{kind}__{number}"
    value = rol["betrokkeneIdentificatie"][number]
    rollen = (await get("zaken/rollen", {name: value, "betrokkeneType": wire_kind})).json()
    zaken = (await get("zaken/zaken", {f"rol__{name}": value, "pageSize": "500"})).json()

    assert {found["betrokkeneIdentificatie"][number] for found in rollen["results"]} == {value}
    assert shown(rol["zaak"]) in {zaak["url"] for zaak in zaken["results"]}


async def test_ordering_and_where_null_goes() -> None:
    up = (
        await get("zaken/zaken", {"ordering": "einddatum,-identificatie", "pageSize": "500"})
    ).json()
    down = (await get("zaken/zaken", {"ordering": "-einddatum"})).json()
    dates = [zaak["einddatum"] for zaak in up["results"]]

    assert dates == sorted(dates)
    assert down["results"][0]["einddatum"] is None


async def test_search_by_uuid_and_zaaktype() -> None:
    uuids = list(cases().zaken)[5:60]
    types = {cases().zaken[uuid]["zaaktype"] for uuid in uuids[:3]}
    by_uuid = (await search({"uuid__in": [*uuids, "00000000-0000-4000-8000-000000000000"]})).json()
    both = (await search({"uuid__in": uuids, "zaaktype__in": [shown(url) for url in types]})).json()

    assert {zaak["uuid"] for zaak in by_uuid["results"]} == set(uuids)
    assert {zaak["zaaktype"] for zaak in both["results"]} == {shown(url) for url in types}


async def test_search_takes_pages_in_the_query_and_names_the_next() -> None:
    body = {"startdatum__gte": "2026-01-01", "ordering": ["startdatum"], "expand": ["status"]}
    first = (await search(body, {"pageSize": 40})).json()
    async with client() as http:
        second = (await http.post(first["next"], json=body)).json()

    assert first["next"] == f"{ZAKEN}/zaken/_zoek?pageSize=40&page=2"
    assert second["previous"] == f"{ZAKEN}/zaken/_zoek?pageSize=40"
    assert second["results"][0]["startdatum"] >= first["results"][-1]["startdatum"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "empty_search_body"),
        ([], 400, "empty_search_body"),
        ({"uuid__in": ["nee"]}, 400, "invalid"),
        ({"identificatie": ["a"]}, 400, "invalid"),
        ({"expand": ["alles"]}, 400, "invalid_choice"),
        ({"zaakgeometrie": {"within": {"type": "Point"}}}, 400, "invalid"),
    ],
)
async def test_a_wrong_search_is_400(body: object, status: int, code: str) -> None:
    answer = await search(body)

    assert answer.status_code == status
    assert answer.json()["invalidParams"][0]["code"] == code


async def test_expand_in_a_search_is_a_list_for_open_zaak_and_a_text_in_the_standard() -> None:
    text = {BSN: BURGER_BSN, "expand": "status, zaaktype"}
    names = {BSN: BURGER_BSN, "expand": ["status", "zaaktype"]}

    assert (await search(text)).status_code == 500
    assert (await search(names)).status_code == 200
    assert (await search(text, dialect="standard")).status_code == 200
    assert (await search(names, dialect="standard")).status_code == 400


async def test_a_search_body_must_be_json() -> None:
    async with client() as http:
        other = await http.post(f"{ZAKEN}/zaken/_zoek", content="a=b")
        broken = await http.post(
            f"{ZAKEN}/zaken/_zoek", content="{", headers={"Content-Type": "application/json"}
        )

    assert other.status_code == 415
    assert (broken.status_code, broken.json()["code"]) == (400, "parse_error")


async def test_an_unknown_name_in_a_search_is_ignored() -> None:
    """A mistyped filter in a body finds everything: Open Zaak only checks the query."""
    assert (await search({"identificatei": "x"})).json()["count"] == len(cases().zaken)


async def test_search_within_an_area() -> None:
    zaak = some_zaak(zaakgeometrie=True)
    coordinates = zaak["zaakgeometrie"]["coordinates"]
    x, y = coordinates if isinstance(coordinates[0], float) else coordinates[0][0]
    d = 0.001
    ring = [[x - d, y - d], [x + d, y - d], [x + d, y + d], [x - d, y + d], [x - d, y - d]]
    area = {"within": {"type": "Polygon", "coordinates": [ring]}}
    body = (await search({"zaakgeometrie": area})).json()

    assert zaak["uuid"] in {found["uuid"] for found in body["results"]}
    assert body["count"] < 200


async def test_expand_brings_what_is_related() -> None:
    zaak = some_zaak(einddatum=True, deelzaken=True, zaakobjecten=True, eigenschappen=True)
    names = (
        "zaaktype,status,status.statustype,resultaat,resultaat.resultaattype,rollen,rollen.roltype,"
        "zaakobjecten,eigenschappen,eigenschappen.eigenschap,deelzaken,deelzaken.status"
    )
    found = (await get(f"zaken/zaken/{zaak['uuid']}", {"expand": names})).json()
    inside = found["_expand"]

    assert inside["zaaktype"]["url"] == found["zaaktype"]
    assert inside["status"]["_expand"]["statustype"]["isEindstatus"] is True
    assert "omschrijving" in inside["resultaat"]["_expand"]["resultaattype"]
    assert [rol["url"] for rol in inside["rollen"]] == found["rollen"]
    assert all("roltype" in rol["_expand"] for rol in inside["rollen"])
    assert inside["deelzaken"][0]["hoofdzaak"] == found["url"]
    assert inside["eigenschappen"][0]["_expand"]["eigenschap"]["naam"]
    assert "hoofdzaak" not in inside
    assert "zaakinformatieobjecten" not in inside


async def test_expand_of_a_name_below_one_that_is_not_expanded_brings_nothing() -> None:
    zaak = some_zaak(status=True)
    found = (await get(f"zaken/zaken/{zaak['uuid']}", {"expand": "status.statustype"})).json()

    assert found["_expand"] == {}


async def test_an_empty_expand_is_always_there() -> None:
    assert (await get("zaken/zaken")).json()["results"][0]["_expand"] == {}


async def test_statussen_resultaten_and_rollen_of_a_zaak() -> None:
    zaak = some_zaak(einddatum=True, rollen=True)
    about = {"zaak": shown(zaak["url"])}
    statussen = (await get("zaken/statussen", about)).json()
    last = (await get("zaken/statussen", about | {"indicatieLaatstGezetteStatus": "true"})).json()
    resultaten = (await get("zaken/resultaten", about)).json()
    rollen = (await get("zaken/rollen", about)).json()

    assert statussen["count"] >= 2
    assert [status["url"] for status in last["results"]] == [shown(zaak["status"])]
    assert [resultaat["url"] for resultaat in resultaten["results"]] == [shown(zaak["resultaat"])]
    assert {rol["url"] for rol in rollen["results"]} == {shown(url) for url in zaak["rollen"]}


@pytest.mark.parametrize(("kind", "folder"), [("adres", "adressen"), ("pand", "panden")])
async def test_zaakobjecten_are_found_by_the_url_of_a_bag_object(kind: str, folder: str) -> None:
    known = next(
        o for o in cases().zaakobjecten.values() if o["objectType"] == kind and o["object"]
    )
    number = known["objectIdentificatie"]["identificatie"]
    body = (await get("zaken/zaakobjecten", {"object": f"{BAG_BASE}/{folder}/{number}"})).json()

    assert shown(known["zaak"]) in {found["zaak"] for found in body["results"]}
    assert {found["objectIdentificatie"]["identificatie"] for found in body["results"]} == {number}


async def test_zaakobjecten_have_no_filter_on_an_identification() -> None:
    answer = await get("zaken/zaakobjecten", {"objectIdentificatie__identificatie": "x"})

    assert answer.status_code == 400


async def test_some_lists_are_bare_arrays() -> None:
    zaak = some_zaak(eigenschappen=True)
    own = f"zaken/zaken/{zaak['uuid']}"
    eigenschappen = (await get(f"{own}/zaakeigenschappen")).json()
    one = await get(eigenschappen[0]["url"])
    about = {"zaak": shown(zaak["url"])}

    assert [e["url"] for e in eigenschappen] == [shown(url) for url in zaak["eigenschappen"]]
    assert one.json() == eigenschappen[0]
    assert "etag" in one.headers
    documents = (await get("zaken/zaakinformatieobjecten", about)).json()

    assert isinstance((await get(f"{own}/besluiten")).json(), list)
    assert {each["url"] for each in documents} == {
        shown(url) for url in zaak["zaakinformatieobjecten"]
    }
    assert (await get("zaken/zaakinformatieobjecten", {"page": "1"})).status_code == 400


async def test_what_hangs_under_an_unknown_zaak_is_404() -> None:
    unknown = "zaken/zaken/00000000-0000-4000-8000-000000000000"
    for path in (unknown, f"{unknown}/zaakeigenschappen", f"{unknown}/besluiten"):
        assert (await get(path)).status_code == 404


async def test_a_zaakeigenschap_of_another_zaak_is_404() -> None:
    first, second = [z for z in cases().zaken.values() if z["eigenschappen"]][:2]
    uuid = second["eigenschappen"][0].rpartition("/")[2]

    assert (await get(f"zaken/zaken/{first['uuid']}/zaakeigenschappen/{uuid}")).status_code == 404
