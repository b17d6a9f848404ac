"""Puts questions to the machine over the invented registry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse, validate

from gateway.operation.answer import Answer, Caller, Operations, Question
from gateway.operation.bind import BoundPlan, bind
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.operation.plan import Plan, Step, make_plan
from gateway.operation.prepare import Documents
from gateway.source.cache import Cache, Scope
from gateway.source.read import Fields
from gateway.source.surroundings import Surroundings
from tests.registry import TABLES, Asked, World, everything, facts, shared_facts, sources

SCOPE = Scope("0999", "toets", "iemand")


def world(**options: Any) -> World:
    """The data, with what fails or is held up in it."""
    return World(TABLES, **options)


def without(*labels: str) -> frozenset[str]:
    """All labels but these."""
    assert everything() >= set(labels)
    return everything() - set(labels)


@dataclass(slots=True)
class Desk:
    """One gateway for some questions: its documents and its cache are kept between them."""

    world: World = field(default_factory=world)
    limits: Limits = field(default_factory=Limits)
    reported: list[tuple[str, Exception]] = field(default_factory=list)
    operations: Operations = field(init=False)

    def __post_init__(self) -> None:
        self.operations = Operations(
            facts(),
            limits=self.limits,
            cache=Cache(surroundings=Surroundings(chance=lambda: 0.0)),
            introspection=True,
            report=lambda read, error: self.reported.append((read, error)),
        )

    async def answer(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        labels: frozenset[str] | None = None,
        own: Identity | None = None,
        withheld: Mapping[str, str] | None = None,
        scope: Scope = SCOPE,
        **options: Any,
    ) -> Answer:
        """The answer to a question of a caller who holds all labels unless told otherwise."""
        caller = Caller(
            everything() if labels is None else labels,
            scope,
            own,
            sources(self.world),
            withheld=withheld or {},
        )
        question = Question(query, variables=variables or {}, **options)
        return await self.operations.answer(question, caller)

    async def data(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        answer = await self.answer(query, variables)
        assert "errors" not in answer.body, answer.body
        return answer.body["data"]

    def calls(self) -> list[tuple[Any, ...]]:
        """What was asked so far, in order: the read and its keys."""
        return [(call.read, *call.keys) for call in self.world.calls]

    def paths(self, read: str) -> tuple[str, ...]:
        """The wire paths of the one call of a read."""
        (call,) = [call for call in self.world.calls if call.read == read]
        return call.paths


def errors(answer: Answer) -> list[tuple[Any, ...]]:
    """Errors as (path, code, source or label)."""
    found = []
    for error in answer.body.get("errors", ()):
        extensions = error["extensions"]
        about = extensions.get("bron", extensions.get("label"))
        found.append((".".join(map(str, error["path"])), extensions["code"], about))
    return sorted(found, key=str)


def planned(
    query: str,
    labels: frozenset[str] | None = None,
    *,
    closed: bool = False,
    **conditions: bool,
) -> Plan:
    """The plan of a document with one operation."""
    document = parse(query)
    assert not validate(shared_facts().schema, document)
    (operation,) = (n for n in document.definitions if isinstance(n, OperationDefinitionNode))
    fragments = {
        n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)
    }
    held = everything() if labels is None else labels
    return make_plan(shared_facts(), operation, fragments, conditions, held, closed)


def bound(query: str, **variables: Any) -> BoundPlan:
    """The plan of a document with the arguments of a request."""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    prepared = documents.prepare(query)
    operation = prepared.operation(None)
    plan = make_plan(shared_facts(), operation, prepared.fragments, {}, everything())
    return bind(shared_facts(), plan, documents.variables(operation, variables))


def lines(plan: Plan) -> list[str]:
    """A plan to read: where each step stands, what it reads, and the paths it asks for itself."""
    return [_line(step) for step in plan.steps]


def _line(step: Step) -> str:
    paths = " ".join(sorted(".".join(path) for path in step.paths))
    return f"{'  ' * step.depth}{'.'.join(step.response_path)} {step.read.name}: {paths}".rstrip()


def asked(world: World, read: str) -> list[Asked]:
    """The calls of one read."""
    return [call for call in world.calls if call.read == read]


def fields_of(plan: Plan, *path: str) -> Fields:
    """What a plan asks of the objects at a response path, if the step there asks alone."""
    (number,) = (step.number for step in plan.steps if step.response_path == path)
    return plan.needs.fields(frozenset({number}), frozenset({number}))


def wanted(plan: Plan, *path: str) -> tuple[str, ...]:
    """The paths of those."""
    return fields_of(plan, *path).paths
