"""Processes of the comparison (process): started on their cores, weighed, and ended.

What one costs is that of all its descendants, read in /proc (Linux only).
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.others import tree, used
from bench.processes import SECONDS

_PAUSE = 0.05


class NotMeasuredError(Exception):
    """A contender did not start, or did not answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Started:
    """A process that runs, the first of a group of its own."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def tree(self) -> list[int]:
        """It and its descendants."""
        return tree(self.process.pid)

    def processor(self) -> float:
        """Seconds of processor that they have used; those that ended count with their parent."""
        return used(self.tree())

    def memory(self) -> float:
        """MB (of a million bytes) that they hold: what is shared counts by its share (PSS)."""
        return sum(_pss(pid) for pid in self.tree()) / 1e6

    def check(self) -> None:
        """Raises NotMeasuredError if it ended."""
        if self.process.poll() is not None:
            raise NotMeasuredError(f"het proces stopte: {self.said()}")

    def said(self) -> str:
        """The end of what it wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-500:].strip()


def _pss(pid: int) -> int:
    try:
        rolled = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    (line,) = [each for each in rolled.splitlines() if each.startswith("Pss:")] or ["Pss: 0 kB"]
    return int(line.split()[1]) * 1_024


@contextmanager
def started(
    command: Sequence[str], more: Mapping[str, str], cores: Sequence[int], log: Path
) -> Iterator[Started]:
    """This command on these cores until the end of the block; `more` are variables."""
    kept = {name: each for name, each in os.environ.items() if not name.startswith("BRONPOORT_")}
    with log.open("wb") as written:
        process = subprocess.Popen(  # noqa: S603  # our own choice of contenders
            command,
            env={**kept, **more},
            stdout=written,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, set(cores)),
        )
    try:
        yield Started(process, log)
    finally:
        _ended(process)


def _ended(process: "subprocess.Popen[bytes]") -> None:
    for each, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, each)
            process.wait(timeout=patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def python(*module: str) -> list[str]:
    """The command that runs one of our modules."""
    return [sys.executable, "-m", *module]


def ready(running: Started, asked: Callable[[], bool], seconds: float = SECONDS) -> float:
    """The seconds until `asked` is true; NotMeasuredError when it never is."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        running.check()
        if asked():
            return time.perf_counter() - began
        time.sleep(_PAUSE)
    raise NotMeasuredError(f"geen antwoord binnen {seconds:.0f} s: {running.said()}")
