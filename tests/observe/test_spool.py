"""What is written before an answer leaves: together, lasting, or refused."""

import asyncio
import errno
import fcntl
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from gateway.observe.segment import scan
from gateway.observe.segments import Disk
from gateway.observe.spool import NotWritten, Spool
from tests.paths import ROOT

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def spool(
    directory: Path, *, max_bytes: int = 1_000_000, seconds: float = 30.0, **options: Any
) -> AsyncIterator[Spool]:
    """A spool for one test."""
    made = Spool(directory, max_bytes=max_bytes, seconds=seconds, **options)
    await made.open()
    try:
        yield made
    finally:
        await made.aclose()


async def held(at: Spool) -> list[bytes]:
    """All that it holds, in order."""
    return [record for path in await at.closed() for record in scan(path).records]


def failing(state: dict[str, int]) -> Disk:
    """Fails with `state["write"]` or `state["sync"]`, if set; writes half of it before failing."""

    def write(file: int, content: bytes) -> int:
        if state.get("write"):
            os.write(file, content[: len(content) // 2])
            raise OSError(state["write"], "toets")
        return os.write(file, content)

    def sync(file: int) -> None:
        if state.get("sync"):
            raise OSError(state["sync"], "toets")
        os.fsync(file)

    return Disk(write, sync)


class Held:
    """A disk whose sync lasts until it is let go."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.free = threading.Event()
        self.free.set()

    def sync(self, file: int) -> None:
        """As long as is wanted."""
        self.reached.set()
        assert self.free.wait(60)
        os.fsync(file)


async def reached(event: threading.Event) -> None:
    """Until somebody got there."""
    assert await asyncio.to_thread(event.wait, 60)


async def test_it_lasts_when_it_returns(tmp_path: Path) -> None:
    directory = tmp_path / "spool"
    async with spool(directory) as at:
        await at.write([b"een", b"twee"])
        await at.write([b"drie"])

        (path,) = directory.glob("*/*.seg")
        assert scan(path).records == (b"een", b"twee", b"drie")
        assert path.stat().st_mode & 0o777 == 0o600
        assert directory.stat().st_mode & 0o777 == 0o700
        assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_a_write_returns_when_it_lasts(tmp_path: Path) -> None:
    """Nothing syncs afterwards where the system does it with the write."""
    opened = list[int]()

    def write(file: int, content: bytes) -> int:
        opened.append(fcntl.fcntl(file, fcntl.F_GETFL))
        return os.write(file, content)

    async with spool(tmp_path, disk=Disk(write)) as at:
        await at.write([b"een"])

    assert len(opened) == 2  # the probe, and this
    assert all(flags & os.O_DSYNC for flags in opened)


async def test_what_waits_shares_one_sync(tmp_path: Path) -> None:
    disk = Held()
    async with spool(tmp_path, disk=Disk(sync=disk.sync)) as at:
        disk.free.clear()
        disk.reached.clear()
        first = asyncio.create_task(at.write([b"eerste"]))
        await reached(disk.reached)
        rest = [asyncio.create_task(at.write([b"%d" % number])) for number in range(50)]
        await asyncio.sleep(0)
        assert not first.done()
        disk.free.set()
        await asyncio.gather(first, *rest)

        assert at.commits == 2
        assert await held(at) == [b"eerste", *(b"%d" % number for number in range(50))]


async def test_who_waits_too_long_is_refused_and_so_are_others_until_it_is_over(
    tmp_path: Path,
) -> None:
    disk, told = Held(), list[str]()
    now = [0.0]
    async with spool(
        tmp_path,
        seconds=0.01,
        disk=Disk(sync=disk.sync),
        changed=told.append,
        clock=lambda: now[0],
    ) as at:
        disk.free.clear()
        with pytest.raises(NotWritten, match="te traag"):
            await at.write([b"te laat"])
        now[0] = 1.0
        assert at.reason == "te traag"
        with pytest.raises(NotWritten, match="te traag"):
            await at.write([b"daarna"])
        disk.free.set()
        assert await held(at) == [b"te laat"]
        await at.tend()
        assert at.reason == ""
    assert told == ["te traag", ""]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("what", ["write", "sync"])
async def test_a_disk_that_fails(tmp_path: Path, what: str, number: int) -> None:
    """Nothing half-written stays; nothing is taken until a probe succeeded; then it goes on."""
    state, told = dict[str, int](), list[str]()
    async with spool(tmp_path, disk=failing(state), changed=told.append) as at:
        await at.write([b"ervoor"])
        state[what] = number
        with pytest.raises(NotWritten):
            await at.write([b"mislukt" * 100])
        assert at.reason
        await at.tend()
        assert at.reason
        with pytest.raises(NotWritten):
            await at.write([b"nog steeds"])
        state.clear()
        await at.tend()
        assert at.reason == ""
        await at.write([b"erna"])

        assert await held(at) == [b"ervoor", b"erna"]
    assert len(told) == 2
    assert told[-1] == ""


async def test_what_no_disk_says_leaves_nothing_half_written_either(tmp_path: Path) -> None:
    """What is written after half a record would be lost with it, though it was acknowledged."""
    lacking = [False]

    def write(file: int, content: bytes) -> int:
        if lacking[0]:
            os.write(file, content[: len(content) // 2])
            raise MemoryError
        return os.write(file, content)

    async with spool(tmp_path, disk=Disk(write)) as at:
        await at.write([b"ervoor"])
        lacking[0] = True
        with pytest.raises(NotWritten, match="MemoryError"):
            await at.write([b"mislukt"])
        lacking[0] = False
        await at.tend()
        await at.write([b"erna"])

        assert await held(at) == [b"ervoor", b"erna"]


async def test_it_goes_on_though_it_cannot_be_told_what_is_wrong(tmp_path: Path) -> None:
    """The log may stand on the same disk."""
    state, lost = dict[str, int](), list[Any]()
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: lost.append(context))

    def changed(reason: str) -> None:
        if reason:
            raise OSError(errno.ENOSPC, "toets")

    async with spool(tmp_path, disk=failing(state), changed=changed) as at:
        state["write"] = errno.ENOSPC
        with pytest.raises(NotWritten, match="OSError"):
            await at.write([b"mislukt"])
        state.clear()
        await at.tend()
        await at.write([b"erna"])

        assert await held(at) == [b"erna"]
    assert len(lost) == 1


async def test_nothing_is_taken_while_it_is_closed(tmp_path: Path) -> None:
    """It would be written in a directory that another process may have by then."""
    disk = Held()
    made = Spool(tmp_path, max_bytes=1_000_000, seconds=30, disk=Disk(sync=disk.sync))
    await made.open()
    disk.free.clear()
    disk.reached.clear()
    before = asyncio.create_task(made.write([b"ervoor"]))
    await reached(disk.reached)
    closing = asyncio.create_task(made.aclose())
    await asyncio.sleep(0)
    with pytest.raises(NotWritten, match="gesloten"):
        await made.write([b"erna"])
    disk.free.set()
    await asyncio.gather(before, closing)

    assert made.reason == "gesloten"
    assert [scan(path).records for path in tmp_path.glob("*/*.seg")] == [(b"ervoor",)]


async def test_the_failure_of_one_write_is_that_of_all_who_shared_it(tmp_path: Path) -> None:
    state = dict[str, int]()
    async with spool(tmp_path, disk=failing(state)) as at:
        state["sync"] = errno.ENOSPC
        outcomes = await asyncio.gather(
            *(at.write([b"%d" % number]) for number in range(5)), return_exceptions=True
        )

        assert [type(outcome) for outcome in outcomes] == [NotWritten] * 5


async def test_a_real_limit_of_the_system(tmp_path: Path) -> None:
    """The kernel itself refuses to write further (EFBIG)."""
    async with spool(tmp_path, max_bytes=10**9) as at:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
        try:
            await at.write([b"past"])
            with pytest.raises(NotWritten):
                await at.write([b"x" * 250_000])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        await at.tend()
        await at.write([b"weer"])

        assert await held(at) == [b"past", b"weer"]


async def test_a_directory_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")

    made = Spool(tmp_path / "bestand" / "spool", max_bytes=1, seconds=1)

    with pytest.raises(OSError, match="bestand"):
        await made.open()
    await made.aclose()


async def test_segments_that_somebody_removed(tmp_path: Path) -> None:
    """What is written to a file without a name would last for nobody."""
    async with spool(tmp_path) as at:
        await at.write([b"een"])
        for path in tmp_path.glob("*/*.seg"):
            path.unlink()
        with pytest.raises(NotWritten):
            await at.write([b"twee"])
        await at.tend()
        await at.write([b"drie"])

        assert await held(at) == [b"drie"]


async def test_no_more_than_may_be_held(tmp_path: Path) -> None:
    told = list[str]()
    async with spool(tmp_path, max_bytes=1_000, changed=told.append) as at:
        await at.write([b"x" * 1_000])
        assert at.reason == "vol"
        with pytest.raises(NotWritten, match="vol"):
            await at.write([b"y"])
        (segment,) = await at.closed()
        await at.remove(segment)
        await at.tend()
        await at.write([b"z"])

        assert await held(at) == [b"z"]
    assert told == ["vol", ""]


async def test_a_long_segment_is_closed(tmp_path: Path) -> None:
    async with spool(tmp_path, segment_bytes=100) as at:
        for number in range(5):
            await at.write([b"%d" % number * 60])

        assert len(list(tmp_path.glob("*/*.seg"))) == 3
        assert [record[:1] for record in await held(at)] == [b"0", b"1", b"2", b"3", b"4"]


async def test_the_next_process_takes_over(tmp_path: Path) -> None:
    """Also more than one at once, each in a directory of its own."""
    async with spool(tmp_path) as first, spool(tmp_path) as second:
        await first.write([b"van de eerste"])
        await second.write([b"van de tweede"])
        assert await held(first) == [b"van de eerste"]
    async with spool(tmp_path) as third:
        await third.write([b"van de derde"])

        assert sorted(await held(third)) == [b"van de derde", b"van de eerste", b"van de tweede"]


async def test_who_stays_takes_over_from_who_is_gone(tmp_path: Path) -> None:
    async with spool(tmp_path) as staying:
        async with spool(tmp_path) as leaving:
            await leaving.write([b"nagelaten"])
            assert await held(staying) == []

        assert await held(staying) == [b"nagelaten"]


async def test_a_torn_tail_is_cut_at_the_start(tmp_path: Path) -> None:
    async with spool(tmp_path) as at:
        await at.write([b"heel"])
    (path,) = tmp_path.glob("*/*.seg")
    path.write_bytes(path.read_bytes() + b"\x07\x00\x00")
    again = Spool(tmp_path, max_bytes=1_000, seconds=1)

    found = await again.open()
    await again.write([b"verder"])

    assert (found.segments, found.cut, found.damaged) == (1, 3, 0)
    assert await held(again) == [b"heel", b"verder"]
    await again.aclose()


WRITING = """
import asyncio, sys
from pathlib import Path
from gateway.observe.spool import Spool

async def main():
    spool = Spool(Path(sys.argv[1]), max_bytes=10**9, seconds=60, segment_bytes=5_000)
    await spool.open()
    async def one(number):
        while True:
            record = b"%d" % number
            await spool.write([record])
            sys.stdout.write(f"{number}\\n")
            sys.stdout.flush()
            number += 8
    await asyncio.gather(*(one(number) for number in range(8)))

asyncio.run(main())
"""


async def test_killed_while_writing(tmp_path: Path) -> None:
    """Whatever was acknowledged before `kill -9` is there, once, and whole."""
    process = subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, "-c", WRITING, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(2_000)]
    process.send_signal(signal.SIGKILL)
    acknowledged += process.stdout.readlines()
    process.stdout.close()
    assert process.wait(60) == -signal.SIGKILL
    whole = {line.strip().encode() for line in acknowledged if line.endswith("\n")}

    async with spool(tmp_path, max_bytes=10**9) as at:
        found = await held(at)

    assert whole - set(found) == set()
    assert len(found) == len(set(found))
    assert len(whole) >= 2_000
