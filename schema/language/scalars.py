"""The published scalars: strict on what a client sends, lenient on what a source sends.

A scalar is a `NewType` for annotations plus a `ScalarSpec` that says what input is allowed. Every
pattern is anchored and ASCII only; a value from a source is passed on as it is, because
production data break the specifications' own patterns (BRP test set, wire-facts section 1.9).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from math import inf, isfinite
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from schema.language.content import Content

Bsn = NewType("Bsn", str)
Rsin = NewType("Rsin", str)
KvkNummer = NewType("KvkNummer", str)
Vestigingsnummer = NewType("Vestigingsnummer", str)
Reisdocumentnummer = NewType("Reisdocumentnummer", str)
Gemeentecode = NewType("Gemeentecode", str)
Postcode = NewType("Postcode", str)
Huisnummer = NewType("Huisnummer", int)
Huisletter = NewType("Huisletter", str)
Huisnummertoevoeging = NewType("Huisnummertoevoeging", str)
AdresseerbaarObjectId = NewType("AdresseerbaarObjectId", str)
NummeraanduidingId = NewType("NummeraanduidingId", str)
PandId = NewType("PandId", str)
OpenbareRuimteId = NewType("OpenbareRuimteId", str)
WoonplaatsId = NewType("WoonplaatsId", str)
KadastraalOnroerendeZaakId = NewType("KadastraalOnroerendeZaakId", str)
KadastraleAanduiding = NewType("KadastraleAanduiding", str)
WozObjectId = NewType("WozObjectId", str)
Datum = NewType("Datum", str)
DatumIncompleet = NewType("DatumIncompleet", str)
Tijdstip = NewType("Tijdstip", str)
Duur = NewType("Duur", str)
Jaar = NewType("Jaar", str)
Uuid = NewType("Uuid", str)
Getal = NewType("Getal", float)
Zoektekst = NewType("Zoektekst", str)
Identificatie = NewType("Identificatie", str)
Cursor = NewType("Cursor", str)
Geometrie = NewType("Geometrie", dict)  # type: ignore[type-arg]  # GeoJSON object as the source gives it
JsonObject = NewType("JsonObject", dict)  # type: ignore[type-arg]  # whatever an application wrote
PersoonRef = NewType("PersoonRef", str)
Downloadlink = NewType("Downloadlink", Content)  # what a sealed field computes; clients see a link

MAX_TEXT = 256
MAX_DEPTH = 64
_UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_REFERENCE = re.compile("ref_[A-Za-z0-9_-]{1,200}")


class PersonReference(str):
    """A `persoonRef` where a burgerservicenummer is expected: opened for who sends it, before
    anything is asked with it.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ScalarSpec:
    """What a client may send for a scalar, and how it is described."""

    name: str
    description: str
    accepts: Callable[[Any], Any]
    """Takes the value as sent, gives the value to use, raises `ValueError` when it is refused."""
    expected: str
    """In Dutch, what is expected: shown to the client instead of the value that it sent."""
    sensitive: bool = False
    """Names a person: accepted only as a variable, never as a literal in a document (rule 37)."""
    structured: bool = False
    """Whether a source gives an object for it; any other scalar is a single value."""

    @property
    def refusal(self) -> str:
        """What a client is told whose value was refused."""
        return f"Verwacht voor {self.name}: {self.expected}."


