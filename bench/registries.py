"""The sandbox over TLS in a process of its own (process): what the gateway asks in measurements.

As in the world outside, every source is https, and trusted because the system trusts who signed its
certificate: the system's own list, with one more in it for the time of a measurement.
"""

import argparse
import gc
import ipaddress
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench.processes import answers, ended, free_port
from sandbox.server import sandbox_app


@dataclass(frozen=True, slots=True)
class Registries:
    """A sandbox that answers, and the file with all whom a gateway must trust to ask it."""

    address: str
    trusted: Path


@contextmanager
def registries(folder: Path) -> Iterator[Registries]:
    """The sandbox until the end of the block; `folder` gets its certificate and key."""
    certificate, key = signed(folder)
    trusted = folder / "trusted.pem"
    system = Path(ssl.get_default_verify_paths().cafile or "")
    own = certificate.read_bytes()
    trusted.write_bytes(system.read_bytes() + own if system.is_file() else own)
    port = free_port()
    command = [sys.executable, "-m", "bench.registries", str(port), str(certificate), str(key)]
    process = subprocess.Popen(command)  # noqa: S603  # our own module
    try:
        address = f"https://127.0.0.1:{port}"
        answers(f"{address}/_sandbox", process, ssl.create_default_context(cafile=trusted))
        yield Registries(address, trusted)
    finally:
        ended(process)


def signed(folder: Path) -> tuple[Path, Path]:
    """A certificate of the loopback address, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bronpoort bench")])
    now = datetime.now(UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "registries.pem", folder / "registries.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m bench.registries", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("certificate")
    parser.add_argument("key")
    given = parser.parse_args()
    app = sandbox_app()
    gc.freeze()
    uvicorn.run(
        app,
        port=given.port,
        log_config=None,
        ssl_certfile=given.certificate,
        ssl_keyfile=given.key,
        timeout_keep_alive=600,  # connections stay, as a measurement counts them in
    )


if __name__ == "__main__":
    main()
