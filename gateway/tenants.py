"""A tenant: a municipality's sources and purposes, from one TOML file each (startup).

The file is what a privacy officer reviews: which purpose (doelbinding) may see which labels. So it
is read without mercy: a name that the code does not know is a mistake, never a wish.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationInfo

from gateway.assurance import Level
from gateway.inzage import KnownInzage, inzage_mistakes, limits_of
from gateway.mistakes import ConfigurationError, KeyPath, Mistake, nearest
from gateway.source.directory import MOST_OF_A_KIND, is_system, parted
from gateway.source.policy import PERSONAL_MOST
from gateway.source.secrets import Secret, where
from gateway.source.settings import LONGEST_USER, DecisionSettings, HeaderName, SourceSettings
from gateway.source.sieve import Limit
from gateway.toml_file import TomlFile

NOT_A_TENANT = "issuers.toml"
"""The one file in the directory that is about the process."""

CallerKind = Literal["medewerker", "systeem", "burger", "bedrijf", "gemachtigde"]
Flag = bool | int | str
Dialects = Mapping[str, Mapping[str, type | tuple[Flag, ...]]]
"""By source: the dialect flags it knows, each with its type or all its values."""

NO_INZAGE: KnownInzage = MappingProxyType({})
MOST_PERSONS = 100_000
_CODE_DIGITS = 4
_SHORTEST_SECRET, _LONGEST_SECRET = 32, 900  # Open Notificaties keeps 1,000, with "Bearer " before
_IS_SECRET = re.compile(r"[!-~]+").fullmatch
_SHORTEST_REASON = 20
_LONGEST_HEADER = 242  # what the BRP accepts for its purpose headers
_LONGEST_TYPE = 50  # of the identificatie of a zaaktype in the Catalogi API


@dataclass(frozen=True, slots=True)
class Purpose:
    """A doelbinding: what may be seen, by which kinds of caller, and what sources hear of it."""

    code: str
    omschrijving: str
    labels: frozenset[str]
    """Whole labels; `<prefix>.*` of the file is expanded."""
    kinds: frozenset[CallerKind]
    headers: Mapping[str, Mapping[str, str]]
    """By source name: headers by name."""
    search_headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The same for a search: these go before those of the same name."""
    rollen: frozenset[str] = frozenset()
    """The roles of which a medewerker must have one; empty: none is needed."""
    level: Level | None = None
    """The least level of assurance; None: any login will do."""
    label_levels: Mapping[str, tuple[Level, ...]] = field(default_factory=dict)
    """By whole label: the levels that must all be reached to see it."""
    open: bool = False
    """Whether any question may be asked, or only registered ones."""
    persons: int | None = None
    """About how many persons one question may be; None: as everywhere."""
    persons_per_minute: int | None = None
    """Of how many persons a caller may see anything in a minute; None: as everywhere."""
    activity: str | None = None
    """The URI of the verwerkingsactiviteit in the municipality's register; None if not told."""
    application: str | None = None
    """The URI of the application that asks, told in the log where it handed on its trace."""
    insight: frozenset[tuple[str, Limit]] = frozenset()
    """What is said of what is shown of what sources give; each name once."""
    zaaktypen: Mapping[str, "Told"] = field(default_factory=dict)
    """By the identificatie of a zaaktype: what goes before those headers, where somebody asks for a
    zaak of that type."""

    def headers_for(
        self, source: str, activity: str, kind: str | None = None, zaaktype: str | None = None
    ) -> Mapping[str, str]:
        """What this source hears: for the activity "zoeken" the search headers go first.

        Those named for the source itself go before those of its kind, and those of the zaaktype
        (one of `zaaktypen`) before all others.
        """
        told = [Told(self.headers, self.search_headers)]
        if zaaktype is not None:
            told.append(self.zaaktypen[zaaktype])
        made: dict[str, str] = {}
        for each in told:
            for name in dict.fromkeys((kind or source, source)):
                made = over(made, each.headers.get(name, {}))
                if activity == "zoeken":
                    made = over(made, each.search_headers.get(name, {}))
        return made


@dataclass(frozen=True, slots=True)
class Told:
    """What sources hear, by their names: headers by name, and those that go first for a search."""

    headers: Mapping[str, Mapping[str, str]]
    search_headers: Mapping[str, Mapping[str, str]]


