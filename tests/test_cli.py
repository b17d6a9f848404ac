"""The command line: help, exit codes, and what each command says when something is wrong."""

import ast
import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import httpx
import pytest
from graphql import build_schema
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from gateway.app import known_dialects, published
from gateway.cli import main
from sandbox.showcase import BURGER_BSN
from tests.paths import ROOT
from tests.served import (
    Command,
    Registries,
    bearer,
    configured,
    environment,
    free_port,
    registries,
    until,
)

COMMANDS = (
    "demo",
    "serve",
    "sandbox",
    "voorbeeld",
    "token",
    "check",
    "schema",
    "explain",
    "register",
    "doelbindingen",
    "objecttypen",
    "abonneren",
    "cache",
)
PERSOON = (
    "query P($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { leeftijd naam { voornamen } } }"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Bronpoort = Callable[..., Outcome]


def sources_in(path: Path) -> tuple[str, ...]:
    """The sources of a municipality's file, in its order."""
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["bronnen"])


DEMO_SOURCES = sources_in(ROOT / "sandbox" / "gemeente" / "0999.toml")


@pytest.fixture
def bronpoort(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bronpoort]:
    """Runs a command in this process; variables are given by name."""

    def inside(*arguments: object, **variables: str) -> Outcome:
        with monkeypatch.context() as given:
            for name, value in environment(**variables).items():
                given.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        code = ended.value.code
        number = code if isinstance(code, int) else int(code is not None)
        return Outcome(number, plain(written.out), plain(written.err))

    yield inside


def process(*arguments: object, given: str = "", **variables: str) -> Outcome:
    """Runs a command as its user does, in a process of its own."""
    return run(sys.executable, "-m", "gateway", *arguments, given=given, **variables)


