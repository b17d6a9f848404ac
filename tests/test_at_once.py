"""What is answered before it is a request: to whom, when, and what is written down of it.

The real application behind the real protocol, over a transport that notes what is written.
"""

import asyncio
import errno
import gc
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from uvicorn.server import ServerState

from gateway.configuration import Configuration
from gateway.edge.at_once import AT_ONCE, _Asked
from gateway.edge.room import Room
from gateway.gathering import MOST, Http, Turn
from gateway.operation.along import Along, Told
from gateway.operation.answer import Answer, Caller, Question
from gateway.serving import configured
from gateway.source.tags import of_source
from sandbox.showcase import BURGER_BSN
from tests.app import Call, Running, Setup, running, sandbox, token
from tests.edge.test_gathering import Noting
from tests.test_answers import HOUR, PAND, PAND_CALL, PERSOON, WAAR, WIE, Counted, Gate, Time, lines
from tests.test_deciding import Point
from tests.test_recording import Trouble, accounted

pytestmark = pytest.mark.anyio

TRACE = "0af7651916cd43dd8448eb211c80319c"
MINE: Mapping[str, Any] = {"bsn": BURGER_BSN}


class Carried:
    """The operations, with how many questions they were given to carry out."""

    def __init__(self, operations: Any) -> None:
        self._operations = operations
        self.out = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._operations, name)

    async def answer(self, question: Question, caller: Caller) -> Answer:
        """As ever."""
        self.out += 1
        answer: Answer = await self._operations.answer(question, caller)
        return answer

    def begin(self, question: Question, caller: Caller, told: Told[Answer]) -> Any:
        """As ever."""
        self.out += 1
        return self._operations.begin(question, caller, told)


@dataclass
class Front:
    """The server's side of some connections; how many requests were read by the application, and
    how many questions without that were carried out.
    """

    app: Running
    counted: Counted = field(init=False)
    carried: Carried = field(init=False)
    state: ServerState = field(default_factory=ServerState)

    def __post_init__(self) -> None:
        sandbox()  # made now: a source that takes long is not waited for
        at_once = self.app.gateway._at_once
        self.counted = Counted(self.app.gateway.asgi)
        self.carried = Carried(at_once.operations)
        at_once.operations = self.carried
        self.config = configured(self.counted, self.app.gateway.settings)
        self.config.load()

    def asked(self) -> tuple[int, int]:
        """How many requests were read, and how many questions carried out without that."""
        return self.counted.read, self.carried.out

    def line(self) -> "Line":
        """One connection."""
        return Line(self)

    async def settled(self) -> None:
        """What was asked has come to where it waits for something else."""
        for _ in range(100):
            await asyncio.sleep(0)

    def request(
        self, query: str, variables: Mapping[str, Any], given: str = "", more: Sequence[str] = ()
    ) -> bytes:
        """One request, as a client writes it."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        head = [
            "POST /graphql HTTP/1.1",
            "Host: bronpoort.test",
            "Content-Type: application/json",
            f"Authorization: Bearer {given or self.app.token}",
            *more,
            f"Content-Length: {len(body)}",
        ]
        return "\r\n".join([*head, "", ""]).encode() + body

    async def known(self, query: str = "{__typename}", given: str = "") -> "Front":
        """After the head of such requests came twice."""
        line = self.line()
        for number in (1, 2):
            line.send(self.request(query, {}, given))
            await line.answers(number)
        self.counted.read = self.carried.out = 0
        return self


class Line:
    """One connection with a client."""

    def __init__(self, front: Front) -> None:
        self.under = Noting()
        self.http = Http(front.config, front.state, {AT_ONCE: front.app.gateway._at_once})
        self.http.connection_made(self.under)

    def send(self, data: bytes) -> "Line":
        """What the client sends, in one piece."""
        self.http.data_received(data)
        return self

    def leave(self) -> None:
        """The client goes."""
        self.http.connection_lost(None)

    async def answers(self, number: int = 1) -> list[httpx.Response]:
        """The first so many, when they are there."""
        async with asyncio.timeout(10):
            while len(found := self.answered()) < number:
                await asyncio.sleep(0)
        return found

    def answered(self) -> list[httpx.Response]:
        """What was written to the client, as answers."""
        rest = b"".join(each for each in self.under.done if isinstance(each, bytes))
        found = []
        while rest:
            head, _, rest = rest.partition(b"\r\n\r\n")
            status, *headers = head.decode().split("\r\n")
            pairs = [each.partition(": ") for each in headers]
            named = httpx.Headers([(name, value) for name, _, value in pairs])
            length = int(named["content-length"])
            body, rest = rest[:length], rest[length:]
            found.append(httpx.Response(int(status.split()[1]), headers=named, content=body))
        return found


# ---- what is under way --------------------------------------------------------------------------


async def test_who_asks_the_same_listens_along() -> None:
    """Without being read; also who asks in the very turn of the loop in which it is asked first."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        at_one_moment = [front.line().send(request) for _ in range(5)]
        await front.settled()
        later = [front.line().send(request) for _ in range(5)]
        await front.settled()
        assert front.asked() == (0, 1)
        gate.open.set()
        answers = [(await each.answers())[0] for each in [*at_one_moment, *later]]

    assert {each.status_code for each in answers} == {200}
    assert len({each.content for each in answers}) == 1
    assert answers[0].json()["data"]["pand"]["status"]
    assert lines(app) == [PAND_CALL]


