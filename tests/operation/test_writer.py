"""The writer: what is compiled when, what is written once, and that no client writes code."""

import ast
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from graphql import FieldNode, NameNode, OperationDefinitionNode, SelectionSetNode

from gateway.operation.bind import BoundPlan, bind
from gateway.operation.complete import complete
from gateway.operation.failures import not_yours
from gateway.operation.fetched import TOGETHER, Fetched
from gateway.operation.limits import Limits
from gateway.operation.plan import make_plan
from gateway.operation.prepare import Documents
from gateway.operation.writer.compiled import compiled
from gateway.operation.writer.selected import Tree
from gateway.operation.writer.values import is_found_by_key
from gateway.operation.writer.writer import Writers
from gateway.operation.written import written
from schema.language.scalars import elfproef
from tests.operation.asking import Desk, bound, errors
from tests.registry import (
    ANNA,
    BRAM,
    CARLA,
    DIRK,
    TABLES,
    World,
    everything,
    op_nummer,
    shared_facts,
)

FACTS = shared_facts()
WRITERS = Writers(FACTS)
SHARED = "query($b: [Bsn!]!) { mensen(bsns: $b) { leeftijd partner { bsn leeftijd } } }"
EVERYTHING = """query($b: [Bsn!]!, $v: Identificatie!) {
  mensen(bsns: $b) {
    a: __typename bsn leeftijd bijnamen b: kleur kleuren inboedel
    naam { voornaam c: volledig roepnaam }
    verblijf { sinds ... on Huis { kamers { maat inhoud { __typename ... on Ding { naam } } } } }
    vrienden(first: 2) { edges { node { d: leeftijd } } totalCount }
    gereedschap { id kleur gewicht }
  }
  beschreven(verslag: $v) { id doos { maat } }
}"""
NAMES = ("class", "None", "__import__", "other", "leave", "at", "f0", "Mens_1", "print")


def people(**changed: Mapping[str, Any]) -> Fetched:
    """Anna and Bram share a partner."""
    known: dict[Any, Any] = {
        ANNA: {"bsn": ANNA, "leeftijd": 40, "partner": CARLA},
        BRAM: {"bsn": BRAM, "leeftijd": 41, "partner": CARLA},
        CARLA: {"bsn": CARLA, "leeftijd": 39},
        **changed,
    }
    return Fetched(table={(op_nummer, "{}", TOGETHER): known})


def data(planned: BoundPlan, fetched: Fetched) -> Any:
    """What is written, and read again."""
    return json.loads(written({"data": complete(WRITERS, {}, planned, fetched).data}))["data"]


def source(query: str, **variables: Any) -> str:
    """What answers to a document are written with."""
    made = WRITERS.of(bound(query, **variables).plan).source()
    assert made is not None
    return made


# ---- what is compiled, and when ------------------------------------------------------------------


def partners(planned: BoundPlan, fetched: Fetched) -> list[Any]:
    """The partners in the data, as objects."""
    run = complete(WRITERS, {}, planned, fetched).data
    every = run["mensen"] if isinstance(run, dict) else run.f0
    return [one["partner"] if isinstance(one, dict) else one.f1 for one in every]


def test_the_first_use_is_walked_and_the_second_compiled() -> None:
    """What many share is then written once, and the answer is the same."""
    planned, fetched = bound(SHARED, b=[ANNA, BRAM]), people()
    first, second = partners(planned, fetched), partners(planned, fetched)

    assert first[0] is not first[1]
    assert second[0] is second[1]
    assert written({"data": first}) == written({"data": second})


def test_of_what_is_wrong_only_that_object_is_walked() -> None:
    """The others are written as they were, with what they share."""
    planned = bound(SHARED, b=[ANNA, DIRK, BRAM])
    fetched = people(**{DIRK: {"bsn": DIRK, "leeftijd": "oud", "partner": CARLA}})
    data(planned, fetched)
    response = complete(WRITERS, {}, planned, fetched)

    one, other, third = response.data["mensen"]
    assert other is None
    assert one.f1 is third.f1
    assert [error["path"] for error in response.errors] == [["mensen", 1, "leeftijd"]]


LISTED = """query($b: [Bsn!]!) {
  mensen(bsns: $b) { bsn leeftijd __typename partner { bsn leeftijd partner { bsn } } } }"""
PARTNERS = (ANNA, BRAM, None, "", True, 1.0, ANNA, ["x"], "onbekend")
NUMBERS = filter(elfproef, map(str, range(999991000, 999992000)))
LEADING: Mapping[str, Any] = {
    number: {"bsn": number, "leeftijd": 50, "partner": partner}
    for number, partner in zip(NUMBERS, PARTNERS, strict=False)
}


