"""What is understood of a JSON Schema; whatever it says, the published schema stands."""

from typing import Any

import pytest
from graphql import build_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolvers.objecten.json_schema import MOST_PROPERTIES, SchemaRefusedError, data_of
from schema.objecten import Choice, Group, Leaf, Objecttype, Property, every_property
from tests.objecten.asking import alone


def shape_of(schema: Any, **root: Any) -> tuple[object, bool]:
    """How a property with this schema is understood, and whether it is a list."""
    found = data_of({"type": "object", "properties": {"x": schema}, **root}).properties[0]
    return found.shape, found.many


def leaf(kind: Any) -> tuple[object, bool]:
    return Leaf(kind), False


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date-time"}, "timestamp"),
        ({"type": "string", "format": "uuid"}, "uuid"),
        ({"type": "string", "format": "duration"}, "duration"),
        ({"type": "string", "format": "email"}, "text"),
        ({"type": "integer"}, "integer"),
        ({"type": "integer", "maximum": 10**12}, "number"),
        ({"type": "number"}, "number"),
        ({"type": "boolean"}, "boolean"),
        ({"type": ["string", "null"]}, "text"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer"),
        ({"allOf": [{"type": "string"}, {"format": "date"}]}, "date"),
        ({"$ref": "#/$defs/dag"}, "date"),
        ({"enum": [1, 2, None]}, "integer"),
        ({"enum": [1, 2.5]}, "number"),
        ({"const": True}, "boolean"),
        # what the type language has no word for
        (True, "json"),
        ({}, "json"),
        ({"type": ["string", "integer"]}, "json"),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, "json"),
        ({"enum": [1, "a"]}, "json"),
        ({"type": "object"}, "json"),
        ({"type": "object", "properties": {}}, "json"),
        ({"type": "array"}, "json"),
        ({"type": "array", "items": [{"type": "string"}]}, "json"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}, "json"),
        ({"$ref": "#/$defs/nergens"}, "json"),
        ({"$ref": "https://example.nl/x.json"}, "json"),
    ],
)
def test_single_values(schema: Any, expected: str) -> None:
    defs = {"dag": {"type": "string", "format": "date"}}

    assert shape_of(schema, **{"$defs": defs}) == leaf(expected)


def test_closed_lists_are_choices() -> None:
    """With what the schema says of each value, if it does."""
    plain = shape_of({"type": "string", "enum": ["a", "b", None, "a"]})
    told = shape_of({"oneOf": [{"const": "a", "title": "De eerste."}, {"const": "b"}]})

    assert plain == (Choice((("a", None), ("b", None))), False)
    assert told == (Choice((("a", "De eerste."), ("b", None))), False)


def test_objects_and_lists_of_them_are_groups() -> None:
    group = {"type": "object", "properties": {"y": {"type": "string", "description": "Een y"}}}
    expected = Group((Property("y", "Een y", Leaf("text")),))

    assert shape_of(group) == (expected, False)
    assert shape_of({"type": "array", "items": group}) == (expected, True)
    assert shape_of({"type": "array", "items": {"enum": ["a"]}}) == (Choice((("a", None),)), True)


def test_a_schema_that_contains_itself_ends() -> None:
    """Where it begins again, it is published as it is."""
    boom = {"type": "object", "properties": {"tak": {"$ref": "#/$defs/boom"}}}
    found, _ = shape_of({"$ref": "#/$defs/boom"}, **{"$defs": {"boom": boom}})

    assert found == Group((Property("tak", None, Leaf("json")),))


