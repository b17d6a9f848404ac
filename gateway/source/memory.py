"""What this process keeps in memory (operation): bounded by bytes, least recently used goes first.

Under aiocache's interface, without the traps of aiocache's own memory cache: no timer per entry, no
growth without end. `look` is the same as `get` for whoever cannot wait: a lookup in a dict.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from aiocache import SimpleMemoryCache  # type: ignore[import-untyped]

_EACH = 1_100
_EACH_TAG = 150
_TOGETHER = 10.0
"""Seconds within which things end that are looked through together, to find what has ended."""


class Place(tuple[Any, ...]):
    """Where something is kept: whom and what it is for. Not for a log, so it has no text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<place>"


_NOWHERE = Place()


class Stored:
    """A thing with what is known of it: about how many `size` bytes, its tags, when it `ends`;
    `beside` is how many more are taken by what it is found by. It is kept at one place only.
    """

    __slots__ = ("content", "ends", "place", "size", "tags", "weight")

    def __init__(
        self, content: Any, size: int, tags: frozenset[bytes], ends: float, beside: int = 0
    ) -> None:
        self.content = content
        self.size = size
        self.tags = tags
        self.ends = ends
        self.weight = size + beside + _EACH + _EACH_TAG * len(tags)
        """What it is counted for: also an empty thing takes room."""
        self.place = _NOWHERE


class Memory(SimpleMemoryCache):  # type: ignore[misc]
    """Values are `Stored`, keys are `Place`."""

    def __init__(self, most: int) -> None:
        """At most about `most` bytes; 0 keeps nothing."""
        super().__init__(timeout=0)
        self._cache: OrderedDict[Place, Stored] = OrderedDict()
        self._tagged: dict[bytes, set[Stored]] = {}
        self._ending: dict[float, set[Stored]] = {}
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
        found = {stored for tag in tags for stored in self._tagged.get(tag, ())}
        for stored in found:
            self._forget(stored)
        return len(found)

    def sweep(self, now: float) -> None:
        """Forget what has ended."""
        for when in [when for when in self._ending if when <= now]:
            for stored in [each for each in self._ending[when] if each.ends <= now]:
                self._forget(stored)

    def forget_all(self) -> None:
        """Forget everything."""
        self._cache.clear()
        self._tagged.clear()
        self._ending.clear()
        self.weight = 0

    def tagged(self, tag: bytes) -> Iterable[Stored]:
        """Everything that has this tag, in no order that means anything."""
        return self._tagged.get(tag, ())

    def _put(self, place: Place, stored: Stored) -> None:
        there = self._cache.get(place)
        if there is not None:
            self._forget(there)
        if stored.weight > self._most:
            return
        stored.place = place
        self._cache[place] = stored
        self.weight += stored.weight
        tagged = self._tagged
        for tag in stored.tags:
            if (alike := tagged.get(tag)) is None:
                tagged[tag] = {stored}
            else:
                alike.add(stored)
        self._ending.setdefault(stored.ends // _TOGETHER * _TOGETHER, set()).add(stored)
        while self.weight > self._most:
            self._forget(next(iter(self._cache.values())))

    def _forget(self, stored: Stored) -> None:
        del self._cache[stored.place]
        self.weight -= stored.weight
        tagged = self._tagged
        for tag in stored.tags:
            alike = tagged[tag]
            alike.remove(stored)
            if not alike:
                del tagged[tag]
        when = stored.ends // _TOGETHER * _TOGETHER
        self._ending[when].remove(stored)
        if not self._ending[when]:
            del self._ending[when]

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

    async def _multi_set(
        self, pairs: Iterable[tuple[Place, Stored]], ttl: Any = None, _conn: Any = None
    ) -> bool:
        for key, value in pairs:
            self._put(key, value)
        return True

    async def _delete(self, key: Place, _conn: Any = None) -> int:
        there = self._cache.get(key)
        if there is None:
            return 0
        self._forget(there)
        return 1

    async def _clear(self, namespace: str | None = None, _conn: Any = None) -> bool:
        self.forget_all()
        return True