@pytest.mark.parametrize(
    "shown",
    [
        {"bsn": BRAM, "leeftijd": 41, "partner": CARLA},
        {"bsn": BRAM, "leeftijd": 41},
        {"bsn": BRAM, "leeftijd": "oud"},
        {"bsn": BRAM, "leeftijd": 41, "partner": DIRK},
        "geen object",
        not_yours("mensen"),
        None,
    ],
)
def test_what_a_list_leads_to_is_written_as_it_is_one_by_one(shown: Any) -> None:
    """At one go where nothing is unusual, and the same errors where something is."""
    planned = bound(LISTED, b=[ANNA, *LEADING])
    fetched = people(**LEADING, **{BRAM: shown})
    every = [complete(WRITERS, {}, planned, fetched) for _ in range(3)]
    made = [written({"data": each.data, "errors": each.errors}) for each in every]

    assert made == [made[0]] * 3
    assert "ahead(" in source(LISTED, b=[ANNA])


def test_an_empty_text_is_no_key_though_a_client_named_it() -> None:
    """It leads to nothing, also where what it led to was fetched and is written ahead."""
    planned = bound(LISTED, b=[ANNA, BRAM])
    fetched = people(
        **{BRAM: {"bsn": BRAM, "leeftijd": 41, "partner": ""}, "": LEADING[min(LEADING)]}
    )
    every = [data(planned, fetched)["mensen"] for _ in range(3)]

    assert [[one["partner"] and one["partner"]["bsn"] for one in each] for each in every] == [
        [CARLA, None]
    ] * 3


def test_what_a_key_alone_leads_to() -> None:
    """Of one read, and under no condition; what a client names is no key of an object."""
    query = """query($b: [Bsn!]!, $o: Bsn!) { mensen(bsns: $b) {
      leeftijd partner { bsn } kinderen { bsn } huisdier { naam } gereedschap { id }
      gekleurd(kleur: ROOD) { id } besproken { id } makers { bsn } ander(bsn: $o) { bsn } } }"""
    tree = Tree(FACTS, bound(query, b=[ANNA], o=BRAM).plan)
    assert tree.whole(100)

    found = {each.name for each in tree.members if is_found_by_key(each)}
    assert found == {"partner", "kinderen", "huisdier"}


def test_only_what_a_key_alone_leads_to_is_written_ahead() -> None:
    """Another link may lead to another object for each holder."""
    query = """query($b: [Bsn!]!, $o: Bsn!) { mensen(bsns: $b) {
      bsn leeftijd partner { bsn } ander(bsn: $o) { bsn } } }"""

    assert source(query, b=[ANNA], o=BRAM).count("ahead(") == 1


def test_what_a_list_leads_to_is_written_once() -> None:
    """However many of its objects lead to it."""
    planned, fetched = bound(LISTED, b=[ANNA, BRAM]), people()
    complete(WRITERS, {}, planned, fetched)
    one, other = complete(WRITERS, {}, planned, fetched).data.f0

    assert one.f3.f0 == CARLA
    assert one.f3 is other.f3


def test_what_is_unusual_and_right_is_shown_as_ever() -> None:
    """A number as a text, in an object that is no dictionary of its own kind."""
    planned = bound(SHARED, b=[ANNA])
    fetched = people(**{ANNA: {"leeftijd": "40", "partner": None}})
    every = [data(planned, fetched) for _ in range(3)]

    assert every == [{"mensen": [{"leeftijd": 40, "partner": None}]}] * 3


def test_what_is_kept_for_one_answer_is_not_there_in_the_next() -> None:
    """Nothing of a caller's stays with the plan."""
    planned = bound(SHARED, b=[ANNA, BRAM])
    for _ in range(3):
        data(planned, people())
    later = people(**{CARLA: {"bsn": CARLA, "leeftijd": 99}})

    assert [one["partner"]["leeftijd"] for one in data(planned, later)["mensen"]] == [99, 99]


def test_what_is_too_large_is_not_compiled() -> None:
    """It is counted for every type that may stand at a place."""
    planned = bound(SHARED, b=[ANNA])

    assert compiled(Tree(FACTS, planned.plan), most=5) is not None
    assert compiled(Tree(FACTS, planned.plan), most=4) is None


def test_the_writers_that_were_not_used_for_longest_are_forgotten() -> None:
    """So much code is kept, and no more; who is used again is made again."""
    writers = Writers(FACTS, most=12)  # of five fields each
    plans = [bound(SHARED, b=[ANNA]) for _ in range(3)]
    for planned in (plans[0], plans[1], plans[0], plans[2]):
        complete(writers, {}, planned, people())

    assert [planned.plan.kept.writer is not None for planned in plans] == [True, False, True]
    assert complete(writers, {}, plans[1], people()).data is not None


