"""Upstreams that misbehave: each ends in one of our errors, in time, and shows nothing of itself.

Every case runs over both transports: what a source may do to us does not depend on the choice.
"""

import asyncio
import gzip
import time
import traceback
from typing import Any

import httpx
import pytest

from gateway.source.errors import (
    SourceError,
    SourceFault,
    SourceMissing,
    SourceQuota,
    SourceTimeout,
    SourceUnreachable,
)
from tests.source.fakes import Heard, Reply, Time, desk, never, raw, reply, wire

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("transport", ["eigen", "httpx"]),
]

CANARY = "999990019"


async def _raised(answer: Reply, transport: str, **table: Any) -> SourceError:
    """The error that a question ends with; the source has 0.4 s and pauses take no time."""
    table = {"timeout": 0.4, **table}
    async with wire(answer) as bron, desk(Time().surroundings()) as at:
        with pytest.raises(SourceError) as raised:
            await at.source(bron.address, transport=transport, **table).get("x")
        shown = "".join(traceback.format_exception(raised.value))
        assert CANARY not in shown + raised.value.message + raised.value.detail
        assert "127.0.0.1" not in shown + raised.value.message + raised.value.detail
        return raised.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, SourceFault),
        (206, SourceFault),
        (304, SourceFault),
        (400, SourceFault),
        (401, SourceFault),
        (403, SourceFault),
        (404, SourceMissing),
        (406, SourceFault),
        (410, SourceMissing),
        (412, SourceFault),
        (429, SourceQuota),
        (500, SourceFault),
        (501, SourceFault),
        (502, SourceUnreachable),
        (503, SourceUnreachable),
        (504, SourceTimeout),
    ],
)
async def test_each_status_has_its_error(
    transport: str, status: int, kind: type[SourceError]
) -> None:
    body = b"" if status in (204, 304) else f'{{"detail":"{CANARY}"}}'.encode()
    error = await _raised(raw(status, body), transport)

    assert type(error) is kind


async def test_a_problem_is_read_as_far_as_it_is_names(transport: str) -> None:
    problem = {
        "code": "paramsValidation",
        "detail": CANARY,
        "invalidParams": [{"name": "burgerservicenummer[2]", "reason": CANARY}, {"name": CANARY}],
    }
    answer = reply(400, problem, content_type="application/problem+json; charset=utf-8")
    error = await _raised(answer, transport)

    assert isinstance(error, SourceFault)
    assert (error.status, error.problem) == (400, "paramsValidation")
    assert error.params == ("burgerservicenummer[2]",)


@pytest.mark.parametrize("key", ["invalidParams", "invalid-params", "invalid_params"])
async def test_invalid_parameters_are_found_under_every_spelling(transport: str, key: str) -> None:
    error = await _raised(reply(400, {key: [{"name": "postcode"}, 5]}), transport)

    assert isinstance(error, SourceFault)
    assert error.params == ("postcode",)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"5",
        b"{",
        b'{"code":5,"invalidParams":5}',
        b"\xff",
        b"[" * 50_000,
        b"x" * 70_000,
    ],
)
async def test_an_error_body_is_not_trusted(transport: str, body: bytes) -> None:
    error = await _raised(raw(400, body), transport)

    assert isinstance(error, SourceFault)
    assert (error.status, error.problem, error.params) == (400, None, ())


@pytest.mark.parametrize("status", [200, 400, 404, 500])
async def test_html_is_a_fault_whatever_its_status(transport: str, status: int) -> None:
    page = raw(status, f"<h1>{CANARY} not allowed</h1>".encode(), content_type="text/html")
    error = await _raised(page, transport)

    assert isinstance(error, SourceFault)
    assert error.status == status


async def test_an_empty_404_means_not_found(transport: str) -> None:
    assert isinstance(
        await _raised(raw(404, b"", content_type="text/plain"), transport), SourceMissing
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"a":',
        b'{"a":1} x',
        b'{"naam":"Jos\xe9"}',
        b"\xef\xbb\xbf{}",
        '{"a":1}'.encode("utf-16"),
        b'{"a":NaN}',
        b"[Infinity]",
        b"1e999",
        b"9" * 5_000,
        b'"\\ud800"',
        b"[" * 200_000,
    ],
)
async def test_only_strict_json_in_utf8_is_read(transport: str, body: bytes) -> None:
    assert type(await _raised(raw(200, body), transport)) is SourceFault


