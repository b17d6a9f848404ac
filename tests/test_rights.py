"""What a caller may see: purpose, login and machtiging together."""

from dataclasses import replace
from typing import Any

import pytest

from gateway.assurance import Level
from gateway.auth.principal import Kind, Principal
from gateway.operation.identity import Identity
from gateway.rights import Rights, rights
from gateway.tenants import Dienst, Purpose, Tenant

ALL, NONE = frozenset({"*"}), frozenset[str]()
A, B, C, D = "persoon.naam", "persoon.bsn", "zaak.basis", "adres.basis"
PURPOSE = Purpose(
    "mijn",
    "Eigen gegevens.",
    frozenset({A, B, C}),
    frozenset({"burger", "gemachtigde", "medewerker"}),
    {},
    label_levels={B: (Level.MIDDEN, Level.HOOG), C: (Level.EH2_PLUS,), D: (Level.HOOG,)},
)
TENANT = Tenant(
    "0999",
    "Testgemeente",
    "0" * 20,
    {},
    {"mijn": PURPOSE, "los": replace(PURPOSE, label_levels={})},
    {
        "wmo": Dienst("wmo", "Ondersteuning.", frozenset({"wmo", "urn:wmo"}), frozenset({A, D})),
        "wabo": Dienst("wabo", "Vergunningen.", frozenset({"urn:wabo"}), frozenset({C})),
    },
)
CITIZEN = Principal("urn:i", "u", "u", "0999", "mijn", Kind.BURGER, Identity(bsn="999990019"))


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (None, Rights(frozenset({A}), {B: "hoog", C: "EH2+"})),
        (Level.BASIS, Rights(frozenset({A}), {B: "hoog", C: "EH2+"})),
        (Level.MIDDEN, Rights(frozenset({A, C}), {B: "hoog"})),
        (Level.EH3, Rights(frozenset({A, C}), {B: "hoog"})),
        (Level.HOOG, Rights(frozenset({A, B, C}), {})),
        (Level.EH4, Rights(frozenset({A, B, C}), {})),
    ],
)
def test_a_label_may_ask_for_a_surer_login(level: Level | None, expected: Rights) -> None:
    """Of several levels for one label all must be reached; other purposes' labels play no part."""
    assert rights(TENANT, replace(CITIZEN, assurance=level)) == expected


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ({"wmo"}, {A}),
        ({"urn:wmo"}, {A}),
        ({"wabo"}, set()),
        ({"urn:wabo"}, {C}),
        ({"urn:wmo", "urn:wabo"}, {A, C}),
        ({"WMO"}, set()),
        ({"*"}, set()),
        (set(), set()),
    ],
)
def test_a_representative_sees_what_was_granted(services: set[str], expected: set[str]) -> None:
    """By the codes of the register: a service that has other codes does not go by its own name."""
    caller = replace(CITIZEN, kind=Kind.GEMACHTIGDE, purpose="los", diensten=frozenset(services))

    assert rights(TENANT, caller) == Rights(frozenset(expected), {})


def test_a_login_tells_a_representative_nothing_of_what_was_not_granted() -> None:
    caller = replace(CITIZEN, kind=Kind.GEMACHTIGDE, diensten=frozenset({"wmo"}))

    assert rights(TENANT, caller) == Rights(frozenset({A}), {})


def test_services_are_no_right_of_others() -> None:
    """Nor a limit: an employee has what the purpose has."""
    employee = replace(CITIZEN, kind=Kind.MEDEWERKER, own=None, purpose="los")

    assert rights(TENANT, employee) == Rights(frozenset({A, B, C}), {})


@pytest.mark.parametrize(
    ("of_purpose", "of_services", "expected"),
    [
        ({}, [{}], {}),
        ({"soort": "hoog"}, [{"typen": NONE}], {"soort": "hoog", "typen": NONE}),
        ({}, [{"typen": frozenset("ab")}, {"typen": frozenset("bc")}], {"typen": frozenset("abc")}),
        ({}, [{"typen": frozenset("ab")}, {"typen": NONE}], {"typen": frozenset("ab")}),
        ({}, [{"typen": frozenset("ab")}, {"typen": ALL}], {}),
        ({"typen": frozenset("ad")}, [{"typen": frozenset("ab")}], {"typen": frozenset("a")}),
        ({"typen": frozenset("ad")}, [{"typen": ALL}], {"typen": frozenset("ad")}),
    ],
)
def test_what_is_shown_for_services_together(
    of_purpose: Any, of_services: list[Any], expected: Any
) -> None:
    """What they name together, and never more than the purpose; only of who acts for another."""
    diensten = {
        str(n): Dienst(str(n), "", frozenset({str(n)}), frozenset({A}), said)
        for n, said in enumerate(of_services)
    }
    purpose = replace(PURPOSE, insight=frozenset(of_purpose.items()))
    tenant = replace(TENANT, purposes={"mijn": purpose}, diensten=diensten)
    authorised = replace(CITIZEN, kind=Kind.GEMACHTIGDE, diensten=frozenset(diensten))

    assert rights(tenant, authorised).insight == frozenset(expected.items())
    assert rights(tenant, CITIZEN).insight == purpose.insight
