"""The objecttypes that are published, from the files of the configuration (startup).

`objecttypen/<naam>.toml` says what a municipality decides: labels, links, what points to a person.
The JSON Schema beside it says what the type looks like; it is fetched by a command and reviewed,
never at run time, so that what is published only changes when somebody changes it.

A schema may hold anything; what is wrong in a TOML file is refused with its line and the reason.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gateway.mistakes import ConfigurationError, KeyPath, Mistake
from gateway.source.addresses import is_uuid
from gateway.toml_file import TomlFile
from resolvers.objecten.json_schema import SchemaRefusedError, data_of, text_of
from schema.brk_labels import RAADPLEGEN as KADASTER_RAADPLEGEN
from schema.brp_labels import RAADPLEGEN
from schema.hr import RAADPLEGEN as BEDRIJF_RAADPLEGEN
from schema.objecten import ALL, Group, LinkKind, Objecttype, Verband, way_to
from schema.objecten import Path as PropertyPath
from schema.objecten_namen import camel_name, sentence, tidy

FOLDER = "objecttypen"
_MAX_BYTES = 1_000_000
_LONGEST = 60
_TEXTS: Mapping[LinkKind, str] = {
    "persoon": "De persoon in de BRP die bij dit object hoort.",
    "zaak": "De zaak die bij dit object hoort.",
    "adres": "Het adres in de BAG waar dit object bij hoort.",
    "adresseerbaar-object": "Het object in de BAG waar dit object bij hoort.",
    "pand": "Het pand in de BAG waar dit object bij hoort.",
    "kadastraal-onroerende-zaak": "Het perceel of appartementsrecht waar dit object bij hoort.",
    "bedrijf": "Het bedrijf in het Handelsregister dat bij dit object hoort.",
    "vestiging": "De vestiging in het Handelsregister die bij dit object hoort.",
}
_STEPS: Mapping[LinkKind, str] = {
    "persoon": RAADPLEGEN,
    "kadastraal-onroerende-zaak": KADASTER_RAADPLEGEN,
    "bedrijf": BEDRIJF_RAADPLEGEN,
    "vestiging": BEDRIJF_RAADPLEGEN,
}
"""The label of a step that reveals more than the object does: that of asking there by number."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One TOML file, and what it says."""

    file: TomlFile
    table: "ObjecttypeTable"

    @property
    def label(self) -> str:
        """What seeing such an object reveals."""
        return self.table.label or f"object.{self.table.naam}"

    @property
    def labels(self) -> frozenset[str]:
        """All labels that the file names."""
        links = self.table.verbanden
        named = [each for link in links for each in (link.label, link.terug_label)]
        return frozenset({self.label, *self.table.labels.values(), *filter(None, named)})


def load_objecttypes(directory: Path) -> tuple[Objecttype, ...]:
    """The objecttypes of a configuration; ConfigurationError with every mistake in every file."""
    definitions, mistakes = read_definitions(directory)
    objecttypes: list[Objecttype] = []
    for definition in definitions:
        found, wrong = _objecttype(directory, definition)
        mistakes += wrong
        objecttypes += [found] if found is not None else []
    mistakes += _named_twice(definitions)
    if mistakes:
        raise ConfigurationError(sorted(mistakes))
    return tuple(objecttypes)


def read_definitions(directory: Path) -> tuple[list[Definition], list[Mistake]]:
    """What the TOML files say, without their schemas, and what is wrong in the others."""
    definitions: list[Definition] = []
    mistakes: list[Mistake] = []
    for path in sorted((directory / FOLDER).glob("*.toml")):
        if path.name.startswith("."):
            continue
        file, unreadable = TomlFile.read(path)
        mistakes += [_in_folder(each) for each in unreadable]
        if file is None:
            continue
        file = replace(file, name=f"{FOLDER}/{file.name}")
        table, wrong = file.as_model(ObjecttypeTable, {})
        if table is not None and f"{table.naam}.toml" != path.name:
            wrong.append(file.mistake(("naam",), f"dit bestand heet {table.naam}.toml"))
        mistakes += wrong
        if table is not None and not wrong:
            definitions.append(Definition(file, table))
    return definitions, mistakes


