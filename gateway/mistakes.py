"""What is wrong in the configuration, in words for whoever must repair it (startup).

Every mistake names its file, line and key; no mistake shows a value, since a value may be a secret
that stands in the wrong place. All mistakes are gathered before any is raised.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

KeyPath = tuple[str | int, ...]
"""Keys and array positions, from the top of a file."""

# The validation library's kinds of error; `{}` fields come from the error's own context.
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "ontbreekt",
        "string_type": "moet tekst zijn",
        "int_type": "moet een geheel getal zijn",
        "int_parsing": "moet een geheel getal zijn",
        "int_from_float": "moet een geheel getal zijn",
        "float_type": "moet een getal zijn",
        "float_parsing": "moet een getal zijn",
        "finite_number": "moet een eindig getal zijn",
        "bool_type": "moet true of false zijn",
        "bool_parsing": "moet true of false zijn",
        "path_type": "moet het pad van een bestand zijn",
        "dict_type": "moet een tabel zijn",
        "mapping_type": "moet een tabel zijn",
        "model_type": "moet een tabel zijn",
        "model_attributes_type": "moet een tabel zijn",
        "list_type": "moet een lijst zijn",
        "tuple_type": "moet een lijst zijn",
        "string_too_short": "moet minstens {min_length} teken(s) hebben",
        "string_too_long": "mag hoogstens {max_length} tekens hebben",
        "string_pattern_mismatch": "heeft niet de voorgeschreven vorm",
        "too_short": "moet minstens {min_length} onderdeel hebben",
        "too_long": "mag hoogstens {max_length} onderdelen hebben",
        "greater_than": "moet groter zijn dan {gt}",
        "greater_than_equal": "moet minstens {ge} zijn",
        "less_than": "moet kleiner zijn dan {lt}",
        "less_than_equal": "mag hoogstens {le} zijn",
        "literal_error": "kies uit {expected}",
        "enum": "kies uit {expected}",
        "union_tag_invalid": "kies uit {expected_tags}",
        "union_tag_not_found": "mist de sleutel {discriminator}",
        "value_error": "{error}",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake; line 0 where it concerns the file as a whole."""

    file: str
    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.reason}" if self.key else f"{where}: {self.reason}"


class ConfigurationError(Exception):
    """The configuration cannot be used; `mistakes` are all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = list(mistakes)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """` (bedoelde u: ...?)` with the known word most like `word`, or nothing."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=cutoff)
    return f" (bedoelde u: {found[0]}?)" if found else ""


def explained(
    error: ValidationError, model: type[BaseModel], data: Mapping[str, Any]
) -> list[tuple[KeyPath, str]]:
    """Each thing that is wrong with `data`: where, and why in Dutch."""
    schema = model.model_json_schema()
    errors = error.errors(include_url=False, include_input=False)
    paths = [_path_in(data, details) for details in errors]
    return [
        (path, _reason(details, path, data, schema))
        for path, details in zip(paths, errors, strict=True)
        if not (details["type"] == "too_short" and _wrong_inside(path, paths))
    ]


def _wrong_inside(path: KeyPath, paths: Sequence[KeyPath]) -> bool:
    """Whether a list only seems too short because its elements are wrong."""
    return any(len(each) > len(path) and each[: len(path)] == path for each in paths)


def _path_in(data: Mapping[str, Any], details: ErrorDetails) -> KeyPath:
    """Where in the data an error is: without the validator's own steps, such as a union's tag."""
    path: KeyPath = ()
    here: Any = data
    for step in details["loc"]:
        if _holds(here, step):
            here = here[step]
        elif details["type"] != "missing" or step != details["loc"][-1]:
            continue
        path = (*path, step)
    return path


def _holds(here: Any, step: str | int) -> bool:
    if isinstance(here, list):
        return isinstance(step, int) and step < len(here)
    return isinstance(here, Mapping) and step in here


def _reason(
    details: ErrorDetails, path: KeyPath, data: Mapping[str, Any], schema: Mapping[str, Any]
) -> str:
    """What is wrong, in Dutch; for an unknown key with the known one most like it."""
    if details["type"] == "extra_forbidden":
        known = _keys_at(schema, path[:-1], data)
        return f"onbekende sleutel{nearest(str(path[-1]), known)}"
    context = {name: _plain(value) for name, value in details.get("ctx", {}).items()}
    template = _REASONS.get(details["type"], "is geen geldige waarde")
    return template.format_map(context).replace("' or '", "' of '")


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _keys_at(schema: Mapping[str, Any], path: KeyPath, data: Any) -> Iterable[str]:
    """The keys that the JSON Schema of a model knows for the table at `path`."""
    node = _followed(schema, schema, data)
    for step in path:
        data = data[step]
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(step) or node.get("additionalProperties", {})
        node = _followed(node, schema, data)
    return list(node.get("properties", {}))


def _followed(node: Any, schema: Mapping[str, Any], data: Any) -> Mapping[str, Any]:
    """A node of the schema behind its references and choices, as this data chooses."""
    while isinstance(node, Mapping):
        if "discriminator" in node:
            tags = node["discriminator"]
            tag = data.get(tags["propertyName"]) if isinstance(data, Mapping) else None
            node = {"$ref": tags["mapping"].get(tag, "")} if tag else {}
        elif "$ref" in node:
            node = schema.get("$defs", {}).get(node["$ref"].rpartition("/")[2], {})
        else:
            return node
    return {}
