"""How long a connection waits for what comes, by a clock that only a test moves."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.http1 import AHEAD, Line
from gateway.source.outbox import Outbox

pytestmark = pytest.mark.anyio

PIECES = [
    b"\r\nContent-Length: 2",
    b"\r\nContent-Length: 0",
    b"\r\ncontent-length:2",
    b"\r\nTransfer-Encoding: chunked",
    b"\r\nConnection: close",
    b"\r\nConnection: keep-alive",
    b"\r\nProxy-Connection: close",
    b"\r\nUpgrade: h2c",
    b"\r\nX-A: 1",
    b"\r\nx-b:",
    b"\r\n X-C: 1",
    b"\r\nX-D : 1",
    b"\r\nX-E:  1",
    b"\r\nX-F: 1\t2",
    b"\r\nX-G: \xff",
    b"\nX-H: 1",
    b"\rX-I: 1",
    b" \0",
    b":",
]
ASKED = b"GET / HTTP/1.1\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n"


@dataclass(slots=True, eq=False)
class Alarm:
    """Something to be done at a moment, unless it is cancelled."""

    moment: float
    work: Callable[[], None]
    cancelled: bool = False

    def when(self) -> float:
        """The moment."""
        return self.moment

    def cancel(self) -> None:
        """Not any more."""
        self.cancelled = True


@dataclass(slots=True)
class Loop:
    """As much of an event loop as a connection needs; `alarms` are all that were ever set."""

    now: float = 0.0
    alarms: list[Alarm] = field(default_factory=list)

    def time(self) -> float:
        """Seconds."""
        return self.now

    def create_future(self) -> "asyncio.Future[None]":
        """Of the real loop, which the test runs on."""
        return asyncio.get_running_loop().create_future()

    def call_soon(self, work: Callable[[], None]) -> None:
        """After what is ready to run now."""
        asyncio.get_running_loop().call_soon(work)

    def call_at(self, moment: float, work: Callable[[], None]) -> Alarm:
        """Set an alarm."""
        self.alarms.append(Alarm(moment, work))
        return self.alarms[-1]

    @property
    def due(self) -> list[float]:
        """The moments of the alarms that are set and will go off."""
        return [each.moment for each in self.alarms if not each.cancelled]

    async def until(self, moment: float) -> None:
        """Let time pass: each alarm on the way goes off at its moment."""
        while ready := [
            each for each in self.alarms if not each.cancelled and each.moment <= moment
        ]:
            first = min(ready, key=Alarm.when)
            first.cancelled = True
            self.now = max(self.now, first.moment)
            first.work()
            await _turns()
        self.now = moment
        await _turns()


class Wire(asyncio.Transport):
    """Takes everything, and says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self._gone = False

    def write(self, data: Any) -> None:
        """To nobody."""
        self.written.append(data)

    def is_closing(self) -> bool:
        """Whether it was aborted."""
        return self._gone

    def abort(self) -> None:
        """Nothing more comes of it."""
        self._gone = True

    def pause_reading(self) -> None:
        """There is nothing to read."""


async def _turns() -> None:
    """Whoever was woken has had a turn."""
    for _ in range(5):
        await asyncio.sleep(0)


