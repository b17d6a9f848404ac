"""What was measured, kept beside the page (process): the page can be written anew without a run."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

SPEED, WAITING, OBJECTS, TENANTS, WORKERS = (
    "snelheid",
    "wachttijd",
    "objecten",
    "gemeenten",
    "werkers",
)
"""What is varied: the phases of a run, in their order."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement of one contender. Per question; `scale` is how many objects, tenants or
    workers, or the percentage of the reference's speed that was offered.
    """

    phase: str
    round: int
    contender: str
    work: str
    scale: int = 0
    offered: float = 0.0
    """Questions a second that were offered; 0: as many as were answered."""
    per_second: float = 0.0
    p50: float = 0.0
    """Milliseconds."""
    p99: float = 0.0
    processor: float = 0.0
    """Milliseconds of processor a question."""
    memory: float = 0.0
    """MB."""
    calls: float = 0.0
    """Calls of the source a question."""
    requests: int = 0
    failed: int = 0
    shown: str = ""
    """How the first failure began, or why nothing was measured."""


@dataclass(slots=True)
class Results:
    """All of a run."""

    plan: str
    machine: str
    began: str = ""
    missing: list[str] = field(default_factory=list)
    """Contenders that are not installed, as they are told."""
    apart: bool = True
    """Whether contender, source and load had cores of their own."""
    others: list[float] = field(default_factory=list)
    """How many cores other work took while a contender was asked, each time one was started."""
    seconds: float = 0.0
    complete: bool = False
    measured: list[Measured] = field(default_factory=list)

    def has(self, phase: str, round: int, contender: str, scale: int | None = None) -> bool:
        """Whether this contender's turn in that round (at that scale) is over."""
        return any(
            (each.phase, each.round, each.contender) == (phase, round, contender)
            and scale in (None, each.scale)
            for each in self.measured
        )

    def of(self, phase: str, contender: str, work: str, scale: int = 0) -> list[Measured]:
        """Its measurements in the order of the rounds; those that failed are left out."""
        return sorted(
            (
                each
                for each in self.measured
                if (each.phase, each.contender, each.work, each.scale)
                == (phase, contender, work, scale)
                and each.requests
            ),
            key=lambda each: each.round,
        )

    def wrong(self) -> Iterator[Measured]:
        """What could not be measured, or failed on the way; once for each contender and work."""
        seen = set()
        for each in self.measured:
            at = (each.phase in (SPEED, WAITING), each.contender, each.work, each.scale)
            if (not each.requests or each.failed) and at not in seen:
                seen.add(at)
                yield each

    def scales(self, phase: str) -> Sequence[int]:
        """Those of a phase, from small to large."""
        return sorted({each.scale for each in self.measured if each.phase == phase})

    def write(self, path: Path) -> None:
        """Keep it; whole or not at all."""
        lines = [json.dumps(_short(each), ensure_ascii=False) for each in self.measured]
        own = {each.name: getattr(self, each.name) for each in fields(self)} | {"measured": []}
        head = json.dumps(own, ensure_ascii=False, indent=1).removesuffix("[]\n}")
        beside = path.with_suffix(".part")
        beside.write_text(f"{head}[\n" + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
        beside.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Results":
        """What was kept there."""
        told = json.loads(path.read_text(encoding="utf-8"))
        told["measured"] = [Measured(**each) for each in told["measured"]]
        return cls(**told)


def _short(each: Measured) -> dict[str, object]:
    """Without what is nothing, and no more digits than mean something."""
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in asdict(each).items()
        if value or name == "round"
    }
