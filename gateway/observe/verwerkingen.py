"""What was done with the data of one person, to be shown to them (operation, in the background).

An index of the lines of this machine, beside the spool: filled when a segment is closed, before it
is sent, so no answer waits for it and the last seconds are not in it yet. It holds no person, only
their mark (gateway.observe.betrokkene), and nothing that the log does not hold. Lines that were
left by a crash are added when they are found, each once.
"""

import asyncio
import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from gateway.observe.verwerking import Status, Verwerking

DAY: Final = 86_400_000
_MOST: Final = 100
_AT_ONCE: Final = 5_000
_CURSOR: Final = re.compile(r"([0-9]{1,16})-([0-9]{1,18})")
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS gedaan (
  volgnummer INTEGER PRIMARY KEY,
  gemeente TEXT NOT NULL, kenmerk BLOB NOT NULL, tijdstip INTEGER NOT NULL,
  handeling TEXT NOT NULL, bron TEXT NOT NULL, doelbinding TEXT NOT NULL,
  activiteit TEXT NOT NULL, gelukt INTEGER NOT NULL,
  trace TEXT NOT NULL, span TEXT NOT NULL, UNIQUE (trace, span)
) STRICT;
CREATE INDEX IF NOT EXISTS van_wie ON gedaan (gemeente, kenmerk, tijdstip DESC, volgnummer DESC);
CREATE INDEX IF NOT EXISTS wanneer ON gedaan (tijdstip);
"""
_ADD: Final = """
INSERT OR IGNORE INTO gedaan
  (gemeente, kenmerk, tijdstip, handeling, bron, doelbinding, activiteit, gelukt, trace, span)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_OF: Final = """
SELECT tijdstip, handeling, bron, doelbinding, activiteit, gelukt, trace, volgnummer FROM gedaan
  WHERE gemeente = ? AND kenmerk = ? AND (tijdstip, volgnummer) < (?, ?) AND tijdstip >= ?
  ORDER BY tijdstip DESC, volgnummer DESC LIMIT ?
"""
_FORGET: Final = """
DELETE FROM gedaan WHERE volgnummer IN
  (SELECT volgnummer FROM gedaan WHERE tijdstip < ? ORDER BY tijdstip LIMIT ?)
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gedaan:
    """One action: what (`brp.personen`), when, of which source, for which doelbinding and
    verwerkingsactiviteit (a URI), whether it succeeded, and by which trace it is found in the log.
    """

    tijdstip: datetime
    handeling: str
    bron: str
    doelbinding: str
    verwerkingsactiviteit: str
    gelukt: bool
    trace: str
    cursor: str


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Newest first; `after` leads to what is older, None if there is nothing."""

    items: tuple[Gedaan, ...]
    after: str | None


class Verwerkingen:
    """The index in one file, shared by the processes of a machine; close it with `aclose()`.

    `mark` says how a person of a municipality is marked, `now` seconds since 1970. What is older
    than `days` is not shown, and removed by `forget`.
    """

    def __init__(
        self, path: Path, mark: Callable[[str, str], bytes], now: Callable[[], float], days: int
    ) -> None:
        self._path = path
        self._mark = mark
        self._now = now
        self._days = days
        self._thread: ThreadPoolExecutor | None = None
        self._database: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Make the file if it is not there; sqlite3.Error or OSError if it cannot be used."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="verwerkingen")
        await self._in_thread(self._opened)

    async def aclose(self) -> None:
        """Close the file."""
        if self._thread is not None:
            await self._in_thread(lambda: self._open_database().close())
            self._thread.shutdown()
            self._thread = None

    async def of(self, tenant: str, bsn: str, first: int, after: str | None = None) -> Bladzijde:
        """At most `first` (1 to 100) of what was done with the data of this person, after a cursor.

        ValueError for a number or a cursor that is none of ours.
        """
        if not 1 <= first <= _MOST:
            raise ValueError("first")
        before = _position(after)
        oldest = int(self._now() * 1000) - self._days * DAY
        asked = (tenant, self._mark(tenant, bsn), *before, oldest, first + 1)

        def rows() -> list[tuple[int, str, str, str, str, int, str, int]]:
            return self._open_database().execute(_OF, asked).fetchall()

        found = [_gedaan(*row) for row in await self._in_thread(rows)]
        items = tuple(found[:first])
        return Bladzijde(items, items[-1].cursor if len(found) > first else None)

    async def add(self, lines: Iterable[Verwerking]) -> None:
        """Those that are about somebody, each once; they last when this returns."""
        rows = [_row(line) for line in lines if line.mark is not None]

        def add() -> None:
            with self._open_database() as database:
                database.executemany(_ADD, rows)

        if rows:
            await self._in_thread(add)

    async def forget(self) -> int:
        """Remove what is too old, some thousands at a time; tells how many."""
        oldest = int(self._now() * 1000) - self._days * DAY

        def forget() -> int:
            with self._open_database() as database:
                return database.execute(_FORGET, (oldest, _AT_ONCE)).rowcount

        return await self._in_thread(forget)

    def _opened(self) -> None:
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        database = sqlite3.connect(self._path, timeout=5.0)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")  # a segment goes away when this is done
        database.execute("PRAGMA secure_delete = ON")
        database.executescript(_SCHEMA)
        self._database = database

    def _open_database(self) -> sqlite3.Connection:
        assert self._database is not None  # noqa: S101  # opened before it is used
        return self._database

    async def _in_thread(self, work: Callable[[], T]) -> T:
        assert self._thread is not None  # noqa: S101  # opened before it is used
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _row(line: Verwerking) -> tuple[str, bytes | None, int, str, str, str, str, bool, str, str]:
    return (
        line.tenant,
        line.mark,
        line.start_time,
        line.name,
        line.source,
        line.purpose,
        line.processing_activity_id,
        line.status is Status.OK,
        line.trace_id,
        line.span_id,
    )


def _gedaan(
    at: int, name: str, source: str, purpose: str, activity: str, ok: int, trace: str, number: int
) -> Gedaan:
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return Gedaan(moment, name, source, purpose, activity, bool(ok), trace, f"{at}-{number}")


def _position(after: str | None) -> tuple[int, int]:
    if after is None:
        return (2**62, 0)
    found = _CURSOR.fullmatch(after)
    if found is None:
        raise ValueError("after")
    return (int(found[1]), int(found[2]))
