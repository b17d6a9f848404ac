"""Fetches JSON Schemas of objecttypes for review (process): `bronpoort objecttypen ophalen`.

Nothing is published that nobody looked at, so serving never fetches a schema. Of several
municipalities the schema of the first is written, and those of the others are compared with it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gateway.app import (
    known_dialects,
    known_inzage,
    known_sources,
    published,
    several_sources,
)
from gateway.configuration import load_configuration
from gateway.mistakes import ConfigurationError
from gateway.source.credentials import EndUser
from gateway.source.errors import SourceError
from gateway.source.ledger import Ledger
from gateway.source.source import Occasion, Source
from gateway.source.upstreams import Upstreams
from gateway.tenants import Tenant
from resolvers.objecten.definitions import FOLDER, Definition, read_definitions, schema_path
from resolvers.objecten.json_schema import SchemaRefusedError, data_of
from resolvers.objecten.objecttypes import Version, names, newest
from resolvers.objecten.reads import uuid_flag

USER = EndUser("bronpoort-objecttypen", "Bronpoort objecttypen")
SECONDS = 30.0
SOURCES = ("objecttypen", "objecten")
"""Where objecttypes are: in a service of their own, or since 4.0 beside the objects."""


@dataclass(slots=True)
class Outcome:
    """What was done, in Dutch lines; `good` is whether all of it could be done."""

    lines: list[str] = field(default_factory=list)
    good: bool = True

    def wrong(self, line: str) -> None:
        """Something that could not be done."""
        self.lines.append(f"FOUT: {line}")
        self.good = False


async def fetch_schemas(
    directory: Path, environment: Mapping[str, str], upstreams: Upstreams | None = None
) -> Outcome:
    """Write the schema of each definition beside it; ConfigurationError for what is wrong there."""
    definitions, mistakes = read_definitions(directory)
    if mistakes:
        raise ConfigurationError(mistakes)
    tenants = _tenants(directory, definitions, environment)
    outcome, known = Outcome(), upstreams or Upstreams()
    try:
        for definition in definitions:
            await _fetch(directory, definition, tenants, known, outcome)
        for tenant in tenants.values():
            await _others(tenant, definitions, known, outcome)
    finally:
        await known.aclose()
    return outcome


def _tenants(
    directory: Path, definitions: list[Definition], environment: Mapping[str, str]
) -> Mapping[str, Tenant]:
    """The municipalities, whose files may name what only these definitions make known."""
    labels = published().labels.union(*(each.labels for each in definitions))
    flags = {uuid_flag(each.table.naam): str for each in definitions}
    dialects = known_dialects()
    dialects = {**dialects, "objecten": {**dialects["objecten"], **flags}}
    found = load_configuration(
        directory,
        labels,
        known_sources(),
        dialects,
        environment,
        several_sources(),
        known_inzage=known_inzage(),
    )
    return found.tenants


async def _fetch(
    directory: Path,
    definition: Definition,
    tenants: Mapping[str, Tenant],
    upstreams: Upstreams,
    outcome: Outcome,
) -> None:
    name, first = definition.table.naam, None
    for tenant in tenants.values():
        source, uuid = _source(tenant, upstreams), _uuid(tenant, definition)
        if source is None or not uuid:
            continue
        try:
            version = await newest(source, uuid)
        except SourceError as error:
            outcome.wrong(f"{tenant.code} {name}: {error.message} ({error.source})")
            continue
        if version is None:
            outcome.wrong(f"{tenant.code} {name}: er is geen gepubliceerde versie")
        elif first is None:
            first = version
            _write(schema_path(directory, definition), name, version, outcome)
        elif version.schema != first.schema:
            outcome.wrong(f"{tenant.code} {name}: versie {version.number} heeft een ander schema")
    if first is None and not any(line.startswith("FOUT") for line in outcome.lines):
        outcome.wrong(f"{name}: geen gemeente heeft een bron en een uuid voor dit objecttype")


def _write(path: Path, name: str, version: Version, outcome: Outcome) -> None:
    made = json.dumps(version.schema, indent=2, ensure_ascii=False) + "\n"
    before = path.read_text(encoding="utf-8") if path.is_file() else None
    what = "opgehaald" if before is None else "gewijzigd"
    if before is not None and _same(before, version.schema):
        what = "ongewijzigd"
    else:
        path.write_text(made, encoding="utf-8")
    outcome.lines.append(f"{name}: versie {version.number}, {FOLDER}/{path.name} {what}")
    try:
        data_of(version.schema)
    except SchemaRefusedError as refused:
        outcome.wrong(f"{FOLDER}/{path.name}: {refused}")


def _same(text: str, schema: Mapping[str, Any]) -> bool:
    try:
        return bool(json.loads(text) == schema)
    except ValueError:
        return False


async def _others(
    tenant: Tenant, definitions: list[Definition], upstreams: Upstreams, outcome: Outcome
) -> None:
    """What the source has and no definition names: a place to begin."""
    source = _source(tenant, upstreams)
    if source is None:
        return
    try:
        found = await names(source)
    except SourceError as error:
        outcome.wrong(f"{tenant.code}: {error.message} ({error.source})")
        return
    ours = {_uuid(tenant, each) for each in definitions}
    outcome.lines += [
        f"{tenant.code}: {name} ({uuid}) heeft nog geen bestand in {FOLDER}/"
        for uuid, name in found.items()
        if uuid not in ours
    ]


def _source(tenant: Tenant, upstreams: Upstreams) -> Source | None:
    name = next((name for name in SOURCES if name in tenant.sources), None)
    if name is None:
        return None
    deadline = upstreams.surroundings.clock() + SECONDS
    return upstreams.source(
        tenant.code, name, tenant.sources[name], Occasion(deadline, Ledger(), USER), {}
    )


def _uuid(tenant: Tenant, definition: Definition) -> str:
    settings = tenant.sources.get("objecten")
    own = settings.dialect.get(uuid_flag(definition.table.naam)) if settings else None
    return str(own or definition.table.uuid or "").lower()
