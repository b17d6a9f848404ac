"""Reads and checks the query parameters of the BAG app; object phase.

Every fault is reported at once as ``invalid-params``; an unknown parameter is a fault too. Names,
patterns and limits are those of BAG API Individuele Bevragingen v2.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from starlette.requests import Request

from sandbox.identifiers import BagKind
from sandbox.problems import NOT_CORRECT, Invalid, Refused

Reader = Callable[[str], Any]

OBJECT_ID = r"[0-9]{4}(01|02|03)[0-9]{10}"
MAX_BOX = 250_000.0
PURPOSES = (
    "woonfunctie",
    "bijeenkomstfunctie",
    "celfunctie",
    "gezondheidszorgfunctie",
    "industriefunctie",
    "kantoorfunctie",
    "logiesfunctie",
    "onderwijsfunctie",
    "sportfunctie",
    "winkelfunctie",
    "overige gebruiksfunctie",
)


class Unreadable(Exception):  # noqa: N818  not an error of ours: the caller's value is
    """A value that a parameter does not take, with the machine code and the reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def pattern(expression: str) -> Reader:
    """A reader of text that fits an expression."""
    compiled = re.compile(expression)

    def read(text: str) -> str:
        if not compiled.fullmatch(text):
            raise Unreadable("pattern", "Waarde voldoet niet aan patroon.")
        return text

    return read


def identification(kind: BagKind) -> Reader:
    """A reader of BAG identifications of one kind."""
    return pattern(rf"[0-9]{{4}}{kind}[0-9]{{10}}")


def whole_number(least: int, most: int) -> Reader:
    """A reader of whole numbers between bounds, both included."""

    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", text):
            raise Unreadable("integer", "Waarde is geen geldige integer.")
        if int(text) < least:
            raise Unreadable("minimum", f"Waarde is lager dan minimum {least}.")
        if int(text) > most:
            raise Unreadable("maximum", f"Waarde is hoger dan maximum {most}.")
        return int(text)

    return read


def one_of(*values: str) -> Reader:
    """A reader of one of a few words."""

    def read(text: str) -> str:
        if text not in values:
            raise Unreadable("enum", "Waarde heeft geen geldige waarde.")
        return text

    return read


def text_of(most: int) -> Reader:
    """A reader of text of 1 to `most` characters."""

    def read(text: str) -> str:
        if not text:
            raise Unreadable("minLength", "Waarde is korter dan minimale lengte 1.")
        if len(text) > most:
            raise Unreadable("maxLength", f"Waarde is langer dan maximale lengte {most}.")
        return text

    return read


def truth(text: str) -> bool:
    """Reads true or false."""
    if text not in ("true", "false"):
        raise Unreadable("boolean", "Waarde is geen geldige boolean.")
    return text == "true"


def day(text: str) -> str:
    """Reads an ISO date."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unreadable("date", "Waarde is geen geldige datum.") from None


def moment(text: str) -> str:
    """Reads an ISO timestamp."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("date-time", "Waarde is geen geldig tijdstip.") from None
    return text


def numbers(count: int) -> Reader:
    """A reader of a comma separated list of this many numbers, in RD metres."""

    def read(text: str) -> tuple[float, ...]:
        try:
            found = tuple(float(part) for part in text.split(","))
        except ValueError:
            raise Unreadable("number", "Waarde is geen geldig decimaal getal.") from None
        if len(found) != count:
            raise Unreadable("array", f"Waarde bestaat niet uit {count} getallen.")
        return found

    return read


def box(text: str) -> tuple[float, ...]:
    """Reads a bounding box of at most 250,000 square metres."""
    found: tuple[float, ...] = numbers(4)(text)
    west, south, east, north = found
    if not (west < east and south < north and (east - west) * (north - south) <= MAX_BOX):
        raise Unreadable("bbox", "De oppervlakte van de bbox is maximaal 250000 m2.")
    return found


