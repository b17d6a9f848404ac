"""A document's text: bounded, parsed, validated, kept; and what is said of one that is refused."""

import gc
import json
import re
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from gateway.operation.errors import Code, RequestError
from gateway.operation.limits import Limits
from gateway.operation.prepare import Documents, RequestErrors
from gateway.operation.prepared import Prepared
from tests.registry import ANNA, shared_facts

SECRET = "Geheim999990019"


def documents(**options: Any) -> Documents:
    """Documents of the invented registry."""
    return Documents(shared_facts(), Limits(**options), introspection=True)


def refusals(text: str) -> list[tuple[Code, str, tuple[tuple[int, int], ...]]]:
    """Why a text is refused, and where."""
    with pytest.raises((RequestError, RequestErrors)) as caught:
        documents().prepare(text)
    refused = caught.value
    found = refused.errors if isinstance(refused, RequestErrors) else [_single(refused)]
    return [
        (error.code, error.message, tuple((at.line, at.column) for at in error.locations))
        for error in found
    ]


def _single(refused: Exception) -> RequestError:
    assert isinstance(refused, RequestError)
    return refused


def test_a_document_is_prepared_once() -> None:
    """The same text is the same document, named by its hash."""
    kept = documents()
    first = kept.prepare("{ vondsten { __typename } }")

    assert kept.prepare("{ vondsten { __typename } }") is first
    assert kept.prepare("{ vondsten { __typename} }") is not first
    assert re.fullmatch("[0-9a-f]{64}", first.digest)


def test_a_document_that_is_refused_is_not_kept() -> None:
    """It is refused again, for the same reason."""
    kept = documents()
    for _ in range(2):
        with pytest.raises(RequestErrors):
            kept.prepare("{ niets }")


def test_the_latest_documents_are_kept() -> None:
    """As many as there is room for."""
    kept = Documents(shared_facts(), Limits(), introspection=True, kept=2)
    first = kept.prepare("{ a: __typename }")
    for name in "bc":
        kept.prepare(f"{{ {name}: __typename }}")

    assert kept.prepare("{ a: __typename }") is not first


def test_a_text_of_lone_surrogates_is_refused_as_any_other() -> None:
    """It has a hash, and is no GraphQL."""
    assert refusals("{ \ud800 }")[0][0] is Code.SYNTAX


def prepared(text: str, **options: Any) -> Prepared:
    """A good document."""
    return documents(**options).prepare(text)


def test_the_operation_to_run() -> None:
    """The only one, or the one that is named."""
    one = prepared("query a { __typename }")
    two = prepared("query a { __typename } query b { __typename }", operations=2)

    assert one.operation(None) is one.operation("a") is one.operations["a"]
    assert two.operation("b") is two.operations["b"]
    for which, name in ((one, "b"), (one, ""), (two, None), (two, "c")):
        with pytest.raises(RequestError) as caught:
            which.operation(name)
        assert caught.value.code is Code.ONBEKENDE_OPERATIE


def test_what_a_plan_depends_on() -> None:
    """The variables of @skip and @include, wherever they stand."""
    text = """query($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Bsn!) {
      mens(bsn: $e) @skip(if: $a) {
        bsn @include(if: true) ... @include(if: $b) { bsn } ...F @skip(if: $c)
      }
    }
    fragment F on Mens { bsn @skip(if: $d) }"""

    assert prepared(text).conditions == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("{ niets }", "Het type Query heeft dit veld niet.", (1, 3)),
        ("{ mens { bsn } }", "Het argument bsn is verplicht.", (1, 3)),
        ("{ vondsten(x: 1) { __typename } }",
         "Het veld Query.vondsten heeft dit argument niet.", (1, 12)),
        ("{ vondsten @skip { __typename } }", "Het argument if is verplicht.", (1, 12)),
        ("{ vondsten @skip(if: true, x: 1) { __typename } }",
         "De directive heeft dit argument niet.", (1, 28)),
        ("{ vondsten }", "Kies velden binnen vondsten.", (1, 3)),
        ("{ __typename { x } }", "Het veld __typename heeft geen velden.", (1, 14)),
        ("{ vondsten { ... on X { y } } }", "Dit type bestaat niet.", (1, 21)),
        ("{ ...X }", "Dit fragment bestaat niet.", (1, 6)),
        ("{ __typename } fragment X on Mens { bsn }",
         "Dit fragment wordt niet gebruikt.", (1, 16)),
        ("{ mens(bsn: $b) { bsn } }", "De variabele $b is niet gedeclareerd.", (1, 13)),
        ("query($b: Bsn) { __typename }", "De variabele $b wordt niet gebruikt.", (1, 7)),
        ("query($b: Int) { mens(bsn: $b) { bsn } }",
         "Het type van de variabele $b past hier niet (verwacht: Bsn!).", (1, 7)),
        ("{ a: __typename a: vondsten { __typename } }",
         "Deze velden verschillen: geef een ervan een alias.", (1, 3)),
        ('{ ding(id: "a/b") { id } }',
         "Verwacht voor Identificatie: een kenmerk zonder bijzondere tekens.", (1, 12)),
        ('{ mensenGezocht(first: "x") { totalCount } }', "Dit past niet bij het schema.", (1, 24)),
    ],
)  # fmt: skip
def test_what_is_said_of_a_document_that_does_not_fit(
    text: str, message: str, place: tuple[int, int]
) -> None:
    """In Dutch, with the place; the first reason is told here."""
    code, found, places = refusals(text)[0]

    assert (code, found, places[0]) == (Code.VALIDATIE, message, place)