def run(*command: object, given: str = "", **variables: str) -> Outcome:
    """Runs a command of the operating system."""
    ended = subprocess.run(  # noqa: S603  # our own module
        list(map(str, command)),
        cwd=ROOT,
        env=environment(**variables),
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Outcome(ended.returncode, plain(ended.stdout), plain(ended.stderr))


def plain(text: str) -> str:
    """Without colours, which some surroundings want whatever the terminal is."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture(scope="module")
def served() -> Iterator[Registries]:
    """The sandbox on a free port of the loopback address."""
    with registries() as found:
        yield found


@pytest.fixture
def healthy(served: Registries) -> Iterator[Registries]:
    """The same, without troubles before and after."""
    served.faults.reset()
    yield served
    served.faults.reset()


# ---- help and misuse ------------------------------------------------------------------------


def test_the_command_that_is_installed_is_this_one() -> None:
    (found,) = entry_points(group="console_scripts", name="bronpoort")
    script = shutil.which("bronpoort", path=Path(sys.executable).parent)

    assert found.load() is main
    assert script is not None
    outcome = run(script, "--help")
    assert set(re.findall(r"^│ ([a-z]+) ", outcome.out, re.M)) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_explained(bronpoort: Bronpoort, command: str) -> None:
    outcome = bronpoort(command, "--help")

    assert outcome.code == 0
    assert re.search(rf"Usage: .* {command}", outcome.out)
    bare = [line for line in outcome.out.splitlines() if re.match(r"│ +--[a-z-]+ +\S+ +│", line)]
    assert bare == []


@pytest.mark.parametrize(
    "arguments",
    [["nonsens"], ["serve", "--nonsens"], ["explain"], ["sandbox", "--port", "x"]],
    ids=" ".join,
)
def test_a_command_that_is_not_understood(bronpoort: Bronpoort, arguments: Sequence[str]) -> None:
    outcome = bronpoort(*arguments)

    assert outcome.code == 2
    assert outcome.out == ""
    assert "Usage" in outcome.err


@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_command_without_its_configuration(bronpoort: Bronpoort, command: str) -> None:
    outcome = bronpoort(command)

    expected = "Geef met --config (of BRONPOORT_CONFIG) de map met de gemeentebestanden.\n"
    assert outcome == Outcome(2, "", expected)


@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_configuration_that_is_not_there(
    bronpoort: Bronpoort, command: str, tmp_path: Path
) -> None:
    outcome = bronpoort(command, "--config", tmp_path / "weg")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.endswith("deze map bestaat niet\n")


def test_a_setting_that_is_wrong(bronpoort: Bronpoort) -> None:
    outcome = bronpoort("check", BRONPOORT_DEADLINE="lang")

    assert outcome == Outcome(1, "", "omgeving: BRONPOORT_DEADLINE: moet een getal zijn\n")


# ---- schema ---------------------------------------------------------------------------------


def test_the_schema_is_printed_and_can_be_read() -> None:
    outcome = process("schema")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == published().sdl
    assert build_schema(outcome.out).query_type is not None


def test_the_schema_is_written_to_a_file(bronpoort: Bronpoort, tmp_path: Path) -> None:
    outcome = bronpoort("schema", "--output", tmp_path / "schema.graphql")

    assert outcome == Outcome(0, "", "")
    assert (tmp_path / "schema.graphql").read_text(encoding="utf-8") == published().sdl


# ---- explain --------------------------------------------------------------------------------


@pytest.fixture
def question(tmp_path: Path) -> Path:
    """A file with a question about a person."""
    path = tmp_path / "vraag.graphql"
    path.write_text(PERSOON, encoding="utf-8")
    return path


@pytest.fixture
def variables(tmp_path: Path) -> Path:
    """A file with whom it is about."""
    path = tmp_path / "variabelen.json"
    path.write_text(json.dumps({"bsn": BURGER_BSN}), encoding="utf-8")
    return path


def test_an_explanation_says_what_would_be_asked_and_not_of_whom(
    bronpoort: Bronpoort, question: Path, variables: Path
) -> None:
    outcome = bronpoort("explain", question, "--variabelen", variables)

    explained = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert [step["vraag"] for step in explained["stappen"]] == ["personen"]
    assert {"leeftijd", "naam.voornamen"} <= set(explained["stappen"][0]["paden"])
    assert explained["geweigerd"] == []
    assert BURGER_BSN not in outcome.out


def test_the_code_that_writes_answers_is_shown(
    bronpoort: Bronpoort, question: Path, variables: Path
) -> None:
    outcome = bronpoort("explain", question, "--variabelen", variables, "--code")

    assert (outcome.code, outcome.err) == (0, "")
    assert ast.parse(outcome.out).body
    assert "# Query.persoon" in outcome.out
    assert BURGER_BSN not in outcome.out


def test_the_code_of_what_is_wrong_is_not_shown(bronpoort: Bronpoort, question: Path) -> None:
    outcome = bronpoort("explain", question, "--code")

    assert outcome.code == 1
    assert json.loads(outcome.out)["errors"][0]["extensions"] == {"code": "INVOER"}


def test_an_explanation_for_a_purpose_shows_what_is_refused(
    bronpoort: Bronpoort, question: Path, variables: Path, tmp_path: Path
) -> None:
    directory = configured(tmp_path, "http://127.0.0.1:1")

    outcome = bronpoort(
        *("explain", question, "--variabelen", variables),
        *("--config", directory, "--doelbinding", "belastingen"),
    )

    explained = json.loads(outcome.out)
    assert explained["geweigerd"] == [
        {
            "pad": ["persoon", "leeftijd"],
            "veld": "Persoon.leeftijd",
            "label": "persoon.geboorte",
        }
    ]
    assert "leeftijd" not in explained["stappen"][0]["paden"]
    assert outcome.code == 0
    assert BURGER_BSN not in outcome.out


def test_a_question_that_is_no_good(bronpoort: Bronpoort, tmp_path: Path) -> None:
    path = tmp_path / "vraag.graphql"
    path.write_text("{ persoon(nummer: 999990019) { naam } }", encoding="utf-8")

    outcome = bronpoort("explain", path)

    codes = {error["extensions"]["code"] for error in json.loads(outcome.out)["errors"]}
    assert (outcome.code, codes) == (1, {"VALIDATIE"})
    assert "999990019" not in outcome.out + outcome.err


def test_a_question_without_its_variables(bronpoort: Bronpoort, question: Path) -> None:
    outcome = bronpoort("explain", question)

    assert outcome.code == 1
    assert outcome.err == "Geef variabelen met --variabelen bestand.json.\n"


def test_a_bsn_that_is_none_is_not_repeated(
    bronpoort: Bronpoort, question: Path, variables: Path
) -> None:
    variables.write_text('{"bsn": "123456789"}')

    outcome = bronpoort("explain", question, "--variabelen", variables)

    assert outcome.code == 1
    assert "123456789" not in outcome.out + outcome.err


def test_a_question_from_standard_input() -> None:
    outcome = process("explain", "-", given='{ woonplaats(identificatie: "0999") { naam } }')

    assert outcome.code == 0, outcome.err
    assert [step["bron"] for step in json.loads(outcome.out)["stappen"]] == ["bag"]


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "variabelen.json is geen JSON."), ("[]", "variabelen.json moet een JSON-object zijn.")],
)
def test_variables_that_are_no_good(
    bronpoort: Bronpoort, question: Path, variables: Path, content: str, said: str
) -> None:
    variables.write_text(content)

    outcome = bronpoort("explain", question, "--variabelen", variables)

    assert outcome == Outcome(2, "", f"{said}\n")


def test_what_is_somebodys_own_is_explained_as_to_them(
    bronpoort: Bronpoort, example: Path, tmp_path: Path
) -> None:
    """With all labels, and for a purpose of who asks only for that; the rest of the root is not."""
    own, other = tmp_path / "eigen.graphql", tmp_path / "ander.graphql"
    own.write_text("{ mijn { persoon { leeftijd } } }")
    other.write_text('{ woonplaats(identificatie: "0999") { naam } zaken { totalCount } }')
    purpose = ("--doelbinding", "mijn-gegevens", "--gemeente", "0999", "--config", example)

    every = json.loads(bronpoort("explain", own).out)
    mine = json.loads(bronpoort("explain", own, *purpose, **EXAMPLE).out)
    theirs = json.loads(bronpoort("explain", other, *purpose, **EXAMPLE).out)

    for found in (every, mine):
        assert [step["sleutel"] for step in found["stappen"]] == ["eigen burgerservicenummer"]
    assert [refused["veld"] for refused in theirs["geweigerd"]] == ["Query.zaken"]


def test_choices_that_do_not_exist(
    bronpoort: Bronpoort, question: Path, variables: Path, tmp_path: Path
) -> None:
    asked = ("explain", question, "--variabelen", variables)
    own = ("--config", configured(tmp_path, "http://127.0.0.1:1"))

    missing = bronpoort("explain", tmp_path / "weg.graphql")
    purpose = bronpoort(*asked, *own, "--doelbinding", "niets")
    tenant = bronpoort(*asked, *own, "--doelbinding", "belastingen", "--gemeente", "0001")
    operation = bronpoort(*asked, "--operatie", "Anders")

    assert missing == Outcome(2, "", "weg.graphql is niet leesbaar.\n")
    known = ("belastingen", "klantcontact", "mijn-bedrijf", "mijn-gegevens", "namens-inwoner")
    purposes = ", ".join((*known, "open-data", "toezicht"))
    assert purpose == Outcome(2, "", f"Kies met --doelbinding uit: {purposes}.\n")
    assert tenant == Outcome(2, "", "Kies met --gemeente uit: 0999.\n")
    assert operation.code == 1
    assert "ONBEKENDE_OPERATIE" in operation.out


# ---- reports --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["register", "doelbindingen"])
def test_a_report_for_people_and_for_a_spreadsheet(
    bronpoort: Bronpoort, example: Path, command: str
) -> None:
    """To standard output or a file, of all municipalities or of one."""
    own = (command, "--config", example)
    to_read = bronpoort(*own, **EXAMPLE)
    to_file = bronpoort(*own, "--gemeente", "0999", "-o", example / "uit.md", **EXAMPLE)
    table = bronpoort(*own, "--vorm", "csv", **EXAMPLE)

    assert (to_read.code, to_read.err, to_file) == (0, "", Outcome(0, "", ""))
    assert (example / "uit.md").read_text(encoding="utf-8") == to_read.out
    assert to_read.out.startswith("# 0999 Weidevaart")
    lines = list(csv.reader(io.StringIO(table.out)))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert {line[0] for line in lines[1:]} == {"0999"}


@pytest.mark.parametrize("command", ["register", "doelbindingen"])
def test_a_report_of_nothing(bronpoort: Bronpoort, example: Path, command: str) -> None:
    other = bronpoort(command, "--config", example, "--gemeente", "0001", **EXAMPLE)
    nowhere = bronpoort(command)

    assert other == Outcome(2, "", "Kies met --gemeente uit: 0999.\n")
    assert (nowhere.code, nowhere.out) == (2, "")


# ---- check ----------------------------------------------------------------------------------

EXAMPLE = {
    "WEIDEVAART_BAG_SLEUTEL": "een-sleutel",
    "WEIDEVAART_BRP_GEHEIM": "een-geheim",
    "WEIDEVAART_BRP_SLEUTEL": "een-brp-sleutel",
    "WEIDEVAART_BRK_SLEUTEL": "een-derde-sleutel",
    "WEIDEVAART_WOZ_SLEUTEL": "een-vierde-sleutel",
    "WEIDEVAART_KVK_SLEUTEL": "nog-een-sleutel",
    "WEIDEVAART_KLANT_TOKEN": "klant-token",
    "WEIDEVAART_OBJECTEN_TOKEN": "objecten-token",
    "WEIDEVAART_OBJECTTYPEN_TOKEN": "objecttypen-token",
    "WEIDEVAART_PRODUCT_TOKEN": "product-token",
    "WEIDEVAART_NOTIFICATIES_GEHEIM": "een-zelfbedacht-geheim-van-genoeg-tekens",
}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example that the README names, with the secret that it refers to."""
    copy = shutil.copytree(ROOT / "deploy" / "voorbeeld", tmp_path / "config")
    (copy / "geheimen").mkdir()
    (copy / "geheimen" / "zaken").write_text("een-geheim-van-tweeendertig-tekens\n")
    return copy


KEPT = [
    "0999 bewaard: persoonsgegevens: niet langer dan de vraag duurt",
    "0999 bewaard: zaakgegevens: 60 s, als de bron faalt 240 s langer, niet gevonden 30 s",
    "0999 bewaard: referentiegegevens: 86400 s, tijdens verversen 3600 s langer, "
    "als de bron faalt 86400 s langer, niet gevonden 30 s",
    "0999 bewaard: open gegevens: 14400 s, tijdens verversen 3600 s langer, "
    "als de bron faalt 86400 s langer, niet gevonden 30 s",
]


def test_the_example_is_good(bronpoort: Bronpoort, example: Path) -> None:
    outcome = bronpoort("check", "--offline", "--config", example, **EXAMPLE)

    known = len(sources_in(example / "0999.toml"))
    good = f"0999 Weidevaart: {known} bronnen, 6 doelbindingen, 2 geregistreerde vragen: in orde"
    together = f"Samen: 1 gemeente, {known} bronnen; fout: 0, let op: 0"
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [good, *KEPT, together]


def test_what_is_kept_of_personal_data_is_told_with_its_reason(
    bronpoort: Bronpoort, example: Path
) -> None:
    reason = "Balie bladert tussen schermen van een klant"
    path = example / "0999.toml"
    text = path.read_text(encoding="utf-8")
    chosen = f'[cache]\npersoonsgegevens = {{ seconden = 120, reden = "{reason}" }}\n'
    path.write_text(f"{text}\n{chosen}", encoding="utf-8")
    outcome = bronpoort(
        "check", "--offline", "--config", example, BRONPOORT_CACHE__CASE_SECONDS="0", **EXAMPLE
    )

    assert outcome.out.splitlines()[1:-1] == [
        "0999 bewaard: persoonsgegevens: 120 s, niet gevonden 30 s",
        "0999 bewaard: zaakgegevens: niet langer dan de vraag duurt",
        *KEPT[2:],
        f"0999 bewaard: reden om persoonsgegevens te bewaren: {reason}",
    ]


def test_the_example_sets_every_dialect_flag(example: Path) -> None:
    text = (example / "0999.toml").read_text(encoding="utf-8")
    flags = {flag for flags in known_dialects().values() for flag in flags}

    assert {flag for flag in flags if not re.search(rf"^#? ?{flag} = ", text, re.M)} == set()


def test_the_configuration_may_stand_in_the_environment(
    bronpoort: Bronpoort, example: Path
) -> None:
    outcome = bronpoort("check", "--offline", BRONPOORT_CONFIG=str(example), **EXAMPLE)

    assert outcome.code == 0


def test_every_mistake_is_shown_with_its_place(bronpoort: Bronpoort, example: Path) -> None:
    path = example / "0999.toml"
    text = path.read_text(encoding="utf-8")
    wrong = {
        'variant = "openzaak"   ': 'variant = "anders"   ',
        '"persoon.zaken",': '"persoon.zakn",',
        "parallel = 20  ": "paralel = 20  ",
    }
    for old, new in wrong.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")

    given = {name: value for name, value in EXAMPLE.items() if name != "WEIDEVAART_BRP_GEHEIM"}
    outcome = bronpoort("check", "--offline", "--config", example, **given)

    def line(part: str) -> int:
        return 1 + text[: text.index(part)].count("\n")

    said = outcome.err.splitlines()
    assert (outcome.code, outcome.out) == (1, "")
    assert said == sorted(said, key=lambda each: int(each.split(":")[1]))
    secret = 'secret = "env:WEIDEVAART_BRP_GEHEIM"'
    assert [(int(each.split(":")[1]), each.split(": ", 2)[1]) for each in said] == [
        (line("paralel"), "bronnen.bag.paralel"),
        (line(secret), "bronnen.brp.credentials.secret"),
        (line('variant = "anders"'), "bronnen.zaken.dialect.variant"),
        (line('"persoon.zakn"'), "doelbindingen.klantcontact.labels[13]"),
    ]
    assert "onbekende sleutel (bedoelde u: parallel?)" in said[0]
    assert "onbekend label (bedoelde u: persoon.zaken?)" in said[-1]


GOOD = "goed: bereikbaar, aangemeld, dialect klopt"


def test_the_sandbox_is_good(bronpoort: Bronpoort, healthy: Registries, tmp_path: Path) -> None:
    outcome = bronpoort("check", "--config", configured(tmp_path, healthy.address))

    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert {line.split()[1] for line in lines if " kan: " in line} == {
        f"{name}:" for name in DEMO_SOURCES
    }
    assert [line for line in lines if " kan: " not in line] == [
        f"0999 Weidevaart: {len(DEMO_SOURCES)} bronnen, 7 doelbindingen, "
        "0 geregistreerde vragen: in orde",
        *KEPT,
        *(f"0999 {name}: {GOOD}" for name in DEMO_SOURCES),
        f"Samen: 1 gemeente, {len(DEMO_SOURCES)} bronnen; fout: 0, let op: 0",
    ]


def test_what_a_file_likely_lacks_is_told_without_asking_anybody(
    bronpoort: Bronpoort, example: Path
) -> None:
    """A second system without documenten, and a short secret: neither is a fault."""
    path = example / "0999.toml"
    more = '[bronnen.zaken-sociaal]\naddress = "https://sociaal.example/zaken/api/v1"\n'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[bronnen.klant]\n", f"{more}[bronnen.klant]\n", 1))
    (example / "geheimen" / "zaken").write_text("kort\n")

    outcome = bronpoort("check", "--offline", "--config", example, **EXAMPLE)

    lines = outcome.out.splitlines()
    told = [line.split(": ")[:2] for line in lines[1:-1] if " bewaard: " not in line]
    assert (outcome.code, outcome.err) == (0, "")
    assert told == [
        [f"0999 {name}", "LET OP"]
        for name in (
            "zaken-sociaal",
            "zaken",
            "catalogi",
            "documenten",
            "besluiten",
            "notificaties",
        )
    ]
    assert outcome.out.endswith("fout: 0, let op: 6\n")
    assert "documenten-sociaal" in outcome.out
    assert "kort\n" not in outcome.out


def test_one_municipality_of_many(bronpoort: Bronpoort, tmp_path: Path) -> None:
    directory = tmp_path / "map"
    bronpoort("voorbeeld", "--map", directory, "--gemeenten", "3")

    outcome = bronpoort("check", "--offline", "--config", directory, "--gemeente", "9002")
    other = bronpoort("check", "--offline", "--config", directory, "--gemeente", "9009")

    lines = [line for line in outcome.out.splitlines() if " bewaard: " not in line]
    assert [line.split()[0] for line in lines] == ["9002", "Samen:"]
    assert other == Outcome(2, "", "Kies met --gemeente uit: 9001, 9002, 9003.\n")


# ---- an example to practise with ------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--oefenregisters", "zomaar"), "--oefenregisters: een adres is http(s)://naam"),
        (("--uitgever", "privé.json"), "--uitgever: het bestand bevat een privésleutel"),
        (("--uitgever", "leeg.json"), "--uitgever: geen JWKS"),
        (("--uitgever", "leeg.json", "--oefensleutel", "nieuw.json"), "niet beide"),
    ],
)
def test_an_example_that_would_be_refused_is_not_written(
    bronpoort: Bronpoort, tmp_path: Path, arguments: Sequence[str], said: str
) -> None:
    (tmp_path / "leeg.json").write_text("{}")
    bronpoort("voorbeeld", "--map", tmp_path / "ander", "--gemeenten", "1",
              "--oefensleutel", tmp_path / "sleutel.json")  # fmt: skip
    private = json.loads((tmp_path / "sleutel.json").read_text())
    (tmp_path / "privé.json").write_text(json.dumps({"keys": [private]}))
    given = [tmp_path / each if each.endswith(".json") else each for each in arguments]

    outcome = bronpoort("voorbeeld", "--map", tmp_path / "map", *given)

    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert private["d"] not in outcome.err
    assert not (tmp_path / "map").exists()


