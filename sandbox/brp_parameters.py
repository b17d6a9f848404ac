"""Checks a question to the BRP's smaller APIs and says what is wrong with it, all at once; object
phase.

As BRP Bewoning 2.1, Historie 2.0 and Reisdocumenten 2.0: questions are told apart by ``type``, and
every parameter of a type must be given, and no other.
"""

from collections.abc import Mapping
from typing import Any

from sandbox.brp_query import OBJECT_ID, Check, full_date, matches
from sandbox.problems import NOT_CORRECT, Invalid, Refused

Kinds = Mapping[str, Mapping[str, Check]]
"""By type of question its parameters and their checks."""

BSN = matches("^[0-9]{9}$")
PERIOD: Mapping[str, Check] = {"datumVan": full_date, "datumTot": full_date}
DAY: Mapping[str, Check] = {"peildatum": full_date}
OBJECT: Mapping[str, Check] = {"adresseerbaarObjectIdentificatie": OBJECT_ID}


def checked(body: Any, kinds: Kinds) -> Mapping[str, Any]:
    """The parameters of a question; `Refused` with every fault in it."""
    if not isinstance(body, dict):
        raise _refused([Invalid("body", "object", "Body is geen JSON object.")])
    kind = body.get("type")
    if kind is None:
        raise _refused([Invalid("type", "required", "Parameter is verplicht.")])
    if not isinstance(kind, str) or kind not in kinds:
        raise _refused([Invalid("type", "value", "Waarde is geen geldig zoek type.")])
    faults = _faults(body, kinds[kind])
    if faults:
        raise _refused(faults)
    return body


def _faults(body: Mapping[str, Any], parameters: Mapping[str, Check]) -> list[Invalid]:
    faults = [
        Invalid(name, "unknownParam", "Parameter is niet verwacht.")
        for name in body
        if name not in parameters and name != "type"
    ]
    for name, check in parameters.items():
        if body.get(name) in (None, ""):
            faults.append(Invalid(name, "required", "Parameter is verplicht."))
        else:
            faults += check(name, body[name])
    return faults or _period_faults(body)


def _period_faults(body: Mapping[str, Any]) -> list[Invalid]:
    if "datumVan" in body and body["datumTot"] <= body["datumVan"]:
        return [Invalid("datumTot", "invalidParam", "datumTot moet na datumVan liggen.")]
    return []


def _refused(faults: list[Invalid]) -> Refused:
    names = ", ".join(sorted({fault.name for fault in faults}))
    detail = f"De foutieve parameter(s) zijn: {names}."
    return Refused(400, "paramsValidation", NOT_CORRECT, detail, faults)
