"""Checks a question put to BRP Personen 2.7 and says what is wrong with it, all at once; object
phase.

Seven types of question, told apart by ``type``; limits and patterns are those of the API
specification.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.brp_fields import AUTOMATIC, TREES, Kind, node
from sandbox.problems import Invalid, Refused

Check = Callable[[str, Any], list[Invalid]]

MAX_BSNS = 20
MAX_FIELDS = 130
TEXT = r"[a-zA-Z0-9À-ž .\-']"


def matches(pattern: str) -> Check:
    """A check that a value is a string of this pattern."""
    compiled = re.compile(pattern)

    def check(name: str, value: Any) -> list[Invalid]:
        if isinstance(value, str) and compiled.fullmatch(value):
            return []
        return [Invalid(name, "pattern", f"Waarde voldoet niet aan patroon {pattern}.")]

    return check


def full_date(name: str, value: Any) -> list[Invalid]:
    """Checks for a whole ISO date."""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            date.fromisoformat(value)
            return []
    except ValueError:
        pass
    return [Invalid(name, "date", "Waarde is geen geldige datum.")]


def house_number(name: str, value: Any) -> list[Invalid]:
    """Checks for a whole number from 1 to 99999."""
    if isinstance(value, bool) or not isinstance(value, int):
        return [Invalid(name, "integer", "Waarde is geen geldig getal.")]
    if value < 1:
        return [Invalid(name, "minimum", "Waarde is lager dan minimum 1.")]
    if value > 99999:
        return [Invalid(name, "maximum", "Waarde is hoger dan maximum 99999.")]
    return []


def truth(name: str, value: Any) -> list[Invalid]:
    """Checks for true or false."""
    ok = isinstance(value, bool)
    return [] if ok else [Invalid(name, "boolean", "Waarde is geen boolean.")]


def bsns(name: str, value: Any) -> list[Invalid]:
    """Checks for one to twenty BSNs; one that is malformed is reported by its index."""
    faults = _sized(name, value, MAX_BSNS)
    if faults:
        return faults
    check = matches(r"^[0-9]{9}$")
    return [fault for i, bsn in enumerate(value) for fault in check(f"{name}[{i}]", bsn)]


def _sized(name: str, value: Any, most: int) -> list[Invalid]:
    if not isinstance(value, list):
        return [Invalid(name, "array", "Parameter is geen array.")]
    if not value:
        return [Invalid(name, "minItems", "Array bevat minder dan 1 items.")]
    if len(value) > most:
        return [Invalid(name, "maxItems", f"Array bevat meer dan {most} items.")]
    return []


NAME = matches(rf"^{TEXT}{{1,200}}$|^{TEXT}{{3,199}}\*{{1}}$")
OBJECT_ID = matches(r"^(?!0{16})[0-9]{16}$")
CHECKS: Mapping[str, Check] = {
    "burgerservicenummer": bsns,
    "geslachtsnaam": NAME,
    "voornamen": NAME,
    "voorvoegsel": matches(r"^[a-zA-Z ']{1,10}$"),
    "geslacht": matches(r"^([Mm]|[Vv]|[Oo])$"),
    "geboortedatum": full_date,
    "inclusiefOverledenPersonen": truth,
    "gemeenteVanInschrijving": matches(r"^[0-9]{4}$"),
    "postcode": matches(r"^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$"),
    "huisnummer": house_number,
    "huisletter": matches(r"^[a-zA-Z]{1}$"),
    "huisnummertoevoeging": matches(r"^[a-zA-Z0-9 \-]{1,4}$"),
    "straat": matches(rf"^{TEXT}{{1,80}}$|^{TEXT}{{7,79}}\*{{1}}$|^\*{{1}}{TEXT}{{7,79}}$"),
    "nummeraanduidingIdentificatie": OBJECT_ID,
    "adresseerbaarObjectIdentificatie": OBJECT_ID,
}
VOORNAMEN_OPTIONAL = matches(rf"^{TEXT}{{1,199}}\*{{0,1}}$")


@dataclass(frozen=True, slots=True)
class QueryType:
    """One type of question: its parameters, the kind of its answer and the most persons it may
    find.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    answers: Kind
    limit: int | None


