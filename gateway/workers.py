"""Several processes of one gateway on one address (process), made and watched by a first one.

The first has read the configuration and built the schema before it forks: its workers share that
memory, and start at once. It answers nothing itself, and runs no event loop and no thread. A worker
that ends by itself is replaced; one that could not be started ends them all.
"""

import asyncio
import gc
import os
import secrets
import signal
import sys
from dataclasses import dataclass
from types import FrameType
from typing import Final

import structlog
from pydantic import SecretStr

from gateway.settings import Settings

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def with_secrets(settings: Settings) -> Settings:
    """The same, with one secret for all workers where each process would make its own."""
    made = SecretStr(secrets.token_urlsafe(32))
    download, person_ref = settings.download, settings.person_ref
    if download.key is None:
        download = download.model_copy(update={"key": made})
    if not person_ref.keys:
        person_ref = person_ref.model_copy(update={"keys": (made,)})
    return settings.model_copy(update={"download": download, "person_ref": person_ref})


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


def fork(count: int) -> Worker:
    """Returns in each worker; the first process ends here, when all workers have, well if all of
    them did.
    """
    gc.freeze()  # so that the pages they share stay shared
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    first = _First()
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
            worker = first.fork()
            if worker is not None:
                return worker
    sys.exit(first.code)


class _First:
    """What the first process knows of its workers."""

    def __init__(self) -> None:
        self.workers: dict[int, int] = {}
        """By process id where it will have said that it serves."""
        self.code = 0
        self._stopping = False
        self._alive, self._held = os.pipe()
        self._log = structlog.get_logger("bronpoort")

    def fork(self) -> Worker | None:
        """One more; only in it the worker."""
        heard, tells = os.pipe()
        made = os.fork()
        if made:
            os.close(tells)
            self.workers[made] = heard
            return None
        os.close(self._held)
        os.close(heard)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        return Worker(self._alive, tells)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """A signal: every worker finishes what runs."""
        self._stopping = True
        for each in self.workers:
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
        if served and not self._stopping:
            return True
        self.code = 1
        self.stop(0, None)
        return False
