"""39 municipalities in one process: started, checked, asked and changed while it runs."""

import signal
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.app import Gateway, Outside, published
from gateway.settings import Settings
from gateway.source.settings import SourceSettings
from resolvers.objecten.definitions import load_objecttypes
from sandbox.showcase import BURGER_BSN
from tests.app import Outdoors, processing, sandbox
from tests.neighbours import ALL, Listener, bearer, folder, loaded, own_secrets
from tests.served import SECONDS, Command, Registries, environment, free_port, registries, until

PERSOON = "query P($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { naam { voornamen } } }"
BSN = {"bsn": BURGER_BSN}
ZAKEN = "{ zaken(first: 1) { edges { node { identificatie } } } }"
WOONPLAATS = '{ woonplaats(identificatie: "9991") { naam } }'
NAME = {"persoon": {"naam": {"voornamen": "Sanne Maria"}}}


@dataclass(slots=True)
class Asking:
    """The gateway as its callers see it."""

    address: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False, timeout=30))

    def ask(
        self, code: str, query: str, variables: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The answer to an employee of this municipality."""
        answer = self.client.post(
            f"{self.address}/graphql",
            json={"query": query, "variables": variables or {}},
            headers={"authorization": bearer(code)},
        )
        body: dict[str, Any] = answer.json()
        return body


@pytest.fixture(scope="module")
def listener() -> Listener:
    """Who was heard in front of the registries."""
    return Listener()


@pytest.fixture(scope="module")
def behind(listener: Listener) -> Iterator[Registries]:
    """The sandbox, each call noted."""
    with registries(listener.around) as found:
        yield found


def said(command: Command, words: str) -> None:
    """Returns when the process has written these words; fails when it ends without."""
    stream = command.process.stdout
    assert stream is not None
    late = threading.Timer(SECONDS, command.process.kill)
    late.start()
    try:
        while words not in (line := stream.readline()):
            assert line != "", f"never said: {words}"
    finally:
        late.cancel()


@pytest.mark.slow
def test_one_process_serves_them_all(
    listener: Listener, behind: Registries, tmp_path: Path
) -> None:
    """Each asked with its own key where its vendor is; of the others nothing is asked."""
    directory = folder(tmp_path, behind.address)
    own_secrets(directory)
    port = free_port()
    asking = Asking(f"http://127.0.0.1:{port}")
    listener.heard.clear()
    with (
        Command(("serve", "--config", str(directory)), environment(PORT=str(port))) as command,
        asking.client,
    ):
        command.answers(f"{asking.address}/readyz")
        persons = {code: asking.ask(code, PERSOON, BSN) for code in ("9001", "9002", "9039")}
        places = asking.ask("9020", WOONPLAATS)
        zaken = {code: asking.ask(code, ZAKEN) for code in ("9002", "9003")}
        heard = list(listener.heard)

        _code, _written = command.stop(signal.SIGTERM)

    assert {code: each["data"] for code, each in persons.items()} == dict.fromkeys(persons, NAME)
    assert places["data"] == {"woonplaats": {"naam": "Weidevaart"}}
    assert [len(each["data"]["zaken"]["edges"]) for each in zaken.values()] == [1, 1]
    assert heard[:4] == [
        ("9001", "/brp/personen"),
        ("9002", "/stadspoort/brp/personen"),
        ("9039", "/brp/personen"),
        ("9020", "/bag/woonplaatsen/9991"),
    ]
    assert [path.partition("/api/")[0] for _, path in heard[4:]] == ["/standaard/zaken", "/zaken"]


@pytest.mark.slow
def test_one_file_changes_while_it_runs(
    listener: Listener, behind: Registries, tmp_path: Path
) -> None:
    """A change is taken over; with a mistake in one file all stays as it was."""
    directory = folder(tmp_path, behind.address)
    port = free_port()
    asking = Asking(f"http://127.0.0.1:{port}")
    changed, wrong = directory / "9001.toml", directory / "9002.toml"
    before, right = changed.read_text(), wrong.read_text()

    def refused(code: str) -> bool:
        answer = asking.ask(code, PERSOON, BSN)
        codes = {each["extensions"]["code"] for each in answer.get("errors", ())}
        assert codes <= {"NIET_GEAUTORISEERD"}
        return bool(codes)

    with (
        Command(("serve", "--config", str(directory)), environment(PORT=str(port))) as command,
        asking.client,
    ):
        command.answers(f"{asking.address}/readyz")
        first = refused("9001")
        changed.write_text(before.replace('"persoon.naam"', '"persoon.basis"'))
        until(lambda: refused("9001"))
        other = refused("9002")

        wrong.write_text(right.replace("[bronnen.bag]", "[bronnen.bagg]"))
        changed.write_text(before)
        said(command, "configuratie niet overgenomen")
        kept = refused("9001"), refused("9002")

        wrong.write_text(right)
        until(lambda: not refused("9001"))

    assert (first, other) == (False, False)
    assert kept == (True, False)


def test_a_check_tells_of_each_municipality(behind: Registries, tmp_path: Path) -> None:
    """All is well, also where a file says less than what the sandbox can do: that is advice."""
    directory = folder(tmp_path, behind.address, count=6)
    tenants = loaded(directory).tenants

    with Command(("check", "--config", str(directory)), environment()) as command:
        code, written = command.ended()

    lines = [line for line in written.splitlines() if " bewaard: " not in line]
    assert code == 0
    assert [line for line in lines if line.endswith("in orde")] == lines[: len(tenants)]
    told = [line.split(":")[0] for line in lines[len(tenants) : -1]]
    assert lines[-1].startswith("Samen: 6 gemeenten, ")
    sources = [f"{of} {name}" for of, each in tenants.items() for name in each.sources]
    assert list(dict.fromkeys(told)) == sources
    advised = {line.split(":")[0] for line in lines if "LET OP" in line}
    assert {each for each in advised if each.endswith("bag")} == {
        "9004 bag",
        "9005 bag",
        "9006 bag",
    }


@pytest.mark.anyio
async def test_clients_are_made_for_who_asks_only(tmp_path: Path) -> None:
    """Of 39 municipalities with some 500 sources, the one source that was asked."""
    directory = folder(tmp_path)
    outdoors = Outdoors(sandbox(), lambda call: httpx.Response(200, json={"naam": "Weidevaart"}))
    made: list[str] = []

    def transport(source: SourceSettings) -> httpx.AsyncBaseTransport:
        made.append(source.address)
        return outdoors

    settings = Settings(processing=processing())
    facts = published(load_objecttypes(directory))
    gateway = Gateway(settings, loaded(directory), facts, Outside(transport))
    assert len(gateway.configuration.tenants) == ALL
    async with (
        gateway.running() as app,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://poort.test"
        ) as client,
    ):
        before = list(made)
        for _ in range(2):
            await client.post(
                "/graphql",
                json={"query": WOONPLAATS},
                headers={"authorization": bearer("9020")},
            )

    assert before == []
    assert made == ["https://kadaster.example/brembroek/bag"]