@pytest.mark.parametrize(
    "content_type",
    ["application/json; charset=iso-8859-1", "text/json", "application/jsonx", "", "text/plain"],
)
async def test_what_does_not_say_it_is_json_is_not_read(transport: str, content_type: str) -> None:
    assert type(await _raised(raw(200, b"{}", content_type=content_type), transport)) is SourceFault


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/hal+json", "application/JSON;charset=UTF-8"]
)
async def test_what_says_so_is_read(transport: str, content_type: str) -> None:
    answer = raw(200, b'{"a":"\xc3\xa9"}', content_type=content_type)
    async with wire(answer) as bron, desk() as at:
        assert await at.source(bron.address, transport=transport).get("x") == {"a": "é"}


@pytest.mark.parametrize(
    "answer",
    [
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
        b"Content-Length: 3\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        b"",
    ],
    ids=["garbage", "truncated", "two lengths", "bad chunk", "truncated chunks", "nothing"],
)
async def test_broken_http_is_unreachable(transport: str, answer: bytes) -> None:
    async def broken(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        writer.write(answer)
        await writer.drain()
        return b""

    assert isinstance(await _raised(broken, transport), SourceUnreachable)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(transport: str, status: int) -> None:
    async with wire(reply(json={})) as elsewhere:
        error = await _raised(raw(status, b"", location=f"{elsewhere.address}/x"), transport)

        assert isinstance(error, SourceFault)
        assert elsewhere.heard == []


async def test_cookies_are_not_kept(transport: str) -> None:
    async with wire(reply(json={}, set_cookie="sid=1; Path=/")) as bron, desk() as at:
        source = at.source(bron.address, transport=transport)
        await source.get("x")
        await source.get("x")

        assert [heard.headers.get("cookie") for heard in bron.heard] == [None, None]


async def test_proxies_and_credentials_of_the_environment_are_not_used(
    transport: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with wire(reply(json={})) as bron, desk() as at:
        assert await at.source(bron.address, transport=transport).get("x") == {}


async def test_a_compressed_body_is_refused_before_it_is_read(transport: str) -> None:
    bomb = gzip.compress(gzip.compress(b"0" * 10_000_000))
    error = await _raised(raw(200, bomb, content_encoding="gzip, gzip"), transport)

    assert type(error) is SourceFault


@pytest.mark.parametrize("coding", ["gzip", "br", "x-none"])
async def test_a_body_of_json_that_is_said_to_be_compressed_is_refused(
    transport: str, coding: str
) -> None:
    error = await _raised(raw(200, b"{}", content_encoding=coding), transport)

    assert (type(error), error.detail) == (SourceFault, "content encoding")


async def test_a_small_body_is_too_large_where_less_is_allowed(transport: str) -> None:
    answer = raw(200, b'"' + b"x" * 1_023 + b'"')
    error = await _raised(answer, transport, max_bytes=1_024)

    assert (type(error), error.detail) == (SourceFault, "too large")


async def test_a_body_that_declares_too_much_is_refused(transport: str) -> None:
    answer = raw(200, b"{}", content_length="10000001")
    error = await _raised(answer, transport)

    assert (type(error), error.detail) == (SourceFault, "too large")


async def test_a_body_that_grows_too_large_is_cut_off(transport: str) -> None:
    async def pour(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"40000\r\n" + b" " * 0x40000 + b"\r\n"
        while True:
            writer.write(chunk)
            await writer.drain()

    error = await _raised(pour, transport, timeout=5)

    assert (type(error), error.detail) == (SourceFault, "too large")


async def test_a_body_of_the_most_bytes_is_read(transport: str) -> None:
    body = b'"' + b"x" * 9_999_998 + b'"'
    async with wire(raw(200, body)) as bron, desk() as at:
        answer = await at.source(bron.address, transport=transport).get("x")

        assert len(answer) == 9_999_998


async def test_a_source_that_drips_is_cut_off(transport: str) -> None:
    async def drip(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        writer.write(b"Content-Length: 100000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    began = time.monotonic()
    error = await _raised(drip, transport)

    assert (type(error), error.detail) == (SourceTimeout, "cut off")
    assert time.monotonic() - began < 1.0


async def test_a_source_that_says_nothing_is_given_up(transport: str) -> None:
    assert type(await _raised(never, transport)) is SourceTimeout


async def test_the_remaining_time_of_the_operation_is_the_limit(transport: str) -> None:
    async with wire(never) as bron, desk() as at:
        began = time.monotonic()
        with pytest.raises(SourceTimeout):
            await at.source(bron.address, transport=transport, remaining=0.1).get("x")

        assert time.monotonic() - began < 1.0


async def test_with_no_time_left_nothing_is_asked(transport: str) -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        with pytest.raises(SourceTimeout):
            await at.source(bron.address, transport=transport, remaining=0.0).get("x")

        assert bron.heard == []


async def test_nobody_there_is_unreachable(transport: str) -> None:
    async with wire(reply()) as bron:
        address = bron.address
    async with desk(Time().surroundings()) as at:
        with pytest.raises(SourceUnreachable):
            await at.source(address, transport=transport).get("x")


async def test_a_source_that_hangs_holds_up_no_other(transport: str) -> None:
    async with wire(never) as stuck, wire(reply(json=1)) as healthy, desk() as at:
        stuck_source = at.source(stuck.address, name="a", parallel=2, transport=transport)
        waiting = [asyncio.create_task(stuck_source.get("x")) for _ in range(20)]
        await asyncio.sleep(0)

        assert await at.source(healthy.address, name="b", transport=transport).get("x") == 1
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert len(stuck.heard) <= 2


async def test_beyond_the_queue_the_answer_is_at_once(transport: str) -> None:
    async with wire(never) as stuck, desk() as at:
        source = at.source(stuck.address, parallel=1, waiting=2, transport=transport)
        waiting = [asyncio.create_task(source.get("x")) for _ in range(3)]
        await asyncio.sleep(0)

        with pytest.raises(SourceQuota):
            await source.get("x")
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_after_a_cancelled_call_the_next_gets_its_own_answer(transport: str) -> None:
    async def echo(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        if heard.target.endswith("foo"):
            await asyncio.sleep(0.02)
        return reply(json=heard.target)

    async with wire(echo) as bron, desk() as at:
        source = at.source(bron.address, parallel=1, transport=transport)
        for _ in range(5):
            cancelled = asyncio.create_task(source.get("foo"))
            while not bron.heard or not bron.heard[-1].target.endswith("foo"):
                await asyncio.sleep(0)
            cancelled.cancel()
            assert await source.get("bar") == "/api/bar"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError, SourceUnreachable),
        (httpx.ConnectTimeout, SourceUnreachable),
        (httpx.ReadTimeout, SourceTimeout),
        (httpx.WriteTimeout, SourceTimeout),
        (httpx.PoolTimeout, SourceTimeout),
        (httpx.ReadError, SourceUnreachable),
        (httpx.WriteError, SourceUnreachable),
        (httpx.CloseError, SourceUnreachable),
        (httpx.RemoteProtocolError, SourceUnreachable),
        (httpx.LocalProtocolError, SourceFault),
        (httpx.ProxyError, SourceUnreachable),
        (httpx.UnsupportedProtocol, SourceUnreachable),
        (httpx.DecodingError, SourceFault),
        (httpx.TooManyRedirects, SourceFault),
        (httpx.InvalidURL, SourceFault),
        (ConnectionResetError, SourceUnreachable),
        (TimeoutError, SourceTimeout),
        (UnicodeError, SourceFault),
    ],
)
async def test_every_error_of_the_client_is_one_of_ours(
    transport: str, error: type[Exception], kind: type[SourceError]
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error(f"http://10.0.0.5/{CANARY}")

    around = Time().surroundings()
    async with desk(around, transport=lambda _: httpx.MockTransport(fail)) as at:
        with pytest.raises(SourceError) as raised:
            await at.source("https://bron.example").get("x")

        assert type(raised.value) is kind
        assert CANARY not in "".join(traceback.format_exception(raised.value))
