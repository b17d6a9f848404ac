"""What the reads of the Handelsregister ask, and what they make of the answers."""

from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion, SourceUnreachable
from gateway.source.read import Fields
from resolvers.hr import reads
from resolvers.hr.calls import NO_NUMBER, NO_SEARCH
from resolvers.hr.keys import place_key, place_parameters
from tests.bag.asking import Asked, asked

pytestmark = pytest.mark.anyio

KVK, VESTIGING = "00000001", "000000000001"
PROFILE = {"kvkNummer": KVK}
BASE = "https://kvk.test"


def fout(status: int, code: str) -> httpx.Response:
    """An error as KVK writes it."""
    return httpx.Response(status, json={"fout": [{"code": code, "omschrijving": "Zo is het."}]})


def answering(answer: Any) -> Asked:
    """A Handelsregister that always gives this."""
    return asked("kvk", lambda _: answer)


async def bedrijf(kvk: Asked, *paths: str) -> Any:
    """A company of which these paths are wanted."""
    return await reads.bedrijf_op_kvk_nummer.call(kvk.source, KVK, Fields(paths))


@pytest.mark.parametrize(
    ("paths", "url"),
    [
        ((), "v2/zoeken"),
        (("kvkNummer",), "v2/zoeken"),
        (("naam",), f"v1/basisprofielen/{KVK}"),
        (("_embedded.eigenaar.rsin",), f"v1/basisprofielen/{KVK}/eigenaar"),
        (("_embedded.eigenaar", "kvkNummer"), f"v1/basisprofielen/{KVK}/eigenaar"),
        (
            ("_embedded.eigenaar.adressen.geoData.gpsLatitude",),
            f"v1/basisprofielen/{KVK}/eigenaar?geoData=true",
        ),
        (("_embedded.eigenaar.rsin", "naam"), f"v1/basisprofielen/{KVK}"),
        (("_embedded.hoofdvestiging.vestigingsnummer",), f"v1/basisprofielen/{KVK}"),
        (
            ("_embedded.hoofdvestiging.adressen.geoData.nummerAanduidingId",),
            f"v1/basisprofielen/{KVK}?geoData=true",
        ),
    ],
)
async def test_what_is_wanted_decides_what_is_asked(paths: tuple[str, ...], url: str) -> None:
    kvk = answering({**PROFILE, "totaal": 1, "resultaten": [PROFILE]})

    await bedrijf(kvk, *paths)

    (request,) = kvk.requests
    assert str(request.url).partition("?kvkNummer")[0] == f"{BASE}/{url}"
    assert request.headers["accept"] == "application/hal+json"


@pytest.mark.parametrize(
    ("paths", "path"),
    [
        (("kvkNummer", "vestigingsnummer"), "/v2/zoeken"),
        (("rsin",), f"/v1/vestigingsprofielen/{VESTIGING}"),
    ],
)
async def test_whose_a_vestiging_is_costs_nothing(paths: tuple[str, ...], path: str) -> None:
    item = {"kvkNummer": KVK, "vestigingsnummer": VESTIGING}
    kvk = answering({**item, "totaal": 1, "resultaten": [item]})

    found = await reads.vestiging.call(kvk.source, VESTIGING, Fields(paths))

    assert found["kvkNummer"] == KVK
    assert [request.url.path for request in kvk.requests] == [path]


@pytest.mark.parametrize("code", ["IPD0005", "IPD5200"])
async def test_what_is_not_there_is_none(code: str) -> None:
    for paths in (("naam",), ("kvkNummer",), ("_embedded.eigenaar.rsin",)):
        assert await bedrijf(answering(fout(404, code)), *paths) is None


@pytest.mark.parametrize("status", [404, 400, 500])
async def test_not_at_this_moment_is_to_be_asked_again(status: int) -> None:
    with pytest.raises(SourceUnreachable):
        await bedrijf(answering(fout(status, "IPD1002")), "naam")


@pytest.mark.parametrize(
    ("code", "message"), [("IPD0004", NO_NUMBER), ("IPD1998", NO_SEARCH), ("IPD1999", NO_SEARCH)]
)
async def test_a_refused_question_says_what_to_do(code: str, message: str) -> None:
    with pytest.raises(SourceRefusedQuestion) as refused:
        await bedrijf(answering(fout(400, code)), "naam")

    assert refused.value.message == message


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"kvkNummer": "00000002"},
        {"kvkNummer": KVK, "_embedded": []},
        httpx.Response(404, json={}),
        fout(403, "IPD9999"),
    ],
)
async def test_anything_else_is_a_fault(answer: Any) -> None:
    with pytest.raises(SourceFault):
        await bedrijf(answering(answer), "naam")


