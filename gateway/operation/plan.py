"""What one operation needs, before anything is fetched: steps, wire paths, refusals (operation).

One walk over the selection, following fragments and merging repeated selections. Each field's
labels are compared with the caller's. Copied fields add their path, derived fields their needs,
linked fields the path of their key; a linked field opens a step below, whose paths belong to *its*
read. A plan depends on the document, the operation, the values of @skip and @include, and the
labels; it holds no argument values, so it is kept and used again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gateway.operation.collect import Chosen
from gateway.operation.errors import Location
from gateway.operation.identity import BY_NUMBER
from gateway.operation.needs import Needs
from gateway.source.read import About, Read
from schema.language.declare import SOURCE_NAME, Copied, Derived
from schema.language.facts import Facts, FieldFact, TypeFact
from schema.language.links import Hop, Linked, Mijn, Namespace, Subscription
from schema.language.paths import WirePath


@dataclass(frozen=True, slots=True)
class Guard:
    """Only objects of this concrete type: another one has the same property without being asked."""

    abstract: TypeFact
    concrete: str


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the way from a read's object to the holder of a key."""

    path: WirePath
    many: bool = False
    guard: Guard | None = None


Place = tuple[Part, ...]


@dataclass(slots=True, eq=False)
class Step:
    """One hop of one linked field, at one place in the selection."""

    number: int
    read: Read
    hop: Hop
    position: int
    """Which hop of its link this is, from 0."""
    fact: FieldFact
    node: FieldNode
    parent: "Step | None"
    depth: int
    response_path: tuple[str, ...]
    places: list[Place] = field(default_factory=list)
    children: list["Step"] = field(default_factory=list)
    paths: set[WirePath] = field(default_factory=set)
    """The wire paths that are needed of the objects of this very step."""
    selected: set[tuple[str, ...]] = field(default_factory=set)
    """The fields selected on each of its objects, by response path: for the cost."""

    linked: Linked = field(init=False)
    """The declaration of the link that this step belongs to."""
    is_last: bool = field(init=False)
    """Whether the objects of this step are those of the field, and not a hop on the way."""

    def __post_init__(self) -> None:
        assert isinstance(self.fact.kind, Linked)  # noqa: S101  # only linked fields open steps
        self.linked = self.fact.kind
        self.is_last = self.position == len(self.linked.hops) - 1

    @property
    def resource(self) -> tuple[str, str]:
        """What is asked: reads of the same resource share what they read."""
        return (self.read.source, self.read.resource)


class Why(Enum):
    """Why a field is refused."""

    LABEL = "label"
    """It takes a label that the caller lacks, or leads from open data to what is not."""
    NOT_MINE = "niet-mijn"
    """Who asks only for what is their own begins elsewhere than at `mijn` or open data."""
    NOBODYS = "van-niemand"
    """Who asks for anybody has nothing of their own."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A selected field that the caller may not see."""

    path: tuple[str, ...]
    type_name: str
    field_name: str
    label: str
    location: Location | None
    why: Why = Why.LABEL


@dataclass(slots=True, eq=False)
class Kept:
    """What is made of a plan when it is used, and kept for as long as the plan is."""

    writer: object | None = None
    groups: object | None = None
    bound: dict[int, object] = field(default_factory=dict)
    """By the identity of a field node: its arguments, or as much of them as does not vary; None of
    what is not kept. Nothing in it is of a request."""
    fixed: dict[int, Any] = field(default_factory=dict)
    """By the identity of a field node, of those that have no arguments at all."""
    varying: Sequence[Step] | None = None
    """A step of each of the others, once they were told apart."""
    sources: object | None = None
    """Of each step how many sources are asked, at the municipality that asked last."""
    estimated: object | None = None
    """What the last use was expected to ask and to cost, and the numbers it follows from."""
    whole: bool | None = None
    """Whether its answers may be kept whole, once that was asked."""
    sieved: frozenset[Read] | None = None
    """The reads of which not everything may be shown to everybody, once that was asked."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of it; read-only, shared by all requests with this document and these labels."""

    chosen: Chosen
    steps: tuple[Step, ...]
    needs: Needs
    refusals: tuple[Refusal, ...]
    refused: frozenset[tuple[str, str]]
    """(type, field) of every refusal: nothing is read or shown there."""
    refused_at: frozenset[tuple[tuple[str, ...], str]]
    """(path, type) of every refusal: for a citizen a link may be refused at one place only."""
    labels: tuple[str, ...]
    """The labels that were needed and held, sorted: for the explanation and the account."""
    tells_sources: bool = False
    """Whether the name of the source of an object is selected anywhere."""
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Every `Type.field` that is read, sorted, each with the labels that it takes."""
    asks_own: bool = False
    """Whether it asks for what is somebody's own, whatever came of that."""
    objects: tuple[str, ...] = ()
    """The links that are followed, as `Type.field`, sorted: for the account."""
    kept: Kept = field(default_factory=Kept, compare=False)


