"""One run (process): every contender in turn, round after round, each round in another order.

A contender is started, its answers are held against the right ones, and then it is asked. What it
answers wrongly is not measured, and told.
"""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory, mkdtemp

from bench.gateways import machine
from bench.gateways.asking import PATIENCE, Loads, Running, await_answer, gets, wrong
from bench.gateways.contenders import (
    BASE,
    FLOOR,
    OWN,
    Contender,
    Place,
    contenders,
    municipalities,
    versions,
)
from bench.gateways.load import Counted, Job
from bench.gateways.machine import Cores
from bench.gateways.plans import Plan
from bench.gateways.recording import recorded
from bench.gateways.results import (
    OBJECTS,
    SPEED,
    TENANTS,
    WAITING,
    WORKERS,
    Measured,
    Results,
)
from bench.gateways.started import NotMeasuredError, python, ready, started
from bench.gateways.work import Work, growing, municipal_work, posts_work
from bench.others import Looked
from bench.processes import free_port
from bench.tokens import Issuer

SOURCE = "bron"
"""The source asked straight, without a gateway before it."""
STRAIGHT = {
    "posts": "/posts?_start=0&_limit=100",
    "users": "/users?" + "&".join(f"id={each}" for each in range(1, 11)),
}
WAITED = ("users-verschillend", "users-gelijk", "persoon-verschillend", "zaken-verschillend")
"""Of which the time is measured at equal offered load."""
LOW, HIGH = 50, 60
"""Percentages: of what the slowest contender can do, and of what the reference can."""
GROWN = (OWN, "tailcall", "mercurius", "yoga", BASE, "strawberry")
SCALED = (OWN, "tailcall", "mercurius", BASE, FLOOR)
TENANTS_WORK = "persoon-verschillend"
WORKERS_WORK = "users-verschillend"
FLOOR_WORK = "users-gelijk"
RESTED = 3.0
"""Seconds after it answers before anything is measured: what a process still does because it has
just begun is no part of any answer.
"""
SETTLED = 0.1
LAST = 20_000_000
"""The highest number of a question: a hundred times that is still an Int of GraphQL."""
MANY = 64
"""Connections for what is offered at its time."""
NOTHING = "geen antwoord binnen de tijd van de meting"

Keep = Callable[[Measured], None]


