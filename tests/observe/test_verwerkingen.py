"""What was done with the data of one person, as they are shown it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.observe.verwerking import Status
from gateway.observe.verwerkingen import DAY, Bladzijde, Gedaan, Verwerkingen
from tests.observe.lines import LINE, line

pytestmark = pytest.mark.anyio

NOW = LINE.start_time / 1000 + 60
BSN = "999990019"


def mark(tenant: str, bsn: str) -> bytes:
    """A mark that a test can write down."""
    return {"0999": b"iemand", "0998": b"elders"}[tenant] if bsn == BSN else b"een ander"


@pytest.fixture
async def index(tmp_path: Path) -> AsyncIterator[Verwerkingen]:
    """An empty index that shows thirty days."""
    made = Verwerkingen(tmp_path / "index.sqlite", mark, lambda: NOW, 30)
    await made.open()
    yield made
    await made.aclose()


async def test_one_line(index: Verwerkingen, tmp_path: Path) -> None:
    await index.add([LINE])

    found = await index.of("0999", BSN, 10)

    expected = Gedaan(
        tijdstip=datetime(2027, 1, 15, 8, 0, tzinfo=UTC),
        handeling="brp.personen",
        bron="brp",
        doelbinding="klantcontact",
        verwerkingsactiviteit="https://register.voorbeeld.nl/verwerkingen/17",
        gelukt=True,
        trace="0af7651916cd43dd8448eb211c80319c",
        cursor="1800000000000-1",
    )
    assert found == Bladzijde((expected,), None)
    assert (tmp_path / "index.sqlite").stat().st_mode & 0o777 == 0o600


async def test_of_nobody_else(index: Verwerkingen) -> None:
    """Nor of the same person in another municipality, nor what is about nobody known."""
    await index.add([LINE, line(2, mark=b"een ander"), line(3, mark=None), line(4, tenant="0998")])

    assert len((await index.of("0999", BSN, 10)).items) == 1
    assert (await index.of("0998", BSN, 10)).items == ()


async def test_in_pages_newest_first(index: Verwerkingen) -> None:
    """Also of one moment: each once."""
    lines = [line(number, start_time=LINE.start_time + number // 3) for number in range(10)]
    await index.add(lines)
    seen: list[Gedaan] = []
    after = None
    for _ in range(4):
        page = await index.of("0999", BSN, 3, after)
        seen += page.items
        after = page.after

    assert after is None
    assert len({each.cursor for each in seen}) == 10
    assert [each.tijdstip for each in seen] == sorted((e.tijdstip for e in seen), reverse=True)


async def test_once_however_often_it_is_added(index: Verwerkingen) -> None:
    """After a crash a segment is read again."""
    await index.add([LINE, line(2)])
    await index.add([LINE, line(2), line(3, status=Status.ERROR)])

    found = await index.of("0999", BSN, 10)

    assert [each.gelukt for each in found.items] == [False, True, True]


async def test_what_is_too_old_is_not_shown_and_then_gone(index: Verwerkingen) -> None:
    await index.add([LINE, line(2, start_time=LINE.start_time - 31 * DAY)])

    assert len((await index.of("0999", BSN, 10)).items) == 1
    assert await index.forget() == 1
    assert await index.forget() == 0


@pytest.mark.parametrize(("first", "after"), [(0, None), (101, None), (10, "x"), (10, "1-2;--")])
async def test_what_cannot_be_asked(index: Verwerkingen, first: int, after: str | None) -> None:
    with pytest.raises(ValueError, match=r"first|after"):
        await index.of("0999", BSN, first, after)


async def test_shared_by_processes(index: Verwerkingen, tmp_path: Path) -> None:
    other = Verwerkingen(tmp_path / "index.sqlite", mark, lambda: NOW, 30)
    await other.open()
    await other.add([LINE])
    await index.add([LINE, line(2)])

    assert len((await other.of("0999", BSN, 10)).items) == 2
    await other.aclose()


async def test_no_person_in_the_file(index: Verwerkingen, tmp_path: Path) -> None:
    await index.add([LINE])
    await index.of("0999", BSN, 10)

    assert all(BSN.encode() not in path.read_bytes() for path in tmp_path.iterdir())
