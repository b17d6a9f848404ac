"""The way of one request through the edge, over real HTTP where the wire matters."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from gateway.auth.errors import Reason
from gateway.edge.endpoint import CLIENT_GONE
from gateway.edge.headers import SECURITY_HEADERS
from gateway.edge.room import Room
from gateway.operation.answer import Question
from tests.edge.bad_input import GRAPHQL_JSON, JSON
from tests.edge.stand_in import CALLER, TOKEN, Operations, Outcome, Site, serving

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def client_of(site: Site, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that calls the application without a network, with a valid token."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site.app()),
        base_url="http://gateway.test",
        headers={"Authorization": TOKEN, **headers},
    ) as client:
        yield client


class Gate:
    """Work that says when it has started, ends when it may, and notes that it was cancelled."""

    def __init__(self) -> None:
        self.started = asyncio.Semaphore(0)
        self.open = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def work(self, _question: Question) -> Outcome:
        """Waits for the gate to open."""
        self.started.release()
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return Outcome({"data": {}})


async def test_a_question_reaches_the_operation_whole() -> None:
    """All members as sent, unknown ones ignored."""
    site = Site()
    body = {
        "query": "query A($x:Int){a(x:$x)}",
        "operationName": "A",
        "variables": {"x": 1},
        "extensions": {"herkomst": True, "strikt": False, "persistedQuery": {}},
        "iets": "anders",
    }

    async with client_of(site) as client:
        await client.post("/graphql", json=body)

    expected = Question(
        query="query A($x:Int){a(x:$x)}",
        operation_name="A",
        variables={"x": 1},
        strict=False,
        provenance=True,
        explain=False,
    )
    assert [expected] == site.operations.asked


async def test_null_members_are_as_if_left_out() -> None:
    """Which clients send for what they do not use."""
    site = Site()
    body = {"query": "{a}", "operationName": None, "variables": None, "extensions": None}

    async with client_of(site) as client:
        await client.post("/graphql", json=body)

    assert site.operations.asked[0].operation_name is None
    assert site.operations.asked[0].variables == {}


@pytest.mark.parametrize("name", ["Strikt", "Herkomst", "Uitleg", "Vers"])
async def test_opt_ins_may_be_headers(name: str) -> None:
    """True, false, or refused; the body goes before the header."""
    site = Site()
    header = {f"Bronpoort-{name}": "true"}
    off = {"query": "{a}", "extensions": {name.lower(): False}}

    async with client_of(site) as client:
        await client.post("/graphql", json={"query": "{a}"}, headers=header)
        await client.post("/graphql", json=off, headers=header)
        refused = await client.post(
            "/graphql", json={"query": "{a}"}, headers={f"Bronpoort-{name}": "ja"}
        )

    first, second = site.operations.asked
    assert [first.strict, first.provenance, first.explain, first.fresh].count(True) == 1
    assert [second.strict, second.provenance, second.explain, second.fresh].count(True) == 0
    assert refused.status_code == 400


@pytest.mark.parametrize(
    ("accept", "refused", "status"),
    [(JSON, False, 200), (JSON, True, 200), (GRAPHQL_JSON, False, 200), (GRAPHQL_JSON, True, 403)],
)
async def test_only_graphqls_own_media_type_tells_a_refusal_by_its_status(
    accept: str, refused: bool, status: int
) -> None:
    """An answer with errors and data is no refusal."""

    async def work(_question: Question) -> Outcome:
        errors = [{"message": "Nee", "extensions": {"code": "BRON_TIMEOUT"}}]
        body = {"errors": errors} if refused else {"data": None, "errors": errors}
        return Outcome(body, refused, status=403)

    async with client_of(Site(Operations(work)), Accept=accept) as client:
        answer = await client.post("/graphql", json={"query": "{a}"})

    assert status == answer.status_code
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
async def test_what_was_asked_too_often_says_when_it_may_be_asked_again(accept: str) -> None:
    """429 whatever media type the client reads: a proxy must see it too."""

    async def work(_question: Question) -> Outcome:
        body = {"errors": [{"message": "Nee", "extensions": {"code": "QUOTA"}}]}
        return Outcome(body, True, status=429, retry_after=7)

    async with client_of(Site(Operations(work)), Accept=accept) as client:
        answer = await client.post("/graphql", json={"query": "{a}"})

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
async def test_an_answer_that_is_ready_is_sent_as_it_is(accept: str) -> None:
    """Byte for byte, as the media type that was asked."""

    async def work(_question: Question) -> Outcome:
        return Outcome({}, ready=b'{"data":{"een": 1}}')

    async with client_of(Site(Operations(work)), Accept=accept) as client:
        answer = await client.post("/graphql", json={"query": "{a}"})

    assert answer.content == b'{"data":{"een": 1}}'
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
@pytest.mark.parametrize(
    ("header", "challenge"),
    [(None, "Bearer"), ("Bearer Kanarie", 'Bearer error="invalid_token"')],
)
async def test_without_a_valid_token_nothing_is_read(
    header: str | None, challenge: str, accept: str
) -> None:
    """401, with what RFC 6750 asks for; the body is not looked at. Only the report says why."""
    site = Site()

    async with client_of(site, Accept=accept) as client:
        client.headers.pop("authorization")
        headers = {"Content-Type": JSON} | ({"Authorization": header} if header else {})
        answer = await client.post("/graphql", content=b"geen JSON", headers=headers)

    assert answer.status_code == 401
    assert challenge == answer.headers["www-authenticate"]
    assert answer.json()["errors"][0]["extensions"] == {"code": "NIET_AANGEMELD"}
    assert "data" not in answer.json()
    assert "Kanarie" not in answer.text
    reason = site.reports[0].reason
    assert reason is (Reason.MALFORMED if header else Reason.NO_TOKEN)
    assert reason.value not in answer.text


async def test_a_fault_of_ours_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """500 with a code; the reason is logged and not sent."""

    async def work(_question: Question) -> Outcome:
        raise ValueError("http://10.0.0.5/brp?bsn=999990019")

    site = Site(Operations(work))
    async with client_of(site) as client:
        answer = await client.post("/graphql", json={"query": "{a}"})

    assert answer.status_code == 500
    assert answer.json()["errors"][0]["extensions"] == {"code": "INTERNE_FOUT"}
    assert "10.0.0.5" not in answer.text
    assert [ValueError] == [type(r.exc_info[1]) for r in caplog.records if r.exc_info]
    assert site.reports[0].status == 500


async def test_text_that_is_no_unicode_does_not_break_the_answer() -> None:
    """A source may send half a surrogate pair."""

    async def work(_question: Question) -> Outcome:
        return Outcome({"data": {"naam": "x\ud800é"}})

    async with client_of(Site(Operations(work))) as client:
        answer = await client.post("/graphql", json={"query": "{a}"})

    assert answer.json() == {"data": {"naam": "x?é"}}


async def test_every_answer_carries_the_security_headers() -> None:
    """Answers, refusals, health and addresses that are not there."""
    async with client_of(Site()) as client:
        answers = [
            await client.post("/graphql", json={"query": "{a}"}),
            await client.get("/graphql"),
            await client.get("/livez"),
            await client.get("/nergens"),
        ]

    for answer in answers:
        for name, value in {**SECURITY_HEADERS, "API-Version": "1.2.3"}.items():
            assert answer.headers.get_list(name) == [value]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/Kanarie", 404, "NIET_GEVONDEN"),
        ("POST", "/graphql/", 404, "NIET_GEVONDEN"),
        ("GET", "/graphiql", 404, "NIET_GEVONDEN"),
        ("DELETE", "/livez", 405, "METHODE"),
        ("GET", "/" + "x" * 9_000, 414, "LIMIET"),
    ],
)
async def test_other_addresses_answer_problems(
    method: str, path: str, status: int, code: str
) -> None:
    """RFC 9457, without the address in it."""
    async with client_of(Site()) as client:
        answer = await client.request(method, path)

    assert status == answer.status_code
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert answer.json()["code"] == code
    assert answer.json()["status"] == status
    assert "Kanarie" not in answer.text


@pytest.mark.parametrize("http", ["h11", "httptools", "gateway.gathering:Http"])
async def test_a_client_that_goes_away_cancels_its_operation(http: str) -> None:
    """And what is reported says so."""
    gate = Gate()
    site = Site(Operations(gate.work))

    async with serving(site.app(), http) as address, asyncio.timeout(5):
        async with httpx.AsyncClient(headers={"Authorization": TOKEN}) as client:
            question = client.post(f"{address}/graphql", json={"query": "{a}"})
            asking = asyncio.create_task(question)
            await gate.started.acquire()
            asking.cancel()
        await gate.cancelled.wait()

    assert [report.status for report in site.reports] == [CLIENT_GONE]


async def test_a_client_that_goes_away_while_waiting_leaves_the_queue() -> None:
    """Its place in the queue is for the next."""
    gate = Gate()
    site = Site(Operations(gate.work), Room(running=1, waiting=1))

    async with client_of(site) as client, asyncio.timeout(5), asyncio.TaskGroup() as group:
        first = group.create_task(client.post("/graphql", json={"query": "{a}"}))
        await gate.started.acquire()
        second = group.create_task(client.post("/graphql", json={"query": "{a}"}))
        while len(site.operations.asked) + _queued(site) < 2:
            await asyncio.sleep(0)
        full = await client.post("/graphql", json={"query": "{a}"})
        second.cancel()
        await asyncio.wait([second])
        third = group.create_task(client.post("/graphql", json={"query": "{a}"}))
        while _queued(site) < 1:
            await asyncio.sleep(0)
        gate.open.set()

    assert full.status_code == 503
    assert int(full.headers["retry-after"]) > 0
    assert full.json()["errors"][0]["extensions"] == {"code": "DRUKTE", "opnieuw": True}
    assert (first.result().status_code, third.result().status_code) == (200, 200)


def _queued(site: Site) -> int:
    return site.room.waiting


async def test_a_body_that_does_not_arrive_is_not_waited_for() -> None:
    """408, and the connection ends."""
    site = Site(body_seconds=0.01)

    async with serving(site.app()) as address, asyncio.timeout(5):
        host, port = address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: {TOKEN}\r\n"
        head += "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        writer.write(head.encode())
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"TE_TRAAG"' in answer


@pytest.mark.parametrize("http", ["h11", "httptools", "gateway.gathering:Http"])
async def test_heads_beyond_the_servers_own_bounds_reach_nothing_of_ours(http: str) -> None:
    """However large, the answer is a refusal."""
    site = Site()

    async with serving(site.app(), http) as address, asyncio.timeout(10):
        host, port = address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /graphql HTTP/1.1\r\nHost: x\r\nX-Groot: " + b"x" * 2_000_000)
        writer.write(b"\r\nContent-Length: 0\r\n\r\n")
        status = (await reader.readline()).split()[1]
        writer.close()

    assert status in {b"400", b"431"}
    assert site.reports == []


async def test_what_became_of_each_request_is_reported_once() -> None:
    """Status, codes, and as much as was known."""

    async def work(_question: Question) -> Outcome:
        errors = [{"message": "Nee", "extensions": {"code": "QUOTA"}}, {"message": "Nee"}]
        return Outcome({"data": {}, "errors": errors})

    site = Site(Operations(work))
    async with client_of(site) as client:
        await client.get("/graphql")
        await client.post("/graphql", content=b"[]", headers={"Content-Type": JSON})
        await client.post("/graphql", json={"query": "{a}"})

    by_method, by_body, answered = site.reports
    assert (by_method.status, by_method.codes, by_method.caller) == (405, ("METHODE",), None)
    assert (by_body.status, by_body.codes, by_body.caller) == (400, ("INVOER",), CALLER)
    assert (answered.status, answered.codes, answered.caller) == (200, ("QUOTA", ""), CALLER)
    assert answered.question == site.operations.asked[0]
    assert answered.answer
    assert answered.milliseconds >= 0


async def test_what_is_ready_is_given_without_reading_the_body() -> None:
    """With its own bytes, when the room is full, and reported like any other."""
    body = b"geen json"
    site = Site(Operations(there={body: Outcome({}, ready=b'{"data": 1}')}), Room(0, 0))
    async with client_of(site) as client:
        answers = [
            await client.post("/graphql", content=body, headers={"Content-Type": JSON, **more})
            for more in ({}, {"Accept": GRAPHQL_JSON})
        ]

    assert [(each.status_code, each.content) for each in answers] == [(200, b'{"data": 1}')] * 2
    assert [each.headers["content-type"].partition(";")[0] for each in answers] == [
        JSON,
        GRAPHQL_JSON,
    ]
    assert [(each.status, each.question, each.codes) for each in site.reports] == [
        (200, None, ())
    ] * 2
    assert site.operations.asked == []


@pytest.mark.parametrize("name", ["Strikt", "Herkomst", "Uitleg", "Vers"])
async def test_a_header_that_asks_for_more_is_not_passed_over(name: str) -> None:
    """Whatever it says: then the body alone does not tell what is asked."""
    body = b'{"query": "{a}"}'
    site = Site(Operations(there={body: Outcome({}, ready=b"{}")}))
    async with client_of(site) as client:
        for value in ("true", "false"):
            headers = {"Content-Type": JSON, f"Bronpoort-{name}": value}
            await client.post("/graphql", content=body, headers=headers)

    assert [each.mark for each in site.operations.asked] == [None, None]


async def test_nobody_is_given_what_is_ready_before_being_let_in() -> None:
    """Nor what was sent in another media type."""
    body = b'{"query": "{a}"}'
    site = Site(Operations(there={body: Outcome({}, ready=b"{}")}))
    async with client_of(site) as client:
        stranger = await client.post(
            "/graphql", content=body, headers={"Content-Type": JSON, "Authorization": "Bearer x"}
        )
        text = await client.post("/graphql", content=body, headers={"Content-Type": "text/plain"})

    assert [stranger.status_code, text.status_code] == [401, 415]
