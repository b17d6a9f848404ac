"""Which issuers we trust (startup): the file `issuers.toml` beside the tenant files."""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from gateway.assurance import VALUES, Level
from gateway.auth.address import host_of, secure
from gateway.auth.discovery import DiscoveredKeys
from gateway.auth.fetch import fetch_from
from gateway.auth.issuer import KINDS, Algorithm, ClaimNames, Issuer, Keys
from gateway.auth.jwks import Fetch, FixedKeys, PublishedKeys
from gateway.auth.keys import UnusableKeysError, read_key_file
from gateway.auth.principal import Kind
from gateway.mistakes import KeyPath, Mistake, nearest
from gateway.source.secrets import rooted, where
from gateway.toml_file import TomlFile

FILE = "issuers.toml"


def _host(value: str) -> str:
    """A host, with a port if it is not 443, as `host_of` writes it."""
    try:
        address = secure(f"https://{value}")
    except ValueError:
        raise ValueError("dit is geen naam van een host") from None
    if value != value.strip("/") or set(value) & set("/?#@"):
        raise ValueError("dit is geen naam van een host")
    return host_of(address)


def _claim(value: object) -> object:
    """One name as it is; a list is the way to a claim inside others."""
    if isinstance(value, list) and len(value) == 1:
        return value[0]
    return tuple(value) if isinstance(value, list) else value


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


_NAMES = ClaimNames()


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


_ClaimName = Annotated[_Text | tuple[_Text, ...], BeforeValidator(_claim)]


class ClaimSettings(_Table):
    """Under which names this issuer writes its claims; see gateway.auth.issuer.ClaimNames."""

    tenant: _ClaimName = _NAMES.tenant
    purpose: _ClaimName = _NAMES.purpose
    kind: _ClaimName = _NAMES.kind
    subject: _ClaimName = _NAMES.subject
    name: _ClaimName = _NAMES.name
    roles: _ClaimName = _NAMES.roles
    assurance: _ClaimName = _NAMES.assurance
    bsn: _ClaimName = _NAMES.bsn
    kvk: _ClaimName = _NAMES.kvk
    branch: _ClaimName = _NAMES.branch
    rsin: _ClaimName = _NAMES.rsin
    mandate: _ClaimName = _NAMES.mandate
    mandate_bsn: _ClaimName = _NAMES.mandate_bsn
    mandate_kvk: _ClaimName = _NAMES.mandate_kvk
    mandate_branch: _ClaimName = _NAMES.mandate_branch
    mandate_rsin: _ClaimName = _NAMES.mandate_rsin
    services: _ClaimName = _NAMES.services


class IssuerSettings(_Table):
    """One `[[issuer]]`; `discovery`, `jwks_url` or `key_file` says where its keys are."""

    issuer: _Text
    audience: _Text
    algorithm: Algorithm
    discovery: bool = False
    jwks_hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    jwks_url: Annotated[str, AfterValidator(secure)] | None = None
    key_file: Annotated[Path, AfterValidator(_key_file)] | None = None
    tenants: tuple[Annotated[str, AfterValidator(_known_tenant)], ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = Field(default=tuple(Kind), min_length=1)
    kind_values: dict[_Text, Kind] = Field(default_factory=dict)
    levels: dict[_Text, Level] = Field(default_factory=dict)
    clients: tuple[_Text, ...] | None = Field(default=None, min_length=1)
    claims: ClaimSettings = Field(default_factory=ClaimSettings)
    nl_gov: bool = True
    leeway: float = Field(default=30.0, ge=0, le=60, allow_inf_nan=False)
    max_lifetime: float = Field(default=21_600.0, ge=60, le=86_400, allow_inf_nan=False)
    access_tokens_only: bool = False


class _IssuersFile(_Table):
    issuer: tuple[IssuerSettings, ...] = Field(min_length=1)


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
    before: Iterable[Issuer] = (),
) -> tuple[Issuer, ...]:
    """Issuers with their keys at hand; `clock` gives monotonic seconds for renewing published keys.

    `report` hears the issuer and the kind of failure whenever its keys could not be renewed. What
    is known of the keys of those `before` is kept where they are found as they were: a new
    configuration must not be the moment at which an issuer that is away takes its users along.
    """
    known = {(each.name, each.origin): each.keys for each in before if each.origin is not None}
    return tuple(_trusted(each, client, clock, report, known) for each in settings)


def _trusted(
    settings: IssuerSettings,
    client: httpx.AsyncClient,
    clock: Callable[[], float],
    report: Callable[[str, str], None],
    known: Mapping[tuple[str, Hashable], Keys],
) -> Issuer:
    origin = _origin(settings)
    keys = known.get((settings.issuer, origin)) or _keys(
        settings, client, clock, lambda failure: report(settings.issuer, failure)
    )
    return Issuer(
        name=settings.issuer,
        audience=settings.audience,
        algorithm=settings.algorithm,
        tenants=frozenset(settings.tenants),
        keys=keys,
        origin=origin,
        kinds=frozenset(settings.kinds),
        claims=ClaimNames(**settings.claims.model_dump()),
        kind_values=settings.kind_values or KINDS,
        levels={**VALUES, **settings.levels},
        clients=frozenset(settings.clients or ()),
        nl_gov=settings.nl_gov,
        leeway=settings.leeway,
        max_lifetime=settings.max_lifetime,
        access_tokens_only=settings.access_tokens_only,
    )


def _origin(settings: IssuerSettings) -> Hashable:
    """Where the keys come from, if they are fetched; a file is read anew each time."""
    if settings.key_file is not None:
        return None
    return (settings.jwks_url, settings.discovery, settings.jwks_hosts, settings.algorithm)


def _keys(
    settings: IssuerSettings,
    client: httpx.AsyncClient,
    clock: Callable[[], float],
    report: Callable[[str], None],
) -> Keys:
    if settings.key_file is not None:
        return FixedKeys(read_key_file(settings.key_file.read_bytes(), settings.algorithm))
    fetch: Fetch
    if settings.jwks_url is not None:
        fetch = fetch_from(client, settings.jwks_url)
    else:
        hosts = frozenset(settings.jwks_hosts)
        one = partial(fetch_from, client)
        fetch = DiscoveredKeys(settings.issuer, hosts, one, clock, report)
    return PublishedKeys(fetch, settings.algorithm, clock, report)


def _key_mistakes(file: TomlFile) -> list[Mistake]:
    return [
        file.mistake(("issuer", index, *path), reason)
        for index, table in _tables(file)
        for path, reason in _key_mistakes_of(table)
    ]


def _key_mistakes_of(table: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    discovered = table.get("discovery") is True
    if [discovered, "jwks_url" in table, "key_file" in table].count(True) != 1:
        yield (), "noem discovery, jwks_url of key_file, precies een daarvan"
    if "jwks_hosts" in table and not discovered:
        yield ("jwks_hosts",), "dit geldt alleen bij discovery = true"
    name = table.get("issuer")
    if discovered and isinstance(name, str) and not _has_address(name):
        yield ("issuer",), "voor discovery moet dit een https-adres zijn"


def _has_address(issuer: str) -> bool:
    """Whether the issuer is a URL as OpenID Connect Discovery 1.0 (section 3) wants it."""
    try:
        return not urlsplit(secure(issuer)).query
    except ValueError:
        return False


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
