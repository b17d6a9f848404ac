"""What must be written before an answer leaves, written together (operation).

Records that come while the disk is busy wait for one write and one sync together: under load many
operations share one. It happens in a thread, so that nobody else waits. When it fails, or lasts too
long, whoever waits is told `NotWritten`; from then on nothing is taken until a probe has succeeded.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from gateway.observe.segment import framed
from gateway.observe.segments import Disk, Found, Segments

SEGMENT_BYTES: Final = 8_000_000

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
        self._thread: ThreadPoolExecutor | None = None
        self._waiting: list[tuple[bytes, asyncio.Future[OSError | None]]] = []
        self._committing: asyncio.Task[None] | None = None
        self._busy_since: float | None = None
        self._broken = "niet geopend"
        self._told = ""
        self.commits = 0
        """How often it was written and synced."""

    async def open(self) -> Found:
        """Take over what there is; OSError if it cannot be used at all."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="spool")
        found = await self._in_thread(self._segments.open)
        await self._in_thread(self._segments.probe)
        self._broken = ""
        return found

    async def aclose(self) -> None:
        """Finish what is being written; the segments stay."""
        if self._thread is None:
            return
        if self._committing is not None:
            await asyncio.wait({self._committing})
        await self._in_thread(self._segments.close)
        self._thread.shutdown()
        self._thread, self._broken = None, "gesloten"

    @property
    def reason(self) -> str:
        """Why nothing can be written now, as far as is known; empty if it can."""
        if self._broken:
            return self._broken
        if self._segments.bytes >= self._max_bytes:
            return "vol"
        since = self._busy_since
        if since is not None and self._clock() - since > self._seconds:
            return "te traag"
        return ""

    async def write(self, records: Sequence[bytes]) -> None:
        """Returns when they will last. Raises NotWritten; they may then have been written even so:
        to have told too much does less harm.
        """
        if reason := self.reason:
            self._tell(reason)
            raise NotWritten(reason)
        future: asyncio.Future[OSError | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((framed(records), future))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit())
        try:
            async with asyncio.timeout(self._seconds):
                error = await future
        except TimeoutError:
            self._tell("te traag")
            raise NotWritten("te traag") from None
        if error is not None:
            raise NotWritten(type(error).__name__)

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

    async def _commit(self) -> None:
        """Write what waits, and what came meanwhile, until nothing waits."""
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                self._busy_since = self._clock()
                error = await self._appended(b"".join(content for content, _ in batch))
                self._busy_since = None
                for _, future in batch:
                    if not future.done():
                        future.set_result(error)
        finally:
            self._committing = None

    async def _appended(self, content: bytes) -> OSError | None:
        try:
            await self._in_thread(lambda: self._segments.append(content))
        except OSError as error:
            self._broken = type(error).__name__
            self._tell(self._broken)
            return error
        self.commits += 1
        return None

    async def _in_thread(self, work: Callable[[], T]) -> T:
        assert self._thread is not None  # noqa: S101  # opened before it is used
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _tell(self, reason: str) -> None:
        if reason != self._told:
            self._told = reason
            self._changed(reason)
