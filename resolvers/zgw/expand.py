"""What a zaak can bring along (operation): which names to ask, and what they gave.

Zaken API 1.5.1: `expand=status,status.statustype` gives `_expand` with the objects themselves. A
name below another is ignored by Open Zaak unless the one above is asked too. Whether a source is
asked so is its flag `expand`: it saves calls, and costs that source time. A source with a selection
of fields (flag `veldselectie`, see `resolvers.zgw.fields`) brings along what is selected unless
`expand` says otherwise; then no more is asked of it than one needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.read import Fields
from gateway.source.source import Source
from schema.catalogi import Eigenschap, Resultaattype, Roltype, Statustype, Zaaktype
from schema.documenten import Zaakinformatieobject
from schema.zaakobjecten import Zaakobject
from schema.zaken import Resultaat, Rol, Status, Zaak, Zaakeigenschap

Wire = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expansion:
    """One name that can be expanded, equal to the published link, and the names below it.

    `gives` is the published type of what is expanded. `of_holder` tells that it belongs to the zaak
    as a whole: it is then known by the uuid of the zaak and otherwise by its own. `through` are
    links that go through what is expanded to something else.
    """

    name: str
    gives: type
    below: tuple["Expansion", ...] = ()
    of_holder: bool = False
    through: tuple[str, ...] = ()


_PARTS = (
    Expansion("zaaktype", Zaaktype),
    Expansion("status", Status, (Expansion("statustype", Statustype),)),
    Expansion("resultaat", Resultaat, (Expansion("resultaattype", Resultaattype),)),
    Expansion("rollen", Rol, (Expansion("roltype", Roltype),), of_holder=True),
    Expansion("zaakobjecten", Zaakobject, of_holder=True),
    Expansion(
        "zaakinformatieobjecten", Zaakinformatieobject, of_holder=True, through=("documenten",)
    ),
)
EXPANSIONS = (
    *_PARTS,
    Expansion(
        "eigenschappen", Zaakeigenschap, (Expansion("eigenschap", Eigenschap),), of_holder=True
    ),
    Expansion("hoofdzaak", Zaak, _PARTS),
    Expansion("deelzaken", Zaak, _PARTS),
)
EXPANDED = "_expand"
_OF_HOLDER = tuple(each.name for each in EXPANSIONS if each.of_holder)


@dataclass(slots=True)  # a page has hundreds: frozen it takes three times as long
class Along:
    """Something that came along: the name it was asked by, its key, and the object or list.
    Read-only.
    """

    name: str
    key: str
    value: Any


def selects(zaken: Source) -> bool:
    """Whether the source is asked for chosen fields: the standard has that from 1.6."""
    return zaken.flag("veldselectie", False)


def brings_along(zaken: Source) -> bool:
    """Whether a zaak is asked to bring along what hangs under it."""
    return zaken.flag("expand", "altijd" if selects(zaken) else "nooit") == "altijd"


def names_to_expand(zaken: Source, fields: Fields) -> list[str]:
    """The names to ask for, for exactly the links that are selected; none if it is not wanted."""
    return list(_names(fields, EXPANSIONS, "")) if brings_along(zaken) else []


def chosen(fields: Fields, expansions: tuple[Expansion, ...]) -> Iterator[tuple[Expansion, Fields]]:
    """What is to be expanded, with what is wanted of it: a link to it, or else one through it."""
    for expansion in expansions:
        for link in (expansion.name, *expansion.through):
            if link in fields.links:
                yield expansion, fields.links[link]
                break


def _names(fields: Fields, expansions: tuple[Expansion, ...], above: str) -> Iterator[str]:
    for expansion, selected in chosen(fields, expansions):
        yield above + expansion.name
        yield from _names(selected, expansion.below, f"{above}{expansion.name}.")


def came_along(
    holder: Wire, names: list[str], expansions: tuple[Expansion, ...] = EXPANSIONS, above: str = ""
) -> Iterator[Along]:
    """What was expanded in a zaak (or in something that was expanded itself)."""
    if not names:
        return
    expanded = holder.get(EXPANDED)
    for expansion in expansions:
        asked = above + expansion.name
        if asked not in names:
            continue
        value = expanded.get(expansion.name) if isinstance(expanded, Mapping) else None
        if value is None and expansion.of_holder and holder.get(expansion.name) == []:
            value = []
        yield from _known(holder, expansion, value)
        for item in _objects(value):
            yield from came_along(item, names, expansion.below, f"{asked}.")


def bare(wire: Wire) -> Wire:
    """Without what it brought along: that is kept by its own name, as long as its class allows."""
    if EXPANDED not in wire:
        return wire
    made = dict(wire)
    del made[EXPANDED]
    return made


def tells_empty(zaken: Source) -> bool:
    """Whether a zaak is believed that says it has none of something: Open Zaak's was seen to be
    right.
    """
    return zaken.flag("variant", "standaard") == "openzaak"


def known_empty(zaak: Wire, uuid: str) -> Sequence[Along]:
    """What the zaak with this uuid says it has none of."""
    get = zaak.get
    return [Along(name, uuid, []) for name in _OF_HOLDER if get(name) == []]


def _known(holder: Wire, expansion: Expansion, value: Any) -> Iterator[Along]:
    if expansion.of_holder:
        if isinstance(value, list):
            yield Along(expansion.name, uuid_in(holder), [*map(bare, _objects(value))])
        return
    for item in _objects(value):
        yield Along(expansion.name, uuid_in(item), bare(item))


def is_at(wire: Wire, uuid: str) -> bool:
    """Whether an object is the one with this uuid, in lower case, by its own address."""
    return str(wire.get("url", "")).lower().endswith(f"/{uuid}")


def uuid_in(wire: Wire) -> str:
    """The uuid of an object: that of its own address. ValueError if there is none."""
    found = str(wire.get("url", "")).rpartition("/")[2].lower()
    if not is_uuid(found):
        raise ValueError("an object without an address")
    return found


def _objects(value: Any) -> list[Wire]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping) and item.get("url")]
