"""The process's settings, read from the environment once (startup).

Every setting is a variable `BRONPOORT_<NAME>`; a group's members are `BRONPOORT_<GROUP>__<NAME>`.
What differs per municipality is not here but in the tenant files.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FilePath,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo

from gateway.mistakes import ConfigurationError, Mistake, explained, nearest
from gateway.observe.betrokkene import read_keys
from gateway.source.addresses import Base
from gateway.source.secrets import Secret, where

PREFIX = "BRONPOORT_"
_FILE = "omgeving"


class LimitSettings(BaseModel):
    """How large one GraphQL document may be; a larger one is refused before anything is fetched.
    And how often a caller may ask past what is kept.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    characters: int = Field(default=15_000, ge=100, le=1_000_000, description="Tekens in de vraag.")
    tokens: int = Field(
        default=1_000, ge=10, le=100_000, description="Woorden en leestekens in de vraag."
    )
    depth: int = Field(default=10, ge=1, le=50, description="Niveaus diep.")
    aliases: int = Field(default=15, ge=0, le=1_000, description="Aliassen in de vraag.")
    root_fields: int = Field(default=10, ge=1, le=100, description="Vragen op het hoogste niveau.")
    fields: int = Field(
        default=200, ge=1, le=10_000, description="Velden, fragmenten uitgeschreven."
    )
    directives: int = Field(default=20, ge=0, le=1_000, description="Directieven in de vraag.")
    fragments: int = Field(
        default=30, ge=0, le=1_000, description="Benoemde fragmenten in de vraag."
    )
    cost: int = Field(
        default=5_000, ge=1, le=10_000_000, description="Geschatte kosten van de vraag."
    )
    calls: int = Field(
        default=500, ge=1, le=100_000, description="Aanroepen van bronnen voor een vraag."
    )
    persons: int = Field(
        default=20, ge=1, le=100_000, description="Personen over wie een vraag gaat."
    )
    persons_per_minute: int = Field(
        default=60,
        ge=1,
        le=1_000_000,
        description="Personen van wie een aanvrager in een minuut iets te zien krijgt.",
    )
    fresh: int = Field(
        default=10,
        ge=0,
        le=10_000,
        description="Vragen met `vers` per aanvrager per minuut; elk proces telt voor zich.",
    )
    positions: int = Field(
        default=20_000,
        ge=0,
        le=10_000_000,
        description="Punten van geometrieën die voor een vraag worden omgerekend.",
    )


