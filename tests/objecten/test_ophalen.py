"""`bronpoort objecttypen ophalen`: what is fetched, written, compared and told."""

import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.demo import DIRECTORY
from gateway.objecttypen import fetch_schemas
from gateway.source.surroundings import Surroundings
from gateway.source.upstreams import Upstreams
from sandbox.access import SECRETS
from tests.app import sandbox

pytestmark = pytest.mark.anyio

NAMES = ("laadpaal", "melding-openbare-ruimte", "parkeervergunning")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The demo's configuration, with an issuers file as every directory has."""
    copy = shutil.copytree(DIRECTORY, tmp_path / "config")
    if not (copy / "issuers.toml").exists():
        (copy / "issuers.toml").write_text(
            '[[issuer]]\nissuer = "https://u.example"\naudience = "b"\nalgorithm = "ES256"\n'
            'jwks_url = "https://u.example/jwks"\ntenants = ["0999"]\n'
        )
    return copy


def upstreams(app: Any = None) -> Upstreams:
    transport = httpx.ASGITransport(app or sandbox())
    return Upstreams(Surroundings(), lambda _: transport)


async def test_schemas_that_are_there_are_left_alone(directory: Path) -> None:
    before = {path.name: path.read_text() for path in (directory / "objecttypen").iterdir()}
    outcome = await fetch_schemas(directory, SECRETS, upstreams())

    assert outcome.good
    assert outcome.lines == [
        f"{name}: versie 1, objecttypen/{name}.json ongewijzigd" for name in NAMES
    ]
    after = {path.name: path.read_text() for path in (directory / "objecttypen").iterdir()}
    assert after == before


async def test_a_schema_that_is_missing_or_old_is_written(directory: Path) -> None:
    """The definitions are read without their schemas: these are what is being fetched."""
    folder = directory / "objecttypen"
    wanted = json.loads((folder / "laadpaal.json").read_text())
    (folder / "laadpaal.json").unlink()
    (folder / "parkeervergunning.json").write_text("{}")
    outcome = await fetch_schemas(directory, SECRETS, upstreams())

    assert outcome.good
    assert outcome.lines[0] == "laadpaal: versie 1, objecttypen/laadpaal.json opgehaald"
    assert outcome.lines[2].endswith("objecttypen/parkeervergunning.json gewijzigd")
    assert json.loads((folder / "laadpaal.json").read_text()) == wanted


async def test_a_type_without_a_definition_is_a_place_to_begin(directory: Path) -> None:
    for path in (directory / "objecttypen").glob("laadpaal.*"):
        path.unlink()
    tenant = directory / "0999.toml"
    tenant.write_text(tenant.read_text().replace('"object.laadpaal"', '"object.parkeervergunning"'))
    outcome = await fetch_schemas(directory, SECRETS, upstreams())

    uuid = "8faed0fa-7864-4409-aa6d-533a37616a9e"
    assert outcome.lines[-1] == (f"0999: laadpaal ({uuid}) heeft nog geen bestand in objecttypen/")


async def test_a_type_that_the_source_does_not_have_is_wrong(directory: Path) -> None:
    file = directory / "objecttypen" / "laadpaal.toml"
    file.write_text(file.read_text().replace("8faed0fa", "00000000"))
    outcome = await fetch_schemas(directory, SECRETS, upstreams())

    assert not outcome.good
    assert outcome.lines[0] == "FOUT: 0999 laadpaal: Niet gevonden. (objecttypen)"
