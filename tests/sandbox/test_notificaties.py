"""The sandbox's Notificaties API: subscriptions, the test of a callback, and messages sent."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox.cases import build_cases
from sandbox.control_zaken import change_route
from sandbox.notificaties import KANALEN, PATH, UNREACHED, Notificaties
from sandbox.zgw_auth import CLIENTS, Gatekeeper
from tests.app import world
from tests.sandbox.zgw_client import NOW, token

pytestmark = pytest.mark.anyio

BASE = "http://sandbox.example"
CALLBACK = "https://afnemer.example/meldingen"
AUTH = "Bearer geheim"
WANTED = {"callbackUrl": CALLBACK, "auth": AUTH, "kanalen": [{"naam": "zaken", "filters": {}}]}


@dataclass(slots=True)
class Callback:
    """Where messages go: answers with one status to the right credentials, another to none."""

    admitted: int = 204
    refused: int = 403
    heard: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)

    async def post(self, address: str, auth: str | None, text: str) -> int:
        """One message."""
        assert address == CALLBACK
        self.heard.append((auth, json.loads(text)))
        return self.admitted if auth == AUTH else self.refused


def client(callback: Callback) -> httpx.AsyncClient:
    """An admitted client of the API, which knows a few zaken."""
    notificaties = Notificaties(Gatekeeper(CLIENTS, lambda: NOW), callback.post)
    zaken = build_cases(world(), count=1).zaken
    routes = [change_route(zaken, notificaties), Mount(PATH, notificaties.app())]
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(Starlette(routes=list(routes))),
        base_url=BASE,
        headers={"Authorization": f"Bearer {token()}"},
    )


async def test_a_subscription_from_making_to_ending() -> None:
    """It is listed without its credentials."""
    async with client(Callback()) as http:
        made = await http.post(f"{PATH}/abonnement", json=WANTED)
        url = made.json()["url"]
        changed = {**WANTED, "kanalen": [{"naam": "besluiten", "filters": {}}]}
        put = await http.put(url, json=changed)
        listed = await http.get(f"{PATH}/abonnement")
        one = await http.get(url)
        ended = await http.delete(url)
        gone = await http.get(url)

    shown = {"callbackUrl": CALLBACK, "kanalen": changed["kanalen"], "url": url}
    assert (made.status_code, put.status_code) == (201, 200)
    assert url.startswith(f"{BASE}{PATH}/abonnement/")
    assert listed.json() == [shown]
    assert one.json() == shown
    assert (ended.status_code, gone.status_code) == (204, 404)


async def test_the_channels_are_a_bare_array() -> None:
    async with client(Callback()) as http:
        every = (await http.get(f"{PATH}/kanaal")).json()
        one = (await http.get(f"{PATH}/kanaal", params={"naam": "zaken"})).json()

    assert tuple(each["naam"] for each in every) == KANALEN
    assert [each["naam"] for each in one] == ["zaken"]


async def test_a_callback_is_tried_with_and_without_credentials() -> None:
    callback = Callback()
    async with client(callback) as http:
        await http.post(f"{PATH}/abonnement", json=WANTED)

    assert [auth for auth, _ in callback.heard] == [None, AUTH]
    assert {body["kanaal"] for _, body in callback.heard} == {"test"}


@pytest.mark.parametrize(
    ("callback", "code"),
    [
        (Callback(refused=204), "no-auth-on-callback-url"),
        (Callback(refused=UNREACHED), "no-auth-on-callback-url"),
        (Callback(admitted=200), "invalid-callback-url"),
        (Callback(admitted=403), "invalid-callback-url"),
    ],
)
async def test_a_callback_that_is_not_good(callback: Callback, code: str) -> None:
    async with client(callback) as http:
        refused = await http.post(f"{PATH}/abonnement", json=WANTED)
        listed = await http.get(f"{PATH}/abonnement")

    assert refused.status_code == 400
    assert [each["code"] for each in refused.json()["invalidParams"]] == [code]
    assert listed.json() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"callbackUrl": "file:///etc/passwd"},
        {"callbackUrl": "https://x.example/" + "a" * 200},
        {"auth": ""},
        {"auth": None},
        {"kanalen": None},
        {"kanalen": ["zaken"]},
        {"kanalen": [{"naam": "niets"}]},
    ],
)
async def test_a_subscription_that_is_none(changes: dict[str, Any]) -> None:
    callback = Callback()
    async with client(callback) as http:
        refused = await http.post(f"{PATH}/abonnement", json={**WANTED, **changes})
        unread = await http.post(f"{PATH}/abonnement", content=b"{")

    assert (refused.status_code, unread.status_code) == (400, 400)
    assert callback.heard == []


async def test_who_is_not_admitted() -> None:
    async with client(Callback()) as http:
        answers = [
            await http.request(method, f"{PATH}/{path}", headers={"Authorization": "Bearer x"})
            for method, path in (("GET", "kanaal"), ("POST", "abonnement"), ("GET", "abonnement"))
        ]

    assert [each.status_code for each in answers] == [403] * 3


async def test_a_zaak_that_is_changed_is_told() -> None:
    """In the addresses by which the subscriber knows the registries."""
    callback = Callback()
    async with client(callback) as http:
        await http.post(f"{PATH}/abonnement", json=WANTED)
        uuid = next(iter(build_cases(world(), count=1).zaken))
        changed = await http.patch(f"/_sandbox/zaken/{uuid}", json={"toelichting": "Spoed."})

    auth, told = callback.heard[-1]
    url = f"{BASE}/zaken/api/v1/zaken/{uuid}"
    assert changed.json() == {"toelichting": "Spoed.", "gemeld": 1}
    assert auth == AUTH
    assert (told["kanaal"], told["hoofdObject"], told["resourceUrl"]) == ("zaken", url, url)
    assert (told["resource"], told["actie"]) == ("zaak", "partial_update")
    assert told["kenmerken"]["zaaktype"].startswith(f"{BASE}/catalogi/api/v1/zaaktypen/")


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"toelichting":1}', b'"x"'])
async def test_a_change_that_is_none(body: bytes) -> None:
    uuid = next(iter(build_cases(world(), count=1).zaken))
    async with client(Callback()) as http:
        refused = await http.patch(f"/_sandbox/zaken/{uuid}", content=body)
        absent = await http.patch(f"/_sandbox/zaken/{uuid[:-1]}x", content=body)

    assert (refused.status_code, absent.status_code) == (400, 404)
