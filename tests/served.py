"""Real processes and a real sandbox on the loopback address, for tests of the command line."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType

import httpx
import uvicorn
from starlette.types import ASGIApp

from sandbox.faults import Faults
from sandbox.server import sandbox_app
from tests.app import world
from tests.auth import signing
from tests.paths import ROOT

SECONDS = 60.0
"""How long a process may take, at the very most, for what takes it two seconds."""
_PATIENT = f"timeout = {SECONDS:g}\n"
"""Of a source: the sandbox makes its registers at the first question, on a machine that is busy."""
SECRETS = {
    "SANDBOX_BAG": "sandbox-bag",
    "SANDBOX_BRP": "sandbox-brp",
    "SANDBOX_BRK": "sandbox-brk",
    "SANDBOX_WOZ": "sandbox-woz",
    "SANDBOX_KVK": "sandbox-kvk",
    "SANDBOX_ZGW": "sandbox-geheim-dat-lang-genoeg-is-32",
    "SANDBOX_KLANT": "sandbox-klant",
    "SANDBOX_OBJECTEN": "sandbox-objecten",
    "SANDBOX_OBJECTTYPEN": "sandbox-objecttypen",
    "SANDBOX_PRODUCTEN": "sandbox-producten",
    "SANDBOX_NOTIFICATIES": "sandbox-geheim-voor-meldingen-aan-ons",
}


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what is about the gateway, with the sandbox's secrets."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BRONPOORT_")}
    return {**own, **SECRETS, **_account(), "NO_COLOR": "1", "COLUMNS": "100", "PORT": "", **more}


def _account() -> dict[str, str]:
    """Where processes write down what they do with personal data."""
    directory = Path(_directory().name)
    return {
        "BRONPOORT_PROCESSING__DIRECTORY": str(directory / "spool"),
        "BRONPOORT_PROCESSING__AUDIT": str(directory / "audit.jsonl"),
        "BRONPOORT_PROCESSING__KEYS": f"2026:{'A' * 43}=",
        "BRONPOORT_PROCESSING__INDEX_KEY": "x" * 32,
    }


@cache
def _directory() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bronpoort-test-")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as tried:
        port: int = tried.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Registries:
    """A sandbox that is served, and the switchboard of its troubles."""

    address: str
    faults: Faults


@contextmanager
def registries(around: Callable[[ASGIApp], ASGIApp] = lambda app: app) -> Iterator[Registries]:
    """The sandbox's registries, served in a thread until the end of the block; `around` may put
    something in front of them.
    """
    faults = Faults()
    app = around(sandbox_app(world(), faults=faults))
    config = uvicorn.Config(app, log_config=None, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        serving.start()
        try:
            until(lambda: server.started)
            yield Registries(f"http://127.0.0.1:{listening.getsockname()[1]}", faults)
        finally:
            server.force_exit = server.should_exit = True
            serving.join(SECONDS)


def until(condition: Callable[[], bool]) -> None:
    """Returns when the condition holds; fails when it does not within the time."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@dataclass(slots=True)
class Command:
    """`bronpoort` in a process of its own, ended with the block at the latest."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    process: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> "Command":
        self.process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "gateway", *self.arguments],
            cwd=ROOT,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.communicate(timeout=SECONDS)

    def answers(self, address: str) -> None:
        """Returns when this address answers 200; fails when the process ends before that."""

        def answered() -> bool:
            if self.process.poll() is not None:
                raise AssertionError(self.process.communicate(timeout=SECONDS)[0])
            try:
                return httpx.get(address, trust_env=False, timeout=5).status_code == 200
            except httpx.TransportError:
                return False

        until(answered)

    def stop(self, by: signal.Signals) -> tuple[int, str]:
        """Sends the signal; the exit code, and all that was written."""
        self.process.send_signal(by)
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """Waits for the end; the exit code, and all that was written."""
        written, _ = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, written


def configured(directory: Path, address: str, *changes: tuple[str, str]) -> Path:
    """A directory with the sandbox's municipality, its sources at `address`, after `changes`, and
    an issuer whose tokens `bearer` makes. Sources have all the time that `SECONDS` gives.
    """
    text = (ROOT / "sandbox" / "gemeente" / "0999.toml").read_text(encoding="utf-8")
    for old, new in (("http://127.0.0.1:8100", address), *changes):
        assert old in text
        text = text.replace(old, new)
    (directory / "0999.toml").write_text(patient(text), encoding="utf-8")
    objecttypen = ROOT / "sandbox" / "gemeente" / "objecttypen"
    shutil.copytree(objecttypen, directory / "objecttypen", dirs_exist_ok=True)
    (directory / "jwks.json").write_bytes(signing.jwks(signing.EC))
    (directory / "issuers.toml").write_text(
        f"""[[issuer]]
issuer = "{signing.EC_ISSUER}"
audience = "{signing.AUDIENCE}"
algorithm = "ES256"
key_file = "jwks.json"
tenants = ["0999"]
kinds = ["medewerker"]
""",
        encoding="utf-8",
    )
    return directory


def patient(text: str) -> str:
    """The file of a municipality, in which sources without a `timeout` have a long one."""
    first, *tables = re.split(r"^(?=\[)", text, flags=re.M)
    return first + "".join(map(_with_patience, tables))


def _with_patience(table: str) -> str:
    if not re.match(r"\[bronnen\.[^].]+\]\n", table) or re.search("^timeout", table, re.M):
        return table
    return table.replace("\n", f"\n{_PATIENT}", 1)


def bearer(purpose: str = "klantcontact") -> str:
    """A header value with a good token of an employee, for now."""
    now = int(time.time())
    return signing.bearer(signing.claims(doelbinding=purpose, iat=now, exp=now + 600))