def schema_path(directory: Path, definition: Definition) -> Path:
    """Where the JSON Schema of a definition stands."""
    table = definition.table
    return directory / FOLDER / (table.jsonschema or f"{table.naam}.json")


# ---- one definition with its schema -------------------------------------------------------------


def _objecttype(directory: Path, definition: Definition) -> tuple[Objecttype | None, list[Mistake]]:
    path = schema_path(directory, definition)
    schema, wrong = _read_schema(path)
    if schema is None:
        return None, wrong
    try:
        data = data_of(schema)
    except SchemaRefusedError as refused:
        return None, [Mistake(f"{FOLDER}/{path.name}", 0, "", str(refused))]
    mistakes = list(_mistakes(definition, data))
    if mistakes:
        return None, mistakes
    return _built(definition, schema, data), []


def _read_schema(path: Path) -> tuple[Any, list[Mistake]]:
    name = f"{FOLDER}/{path.name}"
    try:
        content = path.read_bytes()
        if len(content) > _MAX_BYTES:
            return None, [Mistake(name, 0, "", "het bestand is groter dan 1 MB")]
        found = json.loads(content.decode("utf-8"))
    except OSError:
        reason = "het bestand is niet leesbaar; `bronpoort objecttypen ophalen` haalt het op"
        return None, [Mistake(name, 0, "", reason)]
    except json.JSONDecodeError as error:
        return None, [Mistake(name, error.lineno, "", "geen geldige JSON")]
    except (UnicodeDecodeError, ValueError, RecursionError):
        return None, [Mistake(name, 0, "", "geen leesbare JSON in UTF-8")]
    return found if found is not None else {}, []


def _mistakes(definition: Definition, data: Group) -> Iterator[Mistake]:
    """Paths that the schema does not have, and choices that contradict each other."""
    file, table = definition.file, definition.table
    for index, link in enumerate(table.verbanden):
        yield from _in_link(definition, data, index, link)
    for dotted in table.labels:
        if way_to(data, _path(dotted)) is None:
            yield file.mistake(("labels", dotted), _ABSENT)
    for index, dotted in enumerate(table.persoonlijk):
        if dotted != ALL and way_to(data, _path(dotted)) is None:
            yield file.mistake(("persoonlijk", index), _ABSENT)
    if table.zaken in ("uuid", "record", *(link.naam for link in table.verbanden)):
        yield file.mistake(("zaken",), _TAKEN)
    about_people = table.persoonlijk or any(each.soort == "persoon" for each in table.verbanden)
    if table.openbaar and about_people:
        yield file.mistake(("openbaar",), "wat naar een persoon wijst is niet openbaar")


_ABSENT = "deze eigenschap staat niet in het schema"
_TAKEN = "deze naam is hier al in gebruik"


def _in_link(
    definition: Definition, data: Group, index: int, link: "VerbandTable"
) -> Iterator[Mistake]:
    file = definition.file
    at: KeyPath = ("verbanden", index)
    way = way_to(data, _path(link.eigenschap))
    if way is None:
        yield file.mistake((*at, "eigenschap"), _ABSENT)
    elif isinstance(way[-1].shape, Group):
        yield file.mistake((*at, "eigenschap"), "dit is geen enkele waarde maar een object")
    elif link.terug and any(each.many for each in way):
        yield file.mistake((*at, "terug"), "in een lijst kan de bron niet zoeken")
    if link.vorm is not None and link.soort != "zaak":
        yield file.mistake((*at, "vorm"), "alleen een zaak wordt met een url of een uuid genoemd")
    names = [each.naam for each in definition.table.verbanden[:index]]
    if link.naam in (*names, "uuid", "record"):
        yield file.mistake((*at, "naam"), _TAKEN)


def _built(definition: Definition, schema: Any, data: Group) -> Objecttype:
    table = definition.table
    links = tuple(_verband(definition, link) for link in table.verbanden)
    personal = {_path(dotted) for dotted in table.persoonlijk}
    personal |= {link.path for link in links if link.kind == "persoon"}
    return Objecttype(
        name=table.naam,
        plural=table.meervoud,
        text=sentence(table.omschrijving or text_of(schema), table.naam),
        uuid=table.uuid,
        is_open=table.openbaar,
        label=definition.label,
        data=data,
        labels={_path(dotted): label for dotted, label in table.labels.items()},
        personal=frozenset(personal),
        links=links,
        zaken=table.zaken,
    )


