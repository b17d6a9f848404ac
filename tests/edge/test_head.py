"""The headers of a request, found by name: as starlette finds them."""

import pytest
from starlette.datastructures import Headers

from gateway.edge.head import Asking, Head

RAW = [
    (b"host", b"gateway.test"),
    (b"accept", b"application/json"),
    (b"authorization", b"Bearer een"),
    (b"accept", b"*/*"),
    (b"x-naam", b"Ren\xe9"),
]


@pytest.mark.parametrize("name", ["accept", "Accept", "AUTHORIZATION", "x-naam", "niets"])
def test_a_name_is_found_as_starlette_finds_it(name: str) -> None:
    ours, theirs = Head(list(RAW)), Headers(raw=list(RAW))

    assert theirs.get(name) == ours.get(name)
    assert theirs.get(name, "anders") == ours.get(name, "anders")
    assert theirs.getlist(name) == ours.getlist(name)
    assert (name in theirs) == (name in ours)
    assert theirs.items() == ours.items()


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(KeyError):
        Head(list(RAW))["niets"]


def test_a_request_reads_its_head_once() -> None:
    request = Asking({"type": "http", "headers": list(RAW)})

    assert request.headers is request.headers
    assert request.headers["host"] == "gateway.test"
