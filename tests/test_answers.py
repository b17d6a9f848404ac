"""What a client gets of what was kept or is under way, over HTTP, with what was asked outside."""

import asyncio
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.configuration import Configuration
from gateway.source.tags import Tag, lijst, of_source, of_tenant
from sandbox.showcase import DRAWING_DOCUMENT
from tests.app import NOW, Call, Running, Setup, running, sandbox, token

pytestmark = pytest.mark.anyio

PERSOON = "query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){naam{voornamen}}}"
WIE = {"bsn": "999900018"}
PAND = "query($id: PandId!){pand(identificatie: $id){status}}"
BOTH = "query($id: PandId!){pand(identificatie: $id){status} "
BOTH += "zaaktypen(first: 1){edges{node{omschrijving}}}}"
WAAR = {"id": "0999100000000001"}
PAND_CALL = "bag GET panden/0999100000000001"
TYPES_CALL = "catalogi GET zaaktypen"
HOUR = 3_600


class Gate:
    """Sources that answer no question until this is open."""

    def __init__(self) -> None:
        self.open = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one call."""
        await self.open.wait()
        await sandbox()(scope, receive, send)


class Counted:
    """The application, with how many requests have been read whole."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.read = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""

        async def counting() -> Message:
            message = await receive()
            self.read += message["type"] == "http.request" and not message.get("more_body")
            return message

        await self._app(scope, counting, send)

    async def until(self, number: int) -> None:
        """Waits until so many were read, and have come to where they wait for something else."""
        async with asyncio.timeout(10):
            while self.read < number:
                await asyncio.sleep(0)
        for _ in range(50):
            await asyncio.sleep(0)


@dataclass
class Site:
    """Clients at once, each with a token of its own."""

    app: Running
    counted: Counted = field(init=False)

    def __post_init__(self) -> None:
        self.counted = Counted(self.app.gateway.asgi)

    def client(self, given: str) -> httpx.AsyncClient:
        """One client."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.counted),
            base_url="http://bronpoort.test",
            headers={"authorization": f"Bearer {given}"},
        )

    async def ask(self, given: str, query: str, variables: Mapping[str, Any]) -> httpx.Response:
        """Ask with this token."""
        async with self.client(given) as client:
            body = {"query": query, "variables": variables}
            return await client.post("/graphql", json=body)


class Time:
    """Seconds since 1970; with it move the tokens."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        """Seconds."""
        return self.now

    def set(self, app: Running, hours: float) -> None:
        """So long after the beginning."""
        self.now = NOW + hours * HOUR
        app.token = token(iat=int(self.now), exp=int(self.now) + 600)


def lines(app: Running) -> Sequence[str]:
    """What was asked outside."""
    return [call.line for call in app.outdoors.calls]


# ---- equal questions at once ------------------------------------------------------------------


async def test_fifty_equal_questions_are_one() -> None:
    """Of personal data, which are kept for nobody; traces differ and do not matter."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        site = Site(app)
        asking = [asyncio.create_task(site.ask(app.token, PERSOON, WIE)) for _ in range(50)]
        await site.counted.until(50)
        gate.open.set()
        answers = await asyncio.gather(*asking)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["data"]["persoon"]["naam"]["voornamen"]
    assert lines(app) == ["brp POST personen"]


async def test_of_two_callers_each_has_their_own() -> None:
    """Personal data are asked for each of them; the BAG is asked once for both."""
    gate = Gate()
    query = PERSOON.replace("{persoon", "{pand(identificatie: $id){status} persoon")
    query = query.replace("$bsn: Bsn!", "$bsn: Bsn!, $id: PandId!")
    async with running(Setup(sandbox=gate)) as app:
        site = Site(app)
        tokens = [app.token, token(sub="u-18")]
        asking = [
            asyncio.create_task(site.ask(given, query, {**WIE, **WAAR}))
            for given in tokens
            for _ in range(10)
        ]
        await site.counted.until(20)
        gate.open.set()
        answers = await asyncio.gather(*asking)

    assert [answer.json().get("errors") for answer in answers] == [None] * 20
    assert sorted(lines(app)) == [PAND_CALL, "brp POST personen", "brp POST personen"]


