"""What is accepted in one walk against graphql-core's validation, on documents of every kind.

A random document that is valid, of which some words are then exchanged, dropped or doubled: most
are wrong in one thing only, as those are that a hole would let through.
"""

import re
from functools import cache
from pathlib import Path
from random import Random

import pytest
from graphql import GraphQLSchema, GraphQLSyntaxError, build_schema, parse, validate
from hypothesis import given, note
from hypothesis import strategies as st

from gateway.app import published
from gateway.operation.accept import Acceptor
from gateway.operation.prepare import SENSITIVE, found_conditions, found_literals
from tests.differential.documents import Pools, Writer
from tests.differential.profile import examples
from tests.registry import facts

TOUGH = """
directive @elders on FIELD
scalar Bsn
scalar Datum
enum Kleur { ROOD GROEN }
input Plek {
  x: Int! = 1 y: Int! namen: [String!] binnen: Hoek hoeken: [Hoek!] bsn: Bsn kleur: Kleur
}
input Hoek { y: Int! kleuren: [[Kleur!]] nog: [Float!]! = [] }
input Een @oneOf { a: Int b: String }
interface Ding {
  id: ID! naam: String soort(van: Kleur): Kleur zelf: Ding lijst: [Ding!]! ander: Int
}
interface Hoog implements Ding {
  id: ID! naam: String soort(van: Kleur): Kleur zelf: Hoog lijst: [Ding!]! ander: Int hoogte: Float
}
type Boom implements Ding & Hoog {
  id: ID! naam: String soort(van: Kleur): Kleur zelf: Boom lijst: [Ding!]! ander: Int hoogte: Float
  eigen: Int! naamloos: [String] vak: Vak
}
type Toren implements Ding & Hoog {
  id: ID! naam: String soort(van: Kleur): Kleur zelf: Toren lijst: [Ding!]! ander: Int hoogte: Float
  eigen: Int naamloos: [String!] vak: [Vak]
}
type Steen implements Ding {
  id: ID! naam: String soort(van: Kleur): Kleur zelf: Steen lijst: [Ding!]! ander: Int eigen: String
}
type Vak { plaats(plek: Plek, plekken: [Plek!] = [], een: Een): String diep: [[Vak!]] }
union Iets = Boom | Steen | Vak
type Query {
  ding(id: ID!): Ding
  dingen(eerste: Int! = 10, kleuren: [Kleur!], datum: Datum, getal: Float, ja: Boolean): [Ding!]!
  iets(bsn: Bsn, bsns: [Bsn!], plek: Plek, matrix: [[Int!]]): Iets
  hoog: Hoog
  vak: Vak
}
type Mutation { doe: Int }
type Subscription { hoor: Int }
"""
ANY = Pools(
    {
        "Bsn": ("999990019",),
        "Datum": ("2026-01-01", "niets"),
        "ID": ("a", 1),
        "Int": (1, -2, 2**31),
        "Float": (1, 2.5),
        "String": ("a", 'b"\n', "999990019"),
        "Boolean": (True, False),
        "Identificatie": ("boek", "bel"),
        "Zoektekst": ("Anna",),
        "Cursor": ("c0",),
    },
    by_variable_only=frozenset({"Bsn"}),
)
WORDS = re.compile(r'"(?:[^"\\\n]|\\.)*"|\.\.\.|[$@]?[_A-Za-z][_0-9A-Za-z]*|-?[0-9.]+|[^\s,]')
MORE = (
    *("{", "}", "(", ")", "[", "]", "!", ":", "=", "...", "on", "fragment F0 on Ding {naam}"),
    *(
        "query",
        "mutation",
        "subscription",
        "null",
        "true",
        "1",
        '"a"',
        "1.5",
        "ROOD",
        '"999990019"',
    ),
    *(
        "$v0",
        "$b0",
        "$nieuw",
        "@skip(if: true)",
        "@include(if: $b0)",
        "@elders",
        "@skip",
        "@x(if: 1)",
    ),
    *(
        "__typename",
        "__schema {types {name}}",
        "...F0",
        "... on Steen {naam}",
        "... {id}",
        "naam: id",
    ),
    *(
        "a: naam",
        "a: id",
        "eigen",
        "naamloos",
        "id",
        "naam",
        "soort(van: ROOD)",
        "ander",
        "(id: 1)",
    ),
    *("[1]", "{x: 1}", "{y: 1}", "{y: $v0}", "{y: 1, y: 2}", "{a: 1}", "{a: 1, b: 2}", "[[1]]"),
    *("String", "Int!", "[Int!]", "Bsn", "Boolean", "Boolean!", "Query", "Plek", "Een", "[Bsn!]"),
    *("zelf {naam}", "lijst {naam}", "vak {plaats}", "hoog {naam}", "iets {__typename}"),
)


