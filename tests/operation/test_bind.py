"""The arguments of one request, their bounds, and what an operation is expected to cost."""

from typing import Any

import pytest

from gateway.operation.bind import CALL_COST, LIST_SIZE, Bound, bind
from gateway.operation.errors import Code, RequestError
from gateway.operation.limits import Limits
from gateway.operation.plan import Plan, make_plan
from gateway.operation.prepare import Documents
from gateway.source.directory import Directory
from tests.operation.asking import bound
from tests.registry import ANNA, BRAM, everything, shared_facts


def arguments(query: str, **variables: Any) -> list[Bound]:
    """The arguments of each step."""
    plan = bound(query, **variables)
    return [plan.of(step) for step in plan.plan.steps]


def test_the_key_is_no_argument() -> None:
    """It comes apart, in the order of the client; other arguments go as the read takes them."""
    (one,) = arguments("query($b: Bsn!) { mens(bsn: $b) { bsn } }", b=ANNA)
    (many,) = arguments("query($b: [Bsn!]!) { mensen(bsns: $b) { bsn } }", b=[BRAM, ANNA, BRAM])

    assert one == Bound({}, "{}", (ANNA,), False)
    assert many == Bound({}, "{}", (BRAM, ANNA, BRAM), True)


def test_arguments_are_plain_values() -> None:
    """Enums as the source writes them, inputs with Python's names and every key."""
    query = "query($b: Bsn) { mensenGezocht(filter: {kleur: ROOD, bsn: $b}) { totalCount } }"
    (found,) = arguments(query, b=ANNA)

    assert found.arguments == {
        "filter": {"kleur": "rood", "naam_van": None, "bsn": ANNA},
        "first": 20,
        "after": None,
    }
    assert found.keys is None


def test_equal_questions_are_equal_as_text() -> None:
    """Literal or by variable, in whatever order, left out or null."""
    texts = {
        found.canonical
        for query, variables in (
            ('{ mensenGezocht(first: 3, after: "c1") { totalCount } }', {}),
            (
                "query($a: Cursor) { mensenGezocht(after: $a, first: 3) { totalCount } }",
                {"a": "c1"},
            ),
            ('{ mensenGezocht(first: 3, after: "c1", filter: null) { totalCount } }', {}),
            (
                "query($f: Filter)"
                ' { mensenGezocht(first: 3, after: "c1", filter: $f) { totalCount } }',
                {},
            ),
        )
        for found in arguments(query, **variables)
    }

    assert texts == {'{"after":"c1","filter":null,"first":3}'}


def test_a_link_without_arguments_has_none() -> None:
    """Nor has the second hop of one that has."""
    query = (
        """query($b: Bsn!) { mens(bsn: $b) { partner { bsn } makers(soort: "lang") { bsn } } }"""
    )
    _, partner, first, second = arguments(query, b=ANNA)

    assert partner == second == Bound({}, "{}", None)
    assert first.arguments == {"soort": "lang"}


def test_one_node_for_several_types_is_bound_once() -> None:
    """A link on an interface has one set of arguments."""
    plan = bound("query($b: Bsn!) { mens(bsn: $b) { verblijf { eigenaar { bsn } } } }", b=ANNA)

    assert len(plan.by_node) == 2


@pytest.mark.parametrize(
    ("query", "variables", "message"),
    [
        ("{ mensenGezocht(first: 0) { totalCount } }", {},
         "Kies first van mensenGezocht van 1 tot en met 100."),
        ("query($f: Int!) { mensenGezocht(first: $f) { totalCount } }", {"f": 101},
         "Kies first van mensenGezocht van 1 tot en met 100."),
        ("query($b: [Bsn!]!) { mensen(bsns: $b) { bsn } }", {"b": [ANNA] * 11},
         "Vraag met bsns van mensen hoogstens 10 tegelijk."),
        ("query($f: Int = 5) { mensenGezocht(first: $f) { totalCount } }", {"f": None},
         "Een argument van mensenGezocht past niet bij wat het schema daar verwacht."),
    ],
)  # fmt: skip
def test_what_is_outside_its_bounds_is_refused(
    query: str, variables: dict[str, Any], message: str
) -> None:
    """Before anything is asked, and without repeating the value."""
    with pytest.raises(RequestError) as caught:
        bound(query, **variables)

    assert (caught.value.code, caught.value.message) == (Code.INVOER, message)


