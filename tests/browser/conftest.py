"""Fixtures of the browser tests: a served demo and a headless Chromium, once per session."""

import os
import socket
import threading
from collections.abc import Iterator
from typing import NoReturn

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browsers import Chromium, find_chromium
from tests.browser.stand_in import stand_in
from tests.paths import ROOT

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
    """The address of a running demo, without a slash at the end."""
    if not (EXPLORER / "index.html").exists():
        _give_up("The explorer is not built: run `make explorer`.")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(stand_in(EXPLORER), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The Chromium to test with."""
    found = find_chromium()
    if found is None:
        _give_up("No Chromium: run `make browser`, or set CHROMIUM to an executable.")
    return found


@pytest.fixture(scope="session")
def browser(chromium: Chromium) -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable,
            args=list(FLAGS),
            env={**os.environ, **chromium.environment},
        )
        yield browser
        browser.close()
