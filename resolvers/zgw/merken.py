"""What a kept answer of the ZGW registries shows (operation): so that a notification drops it.

Under the names that notifications use: the resource of the API's own name, and the list of its
path. What hangs under a zaak or a zaaktype also shows that, because it is what a notification about
it names first (`hoofdObject`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.read import TagsOf
from gateway.source.source import Source
from gateway.source.tags import Part, lijst, resource


def under(name: str, path: str | None = None) -> TagsOf:
    """Of what is asked by the uuid of the resource it hangs under; with `path` it lists relations
    under that path, of which the other side may tell without naming this resource.
    """

    def tags(source: Source, key: Any, value: Any) -> Iterable[Part]:
        return (resource(name, key), *([lijst(path)] if path else []))

    return tags


def one(name: str, main: str | None = None) -> TagsOf:
    """Of one resource, asked by its uuid; `main` is the property with the address of what it hangs
    under, which is named so.
    """

    def tags(source: Source, key: Any, value: Any) -> Iterator[Part]:
        yield resource(name, key)
        if main is not None and isinstance(value, Mapping):
            yield resource(main, last(value.get(main)))

    return tags


def listed(name: str, path: str) -> TagsOf:
    """Of a list, a page, or what was found by searching: all that is in it, and that it is one."""

    def tags(source: Source, key: Any, value: Any) -> Iterator[Part]:
        yield lijst(path)
        for item in items(value):
            yield resource(name, last(item.get("url")))

    return tags


def items(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in an answer: a page's, a list's, or the one that it is."""
    if isinstance(value, Mapping) and "edges" in value and "pageInfo" in value:
        value = [edge["node"] for edge in value["edges"]]
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item


def last(url: Any) -> str:
    """The uuid at the end of an address, in lower case; ValueError if there is none."""
    found = str(url).partition("?")[0].rpartition("/")[2].lower()
    if not is_uuid(found):
        raise ValueError("no uuid")
    return found
