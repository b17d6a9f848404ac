"""The address of a link over a real server: bytes as they come, refusals alike, and who leaves."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from gateway.edge.download import Delivered, Delivery, Downloads, NoSuchLink, Patience
from gateway.edge.errors import EXCEPTION_HANDLERS
from gateway.edge.room import Room
from gateway.source.errors import (
    ConfigurationMissing,
    NotRecorded,
    SourceError,
    SourceFault,
    SourceMissing,
    SourceQuota,
    SourceTimeout,
    SourceTooLarge,
    SourceUnreachable,
)
from gateway.source.stream import Streamed
from schema.language.content import Content
from tests.edge.stand_in import CALLER, TOKEN, authenticate, serving

pytestmark = pytest.mark.anyio

HEADERS = {"authorization": TOKEN}
LINK = "/documenten/goed"


@dataclass(slots=True)
class Shelf:
    """A file that anybody may have who knows the link `goed`, and what became of each request."""

    chunks: Sequence[bytes | Exception | asyncio.Event] = (b"een", b"twee")
    length: int | None = None
    media_type: str = "application/octet-stream"
    content: Content = field(default_factory=lambda: Content(("1",), "a.pdf", "application/pdf"))
    error: SourceError | None = None
    room: Room = field(default_factory=lambda: Room(2, 0))
    patience: Patience = field(default_factory=lambda: Patience(5.0, 30.0))
    reports: list[Delivered[str]] = field(default_factory=list)
    accounts: list[Delivered[str]] = field(default_factory=list)
    unaccounted: SourceError | None = None
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def opened(self, visitor: str, token: str) -> AsyncIterator[Delivery]:
        """The file, for whoever comes with the link."""
        assert visitor == CALLER
        if token != "goed":
            raise NoSuchLink
        if self.error is not None:
            raise self.error
        try:
            streamed = Streamed(self.media_type, self.length, self._chunks())
            yield Delivery("documenten", self.content, streamed)
        finally:
            self.closed.set()

    async def _chunks(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            match chunk:
                case bytes():
                    yield chunk
                case asyncio.Event():
                    await chunk.wait()
                case error:
                    raise error

    def account(self, delivered: Delivered[str]) -> None:
        """Notes it, as it is now."""
        self.accounts.append(replace(delivered))
        if self.unaccounted is not None and not delivered.codes:
            raise self.unaccounted

    def app(self) -> ASGIApp:
        """The application."""
        made = Downloads(
            authenticate, self.opened, self.room, self.account, self.reports.append, self.patience
        )
        routes = [Route("/documenten/{token}", made)]
        return Starlette(routes=routes, exception_handlers=EXCEPTION_HANDLERS)


async def got(
    shelf: Shelf, path: str = LINK, method: str = "GET", **headers: str
) -> httpx.Response:
    """One answer, whole, without a server in between."""
    transport = httpx.ASGITransport(shelf.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as client:
        return await client.request(method, path, headers=headers or HEADERS)


async def served(shelf: Shelf) -> httpx.Response:
    """One answer of a real server, which tells a whole one from one that was broken off."""
    async with serving(shelf.app()) as address, httpx.AsyncClient() as client:
        return await client.get(address + LINK, headers=HEADERS)


async def test_a_file() -> None:
    """Its bytes, its name, and what it is; noted when it has gone."""
    shelf = Shelf(length=7)
    answer = await served(shelf)

    assert (answer.status_code, answer.content) == (200, b"eentwee")
    assert answer.headers["content-length"] == "7"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="a.pdf"'
    (report,) = shelf.reports
    assert (report.status, report.size, report.codes, report.visitor) == (200, 7, (), CALLER)


async def test_a_file_of_unknown_length() -> None:
    """Comes in chunks."""
    answer = await served(Shelf())

    assert answer.content == b"eentwee"
    assert "content-length" not in answer.headers


async def test_an_empty_file() -> None:
    """Is a file."""
    answer = await got(Shelf(chunks=(), length=0))

    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_chunk_is_passed_on_before_the_next_is_there() -> None:
    """Nothing waits for the end of the file."""
    rest = asyncio.Event()
    shelf = Shelf(chunks=(b"eerst", rest, b"later"))
    async with (
        serving(shelf.app()) as address,
        httpx.AsyncClient() as client,
        client.stream("GET", address + LINK, headers=HEADERS) as answer,
    ):
        incoming = answer.aiter_raw()
        first = await anext(incoming)
        rest.set()
        others = b"".join([chunk async for chunk in incoming])

    assert (first, others) == (b"eerst", b"later")


@pytest.mark.parametrize(
    "path", ["/documenten/fout", "/documenten/%2e%2e", "/documenten/" + "x" * 5_000]
)
async def test_links_that_do_not_open_are_answered_alike(path: str) -> None:
    """And as one of a document that is gone."""
    answer = await got(Shelf(), path)
    gone = await got(Shelf(error=SourceMissing("documenten")))

    assert answer.status_code == gone.status_code == 404
    assert answer.content == gone.content
    assert answer.json()["code"] == "NIET_GEVONDEN"
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_a_link_alone_is_not_enough() -> None:
    """Who asks must be known first; whether the link is good is not told to others."""
    answer = await got(Shelf(), x="y")
    wrong = await got(Shelf(), "/documenten/fout", x="y")

    assert answer.status_code == wrong.status_code == 401
    assert answer.content == wrong.content
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_only_get(method: str) -> None:
    """Nothing else is done here."""
    answer = await got(Shelf(), method=method, **HEADERS)

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (SourceUnreachable("documenten"), 503, "BRON_ONBEREIKBAAR"),
        (SourceTimeout("documenten"), 504, "BRON_TIMEOUT"),
        (SourceQuota("documenten"), 503, "QUOTA"),
        (SourceFault("documenten", "status 403", status=403), 502, "BRON_FOUT"),
        (SourceTooLarge("documenten"), 403, "LIMIET"),
        (ConfigurationMissing("documenten"), 502, "CONFIGURATIE"),
    ],
)
async def test_a_source_that_fails(error: SourceError, status: int, code: str) -> None:
    """Before the first byte it can be told, in our words."""
    shelf = Shelf(error=error)
    answer = await got(shelf)
    late = Shelf(chunks=(error,))
    later = await got(late)

    for each, reported in ((answer, shelf), (later, late)):
        assert (each.status_code, each.json()["code"]) == (status, code)
        assert each.json()["detail"] == error.message
        assert ("retry-after" in each.headers) is error.retry
        assert reported.reports[0].codes == (code,)
        assert reported.reports[0].error is error


async def test_a_fault_of_ours() -> None:
    """Tells nothing."""
    answer = await got(Shelf(chunks=(RuntimeError("geheim"),)))

    assert (answer.status_code, answer.json()["code"]) == (500, "INTERNE_FOUT")
    assert "geheim" not in answer.text


@pytest.mark.parametrize("length", [None, 100])
async def test_a_file_that_breaks_off(length: int | None) -> None:
    """The client sees that something is missing: the answer has no end."""
    shelf = Shelf(chunks=(b"een", SourceUnreachable("documenten")), length=length)
    with pytest.raises(httpx.RemoteProtocolError):
        await served(shelf)

    (report,) = shelf.reports
    assert (report.status, report.size, report.codes) == (200, 3, ("BRON_ONBEREIKBAAR",))


async def test_a_page_is_no_document() -> None:
    """A source that shows a page to sign in on, with status 200."""
    answer = await got(Shelf(media_type="text/html"))
    page = Content(("1",), "a.html", "text/html")
    meant = await got(Shelf(media_type="text/html", content=page))

    assert (answer.status_code, answer.json()["code"]) == (502, "BRON_FOUT")
    assert meant.status_code == 200
    assert meant.headers["content-type"] == "application/octet-stream"


async def test_who_leaves_cancels_what_is_asked() -> None:
    """The source hears of it while it is still sending."""
    shelf = Shelf(chunks=(b"een", asyncio.Event()))
    async with serving(shelf.app()) as address:
        async with (
            httpx.AsyncClient() as client,
            client.stream("GET", address + LINK, headers=HEADERS) as answer,
        ):
            assert await anext(answer.aiter_raw()) == b"een"
        await asyncio.wait_for(shelf.closed.wait(), 5)
        while not shelf.reports:
            await asyncio.sleep(0)

    (report,) = shelf.reports
    assert (report.status, report.size) == (499, 3)


async def test_who_takes_nothing_is_let_go() -> None:
    """After `idle` seconds; what is waiting for them is not asked of the source any more."""
    shelf = Shelf(chunks=[b"x" * 1_000_000] * 1_000, patience=Patience(0.1, 30.0))
    async with (
        serving(shelf.app()) as address,
        httpx.AsyncClient() as client,
        client.stream("GET", address + LINK, headers=HEADERS),
    ):
        await asyncio.wait_for(shelf.closed.wait(), 10)
        while not shelf.reports:
            await asyncio.sleep(0)

    (report,) = shelf.reports
    assert (report.codes, report.error) == (("TE_TRAAG",), None)
    assert report.size < 50_000_000


async def test_all_of_it_is_bounded_in_time() -> None:
    """A drop now and then is no way to keep a place."""
    shelf = Shelf(chunks=(b"een", asyncio.Event()), patience=Patience(5.0, 0.1))
    with pytest.raises(httpx.RemoteProtocolError):
        await served(shelf)

    assert shelf.reports[0].codes == ("TE_TRAAG",)


async def test_there_is_room_for_so_many() -> None:
    """Who comes when it is full is told at once; a place is free when a file has gone."""
    shelf = Shelf(chunks=(b"een", asyncio.Event()), room=Room(1, 0))
    async with serving(shelf.app()) as address, httpx.AsyncClient() as client:
        async with client.stream("GET", address + LINK, headers=HEADERS) as first:
            assert await anext(first.aiter_raw()) == b"een"
            full = await client.get(address + LINK, headers=HEADERS)
        await asyncio.wait_for(shelf.closed.wait(), 5)
        while len(shelf.reports) < 2:
            await asyncio.sleep(0)
        shelf.chunks = (b"een",)
        after = await client.get(address + LINK, headers=HEADERS)

    assert (full.status_code, full.json()["code"]) == (503, "DRUKTE")
    assert full.headers["retry-after"]
    assert after.status_code == 200


async def test_it_is_accounted_for_before_anything_leaves() -> None:
    """And what went wrong after that as well; of a refusal once."""
    broken = Shelf(chunks=(b"een", SourceTimeout("documenten")))
    await served_to_the_end(broken)
    well, none = Shelf(), Shelf()
    await got(well)
    await got(none, "/documenten/fout")

    def told(shelf: Shelf) -> list[tuple[int, Sequence[str], int]]:
        return [(each.status, tuple(each.codes), each.size) for each in shelf.accounts]

    assert told(well) == [(200, (), 0)]
    assert told(none) == [(404, ("NIET_GEVONDEN",), 0)]
    assert told(broken) == [(200, (), 0), (200, ("BRON_TIMEOUT",), 3)]


async def served_to_the_end(shelf: Shelf) -> None:
    """One answer of a real server, whole or not."""
    with suppress(httpx.RemoteProtocolError):
        await served(shelf)


async def test_what_cannot_be_accounted_for_is_not_given() -> None:
    shelf = Shelf(unaccounted=NotRecorded("documenten"))
    answer = await got(shelf)

    assert (answer.status_code, answer.json()["code"]) == (503, "VERWERKING_NIET_VASTGELEGD")
    assert b"een" not in answer.content
