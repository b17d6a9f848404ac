"""What one pattern reads against graphql-core's parser: the same nodes in the same places."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from graphql import DocumentNode, GraphQLSyntaxError, Visitor, parse, print_ast, visit
from hypothesis import given, note
from hypothesis import strategies as st

from gateway.operation.parse import parsed
from tests.differential.profile import examples
from tests.differential.test_accept import broken, schemas, written

SPACES = (" ", "\n", "\r\n", "\r", "\t", ",", "\ufeff", "# é {\n", "#\r", " # x", "\n\n   ", "")
CHARACTERS = '"\\#{}()[]:$!@=|&.-+0123eE_aZ \n\r\t,\ufeff\0\x7f\u2028é\U0001f600\ud800%;?'


def check(text: str) -> bool:
    """Whether it was read; if so, it is what graphql-core reads."""
    read = parsed(text)
    if read is None:
        return False
    expected = parse(text)

    assert read == expected
    assert places(read) == places(expected)
    assert print_ast(read) == print_ast(expected)
    return True


def places(document: DocumentNode) -> list[tuple[str, int, int, int, int]]:
    """Of every node its kind, and where it stands."""
    found = []

    class Places(Visitor):
        def enter(self, node: Any, *_: Any) -> None:
            at = node.loc
            start = at.start_token
            found.append((node.kind, at.start, at.end, start.line, start.column))

    visit(document, Places())
    return found[1:]


def spaced(text: str, random: Random) -> str:
    """The same words with anything between them that is ignored."""
    return "".join(word + (random.choice(SPACES) or " ") for word in text.split(" "))


def scratched(text: str, random: Random) -> str:
    """The same with a few characters otherwise."""
    characters = list(text)
    for _ in range(random.choice((1, 1, 2, 3))):
        at = random.randrange(len(characters))
        characters[at : at + random.choice((0, 0, 1))] = random.choice(CHARACTERS)
    return "".join(characters)


@examples(400)
@given(st.integers(0, 2), st.integers(0, 2**63))
def test_nothing_is_read_otherwise(number: int, seed: int) -> None:
    random = Random(seed)
    text = written(number, random)
    names = list(schemas()[number].type_map)
    for change in (spaced, scratched, scratched, lambda text, _: broken(text, names, random)):
        changed = change(text, random)
        note(repr(changed))
        try:
            check(changed)
        except GraphQLSyntaxError:
            pytest.fail(repr(changed))


@pytest.mark.parametrize(
    "text",
    [
        *(path.read_text(encoding="utf-8") for path in Path("docs/voorbeelden").glob("*.graphql")),
        "{a}",
        '{a(b: "één \u2028\U0001f600\x7f"), c}',
        "\ufeff query Q($a: [[Int!]!]! = [[1], []], $b: B = {c: -1.5e+3, d: E}) @x(y: 1) {b: a}",
        '{a(b: "", c: null, d: true, e: [$f, {g: "!#[~"}]) @skip(if: false) @on {on}}',
        "{...x ...on A {b} ... {c} ...@include(if: $d) {e}} fragment f on on @on {fragment}",
        "mutation {query} subscription {mutation}",
    ],
)
def test_what_is_plain_is_read_at_once(text: str) -> None:
    assert check(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "#", "{", "{}", "{a{}}", "{a()}", "query($a: Int) {}", "query() {a}", "{a(b:)}"),
        *(
            "{a: }",
            "{a b:}",
            "{1}",
            "{a(b: 01)}",
            "{a(b: 1a)}",
            "{a(b: 1.)}",
            "{a(b: -)}",
            "{a(b: .5)}",
        ),
        *(
            '{a(b: "\\n")}',
            '{a(b: "\\u0041")}',
            '{a(b: """x""")}',
            '{a(b: "\ud800")}',
            '{a(b: "\x07")}',
            '{a(b: "',
            '{a(b: ")}',
        ),
        *(
            '"d" query {a}',
            'query("d" $a: Int) {a}',
            "query($a: Int = $b) {a}",
            "{a(b: $)}",
            "{a @}",
        ),
        *(
            "fragment on on A {a}",
            "fragment a A {a}",
            "fragment a on A",
            "type A {a: Int}",
            "extend x",
        ),
        *(
            "{a}}",
            "{a} x",
            "query a b {c}",
            "{é}",
            "{a\0}",
            "{a ?}",
            "{...}",
            "{..a}",
            "query($a: ) {b}",
        ),
        *("query($a: [Int) {b}", "query($a: Int!!) {b}", "{a(b: {c: 1)}", "{a(b: [1)}", "{a(: 1)}"),
    ],
)
def test_what_is_not_is_left_to_graphql_core(text: str) -> None:
    assert parsed(text) is None