@pytest.mark.parametrize(
    ("text", "without", "hint"),
    [
        ("query($b: Bsn!) { mens(bsn: $b) { bns } }",
         "Het type Mens heeft dit veld niet", "bedoelde u: bsn?"),
        ("{ vondstn { __typename } }",
         "Het type Query heeft dit veld niet", "bedoelde u: vondsten?"),
        ("query($b: Int) { mens(bsn: $b) { bsn } }",
         "Het type van de variabele $b past hier niet", "verwacht: Bsn!"),
        ("query($b: [Int!]) { mensen(bsns: $b) { bsn } }",
         "Het type van de variabele $b past hier niet", "verwacht: [Bsn!]!"),
        (f"{{ vondsten{'n' * 60} }}", "Het type Query heeft dit veld niet", None),
        (f"{{ vondsten{SECRET} }}", "Het type Query heeft dit veld niet", None),
    ],
)  # fmt: skip
def test_what_would_be_right_is_told_only_with_introspection(
    text: str, without: str, hint: str | None
) -> None:
    """Names of our own schema, which is no secret there; in production nothing of it."""
    closed = Documents(shared_facts(), Limits(), introspection=False)
    with pytest.raises(RequestErrors) as caught:
        closed.prepare(text)

    assert [each.message for each in caught.value.errors] == [f"{without}."]
    assert refusals(text)[0][1] == (f"{without} ({hint})." if hint else f"{without}.")


@pytest.mark.parametrize(
    "text",
    [
        f"{{ {SECRET} }}",
        f"{{ mens({SECRET}: 1) {{ bsn }} }}",
        f"{{ vondsten {{ ... on {SECRET} {{ x }} }} }}",
        f"{{ ...{SECRET} }}",
        f"{{ __typename }} fragment {SECRET} on Mens {{ bsn }}",
        f'{{ ding(id: "{SECRET}/") {{ id }} }}',
        f'{{ mens(bsn: "{SECRET}") {{ bsn }} }}',
        f"{{ mens(bsn: {SECRET}) {{ bsn }} }}",
        f'{{ mensenGezocht(filter: {{kleur: "{SECRET}"}}) {{ totalCount }} }}',
        f"{{ mensenGezocht(filter: {{kleur: {SECRET}}}) {{ totalCount }} }}",
        f"{{ mensenGezocht(filter: {{{SECRET}: 1}}) {{ totalCount }} }}",
        f'{{ mensenGezocht(first: "{SECRET}") {{ totalCount }} }}',
        f"{{ vondsten @{SECRET} {{ __typename }} }}",
        f"{{ {SECRET}: __typename {SECRET}: vondsten {{ __typename }} }}",
        f"{SECRET} {{ a }}",
        f'{{ "{SECRET}" }}',
        "{ mensenGezocht(filter: {kleur: "
        f"\"Cannot query field 'x' on type '{SECRET}'\"}}) {{ totalCount }} }}",
        f'{{ mensenGezocht(filter: {{x: "Verwacht voor Bsn: {SECRET}."}}) {{ totalCount }} }}',
    ],
)
def test_no_message_repeats_what_the_client_wrote(text: str) -> None:
    """A burgerservicenummer can stand anywhere in a document; in no answer and no log."""
    assert SECRET not in str(refusals(text))
    assert "99999" not in str(refusals(text))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f'{{ mens(bsn: "{ANNA}") {{ bsn }} }}', [(1, 13)]),
        (f'{{ mensen(bsns: ["{ANNA}", "{ANNA}"]) {{ bsn }} }}', [(1, 17), (1, 30)]),
        (f'{{ mensen(bsns: "{ANNA}") {{ bsn }} }}', [(1, 16)]),
        (f'{{ mensenGezocht(filter: {{bsn: "{ANNA}"}}) {{ totalCount }} }}', [(1, 31)]),
        (f'query($b: Bsn = "{ANNA}") {{ mens(bsn: $b) {{ bsn }} }}', [(1, 17)]),
        (f'query($b: [Bsn!] = ["{ANNA}"]) {{ mensen(bsns: $b) {{ bsn }} }}', [(1, 21)]),
        (f'query($b: Filter = {{bsn: "{ANNA}"}}) {{ mensenGezocht(filter: $b) {{ totalCount }} }}',
         [(1, 26)]),
        (f'{{ ...F }} fragment F on Query {{ mens(bsn: "{ANNA}") {{ bsn }} }}', [(1, 42)]),
        (f'query($b: Bsn!) {{ mens(bsn: $b) {{ ... {{ ander(bsn: "{ANNA}") {{ bsn }} }} }} }}',
         [(1, 52)]),
        (f'query($b: Bsn!) {{ mensen(bsns: [$b, "{ANNA}"]) {{ bsn }} }}', [(1, 37)]),
    ],
)  # fmt: skip
def test_who_a_question_is_about_stands_in_the_variables(
    text: str, places: list[tuple[int, int]]
) -> None:
    """Not in the text: as an argument, in a list, an input, a default, a fragment."""
    message = "Geef een gegeven dat een persoon aanwijst altijd als variabele mee."

    assert refusals(text) == [(Code.INVOER, message, tuple(places))]


