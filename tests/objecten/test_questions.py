"""Questions about objects at the whole application: bounds, and what never stands in an address."""

import pytest

from sandbox.showcase import BURGER_BSN
from tests.app import Setup, running

pytestmark = pytest.mark.anyio


async def test_a_list_in_a_filter_is_bounded() -> None:
    """Also inside an input type."""
    query = "query Q($n: [Zoektekst!]) { laadpalen(filter: {nummerIn: $n}) { totalCount } }"
    deep = (
        "query Q($n: [NummeraanduidingId!])"
        " { laadpalen(filter: {locatie: {nummeraanduidingIn: $n}}) { totalCount } }"
    )
    async with running(Setup()) as app:
        fine = await app.ask(query, {"n": ["LP-0001"] * 50})
        answers = [
            await app.ask(query, {"n": ["LP-0001"] * 51}),
            await app.ask(deep, {"n": ["0999200000000001"] * 51}),
        ]

    assert "errors" not in fine.json()
    for answer in answers:
        (error,) = answer.json()["errors"]
        assert error["extensions"]["code"] == "INVOER"
        assert error["message"].endswith("hoogstens 50 tegelijk.")
    assert len(app.outdoors.calls) == 1


async def test_no_bsn_and_no_kenteken_in_an_address() -> None:
    """Whichever way an object is found."""
    query = """query Q($b: Bsn!, $t: Zoektekst) {
      parkeervergunningenVanPersoon(bsn: $b) { edges { node { kenteken } } }
      parkeervergunningen(filter: {houder: {naam: $t}, nummer: $t}) { totalCount }
    }"""
    async with running(Setup()) as app:
        await app.ask(query, {"b": BURGER_BSN, "t": "Sanne"})

    assert {call.method for call in app.outdoors.calls} == {"POST"}
    assert all(value.isdecimal() and len(value) < 4
               for call in app.outdoors.calls for _, value in call.params)  # fmt: skip


async def test_open_objects_are_kept_and_others_are_not() -> None:
    laadpalen = "{ laadpalen(first: 1) { edges { node { nummer } } } }"
    meldingen = "{ meldingenOpenbareRuimte(first: 1) { edges { node { meldingsnummer } } } }"
    async with running(Setup()) as app:
        for query in (laadpalen, laadpalen, meldingen, meldingen):
            await app.ask(query)

    assert len(app.outdoors.calls) == 3
