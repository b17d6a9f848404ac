"""How much is measured (process): a run for a quiet machine, a shorter one, and one to try."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.gateways.work import EQUAL, Work


@dataclass(frozen=True, slots=True)
class Plan:
    """Rounds, and seconds of each measurement."""

    name: str
    told: str
    rounds: int
    seconds: float
    warm: float
    growth_rounds: int
    objects: Sequence[int] = (10, 100, 1_000, 10_000)
    tenants: Sequence[int] = (1, 10, 39)
    workers: Sequence[int] = (1, 2, 4)
    waiting: bool = True
    connections: int = 32
    few: int = 4
    """Connections for answers that may be long."""
    persons: int = 100
    works: Sequence[str] = ()
    """Of these only; none is all."""

    def wants(self, work: Work) -> bool:
        """Whether this work is part of it."""
        return not self.works or work.name in self.works


FULL = Plan("vol", "de volle run", rounds=5, seconds=4.0, warm=2.0, growth_rounds=3)
MEDIUM = Plan("half", "een kortere run", rounds=3, seconds=1.0, warm=0.5, growth_rounds=1)
QUICK = Plan(
    "proef",
    "een proef, waarvan de getallen niets zeggen",
    rounds=1,
    seconds=0.3,
    warm=0.1,
    growth_rounds=1,
    objects=(10, 1_000),
    tenants=(1, 3),
    workers=(1, 2),
    persons=10,
)
SMALLEST = Plan(
    "toets",
    "een toets",
    rounds=1,
    seconds=1.0,
    warm=0.5,
    growth_rounds=0,
    waiting=False,
    connections=4,
    persons=2,
    works=(f"users-{EQUAL}", f"persoon-{EQUAL}"),
)
PLANS = {each.name: each for each in (FULL, MEDIUM, QUICK, SMALLEST)}
