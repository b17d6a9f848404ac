"""What this process keeps in memory (operation): bounded by bytes, least recently used goes first.

Under aiocache's interface, without the traps of aiocache's own memory cache: no timer per entry, no
growth without end. `look` is the same as `get` for whoever cannot wait: a lookup in a dict.
"""

import heapq
import itertools
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]

_EACH = 1_100
_EACH_TAG = 150


class Place(tuple[Any, ...]):
    """Where something is kept: whom and what it is for. Not for a log, so it has no text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<place>"


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """A thing with what is known of it: about how many `size` bytes, its tags, when it `ends`;
    `beside` is how many more are taken by what it is found by.
    """

    content: Any
    size: int
    tags: frozenset[bytes]
    ends: float
    beside: int = 0

    @property
    def weight(self) -> int:
        """What it is counted for: also an empty thing takes room."""
        return self.size + self.beside + _EACH + _EACH_TAG * len(self.tags)


class Memory(SimpleMemoryCache):  # type: ignore[misc]
    """Values are `Stored`, keys are `Place`."""

    def __init__(self, most: int) -> None:
        """At most about `most` bytes; 0 keeps nothing."""
        super().__init__(timeout=0)
        self._cache: OrderedDict[Place, Stored] = OrderedDict()
        self._tagged: dict[bytes, set[Place]] = {}
        self._ending: list[tuple[float, int, Place]] = []
        self._count = itertools.count()
        self._most = most
        self.weight = 0

    def __len__(self) -> int:
        return len(self._cache)

    def look(self, place: Place) -> Any:
        """The content kept there, or None; it counts as used."""
        found = self._cache.get(place)
        if found is None:
            return None
        self._cache.move_to_end(place)
        return found.content

    def drop(self, tags: Iterable[bytes]) -> int:
        """Forget what has any of these tags; tells how much that was."""
        places = {place for tag in tags for place in self._tagged.get(tag, ())}
        for place in places:
            self._forget(place)
        return len(places)

    def sweep(self, now: float) -> None:
        """Forget what has ended."""
        while self._ending and self._ending[0][0] <= now:
            _, _, place = heapq.heappop(self._ending)
            stored = self._cache.get(place)
            if stored is not None and stored.ends <= now:
                self._forget(place)

    def forget_all(self) -> None:
        """Forget everything."""
        self._cache.clear()
        self._tagged.clear()
        self._ending.clear()
        self.weight = 0

    def tagged(self, tag: bytes) -> Iterable[Stored]:
        """Everything that has this tag, in no order that means anything."""
        return (self._cache[place] for place in self._tagged.get(tag, ()))

    def _put(self, place: Place, stored: Stored) -> None:
        if place in self._cache:
            self._forget(place)
        if stored.weight > self._most:
            return
        self._cache[place] = stored
        self.weight += stored.weight
        for tag in stored.tags:
            self._tagged.setdefault(tag, set()).add(place)
        self._will_end(place, stored.ends)
        while self.weight > self._most:
            self._forget(next(iter(self._cache)))

    def _will_end(self, place: Place, ends: float) -> None:
        heapq.heappush(self._ending, (ends, next(self._count), place))
        if len(self._ending) > 2 * len(self._cache) + 1_000:  # of places long forgotten
            self._ending = [
                (stored.ends, next(self._count), place) for place, stored in self._cache.items()
            ]
            heapq.heapify(self._ending)

    def _forget(self, place: Place) -> None:
        stored = self._cache.pop(place)
        self.weight -= stored.weight
        for tag in stored.tags:
            places = self._tagged[tag]
            places.discard(place)
            if not places:
                del self._tagged[tag]

    # ---- as aiocache calls them ---------------------------------------------------------------

    async def _get(self, key: Place, encoding: Any = None, _conn: Any = None) -> Any:
        return self.look(key)

    async def _multi_get(
        self, keys: Sequence[Place], encoding: Any = None, _conn: Any = None
    ) -> list[Any]:
        return [self.look(key) for key in keys]

    async def _set(
        self, key: Place, value: Stored, ttl: Any = None, _cas_token: Any = None, _conn: Any = None
    ) -> bool:
        self._put(key, value)
        return True

    async def _delete(self, key: Place, _conn: Any = None) -> int:
        if key not in self._cache:
            return 0
        self._forget(key)
        return 1

    async def _clear(self, namespace: str | None = None, _conn: Any = None) -> bool:
        self.forget_all()
        return True
