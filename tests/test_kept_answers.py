"""What one question brought serves the next, where a source gives all it has."""

import pytest

from tests.app import Setup, running

pytestmark = pytest.mark.anyio

PAND = "query($id: PandId!){pand(identificatie: $id){%s}}"
TYPES = "{zaaktypen(first: 1){edges{node{%s}}}}"


async def test_a_source_without_field_selection_is_asked_once() -> None:
    """The second question selects something else of the same pand."""
    async with running(Setup()) as app:
        for field in ("status", "oorspronkelijkBouwjaar", "geometrie"):
            answer = await app.ask(PAND % field, {"id": "0999100000000001"})
            assert answer.json()["data"]["pand"][field] is not None

    assert [call.line for call in app.outdoors.calls] == ["bag GET panden/0999100000000001"]


async def test_the_catalogue_is_asked_once() -> None:
    """For the whole municipality, whatever is selected."""
    async with running(Setup()) as app:
        for field in ("omschrijving", "doel"):
            answer = await app.ask(TYPES % field)
            assert answer.json()["data"]["zaaktypen"]["edges"][0]["node"][field]

    assert [call.line for call in app.outdoors.calls] == ["catalogi GET zaaktypen"]


async def test_personal_data_do_not_outlive_the_operation() -> None:
    """The same question twice is asked twice."""
    query = "query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){naam{voornamen}}}"
    async with running(Setup()) as app:
        for _ in range(2):
            await app.ask(query, {"bsn": "999900018"})

    assert [call.line for call in app.outdoors.calls] == ["brp POST personen"] * 2
