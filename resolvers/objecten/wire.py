"""Objects as the Objects API sends them (operation): what to ask of one, and what to believe.

Objects API 2.7. Of a URL of an objecttype only the uuid counts. `fields` names what to send by
paths joined with two underscores; a search by POST knows no `fields` and always sends everything.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from gateway.source.source import Source
from gateway.source.withheld import Withheld
from schema.language.paths import WirePath
from schema.objecten import Group
from schema.objecten_typen import Made

Wire = Mapping[str, Any]

ALWAYS: tuple[WirePath, ...] = (("uuid",), ("type",))
VALIDITY: tuple[WirePath, ...] = (("record", "startAt"), ("record", "endAt"))
UNAUTHORIZED = "x-unauthorized-fields"
_NAMED = re.compile(r"record__[^,;\s]+")


def wanted(fields: Fields, made: Made, more: Iterable[WirePath]) -> str:
    """The value of `fields`: what the operation needs, `more`, and what identifies an object.

    Never a path and one under it at once, on which the API fails; nor one under a list, which it
    cannot select from.
    """
    asked = {*fields.paths, *(".".join(path) for path in (*ALWAYS, *more))}
    asked = {_cut(path, made.whole) for path in asked}
    kept = sorted(path for path in asked if not _is_under(path, asked))
    return ",".join(path.replace(".", "__") for path in kept)


def _cut(path: str, whole: Mapping[str, str]) -> str:
    parts = path.split(".")
    prefixes = (".".join(parts[:size]) for size in range(1, len(parts) + 1))
    return next((whole[each] for each in prefixes if each in whole), path)


def _is_under(path: str, asked: set[str]) -> bool:
    parts = path.split(".")
    return any(".".join(parts[:size]) in asked for size in range(1, len(parts)))


def uuid_in(source: Source, url: object) -> str:
    """The uuid at the end of an address, which is all that counts in it; SourceFault if none."""
    found = str(url).rstrip("/").rpartition("/")[2].lower()
    if not is_uuid(found):
        raise SourceFault(source.name, "an address without a uuid")
    return found


def believed(source: Source, item: Any, made: Made, heard: Mapping[str, str]) -> Wire:
    """One object as the machine may use it; SourceFault for what is none.

    What the API says that it kept from us stands there as `Withheld`, and its address as the source
    writes it, whatever host we reached it by. An object without properties
    is none at all: a selection leaves it where nothing was.
    """
    record = item.get("record", {}) if isinstance(item, Mapping) else None
    if not isinstance(record, Mapping) or not is_uuid(str(item.get("uuid")).lower()):
        raise SourceFault(source.name, "not an object")
    data = record.get("data", {})
    if not isinstance(data, Mapping):
        raise SourceFault(source.name, "an object without data")
    shown = {**record, "data": _without_empty(made.objecttype.data, data)}
    address = source.url_of("objects", str(item["uuid"]))
    whole: Wire = {**item, "record": shown, "url": address}
    for path in withheld(heard):
        if _is_absent(item, path):
            whole = _with(whole, path, Withheld(source.name))
    return whole


def withheld(heard: Mapping[str, str]) -> list[WirePath]:
    """What `X-Unauthorized-Fields` names, as paths.

    One type gives `record__data__a,record__data__b`, several have their address before that; we
    ask for one type at a time, so the address is of no use.
    """
    return [tuple(name.split("__")) for name in _NAMED.findall(heard.get(UNAUTHORIZED, ""))]


def _is_absent(item: Any, path: WirePath) -> bool:
    for name in path:
        if not isinstance(item, Mapping) or name not in item:
            return True
        item = item[name]
    return False


def _with(holder: Any, path: WirePath, value: Any) -> Any:
    """A copy with a value at a path; what is no object on the way stays as it is."""
    if not path:
        return value
    if not isinstance(holder, Mapping | None):
        return holder
    name, *rest = path
    below = (holder or {}).get(name)
    return {**(holder or {}), name: _with(below, tuple(rest), value)}


def _without_empty(group: Group, data: Wire) -> Wire:
    """The data without objects in which nothing was found."""
    below = {each.name: each.shape for each in group.properties if not each.many}
    found: dict[str, Any] = {}
    for name, value in data.items():
        shape = below.get(name)
        if isinstance(shape, Group) and isinstance(value, Mapping):
            value = _without_empty(shape, value)
            if not value:
                continue
        found[name] = value
    return found