def over(headers: Mapping[str, str], first: Mapping[str, str]) -> dict[str, str]:
    """Both, where those that go first take the place of the same in another spelling."""
    own = {name.lower() for name in first}
    return {**{k: v for k, v in headers.items() if k.lower() not in own}, **first}


@dataclass(frozen=True, slots=True)
class Dienst:
    """A service for which somebody can let another act: what the other then sees at most."""

    naam: str
    omschrijving: str
    codes: frozenset[str]
    """What the registers of machtigingen call it."""
    labels: frozenset[str]
    insight: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What is shown for it, of all that services have a say in."""


@dataclass(frozen=True, slots=True)
class PersonalKept:
    """How many seconds personal data may be kept, for whoever asked them, and why."""

    seconds: int
    reason: str


@dataclass(frozen=True, slots=True)
class Tenant:
    """A municipality: what it may ask, where."""

    code: str
    naam: str
    oin: str
    sources: Mapping[str, SourceSettings]
    """By name, in the order of the file: several of one kind are given in that order."""
    purposes: Mapping[str, Purpose]
    diensten: Mapping[str, Dienst] = field(default_factory=dict)
    notifications: SecretStr | None = None
    """What a Notificaties API shows us to be believed; None to hear nothing."""
    personal: PersonalKept | None = None
    """Only with a reason of its own are personal data kept longer than an operation lasts."""
    decision_point: DecisionSettings | None = None
    """What says of each operation whether it may be carried out, beside the labels."""


def activity_of(tenant: Tenant, purpose: Purpose) -> str:
    """The URI of the verwerkingsactiviteit of a purpose; made up of OIN and code where the file
    names none.
    """
    return purpose.activity or f"urn:oin:{tenant.oin}:doelbinding:{purpose.code}"


def load_tenants(
    directory: Path,
    known_labels: frozenset[str],
    known_sources: frozenset[str],
    known_dialects: Dialects,
    environment: Mapping[str, str],
    several: frozenset[str] = frozenset(),
    known_inzage: KnownInzage = NO_INZAGE,
) -> Mapping[str, Tenant]:
    """All tenants of a directory by code; ConfigurationError with every mistake in every file.

    `environment` holds the variables that `env:` secrets refer to, `several` the sources of which a
    tenant may have more than one, `known_inzage` what purposes may say of what is shown.
    """
    tenants, mistakes = read_tenants(
        directory, known_labels, known_sources, known_dialects, environment, several, known_inzage
    )
    if mistakes:
        raise ConfigurationError(mistakes)
    return tenants


def read_tenants(
    directory: Path,
    known_labels: frozenset[str],
    known_sources: frozenset[str],
    known_dialects: Dialects,
    environment: Mapping[str, str],
    several: frozenset[str] = frozenset(),
    known_inzage: KnownInzage = NO_INZAGE,
) -> tuple[Mapping[str, Tenant], list[Mistake]]:
    """The tenants whose files are right, by code, and what is wrong with the others."""
    context = {
        **where(environment, directory),
        "labels": known_labels,
        "sources": known_sources,
        "dialects": known_dialects,
        "several": several,
        "inzage": known_inzage,
    }
    tenants: dict[str, Tenant] = {}
    mistakes: list[Mistake] = []
    seen: dict[str, str] = {}
    for path in _tenant_files(directory):
        file, unreadable = TomlFile.read(path)
        mistakes += unreadable
        if file is not None:
            tenant, wrong = _tenant(file, context)
            wrong += _code_mistakes(file, seen)
            mistakes += sorted(wrong)
            if tenant is not None and not wrong:
                tenants[tenant.code] = tenant
    if not tenants and not mistakes:
        mistakes.append(Mistake(str(directory.name), 0, "", "er is geen enkel gemeentebestand"))
    return MappingProxyType(tenants), mistakes


def _tenant_files(directory: Path) -> list[Path]:
    # Names with a leading dot are how Kubernetes keeps a mounted ConfigMap, not ours.
    return sorted(
        path
        for path in directory.glob("*.toml")
        if path.name != NOT_A_TENANT and not path.name.startswith(".")
    )


def _label(label: str, info: ValidationInfo) -> str:
    known: frozenset[str] = (info.context or {})["labels"]
    if label == "*":
        raise ValueError("alles toestaan kan niet; noem labels of <voorvoegsel>.*")
    if not expanded(label, known):
        raise ValueError(f"onbekend label{nearest(label, known)}")
    return label


@lru_cache(maxsize=1_024)
def expanded(label: str, known: frozenset[str]) -> frozenset[str]:
    """The labels that one line of a file stands for; empty if there is none."""
    if label.endswith(".*"):
        return frozenset(each for each in known if each.startswith(label[:-1]))
    return frozenset({label}) & known


def _source_name(name: str, info: ValidationInfo) -> str:
    context: Mapping[str, Any] = info.context or {}
    known: frozenset[str] = context["sources"]
    found = parted(name, known)
    if found is None:
        raise ValueError(f"onbekende bron{nearest(name, known)}")
    kind, system = found
    if name != kind and kind not in context["several"]:
        raise ValueError(
            f"van {kind} kan een gemeente er maar één hebben{nearest(name, known - {kind})}"
        )
    if name != kind and not is_system(system):
        raise ValueError(
            f"na {kind}- komt de naam van een systeem: hoogstens 32 kleine letters, cijfers en "
            "streepjes"
        )
    return name


def _purpose_value(value: str) -> str:
    if not 0 < len(value) <= _LONGEST_HEADER or not (value.isascii() and value.isprintable()):
        raise ValueError(f"moet 1 tot {_LONGEST_HEADER} afdrukbare ASCII-tekens hebben")
    if value != value.strip():
        raise ValueError("mag niet met een spatie beginnen of eindigen")
    return value


def _zaaktype(identification: str) -> str:
    """What can stand in a header of a request, and in one of ours."""
    plain = identification.isascii() and identification.isprintable()
    if not 0 < len(identification) <= _LONGEST_TYPE or not plain or "," in identification:
        raise ValueError(
            f"een zaaktype heet met 1 tot {_LONGEST_TYPE} afdrukbare ASCII-tekens, zonder komma"
        )
    if identification != identification.strip():
        raise ValueError("mag niet met een spatie beginnen of eindigen")
    return identification


def _digits(count: int, what: str) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) != count or not (value.isascii() and value.isdigit()):
            raise ValueError(f"{what} heeft precies {count} cijfers")
        return value

    return AfterValidator(check)


def _purpose_code(code: str) -> str:
    return _plain_name(code, "een doelbinding")


def _dienst_name(name: str) -> str:
    return _plain_name(name, "een dienst")


def _plain_name(name: str, what: str) -> str:
    letters = name.replace("-", "")
    plain = letters.isascii() and letters.isalnum() and name == name.lower()
    if not plain or not name[0].isalnum() or len(name) > 64:
        raise ValueError(f"{what} heet met kleine letters, cijfers en streepjes")
    return name


def _one_line(value: str) -> str:
    if not value.strip() or not value.isprintable():
        raise ValueError("moet een regel tekst zijn")
    return value


def _uri(value: str) -> str:
    parts = urlsplit(value)
    rest = {"urn": parts.path, "https": parts.hostname}.get(parts.scheme)
    if not rest or "@" in parts.netloc or not value.isascii() or " " in value:
        raise ValueError("moet een URI zijn: https://... of urn:...")
    return value


_Uri = Annotated[str, Field(max_length=300), AfterValidator(_uri)]
_SourceName = Annotated[str, AfterValidator(_source_name)]
_Line = Annotated[str, Field(max_length=300), AfterValidator(_one_line)]
_Label = Annotated[str, AfterValidator(_label)]
_PurposeHeaders = dict[HeaderName, Annotated[str, AfterValidator(_purpose_value)]]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _unguessable(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value()
    if not _SHORTEST_SECRET <= len(value) <= _LONGEST_SECRET or not _IS_SECRET(value):
        raise ValueError(
            f"het geheim heeft {_SHORTEST_SECRET} tot {_LONGEST_SECRET} tekens ASCII, zonder spatie"
        )
    return secret


class _NotificationsTable(_Table):
    geheim: Annotated[Secret, AfterValidator(_unguessable)]


class _ZaaktypeTable(_Table):
    headers: dict[_SourceName, _PurposeHeaders] = Field(default_factory=dict)
    zoekheaders: dict[_SourceName, _PurposeHeaders] = Field(default_factory=dict)


class _PurposeTable(_Table):
    omschrijving: _Line
    labels: tuple[_Label, ...] = Field(min_length=1)
    soorten: tuple[CallerKind, ...] = Field(min_length=1)
    headers: dict[_SourceName, _PurposeHeaders] = Field(default_factory=dict)
    zoekheaders: dict[_SourceName, _PurposeHeaders] = Field(default_factory=dict)
    rollen: tuple[_Line, ...] | None = Field(default=None, min_length=1)
    betrouwbaarheid: Level | None = None
    betrouwbaarheid_per_label: dict[_Label, Level] = Field(default_factory=dict)
    vrije_vragen: bool | None = None
    personen: int | None = Field(default=None, ge=1, le=MOST_PERSONS)
    personen_per_minuut: int | None = Field(default=None, ge=1, le=MOST_PERSONS)
    verwerkingsactiviteit: _Uri | None = None
    toepassing: _Uri | None = None
    inzage: dict[str, Any] = Field(default_factory=dict)
    zaaktypen: dict[Annotated[str, AfterValidator(_zaaktype)], _ZaaktypeTable] = Field(
        default_factory=dict
    )


class _DienstTable(_Table):
    omschrijving: _Line
    codes: tuple[_Line, ...] | None = Field(default=None, min_length=1)
    labels: tuple[_Label, ...] = Field(min_length=1)
    inzage: dict[str, Any] = Field(default_factory=dict)


def _reason(value: str) -> str:
    if len(value.strip()) < _SHORTEST_REASON:
        raise ValueError(f"zeg in minstens {_SHORTEST_REASON} tekens waarom dat nodig is")
    return value


class _PersonalTable(_Table):
    seconden: int = Field(ge=1, le=PERSONAL_MOST)
    reden: Annotated[_Line, AfterValidator(_reason)]


class _CacheTable(_Table):
    persoonsgegevens: _PersonalTable | None = None


class _TenantTable(_Table):
    code: Annotated[str, _digits(_CODE_DIGITS, "een gemeentecode")]
    naam: _Line
    oin: Annotated[str, _digits(20, "een OIN")]
    vrije_vragen: bool = False
    bronnen: dict[_SourceName, SourceSettings] = Field(min_length=1)
    doelbindingen: dict[Annotated[str, AfterValidator(_purpose_code)], _PurposeTable] = Field(
        min_length=1
    )
    diensten: dict[Annotated[str, AfterValidator(_dienst_name)], _DienstTable] = Field(
        default_factory=dict
    )
    notificaties: _NotificationsTable | None = None
    cache: _CacheTable = Field(default_factory=_CacheTable)
    beslispunt: DecisionSettings | None = None


def _tenant(file: TomlFile, context: Mapping[str, Any]) -> tuple[Tenant | None, list[Mistake]]:
    table, mistakes = file.as_model(_TenantTable, context)
    mistakes += _dialect_mistakes(file, context["dialects"], context["sources"])
    mistakes += _header_mistakes(file, context["sources"])
    mistakes += _access_mistakes(file, context["labels"])
    mistakes += _too_many_mistakes(file, context["sources"])
    mistakes += inzage_mistakes(file, context["inzage"])
    if table is not None:
        mistakes += _same_mistakes(file, table.bronnen, context["sources"])
    if table is None or mistakes:
        return None, mistakes
    purposes = {
        code: _purpose(code, each, context["labels"], table.vrije_vragen)
        for code, each in table.doelbindingen.items()
    }
    kept = table.cache.persoonsgegevens
    return Tenant(
        code=table.code,
        naam=table.naam,
        oin=table.oin,
        sources=MappingProxyType(dict(table.bronnen)),
        purposes=MappingProxyType(purposes),
        diensten=MappingProxyType(
            {
                name: _dienst(name, each, context["labels"], context["inzage"])
                for name, each in table.diensten.items()
            }
        ),
        notifications=table.notificaties.geheim if table.notificaties else None,
        personal=PersonalKept(kept.seconden, kept.reden) if kept is not None else None,
        decision_point=table.beslispunt,
    ), []


def _purpose(
    code: str, table: _PurposeTable, known_labels: frozenset[str], open_questions: bool
) -> Purpose:
    return Purpose(
        code=code,
        omschrijving=table.omschrijving,
        labels=_all_expanded(table.labels, known_labels),
        kinds=frozenset(table.soorten),
        headers=_frozen(table.headers),
        search_headers=_frozen(table.zoekheaders),
        rollen=frozenset(table.rollen or ()),
        level=table.betrouwbaarheid,
        label_levels=_label_levels(table.betrouwbaarheid_per_label, known_labels),
        open=open_questions if table.vrije_vragen is None else table.vrije_vragen,
        persons=table.personen,
        persons_per_minute=table.personen_per_minuut,
        activity=table.verwerkingsactiviteit,
        application=table.toepassing,
        insight=frozenset(limits_of(table.inzage).items()),
        zaaktypen=MappingProxyType(
            {
                name: Told(_frozen(each.headers), _frozen(each.zoekheaders))
                for name, each in table.zaaktypen.items()
            }
        ),
    )


def _dienst(
    name: str, table: _DienstTable, known_labels: frozenset[str], known_inzage: KnownInzage
) -> Dienst:
    return Dienst(
        naam=name,
        omschrijving=table.omschrijving,
        codes=frozenset(table.codes or (name,)),
        labels=_all_expanded(table.labels, known_labels),
        insight={
            name: frozenset(table.inzage.get(name, ()))
            for name, each in known_inzage.items()
            if each.per_service
        },
    )


def _all_expanded(labels: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    return _together(tuple(labels), known)


@lru_cache(maxsize=1_024)
def _together(labels: tuple[str, ...], known: frozenset[str]) -> frozenset[str]:
    """One set for all purposes that name the same labels: municipalities are much alike."""
    return frozenset().union(*(expanded(label, known) for label in labels))


def _label_levels(
    levels: Mapping[str, Level], known: frozenset[str]
) -> Mapping[str, tuple[Level, ...]]:
    """A label that is named by itself and in `<prefix>.*` has both levels."""
    found: dict[str, tuple[Level, ...]] = {}
    for written, level in levels.items():
        for label in expanded(written, known):
            found[label] = (*found.get(label, ()), level)
    return MappingProxyType(found)


def _frozen(headers: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({name: MappingProxyType(dict(each)) for name, each in headers.items()})


def _code_mistakes(file: TomlFile, seen: dict[str, str]) -> list[Mistake]:
    """A code is the file's name, and one file's only; `seen` gets this file's code."""
    code = file.data.get("code")
    if not isinstance(code, str):
        return []
    found = []
    if f"{code}.toml" != file.name and len(code) == _CODE_DIGITS:
        reason = f"dit bestand heet {file.name} en hier staat {code}; maak die twee gelijk"
        found.append(file.mistake(("code",), reason))
    if code in seen:
        found.append(file.mistake(("code",), f"deze code staat al in {seen[code]}"))
    seen.setdefault(code, file.name)
    return found