class MasterKeySettings(BaseModel):
    """One key to seal with what is kept outside the process: from `<id>:env:NAAM` or
    `<id>:file:PAD`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: str = Field(pattern="^[a-z0-9-]{1,32}$")
    secret: SecretStr = Field(min_length=32)


class CacheSettings(BaseModel):
    """How much answers are kept of, where, and how long at most per class of data."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    memory_bytes: int = Field(
        default=128_000_000,
        ge=0,
        le=64_000_000_000,
        description="Geheugen van een proces voor antwoorden van bronnen, in bytes; wat het "
        "langst niet gevraagd is maakt plaats.",
    )
    whole_bytes: int = Field(
        default=32_000_000,
        ge=0,
        le=64_000_000_000,
        description="Idem voor hele antwoorden aan aanvragers.",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="Redis of Valkey die alle processen delen: "
        "`rediss://gebruiker:wachtwoord@naam:poort/0`, of een verwijzing `env:` of `file:`; "
        "zonder houdt elk proces zijn eigen geheugen.",
    )
    redis_ca: FilePath | None = Field(
        default=None, description="De enige uitgever (PEM) die voor Redis geldt."
    )
    redis_unencrypted: bool = Field(
        default=False,
        description="Staat `redis://` toe buiten deze machine, waar het netwerk zelf het geheim "
        "bewaart.",
    )
    master_keys: tuple[MasterKeySettings, ...] = Field(
        default=(),
        description="Sleutels voor wat in Redis staat, gescheiden door komma's, elk als "
        "`<id>:env:NAAM` of `<id>:file:PAD`, van minstens 32 tekens. Met de eerste wordt "
        "geschreven; verplicht bij `REDIS_URL`.",
    )
    secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Geheim waarmee sleutelnamen in Redis onherkenbaar worden, gelijk voor alle "
        "processen, of een verwijzing `env:` of `file:`; verplicht bij `REDIS_URL`.",
    )
    case_seconds: int = Field(
        default=60, ge=0, le=300, description="Hoe lang zaakgegevens hoogstens vers zijn."
    )
    case_stale_seconds: int = Field(
        default=240,
        ge=0,
        le=3_600,
        description="Hoe lang daarna ze nog gelden als de bron faalt.",
    )
    reference_seconds: int = Field(
        default=86_400,
        ge=0,
        le=604_800,
        description="Hoe lang referentiegegevens hoogstens vers zijn.",
    )
    reference_stale_seconds: int = Field(
        default=86_400,
        ge=0,
        le=604_800,
        description="Hoe lang daarna ze nog gelden als de bron faalt.",
    )
    open_seconds: int = Field(
        default=14_400,
        ge=0,
        le=604_800,
        description="Hoe lang open gegevens hoogstens vers zijn.",
    )
    open_stale_seconds: int = Field(
        default=86_400,
        ge=0,
        le=604_800,
        description="Hoe lang daarna ze nog gelden als de bron faalt.",
    )
    refresh_seconds: int = Field(
        default=3_600,
        ge=0,
        le=86_400,
        description="Hoe lang daarna referentie- en open gegevens nog worden gegeven terwijl de "
        "gateway ze ververst.",
    )
    negative_seconds: int = Field(
        default=30,
        ge=0,
        le=300,
        description="Hoe lang onthouden wordt dat iets niet gevonden is.",
    )

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, url: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(url.get_secret_value()) if url is not None else None
        if parts is not None and (parts.scheme not in ("redis", "rediss") or not parts.hostname):
            raise ValueError("moet rediss://naam:poort/nummer zijn")
        return url

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.redis_url is None:
            return self
        if self.secret is None or not self.master_keys:
            raise ValueError("bij redis_url horen ook secret en master_keys")
        if len({key.id for key in self.master_keys}) < len(self.master_keys):
            raise ValueError("elke sleutel in master_keys heeft een eigen id")
        parts = urlsplit(self.redis_url.get_secret_value())
        near = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme == "redis" and not near and not self.redis_unencrypted:
            raise ValueError("redis_url moet rediss:// zijn, tenzij redis_unencrypted aan staat")
        return self


class DownloadSettings(BaseModel):
    """How documents are passed on from a source to a client."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    seconds: int = Field(default=60, ge=5, le=900, description="Seconden dat een link geldt.")
    key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Geheim waarmee links verzegeld worden, gelijk voor alle processen van de "
        "gateway; zonder maakt elk proces er zelf een.",
    )
    max_bytes: int = Field(
        default=100_000_000,
        ge=1_000,
        le=10_000_000_000,
        description="Grootste document dat wordt doorgegeven.",
    )
    idle_seconds: float = Field(
        default=15.0,
        gt=0,
        le=120,
        allow_inf_nan=False,
        description="Hoe lang bron of client tijdens het doorgeven stil mag zijn.",
    )
    whole_seconds: float = Field(
        default=600.0,
        gt=0,
        le=7_200,
        allow_inf_nan=False,
        description="Hoe lang het doorgeven van een document hoogstens duurt.",
    )
    max_concurrency: int = Field(
        default=50,
        ge=1,
        le=10_000,
        description="Documenten die tegelijk worden doorgegeven; meer krijgt 503.",
    )


def _listed(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


class PersonRefSettings(BaseModel):
    """References to persons, for front ends."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    seconds: int = Field(
        default=28_800, ge=60, le=86_400, description="Seconden dat een `persoonRef` geldt."
    )
    keys: Annotated[
        tuple[Annotated[SecretStr, Field(min_length=32)], ...], BeforeValidator(_listed)
    ] = Field(
        default=(),
        description="Geheimen waarmee een `persoonRef` verzegeld wordt, gescheiden door komma's, "
        "gelijk voor alle processen: het eerste verzegelt, alle openen. Zonder maakt elk proces er "
        "zelf een.",
    )


def _keys(value: SecretStr) -> SecretStr:
    read_keys(value.get_secret_value())
    return value


def _collector(address: str) -> str:
    parts = urlsplit(address)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise ValueError("een collector begint met https://")
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("noem https://naam of https://naam:poort, met een pad als dat er is")
    return address