def elfproef(number: str) -> bool:
    """The check on a BSN or RSIN: 9a+8b+...+2h-i divisible by 11, not all zero."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    return number != "000000000" and total % 11 == 0


@cache
def matching(pattern: str) -> Callable[[Any], str]:
    """A text that matches `pattern` as a whole."""
    compiled = re.compile(pattern, re.ASCII)

    def accept(value: Any) -> str:
        if isinstance(value, str) and compiled.fullmatch(value):
            return value
        raise ValueError

    return accept


def _nine_digits(value: Any) -> str:
    text = matching("[0-9]{9}")(value)
    if not elfproef(text):
        raise ValueError
    return text


def _person(value: Any) -> str:
    if isinstance(value, str) and _REFERENCE.fullmatch(value):
        return PersonReference(value)
    return _nine_digits(value)


def _date(value: Any) -> str:
    text = matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")(value)
    return date.fromisoformat(text).isoformat()


def _partial_date(value: Any) -> str:
    text = matching("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")(value)
    date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    return text


def _timestamp(value: Any) -> str:
    text = matching(
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
    )(value)
    datetime.fromisoformat(text)
    return text


def _postcode(value: Any) -> str:
    return matching("[1-9][0-9]{3} ?[A-Z]{2}")(value).replace(" ", "")


def _house_number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 99_999:
        return value
    raise ValueError


def _number(value: Any) -> int | float:
    """A number that every reader of JSON writes and reads alike: 15 digits, not NaN or infinite."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        return value
    raise ValueError


def _search_text(value: Any) -> str:
    """Free text: no control, direction or surrogate characters, nothing that reads as a path."""
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT:
        raise ValueError
    if _UNSAFE.search(value):
        raise ValueError
    return " ".join(value.split())


def _identification(value: Any) -> str:
    text = _search_text(value)
    if any(part in text for part in ("/", "\\", "%", "..")):
        raise ValueError
    return text


def _uuid(value: Any) -> str:
    return matching("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")(value).lower()


def _refuse(value: Any) -> Any:
    raise ValueError


