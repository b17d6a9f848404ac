"""The process's settings: safe by default, and no mistake goes unseen."""

import dataclasses
from pathlib import Path

import pytest
from pydantic import ValidationError

from gateway.mistakes import ConfigurationError
from gateway.operation.limits import Limits
from gateway.settings import DemoSettings, Settings, documented, read_settings


def wrong(environment: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        read_settings(environment, Settings)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_what_nobody_sets_is_right_for_production() -> None:
    settings = read_settings({}, Settings)

    assert (settings.explorer, settings.introspection) == (False, False)
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.deadline, settings.cors_origins) == (10.0, ())
    assert (settings.log_level, settings.log_format) == ("info", "json")


def test_the_demo_opens_what_production_closes() -> None:
    demo = read_settings({}, DemoSettings)

    assert (demo.explorer, demo.introspection, demo.log_format) == (True, True, "tekst")
    assert not read_settings({"BRONPOORT_EXPLORER": "false"}, DemoSettings).explorer


def test_settings_come_from_the_environment_that_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRONPOORT_PORT", "1")

    settings = read_settings(
        {
            "BRONPOORT_HOST": "0.0.0.0",  # noqa: S104 - what a container listens on
            "BRONPOORT_PORT": "9000",
            "BRONPOORT_CONFIG": "/etc/bronpoort",
            "BRONPOORT_LIMITS__DEPTH": "12",
            "BRONPOORT_CACHE__MEMORY_BYTES": "10",
            "BRONPOORT_CORS_ORIGINS": "https://mijn.voorbeeld.nl, http://localhost:5173",
            "BRONPOORT_LOG_LEVEL": "debug",
            "BRONPOORT_0999_BRP_GEHEIM": "a secret that a tenant file refers to",
            "BRONPOORT_DEADLINE": "",
            "HOME": "/root",
        },
        Settings,
    )

    assert (settings.port, str(settings.config), settings.deadline) == (9000, "/etc/bronpoort", 10)
    assert (settings.limits.depth, settings.limits.aliases, settings.cache.memory_bytes) == (
        12, 15, 10,
    )  # fmt: skip
    assert settings.cors_origins == ("https://mijn.voorbeeld.nl", "http://localhost:5173")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"PORT": "9"}, 9),
        ({"PORT": "9", "BRONPOORT_PORT": "10"}, 10),
        ({"BRONPOORT_PORT": "tcp://10.0.0.1:8000"}, 8000),
        ({"BRONPOORT_PORT": "tcp://10.0.0.1:8000", "PORT": "9"}, 9),
    ],
)
def test_where_the_port_comes_from(environment: dict[str, str], expected: int) -> None:
    assert read_settings(environment, Settings).port == expected


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("PORT", "acht", "moet een geheel getal zijn"),
        ("PORT", "65536", "mag hoogstens 65535 zijn"),
        ("EXPLORER", "misschien", "moet true of false zijn"),
        ("DEADLINE", "0", "moet groter zijn dan 0"),
        ("DEADLINE", "nan", "moet een eindig getal zijn"),
        ("MAX_CONCURRENCY", "0", "moet minstens 1 zijn"),
        ("LOG_LEVEL", "luid", "kies uit 'debug', 'info', 'warning' of 'error'"),
        ("LOG_FORMAT", "xml", "kies uit 'json' of 'tekst'"),
        ("LIMITS__DEPTH", "0", "moet minstens 1 zijn"),
        ("LIMITS__DEPHT", "3", "onbekende sleutel (bedoelde u: depth?)"),
        ("EXPLORRER", "true", "onbekende instelling (bedoelde u: EXPLORER?)"),
        ("CORS_ORIGINS", "*", "noem elke herkomst; * wordt niet aanvaard"),
        ("CORS_ORIGINS", "https://*.nl", "noem elke herkomst; * wordt niet aanvaard"),
        ("CORS_ORIGINS", "http://a.nl", "een herkomst begint met https://"),
        (
            "CORS_ORIGINS",
            "https://a.nl/",
            "een herkomst is https://naam of https://naam:poort, zonder pad",
        ),
        (
            "CORS_ORIGINS",
            "https://a.nl,null",
            "een herkomst is https://naam of https://naam:poort, zonder pad",
        ),
    ],
)
def test_a_wrong_value_names_its_variable(variable: str, value: str, expected: str) -> None:
    assert wrong({f"BRONPOORT_{variable}": value}) == [
        f"omgeving: BRONPOORT_{variable}: {expected}"
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://Bronpoort.voorbeeld.nl:443/", "https://bronpoort.voorbeeld.nl"),
        ("https://voorbeeld.nl/gateway", "https://voorbeeld.nl/gateway"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_where_others_reach_us(given: str, expected: str) -> None:
    assert read_settings({"BRONPOORT_PUBLIC_URL": given}, Settings).public_url == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://voorbeeld.nl", "dit adres begint met https://"),
        ("voorbeeld.nl", "een adres is http(s)://naam[:poort][/pad], zonder meer"),
        ("https://a:b@voorbeeld.nl", "een adres is http(s)://naam[:poort][/pad], zonder meer"),
        (
            "https://voorbeeld.nl/?x=1",
            "het pad van een adres bevat alleen gewone tekens, zonder . en ..",
        ),
    ],
)
def test_where_others_cannot_reach_us(given: str, expected: str) -> None:
    assert wrong({"BRONPOORT_PUBLIC_URL": given}) == [f"omgeving: BRONPOORT_PUBLIC_URL: {expected}"]


