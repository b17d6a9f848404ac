"""The registry of docs/register-toevoegen.md: its files are assembled, checked and asked."""

import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

import resolvers
import schema
from gateway.app import Gateway, Outside
from gateway.settings import DemoSettings
from gateway.source.ledger import Ledger
from gateway.source.settings import SourceSettings
from gateway.source.source import Occasion
from gateway.source.surroundings import Surroundings
from gateway.source.upstreams import Upstreams
from gateway.tenants import Purpose, Tenant
from schema.language.assemble import assemble
from schema.language.facts import Facts
from schema.language.links import Registry
from tests.app import HOST, NOW, Outdoors, Setup, gateway_for, sandbox, token
from tests.paths import ROOT

pytestmark = pytest.mark.anyio

GUIDE = ROOT / "docs" / "register-toevoegen.md"
BOMEN = "resolvers.bomen"
ADDRESS = "0999200000000001"
TREES: Sequence[Mapping[str, Any]] = [
    {
        "nummer": "B-1",
        "soort": {"nederlandseNaam": "zomereik"},
        "plantjaar": 1931,
        "nummeraanduidingIdentificatie": ADDRESS,
        "onderhoud": {"opmerking": "dood hout"},
    },
    {"nummer": "B-2", "nummeraanduidingIdentificatie": ADDRESS},
]
QUESTION = """query Bomen($nummers: [Identificatie!]!) {
  bomen(nummers: $nummers) {
    nummer soort isJong opmerking
    adres { adresregel5 bomen { nummer } }
  }
}"""


def files() -> Mapping[str, str]:
    """The files of the guide by their path."""
    shown = re.findall(
        r"^\*\*([a-z_/]+\.py)\*\*\n\n```python\n(.*?)```", GUIDE.read_text(), re.M | re.S
    )
    return dict(shown)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the files."""
    root = tmp_path_factory.mktemp("guide")
    for name, text in files().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def registry(written: Path) -> Iterator[Registry]:
    """The guide's registry, imported as if it stood beside the others."""
    packages: tuple[ModuleType, ...] = (schema, resolvers)
    before = [(package, list(package.__path__)) for package in packages]
    for package in packages:
        package.__path__.append(str(written / package.__name__))
    try:
        yield importlib.import_module(BOMEN).REGISTRY
    finally:
        for package, path in before:
            package.__path__[:] = path
        for name in [name for name in sys.modules if name.partition(".")[2].startswith("bomen")]:
            del sys.modules[name]


@pytest.fixture(scope="module")
def facts(registry: Registry) -> Facts:
    """The published schema with the guide's registry as its last."""
    return assemble((*resolvers.REGISTRIES, registry))


class Trees:
    """The invented API; notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.transport = httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        asked = request.url.params
        found = [
            tree
            for tree in TREES
            if tree["nummer"] in asked.get_list("nummer")
            or tree["nummeraanduidingIdentificatie"] == asked.get("nummeraanduiding")
        ]
        return httpx.Response(200, json={"bomen": found})


def gateway(facts: Facts, labels: frozenset[str], trees: Trees) -> Gateway:
    """A gateway over the sandbox's BAG and the register of trees."""
    made = gateway_for(Setup(sources=("bag",)), Outdoors(sandbox(), lambda call: None))
    (tenant,) = made.configuration.tenants.values()
    bomen = SourceSettings(address="https://bomen.test")
    purpose = Purpose("test", "Toetsen.", labels, frozenset({"medewerker"}), {}, open=True)
    sources = {**tenant.sources, "bomen": bomen}
    everything = Tenant(tenant.code, tenant.naam, tenant.oin, sources, {"test": purpose})

    def transport(settings: SourceSettings) -> httpx.AsyncBaseTransport:
        return (
            made.outside.transport(settings)
            if settings.address.startswith(HOST)
            else trees.transport
        )

    configuration = type(made.configuration)({tenant.code: everything}, ())
    outside = Outside(transport, Surroundings(now=lambda: NOW))
    settings = DemoSettings(explorer=False)
    return Gateway(settings, configuration, facts, outside, own_issuers=made.own_issuers)


async def ask(made: Gateway) -> dict[str, Any]:
    """The answer to the question about two trees, of which one is not there."""
    async with made.running() as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            response = await client.post(
                "/graphql",
                json={"query": QUESTION, "variables": {"nummers": ["B-1", "B-9"]}},
                headers={"authorization": f"Bearer {token()}"},
            )
    body: dict[str, Any] = response.json()
    return body


async def test_it_answers_joined_with_the_bag(facts: Facts) -> None:
    trees = Trees()

    assert await ask(gateway(facts, facts.labels, trees)) == {
        "data": {
            "bomen": [
                {
                    "nummer": "B-1",
                    "soort": "zomereik",
                    "isJong": False,
                    "opmerking": "dood hout",
                    "adres": {
                        "adresregel5": "Raadhuisplein 1",
                        "bomen": [{"nummer": "B-1"}, {"nummer": "B-2"}],
                    },
                },
                None,
            ]
        }
    }
    assert trees.asked == [
        "https://bomen.test/bomen?nummer=B-1&nummer=B-9",
        f"https://bomen.test/bomen?nummeraanduiding={ADDRESS}",
    ]


async def test_a_label_of_its_own_is_refused_by_itself(facts: Facts) -> None:
    body = await ask(gateway(facts, facts.labels - {"boom.onderhoud"}, Trees()))

    assert [error["extensions"]["label"] for error in body["errors"]] == ["boom.onderhoud"]
    assert body["data"]["bomen"][0]["opmerking"] is None


async def test_its_probe_is_content(registry: Registry) -> None:
    upstreams = Upstreams(transport=lambda _: Trees().transport)
    occasion = Occasion(upstreams.surroundings.clock() + 5, Ledger())
    settings = SourceSettings(address="https://bomen.test")

    source = upstreams.source("0999", "bomen", settings, occasion)

    assert await registry.probes["bomen"](source) == []
    await upstreams.aclose()


@pytest.mark.parametrize("name", files())
def test_it_is_written_as_the_rest_is(name: str) -> None:
    ruff = shutil.which("ruff", path=Path(sys.executable).parent)
    assert ruff is not None
    ours = 'lint.isort.known-first-party = ["gateway", "resolvers", "schema"]'
    for command in (["check", "--config", ours], ["format", "--diff"]):
        ended = subprocess.run(  # noqa: S603  # our own environment's ruff
            [ruff, *command, "--no-cache", "--stdin-filename", str(ROOT / name), "-"],
            cwd=ROOT,
            input=files()[name],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_guide_shows_every_file_that_a_registry_has() -> None:
    shown = {name.replace("bomen", "bag", 1) for name in files()}
    needed = {"__init__.py", "links.py", "probe.py", "reads.py"}

    assert {f"resolvers/bag/{name}" for name in needed} <= shown
    assert all((ROOT / name).exists() for name in shown)