SCALARS: Mapping[object, ScalarSpec] = {
    Bsn: ScalarSpec(
        "Bsn",
        "Burgerservicenummer: negen cijfers die aan de elfproef voldoen. Waar erom gevraagd wordt, "
        "mag ook een `persoonRef` staan die de vrager zelf kreeg. Alleen als variabele.",
        _person,
        "negen cijfers die aan de elfproef voldoen, of een persoonRef",
        sensitive=True,
    ),
    Rsin: ScalarSpec(
        "Rsin",
        "Rechtspersonen- en samenwerkingsverbanden-informatienummer: negen cijfers, elfproef.",
        _nine_digits,
        "negen cijfers die aan de elfproef voldoen",
    ),
    KvkNummer: ScalarSpec(
        "KvkNummer", "Nummer in het Handelsregister: acht cijfers.", matching("[0-9]{8}"),
        "acht cijfers",
    ),
    Vestigingsnummer: ScalarSpec(
        "Vestigingsnummer", "Nummer van een vestiging in het Handelsregister: twaalf cijfers.",
        matching("[0-9]{12}"), "twaalf cijfers",
    ),
    Reisdocumentnummer: ScalarSpec(
        "Reisdocumentnummer",
        "Nummer van een Nederlands reisdocument: negen hoofdletters en cijfers. Alleen als "
        "variabele.",
        matching("[A-Z0-9]{9}"), "negen hoofdletters en cijfers",
        sensitive=True,
    ),
    Gemeentecode: ScalarSpec(
        "Gemeentecode", "Code van een gemeente (landelijke tabel 33): vier cijfers.",
        matching("[0-9]{4}"), "vier cijfers",
    ),
    Postcode: ScalarSpec(
        "Postcode", "Postcode: vier cijfers en twee hoofdletters; een spatie ertussen mag.",
        _postcode, "vier cijfers en twee hoofdletters",
    ),
    Huisnummer: ScalarSpec(
        "Huisnummer", "Huisnummer: een geheel getal van 1 tot en met 99999.", _house_number,
        "een geheel getal van 1 tot en met 99999",
    ),
    Huisletter: ScalarSpec(
        "Huisletter", "Huisletter: één letter.", matching("[A-Za-z]"), "één letter",
    ),
    Huisnummertoevoeging: ScalarSpec(
        "Huisnummertoevoeging", "Huisnummertoevoeging: één tot vier letters of cijfers.",
        matching("[A-Za-z0-9]{1,4}"), "één tot vier letters of cijfers",
    ),
    AdresseerbaarObjectId: ScalarSpec(
        "AdresseerbaarObjectId",
        "BAG-identificatie van een verblijfsobject, ligplaats of standplaats: zestien cijfers, "
        "op plaats 5 en 6 staat 01, 02 of 03.",
        matching("[0-9]{4}(01|02|03)[0-9]{10}"), "zestien cijfers, 01, 02 of 03 op plaats 5 en 6",
    ),
    NummeraanduidingId: ScalarSpec(
        "NummeraanduidingId",
        "BAG-identificatie van een nummeraanduiding: zestien cijfers, op plaats 5 en 6 staat 20.",
        matching("[0-9]{4}20[0-9]{10}"), "zestien cijfers met 20 op plaats 5 en 6",
    ),
    PandId: ScalarSpec(
        "PandId", "BAG-identificatie van een pand: zestien cijfers, op plaats 5 en 6 staat 10.",
        matching("[0-9]{4}10[0-9]{10}"), "zestien cijfers met 10 op plaats 5 en 6",
    ),
    OpenbareRuimteId: ScalarSpec(
        "OpenbareRuimteId",
        "BAG-identificatie van een openbare ruimte: zestien cijfers, op plaats 5 en 6 staat 30.",
        matching("[0-9]{4}30[0-9]{10}"), "zestien cijfers met 30 op plaats 5 en 6",
    ),
    WoonplaatsId: ScalarSpec(
        "WoonplaatsId", "BAG-identificatie van een woonplaats: vier cijfers.",
        matching("[0-9]{4}"), "vier cijfers",
    ),
    KadastraalOnroerendeZaakId: ScalarSpec(
        "KadastraalOnroerendeZaakId",
        "Kenmerk van een kadastraal onroerende zaak: hoogstens vijftien cijfers.",
        matching("[0-9]{1,15}"), "hoogstens vijftien cijfers",
    ),
    KadastraleAanduiding: ScalarSpec(
        "KadastraleAanduiding",
        "Kadastrale aanduiding: de naam of code van de kadastrale gemeente, de sectie, het "
        "perceelnummer en eventueel het volgnummer van een appartementsrecht.",
        matching(
            "(?=.{1,80}$)[a-zA-Z0-9']([a-zA-Z0-9' ,-]*[a-zA-Z0-9])? [A-IK-Z]{1,2} [1-9][0-9]{0,4}"
            "( A[1-9][0-9]{0,3})?"
        ),
        "een aanduiding als Weidevaart A 12, WDV00 A 12 of Weidevaart A 12 A3",
    ),
    WozObjectId: ScalarSpec(
        "WozObjectId", "Kenmerk van een WOZ-object: twaalf cijfers.", matching("[0-9]{12}"),
        "twaalf cijfers",
    ),
    Datum: ScalarSpec(
        "Datum", "Kalenderdatum volgens ISO 8601: jjjj-mm-dd.", _date, "een datum als 2026-01-31",
    ),
    DatumIncompleet: ScalarSpec(
        "DatumIncompleet",
        "Datum waarvan dag, of dag en maand, onbekend kunnen zijn: jjjj-mm-dd, jjjj-mm of jjjj.",
        _partial_date, "een datum als 2026-01-31, 2026-01 of 2026",
    ),
    Tijdstip: ScalarSpec(
        "Tijdstip", "Datum en tijd volgens ISO 8601, met tijdzone.", _timestamp,
        "een tijdstip als 2026-01-31T12:00:00Z",
    ),
    Duur: ScalarSpec(
        "Duur", "Tijdsduur volgens ISO 8601, zoals P30D.",
        matching(
            "P(?=[0-9T])(#Y)?(#M)?(#W)?(#D)?(T(?=[0-9])(#H)?(#M)?(#S)?)?".replace("#", "[0-9]{1,9}")
        ),
        "een duur als P30D",
    ),
    Jaar: ScalarSpec("Jaar", "Kalenderjaar: vier cijfers.", matching("[0-9]{4}"), "vier cijfers"),
    Uuid: ScalarSpec(
        "Uuid", "Universally unique identifier (RFC 9562).", _uuid, "een uuid",
    ),
    Getal: ScalarSpec(
        "Getal", "Een getal van hoogstens vijftien cijfers voor de komma.", _number,
        "een getal van hoogstens vijftien cijfers",
    ),
    Zoektekst: ScalarSpec(
        "Zoektekst",
        f"Vrije tekst van hoogstens {MAX_TEXT} tekens, zonder besturingstekens.",
        _search_text, f"tekst van hoogstens {MAX_TEXT} tekens zonder besturingstekens",
    ),
    Identificatie: ScalarSpec(
        "Identificatie",
        f"Kenmerk van hoogstens {MAX_TEXT} tekens, zonder besturingstekens, schuine streep, "
        "procentteken of twee punten achter elkaar.",
        _identification, "een kenmerk zonder bijzondere tekens",
    ),
    Cursor: ScalarSpec(
        "Cursor", "Plaats in een lijst, zoals eerder ontvangen; de inhoud heeft geen betekenis.",
        matching("[A-Za-z0-9_-]{1,1024}={0,2}"), "een cursor die eerder is ontvangen",
    ),
    Geometrie: ScalarSpec(
        "Geometrie",
        "Geometrie als GeoJSON-object, in het stelsel dat het veld noemt. Omrekenen gebeurt met "
        "RDNAPTRANS2018, tot op enkele millimeters; ETRS89 geldt daarbij als WGS 84, waarvan het "
        "minder dan een meter verschilt. Een hoogte blijft zoals de bron die gaf.",
        _refuse, "geen invoer", structured=True,
    ),
    JsonObject: ScalarSpec(
        "JsonObject", "Een JSON-object in de vorm die de bron eraan gaf.", _refuse, "geen invoer",
        structured=True,
    ),
    PersoonRef: ScalarSpec(
        "PersoonRef",
        "Verwijzing naar een persoon, voor wie haar kreeg en voor een werkdag: te geven waar een "
        "burgerservicenummer gevraagd wordt. De inhoud heeft geen betekenis, en elke keer is zij "
        "anders.",
        _refuse, "geen invoer",
    ),
    Downloadlink: ScalarSpec(
        "Downloadlink",
        "Pad bij de gateway waar een bestand korte tijd te halen is, met GET en een token van wie "
        "de vraag stelde; het pad zelf heeft geen betekenis.",
        _refuse, "geen invoer",
    ),
}  # fmt: skip


