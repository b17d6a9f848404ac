"""Documents through the whole gateway: from the field that shows a link to the bytes."""

import asyncio
import base64
import dataclasses
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import structlog.testing

from sandbox.showcase import (
    BURGER_BSN,
    DRAWING_DOCUMENT,
    PARTNER_BSN,
    PERMIT_ZAAK,
    SKETCH_DOCUMENT,
)
from tests.app import Call, Outdoors, Running, Setup, gateway_for, running, sandbox, token
from tests.edge.stand_in import serving

pytestmark = pytest.mark.anyio

LINK = "query ($uuid: Uuid!, $versie: Int) { document(uuid: $uuid, versie: $versie) { download } }"
OWN = """{ mijn { zaken(first: 10) { edges { node {
  uuid documenten { uuid download }
} } } } }"""


async def link(app: Running, uuid: str = DRAWING_DOCUMENT, versie: int | None = None) -> str:
    """A link to a document, as an employee gets it."""
    answer = (await app.ask(LINK, {"uuid": uuid, "versie": versie})).json()
    found: str = answer["data"]["document"]["download"]
    return found


async def fetched(app: Running, path: str, **changes: Any) -> httpx.Response:
    """What is behind a link, for an employee or somebody with other claims."""
    bearer = token(changes.pop("own_bsn", None), **changes)
    return await app.client.get(path, headers={"authorization": f"Bearer {bearer}"})


async def test_the_version_that_was_shown() -> None:
    """Asked of the source by its number, in the name of the user; nothing of it in our address."""
    async with running(Setup()) as app:
        path = await link(app, versie=2)
        app.outdoors.calls.clear()
        answer = await fetched(app, path)

    assert answer.status_code == 200
    assert len(answer.content) == 2_250_000
    assert answer.content.startswith(b"%PDF")
    (call,) = app.outdoors.calls
    assert call.line == (
        f"documenten GET enkelvoudiginformatieobjecten/{DRAWING_DOCUMENT}/download"
    )
    assert call.params == (("versie", "2"),)
    claims = call.headers["authorization"].split(".")[1]
    assert json.loads(base64.urlsafe_b64decode(claims + "=="))["user_id"] == "u-17"
    assert DRAWING_DOCUMENT not in path


async def test_a_page_is_handed_out_as_octets_under_a_safe_name() -> None:
    """Whatever the source calls it."""
    async with running(Setup()) as app:
        answer = await fetched(app, await link(app, SKETCH_DOCUMENT))

    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Schets _oud_nieuw_  cafes _ .html"; '
        "filename*=UTF-8''Schets%20_oud_nieuw_%20%E2%80%93%20caf%C3%A9%E2%80%99s"
        "%20%26%20%E2%98%82.html"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "etag" not in answer.headers


@pytest.mark.parametrize(
    "changes",
    [{"sub": "u-18"}, {"soort": "systeem"}, {"own_bsn": BURGER_BSN}],
)
async def test_a_link_is_for_whoever_was_given_it(changes: dict[str, Any]) -> None:
    """For another it is as if it were not there, and the source hears nothing."""
    async with running(Setup()) as app:
        path = await link(app)
        app.outdoors.calls.clear()
        answer = await fetched(app, path, **changes)
        unknown = await fetched(app, "/documenten/" + "A" * 200, **changes)

    assert answer.status_code in (401, 404)
    assert answer.content == unknown.content
    assert app.outdoors.calls == []


async def test_a_link_alone_gives_nothing() -> None:
    """Without a token it is 401, as on every address."""
    async with running(Setup()) as app:
        answer = await app.client.get(await link(app))

    assert (answer.status_code, answer.json()["code"]) == (401, "NIET_AANGEMELD")


async def test_without_the_label_there_is_no_link() -> None:
    """Seeing a document is one thing, reading it another."""
    labels = ["vraag.document-raadplegen", "document.basis"]
    async with running(Setup(labels=labels)) as app:
        answer = (await app.ask(LINK, {"uuid": DRAWING_DOCUMENT})).json()

    assert answer["data"]["document"] == {"download": None}
    assert [error["extensions"]["label"] for error in answer["errors"]] == ["document.inhoud"]


async def test_a_label_that_is_withdrawn_closes_links() -> None:
    """What a purpose may see is asked again when somebody comes with a link."""
    async with running(Setup()) as app:
        path = await link(app)
        configuration = app.gateway.configuration
        tenant = configuration.tenants["0999"]
        purpose = tenant.purposes["test"]
        less = dataclasses.replace(purpose, labels=purpose.labels - {"document.inhoud"})
        changed = dataclasses.replace(tenant, purposes={"test": less})
        app.gateway.replace(dataclasses.replace(configuration, tenants={"0999": changed}))
        answer = await fetched(app, path)

    assert answer.status_code == 404


async def test_a_citizen_downloads_what_hangs_under_their_own_zaken() -> None:
    """Not what is still being worked on. And nobody else does, with that link or by asking for the
    document.
    """
    setup = Setup(own_bsn=BURGER_BSN)
    async with running(setup) as app:
        answer = (await app.ask(OWN)).json()
        nodes = [edge["node"] for edge in answer["data"]["mijn"]["zaken"]["edges"]]
        (permit,) = [node for node in nodes if node["uuid"] == PERMIT_ZAAK]
        paths = {each["uuid"]: each["download"] for each in permit["documenten"]}
        (own,) = paths
        mine = await fetched(app, paths[own], own_bsn=BURGER_BSN)
        theirs = await fetched(app, paths[own], own_bsn=PARTNER_BSN)
        app.token = token()
        same = await fetched(app, await link(app, own))
        app.token = token(BURGER_BSN)
        refused = (await app.ask(LINK, {"uuid": DRAWING_DOCUMENT})).json()

    assert own not in (DRAWING_DOCUMENT, SKETCH_DOCUMENT)
    assert (mine.status_code, mine.content) == (200, same.content)
    assert theirs.status_code == 404
    assert refused["data"] == {"document": None}
    assert refused["errors"][0]["extensions"]["code"] == "NIET_GEAUTORISEERD"


