"""What the reads of the BAG ask, and what they make of the answers."""

from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault, SourceUnreachable
from gateway.source.read import Fields
from resolvers.bag import reads
from resolvers.bag.wire import by_pand, object_of, unwrapped, wants_extended
from schema.bag import point_or_surface
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

ADRES = "0999200000000001"
PAND = "0999100000000001"
OBJECT = "0999010000000001"
NO_FIELDS = Fields(())


@pytest.mark.parametrize(
    ("path", "extended"),
    [
        ("adresregel5", False),
        ("pandIdentificaties", False),
        ("inonderzoek.postcode", False),
        ("geconstateerd.woonplaats", False),
        ("oppervlakte", True),
        ("adresseerbaarObjectGeometrie", True),
        ("inonderzoek.gebruiksdoelen", True),
        ("geconstateerd.pand", True),
    ],
)
def test_what_is_asked_decides_the_endpoint(path: str, extended: bool) -> None:
    """/adressenuitgebreid is asked for what only it has."""
    assert wants_extended(Fields((path,))) is extended


@pytest.mark.parametrize(
    ("path", "url", "crs"),
    [
        ("adresregel5", f"https://bag.test/adressen/{ADRES}", None),
        ("oppervlakte", f"https://bag.test/adressenuitgebreid/{ADRES}", "epsg:28992"),
    ],
)
async def test_an_adres_is_asked_where_its_fields_are(path: str, url: str, crs: str | None) -> None:
    """The extended endpoint wants to know the coordinate system."""
    bag = asked("bag", lambda _: {"nummeraanduidingIdentificatie": ADRES})
    found = await reads.adres.call(bag.source, ADRES, Fields((path,)))

    assert found.value == {"nummeraanduidingIdentificatie": ADRES, "pandIdentificaties": []}
    assert [str(request.url) for request in bag.requests] == [url]
    assert bag.requests[0].headers.get("accept-crs") == crs


async def test_another_adres_than_was_asked_is_a_fault() -> None:
    """The subject of an answer is checked (rule 48)."""
    bag = asked("bag", lambda _: {"nummeraanduidingIdentificatie": "0999200000000002"})

    with pytest.raises(SourceFault):
        await reads.adres.call(bag.source, ADRES, NO_FIELDS)


def test_unwrapping_makes_a_new_object() -> None:
    """Wire objects are shared, so they are never changed."""
    bag = asked("bag", lambda _: {})
    answer = {"pand": {"identificatie": PAND}, "inonderzoek": [{"kenmerk": "status"}]}
    found = unwrapped(bag.source, answer, "pand", PAND)

    assert found == {"identificatie": PAND, "inonderzoek": [{"kenmerk": "status"}]}
    assert answer["pand"] == {"identificatie": PAND}


@pytest.mark.parametrize("answer", [None, [], {}, {"pand": None}, {"pand": {"identificatie": 1}}])
def test_what_is_not_wrapped_so_is_a_fault(answer: Any) -> None:
    """An answer of another shape is not used."""
    with pytest.raises(SourceFault):
        unwrapped(asked("bag", lambda _: {}).source, answer, "pand")


@pytest.mark.parametrize("twice", [False, True])
def test_an_object_says_what_it_is(twice: bool) -> None:
    """Wrapped once or twice, the wrapping becomes the discriminator."""
    once = {"ligplaats": {"identificatie": "0999020000000001"}}
    answer = {"ligplaats": once} if twice else once
    found = object_of(asked("bag", lambda _: {}).source, answer)

    assert (found["type"], found["identificatie"]) == ("Ligplaats", "0999020000000001")
    assert found["heeftAlsNevenAdres"] == []


def test_an_object_in_two_panden_is_in_both() -> None:
    """The answer to a question for several panden is divided by maaktDeelUitVan."""
    both = {"identificatie": "a", "maaktDeelUitVan": ["p", "q"]}
    elsewhere = {"identificatie": "b", "maaktDeelUitVan": ["r"]}

    assert by_pand([both, elsewhere], ["p", "q", "s"]) == {"p": [both], "q": [both], "s": []}


