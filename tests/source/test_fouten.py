"""Errors of a source that writes `fout` where others write a problem body."""

from typing import Any

import pytest

from gateway.source.body import problem
from gateway.source.errors import SourceFault, SourceMissing
from tests.source.fakes import desk, reply, wire

pytestmark = pytest.mark.anyio

FOUT = {"fout": [{"code": "IPD5200", "omschrijving": "Niets van 999990019"}, {"code": "IPD9"}]}


async def test_nothing_found_says_by_which_code() -> None:
    async with wire(reply(404, FOUT)) as bron, desk() as at:
        with pytest.raises(SourceMissing) as missing:
            await at.source(bron.address).get("x")

    assert missing.value.problem == "IPD5200"


async def test_a_fault_says_by_which_code_and_nothing_of_its_text() -> None:
    async with wire(reply(400, FOUT)) as bron, desk() as at:
        with pytest.raises(SourceFault) as fault:
            await at.source(bron.address).get("x")

    error = fault.value
    assert (error.status, error.problem) == (400, "IPD5200")
    assert "999990019" not in f"{error} {error.args} {error.detail}"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (b'{"code": "notFound", "fout": [{"code": "IPD5200"}]}', "notFound"),
        (b'{"fout": [{"code": 5}]}', None),
        (b'{"fout": [5]}', None),
        (b'{"fout": []}', None),
        (b'{"fout": {"code": "IPD5200"}}', None),
        (b'{"fout": "IPD5200"}', None),
        (b"[]", None),
    ],
)
def test_only_the_first_code_of_a_list_is_one(value: Any, code: str | None) -> None:
    assert problem(value).code == code


async def test_a_code_that_is_no_name_is_not_let_through() -> None:
    fout = {"fout": [{"code": "999990019 bestaat niet"}]}
    async with wire(reply(404, fout)) as bron, desk() as at:
        with pytest.raises(SourceMissing) as missing:
            await at.source(bron.address).get("x")

    assert missing.value.problem is None
