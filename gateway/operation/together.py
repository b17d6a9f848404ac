"""Equal operations at one moment become one execution (operation).

An execution is a task of its own: a caller who is cancelled stops waiting and hurts nobody. When
the last one has gone it is cancelled too, and has ended before that last one leaves, so that there
are never more executions than callers who wait. Who listens without a task holds no place for it:
the last who has one stays until the execution has ended, but for one that holds its own. An error
is every waiter's error.

Who comes late begins another one: an execution has the time of whoever began it, and what is asked
now should not be answered with how things were long ago.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Waiter(Protocol[T_contra]):
    """Who waits for an execution: a future, or what is told without a task of its own."""

    def done(self) -> bool:
        """Whether it waits no more."""
        ...

    def set_result(self, result: T_contra, /) -> None:
        """What it waited for; must not raise, and leaves nobody out, of those who still wait."""
        ...

    def set_exception(self, exception: Exception, /) -> None:
        """What it ended with; as `set_result`."""
        ...

    def cancel(self) -> Any:
        """Nothing comes any more; as `set_result`."""
        ...


@dataclass(slots=True, eq=False)
class Execution(Generic[T]):
    """One that is under way, since `began`."""

    began: float
    waiters: set[Waiter[T]] = field(default_factory=set)
    """The task tells each of them itself: nothing else has to wake in between."""
    task: asyncio.Task[None] | None = None
    held: bool = False
    """Whether it holds a place of its own until it has ended: then nobody stays for that."""


class Key:
    """A key that is hashed once: there is much in it, and it is looked up several times."""

    __slots__ = ("_hash", "_key")

    def __init__(self, key: Hashable) -> None:
        self._key = key
        self._hash = hash(key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and self._key == other._key


class Together(Generic[T]):
    """All executions under way. `clock` gives seconds, from any start."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._under_way: dict[Key, Execution[T]] = {}

    def __len__(self) -> int:
        return len(self._under_way)

    async def share(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]], seconds: float
    ) -> tuple[T, bool]:
        """What `work` gives, and whether that is another's: of an execution under this key that
        began at most so many seconds ago.
        """
        key = key if isinstance(key, Key) else Key(key)
        found = self.under_way(key, seconds)
        return await self._wait(key, found or self.begin(key, work)), found is not None

    def under_way(self, key: Key, seconds: float) -> Execution[T] | None:
        """The execution under this key that began at most so many seconds ago, if any."""
        found = self._under_way.get(key)
        return found if found is not None and self._clock() - found.began <= seconds else None

    def begin(
        self, key: Key, work: Callable[[], Coroutine[Any, Any, T]], *, held: bool = False
    ) -> Execution[T]:
        """Another execution under this key, which others find from now on."""
        execution: Execution[T] = Execution(self._clock(), held=held)
        execution.task = asyncio.create_task(self._carried_out(key, work, execution))
        self._under_way[key] = execution
        return execution

    def leave(self, key: Key, execution: Execution[T], waiter: Waiter[T]) -> None:
        """Wait no more. Of the last who leaves the work is told to end, and ends soon."""
        execution.waiters.discard(waiter)
        task = execution.task
        if not execution.waiters and task is not None and not task.done():
            self._forget(key, execution)
            task.cancel()

    async def _carried_out(
        self, key: Key, work: Callable[[], Coroutine[Any, Any, T]], execution: Execution[T]
    ) -> None:
        try:
            made = await work()
        except Exception as error:
            self._forget(key, execution)
            for waiter in _still(execution):
                waiter.set_exception(error)
        except BaseException:  # cancelled as a rule; whatever it is, nobody waits for ever
            self._forget(key, execution)
            for waiter in _still(execution):
                waiter.cancel()
            raise
        else:
            self._forget(key, execution)
            for waiter in _still(execution):
                waiter.set_result(made)

    async def _wait(self, key: Key, execution: Execution[T]) -> T:
        task = execution.task
        assert task is not None  # noqa: S101  # it was begun
        waiter: asyncio.Future[T] = task.get_loop().create_future()
        execution.waiters.add(waiter)
        try:
            return await waiter
        finally:
            self.leave(key, execution, waiter)
            if not (execution.held or task.done() or any(map(asyncio.isfuture, execution.waiters))):
                await asyncio.wait({task})

    def _forget(self, key: Key, execution: Execution[T]) -> None:
        if self._under_way.get(key) is execution:
            del self._under_way[key]


def _still(execution: Execution[T]) -> list[Waiter[T]]:
    """Who waits, and has not just left."""
    return [waiter for waiter in execution.waiters if not waiter.done()]
