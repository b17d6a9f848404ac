"""One process of the load (process): asks over a fixed number of connections, and counts.

    python -m bench.gateways.load

A line on standard input is a job, a line on standard output what came of it.

HTTP/1.1 on uvloop with httptools. Closed: every connection asks again when it has its answer.
Open: questions go at their times, whatever became of those before, and what they take is counted
from those times (so that a contender that stalls is not asked less).
"""

import asyncio
import gc
import json
import math
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import cycle
from typing import Any, Protocol

import httptools
import uvloop

BASE = 1.02
"""The width of a class of the histogram: each is so many times the one before."""
_MARK = b"@@"
_SOON = 0.001
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Job:
    """What one process does. `rate` is questions a second; None is as many as there are answers."""

    addresses: Sequence[tuple[str, int]]
    path: str
    bodies: Sequence[str]
    """In turn; where `@@` stands in one, comes a number that is never the same again."""
    headers: Sequence[Sequence[str]]
    """Of the first question, of the next, and so on in turn."""
    connections: int
    seconds: float
    warm: float
    core: int
    rate: float | None = None
    first: int = 0
    step: int = 1
    least: int = 0
    """The shortest body that can be right."""


@dataclass(slots=True)
class Counted:
    """What one process saw. Times are in microseconds, by class of the histogram."""

    sent: int = 0
    """All, those of warming up and those that were never answered as well."""
    requests: int = 0
    """Those that were answered."""
    answered: int = 0
    """Those of the measured seconds."""
    seconds: float = 0.0
    failed: int = 0
    times: Counter[int] = field(default_factory=Counter)
    shown: str = ""
    """How the first failure began."""

    def as_json(self) -> str:
        """For who started this process."""
        return json.dumps({each.name: getattr(self, each.name) for each in fields(self)})

    @classmethod
    def merged(cls, several: Sequence[dict[str, Any]]) -> "Counted":
        """What several processes saw at the same time."""
        made = cls(seconds=max(each["seconds"] for each in several))
        for each in several:
            made.sent += each["sent"]
            made.requests += each["requests"]
            made.answered += each["answered"]
            made.failed += each["failed"]
            made.shown = made.shown or each["shown"]
            made.times.update({int(at): count for at, count in each["times"].items()})
        return made

    def percentile(self, share: float) -> float:
        """In milliseconds; the middle of its class. 0 when nothing was answered."""
        wanted, seen = share * self.times.total(), 0
        for at, count in sorted(self.times.items()):
            seen += count
            if seen >= wanted:
                return float(BASE ** (at + 0.5)) / 1_000
        return 0.0


class Questions:
    """The requests, as bytes, one after another."""

    def __init__(self, job: Job) -> None:
        host = f"{job.addresses[0][0]}:{job.addresses[0][1]}"
        start = f"{job.path} HTTP/1.1\r\nhost: {host}\r\n"
        several = ["".join(f"{each}\r\n" for each in own) for own in job.headers or [[]]]
        self._get = f"GET {start}{several[0]}\r\n".encode()
        post = f"POST {start}content-type: application/json\r\n"
        heads = [f"{post}{each}content-length: %d\r\n\r\n".encode() for each in several]
        turns = math.lcm(len(heads), len(job.bodies)) if job.bodies else 0
        pairs = zip(cycle(heads), cycle([each.encode() for each in job.bodies]), strict=False)
        self._all = [next(pairs) for _ in range(turns)]
        self._known = [head % len(body) + body for head, body in self._all]
        self._numbered = any(_MARK in body for _, body in self._all)
        self._next, self._step = job.first, job.step

    def one(self) -> bytes:
        """The next."""
        if not self._all:
            return self._get
        number, self._next = self._next, self._next + self._step
        if not self._numbered:
            return self._known[number % len(self._known)]
        head, body = self._all[number % len(self._all)]
        body = body.replace(_MARK, b"%d" % number)
        return head % len(body) + body


class Asking(Protocol):
    """Who is told of an answer."""

    def answered(self, line: "Line", began: float, status: int, body: bytes) -> None: ...
    def broken(self, line: "Line", asked: bool) -> None: ...


