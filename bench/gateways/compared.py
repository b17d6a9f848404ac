"""What measurements say (process): of each contender, against another, and against the aims."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.figures import Spread
from bench.gateways.results import SPEED, Measured, Results
from bench.gateways.told import KINDS
from bench.gateways.work import TOLD

NODE = ("mercurius", "yoga", "apollo", "hive")
NODE_CACHED = tuple(f"{each}-cache" for each in NODE)

Value = Callable[[Measured], float]


def per_second(each: Measured) -> float:
    """Questions a second."""
    return each.per_second


def spread(
    found: Results,
    contender: str,
    work: str,
    value: Value = per_second,
    *,
    phase: str = SPEED,
    scale: int = 0,
) -> Spread | None:
    """Of all rounds; None where nothing was measured."""
    values = [value(each) for each in found.of(phase, contender, work, scale)]
    return Spread.of(values) if values else None


def works(found: Results) -> list[str]:
    """The work that was measured, in the order in which it is told."""
    known = {each.work for each in found.measured if each.phase == SPEED}
    return [f"{family}-{kind}" for family in TOLD for kind in KINDS if f"{family}-{kind}" in known]


def ratio(
    found: Results,
    contender: str,
    against: str,
    work: str,
    *,
    phase: str = SPEED,
    scale: int = 0,
) -> Spread | None:
    """How many times the questions a second of the other, round by round."""
    others = {each.round: each for each in found.of(phase, against, work, scale)}
    values = [
        each.per_second / others[each.round].per_second
        for each in found.of(phase, contender, work, scale)
        if each.round in others and others[each.round].per_second
    ]
    return Spread.of(values) if values else None


def best(found: Results, contenders: Sequence[str], work: str) -> str | None:
    """Whoever has the highest median."""
    spreads = {each: spread(found, each, work) for each in contenders}
    known = {name: each.middle for name, each in spreads.items() if each is not None}
    return max(known, key=lambda name: known[name]) if known else None


@dataclass(frozen=True, slots=True)
class Goal:
    """What is aimed at: so many times another, on some work."""

    told: str
    contender: str
    against: Sequence[str]
    """The best of these."""
    work: str
    least: float
    """0: no aim, only told."""


GOALS = (
    Goal("Apollo Server, verschillende vragen, geen cache", "bronpoort", ("apollo",),
         "users-verschillend", 10.0),
    Goal("de beste Node-server, verschillende vragen, geen cache", "bronpoort", NODE,
         "users-verschillend", 3.0),
    Goal("de beste Node-server met cache, gelijke vragen", "bronpoort-cache", NODE_CACHED,
         "users-gelijk", 1.0),
    Goal("Tailcall met deduplicatie, gelijke vragen, geen cache", "bronpoort",
         ("tailcall-dedupe",), "users-gelijk", 1.0),
    Goal("Tailcall met deduplicatie, gelijke vragen, cache aan", "bronpoort-cache",
         ("tailcall-dedupe",), "users-gelijk", 1.0),
    Goal("Tailcall, verschillende vragen, geen cache", "bronpoort",
         ("tailcall", "tailcall-dedupe"), "users-verschillend", 0.0),
    Goal("Apollo Server, telkens een andere tekst", "bronpoort", ("apollo",), "users-tekst", 1.0),
    Goal("de beste Node-server, telkens een andere tekst", "bronpoort", NODE, "users-tekst", 1.0),
    Goal("de beste Node-server, persoonsbeeld, verschillende vragen", "bronpoort", NODE,
         "persoon-verschillend", 1.0),
    Goal("de beste Node-server, bladzijde van 100 zaken, verschillende vragen", "bronpoort", NODE,
         "zaken-verschillend", 1.0),
)  # fmt: skip


def reached(found: Results, goal: Goal) -> tuple[str | None, Spread | None]:
    """Whom it was measured against, and how many times that."""
    against = best(found, goal.against, goal.work)
    if against is None:
        return None, None
    return against, ratio(found, goal.contender, against, goal.work)


def asked_of_source(found: Results, families: Sequence[str]) -> float:
    """The most calls a second that any contender made for work of these families."""
    return max(
        (
            each.per_second * each.calls
            for each in found.measured
            if each.work.partition("-")[0] in families
        ),
        default=0.0,
    )
