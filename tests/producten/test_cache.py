"""Producttypen are kept, products never."""

import pytest

from sandbox.showcase import BURGER_BSN
from tests.app import Setup, running

pytestmark = pytest.mark.anyio

QUESTION = """query ($bsn: Bsn!) {
  productenVanPersoon(bsn: $bsn, status: ACTIEF) { edges { node { producttype { samenvatting } } } }
  producttypen(first: 3) { edges { node { naam } } }
}"""


async def test_asked_twice() -> None:
    """The second time only for whose products they are."""
    async with running(Setup()) as app:
        first = await app.ask(QUESTION, {"bsn": BURGER_BSN})
        asked = len(app.outdoors.calls)
        second = await app.ask(QUESTION, {"bsn": BURGER_BSN})

    assert first.json() == second.json()
    assert asked == 3
    assert [call.source for call in app.outdoors.calls[asked:]] == ["producten"]