READERS: Mapping[str, Reader] = {
    "postcode": pattern(r"[1-9][0-9]{3} ?[a-zA-Z]{2}"),
    "huisnummer": whole_number(1, 99999),
    "huisletter": pattern(r"[a-zA-Z]"),
    "huisnummertoevoeging": pattern(r"[0-9a-zA-Z]{1,4}"),
    "exacteMatch": truth,
    "adresseerbaarObjectIdentificatie": pattern(OBJECT_ID),
    "nummeraanduidingIdentificatie": identification(BagKind.NUMMERAANDUIDING),
    "pandIdentificatie": identification(BagKind.PAND),
    "pandIdentificaties": identification(BagKind.PAND),
    "openbareRuimteIdentificatie": identification(BagKind.OPENBARE_RUIMTE),
    "woonplaatsIdentificatie": pattern(r"[0-9]{4}"),
    "zoekresultaatIdentificatie": text_of(255),
    "woonplaatsNaam": text_of(80),
    "openbareRuimteNaam": text_of(80),
    "naam": text_of(80),
    "q": text_of(255),
    "zoek": text_of(255),
    "inclusiefEindStatus": truth,
    "huidig": truth,
    "geldigOp": day,
    "beschikbaarOp": moment,
    "expand": text_of(255),
    "page": whole_number(1, 10**9),
    "pageSize": whole_number(10, 100),
    "point": numbers(2),
    "bbox": box,
    "geconstateerd": truth,
    "type": one_of("Verblijfsobject", "Ligplaats", "Standplaats"),
    "gebruiksdoelen": one_of(*PURPOSES),
    "statusPand": text_of(80),
    "oppervlakte[min]": whole_number(1, 999_999),
    "oppervlakte[max]": whole_number(1, 999_999),
    "bouwjaar[min]": whole_number(0, 9999),
    "bouwjaar[max]": whole_number(0, 9999),
}
LISTS = frozenset({"pandIdentificaties", "gebruiksdoelen", "statusPand"})
TIME_TRAVEL = ("geldigOp", "beschikbaarOp")


@dataclass(frozen=True, slots=True)
class Entry:
    """One supported combination of search keys."""

    required: frozenset[str]
    optional: frozenset[str] = field(default_factory=frozenset)


def entry(required: str, optional: str = "") -> Entry:
    """An entry from names separated by spaces."""
    return Entry(frozenset(required.split()), frozenset(optional.split()))


def read_parameters(request: Request, entries: Iterable[Entry], extra: str) -> dict[str, Any]:
    """The parameters of a search, of which exactly one entry may be used; `Refused` when not.

    `extra` names the parameters that every entry allows.
    """
    entries, general = tuple(entries), frozenset(extra.split())
    keys = frozenset().union(*(found.required | found.optional for found in entries))
    values = _read(request, keys | general)
    used = values.keys() & keys
    if not entries or any(e.required <= used <= e.required | e.optional for e in entries):
        _check_time_travel(values)
        return values
    _refuse_combination(used, entries)
    return values


def _read(request: Request, known: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    faults: list[Invalid] = []
    for name in dict.fromkeys(request.query_params.keys()):
        given = request.query_params.getlist(name)
        if name not in known:
            faults.append(Invalid(name, "unknownParam", "Parameter is niet verwacht."))
        elif len(given) > 1 and name not in LISTS:
            faults.append(Invalid(name, "unique", "Parameter is meer dan eens opgegeven."))
        else:
            try:
                read = [READERS[name](text) for text in given]
                values[name] = read if name in LISTS else read[0]
            except Unreadable as unreadable:
                faults.append(Invalid(name, unreadable.code, unreadable.reason))
    if faults:
        names = ", ".join(fault.name for fault in faults)
        detail = f"Bad request voor parameter(s): {names}."
        raise Refused(400, "paramsValidation", NOT_CORRECT, detail, faults)
    return values


def _check_time_travel(values: Mapping[str, Any]) -> None:
    if values.get("huidig") and any(name in values for name in TIME_TRAVEL):
        title = "De combinatie van opgegeven parameters wordt niet ondersteund."
        raise Refused(400, "unsupportedCombination", title)


def _refuse_combination(used: Iterable[str], entries: tuple[Entry, ...]) -> None:
    given = set(used)
    if not given:
        title = "Ten minste één parameter moet worden opgegeven."
        raise Refused(400, "paramsRequired", title)
    for found in entries:
        if given < found.required | found.optional and given & found.required:
            missing = sorted(found.required - given)
            faults = [Invalid(name, "required", "Parameter is verplicht.") for name in missing]
            title = "Minimale combinatie van parameters moet worden opgegeven."
            raise Refused(400, "paramsCombination", title, invalid=faults)
    title = "De combinatie van opgegeven parameters wordt niet ondersteund."
    raise Refused(400, "unsupportedCombination", title)
