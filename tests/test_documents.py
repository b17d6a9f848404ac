"""Documents for who configures and for who asks: they name all that exists, as it is."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

import gateway
from gateway import tenants
from gateway.app import published
from gateway.assurance import VALUES
from gateway.operation import failures
from gateway.operation.errors import Code
from gateway.source.errors import SourceError
from schema.language.coordinates import OutsideArea, TooDetailed
from tests import label_document
from tests.issuers import load_issuers
from tests.paths import ROOT

CODES = ROOT / "docs" / "foutcodes.md"
RETRY = {"ja": True, "nee": False}


GUIDE = ROOT / "docs" / "gemeente-instellen.md"
EXAMPLE = ROOT / "deploy" / "voorbeeld" / "0999.toml"


@pytest.mark.parametrize(
    "table", [tenants._TenantTable, tenants._PurposeTable, tenants._DienstTable]
)
def test_every_key_of_a_municipality_is_told_and_shown(table: type[BaseModel]) -> None:
    guide = set(re.findall(r"`\[?([a-z_]+)", GUIDE.read_text(encoding="utf-8")))
    example = set(re.findall(r"[a-z_]+", EXAMPLE.read_text(encoding="utf-8")))

    assert set(table.model_fields) - guide == set()
    assert set(table.model_fields) - example == set()


# ---- labels ---------------------------------------------------------------------------------


def test_every_label_is_explained_and_no_other() -> None:
    documented = label_document.documented()

    assert set(documented) == published().labels
    assert [label for label, section in documented.items() if not section.about] == []
    assert list(documented) == sorted(documented)


def test_the_fields_of_every_label_are_listed() -> None:
    """`python -m tests.label_document` writes them."""
    documented = label_document.documented()
    facts = published()

    expected = {label: label_document.fields_of(label, facts) for label in sorted(facts.labels)}
    assert {label: section.fields for label, section in documented.items()} == expected


def test_every_field_that_reveals_anything_stands_under_its_label() -> None:
    listed = {
        (type_name, name)
        for section in label_document.documented().values()
        for type_name, names in re.findall(
            r"- `(\w+)`:((?:\s+`\w+`,?)+)", "\n".join(section.fields)
        )
        for name in re.findall(r"`(\w+)`", names)
    }
    facts = published()

    def above(type_name: str, name: str) -> bool:
        options = (each for each in facts.types.values() if type_name in each.options.values())
        return any((each.name, name) in listed for each in options)

    hidden = [
        f"{field.parent}.{field.name}"
        for fact in facts.types.values()
        for field in fact.fields.values()
        if field.label and field.name not in label_document.PLUMBING
        if (field.parent, field.name) not in listed and not above(field.parent, field.name)
    ]
    assert hidden == []


# ---- error codes ----------------------------------------------------------------------------


def tree(root: type[SourceError]) -> Iterator[type[SourceError]]:
    """An error of a source and all kinds of it."""
    yield root
    for kind in root.__subclasses__():
        yield from tree(kind)


def table(heading: str) -> Mapping[str, list[str]]:
    """The rows under a heading: the other cells by the code in the first one."""
    section = CODES.read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", section, re.M)
    return {code: cells.split(" | ") for code, cells in rows}


def test_every_error_beside_data_is_documented() -> None:
    """With whether the same question may succeed later."""
    sources = {kind.code: kind.retry for kind in tree(SourceError)}
    ours = (failures.refused(None), failures.not_yours(""), failures.missing(""))
    own = {each.code: each.retry for each in (*ours, failures.unfit(None))}
    own |= {each.code: False for each in (OutsideArea(), TooDetailed())}

    documented = {code: RETRY[row[-1]] for code, row in table("Fouten naast gegevens").items()}

    assert documented == {**sources, **own}


def test_every_refusal_is_documented() -> None:
    documented = table("Vragen die niet worden uitgevoerd")

    assert set(documented) == {code.value for code in Code}
    assert all(re.match(r"\d{3}", row[0]) and row[-1] in RETRY for row in documented.values())


@pytest.mark.parametrize("code", [code.value for code in Code])
def test_every_code_has_one_meaning_for_trying_again(code: str) -> None:
    beside = table("Fouten naast gegevens").get(code)
    whole = table("Vragen die niet worden uitgevoerd")[code]

    assert beside is None or beside[-1] == whole[-1]


# ---- the machine ----------------------------------------------------------------------------


def test_the_way_of_an_operation_names_modules_that_exist() -> None:
    """And every module of the operation, which has no other use."""
    text = gateway.__doc__ or ""
    named = set(re.findall(r"\b((?:edge|auth|operation|source|observe)\.[a-z]+)\b", text))

    def exists(name: str) -> bool:
        place = ROOT / "gateway" / name.replace(".", "/")
        return place.with_suffix(".py").exists() or (place / "__init__.py").exists()

    steps = {path.stem for path in (ROOT / "gateway" / "operation").glob("[a-z]*.py")}
    assert [name for name in sorted(named) if not exists(name)] == []
    assert steps - {"errors", "failures"} - {name.partition(".")[2] for name in named} == set()


# ---- signing in -----------------------------------------------------------------------------


def test_every_word_for_a_level_of_assurance_is_told() -> None:
    """Those of brokers; the names of the levels themselves are told beside them."""
    guide = (ROOT / "docs" / "aanmelden.md").read_text(encoding="utf-8")

    told = dict(re.findall(r"^\| `(\S+:\S+)` \| `(\S+)` \|$", guide, re.M))

    assert told == {word: level for word, level in VALUES.items() if ":" in word}


def test_the_issuers_of_the_guide_are_ones_that_we_would_take(tmp_path: Path) -> None:
    """All of them in one file."""
    guide = (ROOT / "docs" / "aanmelden.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "issuers.toml").write_text("\n".join(examples), encoding="utf-8")

    assert len(load_issuers(tmp_path, ["0999"])) == len(examples) == 4
