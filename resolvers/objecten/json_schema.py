"""Reads the JSON Schema of an objecttype (startup): as much of it as can be published.

Drafts 4 to 2020-12 alike, since the Objecttypes API takes any. What the type language has no word
for (several types at once, a list of lists, a schema that contains itself) is published as it is.
Only what would leave nothing to publish is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.objecten import Choice, Group, Leaf, LeafKind, Property, every_property

Schema = Mapping[str, Any]
Shape = Leaf | Choice | Group

DEEPEST = 6
MOST_PROPERTIES = 500
MOST_OPTIONS = 200
"""A longer list of values is a table, and is published as text."""
_INT = 2**31 - 1
"""What a GraphQL Int can hold (specification, section 3.5.1)."""

_FORMATS: Mapping[str, LeafKind] = {
    "date": "date",
    "date-time": "timestamp",
    "uuid": "uuid",
    "duration": "duration",
}
_ANYTHING = Leaf("json")


class SchemaRefusedError(Exception):
    """This JSON Schema says nothing that can be published; the text says why, in Dutch."""


def data_of(schema: Any) -> Group:
    """What an objecttype's schema says of `record.data`."""
    if not isinstance(schema, Mapping):
        raise SchemaRefusedError("een JSON Schema is een JSON-object")
    data = _Reader(schema).shape(schema, frozenset())[0]
    if not isinstance(data, Group):
        raise SchemaRefusedError("dit schema beschrijft geen object met eigenschappen")
    if sum(1 for _ in every_property(data)) > MOST_PROPERTIES:
        raise SchemaRefusedError(f"dit schema heeft meer dan {MOST_PROPERTIES} eigenschappen")
    return data


def text_of(schema: Schema) -> str | None:
    """What a schema says of itself: its description, or else its title."""
    for key in ("description", "title"):
        text = schema.get(key)
        if isinstance(text, str) and text.strip():
            return text
    return None


