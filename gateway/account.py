"""The account that the gateway keeps, as a source that every municipality has (operation).

So that a person's question about it is planned, refused, bounded and accounted for as any other.
It is reached within the process: no file names it, nothing is dialled, and no source that a file
does name can lead here, whatever its address.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

import httpx

from gateway.observe.verwerkingen import Gedaan, Verwerkingen
from gateway.source.settings import SourceSettings
from gateway.tenants import Tenant

NAME: Final = "verwerkingen"
"""What the read of this source calls it; reserved: no municipality's file may have such a one."""

Transport = Callable[[SourceSettings], httpx.AsyncBaseTransport]
Index = Callable[[], Verwerkingen | None]
"""Gives what was done, per person; None where nothing is configured."""


class Account:
    """The accounts of the municipalities of one configuration."""

    def __init__(self, tenants: Iterable[Tenant], index: Index) -> None:
        self._index = index
        self._tenants = {each.code: each for each in tenants}
        self._settings = {
            code: SourceSettings(address=f"https://{NAME}.invalid/{code}") for code in self._tenants
        }

    def settings(self, tenant: str) -> SourceSettings:
        """How the source is reached: these very settings, and none that are equal."""
        return self._settings[tenant]

    def beside(self, otherwise: Transport) -> Transport:
        """Puts on the wire what is for others, and keeps what is for the account within."""

        def transport(settings: SourceSettings) -> httpx.AsyncBaseTransport:
            for code, own in self._settings.items():
                if settings is own:
                    return _Inside(self._tenants[code], self._index)
            return otherwise(settings)

        return transport


class _Inside(httpx.AsyncBaseTransport):
    """Answers for one municipality, from the index of this machine."""

    def __init__(self, tenant: Tenant, index: Index) -> None:
        self._tenant = tenant
        self._index = index

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """A page; 400 for a cursor that is none of ours, 503 where it cannot be read."""
        asked = json.loads(await request.aread())
        index = self._index()
        if index is None:
            return httpx.Response(503)
        try:
            page = await index.of(
                self._tenant.code, asked["burgerservicenummer"], asked["first"], asked["after"]
            )
        except ValueError:
            return httpx.Response(400, json={})
        except Exception:  # whatever SQLite raises: it says nothing of whom was asked about
            return httpx.Response(503)
        found = [self._wire(each) for each in page.items]
        return httpx.Response(200, json={"verwerkingen": found, "meer": page.after is not None})

    def _wire(self, each: Gedaan) -> dict[str, Any]:
        purpose = self._tenant.purposes.get(each.doelbinding)
        return {
            "tijdstip": each.tijdstip.isoformat(timespec="milliseconds"),
            "handeling": each.handeling,
            "bron": each.bron,
            "doelbinding": each.doelbinding,
            "waarvoor": purpose.omschrijving if purpose else None,
            "verwerkingsactiviteit": each.verwerkingsactiviteit,
            "gelukt": each.gelukt,
            "cursor": each.cursor,
        }
