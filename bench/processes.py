"""A gateway as its operator starts it, and what it costs (process).

Linux only: memory is read in /proc. RSS counts what is shared with other processes in full, PSS by
its share.
"""

import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SECONDS = 120.0
"""How long anything may take before the measurement is given up."""
BYTECODE: Mapping[str, str] = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": ""}
"""Variables under which Python keeps it where an installation has it, whatever those of this
process say: without it a start takes twice as long, and elsewhere a twentieth longer.
"""
_PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class Memory:
    """In MB of a million bytes; `uss` is what no other process shares."""

    rss: float
    pss: float
    uss: float = 0.0

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(self.rss + other.rss, self.pss + other.pss, self.uss + other.uss)

    @classmethod
    def of(cls, pid: int) -> "Memory":
        """What a process holds now."""
        rolled = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        found = dict(line.split(":", 1) for line in rolled.splitlines()[1:])
        each = {name: int(value.split()[0]) * 1024 / 1e6 for name, value in found.items()}
        return cls(each["Rss"], each["Pss"], each["Private_Clean"] + each["Private_Dirty"])


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway that is ready: where, and the seconds from the start of its process until then, on
    the clock and on the processor.
    """

    address: str
    process: "subprocess.Popen[bytes]"
    seconds: float
    processor: float

    def memory(self) -> Memory:
        """What it holds now."""
        return Memory.of(self.process.pid)

    def workers(self) -> list[int]:
        """Those that it has forked."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(each) for each in children.split()]


@contextmanager
def gateway(directory: Path, more: Mapping[str, str]) -> Iterator[Gateway]:
    """`bronpoort serve` on this folder until the end of the block; `more` are variables."""
    port = free_port()
    own = {name: each for name, each in os.environ.items() if not name.startswith("BRONPOORT_")}
    account = {
        "BRONPOORT_PROCESSING__DIRECTORY": f"{directory}-verwerkingen",
        "BRONPOORT_PROCESSING__AUDIT": f"{directory}-audit.jsonl",
        "BRONPOORT_PROCESSING__KEYS": f"meting:{'A' * 43}=",
        "BRONPOORT_PROCESSING__INDEX_KEY": "x" * 32,
        "BRONPOORT_LIMITS__PERSONS_PER_MINUTE": "100000",
    }
    environment = {
        **own,
        **BYTECODE,
        **account,
        **more,
        "PORT": str(port),
        "BRONPOORT_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "gateway", "serve", "--config", str(directory)]
    with server(command, environment, f"http://127.0.0.1:{port}", "/readyz") as started:
        yield started


@contextmanager
def server(
    command: Sequence[str], environment: Mapping[str, str], address: str, ready: str
) -> Iterator[Gateway]:
    """Any server until the end of the block; it is there when `ready` is answered with 200."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=dict(environment))  # noqa: S603  # our own modules
    try:
        answers(f"{address}{ready}", process)
        seconds = time.perf_counter() - began
        yield Gateway(address, process, seconds, _processor(process.pid))
    finally:
        ended(process)


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answers(
    address: str, process: "subprocess.Popen[Any]", tls: ssl.SSLContext | None = None
) -> None:
    """Returns when this address answers 200; ends the measurement when it does not."""
    ends = time.perf_counter() + SECONDS
    while time.perf_counter() < ends:
        if process.poll() is not None:
            sys.exit("a process of the measurement ended by itself")
        if _answered(address, tls):
            return
        time.sleep(_PAUSE)
    sys.exit(f"{address} did not answer in time")


def _answered(address: str, tls: ssl.SSLContext | None) -> bool:
    parts = urlsplit(address)
    where, port = parts.hostname or "", parts.port
    connection: http.client.HTTPConnection = (
        http.client.HTTPSConnection(where, port, timeout=5, context=tls)
        if parts.scheme == "https"
        else http.client.HTTPConnection(where, port, timeout=5)
    )
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def ended(process: "subprocess.Popen[Any]") -> None:
    """Stops a process that we started."""
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as tried:
        port: int = tried.getsockname()[1]
        return port
