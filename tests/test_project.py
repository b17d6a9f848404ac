"""The project's own files: documents name what exists, locks name no host, licences are stated."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from gateway import tenants
from gateway.auth.issuers import ClaimSettings, IssuerSettings
from gateway.settings import Setting, documented
from gateway.source import settings as source_settings
from resolvers import REGISTRIES
from tests.paths import ROOT

DOCUMENTS = sorted(
    each
    for each in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if "node_modules" not in each.parts
)
TENANT_GUIDE = ROOT / "docs" / "gemeente-instellen.md"
LOCKS = sorted([*ROOT.glob("requirements/*.lock"), *ROOT.glob("explorer/package-lock.json")])
LOCKS += sorted([*ROOT.glob("docs/*/package-lock.json"), *ROOT.glob("tests/*/package-lock.json")])
FOLDERS = ("gateway", "resolvers", "schema", "sandbox", "tests", "docs", "explorer", "deploy",
           "bench")  # fmt: skip
CODE_SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def tracked() -> list[Path]:
    """Every file of the project, without what git ignores."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git work tree")
    command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout  # noqa: S603
    files = [ROOT / name for name in listed.split("\0") if name]
    return [file for file in files if file.is_file() and not file.is_symlink()]


def texts() -> Iterator[tuple[Path, str]]:
    """The tracked files that are text, with what they say."""
    for file in tracked():
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def make_targets() -> frozenset[str]:
    """The targets that `make help` lists."""
    makefile = (ROOT / "Makefile").read_text()
    return frozenset(re.findall(r"^([a-z]+):.*##", makefile, re.M))


def code_spans(document: Path) -> list[str]:
    return CODE_SPAN.findall(document.read_text())


# ---- documents --------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_to_a_file(document: Path) -> None:
    text = re.sub(r"<!--.*?-->", "", document.read_text(), flags=re.S)
    local = [each for each in LINK.findall(text) if "://" not in each]
    broken = [each for each in local if not (document.parent / each).exists()]

    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    named = [each for each in code_spans(document) if each.split("/")[0] in FOLDERS and "/" in each]
    plain = [each for each in named if not set(each) & set("<>* ")]
    gone = [each for each in plain if not (ROOT / each).exists()]

    assert gone == []


def test_documents_name_only_targets_that_make_knows() -> None:
    named = {
        target
        for document in DOCUMENTS
        for target in re.findall(r"(?:`|\$ )make ([a-z]+)", document.read_text())
    }

    assert named - make_targets() == set()


def test_contributing_names_every_target_of_make() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()

    assert [each for each in sorted(make_targets()) if f"`make {each}`" not in text] == []


def test_documents_name_only_commands_that_bronpoort_has() -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "gateway", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    named = {
        command
        for document in DOCUMENTS
        for command in re.findall(r"(?:`|\$ )bronpoort ([a-z]+)", document.read_text())
    }

    assert {each for each in named if not re.search(rf"\b{each}\b", help_text)} == set()


def test_the_tenant_guide_shows_every_setting_as_it_is() -> None:
    def default(setting: Setting) -> str:
        return f"`{setting.default}`" if setting.default else ""

    guide = TENANT_GUIDE.read_text()
    expected = [
        f"| `{each.variable}` | {default(each)} | {each.description} |" for each in documented()
    ]
    shown = re.findall(r"^\| `BRONPOORT_.*$", guide, re.M)

    assert expected == shown


def test_the_tenant_guide_names_every_key_of_its_files() -> None:
    spans = set(code_spans(TENANT_GUIDE))
    tables: tuple[type[BaseModel], ...] = (
        IssuerSettings,
        ClaimSettings,
        source_settings.SourceSettings,
        source_settings.DecisionSettings,
        tenants._ZaaktypeTable,
        source_settings.Tls,
        source_settings.ApiKey,
        source_settings.ZgwJwt,
        source_settings.Token,
        source_settings.ClientCredentials,
    )
    keys = {key for table in tables for key in table.model_fields} - {"soort"}

    assert keys - spans == set()


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("Bronnen", source_settings.SourceSettings),
        ("Een beslispunt", source_settings.DecisionSettings),
        ("Doelbindingen", tenants._PurposeTable),
        ("Diensten waarvoor iemand gemachtigd kan zijn", tenants._DienstTable),
        ("Uitgevers van tokens", IssuerSettings),
    ],
)
def test_the_tenant_guide_says_what_a_key_is_without_a_value(
    heading: str, table: type[BaseModel]
) -> None:
    """Required, or the number, the word or the switch that holds then."""
    section = TENANT_GUIDE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    section = section.split("`[issuer.claims]`")[0]
    shown = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|[^|]+\|$", section, re.M))
    fields = {name: each for name, each in table.model_fields.items() if name in shown}
    required = {name for name, each in fields.items() if each.is_required()}
    plain = {
        name: f"{each.default:g}" if isinstance(each.default, float) else str(each.default)
        for name, each in fields.items()
        if isinstance(each.default, bool | int | float | str)
    }

    assert set(table.model_fields) - set(shown) <= {"jwks_url", "key_file"}
    assert {name for name, told in shown.items() if told.startswith("verplicht")} == required
    for name, default in plain.items():
        assert shown[name].replace("`", "").split()[0].lower() == default.lower()


def test_the_tenant_guide_says_how_claims_are_called_without_a_value() -> None:
    known = {
        name: json.dumps(each.default, ensure_ascii=False)
        for name, each in ClaimSettings.model_fields.items()
    }
    section = TENANT_GUIDE.read_text().split("`[issuer.claims]`")[1].split("\n## ")[0]

    assert dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", section, re.M)) == known