async def test_a_caller_is_all_that_a_source_is_told() -> None:
    """The name goes to a source's audit trail: the same subject by another name asks for itself."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        site = Site(app)
        given = (app.token, token(name="A. Nder"))
        asking = [asyncio.create_task(site.ask(each, PERSOON, WIE)) for each in given]
        await site.counted.until(2)
        gate.open.set()
        await asyncio.gather(*asking)

    assert lines(app) == ["brp POST personen"] * 2


async def test_who_leaves_hurts_nobody() -> None:
    """Also who asked first; when all have gone the source is left alone."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        site = Site(app)
        asking = [asyncio.create_task(site.ask(app.token, PERSOON, WIE)) for _ in range(3)]
        await site.counted.until(3)
        asking[0].cancel()
        asking[2].cancel()
        await asyncio.wait([asking[0], asking[2]])
        gate.open.set()
        answer = await asking[1]

    assert answer.json()["data"]["persoon"]["naam"]["voornamen"]
    assert lines(app) == ["brp POST personen"]


async def test_a_drop_ends_the_following() -> None:
    """What was under way may hold what was dropped: who asks after it asks anew."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        site = Site(app)
        first = asyncio.create_task(site.ask(app.token, PERSOON, WIE))
        await site.counted.until(1)
        await app.gateway._cache.drop([of_source("0999", "brp")])
        second = asyncio.create_task(site.ask(app.token, PERSOON, WIE))
        await site.counted.until(2)
        gate.open.set()
        await asyncio.gather(first, second)

    assert lines(app) == ["brp POST personen"] * 2


async def test_links_in_a_shared_answer_are_its_callers() -> None:
    """And no answer with a link is kept: the next one has a link of its own."""
    query = "query($uuid: Uuid!){document(uuid: $uuid){download}}"
    which = {"uuid": DRAWING_DOCUMENT}
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        site = Site(app)
        given = [app.token, app.token, token(sub="u-18")]
        asking = [asyncio.create_task(site.ask(each, query, which)) for each in given]
        await site.counted.until(3)
        gate.open.set()
        mine, too, other = await asyncio.gather(*asking)
        later = await site.ask(app.token, query, which)

    assert mine.json()["data"]["document"]["download"].startswith("/documenten/")
    assert mine.content == too.content
    assert len({mine.content, other.content, later.content}) == 3


# ---- whole answers ----------------------------------------------------------------------------


async def test_a_whole_answer_is_the_same_bytes() -> None:
    """Nobody is asked, whoever of the municipality asks it; the log tells of hits."""
    async with running(Setup()) as app:
        site = Site(app)
        given = [app.token, app.token, token(sub="u-18")]
        answers = [await site.ask(each, BOTH, WAAR) for each in given]
        told = await app.ask(BOTH, WAAR, herkomst=True)

    assert len({answer.content for answer in answers}) == 1
    assert sorted(lines(app)) == [PAND_CALL, TYPES_CALL]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    herkomst = told.json()["extensions"]["herkomst"]
    assert {name: each["uitCache"] for name, each in herkomst.items()} == {"bag": 1, "catalogi": 1}
    assert told.json()["data"] == answers[0].json()["data"]


@pytest.mark.parametrize(
    ("tag", "asked"),
    [
        (of_tenant("0999"), TYPES_CALL),
        (of_source("0999", "catalogi"), TYPES_CALL),
        (Tag("0999", "catalogi", *lijst("zaaktypen")), TYPES_CALL),
        (of_source("everyone", "bag"), PAND_CALL),
        (of_tenant("everyone"), PAND_CALL),
        (of_source("0999", "zaken"), None),
    ],
)
async def test_a_whole_answer_goes_with_any_part(tag: Tag, asked: str | None) -> None:
    """What was dropped is asked again, and nothing else."""
    async with running(Setup()) as app:
        await app.ask(BOTH, WAAR)
        app.outdoors.calls.clear()
        await app.gateway._cache.drop([tag])
        await app.ask(BOTH, WAAR)

    assert lines(app) == ([] if asked is None else [asked])


async def test_a_whole_answer_is_not_for_who_may_not_ask() -> None:
    """No token, no answer; with another doelbinding, what that one may see."""
    async with running(Setup()) as app:
        tenant = app.gateway.configuration.tenants["0999"]
        broad = tenant.purposes["test"]
        narrow = dataclasses.replace(broad, code="smal", labels=broad.labels - {"pand.basis"})
        alike = dataclasses.replace(broad, code="gelijk")
        purposes = {"test": broad, "smal": narrow, "gelijk": alike}
        both = dataclasses.replace(tenant, purposes=purposes)
        app.gateway.replace(Configuration({"0999": both}, ()))
        full = await app.ask(BOTH, WAAR)
        refused = await Site(app).ask("geen", BOTH, WAAR)
        less = await Site(app).ask(token(doelbinding="smal"), BOTH, WAAR)
        same = await Site(app).ask(token(doelbinding="gelijk"), BOTH, WAAR)

    assert refused.status_code == 401
    (error,) = less.json()["errors"]
    assert error["extensions"]["code"] == "NIET_GEAUTORISEERD"
    assert less.json()["data"]["pand"] is None
    assert same.content == full.content
    assert sorted(lines(app)) == [PAND_CALL, TYPES_CALL]


async def test_a_whole_answer_is_of_one_configuration() -> None:
    """A municipality that has the source no more answers nothing of it."""
    async with running(Setup()) as app:
        await app.ask(PAND, WAAR)
        tenant = app.gateway.configuration.tenants["0999"]
        sources = {name: each for name, each in tenant.sources.items() if name != "bag"}
        without = dataclasses.replace(tenant, sources=sources)
        app.gateway.replace(Configuration({"0999": without}, ()))
        answer = await app.ask(PAND, WAAR)

    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "CONFIGURATIE"


async def test_a_whole_answer_ends_with_its_first_part() -> None:
    """The list of types is fresh for an hour at most, the pand for four."""
    now = Time()
    async with running(Setup(now=now)) as app:
        await app.ask(BOTH, WAAR)
        app.outdoors.calls.clear()
        now.set(app, 0.8)
        await app.ask(BOTH, WAAR)
        assert lines(app) == []
        now.set(app, 1.1)
        await app.ask(BOTH, WAAR)
        await app.gateway._cache.settled()

    assert lines(app) == [TYPES_CALL]


async def test_a_failure_is_not_kept() -> None:
    """The next question is answered."""
    down = [True]

    def answering(call: Call) -> httpx.Response | None:
        return httpx.Response(500) if down[0] else None

    async with running(Setup(answering=answering)) as app:
        first = await app.ask(PAND, WAAR)
        down[0] = False
        second = await app.ask(PAND, WAAR)

    assert first.json()["errors"][0]["extensions"]["code"] == "BRON_FOUT"
    assert second.json() == {"data": {"pand": {"status": second.json()["data"]["pand"]["status"]}}}


# ---- vers -------------------------------------------------------------------------------------


async def test_vers_asks_the_source_and_refreshes() -> None:
    """Whoever asks after it, without, is given what it brought."""
    async with running(Setup()) as app:
        for _ in range(2):
            await app.ask(PAND, WAAR)
        assert lines(app) == [PAND_CALL]
        fresh = await app.ask(PAND, WAAR, vers=True)
        assert lines(app) == [PAND_CALL] * 2
        later = await app.ask(PAND, WAAR)

    assert fresh.content == later.content
    assert lines(app) == [PAND_CALL] * 2


async def test_vers_is_limited_for_each_caller() -> None:
    """The eleventh in a minute is refused, and told when; others, and without, go on."""
    async with running(Setup()) as app:
        for _ in range(10):
            assert (await app.ask(PAND, WAAR, vers=True)).status_code == 200
        refused = await app.ask(PAND, WAAR, vers=True)
        without = await app.ask(PAND, WAAR)
        header = {"authorization": f"Bearer {token(sub='u-18')}", "bronpoort-vers": "true"}
        body = {"query": PAND, "variables": WAAR}
        other = await app.client.post("/graphql", json=body, headers=header)

    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["cache-control"] == "no-store"
    (error,) = refused.json()["errors"]
    assert error["extensions"] == {"code": "QUOTA", "opnieuw": True}
    assert "data" not in refused.json()
    assert (without.status_code, other.status_code) == (200, 200)
    assert lines(app) == [PAND_CALL] * 11


async def test_how_often_vers_may_be_asked_is_set() -> None:
    """By the operator: here not at all."""
    async with running(Setup(settings={"limits": {"fresh": 0}})) as app:
        answer = await app.ask(PAND, WAAR, vers=True)

    assert answer.status_code == 429
    assert lines(app) == []


# ---- what is told of something old ------------------------------------------------------------


async def test_something_old_is_told_of() -> None:
    """Unasked, when the source failed; and where it came from when that is asked."""
    down, now = [False], Time()

    def answering(call: Call) -> httpx.Response | None:
        return httpx.Response(500) if down[0] else None

    setup = Setup(answering=answering, now=now)
    async with running(setup) as app:
        fresh = await app.ask(PAND, WAAR)
        down[0] = True
        now.set(app, 8)
        told = await app.ask(PAND, WAAR)
        both = await app.ask(PAND, WAAR, herkomst=True)
        down[0] = False
        again = await app.ask(PAND, WAAR)

    assert "extensions" not in fresh.json()
    assert told.json()["data"] == fresh.json()["data"]
    assert "errors" not in told.json()
    warning = {
        "code": "VEROUDERD",
        "message": "De bron gaf geen antwoord: dit zijn gegevens van eerder.",
        "bron": "bag",
        "seconden": 8.0 * HOUR,
        "reden": "bron gaf een fout",
    }
    assert told.json()["extensions"] == {"waarschuwingen": [warning]}
    assert both.json()["extensions"]["waarschuwingen"] == [warning]
    bag = both.json()["extensions"]["herkomst"]["bag"]
    assert {name: bag[name] for name in ("verouderd", "verouderdSeconden", "reden")} == {
        "verouderd": 1,
        "verouderdSeconden": 8.0 * HOUR,
        "reden": "bron gaf een fout",
    }
    assert again.json() == fresh.json()


async def test_what_is_being_refreshed_is_no_warning() -> None:
    """It is served while it is asked anew behind, and says so to who asks where it came from."""
    now = Time()
    async with running(Setup(now=now)) as app:
        await app.ask(PAND, WAAR)
        now.set(app, 4.5)
        told = await app.ask(PAND, WAAR, herkomst=True)
        await app.gateway._cache.settled()

    assert list(told.json()["extensions"]) == ["herkomst"]
    assert told.json()["extensions"]["herkomst"]["bag"]["reden"] == "wordt ververst"
    assert lines(app) == [PAND_CALL] * 2


async def test_nothing_may_be_kept_by_who_passes_it_on() -> None:
    """Every answer says so: given, refused, or not understood."""
    async with running(Setup()) as app:
        answers = [
            await app.ask(PAND, WAAR),
            await app.ask(PAND, WAAR),
            await app.ask("{"),
            await app.ask(PAND, {"id": "1"}),
            await Site(app).ask("geen", PAND, WAAR),
            await app.client.get("/graphql"),
            await app.client.get("/livez"),
        ]

    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 7
