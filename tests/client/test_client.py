"""The TypeScript client of docs/client: made anew, type-checked, put to the real application."""

import asyncio
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import GraphQLScalarType, build_schema

from gateway.app import Outside
from gateway.demo import demo_gateway
from gateway.settings import DemoSettings
from tests.app import HOST, Call, Outdoors, Setup, as_persona, gateway_for, sandbox, token
from tests.edge.stand_in import serving
from tests.paths import ROOT
from tests.test_documents import table

CLIENT = ROOT / "docs" / "client"
HERE = Path(__file__).parent
SECONDS = 120.0
"""How long a command may take, at the very most, for what takes it three seconds."""
BSN = "999900018"
EIGENDOM = "kadastraalOnroerendeZaken"
INSTALLED = shutil.which("npm") is not None and (CLIENT / "node_modules" / "graphql").is_dir()
needs_node = pytest.mark.skipif(not INSTALLED, reason="needs Node, and `npm ci` in docs/client")


def run(*command: str, **environment: str) -> None:
    """Runs a command of npm's; fails with all that it said."""
    done = subprocess.run(  # noqa: S603  # our own scripts
        command,
        cwd=CLIENT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def generated() -> Path:
    """What codegen makes of the schema and the example operations, made anew."""
    file = CLIENT / "src" / "generated.ts"
    file.unlink(missing_ok=True)
    run("npm", "run", "--silent", "codegen")
    return file


@pytest.fixture(scope="module")
def compiled(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The client and its example as JavaScript, in a folder of their own."""
    folder = tmp_path_factory.mktemp("client")
    run("npm", "exec", "--", "tsc", "--outDir", str(folder))
    (folder / "package.json").write_text('{"type": "module"}')
    yield folder


async def node(*arguments: str, given: object = None) -> str:
    """What a script prints; fails when it does not end well."""
    process = await asyncio.create_subprocess_exec(
        "node", *arguments, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(SECONDS):
        output, _ = await process.communicate(json.dumps(given).encode())
    assert process.returncode == 0
    return output.decode()


async def asked(compiled: Path, *questions: dict[str, Any]) -> list[dict[str, Any]]:
    """What becomes of questions that the compiled client asks."""
    output = await node(str(HERE / "ask.mjs"), str(compiled / "src"), given=questions)
    outcomes: list[dict[str, Any]] = json.loads(output)
    return outcomes


# ---- what is written by hand ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("FieldCode", "Fouten naast gegevens"),
        ("RefusalCode", "Vragen die niet worden uitgevoerd"),
    ],
)
def test_the_client_knows_every_code(name: str, heading: str) -> None:
    """As docs/foutcodes.md lists them."""
    text = (CLIENT / "src" / "errors.ts").read_text(encoding="utf-8")
    (union,) = re.findall(rf"export type {name} =\n(.*?);", text, re.S)

    assert re.findall(r"'(\w+)'", union) == list(table(heading))


def test_the_client_maps_every_scalar_and_no_other() -> None:
    schema = build_schema((ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8"))
    builtin = {"String", "Int", "Float", "Boolean", "ID"}
    scalars = {n for n, each in schema.type_map.items() if isinstance(each, GraphQLScalarType)}
    text = (CLIENT / "codegen.ts").read_text(encoding="utf-8")
    (mapped,) = re.findall(r"const scalars = \{\n(.*?)\};", text, re.S)

    assert re.findall(r"^  (\w+): \w+,$", mapped, re.M) == sorted(scalars - builtin)


# ---- types ----------------------------------------------------------------------------------


@pytest.mark.slow
@needs_node
def test_codegen_makes_a_document_of_every_example(generated: Path) -> None:
    text = generated.read_text(encoding="utf-8")
    examples = (ROOT / "docs" / "voorbeelden").glob("*.graphql")
    named = [re.findall(r"^query (\w+)", each.read_text(), re.M) for each in examples]

    assert sorted(f"{name}Document" for (name,) in named) == sorted(
        re.findall(r"^export const (\w+Document) = ", text, re.M)
    )
    assert not re.search(r"\bany\b(?!>)", text)


@pytest.mark.slow
@needs_node
def test_the_types_keep_their_promises(generated: Path) -> None:
    """Strictly: the client, what is generated, the example, and types.ts, also what must fail."""
    run("npm", "exec", "--", "tsc", "--project", str(HERE))


@pytest.mark.slow
@needs_node
def test_the_client_takes_every_answer_for_what_it_is(compiled: Path) -> None:
    run("node", "--test", str(HERE / "client.test.mjs"), CLIENT=str(compiled / "src"))


# ---- the real application -------------------------------------------------------------------


@pytest.mark.slow
@needs_node
@pytest.mark.anyio
async def test_an_answer_of_the_gateway(compiled: Path) -> None:
    """Over HTTP, with a token; and the same question with one that nobody trusts."""
    gateway = gateway_for(Setup(), Outdoors(sandbox(), lambda call: None))

    async with gateway.running() as app, serving(app) as address:
        question = {
            "operation": "Persoonsbeeld",
            "variables": {"bsn": BSN},
            "endpoint": f"{address}/graphql",
            "token": token(),
        }
        whole, untrusted, unfit = await asked(
            compiled,
            question,
            {**question, "token": "een.ander.token"},
            {**question, "variables": {"bsn": "123456789"}},
        )

    assert whole["errors"] == []
    assert whole["data"]["persoon"]["naam"] == {"volledigeNaam": "Sanne Maria Weidevinder"}
    assert untrusted["thrown"] == {
        "name": "QuestionRefused",
        "message": untrusted["thrown"]["message"],
        "opnieuw": False,
        "status": 401,
        "code": "NIET_AANGEMELD",
        "retryAfter": None,
    }
    assert (unfit["thrown"]["status"], unfit["thrown"]["code"]) == (400, "INVOER")


@pytest.mark.slow
@needs_node
@pytest.mark.anyio
async def test_an_answer_with_a_hole_in_it(compiled: Path) -> None:
    """A source that fails, and a label that the doelbinding lacks; strikt refuses the latter."""

    def answering(call: Call) -> httpx.Response | None:
        return httpx.Response(503) if call.source == "brk" else None

    setup = as_persona("belastingen")
    gateway = gateway_for(setup, Outdoors(sandbox(), answering))

    async with gateway.running() as app, serving(app) as address:
        question = {
            "operation": "Persoonsbeeld",
            "variables": {"bsn": BSN},
            "endpoint": f"{address}/graphql",
            "token": token(setup.own_bsn, **setup.claims),
        }
        part, refused, strict = await asked(
            compiled,
            {**question, "operation": "Eigendom", "path": ["persoon", EIGENDOM]},
            {**question, "path": ["persoon", "zaken"]},
            {**question, "options": {"strikt": True}},
        )

    reason = {"code": "BRON_ONBEREIKBAAR", "bron": "brk", "opnieuw": True}
    assert part["data"]["persoon"]["naam"] == {"volledigeNaam": "Sanne Maria Weidevinder"}
    assert part["data"]["persoon"][EIGENDOM] is None
    assert [each["extensions"] for each in part["at"]] == [reason]
    assert refused["data"]["persoon"]["zaken"] is None
    assert [each["extensions"]["code"] for each in refused["at"]] == ["NIET_GEAUTORISEERD"]
    assert (strict["thrown"]["status"], strict["thrown"]["code"]) == (403, "NIET_GEAUTORISEERD")


@pytest.mark.slow
@needs_node
@pytest.mark.anyio
async def test_the_example_says_where_nobody_answers(compiled: Path) -> None:
    shown = await node(str(compiled / "voorbeeld.js"), "http://127.0.0.1:1")

    assert shown.startswith("Op http://127.0.0.1:1 antwoordt niets.")
    assert "npm run voorbeeld -- <adres>" in shown


@pytest.mark.slow
@needs_node
@pytest.mark.anyio
async def test_the_example_shows_a_resident(compiled: Path) -> None:
    """As after `make run`: with the demo's own token."""
    outside = Outside(transport=lambda _: httpx.ASGITransport(sandbox()))
    demo = demo_gateway(DemoSettings(), HOST, outside)

    async with demo.running() as app, serving(app) as address:
        shown = await node(str(compiled / "voorbeeld.js"), address)

    first, *zaken = shown.splitlines()
    assert first == "Sanne Maria Weidevinder"
    assert zaken
    assert all(re.fullmatch(r"- .+, sinds \d{4}-\d{2}-\d{2}", line) for line in zaken)