def test_the_parts_of_a_combination_come_together() -> None:
    parts = [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "integer"}}}]
    found, _ = shape_of({"allOf": parts, "properties": {"c": {"type": "boolean"}}})

    assert isinstance(found, Group)
    assert {each.name for each in found.properties} == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (5, "een JSON Schema is een JSON-object"),
        ({"type": "string"}, "dit schema beschrijft geen object met eigenschappen"),
        ({"type": "object"}, "dit schema beschrijft geen object met eigenschappen"),
        (
            {"properties": {f"p{n}": {} for n in range(MOST_PROPERTIES + 1)}},
            f"dit schema heeft meer dan {MOST_PROPERTIES} eigenschappen",
        ),
    ],
)
def test_what_leaves_nothing_to_publish_is_refused(schema: Any, reason: str) -> None:
    with pytest.raises(SchemaRefusedError, match=reason):
        data_of(schema)


def test_a_small_file_that_is_a_large_tree_is_refused() -> None:
    """References to references: a few lines that would otherwise take all day."""
    defs: dict[str, Any] = {
        f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(30)
    }
    defs["d30"] = {"type": "string"}
    with pytest.raises(SchemaRefusedError, match="te groot"):
        data_of({"properties": {"x": {"$ref": "#/$defs/d0"}}, "$defs": defs})


# ---- whatever a schema says ---------------------------------------------------------------------

NAMES = st.one_of(
    st.sampled_from(
        ["naam", "Naam", "na-am", "na_am", "uuid", "record", "from", "class", "None", "__typename",
         "2e naam", "naam in", "naamIn", "naam_in", "filter", "edge", "connection", "a.b", "é", "",
         "ding", "self", "a__b", "_a", "x,y", "adres", "node", "typeVersion"]
    ),
    st.text(max_size=12),
)  # fmt: skip
TEXTS = st.one_of(
    st.none(), st.text(max_size=30), st.sampled_from(['"""', "\\", "\ud800", "a\nb", "{{X}}"])
)
LEAVES: st.SearchStrategy[Any] = st.sampled_from(
    [{"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}, {}, True,
     False, {"type": "string", "format": "date"}, {"type": "string", "format": "date-time"},
     {"type": ["string", "null"]}, {"type": "null"}, {"type": 5}, {"$ref": "#"}, {"enum": []},
     {"$ref": "#/properties"}, {"const": None}, {"allOf": []}, {"anyOf": [{"type": "null"}]},
     {"type": "array", "items": {"$ref": "#"}}, {"type": "object", "properties": 5}, "x", None]
)  # fmt: skip
ENUMS = st.builds(
    lambda values: {"enum": values},
    st.lists(st.one_of(st.text(max_size=6), st.integers(), st.none(), st.booleans()), max_size=5),
)


def described(schema: Any, text: str | None) -> Any:
    return {**schema, "description": text} if isinstance(schema, dict) and text else schema


def combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas around other schemas."""
    properties = st.dictionaries(NAMES, st.builds(described, inner, TEXTS), max_size=4)
    groups = properties.map(lambda found: {"type": "object", "properties": found})
    lists = inner.map(lambda found: {"type": "array", "items": found})
    several = st.sampled_from(["allOf", "anyOf", "oneOf"])
    parts = st.builds(lambda kind, found: {kind: found}, several, st.lists(inner, max_size=3))
    return st.one_of(groups, lists, parts)


SCHEMAS = st.dictionaries(
    NAMES,
    st.builds(described, st.recursive(st.one_of(LEAVES, ENUMS), combined, max_leaves=8), TEXTS),
    max_size=8,
).map(lambda found: {"type": "object", "properties": found})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEMAS, st.booleans())
def test_any_schema_is_published_or_refused_with_a_reason(schema: Any, is_open: bool) -> None:
    """Assembling proves names, descriptions, labels and bounds; the SDL is read back as well."""
    try:
        data = data_of(schema)
    except SchemaRefusedError as refused:
        assert str(refused)
        return
    if not any(name for path, _ in every_property(data) for name in path[:1]):
        return
    own = Objecttype("ding", "dingen", "Een ding.", None, is_open, "object.ding", data)

    facts = alone(own)

    build_schema(facts.sdl)
    facts.sdl.encode("utf-8")
    assert facts.types["Ding"].fields["uuid"].label == "object.ding"
