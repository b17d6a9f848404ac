"""References to persons in questions and answers: instead of a number, for one caller."""

import dataclasses
import re
from typing import Any

import pytest

from gateway.auth.person_ref import PersonRefs
from gateway.auth.principal import Kind, Principal
from gateway.source.tags import of_tenant
from gateway.tenants import PersonalKept
from sandbox.showcase import BURGER_BSN, HOME_NUMMERAANDUIDING
from tests.app import NAME, NOW, Running, Setup, running, token

pytestmark = pytest.mark.anyio

BY_NUMBER = (
    "query($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) "
    "{ persoonRef leeftijd partners { persoonRef } } }"
)
LABELS = ("vraag.*", "persoon.basis", "persoon.geboorte", "persoon.relaties", "klant.basis",
          "product.*", "producttype.*", "zaak.*", "brk.*", "woz.*")  # fmt: skip

SECRET = "van alle processen van deze gateway"
CALLER = Principal(NAME, "u-17", "T. Toetser", "0999", "test", Kind.MEDEWERKER)
"""Whom the tokens of the tests name."""


def headers(**claims: Any) -> dict[str, str]:
    """Of a request of another caller than the test's own."""
    return {"authorization": f"Bearer {token(**claims)}"}


async def reference(app: Running) -> str:
    """A reference to somebody, for the test's own caller."""
    answer = (await app.ask(BY_NUMBER, {"bsn": BURGER_BSN})).json()
    assert "errors" not in answer
    return str(answer["data"]["persoon"]["persoonRef"])


async def test_a_front_end_needs_no_number() -> None:
    """It is given references, of relatives too, and asks with them what it would with numbers."""
    async with running(Setup(labels=LABELS)) as app:
        first = (await app.ask(BY_NUMBER, {"bsn": BURGER_BSN})).json()["data"]["persoon"]
        again = (await app.ask(BY_NUMBER, {"bsn": first["persoonRef"]})).json()["data"]["persoon"]
        partner = first["partners"][0]["persoonRef"]
        several = "query($bsns: [Bsn!]!) { personen(burgerservicenummers: $bsns) { leeftijd } }"
        both = (await app.ask(several, {"bsns": [first["persoonRef"], partner]})).json()
        asked = [call.body["burgerservicenummer"] for call in app.outdoors.calls]

    assert re.fullmatch("ref_[A-Za-z0-9_-]{66}", first["persoonRef"])
    assert again["leeftijd"] == first["leeftijd"]
    assert again["persoonRef"] != first["persoonRef"]
    assert asked[0] == asked[1] == [BURGER_BSN]
    assert len(asked[2]) == len(both["data"]["personen"]) == 2
    assert asked[2][0] == BURGER_BSN


@pytest.mark.parametrize(
    "question",
    [
        "query($bsn: Bsn!) { zakenVanPersoon(bsn: $bsn) { totalCount } }",
        "query($bsn: Bsn!) { partijVanPersoon(bsn: $bsn) { uuid } }",
        "query($bsn: Bsn!) { productenVanPersoon(bsn: $bsn) { totalCount } }",
        "query($bsn: Bsn!) "
        "{ kadastraalOnroerendeZakenVanPersoon(burgerservicenummer: $bsn) { __typename } }",
    ],
)
async def test_every_question_by_number_takes_one(question: str) -> None:
    async with running(Setup()) as app:
        number = await app.ask(question, {"bsn": BURGER_BSN})
        asked = [(call.line, call.params, call.body) for call in app.outdoors.calls]
        given = await reference(app)
        await app.gateway._cache.drop([of_tenant("0999")])
        app.outdoors.calls.clear()
        referred = await app.ask(question, {"bsn": given})
        again = [(call.line, call.params, call.body) for call in app.outdoors.calls]

    assert "errors" not in number.json()
    assert (referred.json(), again) == (number.json(), asked)


