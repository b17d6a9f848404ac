"""The sandbox's Open Product fits the descriptions of Producten and Producttypen API 1.7.0."""

import pytest

from sandbox.showcase import BAKKERIJ_KVK, BURGER_BSN
from tests.app import Setup, running
from tests.contract.nullable import misfits, query_parameters
from tests.sandbox.token_client import ask

pytestmark = pytest.mark.anyio

PRODUCTEN = "openproduct-producten/1.7.0.yaml"
TYPEN = "openproduct-producttypen/1.7.0.yaml"


async def test_products() -> None:
    """All of them, and one by itself."""
    answer = (await ask("producten", "producten", page_size=500)).json()
    one = (await ask("producten", f"producten/{answer['results'][0]['uuid']}")).json()

    assert misfits(PRODUCTEN, "PaginatedProductList", answer) == []
    assert misfits(PRODUCTEN, "Product", one) == []


async def test_types() -> None:
    """All of them, one by itself, and its texts."""
    answer = (await ask("producttypen", "producttypen")).json()
    path = f"producttypen/{answer['results'][0]['uuid']}"

    assert misfits(TYPEN, "PaginatedProductTypeList", answer) == []
    assert misfits(TYPEN, "ProductType", (await ask("producttypen", path)).json()) == []
    texts = (await ask("producttypen", f"{path}/content")).json()
    assert misfits(TYPEN, "PaginatedNestedContentElementList", texts) == []


async def test_errors() -> None:
    """A sentence in `detail` and no more."""
    for token, path in (("", "producten"), (None, "producten/1")):
        answer = await ask("producten", path, token=token)

        assert misfits(PRODUCTEN, "DetailError", answer.json()) == []


async def test_whatever_the_gateway_asks_is_described() -> None:
    """One question along every list."""
    question = """query ($bsn: Bsn!, $kvk: KvkNummer!, $uuid: Uuid!) {
      productenVanPersoon(bsn: $bsn, status: ACTIEF, producttype: $uuid) { totalCount }
      alle: productenVanPersoon(bsn: $bsn) { edges { node {
        zaken { producten { totalCount } } producttype { content { uuid } } } } }
      productenVanOnderneming(kvkNummer: $kvk) { totalCount }
      productenVanVestiging(vestigingsnummer: "000099900000") { totalCount }
      producttypen(naam: "a", doelgroep: BURGERS, thema: $uuid) { totalCount }
    }"""
    uuid = "00000000-0000-0000-0000-000000000000"
    async with running(Setup(settings={"limits": {"cost": 99_999}})) as app:
        response = await app.ask(question, {"bsn": BURGER_BSN, "kvk": BAKKERIJ_KVK, "uuid": uuid})
        calls = [c for c in app.outdoors.calls if c.source.startswith("product")]

    assert "errors" not in response.json()
    assert len({call.path for call in calls if "/" not in call.path}) == 2
    for call in calls:
        spec = PRODUCTEN if call.source == "producten" else TYPEN
        path = "/producttypen/{uuid}/content" if call.path.endswith("content") else f"/{call.path}"
        if "/" not in call.path or call.path.endswith("content"):
            assert {name for name, _ in call.params} <= query_parameters(spec, path)
