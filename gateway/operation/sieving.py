"""What of an answer this caller is shown (operation): applies the sieves of the reads.

Whatever a sieve needs beside an item is asked for all items of a call at once. What cannot be
judged, because that failed, is not shown: the failure stands in its place.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.operation.failures import Declined, Elsewhere, FieldFailure, unfit
from gateway.operation.fetched import wire_keys
from gateway.source.read import Read
from gateway.source.sieve import Beside, Judged, Known, Proof, Reach, Sieve, Wire
from gateway.source.source import Source

Found = Mapping[Hashable, Sequence[Any]]
Know = Callable[[str, Read, Sequence[Hashable], bool], Awaitable[Found]]
"""Gives what a read has for wire values that stand in objects of the source with this name, as the
source gave it or as it is shown."""
Report = Callable[[str, Exception], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a read was asked: the source, its name, and the read."""

    read: Read
    source: Source
    name: str


@dataclass(slots=True)  # made for every operation: frozen it takes three times as long
class Sieving:
    """The sieves of one operation. Read-only."""

    reach: Reach
    know: Know
    report: Report

    def of(self, read: Read) -> Sieve | None:
        """The sieve of a read, where it has anything to judge for this caller."""
        sieve = read.sieve
        return sieve if sieve is not None and sieve.applies(self.reach) else None

    async def unproven(
        self, sieve: Sieve, asked: Asked, keys: Sequence[Hashable]
    ) -> Mapping[Hashable, FieldFailure | None]:
        """The keys that may not be asked for: there is nothing, or the proof could not be had."""
        if self.reach.own is None or sieve.proof is None or not keys:
            return {}
        proof = sieve.proof()
        found = await self.know(asked.name, proof.read, keys, True)
        refused: dict[Hashable, FieldFailure | None] = {}
        given: dict[Hashable, list[Any]] = {}
        for key in keys:
            there = [one for one in _there(found[key]) if not isinstance(one, Declined)]
            failure = _failure(there)
            if failure is None:
                given[key] = there
            else:
                refused[key] = failure
        known = await self._known(asked, proof, given)
        for key, known_of in known.items():
            failure = _failure(one for each in known_of.values() for one in each)
            judged = Judged(asked.source, {}, known_of, self.reach)
            if failure is not None:
                refused[key] = failure
            elif not self._holds(proof.holds, judged, asked):
                refused[key] = None
        return refused

    async def _known(
        self, asked: Asked, proof: Proof, given: Mapping[Hashable, list[Any]]
    ) -> Mapping[Hashable, Known]:
        """By key what the proof gave, and what was asked by that."""
        then = proof.then
        if then is None:
            return {key: {proof.read: items} for key, items in given.items()}
        ways = {
            key: [value for item in _each(items) for value in _keys(item, then)] or [key]
            for key, items in given.items()
        }
        values = dict.fromkeys(value for each in ways.values() for value in each)
        found = await self.know(asked.name, then.read, list(values), then.raw)
        return {
            key: {
                proof.read: given[key],
                then.read: [one for value in each for one in _there(found[value])],
            }
            for key, each in ways.items()
        }

    async def shown(
        self, sieve: Sieve, asked: Asked, found: Mapping[Hashable, Any]
    ) -> Mapping[Hashable, Any]:
        """Things and lists by key, as they are shown; what is not an object or a list stays."""
        every = [item for value in found.values() for item in _items(value)]
        judged = iter(await self.items(sieve, asked, every))
        made: dict[Hashable, Any] = {}
        for key, value in found.items():
            kept = [next(judged) for _ in _items(value)]
            made[key] = _list(kept) if isinstance(value, list) else _one(kept, value)
        return made

    async def items(
        self, sieve: Sieve, asked: Asked, items: Sequence[Wire]
    ) -> Sequence[Wire | FieldFailure | None]:
        """Each item as it is shown, a failure where that cannot be known, or None."""
        needed = sieve.beside(self.reach)
        found = await asyncio.gather(*(self._beside(asked, each, items) for each in needed))
        beside = dict(zip(needed, found, strict=True))
        return [self._item(sieve, asked, item, beside) for item in items]

    async def _beside(self, asked: Asked, beside: Beside, items: Iterable[Wire]) -> Found:
        values = dict.fromkeys(value for item in items for value in _keys(item, beside))
        if not values:
            return {}
        return await self.know(asked.name, beside.read, list(values), beside.raw)

    def _item(
        self, sieve: Sieve, asked: Asked, item: Wire, beside: Mapping[Beside, Found]
    ) -> Wire | FieldFailure | None:
        known: dict[Read, list[Any]] = {}
        for each, found in beside.items():
            values = [one for value in _keys(item, each) for one in _there(found[value])]
            failure = _failure(values)
            if failure is not None:
                return failure
            known.setdefault(each.read, []).extend(values)
        return self._judged(sieve, Judged(asked.source, item, known, self.reach), asked)

    def _judged(self, sieve: Sieve, judged: Judged, asked: Asked) -> Wire | FieldFailure | None:
        try:
            return sieve.shows(judged)
        except Exception as error:  # whatever a source wrote: what cannot be judged is not shown
            self.report(f"{asked.name}.{asked.read.name}", error)
            return unfit(asked.name)

    def _holds(self, holds: Callable[[Judged], bool], judged: Judged, asked: Asked) -> bool:
        try:
            return holds(judged)
        except Exception as error:  # whatever a source wrote: it proves nothing
            self.report(f"{asked.name}.{asked.read.name}", error)
            return False


def _each(values: Sequence[Any]) -> list[Wire]:
    return [item for value in values for item in _items(value)]


def _keys(item: Wire, beside: Beside) -> list[Hashable]:
    return list(wire_keys(item, beside.path))


def _items(value: Any) -> list[Wire]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping)]


def _list(kept: Sequence[Wire | FieldFailure | None]) -> Any:
    return [item for item in kept if item is not None]


def _one(kept: Sequence[Wire | FieldFailure | None], value: Any) -> Any:
    return kept[0] if kept else value


def _there(found: Sequence[Any]) -> list[Any]:
    """Without what is not there: an address that no source knows leads to nothing either."""
    return [one for one in found if one is not None and not isinstance(one, Elsewhere)]


def _failure(found: Iterable[Any]) -> FieldFailure | None:
    return next((one for one in found if isinstance(one, FieldFailure)), None)
