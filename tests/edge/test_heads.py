"""What is cut out of a head before it is known, and which heads never are."""

import pytest

from gateway.edge.bounds import HeadBounds
from gateway.edge.head import Head
from gateway.edge.heads import LONGEST, Cut, Heads, Known, Sighting, Standing, cut, may_be_known
from gateway.observe.audit import Actor

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
LINE = b"POST /graphql HTTP/1.1\r\nHost: x"


def test_the_length_is_cut_out() -> None:
    """Wherever it stands: bodies of another length come with the same head."""
    first = cut(LINE + b"\r\nContent-Length: 2\r\nA: b\r\n\r\n{}")
    last = cut(LINE + b"\r\nA: b\r\ncontent-length: 3\r\n\r\n{ }")

    assert first == Cut(LINE + b"\r\nA: b", None, b"{}")
    assert last == Cut(LINE + b"\r\nA: b", None, b"{ }")


@pytest.mark.parametrize("between", [b"", b"\r\nA: b"])
def test_the_trace_is_cut_out(between: bytes) -> None:
    """And told apart."""
    trace = b"\r\ntraceparent: " + TRACE.encode()

    found = cut(LINE + b"\r\nContent-Length: 2" + trace + between + b"\r\n\r\n{}")

    assert found == Cut(LINE + between, TRACE, b"{}")


@pytest.mark.parametrize(
    "data",
    [
        LINE + b"\r\nContent-Length: 2\r\n\r\n{",
        LINE + b"\r\nContent-Length: 2\r\n\r\n{}P",
        LINE + b"\r\nContent-Length: 2\r\n",
        LINE + b"\r\nContent-Length: +2\r\n\r\n{}",
        LINE + b"\r\nContent-Length: 2, 2\r\n\r\n{}",
        LINE + b"\r\nContent-Length: 00000002\r\n\r\n{}",
        LINE + b"\r\nCONTENT-LENGTH: 2\r\n\r\n{}",
        LINE + b"\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        LINE + b"\r\ntraceparent: " + TRACE.encode() + b"0\r\nContent-Length: 2\r\n\r\n{}",
        LINE + b"\r\nContent-Length: 2\r\ntraceparent: " + TRACE.upper().encode() + b"\r\n\r\n{}",
        LINE + b"\r\nContent-Length: 2\r\ntraceparent: 0\r\nA: " + b"a" * 49 + b"\r\n\r\n{}",
        LINE + b"\r\nContent-Length: 2\r\ntraceparent: 0\nA: " + b"a" * 50 + b"\r\n\r\n{}",
        LINE + b"\r\nA: " + b"a" * LONGEST + b"\r\nContent-Length: 2\r\n\r\n{}",
        b"\r\nContent-Length: 2\r\n" + LINE + b"\r\n\r\n{}",
        b"\r\ntraceparent: " + TRACE.encode() + b"\r\n" + LINE + b"\r\nContent-Length: 2\r\n\r\n{}",
        b"\r\n\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_what_is_not_one_whole_request_in_the_common_form(data: bytes) -> None:
    """It goes the ordinary way."""
    assert cut(data) is None


def test_a_head_that_may_be_known_is_within_all_bounds() -> None:
    """A header counts for four bytes at most that are not in it; the number is bounded as well."""
    assert HeadBounds().header_bytes >= LONGEST
    assert HeadBounds().address_bytes >= LONGEST
    assert HeadBounds().headers >= 32


def head(*more: tuple[bytes, bytes]) -> Head:
    """The headers of a plain request, and these."""
    return Head([(b"host", b"x"), (b"content-length", b"2"), *more])


@pytest.mark.parametrize(
    ("more", "trace", "known"),
    [
        ([], None, True),
        ([(b"connection", b"keep-alive")], None, True),
        ([(b"traceparent", TRACE.encode())], TRACE, True),
        ([(b"connection", b"close")], None, False),
        ([(b"expect", b"100-continue")], None, False),
        ([(b"upgrade", b"h2c")], None, False),
        ([(b"transfer-encoding", b"chunked")], None, False),
        ([(b"origin", b"https://x")], None, False),
        ([(b"traceparent", TRACE.encode())], None, False),
        ([(b"traceparent", TRACE.encode())] * 2, TRACE, False),
        ([(b"a", b"b")] * 64, None, False),
    ],
)
def test_heads_that_ask_for_more_are_never_known(
    more: list[tuple[bytes, bytes]], trace: str | None, known: bool
) -> None:
    """Nor one in which something was cut out that was not what it seemed."""
    assert may_be_known(head(*more), Sighting(b"", trace)) is known


def test_another_version_of_http_is_never_known() -> None:
    """Its connections end otherwise."""
    assert not may_be_known(head(), Sighting(b"", None), "1.0")


def test_a_head_is_of_one_address() -> None:
    """And its mark says nothing in another process."""
    heads: Heads[str] = Heads()

    assert heads.mark(LINE, b"10.0.0.1") != heads.mark(LINE, b"10.0.0.2")
    assert heads.mark(LINE, b"10.0.0.1") != Heads[str]().mark(LINE, b"10.0.0.1")


def test_what_is_known_is_bounded_and_forgotten() -> None:
    """With whom it is about."""
    heads: Heads[str] = Heads()
    actor = Actor("u-17", "medewerker", "0" * 32)
    standing = Standing("wie", lambda: True, lambda trace: "wie", lambda trace: actor)
    for number in range(1_001):
        heads.remember(b"%d" % number, Known("application/json", standing))
    assert len(heads) == 1

    heads.forget()
    assert heads.find(b"1000") is None
