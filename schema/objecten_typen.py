"""The published types of one objecttype, made from its JSON Schema (startup).

One object type with a field for every property, a type for every object inside it, an enum for
every closed list, and one input type with the filters that the Objects API can be asked for. What
stands under `record.data` is published directly on the object; what the API itself says of an
object keeps its place and its names under `record`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Annotated, Any, Literal

import strawberry

from schema.language.coordinates import in_rd, positions
from schema.language.declare import MARK, Copied, Derived, FieldDeclaration, TypeDeclaration
from schema.language.links import ListOf
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Bsn,
    Datum,
    Duur,
    Geometrie,
    Getal,
    JsonObject,
    KadastraalOnroerendeZaakId,
    KvkNummer,
    NummeraanduidingId,
    PandId,
    Tijdstip,
    Uuid,
    Vestigingsnummer,
    Zoektekst,
)
from schema.objecten import (
    DATA,
    Choice,
    Group,
    Leaf,
    LinkKind,
    Objecttype,
    Path,
    Property,
    every_property,
)
from schema.objecten_namen import (
    camel_name,
    free_member,
    free_name,
    member_name,
    sentence,
    snake,
    type_name,
)

Operator = Literal["exact", "gt", "gte", "lt", "lte", "icontains", "in"]
MOST_VALUES = 50
"""Values in one list of a filter."""

_UNASKABLE = re.compile(r"__|[,.%]|^_|_$|^\s|\s$|^[0-9]*$")
"""In a name: what the Objects API takes for the end of it, in `fields` and in `data_attr`."""
_OUT: Mapping[str, Any] = MappingProxyType(
    {
        "text": str,
        "integer": int,
        "number": float,
        "boolean": bool,
        "date": Datum,
        "timestamp": Tijdstip,
        "uuid": Uuid,
        "duration": Duur,
        "json": JsonObject,
    }
)
_KEYS: Mapping[LinkKind, Any] = MappingProxyType(
    {
        "persoon": Bsn,
        "adres": NummeraanduidingId,
        "adresseerbaar-object": AdresseerbaarObjectId,
        "pand": PandId,
        "kadastraal-onroerende-zaak": KadastraalOnroerendeZaakId,
        "bedrijf": KvkNummer,
        "vestiging": Vestigingsnummer,
    }
)
_RECORD: tuple[tuple[str, Any, str], ...] = (
    ("index", int, "Het hoeveelste record van dit object dit is."),
    ("typeVersion", int, "De versie van het objecttype waarnaar dit record is gemaakt."),
    ("geometry", Geometrie, "Waar het object is, als GeoJSON in WGS84 (EPSG:4326)."),
    ("startAt", Datum, "Vanaf wanneer deze gegevens in werkelijkheid gelden."),
    ("endAt", Datum, "Tot wanneer deze gegevens gelden; leeg als dat niet vaststaat."),
    ("registrationAt", Datum, "Wanneer deze gegevens zijn vastgelegd."),
    ("correctionFor", int, "Het nummer van het record dat door dit record is verbeterd."),
    ("correctedBy", int, "Het nummer van het record waardoor dit record is verbeterd."),
)
_RECORD_TEXT = "Wanneer deze gegevens gelden en waar het object is."
_IN_RD = (
    "Waar het object is, als GeoJSON in RD (EPSG:28992), in meters: omgerekend uit WGS84 met "
    "RDNAPTRANS2018."
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What one field of the filter asks of the property at `path` (below `record.data`)."""

    path: Path
    operator: Operator
    is_number: bool = False
    next_day: bool = False
    """Whether the day after the given one is asked: the last day of a timestamp counts whole."""


Filters = Mapping[Path, Filter]
"""By the names in the filter, as the machine hands them to a read."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to filter on a property: what follows its name, and what is asked."""

    suffix: str
    operator: Operator
    text: str
    next_day: bool = False


