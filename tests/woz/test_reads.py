"""What the reads of the WOZ ask, which value holds, and what they make of the answers."""

from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.read import Brought, Fields
from resolvers.woz import probe, reads
from resolvers.woz.wire import per_day, woz_fields
from schema.language.paging import Page
from schema.woz import is_disputed
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

KEY = "099900000001"
TAKEN = ["beschikking_genomen"]
NOTHING: dict[str, Any] = {"_links": {}}


def _value(amount: int, day: str, since: str | None, statuses: list[str] | None) -> dict[str, Any]:
    made = {"vastgesteldeWaarde": amount, "waardepeildatum": day, "ingangsdatum": since}
    return {**made, "beschikkingsStatussen": statuses}


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ([], []),
        ([_value(1, "2024-01-01", "2025-01-01", TAKEN)], [1]),
        (
            [
                _value(1, "2023-01-01", "2024-01-01", TAKEN),
                _value(2, "2024-01-01", "2025-01-01", TAKEN),
            ],
            [2, 1],
        ),
        (
            [
                _value(1, "2024-01-01", "2025-01-01", TAKEN),
                _value(2, "2024-01-01", "2025-07-01", ["bezwaar_veranderd"]),
            ],
            [2],
        ),
        (
            [
                _value(1, "2024-01-01", "2025-07-01", ["beschikking_vernietigd"]),
                _value(2, "2024-01-01", "2025-01-01", TAKEN),
            ],
            [2],
        ),
        ([_value(1, "2024-01-01", "2025-07-01", ["beschikking_vernietigd"])], []),
        (
            [
                _value(1, "2024-01-01", "2025-07-01", ["beschikking_vernietigd", *TAKEN]),
                _value(2, "2024-01-01", "2025-01-01", TAKEN),
            ],
            [1],
        ),
        ([_value(1, "2024-01-01", None, None), _value(2, "2024-01-01", None, None)], [1]),
        ([{"vastgesteldeWaarde": 1}], []),
    ],
)
def test_one_value_holds_for_each_day(values: list[dict[str, Any]], held: list[int]) -> None:
    """The latest ingangsdatum, leaving out what was only annulled; the latest day first."""
    assert [value["vastgesteldeWaarde"] for value in per_day(values)] == held


@pytest.mark.parametrize(
    ("paths", "asked_for"),
    [
        (["waarden.vastgesteldeWaarde"], "identificatie,waarden.vastgesteldeWaarde"),
        (["waarden"], "identificatie,waarden.vastgesteldeWaarde"),
        (["belanghebbendeEigenaar"], "belanghebbendeEigenaar.type,identificatie"),
        (
            ["waardenPerPeildatum.vastgesteldeWaarde"],
            "identificatie,waarden.beschikkingsStatussen,waarden.ingangsdatum,"
            "waarden.vastgesteldeWaarde,waarden.waardepeildatum",
        ),
        (
            ["waardenPerPeildatum"],
            "identificatie,waarden.beschikkingsStatussen,waarden.ingangsdatum,"
            "waarden.waardepeildatum",
        ),
    ],
)
def test_what_is_asked(paths: list[str], asked_for: str) -> None:
    """The value of a day is chosen by us, so the source is asked what we choose by."""
    assert woz_fields(paths) == asked_for


@pytest.mark.parametrize(
    ("said", "statuses", "disputed"),
    [
        (True, None, True),
        (False, ["bezwaar_ingediend"], False),
        (None, ["beschikking_genomen", "bezwaar_ingediend"], True),
        (None, ["bezwaar_gehandhaafd"], False),
        (None, [], None),
        (None, None, None),
    ],
)
def test_whether_a_value_is_disputed(said: Any, statuses: Any, disputed: bool | None) -> None:
    """A supplier's gateway says so, the source itself gives the statuses."""
    assert is_disputed(said, statuses) is disputed


async def test_an_object_by_its_own_key() -> None:
    woz = asked("woz", lambda _: {"identificatie": KEY, "waarden": []})
    found = await reads.woz_object.call(woz.source, KEY, Fields(("waarden.waardepeildatum",)))

    assert found == {"identificatie": KEY, "waarden": [], "waardenPerPeildatum": []}
    assert woz.requests[0].url.path == f"/wozobjecten/{KEY}"


@pytest.mark.parametrize(
    "answer",
    [
        {"identificatie": "099900000002"},
        {},
        {"identificatie": KEY, "waarden": {}},
        {"identificatie": KEY, "waarden": [None]},
    ],
)
async def test_an_answer_about_something_else_is_a_fault(answer: Any) -> None:
    woz = asked("woz", lambda _: answer)

    with pytest.raises(SourceFault):
        await reads.woz_object.call(woz.source, KEY, Fields(()))


async def test_all_at_an_address_come_in_one_page() -> None:
    """Each also under its own key; more than a page is refused."""
    answer = {"_embedded": {"wozObjecten": [{"identificatie": KEY}]}, "_links": {}}
    woz = asked("woz", lambda _: answer)
    found = await reads.objecten_met_nummeraanduiding.call(woz.source, "0" * 16, Fields(()))

    assert isinstance(found, Brought)
    assert found.value == [{"identificatie": KEY}]
    assert found.also[reads.woz_object] == {KEY: {"identificatie": KEY}}
    assert woz.requests[0].url.params["pageSize"] == "100"

    longer = asked("woz", lambda _: {**answer, "_links": {"next": {"href": "x"}}})
    with pytest.raises(SourceRefusedQuestion):
        await reads.objecten_met_nummeraanduiding.call(longer.source, "0" * 16, Fields(()))


async def test_objects_of_an_organisation_are_paged() -> None:
    items = [{"identificatie": f"0999{number:08d}"} for number in range(10)]
    more = {"_embedded": {"wozObjecten": items}, "_links": {"next": {"href": "x"}}}
    woz = asked("woz", lambda _: more)
    read = reads.objecten_van_rsin
    found = await read.call(woz.source, "888800101", Fields(()), first=3, after=None)
    page = found.value

    assert isinstance(page, Page)
    assert (list(page.items), page.has_next) == (items[:3], True)
    assert dict(woz.requests[0].url.params) == {
        "rsin": "888800101",
        "fields": "identificatie",
        "page": "1",
        "pageSize": "10",
    }


async def test_the_probe() -> None:
    """It asks about an address that nobody has, and says what to look at."""
    good = asked("woz", lambda _: NOTHING)
    absent = asked("woz", lambda _: httpx.Response(404, json={}))

    assert await probe.woz(good.source) == ["WOZ bevragen, versie niet genoemd"]
    assert await probe.woz(absent.source) == [probe.NO_API]
