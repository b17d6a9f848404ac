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
FREE = ("dataobject", "verbruiksobject")
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

    contacts = answer["data"]["mijn"]["klantcontacten"]
    mine = {"volledigeNaam": "deelnemer 11", "wasPartij": {"naam": "klant 1"}}
    assert contacts == {
        "edges": [
            {
                "node": {
                    "onderwerp": "Hulp",
                    "hadBetrokkenen": [mine],
                    "gingOverOnderwerpobjecten": [],
                }
            }
        ]
    }
    assert [error["path"][-1] for error in answer["errors"]] == ["wasKlantcontact"]
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


BARE = "{ mijn { klantcontacten { totalCount edges { node { onderwerp inhoud } } } } }"
FOREIGN = "70000000-0000-4000-8000-000000000002"


def everybodys(call: Call) -> httpx.Response | None:
    """A source that does not know the filter: the citizen's contact among those of others."""
    if call.source != "klant" or call.path != "klantcontacten":
        return contact(call)
    every = [
        {
            "uuid": uuid,
            "onderwerp": f"over {uuid[-1]}",
            "inhoud": f"inhoud {uuid[-1]}",
            "hadBetrokkenen": [{"uuid": named(number)} for number in people],
        }
        for uuid, people in {FOREIGN: [12, 13], CONTACT: [11, 12]}.items()
    ]
    return httpx.Response(200, json=page(every))


async def test_a_source_that_ignores_the_filter_shows_no_contacts_of_others() -> None:
    """Each contact is proven by who was there, though nothing of them was asked."""
    async with running(Setup(own_bsn=CITIZEN, answering=everybodys)) as app:
        answer = (await app.ask(BARE)).json()

    own = {"node": {"onderwerp": "over 1", "inhoud": "inhoud 1"}}
    assert answer == {"data": {"mijn": {"klantcontacten": {"totalCount": None, "edges": [own]}}}}


async def test_who_was_there_comes_along_where_the_source_can_expand() -> None:
    """One call then, with nothing more asked than proves whose the contact is."""
    expanded = {
        "hadBetrokkenen": [
            {**PEOPLE[named(11)], "_expand": {"wasPartij": CUSTOMERS[named(1)]}},
        ]
    }
    made = {
        "uuid": CONTACT,
        "onderwerp": "Hulp",
        "hadBetrokkenen": [{"uuid": named(11)}],
        "_expand": expanded,
    }

    def answering(call: Call) -> httpx.Response | None:
        wanted = call.path == "klantcontacten" and call.source == "klant"
        return httpx.Response(200, json=page([made])) if wanted else None

    dialect = {"klant": {"expand": "altijd"}}
    setup = Setup(own_bsn=CITIZEN, answering=answering, dialect=dialect)
    async with running(setup) as app:
        answer = (await app.ask(BARE)).json()
        (call,) = app.outdoors.calls

    assert dict(call.params)["expand"] == "hadBetrokkenen,hadBetrokkenen.wasPartij"
    assert len(answer["data"]["mijn"]["klantcontacten"]["edges"]) == 1


HOLDING = """{ mijn { partij {
  voorkeursDigitaalAdres { adres } voorkeursRekeningnummer { iban } rekeningnummers { iban }
  klantcontacten { edges { node { hadBetrokkenen { digitaleAdressen { adres } } } } }
} } }"""


def holding(holder: str, participant: str) -> Any:
    """A customer who points to an address and accounts of that holder."""
    address, account = named(31), named(32)
    points = {
        "digitaleAdressen": [{"uuid": address}],
        "voorkeursDigitaalAdres": {"uuid": address},
        "rekeningnummers": [{"uuid": account}],
        "voorkeursRekeningnummer": {"uuid": account},
    }
    given = {
        "verstrektDoorPartij": {"uuid": holder},
        "verstrektDoorBetrokkene": {"uuid": participant},
    }
    people = [{"uuid": named(11)}]

    def answering(call: Call) -> httpx.Response | None:
        match call.source, call.path.split("/"):
            case "klant", ["partijen"]:
                answer = page([CUSTOMERS[named(1)] | points])
            case "klant", ["partijen", key]:
                answer = CUSTOMERS[key] | points
            case "klant", ["klantcontacten"]:
                answer = page([{"uuid": CONTACT, "hadBetrokkenen": people}])
            case "klant", ["betrokkenen", key]:
                answer = PEOPLE[key] | {"digitaleAdressen": [{"uuid": address}]}
            case "klant", ["digitaleadressen", key]:
                answer = {"uuid": key, "adres": "a@example.nl", **given}
            case "klant", ["rekeningnummers", key]:
                answer = {"uuid": key, "iban": "NL00TEST", "partij": {"uuid": holder}}
            case _:
                return None
        return httpx.Response(200, json=answer)

    return answering


