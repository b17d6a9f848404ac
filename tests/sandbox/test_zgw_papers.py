"""Documents and besluiten of the sandbox: coherent with the zaken, and asked as of Open Zaak."""

from typing import Any

import httpx
import pytest

from sandbox.showcase import (
    DRAWING_DOCUMENT,
    PARKING_BESLUIT,
    PARKING_ZAAK,
    PERMIT_ZAAK,
    SKETCH_DOCUMENT,
)
from sandbox.wire import Wire
from sandbox.zgw_api import Dialect
from sandbox.zgw_bytes import chunks
from tests.app import cases
from tests.sandbox.zgw_client import BASE, ZAKEN, client, get

pytestmark = pytest.mark.anyio

DOCUMENTS = f"{BASE}/documenten/api/v1/enkelvoudiginformatieobjecten"
DRAWING = f"{DOCUMENTS}/{DRAWING_DOCUMENT}"
BESLUITEN = f"{BASE}/besluiten/api/v1"
OBJECTS = "documenten/objectinformatieobjecten"


async def sought(
    body: Any, params: dict[str, str] | None = None, dialect: Dialect = "openzaak"
) -> httpx.Response:
    """POST /enkelvoudiginformatieobjecten/_zoek."""
    async with client(dialect) as http:
        return await http.post(f"{DOCUMENTS}/_zoek", json=body, params=params)


def every_version() -> list[Wire]:
    return [version for versions in cases().papers.documenten.values() for version in versions]


def test_every_zaak_knows_its_documents_and_they_know_it() -> None:
    papers = cases().papers
    related = {
        (each["informatieobject"], each["object"])
        for each in papers.objectinformatieobjecten.values()
        if each["objectType"] == "zaak"
    }
    told = {
        (each["informatieobject"], each["zaak"]) for each in papers.zaakinformatieobjecten.values()
    }
    listed = {url for zaak in cases().zaken.values() for url in zaak["zaakinformatieobjecten"]}

    assert related == told
    assert listed == {each["url"] for each in papers.zaakinformatieobjecten.values()}
    assert {document for document, _ in told} == {each["url"] for each in every_version()}


def test_every_besluit_is_of_a_closed_zaak_and_has_a_letter() -> None:
    papers, zaken = cases().papers, cases().zaken
    types = cases().catalogue.resources
    letters = {each["besluit"] for each in papers.besluitinformatieobjecten.values()}

    assert len(papers.besluiten) > 500
    assert letters == {besluit["url"] for besluit in papers.besluiten.values()}
    for besluit in papers.besluiten.values():
        zaak = zaken[besluit["zaak"].rpartition("/")[2]]
        zaaktype = types["zaaktypen"][zaak["zaaktype"].rpartition("/")[2]]
        assert besluit["datum"] == zaak["einddatum"]
        assert besluit["besluittype"] in zaaktype["besluittypen"]


def test_documents_are_of_kinds_that_their_zaaktype_has() -> None:
    types = cases().catalogue.resources
    for link in list(cases().papers.zaakinformatieobjecten.values())[::20]:
        document = cases().papers.documenten[link["informatieobject"].rpartition("/")[2]][-1]
        zaak = cases().zaken[link["zaak"].rpartition("/")[2]]
        zaaktype = types["zaaktypen"][zaak["zaaktype"].rpartition("/")[2]]
        assert document["informatieobjecttype"] in zaaktype["informatieobjecttypen"]


def test_versions_are_numbered_and_uuids_are_not_shared() -> None:
    papers = cases().papers
    groups = (
        papers.documenten,
        papers.zaakinformatieobjecten,
        papers.objectinformatieobjecten,
        papers.besluiten,
        papers.besluitinformatieobjecten,
    )
    uuids = [uuid for group in groups for uuid in group]

    assert len(uuids) == len(set(uuids))
    for versions in papers.documenten.values():
        assert [version["versie"] for version in versions] == list(range(1, len(versions) + 1))


@pytest.mark.parametrize("place", range(0, 4_000, 397))
def test_a_document_has_as_many_bytes_as_it_says(place: int) -> None:
    version = every_version()[place]

    assert sum(map(len, chunks(version))) == version["bestandsomvang"]


def test_a_pdf_is_one() -> None:
    """Its cross-reference table is where it says, and points at its objects."""
    content = b"".join(chunks(cases().papers.documenten[DRAWING_DOCUMENT][0]))
    start = int(content.rsplit(b"startxref\n")[1].split(b"\n")[0])
    table = content[start:].split(b"\n")
    places = [int(line.split(b" ")[0]) for line in table[3:8]]

    assert content.startswith(b"%PDF-1.4\n")
    assert table[0] == b"xref"
    assert [content[at:].split(b" ")[0] for at in places] == [b"1", b"2", b"3", b"4", b"5"]


async def test_the_showcase() -> None:
    """What examples and tests count on."""
    permit = (await get(f"{ZAKEN}/zaken/{PERMIT_ZAAK}")).json()
    drawing = (await get(DRAWING)).json()
    sketch = (await get(f"{DOCUMENTS}/{SKETCH_DOCUMENT}")).json()
    besluit = (await get(f"{BESLUITEN}/besluiten/{PARKING_BESLUIT}")).json()

    assert permit["omschrijving"] == "Dakkapel aan de voorzijde"
    assert (drawing["versie"], drawing["bestandsomvang"]) == (3, 2_500_000)
    assert sketch["formaat"] == "text/html"
    assert besluit["zaak"] == f"{ZAKEN}/zaken/{PARKING_ZAAK}"