def test_what_holds_no_variable_is_bound_once_for_a_plan() -> None:
    """In every request the same; what holds one, however deep, is bound anew."""
    query = """query($n: Int, $b: Bsn) { mensenGezocht(first: 3) { totalCount }
      a: mensenGezocht(first: $n) { totalCount } b: mensenGezocht(filter: {bsn: $b}) { totalCount }
    }"""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    prepared = documents.prepare(query)
    operation = prepared.operation(None)
    plan = make_plan(shared_facts(), operation, prepared.fragments, {}, everything())
    asked = ({"n": 1, "b": ANNA}, {"n": 2, "b": BRAM})
    one, two = (bind(shared_facts(), plan, documents.variables(operation, each)) for each in asked)

    fixed, varying, deep = plan.steps
    assert one.of(fixed) is two.of(fixed)
    assert [each.of(varying).arguments["first"] for each in (one, two)] == [1, 2]
    assert [each.of(deep).arguments["filter"]["bsn"] for each in (one, two)] == [ANNA, BRAM]


VARYING = """query Varying($n: Int, $a: Cursor, $b: Bsn) {
  mensenGezocht(first: $n, after: $a, filter: {kleur: ROOD}) { totalCount }
  deep: mensenGezocht(first: 4, filter: {kleur: ROOD, bsn: $b}) { totalCount } }"""


@pytest.mark.parametrize(
    "asked",
    [{"n": 2, "a": "c2", "b": BRAM}, {"n": 3, "a": None, "b": None}, {"n": 3}, {"a": "c3"}, {}],
)
def test_what_varies_is_bound_as_the_first_time(asked: dict[str, Any]) -> None:
    """Where a variable has no value too: it is as if the argument was not there, or null."""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    prepared = documents.prepare(VARYING)
    operation = prepared.operation(None)

    def plan() -> Plan:
        return make_plan(shared_facts(), operation, prepared.fragments, {}, everything())

    used, fresh = plan(), plan()
    before = documents.variables(operation, {"n": 1, "a": "c1", "b": ANNA})
    bind(shared_facts(), used, before)
    values = documents.variables(operation, asked)
    again, first = (bind(shared_facts(), each, values) for each in (used, fresh))

    assert [first.of(each) for each in fresh.steps] == [again.of(each) for each in used.steps]
    assert first.estimates == again.estimates
    assert first.cost == again.cost


def test_nothing_of_a_request_is_kept_with_a_plan() -> None:
    """Who was asked about stands in variables, however deep."""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    one = "query($b: Bsn!) { mens(bsn: $b) { bsn } }"
    for text, asked in ((VARYING, {"n": 1, "a": "c1", "b": ANNA}), (one, {"b": ANNA})):
        prepared = documents.prepare(text)
        operation = prepared.operation(None)
        plan = make_plan(shared_facts(), operation, prepared.fragments, {}, everything())
        bind(shared_facts(), plan, documents.variables(operation, asked))

        kept = repr((plan.kept.bound, plan.kept.fixed, plan.kept.sources, plan.kept.estimated))
        assert plan.kept.bound
        assert not any(each in kept for each in (ANNA, "c1"))


def test_null_is_refused_where_it_may_not_be_also_when_it_varies() -> None:
    """Of a variable that has a default null may be said; of an argument that has one not."""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    prepared = documents.prepare("query($f: Int = 5) { mensenGezocht(first: $f) { totalCount } }")
    operation = prepared.operation(None)
    plan = make_plan(shared_facts(), operation, prepared.fragments, {}, everything())
    bind(shared_facts(), plan, documents.variables(operation, {"f": 1}))
    with pytest.raises(RequestError) as caught:
        bind(shared_facts(), plan, documents.variables(operation, {"f": None}))

    assert caught.value.code is Code.INVOER