@cache
def schemas() -> tuple[GraphQLSchema, ...]:
    """An invented one with all that a schema may have, and those of ours."""
    return build_schema(TOUGH), facts().schema, published().schema


@cache
def acceptors() -> tuple[Acceptor, ...]:
    """The walk over each of them."""
    return tuple(Acceptor(schema, SENSITIVE) for schema in schemas())


def broken(text: str, names: list[str], random: Random) -> str:
    """The same with a few words otherwise."""
    words = WORDS.findall(text)
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        at, other = random.randrange(len(words)), random.randrange(len(words))
        match random.randrange(6):
            case 0:
                del words[at]
            case 1:
                words.insert(at, words[other])
            case 2:
                words[at] = words[other]
            case 3:
                words[at] = random.choice(names)
            case 4:
                words.insert(at, random.choice(MORE))
            case _:
                words[at] = random.choice(MORE)
        if not words:
            break
    return " ".join(words)


def written(number: int, random: Random) -> str:
    """A document that is valid against one of the schemas."""
    values = {
        name: ("a", 1)
        for name, each in schemas()[number].type_map.items()
        if not hasattr(each, "fields")
    }
    pools = Pools({**values, **ANY.values}, ANY.by_variable_only | SENSITIVE)
    return Writer(schemas()[number], pools, random, fields_left=14).written().text


def check(number: int, text: str) -> bool:
    """Whether it was accepted; if so, graphql-core has nothing against it either."""
    try:
        document = parse(text)
    except GraphQLSyntaxError:
        return False
    schema = schemas()[number]
    conditions = acceptors()[number].conditions(document)
    if conditions is None:
        return False

    assert validate(schema, document) == []
    assert found_literals(schema, document) == []
    assert found_conditions(document) == conditions
    return True


@examples(400)
@given(st.integers(0, 2), st.integers(0, 2**63))
def test_nothing_is_accepted_that_is_wrong(number: int, seed: int) -> None:
    random = Random(seed)
    text = written(number, random)
    names = list(schemas()[number].type_map)
    for _ in range(5):
        wrong = broken(text, names, random)
        note(wrong)
        check(number, wrong)


@pytest.mark.parametrize(
    "text",
    [
        path.read_text(encoding="utf-8")
        for path in sorted(Path("docs/voorbeelden").glob("*.graphql"))
    ],
)
def test_what_screens_ask_is_accepted_at_once(text: str) -> None:
    assert check(2, text)


@pytest.mark.parametrize(
    "text",
    [
        "{ding(id: 1) {... on Boom {eigen} ... on Steen {naam: eigen}}}",
        "query ($a: Int = 3) {dingen(eerste: $a) {id}}",
        "query ($a: [Kleur!]!) {dingen(kleuren: $a) {naam} a: dingen(kleuren: [ROOD]) {naam}}",
        "query ($y: Int!) "
        "{iets(plek: {y: $y, binnen: {y: 1}}) {... on Vak {plaats(plekken: {y: 2})}}}",
        "{hoog {... on Boom {vak {plaats}} ... on Toren {zelf {vak {plaats}}}}}",
        "query ($b: Boolean!) {hoog {...F} ...G} fragment F on Hoog {naam @skip(if: $b)} "
        "fragment G on Query {hoog {...F naam hoogte}}",
    ],
)
def test_what_is_less_plain_is_accepted_at_once_too(text: str) -> None:
    assert check(0, text)


def test_most_of_what_is_valid_is_accepted_at_once() -> None:
    """Else the walk would be right, and of no use."""
    random = Random(1)
    texts = [(number, written(number, random)) for number in (0, 1, 2) for _ in range(100)]
    valid = [each for each in texts if not validate(schemas()[each[0]], parse(each[1]))]
    accepted = [each for each in valid if check(*each)]

    assert len(accepted) > 0.8 * len(valid) > 100