@pytest.mark.parametrize("query", ["{__typename}", "{", PAND, "query($id: Int){pand}"])
async def test_the_answer_is_that_of_the_ordinary_way(query: str) -> None:
    """But for the date, which is of the moment; also that it cannot be answered."""
    async with running(Setup()) as app:
        front = Front(app)
        line, request = front.line(), front.request(query, WAAR)
        for number in range(1, 6):
            line.send(request)
            await line.answers(number)
        read, *others = line.answered()
        assert front.counted.read == 2

    for each in others:
        assert each.content == read.content
        assert each.status_code == read.status_code
        assert without_date(each) == without_date(read)


async def test_a_body_that_is_no_question_is_refused_as_ever() -> None:
    async with running(Setup()) as app:
        front = await Front(app).known()
        request = front.request("", {}).partition(b"Content-Length")[0]
        (answer,) = await front.line().send(request + b"Content-Length: 3\r\n\r\n[1]").answers()

    assert answer.json()["errors"][0]["extensions"]["code"] == "INVOER"
    assert answer.status_code == 400
    assert front.asked() == (0, 0)


def without_date(answer: httpx.Response) -> list[tuple[bytes, bytes]]:
    """The headers, sorted."""
    return sorted(each for each in answer.headers.raw if each[0] != b"date")


@pytest.mark.parametrize("claims", [{"sub": "u-18"}, {"name": "A. Nder"}, {"doelbinding": "ander"}])
async def test_another_caller_has_their_own(claims: Mapping[str, str]) -> None:
    """With the very same rights, a moment later; also one who is the same, for something else."""
    gate = Gate()
    other = token(**claims)
    async with running(Setup(sandbox=gate)) as app:
        tenant = app.gateway.configuration.tenants["0999"]
        test = tenant.purposes["test"]
        purposes = {"test": test, "ander": replace(test, code="ander")}
        app.gateway.replace(Configuration({"0999": replace(tenant, purposes=purposes)}, ()))
        front = await (await Front(app).known()).known(given=other)
        sent = []
        for given in ("", other, "", other):
            sent.append(front.line().send(front.request(PERSOON, WIE, given)))
            await front.settled()
        assert front.asked() == (0, 2)
        gate.open.set()
        for each in sent:
            assert (await each.answers())[0].json()["data"]["persoon"]

    assert lines(app) == ["brp POST personen"] * 2