def test_the_tenant_guide_names_every_dialect_flag_and_no_other() -> None:
    known = {
        (source, flag)
        for registry in REGISTRIES
        for source, flags in registry.dialects.items()
        for flag in flags
    }
    section = TENANT_GUIDE.read_text().split("## Dialect")[1].split("\n## ")[0]
    shown = set(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", section, re.M))

    assert known == shown


@pytest.mark.parametrize("name", ["dreigingsmodel.md", "dpia.md"])
def test_what_is_promised_to_a_reviewer_exists(name: str) -> None:
    """Each test in the file that it is said to be in, each setting, each key of a file."""
    document = ROOT / "docs" / name
    text, guide = document.read_text(), set(code_spans(TENANT_GUIDE))
    cited = [
        (file, test)
        for file, tests in re.findall(r"`(tests/[\w/]+\.py)`: ((?:`test_\w+`(?:, )?)+)", text)
        for test in CODE_SPAN.findall(tests)
    ]
    gone = [
        f"{file}: {test}"
        for file, test in cited
        if not re.search(rf"^(?:async )?def {test}\(", (ROOT / file).read_text(), re.M)
    ]
    variables = {each.variable for each in documented()}
    spans = {each for each in code_spans(document) if not each.startswith("test_")}
    words = {each for each in spans if re.fullmatch("[a-z]+(?:_[a-z]+)*", each)}
    sources = {name for registry in REGISTRIES for name in registry.sources}
    known = guide | sources | {"iss", "aud", "exp", "azp", "typ", "mijn", "vers", "herkomst"}

    assert gone == []
    assert re.findall(r"`test_\w+`", text) == [f"`{test}`" for _, test in cited]
    assert set(re.findall(r"BRONPOORT_[A-Z_]+", text)) - variables == set()
    assert words - known == set()


def test_the_threat_model_cites_a_proof_for_every_measure() -> None:
    rows = re.findall(
        r"^\| ([STRIDE]) \| .+ \| (.+) \| (.+) \|$",
        (ROOT / "docs" / "dreigingsmodel.md").read_text(),
        re.M,
    )

    assert {letter for letter, _, _ in rows} == set("STRIDE")
    assert [row for row in rows if "tests/" not in row[2]] == []


def test_the_changelog_has_a_place_for_what_comes() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)

    assert headings[0] == "Unreleased"


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == publiccode()["softwareVersion"]


# ---- files ------------------------------------------------------------------------------------

MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:tmp|work|root|farm|home/[a-z]+|Users/[a-z]+)/[\w.-]")
DOWNLOAD_HOST = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("files", "pythonhosted", "org"),
            ("pypi", "org/simple"),
            ("registry", "npmjs", "org"),
            ("deb", "debian", "org"),
        )
    )
)


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = [str(file.relative_to(ROOT)) for file, text in texts() if MACHINE_PATH.search(text)]

    assert found == []


def test_no_file_names_a_download_host() -> None:
    found = [str(file.relative_to(ROOT)) for file, text in texts() if DOWNLOAD_HOST.search(text)]

    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_pins_by_hash(lock: Path) -> None:
    text = lock.read_text()
    if lock.suffix == ".lock":
        requirements = re.findall(r"^[a-zA-Z0-9_.-]+==[^\n]*\n(    --hash=sha256:)?", text, re.M)
        assert requirements
        assert all(requirements)
        assert "://" not in text
        assert "--index-url" not in text
    else:
        assert '"resolved"' not in text
        assert text.count('"integrity"') == text.count('    "node_modules/')


def test_the_locks_agree_with_each_other() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text()
        return set(re.findall(r"^([a-zA-Z0-9_.-]+==[^ ;\\]+)", text, re.M))

    assert pins("runtime.lock") <= pins("dev.lock")


def test_httpx_has_no_second_version_in_the_runtime() -> None:
    assert "httpx2" not in (ROOT / "requirements" / "runtime.lock").read_text()


def test_python_files_start_by_saying_what_they_are() -> None:
    python = [file for file in tracked() if file.suffix == ".py" and file.stat().st_size]
    silent = [file for file in python if ast.get_docstring(ast.parse(file.read_text())) is None]

    assert [str(file.relative_to(ROOT)) for file in silent] == []


# ---- licence and publication ------------------------------------------------------------------

MANDATORY = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}
OPTIONAL = {
    "applicationSuite",
    "landingURL",
    "isBasedOn",
    "softwareVersion",
    "releaseDate",
    "logo",
    "categories",
    "organisation",
    "roadmap",
    "fundedBy",
    "usedBy",
    "intendedAudience",
    "dependsOn",
}
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}


def publiccode() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    return content


def test_publiccode_has_the_keys_of_its_standard() -> None:
    content = publiccode()

    assert set(content) >= MANDATORY
    assert set(content) <= MANDATORY | OPTIONAL
    assert content["developmentStatus"] in STATUSES
    assert content["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert content["maintenance"]["contacts"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_within_its_bounds(language: str) -> None:
    description = publiccode()["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert all(len(each) <= 100 for each in description["features"])


def test_the_licence_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    texts = {(ROOT / name).read_text() for name in ("LICENSE", "LICENSES/EUPL-1.2.txt")}

    assert len(texts) == 1
    assert project["license"] == publiccode()["legal"]["license"] == "EUPL-1.2"


def test_reuse_finds_a_licence_for_every_file() -> None:
    lint = subprocess.run(  # noqa: S603  # our own environment's reuse
        [sys.executable, "-m", "reuse", "--root", str(ROOT), "lint-file", *map(str, tracked())],
        capture_output=True,
        text=True,
        check=False,
    )

    assert lint.returncode == 0, lint.stdout + lint.stderr