def _dialect_mistakes(
    file: TomlFile, known: Dialects, known_sources: frozenset[str]
) -> list[Mistake]:
    return [
        file.mistake(("bronnen", source, "dialect", flag), wrong)
        for source, table in _tables(file.data, ("bronnen",))
        if (kind := _kind(source, known_sources)) in known
        for flag, value in _items(table.get("dialect"))
        if (wrong := _flag_mistake(flag, value, known[kind]))
    ]


def _kind(source: str, known: frozenset[str]) -> str:
    """The kind of a source, itself if it has none that is known."""
    found = parted(source, known)
    return found[0] if found else source


def _too_many_mistakes(file: TomlFile, known: frozenset[str]) -> list[Mistake]:
    """More sources of one kind than a question may go to."""
    counted: dict[str, int] = {}
    found = []
    for source, _ in _items(file.data.get("bronnen")):
        kind = _kind(source, known)
        counted[kind] = counted.get(kind, 0) + 1
        if counted[kind] > MOST_OF_A_KIND:
            reason = f"van {kind} kan een gemeente er hoogstens {MOST_OF_A_KIND} hebben"
            found.append(file.mistake(("bronnen", source), reason))
    return found


def _same_mistakes(
    file: TomlFile, sources: Mapping[str, SourceSettings], known: frozenset[str]
) -> list[Mistake]:
    """Two sources of one kind that call themselves the same: whatever they have is there twice."""
    first: dict[tuple[str, str], str] = {}
    found = []
    for name, source in sources.items():
        kind = _kind(name, known)
        bases = source.canonical or (source.address,)
        others = dict.fromkeys(first[kind, base] for base in bases if (kind, base) in first)
        for other in others:
            reason = (
                f"noemt zichzelf als bronnen.{other}, zodat alles er twee keer zou zijn; "
                "kijk `address` en `canonical` na"
            )
            found.append(file.mistake(("bronnen", name), reason))
        for base in bases:
            first.setdefault((kind, base), name)
    return found