async def test_nothing_is_left_to_the_garbage_collector() -> None:
    """Whichever way a request goes, nothing of it holds itself."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PERSOON, WIE)
        lines = [front.line() for _ in range(4)]
        gc.collect()
        gc.disable()
        try:
            for each in lines:
                each.send(request)
            await front.settled()
            lines[3].leave()
            gate.open.set()
            for each in lines[:3]:
                await each.answers()
            await front.settled()
            left = [
                type(each) for each in gc.get_objects() if isinstance(each, _Asked | Along | Turn)
            ]
        finally:
            gc.enable()

    assert left == []


async def test_each_is_written_down(tmp_path: Path) -> None:
    """Under a trace of its own, the account of persons and the audit alike."""
    gate = Gate()
    async with accounted(tmp_path, Setup(sandbox=gate)) as at:
        front = await Front(at.running).known()
        before = len(at.audit())
        traced = f"traceparent: 00-{TRACE}-b7ad6b7169203331-01"
        sent = [
            front.line().send(front.request(PERSOON, MINE, more=more))
            for more in ((), (), [traced])
        ]
        await front.settled()
        assert front.asked() == (0, 1)
        gate.open.set()
        for each in sent:
            assert (await each.answers())[0].json()["data"]["persoon"]
        audits, persons = at.audit()[before:], at.persons()
        traces = {each.trace_id for each in at.lines()}

    assert [(each["action"], each["status"]) for each in audits] == [("vraag", 200)] * 3
    assert {each["document"] for each in audits} == {audits[0]["document"]}
    assert len({each["trace"] for each in audits}) == 3
    assert {each["trace"] for each in audits} == traces
    assert TRACE in traces
    assert len(persons) == 3
    assert lines(at.running) == ["brp POST personen"]


async def test_what_cannot_be_written_down_is_not_given(tmp_path: Path) -> None:
    """To nobody who listened along either."""
    gate, trouble = Gate(), Trouble()
    async with accounted(tmp_path, Setup(sandbox=gate), trouble) as at:
        front = await Front(at.running).known()
        sent = [front.line().send(front.request(PERSOON, MINE)) for _ in range(3)]
        await front.settled()
        trouble.number = errno.ENOSPC
        gate.open.set()
        answers = [(await each.answers())[0].json() for each in sent]

    assert [each["data"]["persoon"] for each in answers] == [None] * 3
    codes = {error["extensions"]["code"] for each in answers for error in each["errors"]}
    assert codes == {"VERWERKING_NIET_VASTGELEGD"}


async def test_the_audit_comes_before_the_answer(tmp_path: Path) -> None:
    """What could not be reported does not leave: the connection ends."""
    gate = Gate()
    async with accounted(tmp_path, Setup(sandbox=gate)) as at:
        front = await Front(at.running).known()
        request = front.request(PAND, WAAR)
        first = front.line().send(request)
        await front.settled()
        second = front.line().send(request)
        written: list[int] = []
        under = second.under.write

        def writing(data: bytes | bytearray | memoryview) -> None:
            written.append(len(at.audit()))
            under(data)

        second.under.write = writing  # type: ignore[method-assign]
        before = len(at.audit())
        gate.open.set()
        await second.answers()
        await first.answers()

    assert written[0] > before


async def test_what_cannot_be_reported_does_not_leave() -> None:
    """The connections end instead."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        front.line().send(request)
        await front.settled()
        second = front.line().send(request)

        def failing(_several: Any) -> None:
            raise ValueError("stuk")

        app.gateway._at_once._report = failing
        gate.open.set()
        async with asyncio.timeout(10):
            while not second.under.done:
                await asyncio.sleep(0)

        assert second.under.done == ["gesloten"]


async def test_who_leaves_hurts_nobody(tmp_path: Path) -> None:
    """Who asked first neither; and each that left is in the audit."""
    gate = Gate()
    async with accounted(tmp_path, Setup(sandbox=gate)) as at:
        front = await Front(at.running).known()
        before = len(at.audit())
        request = front.request(PAND, WAAR)
        first, second, third = (front.line().send(request) for _ in range(3))
        await front.settled()
        first.leave()
        second.leave()
        await front.settled()
        gate.open.set()
        (answer,) = await third.answers()
        await front.settled()  # who carried it out holds its place until it is over
        audits = at.audit()[before:]

    assert answer.json()["data"]["pand"]["status"]
    assert sorted(each["status"] for each in audits) == [200, 499, 499]
    assert lines(at.running) == [PAND_CALL]


