"""The WOZ's answers as the objects that are published (operation): with the value of each day.

Of a waardepeildatum more values may stand there, of which one holds: that with the latest
ingangsdatum. A value whose only status is that it was annulled holds for no day. The WOZ gives the
values with the latest waardepeildatum first, and then the latest ingangsdatum; a supplier's gateway
may leave ingangsdatum and statuses out, and then the first of each day holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.source import Source
from resolvers.brk.fields import fields_of
from resolvers.hr.keys import company
from schema.woz import WozObject

Wire = Mapping[str, Any]

HAL: Mapping[str, str] = {"accept": "application/hal+json"}
VALUES, CHOSEN = "waarden", "waardenPerPeildatum"
NEEDED = ("waardepeildatum", "ingangsdatum", "beschikkingsStatussen")
"""Of each value, what the choice is made by."""
ANNULLED = ["beschikking_vernietigd"]
ROLES = ("belanghebbendeEigenaar", "belanghebbendeGebruiker")
COMPANY, NUMBERS = "bedrijf", ("kvkNummer", "rsin")
"""What an organisation is looked up by in the Handelsregister, and what that is made of."""


def woz_fields(paths: Iterable[str]) -> str:
    """The value of `fields` for these wire paths; a chosen value is asked as one of all values,
    and what a company is looked up by as the numbers that it is made of.
    """
    wanted = {part for path in paths for part in _asked_for(path)}
    chosen = {path for path in wanted if path.split(".")[0] == CHOSEN}
    if chosen:
        wanted = (wanted - chosen) | {path.replace(CHOSEN, VALUES, 1) for path in chosen}
        wanted |= {f"{VALUES}.{name}" for name in NEEDED}
    return fields_of(WozObject, wanted)


def _asked_for(path: str) -> Sequence[str]:
    above, _, name = path.rpartition(".")
    return [f"{above}.{number}" for number in NUMBERS] if name == COMPANY else [path]


def woz_object_of(source: Source, item: Wire) -> Wire:
    """An object with the values that hold, where any came along, and with `bedrijf` to look up who
    owns or uses it by.
    """
    named = {role: _with_company(item[role]) for role in ROLES if role in item}
    return _with_values(source, {**item, **named})


def _with_company(somebody: Any) -> Any:
    if not isinstance(somebody, Mapping):
        return somebody
    return {**somebody, COMPANY: company(*(somebody.get(number) for number in NUMBERS))}


def _with_values(source: Source, item: Wire) -> Wire:
    values = item.get(VALUES)
    if values is None:
        return item
    if not isinstance(values, list) or not all(isinstance(value, Mapping) for value in values):
        raise SourceFault(source.name, "no list of waarden")
    return {**item, CHOSEN: per_day(values)}


def per_day(values: Sequence[Wire]) -> list[Wire]:
    """The value that holds for each waardepeildatum, the latest day first."""
    found: dict[str, Wire] = {}
    for value in values:
        day = value.get("waardepeildatum")
        if not isinstance(day, str) or value.get("beschikkingsStatussen") == ANNULLED:
            continue
        if day not in found or _since(value) > _since(found[day]):
            found[day] = value
    return [found[day] for day in sorted(found, reverse=True)]


def _since(value: Wire) -> str:
    since = value.get("ingangsdatum")
    return since if isinstance(since, str) else ""
