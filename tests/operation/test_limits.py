"""How much one request may ask: each bound at its edge, and in time linear in the document."""

from dataclasses import replace

import pytest
from graphql import Lexer, OperationType, Source, TokenKind, get_introspection_query, parse
from hypothesis import given
from hypothesis import strategies as st

from gateway.operation.errors import Code, Location, RequestError
from gateway.operation.limits import Limits, Measure, check_document, check_text

LIMITS = Limits()


def measured(query: str, limits: Limits = LIMITS) -> Measure:
    """What checking a document tells."""
    return check_document(parse(query), limits)


def refusal(query: str, limits: Limits = LIMITS, introspection: bool = True) -> RequestError:
    """Why a document is refused."""
    with pytest.raises(RequestError) as caught:
        check_document(parse(query), limits, introspection=introspection)
    return caught.value


def text_refusal(text: str, limits: Limits = LIMITS) -> RequestError:
    """Why a text is refused."""
    with pytest.raises(RequestError) as caught:
        check_text(text, limits)
    return caught.value


def nested(levels: int, name: str = "a") -> str:
    """A question that many levels deep."""
    return f"{{{name}" * levels + "}" * levels


def bomb(length: int) -> str:
    """Fragments that each use the next twice: 2 to the power of `length` fields when followed."""
    chain = [f"fragment F{n} on Q{{...F{n + 1} ...F{n + 1}}}" for n in range(length - 1)]
    return "".join(["{...F0}", *chain, f"fragment F{length - 1} on Q{{a}}"])


def test_text_at_its_bounds_passes() -> None:
    """15,000 characters, 1,000 tokens and 60 brackets deep are still allowed."""
    check_text("{a}" + " " * 14_997, LIMITS)
    check_text("{" + "a " * 998 + "}", LIMITS)
    check_text("{a" * 60 + "}" * 60, LIMITS)


@pytest.mark.parametrize(
    "text",
    ["{a}" + " " * 14_998, "{" + "a " * 999 + "}", "{a" * 61 + "}" * 61, "[" * 61, "(" * 61],
)
def test_text_over_its_bounds_is_refused(text: str) -> None:
    """One more of each is not."""
    assert text_refusal(text).code is Code.LIMIET


def tokens_of(text: str) -> int:
    """How many tokens graphql-core's own lexer finds."""
    lexer = Lexer(Source(text))
    count = 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count


@pytest.mark.parametrize(
    "text",
    [
        "{ a, b }",
        'query Q($x: [Int!]! = [1, -2.5e3]) { a(x: $x, s: "t#x { \\" }") }',
        '{a(x:"""a "quoted" { \\""" # }""" y:"" z:"""""")} # {{{{ not counted',
        "{...F ... on Q @skip(if: true) {a}}",
        "\ufeff{a}\r\n#x\r{",
        "{a(x:{y:[1,0.5,true,null,$z,E]})}&|",
    ],
)
def test_tokens_are_counted_as_the_parser_does(text: str) -> None:
    """Neither comments nor commas count, and a string is one, whatever is in it."""
    check_text(text, replace(LIMITS, tokens=tokens_of(text)))
    assert text_refusal(text, replace(LIMITS, tokens=tokens_of(text) - 1)).code is Code.LIMIET


@given(st.text(alphabet='"\\#{}[]()aé\n\r .1-$@|!', max_size=400))
def test_any_text_is_scanned(text: str) -> None:
    """What is no GraphQL is left to the parser."""
    check_text(text, LIMITS)


@pytest.mark.parametrize("part", ['"', '"""', "\\", '\\"', '\\"""', '"\\', ".", "-1", "#", "é"])
def test_no_text_takes_more_than_one_look(part: str) -> None:
    """Repeating what could make a regular expression go back ends with an answer."""
    text = (part * 15_000)[:15_000]
    for opened in ("", '"', '"""'):
        try:
            check_text((opened + text)[:15_000], LIMITS)
        except RequestError as error:
            assert error.code is Code.LIMIET


def test_depth() -> None:
    """Ten levels, and not eleven; inline fragments and fragments are no level."""
    assert measured(nested(10)).depth == 10
    assert refusal(nested(11)).code is Code.LIMIET
    assert measured("{a{...F}} fragment F on Q{... on Q{...{b{c}}}}").depth == 3
    assert refusal(f"{{a{{...F}}}} fragment F on Q{nested(10)}").code is Code.LIMIET


