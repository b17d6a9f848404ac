"""What one call of a source costs (process): by what puts it on the wire, all in one run.

Contenders are asked as `gateway.source.upstream` asks them, but for the first (a whole client), for
aiohttp itself, and for the last (no HTTP at all: the floor). The upstream says constant
bytes, in a process on other cores. Measured is the processor time of the asking process, and how
many calls it makes in a second.
"""

import argparse
import asyncio
import os
import ssl
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
import httpx
import uvloop
from httpx_aiohttp import AiohttpTransport

from bench import figures
from bench.constant import answer
from bench.figures import Spread, number
from bench.others import Looked
from bench.processes import answers, ended, free_port
from bench.registries import signed
from gateway.source import body, tls
from gateway.source.pool import Pool
from gateway.source.settings import SourceSettings
from gateway.source.transports import timeouts, transport_for, wire_over
from gateway.source.wire import Outgoing, OverHttpx, Wire

DOCUMENT = Path("docs/prestaties-aanroepen.md")
SIZES = (200, 29_000)
AT_ONCE = (1, 32)
HEADERS = {
    "accept": "application/json",
    "accept-encoding": "identity",
    "user-agent": "bronpoort",
    "x-api-key": "0123456789abcdef",
    "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
}

Once = Callable[[], Awaitable[object]]
Way = Callable[[AsyncExitStack, str, Path | None], Awaitable[Once]]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 7
    calls: int = 960


SMALL = Size(rounds=1, calls=32)


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of call: bytes of the answer, how many at once, over TLS or not."""

    size: int
    at_once: int
    secure: bool

    @property
    def told(self) -> str:
        """For a table."""
        secure = "TLS" if self.secure else "zonder TLS"
        return f"{number(self.size, 0)} bytes, {self.at_once} tegelijk, {secure}"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one call: microseconds of the processor, and microseconds that went by."""

    processor: float
    clock: float


Results = Mapping[Work, Mapping[str, Sequence[Cost]]]


# ---- the contenders -------------------------------------------------------------------------


async def _client(held: AsyncExitStack, url: str, ca: Path | None) -> Once:
    """httpx as most use it."""
    limits = httpx.Limits(max_connections=max(AT_ONCE), max_keepalive_connections=max(AT_ONCE))
    verify = tls.context(ca) if ca else False
    client = httpx.AsyncClient(verify=verify, trust_env=False, limits=limits)
    await held.enter_async_context(client)

    async def once() -> object:
        return (await client.get(url, headers=HEADERS)).content

    return once


def _below(transport: str) -> Way:
    async def way(held: AsyncExitStack, url: str, ca: Path | None) -> Once:
        table = {"address": url, "transport": transport, "parallel": max(AT_ONCE)}
        settings = SourceSettings.model_validate({**table, "tls": {"ca": ca} if ca else {}})
        made = transport_for(settings)
        return _through(held, made, wire_over(made, settings.address), url)

    return way


async def _pool_below_httpx(held: AsyncExitStack, url: str, ca: Path | None) -> Once:
    """What httpx's request and response cost above our own pool."""
    made = Pool(tls.context(ca) if ca else ssl.create_default_context(), max(AT_ONCE), 15.0)
    return _through(held, made, OverHttpx(made), url)


async def _below_aiohttp(held: AsyncExitStack, url: str, ca: Path | None) -> Once:
    made = AiohttpTransport(client=lambda: _session(ca))
    return _through(held, made, OverHttpx(made), url)


def _through(held: AsyncExitStack, made: httpx.AsyncBaseTransport, wire: Wire, url: str) -> Once:
    held.push_async_callback(made.aclose)
    patience, outgoing = timeouts(5.0), Outgoing("GET", url, HEADERS)

    async def once() -> object:
        answer = await wire.begin(outgoing, HEADERS, patience)
        try:
            return await body.take(answer, 10_000_000)
        finally:
            await answer.aclose()

    return once


def _session(ca: Path | None) -> aiohttp.ClientSession:
    secure: Any = tls.context(ca) if ca else True
    connector = aiohttp.TCPConnector(limit=max(AT_ONCE), ssl=secure)
    return aiohttp.ClientSession(connector=connector, auto_decompress=False, trust_env=False)


async def _aiohttp(held: AsyncExitStack, url: str, ca: Path | None) -> Once:
    """aiohttp itself: no transport over it can be cheaper."""
    session = await held.enter_async_context(_session(ca))

    async def once() -> object:
        async with session.get(url, headers=HEADERS, allow_redirects=False) as response:
            return await response.read()

    return once


class _Bare(asyncio.Protocol):
    """Counts bytes: what is left when nothing is read or checked."""

    def __init__(self) -> None:
        self._waiter: asyncio.Future[None] | None = None
        self._lacking = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._lacking -= len(data)
        if not self._lacking and self._waiter is not None:
            self._waiter.set_result(None)

    async def exchange(self, told: bytes, bytes_: int) -> None:
        self._lacking = bytes_
        self._waiter = asyncio.get_running_loop().create_future()
        self.transport.write(told)
        await self._waiter


async def _floor(held: AsyncExitStack, url: str, ca: Path | None) -> Once:
    parts = urlsplit(url)
    head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    told = f"GET {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\n{head}\r\n".encode()
    lines: list[_Bare] = []
    loop = asyncio.get_running_loop()
    bytes_ = len(answer(int(parts.path.rpartition("/")[2])))
    secure = tls.context(ca) if ca else None

    async def once() -> object:
        if lines:
            line = lines.pop()
        else:
            _, line = await loop.create_connection(
                _Bare, parts.hostname or "", parts.port or 0, ssl=secure
            )
            held.callback(line.transport.abort)
        await line.exchange(told, bytes_)
        lines.append(line)
        return line

    return once


