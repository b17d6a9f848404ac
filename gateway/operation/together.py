"""Equal operations at one moment become one execution (operation).

An execution is a task of its own: a caller who is cancelled stops waiting and hurts nobody. When
the last one has gone it is cancelled too, and has ended before that last one leaves, so that there
are never more executions than callers who wait. An error is every waiter's error.

Who comes late begins another one: an execution has the time of whoever began it, and what is asked
now should not be answered with how things were long ago.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Execution(Generic[T]):
    began: float
    task: asyncio.Task[T]
    waiters: int = 0


class Together(Generic[T]):
    """All executions under way. `clock` gives seconds, from any start."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._under_way: dict[Hashable, _Execution[T]] = {}

    def __len__(self) -> int:
        return len(self._under_way)

    async def share(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]], seconds: float
    ) -> tuple[T, bool]:
        """What `work` gives, and whether that is another's: of an execution under this key that
        began at most so many seconds ago.
        """
        now = self._clock()
        found = self._under_way.get(key)
        followed = found is not None and now - found.began <= seconds
        execution = found if found is not None and followed else self._begin(key, work, now)
        return await self._wait(key, execution), followed

    def _begin(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]], now: float
    ) -> _Execution[T]:
        execution = _Execution(now, asyncio.create_task(work()))
        self._under_way[key] = execution
        execution.task.add_done_callback(lambda _: self._ended(key, execution))
        return execution

    async def _wait(self, key: Hashable, execution: _Execution[T]) -> T:
        execution.waiters += 1
        try:
            return await asyncio.shield(execution.task)
        finally:
            execution.waiters -= 1
            if not execution.waiters and not execution.task.done():
                self._forget(key, execution)
                execution.task.cancel()
                await asyncio.wait({execution.task})

    def _ended(self, key: Hashable, execution: _Execution[T]) -> None:
        self._forget(key, execution)
        if not execution.task.cancelled():
            # Looked at here, so that an error nobody waited for is not reported as lost.
            execution.task.exception()

    def _forget(self, key: Hashable, execution: _Execution[T]) -> None:
        if self._under_way.get(key) is execution:
            del self._under_way[key]
