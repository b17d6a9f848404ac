"""`bronpoort abonneren` against the sandbox over HTTP, which calls back to a served gateway."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.served import (
    SECONDS,
    SECRETS,
    Command,
    Registries,
    bearer,
    configured,
    environment,
    free_port,
    registries,
)
from tests.test_cli import Bronpoort, bronpoort, plain

__all__ = ["bronpoort"]

CHANNELS = "besluiten, besluittypen, documenten, informatieobjecttypen, objecten, zaaktypen, zaken"
AUTH = SECRETS["SANDBOX_NOTIFICATIES"]
"""What must never be printed."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Registries]:
    """The sandbox's registries on a free port."""
    with registries() as found:
        yield found


@pytest.fixture(scope="module")
def directory(sandbox: Registries, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sandbox's municipality, its sources on their port."""
    return configured(tmp_path_factory.mktemp("config"), sandbox.address)


@pytest.fixture(scope="module")
def address(directory: Path) -> Iterator[str]:
    """Where a gateway serves it, in a process of its own."""
    port = free_port()
    given = environment(BRONPOORT_PORT=str(port))
    with Command(("serve", "--config", str(directory)), given) as command:
        command.answers(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(autouse=True)
def healthy(sandbox: Registries) -> Iterator[None]:
    """The registries without troubles, before and after."""
    sandbox.faults.reset()
    yield
    sandbox.faults.reset()


def lines(outcome: Any) -> list[str]:
    """What it said, after making sure that it said nothing secret."""
    written = plain(outcome.out + outcome.err)
    assert AUTH not in written
    assert "Bearer" not in written
    return written.splitlines()


def test_subscribing_showing_and_leaving(
    bronpoort: Bronpoort, directory: Path, address: str
) -> None:
    """Twice is once: the second time finds what the first made."""

    def run(*options: str) -> tuple[int, list[str]]:
        outcome = bronpoort("abonneren", "--config", directory, "--adres", address, *options)
        return outcome.code, lines(outcome)

    callback = f"{address}/notificaties/0999"
    nothing = f"0999 notificaties: geen abonnement op {callback}"

    assert run("--tonen") == (0, [nothing])
    assert run() == (0, [f"0999 notificaties: nieuw: {callback} op {CHANNELS}"])
    assert run() == (0, [f"0999 notificaties: vernieuwd: {callback} op {CHANNELS}"])
    assert run("--tonen", "--gemeente", "0999") == (
        0,
        [f"0999 notificaties: {callback} op {CHANNELS}"],
    )
    assert run("--verwijderen") == (0, [f"0999 notificaties: 1 verwijderd van {callback}"])
    assert run("--tonen") == (0, [nothing])


def test_a_changed_zaak_is_asked_anew(
    bronpoort: Bronpoort, directory: Path, address: str, sandbox: Registries
) -> None:
    """From the change at the source to the next answer, over HTTP all the way."""
    with httpx.Client(trust_env=False, timeout=SECONDS) as client:

        def ask(query: str, **variables: str) -> Any:
            answer = client.post(
                f"{address}/graphql",
                json={"query": query, "variables": variables},
                headers={"authorization": bearer()},
            ).json()
            assert "errors" not in answer
            return answer["data"]

        first = ask("{zaken(first: 1){edges{node{uuid}}}}")["zaken"]["edges"][0]["node"]
        query = "query($uuid: Uuid!){zaak(uuid: $uuid){toelichting}}"
        lines(bronpoort("abonneren", "--config", directory, "--adres", address))
        before = ask(query, **first)
        calls = sandbox.faults.calls["zaken"]
        again = ask(query, **first)
        kept = sandbox.faults.calls["zaken"] - calls
        changed = client.patch(
            f"{sandbox.address}/_sandbox/zaken/{first['uuid']}", json={"toelichting": "Spoed."}
        ).json()
        after = ask(query, **first)
        lines(bronpoort("abonneren", "--config", directory, "--adres", address, "--verwijderen"))

    assert (again, kept) == (before, 0)
    assert changed == {"toelichting": "Spoed.", "gemeld": 1}
    assert after == {"zaak": {"toelichting": "Spoed."}}
    assert sandbox.faults.calls["zaken"] - calls == 1


def test_a_gateway_that_does_not_answer_there(
    bronpoort: Bronpoort, directory: Path, sandbox: Registries
) -> None:
    """The API finds out before it accepts the subscription."""
    outcome = bronpoort("abonneren", "--config", directory, "--adres", sandbox.address)

    (said,) = lines(outcome)
    assert outcome.code == 1
    assert said.startswith("FOUT: 0999 notificaties: weigert het abonnement (invalid, callbackUrl)")


def test_another_credential_than_the_gateway_has(
    bronpoort: Bronpoort, directory: Path, address: str
) -> None:
    """As after a change of the secret in one of two places."""
    other = "een-ander-geheim-dan-dat-van-de-gateway"
    outcome = bronpoort(
        *("abonneren", "--config", directory, "--adres", address), SANDBOX_NOTIFICATIES=other
    )

    (said,) = lines(outcome)
    assert outcome.code == 1
    assert said.startswith("FOUT: 0999 notificaties: weigert het abonnement (invalid, nonField")
    assert other not in said


def test_an_api_that_does_not_know_us(bronpoort: Bronpoort, directory: Path) -> None:
    outcome = bronpoort(
        *("abonneren", "--config", directory, "--adres", "http://localhost:1"),
        SANDBOX_ZGW="een-ander-geheim-dat-lang-genoeg-is",
    )

    refused = "weigert ons (invalid-jwt-signature); nodig is de scope notificaties.consumeren"
    assert outcome.code == 1
    assert lines(outcome) == [f"FOUT: 0999 notificaties: {refused}"]


@pytest.mark.parametrize("fault", ["500", "drop", "garbage", "429"])
def test_an_api_in_trouble(
    bronpoort: Bronpoort, directory: Path, sandbox: Registries, fault: str
) -> None:
    sandbox.faults.set("notificaties", fault=fault)
    outcome = bronpoort("abonneren", "--config", directory, "--adres", "http://localhost:1")

    (said,) = lines(outcome)
    assert outcome.code == 1
    assert re.match(r"FOUT: 0999 notificaties: (antwoordt onverwacht|niet bereikbaar) \(", said)


def test_a_municipality_without_notifications(
    bronpoort: Bronpoort, sandbox: Registries, tmp_path: Path
) -> None:
    """Without the source there is nothing to do, without the secret it cannot be done."""
    block = 'geheim = "env:SANDBOX_NOTIFICATIES"'
    bare = configured(tmp_path, sandbox.address, ("[notificaties]\n", ""), (block, ""))
    no_secret = bronpoort("abonneren", "--config", bare, "--adres", "https://bronpoort.test")
    text = (bare / "0999.toml").read_text(encoding="utf-8")
    cut = re.sub(r"\[bronnen\.notificaties\]\n(?:.+\n)+", "", text)
    (bare / "0999.toml").write_text(cut, encoding="utf-8")
    no_source = bronpoort("abonneren", "--config", bare, "--adres", "https://bronpoort.test")

    assert (no_secret.code, lines(no_secret)) == (
        1,
        ["FOUT: 0999: zet in [notificaties] het `geheim` voor meldingen aan ons"],
    )
    assert (no_source.code, lines(no_source)) == (
        0,
        ["0999: heeft geen bron notificaties; overgeslagen"],
    )


def test_what_must_be_given(bronpoort: Bronpoort, directory: Path) -> None:
    given = ("abonneren", "--config", directory)
    missing = "Geef met --adres (of BRONPOORT_PUBLIC_URL) het adres van deze gateway.\n"
    unsafe = "omgeving: BRONPOORT_PUBLIC_URL: dit adres begint met https://\n"

    assert bronpoort(*given).err == missing
    assert bronpoort(*given, "--adres", "http://bronpoort.test").err == unsafe
    assert bronpoort(*given, "--tonen", "--verwijderen").code == 2
    assert bronpoort(*given, "--adres", "https://x.test", "--gemeente", "0001").err == (
        "Kies met --gemeente uit: 0999.\n"
    )
