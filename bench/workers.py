"""Several processes of one gateway over one sandbox, and many questions at once (process).

Weidevaart, the municipality of the sandbox, is served, since it has every source.
"""

import asyncio
import json
import shutil
import ssl
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.processes import SECONDS, gateway
from bench.registries import Registries
from bench.tokens import Issuer
from bench.valkey import valkey
from sandbox.access import DEFAULT, MUNICIPALITY, SECRETS
from sandbox.neighbour_files import KEY_FILE, issuers

CODE = "0999"
CACHE = "BRONPOORT_CACHE__"
OFF = {
    f"{CACHE}{name}": "0"
    for name in ("MEMORY_BYTES", "WHOLE_BYTES", "CASE_SECONDS", "REFERENCE_SECONDS", "OPEN_SECONDS")
}
"""Settings under which nothing outlives an operation."""
SHARED = "alles, gedeeld in Valkey"
ALONE = "alleen geheugen"
NOTHING = "cache uit"
CONTENDERS = (NOTHING, ALONE, SHARED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One GraphQL request, and who asks it as a header value."""

    query: str
    variables: Mapping[str, Any]
    bearer: str
    provenance: bool = True

    def line(self, host: str) -> bytes:
        """As it goes over the line; the connection ends with its answer."""
        extensions = {"herkomst": self.provenance}
        told = {"query": self.query, "variables": self.variables, "extensions": extensions}
        body = json.dumps(told).encode()
        head = f"POST /graphql HTTP/1.1\r\nhost: {host}\r\nauthorization: {self.bearer}\r\n"
        head += f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
        return f"{head}connection: close\r\n\r\n".encode() + body


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The registries, as they are told what to do and tell what they were asked."""

    at: Registries

    def reset(self, latency: int) -> None:
        """Count from zero; every answer takes so many milliseconds more."""
        self._say("DELETE", None)
        self._say("PUT", {name: {"latency_ms": latency} for name in self._say("GET", None)})

    def calls(self) -> dict[str, int]:
        """HTTP calls since the last `reset`, by source."""
        return {name: each["calls"] for name, each in self._say("GET", None).items()}

    def _say(self, method: str, body: object) -> Mapping[str, Any]:
        tls = ssl.create_default_context(cafile=self.at.trusted)
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.at.address}/_sandbox", data, method=method)  # noqa: S310  # ours
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=tls)
        )
        with opener.open(request, timeout=SECONDS) as answer:
            found: Mapping[str, Any] = json.load(answer)
        return found


def configured(directory: Path, at: Registries, issuer: Issuer) -> Path:
    """A folder with Weidevaart, its sources at this sandbox."""
    directory.mkdir()
    shutil.copytree(MUNICIPALITY.parent / "objecttypen", directory / "objecttypen")
    text = MUNICIPALITY.read_text(encoding="utf-8").replace(DEFAULT, at.address)
    (directory / f"{CODE}.toml").write_text(text, encoding="utf-8")
    (directory / "issuers.toml").write_text(issuers([CODE]), encoding="utf-8")
    issuer.published(directory / KEY_FILE)
    return directory


@contextmanager
def contenders(
    folder: Path, at: Registries, issuer: Issuer, workers: int, more: Mapping[str, str]
) -> Iterator[Mapping[str, Sequence[str]]]:
    """Of each contender the addresses of so many processes; `more` are variables of them all."""
    directory = configured(folder / "map", at, issuer)
    with ExitStack() as held:
        url = held.enter_context(valkey(folder))
        given = {**SECRETS, "SSL_CERT_FILE": str(at.trusted), "MASTER": "m" * 32, **more}
        settings = {NOTHING: {**given, **OFF}, ALONE: given, SHARED: {**given, **shared(url)}}
        with ThreadPoolExecutor(workers) as pool:
            yield {
                name: [
                    each.address
                    for each in pool.map(
                        held.enter_context, [gateway(directory, own) for _ in range(workers)]
                    )
                ]
                for name, own in settings.items()
            }


def shared(url: str) -> Mapping[str, str]:
    """The settings of who keeps what there; the variable MASTER is a key."""
    return {
        f"{CACHE}REDIS_URL": url,
        f"{CACHE}SECRET": "s" * 32,
        f"{CACHE}MASTER_KEYS": "een:env:MASTER",
    }


# ---- asking ---------------------------------------------------------------------------------


async def one(address: str, asked: Asked) -> dict[str, Any]:
    """The body of the answer to one request."""
    (body,) = await at_once([(address, asked)])
    return body


async def at_once(asked: Sequence[tuple[str, Asked]]) -> list[dict[str, Any]]:
    """The bodies of the answers: all connections are there before the first request goes."""
    ends = [urlsplit(address) for address, _ in asked]
    lines = await asyncio.gather(
        *(asyncio.open_connection(each.hostname, each.port) for each in ends)
    )
    data = [each.line(end.netloc) for end, (_, each) in zip(ends, asked, strict=True)]
    for (_, writer), each in zip(lines, data, strict=True):
        writer.write(each)
    async with asyncio.timeout(SECONDS):
        return list(await asyncio.gather(*(_answer(*line) for line in lines)))


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> dict[str, Any]:
    try:
        head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if b"transfer-encoding" in head.lower() or not body:
        raise SystemExit(f"not an answer to measure: {head[:100]!r}")
    found: dict[str, Any] = json.loads(body)
    return found
