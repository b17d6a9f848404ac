"""The file that a spool appends to (operation, startup): framed, so that a torn tail is seen.

    "BPVERW01"  then per record:  length (4 bytes, little-endian)  CRC-32 (4 bytes)  content

What was not written whole when the process or machine stopped was never acknowledged to anybody,
so it may be cut off. What follows it, if anything does, is no tail: that is kept aside.
"""

import os
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"BPVERW01"
LONGEST = 1_000_000
"""Bytes in one record, which is never empty: any other length is no length."""
_HEAD = struct.Struct("<II")


def framed(contents: Iterable[bytes]) -> bytes:
    """Records as they stand in a file."""
    parts: list[bytes] = []
    for content in contents:
        parts += (_HEAD.pack(len(content), zlib.crc32(content)), content)
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The whole records of a file, and where they end. `damaged` says that what follows is more
    than an unfinished last record.
    """

    records: tuple[bytes, ...]
    end: int
    size: int
    damaged: bool

    @property
    def torn(self) -> bool:
        """Whether something follows the whole records."""
        return self.end < self.size


def scan(path: Path) -> Scanned:
    """What stands in a file; OSError if it cannot be read."""
    content = path.read_bytes()
    if not content.startswith(MAGIC):
        unfinished = MAGIC.startswith(content)
        return Scanned((), 0, len(content), not unfinished)
    records: list[bytes] = []
    at = len(MAGIC)
    while len(content) - at >= _HEAD.size:
        length, check = _HEAD.unpack_from(content, at)
        start = at + _HEAD.size
        record = content[start : start + length]
        likely = 0 < length <= LONGEST  # a block that was never written is full of zeros
        if not likely or len(record) < length or zlib.crc32(record) != check:
            damaged = not likely or start + length < len(content)
            return Scanned(tuple(records), at, len(content), damaged)
        records.append(record)
        at = start + length
    return Scanned(tuple(records), at, len(content), False)


def mend(path: Path) -> Scanned:
    """Cut off what follows the whole records, keeping aside (`.rest`) what is more than a tail."""
    found = scan(path)
    if found.torn:
        if found.damaged:
            _keep_aside(path, found.end)
        with path.open("r+b") as file:
            file.truncate(found.end)
            os.fsync(file.fileno())
    return found


def _keep_aside(path: Path, start: int) -> None:
    rest = path.with_suffix(".rest")
    with path.open("rb") as file:
        file.seek(start)
        content = file.read()
    descriptor = os.open(rest, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        os.fsync(descriptor)
