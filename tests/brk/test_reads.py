"""What the reads of the BRK ask, and what they make of the answers."""

import json
from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.read import About, Brought, Fields
from resolvers.brk import keys, probe, reads
from schema.brk_personen import known_part
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

ZAAK, BSN = "99980000010000", "999900018"
NOTHING: dict[str, Any] = {"_links": {}}


def _zaken(*zaken: dict[str, Any]) -> dict[str, Any]:
    return {"_embedded": {"kadastraalOnroerendeZaken": list(zaken)}, "_links": {}}


async def _brought(found: Any) -> Brought:
    made = await found
    assert isinstance(made, Brought)
    return made


async def test_what_is_wanted_decides_what_comes_along() -> None:
    """Links that can be expanded are, with what is wanted of them."""
    right = {"identificatie": "1", "type": "eigenaar"}
    answer = {"identificatie": ZAAK, "_embedded": {"zakelijkGerechtigden": [right]}}
    brk = asked("brk", lambda _: answer)
    fields = Fields(
        ("adressen.straat",),
        {"zakelijkGerechtigden": Fields(("persoon.type",)), "hypotheken": Fields(())},
    )
    found = await _brought(reads.kadastraal_onroerende_zaak.call(brk.source, ZAAK, fields))

    assert found.value == answer
    assert found.also[reads.zakelijk_gerechtigden] == {ZAAK: [right]}
    assert found.also[reads.privaatrechtelijke_beperkingen] == {}
    assert dict(brk.requests[0].url.params) == {
        "fields": "adressen.straat,identificatie",
        "expand": "zakelijkGerechtigden.identificatie,zakelijkGerechtigden.persoon.type",
    }


async def test_what_did_not_come_along_is_not_taken_for_nothing() -> None:
    """Absent may be: none, or not ours to see. It is asked by itself then."""
    brk = asked("brk", lambda _: {"identificatie": ZAAK, "_embedded": {}})
    fields = Fields((), {"zakelijkGerechtigden": Fields(())})
    found = await _brought(reads.kadastraal_onroerende_zaak.call(brk.source, ZAAK, fields))

    assert found.also[reads.zakelijk_gerechtigden] == {}


async def test_a_bsn_is_in_the_body_and_nothing_is_expanded() -> None:
    """Who is found by person comes without rights."""
    brk = asked("brk", lambda _: _zaken({"identificatie": ZAAK}))
    fields = Fields(("type",), {"zakelijkGerechtigden": Fields(())})
    found = await _brought(reads.zaken_van_persoon.call(brk.source, BSN, fields))
    (request,) = brk.requests

    assert [zaak["identificatie"] for zaak in found.value] == [ZAAK]
    assert (request.method, request.url.query) == ("POST", b"")
    assert json.loads(request.content) == {
        "burgerservicenummer": BSN,
        "fields": "identificatie,type",
    }
    assert reads.zaken_van_persoon.about is About.PERSON


@pytest.mark.parametrize(
    ("aanduiding", "parameter"),
    [
        ("Weidevaart A 1", "kadastraleAanduiding"),
        ("WDV00 A 1", "kadastraleAanduidingMetGemeentecode"),
        ("GVH00 AB 12345 A12", "kadastraleAanduidingMetGemeentecode"),
        ("WDV A 1", "kadastraleAanduiding"),
        ("Wdv00 A 1", "kadastraleAanduiding"),
        ("'s Gravenhage C 1277 A3", "kadastraleAanduiding"),
    ],
)
async def test_both_kinds_of_aanduiding(aanduiding: str, parameter: str) -> None:
    """A kadastrale gemeente has a name and a code; the API has a parameter for each."""
    brk = asked("brk", lambda _: NOTHING)
    read = reads.zaken_met_aanduiding
    found = await _brought(
        read.call(brk.source, aanduiding, Fields(()), inclusief_uit_splitsing=False)
    )

    assert found.value == []
    assert brk.requests[0].url.params[parameter] == aanduiding


async def test_too_many_is_for_the_asker_to_solve() -> None:
    """The BRK gives none then."""
    problem = {"code": "tooManyResults", "status": 400}
    brk = asked("brk", lambda _: httpx.Response(400, json=problem))
    question = {"postcode": "8995AA", "huisnummer": None, "huisletter": None}

    with pytest.raises(SourceRefusedQuestion) as refused:
        await reads.zaken_op_postcode.call(
            brk.source, Fields(()), **question, huisnummertoevoeging=None
        )

    assert refused.value.message == reads.TOO_MANY_FOUND


async def test_another_refusal_is_a_fault() -> None:
    brk = asked("brk", lambda _: httpx.Response(400, json={"code": "paramsValidation"}))

    with pytest.raises(SourceFault) as fault:
        await reads.zaken_met_nummeraanduiding.call(brk.source, "0" * 16, Fields(()))

    assert fault.value.problem == "paramsValidation"


@pytest.mark.parametrize(
    "answer",
    [
        {"identificatie": "1"},
        {},
        [],
        {"identificatie": ZAAK, "_embedded": {"zakelijkGerechtigden": [{}]}},
        {"identificatie": ZAAK, "_embedded": {"zakelijkGerechtigden": {}}},
    ],
)
async def test_another_object_than_was_asked(answer: Any) -> None:
    """Data of another are never passed on (rule 48)."""
    brk = asked("brk", lambda _: answer)

    with pytest.raises(SourceFault):
        await reads.kadastraal_onroerende_zaak.call(brk.source, ZAAK, Fields(()))


@pytest.mark.parametrize("answer", [[], {"_embedded": []}, _zaken({}), _zaken({"type": "x"})])
async def test_something_else_than_a_collection(answer: Any) -> None:
    brk = asked("brk", lambda _: answer)

    with pytest.raises(SourceFault):
        await reads.zaken_met_nummeraanduiding.call(brk.source, "0" * 16, Fields(()))


@pytest.mark.parametrize("value", ["", "abc", "1/2", "..", None, 12, "1" * 21])
def test_only_digits_are_asked_for(value: Any) -> None:
    """Others refer to objects of the Kadaster, and write what they like."""
    brk = asked("brk", lambda _: NOTHING)

    with pytest.raises(SourceFault):
        keys.zaak(brk.source, value)


def test_spaces_around_an_identification_are_taken_off() -> None:
    assert keys.zaak(asked("brk", lambda _: NOTHING).source, f" {ZAAK}") == ZAAK


@pytest.mark.parametrize(
    ("datum", "known"),
    [
        ({"datum": "1989-05-03", "jaar": 1989, "maand": 5, "dag": 3}, "1989-05-03"),
        ({"jaar": 1989, "maand": 5, "dag": 3}, "1989-05-03"),
        ({"jaar": 1989, "maand": 5}, "1989-05"),
        ({"jaar": 1989, "dag": 3}, "1989"),
        ({"maand": 5}, None),
        ({}, None),
        (None, None),
    ],
)
def test_dates_are_given_as_far_as_they_are_known(datum: Any, known: str | None) -> None:
    assert known_part(datum) == known


async def test_the_probe() -> None:
    """It asks about an address that nobody has, and says what to look at."""
    good = asked("brk", lambda _: NOTHING)
    absent = asked("brk", lambda _: httpx.Response(404, json={}))

    assert await probe.brk(good.source) == ["BRK bevragen, versie niet genoemd"]
    assert await probe.brk(absent.source) == [probe.NO_API]
