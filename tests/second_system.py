"""A second system of the same municipality, for tests: other registries at `/sociaal`.

It is the sandbox once more, with far fewer zaken, in which every uuid is another one: two systems
never give out the same. The numbers of persons and zaken are those of the first, so that a
`ZAAK-...` number may be in both.
"""

import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.cases import build_cases
from sandbox.server import sandbox_app
from sandbox.showcase import BURGER_BSN
from sandbox.world import World

SYSTEM = "sociaal"
BASE = f"/{SYSTEM}"
COUNT = 40
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


def two_systems(first: ASGIApp, world: World) -> ASGIApp:
    """The first sandbox, and beside it the second system at `/sociaal`."""
    cases = build_cases(world, citizen=BURGER_BSN, count=COUNT, seed=2)
    second = OtherUuids(sandbox_app(world, cases))
    return Starlette(routes=[Mount(BASE, second), Mount("/", first)])