def test_the_cost_follows_the_keys_of_each_request() -> None:
    """Also where the plan is the same."""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    prepared = documents.prepare("query($b: [Bsn!]!) { mensen(bsns: $b) { bsn leeftijd } }")
    operation = prepared.operation(None)
    plan = make_plan(shared_facts(), operation, prepared.fragments, {}, everything())
    asked = ([ANNA], [BRAM], [ANNA, BRAM] * 2, [ANNA])
    costs = [
        bind(shared_facts(), plan, documents.variables(operation, {"b": each})).cost
        for each in asked
    ]

    assert costs == [CALL_COST + 2, CALL_COST + 2, 2 * CALL_COST + 8, CALL_COST + 2]


def test_the_cost_follows_the_sources_of_each_municipality() -> None:
    """Also where the plan is the same."""
    documents = Documents(shared_facts(), Limits(), introspection=True)
    prepared = documents.prepare("query($b: Bsn!) { mens(bsn: $b) { bsn leeftijd } }")
    operation = prepared.operation(None)
    plan = make_plan(shared_facts(), operation, prepared.fragments, {}, everything())
    values = documents.variables(operation, {"b": ANNA})
    one, two = (
        Directory(names, {"mensen": "mensen"}) for names in (["mensen"], ["mensen", "mensen-b"])
    )
    costs = [bind(shared_facts(), plan, values, each).cost for each in (one, two, one)]

    assert costs == [CALL_COST + 2, 2 * CALL_COST + 2, CALL_COST + 2]


def test_an_empty_list_of_keys_asks_for_nothing() -> None:
    """It is within its bounds, and costs nothing."""
    found = bound("query($b: [Bsn!]!) { mensen(bsns: $b) { bsn } }", b=[])

    assert found.by_node[id(found.plan.steps[0].node)].keys == ()
    assert found.cost == 0


def test_the_cost_of_a_question() -> None:
    """Calls, in batches of what the read takes, and selected fields of each object."""
    one = bound("query($b: Bsn!) { mens(bsn: $b) { bsn leeftijd } }", b=ANNA)
    four = bound("query($b: [Bsn!]!) { mensen(bsns: $b) { bsn } }", b=[ANNA, BRAM] * 2)
    page = bound("{ mensenGezocht(first: 7) { totalCount } }")

    assert one.cost == CALL_COST + 2
    assert four.cost == 2 * CALL_COST + 4
    assert page.cost == CALL_COST + 7


def test_a_fragment_costs_what_it_holds_wherever_it_is_used() -> None:
    """A list asked for through a named fragment is as long as one that is written out."""
    inner = "edges { node { bezit { id } verblijven { eigenaar { bsn } } } }"
    plain = (
        f"{{ a: mensenGezocht(first: 7) {{ {inner} }} b: mensenGezocht(first: 7) {{ {inner} }} }}"
    )
    named = (
        "{ a: mensenGezocht(first: 7) { ...Lijst } "
        "b: mensenGezocht(first: 7) { ...Lijst ...Lijst } } "
        "fragment Lijst on MensConnection { ...Binnen } "
        f"fragment Binnen on MensConnection {{ {inner} }}"
    )

    assert bound(named).cost == bound(plain).cost > 7 * LIST_SIZE


def test_the_cost_grows_with_what_stands_above() -> None:
    """A page of seven, each with a link; a list inside an object is taken to have some items."""
    query = "{ mensenGezocht(first: 7) { edges { node { bezit { id } } } } }"
    root, bezit = bound(query).plan.steps
    estimates = bound(query).estimates

    assert (estimates[root.number].keys, estimates[root.number].objects) == (1, 7)
    assert (estimates[bezit.number].keys, estimates[bezit.number].calls) == (7, 7)
    assert estimates[bezit.number].objects == 14

    inside = bound("query($b: Bsn!) { mens(bsn: $b) { verblijven { eigenaar { bsn } } } }", b=ANNA)
    assert inside.estimates[1].keys == LIST_SIZE


def test_a_named_key_below_is_asked_for_once() -> None:
    """However many objects stand above it."""
    query = (
        "query($b: Bsn!) { mensenGezocht(first: 50) { edges { node { ander(bsn: $b) { bsn } } } } }"
    )

    assert bound(query, b=ANNA).estimates[1].keys == 1