ALIVE, WHERE = "inclusiefOverledenPersonen", "gemeenteVanInschrijving"
NUMBER_PARTS = ("huisletter", "huisnummertoevoeging")
QUERY_TYPES: Mapping[str, QueryType] = {
    query.name: query
    for query in (
        QueryType(
            "RaadpleegMetBurgerservicenummer",
            ("burgerservicenummer",),
            (WHERE,),
            Kind.PERSOON,
            None,
        ),
        QueryType(
            "ZoekMetGeslachtsnaamEnGeboortedatum",
            ("geslachtsnaam", "geboortedatum"),
            ("voornamen", "voorvoegsel", "geslacht", ALIVE, WHERE),
            Kind.BEPERKT,
            10,
        ),
        QueryType(
            "ZoekMetNaamEnGemeenteVanInschrijving",
            ("geslachtsnaam", "voornamen", WHERE),
            ("voorvoegsel", "geslacht", ALIVE),
            Kind.BEPERKT,
            10,
        ),
        QueryType(
            "ZoekMetPostcodeEnHuisnummer",
            ("postcode", "huisnummer"),
            (*NUMBER_PARTS, "geboortedatum", "geslachtsnaam", ALIVE, WHERE),
            Kind.BEPERKT,
            30,
        ),
        QueryType(
            "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
            ("straat", "huisnummer", WHERE),
            (*NUMBER_PARTS, ALIVE),
            Kind.BEPERKT,
            30,
        ),
        QueryType(
            "ZoekMetNummeraanduidingIdentificatie",
            ("nummeraanduidingIdentificatie",),
            (ALIVE, WHERE),
            Kind.BEPERKT,
            30,
        ),
        QueryType(
            "ZoekMetAdresseerbaarObjectIdentificatie",
            ("adresseerbaarObjectIdentificatie",),
            (ALIVE, WHERE),
            Kind.GEZAG_BEPERKT,
            30,
        ),
    )
}


def checked(body: Any) -> tuple[QueryType, Mapping[str, Any]]:
    """The type of a question and its parameters; `Refused` with every fault in it."""
    if not isinstance(body, dict):
        raise Refused.parameters([Invalid("body", "object", "Body is geen JSON object.")])
    query_type = _query_type(body)
    faults = _faults(query_type, body)
    if faults:
        raise Refused.parameters(faults)
    return query_type, body


def _query_type(body: Mapping[str, Any]) -> QueryType:
    name = body.get("type")
    if name is None:
        raise Refused.parameters([Invalid("type", "required", "Parameter is verplicht.")])
    if not isinstance(name, str) or name not in QUERY_TYPES:
        raise Refused.parameters([Invalid("type", "value", "Waarde is geen geldig zoek type.")])
    return QUERY_TYPES[name]


def _faults(query_type: QueryType, body: Mapping[str, Any]) -> list[Invalid]:
    known = {*query_type.required, *query_type.optional, "type", "fields"}
    faults = [
        Invalid(name, "required", "Parameter is verplicht.")
        for name in (*query_type.required, "fields")
        if body.get(name) is None
    ]
    for name, value in body.items():
        if name not in known:
            faults.append(Invalid(name, "unknownParam", "Parameter is niet verwacht."))
        elif name == "fields" and value is not None:
            faults += field_faults(value, query_type.answers)
        elif name in CHECKS and value is not None:
            faults += _check_of(query_type, name)(name, value)
    return faults


def _check_of(query_type: QueryType, name: str) -> Check:
    if name == "voornamen" and name in query_type.optional:
        return VOORNAMEN_OPTIONAL
    return CHECKS[name]


def field_faults(value: Any, kind: Kind) -> list[Invalid]:
    """What is wrong with ``fields``: size, unknown paths, paths that come by themselves."""
    faults = _sized("fields", value, MAX_FIELDS)
    if faults:
        return faults
    return [
        fault
        for index, path in enumerate(value)
        if (fault := _path_fault(f"fields[{index}]", path, kind)) is not None
    ]


def _path_fault(name: str, path: Any, kind: Kind) -> Invalid | None:
    if not isinstance(path, str) or not re.fullmatch(r"[a-zA-Z0-9._]{1,200}", path):
        return Invalid(name, "pattern", "Waarde voldoet niet aan patroon ^[a-zA-Z0-9\\._]{1,200}$.")
    if AUTOMATIC & set(path.split(".")):
        return Invalid(name, "fields", "Parameter bevat een niet toegestane veldnaam.")
    if node(TREES[kind], path) is None:
        return Invalid(name, "fields", "Parameter bevat een niet bestaande veldnaam.")
    return None
