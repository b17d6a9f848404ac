"""Figures as a reader gets them (process): medians with their spread, lines, tables in Dutch."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import linear_regression, median

from bench.others import Looked


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some measurements, the least and the most."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """That of these values."""
        return cls(median(values), min(values), max(values))

    def written(self, digits: int) -> str:
        """As `1,23 (1,20-1,31)`."""
        return (
            f"{number(self.middle, digits)} "
            f"({number(self.least, digits)}–{number(self.most, digits)})"
        )


@dataclass(frozen=True, slots=True)
class Line:
    """The straight line nearest to some points, by least squares."""

    each: float
    fixed: float

    @classmethod
    def through(cls, counts: Sequence[int], values: Sequence[float]) -> "Line":
        """The line through these values at these counts."""
        found = linear_regression(counts, values)
        return cls(found.slope, found.intercept)


def number(value: float, digits: int) -> str:
    """With a comma, and a point in thousands."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its figures to the right."""
    aligned = ["---", *["---:"] * (len(heading) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heading, aligned, *rows))


def where(before: Looked) -> str:
    """What it was measured on, and how busy that was with other work since then; in Dutch."""
    return f"{machine()}\n{beside(number(before.others(Looked.now()), 1))}"


def beside(others: str) -> str:
    """How many cores other work took meanwhile, and so how to read what was measured."""
    return (
        f"Intussen nam ander werk {others} kernen van de machine: lees verhoudingen en geen losse "
        "getallen."
    )


def machine() -> str:
    """What it was measured on, and when; without the machine's name."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8").partition("model name")[2]
    model = cpu.partition("\n")[0].strip("\t: ") or platform.machine()
    return (
        f"Gemeten op {date.today().isoformat()}: {os.cpu_count()} kernen ({model}), "
        f"Linux {platform.release().split('-')[0]}, CPython {platform.python_version()}, "
        f"Bronpoort {version('bronpoort')}."
    )
