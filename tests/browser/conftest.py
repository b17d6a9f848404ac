"""Fixtures of the browser tests: a served demo and a headless Chromium, once per session."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NoReturn

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browsers import Chromium, find_chromium
from tests.paths import ROOT

START_SECONDS = 60.0
EXPLORER = ROOT / "gateway" / "_static" / "graphiql"

# No sandbox, because CI runs as root in a container; the rest keeps Chromium from calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _give_up(reason: str) -> NoReturn:
    """Fails where everything must run, and else skips, saying what is missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"The browser tests must run in CI. {reason}", pytrace=False)
    pytest.skip(f"BROWSER TESTS DID NOT RUN. {reason}")


@pytest.fixture(scope="session")
def demo_url() -> Iterator[str]:
    """The address of a running demo, started by its own command, without a slash at the end."""
    if not (EXPLORER / "index.html").exists():
        _give_up("The explorer is not built: run `make explorer`.")
    port, sandbox_port = _free_ports()
    environment = {**os.environ, "PORT": str(port), "SANDBOX_PORT": str(sandbox_port)}
    command = [sys.executable, "-m", "gateway", "demo"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603  # our own
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, process)
        yield address
    finally:
        process.terminate()
        assert process.wait(timeout=20) == 0


def _free_ports() -> tuple[int, int]:
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        return one.getsockname()[1], other.getsockname()[1]


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the demo stopped"
        try:
            if httpx.get(f"{address}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail("the demo did not start")


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The Chromium to test with."""
    found = find_chromium()
    if found is None:
        _give_up("No Chromium: run `make browser`, or set CHROMIUM to an executable.")
    return found


@pytest.fixture(scope="module")
def browser(chromium: Chromium) -> Iterator[Browser]:
    """A headless browser; closed with the module, because its event loop bars all others."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable,
            args=list(FLAGS),
            env={**os.environ, **chromium.environment},
        )
        yield browser
        browser.close()
