"""What the reads of the BRP ask, and what they make of the answers."""

import json
from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.read import Fields, Read
from resolvers.brp import reads
from resolvers.brp.filters import (
    GESLACHTSNAAM,
    STRAAT,
    VOORNAMEN,
    VOORNAMEN_BIJ_GEBOORTEDATUM,
    VOORVOEGSEL,
    Filter,
    checked,
)
from schema.brp_waarden import MogelijkOnvolledigeDatum
from schema.language.declare import Derived, declaration_of
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

ONE, OTHER = "999900018", "999900031"
NAMES = Fields(("naam.voornamen",))
RAADPLEEG = "RaadpleegMetBurgerservicenummer"


def _answer(kind: str, *bsns: str) -> Any:
    return {"type": kind, "personen": [{"burgerservicenummer": bsn} for bsn in bsns]}


async def test_persons_are_found_by_their_own_number() -> None:
    """The BRP promises no order and leaves out who is not there."""
    brp = asked("brp", lambda _: _answer(RAADPLEEG, OTHER))
    found = await reads.personen.call(brp.source, [ONE, OTHER], NAMES)

    assert found == {OTHER: {"burgerservicenummer": OTHER}}
    assert json.loads(brp.requests[0].content) == {
        "type": RAADPLEEG,
        "burgerservicenummer": [ONE, OTHER],
        "fields": ["burgerservicenummer", "naam.voornamen"],
    }


@pytest.mark.parametrize(
    "answer",
    [
        _answer(RAADPLEEG, OTHER),
        _answer(RAADPLEEG, ONE, ONE),
        _answer("ZoekMetPostcodeEnHuisnummer", ONE),
        {"type": RAADPLEEG},
        {"type": RAADPLEEG, "personen": {}},
        {"type": RAADPLEEG, "personen": [None]},
        {"type": RAADPLEEG, "personen": [{}]},
        [],
    ],
)
async def test_an_answer_about_something_else_is_a_fault(answer: Any) -> None:
    """Data of a person who was not asked for are never passed on (rule 48)."""
    brp = asked("brp", lambda _: answer)

    with pytest.raises(SourceFault):
        await reads.personen.call(brp.source, [ONE], NAMES)


def _problem(code: str) -> Any:
    return lambda _: httpx.Response(
        400, json={"code": code, "status": 400}, headers={"content-type": "application/json"}
    )


async def test_too_many_results_is_for_the_asker_to_solve() -> None:
    """The BRP gives nobody; the message says what can be done."""
    brp = asked("brp", _problem("tooManyResults"))

    with pytest.raises(SourceRefusedQuestion) as refused:
        await reads.bewoners_van_adres.call(brp.source, "0999200000000009", NAMES)
    assert refused.value.message == reads.TOO_MANY_RESIDENTS


async def test_another_refusal_is_our_mistake() -> None:
    """A question that the BRP does not understand is not blamed on the asker."""
    brp = asked("brp", _problem("paramsValidation"))

    with pytest.raises(SourceFault):
        await reads.bewoners_van_adres.call(brp.source, "0999200000000009", NAMES)


GEBOORTE: dict[str, Any] = {
    "geslachtsnaam": "Weidev*",
    "geboortedatum": "1985-04-12",
    "voornamen": None,
    "voorvoegsel": None,
    "geslacht": None,
    "gemeente_van_inschrijving": None,
    "inclusief_overleden_personen": False,
}
NAAM: dict[str, Any] = {
    "geslachtsnaam": "Weidevinder",
    "voornamen": "Sanne Maria",
    "gemeente_van_inschrijving": "0999",
    "voorvoegsel": "van der",
    "geslacht": "V",
    "inclusief_overleden_personen": True,
}
POSTCODE: dict[str, Any] = {
    "postcode": "8995AA",
    "huisnummer": 1,
    "huisletter": None,
    "huisnummertoevoeging": "bis",
    "geboortedatum": None,
    "geslachtsnaam": None,
    "gemeente_van_inschrijving": None,
    "inclusief_overleden_personen": False,
}
STREET: dict[str, Any] = {
    "straat": "Raadhuisplein",
    "huisnummer": 1,
    "gemeente_van_inschrijving": "0999",
    "huisletter": "A",
    "huisnummertoevoeging": None,
    "inclusief_overleden_personen": False,
}