class ProcessingSettings(BaseModel):
    """Where is written down what was done with personal data, and where it is sent."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    directory: Path | None = Field(
        default=None,
        description="Map waarin verwerkingen van persoonsgegevens worden vastgelegd voordat een "
        "antwoord weggaat; verplicht zodra een gemeente bronnen met persoonsgegevens heeft.",
    )
    keys: Annotated[SecretStr, AfterValidator(_keys)] | None = Field(
        default=None,
        description="Sleutels waarmee betrokkenen worden versleuteld, als `naam:base64`, de "
        "geldende eerst.",
    )
    index_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Geheim waarmee de verwerkingen van een inwoner worden teruggevonden.",
    )
    max_bytes: int = Field(
        default=1_000_000_000,
        ge=100_000,
        le=1_000_000_000_000,
        description="Bytes die per proces in de map mogen wachten; is zij vol, dan worden geen "
        "persoonsgegevens gegeven.",
    )
    seconds: float = Field(
        default=2.0,
        gt=0,
        le=60,
        allow_inf_nan=False,
        description="Seconden die het vastleggen hoogstens mag duren.",
    )
    retention_days: int = Field(
        default=365,
        ge=1,
        le=7_305,
        description="Dagen dat een inwoner kan zien wat er met zijn gegevens is gedaan.",
    )
    collector: Annotated[str, AfterValidator(_collector)] | None = Field(
        default=None,
        description="Adres van het logboek (OTLP/HTTP), waar `/v1/traces` achter komt; zonder "
        "blijft alles in de map.",
    )
    collector_ca: Path | None = Field(
        default=None, description="De enige uitgever van certificaten die voor het logboek geldt."
    )
    collector_certificate: Path | None = Field(
        default=None, description="Certificaat waarmee de gateway zich bij het logboek meldt."
    )
    collector_certificate_key: Path | None = Field(
        default=None, description="De sleutel van dat certificaat."
    )
    collector_token: SecretStr | None = Field(
        default=None, description="Wat bij het logboek in de header `Authorization` staat."
    )
    audit: Path | None = Field(
        default=None,
        description="Bestand met de auditregels: wie wat deed; zonder op de standaarduitvoer.",
    )

    @model_validator(mode="after")
    def _complete(self) -> "ProcessingSettings":
        if self.directory is not None and (self.keys is None or self.index_key is None):
            raise ValueError("een map vraagt ook om KEYS en INDEX_KEY")
        return self


class SubscriptionSettings(BaseModel):
    """How many subscriptions there may be."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    connections: int = Field(
        default=1_000,
        ge=0,
        le=100_000,
        description="Verbindingen voor abonnementen; meer krijgt 503, met 0 zijn er geen.",
    )
    per_principal: int = Field(
        default=20, ge=1, le=10_000, description="Verbindingen daarvan voor één aanvrager."
    )
    idle_seconds: float = Field(
        default=10.0,
        gt=0,
        le=120,
        allow_inf_nan=False,
        description="Hoe lang een client over een bericht mag doen voor de verbinding sluit.",
    )


def _origins(value: object) -> object:
    listed = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple):
        raise ValueError("moet een lijst van adressen zijn, gescheiden door komma's")
    return tuple(_origin(part) for part in listed if part)


def _origin(origin: str) -> str:
    if "*" in origin:
        raise ValueError("noem elke herkomst; * wordt niet aanvaard")
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("een herkomst is https://naam of https://naam:poort, zonder pad")
    if "@" in parts.netloc or not parts.hostname or origin != origin.lower():
        raise ValueError("een herkomst is https://naam of https://naam:poort, zonder pad")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("een herkomst begint met https://")
    return origin


def _public(address: object) -> object:
    if not isinstance(address, str):
        return address
    base = Base.parse(address)
    if base.scheme == "http" and base.host not in ("localhost", "127.0.0.1", "[::1]"):
        raise ValueError("dit adres begint met https://")
    return base.text


