"""Documents and besluiten as they are asked for: batches, versions, and answers not to believe."""

import json
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from gateway.source.errors import (
    ConfigurationMissing,
    ForeignAddress,
    SourceFault,
    SourceTimeout,
)
from gateway.source.read import Brought, Fields, Found
from resolvers.zgw.beside import uuid_of_elsewhere, zaak_url
from resolvers.zgw.reads_besluiten import besluit, besluiten_van_zaak, documenten_van_besluit
from resolvers.zgw.reads_documenten import (
    document,
    document_key,
    document_op_identificatie,
    objecten_van_document,
    versies_van_document,
)
from resolvers.zgw.reads_een_document import document_in_versie
from schema.documenten import Document, uuid_of_document
from schema.language.content import Content
from schema.language.declare import Derived, declaration_of
from schema.language.paging import Page
from tests.app import Call, Setup, running
from tests.bag.asking import Answer, Asked, asked

pytestmark = pytest.mark.anyio

EVERYTHING = Fields(())
ONE = "00000000-0000-4000-8000-000000000001"
TWO = "00000000-0000-4000-8000-000000000002"
BASE = "https://documenten.test/enkelvoudiginformatieobjecten"


def documenten(answer: Answer) -> Asked:
    return asked("documenten", answer)


def besluiten(answer: Answer, **dialect: Any) -> Asked:
    return asked("besluiten", answer, dialect)


def wire(uuid: str = ONE, versie: int = 1, **more: Any) -> dict[str, Any]:
    return {"url": f"{BASE}/{uuid}", "versie": versie, **more}


def page(*results: Any, total: int | None = None) -> dict[str, Any]:
    count = total if total is not None else len(results)
    return {"count": count, "next": None, "previous": None, "results": list(results)}


async def test_several_documents_are_one_question() -> None:
    """In a body; one document is asked for by its address."""
    bron = documenten(lambda request: page(wire(TWO), wire(ONE)))
    found: Found = await document.call(bron.source, [ONE, TWO], EVERYTHING)

    assert list(found.objects) == [TWO, ONE]
    assert [request.method for request in bron.requests] == ["POST"]
    assert json.loads(bron.requests[0].content) == {"uuid__in": [ONE, TWO]}
    assert str(bron.requests[0].url) == f"{BASE}/_zoek"


async def test_a_document_that_is_not_there() -> None:
    """Is left out, whether asked alone or with others."""
    alone = documenten(lambda request: httpx.Response(404, json={}))
    others = documenten(lambda request: page(wire(TWO)))

    assert (await document.call(alone.source, [ONE], EVERYTHING)).objects == {}
    assert list((await document.call(others.source, [ONE, TWO], EVERYTHING)).objects) == [TWO]


async def test_a_hundred_documents_a_question() -> None:
    """More are asked for in parts of a hundred."""

    def answering(call: Call) -> httpx.Response | None:
        if call.path == "zaakinformatieobjecten":
            zaak = dict(call.params)["zaak"]
            links = [
                {"zaak": zaak, "informatieobject": f"{outside}/{number:08d}{ONE[8:]}"}
                for number in range(250)
            ]
            return httpx.Response(200, json=links)
        if call.source == "documenten":
            found = [{"url": f"{outside}/{uuid}", "titel": uuid} for uuid in call.body["uuid__in"]]
            return httpx.Response(200, json=page(*found))
        url = f"https://bronnen.test/zaken/api/v1/{call.path}"
        return httpx.Response(200, json={"url": url, "uuid": ONE})

    outside = "https://bronnen.test/documenten/api/v1/enkelvoudiginformatieobjecten"
    setup = Setup(answering=answering, settings={"limits": {"cost": 100_000}})
    async with running(setup) as app:
        query = "query ($u: Uuid!) { zaak(uuid: $u) { documenten { titel } } }"
        body = (await app.ask(query, {"u": ONE})).json()
        sizes = [len(c.body["uuid__in"]) for c in app.outdoors.calls if c.source == "documenten"]

    assert sorted(sizes) == [50, 100, 100]
    assert len(body["data"]["zaak"]["documenten"]) == 250
    assert "errors" not in body


@pytest.mark.parametrize("answer", [wire(TWO), wire(ONE, 3), [], {"versie": 2}, "x"])
async def test_another_document_or_version_is_not_believed(answer: Any) -> None:
    bron = documenten(lambda request: answer)

    with pytest.raises((SourceFault, KeyError, TypeError)):
        await document_in_versie.call(bron.source, ONE, EVERYTHING, versie=2)


