"""What is said of a file to whoever gets it: nothing that a source wrote is taken over unseen."""

import re

import pytest

from gateway.edge.attachment import HARMLESS, OCTETS, attachment_headers, disposition, safe_name

VALUE = re.compile(
    r"attachment; filename=\"[A-Za-z0-9 ._()\[\]+=,@-]+\"(; filename\*=UTF-8''[\w.%~-]+)?"
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("aanvraag.pdf", "aanvraag.pdf"),
        ("Brief aan Zoë.pdf", "Brief aan Zoë.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\tijdelijk\\x.pdf", "C_tijdelijk_x.pdf"),
        ("..", "document"),
        ("", "document"),
        (" .verborgen. ", "verborgen"),
        ("a\r\nSet-Cookie: b=c.pdf", "aSet-Cookie_ b=c.pdf"),
        ('a"b;c.pdf', "a_b;c.pdf"),
        ("factuur\u202efdp.exe", "factuurfdp.exe"),
        ("a\u200bb\ud800c.pdf", "abc.pdf"),
        ("a\t b\u00a0c  d.pdf", "a bc d.pdf"),
        ("nul.txt", "_nul.txt"),
        ("COM1", "_COM1"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    """Without paths, control characters and reserved names; readable otherwise."""
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    """And is not longer than file systems allow."""
    assert safe_name("é" * 300 + ".docx") == "é" * 145 + ".docx"
    assert safe_name("x" * 300) == "x" * 150
    assert len(safe_name("x." + "y" * 300)) == 150


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("aanvraag.pdf", 'attachment; filename="aanvraag.pdf"'),
        (
            "Aan Zoë.pdf",
            "attachment; filename=\"Aan Zoe.pdf\"; filename*=UTF-8''Aan%20Zo%C3%AB.pdf",
        ),
        ("100%25.pdf", "attachment; filename=\"100_25.pdf\"; filename*=UTF-8''100%2525.pdf"),
        ("☂", "attachment; filename=\"document\"; filename*=UTF-8''%E2%98%82"),
        ("a;b.pdf", "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%3Bb.pdf"),
    ],
)
def test_the_header_of_a_name(name: str, value: str) -> None:
    """RFC 6266: ASCII without percent signs, and the whole name beside it where that differs."""
    assert disposition(name) == value


@pytest.mark.parametrize(
    "name", ["\x00\x7f", '"' * 300, "\n\r\t", "é☂\U0001f4c4.pdf", "a%0d%0ab", "''"]
)
def test_no_name_breaks_the_header(name: str) -> None:
    """Whatever stands in it."""
    assert VALUE.fullmatch(disposition(safe_name(name)))


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ("application/pdf", "application/pdf"),
        ("Application/PDF; charset=utf-8", "application/pdf"),
        ("text/html", OCTETS),
        ("image/svg+xml", OCTETS),
        ("application/xhtml+xml", OCTETS),
        ("application/javascript", OCTETS),
        ("text/xml", OCTETS),
        ("pdf", OCTETS),
        ("", OCTETS),
        ("text/plain\r\nX-A: b", OCTETS),
    ],
)
def test_a_media_type_is_harmless_or_octets(told: str, given: str) -> None:
    """From a list; a charset that the source named is not taken over."""
    assert attachment_headers("x", told)["Content-Type"] == given


def test_a_file_without_a_name_has_an_extension_all_the_same() -> None:
    """If its media type is known."""
    assert (
        'filename="document.pdf"'
        in attachment_headers("", "application/pdf")["Content-Disposition"]
    )
    assert 'filename="document"' in attachment_headers("", "text/html")["Content-Disposition"]


def test_it_is_never_kept_or_run() -> None:
    """By a cache, or in a browser."""
    headers = attachment_headers("a.pdf", "application/pdf")

    assert headers["Cache-Control"] == "no-store"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Content-Disposition"].startswith("attachment")


def test_nothing_on_the_list_runs() -> None:
    """Nor is it read as markup by any browser."""
    assert [kind for kind in HARMLESS if re.search("html|xml$|svg|script|flash|css", kind)] == []
