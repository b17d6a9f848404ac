"""What is converted for one answer is bounded: while it is, nothing else is answered."""

import pytest

from sandbox.showcase import HOME_PAND
from schema.language.coordinates import in_rd, in_wgs84, positions
from schema.language.declare import Derived
from tests.app import Setup, facts, running

pytestmark = pytest.mark.anyio

OWN = "query ($id: PandId!) { pand(identificatie: $id) { geometrie } }"
TWICE = """query ($id: PandId!) {
  pand(identificatie: $id) { geometrie een: geometrieWgs84 twee: geometrieWgs84 }
}"""


async def test_an_answer_converts_so_many_positions_and_no_more() -> None:
    """However they are spread over fields and aliases; what the source gave itself is free."""
    async with running(Setup()) as app:
        own = (await app.ask(OWN, {"id": HOME_PAND})).json()["data"]["pand"]["geometrie"]
    most = positions(own)
    for limit, failed in ((2 * most, []), (2 * most - 1, [["pand", "twee"]])):
        async with running(Setup(settings={"limits": {"positions": limit}})) as app:
            answer = (await app.ask(TWICE, {"id": HOME_PAND})).json()

        errors = answer.get("errors", [])
        assert [error["path"] for error in errors] == failed
        assert {error["extensions"]["code"] for error in errors} <= {"LIMIET"}
        assert answer["data"]["pand"]["geometrie"] == own
        assert answer["data"]["pand"]["een"] is not None
        assert (answer["data"]["pand"]["twee"] is None) is bool(failed)


def test_whatever_is_converted_is_counted() -> None:
    """Of every registry."""
    converting = {in_rd.__name__, in_wgs84.__name__}
    kinds = {
        f"{name}.{field}": fact.kind
        for name, kind in facts().types.items()
        for field, fact in kind.fields.items()
        if isinstance(fact.kind, Derived) and converting & {*fact.kind.compute.__code__.co_names}
    }

    assert {"Pand.geometrieWgs84", "Zaak.zaakgeometrieRd"} < kinds.keys()
    assert [name for name, kind in kinds.items() if kind.effort is not positions] == []


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (None, 0),
        ({"type": "Point", "coordinates": [1.0, 2.0, 3.0]}, 1),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]], [[5, 6]]]}, 3),
        ({"punt": {"type": "Point", "coordinates": [1.0, 2.0]}}, 1),
        ({"type": "GeometryCollection", "geometries": [{"coordinates": [[1, 2]]}] * 2}, 2),
        ({"coordinates": []}, 0),
        ("tekst", 0),
    ],
)
def test_positions(geometry: object, expected: int) -> None:
    """Wherever they stand."""
    assert positions(geometry) == expected
