"""TLS: whom we trust and whom we show ourselves to be."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gateway.source.errors import SourceUnreachable
from tests.source.fakes import desk, reply, wire

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("transport", ["httpx", "aiohttp"])]


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1 and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / f"{name}.pem", folder / f"{name}.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private


def _server(certificate: tuple[Path, Path], client_ca: Path | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    if client_ca is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(client_ca)
    return context


async def test_a_source_under_the_pinned_authority_is_trusted(
    transport: str, tmp_path: Path
) -> None:
    bron = _certificate(tmp_path, "bron")
    async with wire(reply(json=1), tls=_server(bron)) as upstream, desk() as at:
        tls = {"ca": str(bron[0])}

        assert await at.source(upstream.address, tls=tls, transport=transport).get("x") == 1


@pytest.mark.parametrize("pinned", [True, False])
async def test_any_other_is_not(transport: str, pinned: bool, tmp_path: Path) -> None:
    bron, other = _certificate(tmp_path, "bron"), _certificate(tmp_path, "other")
    async with wire(reply(json=1), tls=_server(bron)) as upstream, desk() as at:
        tls = {"ca": str(other[0])} if pinned else {}
        with pytest.raises(SourceUnreachable):
            await at.source(upstream.address, tls=tls, transport=transport).get("x")

        assert upstream.heard == []


async def test_we_show_our_certificate_where_it_is_asked(transport: str, tmp_path: Path) -> None:
    bron, wij = _certificate(tmp_path, "bron"), _certificate(tmp_path, "wij")
    server = _server(bron, client_ca=wij[0])
    async with wire(reply(json=1), tls=server) as upstream, desk() as at:
        tls = {"ca": str(bron[0]), "certificaat": str(wij[0]), "sleutel": str(wij[1])}

        assert await at.source(upstream.address, tls=tls, transport=transport).get("x") == 1
        with pytest.raises(SourceUnreachable):
            await at.source(
                upstream.address, name="zonder", tls={"ca": str(bron[0])}, transport=transport
            ).get("x")


async def test_tls_before_1_2_is_not_spoken(transport: str, tmp_path: Path) -> None:
    bron = _certificate(tmp_path, "bron")
    server = _server(bron)
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
