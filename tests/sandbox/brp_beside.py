"""Clients of the sandbox's bewoning, historie and reisdocumenten: one world for all of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from sandbox.brp_bewoning import bewoning_app
from sandbox.brp_historie import historie_app
from sandbox.brp_reisdocumenten import reisdocumenten_app
from sandbox.stays import Stays
from sandbox.travel_documents import TravelDocuments
from tests.app import world
from tests.sandbox.registries import BRP_HEADERS, client

DOCUMENT_FIELDS = (
    *("reisdocumentnummer", "soort", "datumEindeGeldigheid", "inhoudingOfVermissing", "houder"),
)


@cache
def stays() -> Stays:
    """Who lived where."""
    return Stays(world())


@cache
def documents() -> TravelDocuments:
    """Who has which documents."""
    return TravelDocuments(world())


@cache
def apps() -> Mapping[str, Starlette]:
    """Each app by the path of its one question."""
    return {
        "bewoningen": bewoning_app(world(), stays()),
        "verblijfplaatshistorie": historie_app(world(), stays()),
        "reisdocumenten": reisdocumenten_app(documents()),
    }


async def ask(
    path: str, question: Mapping[str, Any], headers: Mapping[str, str] = BRP_HEADERS
) -> httpx.Response:
    """Puts a question to the API with this path."""
    async with client(apps()[path]) as http:
        return await http.post(f"/{path}", json=question, headers=headers)


async def bewoningen(object_id: str, begins: str, ends: str = "") -> list[dict[str, Any]]:
    """Who lived at an object, on a day or in a period."""
    moment = (
        {"type": "BewoningMetPeriode", "datumVan": begins, "datumTot": ends}
        if ends
        else {"type": "BewoningMetPeildatum", "peildatum": begins}
    )
    question = {**moment, "adresseerbaarObjectIdentificatie": object_id}
    answer = await ask("bewoningen", question)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["bewoningen"]
    return found


async def historie(bsn: str, begins: str, ends: str = "") -> dict[str, Any]:
    """Where a person lived, on a day or in a period."""
    moment = (
        {"type": "RaadpleegMetPeriode", "datumVan": begins, "datumTot": ends}
        if ends
        else {"type": "RaadpleegMetPeildatum", "peildatum": begins}
    )
    answer = await ask("verblijfplaatshistorie", {**moment, "burgerservicenummer": bsn})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def documents_of(bsn: str, *fields: str) -> list[dict[str, Any]]:
    """The documents that a person has."""
    question = {"type": "ZoekMetBurgerservicenummer", "burgerservicenummer": bsn}
    return await _documents({**question, "fields": fields or DOCUMENT_FIELDS})


async def document(number: str, *fields: str) -> list[dict[str, Any]]:
    """The document with a number."""
    question = {"type": "RaadpleegMetReisdocumentnummer", "reisdocumentnummer": [number]}
    return await _documents({**question, "fields": fields or DOCUMENT_FIELDS})


async def _documents(question: Mapping[str, Any]) -> list[dict[str, Any]]:
    answer = await ask("reisdocumenten", question)
    assert answer.status_code == 200, answer.text
    assert answer.json()["type"] == question["type"]
    found: list[dict[str, Any]] = answer.json()["reisdocumenten"]
    return found
