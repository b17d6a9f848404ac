"""Gives of zaken the fields that a `_zoek` names, as the standard has it from 1.6; in operation.

Zaken API 1.6 and 1.7, rule zrc-029. A name is a property, and "*" all of them. A name with a list
below it is a relation, which comes in `_expand` with those properties, or a group, of which those
come. A name that no object of that kind has is refused, as is what is not ours to expand: rule
zrc-025 allows zaken and the catalogus only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sandbox.wire import Wire
from sandbox.zgw_problem import Param, Problem, invalid

ALL = "*"
RELATIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "zaken": {
            "zaaktype": "zaaktypen",
            "hoofdzaak": "zaken",
            "deelzaken": "zaken",
            "eigenschappen": "zaakeigenschappen",
            "rollen": "rollen",
            "status": "statussen",
            "zaakinformatieobjecten": "zaakinformatieobjecten",
            "zaakobjecten": "zaakobjecten",
            "resultaat": "resultaten",
        },
        "statussen": {"zaak": "zaken", "statustype": "statustypen"},
        "resultaten": {"zaak": "zaken", "resultaattype": "resultaattypen"},
        "rollen": {"zaak": "zaken", "roltype": "roltypen", "statussen": "statussen"},
        "zaakeigenschappen": {"zaak": "zaken", "eigenschap": "eigenschappen"},
        "zaakinformatieobjecten": {"zaak": "zaken", "status": "statussen"},
        "zaakobjecten": {"zaak": "zaken"},
        "zaaktypen": {"catalogus": "catalogussen"},
    }
)
"""Per kind of object what can be expanded, and of which kind that is."""
_PERSON = frozenset(
    {
        "inpBsn",
        "anpIdentificatie",
        "inpA_nummer",
        "geslachtsnaam",
        "voorvoegselGeslachtsnaam",
        "voorletters",
        "voornamen",
        "geslachtsaanduiding",
        "geboortedatum",
        "verblijfsadres",
        "subVerblijfBuitenland",
    }
)
_ORGANISATION = frozenset(
    {
        "innNnpId",
        "annIdentificatie",
        "statutaireNaam",
        "innRechtsvorm",
        "bezoekadres",
        "vestigingsNummer",
        "handelsnaam",
        "kvkNummer",
    }
)
_EMPLOYEE = frozenset(
    {"identificatie", "achternaam", "voorvoegselAchternaam", "naam", "isGehuisvestIn"}
)
_OBJECT = frozenset(
    {
        "identificatie",
        "wplWoonplaatsNaam",
        "gorOpenbareRuimteNaam",
        "woonplaatsNaam",
        "huisnummer",
        "huisletter",
        "huisnummertoevoeging",
        "postcode",
        "kadastraleIdentificatie",
        "kadastraleAanduiding",
        "wozObjectNummer",
        "aanduidingWozObject",
        "waardepeildatum",
        "isVoor",
        "overigeData",
    }
)
GROUPS: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "zaken": {
            "verlenging": frozenset({"reden", "duur"}),
            "opschorting": frozenset({"indicatie", "reden"}),
            "kenmerken": frozenset({"kenmerk", "bron"}),
            "relevanteAndereZaken": frozenset({"url", "aardRelatie"}),
            "processobject": frozenset(
                {"datumkenmerk", "identificatie", "objecttype", "registratie"}
            ),
        },
        "rollen": {
            "betrokkeneIdentificatie": _PERSON | _ORGANISATION | _EMPLOYEE,
            "contactpersoonRol": frozenset({"emailadres", "functie", "naam", "telefoonnummer"}),
        },
        "zaakobjecten": {"objectIdentificatie": _OBJECT | _PERSON | _ORGANISATION},
        "zaaktypen": {
            "gerelateerdeZaaktypen": frozenset({"zaaktype", "aardRelatie", "toelichting"})
        },
    }
)
"""Per kind of object the groups that differ or may be empty, and what can stand in them."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Names of properties, and what is wanted below a relation or group."""

    names: frozenset[str]
    below: Mapping[str, "Selection"]

    @classmethod
    def read(cls, given: object) -> "Selection":
        """From the body of a question; Problem 400 if it is no selection."""
        if not isinstance(given, list) or not given:
            raise _refused("Dit is geen lijst met velden.")
        names, below = set(), dict[str, Selection]()
        for item in given:
            if isinstance(item, dict):
                below |= {str(name): cls.read(inner) for name, inner in item.items()}
            elif isinstance(item, str):
                names.add(item)
            else:
                raise _refused("Een veld is een naam, of een naam met een lijst.")
        return cls(frozenset(names), below)


class Selecting:
    """What can be chosen of every kind of object; made at startup, of a library by URL."""

    def __init__(self, library: Mapping[str, Wire]) -> None:
        self._library = library
        self._known: dict[str, set[str]] = {}
        self._groups = {kind: {**groups} for kind, groups in GROUPS.items()}
        for url, wire in library.items():
            kind = _kind(url)
            self._known.setdefault(kind, set()).update(wire)
            for name, parts in _groups_in(wire):
                self._groups.setdefault(kind, {}).setdefault(name, parts)

    def check(self, wanted: Selection, kind: str = "zaken") -> None:
        """Problem 400 for a name that objects of this kind, as `rollen`, do not have."""
        _only(wanted.names, self._known[kind])
        for name, inner in wanted.below.items():
            if name in RELATIONS.get(kind, {}):
                self.check(inner, RELATIONS[kind][name])
            elif name in self._groups.get(kind, {}):
                _only(inner.names | inner.below.keys(), self._groups[kind][name])
            else:
                raise _refused(f"Onder {name} kan niets worden gekozen.")

    def shown(self, wire: Wire, wanted: Selection) -> Wire:
        """An object with what is wanted of it; `check` comes first."""
        found = _named(wire, wanted.names)
        expanded: Wire = {}
        for name, inner in wanted.below.items():
            value = wire.get(name)
            if name not in RELATIONS.get(_kind(wire["url"]), {}):
                found[name] = _part(value, inner)
            elif value:
                expanded[name] = self._related(value, inner)
        return found | ({"_expand": expanded} if expanded else {})

    def _related(self, value: Any, wanted: Selection) -> Any:
        if isinstance(value, list):
            return [self.shown(self._library[url], wanted) for url in value]
        return self.shown(self._library[value], wanted)


def _groups_in(wire: Wire) -> Iterator[tuple[str, frozenset[str]]]:
    for name, value in wire.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield name, frozenset(item)


def _kind(url: str) -> str:
    return url.rpartition("/")[0].rpartition("/")[2]


def _only(names: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(known) - {ALL})
    if unknown:
        raise _refused(f"Onbekende velden: {', '.join(unknown)}.")


def _named(wire: Wire, names: frozenset[str]) -> Wire:
    return {name: value for name, value in wire.items() if ALL in names or name in names}


def _part(value: Any, wanted: Selection) -> Any:
    """Of a group, or of each in a list of groups, the properties that are wanted."""
    if isinstance(value, list):
        return [_part(item, wanted) for item in value]
    if not isinstance(value, dict):
        return value
    parts = {name: _part(value[name], inner) for name, inner in wanted.below.items()
             if name in value}  # fmt: skip
    return _named(value, wanted.names) | parts


def _refused(reason: str) -> Problem:
    return invalid([Param("fields", "invalid", reason)])


def exclusive(body: Iterable[str]) -> None:
    """Problem 400 when a question has both `fields` and `expand`."""
    if {"fields", "expand"} <= set(body):
        raise _refused("Gebruik fields of expand, niet allebei.")
