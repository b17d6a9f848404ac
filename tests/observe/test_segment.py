"""A segment whose writing was broken off, anywhere."""

import struct
import zlib
from pathlib import Path

import pytest

from gateway.observe.segment import MAGIC, framed, mend, scan

RECORDS = (b"een", b"de tweede, die langer is", b"\x00\x01", b"x" * 300)


def ends() -> list[int]:
    """Where each record ends, after the beginning of the file."""
    found = [len(MAGIC)]
    for record in RECORDS:
        found.append(found[-1] + 8 + len(record))
    return found


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "1.seg"
    path.write_bytes(MAGIC + framed(RECORDS))

    found = scan(path)

    assert found.records == RECORDS
    assert not found.torn
    assert not found.damaged


def test_broken_off_at_every_byte(tmp_path: Path) -> None:
    """What was whole is there, the rest is cut off, and what is appended then is read."""
    whole = MAGIC + framed(RECORDS)
    path = tmp_path / "1.seg"
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        mended = mend(path)
        expected = RECORDS[: max(0, sum(end <= length for end in ends()) - 1)]

        assert mended.records == expected, length
        assert not mended.damaged, length
        if mended.end:
            path.write_bytes(path.read_bytes() + framed([b"later"]))
            assert scan(path).records == (*expected, b"later"), length
    assert not path.with_suffix(".rest").exists()


def test_every_flipped_bit_is_seen(tmp_path: Path) -> None:
    """Never another record than was written; what follows a damaged one is kept aside."""
    whole = MAGIC + framed(RECORDS)
    path = tmp_path / "1.seg"
    for at in range(len(MAGIC), len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        found = scan(path)

        assert found.records == RECORDS[: len(found.records)], at
        assert len(found.records) < len(RECORDS), at
        assert found.torn, at


def test_what_is_more_than_a_tail_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "1.seg"
    whole = bytearray(MAGIC + framed(RECORDS))
    whole[ends()[1] + 8] ^= 0xFF
    path.write_bytes(whole)

    mended = mend(path)

    rest = path.with_suffix(".rest")
    assert mended.damaged
    assert rest.read_bytes() == whole[ends()[1] :]
    assert rest.stat().st_mode & 0o777 == 0o600
    assert scan(path).records == RECORDS[:1]
    assert not scan(path).torn


def test_blocks_that_were_never_written_are_no_records(tmp_path: Path) -> None:
    """The checksum of nothing is zero: a length of zero would fit it."""
    path = tmp_path / "1.seg"
    path.write_bytes(MAGIC + framed(RECORDS[:1]) + bytes(64))

    assert scan(path).records == RECORDS[:1]


@pytest.mark.parametrize("content", [b"iets anders", b"BPVERW99" + framed([b"x"])])
def test_a_file_of_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "1.seg"
    path.write_bytes(content)

    assert scan(path).records == ()
    assert scan(path).damaged


def test_a_length_that_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "1.seg"
    path.write_bytes(MAGIC + struct.pack("<II", 2**31, zlib.crc32(b"")) + b"x")

    assert scan(path).records == ()
