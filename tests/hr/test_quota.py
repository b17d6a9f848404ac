"""The Handelsregister is not asked for more than the municipality may ask of it."""

import pytest

from sandbox import showcase
from tests.app import Running, Setup, running

pytestmark = pytest.mark.anyio

QUESTION = "query ($kvk: KvkNummer!) { bedrijf(kvkNummer: $kvk) { naam } }"
VARIABLES = {"kvk": showcase.BAKKERIJ_KVK}


async def asked(app: Running) -> dict[str, object]:
    """What is answered."""
    body: dict[str, object] = (await app.ask(QUESTION, VARIABLES)).json()
    return body


async def test_what_goes_beyond_the_month_is_refused_unasked() -> None:
    setup = Setup(sources=("kvk",), source_settings={"quota": {"per_maand": 1}})
    async with running(setup) as app:
        answered, refused = await asked(app), await asked(app)

    assert answered == {"data": {"bedrijf": {"naam": "Bakkerij De Gouden Korenaar B.V."}}}
    assert refused["data"] == {"bedrijf": None}
    assert refused["errors"] == [
        {
            "message": "Het aantal vragen dat deze maand aan de bron gesteld mag worden, "
            "is bereikt.",
            "path": ["bedrijf"],
            "locations": [{"line": 1, "column": 28}],
            "extensions": {"code": "QUOTA", "opnieuw": True, "bron": "kvk"},
        }
    ]
    assert len(app.outdoors.calls) == 1
