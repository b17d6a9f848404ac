"""Who follows what, and hears when it has changed (operation).

A change is told by the tags of what was dropped, to all workers; between workers only digests of
them travel. Told after the drop: whoever hears it and asks again gets nothing that is old.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Protocol

from gateway.source.tags import Part, Tag

CHANNEL = "gewijzigd"
_SIZE = 16
_MOST = 500
"""Tags in one message; a drop of more is told in several."""


class Line(Protocol):
    """Messages between the workers of a gateway: `gateway.source.cache.Cache`."""

    def subscribe(self, channel: str, hear: Callable[[bytes], None]) -> Callable[[], None]: ...
    async def publish(self, channel: str, message: bytes) -> None: ...


class Bell:
    """Rung when what somebody follows has changed; rung twice before they looked counts once."""

    __slots__ = ("_rung",)

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Says that something changed."""
        self._rung.set()

    async def heard(self) -> None:
        """Waits until something changed since this last returned."""
        await self._rung.wait()
        self._rung.clear()

    def silence(self) -> None:
        """Forgets what was rung until now: the asker looks after this."""
        self._rung.clear()


class Changes:
    """The followers in this process. `open()` before use, `close()` after."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._bells: dict[bytes, set[Bell]] = {}
        self._stop: Callable[[], None] | None = None

    def open(self) -> None:
        """Listen to all workers."""
        self._stop = self._line.subscribe(CHANNEL, self._hear)

    def close(self) -> None:
        """Listen no more."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    async def tell(self, tags: Iterable[Tag]) -> None:
        """Tells all workers that what has these tags changed; to be called after it was dropped.

        Best effort: a follower who did not hear it sees the change with the next one.
        """
        topics = list({_topic(tag.tenant, (tag.kind, tag.id)) for tag in tags})
        for start in range(0, len(topics), _MOST):
            await self._line.publish(CHANNEL, b"".join(topics[start : start + _MOST]))

    @contextmanager
    def followed(self, tenant: str, part: Part) -> Iterator[Bell]:
        """A bell that rings for each change of this part, of whichever of the tenant's sources."""
        topic, bell = _topic(tenant, part), Bell()
        self._bells.setdefault(topic, set()).add(bell)
        try:
            yield bell
        finally:
            bells = self._bells[topic]
            bells.discard(bell)
            if not bells:
                del self._bells[topic]

    @property
    def topics(self) -> int:
        """How many different things are followed here."""
        return len(self._bells)

    def _hear(self, message: bytes) -> None:
        """An empty message says that others may not have been heard: everybody looks again."""
        if not message:
            for bell in (each for bells in self._bells.values() for each in bells):
                bell.ring()
        for start in range(0, len(message), _SIZE):
            for bell in self._bells.get(message[start : start + _SIZE], ()):
                bell.ring()


def _topic(tenant: str, part: Part) -> bytes:
    """Lengths first, so that no two things are written alike."""
    written = "".join(f"{len(each)}:{each}" for each in (tenant, *part))
    return sha256(written.encode("utf-8", "surrogatepass")).digest()[:_SIZE]
