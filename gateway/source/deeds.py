"""What was done with personal data in one operation (operation): the ground for its account.

A deed is one read of one source, whether it was asked or had been kept, and whether it succeeded.
It names whom it was about, so it never reaches a log: `gateway.recording` makes of it what may be
kept, with these persons encrypted.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

NUMBERS = frozenset({"burgerservicenummer", "inpBsn", "bsn"})
"""What the registries call the number of a person, BRP and BRK, ZGW, and Open Product."""
_KIND = "codeSoortObjectId"
_TELLING = NUMBERS | {_KIND}
_PLAIN = frozenset({str, int, float, bool, type(None)})
"""What nothing stands in."""
_LISTS = (list, tuple)
_DIGITS = 9
_AS_WRITTEN = tuple(f'"{name}"'.encode() for name in sorted(NUMBERS))
"""In JSON, as a name, and the kind that is a number of a person as a value."""
_WRITER = msgspec.json.Encoder()


@dataclass(slots=True, repr=False)  # made for every call: frozen it takes three times as long
class Deed:
    """`name` is the read ("brp.personen"), `span` what the source was told, `began` and `ended`
    are seconds since 1970, `subjects` the BSNs of whom it was about: none where that is not known.
    Read-only.
    """

    name: str
    source: str
    span: str
    began: float
    ended: float
    ok: bool
    subjects: tuple[str, ...] = field(default=())


def numbers_in(value: Any, but: Collection[int] = ()) -> Sequence[str]:
    """Every BSN in what a source gave, wherever its own format has one; `but` not in what has
    these identities.
    """
    return numbers_in_each((value,), but)


def numbers_in_each(values: Sequence[Any], but: Collection[int] = ()) -> Sequence[str]:
    """Those of one value after the other."""
    if not but and _name_none(values):  # of most: to be certain of that costs half of looking
        return ()
    return [number for value in values for number in _looked_through(value, but)]


def _looked_through(value: Any, but: Collection[int]) -> Sequence[str]:
    numbers, pending = list[str](), [value]
    for found in pending:  # of a page of zaken thousands of values: most are never looked at
        if id(found) in but:
            continue
        if type(found) is dict or isinstance(found, Mapping):
            if not found.keys().isdisjoint(_TELLING):
                numbers += _numbers_of(found)
            inner: Iterable[Any] = found.values()
        elif isinstance(found, _LISTS):
            inner = found
        else:
            continue
        pending += [each for each in inner if each and type(each) not in _PLAIN]
    return numbers


def _name_none(values: Sequence[Any]) -> bool:
    """Whether none of the names is anywhere in these, with certainty. What stands in them is
    written as JSON, together, and that is searched.
    """
    within = list[Any]()
    for value in values:
        if type(value) is not dict:
            within += [value] if value else ()
        elif value.keys().isdisjoint(_TELLING):
            within += [each for each in value.values() if each and type(each) not in _PLAIN]
        else:
            return False
    if not within:
        return True
    try:
        written = _WRITER.encode(within)
    except (TypeError, ValueError, RecursionError):  # there is something else in it
        return False
    return all(written.find(name) < 0 for name in _AS_WRITTEN)


def _numbers_of(found: Mapping[str, Any]) -> Iterator[str]:
    for name in NUMBERS:
        if _is_number(found.get(name)):
            yield found[name]
    if found.get(_KIND) == "bsn" and _is_number(found.get("objectId")):
        yield found["objectId"]


def distinct(numbers: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(numbers))


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and len(value) == _DIGITS and value.isascii() and value.isdigit()
