"""A plan with the argument values of one request: what each step asks with, and what it costs.

Arguments are coerced once per field node and checked against their declared bounds; where no
variable stands in them, once for the plan. Nothing has been fetched yet, so whatever is refused
here is refused for free.
"""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.values import VariableValues, get_argument_values

from gateway.operation.canonical import canonical
from gateway.operation.errors import Code, RequestError
from gateway.operation.identity import Identity, asks_for_own
from gateway.operation.plan import Plan, Step
from gateway.source.directory import Directory
from gateway.source.read import Read
from schema.language.declare import declaration_of
from schema.language.facts import Facts, FieldFact, Parameter
from schema.language.links import ListOf, Range
from schema.language.scalars import PersonReference

LIST_SIZE = 5
"""How many items a list inside an object is taken to have, for the cost."""
CALL_COST = 5
"""What one upstream call costs, where one selected field of one object costs 1."""


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Bound:
    """The arguments of one linked field of one request; read-only."""

    arguments: Mapping[str, Any]
    """As the read takes them, without the one that is the key."""
    canonical: str
    """The same as text: equal text is an equal question."""
    keys: tuple[Hashable, ...] | None
    """The keys that the client named, in its order, or the number of the caller; None where they
    come from objects or the read has none."""
    listed: bool = False
    """Whether the client named a list of keys, so that a list is given back."""
    chosen: Any = None
    """The value that the objects of the link are chosen by, once they are there; None: all."""


@dataclass(slots=True)
class Estimate:
    """What a step is expected to ask: for the cost and the explanation."""

    keys: int
    calls: int
    objects: int

    def cost(self, step: Step) -> int:
        """Calls weigh more than fields."""
        return self.calls * CALL_COST + self.objects * max(1, len(step.selected))


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class BoundPlan:
    """A plan and the arguments of one request; read-only."""

    plan: Plan
    by_node: Mapping[int, Bound]
    """By the identity of the field node; nodes live as long as the plan."""
    estimates: Mapping[int, Estimate]
    cost: int

    def of(self, step: Step) -> Bound:
        """The arguments of a step; later hops of a link have none."""
        return self.by_node[id(step.node)] if step.position == 0 else NOTHING

    def group(self, step: Step) -> tuple[int, Read, str]:
        """Equal for steps that ask the same read the same question at the same depth."""
        return (step.depth, step.read, self.of(step).canonical)


NOTHING = Bound({}, "{}", None)
_NO_DIRECTORY = Directory()


Opened = Callable[[str], str | None]
"""Gives the number of the person whom a reference means; None for one that is not the caller's."""


def nobody(reference: str) -> str | None:
    """For who has no references."""
    return None


def bind(
    facts: Facts,
    plan: Plan,
    variables: VariableValues,
    directory: Directory | None = None,
    opened: Opened = nobody,
    own: Identity | None = None,
) -> BoundPlan:
    """Raises RequestError (INVOER) for an argument outside its bounds.

    `directory` has the sources of the municipality: a question to several costs several calls.
    `opened` is for references to persons; `own` has the numbers of whoever asks, which are keys
    and stand in no argument.
    """
    directory = directory or _NO_DIRECTORY
    kept = plan.kept
    if kept.varying is None:
        kept.varying = _distinct(plan)
    by_node: dict[int, Bound] = dict(kept.fixed)
    for step in kept.varying:
        made = _bound_anew(facts, plan, step, variables, opened)
        by_node[id(step.node)] = made if step.hop.own is None else _owned(made, step, own)
    estimates, cost = _estimated(plan, by_node, directory)
    return BoundPlan(plan, by_node, estimates, cost)


def _distinct(plan: Plan) -> Sequence[Step]:
    """The first step of each field that has arguments or is the caller's own; others are fixed."""
    distinct = {id(step.node): step for step in reversed(plan.steps)}
    steps = [step for step in plan.steps if distinct[id(step.node)] is step]
    fixed = [step for step in steps if not step.fact.parameters and step.hop.own is None]
    plan.kept.fixed.update((id(step.node), NOTHING) for step in fixed)
    return [step for step in steps if step not in fixed]


def _bound_anew(
    facts: Facts, plan: Plan, step: Step, variables: VariableValues, opened: Opened
) -> Bound:
    """Once for the plan, where these arguments are the same in every request."""
    if not step.fact.parameters:
        return NOTHING
    known = plan.kept.bound.get(id(step.node))
    if isinstance(known, Bound):
        return known
    if isinstance(known, _Outline) and (led := known.led(variables.coerced)) is not None:
        return _bound(facts, step, led, opened, known)
    values = _values(facts, step, variables)
    made = _bound(facts, step, values, opened)
    if id(step.node) not in plan.kept.bound:
        plan.kept.bound[id(step.node)] = _outline(step, values) if _varies(step.node) else made
    return made


