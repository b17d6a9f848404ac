"""Sends what was spooled to the collector (in the background), and forgets it when it has arrived.

In the order in which it was written, a segment at a time: first all into the index, whether or not
the collector is there, then to the collector, and gone only when all of it was taken. A line may
arrive twice; its trace and span say so. What the collector will never take is set aside, so that it
holds up nothing else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gateway.observe.collector import Collector, NotDelivered, NotTaken
from gateway.observe.segment import scan
from gateway.observe.spool import Spool
from gateway.observe.verwerking import Verwerking, read
from gateway.observe.verwerkingen import Verwerkingen

INTERVAL: Final = 2.0
"""Seconds that a line waits at most while all is well."""
_LONGEST_WAIT: Final = 60.0
_TOGETHER: Final = 500
_FORGET_EVERY: Final = 1_000


@dataclass(slots=True)
class Sending:
    """The work of one process. `collector` is None where there is none: then all is kept.

    `report` is told what went wrong, in our own words.
    """

    spool: Spool
    index: Verwerkingen
    collector: Collector | None
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]
    report: Callable[[str, str], None]
    _indexed: set[Path] = field(default_factory=set)
    _taken: dict[Path, int] = field(default_factory=dict)
    """How many lines of a segment have been taken, where not all were."""
    _rounds: int = 0

    async def run(self) -> None:
        """For as long as the process serves."""
        wait = INTERVAL
        while True:
            await self.sleep(wait * (1.0 + 0.2 * self.chance()))
            wait = INTERVAL if await self.round() else min(2 * wait, _LONGEST_WAIT)

    async def round(self) -> bool:
        """Send all that there is; whether that went well."""
        try:
            await self.spool.tend()
            segments = await self.spool.closed()
            for segment in segments:
                await self._show(segment)
            for segment in segments:
                await self._pass_on(segment)
            await self._forget()
            return True
        except NotDelivered as error:
            self.report("verwerkingen niet verzonden", error.reason)
        except Exception as error:  # whatever it is, it is tried again: the chore must not end
            self.report("verwerkingen niet verwerkt", type(error).__name__)
        return False

    async def _show(self, segment: Path) -> None:
        """Put it in the index, once."""
        if segment not in self._indexed:
            await self.index.add(await asyncio.to_thread(_lines, segment))
            self._indexed.add(segment)

    async def _pass_on(self, segment: Path) -> None:
        if self.collector is not None:
            lines = await asyncio.to_thread(_lines, segment)
            await self._send(segment, lines, self.collector)

    async def _send(self, segment: Path, lines: Sequence[Verwerking], collector: Collector) -> None:
        try:
            for start, batch in _batches(lines, self._taken.get(segment, 0)):
                await collector.deliver(batch)
                self._taken[segment] = start + len(batch)
        except NotTaken as error:
            self.report("verwerkingen geweigerd door de collector", error.reason)
            await self.spool.set_aside(segment)
        else:
            await self.spool.remove(segment)
        self._taken.pop(segment, None)
        self._indexed.discard(segment)

    async def _forget(self) -> None:
        if self._rounds % _FORGET_EVERY == 0:
            await self.index.forget()
        self._rounds += 1


def _lines(segment: Path) -> Sequence[Verwerking]:
    return [read(content) for content in scan(segment).records]


def _batches(lines: Sequence[Verwerking], start: int) -> Iterator[tuple[int, Sequence[Verwerking]]]:
    for at in range(start, len(lines), _TOGETHER):
        yield at, lines[at : at + _TOGETHER]
