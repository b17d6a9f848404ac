"""TLS: whom we trust and whom we show ourselves to be."""

import ssl
from pathlib import Path

import pytest

from gateway.source.errors import SourceUnreachable
from tests.certificates import certificate, serving
from tests.source.fakes import desk, reply, wire

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("transport", ["eigen", "httpx"]),
]


async def test_a_source_under_the_pinned_authority_is_trusted(
    transport: str, tmp_path: Path
) -> None:
    bron = certificate(tmp_path, "bron")
    async with wire(reply(json=1), tls=serving(bron)) as upstream, desk() as at:
        tls = {"ca": str(bron[0])}

        assert await at.source(upstream.address, tls=tls, transport=transport).get("x") == 1


@pytest.mark.parametrize("pinned", [True, False])
async def test_any_other_is_not(transport: str, pinned: bool, tmp_path: Path) -> None:
    bron, other = certificate(tmp_path, "bron"), certificate(tmp_path, "other")
    async with wire(reply(json=1), tls=serving(bron)) as upstream, desk() as at:
        tls = {"ca": str(other[0])} if pinned else {}
        with pytest.raises(SourceUnreachable):
            await at.source(upstream.address, tls=tls, transport=transport).get("x")

        assert upstream.heard == []


async def test_we_show_our_certificate_where_it_is_asked(transport: str, tmp_path: Path) -> None:
    bron, wij = certificate(tmp_path, "bron"), certificate(tmp_path, "wij")
    server = serving(bron, client_ca=wij[0])
    async with wire(reply(json=1), tls=server) as upstream, desk() as at:
        tls = {"ca": str(bron[0]), "certificaat": str(wij[0]), "sleutel": str(wij[1])}

        assert await at.source(upstream.address, tls=tls, transport=transport).get("x") == 1
        with pytest.raises(SourceUnreachable):
            await at.source(
                upstream.address, name="zonder", tls={"ca": str(bron[0])}, transport=transport
            ).get("x")


async def test_tls_before_1_2_is_not_spoken(transport: str, tmp_path: Path) -> None:
    bron = certificate(tmp_path, "bron")
    server = serving(bron)
    server.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        server.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.warns(DeprecationWarning):
        server.minimum_version = ssl.TLSVersion.TLSv1
    async with wire(reply(json=1), tls=server) as upstream, desk() as at:
        with pytest.raises(SourceUnreachable):
            await at.source(upstream.address, tls={"ca": str(bron[0])}, transport=transport).get(
                "x"
            )