async def begun(work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
    """Under way, as far as it comes by itself."""
    task = asyncio.create_task(work)
    await _turns()
    return task


def connected() -> tuple[Loop, Line]:
    """A connection on which nothing was asked yet."""
    loop = Loop()
    line = Line(cast(asyncio.AbstractEventLoop, loop), Outbox())
    line.connection_made(Wire())
    return loop, line


def outcome(task: "asyncio.Task[Any]") -> Any:
    """What became of it: the kind of error, what it gave, or that it still waits."""
    if not task.done():
        return "waits"
    error = task.exception()
    return task.result() if error is None else type(error)


async def test_who_hears_nothing_is_late_at_its_moment() -> None:
    """And no sooner."""
    loop, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    await loop.until(4.9)
    before = outcome(asking)
    await loop.until(5.0)

    assert (before, outcome(asking)) == ("waits", httpx.ReadTimeout)
    assert loop.due == []


async def test_each_wait_has_its_own_time() -> None:
    """The alarm of an earlier one finds that there was progress, and is set again."""
    loop, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    await loop.until(4.0)
    line.data_received(HEAD)
    await _turns()
    reading = await begun(line.chunk(5.0))
    await loop.until(8.9)
    before = outcome(reading)
    await loop.until(9.0)

    assert outcome(asking) is None
    assert (before, outcome(reading)) == ("waits", httpx.ReadTimeout)


async def test_one_alarm_serves_many_waits() -> None:
    """It is set when the first begins, and again only where it went off."""
    loop, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    line.data_received(HEAD)
    await asking
    for moment in range(1, 5):
        reading = await begun(line.chunk(5.0))
        await loop.until(moment)
        line.data_received(b"x")
        assert await reading == b"x"

    assert [each.moment for each in loop.alarms] == [5.0]
    reading = await begun(line.chunk(5.0))
    await loop.until(5.0)
    assert [each.moment for each in loop.alarms] == [5.0, 9.0]
    assert outcome(reading) == "waits"
    line.data_received(b"x")
    await reading


async def test_an_impatient_wait_does_not_wait_for_the_alarm_of_a_patient_one() -> None:
    """That one is taken back; there is never more than one."""
    loop, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 60.0))
    line.data_received(HEAD)
    await asking
    reading = await begun(line.chunk(2.0))
    due = loop.due
    await loop.until(2.0)

    assert due == [2.0]
    assert outcome(reading) is httpx.ReadTimeout


async def test_sending_and_reading_have_each_their_own_time() -> None:
    """What is told is what was waited for."""
    loop, line = connected()
    line.pause_writing()
    sending = await begun(line.ask(ASKED, 1.0, 5.0))
    await loop.until(1.0)
    other, slow = connected()
    slow.pause_writing()
    reading = await begun(slow.ask(ASKED, 1.0, 5.0))
    await other.until(0.5)
    slow.resume_writing()
    await _turns()
    await other.until(5.4)
    before = outcome(reading)
    await other.until(5.5)

    assert outcome(sending) is httpx.WriteTimeout
    assert (before, outcome(reading)) == ("waits", httpx.ReadTimeout)


async def test_an_alarm_while_nobody_waits_is_of_no_consequence() -> None:
    """The next wait sets its own."""
    loop, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    line.data_received(HEAD)
    await asking
    await loop.until(20.0)
    idle = loop.due
    reading = await begun(line.chunk(5.0))
    await loop.until(24.9)
    before = outcome(reading)
    await loop.until(25.0)

    assert idle == []
    assert (before, outcome(reading)) == ("waits", httpx.ReadTimeout)


async def test_what_came_at_the_last_moment_is_in_time() -> None:
    """Before the alarm, though whoever waits was not yet awake."""
    loop, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    line.data_received(HEAD)
    await loop.until(5.0)

    assert outcome(asking) is None


async def test_a_connection_that_is_gone_leaves_no_alarm() -> None:
    """It would hold it until then."""
    loop, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    line.connection_lost(None)
    await _turns()

    assert outcome(asking) is httpx.RemoteProtocolError
    assert loop.due == []


async def test_a_body_is_given_whole_only_when_all_of_it_has_come() -> None:
    _, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    line.data_received(HEAD + 60 * b"a")
    await asking
    before = line.whole()
    line.data_received(40 * b"b")

    assert before is None
    assert (line.whole(), line.fit) == (60 * b"a" + 40 * b"b", True)


async def test_a_body_that_was_held_up_is_not_given_whole() -> None:
    """What comes after it is not known: the connection is not to be used again."""
    _, line = connected()
    size = AHEAD + 1
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    line.data_received(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size + size * b"a")
    await asking

    assert (line.whole(), line.fit) == (None, False)


PLAIN = [
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b'HTTP/1.1 404 Not Found\r\nServer:nginx\r\nContent-Length: 2\r\nETag: "a b"\r\n\r\n{}',
    b"HTTP/1.1 503 \r\nContent-Length: 2\r\nX-Empty:\r\nConnection: Keep-Alive\r\n\r\n{}",
    b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",
]
NOT_PLAIN = [
    b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nProxy-Connection: close\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 02\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n c\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\0\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: \xe9\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\nX-B: c\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b \r\n\r\n{}",
    b"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
    b"HTTP/1.1 200 OK\r\n\r\n{}",
    b"HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\n{}",
    b" HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    b"\r\n\r\n",
    b"{}",
]