async def test_the_last_version_answers_for_the_document_and_another_does_not() -> None:
    bron = documenten(lambda request: wire(ONE, int(request.url.params.get("versie", 3))))
    last: Brought = await document_in_versie.call(bron.source, ONE, EVERYTHING, versie=None)
    first: Brought = await document_in_versie.call(bron.source, ONE, EVERYTHING, versie=1)

    assert (last.value["versie"], first.value["versie"]) == (3, 1)
    assert (list(last.also), list(first.also)) == ([document], [])


def versions_of(total: int, gone: Sequence[int] = ()) -> Asked:
    """A document with so many versions, some of which are gone."""

    def answer(request: httpx.Request) -> Any:
        number = int(request.url.params.get("versie", total))
        missing = number > total or number in gone
        return httpx.Response(404, json={}) if missing else wire(ONE, number)

    return documenten(answer)


async def versions(bron: Asked, first: int, after: str | None = None) -> Page:
    found: Brought = await versies_van_document.call(
        bron.source, ONE, EVERYTHING, first=first, after=after
    )
    page: Page = found.value
    last = {document: {ONE: page.items[0]}} if after is None else {}
    assert found.also == last  # it is not asked again to judge by
    return page


def numbers(found: Page) -> list[int]:
    return [item["versie"] for item in found.items]


@pytest.mark.parametrize("first", [1, 2, 3, 7, 10])
@pytest.mark.parametrize("total", [1, 2, 7])
async def test_walking_through_versions_gives_each_once(total: int, first: int) -> None:
    """The last one first; each is one question, and none is asked for twice."""
    bron = versions_of(total)
    seen: list[int] = []
    after: str | None = None
    while True:
        found = await versions(bron, first, after)
        seen += numbers(found)
        assert found.total == (total if after is None else None)
        assert found.has_previous is (after is not None)
        if not found.has_next:
            break
        after = found.cursors[-1]

    assert seen == list(range(total, 0, -1))
    assert len(bron.requests) == total


async def test_a_version_that_is_gone_is_left_out() -> None:
    assert numbers(await versions(versions_of(4, gone=[3]), 4)) == [4, 2, 1]


async def test_a_cursor_that_is_not_of_this_list_asks_little() -> None:
    """A number that no version has."""
    bron = versions_of(3)
    found = await versions(bron, 5, "OTk5OTk5OTk")

    assert numbers(found) == []
    assert len(bron.requests) == 5


async def test_a_source_that_fails_at_one_version() -> None:
    """Its own failure is told, not that of a group of tasks."""

    def answer(request: httpx.Request) -> Any:
        if "versie" in request.url.params:
            return httpx.Response(504, json={})
        return wire(ONE, 3)

    with pytest.raises(SourceTimeout):
        await versions(documenten(answer), 3)


@pytest.mark.parametrize("versie", [None, "3", 0, -1, 2.5])
async def test_a_document_without_a_number_has_no_versions(versie: Any) -> None:
    bron = documenten(lambda request: {"url": f"{BASE}/{ONE}", "versie": versie})

    with pytest.raises(SourceFault):
        await versions(bron, 3)


async def test_what_a_document_belongs_to() -> None:
    """A mention knows its zaak or besluit by that name; a kind that nobody knows has neither."""
    relations = [
        {"informatieobject": f"{BASE}/{ONE}", "object": f"x/{kind}", "objectType": kind}
        for kind in ("zaak", "besluit", "verzoek", "informatieobject")
    ]
    found = await objecten_van_document.call(
        documenten(lambda request: relations).source, ONE, EVERYTHING
    )

    assert [each.get("zaak") for each in found] == ["x/zaak", None, None, None]
    assert [each.get("besluit") for each in found] == [None, "x/besluit", None, None]
    assert {each["informatieobject"] for each in found} == {f"{BASE}/{ONE}"}


@pytest.mark.parametrize(
    "answer",
    [
        [{"informatieobject": f"{BASE}/{TWO}", "object": "x", "objectType": "zaak"}],
        page(),
        ["x"],
        {},
    ],
)
async def test_relations_of_another_document_are_not_believed(answer: Any) -> None:
    bron = documenten(lambda request: answer)

    with pytest.raises(SourceFault):
        await objecten_van_document.call(bron.source, ONE, EVERYTHING)


