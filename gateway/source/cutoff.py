"""Time limits on what tasks are doing (operation), for what is done at every call.

They do what `asyncio.timeout` does, and cost a fraction of it: nothing is awaited at either side,
and one alarm serves all that runs at the same time.
"""

import asyncio
from types import TracebackType
from typing import Any, Self

_RESOLUTION = 0.001
"""Seconds by which an alarm may go off early: event loops count in milliseconds."""


class Deadlines:
    """Of everything that one upstream is being asked."""

    __slots__ = ("_alarm", "_at", "_loop", "_running")

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._at = 0.0
        self._running: dict[Cutoff, None] = {}

    def begin(self, cutoff: "Cutoff", seconds: float) -> "asyncio.Task[Any]":
        """It is cut off after so many seconds, unless it has ended by then; in which task it is."""
        loop = self._loop
        if loop is None:  # on which all of it runs: to be told each time takes a system call
            loop = self._loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None  # noqa: S101  # whatever awaits runs in one
        cutoff.at = loop.time() + seconds
        self._running[cutoff] = None
        if self._alarm is None or cutoff.at < self._at:
            self._set(loop, cutoff.at)
        return task

    def end(self, cutoff: "Cutoff") -> None:
        """What it limits is done. The alarm stays for what comes after."""
        del self._running[cutoff]

    def close(self) -> None:
        """Nothing comes after this; what is still under way keeps its limit."""
        if self._alarm is not None and not self._running:
            self._alarm.cancel()
            self._alarm = None

    def _set(self, loop: asyncio.AbstractEventLoop, at: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._at = at
        self._alarm = loop.call_at(at, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Cut off what has had its time."""
        self._alarm = None
        now = loop.time() + _RESOLUTION
        for each in self._running:
            if each.at <= now:
                each.cut_off()
        left = [each.at for each in self._running if not each.expired]
        if left:
            self._set(loop, min(left))


class Cutoff:
    """From here to the end of the block: so many seconds, and then TimeoutError."""

    __slots__ = ("_cancelled_before", "_deadlines", "_seconds", "_task", "at", "expired")

    def __init__(self, seconds: float, deadlines: Deadlines) -> None:
        self._seconds = seconds
        self._deadlines = deadlines
        self.at = 0.0
        """When the time is over, by the clock of the event loop."""
        self.expired = False
        """Whether the time was over before the block was."""

    def __enter__(self) -> Self:
        self._task = self._deadlines.begin(self, self._seconds)
        self._cancelled_before = self._task.cancelling()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._deadlines.end(self)
        if not self.expired:
            return
        others = self._task.uncancel() > self._cancelled_before
        if kind is asyncio.CancelledError and not others:
            raise TimeoutError from error

    def cut_off(self) -> None:
        """The time is over; a second time it says nothing."""
        if not self.expired:
            self.expired = True
            self._task.cancel()
