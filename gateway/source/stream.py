"""Bytes that are passed on and not read: what a source streams, and how it is declared (operation).

Everything else that a source answers is JSON, taken in whole. A file is not: it goes through chunk
by chunk, so that its size costs no memory, and nothing of it is kept.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a stream is passed on: `most` bytes in all, `idle` seconds without any."""

    most: int
    idle: float


@dataclass(frozen=True, slots=True)
class Streamed:
    """An answer of which the body is still to come.

    `media_type` is what the source calls it, in lower case and without parameters; `length` is in
    bytes, None where the source does not say. `chunks` raises SourceError: SourceTooLarge beyond
    the bound, SourceTimeout when nothing more comes.
    """

    media_type: str
    length: int | None
    chunks: AsyncIterator[bytes]


Streaming = AbstractAsyncContextManager[Streamed]
"""Open for as long as the block lasts; leaving it early gives up the connection."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Where the bytes behind sealed links come from; made by `@stream`."""

    source: str
    call: Callable[..., Streaming]


def stream(source: str) -> Callable[[Callable[..., Streaming]], Stream]:
    """Declare a stream of the source with that name.

    The function takes the source, the `Bounds`, and the key of a `Content` part by part.
    """

    def declare(function: Callable[..., Any]) -> Stream:
        return Stream(source, function)

    return declare
