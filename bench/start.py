"""What a start takes, and what a process then holds (process): alone, and as several workers.

Beside it what any Python takes, and a server of three types in plain Strawberry. Bytecode is there,
as it is after any installation: every contender is started once before it is measured.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench import figures
from bench.figures import Spread
from bench.others import Looked
from bench.processes import BYTECODE, Gateway, Memory, free_port, gateway, server
from bench.registries import Registries, registries
from bench.tenants import ask, configured
from bench.tokens import Issuer
from sandbox.neighbours import neighbours

DOCUMENT = Path("docs/prestaties-start.md")
PYTHON, PLAIN = "`python -c pass`", "Strawberry op uvicorn, drie typen"
COUNTS = (1, 39)
WORKERS = (1, 2, 4)
QUESTIONS = 400
_SETTLED = 5.0
"""Seconds after which a gateway has made what may wait until it serves."""


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds on the clock and on the processor until it answers, and what it holds then."""

    seconds: float
    processor: float
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Workers:
    """All processes together, and the mean of one worker: at rest, and after the questions."""

    together: Memory
    rest: Memory
    asked: Memory


Starts = Mapping[str, Sequence[Started]]
Held = Mapping[int, Sequence[Workers]]


def starts(rounds: int, counts: Sequence[int], folder: Path) -> Starts:
    """Every contender, as often as there are rounds, each round in another order."""
    measured: dict[str, Callable[[], Started]] = {
        PYTHON: _python,
        PLAIN: lambda: _started(_plain()),
    }
    for count in counts:
        directory = _configured(folder / str(count), count, "https://127.0.0.1:9")
        measured[gemeenten(count)] = lambda at=directory: _started(gateway(at, {}))  # type: ignore[misc]
    found: dict[str, list[Started]] = defaultdict(list)
    for each in range(rounds + 1):
        for name in Random(each).sample(list(measured), len(measured)):  # noqa: S311  # order
            one = measured[name]()
            if each:
                found[name].append(one)
    return found


def gemeenten(count: int) -> str:
    """The gateway with so many municipalities, as a row has it."""
    return f"Bronpoort, {count} gemeente{'' if count == 1 else 'n'}"


def _configured(directory: Path, count: int, address: str, issuer: Issuer | None = None) -> Path:
    codes = [each.code for each in neighbours(count)]
    return configured(directory, codes, Registries(address, directory), issuer or Issuer())


def _started(starting: AbstractContextManager[Gateway]) -> Started:
    with starting as one:
        return Started(one.seconds, one.processor, one.memory())


def _plain() -> AbstractContextManager[Gateway]:
    port = str(free_port())
    command = [sys.executable, "-m", "uvicorn", "bench.gateways.plain:app", "--log-level", "error"]
    ready = "/?query=%7Bgreet%7Btext%7D%7D"
    own = {**os.environ, **BYTECODE}
    return server([*command, "--port", port], own, f"http://127.0.0.1:{port}", ready)


def _python() -> Started:
    before, began = _children(), time.perf_counter()
    command = [sys.executable, "-c", "pass"]
    subprocess.run(command, env={**os.environ, **BYTECODE}, check=True)  # noqa: S603  # nothing
    return Started(time.perf_counter() - began, _children() - before)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# ---- workers --------------------------------------------------------------------------------


def held(rounds: int, counts: Sequence[int], questions: int, folder: Path) -> Held:
    """What so many workers hold, before and after so many questions to each."""
    issuer, found = Issuer(), defaultdict[int, list[Workers]](list)
    with registries(folder) as at:
        more = {"SSL_CERT_FILE": str(at.trusted)}
        directory = _configured(folder / "workers", 1, at.address, issuer)
        for each in range(rounds):
            for count in Random(each).sample(list(counts), len(counts)):  # noqa: S311  # order
                own = {**more, "BRONPOORT_WORKERS": str(count)}
                with gateway(directory, own) as serving:
                    found[count].append(_held(serving, count * questions, issuer))
        shutil.rmtree(directory)
    return found