def _verband(definition: Definition, link: "VerbandTable") -> Verband:
    plural = definition.table.meervoud
    label = _STEPS.get(link.soort, definition.label)
    return Verband(
        path=_path(link.eigenschap),
        kind=link.soort,
        name=camel_name(link.naam),
        text=sentence(link.omschrijving, "") if link.omschrijving else _TEXTS[link.soort],
        label=link.label or label,
        back=camel_name(link.terug) if link.terug else None,
        back_text=sentence(link.terug_omschrijving or f"De {plural} die hierbij horen", plural),
        back_label=link.terug_label or definition.label,
        is_url=link.soort == "zaak" and link.vorm != "uuid",
    )


def _path(dotted: str) -> PropertyPath:
    return tuple(dotted.split("."))


def _named_twice(definitions: Sequence[Definition]) -> Iterator[Mistake]:
    """Two objecttypes with one name for their objects, or one of them for both its own."""
    seen: set[str] = set()
    for definition in definitions:
        names = ("naam", definition.table.naam), ("meervoud", definition.table.meervoud)
        for key, name in names:
            if camel_name(name) in seen:
                yield definition.file.mistake((key,), "deze naam is al in gebruik")
            seen.add(camel_name(name))


def _in_folder(mistake: Mistake) -> Mistake:
    return replace(mistake, file=f"{FOLDER}/{mistake.file}")


# ---- the file -----------------------------------------------------------------------------------


def _plain_name(value: str) -> str:
    parts = value.split("-")
    plain = all(part and part.isascii() and part.isalnum() for part in parts)
    if not plain or value != value.lower() or not value[0].isalpha() or len(value) > _LONGEST:
        raise ValueError("een naam bestaat uit kleine letters, cijfers en streepjes")
    if parts[-1] in ("edge", "connection", "filter", "record"):
        raise ValueError("zo mag een naam niet eindigen")
    return value


def _field_name(value: str) -> str:
    if not value.isascii() or camel_name(value) != value or len(value) > _LONGEST:
        raise ValueError("een naam van een veld is als `eersteAanvrager`")
    return value


def _label(value: str) -> str:
    plain = value.replace(".", "").replace("-", "")
    if "." not in value or not (plain.isascii() and plain.isalpha() and plain == plain.lower()):
        raise ValueError("een label is als `object.laadpaal`: kleine letters, punten en streepjes")
    return value


def _uuid(value: str) -> str:
    if not is_uuid(value.lower()):
        raise ValueError("dit is geen uuid")
    return value.lower()


def _line(value: str) -> str:
    if not tidy(value) or tidy(value) != value:
        raise ValueError("moet een regel tekst zijn")
    return value


def _beside(value: str) -> str:
    if not value.endswith(".json") or "/" in value or "\\" in value:
        raise ValueError("hier hoort de naam van een JSON-bestand in dezelfde map")
    return value


_Name = Annotated[str, AfterValidator(_plain_name)]
_FieldName = Annotated[str, AfterValidator(_field_name)]
_Label = Annotated[str, AfterValidator(_label)]
_Line = Annotated[str, AfterValidator(_line)]
_PropertyName = Annotated[str, Field(min_length=1, max_length=500)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class VerbandTable(_Table):
    """A property that leads to another registry, and perhaps the way back."""

    eigenschap: _PropertyName
    soort: LinkKind
    naam: _FieldName
    omschrijving: _Line | None = None
    label: _Label | None = None
    vorm: Literal["url", "uuid"] | None = None
    terug: _FieldName | None = None
    terug_omschrijving: _Line | None = None
    terug_label: _Label | None = None


class ObjecttypeTable(_Table):
    """One objecttype."""

    naam: _Name
    meervoud: _Name
    omschrijving: _Line | None = None
    uuid: Annotated[str, AfterValidator(_uuid)] | None = None
    jsonschema: Annotated[str, AfterValidator(_beside)] | None = None
    openbaar: bool = False
    label: _Label | None = None
    labels: dict[_PropertyName, _Label] = Field(default_factory=dict)
    persoonlijk: tuple[_PropertyName, ...] = ()
    verbanden: tuple[VerbandTable, ...] = ()
    zaken: _FieldName | None = None
