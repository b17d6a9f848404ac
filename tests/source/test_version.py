"""Which version of its API a source says that it is."""

import pytest

from gateway.source.version import named, version_in


@pytest.mark.parametrize(
    ("header", "version"),
    [
        ("1.5.1", (1, 5, 1)),
        (" 2.7 ", (2, 7)),
        ("1.6.0-rc.1", (1, 6, 0)),
        ("3", (3,)),
        ("v1.5", None),
        ("", None),
        ("\u0661.\u0665", None),
    ],
)
def test_a_version_in_a_header(header: str, version: tuple[int, ...] | None) -> None:
    assert version_in({"api-version": header}) == version


def test_no_version_is_told_as_well() -> None:
    """A header may hold anything: only numbers are shown."""
    assert named("Zaken API", {"api-version": "1.5.1 <script>"}) == "Zaken API 1.5.1"
    assert named("Zaken API", {}) == "Zaken API, versie niet genoemd"
