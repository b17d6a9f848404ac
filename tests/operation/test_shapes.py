"""What texts of one shape share, and what none of them leaves behind."""

import gc
from collections.abc import Mapping
from types import FunctionType, ModuleType
from typing import Any

import pytest

from gateway.operation.accept import Acceptor
from gateway.operation.answer import Answer, Caller, Question
from gateway.operation.decision import Argument, Matter, Origin
from gateway.operation.errors import RequestError
from gateway.operation.limits import Limits
from gateway.operation.prepare import SENSITIVE, Documents
from gateway.operation.prepared import Prepared
from gateway.operation.shapes import Shapes
from tests.operation.asking import SCOPE, Desk, without, world
from tests.registry import ANNA, everything, shared_facts, sources

pytestmark = pytest.mark.anyio


def shapes(most: int = 100_000, **limits: int) -> Shapes:
    """Those of the invented registry; nothing was met yet."""
    acceptor = Acceptor(shared_facts().schema, SENSITIVE)
    return Shapes(acceptor, Limits(**limits), introspection=True, most=most)


def met(text: str, times: int = 2, **limits: int) -> Shapes:
    """Those that met a text so often."""
    kept = shapes(**limits)
    for _ in range(times):
        kept.prepared(text, "")
    return kept


def values(found: Prepared | None) -> list[Any] | None:
    """The literals of a text that is shared."""
    if found is None or found.wording is None:
        return None
    return list(found.wording.literals.values())


def documents() -> Documents:
    """Documents of the invented registry."""
    return Documents(shared_facts(), Limits(), introspection=True)


def test_a_shape_is_shared_from_its_second_text_on() -> None:
    """What is made of it is made once."""
    kept = documents()
    texts = [f'{{ d{each}: ding(id: "d{each}") {{ id }} }}' for each in range(4)]
    first, *others = map(kept.recognise, texts)

    assert first.wording is None
    assert [values(each) for each in others] == [["d1"], ["d2"], ["d3"]]
    assert len({id(each.document) for each in others}) == 1
    assert len({id(each.plans) for each in others}) == 1
    assert len({each.digest for each in others}) == 3


def test_a_text_that_is_known_is_not_looked_at_again() -> None:
    """Nor is one that is shared kept."""
    kept = documents()
    text, other = '{ a: ding(id: "boek") { id } }', '{ b: ding(id: "bel") { id } }'

    assert kept.recognise(text) is kept.recognise(text)
    assert kept.recognise(other) is not kept.recognise(other)


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("{ mensenGezocht(first: 5) { totalCount } }", "first: 7", [7]),
        ("{ mensenGezocht(first: 5) { totalCount } }", "first: 2147483647", [2147483647]),
        ("{ mensenGezocht(first: 5) { totalCount } }", "first: 2147483648", None),
        ("{ mensenGezocht(first: 5) { totalCount } }", f"first: {'9' * 5000}", None),
        ("{ mensenGezocht(first: 5) { totalCount } }", "first: 5.0", None),
        ("{ mensenGezocht(first: 5) { totalCount } }", 'first: "5"', None),
        ("{ mensenGezocht(first: 5) { totalCount } }", "first: -0", [0]),
        ('{ mensenGezocht(first: "a") { totalCount } }', "first: 5", [5]),
        ('{ makers(verslagen: ["v1"]) { leeftijd } }', 'verslagen: ["v2"]', ["v2"]),
        ('{ makers(verslagen: ["v1"]) { leeftijd } }', 'verslagen: "v2"', None),
        ('{ makers(verslagen: "v1") { leeftijd } }', 'verslagen: "v1"', None),
        ("{ mensenGezocht(filter: {kleur: ROOD}) { totalCount } }", "filter: {kleur: ROOD}", []),
        ("{ mensenGezocht(filter: {kleur: ROOD}) { totalCount } }", "filter: {kleur: BLAUW}", None),
        ('{ mensenGezocht(filter: {kleur: "a"}) { totalCount } }', 'filter: {kleur: "ROOD"}', None),
        ('{ mens(bsn: "a") { leeftijd } }', f'bsn: "{ANNA}"', None),
        ('{ ding(id: "a") { id @skip(if: 1) } }', 'id: "a"', None),
        (
            "query q($x: Int = 1) { a: __typename mensenGezocht(first: $x) { totalCount } }",
            "",
            None,
        ),
        ('{ ding(id: "a") { id } ding(id: "a") { id } }', 'id: "a"', None),
        ("{ a: __schema { __typename } }", "", None),
    ],
)
def test_literals_are_what_is_wanted_or_nothing_is_shared(
    text: str, other: str, expected: list[Any] | None
) -> None:
    """Whatever text made the shape: one that is wrong makes no other wrong, nor is let in by it."""
    kept = met(text)
    before, _, after = text.partition("(")
    renewed = f"{before}({other}{after[after.index(')') :]}" if other else text

    assert values(kept.prepared(renewed, "")) == expected


