"""The sandbox's Klantinteracties answers fit the description of Open Klant, API 0.9.0.

Every list, with everything expanded where it can be; and all that the gateway asks with is
described.
"""

import re
from typing import Any

import pytest

from sandbox.klant import OPTIONS
from sandbox.showcase import BURGER_BSN, KLANT_UUID
from tests.app import Setup, running
from tests.contract.described import keys
from tests.contract.nullable import misfits, query_parameters
from tests.sandbox.token_client import ask, results

pytestmark = pytest.mark.anyio

SPEC = "openklant-klantinteracties/0.9.0.yaml"
LISTS = {
    "partijen": "ExpandPartij",
    "klantcontacten": "ExpandKlantcontact",
    "betrokkenen": "ExpandBetrokkene",
    "digitaleadressen": "ExpandDigitaalAdres",
    "internetaken": "InterneTaak",
    "onderwerpobjecten": "Onderwerpobject",
    "bijlagen": "Bijlage",
    "vertegenwoordigingen": "Vertegenwoordigden",
    "rekeningnummers": "Rekeningnummer",
    "actoren": "Actor",
}


@pytest.mark.parametrize(("path", "schema"), LISTS.items())
async def test_lists_and_details(path: str, schema: str) -> None:
    """All objects of a kind, and one of them by itself."""
    expand = {"expand": ",".join(sorted(OPTIONS[path]))} if path in OPTIONS else {}
    answer = (await ask("klant", path, pageSize=500, **expand)).json()
    one = (await ask("klant", f"{path}/{answer['results'][0]['uuid']}", **expand)).json()

    assert misfits(SPEC, f"Paginated{schema}List", answer) == []
    assert misfits(SPEC, schema, one) == []
    assert answer["count"] > 0


@pytest.mark.parametrize("path", LISTS)
async def test_the_sandbox_knows_no_filter_that_is_not_described(path: str) -> None:
    """Else the gateway could ask here what it cannot ask there."""
    answer = await ask("klant", path, nonsense="1")
    described = query_parameters(SPEC, f"/{path}")

    assert answer.status_code == 400
    for name in described:
        known = await ask("klant", path, **{name: ""})
        assert known.status_code in (200, 400, 404)
    assert {"page", "pageSize"} <= described


async def test_whatever_the_gateway_asks_is_described() -> None:
    """One question along every list, with and without expand."""
    question = """query ($bsn: Bsn!, $uuid: Uuid!) {
      partijVanPersoon(bsn: $bsn) { digitaleAdressen { adres } vertegenwoordigingen { uuid }
        vertegenwoordigdDoor { uuid } }
      klantcontactenVanPersoon(bsn: $bsn) { edges { node { zaken {
        klantcontacten { totalCount } } hadBetrokkenen { uuid } } } }
      partij(uuid: $uuid) { klantcontacten { totalCount }
        bezoekadres { adres { partijen { totalCount } } } }
      partijenVanVestiging(vestigingsnummer: "000099900000") { uuid }
      interneTaken(status: VERWERKT, actor: $uuid) { totalCount }
    }"""
    for expand in ("nooit", "altijd"):
        setup = Setup(dialect={"klant": {"expand": expand}}, settings={"limits": {"cost": 99_999}})
        async with running(setup) as app:
            response = await app.ask(question, {"bsn": BURGER_BSN, "uuid": KLANT_UUID})
            lists = [c for c in app.outdoors.calls if c.source == "klant" and "/" not in c.path]

        assert "errors" not in response.json()
        for call in lists:
            asked = {name for name, _ in call.params}
            assert asked <= query_parameters(SPEC, f"/{call.path}"), call.path


async def test_errors() -> None:
    """As the standard of the family has them, with the faulty parameters in invalidParams."""
    answer: dict[str, Any] = (await ask("klant", "partijen", nonsense="1")).json()

    assert set(answer) >= {"type", "code", "title", "status", "detail", "instance", "invalidParams"}
    assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", answer["instance"])


async def test_references_are_a_uuid_and_its_address() -> None:
    """Never an address alone: the gateway takes the uuid and nothing else."""
    for contact in await results("klant", "klantcontacten", pageSize=50):
        for name in ("hadBetrokkenen", "gingOverOnderwerpobjecten", "leiddeTotInterneTaken"):
            assert all(set(keys(one)) == {"uuid", "url"} for one in contact[name])


def test_a_misfit_is_noticed() -> None:
    """The schemas are not empty ones."""
    assert misfits(SPEC, "InterneTaak", {"uuid": 1}) != []
    assert misfits(SPEC, "Bijlage", {"uuid": "x", "url": "y", "soort": "z"})[-1] == "soort"
