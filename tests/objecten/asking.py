"""Objecttypes for tests: made from a JSON Schema, or from files in a folder."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from resolvers import REGISTRIES, objecten
from resolvers.objecten.json_schema import data_of
from schema.language.assemble import assemble, names_in
from schema.language.facts import Facts
from schema.objecten import Objecttype, Verband
from schema.objecten_typen import Made, made_of

UUID = "8faed0fa-7864-4409-aa6d-533a37616a9e"
OTHERS = [each for each in REGISTRIES if each is not objecten.REGISTRY]


def objecttype(
    properties: Mapping[str, Any], *links: Verband, name: str = "ding", **more: Any
) -> Objecttype:
    """An objecttype with these properties."""
    data = data_of({"type": "object", "properties": properties})
    given: dict[str, Any] = {
        "plural": f"{name}en",
        "text": "Een ding.",
        "uuid": UUID,
        "is_open": False,
    }
    given |= {"label": f"object.{name}", **more}
    return Objecttype(name=name, data=data, links=links, **given)


def made(properties: Mapping[str, Any], *links: Verband, **more: Any) -> Made:
    """The types of it, published by itself."""
    return made_of(objecttype(properties, *links, **more), set())


@cache
def taken() -> Mapping[str, frozenset[str]]:
    """The names that the other registries publish."""
    return names_in(OTHERS)


def alone(*objecttypes: Objecttype) -> Facts:
    """The published schema of these objecttypes, without the other registries but for their
    names.
    """
    return assemble([objecten.registry(objecttypes, taken())])


def assembled(*objecttypes: Objecttype) -> Facts:
    """The whole published schema with these objecttypes."""
    return assemble([*OTHERS, objecten.registry(objecttypes, taken())])


def write(directory: Path, name: str, toml: str, schema: Any) -> None:
    """A definition and its schema in a configuration directory."""
    folder = directory / "objecttypen"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(toml, encoding="utf-8")
    text = schema if isinstance(schema, str) else json.dumps(schema)
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
