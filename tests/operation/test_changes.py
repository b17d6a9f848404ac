"""Who hears of which change, in one process."""

import asyncio
from collections.abc import Callable

import pytest

from gateway.operation.changes import Bell, Changes
from gateway.source.tags import Tag, of_resource, of_tenant, resource

pytestmark = pytest.mark.anyio

ZAAK = resource("zaak", "een")


class Line:
    """What there is between workers: here only this one."""

    def __init__(self) -> None:
        self.hears: list[Callable[[bytes], None]] = []
        self.sent: list[bytes] = []

    def subscribe(self, channel: str, hear: Callable[[bytes], None]) -> Callable[[], None]:
        """Listen."""
        self.hears.append(hear)
        return lambda: self.hears.remove(hear)

    async def publish(self, channel: str, message: bytes) -> None:
        """Tell."""
        self.sent.append(message)
        for hear in self.hears:
            hear(message)


def opened() -> tuple[Changes, Line]:
    """Changes that are listened to."""
    line = Line()
    changes = Changes(line)
    changes.open()
    return changes, line


async def rung(bell: Bell) -> bool:
    """Whether it has rung; if so, it has been heard."""
    hearing = asyncio.ensure_future(bell.heard())
    await asyncio.sleep(0)
    done = hearing.done()
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)
    return done


async def test_only_what_is_followed_rings() -> None:
    """And of whichever source it is."""
    changes, _ = opened()
    with changes.followed("0999", ZAAK) as bell:
        await changes.tell(
            [
                of_resource("0999", "zaken", "zaak", "twee"),
                of_resource("0999", "zaken", "zaa", "keen"),
                of_resource("0998", "zaken", "zaak", "een"),
                of_tenant("0999"),
            ]
        )
        assert not await rung(bell)
        await changes.tell([of_resource("0999", "zaken-sociaal", "zaak", "een")])
        assert await rung(bell)
        assert not await rung(bell)


async def test_rung_twice_is_heard_once() -> None:
    changes, _ = opened()
    with changes.followed("0999", ZAAK) as bell, changes.followed("0999", ZAAK) as other:
        for _ in range(2):
            await changes.tell([of_resource("0999", "zaken", "zaak", "een")])

        assert [await rung(bell), await rung(bell), await rung(other)] == [True, False, True]


async def test_what_was_rung_before_the_question_is_silenced() -> None:
    changes, _ = opened()
    with changes.followed("0999", ZAAK) as bell:
        await changes.tell([of_resource("0999", "zaken", "zaak", "een")])
        bell.silence()

        assert not await rung(bell)


async def test_nothing_is_left_of_who_goes() -> None:
    changes, line = opened()
    with changes.followed("0999", ZAAK), changes.followed("0999", ZAAK):
        assert changes.topics == 1
    changes.close()
    changes.close()

    assert (changes.topics, line.hears) == (0, [])


async def test_many_changes_travel_in_several_messages() -> None:
    changes, line = opened()
    tags = [of_resource("0999", "zaken", "zaak", str(number)) for number in range(1_001)]
    with changes.followed("0999", resource("zaak", "1000")) as bell:
        await changes.tell(tags)
        assert await rung(bell)

    assert sorted(len(message) // 16 for message in line.sent) == [1, 500, 500]


async def test_what_may_have_been_missed_rings_every_bell() -> None:
    changes, line = opened()
    with changes.followed("0999", ZAAK) as bell, changes.followed("0998", ZAAK) as other:
        await line.publish("", b"")

        assert await rung(bell) and await rung(other)


async def test_nothing_that_is_changed_can_be_read_between_workers() -> None:
    changes, line = opened()
    await changes.tell([Tag("0999", "brp", "subject", "999990019")])

    assert b"9990019" not in line.sent[0]
    assert len(line.sent[0]) == 16
