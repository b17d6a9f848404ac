"""Doors of other vendors to the same registries (startup): the dialects that municipalities meet.

``/standaard/...`` are the ZGW APIs with what the standard has and no more, and
``/standaard-1.7/...`` those with the Zaken API 1.7, of which the fields can be chosen.
``/stadspoort/brp...`` is the BRP behind a supplier's gateway that has header names of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.cases import Cases
from sandbox.zgw import zgw_routes

STANDARD = "/standaard"
NEWEST_STANDARD = "/standaard-1.7"
SUPPLIER = "/stadspoort"
SUPPLIER_HEADERS: Mapping[bytes, bytes] = {
    b"x-request-application": b"x-api-key",
    b"x-request-user": b"x-doelbinding",
}
"""What the supplier wants to hear, by the header of the registry that it becomes."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """A registry that hears the supplier's headers only; its own names do not get through."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hidden = frozenset(SUPPLIER_HEADERS.values())
        headers = [
            (SUPPLIER_HEADERS.get(name, name), value)
            for name, value in scope.get("headers", ())
            if name not in hidden
        ]
        await self.app({**scope, "headers": headers}, receive, send)


def other_doors(
    cases: Cases, registries: Mapping[str, ASGIApp]
) -> Iterator[tuple[str, str, ASGIApp]]:
    """By door: the source it counts as, its path and its app; `registries` are by their name."""
    for mount in zgw_routes(cases, dialect="standard"):
        yield mount.path.split("/")[1], f"{STANDARD}{mount.path}", mount.app
    for mount in zgw_routes(cases, dialect="standard", version="1.7.0"):
        yield mount.path.split("/")[1], f"{NEWEST_STANDARD}{mount.path}", mount.app
    for name, app in registries.items():
        if name.startswith("brp"):
            yield name, f"{SUPPLIER}/{name}", Supplier(app)