def test_all_wrong_values_are_told_at_once_and_none_is_shown() -> None:
    found = wrong({"BRONPOORT_PORT": "geheim-1", "BRONPOORT_EXPLORRER": "geheim-2", "PORT": "x"})

    assert len(found) == 2
    assert "geheim" not in "".join(found)


def test_a_group_may_be_given_as_json_and_its_members_apart() -> None:
    settings = read_settings(
        {"BRONPOORT_LIMITS": '{"depth": 12, "aliases": 3}', "BRONPOORT_LIMITS__ALIASES": "4"},
        Settings,
    )

    assert (settings.limits.depth, settings.limits.aliases) == (12, 4)


@pytest.mark.parametrize("given", ["{", "3", "[]", "null"])
def test_a_group_that_is_no_json_is_told(given: str) -> None:
    assert wrong({"BRONPOORT_CACHE": given, "BRONPOORT_PORT": "x"}) == [
        "omgeving: BRONPOORT_CACHE: is geen JSON-object",
        "omgeving: BRONPOORT_PORT: moet een geheel getal zijn",
    ]


def test_settings_do_not_change() -> None:
    settings = read_settings({}, Settings)
    for record, name in ((settings, "port"), (settings.limits, "depth")):
        with pytest.raises(ValidationError):
            setattr(record, name, 1)


def test_the_limits_are_those_of_the_operation() -> None:
    """Same names and defaults, so that one can be made from the other."""
    defaults = {field.name: field.default for field in dataclasses.fields(Limits)}
    ours = Settings().limits.model_dump()

    assert ours == {name: defaults[name] for name in ours}


def test_every_setting_is_described() -> None:
    for setting in documented():
        assert setting.variable.startswith("BRONPOORT_")
        assert setting.description.endswith("."), setting.variable
    assert {"BRONPOORT_LIMITS__DEPTH", "BRONPOORT_CORS_ORIGINS"} <= {
        setting.variable for setting in documented()
    }


def test_the_key_of_links_is_long_enough_and_never_shown() -> None:
    """Neither in what is wrong with it, nor in the settings themselves."""
    secret = "x" * 32
    settings = read_settings({"BRONPOORT_DOWNLOAD__KEY": secret}, Settings)
    (mistake,) = wrong({"BRONPOORT_DOWNLOAD__KEY": "te-kort-geheim"})

    assert settings.download.key is not None
    assert settings.download.key.get_secret_value() == secret
    assert secret not in repr(settings)
    assert "BRONPOORT_DOWNLOAD__KEY" in mistake
    assert "te-kort-geheim" not in mistake


# ---- where processing is written down -----------------------------------------------------------

KEY = f"2026:{'A' * 43}="
ACCOUNT = {
    "BRONPOORT_PROCESSING__DIRECTORY": "/var/lib/bronpoort",
    "BRONPOORT_PROCESSING__KEYS": KEY,
    "BRONPOORT_PROCESSING__INDEX_KEY": "x" * 32,
}