def make_plan(
    facts: Facts,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    conditions: Mapping[str, bool],
    labels: frozenset[str],
    closed: bool = False,
) -> Plan:
    """The plan of a validated operation for a caller who holds `labels`.

    `conditions` are the values of the variables in @skip and @include. `closed` is for who asks
    only for what is their own: whatever the labels, they begin at `mijn` or at open data. Others
    have nothing that is their own, and are refused that.
    """
    chosen = Chosen(facts.schema, operation, fragments, conditions)
    walk = _Walk(facts, chosen, labels, closed)
    walk.selection(
        facts.types[facts.root(operation.operation)], [operation.selection_set], None, (), ((),), ()
    )
    return walk.plan()


class _Walk:
    def __init__(
        self,
        facts: Facts,
        chosen: Chosen,
        labels: frozenset[str],
        closed: bool,
    ) -> None:
        self._facts = facts
        self._chosen = chosen
        self._labels = labels
        self._closed = closed
        self._steps: list[Step] = []
        self._known: dict[tuple[object, ...], Step] = {}
        self._refusals: dict[tuple[tuple[str, ...], str], Refusal] = {}
        self._held: set[str] = set()
        self._read: dict[str, tuple[str, ...]] = {}
        self._tells_sources = False
        self._asks_own = False

    def plan(self) -> Plan:
        """What the walk found."""
        every = self._refusals.values()
        # Of an interface a field is refused for each of its types, and told once.
        told = {(found.path, found.label): found for found in reversed(every)}
        refusals = tuple(reversed(told.values()))
        return Plan(
            chosen=self._chosen,
            steps=tuple(self._steps),
            needs=Needs.of(self._steps),
            refusals=refusals,
            refused=frozenset((found.type_name, found.field_name) for found in every),
            refused_at=frozenset((found.path, found.type_name) for found in every),
            labels=tuple(sorted(self._held)),
            tells_sources=self._tells_sources,
            fields=tuple(sorted(self._read.items())),
            asks_own=self._asks_own,
            objects=tuple(sorted({f"{each.fact.parent}.{each.fact.name}" for each in self._steps})),
        )

    def selection(
        self,
        fact: TypeFact,
        selections: Sequence[SelectionSetNode],
        step: Step | None,
        prefix: WirePath,
        places: Sequence[Place],
        response_path: tuple[str, ...],
    ) -> None:
        """Walk what is selected on objects of a type that stand at `prefix` in a step's objects."""
        if not fact.is_abstract:
            self._object(fact, selections, step, prefix, places, response_path)
            return
        if step is not None and fact.by is not None:
            step.paths.add(prefix + fact.by)
        for name in dict.fromkeys(fact.options.values()):
            guarded = [_guarded(place, Guard(fact, name)) for place in places]
            option = self._facts.types[name]
            self._object(option, selections, step, prefix, guarded, response_path)

    def _object(
        self,
        fact: TypeFact,
        selections: Sequence[SelectionSetNode],
        step: Step | None,
        prefix: WirePath,
        places: Sequence[Place],
        response_path: tuple[str, ...],
    ) -> None:
        for response_name, nodes in self._chosen.collected(fact.name, selections).items():
            found = fact.fields.get(nodes[0].name.value)
            if found is None:  # __typename, __schema, __type
                continue
            path = (*response_path, response_name)
            if not self._allowed(found, nodes[0], path, step):
                continue
            if step is not None:
                step.selected.add(path)
            self._field(found, nodes, step, prefix, places, path)

    def _allowed(
        self, fact: FieldFact, node: FieldNode, path: tuple[str, ...], step: "Step | None"
    ) -> bool:
        needed = self._facts.required(fact)
        missing = next((label for label in needed if label not in self._labels), None)
        before = None if step is None else step.read.about
        why = Why.LABEL if missing is not None else refused(fact, self._closed, before)
        if why is None:
            self._held.update(needed)
            self._read[f"{fact.parent}.{fact.name}"] = needed
            return True
        at = node.loc.start_token if node.loc else None
        self._refusals.setdefault(
            (path, fact.parent),
            Refusal(
                path,
                fact.parent,
                fact.name,
                fact.label if missing is None else missing,
                Location(at.line, at.column) if at else None,
                why,
            ),
        )
        return False

    def _field(
        self,
        fact: FieldFact,
        nodes: Sequence[FieldNode],
        step: Step | None,
        prefix: WirePath,
        places: Sequence[Place],
        path: tuple[str, ...],
    ) -> None:
        match fact.kind:
            case Copied(path=wire) if step is not None and fact.is_object:
                before = len(step.paths)
                inner = self._facts.types[fact.type_name]
                below = [(*place, Part(wire, many=fact.many)) for place in places]
                self.selection(inner, _below(nodes), step, prefix + wire, below, path)
                if len(step.paths) == before and not _has_path_under(step.paths, prefix + wire):
                    step.paths.add(prefix + wire)
            case Copied(path=wire) if wire == SOURCE_NAME:
                self._tells_sources = True  # nothing that a source is asked for
            case Copied(path=wire) if step is not None:
                step.paths.add(prefix + wire)
            case Derived(needs=needs) if step is not None:
                step.paths.update(prefix + need for _, need in needs)
            case Linked() as linked:
                self._link(fact, linked, nodes, step, prefix, places, path)
            case Namespace():
                self._asks_own |= fact.type_name == Mijn.__name__
                group = self._facts.types[fact.type_name]
                self.selection(group, _below(nodes), None, (), ((),), path)

    def _link(
        self,
        fact: FieldFact,
        linked: Linked,
        nodes: Sequence[FieldNode],
        step: Step | None,
        prefix: WirePath,
        places: Sequence[Place],
        path: tuple[str, ...],
    ) -> None:
        first = linked.hops[0]
        if step is not None and first.key is not None:
            step.paths.add(prefix + first.key)
        if step is not None and linked.where is not None and linked.where.holder is not None:
            step.paths.add(prefix + linked.where.holder)
        last = step
        for position, hop in enumerate(linked.hops):
            last = self._step(fact, hop, position, nodes, last, path)
            last.places += [
                place for place in (places if position == 0 else [()]) if place not in last.places
            ]
            if position and last.parent is not None and hop.key is not None:
                last.parent.paths.add(hop.key)
        assert last is not None  # noqa: S101  # a link has a hop
        if linked.where is not None:
            last.paths.add(linked.where.item)
        inner = self._facts.types[fact.type_name]
        self.selection(inner, _below(nodes), last, (), ((),), path)

    def _step(
        self,
        fact: FieldFact,
        hop: Hop,
        position: int,
        nodes: Sequence[FieldNode],
        parent: Step | None,
        path: tuple[str, ...],
    ) -> Step:
        """The step of this hop: a new one, or the one that another concrete type made before.

        Of a type for which more is selected under the same name, it is a step of its own: else what
        only one type is asked for would be asked for the objects of all.
        """
        identity = (parent and parent.number, path, fact.name, position, *map(id, nodes))
        known = self._known.get(identity)
        if known is not None:
            return known
        read = hop.read
        assert isinstance(read, Read)  # noqa: S101  # resolvers declare with @read
        depth = parent.depth + 1 if parent else 0
        made = Step(len(self._steps), read, hop, position, fact, nodes[0], parent, depth, path)
        self._known[identity] = made
        self._steps.append(made)
        if parent is not None:
            parent.children.append(made)
        return made


