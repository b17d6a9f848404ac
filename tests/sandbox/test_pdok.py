"""The sandbox's Locatieserver."""

import pytest

from sandbox.showcase import HOME_LOCATIE, HOME_NUMMERAANDUIDING
from tests.app import world
from tests.sandbox.token_client import ask

pytestmark = pytest.mark.anyio


async def test_suggestions_fit_every_word() -> None:
    """Each word begins some word of the name; the shortest name of a kind comes first."""
    answer = (await ask("pdok", "suggest", q="raadh 1 8995aa")).json()

    assert answer["response"]["docs"][0] == {
        "id": HOME_LOCATIE,
        "type": "adres",
        "weergavenaam": "Raadhuisplein 1, 8995AA Weidevaart",
        "score": answer["response"]["maxScore"],
    }


async def test_kinds_and_pages() -> None:
    """`fq` chooses a kind, `rows` and `start` a part."""
    whole = (await ask("pdok", "suggest", q="weidevaart", fq="type:weg", rows=5)).json()["response"]
    part = (await ask("pdok", "suggest", q="weidevaart", fq="type:weg", rows=2, start=2)).json()[
        "response"
    ]

    assert {doc["type"] for doc in whole["docs"]} == {"weg"}
    assert part["docs"] == whole["docs"][2:4]
    assert part["numFound"] == whole["numFound"] > 5


async def test_a_chosen_address() -> None:
    """With the fields that are asked for, or all of them."""
    few = (await ask("pdok", "lookup", id=HOME_LOCATIE, fl="id,centroide_rd")).json()["response"]
    every = (await ask("pdok", "lookup", id=HOME_LOCATIE)).json()["response"]["docs"][0]

    assert few["docs"] == [{"id": HOME_LOCATIE, "centroide_rd": "POINT(186003.5 553005.0)"}]
    assert every["nummeraanduiding_id"] == HOME_NUMMERAANDUIDING
    assert every["adresseerbaarobject_id"] in world().objects


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("suggest", {}, 400),
        ("suggest", {"q": "a", "wat": "1"}, 400),
        ("suggest", {"q": "a", "rows": "x"}, 400),
        ("suggest", {"q": "nergenshuizen"}, 200),
        ("free", {}, 200),
        ("lookup", {}, 400),
        ("lookup", {"id": "adr-1"}, 200),
    ],
)
async def test_what_is_refused(path: str, parameters: dict[str, str], status: int) -> None:
    """Unknown parameters and a question without words; nothing found is an empty answer."""
    answer = await ask("pdok", path, **parameters)

    assert answer.status_code == status
    if status == 200:
        assert answer.json()["response"]["docs"] == []


async def test_ended_addresses_are_not_suggested() -> None:
    """Only what is in use can be chosen."""
    answer = (await ask("pdok", "free", q="weidevaart", fq="type:adres", rows=100, fl="*")).json()
    found = {doc["nummeraanduiding_id"] for doc in answer["response"]["docs"]}

    assert found.isdisjoint(world().ended)