async def test_a_version_is_asked_for_by_number_or_moment() -> None:
    first = (await get(DRAWING, {"versie": "1"})).json()
    then = (await get(DRAWING, {"registratieOp": first["beginRegistratie"]})).json()

    assert (first["versie"], first["bestandsomvang"]) == (1, 1_400_000)
    assert then == first
    assert (await get(DRAWING, {"versie": "4"})).status_code == 404
    assert (await get(DRAWING, {"versie": "x"})).status_code == 400
    assert (await get(DRAWING, {"registratieOp": "1999-01-01T00:00:00Z"})).status_code == 404


async def test_a_download_is_octets_with_a_length() -> None:
    answer = await get(f"{DRAWING}/download", {"versie": "2"}, Accept="*/*")

    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-length"] == "2250000"
    assert len(answer.content) == 2_250_000
    assert (await get(f"{DRAWING}/download", {"versie": "9"})).status_code == 404


async def test_the_address_of_the_content_is_that_of_the_download() -> None:
    drawing = (await get(DRAWING)).json()

    assert drawing["inhoud"] == f"{DRAWING}/download?versie=3"
    assert len((await get(drawing["inhoud"])).content) == drawing["bestandsomvang"]


@pytest.mark.parametrize("dialect", ["openzaak", "standard"])
async def test_documents_are_sought_by_uuid(dialect: Dialect) -> None:
    uuids = list(cases().papers.documenten)[:120]
    first = (await sought({"uuid__in": uuids}, dialect=dialect)).json()
    second = (await sought({"uuid__in": uuids}, {"page": "2"}, dialect)).json()
    found = [each["url"].rpartition("/")[2] for each in first["results"] + second["results"]]

    assert (first["count"], len(first["results"])) == (120, 100)
    assert sorted(found) == sorted(uuids)


@pytest.mark.parametrize(
    "body", [{}, {"identificatie": "x"}, {"uuid__in": "a"}, {"uuid__in": ["nee"]}]
)
async def test_a_search_without_good_uuids_is_400(body: Any) -> None:
    assert (await sought(body)).status_code == 400


@pytest.mark.parametrize("names", [["informatieobjecttype"], "informatieobjecttype"])
async def test_a_document_brings_its_type_along(names: Any) -> None:
    found = (await sought({"uuid__in": [DRAWING_DOCUMENT], "expand": names})).json()
    detail = (await get(DRAWING, {"expand": "informatieobjecttype"})).json()

    assert found["results"][0]["_expand"]["informatieobjecttype"]["omschrijving"] == "Bewijsstuk"
    assert detail["_expand"] == found["results"][0]["_expand"]
    assert (await get(DRAWING, {"expand": "zaak"})).status_code == 400


async def test_what_a_document_belongs_to_is_a_bare_array() -> None:
    of_document = (await get(OBJECTS, {"informatieobject": DRAWING})).json()
    of_zaak = (await get(OBJECTS, {"object": f"{ZAKEN}/zaken/{PARKING_ZAAK}"})).json()
    of_nothing = (await get(OBJECTS, {"object": "http://elders.example/x"})).json()
    answer = await get(of_document[0]["url"])

    assert [(each["object"], each["objectType"]) for each in of_document] == [
        (f"{ZAKEN}/zaken/{PERMIT_ZAAK}", "zaak")
    ]
    assert len(of_zaak) == 3
    assert of_nothing == []
    assert answer.json() == of_document[0]
    assert (await get(OBJECTS, {"page": "1"})).status_code == 400


async def test_besluiten_of_a_zaak_and_their_documents() -> None:
    zaak = {"zaak": f"{ZAKEN}/zaken/{PARKING_ZAAK}"}
    page = (await get("besluiten/besluiten", zaak)).json()
    (besluit,) = page["results"]
    (letter,) = (
        await get("besluiten/besluitinformatieobjecten", {"besluit": besluit["url"]})
    ).json()
    document = (await get(letter["informatieobject"])).json()
    (reference,) = (await get(f"{ZAKEN}/zaken/{PARKING_ZAAK}/besluiten")).json()

    assert page["count"] == 1
    assert besluit["url"].endswith(PARKING_BESLUIT)
    assert document["titel"] == "Besluit Parkeervergunning tweede auto"
    assert reference["besluit"] == besluit["url"]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("documenten/enkelvoudiginformatieobjecten", {"titel": "bouwtekening"}),
        (
            "documenten/enkelvoudiginformatieobjecten",
            {"objectinformatieobjecten__objectType": "besluit", "pageSize": "1"},
        ),
        ("besluiten/besluiten", {"pageSize": "1"}),
    ],
)
async def test_extensions_of_open_zaak_are_unknown_to_the_standard(
    path: str, params: dict[str, str]
) -> None:
    assert (await get(path, params)).json()["count"] >= 1
    assert (await get(path, params, dialect="standard")).status_code == 400


async def test_kinds_of_documents_by_zaaktype() -> None:
    zaaktype = (await get("catalogi/zaaktypen", {"identificatie": "B0412"})).json()["results"][0]
    kinds = (await get("catalogi/informatieobjecttypen", {"zaaktype": zaaktype["url"]})).json()
    decisions = (await get("catalogi/besluittypen", {"zaaktypen": zaaktype["url"]})).json()

    assert {kind["url"] for kind in kinds["results"]} == set(zaaktype["informatieobjecttypen"])
    assert [kind["url"] for kind in decisions["results"]] == zaaktype["besluittypen"]


async def test_who_is_not_known_gets_no_documents() -> None:
    async with client() as http:
        http.headers["Authorization"] = "Bearer a.b.c"
        answers = [await http.get(f"{DRAWING}/download"), await http.get(f"{BESLUITEN}/besluiten")]

    assert [answer.status_code for answer in answers] == [403, 403]