@pytest.mark.anyio
async def test_a_question_that_is_asked_again_is_answered_alike() -> None:
    """With errors, refusals and the schema's own fields beside data."""
    query = """query($b: [Bsn!]!) { __type(name: "Naam") { name } mensen(bsns: $b) {
      leeftijd kleur naam { voornaam volledig } partner { leeftijd bijnamen } } }"""
    tables = {**TABLES, "mensen": {**TABLES["mensen"], BRAM: {"leeftijd": None, "naam": "x"}}}
    desk = Desk(World(tables))
    every = [
        await desk.answer(query, {"b": [ANNA, BRAM]}, labels=everything() - {"mens.naam"})
        for _ in range(3)
    ]

    assert errors(every[0])
    assert every[0].body == every[1].body == every[2].body
    assert every[0].ready == every[1].ready == every[2].ready


# ---- that no client writes code ------------------------------------------------------------------


def test_source_is_the_same_whatever_a_client_calls_things() -> None:
    """Aliases, and the names of operations, variables and fragments."""
    query = "query %s($b: [Bsn!]!) { %s: mensen(bsns: $b) { %s: leeftijd ...%s } }"
    query += " fragment %s on Mens { %s: partner { %s: bsn } }"
    every = {
        source(query % (name, name, name, f"F{name}", f"F{name}", f"{name}2", name), b=[ANNA])
        for name in NAMES
    }

    assert len(every) == 1
    assert "__import__" not in every.pop()


def test_no_value_of_a_client_stands_in_source() -> None:
    """Not of variables, nor what is written in the document."""
    made = source(
        'query($b: [Bsn!]!) { mensen(bsns: $b) { vrienden(first: 17, after: "c1") { totalCount } }'
        ' ding(id: "__import__") { id } __type(name: "os") { name } }',
        b=[ANNA],
    )

    assert not any(text in made for text in (ANNA, "17", "c1", "__import__", "os"))


def test_source_does_nothing_but_write() -> None:
    """No imports, no attributes but these, no calls of what it was not given; what is set is a
    field of a record."""
    tree = ast.parse(source(EVERYTHING, b=[ANNA], v="v1"))
    kinds = {type(node) for node in ast.walk(tree)}
    every = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    attributes = {node.attr for node in every if isinstance(node.ctx, ast.Load)}
    changed = {ast.unparse(node) for node in every if not isinstance(node.ctx, ast.Load)}
    called = {node.func.id for node in ast.walk(tree)
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    constants = {"_answer", "_names", "_shown", "_wire"}

    assert not kinds & {ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Lambda}
    assert attributes == {"__class__", "directory", "fetched", "get", "several"}
    assert changed and all(re.fullmatch("made\\.f[0-9]+", each) for each in changed)
    given = {"convert", "get", "id", "leave", "led", "link", "other", "value_at", "walked", "zip"}
    assert all(
        name.startswith(("compute_", "concrete_")) or name.endswith(tuple(constants))
        for name in called - defined - given
    )


@pytest.mark.parametrize("name", ["a'b", 'x", __import__("os"), "', "a\nb", "", "é", "a b", "1a"])
def test_what_is_no_name_is_never_compiled(name: str) -> None:
    """No parser gives one; were there one, it would be walked."""
    planned = forged(name)
    writer = WRITERS.of(planned.plan)

    assert writer.source() is None
    assert [data(planned, people()) for _ in range(3)] == [{"mensen": [{name: 40}]}] * 3


def forged(alias: str) -> BoundPlan:
    """A plan in which a field has an alias that cannot be written."""
    documents = Documents(FACTS, Limits(), introspection=True)
    query = "query($b: [Bsn!]!) { mensen(bsns: $b) { leeftijd } }"
    operation = documents.prepare(query).operation(None)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)
    inner = FieldNode(name=NameNode(value="leeftijd"), alias=NameNode(value=alias))
    selection = SelectionSetNode(selections=(inner,))
    outer = FieldNode(name=field.name, arguments=field.arguments, selection_set=selection)
    made = OperationDefinitionNode(
        operation=operation.operation,
        variable_definitions=operation.variable_definitions,
        selection_set=SelectionSetNode(selections=(outer,)),
    )
    plan = make_plan(FACTS, made, {}, {}, everything())
    return bind(FACTS, plan, documents.variables(operation, {"b": [ANNA]}))
