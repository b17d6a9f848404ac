"""Several questions of one read at the same time (operation)."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


async def at_once(questions: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What each of them gives, in order. When one fails the others are given up, and its error is
    raised: as it is, not in a group.
    """
    try:
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(each) for each in questions]
    except ExceptionGroup as failures:  # of `except*` Python 3.11.2 makes a group again
        raise failures.exceptions[0] from None
    return [each.result() for each in asked]
