"""Signing in at a real OpenID provider: discovery, both flows, rotation, outage."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog.testing
from joserfc import jwt
from joserfc.jwk import RSAKey

from gateway.app import Gateway, Outside
from gateway.auth.issuers import IssuerSettings
from gateway.auth.jwks import COOL_DOWN, FRESH, STALE
from gateway.checking import check_issuers
from gateway.configuration import Configuration
from gateway.source.surroundings import Surroundings
from gateway.tenants import CallerKind, Purpose
from sandbox.showcase import BURGER_BSN
from tests.app import BRP, Outdoors, Setup, gateway_for, sandbox
from tests.edge.stand_in import serving
from tests.issuers import load_issuers
from tests.oidc.providers import installed, new_key, provider

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.slow,
    pytest.mark.skipif(not installed(), reason="needs Node, and `npm ci` in tests/oidc"),
]

ISSUERS = """\
[[issuer]]
issuer = "{issuer}"
audience = "https://bronpoort.test"
algorithm = "PS256"
discovery = true
tenants = ["0999"]
clients = ["nachttaken", "werkplek"]
access_tokens_only = true
claims = {{ roles = ["realm_access", "roles"] }}
"""
LABELS = frozenset({"persoon.naam", "persoon.basis", "vraag.persoon-raadplegen"})
PERSON = """query ($b: Bsn!) { persoon(burgerservicenummer: $b) { naam { volledigeNaam } } }"""
OWN = "{ mijn { persoon { naam { volledigeNaam } } } }"
REFUSED = (401, ["NIET_AANGEMELD"])


def purpose(code: str, kinds: Sequence[CallerKind], *rollen: str) -> Purpose:
    """A purpose that shows names."""
    headers = {name: {"x-doelbinding": code} for name in BRP}
    return Purpose(
        code,
        "Om te toetsen.",
        LABELS,
        frozenset(kinds),
        headers,
        rollen=frozenset(rollen),
        open=True,
    )


PURPOSES = (
    purpose("klantcontact", ["medewerker", "systeem"], "kcc"),
    purpose("belastingen", ["medewerker", "systeem"], "heffer"),
    purpose("mijn-gegevens", ["burger"]),
)


@dataclass(slots=True)
class Site:
    """A gateway that is really served, and the clock by which it renews keys."""

    client: httpx.AsyncClient
    gateway: Gateway
    outdoors: Outdoors
    later: float = 0.0

    def clock(self) -> float:
        """Monotonic seconds, so much later."""
        return time.monotonic() + self.later

    async def ask(
        self, token: str, purpose: str | None = None, *, own: bool = False
    ) -> tuple[int, list[str]]:
        """Status and error codes of a question about the citizen of the sandbox; `own` asks what is
        of who asks.
        """
        headers = {"authorization": f"Bearer {token}"}
        if purpose is not None:
            headers["Bronpoort-Doelbinding"] = purpose
        asked = {"query": OWN} if own else {"query": PERSON, "variables": {"b": BURGER_BSN}}
        answer = await self.client.post("/graphql", json=asked, headers=headers)
        errors = answer.json().get("errors", [])
        if not errors:
            data = answer.json()["data"]
            assert (data["mijn"] if own else data)["persoon"]["naam"] is not None
        return answer.status_code, [error["extensions"]["code"] for error in errors]


@asynccontextmanager
async def gateway_at(issuer: str, directory: Path) -> AsyncIterator[Site]:
    """The real application on a port, trusting this issuer as its file says."""
    outdoors = Outdoors(sandbox(), lambda call: None)
    made = gateway_for(Setup(purposes=PURPOSES), outdoors)
    site = Site(httpx.AsyncClient(), made, outdoors)
    (directory / "issuers.toml").write_text(ISSUERS.format(issuer=issuer), encoding="utf-8")
    issuers = load_issuers(directory, ["0999"])
    site.gateway = replace(
        made,
        configuration=Configuration(made.configuration.tenants, issuers),
        outside=Outside(
            transport=lambda _: outdoors, surroundings=Surroundings(clock=lambda: site.clock())
        ),
    )
    async with (
        site.gateway.running() as app,
        serving(app) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=20) as site.client,
    ):
        yield site


def made_up(issuer: str, key: RSAKey, kid: str) -> str:
    """A token as good as the provider's, but of a key that it does not have."""
    now = int(time.time())
    claims = {"iss": issuer, "sub": "u", "aud": "https://bronpoort.test", "exp": now + 60}
    header = {"alg": "PS256", "kid": kid, "typ": "at+jwt"}
    return jwt.encode(header, claims, key, algorithms=["PS256"])