def test_a_token_for_an_example(bronpoort: Bronpoort, tmp_path: Path) -> None:
    key = tmp_path / "sleutel.json"
    bronpoort("voorbeeld", "--map", tmp_path / "map", "--gemeenten", "1", "--oefensleutel", key)
    for_whom = ("--gemeente", "9001", "--doelbinding", "klantcontact")

    made = bronpoort("token", "--sleutel", key, *for_whom)
    none = bronpoort("token", "--sleutel", tmp_path / "weg", *for_whom)

    assert (made.code, made.err) == (0, "")
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", made.out)
    said = "weg is geen sleutel die bronpoort voorbeeld --oefensleutel maakte.\n"
    assert none == Outcome(1, "", said)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("401", "weigert ons (status 401, authentication); kijk `credentials` en `headers` na"),
        ("garbage", "antwoordt met JSON die niet te lezen is"),
        ("drop", "niet bereikbaar ("),
        ("timeout", "antwoordt niet op tijd, binnen 0.5 seconden (`timeout`)"),
    ],
)
def test_a_source_in_trouble_is_told_apart(
    bronpoort: Bronpoort, healthy: Registries, tmp_path: Path, fault: str, said: str
) -> None:
    waited = "parallel = 20\ndialect = { uitgebreid"
    patience = [(waited, waited.replace("parallel = 20", "timeout = 0.5"))]
    directory = configured(tmp_path, healthy.address, *(patience if fault == "timeout" else ()))
    healthy.faults.set("bag", fault=fault)

    outcome = bronpoort("check", "--config", directory)

    (wrong,) = [line for line in outcome.out.splitlines() if "FOUT" in line]
    assert outcome.code == 1
    assert wrong.startswith(f"0999 bag: FOUT: {said}")
    assert outcome.out.count(GOOD) == len(DEMO_SOURCES) - 1


