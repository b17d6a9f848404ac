"""Notifications for tests, and the application that hears them with a credential of its own."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import structlog.testing
from pydantic import SecretStr

from gateway.configuration import Configuration
from gateway.source.settings import SourceSettings
from gateway.tenants import Tenant
from tests.app import HOST, Outdoors, Running, Setup, gateway_for, sandbox, token

SECRET = "geheim-van-de-notificaties-0999-x"
ADDRESS = "/notificaties/0999"
BASE = "http://bronpoort.test"
ZAAK = "2f0a4f3c-8f0e-4a35-9c1b-6f3f6cbb7a11"
"""A uuid that no zaak has."""


def url_of(path: str, uuid: str, source: str = "zaken") -> str:
    """As the sandbox writes the address of a resource."""
    return f"{HOST}/{source}/api/v1/{path}/{uuid}"


def message(**changes: Any) -> dict[str, Any]:
    """What the source says when somebody changed that zaak."""
    made = {
        "kanaal": "zaken",
        "hoofdObject": url_of("zaken", ZAAK),
        "resource": "zaak",
        "resourceUrl": url_of("zaken", ZAAK),
        "actie": "partial_update",
        "aanmaakdatum": "2026-03-01T12:00:00.123456Z",
        "kenmerken": {"bronorganisatie": "000000000"},
    }
    return {name: value for name, value in {**made, **changes}.items() if value is not ...}


@dataclass(slots=True)
class Hearing:
    """The application, and what it logged of notifications."""

    running: Running
    logged: Sequence[Mapping[str, Any]]

    @property
    def events(self) -> list[Mapping[str, Any]]:
        """What was logged of notifications."""
        return [each for each in self.logged if each["event"] == "notificatie"]

    async def tell(self, body: Any = None, **headers: str) -> httpx.Response:
        """A notification with the right credential; a header given as "" is left out."""
        given = {"authorization": f"Bearer {SECRET}", "content-type": "application/json", **headers}
        sent = {name: value for name, value in given.items() if value}
        content = body if isinstance(body, bytes) else json.dumps(body or message()).encode()
        return await self.running.client.post(ADDRESS, content=content, headers=sent)

    @property
    def outcomes(self) -> list[tuple[int, str | None]]:
        """Of each notification the status, and what came of it."""
        return [(event["status"], event["outcome"]) for event in self.events]


@asynccontextmanager
async def hearing(
    setup: Setup | None = None,
    *,
    secret: str | None = SECRET,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[Hearing]:
    """The application over a faked world. `more` are sources beside the usual ones: by name their
    address.
    """
    setup = setup or Setup()
    outdoors = Outdoors(setup.sandbox or sandbox(), setup.answering)
    gateway = gateway_for(setup, outdoors)
    tenant = gateway.configuration.tenants["0999"]
    gateway.configuration = Configuration({"0999": _told(tenant, secret, more or {})}, ())
    with structlog.testing.capture_logs() as logged:
        async with gateway.running() as app:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as made:
                yield Hearing(Running(made, outdoors, gateway, token(setup.own_bsn)), logged)


def _told(tenant: Tenant, secret: str | None, more: Mapping[str, str]) -> Tenant:
    added = {name: SourceSettings(address=address) for name, address in more.items()}
    notifications = None if secret is None else SecretStr(secret)
    return replace(tenant, sources={**tenant.sources, **added}, notifications=notifications)
