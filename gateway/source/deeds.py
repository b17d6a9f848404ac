"""What was done with personal data in one operation (operation): the ground for its account.

A deed is one read of one source, whether it was asked or had been kept, and whether it succeeded.
It names whom it was about, so it never reaches a log: `gateway.recording` makes of it what may be
kept, with these persons encrypted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

NUMBERS = frozenset({"burgerservicenummer", "inpBsn", "bsn"})
"""What the registries call the number of a person, BRP and BRK, ZGW, and Open Product."""
_KIND = "codeSoortObjectId"
_DIGITS = 9


@dataclass(frozen=True, slots=True, repr=False)
class Deed:
    """`name` is the read ("brp.personen"), `span` what the source was told, `began` and `ended`
    are seconds since 1970, `subjects` the BSNs of whom it was about: none where that is not known.
    """

    name: str
    source: str
    span: str
    began: float
    ended: float
    ok: bool
    subjects: tuple[str, ...] = field(default=())


def numbers_in(value: Any) -> Iterator[str]:
    """Every BSN in what a source gave, wherever its own format has one."""
    pending = [value]
    while pending:
        match pending.pop():
            case Mapping() as found:
                for name, inner in found.items():
                    if isinstance(inner, str):
                        if name in NUMBERS and _is_number(inner):
                            yield inner
                    elif isinstance(inner, Mapping | list | tuple):
                        pending.append(inner)
                if found.get(_KIND) == "bsn" and _is_number(found.get("objectId")):
                    yield found["objectId"]
            case list() | tuple() as items:
                pending.extend(items)


def distinct(numbers: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(numbers))


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and len(value) == _DIGITS and value.isascii() and value.isdigit()
