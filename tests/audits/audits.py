"""Runs the GraphQL-over-HTTP audits of npm graphql-http, and says which may fail here and why."""

import asyncio
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent

BY_GET: Final = frozenset({"5A70", "D6D5", "6A70"})
"""MAY audits that ask with GET, which is never served: what is asked would stand in addresses."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit and what became of it: `ok`, or by how binding it is `error`, `warn`, `notice`."""

    id: str
    name: str
    status: str
    reason: str | None


def installed() -> bool:
    """Whether Node is there and `npm ci` was run beside this file."""
    return shutil.which("node") is not None and (HERE / "node_modules" / "graphql-http").is_dir()


async def audits(url: str, authorization: str) -> list[Audit]:
    """All audits against a running server that has introspection on."""
    process = await asyncio.create_subprocess_exec(
        "node", str(HERE / "audit.mjs"), url, authorization, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return [Audit(**result) for result in json.loads(output)]


def failed(results: list[Audit]) -> dict[str, str]:
    """What did not pass, by id, but for what cannot pass without GET."""
    return {
        audit.id: f"{audit.status}: {audit.name}: {audit.reason}"
        for audit in results
        if audit.status != "ok" and audit.id not in BY_GET
    }