async def test_what_goes_on_for_others_keeps_its_place() -> None:
    """Who asked it first leaves: no more is carried out at a time than there is room for."""
    gate = Gate()
    async with running(Setup(sandbox=gate, settings={"max_concurrency": 1})) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        first = front.line().send(request)
        await front.settled()
        second = front.line().send(request)
        first.leave()
        other = front.line().send(front.request(PERSOON, WIE))
        await front.settled()
        assert app.gateway._at_once.room.waiting == 1
        gate.open.set()
        await second.answers()
        await other.answers()

    assert lines(app) == [PAND_CALL, "brp POST personen"]


async def test_when_the_last_has_left_the_work_ends() -> None:
    """The source is left alone, and the next asks anew."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        sent = [front.line().send(request) for _ in range(3)]
        await front.settled()
        for each in sent:
            each.leave()
        await front.settled()
        gate.open.set()
        next_ = front.line().send(request)
        (answer,) = await next_.answers()

    assert answer.json()["data"]["pand"]["status"]
    assert lines(app) == [PAND_CALL] * 2


async def test_who_leaves_in_the_turn_of_asking_is_not_read() -> None:
    """What is asked twice in one turn of the loop is asked once."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        first, second = front.line().send(request), front.line().send(request)
        second.leave()
        await front.settled()
        gate.open.set()
        await first.answers()

    assert second.under.done == ["gesloten"]
    assert front.asked() == (0, 1)


