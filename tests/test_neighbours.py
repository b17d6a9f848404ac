"""The example of many municipalities: files that are right, and that differ as real ones do."""

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from gateway.advice import remarks
from gateway.app import families, several_sources
from gateway.auth.issuers import trusted
from gateway.auth.principal import Principal
from gateway.auth.tokens import Tokens
from gateway.cli import main
from gateway.configuration import Configuration, purposes_of
from sandbox.neighbour_folder import NotWrittenError, Wanted, write_folder
from sandbox.neighbours import MOST, neighbours
from sandbox.practice_tokens import Caller, NoKeyError, signed
from sandbox.showcase import BURGER_BSN
from tests.neighbours import ALL, folder, loaded

REGISTRIES = "http://127.0.0.1:8100"


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """What the gateway reads of all of them, at their vendors."""
    return loaded(folder(tmp_path_factory.mktemp("gemeenten")))


def files(directory: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def test_every_file_is_right_and_every_municipality_another(configuration: Configuration) -> None:
    tenants = configuration.tenants.values()

    assert len(tenants) == ALL
    for of in ("code", "naam", "oin"):
        assert len({getattr(each, of) for each in tenants}) == ALL
    addresses = Counter(source.address for each in tenants for source in each.sources.values())
    assert addresses.most_common(1)[0][1] == 1
    assert [len(issuer.tenants) for issuer in configuration.issuers] == [ALL, ALL]


def test_so_many_have_names_and_codes_of_their_own() -> None:
    made = neighbours(MOST)

    assert len({each.name for each in made}) == len({each.code for each in made}) == MOST
    assert all(each.code > "9000" for each in made)


def test_they_differ_in_what_they_have_and_in_how_it_is_asked(
    configuration: Configuration,
) -> None:
    tenants = configuration.tenants.values()
    sources = Counter(name for each in tenants for name in each.sources)
    variants = Counter(each.sources["zaken"].dialect.get("variant") for each in tenants)
    headers = {
        frozenset(each.purposes["klantcontact"].headers_for("brp", "raadplegen"))
        for each in tenants
    }

    for name in ("woz", "klant", "objecten", "objecttypen", "producten", "brp-historie"):
        assert 0 < sources[name] < ALL
    assert all(sources[name] == ALL for name in ("bag", "brp", "zaken", "catalogi", "pdok"))
    assert set(variants) == {None, "openzaak"}
    assert headers == {
        frozenset({"x-doelbinding", "x-verwerking", "x-gebruiker"}),
        frozenset({"x-doelbinding"}),
        frozenset({"x-request-user"}),
    }
    assert len({frozenset(each.sources["bag"].dialect.items()) for each in tenants}) == 2
    assert len({each.sources["zaken"].dialect.get("expand") for each in tenants}) == 2


def test_some_have_two_systems_and_some_choose_fields(configuration: Configuration) -> None:
    tenants = configuration.tenants
    both = {code for code, each in tenants.items() if "zaken-sociaal" in each.sources}
    choosing = {
        code
        for code, each in tenants.items()
        if each.sources["zaken"].dialect.get("veldselectie") is True
    }

    assert {"9006", "9007"} <= both
    assert "9005" in choosing
    assert remarks(tenants.values(), families(), several_sources()) == []


def test_nobody_can_own_their_addresses(configuration: Configuration) -> None:
    """RFC 2606 keeps `.example` free: nothing can ever be sent to an owner of it."""
    sources = [each for of in configuration.tenants.values() for each in of.sources.values()]
    names = {urlsplit(each.address).hostname or "" for each in sources}
    names |= {urlsplit(each.issuer).hostname or "" for each in configuration.issuers}

    assert {name for name in names if not name.endswith(".example")} == set()


def test_no_label_is_of_a_source_that_is_not_there(configuration: Configuration) -> None:
    without = [each for each in configuration.tenants.values() if "woz" not in each.sources]

    assert without != []
    for tenant in without:
        for purpose in tenant.purposes.values():
            assert [label for label in purpose.labels if label.startswith("woz.")] == []


def test_the_same_is_written_every_time(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        write_folder(tmp_path / name, Wanted(5, REGISTRIES))

    assert files(tmp_path / "een") == files(tmp_path / "twee")


def test_fewer_are_the_first_of_more(tmp_path: Path) -> None:
    few, many = tmp_path / "weinig", tmp_path / "veel"
    for made, count in ((few, 2), (many, 3)):
        write_folder(made, Wanted(count, REGISTRIES))

    same = {name for name, content in files(few).items() if files(many)[name] == content}
    assert set(files(few)) - same == {"issuers.toml"}


def test_all_sources_may_stand_at_one_sandbox(tmp_path: Path) -> None:
    found = loaded(folder(tmp_path, f"{REGISTRIES}/"))

    sources = [each for tenant in found.tenants.values() for each in tenant.sources.values()]
    assert [each.address for each in sources if not each.address.startswith(REGISTRIES)] == []


def test_secrets_are_for_their_owner_only(tmp_path: Path) -> None:
    made = folder(tmp_path, count=1)

    assert (made / "geheimen").stat().st_mode & 0o077 == 0
    assert (
        made / "geheimen" / "9001" / "bag"
    ).read_text() == "verzonnen-geheim-van-9001-voor-bag\n"
    assert "verzonnen-geheim" not in (made / "9001.toml").read_text()


@pytest.mark.parametrize("kept", ["9001.toml", "iets-anders.txt"])
def test_what_is_there_is_not_overwritten(tmp_path: Path, kept: str) -> None:
    directory = tmp_path / "map"
    directory.mkdir()
    (directory / kept).write_text("van mij")

    with pytest.raises(NotWrittenError, match="er wordt niets overschreven"):
        write_folder(directory, Wanted(3))

    assert files(tmp_path) == {f"map/{kept}": b"van mij"}


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("van mij")

    with pytest.raises(NotWrittenError):
        write_folder(tmp_path / "bestand" / "map", Wanted(1))
    with pytest.raises(NotWrittenError):
        write_folder(tmp_path / "map", Wanted(1, keys=tmp_path / "weg"))

    assert files(tmp_path) == {"bestand": b"van mij"}
    assert [each.name for each in tmp_path.iterdir()] == ["bestand"]


def test_a_key_to_practise_with_is_for_its_owner_only(tmp_path: Path) -> None:
    key, made = tmp_path / "sleutel.json", tmp_path / "map"
    write_folder(made, Wanted(1, REGISTRIES, private=key))

    assert key.stat().st_mode & 0o777 == 0o600
    secret = json.loads(key.read_text())["d"]
    assert all(secret.encode() not in content for content in files(made).values())
    assert [len(issuer.tenants) for issuer in loaded(made).issuers] == [1, 1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("map/sleutel.json", "Zet de geheime sleutel buiten"),
        ("bestand", "er wordt niets overschreven"),
        ("weg/sleutel.json", "is er niet"),
    ],
)
def test_where_a_key_may_not_stand(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "bestand").write_text("van mij")

    with pytest.raises(NotWrittenError, match=said):
        write_folder(tmp_path / "map", Wanted(1, private=tmp_path / name))

    assert files(tmp_path) == {"bestand": b"van mij"}


async def practised(directory: Path, caller: Caller, key: Path) -> Principal:
    """Whom the gateway takes the bearer of a token for."""
    configuration = loaded(directory)
    async with httpx.AsyncClient() as client:
        issuers = trusted(configuration.issuers, client)
        tokens = Tokens(issuers, purposes_of(configuration.tenants), lambda: 1_800_000_000.0)
        return await tokens.verify(f"Bearer {signed(key, caller, 1_800_000_000.0)}")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("purpose", "kind", "bsn"),
    [
        ("klantcontact", "medewerker", None),
        ("open-data", "systeem", None),
        ("mijn-gegevens", "burger", BURGER_BSN),
    ],
)
async def test_a_token_to_practise_with(
    tmp_path: Path, purpose: str, kind: str, bsn: str | None
) -> None:
    """As the issuers of the example give out; the citizen is the sandbox's."""
    key = tmp_path / "sleutel.json"
    write_folder(tmp_path / "map", Wanted(1, REGISTRIES, private=key))

    found = await practised(tmp_path / "map", Caller("9001", purpose, kind), key)

    assert (found.tenant, found.purpose, found.kind, found.bsn) == ("9001", purpose, kind, bsn)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"kty": "oct", "k": "AAAA"}'])
def test_what_is_no_key_to_practise_with(tmp_path: Path, content: str) -> None:
    path = tmp_path / "sleutel.json"
    path.write_text(content)

    with pytest.raises(NoKeyError, match=r"sleutel.json is geen sleutel"):
        signed(path, Caller("9001", "klantcontact", "medewerker"), 0.0)


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    directory = tmp_path / "map"
    directory.mkdir()

    write_folder(directory, Wanted(1))

    assert (directory / "9001.toml").is_file()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = tmp_path / "map"
    ends = []
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["voorbeeld", "--map", str(directory), "--gemeenten", "2"])
        ends.append(ended.value.code)

    said = capsys.readouterr()
    assert ends == [0, 1]
    assert sorted(path.name for path in directory.glob("9*.toml")) == ["9001.toml", "9002.toml"]
    assert re.search(r"^2 gemeenten in .*; nu bronpoort check --offline --config", said.out)
    assert said.err.endswith("er wordt niets overschreven.\n")