_EXACT = _Way("", "exact", "Precies deze waarde van ‘{}’.")
_IN = _Way("In", "in", "Een van deze waarden van ‘{}’, hoogstens vijftig.")
_WAYS: Mapping[str, tuple[Any, tuple[_Way, ...]]] = MappingProxyType(
    {
        "text": (
            Zoektekst,
            (
                _EXACT,
                _Way("Bevat", "icontains", "Deze tekst staat ergens in ‘{}’, met welke letters "
                     "ook, groot of klein."),
                _IN,
            ),
        ),
        "uuid": (Uuid, (_EXACT, _IN)),
        "duration": (Duur, (_EXACT, _IN)),
        "number": (
            Getal,
            (
                _EXACT,
                _Way("Vanaf", "gte", "‘{}’ is dit getal of hoger."),
                _Way("TotEnMet", "lte", "‘{}’ is dit getal of lager."),
                _Way("MeerDan", "gt", "‘{}’ is hoger dan dit getal."),
                _Way("MinderDan", "lt", "‘{}’ is lager dan dit getal."),
            ),
        ),
        "date": (
            Datum,
            (
                _EXACT,
                _Way("Vanaf", "gte", "‘{}’ is deze dag of later."),
                _Way("TotEnMet", "lte", "‘{}’ is deze dag of eerder."),
                _Way("Na", "gt", "‘{}’ is later dan deze dag."),
                _Way("Voor", "lt", "‘{}’ is eerder dan deze dag."),
            ),
        ),
        "timestamp": (
            Datum,
            (
                _Way("Vanaf", "gte", "‘{}’ is op deze dag of later."),
                _Way("TotEnMet", "lt", "‘{}’ is op deze dag of eerder.", next_day=True),
            ),
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """What is published of one objecttype, and what its reads must know of that."""

    objecttype: Objecttype
    cls: type
    asked: type | None
    """The input type of the filter; None when there is nothing to filter on."""
    filters: Filters
    whole: Mapping[str, str]
    """Dotted wire paths that cannot be asked by themselves, and what to ask instead."""


def own_names(objecttype: Objecttype) -> tuple[str, ...]:
    """The names of types that every objecttype has, whatever its schema says."""
    name = type_name(objecttype.name)
    return name, f"{name}Record", f"{name}Edge", f"{name}Connection", f"{name}Filter"


def made_of(objecttype: Objecttype, taken: set[str]) -> Made:
    """The types of an objecttype; adds their names to `taken`.

    `taken` holds the names of all other types, and of every objecttype its `own_names`.
    """
    return _Maker(objecttype, taken).make()


@dataclass(slots=True)
class _Maker:
    objecttype: Objecttype
    taken: set[str]
    filters: dict[Path, Filter] = field(default_factory=dict)
    enums: dict[Path, Any] = field(default_factory=dict)

    def make(self) -> Made:
        own = self.objecttype
        name = type_name(own.name)
        cls = _declared(name, own.text, own.label)
        hidden = frozenset((*DATA, *link.path) for link in own.links if link.kind == "zaak")
        cls.__dict__[MARK].wire = hidden | ({("url",)} if own.zaken else set())
        _add(cls, "uuid", Uuid, "Het uuid van het object bij de bron.")
        _add(cls, "record", _record(f"{name}Record", own.label) | None, _RECORD_TEXT)
        reserved = {"uuid", "record", *(link.name for link in own.links)}
        reserved |= {own.zaken} if own.zaken else set()
        self._fields(cls, own.data, (), own.label, reserved)
        asked = self._filter(f"{name}Filter", own.data, (), ())
        return Made(own, cls, asked, self.filters, dict(_whole(own.data)))

    # ---- what is seen -----------------------------------------------------------------------

    def _fields(self, cls: type, group: Group, above: Path, label: str, names: set[str]) -> None:
        for each in group.properties:
            path = (*above, each.name)
            if not self._is_shown(each, path):
                continue
            own = self.objecttype.labels.get(path, label)
            name = free_name(camel_name(each.name), names, "data")
            names.add(name)
            _add(
                cls,
                name,
                self._annotation(cls.__name__, each, path, own),
                sentence(each.text, each.name),
                path=(each.name,) if above else (*DATA, each.name),
                label=None if own == label else own,
            )

    def _annotation(self, holder: str, each: Property, path: Path, label: str) -> Any:
        inner = self._inner(holder, each, path, label)
        return list[inner] | None if each.many else inner | None  # type: ignore[valid-type]

    def _inner(self, holder: str, each: Property, path: Path, label: str) -> Any:
        link = self.objecttype.link_at(path)
        if link is not None:
            return _KEYS[link.kind]
        match each.shape:
            case Leaf(kind=kind):
                return _OUT[kind]
            case Choice() as choice:
                made = self.enums[path] = self._enum(holder, each, choice)
                return made
            case Group() as group:
                text = sentence(each.text, each.name)
                cls = _declared(self._type_name(holder, each), text, label)
                self._fields(cls, group, path, label, set())
                return cls

    def _enum(self, holder: str, each: Property, choice: Choice) -> Any:
        members: dict[str, Any] = {}
        for value, text in choice.options:
            name = free_member(member_name(value), members)
            said = sentence(text, value) if text else f"De waarde ‘{sentence(None, value)[:-1]}’."
            members[name] = strawberry.enum_value(value, description=said)
        made: Any = Enum(self._type_name(holder, each), members)  # type: ignore[misc]
        return strawberry.enum(made, description=sentence(each.text, each.name))

    def _type_name(self, holder: str, each: Property) -> str:
        name = free_name(f"{holder}{type_name(each.name)}", self.taken, "Object")
        self.taken.add(name)
        return name

    def _is_shown(self, each: Property, path: Path) -> bool:
        """The address of a zaak is never shown, nor an object with nothing to show in it."""
        link = self.objecttype.link_at(path)
        if not each.name or (link is not None and link.kind == "zaak"):
            return False
        if not isinstance(each.shape, Group):
            return True
        return any(self._is_shown(below, (*path, below.name)) for below in each.shape.properties)

    # ---- what can be asked ------------------------------------------------------------------

    def _filter(self, name: str, group: Group, above: Path, keys: Path) -> type | None:
        cls = _declared(name, f"Waaraan {self.objecttype.plural} moeten voldoen.", "")
        cls.__dict__[MARK].is_input = True
        names: set[str] = set()
        for each in group.properties:
            if self._is_asked(each, (*above, each.name)):
                self._ask(cls, each, (*above, each.name), keys, names)
        return cls if cls.__dict__[MARK].fields else None

    def _ask(self, cls: type, each: Property, path: Path, keys: Path, names: set[str]) -> None:
        if isinstance(each.shape, Group):
            name = free_name(camel_name(each.name), names, "data")
            below = self._filter_below(cls, each.shape, path, (*keys, snake(name)), each)
            if below is not None:
                names.add(name)
                _add_asked(cls, name, below | None, f"Waaraan ‘{name}’ moet voldoen.")
            return
        scalar, ways = self._ways(each, path)
        for way in ways:
            name = free_name(camel_name(each.name) + way.suffix, names, "data")
            names.add(name)
            is_number = scalar is Getal
            filtering = Filter(path, way.operator, is_number, way.next_day)
            self.filters[(*keys, snake(name))] = filtering
            listed = Annotated[list[scalar] | None, ListOf(MOST_VALUES)]  # type: ignore[valid-type]
            annotation = listed if way.operator == "in" else scalar | None
            _add_asked(cls, name, annotation, way.text.format(camel_name(each.name)))

    def _filter_below(
        self, cls: type, group: Group, path: Path, keys: Path, each: Property
    ) -> type | None:
        stem = cls.__name__.removesuffix("Filter") + type_name(each.name)
        name = free_name(f"{stem}Filter", self.taken, "Object")
        found = self._filter(name, group, path, keys)
        if found is not None:
            self.taken.add(name)
        return found

    def _ways(self, each: Property, path: Path) -> tuple[Any, tuple[_Way, ...]]:
        link = self.objecttype.link_at(path)
        if link is not None:
            return _KEYS[link.kind], (_EXACT, _IN)
        if isinstance(each.shape, Choice):
            return self.enums[path], (_EXACT, _IN)
        kind = each.shape.kind if isinstance(each.shape, Leaf) else "json"
        return _WAYS.get("number" if kind == "integer" else kind, (None, ()))

    def _is_asked(self, each: Property, path: Path) -> bool:
        """Who may not see a property may not find objects by it either, so only what everyone who
        may ask also sees; a list cannot be searched, nor a name that the API would misread.
        """
        link = self.objecttype.link_at(path)
        is_key = link is not None and link.kind in ("persoon", "zaak")
        hidden = self.objecttype.labels.get(path, self.objecttype.label) != self.objecttype.label
        return not (is_key or hidden or each.many or _UNASKABLE.search(each.name))


def _whole(data: Group) -> Iterator[tuple[str, str]]:
    """Of what stands in a list the whole list; of a name that the API would misread, all that is
    beside it.
    """
    for path, each in every_property(data):
        here, above = (".".join((*DATA, *part)) for part in (path, path[:-1]))
        if _UNASKABLE.search(each.name):
            yield here, above
        elif each.many:
            yield here, here


def _record(name: str, label: str) -> Any:
    """What the API itself says of an object, with the label of that object."""
    cls = _declared(name, _RECORD_TEXT, label)
    for wire, scalar, text in _RECORD:
        _add(cls, wire, scalar | None, text)
    kind = Derived(_geometry_rd, (("geometry", ("geometry",)),), effort=positions)
    made = FieldDeclaration("geometryRd", "geometry_rd", kind, None, _IN_RD, _geometry_rd)
    cls.__dict__[MARK].fields[made.name] = made
    return cls


def _geometry_rd(geometry: dict[str, Any] | None) -> Geometrie | None:
    return in_rd(geometry)


def _declared(name: str, text: str, label: str) -> type:
    cls = type(name, (), {"__module__": "objecttypen"})
    cls.__annotations__ = {}
    setattr(cls, MARK, TypeDeclaration(cls, name, text, label))
    return cls


def _add(
    cls: type,
    name: str,
    annotation: Any,
    text: str,
    *,
    path: Path | None = None,
    label: str | None = None,
) -> None:
    cls.__annotations__[name] = annotation
    kind = Copied(path or (name,))
    cls.__dict__[MARK].fields[name] = FieldDeclaration(name, name, kind, label, text)


def _add_asked(cls: type, name: str, annotation: Any, text: str) -> None:
    attribute = snake(name)
    cls.__annotations__[attribute] = annotation
    made = FieldDeclaration(name, attribute, Copied((name,)), None, text)
    cls.__dict__[MARK].fields[name] = made