@pytest.mark.parametrize("own", [True, False], ids=["own", "another's"])
async def test_an_address_or_account_of_another_is_not_shown(own: bool) -> None:
    """A customer may point to it: it says itself whose it is."""
    answering = holding(named(1 if own else 2), named(11 if own else 12))
    async with running(Setup(own_bsn=CITIZEN, answering=answering)) as app:
        partij = (await app.ask(HOLDING)).json()["data"]["mijn"]["partij"]

    address, account = {"adres": "a@example.nl"}, {"iban": "NL00TEST"}
    of_contact = {"hadBetrokkenen": [{"digitaleAdressen": [address] if own else []}]}
    assert partij == {
        "voorkeursDigitaalAdres": address if own else None,
        "voorkeursRekeningnummer": account if own else None,
        "rekeningnummers": [account] if own else [],
        "klantcontacten": {"edges": [{"node": of_contact}]},
    }


KVK, BEFORE, BRANCH = "99980016", "99980024", "999800000016"
COMPANY = {"soort": "bedrijf", "kvkNummer": KVK, "vestigingsnummer": BRANCH}
BRANCHES = "{ mijn { partijenVanVestiging { naam } } }"


def establishment(number: int, kvk: str | None, above: int | None) -> dict[str, Any]:
    """A vestiging with its KVK-nummer, or with the number of another that it hangs under."""
    under = None if above is None else {"uuid": named(above)}
    numbers = [("vestigingsnummer", BRANCH, under)]
    if kvk is not None:
        numbers.append(("kvk_nummer", kvk, None))
    return {
        "uuid": named(number),
        "soortPartij": "organisatie",
        "partijIdentificatie": {"naam": f"klant {number}"},
        "partijIdentificatoren": [
            {
                "uuid": named(90),
                "partijIdentificator": {"codeSoortObjectId": kind, "objectId": value},
                "subIdentificatorVan": sub,
            }
            for kind, value, sub in numbers
        ],
    }


def taken_over(call: Call) -> httpx.Response | None:
    """What has the number of a vestiging that went from company to company."""
    numbers = {named(81): KVK, named(82): BEFORE}
    match call.source, call.path.split("/"):
        case "klant", ["partijen"]:
            every = [
                establishment(1, KVK, 89),
                establishment(2, BEFORE, 89),
                establishment(3, None, None),
                establishment(4, None, 81),
                establishment(5, None, 82),
                establishment(6, None, 83),
            ]
            return httpx.Response(200, json=page(every))
        case "klant", ["partij-identificatoren", key]:
            if key not in numbers:
                return httpx.Response(404, json={"status": 404})
            above = {"codeSoortObjectId": "kvk_nummer", "objectId": numbers[key]}
            return httpx.Response(200, json={"uuid": key, "partijIdentificator": above})
    return None


async def test_of_a_vestiging_that_was_taken_over_only_what_is_of_the_company() -> None:
    """By its own KVK-nummer or by the one it hangs under; with neither it is nobody's."""
    async with running(Setup(claims=COMPANY, answering=taken_over)) as app:
        answer = (await app.ask(BRANCHES)).json()
        asked = [call.path for call in app.outdoors.calls]

    assert answer == {
        "data": {"mijn": {"partijenVanVestiging": [{"naam": "klant 1"}, {"naam": "klant 4"}]}}
    }
    assert sorted(asked) == sorted(
        ["partijen", *(f"partij-identificatoren/{named(n)}" for n in (81, 82, 83))]
    )


def product(number: int, *owners: str) -> dict[str, Any]:
    """A product of these people."""
    return {
        "dataobject": {"kenteken": "AA-00-BB"},
        "verbruiksobject": {"uren": 3},
        "uuid": named(number),
        "naam": f"product {number}",
        "status": "actief",
        "producttype": {"uuid": TYPE, "naam": "soort"},
        "eigenaren": [{"bsn": each} for each in owners],
    }


OWNED = {
    named(1): product(1, OTHER, CITIZEN),
    named(2): product(2, OTHER),
    named(3): product(3),
    named(5): product(5, CITIZEN),
}


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


@pytest.mark.parametrize(("number", "shown"), [(1, False), (5, True)], ids=["shared", "own"])
async def test_what_is_free_in_form_is_shown_to_its_only_owner(number: int, shown: bool) -> None:
    """In that of a product of several the others may stand."""
    query = PRODUCT.replace("naam", "dataobject verbruiksobject")
    async with running(Setup(own_bsn=CITIZEN, answering=products)) as app:
        found = (await app.ask(query, {"uuid": named(number)})).json()["data"]["mijn"]["product"]

    free = {key: OWNED[named(5)][key] if shown else None for key in FREE}
    assert found == {**free, "eigenaren": [{"bsn": CITIZEN}]}


async def test_a_product_by_its_uuid() -> None:
    """Another's, nobody's and one that is not there are alike, and cost one call each."""
    async with running(Setup(own_bsn=CITIZEN, answering=products)) as app:
        answers = [(await app.ask(PRODUCT, {"uuid": named(n)})).content for n in range(1, 5)]
        calls = len(app.outdoors.calls)

    assert json.loads(answers[0])["data"]["mijn"]["product"]["naam"] == "product 1"
    assert answers[1] == answers[2] == answers[3]
    assert json.loads(answers[1]) == {"data": {"mijn": {"product": None}}}
    assert calls == 4
