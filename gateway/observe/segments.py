"""The segments of one process on disk (a thread of its own): appended to, closed, removed.

A spool's directory holds a directory per process that has its `lock`; the system gives that up when
the process ends, however it ends, so that what it left is taken over by the next. Nothing here is
asynchronous, and nothing is called by two threads at once.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gateway.observe.segment import MAGIC, mend

SUFFIX: Final = ".seg"
REFUSED: Final = ".geweigerd"
_MOST_PROCESSES = 256
_PROBE_BYTES = 65_536
_DIRECTORY = 0o700
_FILE = 0o600
_LASTING: Final = getattr(os, "O_DSYNC", 0)


def _sync(file: int) -> None:
    if not _LASTING:
        os.fsync(file)


@dataclass(frozen=True, slots=True)
class Disk:
    """What may fail: `write` gives how many bytes it wrote, `sync` returns when they will last.

    A segment is opened with `flags`. As a rule what is written lasts when `write` returns, as after
    fdatasync: a call less, after each of which the thread waits its turn with the interpreter.
    """

    write: Callable[[int, bytes], int] = os.write
    sync: Callable[[int], None] = _sync
    flags: int = _LASTING


@dataclass(frozen=True, slots=True)
class Found:
    """What was there at the start: segments of before, bytes cut off, and how many were damaged."""

    segments: int
    cut: int
    damaged: int


class Segments:
    """Opened by `open`, in `directory`, which is made if it is not there. OSError says what fails.

    A segment of more than `segment_bytes` is closed.
    """

    def __init__(self, directory: Path, segment_bytes: int, disk: Disk) -> None:
        self._root = directory
        self._segment_bytes = segment_bytes
        self._disk = disk
        self._own = directory
        self._lock: int | None = None
        self._file: int | None = None
        self._written = 0
        self._number = 0
        self.bytes = 0
        """On disk, in segments of this process that were not removed."""

    def open(self) -> Found:
        """Claim a directory and take over what others left."""
        _directory(self._root)
        self._own, self._lock = self._claimed()
        here = list(self._listed(self._own, SUFFIX, REFUSED))
        self._number = max((int(path.stem) for path in here), default=0)
        found = _mended(self._listed(self._own, SUFFIX))
        taken = self.adopt()
        return Found(
            found.segments + taken.segments, found.cut + taken.cut, found.damaged + taken.damaged
        )

    def append(self, content: bytes) -> None:
        """Returns when it will last; if it raises nothing of it was kept, as far as can be."""
        if self._file is None:
            content = MAGIC + content
            self._file = self._begun()
        try:
            self._write(self._file, content)
            self._disk.sync(self._file)
            if not os.fstat(self._file).st_nlink:
                raise FileNotFoundError("somebody removed the segment")
        except BaseException:  # whatever it is: what follows half a record cannot be read
            self._abandon()
            raise
        self._written += len(content)
        self.bytes += len(content)
        if self._written >= self._segment_bytes:
            self.roll()

    def roll(self) -> None:
        """Close the segment that is appended to, if there is one."""
        if self._file is not None:
            os.close(self._file)
            self._file, self._written = None, 0

    def closed(self) -> Sequence[Path]:
        """What can be sent, oldest first."""
        found = list(self._listed(self._own, SUFFIX))
        return found[:-1] if self._file is not None else found

    def remove(self, segment: Path) -> None:
        """It has arrived."""
        self.bytes -= segment.stat().st_size
        segment.unlink()

    def set_aside(self, segment: Path) -> None:
        """It will never be taken: kept for whoever looks into it."""
        segment.rename(segment.with_suffix(REFUSED))

    def probe(self) -> None:
        """Whether it can be written again; OSError if not."""
        path = self._own / "proef"
        _directory(self._own)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | self._disk.flags
        file = os.open(path, flags, _FILE)
        try:
            self._write(file, bytes(_PROBE_BYTES))
            self._disk.sync(file)
        finally:
            os.close(file)
            path.unlink()

    def adopt(self) -> Found:
        """Take over the segments of processes that are no more."""
        found = Found(0, 0, 0)
        for directory in self._others():
            with _locked(directory) as free:
                if free:
                    mended = _mended(self._listed(directory, SUFFIX))
                    self._take(self._listed(directory, SUFFIX, REFUSED))
                    found = Found(
                        found.segments + mended.segments,
                        found.cut + mended.cut,
                        found.damaged + mended.damaged,
                    )
        self.bytes = sum(each.stat().st_size for each in self._listed(self._own, SUFFIX, REFUSED))
        return found

    def close(self) -> None:
        """What is there stays for the next process."""
        self.roll()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # ---- within -------------------------------------------------------------------------------

    def _claimed(self) -> tuple[Path, int]:
        for number in range(_MOST_PROCESSES):
            own = self._root / f"proces-{number}"
            _directory(own)
            lock = _lock(own)
            if lock is not None:
                return own, lock
        raise OSError("every directory of the spool is in use")

    def _others(self) -> Iterator[Path]:
        return (path for path in sorted(self._root.glob("proces-*")) if path != self._own)

    @staticmethod
    def _listed(directory: Path, *suffixes: str) -> Iterator[Path]:
        return (path for path in sorted(directory.iterdir()) if path.suffix in suffixes)

    def _take(self, segments: Iterator[Path]) -> None:
        for path in segments:
            self._number += 1
            path.rename(self._own / f"{self._number:012d}{path.suffix}")

    def _begun(self) -> int:
        self._number += 1
        path = self._own / f"{self._number:012d}{SUFFIX}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | self._disk.flags
        file = os.open(path, flags, _FILE)
        try:
            _sync_directory(self._own)
        except OSError:
            os.close(file)
            raise
        return file

    def _write(self, file: int, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            rest = rest[self._disk.write(file, bytes(rest)) :]

    def _abandon(self) -> None:
        """Cut off what may be there of a failed write, and never append to that file again: what
        a disk says after a failed sync is not to be believed.
        """
        assert self._file is not None  # noqa: S101  # only called while appending
        with suppress(OSError):
            os.ftruncate(self._file, self._written)
            os.fsync(self._file)
        with suppress(OSError):
            os.close(self._file)
        self._file, self._written = None, 0


def _mended(segments: Iterator[Path]) -> Found:
    found = [mend(path) for path in segments]
    cut = sum(each.size - each.end for each in found)
    return Found(len(found), cut, sum(each.damaged for each in found))


def _directory(path: Path) -> None:
    path.mkdir(mode=_DIRECTORY, parents=True, exist_ok=True)
    path.chmod(_DIRECTORY)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(directory: Path) -> int | None:
    descriptor = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, _FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def _locked(directory: Path) -> Iterator[bool]:
    """Whether nobody has this directory; if so it is ours meanwhile."""
    descriptor = _lock(directory)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)
