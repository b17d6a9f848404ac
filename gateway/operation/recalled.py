"""What was read of a body that was answered whole before, without the body (operation).

Only of questions of which the whole answer is kept (`gateway.operation.whole`): those ask for open
and reference data. A body is known by a keyed digest; of what it says only the document's hash, the
operation's name and a keyed digest of its variables are remembered. That it was read before proves
nothing of who sends it: who asks and what they may see is looked at as ever.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from gateway.operation.registered import Askable

MOST: Final = 4_096


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Recalled:
    """What makes the key of a whole answer, as far as the body decides it; read-only."""

    askable: Askable
    """For which the text that is meant was looked up; the very object."""
    document: str
    operation: str | None
    variables: bytes


class Recollection:
    """At most `most` bodies; the least recently used makes room.

    A body means the same only where the same may be asked: for each Askable it is known apart, by
    the object itself, which is another for another doelbinding. A recollection is that of one
    configuration, and gone with it: so it holds nothing of one that was replaced.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[tuple[bytes, int], Recalled] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def find(self, mark: bytes, askable: Askable) -> Recalled | None:
        """What the body with this mark was read as, for who may ask this."""
        key = mark, id(askable)
        found = self._known.get(key)
        if found is None or found.askable is not askable:
            return None
        self._known.move_to_end(key)
        return found

    def remember(self, mark: bytes, recalled: Recalled) -> None:
        """From now on the body with this mark is known."""
        self._known[mark, id(recalled.askable)] = recalled
        if len(self._known) > self._most:
            self._known.popitem(last=False)
