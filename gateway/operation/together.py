"""Equal operations at one moment become one execution (operation).

An execution is a task of its own: a caller who is cancelled stops waiting and hurts nobody. When
the last one has gone it is cancelled too, and has ended before that last one leaves, so that there
are never more executions than callers who wait. An error is every waiter's error.

Who comes late begins another one: an execution has the time of whoever began it, and what is asked
now should not be answered with how things were long ago.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Execution(Generic[T]):
    began: float
    waiters: set[asyncio.Future[T]] = field(default_factory=set)
    """The task tells each of them itself: nothing else has to wake in between."""
    task: asyncio.Task[None] | None = None


class _Key:
    """A key that is hashed once: there is much in it, and it is looked up several times."""

    __slots__ = ("_hash", "_key")

    def __init__(self, key: Hashable) -> None:
        self._key = key
        self._hash = hash(key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._key == other._key


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
        now, key = self._clock(), _Key(key)
        found = self._under_way.get(key)
        followed = found is not None and now - found.began <= seconds
        execution = found if found is not None and followed else self._begin(key, work, now)
        return await self._wait(key, execution), followed

    def _begin(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]], now: float
    ) -> _Execution[T]:
        execution: _Execution[T] = _Execution(now)
        execution.task = asyncio.create_task(self._carried_out(key, work, execution))
        self._under_way[key] = execution
        return execution

    async def _carried_out(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]], execution: _Execution[T]
    ) -> None:
        try:
            made = await work()
        except Exception as error:
            self._forget(key, execution)
            for waiter in _still(execution):
                waiter.set_exception(error)
        except asyncio.CancelledError:
            self._forget(key, execution)
            for waiter in _still(execution):
                waiter.cancel()
            raise
        else:
            self._forget(key, execution)
            for waiter in _still(execution):
                waiter.set_result(made)

    async def _wait(self, key: Hashable, execution: _Execution[T]) -> T:
        task = execution.task
        assert task is not None  # noqa: S101  # it was begun
        waiter: asyncio.Future[T] = task.get_loop().create_future()
        execution.waiters.add(waiter)
        try:
            return await waiter
        finally:
            execution.waiters.discard(waiter)
            if not execution.waiters and not task.done():
                self._forget(key, execution)
                task.cancel()
                await asyncio.wait({task})

    def _forget(self, key: Hashable, execution: _Execution[T]) -> None:
        if self._under_way.get(key) is execution:
            del self._under_way[key]


def _still(execution: _Execution[T]) -> list[asyncio.Future[T]]:
    """Who waits, and has not just left."""
    return [waiter for waiter in execution.waiters if not waiter.done()]
