"""What is told of a configuration that may stand, and is seldom meant."""

from collections.abc import Mapping

import pytest

from gateway.advice import SHORT_SECRET, remarks
from gateway.app import families, several_sources
from gateway.source.settings import SourceSettings
from gateway.tenants import Tenant


def tenant(*names: str, secrets: Mapping[str, str] | None = None) -> Tenant:
    """A municipality with these sources, each at an address of its own."""
    return Tenant("0999", "Testgemeente", "0" * 20, {
        name: SourceSettings.model_validate(
            {
                "address": f"https://{name}.test",
                "credentials": {"soort": "zgw-jwt", "client_id": "x", "secret": "env:GEHEIM"},
            },
            context={"environment": {"GEHEIM": (secrets or {}).get(name, "g" * 32)}},
        )
        for name in names
    }, {})  # fmt: skip


def told(of: Tenant) -> list[tuple[str, str]]:
    """Each remark: at which source, and how it begins."""
    found = remarks([of], families(), several_sources())
    return [(each.source, each.text.partition(";")[0]) for each in found]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("zaken", "catalogi"), []),
        (("zaken-a", "catalogi-a", "brp", "brp-bewoning"), []),
        (("zaken", "catalogi", "zaken-a", "catalogi-a"), []),
        (("zaken", "klant-a"), []),
        (("zaken", "zaken-a", "klant"), []),
        (
            ("zaken", "catalogi", "documenten", "zaken-a"),
            [("zaken-a", "bij dit systeem staat geen catalogi-a en geen documenten-a")],
        ),
        (
            ("zaken", "zaken-a", "catalogi-a"),
            [("zaken", "bij dit systeem staat geen catalogi")],
        ),
        (
            ("producten", "producttypen", "producten-a"),
            [("producten-a", "bij dit systeem staat geen producttypen-a")],
        ),
    ],
)
def test_a_system_without_what_another_has(
    names: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """What no system of the municipality has, it does without."""
    assert told(tenant(*names)) == expected


def test_a_secret_that_is_too_short_is_told_and_not_shown() -> None:
    found = remarks(
        [tenant("zaken", "catalogi", secrets={"zaken": "g" * 31})], families(), several_sources()
    )

    assert [each.line() for each in found] == [f"0999 zaken: LET OP: {SHORT_SECRET}"]
