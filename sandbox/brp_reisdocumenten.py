"""The sandbox's BRP Reisdocumenten 2.0: travel documents by holder or by number, as a Starlette
app; operation phase.

By holder only those that the holder still has; by number also one that was lost or handed in. By
themselves come doubts about what was asked, and the holder's secrecy and suspension.
"""

import re
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette

from sandbox.brp_endpoint import API_KEY, endpoint
from sandbox.brp_fields import AUTOMATIC, DATE, TABLE, Tree, leaves, node
from sandbox.brp_parameters import BSN, Kinds, checked
from sandbox.brp_projection import part_of, wanted_of
from sandbox.brp_query import Check, matches
from sandbox.problems import Invalid
from sandbox.travel_documents import TravelDocuments
from sandbox.wire import Wire

MOST_FIELDS = 25
DOCUMENT: Tree = {
    **leaves("reisdocumentnummer"),
    "soort": TABLE,
    "datumEindeGeldigheid": DATE,
    "inhoudingOfVermissing": {"datum": DATE, "aanduiding": TABLE},
    "houder": leaves("burgerservicenummer"),
}
ALWAYS = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding")


def reisdocumenten_app(documents: TravelDocuments, api_key: str = API_KEY) -> Starlette:
    """The app with ``POST /reisdocumenten``, answering from these documents."""

    def answer(body: Any, purpose: str) -> Wire:
        question = checked(body, KINDS)
        asked = wanted_of(DOCUMENT, question["fields"])
        found = [_projected(each, asked) for each in _found(documents, question)]
        return {"type": question["type"], "reisdocumenten": found}

    return endpoint("/reisdocumenten", answer, api_key)


def _found(documents: TravelDocuments, question: Mapping[str, Any]) -> list[Wire]:
    if "burgerservicenummer" in question:
        owned = documents.of(question["burgerservicenummer"])
        return [each for each in owned if "inhoudingOfVermissing" not in each]
    found = documents.numbered(question["reisdocumentnummer"][0])
    return [] if found is None else [found]


def _projected(document: Wire, asked: Tree) -> Wire:
    found = part_of(document, asked)
    always = {name: document["houder"][name] for name in ALWAYS if name in document["houder"]}
    return found | ({"houder": found.get("houder", {}) | always} if always else {})


def _numbers(name: str, value: Any) -> list[Invalid]:
    """Checks for a list of exactly one number of a travel document."""
    if not isinstance(value, list):
        return [Invalid(name, "array", "Parameter is geen array.")]
    if len(value) != 1:
        less = Invalid(name, "minItems", "Array bevat minder dan 1 items.")
        return [Invalid(name, "maxItems", "Array bevat meer dan 1 items.") if value else less]
    return NUMBER(f"{name}[0]", value[0])


def _fields(name: str, value: Any) -> list[Invalid]:
    """Checks for paths that may be asked."""
    if not isinstance(value, list):
        return [Invalid(name, "array", "Parameter is geen array.")]
    if not value:
        return [Invalid(name, "minItems", "Array bevat minder dan 1 items.")]
    if len(value) > MOST_FIELDS:
        return [Invalid(name, "maxItems", f"Array bevat meer dan {MOST_FIELDS} items.")]
    return [
        Invalid(f"{name}[{place}]", code, reason)
        for place, path in enumerate(value)
        for code, reason in _path_faults(path)
    ]


def _path_faults(path: Any) -> list[tuple[str, str]]:
    if not isinstance(path, str) or not re.fullmatch(r"[a-zA-Z0-9._]{1,200}", path):
        return [("pattern", "Waarde voldoet niet aan patroon ^[a-zA-Z0-9\\._]{1,200}$.")]
    if AUTOMATIC & set(path.split(".")):
        return [("fields", "Parameter bevat een niet toegestane veldnaam.")]
    if node(DOCUMENT, path) is None:
        return [("fields", "Parameter bevat een niet bestaande veldnaam.")]
    return []


NUMBER: Check = matches("^[A-Z0-9]{9}$")
KINDS: Kinds = {
    "ZoekMetBurgerservicenummer": {"burgerservicenummer": BSN, "fields": _fields},
    "RaadpleegMetReisdocumentnummer": {"reisdocumentnummer": _numbers, "fields": _fields},
}
