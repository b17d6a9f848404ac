"""The isolation run in short; `make soak` makes it a million requests, in several processes."""

import pytest

from tests.security.soak.run import Plan, soak

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

REQUESTS = 2_000


async def test_nobody_hears_what_is_anothers() -> None:
    tally = await soak(Plan(REQUESTS, tenants=2))

    assert tally.wrong == []
    assert sum(tally.done.values()) >= REQUESTS
    assert tally.hits > REQUESTS / 10
    for kind in ("left before the end", "dropped by notification", "followed, 2 heard"):
        assert tally.done[kind]
