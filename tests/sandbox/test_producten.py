"""The sandbox's Open Product."""

import pytest

from sandbox.showcase import BAKKERIJ_KVK, BURGER_BSN
from tests.app import cases, world
from tests.sandbox.token_client import ask, results

pytestmark = pytest.mark.anyio


async def test_what_somebody_has() -> None:
    """Newest first; the zaken exist, and so do the owners."""
    found = await results("producten", "producten", eigenaren__bsn=BURGER_BSN)
    named = {one["url"].rpartition("/")[2] for item in found for one in item["zaken"]}

    assert [item["status"] for item in found] == [
        "ingetrokken",
        "in_aanvraag",
        "verlopen",
        "actief",
    ]
    assert named <= cases().zaken.keys()
    assert len(named) == 2


async def test_every_owner_exists() -> None:
    """Persons are in the BRP of the same world."""
    found = await results("producten", "producten", page_size=500)
    bsns = {owner["bsn"] for item in found for owner in item["eigenaren"]} - {""}

    assert bsns <= world().persons.keys()
    assert len(bsns) > 200


async def test_an_unknown_filter_is_passed_over() -> None:
    """Then everything is given: whoever asks must look at what comes."""
    alle = (await ask("producten", "producten")).json()["count"]
    mistyped = (await ask("producten", "producten", eigenaar__bsn=BURGER_BSN)).json()["count"]

    assert mistyped == alle


async def test_several_values_of_one_filter() -> None:
    """With a comma between."""
    found = await results("producten", "producten", eigenaren__kvk_nummer=BAKKERIJ_KVK)
    kinds = {item["producttype"]["uuid"] for item in found}
    by_kind = await results("producten", "producten", producttype__uuid__in=",".join(kinds))

    assert len(kinds) == 2
    assert {item["producttype"]["uuid"] for item in by_kind} == kinds


async def test_types_and_their_texts() -> None:
    """A type that is not shown is in the list of who asks for all."""
    shown = await results("producttypen", "producttypen", gepubliceerd="true")
    alle = await results("producttypen", "producttypen")
    texts = await results("producttypen", f"producttypen/{shown[0]['uuid']}/content")

    assert len(alle) == len(shown) + 1
    assert [text["labels"] for text in texts] == [["Voorwaarden"], ["Aanvragen"]]


@pytest.mark.parametrize(
    ("source", "path", "token", "status"),
    [
        ("producten", "producten", "", 401),
        ("producten", "producten/1", None, 404),
        ("producttypen", "producttypen/00000000-0000-0000-0000-000000000000/content", None, 404),
        ("producttypen", "producten", None, 404),
    ],
)
async def test_refusals(source: str, path: str, token: str | None, status: int) -> None:
    """With the body of Django REST framework."""
    answer = await ask(source, path, token=token)

    assert answer.status_code == status
    assert set(answer.json()) == {"detail"}
