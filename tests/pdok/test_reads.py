"""What is asked of the Locatieserver, and what is made of the answers."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.read import Fields
from resolvers.pdok import REGISTRY, reads
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.pdok import point
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

ID = "adr-0123456789abcdef0123456789abcdef"
NO_FIELDS = Fields(())


def answer(*docs: Any) -> dict[str, Any]:
    """Documents in the envelope."""
    return {"response": {"numFound": len(docs), "start": 0, "docs": list(docs)}}


@pytest.mark.parametrize(
    ("text", "coordinates"),
    [
        ("POINT(4.5432 51.8888)", [4.5432, 51.8888]),
        ("POINT (96000 433000.0)", [96000.0, 433000.0]),
        (" POINT(-1.5 2) ", [-1.5, 2.0]),
    ],
)
def test_a_point(text: str, coordinates: list[float]) -> None:
    """As a GeoJSON Point."""
    assert point(text) == {"type": "Point", "coordinates": coordinates}


@pytest.mark.parametrize(
    "text", ["", "POINT EMPTY", "POINT(1)", "POINT(1 2 3)", "POINT(1e9 2)", "LINESTRING(1 2, 3 4)"]
)
def test_what_is_no_point(text: str) -> None:
    """Is an error, and nothing at all is nothing."""
    with pytest.raises(ValueError):
        point(text)
    assert point(None) is None


@pytest.mark.parametrize("value", [None, 1, "", "adr-1", ID.upper(), f"{ID}0", "adr/../x"])
def test_what_is_no_identification(value: Any) -> None:
    """Is not asked."""
    with pytest.raises(SourceRefusedQuestion):
        reads.locatie_key(asked("pdok", lambda _: {}).source, value)


@pytest.mark.parametrize(
    "docs", [[{"id": "wpl-" + ID[4:]}], [{"id": ID}, {"id": ID}], [{}], ["x"], [{"id": 1}]]
)
async def test_another_place_is_a_fault(docs: list[Any]) -> None:
    """The one that was chosen, and no other."""
    pdok = asked("pdok", lambda _: answer(*docs))

    with pytest.raises(SourceFault):
        await reads.locatie.call(pdok.source, ID, NO_FIELDS)


@pytest.mark.parametrize("whole", [None, [], {}, {"response": None}, {"response": {"docs": None}}])
async def test_what_is_no_answer_of_solr_is_a_fault(whole: Any) -> None:
    """Whatever shape it has."""
    pdok = asked("pdok", lambda _: whole)

    with pytest.raises(SourceFault):
        await reads.locatie.call(pdok.source, ID, NO_FIELDS)


@pytest.mark.parametrize("docs", [[{"id": ID, "type": "weg"}], [{"id": ID, "type": "adres"}] * 3])
async def test_more_or_other_suggestions_than_were_asked_are_a_fault(docs: list[Any]) -> None:
    """A filter that is passed over is noticed."""
    pdok = asked("pdok", lambda _: answer(*docs))

    with pytest.raises(SourceFault):
        await reads.locaties_gesuggereerd.call(
            pdok.source, NO_FIELDS, zoektekst="raad", soort="adres", aantal=2
        )


def test_everything_that_is_published_is_asked_for() -> None:
    """A property that is not in `fl` would be null for ever; of a perceel some lead to the BRK."""
    facts = assemble([*_bag(), REGISTRY])
    for name, known in (("Locatie", reads.KNOWN), ("LocatieSuggestie", reads.SUGGESTED)):
        used = set()
        for made in facts.types[name].fields.values():
            match made.kind:
                case Copied(path=path):
                    used.add(path[0])
                case Derived(needs=needs):
                    used |= {path[0] for _, path in needs}

        assert used | (set(known) & set(reads.PARTS_OF_PERCEEL)) == set(known)


def _bag() -> list[Any]:
    from resolvers.bag import REGISTRY as BAG

    return [BAG]


PERCEEL = {
    "id": "pcl-" + ID[4:],
    "type": "perceel",
    "kadastrale_gemeentecode": "WDV00",
    "kadastrale_sectie": "A",
    "perceelnummer": 1,
}


@pytest.mark.parametrize(
    ("place", "percelen"),
    [
        (PERCEEL, ["WDV00-A-1"]),
        ({**PERCEEL, "perceelnummer": "1"}, ["WDV00-A-1"]),
        ({**PERCEEL, "gekoppeld_perceel": ["WDV00-B-2"]}, ["WDV00-A-1"]),
        ({**PERCEEL, "kadastrale_sectie": None}, []),
        ({"id": PERCEEL["id"], "type": "perceel"}, []),
        ({"id": PERCEEL["id"], "type": "adres", "gekoppeld_perceel": ["WDV00-A-1"]}, ["WDV00-A-1"]),
        ({**PERCEEL, "type": "adres", "gekoppeld_perceel": "WDV00-A-1"}, []),
        ({"id": PERCEEL["id"], "type": "weg"}, []),
    ],
)
async def test_the_percelen_of_a_place(place: dict[str, Any], percelen: list[str]) -> None:
    """Those under an address, and of a perceel itself."""
    bron = asked("pdok", lambda _: answer(place))
    found = await reads.locatie.call(bron.source, PERCEEL["id"], NO_FIELDS)

    assert found["percelen"] == percelen