@dataclass(frozen=True, slots=True)
class _Outline:
    """The arguments of a field in which variables stand, as far as they do not vary."""

    fixed: Mapping[str, Any]
    """By keyword, as the read takes them: they were checked when the first request had them."""
    variables: Sequence[tuple[Parameter, str]]
    """The others, each with the variable that is its value."""

    def led(self, coerced: Mapping[str, Any]) -> dict[str, Any] | None:
        """Those values; None where what a variable leads to is more than its value."""
        values = {parameter.name: coerced.get(name) for parameter, name in self.variables}
        return None if None in values.values() else values  # absent, or null where that may not be


_PLAIN = frozenset({int, float, bool, str, type(None)})


def _outline(step: Step, values: Mapping[str, Any]) -> _Outline | None:
    """None where a variable stands deeper in a value, or a value is not the same for everybody:
    nothing of a request is kept.
    """
    arguments = step.node.arguments or ()
    led = {
        each.name.value: each.value.name.value
        for each in arguments
        if isinstance(each.value, VariableNode)
    }
    if any(_varies_in(each) for each in arguments if each.name.value not in led):
        return None
    others = [each for each in step.fact.parameters if each.name not in led]
    plain = {each: _plain(values.get(each.name), each) for each in others}
    if not all(map(_is_for_all, plain.values())):
        return None
    fixed = {each.keyword: value for each, value in plain.items()}
    return _Outline(
        fixed, [(each, led[each.name]) for each in step.fact.parameters if each.name in led]
    )


def _is_for_all(value: Any) -> bool:
    """Whether there is nothing in a value that means another thing of another caller."""
    match value:
        case list():
            return all(map(_is_for_all, value))
        case dict():
            return all(map(_is_for_all, value.values()))
        case _:
            return type(value) in _PLAIN


def _varies(node: FieldNode) -> bool:
    """Whether a variable stands in its arguments."""
    return any(map(_varies_in, node.arguments or ()))


def _varies_in(argument: ArgumentNode) -> bool:
    visitor = _Variables()
    visit(argument, visitor)
    return visitor.found


