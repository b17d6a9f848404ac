"""The file of trusted issuers: what it says, and what it may not say."""

import json
from pathlib import Path

import httpx
import pytest

from gateway.assurance import VALUES, Level
from gateway.auth.fetch import jwks_client
from gateway.auth.issuers import trusted
from gateway.auth.jwks import FixedKeys, PublishedKeys
from gateway.auth.principal import Kind
from gateway.auth.tokens import Tokens
from gateway.mistakes import ConfigurationError
from tests.auth.signing import AUDIENCE, EC, EC_ISSUER, NOW, PURPOSES, bearer, claims, jwks
from tests.issuers import load_issuers

pytestmark = pytest.mark.anyio

GOOD = f"""\
[[issuer]]
issuer = "{EC_ISSUER}"
audience = "{AUDIENCE}"
algorithm = "ES256"
jwks_url = "https://idp.test/jwks"
tenants = ["0999"]
kinds = ["medewerker"]
leeway = 20
[issuer.claims]
name = "preferred_username"
[[issuer]]
issuer = "urn:file"
audience = "{AUDIENCE}"
algorithm = "ES256"
key_file = "sleutel.pem"
tenants = ["0999", "0998"]
[[issuer]]
issuer = "https://broker.test/oidc"
audience = "{AUDIENCE}"
algorithm = "PS256"
discovery = true
jwks_hosts = ["sleutels.test:8443"]
tenants = ["0998"]
kinds = ["burger", "gemachtigde"]
kind_values = {{ citizen = "burger", mandate = "gemachtigde" }}
levels = {{ sterk = "hoog" }}
clients = ["portaal"]
nl_gov = false
claims = {{ roles = ["realm_access", "roles"], bsn = ["urn:bsn"] }}
"""
TENANTS = ("0998", "0999")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "issuers.toml").write_text(GOOD)
    (tmp_path / "sleutel.pem").write_bytes(EC.as_pem(private=False))
    (tmp_path / "prive.pem").write_bytes(EC.as_pem(private=True))
    return tmp_path


async def test_an_issuer_is_what_the_file_says(directory: Path) -> None:
    async with jwks_client(transport=httpx.MockTransport(lambda _: httpx.Response(500))) as client:
        published, from_file, broker = trusted(load_issuers(directory, TENANTS), client)

    assert (published.name, published.audience, published.algorithm) == (
        EC_ISSUER,
        AUDIENCE,
        "ES256",
    )
    assert isinstance(published.keys, PublishedKeys)
    assert published.kinds == {Kind.MEDEWERKER}
    assert published.leeway == 20
    assert (published.claims.name, published.claims.tenant) == ("preferred_username", "gemeente")
    assert isinstance(from_file.keys, FixedKeys)
    assert from_file.kinds == set(Kind)
    assert (from_file.nl_gov, from_file.levels) == (True, VALUES)
    assert not from_file.clients
    assert from_file.kind_values == {each.value: each for each in Kind}
    assert isinstance(broker.keys, PublishedKeys)
    assert broker.kind_values == {"citizen": Kind.BURGER, "mandate": Kind.GEMACHTIGDE}
    assert broker.levels == {**VALUES, "sterk": Level.HOOG}
    assert broker.clients == {"portaal"}
    assert not broker.nl_gov
    assert (broker.claims.roles, broker.claims.bsn) == (("realm_access", "roles"), "urn:bsn")


async def test_a_discovered_issuer_is_asked_where_its_keys_are(directory: Path) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        described = {
            "issuer": "https://broker.test/oidc",
            "jwks_uri": "https://sleutels.test:8443/keys",
        }
        document: object = described if len(asked) == 1 else {"keys": []}
        return httpx.Response(200, stream=httpx.ByteStream(json.dumps(document).encode()))

    async with jwks_client(transport=httpx.MockTransport(answer)) as client:
        *_, broker = trusted(load_issuers(directory, TENANTS), client)
        await broker.keys.find("x")

    assert asked == [
        "https://broker.test/oidc/.well-known/openid-configuration",
        "https://sleutels.test:8443/keys",
    ]


async def test_a_token_of_a_key_file_is_verified_whatever_its_kid(directory: Path) -> None:
    async with jwks_client() as client:
        issuers = trusted(load_issuers(directory, TENANTS), client)
    tokens = Tokens(issuers, PURPOSES, clock=lambda: NOW)

    assert (await tokens.verify(bearer(claims(iss="urn:file")))).subject == "u-1"