def test_nothing_listens_there(bronpoort: Bronpoort, tmp_path: Path) -> None:
    directory = configured(tmp_path, f"http://127.0.0.1:{free_port()}")

    outcome = bronpoort("check", "--config", directory)

    assert outcome.code == 1
    assert outcome.out.count("FOUT: niet bereikbaar (ConnectError)") == len(DEMO_SOURCES)


def test_a_dialect_that_differs_says_what_to_change(
    bronpoort: Bronpoort, healthy: Registries, tmp_path: Path
) -> None:
    directory = configured(tmp_path, healthy.address, ('variant = "openzaak"', ""))

    outcome = bronpoort("check", "--config", directory)

    expected = "FOUT: kent `pageSize`, zoals Open Zaak; zet `dialect.variant` op openzaak"
    assert outcome.code == 1
    told = [line.split()[1] for line in outcome.out.splitlines() if expected in line]
    assert told == ["zaken:", "catalogi:", "documenten:", "besluiten:"]


def test_a_saving_that_is_not_used_is_no_mistake(
    bronpoort: Bronpoort, healthy: Registries, tmp_path: Path
) -> None:
    change = ("uitgebreid_op_pand = true, ", "")
    outcome = bronpoort("check", "--config", configured(tmp_path, healthy.address, change))

    (told,) = [line for line in outcome.out.splitlines() if "LET OP" in line]
    assert outcome.code == 0
    assert told.startswith("0999 bag: LET OP: ")
    assert told.endswith("zet `dialect.uitgebreid_op_pand` op true")


