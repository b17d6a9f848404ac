"""The demo's issuer, held to the same verification as any other."""

import ast
from pathlib import Path

import pytest

from gateway.assurance import Level
from gateway.auth.demo import DIENST, LIFETIME, NAME, PERSONAS, DemoIssuer, Whose
from gateway.auth.errors import Reason, Unauthenticated
from gateway.auth.issuer import Admission, Purposes
from gateway.auth.principal import Kind, Principal
from gateway.auth.tokens import Tokens
from gateway.operation.identity import Identity
from gateway.settings import DemoSettings, Settings
from tests.auth.signing import BSN, KVK, NOW, RSIN

pytestmark = pytest.mark.anyio

PURPOSES: Purposes = {
    "0999": dict.fromkeys((each.purpose for each in PERSONAS), Admission(frozenset(Kind)))
}
PERSON, PARENT = Identity(bsn=BSN), Identity(bsn="999900067")
COMPANY = Identity(kvk_nummer=KVK, rsin=RSIN)
WHOSE = Whose(burger=PERSON, bedrijf=COMPANY, vertegenwoordigde=PARENT)


def tokens(issuer: DemoIssuer, now: float = NOW) -> Tokens:
    return Tokens([issuer.issuer()], PURPOSES, clock=lambda: now)


@pytest.mark.parametrize(
    ("code", "purpose", "kind", "own", "level"),
    [
        ("iedereen", "open-data", Kind.SYSTEEM, None, None),
        ("kcc", "klantcontact", Kind.MEDEWERKER, None, None),
        ("belastingen", "belastingen", Kind.MEDEWERKER, None, None),
        ("toezicht", "toezicht", Kind.MEDEWERKER, None, None),
        ("burger", "mijn-gegevens", Kind.BURGER, PERSON, Level.SUBSTANTIEEL),
        ("bedrijf", "mijn-bedrijf", Kind.BEDRIJF, COMPANY, Level.EH3),
        ("gemachtigde", "namens-inwoner", Kind.GEMACHTIGDE, PARENT, Level.SUBSTANTIEEL),
    ],
)
async def test_a_persona_is_who_it_says(
    code: str, purpose: str, kind: Kind, own: Identity | None, level: Level | None
) -> None:
    demo = DemoIssuer(WHOSE)
    found = await tokens(demo).verify(f"Bearer {demo.token(code, NOW)}")

    name = next(persona.naam for persona in demo.personas() if persona.code == code)
    diensten = frozenset({DIENST} if kind is Kind.GEMACHTIGDE else ())
    expected = Principal(
        NAME, f"demo-{code}", name, "0999", purpose, kind, own, frozenset(), diensten, level
    )
    assert expected == found


async def test_a_demo_token_lasts_a_quarter_of_an_hour() -> None:
    demo = DemoIssuer(WHOSE)
    header = f"Bearer {demo.token('kcc', NOW)}"
    await tokens(demo, NOW + LIFETIME - 1).verify(header)

    with pytest.raises(Unauthenticated) as refused:
        await tokens(demo, NOW + LIFETIME + 30).verify(header)
    assert refused.value.reason == Reason.EXPIRED


async def test_each_demo_has_its_own_key() -> None:
    with pytest.raises(Unauthenticated) as refused:
        await tokens(DemoIssuer(WHOSE)).verify(f"Bearer {DemoIssuer(WHOSE).token('kcc', NOW)}")

    assert refused.value.reason == Reason.NO_KEY


def test_the_published_key_is_public() -> None:
    (key,) = DemoIssuer(WHOSE).jwks()["keys"]

    assert {"kty", "crv", "x", "y", "kid", "use", "alg"} == set(key)


def test_an_unknown_persona_is_an_error() -> None:
    with pytest.raises(KeyError):
        DemoIssuer(WHOSE).token("beheerder", NOW)


def test_every_persona_is_described_for_the_explorer() -> None:
    for persona in DemoIssuer(WHOSE).personas():
        assert persona.naam
        assert persona.omschrijving.endswith(".")


def test_no_setting_can_switch_the_demo_issuer_on() -> None:
    """Production and demo differ in what is composed, not in a switch."""
    assert not [name for name in Settings.model_fields if "demo" in name]
    assert set(Settings.model_fields) == set(DemoSettings.model_fields)


def test_only_the_composition_of_the_demo_makes_the_issuer(request: pytest.FixtureRequest) -> None:
    gateway = Path(request.config.rootpath) / "gateway"
    users = {
        path.relative_to(gateway).as_posix()
        for path in gateway.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "gateway.auth.demo"
    }

    assert users <= {"app.py", "cli.py", "demo.py", "edge/explorer.py"}
