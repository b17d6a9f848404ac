"""What a tenant file may say of a source, and how a secret is found."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from gateway.source.secrets import where
from gateway.source.settings import ApiKey, SourceSettings

SECRET = "geheim-van-999990019"


def _settings(table: dict[str, Any], directory: Path = Path(), **variables: str) -> SourceSettings:
    full = {"address": "http://127.0.0.1:8100/bag", **table}
    return SourceSettings.model_validate(full, context=where(variables, directory))


def _key(reference: object) -> dict[str, Any]:
    return {"credentials": {"soort": "api-key", "waarde": reference}}


def _secret_of(settings: SourceSettings) -> str:
    assert isinstance(settings.credentials, ApiKey)
    return settings.credentials.waarde.get_secret_value()


def test_an_address_is_enough() -> None:
    settings = _settings({})

    assert settings.credentials.soort == "geen"
    assert (settings.timeout, settings.parallel, settings.max_bytes) == (5.0, 10, 10_000_000)


def test_a_secret_comes_from_the_environment() -> None:
    assert _secret_of(_settings(_key("env:SLEUTEL"), SLEUTEL=SECRET)) == SECRET


def test_a_secret_comes_from_a_file_beside_the_tenant_file(tmp_path: Path) -> None:
    (tmp_path / "sleutel").write_text(SECRET + "\n", encoding="utf-8")

    assert _secret_of(_settings(_key("file:sleutel"), tmp_path)) == SECRET
    assert _secret_of(_settings(_key(f"file:{tmp_path}/sleutel"))) == SECRET


def test_a_secret_is_not_shown() -> None:
    settings = _settings(_key("env:SLEUTEL"), SLEUTEL=SECRET)

    assert SECRET not in repr(settings) + str(settings.model_dump())


@pytest.mark.parametrize(
    "reference", [SECRET, "env:", "env:a b", "env:ABSENT", "file:absent", "file:", "", 5, "ENV:X"]
)
def test_a_literal_or_dangling_secret_is_refused_without_repeating_it(reference: object) -> None:
    with pytest.raises(ValidationError) as raised:
        _settings(_key(reference))

    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("value", ["", "a\nb", "x" * 20_000])
def test_a_secret_that_cannot_be_one_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        _settings(_key("env:SLEUTEL"), SLEUTEL=value)


@pytest.mark.parametrize(
    "table",
    [
        {"adres": "http://x"},
        {"address": "http://user@x"},
        {"address": "x"},
        {"canonical": ["http://x?y"]},
        {"credentials": {"soort": "wachtwoord"}},
        {"credentials": {"soort": "geen", "waarde": "env:X"}},
        {"headers": {"Authorization": "x"}},
        {"headers": {"x-a": "b\nc"}},
        {"headers": {"x a": "b"}},
        {"timeout": 0},
        {"timeout": float("inf")},
        {"timeout": 61},
        {"parallel": 0},
        {"max_bytes": 0},
        {"transport": "curl"},
        {"tls": {"ca": "absent.pem"}},
        {"tls": {"sleutel": "absent.pem"}},
        {"dialect": {"expand": [1]}},
    ],
)
def test_anything_else_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _settings(table)


def test_a_file_that_is_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate", encoding="utf-8")

    with pytest.raises(ValidationError):
        _settings({"tls": {"ca": "ca.pem"}}, tmp_path)


@pytest.mark.parametrize(
    ("table", "good"),
    [
        ({"address": "https://bron.example"}, True),
        ({"address": "http://127.0.0.1:8100/bag"}, True),
        ({"address": "http://localhost"}, True),
        ({"address": "http://bron.example"}, False),
        ({"address": "http://127.0.0.1.bron.example"}, False),
        ({"address": "http://bron.example", "onversleuteld": True}, True),
        (
            {
                "address": "https://bron.example",
                "credentials": {
                    "soort": "client-credentials",
                    "token_url": "http://idp.example/token",
                    "client_id": "wij",
                    "secret": "env:GEHEIM",
                },
            },
            False,
        ),
    ],
)
def test_what_crosses_a_network_is_encrypted(table: dict[str, Any], good: bool) -> None:
    """Digikoppeling: TLS always; anything else is said aloud in the file."""
    context = {"environment": {"GEHEIM": "x" * 32}}
    try:
        SourceSettings.model_validate(table, context=context)
        accepted = True
    except ValidationError:
        accepted = False

    assert accepted is good