async def test_a_document_by_its_number() -> None:
    """One that has another number is not believed; none is none."""

    async def found(answer: Any) -> Any:
        bron = documenten(lambda request: answer)
        return await document_op_identificatie.call(
            bron.source, EVERYTHING, identificatie="D-1", bronorganisatie=None
        )

    assert (await found(page(wire(identificatie="D-1")))).value["versie"] == 1
    assert await found(page()) is None
    with pytest.raises(SourceFault):
        await found(page(wire(identificatie="D-2")))


def test_the_key_of_a_document() -> None:
    """Of any version; only under the source's own address."""
    source = documenten(lambda request: {}).source

    assert document_key(source, ONE.upper()) == ONE
    assert document_key(source, f"{BASE}/{ONE}") == ONE
    assert document_key(source, f"{BASE}/{ONE}?versie=2") == ONE
    for foreign in (f"https://elders.example/{ONE}", f"{BASE}/{ONE}/download", 5, None):
        with pytest.raises(ForeignAddress):
            document_key(source, foreign)


def test_the_uuid_of_a_document() -> None:
    assert uuid_of_document(f"{BASE}/{ONE.upper()}?versie=2") == ONE


def content_of(**wire: Any) -> Any:
    """What the download of a document leads to."""
    declared = declaration_of(Document)
    assert declared is not None
    kind = declared.fields["download"].kind
    assert isinstance(kind, Derived)
    return kind.compute(*(wire.get(path[0]) for _, path in kind.needs))


def test_what_a_download_leads_to() -> None:
    """This version, under the name of the file, or else its title."""
    full = {"url": f"{BASE}/{ONE}", "versie": 2, "inhoud": "x", "titel": "Brief"}

    assert content_of(**full, bestandsnaam="b.pdf", formaat="application/pdf") == Content(
        (ONE, "2"), "b.pdf", "application/pdf"
    )
    assert content_of(**full, bestandsnaam="", formaat=None) == Content((ONE, "2"), "Brief", "")
    assert content_of(**{**full, "inhoud": None}) is None
    assert content_of(**{**full, "inhoud": ""}) is None
    assert content_of(**{**full, "versie": None}) is None


async def test_a_besluit_is_the_one_that_was_asked_for() -> None:
    bron = besluiten(lambda request: {"url": f"https://besluiten.test/besluiten/{TWO}"})

    with pytest.raises(SourceFault):
        await besluit.call(bron.source, ONE, EVERYTHING)


async def test_besluiten_are_asked_for_with_the_address_that_they_know() -> None:
    """All pages of them; each answers for itself under its own uuid."""
    url = f"https://zaken.example/zaken/{ONE}"
    bron = besluiten(
        lambda request: page({"url": f"https://besluiten.test/besluiten/{TWO}", "zaak": url}),
        zaken_url="https://zaken.example/",
    )
    found: Brought = await besluiten_van_zaak.call(bron.source, ONE, EVERYTHING)

    assert bron.requests[0].url.params["zaak"] == url
    assert list(found.also[besluit]) == [TWO]


async def test_where_the_zaken_are_must_be_known() -> None:
    """From a flag, or from an address that looks like Open Zaak's."""
    bron = besluiten(lambda request: page())

    with pytest.raises(ConfigurationMissing):
        await besluiten_van_zaak.call(bron.source, ONE, EVERYTHING)
    with pytest.raises(ConfigurationMissing):
        zaak_url(bron.source, ONE)


def test_the_uuid_at_the_end_of_an_address_elsewhere() -> None:
    source = besluiten(lambda request: {}).source

    assert uuid_of_elsewhere(source, f"https://zaken.example/zaken/{ONE.upper()}") == ONE
    assert uuid_of_elsewhere(source, ONE) == ONE
    for wrong in ("https://zaken.example/zaken/5", "", None, 5):
        with pytest.raises(ForeignAddress):
            uuid_of_elsewhere(source, wrong)


async def test_documents_of_another_besluit_are_not_believed() -> None:
    mention = {"besluit": f"https://besluiten.test/besluiten/{TWO}", "informatieobject": "x"}
    bron = besluiten(lambda request: [mention])

    with pytest.raises(SourceFault):
        await documenten_van_besluit.call(bron.source, ONE, EVERYTHING)
