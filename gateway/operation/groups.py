"""The steps of a plan that ask together, and what waits for what (operation).

Steps of one depth that ask the same read the same question are one group. Which those are depends
on arguments only where a read with arguments is asked more than once at a depth; else the groups
are found once, and kept with the plan.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gateway.operation.bind import BoundPlan
from gateway.operation.plan import Plan, Step
from gateway.source.read import Fields, Read


@dataclass(slots=True, eq=False)
class Group:
    """The steps of one depth that ask the same read the same question; none for what is asked
    beside what was selected. Read-only, as the plan is.
    """

    read: Read
    steps: list[Step] = field(default_factory=list)
    above: list["Group"] = field(default_factory=list)
    """Those that must be done before this one."""
    below: list["Group"] = field(default_factory=list)
    """Those that this one is above of."""
    numbers: frozenset[int] = frozenset()
    """Of its steps."""
    lone: bool = False
    """Whether its read is asked for no other group, nor to judge what another gives."""
    fields: Fields | None = None
    """What all its steps want of what it reads, once that was asked."""

    @property
    def is_paged(self) -> bool:
        """Whether what is read is a page of a list."""
        return any(step.is_last and step.fact.connection for step in self.steps)


def groups_of(bound: BoundPlan) -> Sequence[Group]:
    """Those of a plan with these arguments; what must be done first comes first."""
    known = bound.plan.kept.groups
    if isinstance(known, tuple):
        return known
    made = _made(bound)
    if not _depends_on_arguments(bound.plan):
        bound.plan.kept.groups = made
    return made


def _made(bound: BoundPlan) -> Sequence[Group]:
    groups: dict[tuple[int, Read, str], Group] = {}
    of_step: dict[int, Group] = {}
    for step in bound.plan.steps:  # parents come before their children
        group = groups.setdefault(bound.group(step), Group(step.read))
        group.steps.append(step)
        group.numbers |= {step.number}
        of_step[step.number] = group
        above = None if step.parent is None else of_step[step.parent.number]
        if above is not None and above not in group.above:
            group.above.append(above)
            above.below.append(group)
    times = Counter(group.read for group in groups.values())
    sieved = any(group.read.sieve is not None for group in groups.values())
    for group in groups.values():
        group.lone = times[group.read] == 1 and not sieved
    return tuple(groups.values())


def _depends_on_arguments(plan: Plan) -> bool:
    times = Counter((step.depth, step.read) for step in plan.steps)
    return any(
        times[step.depth, step.read] > 1 and step.position == 0 and bool(step.fact.parameters)
        for step in plan.steps
    )