async def test_a_failure_is_everybodys() -> None:
    """And the next is not told of it."""
    gate = Gate()
    down = [True]

    def answering(call: Call) -> httpx.Response | None:
        return httpx.Response(500) if down[0] else None

    async with running(Setup(sandbox=gate, answering=answering)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        sent = [front.line().send(request) for _ in range(3)]
        failed = [(await each.answers())[0] for each in sent]
        down[0] = False
        gate.open.set()
        (answer,) = await front.line().send(request).answers()

    assert [each.json()["errors"][0]["extensions"]["code"] for each in failed] == ["BRON_FOUT"] * 3
    assert answer.json()["data"]["pand"]["status"]
    assert lines(app) == [PAND_CALL] * 2


async def test_a_drop_ends_the_following() -> None:
    """What is under way may hold what was dropped."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        first = front.line().send(request)
        await front.settled()
        await app.gateway._cache.drop([of_source("0999", "bag")])
        second = front.line().send(request)
        await front.settled()
        gate.open.set()
        await first.answers()
        await second.answers()

    assert front.asked() == (0, 2)


async def test_what_is_wrong_is_told_to_each() -> None:
    """Nothing is under way of it: each is read."""
    async with running(Setup()) as app:
        front = await Front(app).known()
        sent = [front.line().send(front.request("{", {})) for _ in range(3)]
        answers = [(await each.answers())[0] for each in sent]

    assert [each.json()["errors"][0]["extensions"]["code"] for each in answers] == ["SYNTAX"] * 3
    assert front.asked() == (0, 3)


# ---- what is ready ------------------------------------------------------------------------------


async def test_what_is_ready_is_not_read(tmp_path: Path) -> None:
    """It is in the audit as it always is, with a trace of its own."""
    async with accounted(tmp_path) as at:
        front = await Front(at.running).known()
        request = front.request(PAND, WAAR)
        line = front.line()
        for number in range(1, 5):
            line.send(request)
            await line.answers(number)
        audits = at.audit()[-4:]

    assert front.asked() == (0, 2)
    assert len({each.content for each in line.answered()}) == 1
    assert len({each.pop("trace") for each in audits}) == 4
    for each in audits:
        each.pop("timestamp")
    assert audits[1:] == audits[:1] * 3
    assert lines(at.running) == [PAND_CALL]


# ---- who is known -------------------------------------------------------------------------------


async def ready(front: Front) -> bytes:
    """A request of which the answer is ready."""
    request = front.request(PAND, WAAR)
    for _ in range(2):
        await front.line().send(request).answers()
    front.counted.read = front.carried.out = 0
    return request


async def test_a_head_that_was_refused_is_not_known() -> None:
    async with running(Setup()) as app:
        front = await Front(app).known()
        await ready(front)
        refused = front.request(PAND, WAAR, "geen")
        answers = [(await front.line().send(refused).answers())[0] for _ in range(3)]

    assert [each.status_code for each in answers] == [401, 401, 401]
    assert len(app.gateway._at_once.heads) == 1


@pytest.mark.parametrize(
    "header", ["Bronpoort-Herkomst: true", "Origin: https://x", "Connection: close"]
)
async def test_a_head_that_asks_for_more_is_not_known(header: str) -> None:
    async with running(Setup()) as app:
        front = Front(app)
        request = front.request(PAND, WAAR, more=[header])
        for _ in range(3):
            await front.line().send(request).answers()

    assert front.asked() == (3, 0)
    assert len(app.gateway._at_once.heads) == 0


@pytest.mark.parametrize(
    ("header", "status", "sent"),
    [
        ("Transfer-Encoding: chunked", 400, "close"),
        ("Connection: close", 200, "close"),
        ("Bronpoort-Doelbinding: geen", 403, None),
    ],
)
async def test_what_stands_behind_a_short_trace_is_read(
    header: str, status: int, sent: str | None
) -> None:
    """Though it ends where a whole `traceparent` would: the head is another one."""
    async with running(Setup()) as app:
        front = await Front(app).known()
        more = [f"traceparent: {'0' * (53 - len(header) - len('X: ') - 2)}", header, "X: "]
        assert len("\r\n".join(more)) == len("traceparent: ") + len(f"00-{TRACE}-{'0' * 16}-01")
        (answer,) = await front.line().send(front.request(PAND, WAAR, more=more)).answers()

    assert (answer.status_code, answer.headers.get("connection")) == (status, sent)


async def test_a_header_before_the_request_is_none() -> None:
    """Though an empty line may stand there, as it did before the same head."""
    async with running(Setup()) as app:
        front = await Front(app).known()
        request = b"\r\n" + front.request("{__typename}", {})
        for _ in range(2):
            (answer,) = await front.line().send(request).answers()
            assert answer.status_code == 200
        trace = f"\r\ntraceparent: 00-{TRACE}-b7ad6b7169203331-01".encode()
        (refused,) = await front.line().send(trace + request).answers()

    assert refused.status_code == 400


async def test_a_token_is_believed_no_longer_than_ever() -> None:
    """After a minute it is looked at again, and when it is over it is refused."""
    now = Time()
    async with running(Setup(now=now)) as app:
        front = await Front(app).known()
        request = await ready(front)
        await front.line().send(request).answers()
        assert front.asked() == (0, 0)
        now.now += 61
        await front.line().send(request).answers()
        assert front.asked() == (1, 0)
        now.now += HOUR
        (refused,) = await front.line().send(request).answers()

    assert refused.status_code == 401


async def test_another_configuration_is_asked_anew() -> None:
    """What may be asked is that of now."""
    async with running(Setup()) as app:
        front = await Front(app).known()
        request = await ready(front)
        tenant = app.gateway.configuration.tenants["0999"]
        less = replace(tenant.purposes["test"], labels=frozenset())
        narrow = replace(tenant, purposes={"test": less})
        heads = app.gateway._at_once.heads
        known = dict(heads._known)
        app.gateway.replace(Configuration({"0999": narrow}, ()))
        assert len(heads) == 0
        heads._known.update(known)  # as one of which the request came just before
        (answer,) = await front.line().send(request).answers()

    assert answer.json()["errors"][0]["extensions"]["code"] == "NIET_GEAUTORISEERD"


async def test_where_each_is_decided_on_no_head_is_known() -> None:
    point = Point()
    async with running(point.setup()) as app:
        front = Front(app)
        for _ in range(3):
            await front.line().send(front.request(PAND, WAAR)).answers()

    assert len(app.gateway._at_once.heads) == 0


# ---- the connection -----------------------------------------------------------------------------


async def test_what_comes_behind_waits() -> None:
    """The answers come in order, whichever way each goes."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        front.line().send(request)
        await front.settled()
        line = front.line().send(request)
        line.send(front.request("{__typename}", {}))
        line.send(front.request(PAND, WAAR) + front.request("{a:__typename}", {}))
        await front.settled()
        assert line.answered() == []
        gate.open.set()
        answers = await line.answers(4)

    told = [list(each.json()["data"]) for each in answers]
    assert told == [["pand"], ["__typename"], ["pand"], ["a"]]


async def test_much_that_comes_behind_is_not_taken() -> None:
    """No more than uvicorn takes of a body, until it is its turn."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        front.line().send(request)
        await front.settled()
        line = front.line().send(request)
        line.send(b"POST /graphql HTTP/1.1\r\nContent-Length: 99999\r\nA: " + b"a" * MOST)
        held = line.under.reading
        gate.open.set()
        await line.answers()
        await front.settled()
        after = line.under.reading
        line.leave()

    assert (held, after) == (False, True)


async def test_a_request_in_pieces_goes_the_ordinary_way() -> None:
    async with running(Setup()) as app:
        front = await Front(app).known()
        request = await ready(front)
        line = front.line()
        line.send(request[:40])
        line.send(request[40:-1])
        line.send(request[-1:])
        (answer,) = await line.answers()

    assert answer.status_code == 200
    assert front.asked() == (1, 0)


async def test_a_client_that_does_not_keep_up_is_waited_for() -> None:
    """As uvicorn does it, before it writes more."""
    async with running(Setup()) as app:
        front = await Front(app).known()
        request = await ready(front)
        line = front.line()
        line.http.pause_writing()
        line.send(request)
        await front.settled()
        assert line.under.done == []
        line.http.resume_writing()
        await line.answers()

    assert front.asked() == (1, 0)


async def test_what_is_carried_out_has_a_place() -> None:
    """Until it has ended; what finds none waits for one, or is refused."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        room = app.gateway._at_once.room = Room(1, 1)
        first, second, third = (
            front.line().send(front.request(PAND + " " * number, WAAR)) for number in range(3)
        )
        await front.settled()
        assert room.waiting == 1
        (refused,) = await third.answers()
        gate.open.set()
        answers = [(await each.answers())[0] for each in (first, second)]
        await front.settled()

        assert refused.status_code == 503
        assert [each.status_code for each in answers] == [200, 200]
        assert room.take()
    assert lines(app) == [PAND_CALL]  # the second was kept when its place came


async def test_what_goes_away_gives_its_place_back() -> None:
    """When what was carried out for it has ended, and no sooner."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        room = app.gateway._at_once.room = Room(1, 0)
        line = front.line().send(front.request(PAND, WAAR))
        await front.settled()
        line.leave()
        assert not room.take()
        await front.settled()

        assert room.take()


async def test_who_goes_before_its_turn_came_is_written_down(tmp_path: Path) -> None:
    """It never began to wait for a place, and has none to give back."""
    gate = Gate()
    async with accounted(tmp_path, Setup(sandbox=gate)) as at:
        front = await Front(at.running).known()
        room = at.running.gateway._at_once.room = Room(1, 1)
        before = len(at.audit())
        first = front.line().send(front.request(PAND, WAAR))
        front.line().send(front.request(PERSOON, WIE)).leave()
        await front.settled()
        assert room.waiting == 0
        gate.open.set()
        await first.answers()
        await front.settled()
        audits = at.audit()[before:]

        assert [each["status"] for each in audits] == [499, 200]
        assert (room.take(), room.take()) == (True, False)


async def test_who_followed_and_went_keeps_no_place() -> None:
    """What goes on has the place of who asked it first; another head is read as ever."""
    gate = Gate()
    async with running(Setup(sandbox=gate, settings={"max_concurrency": 2})) as app:
        front = await Front(app).known()
        room = app.gateway._at_once.room
        first = front.line().send(front.request(PAND, WAAR))
        other = front.line().send(front.request(PAND, WAAR, more=["X-Anders: ja"]))
        await front.settled()
        assert not room.take()
        other.leave()
        await front.settled()
        assert room.take()
        room.give()
        gate.open.set()
        await first.answers()

    assert lines(app) == [PAND_CALL]


async def test_what_is_refused_or_followed_takes_no_place() -> None:
    """Of what follows the place is that of who asked first."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        room = app.gateway._at_once.room = Room(2, 0)
        (refused,) = await front.line().send(front.request("{", {})).answers()
        one = front.line().send(front.request(PAND, WAAR))
        body = json.dumps({"variables": WAAR, "query": PAND})  # another body, the same question
        asked = front.request(PAND, WAAR).partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body.encode()
        other = front.line().send(asked)
        await front.settled()
        assert (room.take(), room.take()) == (True, False)
        room.give()
        gate.open.set()
        answers = [(await each.answers())[0] for each in (one, other)]
        await front.settled()

        assert [each.status_code for each in (refused, *answers)] == [200] * 3
        assert (room.take(), room.take()) == (True, True)


async def test_what_ended_is_not_found_any_more() -> None:
    """Neither when it was answered, nor when who asked it went."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        (known,) = app.gateway._at_once.heads._known.values()
        flights = known.standing.caller.flights
        line = front.line().send(front.request(PAND, WAAR))
        assert len(flights) == 1
        line.leave()
        assert flights == {}
        await front.settled()
        gate.open.set()
        await front.line().send(front.request(PAND, WAAR)).answers()

        assert flights == {}


async def test_what_may_have_to_wait_before_it_begins_has_a_task() -> None:
    """It is asked for anew, and that may be too often."""
    async with running(Setup()) as app:
        front = await Front(app).known()
        body = json.dumps({"query": PAND, "variables": WAAR, "extensions": {"vers": True}}).encode()
        head = front.request(PAND, WAAR).partition(b"Content-Length")[0]
        asked = head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
        answers = [(await front.line().send(asked).answers())[0] for _ in range(2)]

    assert [each.json()["data"]["pand"] is None for each in answers] == [False] * 2
    assert front.asked() == (0, 4)
    assert lines(app) == [PAND_CALL] * 2


async def test_a_server_waits_for_what_is_carried_out() -> None:
    """For no longer than that."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        line = front.line().send(front.request(PAND, WAAR))
        await front.settled()
        (task,) = front.state.tasks
        gate.open.set()
        await line.answers()
        await task
        await front.settled()

        assert front.state.tasks == set()


async def test_a_server_that_stops_ends_the_connection_behind_the_answer() -> None:
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        front.line().send(request)
        await front.settled()
        line = front.line().send(request)
        line.http.shutdown()
        assert line.under.done == []
        gate.open.set()
        (answer,) = await line.answers()

    assert answer.headers["connection"] == "close"
    assert line.under.done[-1] == "gesloten"


async def test_a_server_that_drains_answers_the_ordinary_way() -> None:
    async with running(Setup()) as app:
        front = await Front(app).known()
        request = await ready(front)
        app.gateway.readiness.drain()
        (answer,) = await front.line().send(request).answers()

    assert answer.headers["connection"] == "close"
    assert front.asked() == (1, 0)


async def test_a_connection_that_is_used_is_not_ended() -> None:
    """One that waits for its answer neither; one that nobody used is."""
    gate = Gate()
    async with running(Setup(sandbox=gate)) as app:
        front = await Front(app).known()
        request = front.request(PAND, WAAR)
        front.line().send(request)
        await front.settled()
        line = front.line().send(request)
        line.http.timeout_keep_alive_handler()
        assert line.under.done == []
        gate.open.set()
        await line.answers()
        line.http.timeout_keep_alive_handler()
        assert line.under.done[-1] != "gesloten"
        line.http.timeout_keep_alive = 0
        line.http.timeout_keep_alive_handler()

    assert line.under.done[-1] == "gesloten"
