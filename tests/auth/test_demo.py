"""The demo's issuer, held to the same verification as any other."""

import ast
from pathlib import Path

import pytest

from gateway.auth.demo import LIFETIME, DemoIssuer
from gateway.auth.errors import Reason, Unauthenticated
from gateway.auth.issuer import Purposes
from gateway.auth.principal import Kind, Principal
from gateway.auth.tokens import Tokens
from gateway.settings import DemoSettings, Settings
from tests.auth.signing import BSN, NOW

pytestmark = pytest.mark.anyio

EVERYONE = frozenset(Kind)
CODES = ("open-data", "klantcontact", "belastingen", "toezicht", "mijn-gegevens")
PURPOSES: Purposes = {"0999": dict.fromkeys(CODES, EVERYONE)}


def tokens(issuer: DemoIssuer, now: float = NOW) -> Tokens:
    return Tokens([issuer.issuer()], PURPOSES, clock=lambda: now)


@pytest.mark.parametrize(
    ("code", "purpose", "kind", "bsn"),
    [
        ("iedereen", "open-data", Kind.SYSTEEM, None),
        ("kcc", "klantcontact", Kind.MEDEWERKER, None),
        ("belastingen", "belastingen", Kind.MEDEWERKER, None),
        ("toezicht", "toezicht", Kind.MEDEWERKER, None),
        ("burger", "mijn-gegevens", Kind.BURGER, BSN),
    ],
)
async def test_a_persona_is_who_it_says(
    code: str, purpose: str, kind: Kind, bsn: str | None
) -> None:
    demo = DemoIssuer(BSN)
    found = await tokens(demo).verify(f"Bearer {demo.token(code, NOW)}")

    name = next(persona.naam for persona in demo.personas() if persona.code == code)
    assert Principal(f"demo-{code}", name, "0999", purpose, kind, bsn) == found


async def test_a_demo_token_lasts_a_quarter_of_an_hour() -> None:
    demo = DemoIssuer(BSN)
    header = f"Bearer {demo.token('kcc', NOW)}"
    await tokens(demo, NOW + LIFETIME - 1).verify(header)

    with pytest.raises(Unauthenticated) as refused:
        await tokens(demo, NOW + LIFETIME + 30).verify(header)
    assert refused.value.reason == Reason.EXPIRED


async def test_each_demo_has_its_own_key() -> None:
    with pytest.raises(Unauthenticated) as refused:
        await tokens(DemoIssuer(BSN)).verify(f"Bearer {DemoIssuer(BSN).token('kcc', NOW)}")

    assert refused.value.reason == Reason.NO_KEY


def test_the_published_key_is_public() -> None:
    (key,) = DemoIssuer(BSN).jwks()["keys"]

    assert {"kty", "crv", "x", "y", "kid", "use", "alg"} == set(key)


def test_an_unknown_persona_is_an_error() -> None:
    with pytest.raises(KeyError):
        DemoIssuer(BSN).token("beheerder", NOW)


def test_every_persona_is_described_for_the_explorer() -> None:
    for persona in DemoIssuer(BSN).personas():
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
