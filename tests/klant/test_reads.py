"""What is not believed of an answer of Klantinteracties."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from resolvers.klant import reads_contacten, reads_partijen
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

BSN = "999900018"
UUID = "4bf35628-d6fd-4815-9a76-e55c275986b9"
OTHER = "00000000-0000-4000-8000-000000000001"
NO_FIELDS = Fields(())


def listed(*items: Any, next_page: str | None = None) -> dict[str, Any]:
    """A page of a list."""
    return {"count": len(items), "next": next_page, "previous": None, "results": list(items)}


def partij(uuid: str, bsn: str) -> dict[str, Any]:
    """A person as a customer."""
    named = {"codeSoortObjectId": "bsn", "objectId": bsn}
    return {"uuid": uuid, "partijIdentificatoren": [{"partijIdentificator": named}]}


def contact(**expanded: Any) -> dict[str, Any]:
    """A contact in which somebody took part, with what was expanded."""
    named = [{"uuid": OTHER}]
    return {
        "uuid": UUID,
        "hadBetrokkenen": named,
        "gingOverOnderwerpobjecten": named,
        "_expand": expanded,
    }


async def test_two_customers_with_one_bsn_is_a_fault() -> None:
    """Which of them it is, nobody can tell."""
    klant = asked("klant", lambda _: listed(partij(UUID, BSN), partij(OTHER, BSN)))

    with pytest.raises(SourceFault):
        await reads_partijen.partij_van_persoon.call(klant.source, BSN, NO_FIELDS)


async def test_addresses_of_another_customer_are_a_fault() -> None:
    """Each must refer to the one that was asked."""
    address = {"uuid": OTHER, "verstrektDoorPartij": {"uuid": OTHER}}
    klant = asked("klant", lambda _: listed(address))

    with pytest.raises(SourceFault):
        await reads_partijen.digitale_adressen_van_partij.call(klant.source, UUID, NO_FIELDS)


async def test_customers_at_another_address_are_a_fault() -> None:
    """A customer without an address is one, too."""
    klant = asked("klant", lambda _: listed({"uuid": OTHER, "bezoekadres": None}))

    with pytest.raises(SourceFault):
        await reads_partijen.partijen_op_adres.call(
            klant.source, "0999200000000001", NO_FIELDS, first=20, after=None
        )


@pytest.mark.parametrize(
    ("participants", "right"),
    [
        ([{"uuid": OTHER, "wasPartij": {"uuid": UUID}}], True),
        ([{"uuid": OTHER, "wasPartij": {"uuid": OTHER}}], False),
        ([], False),
    ],
)
async def test_contacts_are_held_against_the_customer(participants: Any, right: bool) -> None:
    """Where the participants came along."""
    klant = asked("klant", lambda _: listed(contact(hadBetrokkenen=participants)))
    call = reads_contacten.klantcontacten_van_partij.call(
        klant.source, UUID, NO_FIELDS, first=20, after=None
    )
    if right:
        assert len((await call).value.items) == 1
        return
    with pytest.raises(SourceFault):
        await call


@pytest.mark.parametrize(("bsn", "right"), [(BSN, True), ("999900031", False)])
async def test_contacts_are_held_against_the_person(bsn: str, right: bool) -> None:
    """Where the customer came along."""
    one = {"uuid": OTHER, "_expand": {"wasPartij": partij(UUID, bsn)}}
    klant = asked("klant", lambda _: listed(contact(hadBetrokkenen=[one])))
    call = reads_contacten.klantcontacten_van_persoon.call(
        klant.source, BSN, NO_FIELDS, first=20, after=None
    )
    if right:
        assert UUID in (await call).also[reads_partijen.partij]
        return
    with pytest.raises(SourceFault):
        await call


@pytest.mark.parametrize(("zaak", "right"), [(UUID.upper(), True), (OTHER, False)])
async def test_contacts_are_held_against_the_zaak(zaak: str, right: bool) -> None:
    """Where what they were about came along."""
    named = {
        "codeObjecttype": "zaak",
        "codeRegister": "open-zaak",
        "codeSoortObjectId": "uuid",
        "objectId": zaak,
    }
    subject = {"uuid": OTHER, "onderwerpobjectidentificator": named}
    klant = asked("klant", lambda _: listed(contact(gingOverOnderwerpobjecten=[subject])))
    call = reads_contacten.klantcontacten_van_zaak.call(
        klant.source, UUID, NO_FIELDS, first=20, after=None
    )
    if right:
        assert OTHER in (await call).also[reads_contacten.onderwerpobject]
        return
    with pytest.raises(SourceFault):
        await call


async def test_tasks_of_another_status_are_a_fault() -> None:
    """The filter is proven by what it gives."""
    klant = asked("klant", lambda _: listed({"uuid": UUID, "status": "verwerkt"}))

    with pytest.raises(SourceFault):
        await reads_contacten.interne_taken.call(
            klant.source, NO_FIELDS, status="te_verwerken", actor=None, first=20, after=None
        )
