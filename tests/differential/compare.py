"""One question put to the machine and to the reference, and whether the answers are the same."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import parse

from gateway.operation.answer import Caller, Operations, Question
from gateway.operation.fetch import Sources
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.source.cache import Cache, Scope
from gateway.source.ledger import Ledger
from gateway.source.read import Fields, Read
from schema.language.facts import Facts
from tests.differential.documents import Written
from tests.differential.reference import Asker, Failing, Outcome, Place
from tests.differential.refusals import refusals

MANY = 1_000_000
BOUNDLESS = Limits(
    characters=MANY,
    tokens=MANY,
    nesting=1_000,
    depth=100,
    aliases=MANY,
    root_fields=MANY,
    fields=MANY,
    directives=MANY,
    fragments=MANY,
    cost=10**30,
    positions=MANY,
)
SCOPE = Scope("0999", "toets", "iemand")
REFUSED = "NIET_GEAUTORISEERD"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks."""

    labels: frozenset[str]
    own: Identity | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """The gateway's own way."""

    facts: Facts
    opened: Callable[[Ledger], Sources]

    async def outcome(self, written: Written, asking: Asking) -> Outcome:
        """Answer a document."""
        cache = Cache()
        operations = Operations(
            self.facts,
            limits=BOUNDLESS,
            cache=cache,
            introspection=True,
            report=lambda read, error: None,
        )
        caller = Caller(asking.labels, SCOPE, asking.own, self.opened)
        question = Question(written.text, None, written.variables)
        try:
            answer = await operations.answer(question, caller)
        finally:
            await cache.aclose()
        assert not answer.request_error, answer.body
        errors = [_failing(error) for error in answer.body.get("errors", ())]
        return Outcome(answer.body["data"], tuple(errors))


@dataclass(frozen=True, slots=True)
class Dull:
    """The reference's way."""

    facts: Facts
    everything: Mapping[Read, Fields]
    opened: Callable[[Ledger], Sources]

    async def outcome(self, written: Written, asking: Asking) -> Outcome:
        """Answer a document. Refusals are all that the document has, met by data or not."""
        asker = Asker(self.facts, asking.labels, asking.own, self.opened(Ledger()), self.everything)
        document = parse(written.text)
        found = await asker.outcome(document, written.variables)
        wanted = refusals(document, written.coerced, asker)
        met = {(_names(error.path), error.label) for error in found.errors if _refused(error)}
        assert met <= {(one.path, one.label) for one in wanted}
        errors = [error for error in found.errors if not _refused(error)]
        told = {(one.path, one.label) for one in wanted}
        errors += [Failing(path, REFUSED, None, label) for path, label in told]
        return Outcome(found.data, tuple(errors))


def assert_equal(machine: Outcome, reference: Outcome) -> None:
    """Data alike to the order of keys, and errors alike; see `_errors`."""
    assert json.dumps(machine.data, indent=1) == json.dumps(reference.data, indent=1)
    assert _errors(machine) == _errors(reference)


def assert_alike(machine: Outcome, reference: Outcome) -> None:
    """The same, but for the order of lists: where a source gives one in two orders."""
    assert _sorted(machine.data) == _sorted(reference.data)
    assert len(machine.errors) == len(reference.errors)


def _sorted(value: Any) -> str:
    match value:
        case dict():
            return "{" + ",".join(f"{name}:{_sorted(item)}" for name, item in value.items()) + "}"
        case list():
            return "[" + ",".join(sorted(map(_sorted, value))) + "]"
    return json.dumps(value)


def _errors(outcome: Outcome) -> Counter[tuple[Any, ...]]:
    """The errors, as far as the GraphQL specification fixes them.

    Of errors below a value that became null because of one of them (section 6.4.4), only that there
    are some: how many siblings were still carried out is the executor's own choice.
    """
    exact: Counter[tuple[Any, ...]] = Counter()
    below: set[Place] = set()
    for error in outcome.errors:
        null = None if _refused(error) else _null_above(outcome.data, error.path)
        if null is None:
            exact[(error.path, error.code, error.source, error.label)] += 1
        else:
            below.add(null)
    return exact + Counter((place, "below") for place in below)


def _null_above(data: Any, path: Place) -> Place | None:
    for size, step in enumerate(path):
        if data is None:
            return path[:size]
        data = data[step]
    assert data is None, path
    return None


def propagated(outcome: Outcome) -> bool:
    """Whether a null took more than its own field along."""
    return any(
        not _refused(error) and _null_above(outcome.data, error.path) is not None
        for error in outcome.errors
    )


def _failing(error: Mapping[str, Any]) -> Failing:
    extensions = error["extensions"]
    return Failing(
        tuple(error["path"]), extensions["code"], extensions.get("bron"), extensions.get("label")
    )


def _refused(error: Failing) -> bool:
    return error.code == REFUSED and error.source is None


def _names(path: Place) -> tuple[str, ...]:
    return tuple(part for part in path if isinstance(part, str))
