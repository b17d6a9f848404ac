"""What must be written before an answer leaves, written together (operation).

Records that come while the disk is busy wait for one write and one sync together: under load many
operations share one. It happens in a thread, so that nobody else waits. When it fails, or lasts too
long, whoever waits is told `NotWritten`; from then on nothing is taken until a probe has succeeded.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from gateway.observe.apart import Apart, Failed
from gateway.observe.segment import framed
from gateway.observe.segments import Disk, Found, Segments

SEGMENT_BYTES: Final = 8_000_000
_SLOW: Final = "te traag"

T = TypeVar("T")


class NotWritten(Exception):  # noqa: N818  # what is wrong is the disk
    """It did not last: `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Spool:
    """One per process; `open` it in the loop that uses it, `aclose` it there.

    At most `max_bytes` are held. `seconds` is how long a write may last. `changed` is told the
    reason when nothing can be written any more, and an empty one when it can again.
    """

    def __init__(
        self,
        directory: Path,
        *,
        max_bytes: int,
        seconds: float,
        changed: Callable[[str], None] = lambda reason: None,
        clock: Callable[[], float] = time.monotonic,
        disk: Disk | None = None,
        segment_bytes: int = SEGMENT_BYTES,
    ) -> None:
        self._segments = Segments(directory, segment_bytes, disk or Disk())
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._changed = changed
        self._clock = clock
        self._thread: Apart | None = None
        self._waiting: list[tuple[bytes, asyncio.Future[str]]] = []
        """What waits to be written, and for whom: a future of why it was not, empty if it was."""
        self._committing = False
        self._busy_since: float | None = None
        self._broken = "niet geopend"
        self._closed = False
        self._told = ""
        self.commits = 0
        """How often it was written and synced."""

    async def open(self) -> Found:
        """Take over what there is; OSError if it cannot be used at all."""
        self._thread = Apart("spool")
        found = await self._in_thread(self._segments.open)
        await self._in_thread(self._segments.probe)
        self._broken = ""
        return found

    async def aclose(self) -> None:
        """Finish what is being written, and take nothing more; the segments stay."""
        if self._thread is None:
            return
        self._closed = True
        while self._committing:  # its thread does one thing after another
            await self._in_thread(_nothing)
        await self._in_thread(self._segments.close)
        self._thread.close()
        self._thread = None

    @property
    def reason(self) -> str:
        """Why nothing can be written now, as far as is known; empty if it can."""
        if self._closed:
            return "gesloten"
        if self._broken:
            return self._broken
        if self._segments.bytes >= self._max_bytes:
            return "vol"
        since = self._busy_since
        if since is not None and self._clock() - since > self._seconds:
            return _SLOW
        return ""

    async def write(self, records: Sequence[bytes]) -> None:
        """Returns when they will last. Raises NotWritten; they may then have been written even so:
        to have told too much does less harm.
        """
        if reason := self.reason:
            self._tell(reason)
            raise NotWritten(reason)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[str] = loop.create_future()
        self._waiting.append((framed(records), future))
        if not self._committing:
            self._committing = True
            loop.call_soon(self._commit)  # with what others have by then
        alarm = loop.call_later(self._seconds, _settle, future, _SLOW)
        try:
            reason = await future
        finally:
            alarm.cancel()
        if reason:
            self._tell(reason)
            raise NotWritten(reason)

    async def tend(self) -> None:
        """Look whether it can be written again; to be called now and then."""
        if self._broken:
            try:
                await self._in_thread(self._segments.probe)
                self._broken = ""
            except OSError:
                return
        self._tell(self.reason)

    # ---- what was written ---------------------------------------------------------------------

    async def closed(self) -> Sequence[Path]:
        """All that was written until now, in segments that are not appended to any more, oldest
        first; also of processes that are no more.
        """

        def rolled() -> Sequence[Path]:
            self._segments.roll()
            self._segments.adopt()
            return self._segments.closed()

        return await self._in_thread(rolled)

    async def remove(self, segment: Path) -> None:
        """It has arrived where it had to go."""
        await self._in_thread(lambda: self._segments.remove(segment))

    async def set_aside(self, segment: Path) -> None:
        """It will never be taken where it had to go."""
        await self._in_thread(lambda: self._segments.set_aside(segment))

    # ---- within -------------------------------------------------------------------------------

    def _commit(self) -> None:
        """Have written what waits."""
        assert self._thread is not None  # noqa: S101  # nothing is taken before it is opened
        batch, self._waiting = self._waiting, []
        self._busy_since = self._clock()
        content = b"".join([content for content, _ in batch])
        told = partial(self._committed, [future for _, future in batch])
        self._thread.give(partial(self._segments.append, content), told)

    def _committed(self, waiting: Sequence[asyncio.Future[str]], outcome: Failed | None) -> None:
        """Tell whoever waited, and go on with what came meanwhile."""
        self._busy_since = None
        if outcome is None:
            self.commits += 1
            reason = ""
        else:
            reason = self._broken = type(outcome.error).__name__
        for future in waiting:
            _settle(future, reason)
        if self._waiting:
            self._commit()
        else:
            self._committing = False
        if reason:  # last: where it is told there may be no room either
            self._tell(reason)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        assert self._thread is not None  # noqa: S101  # opened before it is used
        return await self._thread.done(work)

    def _tell(self, reason: str) -> None:
        if reason != self._told:
            self._told = reason
            self._changed(reason)


def _settle(future: asyncio.Future[str], reason: str) -> None:
    if not future.done():
        future.set_result(reason)


def _nothing() -> None:
    """Only waits for its turn."""
