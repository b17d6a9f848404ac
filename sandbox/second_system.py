"""A second system of the same municipality (startup, operation): other zaken, at ``/sociaal``.

It is made as the first is, with far fewer zaken, and every uuid in it is another one: two systems
never give out the same. The numbers of persons and zaken are those of the first, so that a
``ZAAK-...`` number may be in both.
"""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.cases import build_cases
from sandbox.klant import klant_app
from sandbox.producten import producten_apps
from sandbox.showcase import BURGER_BSN
from sandbox.world import World
from sandbox.zgw import zgw_routes

SYSTEM = "sociaal"
BASE = f"/{SYSTEM}"
KINDS = ("zaken", "catalogi", "documenten", "besluiten", "klant", "producten", "producttypen")
COUNT = 40
_SEED = 2
_UUID = re.compile(rb"([0-9a-f]{8})((?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def elsewhere(text: str) -> str:
    """The same text with the uuids of the other system; twice is the text itself."""
    return _moved(text.encode()).decode()


def _moved(content: bytes) -> bytes:
    return _UUID.sub(lambda found: b"%08x" % (int(found[1], 16) ^ 0xFFFFFFFF) + found[2], content)


@dataclass(frozen=True, slots=True)
class OtherUuids:
    """An application as it is, but for its uuids: in what it is asked and in what it answers."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def asked() -> Message:
            return _with_body(await receive())

        async def answered(message: Message) -> None:
            await send(_with_body(message))

        await self.app(_with_path(scope), asked, answered)


def _with_body(message: Message) -> Message:
    return {**message, "body": _moved(message["body"])} if message.get("body") else message


def _with_path(scope: Scope) -> MutableMapping[str, Any]:
    moved = {"path": elsewhere(scope["path"]), "query_string": _moved(scope["query_string"])}
    return {**scope, **moved} if scope["type"] == "http" else scope


def second_system(world: World) -> Iterator[tuple[str, str, ASGIApp]]:
    """By door: the name of the source, its path and its app; one for each of `KINDS`."""
    cases = build_cases(world, citizen=BURGER_BSN, count=COUNT, seed=_SEED)
    producten, producttypen = producten_apps(world, cases)
    apps: list[tuple[str, str, ASGIApp]] = [
        (mount.path.split("/")[1], mount.path, mount.app) for mount in zgw_routes(cases)
    ]
    apps += [
        ("klant", "/klantinteracties/api/v1", klant_app(world, cases)),
        ("producten", "/producten/api/v1", producten),
        ("producttypen", "/producttypen/api/v1", producttypen),
    ]
    for name, path, app in apps:
        yield f"{name}-{SYSTEM}", f"{BASE}{path}", OtherUuids(app)
