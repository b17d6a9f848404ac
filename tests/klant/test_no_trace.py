"""A burgerservicenummer that a source wants in its query leaves no trace on our side.

Through the whole application, with the sources that take it so: in no log line of whatever level or
library, and in no answer that did not ask for it; also when the source fails or repeats it.
"""

import logging

import httpx
import pytest

from sandbox.showcase import BURGER_BSN
from tests.app import Call, Setup, running

pytestmark = pytest.mark.anyio

QUESTION = """query ($bsn: Bsn!) {
  partijVanPersoon(bsn: $bsn) { naam }
  klantcontactenVanPersoon(bsn: $bsn, first: 1) { edges { cursor node { uuid } } }
  productenVanPersoon(bsn: $bsn, first: 1) { edges { cursor node { uuid } } }
}"""
ASKED = {"klant", "producten"}


def _repeats(call: Call) -> httpx.Response:
    return httpx.Response(400, json={"detail": str(dict(call.params)), "code": BURGER_BSN})


def _breaks(call: Call) -> httpx.Response:
    raise httpx.ReadError(f"while reading {dict(call.params)}")


def _redirects(call: Call) -> httpx.Response:
    return httpx.Response(302, headers={"location": f"https://elders.test/?bsn={BURGER_BSN}"})


@pytest.mark.parametrize("answering", [lambda call: None, _repeats, _breaks, _redirects])
async def test_it_stands_in_the_query_and_nowhere_else(
    answering: object, caplog: pytest.LogCaptureFixture
) -> None:
    setup = Setup(answering=answering)  # type: ignore[arg-type]
    with caplog.at_level(logging.DEBUG):
        async with running(setup) as app:
            response = await app.ask(QUESTION, {"bsn": BURGER_BSN}, herkomst=True)
            calls = list(app.outdoors.calls)

    assert {call.source for call in calls if BURGER_BSN in dict(call.params).values()} == ASKED
    assert all(BURGER_BSN not in call.path for call in calls)
    assert BURGER_BSN not in response.text
    assert BURGER_BSN not in caplog.text