def test_edges_and_node_are_no_level_of_depth() -> None:
    """They only wrap a list; as leaves they are fields like any other."""
    query = "{zaken{edges{node{rollen{edges{node{persoon{adres{pand{id}}}}}}}}}}"

    assert measured(query).depth == 6
    assert measured("{edges}").depth == 1


def test_a_question_begins_at_what_stands_in_mijn() -> None:
    """It is no level of depth, and its fields are the ones that the question begins with."""
    ten = " ".join(f"a{number}" for number in range(10))

    assert measured("{mijn{a{b} c}}").depth == 2
    assert measured("{m: mijn{a c} x ...{mijn{d}}}").direct == 4
    assert measured("{m: mijn{a c}}").aliases == 1
    assert measured("{mijn{a}}").fields == 2
    assert measured(f"{{mijn{{{ten}}}}}").direct == 10
    assert refusal(f"{{b mijn{{{ten}}}}}").code is Code.LIMIET


def test_fields_are_counted_where_they_are_used() -> None:
    """A fragment used three times counts three times; one that is not used, not."""
    query = "{a{...F ...F} b{...F}} fragment F on Q{x y} fragment G on Q{x y z}"

    assert measured(query).fields == 8


def test_root_fields() -> None:
    """Ten, also when they come out of fragments."""
    ten = " ".join(f"a{number}" for number in range(10))

    assert measured(f"{{{ten}}}").direct == 10
    assert refusal(f"{{{ten} ...{{b}}}}").code is Code.LIMIET
    assert refusal("{...F ...F} fragment F on Q{a b c d e f}").code is Code.LIMIET


def test_aliases() -> None:
    """Fifteen, multiplied by the use of their fragment."""
    query = "{p{...F} q{...F} r{...F} s{...F}} fragment F on Q{a:x b:x c:x}"

    assert measured(query).aliases == 12
    assert refusal(query, replace(LIMITS, aliases=11)).code is Code.LIMIET


@pytest.mark.parametrize(
    "query",
    [
        "query @skip(if:true) @skip(if:true) {a}",
        "query($x:Int @include(if:true) @include(if:true)){a}",
        "{...F @skip(if:true) @skip(if:true)} fragment F on Q{a}",
        "{... @skip(if:true) @skip(if:true) {a}}",
        "{...F} fragment F on Q @skip(if:true) @skip(if:true) {a}",
        "{a @kanarie}",
        "query($x:Int @kanarie){a}",
    ],
)
def test_directives_that_are_repeated_or_unknown_are_refused_wherever_they_stand(
    query: str,
) -> None:
    """Without repeating their name."""
    error = refusal(query)

    assert error.code is Code.VALIDATIE
    assert "kanarie" not in error.message


def test_directives_count_and_multiply() -> None:
    """Twenty, as they would be executed."""
    query = "{p{...F} q{...F}} fragment F on Q{a@skip(if:true) b@skip(if:true)}"

    assert measured(query).directives == 4
    assert refusal(query, replace(LIMITS, directives=3)).code is Code.LIMIET
    assert refusal("{a" + "@skip(if:true)" * 10_000 + "}").code is Code.VALIDATIE


@pytest.mark.parametrize(
    "query",
    [
        "{...A} fragment A on Q{...A}",
        "{...A} fragment A on Q{a{...B}} fragment B on Q{...{...A}}",
        "{a} fragment A on Q{...B} fragment B on Q{...A}",
    ],
)
def test_circular_fragments_are_refused(query: str) -> None:
    """Used or not, directly or through others."""
    assert refusal(query).code is Code.VALIDATIE


def test_a_fragment_is_defined_once() -> None:
    """Else it is not known which one is meant."""
    assert refusal("{...A} fragment A on Q{a} fragment A on Q{b}").code is Code.VALIDATIE


@pytest.mark.parametrize("length", [18, 22, 30])
def test_fan_out_is_refused_after_a_look_at_each_node(length: int) -> None:
    """What doubles with every fragment is counted, not followed."""
    assert refusal(bomb(length)).code is Code.LIMIET


