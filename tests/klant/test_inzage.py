"""Who was at a contact, and whose a product is: who sees only their own is shown nobody else."""

import json
from typing import Any

import httpx
import pytest

from tests.app import Call, Setup, running, token

pytestmark = pytest.mark.anyio

CITIZEN, OTHER = "999900018", "999900031"
CONTACT = "70000000-0000-4000-8000-000000000001"
TYPE = "70000000-0000-4000-8000-000000000009"
CONTACTS = """{ mijn { klantcontacten { edges { node {
  onderwerp hadBetrokkenen { volledigeNaam wasPartij { naam } }
  gingOverOnderwerpobjecten { wasKlantcontact { onderwerp } }
} } } } }"""
PRODUCTS = """{ mijn { producten { totalCount edges { node {
  naam eigenaren { bsn }
} } } } }"""
PRODUCT = """query($uuid: Uuid!) { mijn { product(uuid: $uuid) {
  naam eigenaren { bsn }
} } }"""


def named(number: int) -> str:
    """A uuid."""
    return f"71000000-0000-4000-8000-{number:012d}"


def customer(number: int, bsn: str) -> dict[str, Any]:
    """A partij with a BSN."""
    identified = {
        "codeSoortObjectId": "bsn",
        "objectId": bsn,
        "codeObjecttype": "natuurlijk_persoon",
    }
    return {
        "uuid": named(number),
        "soortPartij": "persoon",
        "partijIdentificatie": {"volledigeNaam": f"klant {number}"},
        "partijIdentificatoren": [{"partijIdentificator": identified}],
        "digitaleAdressen": [],
    }


def participant(number: int, partij: int | None) -> dict[str, Any]:
    """A betrokkene who is that partij, or nobody who is known."""
    was = None if partij is None else {"uuid": named(partij)}
    return {"uuid": named(number), "volledigeNaam": f"deelnemer {number}", "wasPartij": was}


def page(items: list[Any]) -> Any:
    return {"count": len(items), "next": None, "previous": None, "results": items}


CUSTOMERS = {named(1): customer(1, CITIZEN), named(2): customer(2, OTHER)}
PEOPLE = {named(n): participant(n, p) for n, p in ((11, 1), (12, 2), (13, None))}


def contact(call: Call) -> httpx.Response | None:
    """One contact, with three people."""
    match call.source, call.path.split("/"):
        case "klant", ["klantcontacten"]:
            people = [{"uuid": each} for each in PEOPLE]
            made = {"uuid": CONTACT, "onderwerp": "Hulp", "hadBetrokkenen": people}
            return httpx.Response(200, json=page([{**made, "gingOverOnderwerpobjecten": []}]))
        case "klant", ["betrokkenen", key]:
            return httpx.Response(200, json=PEOPLE[key])
        case "klant", ["partijen", key]:
            return httpx.Response(200, json=CUSTOMERS[key])
    return None


async def test_of_who_was_at_a_contact_only_the_citizen() -> None:
    """Whoever else was there, as a customer or as nobody who is known, is as good as not there."""
    async with running(Setup(own_bsn=CITIZEN, answering=contact)) as app:
        answer = (await app.ask(CONTACTS)).json()
        lines = [call.line for call in app.outdoors.calls]

    (edge,) = answer["data"]["mijn"]["klantcontacten"]["edges"]
    mine, *others = edge["node"]["hadBetrokkenen"]
    assert mine == {"volledigeNaam": "deelnemer 11", "wasPartij": {"naam": "klant 1"}}
    assert others == [None, None]
    told = {json.dumps(each["extensions"]) for each in answer["errors"][-2:]}
    assert len(told) == 1
    assert sorted(lines) == sorted(
        ["klant GET klantcontacten", *(f"klant GET betrokkenen/{key}" for key in PEOPLE),
         *(f"klant GET partijen/{key}" for key in CUSTOMERS)]
    )  # fmt: skip


async def test_what_earlier_contact_it_was_is_not_followed() -> None:
    """That may be another's: it is refused before anything is asked."""
    async with running(Setup(own_bsn=CITIZEN, answering=contact)) as app:
        errors = (await app.ask(CONTACTS)).json()["errors"]

    assert errors[0]["extensions"]["code"] == "NIET_GEAUTORISEERD"
    assert errors[0]["path"][-1] == "wasKlantcontact"


def product(number: int, *owners: str) -> dict[str, Any]:
    """A product of these people."""
    return {
        "uuid": named(number),
        "naam": f"product {number}",
        "status": "actief",
        "producttype": {"uuid": TYPE, "naam": "soort"},
        "eigenaren": [{"bsn": each} for each in owners],
    }


OWNED = {named(1): product(1, OTHER, CITIZEN), named(2): product(2, OTHER), named(3): product(3)}


def products(call: Call) -> httpx.Response | None:
    """A list of what the citizen has, with another, and each product by its uuid."""
    match call.source, call.path.split("/"):
        case "producten", ["producten"]:
            return httpx.Response(200, json=page([OWNED[named(1)]]))
        case "producten", ["producten", key]:
            found = OWNED.get(key)
            return httpx.Response(200 if found else 404, json=found or {"status": 404})
    return None


async def test_of_whose_a_product_is_only_the_citizen() -> None:
    async with running(Setup(own_bsn=CITIZEN, answering=products)) as app:
        mine = (await app.ask(PRODUCTS)).json()["data"]["mijn"]["producten"]
        app.token = token()
        query = PRODUCT.replace("mijn { ", "", 1).replace("} }", "}", 1)
        every = (await app.ask(query, {"uuid": named(1)})).json()["data"]["product"]

    own = [{"bsn": CITIZEN}]
    assert mine == {
        "totalCount": None,
        "edges": [{"node": {"naam": "product 1", "eigenaren": own}}],
    }
    assert every["eigenaren"] == [{"bsn": OTHER}, *own]


async def test_a_product_by_its_uuid() -> None:
    """Another's, nobody's and one that is not there are alike, and cost one call each."""
    async with running(Setup(own_bsn=CITIZEN, answering=products)) as app:
        answers = [(await app.ask(PRODUCT, {"uuid": named(n)})).content for n in range(1, 5)]
        calls = len(app.outdoors.calls)

    assert json.loads(answers[0])["data"]["mijn"]["product"]["naam"] == "product 1"
    assert answers[1] == answers[2] == answers[3]
    assert json.loads(answers[1]) == {"data": {"mijn": {"product": None}}}
    assert calls == 4