def test_addresses_that_are_not_known_are_named(
    bronpoort: Bronpoort, healthy: Registries, tmp_path: Path
) -> None:
    """Open Zaak writes its addresses as the request says that it is reached."""
    table = "[bronnen.catalogi]\n"
    headers = 'headers = { x-forwarded-proto = "https" }\n'
    directory = configured(tmp_path, healthy.address, (table, table + headers))

    outcome = bronpoort("check", "--config", directory)

    base = healthy.address.replace("http:", "https:") + "/catalogi/api/v1"
    said = f"0999 catalogi: FOUT: noemt zichzelf {base}; zet dat adres in `canonical`"
    assert outcome.code == 1
    assert said in outcome.out


# ---- serve ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_serving_until_a_signal(healthy: Registries, tmp_path: Path) -> None:
    """What runs when the signal comes is finished; then the process ends well."""
    directory = configured(tmp_path, healthy.address)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (
        Command(("serve", "--config", str(directory)), environment(PORT=str(port))) as command,
        ThreadPoolExecutor(1) as elsewhere,
    ):
        command.answers(f"{address}/readyz")
        healthy.faults.set("brp", latency_ms=700)
        before = healthy.faults.calls["brp"]
        slow = elsewhere.submit(
            httpx.post,
            f"{address}/graphql",
            json={"query": PERSOON, "variables": {"bsn": BURGER_BSN}},
            headers={"authorization": bearer()},
            trust_env=False,
            timeout=30,
        )
        until(lambda: healthy.faults.calls["brp"] > before)

        code, written = command.stop(signal.SIGTERM)

        answer = slow.result(timeout=30)
    assert (code, answer.status_code) == (0, 200)
    assert answer.json()["data"]["persoon"]["naam"] == {"voornamen": "Sanne Maria"}
    assert answer.headers["connection"] == "close"
    events = [json.loads(line) for line in written.splitlines()]
    assert [each["status"] for each in events if each["event"] == "operatie"] == [200]
    (listening,) = [each for each in events if each["event"] == "luistert"]
    assert listening["addresses"] == [f"127.0.0.1:{port}"]
    assert listening["tenants"] == ["0999"]
    assert BURGER_BSN not in written