async def test_objects_of_panden_are_read_to_the_last_page() -> None:
    """As many pages as the BAG has, and the objects are brought along under their own key."""

    def answer(request: httpx.Request) -> Any:
        page = int(request.url.params["page"])
        item = {"identificatie": f"099901000000000{page}", "maaktDeelUitVan": [PAND]}
        links = {"next": {"href": "#"}} if page == 1 else {}
        return {
            "_embedded": {"adresseerbareObjecten": [{"verblijfsobject": item}]},
            "_links": links,
        }

    bag = asked("bag", answer)
    found = await reads.objecten_in_panden.call(bag.source, [PAND, "p2"], NO_FIELDS)

    assert [item["identificatie"] for item in found.objects[PAND]] == [
        "0999010000000001",
        "0999010000000002",
    ]
    assert found.objects["p2"] == []
    assert set(found.also[reads.adresseerbaar_object]) == {"0999010000000001", "0999010000000002"}
    assert bag.requests[0].url.params.get_list("pandIdentificaties") == [PAND, "p2"]


async def test_a_list_without_end_is_a_fault() -> None:
    """A source that always has a next page does not keep us busy for ever."""
    bag = asked("bag", lambda _: {"_links": {"next": {"href": "#"}}})

    with pytest.raises(SourceFault):
        await reads.objecten_in_panden.call(bag.source, [PAND], NO_FIELDS)
    assert len(bag.requests) == reads.MOST_PAGES


def _of_pand(request: httpx.Request) -> Any:
    number = {"nummeraanduidingIdentificatie": ADRES}
    if request.url.path in ("/adressen", "/adressenuitgebreid"):
        return {"_embedded": {"adressen": [number]}}
    return {**number, "oppervlakte": 80}


@pytest.mark.parametrize(
    ("dialect", "paths"),
    [
        ({}, ["/adressen", f"/adressenuitgebreid/{ADRES}"]),
        ({"uitgebreid_op_pand": True}, ["/adressenuitgebreid"]),
    ],
)
async def test_extended_addresses_of_a_pand(dialect: dict[str, bool], paths: list[str]) -> None:
    """From version 2.9 one call does; before that each address is asked."""
    bag = asked("bag", _of_pand, dialect)
    await reads.adressen_van_pand.call(
        bag.source, PAND, Fields(("oppervlakte",)), first=20, after=None
    )

    assert [request.url.path for request in bag.requests] == paths


async def test_an_address_of_a_pand_that_fails_is_the_failure_of_the_list() -> None:
    """A list with a hole would look complete."""

    def answer(request: httpx.Request) -> Any:
        whole = _of_pand(request)
        return whole if request.url.path == "/adressen" else httpx.Response(503)

    bag = asked("bag", answer)

    with pytest.raises(SourceUnreachable):
        await reads.adressen_van_pand.call(
            bag.source, PAND, Fields(("oppervlakte",)), first=20, after=None
        )


@pytest.mark.parametrize(
    ("paths", "expand"),
    [
        (("naam",), None),
        (("geometrie",), "geometrie"),
        (("bronhouders.naam", "geometrie"), "bronhouders,geometrie"),
    ],
)
async def test_a_woonplaats_is_expanded_with_what_is_asked(
    paths: tuple[str, ...], expand: str | None
) -> None:
    """The border is large, so it only comes when it is wanted."""
    extra = {"geometrie": {"vlak": {"type": "Polygon"}}, "bronhouders": [{"naam": "W"}]}
    bag = asked("bag", lambda _: {"woonplaats": {"identificatie": "9991"}, "_embedded": extra})
    found = await reads.woonplaats.call(bag.source, "9991", Fields(paths))

    assert bag.requests[0].url.params.get("expand") == expand
    assert found == {"identificatie": "9991", "inonderzoek": [], **extra}


@pytest.mark.parametrize(
    ("geometry", "given"),
    [
        (None, None),
        ({"punt": {"type": "Point"}}, {"type": "Point"}),
        ({"vlak": {"type": "Polygon"}}, {"type": "Polygon"}),
        ({"multivlak": {"type": "MultiPolygon"}}, {"type": "MultiPolygon"}),
        ({"type": "Polygon"}, {"type": "Polygon"}),
    ],
)
def test_a_geometry_is_published_as_geojson(geometry: Any, given: Any) -> None:
    """The BAG's choice of shapes is not the client's concern."""
    assert point_or_surface(geometry) == given


