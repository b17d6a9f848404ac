"""What may change in the published schema since the last release, and what must be told of it.

`python -m tests.schema_changes` (`make released`) writes schema/released.graphql: the schema as it
is released, without its descriptions, under the number of the newest release of the changelog.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DangerousChangeType,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLSchema,
    Visitor,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    parse,
    print_ast,
    visit,
)

from tests.paths import ROOT

CURRENT = ROOT / "schema" / "schema.graphql"
RELEASED = ROOT / "schema" / "released.graphql"
FAREWELLS = ROOT / "schema" / "afscheid.toml"
CHANGELOG = ROOT / "CHANGELOG.md"
NONE_YET = "nog geen"
PLACE = re.compile(r"(\w+)\.(\w+)(?:\((\w+):\))?")

FREE = frozenset(
    {DangerousChangeType.OPTIONAL_ARG_ADDED, DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED}
)
"""Dangerous for who answers, not for who asks: a client sends what it sent."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """One piece of the schema that goes, as schema/afscheid.toml has it."""

    plaats: str
    waarom: str
    sinds: str


def farewells(text: str) -> tuple[Farewell, ...]:
    """What goes, of the text of the list; TypeError for an entry with other keys than these."""
    return tuple(Farewell(**entry) for entry in tomllib.loads(text).get("afscheid", []))


def release(changelog: str) -> str:
    """The number of the newest release in the changelog, or that there is none yet."""
    return next(iter(re.findall(r"^## \[?(\d+\.\d+\.\d+)", changelog, re.M)), NONE_YET)


def unannounced(released: str, current: str, going: Sequence[Farewell]) -> list[str]:
    """What a client of the released schema would break on, without having been warned by it."""
    before = build_schema(released)
    deprecated = set(_deprecated(before))
    for place in _all_places(before, going):
        if place in deprecated:
            _remove(before, place)
    changes = find_breaking_changes(_reachable(before), build_schema(current))
    return [change.description for change in changes]


def unlisted(released: str, current: str, going: Sequence[Farewell]) -> list[str]:
    """Where the list and the two schemas do not agree on what goes, as sentences."""
    schemas = [build_schema(released), build_schema(current)]
    deprecated = {place for schema in schemas for place in _deprecated(schema)}
    listed = {place for schema in schemas for place in _all_places(schema, going)}
    listed |= {each.plaats for each in going}
    return [f"{place} is deprecated and not listed" for place in sorted(deprecated - listed)] + [
        f"{place} is listed and not deprecated" for place in sorted(listed - deprecated)
    ]


def untold(released: str, current: str, unreleased: str) -> list[str]:
    """What a client may have to deal with (a value or type that it does not know, another default)
    and that the changelog does not name: `Enum.WAARDE`, `Type.veld(argument:)`, `Type`.
    """
    after = build_schema(current)
    named = set(re.findall(r"`([^`\n]+)`", unreleased))
    changes = find_dangerous_changes(build_schema(released), after)
    return [
        change.description
        for change in changes
        if change.type not in FREE and not set(_named(change.description, after)) <= named
    ]


def noted(released: str, current: str, going: Sequence[Farewell], changelog: str) -> str:
    """The file of the released schema, now that the current one is; ValueError with all that a
    client of the one before it would break on.
    """
    broken = unannounced(released, current, going)
    if broken:
        raise ValueError("\n".join(broken))
    return f"# Uitgave: {release(changelog)}\n\n{bare(current)}"


def bare(sdl: str) -> str:
    """The schema without its descriptions: what can break."""
    return print_ast(visit(parse(sdl), _WithoutDescriptions())) + "\n"


def _named(description: str, schema: GraphQLSchema) -> list[str]:
    """The places that a change names, or else its types."""
    places = [found.group() for found in PLACE.finditer(description)]
    return places or [each for each in re.findall(r"\w+", description) if each in schema.type_map]


class _WithoutDescriptions(Visitor):
    def leave(self, node: Any, *_: Any) -> Any:
        described = getattr(node, "description", None) is not None
        return replace(node, description=None) if described else None


def _members(kind: GraphQLNamedType) -> dict[str, Any]:
    """The fields of a type, or the values of an enum, by name."""
    members: dict[str, Any] = (
        kind.values if isinstance(kind, GraphQLEnumType) else getattr(kind, "fields", {})
    )
    return members


def _deprecated(schema: GraphQLSchema) -> Iterator[str]:
    """Every place that carries @deprecated."""
    for kind in schema.type_map.values():
        for name, member in _members(kind).items():
            place = f"{kind.name}.{name}"
            if member.deprecation_reason is not None:
                yield place
            for argument, held in getattr(member, "args", {}).items():
                if held.deprecation_reason is not None:
                    yield f"{place}({argument}:)"


def _all_places(schema: GraphQLSchema, going: Sequence[Farewell]) -> Iterator[str]:
    """The places of the list that the schema has; with an interface's those of its options."""
    for each in going:
        type_name, _, rest = each.plaats.partition(".")
        kind = schema.type_map.get(type_name)
        options = schema.get_possible_types(kind) if isinstance(kind, GraphQLInterfaceType) else ()
        for name in (type_name, *(option.name for option in options)):
            if _holder(schema, f"{name}.{rest}"):
                yield f"{name}.{rest}"


def _holder(schema: GraphQLSchema, place: str) -> tuple[dict[str, Any], str] | None:
    """What holds the piece at a place, and under which name; None if there is no such piece."""
    found = PLACE.fullmatch(place)
    if found is None or found[1] not in schema.type_map:
        return None
    held, name = _members(schema.type_map[found[1]]), found[2]
    if found[3] is not None and name in held:
        held, name = getattr(held[name], "args", {}), found[3]
    return (held, name) if name in held else None


def _remove(schema: GraphQLSchema, place: str) -> None:
    held = _holder(schema, place)
    if held is not None:
        del held[0][held[1]]


def _reachable(schema: GraphQLSchema) -> GraphQLSchema:
    """The schema with the types that something still leads to."""
    found = GraphQLSchema(schema.query_type)
    while True:
        options = [
            option
            for kind in found.type_map.values()
            if isinstance(kind, GraphQLInterfaceType)
            for option in schema.get_possible_types(kind)
        ]
        more = GraphQLSchema(schema.query_type, types=options)
        if len(more.type_map) == len(found.type_map):
            return more
        found = more


def main() -> int:
    """Write the released schema, unless a client of the one before it would break."""
    released, current, going, changelog = (
        each.read_text(encoding="utf-8") for each in (RELEASED, CURRENT, FAREWELLS, CHANGELOG)
    )
    try:
        RELEASED.write_text(noted(released, current, farewells(going), changelog), encoding="utf-8")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