@dataclass(slots=True)
class _Reader:
    root: Schema
    left: int = 20 * MOST_PROPERTIES
    """Schemas that may still be looked at: references can make a small file a large tree."""
    depth: int = 0

    def shape(self, schema: Any, way: frozenset[int]) -> tuple[Shape, bool]:
        """What values look like, and whether there is a list of them."""
        plain = self._plain(schema, way)
        if plain is None:
            return _ANYTHING, False
        found, way = plain
        options = _options(found)
        if options is not None:
            return options, False
        match _type(found):
            case "object":
                return self._group(found, way), False
            case "array":
                return self._items(found, way)
            case "string":
                return Leaf(_FORMATS.get(str(found.get("format")), "text")), False
            case "integer":
                return Leaf("integer" if _fits_int(found) else "number"), False
            case "number":
                return Leaf("number"), False
            case "boolean":
                return Leaf("boolean"), False
        return _ANYTHING, False

    def _group(self, schema: Schema, way: frozenset[int]) -> Shape:
        properties = schema.get("properties")
        if not isinstance(properties, Mapping) or self.depth == DEEPEST:
            return _ANYTHING
        self.depth += 1
        below = way | {id(schema)}
        made = [self._property(name, each, below) for name, each in properties.items()
                if each is not False and isinstance(name, str) and name]  # fmt: skip
        self.depth -= 1
        return Group(tuple(made)) if made else _ANYTHING

    def _property(self, name: str, schema: Any, way: frozenset[int]) -> Property:
        shape, many = self.shape(schema, way)
        return Property(name, self._text(schema, way), shape, many)

    def _text(self, schema: Any, way: frozenset[int]) -> str | None:
        """What the property says of itself goes before what it refers to says."""
        if not isinstance(schema, Mapping):
            return None
        plain = self._plain(schema, way)
        return text_of(schema) or (text_of(plain[0]) if plain is not None else None)

    def _items(self, schema: Schema, way: frozenset[int]) -> tuple[Shape, bool]:
        items = schema.get("items")
        if not isinstance(items, Mapping) or "prefixItems" in schema:
            return _ANYTHING, False
        shape, many = self.shape(items, way | {id(schema)})
        return (_ANYTHING, False) if many or shape == _ANYTHING else (shape, True)

    # ---- references and combinations --------------------------------------------------------

    def _plain(self, schema: Any, way: frozenset[int]) -> tuple[Schema, frozenset[int]] | None:
        """The schema with references followed and `allOf` and nulls taken out of it; None if that
        cannot be, as for one that contains itself.
        """
        self.left -= 1
        if self.left < 0:
            raise SchemaRefusedError("dit schema is te groot")
        if not isinstance(schema, Mapping) or id(schema) in way or _is_open(schema):
            return None
        here = way | {id(schema)}
        parts = [part for part in self._parts(schema) if part is not None]
        if not parts:
            return schema, here
        combined = [name for name in _COMBINING if not _names_values(schema, name)]
        merged = {name: value for name, value in schema.items() if name not in combined}
        gone = set(here)
        for part in parts:
            plain = self._plain(part, here)
            if plain is None:
                return None
            merged = _merged(merged, plain[0])
            gone.update(plain[1])
        return merged, frozenset(gone)

    def _parts(self, schema: Schema) -> Iterator[Any]:
        if "$ref" in schema:
            yield self._referred(schema["$ref"])
        every = schema.get("allOf")
        if isinstance(every, Sequence) and not isinstance(every, str):
            yield from every
        for name in ("anyOf", "oneOf"):
            some = _not_null(schema.get(name))
            if len(some) == 1 and not _names_values(schema, name):
                yield some[0]

    def _referred(self, reference: Any) -> Any:
        """What a reference within this file points to (JSON Pointer, RFC 6901); False for none."""
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return False
        here: Any = self.root
        for part in reference[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            here = here.get(name, False) if isinstance(here, Mapping) else False
        return here


_COMBINING = ("$ref", "allOf", "anyOf", "oneOf")


def _is_open(schema: Schema) -> bool:
    """Whether a value may be of several kinds, of which none is known beforehand."""
    return any(
        len(_not_null(schema.get(name))) > 1 and not _names_values(schema, name)
        for name in ("anyOf", "oneOf")
    )


def _names_values(schema: Schema, name: str) -> bool:
    """Whether a combination is a list of values, each with what it means."""
    said = _not_null(schema.get(name)) if name in ("anyOf", "oneOf") else []
    return bool(said) and all(isinstance(each, Mapping) and "const" in each for each in said)


def _not_null(some: Any) -> list[Any]:
    if not isinstance(some, Sequence) or isinstance(some, str):
        return []
    return [each for each in some
            if not (isinstance(each, Mapping) and each.get("type") == "null")]  # fmt: skip


def _merged(first: Schema, second: Schema) -> dict[str, Any]:
    """Both schemas at once: the properties of both, else what the first says."""
    merged = {**second, **first}
    some, more = first.get("properties"), second.get("properties")
    if isinstance(some, Mapping) and isinstance(more, Mapping):
        merged["properties"] = {**more, **some}
    return merged


def _type(schema: Schema) -> str | None:
    """The one type of a schema, null not counted; also when only its keywords tell."""
    said = schema.get("type")
    if isinstance(said, str):
        return said
    if isinstance(said, Sequence):
        named = [each for each in said if each != "null"]
        return named[0] if len(named) == 1 and isinstance(named[0], str) else None
    if isinstance(schema.get("properties"), Mapping):
        return "object"
    return "array" if isinstance(schema.get("items"), Mapping) else None


def _options(schema: Schema) -> Choice | Leaf | None:
    """The values that a schema lists: an enum of texts, or what they all are; None without any."""
    options = list(_listed(schema))
    if not options:
        return None
    kinds = {type(value) for value, _ in options}
    if kinds == {str}:
        texts = {str(value): text for value, text in options}
        return Choice(tuple(texts.items())) if len(texts) <= MOST_OPTIONS else Leaf("text")
    if kinds == {bool}:
        return Leaf("boolean")
    if kinds == {int}:
        return Leaf("integer" if all(abs(each) <= _INT for each, _ in options) else "number")
    return Leaf("number") if kinds <= {int, float} else _ANYTHING


def _listed(schema: Schema) -> Iterator[tuple[Any, str | None]]:
    some = schema.get("enum")
    if isinstance(some, Sequence) and not isinstance(some, str):
        yield from ((each, None) for each in some if each is not None)
    elif "const" in schema and schema["const"] is not None:
        yield schema["const"], None
    for name in ("oneOf", "anyOf"):
        if _names_values(schema, name):
            said = _not_null(schema.get(name))
            yield from ((each["const"], text_of(each)) for each in said)


def _fits_int(schema: Schema) -> bool:
    bounds = [schema.get(name) for name in ("minimum", "maximum")]
    return all(abs(each) <= _INT for each in bounds if isinstance(each, int | float))