def claims_of(token: str, key: RSAKey) -> dict[str, Any]:
    """What a token says."""
    return jwt.decode(token, key, algorithms=["PS256"]).claims


async def test_machines_and_people_sign_in(tmp_path: Path) -> None:
    """A machine chooses among its purposes, an employee has one by role, a citizen their own."""
    key = new_key()
    async with provider(tmp_path, key) as idp, gateway_at(idp.issuer, tmp_path) as site:
        machine = await idp.machine("nachttaken")
        employee, citizen = await idp.person("m-17"), await idp.person("i-18")
        answers = [
            await site.ask(machine, "belastingen"),
            await site.ask(machine, "klantcontact"),
            await site.ask(machine),
            await site.ask(machine, "mijn-gegevens"),
            await site.ask(employee["access_token"]),
            await site.ask(employee["access_token"], "belastingen"),
            await site.ask(citizen["access_token"], own=True),
            await site.ask(citizen["access_token"]),
        ]
        identity = await site.ask(employee["id_token"])
        looked_at = await idp.looked_at()

    assert "realm_access" in claims_of(employee["access_token"], key)
    assert answers == [
        (200, []),
        (200, []),
        (400, ["INVOER"]),
        (403, ["NIET_GEAUTORISEERD"]),
        (200, []),
        (403, ["NIET_GEAUTORISEERD"]),
        (200, []),
        (200, ["NIET_GEAUTORISEERD"]),
    ]
    assert identity == REFUSED
    assert looked_at == (1, 1)
    assert len(site.outdoors.calls) == 4


async def test_a_token_for_another_or_by_another(tmp_path: Path) -> None:
    """Another audience, another client, another provider, a spoiled signature."""
    (tmp_path / "other").mkdir()
    async with (
        provider(tmp_path, new_key()) as idp,
        provider(tmp_path / "other", new_key()) as other,
        gateway_at(idp.issuer, tmp_path) as site,
    ):
        good = await idp.machine("nachttaken")
        head, payload, signature = good.split(".")
        spoiled = f"{head}.{payload}.{signature[:9]}{'A' * (len(signature) - 9)}"
        bad = [
            await idp.machine("nachttaken", resource="https://elders.test"),
            await idp.machine("elders"),
            await other.machine("nachttaken"),
            spoiled,
        ]
        answers = [await site.ask(token, "klantcontact") for token in bad]
        fine = await site.ask(good, "klantcontact")
        never = await other.looked_at()

    assert answers == [REFUSED] * 4
    assert fine == (200, [])
    assert never == (0, 0)
    assert len(site.outdoors.calls) == 1


async def test_a_description_of_another_issuer_is_not_believed(tmp_path: Path) -> None:
    """The same server under another name describes itself, and not the name in the file."""
    async with provider(tmp_path, new_key()) as idp:
        alias = idp.issuer.replace("127.0.0.1", "localhost")
        async with gateway_at(alias, tmp_path) as site:
            with structlog.testing.capture_logs() as logs:
                answer = await site.ask(made_up(alias, new_key(), "x"))
        looked_at = await idp.looked_at()

    assert answer == REFUSED
    assert looked_at == (1, 0)
    assert "beschrijving van een andere uitgever" in {each.get("failure") for each in logs}