OURS, FLOOR = "eigen", "kale sockets"
CONTENDERS: Mapping[str, Way] = {
    "httpx.AsyncClient": _client,
    "httpx": _below("httpx"),
    "httpx-aiohttp": _below_aiohttp,
    "aiohttp zonder httpx": _aiohttp,
    "eigen onder httpx": _pool_below_httpx,
    OURS: _below("eigen"),
    FLOOR: _floor,
}


# ---- the measurement ------------------------------------------------------------------------


@contextmanager
def _upstream(size: int, certificate: tuple[Path, Path] | None, cores: set[int]) -> Iterator[str]:
    """The address of an upstream on these cores, until the end of the block."""
    port = free_port()
    files = [str(each) for each in certificate or ()]
    command = [sys.executable, "-m", "bench.constant", str(port), str(size), *files]
    process = subprocess.Popen(command)  # noqa: S603  # our own module
    try:
        os.sched_setaffinity(process.pid, cores)
        url = f"http{'s' if certificate else ''}://127.0.0.1:{port}/{size}"
        trusting = tls.context(certificate[0]) if certificate else None
        answers(url, process, trusting)
        yield url
    finally:
        ended(process)


@contextmanager
def _apart() -> Iterator[set[int]]:
    """This process on one core until the end of the block; the other cores."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield cores - {min(cores)} or cores
    finally:
        os.sched_setaffinity(0, cores)


async def _measured(work: Work, url: str, ca: Path | None, size: Size) -> Mapping[str, list[Cost]]:
    found: dict[str, list[Cost]] = defaultdict(list)
    async with AsyncExitStack() as held:
        ways = {name: await way(held, url, ca) for name, way in CONTENDERS.items()}
        for round_ in range(size.rounds + 1):
            for name, once in ways.items():
                cost = await _costs(once, work.at_once, size.calls)
                if round_:  # the first opens the connections
                    found[name].append(cost)
    return found


async def _costs(once: Once, at_once: int, calls: int) -> Cost:
    async def some() -> None:
        for _ in range(calls // at_once):
            await once()

    processor, clock = time.process_time(), time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(some())
    took = time.process_time() - processor, time.perf_counter() - clock
    return Cost(*(each / calls * 1e6 for each in took))


def results(size: Size) -> Results:
    """Every contender with every kind of call, one after another, round after round."""
    found: dict[Work, Mapping[str, Sequence[Cost]]] = {}
    with tempfile.TemporaryDirectory() as folder, _apart() as cores:
        certificate = signed(Path(folder))
        for secure in (False, True):
            for bytes_ in SIZES:
                with _upstream(bytes_, certificate if secure else None, cores) as url:
                    ca = certificate[0] if secure else None
                    for at_once in AT_ONCE:
                        work = Work(bytes_, at_once, secure)
                        found[work] = uvloop.run(_measured(work, url, ca, size))
    return found


# ---- what is told ---------------------------------------------------------------------------


def document(found: Results, size: Size, machine: str) -> str:
    """The page of the documentation."""
    rows = []
    for work, by in found.items():
        rows.append([work.told, *(_microseconds(by[name]) for name in CONTENDERS)])
    against = [name for name in CONTENDERS if name != OURS]
    ratios = [
        [work.told, *(_ratio(by[name], by[OURS]).written(2) for name in against)]
        for work, by in found.items()
    ]
    return f"""# Wat een aanroep van een bron kost

Geschreven door `make bench` (`python -m bench.upstream`); niet met de hand aan te passen.

{machine}

Microseconden van de processor voor één GET, in het proces dat vraagt, op uvloop: van verzoek tot
gelezen body. Alles loopt over één kern, om en om, {size.rounds} ronden van {number(size.calls, 0)}
aanroepen; de bron is een proces op de andere kernen dat steeds dezelfde bytes stuurt. `eigen` en
`httpx` zijn de waarden van `transport` bij een bron; *eigen onder httpx* is dezelfde pool met
verzoek en antwoord van httpx erboven, *aiohttp zonder httpx* de ondergrens van elk transport op
aiohttp, en *kale sockets* die van alles: niets gelezen of getoetst.
Elk getal is een mediaan, met het kleinste en het grootste tussen haakjes.

{figures.table(["aanroep", *CONTENDERS], rows)}

Hetzelfde gedeeld door `eigen`, per ronde: boven 1 is `eigen` zuiniger.

{figures.table(["aanroep", *against], ratios)}
"""


def _microseconds(costs: Sequence[Cost]) -> str:
    return Spread.of([cost.processor for cost in costs]).written(0)


def _ratio(costs: Sequence[Cost], ours: Sequence[Cost]) -> Spread:
    pairs = zip(costs, ours, strict=True)
    return Spread.of([theirs.processor / own.processor for theirs, own in pairs])


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="only to see that it runs")
    parser.add_argument("-o", "--output", type=Path, default=DOCUMENT)
    given = parser.parse_args()
    before = Looked.now()
    size = SMALL if given.small else Size()
    given.output.write_text(document(results(size), size, figures.where(before)), encoding="utf-8")


if __name__ == "__main__":
    main()