EXPANDING = {"expand": "altijd"}
EMBEDDED = {
    "panden": [{"pand": {"identificatie": PAND}}],
    "adresseerbaarObject": {"verblijfsobject": {"verblijfsobject": {"identificatie": OBJECT}}},
}


def _selecting(**links: Fields) -> Fields:
    return Fields(("adresregel5",), links)


async def test_what_came_along_answers_its_own_read() -> None:
    """Unwrapped as if it was asked by itself, and no part of the address that is kept."""
    answer = {"nummeraanduidingIdentificatie": ADRES, "_embedded": EMBEDDED}
    bag = asked("bag", lambda _: answer, EXPANDING)
    wanted = _selecting(panden=NO_FIELDS, adresseerbaarObject=NO_FIELDS)
    found = await reads.adres.call(bag.source, ADRES, wanted)

    assert found.value == {"nummeraanduidingIdentificatie": ADRES, "pandIdentificaties": []}
    assert found.also[reads.pand] == {PAND: {"identificatie": PAND, "inonderzoek": []}}
    assert found.also[reads.adresseerbaar_object][OBJECT]["type"] == "Verblijfsobject"
    assert str(bag.requests[0].url.query, "ascii") == "expand=adresseerbaarObject%2Cpanden"
    assert bag.requests[0].headers["accept-crs"] == "epsg:28992"


@pytest.mark.parametrize("answer", [{}, {"_embedded": None}, {"_embedded": {}}])
async def test_what_did_not_come_along_is_asked_by_itself(answer: dict[str, Any]) -> None:
    """A source that leaves something out has not said that it is not there."""
    given = {"nummeraanduidingIdentificatie": ADRES, **answer}
    bag = asked("bag", lambda _: given, EXPANDING)
    found = await reads.adres.call(bag.source, ADRES, _selecting(panden=NO_FIELDS))

    assert found.also == {}


@pytest.mark.parametrize(
    "embedded", [{"panden": ["x"]}, {"panden": [{"pand": {}}]}, {"panden": {"pand": PAND}}]
)
async def test_what_came_along_in_another_shape_is_a_fault(embedded: Any) -> None:
    given = {"nummeraanduidingIdentificatie": ADRES, "_embedded": embedded}
    bag = asked("bag", lambda _: given, EXPANDING)

    with pytest.raises(SourceFault):
        await reads.adres.call(bag.source, ADRES, _selecting(panden=NO_FIELDS))


@pytest.mark.parametrize(
    ("dialect", "fields"),
    [
        ({}, _selecting(panden=NO_FIELDS)),
        ({"expand": "nooit"}, _selecting(panden=NO_FIELDS)),
        (EXPANDING, _selecting(laadpalen=NO_FIELDS)),
        (EXPANDING, _selecting(woonplaats=Fields(("geometrie",)))),
        (EXPANDING, Fields(("oppervlakte",), {"panden": NO_FIELDS})),
    ],
)
async def test_nothing_is_brought_along(dialect: dict[str, str], fields: Fields) -> None:
    """Not wanted, not selected, not whole, or not there."""
    bag = asked("bag", lambda _: {"nummeraanduidingIdentificatie": ADRES}, dialect)
    await reads.adres.call(bag.source, ADRES, fields)

    assert bag.requests[0].url.query == b""


@pytest.mark.parametrize("wraps", [1, 2])
async def test_what_came_along_with_an_adresseerbaar_object(wraps: int) -> None:
    """Beside the inner of its two wrappings, or with the outer where a source leaves one out."""
    along = {"maaktDeelUitVan": EMBEDDED["panden"]}
    inner = {"verblijfsobject": {"identificatie": OBJECT}, "_embedded": along}
    bag = asked("bag", lambda _: inner if wraps == 1 else {"verblijfsobject": inner}, EXPANDING)
    wanted = Fields((), {"panden": NO_FIELDS})
    found = await reads.adresseerbaar_object.call(bag.source, OBJECT, wanted)

    assert set(found.also[reads.pand]) == {PAND}