async def test_a_key_is_replaced_while_we_serve(tmp_path: Path) -> None:
    """A new key serves at once, the old one until it is seen to be gone."""
    old, new = new_key(), new_key()
    async with provider(tmp_path, old) as idp, gateway_at(idp.issuer, tmp_path) as site:
        before = await idp.machine("nachttaken")
        first = await site.ask(before, "klantcontact")

        await idp.stop()
        await idp.start([new, old])
        site.later = COOL_DOWN
        after = await idp.machine("nachttaken")
        both = [await site.ask(token, "klantcontact") for token in (after, before)]
        rotated = await idp.looked_at()

        await idp.stop()
        await idp.start([new])
        site.later += FRESH
        fresh = await idp.machine("nachttaken")
        gone = [await site.ask(token, "klantcontact") for token in (fresh, after, before)]
        withdrawn = await idp.looked_at()

    assert first == (200, [])
    assert both == [(200, []), (200, [])]
    assert rotated == (0, 1)
    assert gone == [(200, []), (200, []), REFUSED]
    assert withdrawn == (0, 1)


async def test_made_up_keys_are_asked_for_at_most_once_per_half_minute(tmp_path: Path) -> None:
    forger = new_key()
    async with provider(tmp_path, new_key()) as idp, gateway_at(idp.issuer, tmp_path) as site:
        assert await site.ask(await idp.machine("nachttaken"), "klantcontact") == (200, [])
        answers, counts = [], []
        for minute in range(3):
            site.later = COOL_DOWN * minute
            for number in range(15):
                token = made_up(idp.issuer, forger, f"{minute}-{number}")
                answers.append(await site.ask(token))
            counts.append(await idp.looked_at())

    assert answers == [REFUSED] * 45
    assert counts == [(1, 1), (1, 2), (1, 3)]


async def test_who_has_a_token_works_on_in_an_outage(tmp_path: Path) -> None:
    """On the keys that are known, for a day, also under a new configuration; twenty unknown keys
    cause no attempt within the half minute. Each attempt is told in the log.
    """
    forger = new_key()
    async with provider(tmp_path, new_key()) as idp, gateway_at(idp.issuer, tmp_path) as site:
        tokens = [await idp.machine("nachttaken") for _ in range(4)]
        assert await site.ask(tokens[0], "klantcontact") == (200, [])
        await idp.stop()

        with structlog.testing.capture_logs() as logs:
            site.later = FRESH
            answers = [await site.ask(token, "klantcontact") for token in tokens[:3]]
            unknown = [await site.ask(made_up(idp.issuer, forger, str(n))) for n in range(20)]
            site.gateway.replace(site.gateway.configuration)
            answers.append(await site.ask(tokens[3], "klantcontact"))
            site.later = STALE
            over = await site.ask(tokens[0], "klantcontact")

    failures = [each["failure"] for each in logs if "failure" in each]
    assert answers == [(200, [])] * 4
    assert unknown == [REFUSED] * 20
    assert over == REFUSED
    assert failures == ["ConnectError", "ontdekking: ConnectError", "ConnectError"]


async def test_check_finds_the_keys_or_says_why_not(tmp_path: Path) -> None:
    """Of an issuer that is there, one that describes another, and one that is away."""

    def issuers(*names: str) -> Sequence[IssuerSettings]:
        text = "".join(ISSUERS.format(issuer=name) for name in names)
        (tmp_path / "issuers.toml").write_text(text, encoding="utf-8")
        return load_issuers(tmp_path, ["0999"])

    async with provider(tmp_path, new_key()) as idp:
        alias = idp.issuer.replace("127.0.0.1", "localhost")
        found = await check_issuers(issuers(idp.issuer, alias))
    gone = await check_issuers(issuers(idp.issuer))

    assert [each.line() for each in (*found, *gone)] == [
        f"issuers.toml {idp.issuer}: goed: sleutels gevonden: 1",
        f"issuers.toml {alias}: FOUT: sleutels niet te gebruiken"
        " (beschrijving van een andere uitgever)",
        f"issuers.toml {idp.issuer}: FOUT: sleutels niet te gebruiken (ConnectError)",
    ]
