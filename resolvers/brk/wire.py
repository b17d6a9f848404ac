"""The BRK's answers as the objects that are published (operation): unwrapped and checked."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.source import Source
from resolvers.bag.paging import embedded
from resolvers.brk.fields import KEY

Wire = Mapping[str, Any]

HAL = MappingProxyType({"accept": "application/hal+json"})
HAL_RD = MappingProxyType({**HAL, "accept-crs": "epsg:28992"})
"""Wherever a geometry may come along."""


def this(source: Source, answer: Any, key: str) -> Wire:
    """The object with this identification and no other."""
    (found,) = identified(source, [answer])
    if found[KEY] != key:
        raise SourceFault(source.name, "another object than was asked")
    return found


def collection(source: Source, answer: Any, name: str) -> Sequence[Wire]:
    """The objects of a HAL collection; none where the source leaves `_embedded` out."""
    return identified(source, embedded(source, answer, name))


def identified(source: Source, items: Iterable[Any]) -> list[Wire]:
    """The items, each an object that says which it is."""
    found = list(items)
    for item in found:
        if not isinstance(item, Mapping) or not isinstance(item.get(KEY), str):
            raise SourceFault(source.name, "an object without identificatie")
    return found


def brought(source: Source, objects: Iterable[Wire], name: str) -> Mapping[str, Sequence[Wire]]:
    """What `expand` put under `_embedded`, by the identification of the object that it is of.

    An object without it says nothing: perhaps there is none, perhaps we may not see it here.
    """
    found: dict[str, Sequence[Wire]] = {}
    for item in objects:
        inside = item.get("_embedded")
        if isinstance(inside, Mapping) and name in inside:
            found[item[KEY]] = collection(source, item, name)
    return found
