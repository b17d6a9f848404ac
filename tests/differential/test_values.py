"""Every kind of field with every kind of value, written in each of the ways there are."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pytest

from gateway.operation.bind import bind
from gateway.operation.complete import complete
from gateway.operation.failures import FieldFailure
from gateway.operation.fetched import TOGETHER, Fetched
from gateway.operation.plan import make_plan
from gateway.operation.prepare import Documents
from gateway.operation.writer.writer import Writers
from gateway.source.withheld import Withheld
from schema.language.facts import Facts
from tests.differential import dense
from tests.differential.compare import BOUNDLESS
from tests.differential.completed import completed, install
from tests.differential.test_writer import Sealer, told
from tests.differential.wild import BY_NAME, INSIDES, TEXTS, WRONG

pytestmark = pytest.mark.slow

FACTS, DULL = dense.facts(), dense.facts()
WRITERS = Writers(FACTS)
install(DULL)
VALUES = (
    *(*WRONG, *TEXTS, *INSIDES, *(each for values in BY_NAME.values() for each in values)),
    *(2**31 - 1, -(2**31), -(2**31) - 1, 0.0, -0.0, 3, 3.0, 1e400, "een", "mis", b"bytes"),
    *(("een",), ["een", "twee"], ["een", None], ["raar"], [1, 2], [1, None], [2**31], [True]),
    *([{}], [{"x": 1}], [{"x": "1"}], [None], [{"is": "punt", "x": 1}], [{"is": 1}], [[{}]]),
    *({"is": "punt"}, {"is": "punt", "x": 2}, {"is": 1, "x": 2}, {"is": True, "x": 2}, {"is": 2}),
    *({"kleur": ""}, {"kleur": "rood"}, {"kleur": "rood", "naam": ""}, {"kleur": 3}, {"is": ["x"]}),
    *(MappingProxyType({"kleur": "rood"}), [MappingProxyType({"is": "punt"})], {"kleur": None}),
    *({"kleur": "rood", "soort": "een"}, {"kleur": "rood", "soort": ""}, {"randen": ["a", None]}),
    *({"kleur": "rood", "randen": "ab"}, {"kleur": "rood", "binnen": {"is": "punt", "x": 1}}),
)
SELECTED: Mapping[str, Sequence[str]] = {
    "delen": (
        " { naam }",
        " { __typename naam ... on Punt { x y } ... on Vlak { kleur randen soort } }",
    ),
    "hoofddeel": (" { kleur naam }", " { kleur naam soort randen binnen { naam } }"),
    **dict.fromkeys(("ouder", "familie", "gelijken"), (" { id }",)),
    **dict.fromkeys(("vorm", "verder"), (" { naam }",)),
}
CASES = [
    (name, selected)
    for name in sorted(FACTS.types["Ding"].fields)
    for selected in SELECTED.get(name, ("",))
]


@pytest.mark.parametrize(("name", "selected"), CASES)
@pytest.mark.parametrize("alias", ["", "x: "], ids=["own name", "alias"])
@pytest.mark.parametrize("more", ["", " bron"], ids=["alone", "beside"])
def test_every_way_gives_what_graphql_core_does(
    name: str, selected: str, alias: str, more: str
) -> None:
    """For each value in the place that the field looks at."""
    query = f'{{ ding(id: "begin") {{ familie {{ {alias}{name}{selected}{more} }} }} }}'
    held = {f"k{each}": holder(name, value) for each, value in enumerate(VALUES)}
    found: dict[Any, Any] = {
        **held,
        "een": {"id": "een"}, "begin": {"id": "begin", "sleutels": list(held)},
        "mis": FieldFailure("BRON_TIMEOUT", "Laat.", source="zaken"),
    }  # fmt: skip
    fetched = Fetched(table={(dense.een_ding, "{}", TOGETHER): found})
    for each in held.values():
        fetched.came_from(each, "zaken")

    documents = Documents(FACTS, BOUNDLESS, introspection=False)
    prepared = documents.prepare(query)
    operation = prepared.operation(None)
    plan = make_plan(FACTS, operation, {}, {}, FACTS.labels)
    bound = bind(FACTS, plan, documents.variables(operation, {}))
    expected = told(completed(DULL, prepared.document, None, {}, bound, fetched, Sealer().seal))

    assert [told(complete(WRITERS, {}, bound, fetched, Sealer().seal)) for _ in range(3)] == (
        [expected] * 3
    )


def holder(name: str, value: Any) -> dict[str, Any]:
    """A thing with this value wherever the field looks."""
    made: dict[str, Any] = {"id": "x", "soort": "een"}
    for path in paths(FACTS, name):
        inside = made
        for part in path[:-1]:
            inside = inside.setdefault(part, {})
        inside[path[-1]] = value
    return made


def paths(facts: Facts, name: str) -> list[tuple[str, ...]]:
    """Where in a thing the field looks."""
    kind: Any = facts.types["Ding"].fields[name].kind
    if hasattr(kind, "path"):
        return [kind.path]
    if hasattr(kind, "needs"):
        return [path for _, path in kind.needs]
    return [path for hop in kind.hops[:1] for path in [hop.key] if path is not None]


def test_a_value_that_is_withheld_is_among_them() -> None:
    """So that what is told of it is compared."""
    assert Withheld("bron") in VALUES
