"""What of zaken is asked with `fields` in `_zoek` (operation): the selection as the source has it.

Zaken API 1.6 and 1.7, rule zrc-029: a list of names, and an object in which a name has such a list
of its own. Below a relation stand the names of what is brought along, which comes in `_expand`;
below a group the names in the group. `fields` and `expand` never go together. Whether a source is
asked so is its flag `veldselectie`. The standard does not say that an unknown name is refused, nor
that it is not, so only names of the standard are asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from gateway.source.source import Source
from resolvers.brk.fields import groups
from resolvers.zgw.expand import EXPANSIONS, Expansion, brings_along, chosen, selects
from resolvers.zgw.genoemd import KVK_NUMMER
from schema.zaakobjecten import Zaakobject
from schema.zaken import Rol, Zaak

Wire = Mapping[str, Any]
Selection = list[Any]
"""Names, and last what has names below it."""

URL = "url"
NOT_STANDARD: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Zaak: frozenset(
            {
                "communicatiekanaalNaam",
                "laatstGemuteerd",
                "opschorting.eerdereOpschorting",
                "relevanteAndereZaken.overigeRelatie",
                "relevanteAndereZaken.toelichting",
            }
        ),
        Rol: frozenset({"beginGeldigheid", "eindeGeldigheid"}),
    }
)
"""What is published and only Open Zaak has; a test holds it to the standard."""
_PROPERTY = (
    "objectIdentificatie.kadastraleIdentificatie",
    "objectIdentificatie.kadastraleAanduiding",
)


def selection(
    zaken: Source,
    fields: Fields,
    gives: type = Zaak,
    expansions: tuple[Expansion, ...] | None = None,
) -> Selection:
    """The value of `fields`: exactly what the operation needs of these objects.

    What is brought along is asked as a name too: its address is the key by which it is known, and
    an empty one tells that there is nothing.
    """
    below = {
        expansion.name: selection(zaken, selected, expansion.gives, expansion.below)
        for expansion, selected in chosen(fields, _along(zaken, expansions))
    }
    return _written(_asked(zaken, gives, fields.paths), below)


def proven(
    zaken: Source,
    holder: Wire,
    fields: Fields,
    expansions: tuple[Expansion, ...] | None = None,
) -> Wire:
    """The same object, if what it brings along stands where the standard has it; else SourceFault.

    Something else would be taken for nothing at all, because a key is not there, and a part of what
    belongs to a zaak for all of it.
    """
    if not selects(zaken):
        return holder
    expanded = holder.get("_expand")
    for expansion, selected in chosen(fields, _along(zaken, expansions)):
        addresses = _listed(holder.get(expansion.name))
        brought = expanded.get(expansion.name) if isinstance(expanded, Mapping) else None
        if any(isinstance(each, Mapping) for each in addresses):
            raise SourceFault(zaken.name, "a relation written out in its own place")
        for item in _listed(brought):
            if not isinstance(item, Mapping) or item.get(URL) not in addresses:
                raise SourceFault(zaken.name, "what came along is not what was named")
            proven(zaken, item, selected, expansion.below)
        if expansion.of_holder and isinstance(brought, list):
            came = [item[URL] for item in _listed(brought)]
            if any(address not in came for address in addresses):
                raise SourceFault(zaken.name, "not all that was named came along")
    return holder


def _along(zaken: Source, expansions: tuple[Expansion, ...] | None) -> tuple[Expansion, ...]:
    if expansions is not None:
        return expansions
    return EXPANSIONS if brings_along(zaken) else ()


def _asked(zaken: Source, gives: type, paths: Iterable[str]) -> set[str]:
    """Paths of the standard only, and no group by its name: that would be all of it."""
    wanted = {URL, *paths}
    for made, needs in _made(zaken, gives):
        if made in wanted:
            wanted.remove(made)
            wanted |= set(needs)
    for path in wanted & NOT_STANDARD.get(gives, frozenset()):
        wanted.remove(path)
        group, _, _ = path.rpartition(".")
        wanted |= {group} - {""}
    return wanted - _groups_of(gives).keys() | set(_least(gives, wanted))


def _made(zaken: Source, gives: type) -> Iterator[tuple[str, Iterable[str]]]:
    """What `resolvers.zgw.genoemd` makes of other properties, and of which."""
    if gives is Rol:
        named = tuple(_numbers(zaken, "betrokkeneIdentificatie"))
        yield "bedrijf", ("betrokkeneType", *named)
        yield "kvkNummer", ("betrokkeneType", *named)
    if gives is Zaakobject:
        yield "bedrijf", ("objectType", *_numbers(zaken, "objectIdentificatie"))
        yield "kadastraal", ("objectType", *_PROPERTY)
        yield "bag", ("objectType", "object", "objectIdentificatie.identificatie")


def _numbers(zaken: Source, group: str) -> Iterator[str]:
    for name in ("innNnpId", KVK_NUMMER, zaken.flag("kvk_nummer_in", KVK_NUMMER)):
        yield f"{group}.{name}"


def _groups_of(gives: type) -> Mapping[str, frozenset[str]]:
    """The groups in objects of a published type, each with the least telling part of each kind."""
    found: dict[str, frozenset[str]] = {}
    for each in (gives, *gives.__subclasses__()):
        for group, least in groups(each).items():
            found[group] = found.get(group, frozenset()) | {least}
    return found


def _least(gives: type, wanted: set[str]) -> Iterator[str]:
    """For groups of which no part is wanted but that they are there."""
    for group, parts in _groups_of(gives).items():
        if group in wanted and not any(path.startswith(f"{group}.") for path in wanted):
            yield from parts


def _written(paths: Iterable[str], below: Mapping[str, Selection]) -> Selection:
    plain, grouped = set(below), dict[str, list[str]]()
    for path in paths:
        name, dot, rest = path.partition(".")
        if dot:
            grouped.setdefault(name, []).append(rest)
        else:
            plain.add(name)
    nested = {name: _written(rests, {}) for name, rests in grouped.items()} | dict(below)
    ordered = {name: nested[name] for name in sorted(nested)}
    return [*sorted(plain), *([ordered] if ordered else [])]


def _listed(value: Any) -> list[Any]:
    """Every address or object in a relation; an empty object is how the standard writes none."""
    return [item for item in (value if isinstance(value, list) else [value]) if item]