async def test_whatever_is_wrong_with_one_is_told_alike() -> None:
    """Of another caller, over, changed, or of nobody; no source is asked, and nothing repeated."""
    async with running(Setup(settings={"person_ref": {"keys": (SECRET,)}})) as app:
        given = await reference(app)
        app.outdoors.calls.clear()
        fresh = PersonRefs([SECRET], lambda: NOW, 60).seal(CALLER, BURGER_BSN)
        assert "errors" not in (await app.ask(BY_NUMBER, {"bsn": fresh})).json()
        app.outdoors.calls.clear()
        body = {"query": BY_NUMBER, "variables": {"bsn": given}}
        changed = given[:-2] + ("A" if given[-2] != "A" else "B") + given[-1]
        over = PersonRefs([SECRET], lambda: NOW - 60, 60).seal(CALLER, BURGER_BSN)
        answers = [
            await app.client.post("/graphql", json=body, headers=headers(sub="u-18")),
            await app.ask(BY_NUMBER, {"bsn": changed}),
            await app.ask(BY_NUMBER, {"bsn": "ref_x"}),
            await app.ask(BY_NUMBER, {"bsn": over}),
        ]

        assert app.outdoors.calls == []
    assert len({answer.text for answer in answers}) == 1
    (error,) = answers[0].json()["errors"]
    assert error["extensions"]["code"] == "INVOER"
    assert "ref_" not in answers[0].text


async def test_a_citizen_names_nobody_by_it_either() -> None:
    """A reference is no right: not even one to themself."""
    own = Setup(own_bsn=BURGER_BSN, labels=LABELS)
    query = "{ mijn { persoon { persoonRef partners { persoonRef } } } }"
    async with running(own) as app:
        first = (await app.ask(query)).json()["data"]["mijn"]["persoon"]
        app.outdoors.calls.clear()
        mine = (await app.ask(BY_NUMBER, {"bsn": first["persoonRef"]})).json()
        theirs = (await app.ask(BY_NUMBER, {"bsn": first["partners"][0]["persoonRef"]})).json()

        assert app.outdoors.calls == []
    assert mine == theirs
    assert mine["data"]["persoon"] is None
    assert [error["extensions"]["code"] for error in theirs["errors"]] == ["NIET_GEAUTORISEERD"]


async def test_one_is_a_variable_too() -> None:
    """As a number is: a document names nobody."""
    async with running(Setup()) as app:
        given = await reference(app)
        app.outdoors.calls.clear()
        literal = await app.ask(f'{{ persoon(burgerservicenummer: "{given}") {{ leeftijd }} }}')

        assert app.outdoors.calls == []
    assert [error["extensions"]["code"] for error in literal.json()["errors"]] == ["INVOER"]


async def test_none_is_in_an_answer_that_is_kept() -> None:
    """Whole or in parts, where persons may be kept and the rest of it is open data: each caller has
    their own, and each answer new ones.
    """
    question = """query($bsn: Bsn!, $adres: NummeraanduidingId!) {
      adres(identificatie: $adres) { korteNaam }
      persoon(burgerservicenummer: $bsn) { persoonRef kinderen { persoonRef } }
    }"""
    given = {"bsn": BURGER_BSN, "adres": HOME_NUMMERAANDUIDING}
    async with running(Setup()) as app:
        configuration = app.gateway.configuration
        tenant = configuration.tenants["0999"]
        kept = dataclasses.replace(
            tenant, personal=PersonalKept(300, "Om te toetsen, een uur lang.")
        )
        app.gateway.replace(dataclasses.replace(configuration, tenants={"0999": kept}))
        mine = [(await app.ask(question, given)).json() for _ in range(2)]
        calls = len(app.outdoors.calls)
        bearer = {"authorization": f"Bearer {token(sub='u-18')}"}
        body = {"query": question, "variables": given}
        theirs = (await app.client.post("/graphql", json=body, headers=bearer)).json()

    found = [_references(answer["data"]) for answer in (*mine, theirs)]
    assert calls == 2, "the second was answered from what is kept"
    assert all(len(each) == 3 for each in found)
    assert len(set().union(*found)) == 9


def _references(value: Any) -> list[str]:
    match value:
        case dict():
            own = [each for name, each in value.items() if name == "persoonRef" and each]
            return own + [each for inner in value.values() for each in _references(inner)]
        case list():
            return [each for inner in value for each in _references(inner)]
    return []
