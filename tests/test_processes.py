"""The first of several processes: what it makes of those that end."""

import os
import signal
import socket

import pytest

from gateway.workers import Pauses, _First


def test_an_orphan_of_somebody_else_is_no_worker() -> None:
    """The first process of a container is given what others there leave behind."""
    first = _First()

    assert not first.replaces(os.getpid(), 1)
    assert first.code == 0


def test_one_that_ends_once_in_a_while_is_replaced_at_once() -> None:
    pauses = Pauses()

    assert [pauses.before_next(now) for now in (0.0, 60.0, 1_000.0)] == [0.0, 0.0, 0.0]


def test_those_that_end_again_and_again_are_replaced_ever_later() -> None:
    """Each ends as soon as it has begun, until the last lives for more than a minute."""
    pauses, now, waited = Pauses(), 100.0, []

    for lives in (0.0, 0.1, 59.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 61.0, 0.0):
        now += lives
        waited.append(pauses.before_next(now))
        now += waited[-1]

    assert waited == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 0.0, 0.5]


def test_nothing_is_let_in_when_all_are_to_stop() -> None:
    """The address is not held by who serves nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        first = _First([listening])

        first.stop(signal.SIGTERM, None)

        assert listening.fileno() == -1


@pytest.mark.parametrize(("code", "replaced"), [(0, True), (1, False)])
def test_one_that_is_told_to_end_before_it_serves_is_replaced(code: int, replaced: bool) -> None:
    """One that could not start is not: then all stop, and it is said."""
    first = _First()
    heard, tells = os.pipe()
    os.close(tells)
    first.workers[1_000_000] = heard

    assert first.replaces(1_000_000, code) is replaced
    assert first.code == (0 if replaced else 1)


def test_a_worker_that_has_just_ended_does_not_keep_the_others_running() -> None:
    """It is known as one of them until it has been waited for."""
    first = _First()
    made = os.fork()
    if not made:
        os._exit(0)
    os.waitpid(made, 0)
    first.workers[made] = -1

    first.stop(signal.SIGTERM, None)
