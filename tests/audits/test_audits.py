"""GraphQL over HTTP as the graphql-http project audits it, at the whole application."""

import pytest

from tests.app import Outdoors, Setup, gateway_for, sandbox, token
from tests.audits.audits import BY_GET, audits, failed, installed
from tests.edge.stand_in import serving

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.mark.skipif(not installed(), reason="needs Node, and `npm ci` in tests/audits")
async def test_every_audit_passes_but_those_that_need_get() -> None:
    """Every MUST, every SHOULD, and every MAY that POST with introspection can show."""
    gateway = gateway_for(Setup(), Outdoors(sandbox(), lambda call: None))

    async with gateway.running() as app, serving(app) as address:
        results = await audits(f"{address}/graphql", f"Bearer {token()}")

    assert len(results) == 61
    assert failed(results) == {}
    assert {audit.id for audit in results if audit.status != "ok"} == BY_GET
