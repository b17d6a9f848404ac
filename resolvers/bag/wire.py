"""The BAG's answers as the objects that are published (operation): unwrapped and checked."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from gateway.source.source import Source

Wire = Mapping[str, Any]

HAL = MappingProxyType({"accept": "application/hal+json"})
HAL_RD = MappingProxyType({**HAL, "accept-crs": "epsg:28992"})
"""Wherever a geometry may come along: older versions answer 412 without it."""

OBJECT_KINDS = MappingProxyType(
    {
        "verblijfsobject": "Verblijfsobject",
        "ligplaats": "Ligplaats",
        "standplaats": "Standplaats",
    }
)
EMBEDDED = "_embedded"
_EXTENDED_ONLY = frozenset(
    {
        "typeAdresseerbaarObject",
        "adresseerbaarObjectGeometrie",
        "adresseerbaarObjectStatus",
        "gebruiksdoelen",
        "oppervlakte",
        "oorspronkelijkBouwjaar",
        "pandStatussen",
        "maaktDeelUitVan",
        "verblijfsobject",
        "ligplaats",
        "standplaats",
        "pand",
    }
)
"""What only /adressenuitgebreid gives: of the address itself, its `inonderzoek` and
`geconstateerd`."""


def wants_extended(fields: Fields) -> bool:
    """Whether anything is asked of addresses that only /adressenuitgebreid gives."""
    return any(not _EXTENDED_ONLY.isdisjoint(path.split(".")) for path in fields.paths)


def extended_part(fields: Fields) -> frozenset[str]:
    """What one address may have and another lack: the properties of /adressenuitgebreid."""
    return frozenset({"uitgebreid"}) if wants_extended(fields) else frozenset()


def expanded_parts(fields: Fields) -> frozenset[str]:
    """The properties of a woonplaats that only come when they are asked for."""
    return EXPANDED & {path.split(".")[0] for path in fields.paths}


def adres_of(source: Source, answer: Any) -> Wire:
    """An address with its lists, which the BAG leaves out when they are empty, and without what
    came along, which is known by itself.

    What other registries find it by is put together as one key, `8995AA 1A`, if it has a postcode.
    """
    if not isinstance(answer, Mapping) or not isinstance(_id_of_adres(answer), str):
        raise SourceFault(source.name, "not an adres")
    own = {name: value for name, value in answer.items() if name != EMBEDDED}
    made: Wire = {"pandIdentificaties": [], **own}
    if "postcode" not in answer or "huisnummer" not in answer:
        return made
    number = f"{answer['huisnummer']}{answer.get('huisletter', '')}"
    return {**made, "postcodeHuisnummerHuisletter": f"{answer['postcode']} {number}"}


def this_adres(source: Source, answer: Any, key: str) -> Wire:
    """The address with this nummeraanduiding and no other."""
    found = adres_of(source, answer)
    if _id_of_adres(found) != key:
        raise SourceFault(source.name, "another adres than was asked")
    return found


def unwrapped(source: Source, answer: Any, name: str, key: str | None = None) -> Wire:
    """What stands under `name`, with `inonderzoek` from beside it and the right identification."""
    inner = answer.get(name) if isinstance(answer, Mapping) else None
    if not isinstance(inner, Mapping) or not isinstance(inner.get("identificatie"), str):
        raise SourceFault(source.name, f"no {name}")
    if key is not None and inner["identificatie"] != key:
        raise SourceFault(source.name, f"another {name} than was asked")
    return {**inner, "inonderzoek": answer.get("inonderzoek") or []}


def object_of(source: Source, answer: Any, key: str | None = None) -> Wire:
    """The one verblijfsobject, ligplaats or standplaats in an answer, with `type` saying which.

    Among adresseerbare objecten it is wrapped twice: `{"ligplaats": {"ligplaats": {...}}}`.
    """
    present = [name for name in OBJECT_KINDS if isinstance(answer, Mapping) and name in answer]
    if len(present) != 1:
        raise SourceFault(source.name, "not one adresseerbaar object")
    (name,) = present
    outer = answer[name]
    wrapped_twice = isinstance(outer, Mapping) and name in outer
    inner = unwrapped(source, outer if wrapped_twice else answer, name, key)
    lists: Wire = {"heeftAlsNevenAdres": [], "maaktDeelUitVan": [], "gebruiksdoelen": []}
    return {**lists, **inner, "type": OBJECT_KINDS[name]}


def expanded_of(answer: Any) -> Any:
    """The part of an answer about one adresseerbaar object that says what came along with it.

    Wrapped twice, that is the inner one: `{"ligplaats": {"ligplaats": {...}, "_embedded": {...}}}`.
    """
    inner = (answer.get(name) for name in OBJECT_KINDS if name in answer)
    found = next((each for each in inner if isinstance(each, Mapping)), answer)
    return found if EMBEDDED in found else answer


def woonplaats_of(source: Source, answer: Any, key: str) -> Wire:
    """A woonplaats with what `expand` put under `_embedded`."""
    found = unwrapped(source, answer, "woonplaats", key)
    expanded = answer.get(EMBEDDED) or {}
    return {**found, **{name: expanded[name] for name in EXPANDED & expanded.keys()}}


EXPANDED = frozenset({"geometrie", "bronhouders"})
"""Of a woonplaats: what comes only when it is asked for."""


def by_pand(objects: Sequence[Wire], panden: Sequence[str]) -> dict[str, list[Wire]]:
    """The objects of each of these panden; one object may lie in several."""
    found: dict[str, list[Wire]] = {pand: [] for pand in panden}
    for item in objects:
        for pand in item["maaktDeelUitVan"]:
            if pand in found:
                found[pand].append(item)
    return found


def _id_of_adres(answer: Wire) -> object:
    return answer.get("nummeraanduidingIdentificatie")