def test_a_place_to_write_with_its_keys() -> None:
    found = read_settings(ACCOUNT, Settings).processing

    assert str(found.directory) == "/var/lib/bronpoort"
    assert found.keys is not None
    assert KEY not in repr(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"KEYS": ""},
        {"INDEX_KEY": ""},
        {"KEYS": "2026:kort"},
        {"INDEX_KEY": "kort"},
        {"COLLECTOR": "http://logboek.voorbeeld.nl"},
        {"COLLECTOR": "https://naam:wachtwoord@logboek.voorbeeld.nl"},
        {"COLLECTOR": "https://logboek.voorbeeld.nl?x=1"},
        {"COLLECTOR": "logboek.voorbeeld.nl"},
    ],
)
def test_what_would_not_hide_or_not_arrive(changes: dict[str, str]) -> None:
    """Said by the name of the setting, never with its value."""
    variables = {**ACCOUNT, **{f"BRONPOORT_PROCESSING__{k}": v for k, v in changes.items()}}

    with pytest.raises(ConfigurationError) as raised:
        read_settings(variables, Settings)

    assert "BRONPOORT_PROCESSING" in str(raised.value)
    assert "kort" not in str(raised.value)
    assert "wachtwoord" not in str(raised.value)


@pytest.mark.parametrize(
    "collector", ["https://logboek.voorbeeld.nl", "https://l.nl/otlp", "http://127.0.0.1:4318"]
)
def test_where_it_may_be_sent(collector: str) -> None:
    found = read_settings({"BRONPOORT_PROCESSING__COLLECTOR": collector}, Settings)

    assert found.processing.collector == collector


# ---- what answers are kept in -------------------------------------------------------------------

KEPT = {
    "BRONPOORT_CACHE__REDIS_URL": "rediss://bronpoort:wachtwoord@redis.test:6379/0",
    "BRONPOORT_CACHE__SECRET": "s" * 32,
    "BRONPOORT_CACHE__MASTER_KEYS": "nieuw:env:SLEUTEL_NIEUW, oud:env:SLEUTEL_OUD",
    "SLEUTEL_NIEUW": "n" * 32,
    "SLEUTEL_OUD": "o" * 40,
}


def test_what_redis_needs_comes_from_references(tmp_path: Path) -> None:
    (tmp_path / "url").write_text(KEPT["BRONPOORT_CACHE__REDIS_URL"] + "\n", encoding="utf-8")
    given = KEPT | {
        "BRONPOORT_CACHE__REDIS_URL": f"file:{tmp_path / 'url'}",
        "BRONPOORT_CACHE__SECRET": "env:GEHEIM",
        "GEHEIM": "g" * 32,
    }
    cache = read_settings(given, Settings).cache

    assert cache.redis_url is not None
    assert cache.redis_url.get_secret_value() == KEPT["BRONPOORT_CACHE__REDIS_URL"]
    assert cache.secret is not None
    assert cache.secret.get_secret_value() == "g" * 32
    assert [(key.id, key.secret.get_secret_value()) for key in cache.master_keys] == [
        ("nieuw", "n" * 32), ("oud", "o" * 40),
    ]  # fmt: skip
    assert "g" * 32 not in repr(cache) + str(cache)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"SECRET": ""}, ": bij redis_url horen ook secret en master_keys"),
        ({"MASTER_KEYS": ""}, ": bij redis_url horen ook secret en master_keys"),
        ({"MASTER_KEYS": "a:env:SLEUTEL_OUD,a:env:SLEUTEL_OUD"},
         ": elke sleutel in master_keys heeft een eigen id"),
        ({"REDIS_URL": "redis://redis.test/0"},
         ": redis_url moet rediss:// zijn, tenzij redis_unencrypted aan staat"),
        ({"REDIS_URL": "https://redis.test"}, "__REDIS_URL: moet rediss://naam:poort/nummer zijn"),
        ({"MASTER_KEYS": "a:env:NERGENS"},
         "__MASTER_KEYS: omgevingsvariabele NERGENS bestaat niet"),
        ({"MASTER_KEYS": "a:geheim"},
         "__MASTER_KEYS: een geheim staat hier als env:NAAM of file:PAD, nooit zelf"),
        ({"SECRET": "file:/nergens"}, "__SECRET: bestand /nergens bestaat niet"),
    ],
)  # fmt: skip
def test_what_redis_needs_is_complete(change: dict[str, str], expected: str) -> None:
    given = KEPT | {f"BRONPOORT_CACHE__{name}": value for name, value in change.items()}

    assert wrong(given) == [f"omgeving: BRONPOORT_CACHE{expected}"]


@pytest.mark.parametrize(
    "change",
    [
        {"REDIS_URL": "redis://localhost:6379/0"},
        {"REDIS_URL": "redis://redis.test:6379/0", "REDIS_UNENCRYPTED": "true"},
    ],
)
def test_an_unencrypted_redis_is_near_or_was_chosen(change: dict[str, str]) -> None:
    given = KEPT | {f"BRONPOORT_CACHE__{name}": value for name, value in change.items()}

    assert read_settings(given, Settings).cache.redis_url is not None