@dataclass(slots=True)
class Heard:
    """What a connection makes of an answer."""

    asked: Any
    status: int
    headers: Mapping[str, str]
    content: bytes | None
    fit: bool


async def _heard(*pieces: bytes) -> tuple[Heard, bool]:
    """Of an answer that comes in these pieces; and whether it was heard without the parser."""
    _, line = connected()
    asking = await begun(line.ask(ASKED, 1.0, 5.0))
    for piece in pieces:
        line.data_received(piece)
    await _turns()
    asked, plain = outcome(asking), line.plain is not None
    headers = dict(httpx.Headers(line.headers))
    found = Heard(asked, line.status, headers, line.whole(), line.fit)
    asking.cancel()
    return found, plain


@pytest.mark.parametrize("answer", PLAIN)
async def test_a_plain_answer_is_what_the_parser_makes_of_it(answer: bytes) -> None:
    at_once, plain = await _heard(answer)
    parsed, _ = await _heard(answer[:1], answer[1:])

    assert plain
    assert parsed == at_once
    assert parsed.fit


@pytest.mark.parametrize("answer", NOT_PLAIN)
async def test_what_is_not_certain_is_left_to_the_parser(answer: bytes) -> None:
    at_once, plain = await _heard(answer)

    assert not plain
    assert (await _heard(answer[:1], answer[1:]))[0].fit == at_once.fit


@given(st.data())
def test_whatever_comes_it_is_heard_as_the_parser_does_or_left_to_it(data: st.DataObject) -> None:
    """Pieces of answers, put together in any order."""
    pieces = data.draw(st.lists(st.sampled_from(PIECES), max_size=8))
    body = data.draw(st.sampled_from([b"", b"{}", b"{}x"]))
    answer = b"".join([b"HTTP/1.1 200 OK", *pieces, b"\r\n\r\n", body])

    async def both() -> tuple[Heard, bool, Heard]:
        at_once, plain = await _heard(answer)
        return at_once, plain, (await _heard(answer[:1], answer[1:]))[0]

    at_once, plain, parsed = asyncio.run(both())

    assert not plain or parsed == at_once


async def test_after_a_plain_answer_the_parser_reads_the_next() -> None:
    """And the other way round; what is said without being asked ends it."""
    _, line = connected()
    heard = []
    for answer in (PLAIN[0], HEAD + 100 * b"a", PLAIN[0]):
        asking = await begun(line.ask(ASKED, 1.0, 5.0))
        line.data_received(answer[:60] if answer.startswith(HEAD) else answer)
        if answer.startswith(HEAD):
            line.data_received(answer[60:])
        await asking
        heard.append(len(line.whole() or b""))
    before = line.fit
    line.data_received(PLAIN[0])

    assert heard == [2, 100, 2]
    assert (before, line.fit) == (True, False)


async def test_what_is_said_before_the_question_went_out_is_no_answer() -> None:
    """It was on its way already: the connection is of no more use, and nothing is sent over it."""
    _, line = connected()
    asking = asyncio.create_task(line.ask(ASKED, 1.0, 5.0))
    asyncio.get_running_loop().call_soon(line.data_received, PLAIN[0])
    await asyncio.sleep(0)
    with pytest.raises(httpx.RemoteProtocolError):
        await asking

    assert (line.whole(), line.fit, line.unanswered) == (None, False, False)


async def test_a_question_that_is_given_up_before_it_went_out_is_not_sent() -> None:
    loop = Loop()
    line, wire = Line(cast(asyncio.AbstractEventLoop, loop), Outbox()), Wire()
    line.connection_made(wire)
    asking = asyncio.create_task(line.ask(ASKED, 1.0, 5.0))
    asyncio.get_running_loop().call_soon(line.hang_up)
    with pytest.raises(httpx.RemoteProtocolError):
        await asking
    await _turns()

    assert wire.written == []
