"""Asks several sources of one kind, and makes one of what they give (operation).

A question first gets its route (`gateway.operation.sources`); then every source on it is asked by
itself, all at the same time, each with its own cursor; what they gave is merged
(`gateway.operation.merge`) and kept by the route.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gateway.operation.bind import Bound
from gateway.operation.canonical import canonical
from gateway.operation.failures import FieldFailure, not_this_list
from gateway.operation.fetched import TOGETHER, Fetched
from gateway.operation.merge import (
    Ended,
    Places,
    Stretch,
    failures_in,
    merged,
    one_page,
    partial,
    read_places,
)
from gateway.operation.sources import Opened, Route, by_source, route
from gateway.source.read import Fields, Order, Read

AFTER, FIRST = "after", "first"
"""The arguments of every page."""
Allowed = Callable[[Read, Hashable], FieldFailure | None]
AskSource = Callable[[str, Bound, Sequence[Hashable]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Several:
    """The sources of which there are several, in one operation.

    `refused` says why this caller may not ask for a key.
    """

    fetched: Fetched
    opened: Opened
    refused: Allowed

    async def ask_all(
        self,
        read: Read,
        bound: Bound,
        wanted: Iterable[tuple[Hashable, str | None]],
        paged: bool,
        ask: AskSource,
    ) -> None:
        """Ask for wire values, each with the source near which it was found.

        `ask` asks one source for keys, and what it gives stands in `fetched`.
        """
        names = self.fetched.directory.names(read.source)
        routes = dict.fromkeys(self._route(read, names, *each) for each in wanted)
        found = [each for each in routes if not isinstance(each, FieldFailure)]
        alone = [each for each in found if len(each) == 1]
        shared = [each for each in found if len(each) > 1]
        places = self._places(read, bound, names, shared) if paged else None
        if isinstance(places, FieldFailure):
            self._keep(read, bound, dict.fromkeys(shared, places))
            shared, places = [], None
        await asyncio.gather(
            *(ask(name, bound, keys) for name, keys in by_source(alone)),
            *(
                ask(name, _at(bound, places, name), keys)
                for name, keys in by_source(shared)
                if places is None or not isinstance(places[name], Ended)
            ),
        )
        together: dict[Hashable, Any] = {
            each: self._merged(read, bound, each, places) for each in shared
        }
        self._keep(read, bound, together)

    def _route(
        self, read: Read, names: Sequence[str], raw: Hashable, near: str | None
    ) -> Route | FieldFailure:
        known = self.fetched.routes.get((read, raw, near))
        if known is None:
            known = route(read, names, self.opened, raw, near)
            if not isinstance(known, FieldFailure):
                known = self._refusal(read, known) or known
            self.fetched.routes[read, raw, near] = known
        return known

    def _refusal(self, read: Read, way: Route) -> FieldFailure | None:
        """Why this caller may not ask one of these sources for its key; then none is asked."""
        failures = (self.refused(read, key) for _, key in way)
        return next((failure for failure in failures if failure is not None), None)

    @staticmethod
    def _places(
        read: Read, bound: Bound, names: Sequence[str], shared: Sequence[Route]
    ) -> Places | FieldFailure | None:
        if not shared:
            return None
        try:
            return read_places(bound.arguments[AFTER], names)
        except ValueError:
            return not_this_list(read.source)

    def _keep(self, read: Read, bound: Bound, together: Mapping[Hashable, Any]) -> None:
        self.fetched.table.setdefault((read, bound.canonical, TOGETHER), {}).update(together)

    def _merged(self, read: Read, bound: Bound, way: Route, places: Places | None) -> Any:
        if places is None:
            given = [(name, key, self._given(read, bound, name, key)) for name, key in way]
            return merged(read.source, given)
        given = [
            (name, key, self._given(read, _at(bound, places, name), name, key))
            for name, key in way
            if not isinstance(places[name], Ended)
        ]
        failed = failures_in(given)
        if given and len(failed) == len(given):
            return failed[0][1]
        return partial(self._page(read, bound, way, places, given), failed)

    def _page(
        self,
        read: Read,
        bound: Bound,
        way: Route,
        places: Places,
        given: Sequence[tuple[str, Hashable, Any]],
    ) -> Any:
        pages = {name: page for name, _, page in given}
        if not any(pages.values()) and len(pages) == len(way):
            return None
        stretches = [
            Stretch.of(name, places[name], pages.get(name))
            for name, _ in way
            if not isinstance(pages.get(name), FieldFailure)
        ]
        own = {name: places[name] for name, _ in way}
        page, sources = one_page(stretches, own, bound.arguments[FIRST], order_of(read, bound))
        for edge, source in zip(page["edges"], sources, strict=True):
            self.fetched.came_from([edge, edge["node"]], source)
        return page

    def _given(self, read: Read, bound: Bound, name: str, key: Hashable) -> Any:
        return self.fetched.table[read, bound.canonical, name].get(key)


def order_of(read: Read, bound: Bound) -> Order | None:
    """By what a page of this read is sorted, None for the order of the source."""
    return None if read.order_of is None else read.order_of(bound.arguments)


def with_order(read: Read, bound: Bound, fields: Fields) -> Fields:
    """What to ask for, with that by which it is sorted: the pages of several are merged by it."""
    order = order_of(read, bound)
    if order is None:
        return fields
    return replace(fields, paths=tuple(sorted({*fields.paths, ".".join(order.path)})))


def _at(bound: Bound, places: Places | None, name: str) -> Bound:
    """The question with the cursor of this source."""
    if places is None:
        return bound
    arguments = {**bound.arguments, AFTER: places[name]}
    return replace(bound, arguments=arguments, canonical=canonical(arguments))
