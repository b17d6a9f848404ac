"""Asking a contender (process): once, for its answer; or for a while, by processes that count."""

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from bench.gateways.contenders import Contender, Start
from bench.gateways.load import Counted, Job
from bench.gateways.started import Started, python, ready
from bench.gateways.work import POSTS, Work
from bench.processes import ended

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """A contender that answers: its processes and where they are."""

    contender: Contender
    processes: Sequence[Started]
    ports: Sequence[int]
    start: Start

    def headers(self, part: str) -> Sequence[Sequence[str]]:
        """Those of the questions of this part of the work, in turn."""
        return self.start.headers.get(part, [[]])

    def processor(self) -> float:
        """Seconds that all its processes used."""
        return sum(each.processor() for each in self.processes)

    def memory(self) -> float:
        """MB that all its processes hold."""
        return sum(each.memory() for each in self.processes)


def await_answer(running: Running) -> None:
    """Returns when it answers; NotMeasuredError when it does not."""
    ask = '{"query":"{ greet { text } }"}'
    ready(running.processes[0], lambda: "data" in answer(running, ask, POSTS, seconds=2))


def wrong(running: Running, work: Work) -> str:
    """How its answers differ from the right ones; empty when they do not."""
    for body, right in work.checks():
        told = answer(running, body, work.part)
        if told != right:
            return f"ander antwoord: {json.dumps(told, ensure_ascii=False)[:160]}"
    return ""


class Loads:
    """Processes that ask at the same time; they are kept from one measurement to the next."""

    def __init__(self, held: ExitStack) -> None:
        self._held = held
        self._running: list[subprocess.Popen[bytes]] = []

    def asked(self, jobs: Sequence[Job]) -> Counted:
        """What came of these jobs, all of them together."""
        while len(self._running) < len(jobs):
            self._running.append(self._held.enter_context(_load()))
        some = self._running[: len(jobs)]
        for each, job in zip(some, jobs, strict=True):
            _told(each, job)
        return Counted.merged([_heard(each) for each in some])


@contextmanager
def _load() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that asks, for many jobs."""
    process = subprocess.Popen(  # noqa: S603  # our own module
        python("bench.gateways.load"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        try:
            yield process
        finally:
            ended(process)


def _told(process: "subprocess.Popen[bytes]", job: Job) -> None:
    assert process.stdin is not None  # noqa: S101  # it was asked for
    process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
    process.stdin.flush()


def _heard(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    assert process.stdout is not None  # noqa: S101  # it was asked for
    found: dict[str, Any] = json.loads(process.stdout.readline() or b"{}")
    if not found:
        raise SystemExit("het belasten mislukte")
    return found


def answer(running: Running, body: str, part: str, seconds: float = PATIENCE) -> dict[str, Any]:
    """What is answered to a body, without what stands beside data and errors; {} if nothing is."""
    headers = dict(each.split(": ", 1) for each in running.headers(part)[0])
    address = f"http://127.0.0.1:{running.ports[0]}{running.contender.path}"
    request = urllib.request.Request(  # ours
        address, body.encode(), {"content-type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as told:  # noqa: S310
            found = json.load(told)
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read()[:200].decode(errors="replace")}
    except (OSError, ValueError):
        return {}
    return {name: found[name] for name in ("data", "errors") if name in found}


def gets(address: str) -> bool:
    """Whether a GET there is well."""
    try:
        with urllib.request.urlopen(address, timeout=2) as told:  # noqa: S310
            return bool(told.status == 200)
    except OSError:
        return False