@pytest.mark.parametrize(
    ("read", "arguments", "question"),
    [
        (
            reads.zoek_met_geslachtsnaam_en_geboortedatum,
            GEBOORTE,
            {
                "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
                "geslachtsnaam": "Weidev*",
                "geboortedatum": "1985-04-12",
            },
        ),
        (
            reads.zoek_met_naam_en_gemeente_van_inschrijving,
            NAAM,
            {
                "type": "ZoekMetNaamEnGemeenteVanInschrijving",
                "geslachtsnaam": "Weidevinder",
                "voornamen": "Sanne Maria",
                "gemeenteVanInschrijving": "0999",
                "voorvoegsel": "van der",
                "geslacht": "V",
                "inclusiefOverledenPersonen": True,
            },
        ),
        (
            reads.zoek_met_postcode_en_huisnummer,
            POSTCODE,
            {
                "type": "ZoekMetPostcodeEnHuisnummer",
                "postcode": "8995AA",
                "huisnummer": 1,
                "huisnummertoevoeging": "bis",
            },
        ),
        (
            reads.zoek_met_straat_huisnummer_en_gemeente_van_inschrijving,
            STREET,
            {
                "type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
                "straat": "Raadhuisplein",
                "huisnummer": 1,
                "gemeenteVanInschrijving": "0999",
                "huisletter": "A",
            },
        ),
    ],
)
async def test_a_search_asks_with_what_was_given(
    read: Read, arguments: dict[str, Any], question: dict[str, Any]
) -> None:
    """What was left out is left out; what was found is given as it is."""
    brp = asked("brp", lambda request: _answer(json.loads(request.content)["type"], ONE))
    found = await read.call(brp.source, NAMES, **arguments)

    assert found == [{"burgerservicenummer": ONE}]
    fields = ["burgerservicenummer", "naam.voornamen"]
    assert json.loads(brp.requests[0].content) == {**question, "fields": fields}


@pytest.mark.parametrize(
    ("wanted", "good", "bad"),
    [
        (GESLACHTSNAAM, ["Lisveld", "d'Ân-Ž.", "Lis*", "x"], ["Li*", "*", "a;b", "Lis*veld", ""]),
        (VOORNAMEN, ["Jan Piet", "Jan*"], ["J*", "<b>"]),
        (VOORNAMEN_BIJ_GEBOORTEDATUM, ["J*", "Jan"], ["*", "J**"]),
        (VOORVOEGSEL, ["van der", "'t"], ["van der van der", "v4n"]),
        (STRAAT, ["Raadhuisplein", "Raadhui*", "*huisplein"], ["Raad*", "*plein", "a/b"]),
    ],
)
def test_search_texts_are_checked_before_asking(
    wanted: Filter, good: list[str], bad: list[str]
) -> None:
    """What the BRP would refuse is refused here, with what is expected instead."""
    brp = asked("brp", lambda _: {})
    for text in good:
        assert checked(brp.source, wanted, text) == text
    for text in bad:
        with pytest.raises(SourceRefusedQuestion) as refused:
            checked(brp.source, wanted, text)
        assert refused.value.message == wanted.expected
    assert checked(brp.source, wanted, None) is None


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (("1985-12-01", None, None), "1985-12-01"),
        ((None, 1959, 7), "1959-07"),
        ((None, 963, None), "0963"),
        ((None, None, None), None),
    ],
)
def test_an_incomplete_date_has_one_value(known: tuple[Any, ...], text: str | None) -> None:
    """The four shapes of a date become one text that sorts."""
    declaration = declaration_of(MogelijkOnvolledigeDatum)
    assert declaration is not None
    kind = declaration.fields["waarde"].kind
    assert isinstance(kind, Derived)

    assert [path for _, path in kind.needs] == [("datum",), ("jaar",), ("maand",)]
    assert kind.compute(*known) == text
