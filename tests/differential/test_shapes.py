"""What is shared by its shape against what is prepared by itself, on documents of every kind.

Random documents in several wordings, of which some are wrong: with other literals, or with words
exchanged, dropped or doubled. First what is accepted, over three schemas; then whole answers, over
the invented registry with anything wrong in its data.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count
from random import Random
from typing import Any

import pytest
from graphql import FieldNode, GraphQLSyntaxError, Node, Visitor, parse, print_ast, validate, visit
from hypothesis import given, note
from hypothesis import strategies as st

from gateway.operation.accept import Acceptor
from gateway.operation.answer import Answer, Caller, Operations, Question
from gateway.operation.errors import Location
from gateway.operation.limits import Limits, check_document, check_text
from gateway.operation.prepare import SENSITIVE, found_conditions, found_literals
from gateway.operation.shape import shape_of
from gateway.operation.shapes import Shapes
from gateway.source.cache import Cache
from gateway.source.surroundings import Surroundings
from tests.differential.documents import Writer
from tests.differential.profile import examples
from tests.differential.rewording import restored, reworded
from tests.differential.test_accept import broken, schemas, written
from tests.differential.test_invented import POOLS, callers, corrupted, faults
from tests.operation.asking import SCOPE
from tests.registry import World, shared_facts, sources

SECRET = "00c0ffee00c0ffee"


@cache
def acceptors() -> Sequence[Acceptor]:
    """The walk over each schema."""
    return tuple(Acceptor(schema, SENSITIVE) for schema in schemas())


def shapes(number: int) -> Shapes:
    """Those of one schema; nothing was met yet."""
    acceptor = acceptors()[number]
    return Shapes(acceptor, Limits(), introspection=True, most=100_000, secret=SECRET)


def check(number: int, kept: Shapes, text: str) -> bool:
    """Whether it was shared; if so, it is the document that the text is, and valid."""
    found = kept.prepared(text, "")
    if found is None:
        return False
    schema, document = schemas()[number], parse(text)
    shape, wording = shape_of(text, SECRET), found.wording

    assert shape is not None
    assert wording is not None
    printed = restored(print_ast(found.document), shape.names, shape.literals)
    assert print_ast(parse(printed)) == print_ast(document)
    assert [wording.moved(at) for at in fields(found.document)] == fields(document)
    assert validate(schema, document) == []
    assert found_literals(schema, document) == []
    assert found_conditions(document) == found.conditions
    check_text(text, Limits())
    check_document(document, Limits())
    return True


def fields(document: Node) -> list[Location]:
    """Where the fields of a document stand."""
    places: list[Location] = []

    class Fields(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            assert node.loc is not None
            token = node.loc.start_token
            places.append(Location(token.line, token.column))

    visit(document, Fields())
    return places


@examples(300)
@given(st.integers(0, 2), st.integers(0, 2**63))
def test_nothing_is_shared_that_is_wrong_or_another(number: int, seed: int) -> None:
    """Whatever was met before: wordings that are right, wild, and broken."""
    random, kept = Random(seed), shapes(number)
    text = written(number, random)
    names = list(schemas()[number].type_map)
    for turn in range(8):
        other = reworded(text, random, wild=turn > 2)
        if random.random() < 0.3:
            other = broken(other, names, random)
        note(other)
        check(number, kept, other)


def test_most_wordings_are_shared() -> None:
    """Else it would be right, and of no use."""
    random, shared = Random(1), 0
    for number in (0, 1, 2) * 50:
        text, kept = written(number, random), shapes(number)
        for _ in range(2):
            kept.prepared(text, "")
        shared += check(number, kept, text)

    assert shared > 0.5 * 150


# ---- whole answers ------------------------------------------------------------------------------


def operations() -> Operations:
    """A gateway over the invented registry that has met nothing yet. To its cache every moment is
    long after the one before.
    """
    later = count(step=1_000_000)
    around = Surroundings(lambda: float(next(later)), lambda: float(next(later)), lambda: 0.0)
    return Operations(
        shared_facts(),
        limits=Limits(),
        cache=Cache(surroundings=around),
        introspection=True,
        report=lambda read, error: None,
    )


@examples(60)
@given(st.integers(0, 2**63))
def test_answers_are_those_of_the_text_itself(seed: int) -> None:
    """Data, errors with their places, what was asked of sources, and what the audit line tells."""
    random = Random(seed)
    made = Writer(shared_facts().schema, POOLS, random, fields_left=12).written()
    asking, tables, failing = callers(random), corrupted(random), faults(random)
    meeting = operations()
    for turn in range(5):
        text = reworded(made.text, random, wild=turn > 2)
        if random.random() < 0.15:
            text = broken(text, ["Mens", "Ding"], random)
        note(text)
        options = {"strict": random.random() < 0.1, "provenance": random.random() < 0.1}

        def told(gateway: Operations, text: str = text, options: Any = options) -> Any:
            world = World(tables, failing)
            caller = Caller(asking.labels, SCOPE, asking.own, sources(world))
            question = Question(text, variables=made.variables, **options)
            answer = asyncio.run(gateway.answer(question, caller))
            return _told(answer), sorted(map(repr, world.calls))

        assert told(meeting) == told(operations())


def _told(answer: Answer) -> Mapping[str, Any]:
    body = dict(answer.body)
    body["errors"] = sorted(map(repr, body.get("errors", ())))
    return {
        "body": body,
        "ready": answer.ready is None,
        "refused": (answer.request_error, answer.status, sorted(answer.codes)),
        "named": (answer.digest, answer.operation_name),
        "audit": (answer.objects, answer.labels),
    }


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_text_that_is_no_graphql_is_not_shared(number: int) -> None:
    """What graphql-core cannot read either."""
    random = Random(number)
    for _ in range(100):
        text = broken(written(number, random), ["a", "b"], random)
        try:
            parse(text)
        except GraphQLSyntaxError:
            kept = shapes(number)
            assert [kept.prepared(text, "") for _ in range(3)] == [None] * 3