async def test_a_failing_renewal_is_reported(directory: Path) -> None:
    heard: list[tuple[str, str]] = []
    transport = httpx.MockTransport(lambda _: httpx.Response(500))
    async with jwks_client(transport=transport) as client:
        settings = load_issuers(directory, TENANTS)
        issuers = trusted(settings, client, report=lambda *what: heard.append(what))
        with pytest.raises(Exception, match="NIET_AANGEMELD"):
            await Tokens(issuers, PURPOSES, clock=lambda: NOW).verify(bearer(claims()))

    assert heard == [(EC_ISSUER, "status 500")]


KINDS = "kies uit 'medewerker', 'systeem', 'burger', 'bedrijf' of 'gemachtigde'"


async def test_known_keys_stay_known_under_a_new_configuration(directory: Path) -> None:
    """Where they are published as before; a file is read anew."""
    settings = load_issuers(directory, TENANTS)
    moved = GOOD.replace("https://idp.test/jwks", "https://idp.test/moved")
    (directory / "issuers.toml").write_text(moved)
    async with jwks_client() as client:
        first = trusted(settings, client)
        second = trusted(settings, client, before=first)
        third = trusted(load_issuers(directory, TENANTS), client, before=second)

    kept = [
        [a.keys is b.keys for a, b in zip(first, each, strict=True)] for each in (second, third)
    ]
    assert kept == [[True, False, True], [False, False, True]]