async def test_processes_with_one_key_share_their_links() -> None:
    """And those without one do not."""
    shared = {"download": {"key": "een sleutel voor alle processen samen"}}
    for settings, status in ((shared, 200), ({}, 404)):
        async with (
            running(Setup(settings=settings)) as one,
            running(Setup(settings=settings)) as other,
        ):
            answer = await fetched(other, await link(one))

        assert answer.status_code == status


async def test_a_document_that_is_larger_than_is_passed_on() -> None:
    """Is refused before anything of it is sent."""
    async with running(Setup(settings={"download": {"max_bytes": 2_000_000}})) as app:
        answer = await fetched(app, await link(app))
        smaller = await fetched(app, await link(app, versie=1))

    assert (answer.status_code, answer.json()["code"]) == (403, "LIMIET")
    assert len(smaller.content) == 1_400_000


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [(404, "NIET_GEVONDEN", 404), (403, "BRON_FOUT", 502), (503, "BRON_ONBEREIKBAAR", 503)],
)
async def test_a_source_that_does_not_give_it(status: int, code: str, expected: int) -> None:
    """Gone, refused to us, or away."""

    def answering(call: Call) -> httpx.Response | None:
        return httpx.Response(status, json={}) if call.path.endswith("/download") else None

    async with running(Setup(answering=answering)) as app:
        answer = await fetched(app, await link(app))

    assert (answer.status_code, answer.json()["code"]) == (expected, code)


async def test_a_document_that_has_no_content_yet() -> None:
    """Has no link."""

    def answering(call: Call) -> httpx.Response | None:
        wire = {
            "url": f"https://bronnen.test/documenten/api/v1/{call.path}",
            "versie": 1,
            "titel": "Leeg",
            "inhoud": None,
        }
        return httpx.Response(200, json=wire) if call.source == "documenten" else None

    async with running(Setup(answering=answering)) as app:
        answer = (await app.ask(LINK, {"uuid": DRAWING_DOCUMENT})).json()

    assert answer == {"data": {"document": {"download": None}}}


async def test_the_log_does_not_tell_which() -> None:
    """Status, size and purpose; no link, no name, no number."""
    with structlog.testing.capture_logs() as events:
        async with running(Setup()) as app:
            path = await link(app)
            await fetched(app, path)

    (event,) = [event for event in events if event["event"] == "download"]
    assert event == {
        "event": "download",
        "log_level": "info",
        "status": 200,
        "duration_ms": event["duration_ms"],
        "size": 2_500_000,
        "tenant": "0999",
        "purpose": "test",
        "codes": [],
    }
    assert path.rpartition("/")[2] not in repr(events)


async def test_a_portal_may_fetch_it() -> None:
    """From a page of a named web site, with a token, and read the name of the file."""
    portal = "https://portaal.test"
    async with running(Setup(settings={"cors_origins": (portal,)})) as app:
        path = await link(app)
        asked = {
            "origin": portal,
            "access-control-request-method": "GET",
            "access-control-request-headers": "authorization",
        }
        preflight = await app.client.options(path, headers=asked)
        headers = {"authorization": f"Bearer {app.token}", "origin": portal}
        answer = await app.client.get(path, headers=headers)

    assert preflight.status_code == 200
    assert answer.headers["access-control-allow-origin"] == portal
    assert "Content-Disposition" in answer.headers["access-control-expose-headers"]


class Endless(httpx.AsyncByteStream):
    """A file of a source without an end, which counts what was taken of it."""

    def __init__(self) -> None:
        self.given = 0
        self.closed = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.given += 65_536
            yield b"x" * 65_536
            await asyncio.sleep(0)

    async def aclose(self) -> None:
        """Noted."""
        self.closed.set()


class Outside(Outdoors):
    """The world outside, where every file is without an end."""

    def __init__(self, file: Endless, sandbox: Any) -> None:
        super().__init__(sandbox, lambda call: None)
        self._file = file

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answers one call."""
        if request.url.path.endswith("/download"):
            kind: Mapping[str, str] = {"content-type": "application/octet-stream"}
            return httpx.Response(200, headers=kind, stream=self._file)
        return await super().handle_async_request(request)


@asynccontextmanager
async def served(file: Endless) -> AsyncIterator[str]:
    """A gateway on a real server, in front of such a world; gives its address."""
    settings = {"download": {"max_bytes": 10_000_000_000}}
    gateway = gateway_for(Setup(settings=settings), Outside(file, sandbox()))
    async with gateway.running() as app, serving(app) as address:
        yield address


async def test_nothing_is_held_of_a_file_but_what_is_on_its_way() -> None:
    """A client that takes one part and waits: the source gives no more than buffers hold. When it
    leaves, the source hears of it.
    """
    file = Endless()
    bearer = {"authorization": f"Bearer {token()}"}
    async with served(file) as address, httpx.AsyncClient(base_url=address) as client:
        question = {"query": LINK, "variables": {"uuid": DRAWING_DOCUMENT}}
        made = await client.post("/graphql", json=question, headers=bearer)
        path = made.json()["data"]["document"]["download"]
        async with client.stream("GET", path, headers=bearer) as answer:
            await anext(answer.aiter_raw())
            before = -1
            while before != file.given:
                before = file.given
                await asyncio.sleep(0.1)
            held = file.given
        await asyncio.wait_for(file.closed.wait(), 5)

    assert held < 50_000_000
