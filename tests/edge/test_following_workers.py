"""What one worker hears, the clients of another are shown: two gateways that share a Valkey."""

import pytest

from tests.app import Setup
from tests.subscribing import Source, served, until
from tests.valkey import Valkey, valkey

pytestmark = pytest.mark.anyio


def sharing(shared: Valkey) -> Setup:
    """A gateway that keeps its answers there."""
    cache = {
        "redis_url": shared.url,
        "secret": "s" * 32,
        "master_keys": [{"id": "een", "secret": "h" * 32}],
    }
    return Setup(settings={"cache": cache})


async def test_a_notification_to_one_worker_reaches_the_clients_of_another() -> None:
    """And shows what is true now, though both had kept what was."""
    source = Source()
    with valkey() as shared:
        setup = sharing(shared)
        async with (
            served(setup, source) as one,
            served(setup, source) as other,
            one.joined() as here,
            other.joined() as there,
        ):
            await until(lambda: one.gateway._cache.trusted and other.gateway._cache.trusted)
            await here.follow()
            await there.follow()
            shown = [await here.text(), await there.text()]
            source.text = "tweede"
            await one.notify()
            anew = [await here.text(), await there.text()]

    assert (shown, anew) == (["eerste", "eerste"], ["tweede", "tweede"])


@pytest.mark.slow
async def test_what_was_missed_while_redis_was_away_is_shown_when_it_is_back() -> None:
    """Others may have been told of a change that this worker did not hear of: it looks again."""
    source = Source()
    with valkey() as shared:
        async with served(sharing(shared), source) as app, app.joined() as client:
            await until(lambda: app.gateway._cache.trusted)
            await client.follow()
            first = await client.text()
            shared.stop()
            await until(lambda: not app.gateway._cache.trusted)
            source.text = "tweede"
            shared.start()
            shown = await client.text()
            while shown != "tweede":
                shown = await client.text()

    assert (first, shown) == ("eerste", "tweede")
