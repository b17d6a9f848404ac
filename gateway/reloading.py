"""Follows the configuration directory while the gateway serves (process).

A change is read whole, and taken only when nothing in it is wrong: one mistake in one file keeps
all that was there, and is said in the log with its file and line. The directory is watched and not
its files, because Kubernetes changes a mounted ConfigMap by replacing a link.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import structlog
import watchfiles

from gateway.app import Gateway
from gateway.configuration import Configuration
from gateway.mistakes import ConfigurationError

Load = Callable[[], Configuration]


def changes_in(directory: Path) -> AsyncIterator[Any]:
    """Something, each time that something changed in the directory and it was quiet again."""
    return watchfiles.awatch(directory, watch_filter=None, recursive=True, debounce=500)


async def follow(gateway: Gateway, load: Load, changes: AsyncIterator[Any]) -> None:
    """Replace the gateway's configuration after each change, as long as there are any."""
    log = structlog.get_logger("bronpoort")
    async for _ in changes:
        try:
            configuration = await asyncio.to_thread(load)  # many files; what runs goes on
            gateway.replace(configuration)
        except ConfigurationError as error:
            for mistake in error.mistakes:
                log.error("configuratie niet overgenomen", mistake=str(mistake))
            continue
        log.info("configuratie overgenomen", tenants=len(configuration.tenants))