@pytest.mark.parametrize(
    "text",
    [
        "query($b: Bsn!) { mensen(bsns: [$b]) { bsn } }",
        "query($b: Bsn) { mensenGezocht(filter: {bsn: $b}) { totalCount } }",
        "{ mensenGezocht(filter: {bsn: null}) { totalCount } }",
        "{ mensenGezocht(filter: {kleur: ROOD}) { totalCount } }",
    ],
)
def test_what_names_nobody_may_be_written(text: str) -> None:
    """A variable within a list or an input, and null."""
    assert prepared(text).operations


def message(definitions: str, **values: Any) -> str:
    """What is said of variables that do not fit."""
    kept = documents()
    names = re.findall(r"\$(\w+): ([\w!\[\]]+)", definitions)
    uses = " ".join(f"u{name}: {_use(name, kind)}" for name, kind in names)
    operation = kept.prepare(f"query({definitions}) {{ {uses} }}").operation(None)
    with pytest.raises(RequestError) as caught:
        kept.variables(operation, values)
    assert caught.value.code is Code.INVOER
    return caught.value.message


def _use(name: str, kind: str) -> str:
    uses = {
        "Bsn!": "mens(bsn: $%s) { bsn }",
        "[Bsn!]!": "mensen(bsns: $%s) { bsn }",
        "Filter": "mensenGezocht(filter: $%s) { totalCount }",
        "Int!": "mensenGezocht(first: $%s) { totalCount }",
        "Boolean!": "__typename @skip(if: $%s)",
    }
    return uses[kind] % name


BSN = "Verwacht voor Bsn: negen cijfers die aan de elfproef voldoen, of een persoonRef."
VALUE = "Er moet een waarde gegeven worden."
KIND = "Vergelijk haar met het type dat de operatie noemt."


@pytest.mark.parametrize(
    ("definitions", "values", "expected"),
    [
        ("$b: Bsn!", {"b": SECRET}, BSN),
        ("$b: Bsn!", {"b": 999990019}, BSN),
        ("$b: Bsn!", {"b": [SECRET]}, BSN),
        ("$b: Bsn!", {"b": {SECRET: SECRET}}, BSN),
        ("$b: Bsn!", {"b": f"Verwacht voor Geheim: {SECRET}."}, BSN),
        ("$b: Bsn!", {}, VALUE),
        ("$b: Bsn!", {"b": None}, VALUE),
        ("$b: [Bsn!]!", {"b": [ANNA, SECRET]}, BSN),
        ("$b: [Bsn!]!", {"b": [None]}, VALUE),
        ("$b: Filter", {"b": {"bsn": SECRET}}, BSN),
        ("$b: Filter", {"b": {"kleur": SECRET}}, KIND),
        ("$b: Filter", {"b": {SECRET: 1}}, KIND),
        ("$b: Filter", {"b": {"x": f"Verwacht voor Geheim: {SECRET}."}}, KIND),
        ("$b: Filter", {"b": SECRET}, KIND),
        ("$b: Int!", {"b": SECRET}, KIND),
        ("$b: Int!", {"b": 2**40}, KIND),
        ("$b: Boolean!", {"b": SECRET}, KIND),
    ],
)
def test_what_is_said_of_a_variable_that_does_not_fit(
    definitions: str, values: dict[str, Any], expected: str
) -> None:
    """Which one, and what is expected; never what was sent."""
    assert message(definitions, **values) == f"De variabele $b past niet. {expected}"