class Line(asyncio.Protocol):
    """One connection with at most one question under way."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self.began: float | None = None
        """When the question began that is under way."""
        self._body: list[bytes] = []
        self._parser: Any = httptools.HttpResponseParser(self)
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps whereto."""
        self._transport = transport

    def ask(self, question: bytes, began: float) -> None:
        """Sends a question that began at this time."""
        self.began = began
        self._transport.write(question)

    def data_received(self, data: bytes) -> None:
        """Reads on."""
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Part of an answer."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """A whole answer."""
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._body = []
        began, self.began = self.began, None
        if began is not None:
            self._asking.answered(self, began, self._parser.get_status_code(), body)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tells whether an answer is still due."""
        self._asking.broken(self, self.began is not None)

    def close(self) -> None:
        """Ends it, whatever is under way."""
        self.began = None
        self._transport.abort()


class Running:
    """One job, from its first question to its last answer."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._questions = Questions(job)
        self._idle: deque[Line] = deque()
        self._due: deque[float] = deque()
        self._lines: set[Line] = set()
        self._over = False
        self._from = math.inf
        self.counted = Counted()

    async def run(self) -> Counted:
        """Ask for as long as the job says."""
        job = self._job
        for each in range(job.connections):
            await self._connect(each)
        began = time.perf_counter()
        self._from = began + job.warm
        if job.rate is None:
            for line in list(self._idle):
                self._ask(line, time.perf_counter())
            await asyncio.sleep(job.warm + job.seconds)
        else:
            await self._offer(began, job.rate)
        self.counted.seconds = time.perf_counter() - self._from
        self._over = True
        for line in list(self._lines):
            line.close()
        return self.counted

    async def _connect(self, number: int) -> None:
        host, port = self._job.addresses[number % len(self._job.addresses)]
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(lambda: Line(self), host, port)
        self._lines.add(line)
        self._idle.append(line)

    async def _offer(self, began: float, rate: float) -> None:
        """So many a second, evenly; what has no connection waits its turn, and that counts."""
        sent, ends = 0, began + self._job.warm + self._job.seconds
        while (now := time.perf_counter()) < ends:
            while began + sent / rate <= now:
                self._due.append(began + sent / rate)
                sent += 1
            self._send()
            await asyncio.sleep(_SOON)
        self._late(ends)

    def _late(self, ends: float) -> None:
        """Whoever still waits has waited at least until now."""
        for began in [*self._due, *(line.began for line in self._lines if line.began)]:
            if began >= self._from:
                self.counted.times[_class(ends - began)] += 1

    def _send(self) -> None:
        while self._due and self._idle:
            self._ask(self._idle.popleft(), self._due.popleft())

    def _ask(self, line: Line, began: float) -> None:
        self.counted.sent += 1
        line.ask(self._questions.one(), began)

    def answered(self, line: Line, began: float, status: int, body: bytes) -> None:
        """Counts an answer, and asks on."""
        now, counted, job = time.perf_counter(), self.counted, self._job
        counted.requests += 1
        if status != 200 or len(body) < job.least or b'"errors"' in body:
            counted.failed += 1
            counted.shown = counted.shown or f"{status} {body[:_SHOWN].decode(errors='replace')}"
        # As many as are answered, whenever they began; of what is offered, what was due.
        if (now if job.rate is None else began) >= self._from:
            counted.answered += 1
            counted.times[_class(now - began)] += 1
        if self._over:
            return
        if job.rate is None:
            self._ask(line, now)
        else:
            self._idle.append(line)
            self._send()

    def broken(self, line: Line, asked: bool) -> None:
        """Counts a question without an answer, and connects again."""
        self._lines.discard(line)
        if line in self._idle:
            self._idle.remove(line)
        if self._over:
            return
        if asked:
            self.counted.failed += 1
            self.counted.shown = self.counted.shown or "the connection was closed"
        self._later = asyncio.ensure_future(self._again())

    async def _again(self) -> None:
        try:
            await self._connect(0)
        except OSError:
            return
        line = self._idle[-1]
        if self._job.rate is None and not self._over:
            self._idle.pop()
            self._ask(line, time.perf_counter())


def _class(seconds: float) -> int:
    return int(math.log(max(1.0, seconds * 1e6), BASE))


def main() -> None:
    """Does every job on standard input."""
    for line in sys.stdin:
        job = Job(**json.loads(line))
        os.sched_setaffinity(0, {job.core})
        gc.collect()
        gc.freeze()
        print(uvloop.run(_run(job)).as_json(), flush=True)


async def _run(job: Job) -> Counted:
    return await Running(job).run()


if __name__ == "__main__":
    main()
