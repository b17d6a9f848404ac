"""Which issuers we trust (startup): the file `issuers.toml` beside the tenant files."""

import ipaddress
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from gateway.auth.fetch import fetch_from
from gateway.auth.issuer import Algorithm, ClaimNames, Issuer, Keys
from gateway.auth.jwks import FixedKeys, PublishedKeys
from gateway.auth.keys import UnusableKeysError, read_key_file
from gateway.auth.principal import Kind
from gateway.mistakes import ConfigurationError, Mistake, nearest
from gateway.source.secrets import rooted, where
from gateway.toml_file import TomlFile

FILE = "issuers.toml"


def _secure(address: str) -> str:
    parts = urlsplit(address)
    if parts.username or parts.password or parts.fragment or not parts.hostname:
        raise ValueError("dit is geen adres van een JWKS")
    if parts.scheme != "https" and not (parts.scheme == "http" and _loopback(parts.hostname)):
        raise ValueError("moet met https:// beginnen")
    return address


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _key_file(path: Path, info: ValidationInfo) -> Path:
    found = rooted(str(path), info)
    try:
        read_key_file(found.read_bytes(), info.data.get("algorithm", "RS256"))
    except FileNotFoundError:
        raise ValueError(f"bestand {path} bestaat niet") from None
    except OSError:
        raise ValueError(f"bestand {path} is niet leesbaar") from None
    except UnusableKeysError as error:
        raise ValueError(str(error)) from None
    return found


def _known_tenant(code: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get("tenants", ())
    if code not in known:
        raise ValueError(f"onbekende gemeente {code!r}{nearest(code, known)}")
    return code


def _printable(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise ValueError("mag geen stuurtekens of spaties aan de rand bevatten")
    return value


_Text = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_printable)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ClaimSettings(_Table):
    """Under which names this issuer writes its claims."""

    tenant: _Text = "gemeente"
    purpose: _Text = "doelbinding"
    kind: _Text = "soort"
    bsn: _Text = "bsn"
    name: _Text = "name"


class IssuerSettings(_Table):
    """One `[[issuer]]`; either `jwks_url` or `key_file` says where its keys are."""

    issuer: _Text
    audience: _Text
    algorithm: Algorithm
    jwks_url: Annotated[str, AfterValidator(_secure)] | None = None
    key_file: Annotated[Path, AfterValidator(_key_file)] | None = None
    tenants: tuple[Annotated[str, AfterValidator(_known_tenant)], ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = Field(default=tuple(Kind), min_length=1)
    claims: ClaimSettings = Field(default_factory=ClaimSettings)
    leeway: float = Field(default=30.0, ge=0, le=60, allow_inf_nan=False)
    max_lifetime: float = Field(default=21_600.0, ge=60, le=86_400, allow_inf_nan=False)
    access_tokens_only: bool = False


class _IssuersFile(_Table):
    issuer: tuple[IssuerSettings, ...] = Field(min_length=1)


def load_issuers(directory: Path, tenants: Iterable[str]) -> Sequence[IssuerSettings]:
    """All issuers of `directory`/issuers.toml; ConfigurationError with every mistake in it."""
    issuers, mistakes = read_issuers(directory, tenants)
    if mistakes:
        raise ConfigurationError(mistakes)
    return issuers


def read_issuers(
    directory: Path, tenants: Iterable[str]
) -> tuple[Sequence[IssuerSettings], list[Mistake]]:
    """The issuers, or none and what is wrong; `tenants` are the codes that exist."""
    file, mistakes = TomlFile.read(directory / FILE)
    if file is None:
        return (), mistakes
    context = {**where({}, directory), "tenants": frozenset(tenants)}
    issuers, mistakes = file.as_model(_IssuersFile, context)
    mistakes = sorted([*mistakes, *_key_mistakes(file), *_double_mistakes(file)])
    return (issuers.issuer if issuers and not mistakes else ()), mistakes


def trusted(
    settings: Iterable[IssuerSettings],
    client: httpx.AsyncClient,
    clock: Callable[[], float] = time.monotonic,
    report: Callable[[str, str], None] = lambda issuer, failure: None,
) -> tuple[Issuer, ...]:
    """Issuers with their keys at hand; `clock` gives monotonic seconds for renewing published keys.

    `report` hears the issuer and the kind of failure whenever its keys could not be renewed.
    """
    return tuple(_trusted(each, client, clock, report) for each in settings)


def _trusted(
    settings: IssuerSettings,
    client: httpx.AsyncClient,
    clock: Callable[[], float],
    report: Callable[[str, str], None],
) -> Issuer:
    keys: Keys
    if settings.key_file is not None:
        keys = FixedKeys(read_key_file(settings.key_file.read_bytes(), settings.algorithm))
    else:
        keys = PublishedKeys(
            fetch_from(client, settings.jwks_url or ""),
            settings.algorithm,
            clock,
            lambda failure: report(settings.issuer, failure),
        )
    return Issuer(
        name=settings.issuer,
        audience=settings.audience,
        algorithm=settings.algorithm,
        tenants=frozenset(settings.tenants),
        keys=keys,
        kinds=frozenset(settings.kinds),
        claims=ClaimNames(**settings.claims.model_dump()),
        leeway=settings.leeway,
        max_lifetime=settings.max_lifetime,
        access_tokens_only=settings.access_tokens_only,
    )


def _key_mistakes(file: TomlFile) -> list[Mistake]:
    return [
        file.mistake(("issuer", index), "noem jwks_url of key_file, precies een van beide")
        for index, table in _tables(file)
        if ("jwks_url" in table) == ("key_file" in table)
    ]


def _double_mistakes(file: TomlFile) -> list[Mistake]:
    seen: set[str] = set()
    found = []
    for index, table in _tables(file):
        name = table.get("issuer")
        if isinstance(name, str) and name in seen:
            found.append(file.mistake(("issuer", index, "issuer"), "deze uitgever staat er al"))
        elif isinstance(name, str):
            seen.add(name)
    return found


def _tables(file: TomlFile) -> list[tuple[int, Mapping[str, Any]]]:
    tables = file.data.get("issuer")
    listed = tables if isinstance(tables, list) else []
    return [(index, table) for index, table in enumerate(listed) if isinstance(table, dict)]
