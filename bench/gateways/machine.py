"""Which core does what (process): contender, source and load never share one.

With four cores the contender has the first, the source the second, and the load the others; with
two, source and load share the second. More workers than that take what is left, and the page says
so.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench import figures


@dataclass(frozen=True, slots=True)
class Cores:
    """Numbers of cores."""

    contender: Sequence[int]
    source: int
    load: Sequence[int]
    apart: bool
    """Whether no core does two things."""


def cores(available: Sequence[int], workers: int = 1) -> Cores:
    """Of these, for so many processes of the contender."""
    count = len(available)
    if count == 1:
        return Cores([available[0]] * workers, available[0], available, apart=False)
    if count == 2:
        return Cores([available[0]] * workers, available[1], available[1:], apart=False)
    if workers <= count - 2:
        rest = available[workers + 1 :]
        return Cores(available[:workers], available[workers], rest[:2], apart=True)
    others = [available[each % count] for each in range(workers)]
    return Cores(others, available[-2], available[-2:], apart=False)


def available() -> list[int]:
    """The cores that this process may use."""
    return sorted(os.sched_getaffinity(0))


def told(versions: Mapping[str, str]) -> str:
    """What it was measured on, in Dutch, with the versions of the contenders."""
    node = _said("node", "--version").removeprefix("v")
    named = ", ".join(f"{name} {each}" for name, each in sorted(versions.items()))
    return f"{figures.machine()}\nNode {node}; {named}."


def _said(*command: str) -> str:
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "?"
    return made.stdout.strip()
