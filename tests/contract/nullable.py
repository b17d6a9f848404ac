"""Descriptions in OpenAPI 3.0 with `nullable` and `discriminator`, as JSON Schema; for Open Klant
and Open Product.

One deviation is allowed, since the real ones have it: a text that was not filled in is "", though
it is described with a pattern or a least length.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.contract.described import description, keys, property_names

FREE = frozenset({"dataobject", "verbruiksobject", "metadata", "highlighting", "spellcheck"})
"""Properties that hold objects without a description."""


def misfits(name: str, schema: str, *answers: Any) -> list[str]:
    """What of these answers does not fit a schema, and which properties nobody described."""
    known = property_names(name) | {*keys([list(_free(answers))])}
    wrong = [
        f"{error.json_path}: {error.message[:160]}"
        for answer in answers
        for error in _validator(name, schema).iter_errors(answer)
    ]
    return wrong + sorted(set(keys(list(answers))) - known)


def _free(answer: Any) -> Iterator[Any]:
    """What stands in objects that anything may stand in."""
    if isinstance(answer, Mapping):
        for name, value in answer.items():
            yield from [value] if name in FREE else _free(value)
    elif isinstance(answer, list | tuple):
        for value in answer:
            yield from _free(value)


def query_parameters(name: str, path: str) -> frozenset[str]:
    """The names of what can be asked of a list."""
    described = description(name)["paths"][path]["get"].get("parameters", [])
    return frozenset(each["name"] for each in described if each["in"] == "query")


@cache
def _validator(name: str, schema: str) -> Draft202012Validator:
    schemas = {"components": {"schemas": _translated(description(name)["components"]["schemas"])}}
    resource = DRAFT202012.create_resource(schemas)
    registry: Registry[Any] = Registry().with_resource("urn:nullable", resource)
    return Draft202012Validator(
        {"$ref": f"urn:nullable#/components/schemas/{schema}"}, registry=registry
    )


def _translated(node: Any) -> Any:
    if isinstance(node, list):
        return [_translated(part) for part in node]
    if not isinstance(node, Mapping):
        return node
    schema = {name: _translated(part) for name, part in node.items() if name != "nullable"}
    if isinstance(schema.get("discriminator"), dict) and "oneOf" in schema:
        schema = _chosen(schema)
    if schema.get("type") == "string" and not schema.keys().isdisjoint({"pattern", "minLength"}):
        schema = {"anyOf": [{"const": ""}, schema]}
    return {"anyOf": [{"type": "null"}, schema]} if node.get("nullable") is True else schema


def _chosen(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A `oneOf` with a discriminator as one condition for each value of its property."""
    name = schema["discriminator"]["propertyName"]
    conditions = [
        {
            "if": {"properties": {name: {"const": value}}, "required": [name]},
            "then": {"$ref": target},
        }
        for value, target in schema["discriminator"]["mapping"].items()
    ]
    return {"type": "object", "required": [name], "allOf": conditions}