URL = 'jwks_url = "https://idp.test/jwks"'
WRONG = {
    "no encryption": (
        URL,
        'jwks_url = "http://idp.test/jwks"',
        ":5: issuer[0].jwks_url: moet met https:// beginnen",
    ),
    "an address that only looks like loopback": (
        URL,
        'jwks_url = "http://127.0.0.1.evil.test/jwks"',
        ":5: issuer[0].jwks_url: moet met https:// beginnen",
    ),
    "a password in the address": (
        URL,
        'jwks_url = "https://u:p@idp.test/jwks"',
        ":5: issuer[0].jwks_url: dit is geen adres",
    ),
    "no address at all": (
        URL,
        'jwks_url = "jwks.json"',
        ":5: issuer[0].jwks_url: dit is geen adres",
    ),
    "neither address nor file": (
        URL + "\n",
        "",
        ":1: issuer[0]: noem discovery, jwks_url of key_file, precies een daarvan",
    ),
    "both address and file": (
        URL,
        URL + '\nkey_file = "sleutel.pem"',
        ":1: issuer[0]: noem discovery, jwks_url of key_file, precies een daarvan",
    ),
    "a shared secret's algorithm": (
        '"ES256"\njwks',
        '"HS256"\njwks',
        ":4: issuer[0].algorithm: kies uit 'RS256', 'PS256', 'ES256' of 'EdDSA'",
    ),
    "no algorithm": (
        'algorithm = "ES256"\njwks',
        "jwks",
        ":1: issuer[0].algorithm: ontbreekt",
    ),
    "an unknown tenant": (
        'tenants = ["0999"]',
        'tenants = ["0990"]',
        ":6: issuer[0].tenants[0]: onbekende gemeente '0990' (bedoelde u: 0999?)",
    ),
    "no tenants": (
        'tenants = ["0999"]',
        "tenants = []",
        ":6: issuer[0].tenants: moet minstens 1 onderdeel hebben",
    ),
    "too much leeway": (
        "leeway = 20",
        "leeway = 61",
        ":8: issuer[0].leeway: mag hoogstens 60 zijn",
    ),
    "an unknown kind": (
        'kinds = ["medewerker"]',
        'kinds = ["ambtenaar"]',
        ":7: issuer[0].kinds[0]: " + KINDS,
    ),
    "an unknown claim": (
        "name = ",
        "tennant = ",
        ":10: issuer[0].claims.tennant: onbekende sleutel (bedoelde u: tenant?)",
    ),
    "the same issuer twice": (
        '"urn:file"',
        f'"{EC_ISSUER}"',
        ":12: issuer[1].issuer: deze uitgever staat er al",
    ),
    "a key file that is absent": (
        "sleutel.pem",
        "weg.pem",
        ":15: issuer[1].key_file: bestand weg.pem bestaat niet",
    ),
    "a private key": (
        "sleutel.pem",
        "prive.pem",
        ":15: issuer[1].key_file: het bestand bevat een privésleutel;"
        " hier hoort de publieke sleutel",
    ),
    "a key of another type": (
        '"ES256"\nkey_file',
        '"RS256"\nkey_file',
        ":15: issuer[1].key_file: geen publieke sleutel voor RS256",
    ),
    "discovery and an address": (
        "discovery = true",
        'discovery = true\njwks_url = "https://idp.test/x"',
        ":17: issuer[2]: noem discovery, jwks_url of key_file, precies een daarvan",
    ),
    "discovery of what is no address": (
        '"https://broker.test/oidc"',
        '"urn:broker"',
        ":18: issuer[2].issuer: voor discovery moet dit een https-adres zijn",
    ),
    "discovery without encryption": (
        '"https://broker.test/oidc"',
        '"http://broker.test/oidc"',
        ":18: issuer[2].issuer: voor discovery moet dit een https-adres zijn",
    ),
    "discovery with a query": (
        '"https://broker.test/oidc"',
        '"https://broker.test/oidc?x=1"',
        ":18: issuer[2].issuer: voor discovery moet dit een https-adres zijn",
    ),
    "hosts for keys without discovery": (
        "leeway = 20",
        'jwks_hosts = ["idp.test"]',
        ":8: issuer[0].jwks_hosts: dit geldt alleen bij discovery = true",
    ),
    "a host that is an address": (
        '"sleutels.test:8443"',
        '"https://sleutels.test/"',
        ":22: issuer[2].jwks_hosts[0]: dit is geen naam van een host",
    ),
    "a host with a path": (
        '"sleutels.test:8443"',
        '"sleutels.test/keys"',
        ":22: issuer[2].jwks_hosts[0]: dit is geen naam van een host",
    ),
    "a host with a port that is none": (
        '"sleutels.test:8443"',
        '"sleutels.test:84430"',
        ":22: issuer[2].jwks_hosts[0]: dit is geen naam van een host",
    ),
    "a word for a kind that there is not": (
        'citizen = "burger"',
        'citizen = "inwoner"',
        ":25: issuer[2].kind_values.citizen: " + KINDS,
    ),
    "a word for a level that there is not": (
        '"hoog"',
        '"hoger"',
        ":26: issuer[2].levels.sterk: kies uit 'basis', 'midden', 'substantieel', 'hoog',"
        " 'EH1', 'EH2', 'EH2+', 'EH3' of 'EH4'",
    ),
    "no clients at all": (
        'clients = ["portaal"]',
        "clients = []",
        ":27: issuer[2].clients: moet minstens 1 onderdeel hebben",
    ),
    "an unknown key": (
        "leeway",
        "leewway",
        ":8: issuer[0].leewway: onbekende sleutel (bedoelde u: leeway?)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_with_its_line(name: str, directory: Path) -> None:
    before, after, expected = WRONG[name]
    assert GOOD.count(before) == 1
    (directory / "issuers.toml").write_text(GOOD.replace(before, after))

    with pytest.raises(ConfigurationError) as refused:
        load_issuers(directory, TENANTS)

    assert [str(each) for each in refused.value.mistakes] == [f"issuers.toml{expected}"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8080", "127.9.9.9", "[::1]:80"])
def test_loopback_needs_no_encryption(host: str, directory: Path) -> None:
    (directory / "issuers.toml").write_text(GOOD.replace("https://idp.test", f"http://{host}"))

    assert load_issuers(directory, TENANTS)[0].jwks_url == f"http://{host}/jwks"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "issuers.toml: het bestand bestaat niet"),
        ("", "issuers.toml:1: issuer: ontbreekt"),
        ("issuer = 1\n", "issuers.toml:1: issuer: moet een lijst zijn"),
        ("issuer = [1]\n", "issuers.toml:1: issuer[0]: moet een tabel zijn"),
    ],
)
def test_a_file_without_issuers(content: str | None, expected: str, directory: Path) -> None:
    (directory / "issuers.toml").unlink()
    if content is not None:
        (directory / "issuers.toml").write_text(content)

    with pytest.raises(ConfigurationError) as refused:
        load_issuers(directory, TENANTS)

    assert [str(each) for each in refused.value.mistakes] == [expected]


def test_a_key_file_may_be_a_jwks(directory: Path) -> None:
    (directory / "sleutel.pem").write_bytes(jwks(EC))

    assert len(load_issuers(directory, TENANTS)) == 3