@pytest.mark.slow
def test_a_signal_ends_what_would_never_end(tmp_path: Path) -> None:
    """A WebSocket is told that we go, and its address is in no log: it might hold a token."""
    directory = configured(tmp_path, "http://127.0.0.1:1")
    port = free_port()
    variables = environment(PORT=str(port), BRONPOORT_LOG_LEVEL="debug")
    given = {"type": "connection_init", "payload": {"Authorization": bearer()}}
    with Command(("serve", "--config", str(directory)), variables) as command:
        command.answers(f"http://127.0.0.1:{port}/readyz")
        with connect(
            f"ws://127.0.0.1:{port}/graphql?token=geheim",
            subprotocols=[Subprotocol("graphql-transport-ws")],
            proxy=None,
        ) as client:
            client.send(json.dumps(given))
            acknowledged = client.recv(30)

            code, written = command.stop(signal.SIGTERM)

            with pytest.raises(ConnectionClosed):
                client.recv(30)
    assert (code, acknowledged) == (0, '{"type":"connection_ack"}')
    assert client.close_code == 1001
    assert "geheim" not in written
    assert bearer()[:40] not in written


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_serving_nothing_until_a_signal(tmp_path: Path, by: signal.Signals) -> None:
    """Ready though no source answers, the explorer and the schema closed; a signal ends it."""
    directory = configured(tmp_path, "http://127.0.0.1:1")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with Command(("serve", "--config", str(directory)), environment(PORT=str(port))) as command:
        command.answers(f"{address}/readyz")
        with httpx.Client(base_url=address, trust_env=False) as client:
            ready = client.get("/readyz").json()
            explorer = client.get("/graphiql").status_code
            told = client.post(
                "/graphql",
                json={"query": "{ __schema { queryType { name } } }"},
                headers={"authorization": bearer()},
            )
        code, _ = command.stop(by)

    assert ready == {"status": "ready"}
    assert explorer == 404
    assert told.json()["errors"][0]["extensions"]["code"] == "INTROSPECTIE_UIT"
    assert code == 0