def test_fan_out_visits_each_node_once() -> None:
    """With bounds that let it through, a billion fields are known from 91 nodes."""
    wide = replace(LIMITS, fields=2**40, root_fields=2**40)

    measure = measured(bomb(30), wide)

    assert measure.fields == 2**29
    assert measure.visited == 1 + 1 + 30 + 2 * 29 + 1


def test_an_unknown_fragment_counts_as_a_field() -> None:
    """Validation refuses it; until then it cannot hide a fan-out."""
    assert measured("{...A ...A}").fields == 2
    assert refusal(bomb(30).rsplit("fragment", 1)[0]).code is Code.LIMIET


def test_a_long_chain_of_fragments_does_not_fill_the_stack() -> None:
    """Fragments are measured from the inside out, without recursion."""
    chain = "".join(f"fragment F{n} on Q{{...{{...F{n + 1}}}}}" for n in range(5_000))
    wide = replace(LIMITS, fragments=10_000)

    assert measured("{...F0}" + chain + "fragment F5000 on Q{a}", wide).fields == 1


def test_only_queries() -> None:
    """Nothing is written and nothing is followed."""
    for operation in ("mutation", "subscription"):
        error = refusal(f"{operation} {{a}}")
        assert error.code is Code.ALLEEN_LEZEN
        assert error.locations == (Location(1, 1),)


def test_only_subscriptions() -> None:
    """Where those are served nothing else is, and they are bounded alike."""
    following = OperationType.SUBSCRIPTION
    assert check_document(parse("subscription{a}"), LIMITS, kind=following).fields == 1
    for text, code in (
        ("{a}", Code.GEEN_ABONNEMENT),
        ("mutation{a}", Code.ALLEEN_LEZEN),
        ("subscription{" + "a{" * 20 + "a" + "}" * 21, Code.LIMIET),
    ):
        with pytest.raises(RequestError) as refused:
            check_document(parse(text), LIMITS, kind=following)
        assert refused.value.code is code


def test_one_operation_a_document_unless_configured() -> None:
    """What would not be run is not looked at either."""
    both = "query A{a} query B{a}"

    assert refusal(both).code is Code.LIMIET
    assert measured(both, replace(LIMITS, operations=2)).fields == 2


def test_definitions_of_types_are_refused() -> None:
    """A document holds questions only."""
    assert refusal("{a} type T{a:Int}").code is Code.VALIDATIE


@pytest.mark.parametrize("descriptions", [True, False])
def test_the_standard_introspection_passes_when_it_is_on(descriptions: bool) -> None:
    """Within bounds of its own; to the operation it is one field."""
    query = get_introspection_query(
        descriptions=descriptions,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )

    check_text(query, LIMITS)
    measure = measured(query)

    assert (measure.fields, measure.depth) == (1, 1)
    assert measure.introspection_depth == 14


def test_introspection_has_bounds_too() -> None:
    """A wide or deep question about the schema is refused."""
    wide = "{__schema{" + "types{...T}" * 10 + "}} fragment T on __Type{" + "name " * 60 + "}"

    assert refusal(f"{{__schema{nested(21)}}}").code is Code.LIMIET
    assert refusal(wide).code is Code.LIMIET


def test_introspection_does_not_hide_a_deep_question() -> None:
    """What a fragment may hold under `__schema` it may not hold elsewhere."""
    fragment = f"fragment F on __Type{nested(12)}"

    assert measured(f"{{__schema{{types{{...F}}}}}} {fragment}").depth == 1
    assert refusal(f"{{a{{...F}}}} {fragment}").code is Code.LIMIET


@pytest.mark.parametrize(
    "query",
    [
        "{__schema{types{name}}}",
        '{a{b:__type(name:"X"){name}}}',
        "{a} fragment F on Q{__schema{a}}",
    ],
)
def test_introspection_is_refused_when_it_is_off(query: str) -> None:
    """Wherever it stands, but `__typename` is always told."""
    assert refusal(query, introspection=False).code is Code.INTROSPECTIE_UIT
    check_document(parse("{__typename}"), LIMITS, introspection=False)


def test_works_without_locations() -> None:
    """Which a parser may leave out."""
    document = parse("mutation{a}", no_location=True)

    with pytest.raises(RequestError) as caught:
        check_document(document, LIMITS)

    assert "locations" not in caught.value.formatted()