class Settings(BaseModel):
    """All settings, with the values that are right for production."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True
    )
    practises: ClassVar[bool] = False
    """Whether all persons are invented: then nothing need be kept of what is done with them."""

    host: str = Field(
        default="127.0.0.1", min_length=1, description="Adres waarop de gateway luistert."
    )
    port: int = Field(
        default=8000,
        ge=0,
        le=65_535,
        description="Poort waarop de gateway luistert; `PORT` zonder voorvoegsel mag ook.",
    )
    config: Path | None = Field(
        default=None,
        description="Map met een bestand per gemeente en issuers.toml; `--config` gaat voor.",
    )
    explorer: bool = Field(
        default=False, description="Of de verkenner (GraphiQL) op /graphiql staat."
    )
    introspection: bool = Field(default=False, description="Of clients het schema mogen opvragen.")
    limits: LimitSettings = Field(
        default_factory=LimitSettings, description="Grenzen aan een GraphQL-vraag."
    )
    cache: CacheSettings = Field(
        default_factory=CacheSettings, description="Het bewaren van antwoorden."
    )
    download: DownloadSettings = Field(
        default_factory=DownloadSettings, description="Het doorgeven van documenten."
    )
    person_ref: PersonRefSettings = Field(
        default_factory=PersonRefSettings, description="Verwijzingen naar personen."
    )
    processing: ProcessingSettings = Field(
        default_factory=ProcessingSettings,
        description="Het vastleggen van verwerkingen van persoonsgegevens.",
    )
    subscriptions: SubscriptionSettings = Field(
        default_factory=SubscriptionSettings, description="Abonnementen op wijzigingen."
    )
    body_bytes: int = Field(
        default=1_000_000,
        ge=1_000,
        le=10_000_000,
        description="Grootste verzoek dat wordt gelezen.",
    )
    deadline: float = Field(
        default=10.0, gt=0, le=120, allow_inf_nan=False, description="Seconden voor een hele vraag."
    )
    workers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processen van `bronpoort serve`, die samen één adres bedienen; elk heeft zijn "
        "eigen geheugen, en wat per proces telt, telt per proces.",
    )
    max_concurrency: int = Field(
        default=200,
        ge=1,
        le=100_000,
        description="Vragen die tegelijk worden behandeld; meer krijgt 503.",
    )
    shutdown_seconds: float = Field(
        default=20.0,
        ge=0,
        le=600,
        allow_inf_nan=False,
        description="Tijd om lopende vragen af te maken.",
    )
    cors_origins: Annotated[tuple[str, ...], BeforeValidator(_origins)] = Field(
        default=(), description="Websites die de gateway mogen aanroepen, gescheiden door komma's."
    )
    public_url: Annotated[str | None, BeforeValidator(_public)] = Field(
        default=None,
        description="Adres waarop anderen deze gateway bereiken, voor `bronpoort abonneren`.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        description="Het minst ernstige dat in het log komt: "
        "`debug`, `info`, `warning` of `error`.",
    )
    log_format: Literal["json", "tekst"] = Field(
        default="json", description="Logregels voor machines (`json`) of voor mensen (`tekst`)."
    )


class DemoSettings(Settings):
    """The same settings with what the demo has otherwise: everything open, logs for people."""

    practises: ClassVar[bool] = True
    explorer: bool = Field(default=True, description=Settings.model_fields["explorer"].description)
    introspection: bool = Field(
        default=True, description=Settings.model_fields["introspection"].description
    )
    log_format: Literal["json", "tekst"] = Field(
        default="tekst", description=Settings.model_fields["log_format"].description
    )


AnySettings = TypeVar("AnySettings", bound=Settings)


def read_settings(environment: Mapping[str, str], kind: type[AnySettings]) -> AnySettings:
    """The settings in `environment`; ConfigurationError names each variable that is wrong.

    `kind` is Settings, or DemoSettings for the demo.
    """
    variables = _variables(environment)
    mistakes = _unknown(variables, kind)
    values, unreadable = _values(variables, kind)
    mistakes += unreadable
    try:
        mistakes += _with_secrets(values, environment)
        settings = kind(**values)
    except ValidationError as error:
        raise ConfigurationError([*mistakes, *_mistakes(error, values, kind)]) from None
    if mistakes:
        raise ConfigurationError(mistakes)
    return settings


def _with_secrets(values: dict[str, Any], environment: Mapping[str, str]) -> list[Mistake]:
    """Put what references refer to in their place; what they cannot be is a mistake."""
    cache = values.get("cache", {})
    mistakes: list[Mistake] = []
    for name in ("redis_url", "secret"):
        given = cache.get(name)
        if isinstance(given, str) and given.startswith(("env:", "file:")):
            cache[name] = _secret(name, given, environment, mistakes)
    given = cache.get("master_keys")
    if isinstance(given, str):
        cache["master_keys"] = [
            {"id": id, "secret": _secret("master_keys", reference, environment, mistakes)}
            for id, _, reference in (part.strip().partition(":") for part in given.split(","))
        ]
    if mistakes:
        del values["cache"]
    return mistakes


def _secret(
    name: str, reference: str, environment: Mapping[str, str], mistakes: list[Mistake]
) -> SecretStr:
    try:
        found: SecretStr = _SECRET.validate_python(reference, context=where(environment, Path()))
    except ValidationError as error:
        reason = str(error.errors(include_input=False)[0]["msg"]).removeprefix("Value error, ")
        mistakes.append(Mistake(_FILE, 0, f"{PREFIX}CACHE__{name.upper()}", reason))
        return SecretStr("")
    return found


_SECRET: TypeAdapter[SecretStr] = TypeAdapter(Secret)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as the documentation shows it."""

    variable: str
    default: str
    description: str