@pytest.mark.slow
def test_several_processes_serve_one_address(tmp_path: Path) -> None:
    """One that is lost is replaced; a signal to the first ends all, and well."""
    directory = configured(tmp_path, "http://127.0.0.1:1")
    port = free_port()
    arguments = ("serve", "--config", str(directory), "--workers", "2")
    with Command(arguments, environment(PORT=str(port))) as command:
        _listening(command, 2)
        lost, other = _children(command)
        os.kill(lost, signal.SIGKILL)
        _listening(command, 1)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            answers = [client.get("/readyz").status_code for _ in range(9)]
        now = _children(command)

        code, _ = command.stop(signal.SIGTERM)
    assert (code, answers) == (0, [200] * 9)
    assert other in now
    assert lost not in now


@pytest.mark.slow
def test_one_that_is_lost_again_is_replaced_later(tmp_path: Path) -> None:
    """A signal need not wait for that, and nobody is left behind."""
    directory = configured(tmp_path, "http://127.0.0.1:1")
    variables = environment(PORT=str(free_port()))
    arguments = ("serve", "--config", str(directory), "--workers", "2")
    with Command(arguments, variables) as command:
        _listening(command, 2)
        os.kill(max(_children(command)), signal.SIGKILL)
        _listening(command, 1)
        os.kill(max(_children(command)), signal.SIGKILL)
        _listening(command, 1)
        os.kill(max(_children(command)), signal.SIGKILL)
        _said(command, "proces gestopt")
        workers = _children(command)

        code, _ = command.stop(signal.SIGTERM)
    assert code == 0
    assert not any(Path(f"/proc/{each}/exe").exists() for each in workers)


@pytest.mark.slow
def test_processes_end_when_the_first_is_gone(tmp_path: Path) -> None:
    """Nobody would watch them, nor could end them together."""
    directory = configured(tmp_path, "http://127.0.0.1:1")
    variables = environment(PORT=str(free_port()), BRONPOORT_WORKERS="2")
    with Command(("serve", "--config", str(directory)), variables) as command:
        _listening(command, 2)
        workers = _children(command)

        command.stop(signal.SIGKILL)

    assert not any(Path(f"/proc/{each}/exe").exists() for each in workers)


@pytest.mark.slow
def test_processes_that_cannot_start_end_the_first(tmp_path: Path) -> None:
    """Here because what is done with personal data cannot be written down."""
    directory = configured(tmp_path, "http://127.0.0.1:1")
    (tmp_path / "bestand").touch()
    given = {"BRONPOORT_PROCESSING__DIRECTORY": str(tmp_path / "bestand" / "map")}

    outcome = process("serve", "--config", directory, "--workers", "2", **given)

    assert outcome.code == 1


def _listening(command: Command, count: int) -> None:
    """Returns when so many more processes have said that they listen."""
    for _ in range(count):
        _said(command, "luistert")


