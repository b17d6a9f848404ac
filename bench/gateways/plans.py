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
    waiting_rounds: int
    growth_rounds: int
    objects: Sequence[int] = (10, 100, 1_000, 10_000)
    tenants: Sequence[int] = (1, 10, 39)
    workers: Sequence[int] = (1, 2, 4)
    connections: int = 32
    few: int = 4
    """Connections for answers that may be long or take many calls."""
    enough: int = 30
    """Fewer answers than this say nothing: then it is measured again, for longer."""
    longer: float = 6.0
    """So many times as long at the most."""
    persons: int = 100
    works: Sequence[str] = ()
    """Of these only; none is all."""

    def wants(self, work: Work) -> bool:
        """Whether this work is part of it."""
        return not self.works or work.name in self.works


FULL = Plan(
    "vol", "de volle run", rounds=5, seconds=3.0, warm=1.0, waiting_rounds=3, growth_rounds=2
)
MEDIUM = Plan(
    "half", "een kortere run", rounds=3, seconds=0.7, warm=0.3, waiting_rounds=1, growth_rounds=1
)
QUICK = Plan(
    "proef",
    "een proef, waarvan de getallen niets zeggen",
    rounds=1,
    seconds=0.3,
    warm=0.1,
    waiting_rounds=1,
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
    waiting_rounds=0,
    growth_rounds=0,
    connections=4,
    persons=2,
    works=(f"users-{EQUAL}", f"persoon-{EQUAL}"),
)
PLANS = {each.name: each for each in (FULL, MEDIUM, QUICK, SMALLEST)}