def definition(spec: ScalarSpec) -> ScalarDefinition:
    """The Strawberry definition of a scalar; a refused value is never part of the message."""

    def parse_value(value: Any) -> Any:
        try:
            return spec.accepts(value)
        except (ValueError, TypeError):
            raise ValueError(spec.refusal) from None

    def serialize(value: Any) -> Any:
        """Passes on a source's value, but never what stands inside one: that was not published.

        One that may have an inside has it no deeper than can be written, and no number that JSON
        has not.
        """
        match value:
            case Mapping() | list():
                fits = spec.structured and _depth(value) <= MAX_DEPTH
            case float():
                fits = isfinite(value)
            case _:
                fits = isinstance(value, str | int)
        if not fits:
            raise TypeError(spec.name)
        return value

    made: ScalarDefinition = strawberry.scalar(
        name=spec.name,
        description=spec.description,
        serialize=serialize,
        parse_value=parse_value,
    )
    return made


_IN_JSON = frozenset((str, int, bool, dict, list, type(None)))


def _depth(value: Any) -> float:
    """How deep a value nests, looked at level by level and no further than matters; infinite where
    something in it is nothing that JSON has.
    """
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        inner = [item.values() if isinstance(item, dict) else item for item in level]
        others = (each for items in inner for each in items if type(each) not in _IN_JSON)
        if not all(type(each) is float and isfinite(each) for each in others):
            return inf
        level = [each for items in inner for each in items if isinstance(each, dict | list)]
        depth += 1
    return depth
