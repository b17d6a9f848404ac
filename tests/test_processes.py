"""The first of several processes: what it makes of those that end."""

import os

from gateway.workers import _First


def test_an_orphan_of_somebody_else_is_no_worker() -> None:
    """The first process of a container is given what others there leave behind."""
    first = _First()

    assert not first.replaces(os.getpid(), 1)
    assert first.code == 0
