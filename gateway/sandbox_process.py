"""The sandbox in a process of its own, for the demo (process).

Imports nothing of the gateway, so that the sandbox starts while the gateway is still being loaded.
"""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from urllib.request import ProxyHandler, build_opener

START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox that was started, and where."""

    address: str
    process: subprocess.Popen[bytes]

    def wait(self) -> None:
        """Returns when it answers; ends this process, saying why, when it does not."""
        opener = build_opener(ProxyHandler({}))
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                sys.exit("De oefenregisters zijn gestopt voordat zij antwoordden.")
            try:
                with opener.open(f"{self.address}/_sandbox", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        sys.exit("De oefenregisters antwoorden niet op tijd.")


@contextmanager
def sandbox_process(port: int) -> Iterator[Sandbox]:
    """Starts the sandbox, and stops it in the end; it may not answer yet.

    Ends this process, saying why, if the port is taken: another sandbox would answer there as well.
    """
    signal.signal(signal.SIGTERM, _stopped)
    _check_free(port)
    command = [sys.executable, "-m", "sandbox", "--port", str(port)]
    process = subprocess.Popen(command)  # noqa: S603  # our own module, a number
    try:
        yield Sandbox(f"http://127.0.0.1:{port}", process)
    finally:
        _stop(process)


def _check_free(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Poort {port} is al in gebruik: kies een andere met SANDBOX_PORT.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _stopped(_signal: int, _frame: FrameType | None) -> None:
    """Ends this process in the ordinary way, so that the sandbox is ended too."""
    sys.exit(0)
