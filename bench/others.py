"""How much of the machine other work took while something was measured (process); Linux only.

What the cores did, less what this process and its descendants used: a load average would count that
in, and the cores in a moment of rest say nothing of the hour of measuring that follows.
"""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was used up to a moment of the clock; all in seconds."""

    at: float
    machine: float
    own: float

    @classmethod
    def now(cls) -> "Looked":
        """Up to this moment."""
        return cls(time.monotonic(), _busy(), used(tree(os.getpid())))

    def others(self, then: "Looked") -> float:
        """How many cores other work took from here until then, on average.

        A descendant that nobody waited for is other work from when it ended: that is not below
        nothing, and neither is this.
        """
        spent = (then.machine - self.machine) - (then.own - self.own)
        return max(0.0, spent / max(then.at - self.at, 1 / _TICK))


def tree(pid: int) -> list[int]:
    """A process and its descendants."""
    below: dict[int, list[int]] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and (fields := _stat(int(each.name))):
            below.setdefault(int(fields[1]), []).append(int(each.name))
    found = [pid]
    for known in found:
        found += below.get(known, [])
    return found


def used(pids: Iterable[int]) -> float:
    """Seconds of processor that they have used; those that ended count with their parent."""
    return sum(sum(map(int, fields[11:15])) / _TICK for pid in pids if (fields := _stat(pid)))


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the third; empty if it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _busy() -> float:
    """Seconds that the cores together did something, and did not wait for a disk."""
    with Path("/proc/stat").open(encoding="ascii") as told:
        user, nice, system, _idle, _waiting, *rest = map(int, told.readline().split()[1:9])
    return (user + nice + system + sum(rest)) / _TICK