def _flag_mistake(
    flag: str, value: Any, known: Mapping[str, type | tuple[Flag, ...]]
) -> str | None:
    if flag not in known:
        return f"onbekende dialectvlag{nearest(flag, known)}"
    expected = known[flag]
    if isinstance(expected, tuple):
        fits = any(type(value) is type(each) and value == each for each in expected)
        return None if fits else f"kies uit {', '.join(_written(each) for each in expected)}"
    names = {bool: "true of false", int: "een geheel getal", str: "tekst"}
    return None if type(value) is expected else f"moet {names.get(expected, 'anders')} zijn"


def _header_mistakes(file: TomlFile, known_sources: frozenset[str]) -> list[Mistake]:
    """Headers for a source that this tenant lacks, one header under two spellings, and a name of
    an end user that is too long.
    """
    sources = {name for name, _ in _items(file.data.get("bronnen"))}
    sources |= {_kind(name, known_sources) for name in sources}
    users = dict(_user_headers(file.data, known_sources))
    found = []
    for path, source, headers in _told_headers(file.data):
        known = parted(source, known_sources) is not None
        if known and source not in sources:
            found.append(file.mistake(path, "deze bron staat niet onder [bronnen]"))
        names: set[str] = set()
        for name, value in _items(headers):
            if name.lower() in names:
                found.append(file.mistake((*path, name), "deze header staat er twee keer"))
            names.add(name.lower())
            if name.lower() in users.get(source, ()) and len(str(value)) > LONGEST_USER:
                reason = f"noemt de gebruiker, en heeft daarom hoogstens {LONGEST_USER} tekens"
                found.append(file.mistake((*path, name), reason))
    return found


