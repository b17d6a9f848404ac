"""What is told of a configuration that may stand, and is seldom meant."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from gateway.advice import SHORT_SECRET, UNNAMED, remarks, unnamed
from gateway.app import families, known_inzage, several_sources
from gateway.source.settings import SourceSettings
from gateway.tenants import Dienst, Purpose, Tenant


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


def test_a_purpose_about_persons_names_its_processing_activity() -> None:
    """What leads to nobody need not."""
    named = Purpose("goed", "Goed.", frozenset(), frozenset(), {}, activity="urn:x")
    others = [Purpose(code, "Kaal.", frozenset(), frozenset(), {}) for code in ("een", "open")]
    tenant = Tenant("0999", "A", "0" * 20, {}, {each.code: each for each in (named, *others)})

    (found,) = unnamed([tenant], lambda purpose: purpose.code != "open")
    assert found.line() == f"0999 doelbindingen: LET OP: een: {UNNAMED}"
    assert unnamed([tenant], lambda purpose: False) == []


BY_TYPE = {"zaaktypen": frozenset({"B0101"})}
NO_CATALOGI = (
    "`inzage.zaaktypen` wordt beoordeeld met een bron die niet is ingesteld: catalogi; wat ervan "
    "afhangt, wordt niet getoond en geeft CONFIGURATIE"
)


@pytest.mark.parametrize(
    ("names", "labels", "purpose", "service", "expected"),
    [
        (("zaken",), {"zaak.basis"}, BY_TYPE, {}, ["doelbindingen.p"]),
        (("zaken",), {"zaak.basis"}, {}, BY_TYPE, ["diensten.d"]),
        (("zaken", "catalogi"), {"zaak.basis"}, BY_TYPE, BY_TYPE, []),
        (("zaken-a", "catalogi-a"), {"zaak.basis"}, BY_TYPE, {}, []),
        (("zaken",), {"zaak.basis"}, {}, {"zaaktypen": frozenset({"*"})}, []),
        (("zaken",), {"zaak.basis"}, {"vertrouwelijkheid": "openbaar"}, {}, []),
        (("brp",), {"zaak.basis"}, BY_TYPE, {}, []),
        (("zaken",), {"pand.basis"}, BY_TYPE, {}, []),
    ],
)
def test_what_is_judged_by_a_source_that_is_not_there(
    names: tuple[str, ...],
    labels: set[str],
    purpose: Mapping[str, frozenset[str] | str],
    service: Mapping[str, frozenset[str]],
    expected: list[str],
) -> None:
    """Is told of each purpose and service that says it, where there is anything to judge."""
    said = frozenset(purpose.items())
    made = Purpose("p", "P.", frozenset(labels), frozenset({"medewerker"}), {}, insight=said)
    dienst = Dienst("d", "D.", frozenset({"d"}), frozenset(labels), service)
    of = replace(tenant(*names), purposes={"p": made}, diensten={"d": dienst})
    found = remarks([of], families(), several_sources(), known_inzage())

    assert [each.source for each in found if each.text == NO_CATALOGI] == expected
