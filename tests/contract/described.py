"""Official API descriptions as JSON Schema, for contract tests; skipped when they are absent."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.paths import ROOT

SPECS = ROOT.parent / "shared" / "specs"
Registered = Registry[Any]


@cache
def description(name: str) -> Mapping[str, Any]:
    """A description by its path below the specifications; skips the test when it is absent."""
    path = SPECS / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    with path.open(encoding="utf-8") as stream:
        document: Mapping[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return document


@cache
def validator(name: str, schema: str) -> Draft202012Validator:
    """A validator of one schema of a description."""
    resource = DRAFT202012.create_resource(description(name))
    registry: Registered = Registry().with_resource("urn:described", resource)
    reference = {"$ref": f"urn:described#/components/schemas/{schema}"}
    return Draft202012Validator(reference, registry=registry)


@cache
def property_names(name: str) -> frozenset[str]:
    """Every property that any schema of a description mentions."""
    return frozenset(_properties(description(name)["components"]["schemas"]))


def faults(name: str, schema: str, answer: Any) -> list[ValidationError]:
    """What is wrong with an answer by a schema, alternatives looked into."""
    found = validator(name, schema).iter_errors(answer)
    return [fault for error in found for fault in _deepest(error)]


def keys(answer: Any) -> Iterator[str]:
    """The names of all properties in an answer."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            yield name
            yield from keys(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from keys(value)


def told(fault: ValidationError) -> str:
    """A fault in one line."""
    return f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:160]}"


def _properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        named = schema.get("properties")
        if isinstance(named, dict):
            yield from named
        for value in schema.values():
            yield from _properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _properties(value)


def _deepest(error: ValidationError) -> list[ValidationError]:
    """The faults of the alternative that comes nearest, or the fault itself."""
    if error.validator != "oneOf" or not error.context:
        return [error]
    alternatives = list(error.validator_value)  # type: ignore[arg-type]  # of oneOf: a list
    by_alternative: dict[Any, list[ValidationError]] = {}
    for cause in error.context:
        by_alternative.setdefault(cause.schema_path[0], []).append(cause)
    meant = [
        causes
        for causes in by_alternative.values()
        if not any(cause.absolute_path and cause.absolute_path[-1] == "type" for cause in causes)
    ]
    if len(by_alternative) != len(alternatives) or not meant:
        return [error]
    return [fault for cause in meant[0] for fault in _deepest(cause)]