def _told_headers(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str, Any]]:
    """Every table of headers of a purpose, and of a zaaktype of one: where, of which source."""
    for purpose, table in _tables(data, ("doelbindingen",)):
        at: KeyPath = ("doelbindingen", purpose)
        places = [(at, table)]
        places += [
            ((*at, "zaaktypen", name), each)
            for name, each in _items(table.get("zaaktypen"))
            if isinstance(each, dict)
        ]
        for path, each in places:
            for kind in ("headers", "zoekheaders"):
                for source, headers in _items(each.get(kind)):
                    yield (*path, kind, source), source, headers


def _user_headers(
    data: Mapping[str, Any], known_sources: frozenset[str]
) -> Iterator[tuple[str, set[str]]]:
    """By source and by kind of source the headers that name an end user, in lower case."""
    made: dict[str, set[str]] = {}
    for source, table in _tables(data, ("bronnen",)):
        header = table.get("gebruikerheader")
        for name in (source, _kind(source, known_sources)) if isinstance(header, str) else ():
            made.setdefault(name, set()).add(str(header).lower())
    yield from made.items()


def _access_mistakes(file: TomlFile, known_labels: frozenset[str]) -> list[Mistake]:
    """What is said of who may see what, and can never come to anything."""
    return [
        file.mistake(("doelbindingen", purpose, *path), reason)
        for purpose, table in _tables(file.data, ("doelbindingen",))
        for path, reason in _access_mistakes_of(table, file.data, known_labels)
    ]


def _access_mistakes_of(
    table: Mapping[str, Any], data: Mapping[str, Any], known_labels: frozenset[str]
) -> Iterator[tuple[KeyPath, str]]:
    kinds = _list(table.get("soorten"))
    if "rollen" in table and "medewerker" not in kinds:
        yield ("rollen",), "rollen gelden alleen voor de soort medewerker"
    if "gemachtigde" in kinds and not data.get("diensten"):
        yield ("soorten",), "een gemachtigde ziet niets zonder [diensten.<naam>]"
    seen = _all_expanded(_list(table.get("labels")), known_labels)
    for label, _ in _items(table.get("betrouwbaarheid_per_label")):
        meant = expanded(label, known_labels)
        if meant and not meant & seen:
            yield ("betrouwbaarheid_per_label", label), "dit label staat niet bij deze doelbinding"


def _list(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else []
    return [each for each in listed if isinstance(each, str)]


def _written(value: Flag) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _items(table: Any) -> Iterator[tuple[str, Any]]:
    return iter(table.items() if isinstance(table, dict) else ())


def _tables(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    here: Any = data
    for step in path:
        here = here.get(step) if isinstance(here, Mapping) else None
    return ((name, each) for name, each in _items(here) if isinstance(each, dict))