def test_bounds_hold_for_each_text() -> None:
    """A longer one is refused by its length, though its shape is known."""
    text = "{ a: __typename }"
    kept = met(text, characters=100)

    assert kept.prepared(text, "") is not None
    assert kept.prepared(text + " " * 100, "") is None


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("{ a: __typename b: __typename }", {"aliases": 1}),
        ("{ a: __typename b: __typename }", {"root_fields": 1}),
        ("{ a: __typename b: __typename }", {"fields": 1}),
        ("{ mensenGezocht(first: 1) { totalCount } }", {"depth": 1}),
        ("{ mensenGezocht(first: 1) { totalCount } }", {"tokens": 11}),
        ("{ mensenGezocht(first: 1) { totalCount } }", {"nesting": 1}),
    ],
)
def test_a_shape_that_asks_too_much_is_not_shared(text: str, limits: Mapping[str, int]) -> None:
    """It is bounded as the document that it is."""
    assert met(text).prepared(text, "") is not None
    assert met(text, times=3, **limits).prepared(text, "") is None


# ---- what is left behind ------------------------------------------------------------------------


def kept_texts(root: object) -> set[str]:
    """Every text that can be reached from something."""
    seen, found, waiting = set[int](), set[str](), [root]
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, type | FunctionType | ModuleType):
            continue
        seen.add(id(each))
        if isinstance(each, str | bytes):
            found.add(each if isinstance(each, str) else each.decode("latin-1"))
        waiting += gc.get_referents(each)
    return found


def test_no_literal_and_no_alias_stays_in_memory() -> None:
    """Of the texts that are shared: those of one request are gone with it."""
    kept = shapes()
    for each in range(5):
        kept.prepared(f'{{ roos{each}: ding(id: "tulp{each}") {{ id }} }}', "")

    texts = kept_texts(kept)
    assert [text for text in texts if "roos" in text or "tulp" in text] == []
    assert any("ding ( id : $" in text for text in texts)  # so it would have been found


def test_of_a_shape_that_was_met_once_nothing_stays_but_a_hash() -> None:
    """It may be anything."""
    kept = met("query geheim { naamloos { veld } }", times=1)

    assert [text for text in kept_texts(kept) if "geheim" in text or "naamloos" in text] == []


@pytest.mark.parametrize(
    "text",
    [
        '{ mensenGezocht(filter: {naamVan: "%s"}) { totalCount } }',
        '{ mensenGezocht(first: 1, after: "x%s") { totalCount } }',
        "{ __typename } # %s",
    ],
)
def test_nothing_of_a_text_with_a_number_of_a_person_is_kept(text: str) -> None:
    """Wherever it stands, however often it is sent, though its shape is known."""
    kept = documents()
    for word in ("a", "b", "c"):
        kept.recognise(text % word)
    for _ in range(3):
        kept.recognise(text % ANNA)
        kept.prepare(text % ANNA)

    assert [each for each in kept_texts(kept) if ANNA in each] == []


def test_a_name_with_a_number_of_a_person_is_refused() -> None:
    """Also in a text of which the shape is known."""
    kept = documents()
    for name in ("a", "b", "c"):
        kept.recognise(f"{{ {name}: __typename }}")

    with pytest.raises(RequestError):
        kept.recognise(f"{{ a{ANNA}: __typename }}")


def test_shapes_are_bounded() -> None:
    """By their characters; those that were not met for longest go first."""
    kept = shapes(most=250)
    first, other = "{ a: __typename }", '{ ding(id: "a") { id } }'
    for _ in range(2):
        kept.prepared(first, "")

    assert kept.prepared(first, "") is not None
    for text in (other, other, "{ b { c } }", "{ d { c } }"):
        kept.prepared(text, "")
    assert kept.prepared(first, "") is None


# ---- answers ------------------------------------------------------------------------------------


async def answered(desk: Desk, texts: list[str], **options: Any) -> Answer:
    """The answer to the last of these."""
    for text in texts:
        answer = await desk.answer(text, **options)
    return answer


DING = '{ %s: ding(id: "%s") { %s: id naam } }'


async def test_an_answer_has_the_names_and_values_of_its_text() -> None:
    """Never those of another with the same shape."""
    desk = Desk()
    asked = [("a", "boek", "x"), ("b", "bel", "y"), ("boek", "hark", "bel"), ("id2", "boek", "a")]
    bodies = [(await desk.answer(DING % words)).body["data"] for words in asked]

    assert [
        {name: ding[inner]}
        for body, (name, _, inner) in zip(bodies, asked, strict=True)
        for ding in [body[name]]
    ] == [{name: key} for name, key, _ in asked]
    assert [list(body[name]) for body, (name, _, _) in zip(bodies, asked, strict=True)] == [
        [inner, "naam"] for _, _, inner in asked
    ]


