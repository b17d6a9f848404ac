"""A request without httpx's objects is to the byte the request with them, or is not written so."""

import ssl
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.addresses import joined
from gateway.source.direct import Direct, heard
from gateway.source.errors import SourceError
from gateway.source.pool import Pool
from gateway.source.transports import timeouts
from gateway.source.wire import Outgoing
from gateway.source.written_request import written
from tests.source.fakes import desk, reply, wire

ROOTS = [
    "http://127.0.0.1:8000",
    "http://bron.example:80",
    "https://bron.example",
    "https://bron.example:8443",
    "http://[::1]:8000",
    "https://xn--mnchen-3ya.example",
]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
USUAL = {"accept": "application/json", "x-api-key": "0123", "user-agent": "bronpoort"}
UNCERTAIN = [
    ("GET", "http://127.0.0.1:8000", {}),  # httpx adds a slash
    ("GET", "http://127.0.0.1:8000?a=b", {}),
    ("GET", "http://127.0.0.1:8000/a/../b", {}),
    ("GET", "http://127.0.0.1:8000/./b", {}),
    ("GET", "http://127.0.0.1:8000/a b", {}),
    ("GET", "http://127.0.0.1:8000/a%", {}),
    ("GET", "http://127.0.0.1:8000/a%2", {}),
    ("GET", "http://127.0.0.1:8000/a%2x/b", {}),
    ("GET", "http://127.0.0.1:8000/a?b%", {}),
    ("GET", "http://127.0.0.1:8000/a\\b", {}),
    ("GET", "http://127.0.0.1:8000/a#b", {}),
    ("GET", "http://127.0.0.1:8000/é", {}),
    ("GET", "http://127.0.0.1:8000/a?é", {}),
    ("GET", "http://127.0.0.1:8000/a?", {}),
    ("GET", "http://127.0.0.1:80001/a", {}),
    ("GET", "http://127.0.0.1:8000.example/a", {}),
    ("GET", "http://127.0.0.1:8000@elders.example/a", {}),
    ("GET", "https://127.0.0.1:8000/a", {}),
    ("GET", "http://elders.example/a", {}),
    ("GET", "http://127.0.0.1:8000/a\r\nx: y", {}),
    ("GET", "http://127.0.0.1:8000/" + 20_000 * "a", {}),
    ("HEAD", "http://127.0.0.1:8000/a", {}),
    ("CONNECT", "http://127.0.0.1:8000/a", {}),
    ("get", "http://127.0.0.1:8000/a", {}),
    ("GET / HTTP/1.1\r\nx:", "http://127.0.0.1:8000/a", {}),
    ("GET", "http://127.0.0.1:8000/a", {"host": "elders.example"}),
    ("POST", "http://127.0.0.1:8000/a", {"content-length": "3"}),
    ("POST", "http://127.0.0.1:8000/a", {"transfer-encoding": "chunked"}),
    ("GET", "http://127.0.0.1:8000/a", {"x-token": "a\r\nx-admin: 1"}),
    ("GET", "http://127.0.0.1:8000/a", {"x-token": "a\nb"}),
    ("GET", "http://127.0.0.1:8000/a", {"x-token": "a\0"}),
    ("GET", "http://127.0.0.1:8000/a", {"x-token": "é"}),
    ("GET", "http://127.0.0.1:8000/a", {"x-token": "\u2028"}),
    ("GET", "http://127.0.0.1:8000/a", {"x\r\ny": "a"}),
    ("GET", "http://127.0.0.1:8000/a", {"x y": "a"}),
    ("GET", "http://127.0.0.1:8000/a", {"x:": "a"}),
    ("GET", "http://127.0.0.1:8000/a", {"": "a"}),
    ("GET", "http://127.0.0.1:8000/a", {"Accept": "a"}),
]


def direct(root: str = ROOTS[0]) -> Direct:
    """To this address; it dials nobody before it is asked to begin."""
    return Direct(Pool(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), 1, 1.0), f"{root}/api")


def by_httpx(method: str, url: str, headers: Mapping[str, str], content: bytes | None) -> bytes:
    """What is sent of httpx's request."""
    request = httpx.Request(method, url, headers=headers, content=content)
    return written(request, request.content)


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("content", [None, b"", b'{"a": "\xc3\xa9"}'])
@pytest.mark.parametrize("headers", [{}, USUAL, {"x-tab": "a\tb", "x-none": "", "x-wide": " a "}])
@pytest.mark.parametrize(
    "params", [None, {"a": "b", "id": ["1", "2"]}, {"é ?&=#%/\\": "+ é\u2028", "none": []}]
)
def test_it_is_to_the_byte_what_httpx_would_have_sent(
    root: str,
    method: str,
    content: bytes | None,
    headers: Mapping[str, str],
    params: Mapping[str, Any] | None,
) -> None:
    url = joined(f"{root}/api/v1", ("personen", "a/b é;?"), params)
    own = root.removesuffix(":80")
    told = direct(root).written(Outgoing(method, url.replace(root, own), headers, content), {})

    assert by_httpx(method, url, headers, content) == told


