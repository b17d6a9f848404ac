"""A sieve: what a caller is shown of what a read gave (declared at startup, applied per operation).

A source knows what the gateway may ask of it, and not for whom. What was read is kept and shared as
the source gave it; what of it a caller is shown is decided afterwards, each time, by the sieve of
its read. That may need other reads' objects: those are asked as any are, once per operation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from gateway.source.source import Source
from schema.language.paths import WirePath

if TYPE_CHECKING:
    from gateway.source.read import Read

Wire = Mapping[str, Any]
Limit = str | frozenset[str]
"""What a purpose says under one name: a word, or some."""


class Numbers(Protocol):
    """Whose data somebody may see, by the numbers of a person or of a company; None: not known."""

    @property
    def bsn(self) -> str | None: ...
    @property
    def kvk_nummer(self) -> str | None: ...
    @property
    def vestigingsnummer(self) -> str | None: ...
    @property
    def rsin(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Named:
    """Who is named in something, by whatever numbers stand there; blank ones are none."""

    bsn: object = None
    kvk_nummer: object = None
    vestigingsnummer: object = None
    rsin: object = None

    def is_own(self, own: Numbers) -> bool:
        """Whether it is this person, or this company; for one branch of it that very branch."""
        kvk_nummer, branch = _text(self.kvk_nummer), _text(self.vestigingsnummer)
        rsin = _text(self.rsin)
        if own.vestigingsnummer is not None:
            return (
                branch == own.vestigingsnummer
                and kvk_nummer in (None, own.kvk_nummer)
                and (own.rsin is None or rsin in (None, own.rsin))
            )
        return (
            _same(_text(self.bsn), own.bsn)
            or _same(kvk_nummer, own.kvk_nummer)
            or _same(rsin, own.rsin)
        )


def _text(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a caller sees."""

    own: Numbers | None = None
    """Who is shown only what is their own; None: not only that."""
    limits: frozenset[tuple[str, Limit]] = frozenset()
    """What the purpose, and the services that the caller may act for, say; each name once."""
    today: str = ""
    """The day of the operation, as `2026-11-30`."""

    def word(self, name: str) -> str | None:
        """The word that was said under a name."""
        found = self._said(name)
        return found if isinstance(found, str) else None

    def words(self, name: str) -> frozenset[str] | None:
        """The words that were said under a name; None if nothing was."""
        found = self._said(name)
        return found if isinstance(found, frozenset) else None

    def _said(self, name: str) -> Limit | None:
        for said, limit in self.limits:
            if said == name:
                return limit
        return None


@dataclass(frozen=True, slots=True)
class Beside:
    """What must be known to judge an item: what another read has for the value at `path` in it."""

    read: "Read"
    path: WirePath
    raw: bool = False
    """As the source gave it; else as this caller is shown it."""


Known = Mapping["Read", Sequence[Any]]
"""By read what was found beside an item; what was not found, or is not shown, is not in it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One item, and what there is to judge it by."""

    source: Source
    item: Wire
    known: Known
    reach: Reach

    def beside(self, read: "Read") -> list[Any]:
        """The objects that were found there, those of lists one by one."""
        found = self.known.get(read, ())
        return [each for one in found for each in (one if isinstance(one, list) else [one])]


@dataclass(frozen=True, slots=True)
class Proof:
    """A question that goes before the thing itself, with the same key: what cannot be proven is
    never asked for, so that what there is and what there is not cost the same.
    """

    read: "Read"
    holds: Callable[[Judged], bool]
    """Judges an item that says nothing, beside what the read gave."""
    then: Beside | None = None
    """What is asked by what the read gave; by the key where it gave nothing, which leads nowhere,
    so that this costs the same as well."""


def _nothing(reach: Reach) -> Sequence[Beside]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """How the items of a read are judged."""

    applies: Callable[[Reach], bool]
    """Whether there is anything to judge for such a caller; if not, nothing is asked or done."""
    shows: Callable[[Judged], Wire | None]
    """The item, another object with a part of it, or None: for this caller it is not there."""
    beside: Callable[[Reach], Sequence[Beside]] = _nothing
    proof: Callable[[], Proof] | None = None
    """For reads whose key is that of the thing: what proves to who sees only what is their own
    that it is."""
    needs: tuple[str, ...] = ()
    """The dotted wire paths by which it judges: asked for with the item."""


def whether(admits: Callable[[Judged], bool]) -> Callable[[Judged], Wire | None]:
    """Shows an item as it is, or not at all."""
    return lambda judged: judged.item if admits(judged) else None
