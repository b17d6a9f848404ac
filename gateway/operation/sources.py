"""Which of several sources of one kind a question goes to (operation).

An address names its owner: only the source under whose base it lies has what is there. Whatever
else came from an object of the same registry belongs to the same system. For anything else (a
number from another registry, what a client named) nobody knows, and all are asked.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence

from gateway.operation.failures import FieldFailure, of_source, unfit
from gateway.source.errors import SourceError
from gateway.source.read import Read
from gateway.source.source import Source

Route = tuple[tuple[str, Hashable], ...]
"""The sources to ask, in the order of the municipality's file, each with the key as it has it."""


Opened = Callable[[str, str], Source]
"""Gives a source: by its name, and what is done with it."""


def route(
    read: Read,
    names: Sequence[str],
    opened: Opened,
    raw: Hashable,
    near: str | None,
) -> Route | FieldFailure:
    """Where to ask for a wire value; the failure of the first source if it is a key of none.

    `near` is the source in the system that the value came from, None where it came from elsewhere.
    """
    found = [_key(read, name, opened, raw) for name in names]
    keys = [pair for pair in found if not isinstance(pair, FieldFailure)]
    if not keys:
        return next(pair for pair in found if isinstance(pair, FieldFailure))
    own = tuple(pair for pair in keys if pair[0] == near)
    return own or tuple(keys)


def _key(
    read: Read, name: str, opened: Opened, raw: Hashable
) -> tuple[str, Hashable] | FieldFailure:
    try:
        source = opened(name, read.activity)
    except SourceError as error:
        return of_source(error)
    key = key_at(read, source, name, raw)
    return key if isinstance(key, FieldFailure) else (name, key)


def key_at(read: Read, source: Source, name: str, raw: Hashable) -> Hashable | FieldFailure:
    """A wire value as this source's key."""
    if read.key_of is None:
        return raw
    try:
        return read.key_of(source, raw)
    except SourceError as error:
        return of_source(error)
    except Exception:  # whatever a source wrote there, it is no key
        return unfit(name)


def by_source(routes: Sequence[Route]) -> Iterator[tuple[str, list[Hashable]]]:
    """The keys to ask of each source, each once."""
    keys: dict[str, dict[Hashable, None]] = {}
    for each in routes:
        for name, key in each:
            keys.setdefault(name, {})[key] = None
    return ((name, list(found)) for name, found in keys.items())
