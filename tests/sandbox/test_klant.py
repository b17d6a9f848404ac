"""The sandbox's Klantinteracties API behaves as Open Klant was seen to behave."""

from typing import Any

import pytest

from sandbox.cases import build_cases
from sandbox.klant_dossiers import build_klanten
from sandbox.showcase import BAKKERIJ_KVK, BURGER_BSN, CONFIDENTIAL_BSN, KLANT_UUID
from tests.app import cases, world
from tests.sandbox.token_client import ask, results

pytestmark = pytest.mark.anyio

BSN = {
    "partijIdentificator__codeObjecttype": "natuurlijk_persoon",
    "partijIdentificator__codeRegister": "brp",
    "partijIdentificator__codeSoortObjectId": "bsn",
}


async def test_a_customer_by_bsn() -> None:
    """All four parts of a number must fit; the customer is a person of the same world."""
    (found,) = await results("klant", "partijen", **BSN, partijIdentificator__objectId=BURGER_BSN)
    other = dict(BSN, partijIdentificator__codeSoortObjectId="kvk_nummer")

    assert found["uuid"] == KLANT_UUID
    assert found["bezoekadres"]["nummeraanduidingId"] in world().addresses
    assert (
        await results("klant", "partijen", **other, partijIdentificator__objectId=BURGER_BSN) == []
    )


async def test_secrecy_comes_along() -> None:
    """Who asked the BRP for secrecy is marked here too."""
    (found,) = await results("klant", "partijen", partijIdentificator__objectId=CONFIDENTIAL_BSN)

    assert found["indicatieGeheimhouding"] is True


async def test_unknown_parameters_are_refused() -> None:
    """A mistyped filter would otherwise give everybody."""
    answer = await ask("klant", "partijen", bsn=BURGER_BSN)

    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["code"] == "unknown-parameters"


@pytest.mark.parametrize(
    ("path", "method", "token", "status"),
    [
        ("partijen", "GET", "", 401),
        ("partijen", "GET", "other", 401),
        ("partijen", "POST", None, 405),
        ("partijen/geen-uuid", "GET", None, 404),
        ("partijen/00000000-0000-0000-0000-000000000000", "GET", None, 404),
        ("nergens", "GET", None, 404),
        ("partijen/", "GET", None, 500),
        ("partijen?page=999", "GET", None, 404),
        ("partijen?expand=vertegenwoordigden", "GET", None, 400),
    ],
)
async def test_refusals(path: str, method: str, token: str | None, status: int) -> None:
    """Each as the real one does; a slash at the end is its page of HTML."""
    answer = await ask("klant", path, method, token)

    assert answer.status_code == status
    assert (answer.headers["content-type"] == "application/json") is (status != 500)
    assert ("www-authenticate" in answer.headers) is (status == 401)


async def test_pages() -> None:
    """As long as is asked, to 500; links lead to the next and the one before."""
    first = (await ask("klant", "klantcontacten", pageSize=10)).json()
    second = (await ask("klant", "klantcontacten", pageSize=10, page=2)).json()

    assert len(first["results"]) == 10
    assert first["next"].endswith("/klantcontacten?pageSize=10&page=2")
    assert second["previous"].endswith("/klantcontacten?pageSize=10")
    assert first["previous"] is None


@pytest.mark.parametrize(
    ("expand", "inside", "below"),
    [
        ("", set(), set()),
        ("hadBetrokkenen.wasPartij", set(), set()),
        ("hadBetrokkenen", {"hadBetrokkenen"}, set()),
        ("hadBetrokkenen,hadBetrokkenen.wasPartij", {"hadBetrokkenen"}, {"wasPartij"}),
    ],
)
async def test_expand(expand: str, inside: set[str], below: set[str]) -> None:
    """What is below another gives nothing unless that one is asked for too."""
    (found, *_) = await results(
        "klant", "klantcontacten", expand=expand, hadBetrokkene__wasPartij__uuid=KLANT_UUID
    )
    nested: list[dict[str, Any]] = found["_expand"].get("hadBetrokkenen", [{}])

    assert set(found["_expand"]) == inside
    assert set(nested[0].get("_expand", {})) == below


async def test_contacts_about_a_zaak_exist() -> None:
    """Nearly every onderwerpobject that calls itself a zaak is one; one is a mistake."""
    named = [
        item["onderwerpobjectidentificator"]["objectId"]
        for item in await results(
            "klant",
            "onderwerpobjecten",
            onderwerpobjectidentificatorCodeObjecttype="zaak",
            pageSize=500,
        )
    ]

    assert len([number for number in named if number not in cases().zaken]) == 1
    assert len(named) > 100


async def test_a_company_and_its_establishment_share_a_number() -> None:
    """Both carry the KVK number; the establishment's own number stands below it."""
    found = await results("klant", "partijen", partijIdentificator__objectId=BAKKERIJ_KVK)

    kinds = [
        [
            item["partijIdentificator"]["codeSoortObjectId"]
            for item in partij["partijIdentificatoren"]
        ]
        for partij in found
    ]
    assert kinds == [["kvk_nummer", "vestigingsnummer"], ["kvk_nummer", "rsin"]]


def test_the_same_world_gives_the_same_customers() -> None:
    """Also with few zaken: then there are no contacts about them."""
    few = build_cases(world(), count=1)

    assert build_klanten(world(), few) == build_klanten(world(), few)
    assert KLANT_UUID in build_klanten(world(), few).resources["partijen"]