def refused(fact: FieldFact, closed: bool, before: About | None) -> Why | None:
    """Why a field is refused to who has the labels; None where it is not.

    `before` is what the object that has the field is about; None at the root and in a namespace.
    """
    if not isinstance(fact.kind, Linked):
        return None
    if fact.parent == Mijn.__name__:
        return None if closed else Why.NOBODYS
    if not closed:
        return None
    if fact.kind.leaves:
        return Why.LABEL
    first = fact.kind.hops[0].read
    about = getattr(first, "about", None)
    if fact.parent == Subscription.__name__ and proves_own(first):
        return None
    if before is None and fact.parent != Subscription.__name__:
        return None if about is About.OPEN else Why.NOT_MINE
    return Why.LABEL if leads_to_others(about, before) else None


def proves_own(read: Any) -> bool:
    """Whether what is asked for by its key is proven to be the caller's before it is asked for."""
    sieve = getattr(read, "sieve", None)
    return sieve is not None and sieve.proof is not None


def leads_to_others(about: About | None, before: About | None) -> bool:
    """Whether a link goes from what is open to all to what is not, and not by a number of whose it
    is.
    """
    return before in (None, About.OPEN) and about is not About.OPEN and about not in BY_NUMBER


def _below(nodes: Sequence[FieldNode]) -> list[SelectionSetNode]:
    return [node.selection_set for node in nodes if node.selection_set is not None]


def _guarded(place: Place, guard: Guard) -> Place:
    if not place:
        return (Part((), guard=guard),)
    *before, last = place
    return (*before, Part(last.path, last.many, guard))


def _has_path_under(paths: set[WirePath], prefix: WirePath) -> bool:
    return any(path[: len(prefix)] == prefix for path in paths)