class Run:
    """The source, the cores and the results of one run."""

    def __init__(self, plan: Plan, found: Results, path: Path, held: ExitStack) -> None:
        self.plan, self.found, self._path = plan, found, path
        self._folder = Path(held.enter_context(TemporaryDirectory(prefix="bronpoort-bench-")))
        self._available = machine.available()
        self._recording = self._folder / "opnamen.json"
        works = [*posts_work(), *municipal_work(recorded(self._recording, plan.persons))]
        self._works = {each.name: each for each in works if plan.wants(each)}
        self._number = 1
        self._loads = Loads(held)
        self._others: list[float] = []
        self._source = ""

    # ---- the phases -------------------------------------------------------------------------

    def all(self, chosen: Sequence[Contender]) -> None:
        """Every phase, each round of which has every contender once."""
        for number in range(self.plan.rounds):
            self._round(SPEED, number, chosen, partial(self._speed, number=number))
            self._straight(number)
        for number in range(self.plan.waiting_rounds):
            some = [each for each in chosen if each.name != FLOOR]
            self._round(WAITING, number, some, partial(self._waiting, number=number))
        for number in range(self.plan.growth_rounds):
            self._growth(chosen, number)

    def _growth(self, chosen: Sequence[Contender], number: int) -> None:
        grown = [each for each in chosen if each.name in GROWN]
        self._round(OBJECTS, number, grown, partial(self._objects, number=number))
        scaled = [each for each in chosen if each.name in SCALED]
        for scale in self.plan.workers:
            work = partial(self._workers, scale=scale, number=number)
            self._round(WORKERS, number, scaled, work, scale)
        own = [each for each in chosen if each.name == OWN]
        for scale in self.plan.tenants:
            work = partial(self._tenants, scale=scale, number=number)
            self._round(TENANTS, number, own, work, scale)

    def _round(
        self,
        phase: str,
        number: int,
        chosen: Sequence[Contender],
        measure: Callable[[Contender], None],
        scale: int | None = None,
    ) -> None:
        for each in Random(number).sample(chosen, len(chosen)):  # noqa: S311  # order
            if self.found.has(phase, number, each.name, scale):
                continue
            print(f"{phase} {number + 1}: {each.told}", flush=True)
            try:
                measure(each)
            except NotMeasuredError as error:
                told = str(error)[:300]
                self._keep(Measured(phase, number, each.name, "", scale or 0, shown=told))
            if self._others:
                self.found.others.append(round(median(self._others), 2))
                self._others.clear()
            self.found.write(self._path)

    def _speed(self, each: Contender, number: int) -> None:
        blank = Measured(SPEED, number, each.name, "")
        with self._ready(each, 1) as (cores, running):
            for work in _given(each, self._works.values()):
                self._one(running, cores, work, replace(blank, work=work.name))

    def _waiting(self, each: Contender, number: int) -> None:
        waited = [work for name, work in self._works.items() if name in WAITED]
        with self._ready(each, 1) as (cores, running):
            for work in _given(each, waited):
                for scale, rate in self._rates(work).items():
                    blank = Measured(WAITING, number, each.name, work.name, scale, rate)
                    self._one(running, cores, work, blank)

    def _rates(self, work: Work) -> Mapping[int, float]:
        """What is offered, by its percentage; both follow from the speeds that were measured."""
        speeds = {
            name: median(each.per_second for each in found)
            for name in {each.contender for each in self.found.measured} - {FLOOR, SOURCE}
            if (found := self.found.of(SPEED, name, work.name))
        }
        speeds = {name: each for name, each in speeds.items() if each}
        if not speeds:
            return {}
        reference = speeds.get(BASE, min(speeds.values()))
        return {LOW: LOW / 100 * min(speeds.values()), HIGH: HIGH / 100 * reference}

    def _objects(self, each: Contender, number: int) -> None:
        with self._ready(each, 1) as (cores, running):
            for scale in self.plan.objects:
                work = growing(scale)
                blank = Measured(OBJECTS, number, each.name, "groei", scale)
                self._one(running, cores, work, blank)

    def _workers(self, each: Contender, scale: int, number: int) -> None:
        name = FLOOR_WORK if each.name == FLOOR else WORKERS_WORK
        blank = Measured(WORKERS, number, each.name, WORKERS_WORK, scale)
        with self._ready(each, scale) as (cores, running):
            self._one(running, cores, self._works[name], blank)

    def _tenants(self, each: Contender, scale: int, number: int) -> None:
        blank = Measured(TENANTS, number, each.name, TENANTS_WORK, scale)
        with self._ready(replace(each, start=municipalities(scale)), 1) as (cores, running):
            self._one(running, cores, self._works[TENANTS_WORK], blank)

    def _straight(self, number: int) -> None:
        """The source without anything before it: what the load and the source can do."""
        if self.found.has(SPEED, number, SOURCE):
            return
        cores = machine.cores(self._available)
        with self._serving(cores) as port:
            for name, path in STRAIGHT.items():
                plan = self.plan
                where = [("127.0.0.1", port)]
                job = Job(where, path, [], [], plan.connections, plan.seconds, plan.warm, 0)
                counted = self._asked(job, cores)
                self._keep(
                    Measured(
                        SPEED,
                        number,
                        SOURCE,
                        name,
                        per_second=counted.answered / counted.seconds,
                        p50=counted.percentile(0.5),
                        p99=counted.percentile(0.99),
                        requests=counted.requests,
                        failed=counted.failed,
                    )
                )
        self.found.write(self._path)

    # ---- one measurement --------------------------------------------------------------------

    def _one(self, running: Running, cores: Cores, work: Work, blank: Measured) -> None:
        """What it answers to one kind of question, if it answers rightly."""
        if running.contender.name != FLOOR and (mistake := wrong(running, work)):
            self._keep(replace(blank, shown=mistake))
            return
        plan = self.plan
        connections = MANY if blank.offered else plan.few if work.heavy else plan.connections
        seconds = plan.seconds
        if blank.offered:
            seconds = min(seconds * plan.longer, max(seconds, plan.enough / blank.offered))
        weighed = self._weighed(running, cores, work, connections, blank.offered, seconds)
        answered = weighed[0].answered
        if not blank.offered and answered < plan.enough:
            longer = plan.seconds * min(plan.longer, 1.2 * plan.enough / max(1, answered))
            weighed = self._weighed(running, cores, work, connections, 0.0, longer)
        counted, processor, calls = weighed
        self._keep(
            replace(
                blank,
                per_second=counted.answered / counted.seconds,
                p50=counted.percentile(0.5),
                p99=counted.percentile(0.99),
                processor=processor,
                memory=running.memory(),
                calls=calls,
                requests=counted.requests,
                failed=counted.failed,
                shown=counted.shown[:200] if counted.requests else NOTHING,
            )
        )

    def _weighed(
        self,
        running: Running,
        cores: Cores,
        work: Work,
        connections: int,
        offered: float,
        seconds: float,
    ) -> tuple[Counted, float, float]:
        """What came of asking; and for each question milliseconds of processor, and calls."""
        job = Job(
            [("127.0.0.1", port) for port in running.ports],
            running.contender.path,
            work.bodies,
            running.headers(work.part),
            connections,
            seconds,
            self.plan.warm,
            0,
            rate=offered or None,
            least=0 if running.contender.name == FLOOR else work.least,
        )
        self._calls()
        before, used = Looked.now(), running.processor()
        counted = self._asked(job, cores)
        time.sleep(SETTLED)  # what was under way is counted in
        used, calls = running.processor() - used, self._calls()
        self._others.append(before.others(Looked.now()))
        sent = max(1, counted.sent)
        return counted, 1_000 * used / sent, calls / sent

    def _asked(self, job: Job, cores: Cores) -> Counted:
        """The load of all its processes together; every question has a number of its own."""
        count = len(cores.load)
        jobs = [
            replace(
                job,
                connections=max(1, job.connections // count),
                core=core,
                rate=job.rate / count if job.rate else None,
                first=self._number + at,
                step=count,
            )
            for at, core in enumerate(cores.load)
        ]
        counted = self._loads.asked(jobs)
        # One process may have asked more than another: nowhere does the next begin too soon.
        self._number = (self._number + counted.sent * count) % LAST + 1
        return counted

    def _calls(self) -> int:
        """Calls of the source since this was last asked."""
        with urllib.request.urlopen(f"{self._source}/_calls", timeout=PATIENCE) as told:  # noqa: S310
            return int(told.read())

    def _keep(self, measured: Measured) -> None:
        self.found.measured.append(measured)

    # ---- processes --------------------------------------------------------------------------

    @contextmanager
    def _serving(self, cores: Cores) -> Iterator[int]:
        """The source, on its core."""
        port = free_port()
        command = python("bench.gateways.upstream", str(port), str(cores.source))
        log = self._folder / "bron.log"
        address = f"http://127.0.0.1:{port}"
        with started([*command, str(self._recording)], {}, [cores.source], log) as running:
            ready(running, lambda: gets(f"{address}/_calls"))
            self._source = address
            yield port

    @contextmanager
    def _ready(self, contender: Contender, workers: int) -> Iterator[tuple[Cores, Running]]:
        """The contender over a source of its own, when it answers."""
        cores = machine.cores(self._available, workers)
        with ExitStack() as held:
            held.enter_context(self._serving(cores))
            made: list[Running] = []
            issuer = Issuer()
            for core in cores.contender:
                name = mkdtemp(dir=self._folder, prefix=f"{contender.name}-")
                place = Place(free_port(), self._source, Path(name), issuer)
                start, log = contender.start(place), place.folder / "log"
                process = held.enter_context(started(start.command, start.variables, [core], log))
                made.append(Running(contender, [process], [place.port], start))
                await_answer(made[-1])
            processes = [each.processes[0] for each in made]
            ports = [each.ports[0] for each in made]
            time.sleep(RESTED)
            yield cores, Running(contender, processes, ports, made[0].start)


def _given(each: Contender, works: Iterable[Work]) -> list[Work]:
    if each.name == FLOOR:
        return [work for work in works if work.name == FLOOR_WORK]
    return [work for work in works if work.part in each.parts and work.kind in each.kinds]


def measured(plan: Plan, path: Path, only: Sequence[str] = (), *, anew: bool = False) -> Results:
    """All of a plan, going on where an earlier run of it stopped; written at `path` all the time.

    `only` are names of contenders.
    """
    wanted = [each for each in contenders() if not only or each.name in only]
    there = [each for each in wanted if not each.missing()]
    found = _found(plan, path, anew=anew)
    found.missing = [each.told for each in wanted if each.missing()]
    found.machine = found.machine or machine.told(versions(there))
    found.apart = machine.cores(machine.available()).apart
    began = time.monotonic()
    with ExitStack() as held:
        Run(plan, found, path, held).all(there)
    found.seconds += time.monotonic() - began
    found.complete = True
    found.write(path)
    return found


def _found(plan: Plan, path: Path, *, anew: bool) -> Results:
    if path.is_file() and not anew:
        before = Results.read(path)
        if before.plan == plan.name and not before.complete:
            return before
    return Results(plan.name, "", datetime.now(UTC).date().isoformat())
