"""What zaken are asked for with `fields`, what is believed of the answer, and what a refusal is."""

import json
from typing import Any

import httpx
import pytest

from gateway.source.errors import ConfigurationMissing, SourceError, SourceFault
from gateway.source.read import Fields
from gateway.source.source import Source
from resolvers.zgw.fields import proven, selection
from resolvers.zgw.reads_zaken import zaak, zaak_op_identificatie
from schema.zaakobjecten import Zaakobject
from schema.zaken import Rol
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

ZAAK = "00000000-0000-4000-8000-000000000001"
BASE = "https://zaken.test"
URL = f"{BASE}/zaken/{ZAAK}"
STATUS = f"{BASE}/statussen/00000000-0000-4000-8000-000000000002"


def source(**dialect: Any) -> Source:
    """Zaken that choose fields, and that nobody asks anything here."""
    return asked("zaken", lambda _: {}, {"veldselectie": True, **dialect}).source


def wanting(*paths: str, **links: Fields) -> Fields:
    return Fields(tuple(sorted(paths)), links)


def test_names_of_the_zaak_itself() -> None:
    """What is selected and the address by which it is known; of a group the parts."""
    fields = wanting("identificatie", "verlenging", "verlenging.reden", "processobject.registratie")

    assert selection(source(), fields) == [
        "identificatie",
        "url",
        {"processobject": ["registratie"], "verlenging": ["reden"]},
    ]


def test_a_group_of_which_no_part_may_be_seen() -> None:
    """One part tells that it is there, and not all of them."""
    assert selection(source(), wanting("verlenging")) == ["url", {"verlenging": ["duur"]}]


def test_what_is_below_comes_with_its_own_fields() -> None:
    """The name beside it gives the address, and says when there is nothing."""
    statustype = wanting("omschrijving")
    status = wanting("statustype", "statustoelichting", statustype=statustype)
    fields = wanting("identificatie", "status", status=status)

    below = ["statustoelichting", "statustype", "url", {"statustype": ["omschrijving", "url"]}]
    assert selection(source(), fields) == ["identificatie", "status", "url", {"status": below}]


def test_documents_are_asked_for_elsewhere() -> None:
    """The relation comes along, for a link that goes through it as well."""
    fields = wanting("url", documenten=wanting("informatieobject"))

    below = {"zaakinformatieobjecten": ["informatieobject", "url"]}
    assert selection(source(), fields) == ["url", "zaakinformatieobjecten", below]


def test_nothing_is_brought_along_where_the_file_says_never() -> None:
    fields = wanting("status", status=wanting("statustoelichting"))

    assert selection(source(expand="nooit"), fields) == ["status", "url"]
    assert selection(source(expand="altijd"), fields) == selection(source(), fields)


def test_what_the_standard_does_not_have_is_not_asked() -> None:
    """A source may refuse it. A group of which nothing else is wanted is asked whether it is."""
    fields = wanting("laatstGemuteerd", "opschorting.eerdereOpschorting")

    assert selection(source(), fields) == ["url", {"opschorting": ["indicatie"]}]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (None, ["innNnpId", "kvkNummer"]),
        ("annIdentificatie", ["annIdentificatie", "innNnpId", "kvkNummer"]),
    ],
)
def test_what_is_made_of_other_properties(written: str | None, numbers: list[str]) -> None:
    """A company is known by numbers that stand in three places, a property by two."""
    zaken = source(**({"kvk_nummer_in": written} if written else {}))
    place = ["kadastraleAanduiding", "kadastraleIdentificatie"]

    assert selection(zaken, wanting("bedrijf", "kvkNummer"), Rol, ()) == [
        "betrokkeneType",
        "url",
        {"betrokkeneIdentificatie": numbers},
    ]
    assert selection(zaken, wanting("kadastraal", "bedrijf"), Zaakobject, ()) == [
        "objectType",
        "url",
        {"objectIdentificatie": sorted([*numbers, *place])},
    ]
    assert selection(zaken, wanting("bag"), Zaakobject, ()) == [
        "object",
        "objectType",
        "url",
        {"objectIdentificatie": ["identificatie"]},
    ]


def test_a_group_that_differs_by_kind_is_asked_for_a_part_of_each() -> None:
    (_, below) = selection(source(), wanting("betrokkeneIdentificatie"), Rol, ())

    parts = ["anpIdentificatie", "identificatie", "innNnpId", "vestigingsNummer"]
    assert below == {"betrokkeneIdentificatie": parts}


# ---- what is believed of the answer -------------------------------------------------------------

STATUSES = wanting("status", status=wanting("statustype", statustype=wanting("omschrijving")))


@pytest.mark.parametrize(
    "holder",
    [
        {"url": URL, "status": STATUS},
        {"url": URL, "status": None, "_expand": {"status": {}}},
        {"url": URL, "status": STATUS, "_expand": {"status": {"url": STATUS}}},
        {"url": URL},
    ],
)
def test_what_is_as_the_standard_has_it(holder: dict[str, Any]) -> None:
    """Also when nothing came along: then it is asked for."""
    assert proven(source(), holder, STATUSES) is holder