def _held(serving: Gateway, questions: int, issuer: Issuer) -> Workers:
    time.sleep(_SETTLED)
    workers = serving.workers() or [serving.process.pid]
    rest = _mean(workers)
    bearer = issuer.bearer(neighbours(1)[0].code)
    for _ in range(questions):
        ask(serving.address, bearer)
    everyone = {serving.process.pid, *workers}
    return Workers(_sum(everyone), rest, _mean(workers))


def _sum(pids: set[int]) -> Memory:
    return sum(map(Memory.of, pids), Memory(0.0, 0.0))


def _mean(pids: Sequence[int]) -> Memory:
    whole, count = _sum(set(pids)), len(pids)
    return Memory(whole.rss / count, whole.pss / count, whole.uss / count)


# ---- the document ---------------------------------------------------------------------------


def document(started: Starts, workers: Held, rounds: int, questions: int, where: str) -> str:
    """What was measured, in Dutch."""
    return f"""# Wat starten kost, en wat een proces daarna bezet

Geschreven door `make bench` (`python -m bench.start`); niet met de hand aan te passen.

{where}

Elk getal is de mediaan van {rounds} keer meten, met het kleinste en het grootste tussen haakjes,
elke ronde in een andere volgorde. De bytecode is er al, zoals na elke installatie.

## Starten

*Start* is de tijd van het begin van het proces tot het antwoordt (van Bronpoort `/readyz`, van
Strawberry een vraag zonder bron); *processor* is de rekentijd daarvan, die van ander werk op de
machine het minste last heeft. Het geheugen is de PSS op dat moment. De gemeenten zijn die van
`bronpoort voorbeeld`. Wat niet nodig is om te antwoorden, komt daarna: wat coördinaten omrekent
wordt een seconde later gemaakt, in minder dan een tiende seconde rekentijd. Met meer processen
wordt dat eenmaal gemaakt, voordat zij er zijn.

{_starts(started)}

## Een en meer processen

Met `bronpoort serve --workers` begint één proces, dat daarna de anderen afsplitst. Wat het al
gemaakt had, delen zij: dat telt in de PSS naar rato en in de USS niet. *Rust* is {_SETTLED:g}
seconden na de start, *gevraagd* na {questions} keer hetzelfde persoonsbeeld per proces, elk over
een eigen verbinding. *Samen* is de PSS van alle processen, ook het eerste, na die vragen.

{_workers(workers)}
"""


def _starts(found: Starts) -> str:
    rows = [
        [
            name,
            _spread([each.seconds for each in values], 2),
            _spread([each.processor for each in values], 2),
            _spread([each.memory.pss for each in values if each.memory], 1),
        ]
        for name, values in sorted(found.items(), key=lambda each: _middle(each[1]))
    ]
    return figures.table(("", "start (s)", "processor (s)", "geheugen (MB)"), rows)


def _middle(values: Sequence[Started]) -> float:
    return Spread.of([each.processor for each in values]).middle


def _spread(values: Sequence[float], digits: int) -> str:
    return Spread.of(values).written(digits) if values else ""


def _workers(found: Held) -> str:
    rows = [
        [str(count), *(_spread(each, 1) for each in zip(*map(_told, values), strict=True))]
        for count, values in sorted(found.items())
    ]
    names = ("rust, PSS", "rust, USS", "gevraagd, PSS", "gevraagd, USS", "samen")
    return figures.table(("processen", *(f"{name} (MB)" for name in names)), rows)


def _told(one: Workers) -> tuple[float, ...]:
    return (one.rest.pss, one.rest.uss, one.asked.pss, one.asked.uss, one.together.pss)


def main() -> None:
    """Measure and write the document."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--output", type=Path, default=DOCUMENT)
    given = parser.parse_args()
    before = Looked.now()
    with tempfile.TemporaryDirectory(prefix="bronpoort-bench-") as made:
        folder = Path(made)
        started = starts(given.rounds, COUNTS, folder)
        workers = held(min(given.rounds, 3), WORKERS, given.questions, folder)
    text = document(started, workers, given.rounds, given.questions, figures.where(before))
    given.output.write_text(text, encoding="utf-8")
    print(_starts(started), _workers(workers), f"{given.output} written", sep="\n\n")


if __name__ == "__main__":
    main()
