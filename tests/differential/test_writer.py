"""The writer against graphql-core, on one and the same plan and wire objects: equal to the letter.

Everything that is published and the invented registry, with anything that a source could give; the
first time such a plan is walked, the second time compiled.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import msgspec
import pytest
from graphql import OperationDefinitionNode, parse, print_ast
from graphql.language import DocumentNode, SelectionSetNode
from hypothesis import given, note
from hypothesis import strategies as st

from gateway.app import published
from gateway.operation.bind import BoundPlan, bind
from gateway.operation.complete import Response, complete
from gateway.operation.errors import RequestError
from gateway.operation.identity import Identity
from gateway.operation.plan import make_plan
from gateway.operation.prepare import Documents
from gateway.operation.prepared import Prepared
from gateway.operation.seal import no_links
from gateway.operation.writer.records import members_of
from gateway.operation.writer.writer import Writers
from gateway.source.directory import Directory
from resolvers import REGISTRIES
from schema.language.assemble import assemble
from schema.language.content import Content
from tests.differential import dense
from tests.differential.compare import BOUNDLESS
from tests.differential.completed import completed, install
from tests.differential.documents import Pools, Writer, Written
from tests.differential.pools import SENSITIVE, shown
from tests.differential.profile import examples
from tests.differential.wild import wild
from tests.registry import facts as invented

pytestmark = pytest.mark.slow

SAMPLES: Mapping[str, Sequence[Any]] = {
    "Boolean": [True, False],
    "Cursor": ["Mg"],
    "Datum": ["1984-03-12"],
    "Float": [1.5],
    "Gemeentecode": ["0518"],
    "Huisletter": ["B"],
    "Huisnummer": [1, 7],
    "Huisnummertoevoeging": ["bis"],
    "ID": ["x"],
    "Int": [1, 2, 5],
    "OpenbareRuimteId": ["0999300000000001"],
    "String": ["x"],
    "WoonplaatsId": ["0518"],
}
POOLS = Pools({**shown(), **SAMPLES}, SENSITIVE)
SCHEMAS = (
    (published(), assemble(REGISTRIES)),
    (invented(), invented()),
    (dense.facts(), dense.facts()),
)
for _, _dull in SCHEMAS:
    install(_dull)
INTROSPECTION = (
    '{ __type(name: "Naam") { x: name fields { name } } s: __schema { types { name } } }'
)


@dataclass(slots=True)
class Sealer:
    """Makes links that tell what they were made of, each another one."""

    made: int = 0

    def seal(self, stream: str, label: str, content: Content) -> str | None:
        """A link."""
        self.made += 1
        return f"{stream} {label} {content} link-{self.made}."


LINK = re.compile("link-[0-9]+[.]")


@cache
def documents(schema: int) -> Documents:
    """Prepares, keeps nothing worth it."""
    return Documents(SCHEMAS[schema][0], BOUNDLESS, introspection=True, kept=1)


def with_introspection(text: str, random: Random) -> str:
    """The document with fields of the schema itself among those of its operation."""
    document = parse(text)
    (asked,) = (
        node for node in parse(INTROSPECTION).definitions
        if isinstance(node, OperationDefinitionNode)
    )  # fmt: skip
    made = []
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            every = [*node.selection_set.selections, *asked.selection_set.selections]
            random.shuffle(every)
            node = OperationDefinitionNode(
                operation=node.operation,
                variable_definitions=node.variable_definitions,
                selection_set=SelectionSetNode(selections=tuple(every)),
            )
        made.append(node)
    return print_ast(DocumentNode(definitions=tuple(made)))


@given(st.randoms(use_true_random=True))
@examples(400)
def test_the_writer_answers_as_graphql_core_does(random: Random) -> None:
    """Data in the same order and of the same types; errors with message, place, path and code."""
    schema = random.choice((0, 1, 2, 2, 2, 2))
    facts, dull = SCHEMAS[schema]
    # Where one object may lead to many of its own kind, an answer grows with every level.
    deepest, fields = (4, 30) if facts is SCHEMAS[2][0] else (6, random.choice((8, 25, 60)))
    writer = Writer(facts.schema, POOLS, random, fields_left=fields, deepest=deepest)
    written = writer.written()
    text = with_introspection(written.text, random) if random.random() < 0.05 else written.text
    prepared = documents(schema).prepare(text)
    found = planned(schema, prepared, written, random)
    if found is None:
        return
    fetched = wild(facts, random, random.choice((0.0, 0.02, 0.1, 0.4)))
    seal = random.choice((Sealer().seal, Sealer().seal, no_links))
    effort = random.choice((10.0**9, 10.0**9, 0.0, 7.0, 40.0))
    rest = (found, fetched, seal, {"persoon.naam": "hoog"}, effort)
    note(f"{text}\n{written.variables}")
    expected = completed(dull, prepared.document, None, written.variables, *rest)

    writers = Writers(facts)
    for _ in range(3):
        assert told(complete(writers, written.variables, *rest)) == told(expected)


def planned(schema: int, prepared: Prepared, written: Written, random: Random) -> BoundPlan | None:
    """The plan of a caller who holds most labels, is at times a citizen; None where it is refused
    whole.
    """
    facts = SCHEMAS[schema][0]
    lacking = random.choices(sorted(facts.labels), k=random.choice((0, 0, 0, 0, 1, 5)))
    held = frozenset(facts.labels) - set(lacking)
    operation = prepared.operation(None)
    variables = documents(schema).variables(operation, written.variables)
    conditions = {name: bool(variables.coerced.get(name)) for name in prepared.conditions}
    closed = random.random() < 0.2
    plan = make_plan(facts, operation, prepared.fragments, conditions, held, closed)
    try:
        somebody = random.choice((Identity("999990019"), Identity(kvk_nummer="12345678")))
        own = somebody if closed else None
        return bind(facts, plan, variables, Directory(), lambda reference: "999990019", own)
    except RequestError:
        return None


def told(response: Response) -> str:
    """All of it, with the order of names and the types of values; one error a line. No two links
    are the same one.
    """
    text = "\n".join([repr(plain(response.data)), *map(repr, response.errors)])
    links = LINK.findall(text)
    assert len(links) == len(set(links))
    return LINK.sub("", text)


def plain(value: Any) -> Any:
    """Records as dictionaries, all the way down."""
    match value:
        case dict():
            return {name: plain(item) for name, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case msgspec.Struct():
            return plain(members_of(value))
    return value
