"""What the reads of bewoning, historie and reisdocumenten ask, and what they make of answers."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault, SourceMissing, SourceRefusedQuestion
from gateway.source.read import About, Fields, Read
from resolvers.brp import reads_bewoning, reads_historie, reads_reisdocumenten
from resolvers.brp.questions import ENDS_TOO_SOON
from tests.bag.asking import Asked, asked

pytestmark = pytest.mark.anyio

OBJECT, OTHER_OBJECT = "0999010000000001", "0999010000000002"
BSN, OTHER_BSN = "999900018", "999900031"
NUMBER = "NX0000100"
DAY = {"peildatum": "2012-01-01"}
PERIOD = {"datum_van": "2012-01-01", "datum_tot": "2013-01-01"}
NONE = Fields(())
KIND = "ZoekMetBurgerservicenummer"
BY_NUMBER = "RaadpleegMetReisdocumentnummer"


def _body(source: Asked) -> Any:
    (request,) = source.requests
    assert request.method == "POST"
    assert not request.url.query
    return json.loads(request.content)


@pytest.mark.parametrize(
    ("read", "arguments", "question"),
    [
        (
            reads_bewoning.bewoningen_op_peildatum,
            DAY,
            {"type": "BewoningMetPeildatum", "peildatum": "2012-01-01"},
        ),
        (
            reads_bewoning.bewoningen_in_periode,
            PERIOD,
            {"type": "BewoningMetPeriode", "datumVan": "2012-01-01", "datumTot": "2013-01-01"},
        ),
    ],
)
async def test_bewoningen_of_an_object(read: Read, arguments: Any, question: Any) -> None:
    """The answer as it is; nobody is an answer too."""
    bewoning = {"adresseerbaarObjectIdentificatie": OBJECT, "bewoners": []}
    source = asked("brp-bewoning", lambda _: {"bewoningen": [bewoning]})
    empty = asked("brp-bewoning", lambda _: {"bewoningen": []})

    assert await read.call(source.source, OBJECT, NONE, **arguments) == [bewoning]
    assert await read.call(empty.source, OBJECT, NONE, **arguments) == []
    assert _body(source) == {**question, "adresseerbaarObjectIdentificatie": OBJECT}


@pytest.mark.parametrize(
    "answer",
    [
        {"bewoningen": [{"adresseerbaarObjectIdentificatie": OTHER_OBJECT}]},
        {"bewoningen": [{}]},
        {"bewoningen": [None]},
        {"bewoningen": {}},
        {},
        [],
    ],
)
async def test_another_objects_residents_are_a_fault(answer: Any) -> None:
    """Who lived at another address is never passed on (rule 48)."""
    source = asked("brp-bewoning", lambda _: answer)

    with pytest.raises(SourceFault):
        await reads_bewoning.bewoningen_op_peildatum.call(source.source, OBJECT, NONE, **DAY)


@pytest.mark.parametrize(
    ("read", "arguments", "question"),
    [
        (
            reads_historie.verblijfplaatshistorie_op_peildatum,
            DAY,
            {"type": "RaadpleegMetPeildatum", "peildatum": "2012-01-01"},
        ),
        (
            reads_historie.verblijfplaatshistorie_in_periode,
            PERIOD,
            {"type": "RaadpleegMetPeriode", "datumVan": "2012-01-01", "datumTot": "2013-01-01"},
        ),
    ],
)
async def test_historie_of_a_person(read: Read, arguments: Any, question: Any) -> None:
    """The whole answer: it also says whether there is secrecy."""
    answer = {"verblijfplaatsen": [{"type": "Adres"}], "geheimhoudingPersoonsgegevens": True}
    source = asked("brp-historie", lambda _: answer)

    assert await read.call(source.source, BSN, NONE, **arguments) == answer
    assert _body(source) == {**question, "burgerservicenummer": BSN}


@pytest.mark.parametrize("answer", [{}, [], {"verblijfplaatsen": None}, {"verblijfplaatsen": [1]}])
async def test_something_else_than_a_historie_is_a_fault(answer: Any) -> None:
    """Checked before it is shown."""
    source = asked("brp-historie", lambda _: answer)

    with pytest.raises(SourceFault):
        await reads_historie.verblijfplaatshistorie_op_peildatum.call(
            source.source, BSN, NONE, **DAY
        )


async def test_somebody_whom_the_historie_does_not_know() -> None:
    """Older versions answer 404, which is: not found."""
    source = asked("brp-historie", lambda _: httpx.Response(404, json={"code": "notFound"}))

    with pytest.raises(SourceMissing):
        await reads_historie.verblijfplaatshistorie_op_peildatum.call(
            source.source, BSN, NONE, **DAY
        )


@pytest.mark.parametrize("until", ["2012-01-01", "2011-12-31"])
@pytest.mark.parametrize(
    "read",
    [reads_bewoning.bewoningen_in_periode, reads_historie.verblijfplaatshistorie_in_periode],
)
async def test_a_period_without_days_is_not_asked(read: Read, until: str) -> None:
    """The day that ends a period is not part of it; the asker is told so, for free."""
    source = asked("brp-historie", lambda _: {})
    arguments = {"datum_van": "2012-01-01", "datum_tot": until}

    with pytest.raises(SourceRefusedQuestion) as refused:
        await read.call(source.source, OBJECT, NONE, **arguments)
    assert refused.value.message == ENDS_TOO_SOON
    assert source.requests == []


def _documents(kind: str, *documents: Any) -> Callable[[httpx.Request], Any]:
    return lambda _: {"type": kind, "reisdocumenten": list(documents)}


@pytest.mark.parametrize(
    ("paths", "fields"),
    [
        ((), ["houder.burgerservicenummer"]),
        (("soort.code",), ["houder.burgerservicenummer", "soort"]),
        (
            ("datumEindeGeldigheid.datum", "datumEindeGeldigheid.langFormaat"),
            ["datumEindeGeldigheid", "houder.burgerservicenummer"],
        ),
        (("inOnderzoek.soort",), ["houder.burgerservicenummer", "soort"]),
        (("inOnderzoek.datumIngangOnderzoek.datum",), ["houder.burgerservicenummer"]),
        (
            ("inhoudingOfVermissing",),
            ["houder.burgerservicenummer", "inhoudingOfVermissing.aanduiding"],
        ),
        (
            ("inhoudingOfVermissing.datum.datum", "inhoudingOfVermissing.inOnderzoek.aanduiding"),
            [
                "houder.burgerservicenummer",
                "inhoudingOfVermissing.aanduiding",
                "inhoudingOfVermissing.datum",
            ],
        ),
        (("houder.geheimhoudingPersoonsgegevens",), ["houder.burgerservicenummer"]),
        (("houder.opschortingBijhouding.reden.code",), ["houder.burgerservicenummer"]),
        (("reisdocumentnummer",), ["houder.burgerservicenummer", "reisdocumentnummer"]),
    ],
)
async def test_documents_are_asked_with_what_is_selected(
    paths: tuple[str, ...], fields: list[str]
) -> None:
    """What comes by itself may not be asked; whose document it is always is."""
    document = {"houder": {"burgerservicenummer": BSN}}
    source = asked("brp-reisdocumenten", _documents(KIND, document))
    read = reads_reisdocumenten.reisdocumenten_van_persoon

    assert await read.call(source.source, BSN, Fields(paths)) == [document]
    assert _body(source) == {"type": KIND, "burgerservicenummer": BSN, "fields": fields}


@pytest.mark.parametrize(
    "answer",
    [
        _documents(KIND, {"houder": {"burgerservicenummer": OTHER_BSN}}),
        _documents(KIND, {"houder": None}),
        _documents(KIND, {}),
        _documents(KIND, None),
        _documents(BY_NUMBER),
        lambda _: {"type": KIND},
        lambda _: [],
    ],
)
async def test_another_persons_documents_are_a_fault(
    answer: Callable[[httpx.Request], Any],
) -> None:
    """Checked before they are shown."""
    source = asked("brp-reisdocumenten", answer)

    with pytest.raises(SourceFault):
        await reads_reisdocumenten.reisdocumenten_van_persoon.call(source.source, BSN, NONE)


async def test_a_document_by_its_number() -> None:
    """The number stands in the body; nobody's number is an answer too."""
    document = {"reisdocumentnummer": NUMBER, "houder": {"burgerservicenummer": BSN}}
    source = asked("brp-reisdocumenten", _documents(BY_NUMBER, document))
    empty = asked("brp-reisdocumenten", _documents(BY_NUMBER))
    read = reads_reisdocumenten.reisdocument

    assert await read.call(source.source, NUMBER, NONE) == document
    assert await read.call(empty.source, NUMBER, NONE) is None
    assert _body(source) == {
        "type": BY_NUMBER,
        "reisdocumentnummer": [NUMBER],
        "fields": ["houder.burgerservicenummer", "reisdocumentnummer"],
    }


@pytest.mark.parametrize("numbers", [["NX0000111"], [NUMBER, NUMBER], [None]])
async def test_another_document_is_a_fault(numbers: list[Any]) -> None:
    """One that was not asked for, or two for one number."""
    found = [{"reisdocumentnummer": number} for number in numbers]
    source = asked("brp-reisdocumenten", _documents(BY_NUMBER, *found))

    with pytest.raises(SourceFault):
        await reads_reisdocumenten.reisdocument.call(source.source, NUMBER, NONE)


def test_whom_the_reads_are_about() -> None:
    """A citizen may ask about themself; an object or a number is no way to somebody else."""
    own = [
        reads_historie.verblijfplaatshistorie_op_peildatum,
        reads_historie.verblijfplaatshistorie_in_periode,
        reads_reisdocumenten.reisdocumenten_van_persoon,
    ]
    others = [
        reads_bewoning.bewoningen_op_peildatum,
        reads_bewoning.bewoningen_in_periode,
        reads_reisdocumenten.reisdocument,
    ]

    assert {read.about for read in own} == {About.PERSON}
    assert {read.about for read in others} == {About.OTHER}
