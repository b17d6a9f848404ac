"""Reads and checks the query parameters of the sandbox's BRK and WOZ; object phase.

Every fault is reported at once as ``invalidParams``; an unknown parameter is a fault too. Names,
patterns and limits are those of BRK bevragen 2.0 and WOZ bevragen 1.0.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from sandbox.bag_parameters import Entry, Reader, Unreadable, pattern, truth, whole_number
from sandbox.problems import Invalid, Refused

_SECTION = r"[A-IK-Z]{1,2} [1-9][0-9]{0,4}( A[1-9][0-9]{0,3})?"


def given_text(text: str) -> str:
    """Reads text that is not empty."""
    if not text:
        raise Unreadable("minLength", "Waarde is korter dan minimale lengte 1.")
    return text


READERS: Mapping[str, Reader] = {
    "kadastraleAanduiding": pattern(rf"[a-zA-Z0-9'][a-zA-Z0-9' ,-]*[a-zA-Z0-9] {_SECTION}"),
    "kadastraleAanduidingMetGemeentecode": pattern(rf"[A-Z]{{3}}[0-9]{{2}} {_SECTION}"),
    "inclusiefKadastraalOnroerendeZakenUitSplitsing": truth,
    "persoon__identificatie": given_text,
    "kadastraalOnroerendeZaakIdentificatie": given_text,
    "postcode": pattern(r"[1-9][0-9]{3}[A-Z]{2}"),
    "huisnummer": whole_number(1, 99999),
    "huisletter": pattern(r"[a-zA-Z]"),
    "huisnummertoevoeging": pattern(r"[a-zA-Z0-9]{1,4}"),
    "nummeraanduidingIdentificatie": pattern(r"[0-9]{16}"),
    "adresseerbaarObjectIdentificatie": pattern(r"[0-9]{16}"),
    "rsin": pattern(r"[0-9]{9}"),
    "kvkNummer": pattern(r"[0-9]{8}"),
    "type": given_text,
    "q": given_text,
    "fields": given_text,
    "expand": given_text,
    "page": whole_number(1, 10**9),
    "pageSize": whole_number(1, 100),
}


def read_parameters(request: Request, entries: Sequence[Entry], general: str) -> dict[str, Any]:
    """The parameters of a question, of which exactly one entry may be used; `Refused` when not.

    `general` names the parameters that every entry allows.
    """
    keys = frozenset().union(*(found.required | found.optional for found in entries))
    values = _read(request, keys | frozenset(general.split()))
    used = values.keys() & keys
    fits = any(e.required <= used <= e.required | e.optional for e in entries)
    if entries and not fits:
        title = "De combinatie van opgegeven parameters is niet correct."
        raise Refused(400, "unsupportedCombi", title)
    return values


def admit(request: Request, api_key: str) -> None:
    """Refuses who has no key or wants something else than HAL."""
    if request.headers.get("x-api-key") != api_key:
        raise Refused(401, "authentication", "Niet correct geauthenticeerd.")
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept", "").split(",")]
    if not any(part in ("", "*/*", "application/*", "application/hal+json") for part in accepted):
        raise Refused(406, "notAcceptable", "Gevraagde contenttype wordt niet ondersteund.")


def _read(request: Request, known: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    faults: list[Invalid] = []
    for name in dict.fromkeys(request.query_params.keys()):
        given = request.query_params.getlist(name)
        if name not in known:
            faults.append(Invalid(name, "unknownParam", "Parameter is niet verwacht."))
        elif len(given) > 1:
            faults.append(Invalid(name, "unique", "Parameter is meer dan eens opgegeven."))
        else:
            try:
                values[name] = READERS[name](given[0])
            except Unreadable as unreadable:
                faults.append(Invalid(name, unreadable.code, unreadable.reason))
    if faults:
        raise Refused.parameters(faults)
    return values
