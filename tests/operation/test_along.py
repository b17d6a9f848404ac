"""Who listens along is told what the execution gives, once, or leaves it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from gateway.operation.along import Along, Flight, under_way
from gateway.operation.answer import Answer, Caller
from gateway.operation.errors import Code, RequestError
from gateway.operation.together import Key, Together
from tests.operation.asking import SCOPE
from tests.operation.test_together import LONG, Work, settled
from tests.operation.test_whole import Gateway
from tests.registry import everything, sources

pytestmark = pytest.mark.anyio

KEY = Key("a")
Told = tuple[Any, BaseException | None]


class Listening:
    """Some who listen along with one execution, and what they were told."""

    def __init__(self) -> None:
        self.work = Work()
        self.together: Together[int] = Together(lambda: 0.0)
        self.first = asyncio.create_task(self.together.share(KEY, self.work, LONG))
        self.told: list[Told] = []

    def listen(
        self, again: Callable[[int], int | Awaitable[int]] = lambda made: made
    ) -> Along[int]:
        """One more."""
        execution = self.together.under_way(KEY, LONG)
        assert execution is not None
        told = self.told

        def tell(made: int | None, error: BaseException | None) -> None:
            told.append((made, error))

        return Along(self.together, KEY, execution, tell, again)


async def listening(number: int = 3) -> tuple[Listening, list[Along[int]]]:
    """So many, beside the one who began it."""
    made = Listening()
    await settled()
    return made, [made.listen() for _ in range(number)]


async def test_all_are_told() -> None:
    """The one that has a task as well."""
    made, _ = await listening()
    made.work.gate.set()

    assert await made.first == (1, False)
    assert made.told == [(1, None)] * 3


async def test_an_error_is_everybodys() -> None:
    made, _ = await listening()
    made.work.error = ValueError("stuk")
    made.work.gate.set()
    with pytest.raises(ValueError, match="stuk"):
        await made.first

    assert made.told == [(None, made.work.error)] * 3


async def test_who_left_is_told_nothing() -> None:
    """And leaves once; leaving after it was told is nothing."""
    made, (one, two, three) = await listening()
    one.leave()
    one.leave()
    made.first.cancel()
    await settled()
    made.work.gate.set()
    await settled()
    two.leave()

    assert made.told == [(1, None)] * 2
    assert three.done()
    assert made.work.cancelled == 0


async def test_the_last_who_leaves_ends_it() -> None:
    made, (one,) = await listening(1)
    made.first.cancel()
    await settled()
    assert made.work.running == 1
    one.leave()
    for _ in range(4):
        await settled()

    assert (made.work.running, made.work.cancelled, len(made.together)) == (0, 1, 0)
    assert made.told == []


async def test_who_has_a_task_stays_for_who_listens() -> None:
    """Whatever place it holds is held until the work is over; another with a task is enough."""
    made, _ = await listening(1)
    other = asyncio.create_task(made.together.share(KEY, made.work, LONG))
    await settled()
    other.cancel()
    await settled()
    assert other.cancelled()
    made.first.cancel()
    await settled()
    assert not made.first.done()
    made.work.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await made.first

    assert made.told == [(1, None)]


async def test_nobody_stays_for_what_holds_its_own_place() -> None:
    """Whoever still listens: a place is held once."""
    made = Listening()
    made.first.cancel()
    execution = made.together.begin(KEY, made.work, held=True)
    made.listen()
    other = asyncio.create_task(made.together.share(KEY, made.work, LONG))
    await settled()
    other.cancel()
    await settled()
    assert other.cancelled()
    made.work.gate.set()
    assert execution.task is not None
    await execution.task

    assert made.told == [(1, None)]


async def test_whatever_ends_it_nobody_waits_for_ever() -> None:
    """What no one catches is still the task's own error."""
    made = Listening()
    made.first.cancel()
    error = BaseExceptionGroup("stuk", [asyncio.CancelledError()])

    async def broken() -> int:
        raise error

    execution = made.together.begin(KEY, broken)
    made.listen()
    await settled()
    assert execution.task is not None

    assert execution.task.exception() is error
    assert (made.told, len(made.together)) == ([(None, None)], 0)


async def test_what_is_given_may_have_to_be_written_first() -> None:
    """Told when it is, or what went wrong; who leaves meanwhile is not waited for."""
    made = Listening()
    await settled()
    gate, cancelled = asyncio.Event(), []

    async def writing(result: int) -> int:
        try:
            await gate.wait()
        except asyncio.CancelledError:
            cancelled.append(result)
            raise
        return result + 10

    async def failing(result: int) -> int:
        raise KeyError(result)

    made.listen(writing)
    made.listen(failing)
    leaving = made.listen(writing)
    made.work.gate.set()
    await settled()
    assert [type(error) for _, error in made.told] == [KeyError]
    leaving.leave()
    await settled()
    gate.set()
    await settled()

    assert made.told[1:] == [(11, None)]
    assert cancelled == [1]


async def test_one_that_cannot_be_given_it_is_told_so() -> None:
    """And keeps it from nobody else."""
    made = Listening()
    await settled()

    def failing(result: int) -> int:
        raise KeyError(result)

    made.listen(failing)
    made.listen()
    made.work.gate.set()
    await made.first

    assert sorted((made_ or 0, type(error)) for made_, error in made.told) == [
        (0, KeyError),
        (1, type(None)),
    ]


async def test_an_execution_that_is_ended_tells_nothing_more() -> None:
    made, _ = await listening(2)
    execution = made.together.under_way(KEY, LONG)
    assert execution is not None
    assert execution.task is not None
    execution.task.cancel()
    for _ in range(4):
        await settled()

    assert made.told == [(None, None)] * 2


def test_a_flight_is_found_for_as_long_as_its_asker_waits() -> None:
    """The later of two that are equal is not taken away by the earlier."""
    one = Flight[str, int](KEY, 0, lambda made, itself: made)
    two = Flight[str, int](KEY, 0, lambda made, itself: made)
    flights: dict[bytes, Flight[str, int]] = {}
    with under_way(flights, b"m", one):
        assert flights == {b"m": one}
        with under_way(flights, b"m", two), under_way(flights, None, one):
            assert flights == {b"m": two}
        assert flights == {}
    with under_way(flights, b"m", one):
        later = under_way(flights, b"m", two)
        later.__enter__()
    assert flights == {b"m": two}


async def test_a_refusal_is_told_as_one() -> None:
    """What is wrong with the question is in the answer, as for who has asked it."""
    desk = Gateway()
    caller = Caller(everything(), SCOPE, None, sources(desk.world))
    told: list[tuple[Answer | None, BaseException | None]] = []
    gate = asyncio.Event()

    async def refusing() -> Answer:
        await gate.wait()
        raise RequestError(Code.LIMIET, "Te veel.")

    flight: Flight[Caller, Answer] = Flight(KEY, desk.cache.moment(), lambda answer, who: answer)
    first = asyncio.create_task(desk.operations._together.share(KEY, refusing, LONG))
    await settled()
    with under_way(caller.flights, b"m", flight):
        leave = desk.operations.listen(
            b"m", caller, lambda: caller, lambda *each: told.append(each)
        )
    assert leave is not None
    assert desk.operations.listen(b"m", caller, lambda: caller, lambda *each: None) is None
    gate.set()
    await asyncio.wait({first})

    ((answer, error),) = told
    assert error is None
    assert answer is not None
    assert (answer.request_error, answer.codes) == (True, ["LIMIET"])
    assert isinstance(first.exception(), RequestError)