class _Variables(Visitor):
    """Finds variables."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.found = True


def _values(facts: Facts, step: Step, variables: VariableValues) -> dict[str, Any]:
    """Those of the arguments of a field, as graphql-core coerces them."""
    fact = step.fact
    parent = facts.schema.type_map[fact.parent]
    assert isinstance(parent, GraphQLObjectType)  # noqa: S101  # plans hold concrete types
    try:
        return get_argument_values(parent.fields[fact.name], step.node, variables)
    except GraphQLError:
        raise RequestError(Code.INVOER, _unfit(fact)) from None


def _bound(
    facts: Facts,
    step: Step,
    values: Mapping[str, Any],
    opened: Opened,
    outline: _Outline | None = None,
) -> Bound:
    """Of all `values`, or of those that vary beside an outline."""
    fact = step.fact
    parameters = fact.parameters if outline is None else [each for each, _ in outline.variables]
    arguments: dict[str, Any] = {} if outline is None else dict(outline.fixed)
    for parameter in parameters:
        value = values.get(parameter.name)
        if type(value) is not int:  # in which there is nothing to be named otherwise
            value = _plain(_named(value, opened), parameter)
        arguments[parameter.keyword] = value
    for parameter in parameters:
        value = arguments[parameter.keyword]
        _within(parameter.name, fact.name, parameter.bounds, value)
        declared = declaration_of(parameter.scalar)
        if declared is not None:
            _within_input(facts, declared.name, value)
    where = step.linked.where
    chosen = arguments.pop(where.argument) if where is not None and where.argument else None
    key_name = step.hop.argument
    given: Any = arguments.pop(key_name) if key_name is not None else None
    asked = canonical(arguments)
    if key_name is None:
        return Bound(arguments, asked, None, chosen=chosen)
    listed = isinstance(given, list)
    return Bound(arguments, asked, tuple(given) if listed else (given,), listed, chosen)


def _owned(bound: Bound, step: Step, own: Identity | None) -> Bound:
    """The same, for what is the caller's own: by their number, or by no key where they have none or
    may not ask for all that it gives.
    """
    assert step.hop.own is not None  # noqa: S101  # it is asked for these steps only
    number = own.number(step.hop.own) if own is not None else None
    asked = number is not None and asks_for_own(own, step.read.about, number)
    return replace(bound, keys=(number,) if asked else ())


def _named(value: Any, opened: Opened) -> Any:
    """The same with numbers for references. Raises RequestError (INVOER), alike for whatever is
    wrong with one.
    """
    match value:
        case PersonReference():
            number = opened(value)
            if number is None:
                message = "Deze verwijzing naar een persoon geldt niet of niet meer voor u."
                raise RequestError(Code.INVOER, message)
            return number
        case list():
            return [_named(item, opened) for item in value]
        case dict():
            return {name: _named(item, opened) for name, item in value.items()}
        case _:
            return value


def _plain(value: Any, parameter: Parameter) -> Any:
    """Enum members as their wire values, input objects with the names of Python."""
    match value:
        case Enum():
            return value.value
        case list():
            return [_plain(item, parameter) for item in value]
        case dict():
            return {_snake(name): _plain(item, parameter) for name, item in value.items()}
        case _:
            return value


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name)


def _within_input(facts: Facts, type_name: str, value: Any) -> None:
    """The bounds of the fields of an input object, or of each in a list, and of those in it."""
    for item in value if isinstance(value, list) else [value]:
        for name, fact in facts.types[type_name].fields.items() if item is not None else ():
            given = item.get(_snake(name))
            _within(name, type_name, fact.bounds, given)
            if fact.is_object:
                _within_input(facts, fact.type_name, given)


def _within(name: str, of: str, bounds: Range | ListOf | None, value: Any) -> None:
    if bounds is None or value is None:
        return
    match bounds:
        case Range(lowest=lowest, highest=highest):
            if not lowest <= value <= highest:
                message = f"Kies {name} van {of} van {lowest} tot en met {highest}."
                raise RequestError(Code.INVOER, message)
        case ListOf(highest=highest) if len(value) > highest:
            message = f"Vraag met {name} van {of} hoogstens {highest} tegelijk."
            raise RequestError(Code.INVOER, message)


def _unfit(fact: FieldFact) -> str:
    return f"Een argument van {fact.name} past niet bij wat het schema daar verwacht."


def _fan_out(step: Step, directory: Directory) -> int:
    """How many sources are taken to be asked for each key: those that cannot be told apart."""
    parent = None if step.hop.argument is not None else step.parent
    return directory.fan_out(step.read.source, parent.read.source if parent else None)


def _estimated(
    plan: Plan, by_node: Mapping[int, Bound], directory: Directory
) -> tuple[Mapping[int, Estimate], int]:
    """What each step is expected to ask, and what that costs. It follows from how many keys are
    named, how long pages are and how many sources there are: where these are as they were, so is
    all of it.
    """
    kept, sources = plan.kept, _sources(plan, directory)
    asked = [*sources, *map(_asked, by_node.values())]
    known: Any = kept.estimated
    if known is not None and known[0] == asked:
        return known[1], known[2]
    estimates: dict[int, Estimate] = {}
    for step, number in zip(plan.steps, sources, strict=True):
        estimates[step.number] = _estimate(step, by_node[id(step.node)], estimates, number)
    cost = sum(estimates[step.number].cost(step) for step in plan.steps)
    kept.estimated = (asked, estimates, cost)
    return estimates, cost


def _sources(plan: Plan, directory: Directory) -> Sequence[int]:
    """Of each step how many sources are asked: once for a municipality that asks again."""
    known: Any = plan.kept.sources
    if known is None or known[0] is not directory:
        known = plan.kept.sources = (directory, [_fan_out(step, directory) for step in plan.steps])
    found: Sequence[int] = known[1]
    return found


def _asked(bound: Bound) -> tuple[int | None, Any]:
    return (None if bound.keys is None else len(bound.keys), bound.arguments.get("first"))


def _estimate(step: Step, bound: Bound, known: Mapping[int, Estimate], sources: int) -> Estimate:
    if step.parent is None or (step.position == 0 and step.hop.key is None):
        keys = len(bound.keys) if bound.keys is not None else 1
    else:
        keys = known[step.parent.number].objects * _holders(step)
    calls = -(-keys // (step.read.batch or 1)) * sources
    return Estimate(keys, calls, keys * _objects_per_key(step, bound))


def _holders(step: Step) -> int:
    """How many holders of the key one object of the parent is taken to have."""
    sizes = [_size(place) for place in step.places]
    return max(sizes, default=1)


def _size(place: Sequence[Any]) -> int:
    # A connection's edges are counted by `first` already.
    return math.prod(LIST_SIZE for part in place if part.many and part.path != ("edges",))


def _objects_per_key(step: Step, bound: Bound) -> int:
    if step.position:
        return 1
    if step.fact.connection:
        return int(bound.arguments.get("first") or LIST_SIZE)
    return step.linked.expected