async def test_another_vestiging_than_was_asked_is_a_fault() -> None:
    kvk = answering({"vestigingsnummer": "000000000002"})
    with pytest.raises(SourceFault):
        await reads.vestiging.call(kvk.source, VESTIGING, Fields(("rsin",)))


@pytest.mark.parametrize(
    "answer",
    [
        {"kvkNummer": "00000002", "vestigingen": []},
        {"kvkNummer": KVK, "vestigingen": {}},
        {"kvkNummer": KVK, "vestigingen": [{}]},
        {"kvkNummer": KVK, "vestigingen": [5]},
    ],
)
async def test_vestigingen_are_those_of_the_company(answer: Any) -> None:
    with pytest.raises(SourceFault):
        await vestigingen(answering(answer))


async def vestigingen(kvk: Asked, **arguments: Any) -> Any:
    """A page of the vestigingen of the company."""
    asked = {"commercieel": None, "first": 2, "after": None, **arguments}
    return await reads.vestigingen_van_bedrijf.call(kvk.source, KVK, Fields(()), **asked)


async def test_a_company_without_vestigingen_has_an_empty_list() -> None:
    for answer in (fout(404, "IPD0005"), {"kvkNummer": KVK}):
        page = await vestigingen(answering(answer))

        assert (list(page.items), page.total, page.has_next) == ([], 0, False)


async def test_vestigingen_come_in_pages_of_one_answer() -> None:
    listed = [
        {"vestigingsnummer": f"{at:012d}", "indCommercieleVestiging": "Ja" if at % 2 else "Nee"}
        for at in range(5)
    ]
    kvk = answering(
        {
            "kvkNummer": KVK,
            "totaalAantalVestigingen": 5,
            "aantalCommercieleVestigingen": 2,
            "aantalNietCommercieleVestigingen": 3,
            "vestigingen": listed,
        }
    )

    first = await vestigingen(kvk)
    second = await vestigingen(kvk, after=first.cursors[-1])
    last = await vestigingen(kvk, after=second.cursors[-1])
    others = await vestigingen(kvk, commercieel=False)

    assert [*first.items, *second.items, *last.items] == listed
    assert [page.has_next for page in (first, second, last)] == [True, True, False]
    assert [page.total for page in (first, others)] == [5, 3]
    assert others.items == [listed[0], listed[2]]
    assert (await vestigingen(kvk, after=last.cursors[-1])).items == []
    assert len(kvk.requests) == 4


async def test_shielded_addresses_are_not_passed_on() -> None:
    address = {"type": "bezoekadres", "indAfgeschermd": "Ja", "straatnaam": "Geheim", "geoData": {}}
    parts = {"hoofdvestiging": {"adressen": [address]}, "eigenaar": {"adressen": [address]}}
    kvk = answering({"kvkNummer": KVK, "_embedded": parts})

    found = await bedrijf(kvk, "naam")

    shown = {"adressen": [{"type": "bezoekadres", "indAfgeschermd": "Ja"}]}
    assert found["_embedded"] == {"hoofdvestiging": shown, "eigenaar": shown}
    assert address["straatnaam"] == "Geheim"


async def test_of_more_with_one_rsin_what_is_still_registered_comes_first() -> None:
    items = [
        {"kvkNummer": "00000001", "type": "rechtspersoon", "actief": "Nee"},
        {"kvkNummer": "00000002", "type": "hoofdvestiging", "actief": "Ja"},
        {"kvkNummer": "00000003", "type": "rechtspersoon", "actief": "Ja"},
    ]
    kvk = answering({"totaal": 3, "resultaten": items})

    found = await reads.bedrijf_op_rsin.call(kvk.source, "999999999", Fields(("kvkNummer",)))

    assert found == items[2]


@pytest.mark.parametrize(
    ("key", "parameters"),
    [
        ("8995AA 1", {"postcode": "8995AA", "huisnummer": "1"}),
        ("8995AA 12A", {"postcode": "8995AA", "huisnummer": "12", "huisletter": "A"}),
        ("8995AA 99999b", {"postcode": "8995AA", "huisnummer": "99999", "huisletter": "b"}),
    ],
)
def test_a_place_is_asked_in_parts(key: str, parameters: dict[str, str]) -> None:
    assert place_parameters(place_key(answering({}).source, key)) == parameters


@pytest.mark.parametrize("value", [None, 5, "", "8995AA", "8995AA 0", "8995AA 1-2", "8995 AA 1"])
def test_what_is_no_place_is_not_asked(value: Any) -> None:
    with pytest.raises(SourceFault):
        place_key(answering({}).source, value)