def test_a_variable_that_the_operation_does_not_have() -> None:
    """A mistake in a name would otherwise be a question about something else."""
    said = message("$b: Bsn!", b=ANNA, **{SECRET: 1})

    assert said == "Er is een variabele meegegeven die de operatie niet noemt."


def test_only_the_first_faults_are_told() -> None:
    """Ten at most, so that an answer is not longer than its question."""
    wrong = " ".join(f"x{number}" for number in range(50))

    assert len(refusals(f"{{ vondsten {{ ... on Ding {{ {wrong} }} }} }}")) == 10


@pytest.mark.parametrize(
    "given",
    [
        {"b": ANNA, "n": 2, "s": True},
        {"b": ANNA, "n": 2},
        {"b": ANNA, "n": None, "s": False},
        {"b": [ANNA], "n": 2, "s": True},
    ],
)
def test_variables_are_coerced_alike_every_time(given: dict[str, Any]) -> None:
    """Of an operation that was asked before, their types are known."""
    kept = documents()
    text = (
        "query($b: [Bsn!]!, $n: Int, $s: Boolean = true) "
        "{ mensen(bsns: $b) @skip(if: $s) { bsn } mensenGezocht(first: $n) { totalCount } }"
    )
    operation = kept.prepare(text.replace("$n: Int", "$n: Int!")).operation(None)
    if given.get("n") is None:
        operation = kept.prepare(text.replace("$n: Int", "$n: Int = 3")).operation(None)
    expected = documents().variables(operation, given)
    kept.variables(operation, {"b": [ANNA], "n": 1, "s": True})

    for _ in range(2):
        found = kept.variables(operation, given)
        assert found.coerced == expected.coerced
        assert {name: source.value for name, source in found.sources.items()} == {
            name: source.value for name, source in expected.sources.items()
        }


def test_types_of_variables_are_forgotten_with_their_operation() -> None:
    """The next operation may stand where this one stood."""
    kept = documents()
    for kind, value in [("Int", 1), ("Boolean", True)] * 20:
        operation = parse(f"query($x: {kind}) {{ __typename }}").definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        assert kept.variables(operation, {"x": value}).coerced == {"x": value}
        assert type(kept.variables(operation, {"x": value}).coerced["x"]) is type(value)
        with pytest.raises(RequestError):
            kept.variables(operation, {"x": "onzin"})
        del operation
        gc.collect()


def test_nothing_of_a_request_stays_behind() -> None:
    """What is kept of a document holds no value that was sent with it."""
    kept = documents()
    text = "query($b: Bsn!) { mens(bsn: $b) { bsn } }"
    operation = kept.prepare(text).operation(None)
    kept.variables(operation, {"b": ANNA})

    assert ANNA not in json.dumps(kept.prepare(text).document.to_dict())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"query Q{ANNA} {{ __typename }}", (1, 7)),
        (f"{{ _{ANNA}: __typename }}", (1, 3)),
        (f"query($v{ANNA}: Boolean! = true) {{ __typename @skip(if: $v{ANNA}) }}", (1, 8)),
        (f"{{ ...F{ANNA} }} fragment F{ANNA} on Query {{ __typename }}", (1, 6)),
    ],
)
def test_no_name_in_a_document_holds_a_person(text: str, place: tuple[int, int]) -> None:
    """Names are told: of operations in logs, of variables and aliases in errors."""
    ((code, message, places),) = refusals(text)

    assert (code, places[0]) == (Code.INVOER, place)
    assert ANNA not in message


def test_a_number_that_is_nobodys_may_stand_in_a_name() -> None:
    assert prepared("query Q123456789 { a0123456789: __typename }").operations
