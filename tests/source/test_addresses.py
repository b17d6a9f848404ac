"""Bases and the addresses below them."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.addresses import Base, joined


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("http://127.0.0.1:8100/bag", "http://127.0.0.1:8100/bag"),
        ("HTTPS://Zaken.Example.NL:443/zaken/api/v1/", "https://zaken.example.nl/zaken/api/v1"),
        ("http://bron:80", "http://bron"),
        ("https://[::1]:8443/x", "https://[::1]:8443/x"),
    ],
)
def test_a_base_is_written_in_one_way(written: str, normal: str) -> None:
    assert Base.parse(written).text == normal


@pytest.mark.parametrize(
    "written",
    [
        "",
        "bag.example.nl/x",
        "ftp://bag.example.nl",
        "http://user@bag.example.nl",
        "http://user:pass@bag.example.nl",
        "http://bag.example.nl?x=1",
        "http://bag.example.nl/x?y",
        "http://bag.example.nl/x#y",
        "http://bag.example.nl/x/../y",
        "http://bag.example.nl/./y",
        "http://bag.example.nl/x//y",
        "http://bag.example.nl/x%2fy",
        "http://bag.example.nl\\@evil.example/x",
        "http://bag.example.nl:0/x",
        "http://bag.example.nl:65536/x",
        "http://bag.example.nl /x",
        "http://bag.example.nl/x\n",
        "http://b\u212ag.example.nl/x",
        "http://" + "a" * 3_000,
    ],
)
def test_anything_but_a_plain_base_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Base.parse(written)


def test_each_segment_is_quoted_whole() -> None:
    assert joined("http://b/x", ["a/b", "a?b=c#d", "%2e%2e", "é", "a b"], None) == (
        "http://b/x/a%2Fb/a%3Fb%3Dc%23d/%252e%252e/%C3%A9/a%20b"
    )


@pytest.mark.parametrize("segment", ["a/b", "/", ".x", "x/..", "~", "a" * 512, "a" * 511 + "é"])
def test_a_segment_is_one_segment_however_plain(segment: str) -> None:
    """Of plain ones together no more is looked at than each by itself would be."""
    apart = "/".join(quote(each, safe="") for each in ("zaken", segment))

    assert joined("http://b", ["zaken", segment], None) == f"http://b/{apart}"


def test_parameters_are_quoted_and_may_repeat() -> None:
    assert joined("http://b", ["x"], {"a": "1&b=2", "c": ["3", "4 +"]}) == (
        "http://b/x?a=1%26b%3D2&c=3&c=4%20%2B"
    )


@pytest.mark.parametrize("segment", ["", ".", "..", "a\nb", "a\x00", "\ud800", "x" * 600, "\u202e"])
def test_a_segment_that_is_none_is_refused(segment: str) -> None:
    with pytest.raises(ValueError):
        joined("http://b", [segment], None)


@given(
    st.dictionaries(
        st.text("a_é &=%+/~.-0\u2028", max_size=4),
        st.text("a_é &=%+/~.-0\u2028", max_size=6)
        | st.lists(st.text(max_size=4), max_size=3)
        | st.lists(st.text("a1é", max_size=3), max_size=3),
        max_size=3,
    )
)
def test_parameters_are_written_as_the_standard_library_writes_them(
    params: dict[str, str | list[str]],
) -> None:
    query = urlencode(params, doseq=True, safe="", quote_via=quote)

    assert (f"https://bron/x?{query}" if query else "https://bron/x") == joined(
        "https://bron", ["x"], params
    )
