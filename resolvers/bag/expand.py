"""What something of the BAG can bring along with `expand` (operation): what to ask, what it gave.

BAG individuele bevragingen 2.6: names of relations separated by commas, one level deep, and what
they lead to stands under `_embedded`, wrapped as if it was asked by itself. Whether a source is
asked so is its flag `expand`: it saves calls, and everything comes along whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from gateway.source.source import Source
from resolvers.bag.wire import EMBEDDED, HAL, HAL_RD, Wire, expanded_parts, object_of, unwrapped

Relations = Mapping[str, str]
"""The name of a relation in `expand`, by the published link that leads there."""

VAN_ADRES: Relations = MappingProxyType(
    {
        "adresseerbaarObject": "adresseerbaarObject",
        "nummeraanduiding": "nummeraanduiding",
        "openbareRuimte": "openbareRuimte",
        "panden": "panden",
        "woonplaats": "woonplaats",
    }
)
VAN_OBJECT: Relations = MappingProxyType({"panden": "maaktDeelUitVan"})
"""Of the addresses of an object only the nummeraanduiding can come along, which says less."""
VAN_NUMMERAANDUIDING: Relations = MappingProxyType(
    {"openbareRuimte": "ligtAanOpenbareRuimte", "woonplaats": "ligtInWoonplaats"}
)
VAN_OPENBARE_RUIMTE: Relations = MappingProxyType({"woonplaats": "ligtInWoonplaats"})
_WRAPPED = MappingProxyType(
    {
        "nummeraanduiding": "nummeraanduiding",
        "openbareRuimte": "openbareRuimte",
        "panden": "pand",
        "woonplaats": "woonplaats",
    }
)
_WITH_GEOMETRY = frozenset({"adresseerbaarObject", "panden"})


@dataclass(frozen=True, slots=True)
class Along:
    """Something that came along: the link that leads to it, its key, and the object."""

    link: str
    key: str
    value: Wire


@dataclass(frozen=True, slots=True)
class Expansion:
    """What to ask along with something: the relations, by link, of exactly what is selected."""

    relations: Relations

    def headers(self) -> Mapping[str, str]:
        """The headers of the question; the coordinate system where a geometry may come along."""
        return HAL if _WITH_GEOMETRY.isdisjoint(self.relations) else HAL_RD

    def params(self) -> Mapping[str, str]:
        """The parameter to ask with; none when there is nothing to bring along."""
        names = sorted(self.relations.values())
        return {"expand": ",".join(names)} if names else {}

    def came_along(self, bag: Source, answer: Any) -> Iterator[Along]:
        """What stands under `_embedded` of one answer; what does not is asked by itself."""
        embedded = answer.get(EMBEDDED) if isinstance(answer, Mapping) else None
        for link, relation in self.relations.items():
            value = embedded.get(relation) if isinstance(embedded, Mapping) else None
            for item in _items(value):
                found = _object(bag, link, item)
                yield Along(link, found["identificatie"], found)


NOTHING = Expansion(MappingProxyType({}))


def to_expand(bag: Source, fields: Fields, relations: Relations) -> Expansion:
    """What to bring along, if the source is asked so.

    Not a woonplaats of which the border or the bronhouders are selected: those come only with a
    question of their own.
    """
    if bag.flag("expand", "nooit") != "altijd":
        return NOTHING
    selected = {
        link: relation
        for link, relation in relations.items()
        if link in fields.links and not _lacking(link, fields.links[link])
    }
    return Expansion(MappingProxyType(selected))


def _lacking(link: str, wanted: Fields) -> bool:
    return link == "woonplaats" and bool(expanded_parts(wanted))


def _items(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _object(bag: Source, link: str, item: Any) -> Wire:
    if not isinstance(item, Mapping):
        raise SourceFault(bag.name, f"no object where {link} came along")
    return object_of(bag, item) if link not in _WRAPPED else unwrapped(bag, item, _WRAPPED[link])
