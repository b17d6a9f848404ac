"""A page of a list of which a caller is not shown everything (operation).

Nothing in it tells how much is held back: it is filled from what follows, it has no total, and its
cursors, which say where something stands in the list of the source, are veiled. A page that looked
at enough ends with what it found, and where to read on.
"""

import json
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from gateway.operation.bind import Bound
from gateway.operation.canonical import canonical
from gateway.operation.failures import FieldFailure, not_this_list, too_many
from gateway.operation.several import AFTER, FIRST
from gateway.operation.sieving import Asked, Sieving
from gateway.source.sieve import Sieve

SMALLEST_CHUNK = 20
"""Items of the source that are looked at together at the least: else short pages would tell, one
item at a time, what is held back.
"""
MOST_ITEMS = 200
"""Of the source that one page is made of, about: each may take a call to judge it."""
AskChunk = Callable[[Bound, Hashable], Awaitable[Any]]
"""Gives the page of the source that this question asks for."""


class Veil(Protocol):
    """Hides cursors from who must not see where they are."""

    def hide(self, of: str, cursor: str) -> str:
        """The cursor as noise; `of` says of which list it is."""

    def reveal(self, of: str, veiled: str) -> str | None:
        """The cursor, None for what is not this caller's or not of this list."""


class _Unveiled:
    def hide(self, of: str, cursor: str) -> str:
        return cursor

    def reveal(self, of: str, veiled: str) -> str | None:
        return veiled


UNVEILED: Veil = _Unveiled()
"""For who keeps nothing from anybody."""


@dataclass(frozen=True, slots=True)
class SievedPage:
    """One page of one list, as one caller is shown it."""

    sieving: Sieving
    sieve: Sieve
    asked: Asked
    bound: Bound
    key: Hashable
    veil: Veil

    async def shown(self, ask: AskChunk) -> Any:
        """The page, None where there is no such list, or why it cannot be given."""
        after = self.bound.arguments[AFTER]
        if after is not None and (after := self.veil.reveal(self._list, after)) is None:
            return not_this_list(self.asked.name)
        return await self._filled(ask, after)

    async def _filled(self, ask: AskChunk, after: str | None) -> Any:
        first: int = self.bound.arguments[FIRST]
        size, looked_at = max(first, SMALLEST_CHUNK), 0
        edges: list[dict[str, Any]] = []
        before: bool | None = None
        while looked_at < MOST_ITEMS:
            page = await ask(_at(self.bound, after, size), self.key)
            found = await self._edges(page) if isinstance(page, Mapping) else page
            if looked_at and _is_limit(found):
                break
            if not isinstance(found, list):
                return found
            before = page["pageInfo"]["hasPreviousPage"] if before is None else before
            edges += found
            more = page["pageInfo"]["hasNextPage"] and bool(page["edges"])
            if len(edges) >= first or not more:
                return _page(edges[:first], before, more or len(edges) > first)
            after, looked_at = page["edges"][-1]["cursor"], looked_at + size
        assert after is not None  # noqa: S101  # of the last that was looked at
        return _page(edges, before, True, self.veil.hide(self._list, after))

    async def _edges(self, page: Mapping[str, Any]) -> list[dict[str, Any]] | FieldFailure:
        """The edges that are shown; one that cannot be judged takes the page along."""
        made: list[dict[str, Any]] = []
        items = [edge["node"] for edge in page["edges"]]
        shown = await self.sieving.items(self.sieve, self.asked, items)
        for edge, node in zip(page["edges"], shown, strict=True):
            if isinstance(node, FieldFailure):
                return node
            if node is not None:
                cursor = self.veil.hide(self._list, edge["cursor"])
                made.append({**edge, "node": node, "cursor": cursor})
        return made

    @property
    def _list(self) -> str:
        """Which list of which source it is, whatever page of it."""
        others = {k: v for k, v in self.bound.arguments.items() if k not in (FIRST, AFTER)}
        return json.dumps([self.asked.name, self.asked.read.name, self.key, others], sort_keys=True)


def _at(bound: Bound, after: str | None, size: int) -> Bound:
    arguments = {**bound.arguments, AFTER: after, FIRST: size}
    return replace(bound, arguments=arguments, canonical=canonical(arguments))


def _is_limit(found: Any) -> bool:
    return isinstance(found, FieldFailure) and found.code == too_many().code


def _page(
    edges: list[dict[str, Any]], before: bool | None, more: bool, end: str | None = None
) -> dict[str, Any]:
    """`end` is where to read on; where it is not given, that is behind the last edge."""
    return {
        "edges": edges,
        "pageInfo": {
            "hasNextPage": more,
            "hasPreviousPage": bool(before),
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": end or (edges[-1]["cursor"] if edges else None),
        },
        "totalCount": None,
    }
