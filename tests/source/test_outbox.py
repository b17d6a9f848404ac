"""Requests that are put in one turn of the event loop go out together, after it."""

import asyncio

import pytest

from gateway.source.outbox import TOGETHER, Outbox

pytestmark = pytest.mark.anyio


class Connection:
    """Keeps in order what is sent over any of them."""

    def __init__(self, sent: list[bytes]) -> None:
        self._sent = sent

    def send(self, request: bytes) -> None:
        """Note it."""
        self._sent.append(request)


async def test_they_go_out_in_order_after_what_is_ready_to_run() -> None:
    outbox, sent, loop = Outbox(), list[bytes](), asyncio.get_running_loop()
    for request in (b"a", b"b"):
        outbox.put(Connection(sent), request, loop)
    before = [*sent]
    await asyncio.sleep(0)
    outbox.put(Connection(sent), b"c", loop)
    await asyncio.sleep(0)

    assert before == []
    assert sent == [b"a", b"b", b"c"]


async def test_what_may_not_fit_goes_at_once() -> None:
    """So that whoever sends it hears that it waits."""
    outbox, sent, loop = Outbox(), list[bytes](), asyncio.get_running_loop()
    outbox.put(Connection(sent), (TOGETHER + 1) * b"a", loop)

    assert [len(each) for each in sent] == [TOGETHER + 1]
