"""Writing down what was done with personal data, before it is given (operation).

The operation says what was done; how it is written, and how whom it was about is kept secret, is
not its business. What could not be written is not given: that is the one rule of this module.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from gateway.source.deeds import Deed


class Recorder(Protocol):
    """Writes for one operation of one caller."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    @property
    def ready(self) -> bool:
        """Whether it can be written, as far as is known: if not, no personal data is asked for."""
        ...

    async def write(self, deeds: Sequence[Deed]) -> None:
        """Returns when they are on disk. Raises NotRecorded; then nothing may be given."""
        ...


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """Writes nothing: for who has no personal data to ask for."""

    def now(self) -> float:
        """No matter when."""
        return 0.0

    @property
    def ready(self) -> bool:
        """Nothing can go wrong."""
        return True

    async def write(self, deeds: Sequence[Deed]) -> None:
        """Forgets them."""


def again(deeds: Iterable[Deed], now: float) -> list[Deed]:
    """The same deeds for somebody who is given what was asked by another: at this moment, and with
    no span that a source has heard of.
    """
    return [replace(each, span="", began=now, ended=now) for each in deeds]