@given(
    segments=st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=3),
    params=st.dictionaries(st.text(max_size=4), st.text(max_size=6), max_size=3),
    headers=st.dictionaries(st.text(max_size=4), st.text(max_size=6), max_size=3),
    content=st.none() | st.binary(max_size=8),
    method=st.sampled_from([*METHODS, "HEAD"]),
)
def test_whatever_is_asked_it_is_the_same_or_left_to_httpx(
    segments: list[str],
    params: Mapping[str, str],
    headers: Mapping[str, str],
    content: bytes | None,
    method: str,
) -> None:
    try:
        url = joined(f"{ROOTS[0]}/api", segments, params)
    except ValueError:
        return
    told = direct().written(Outgoing(method, url, {}, content), headers)

    assert told is None or by_httpx(method, url, headers, content) == told


SAID: Mapping[str, str] = {"accept": "a", "x-one": "1"}
CREDENTIALS: Mapping[str, str] = {"authorization": "Bearer b"}


@pytest.mark.parametrize("trace", [None, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])
@pytest.mark.parametrize("headers", [SAID, {}, {**SAID, "traceparent": "own"}])
@pytest.mark.parametrize(
    "credentials", [CREDENTIALS, {}, {"x-one": "2", "y": "z"}, {"traceparent": "own"}]
)
def test_a_trace_of_each_request_stands_among_what_is_the_same_for_all(
    trace: str | None, headers: Mapping[str, str], credentials: Mapping[str, str]
) -> None:
    """Between the headers and the credentials, as over httpx; whose name is said twice goes last,
    and what was remembered of one request is not said in another.
    """
    over = direct()
    for other in ("00-1", trace):
        outgoing = Outgoing("GET", f"{ROOTS[0]}/x", headers, traceparent=other)
        told = over.written(outgoing, credentials)
    both = headers if trace is None else {**headers, "traceparent": trace}

    assert told == by_httpx("GET", f"{ROOTS[0]}/x", {**both, **credentials}, None)


def test_a_trace_that_is_none_is_left_to_httpx() -> None:
    outgoing = Outgoing("GET", f"{ROOTS[0]}/x", SAID, traceparent="a\r\nb: c")

    assert direct().written(outgoing, CREDENTIALS) is None


@given(st.text("abAB01-._~%25/?&=#@:;+ é\\", max_size=12))
def test_whatever_the_address_it_is_the_same_or_left_to_httpx(rest: str) -> None:
    url = f"{ROOTS[0]}{rest}"
    told = direct().written(Outgoing("GET", url, {}), {})

    assert told is None or by_httpx("GET", url, {}, None) == told


@pytest.mark.parametrize(("method", "url", "headers"), UNCERTAIN)
def test_what_is_not_certain_is_left_to_httpx(
    method: str, url: str, headers: Mapping[str, str]
) -> None:
    assert direct().written(Outgoing(method, url, {}), headers) is None


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["x-token", "x\r\ny"])
async def test_what_would_be_two_requests_is_not_sent(name: str) -> None:
    async with wire(reply(json={})) as bron:
        made = Pool(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), 1, 1.0)
        over = Direct(made, bron.address)
        with pytest.raises(httpx.LocalProtocolError):
            await over.begin(
                Outgoing("GET", f"{bron.address}/x", {}), {name: "a\r\nb: c"}, timeouts(1.0)
            )
        await made.aclose()

        assert bron.heard == []


@pytest.mark.anyio
async def test_both_transports_tell_a_source_the_same() -> None:
    """Whole questions: paths, parameters, headers of all kinds, credentials and bodies."""
    async with wire(reply(json={})) as bron, desk() as at:
        for transport in ("eigen", "httpx"):
            source = at.source(
                bron.address,
                name=transport,
                transport=transport,
                fixed={"x-origin-oin": "00000009990000000000"},
                headers={"x-doelbinding": "BRPACT-Totaal"},
                credentials={"soort": "api-key", "waarde": "env:SLEUTEL"},
                environment={"SLEUTEL": "0123456789abcdef"},
                traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            )
            await source.get("a", "b c", params={"é": ["1", "&"]}, headers={"Accept-Crs": "x"})
            await source.post("zoek", json={"naam": "é"})
            await source.tell("DELETE", "a")
            await source.tell("PUT", "a", json=[])

        half = len(bron.heard) // 2
        assert half == 4
        assert bron.heard[half:] == bron.heard[:half]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"Content-Type", b"application/json"), (b"ETag", b'"a"')],
        [(b"a", b"1"), (b"B", b"2"), (b"A", b"3")],
        [(b"a", "é".encode()), (b"b", b"x")],
        [(b"a", b"\xe9"), (b"b", "é".encode())],
        [(b"a", b"")],
    ],
)
def test_headers_are_heard_as_httpx_hears_them(headers: list[tuple[bytes, bytes]]) -> None:
    assert dict(httpx.Headers(headers)) == dict(heard(headers))


@pytest.mark.anyio
@pytest.mark.parametrize("host", ["999.1.1.1", "xn--gemeente-oua.example", "nobody.invalid"])
async def test_an_address_that_is_none_is_an_error_of_its_questions(host: str) -> None:
    async with desk() as at:
        with pytest.raises(SourceError):
            await at.source(f"http://{host}", onversleuteld=True).get("x")
