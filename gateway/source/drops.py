"""Which tags were dropped lately in this process, in order (operation).

Whoever loads something takes the `moment` before; what it brings may be kept only if nothing that
it is about was dropped since. Bounded: of drops that were forgotten it is assumed that they
concerned everything.
"""

from collections import OrderedDict
from collections.abc import Iterable

_REMEMBERED = 20_000


class Drops:
    """The drops of one process."""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        self._last: OrderedDict[bytes, int] = OrderedDict()
        self._remembered = remembered
        self._floor = 0
        self.moment = 0
        """Grows with every drop."""

    def note(self, tags: Iterable[bytes]) -> None:
        """These were dropped, now."""
        self.moment += 1
        for tag in tags:
            self._last[tag] = self.moment
            self._last.move_to_end(tag)
        while len(self._last) > self._remembered:
            _, self._floor = self._last.popitem(last=False)

    def note_all(self) -> None:
        """Everything was, or may have been."""
        self.moment += 1
        self._last.clear()
        self._floor = self.moment

    def untouched(self, tags: Iterable[bytes], since: int) -> bool:
        """Whether none of these was dropped since that moment."""
        if since == self.moment:
            return True
        return since >= self._floor and all(self._last.get(tag, 0) <= since for tag in tags)
