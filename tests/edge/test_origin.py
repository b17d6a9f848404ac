"""Which web pages may open a WebSocket."""

import pytest
from starlette.datastructures import Headers

from gateway.edge.origin import is_welcome

OURS = ("https://portaal.test",)


def headers(*origins: str, host: str = "gateway.test:8000") -> Headers:
    """The headers of a handshake."""
    raw = [(b"origin", origin.encode("latin-1")) for origin in origins]
    return Headers(raw=[(b"host", host.encode()), *raw] if host else raw)


@pytest.mark.parametrize(
    "origins",
    [
        (),
        ("https://portaal.test",),
        ("https://gateway.test:8000",),
        ("http://gateway.test:8000",),
        ("https://Gateway.test:8000",),
    ],
)
def test_welcome(origins: tuple[str, ...]) -> None:
    assert is_welcome(headers(*origins), OURS)


@pytest.mark.parametrize(
    "origins",
    [
        ("https://elders.test",),
        ("https://portaal.test.elders.test",),
        ("https://portaal.test:444",),
        ("http://portaal.test",),
        ("https://gateway.test",),
        ("https://gateway.test:8000@elders.test",),
        ("https://[",),
        ("null",),
        ("",),
        ("*",),
        ("https://portaal.test", "https://elders.test"),
        ("https://portaal.test", "https://portaal.test"),
    ],
)
def test_not_welcome(origins: tuple[str, ...]) -> None:
    assert not is_welcome(headers(*origins), OURS)
    assert not is_welcome(headers(*origins, host=""), ())
