"""What a configuration asks for happens, or is refused at the start."""

import socket

import pytest

import gateway.serving
from gateway.edge.health import Readiness
from gateway.mistakes import ConfigurationError
from gateway.serving import serve
from gateway.settings import Settings, read_settings
from sandbox.showcase import HOME_NUMMERAANDUIDING
from tests.app import Setup, running


@pytest.mark.parametrize("name", ["BRONPOORT_LIMIT__COST", "BRONPOORT_CACH__SECRET"])
def test_a_setting_of_a_misspelt_group_is_refused(name: str) -> None:
    """It was taken for a secret of a tenant file, and the limit stayed what it was."""
    with pytest.raises(ConfigurationError) as refused:
        read_settings({name: "1"}, Settings)

    assert [mistake.key for mistake in refused.value.mistakes] == [name]


def test_a_secret_with_two_underscores_is_no_setting() -> None:
    assert read_settings({"BRONPOORT_BAG__SLEUTEL": "x"}, Settings) == Settings()


@pytest.mark.anyio
async def test_a_cache_without_room_keeps_nothing_and_answers() -> None:
    asked = f'{{adres(identificatie:"{HOME_NUMMERAANDUIDING}"){{korteNaam}}}}'
    async with running(Setup(settings={"cache": {"memory_bytes": 0, "whole_bytes": 0}})) as app:
        answers = [(await app.ask(asked)).json() for _ in range(2)]

    assert answers == [{"data": {"adres": {"korteNaam": "Raadhuisplein"}}}] * 2
    assert len(app.outdoors.calls) == 2


def test_websockets_are_spoken_by_what_logs_no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """uvicorn's own logs the address of each one that is tried, with what stands in it."""
    protocols: list[object] = []

    class Recorder(gateway.serving.Server):
        async def serve(self, sockets: list[socket.socket] | None = None) -> None:
            for each in sockets or ():
                each.close()
            self.config.load()
            protocols.append(self.config.ws_protocol_class)

    monkeypatch.setattr(gateway.serving, "Server", Recorder)

    async def app(scope: object, receive: object, send: object) -> None: ...

    with pytest.raises(SystemExit):
        serve(app, Settings(port=0), Readiness())

    assert protocols == [gateway.serving.WebSockets]
