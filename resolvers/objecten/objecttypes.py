"""What the Objecttypes API publishes (process): asked by `bronpoort objecttypen ophalen` only.

Objecttypes API 2.2. A type has versions; a draft may still change, a deprecated one is not for new
objects, so it is the newest published one that says what objects look like.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.source import Source

PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an objecttype with its JSON Schema."""

    number: int
    schema: Mapping[str, Any]


async def newest(source: Source, uuid: str) -> Version | None:
    """The newest published version; None if there is none. Raises SourceError."""
    params = {"pageSize": "100"}
    answer = await source.get("objecttypes", uuid, "versions", params=params)
    versions = [_version(source, each) for each in _items(source, answer)
                if each.get("status") == PUBLISHED]  # fmt: skip
    return max(versions, key=lambda version: version.number, default=None)


async def names(source: Source) -> Mapping[str, str]:
    """The names of all objecttypes by their uuid."""
    answer = await source.get("objecttypes", params={"pageSize": "100"})
    found = _items(source, answer)
    return {str(each.get("uuid")).lower(): str(each.get("name")) for each in found}


def _version(source: Source, item: Mapping[str, Any]) -> Version:
    match item:
        case {"version": int(number), "jsonSchema": Mapping() as schema}:
            return Version(number, schema)
    raise SourceFault(source.name, "a version without a schema")


def _items(source: Source, answer: Any) -> Sequence[Mapping[str, Any]]:
    """The items of a list; older versions of the API give them without a page around them."""
    found = answer.get("results") if isinstance(answer, Mapping) else answer
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise SourceFault(source.name, "not a list")
    return found