def documented(kind: type[Settings] = Settings) -> tuple[Setting, ...]:
    """Every setting in order of declaration, members of a group apart."""
    return tuple(_documented(PREFIX, kind.model_fields))


def _documented(prefix: str, fields: Mapping[str, FieldInfo]) -> Iterator[Setting]:
    for name, field in fields.items():
        if group := _group(field):
            yield from _documented(f"{prefix}{name.upper()}__", group.model_fields)
        else:
            yield Setting(prefix + name.upper(), _default(field), field.description or "")


def _default(field: FieldInfo) -> str:
    match field.default:
        case bool(value):
            return str(value).lower()
        case None | ():
            return ""
        case value:
            return str(value)


def _variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Our variables, and PORT under our name; empty ones count as absent."""
    ours = {name: value for name, value in environment.items() if name.startswith(PREFIX) and value}
    # Kubernetes gives a service named "bronpoort" this variable, with an address for a value.
    if ours.get("BRONPOORT_PORT", "").startswith("tcp://"):
        del ours["BRONPOORT_PORT"]
    if environment.get("PORT"):
        ours.setdefault("BRONPOORT_PORT", environment["PORT"])
    return ours


def _values(
    variables: Mapping[str, str], kind: type[Settings]
) -> tuple[dict[str, Any], list[Mistake]]:
    """What is given by setting, and of a group by member; a whole group may be given as JSON."""
    given = {name.removeprefix(PREFIX).lower(): value for name, value in variables.items()}
    values: dict[str, Any] = {name: given[name] for name in kind.model_fields if name in given}
    mistakes = []
    for group in (name for name, field in kind.model_fields.items() if _group(field)):
        whole = _object(values.pop(group, "{}"))
        if whole is None:
            mistakes.append(Mistake(_FILE, 0, PREFIX + group.upper(), "is geen JSON-object"))
            continue
        members = {
            name.removeprefix(f"{group}__"): value
            for name, value in given.items()
            if name.startswith(f"{group}__")
        }
        if whole or members:
            values[group] = {**whole, **members}
    return values, mistakes


def _object(text: str) -> dict[str, Any] | None:
    try:
        read = json.loads(text)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _group(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a setting with members."""
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _unknown(variables: Mapping[str, str], kind: type[Settings]) -> list[Mistake]:
    """Variables that are nearly a setting. Others may be secrets that tenant files refer to."""
    known = [setting.variable.removeprefix(PREFIX) for setting in documented(kind)]
    # Of a known group the model itself names what is unknown in it.
    groups = tuple({f"{name.partition('__')[0]}__" for name in known if "__" in name})
    return [
        Mistake(_FILE, 0, PREFIX + name, f"onbekende instelling{meant}")
        for name in sorted(each.removeprefix(PREFIX) for each in variables)
        if not name.startswith(groups)
        and name not in known
        and (meant := nearest(name, known, 0.8))
    ]


def _mistakes(
    error: ValidationError, values: Mapping[str, Any], kind: type[Settings]
) -> list[Mistake]:
    return sorted(
        Mistake(_FILE, 0, PREFIX + "__".join(str(step) for step in path).upper(), reason)
        for path, reason in explained(error, kind, values)
    )