async def test_what_a_literal_says_is_bounded_and_costs_as_ever() -> None:
    """Where it is out of its bounds the answer says so, as for a text of which nothing is known."""
    text = "{ %s: mensenGezocht(first: %d) { edges { node { bezit { id eigenaar { bsn } } } } } }"
    desk = Desk(limits=Limits(cost=500))
    good = [text % (name, 2) for name in "abc"]
    bound = await answered(desk, [*good, text % ("d", 101)])
    cost = await answered(desk, [*good, text % ("d", 100)])

    (first,), (second,) = bound.body["errors"], cost.body["errors"]
    assert first["extensions"]["code"] == "INVOER"
    assert first["message"].startswith("Kies first van mensenGezocht")
    assert second["extensions"]["code"] == "LIMIET"


async def test_errors_stand_where_they_are_in_the_text() -> None:
    """Refusals and failures, by the path and the place of this very text."""
    desk = Desk()
    text = '# niets\n{\n   %s: ding(id: "%s")\n  { id, %s: prijs } }'
    answer = await answered(
        desk,
        [
            text % words
            for words in (("a", "boek", "p"), ("bb", "bel", "q"), ("ccc", "hark", "rrr"))
        ],
        labels=without("ding.prijs"),
    )

    (error,) = answer.body["errors"]
    assert error["path"] == ["ccc", "rrr"]
    assert error["locations"] == [{"line": 4, "column": 9}]


async def test_a_variable_that_does_not_fit_is_told_of_the_text() -> None:
    """At the place where the text declares it."""
    desk = Desk()
    text = "query v(\n %s $b: Bsn!) { %s: mens(bsn: $b) { leeftijd } }"
    for name in "xyz":
        await desk.answer(text % ("", name), {"b": ANNA})
    answer = await desk.answer(text % (",,,,", "w"), {"b": "1"})

    (error,) = answer.body["errors"]
    assert error["locations"] == [{"line": 2, "column": 7}]


async def test_rights_are_those_of_each_request() -> None:
    """Who asks first decides nothing for who asks next."""
    desk = Desk(world=world())
    for name in "abc":
        most = await desk.answer(DING % (name, "boek", "x"))
    less = await desk.answer(DING % ("d", "boek", "x"), labels=without("ding.basis"))
    again = await desk.answer(DING % ("e", "boek", "x"))

    assert most.codes == again.codes == []
    assert list(less.codes) == ["NIET_GEAUTORISEERD"]
    assert less.body["data"] == {"d": None}


async def test_an_explanation_and_a_strict_refusal_name_what_the_text_names() -> None:
    """They tell of more than the answer does, so they are made of the text."""
    desk = Desk()
    for name in "abc":
        await desk.answer(DING % (name, "boek", "x"))
    explained = await desk.answer(DING % ("d", "boek", "x"), explain=True)
    strict = await desk.answer(DING % ("e", "boek", "x"), labels=without("ding.basis"), strict=True)

    assert explained.body["extensions"]["uitleg"]["stappen"][0]["pad"] == ["d"]
    assert strict.body["errors"][0]["extensions"]["pad"] == ["e"]


async def test_a_decision_point_is_told_of_the_text() -> None:
    """A literal is one, whatever stands for it in the shape."""
    desk, told = Desk(), list[Matter]()

    async def decide(matter: Matter) -> None:
        told.append(matter)

    caller = Caller(everything(), SCOPE, None, sources(desk.world), decide=decide)
    for name in "abc":
        await desk.answer(DING % (name, "boek", "x"))
        await desk.operations.answer(Question(DING % (name, "bel", "x")), caller)

    arguments = (Argument("Query.ding", "id", Origin.LETTERLIJK),)
    assert [matter.arguments for matter in told] == [arguments] * 3
    assert len({matter.document for matter in told}) == 3


async def test_conditions_are_part_of_the_shape_or_variables() -> None:
    """A literal one is another shape; a variable is looked at for each request."""
    desk = Desk()
    literal = '{ %s: ding(id: "boek") { id naam @skip(if: %s) } }'
    variable = 'query q($s: Boolean!) { %s: ding(id: "boek") { id naam @skip(if: $s) } }'
    for skip in (True, False) * 3:
        found = [
            await desk.answer(literal % ("a1", str(skip).lower())),
            await desk.answer(literal % ("b1", str(skip).lower())),
            await desk.answer(variable % "c1", {"s": skip}),
        ]

        kept = [list(next(iter(answer.body["data"].values()))) for answer in found]
        assert kept == [["id"] if skip else ["id", "naam"]] * 3