@pytest.mark.parametrize(
    "holder",
    [
        {"url": URL, "status": {"url": STATUS}},
        {"url": URL, "status": STATUS, "_expand": {"status": {"statustoelichting": "x"}}},
        {"url": URL, "status": STATUS, "_expand": {"status": {"url": URL}}},
        {"url": URL, "_expand": {"status": {"url": STATUS}}},
        {"url": URL, "status": STATUS, "_expand": {"status": [STATUS]}},
        {
            "url": URL,
            "status": STATUS,
            "_expand": {"status": {"url": STATUS, "statustype": {"omschrijving": "x"}}},
        },
    ],
)
def test_what_would_be_taken_for_nothing(holder: dict[str, Any]) -> None:
    """An object where an address should be, and one that is not of the address that was named."""
    with pytest.raises(SourceFault):
        proven(source(), holder, STATUSES)


ROLES = wanting("rollen", rollen=wanting("omschrijving"))
ROL, OTHER_ROL = (f"{BASE}/rollen/00000000-0000-4000-8000-00000000000{n}" for n in (3, 4))


@pytest.mark.parametrize("brought", [[], [{"url": ROL}], [{"url": ROL}, {"url": ROL}]])
def test_a_list_of_which_not_all_came_along(brought: list[Any]) -> None:
    """It would be taken for all that there is."""
    holder = {"url": URL, "rollen": [ROL, OTHER_ROL], "_expand": {"rollen": brought}}

    with pytest.raises(SourceFault):
        proven(source(), holder, ROLES)


def test_a_list_of_which_all_came_along() -> None:
    """In any order; when none came along they are asked for."""
    brought = [{"url": OTHER_ROL}, {"url": ROL}]
    for expand in ({"rollen": brought}, {}):
        holder = {"url": URL, "rollen": [ROL, OTHER_ROL], "_expand": expand}

        assert proven(source(), holder, ROLES) is holder


def test_others_are_left_as_they_are() -> None:
    holder = {"url": URL, "status": {"url": STATUS}}

    assert proven(source(veldselectie=False), holder, STATUSES) is holder


# ---- one zaak, and refusals ---------------------------------------------------------------------


async def test_one_zaak_is_asked_as_several_are() -> None:
    """Only a search takes `fields`."""
    page = {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [{"url": URL, "startdatum": "x"}],
    }
    made = asked("zaken", lambda _: page, {"veldselectie": True})

    found = await zaak.call(made.source, [ZAAK], wanting("startdatum"))

    assert found.objects == {ZAAK: page["results"][0]}  # type: ignore[index]
    assert [(each.method, each.url.path) for each in made.requests] == [("POST", "/zaken/_zoek")]


async def test_what_a_zaak_is_known_by_is_asked_for_whatever_is_selected() -> None:
    """A zaak asked by its number is held against it, so the number has to come."""
    item = {"url": URL, "identificatie": "Z-1", "startdatum": "x"}
    page = {"count": 1, "next": None, "previous": None, "results": [item]}
    made = asked("zaken", lambda _: page, {"veldselectie": True})

    await zaak_op_identificatie.call(
        made.source, wanting("startdatum"), identificatie="Z-1", bronorganisatie=None
    )

    (request,) = made.requests
    assert json.loads(request.content)["fields"] == ["identificatie", "startdatum", "url"]


@pytest.mark.parametrize(
    ("invalid", "expected"),
    [
        ([], ConfigurationMissing),
        ([{"name": "fields", "code": "invalid"}], ConfigurationMissing),
        ([{"name": "fields.0", "code": "invalid"}], ConfigurationMissing),
        ([{"name": "verlenging", "code": "invalid"}], ConfigurationMissing),
        ([{"name": "uuid__in", "code": "invalid"}], SourceFault),
    ],
)
async def test_a_source_that_refuses(
    invalid: list[dict[str, str]], expected: type[SourceError]
) -> None:
    """Unless it says that something else is wrong, it is the file that is."""
    refusal = httpx.Response(400, json={"code": "invalid", "invalidParams": invalid})
    made = asked("zaken", lambda _: refusal, {"veldselectie": True})

    with pytest.raises(expected) as caught:
        await zaak.call(made.source, [ZAAK], wanting("startdatum"))

    assert caught.type is expected
    if expected is ConfigurationMissing:
        assert "`bronpoort check`" in caught.value.message


async def test_another_failure_is_what_it_is() -> None:
    made = asked("zaken", lambda _: httpx.Response(500, json={}), {"veldselectie": True})

    with pytest.raises(SourceError) as caught:
        await zaak.call(made.source, [ZAAK], wanting("startdatum"))

    assert not isinstance(caught.value, ConfigurationMissing)