def _said(command: Command, event: str) -> None:
    """Returns when this event has been logged, after what was read before."""
    assert command.process.stdout is not None
    for line in command.process.stdout:
        if json.loads(line)["event"] == event:
            return
    raise AssertionError(command.ended())


def _children(command: Command) -> list[int]:
    pid = command.process.pid
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.slow
def test_serving_where_something_listens_already(healthy: Registries, tmp_path: Path) -> None:
    directory = configured(tmp_path, healthy.address)
    port = healthy.address.rpartition(":")[2]

    outcome = process("serve", "--config", directory, PORT=port)

    said = f"Poort {port} is al in gebruik: kies een andere met PORT (of BRONPOORT_PORT).\n"
    assert outcome == Outcome(1, "", said)


@pytest.mark.slow
def test_serving_on_an_address_of_another_machine(tmp_path: Path) -> None:
    directory = configured(tmp_path, "http://127.0.0.1:1")

    outcome = process("serve", "--config", directory, BRONPOORT_HOST="192.0.2.1")

    said = "192.0.2.1 is geen adres van deze machine: kies een ander met BRONPOORT_HOST.\n"
    assert outcome == Outcome(1, "", said)


# ---- demo and sandbox -----------------------------------------------------------------------


def readme_commands(port: int) -> str:
    """The commands of the README that ask without the explorer, at this port."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [each for each in re.findall("```console\n(.+?)```", text, re.S) if "TOKEN" in each]
    return str(block).replace("$ ", "").replace(":8000", f":{port}").strip()


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_the_demo_answers_over_all_registries_and_leaves_nothing_behind(
    by: signal.Signals,
) -> None:
    port, sandbox_port = free_port(), free_port()
    variables = environment(PORT=str(port), SANDBOX_PORT=str(sandbox_port))
    address, registers = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{sandbox_port}"
    with Command(("demo",), variables) as command:
        command.answers(f"{address}/readyz")
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            shown = client.get("/graphiql/config.json").json()["voorbeelden"][0]
            given = client.post("/graphiql/token", json={"persona": shown["persona"]}).json()
            answer = client.post(
                "/graphql",
                json={
                    "query": shown["query"],
                    "variables": shown["variabelen"],
                    "extensions": {"herkomst": True},
                },
                headers={"authorization": f"Bearer {given['token']}"},
            ).json()
        calls = httpx.get(f"{registers}/_sandbox", trust_env=False).json()
        asked = run("bash", "-c", readme_commands(port), NO_PROXY="localhost")
        code, written = command.stop(by)

    assert "errors" not in answer
    asked_of = {"bag", "brp", "brp-reisdocumenten", "zaken", "catalogi", "klant", "producten"}
    told = answer["extensions"]["herkomst"]
    assert {name for name, each in told.items() if each["aanroepen"]} == asked_of
    assert all(calls[name]["calls"] > 0 for name in asked_of)
    assert code == 0
    assert f"http://localhost:{port}/graphiql" in written
    assert "query Klantcontacten" in written
    assert readme_commands(port) == "\n".join(
        line.strip() if "curl" in line else line[4:]
        for line in re.findall(r"^    (?:TOKEN|curl|  -).*$", written, re.M)
    )
    assert json.loads(asked.out)["data"]["zaken"]["totalCount"] > 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{registers}/_sandbox", trust_env=False)


@pytest.mark.slow
def test_the_demo_says_which_port_is_taken(healthy: Registries) -> None:
    """Also when what listens there is another sandbox."""
    taken = healthy.address.rpartition(":")[2]

    sandbox = process("demo", SANDBOX_PORT=taken, PORT=str(free_port()))
    gateway = process("demo", SANDBOX_PORT=str(free_port()), PORT=taken)

    said = f"Poort {taken} is al in gebruik: kies een andere met"
    assert sandbox == Outcome(1, "", f"{said} SANDBOX_PORT.\n")
    assert (gateway.code, gateway.out) == (1, "")
    assert gateway.err.endswith(f"{said} PORT (of BRONPOORT_PORT).\n")


@pytest.mark.slow
def test_the_sandbox_by_itself() -> None:
    port = free_port()
    with Command(("sandbox", "--port", str(port)), environment()) as command:
        command.answers(f"http://127.0.0.1:{port}/_sandbox")
        code, written = command.stop(signal.SIGINT)

    assert code == 0
    assert f"http://127.0.0.1:{port}/bag " in written
    assert "X-Api-Key: sandbox-bag" in written
    assert "client_id bronpoort, secret sandbox-geheim-dat-lang-genoeg-is-32" in written
    assert [name for name in DEMO_SOURCES if f"  {name} " not in written] == []
    assert "env:" not in written
