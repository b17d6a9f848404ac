"""Wire paths: where a value stands inside a source's object (every phase)."""

from collections.abc import Mapping
from typing import Any

WirePath = tuple[str, ...]


def split(path: str) -> WirePath:
    """`"naam.voornamen"` as `("naam", "voornamen")`; the empty path is the object itself."""
    return tuple(path.split(".")) if path else ()


def value_at(holder: object, path: WirePath) -> Any:
    """The value at `path`, None where a part is absent; lists on the way give a flat list."""
    for position, name in enumerate(path):
        if type(holder) is dict:  # nearly all; what is below costs several times as much
            holder = holder.get(name)
            continue
        if isinstance(holder, list):
            rest = path[position:]
            found = (value_at(item, rest) for item in holder)
            return [value for item in found for value in _flat(item)]
        if not isinstance(holder, Mapping):
            return None
        holder = holder.get(name)
    return holder


def _flat(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def camel(name: str) -> str:
    """`volledige_naam` as `volledigeNaam`: how Python names become published and wire names."""
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)
