"""Several processes of one gateway on one address (process), made and watched by a first one.

The first has read the configuration and built the schema before it forks: its workers share that
memory, and start at once. It answers nothing itself, and runs no event loop and no thread. A worker
that ends by itself is replaced, one after another with ever longer pauses; one that could not be
started ends them all.
"""

import asyncio
import gc
import os
import secrets
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Final

import structlog
from pydantic import SecretStr

from gateway.settings import Settings

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_SHORTEST: Final = 0.5
_LONGEST: Final = 30.0
_FORGOTTEN: Final = 60.0


def with_secrets(settings: Settings) -> Settings:
    """The same, with one secret for all workers where each process would make its own."""
    made = SecretStr(secrets.token_urlsafe(32))
    download, person_ref = settings.download, settings.person_ref
    if download.key is None:
        download = download.model_copy(update={"key": made})
    if not person_ref.keys:
        person_ref = person_ref.model_copy(update={"keys": (made,)})
    return settings.model_copy(update={"download": download, "person_ref": person_ref})


class Pauses:
    """How long to wait with the next worker, so that one that ends again and again does not take
    all there is: none the first time, then half a second, doubled up to half a minute; none again
    when for a minute longer none ended. In seconds, `now` of a monotonic clock.
    """

    def __init__(self) -> None:
        self._until = -_FORGOTTEN
        self._last = 0.0

    def before_next(self, now: float) -> float:
        """That of the one in the place of a worker that ended now."""
        again = now - self._until < _FORGOTTEN
        self._last = min(max(_SHORTEST, 2 * self._last), _LONGEST) if again else 0.0
        self._until = now + self._last
        return self._last


@dataclass(frozen=True, slots=True)
class Worker:
    """One of them, and how it and the first process know of each other."""

    first: int
    """Ends when the first process is gone."""
    tells: int
    """Where it says that it serves."""

    def serves(self) -> None:
        """It could be started; from now on it stops as by a signal when nobody watches it."""
        loop = asyncio.get_running_loop()

        def alone() -> None:
            loop.remove_reader(self.first)
            os.kill(os.getpid(), signal.SIGTERM)

        loop.add_reader(self.first, alone)
        os.write(self.tells, b"1")


def fork(count: int, listening: Sequence[socket.socket]) -> Worker:
    """Returns in each worker; the first process ends here, when all workers have, well if all of
    them did. `listening` are the sockets that the workers share.
    """
    gc.freeze()  # so that the pages they share stay shared
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    first = _First(listening)
    for each in _SIGNALS:
        signal.signal(each, first.stop)
    for _ in range(count):
        worker = first.fork()
        if worker is not None:
            return worker
    while first.workers:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        ended, status = os.wait()
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        if first.replaces(ended, os.waitstatus_to_exitcode(status)):
            worker = first.fork(first.pauses.before_next(time.monotonic()))
            if worker is not None:
                return worker
    sys.exit(first.code)


class _First:
    """What the first process knows of its workers."""

    def __init__(self, listening: Sequence[socket.socket] = ()) -> None:
        self.workers: dict[int, int] = {}
        """By process id where it will have said that it serves."""
        self.code = 0
        self.pauses = Pauses()
        self._listening = listening
        self._stopping = False
        self._alive, self._held = os.pipe()
        self._log = structlog.get_logger("bronpoort")

    def fork(self, pause: float = 0.0) -> Worker | None:
        """One more; only in it the worker, after a pause that it waits itself: this process goes on
        watching.
        """
        heard, tells = os.pipe()
        made = os.fork()
        if made:
            os.close(tells)
            self.workers[made] = heard
            return None
        os.close(self._held)
        os.close(heard)
        self._rest(pause)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        return Worker(self._alive, tells)

    def _rest(self, pause: float) -> None:
        """In a worker: ends it when meanwhile all are to stop, or the first process is gone."""
        if not pause:
            return
        for each in _SIGNALS:
            signal.signal(each, lambda *_: os._exit(0))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        gone, _, _ = select.select([self._alive], [], [], pause)
        if gone:
            os._exit(0)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """A signal: every worker finishes what runs. Here nothing may hold the address any longer:
        who came after the last worker left would wait for nobody, and be cut off in the end.
        """
        self._stopping = True
        for listening in self._listening:
            listening.close()
        for each in self.workers:
            with suppress(ProcessLookupError):  # ended, and not yet taken off the list
                os.kill(each, signal.SIGTERM)

    def replaces(self, ended: int, code: int) -> bool:
        """Whether another worker is to take the place of the one that ended so."""
        heard = self.workers.pop(ended, None)
        if heard is None:  # not one of ours: the first process of a container is given orphans
            return False
        served = bool(os.read(heard, 1))
        os.close(heard)
        if self._stopping and not code:
            return False
        self._log.error("proces gestopt", code=code)
        if not self._stopping and (served or not code):  # or told to end while it still waited
            return True
        self.code = 1
        self.stop(0, None)
        return False
