"""Which fields to ask of an object, of all that an operation wants of its kind (operation).

The steps that ask for one resource share what they read, so each object comes with what every step
that may still meet it needs. A step that is done before an object is asked for meets it no more:
the housemates that hang under a person are not asked for what only that person is asked for.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from gateway.source.read import Fields
from schema.language.facts import FieldFact
from schema.language.paths import WirePath

Resource = tuple[str, str]
More = Mapping[Resource, tuple[str, ...]]
"""Paths that are needed of a resource beside what was selected."""
NODE: WirePath = ("edges", "node")
_MOST_REMEMBERED = 64
NO_MORE: More = MappingProxyType({})


class Wanting(Protocol):
    """What must be known of a step; `gateway.operation.plan.Step` is one."""

    number: int
    fact: FieldFact
    paths: set[WirePath]

    @property
    def parent(self) -> "Wanting | None": ...
    @property
    def children(self) -> Sequence["Wanting"]: ...
    @property
    def is_last(self) -> bool: ...
    @property
    def resource(self) -> Resource: ...


@dataclass(frozen=True, slots=True)
class Needs:
    """What the steps of one plan need; kept with the plan."""

    steps: Mapping[int, Wanting]
    own: Mapping[int, frozenset[str]]
    """By step: the dotted paths that it needs itself."""
    above: Mapping[int, frozenset[int]]
    """By step: those that are done before it asks."""
    _known: dict[Hashable, Fields] = field(default_factory=dict)

    @classmethod
    def of(cls, steps: Iterable[Wanting]) -> "Needs":
        """Those of the steps of a plan, in which parents come before their children."""
        by_number = {step.number: step for step in steps}
        above: dict[int, frozenset[int]] = {}
        for number, step in by_number.items():
            parent = step.parent
            above[number] = above[parent.number] | {parent.number} if parent else frozenset()
        own = {number: frozenset(_dotted(step)) for number, step in by_number.items()}
        return cls(by_number, own, above)

    def fields(
        self, group: frozenset[int], wanting: frozenset[int], more: More = NO_MORE
    ) -> Fields:
        """What to ask of objects that these steps want, among the steps that ask together.

        All of one resource. Beside what they need themselves it is what other steps need of the
        resource, except those that are done and those of the group that want other objects. `more`
        is added wherever there is anything of such a resource.
        """
        key = (group, wanting, tuple(more.items()))
        found = self._known.get(key)
        if found is None:
            if (
                len(self._known) >= _MOST_REMEMBERED
            ):  # which steps ask together depends on arguments
                self._known.clear()
            found = self._known[key] = self._made(group, wanting, more)
        return found

    def of_resource(self, resource: Resource, more: More = NO_MORE) -> Fields:
        """What to ask of objects that no step asks for now, and any may meet."""
        every = list(self.steps.values())
        mine = [step for step in every if step.resource == resource]
        return self._fields(resource, mine, every, more)

    def _made(self, group: frozenset[int], wanting: frozenset[int], more: More) -> Fields:
        done = frozenset().union(*(self.above[number] for number in group))
        resource = self.steps[next(iter(group))].resource
        rest = [
            step
            for number, step in self.steps.items()
            if number not in done and (number in wanting or number not in group)
        ]
        mine = [step for step in rest if step.resource == resource]
        return self._fields(resource, mine, rest, more)

    def _fields(
        self, resource: Resource, mine: Sequence[Wanting], rest: Sequence[Wanting], more: More
    ) -> Fields:
        return Fields(self._paths(resource, mine, more), self._links(mine, rest, more))

    def _paths(self, resource: Resource, steps: Iterable[Wanting], more: More) -> tuple[str, ...]:
        own = (self.own[step.number] for step in steps)
        return tuple(sorted(frozenset(more.get(resource, ())).union(*own)))

    def _links(
        self, steps: Sequence[Wanting], rest: Sequence[Wanting], more: More
    ) -> dict[str, Fields]:
        below: dict[str, list[Wanting]] = {}
        for step in steps:
            for child in step.children:
                below.setdefault(child.fact.name, []).append(child)
        return {
            name: Fields(
                self._paths(
                    children[0].resource,
                    (each for each in rest if each.resource == children[0].resource),
                    more,
                ),
                self._links(children, rest, more),
            )
            for name, children in below.items()
        }


def _dotted(step: Wanting) -> Iterator[str]:
    """The paths in the objects themselves: for a connection, those of its nodes."""
    of_nodes = step.fact.connection and step.is_last
    for path in step.paths:
        if not of_nodes:
            yield ".".join(path)
        elif path[: len(NODE)] == NODE and len(path) > len(NODE):
            yield ".".join(path[len(NODE) :])
