"""How the processes of a gateway hear of each other's drops (startup to drain), over Redis pub/sub.

Every worker registers itself, listens, and sends itself a ping through Redis, all in one beat. As
messages come in order, a ping that is heard proves that everything told before it was sent has been
heard too. A worker that has heard no ping of the last `FENCE` seconds fences itself: what it keeps
in memory is neither read nor written, and forgotten when it is back.

So after `FENCE` seconds nobody serves what was dropped, heard or not. Whoever drops waits no longer
than until all that are registered, or hear, have said that they did it. And no less than `ALONE`:
a worker that is fenced still lets equal questions of so short a time share one load.
"""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from gateway.source import scripts
from gateway.source.envelope import Envelopes
from gateway.source.faults import failures
from gateway.source.fingerprint import Fingerprints
from gateway.source.surroundings import Surroundings

if TYPE_CHECKING:
    from gateway.source.connection import Connection

FENCE = 0.9
ALONE = 0.1
_BEAT = 0.3
_MARGIN = 0.1
_REGISTERED = 2_000
_SEALED_FOR = "bus"

Hear = Callable[[bytes], None]


@dataclass(slots=True)
class _Waiting:
    """Of one message of ours: who said to have done it."""

    done: set[str] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class Bus:
    """One worker's place on it. `open()` before use, `aclose()` after.

    `hear` is called with every message on a topic, our own too, and what it does is done when it
    returns. `back` is called when messages may have been missed.
    """

    def __init__(
        self,
        connection: "Connection",
        envelopes: Envelopes,
        secret: bytes,
        surroundings: Surroundings,
        back: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._envelopes = envelopes
        self._around = surroundings
        self._back = back
        self._name = secrets.token_hex(8)
        base = f"bp1:{{{Fingerprints(secret, ('bus',)).of('')[:32]}}}:"
        self._workers, self._all = f"{base}w", f"{base}all"
        self._base = base
        self._hears: dict[str, list[Hear]] = {}
        self._pings: dict[str, float] = {}
        self._confirmed: float | None = None
        self._waiting: dict[str, _Waiting] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._acks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Task[None] | None = None
        self.heard = asyncio.Event()
        """Set when a ping came through."""

    @property
    def trusted(self) -> bool:
        """Whether everything told up to `FENCE` seconds ago has been heard."""
        confirmed = self._confirmed
        return confirmed is not None and self._around.clock() - confirmed < FENCE

    def subscribe(self, topic: str, hear: Hear) -> Callable[[], None]:
        """From now on `hear` is called with messages on this topic; call what is given to stop."""
        self._hears.setdefault(topic, []).append(hear)
        return lambda: self._hears[topic].remove(hear)

    async def open(self) -> None:
        """Begin to beat and to listen."""
        self._tasks = [asyncio.create_task(self._beat_on())]

    async def aclose(self) -> None:
        """Register no more, and leave."""
        self._confirmed = None
        for task in (*self._tasks, *self._acks, *filter(None, [self._listening])):
            task.cancel()
        await asyncio.gather(
            *self._tasks, *self._acks, *filter(None, [self._listening]), return_exceptions=True
        )
        with suppress(*failures()):
            async with asyncio.timeout(_BEAT):
                await self._connection.command("zrem", self._workers, self._name)
        await self._connection.aclose()

    async def publish(self, topic: str, message: bytes) -> int:
        """Tell all workers, this one too, without waiting; tells how many hear it. Raises
        RedisError, OSError or TimeoutError.
        """
        hearers, _ = await self._tell(topic, message, "")
        return hearers

    async def tell(self, topic: str, message: bytes) -> int:
        """Tell all workers, this one too; back when each has done it or has fenced itself. Tells
        how many did. Raises RedisError, OSError or TimeoutError when it could not be told.
        """
        id = secrets.token_hex(8)
        waiting = self._waiting[id] = _Waiting()
        clock = self._around.clock
        try:
            hearers, workers = await self._tell(topic, message, id)
            told = clock()
            while clock() - told < FENCE + _MARGIN:
                complete = len(waiting.done) >= hearers and waiting.done >= workers
                if complete and clock() - told >= ALONE:
                    break
                left = (ALONE if complete else FENCE + _MARGIN) - (clock() - told)
                await self._moment(waiting, left)
            return len(waiting.done)
        finally:
            del self._waiting[id]

    async def _moment(self, waiting: _Waiting, seconds: float) -> None:
        """Until somebody says to have done it, or at most these seconds."""
        waiting.changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.001)):
                await waiting.changed.wait()

    async def _tell(self, topic: str, message: bytes, id: str) -> tuple[int, set[str]]:
        written = msgspec.json.encode([topic, self._name, id, message.decode("latin-1")])
        sealed = self._envelopes.seal(_SEALED_FOR, self._all, written)
        async with asyncio.timeout(FENCE):
            hearers, workers = await self._connection.run(
                scripts.TELL, [self._workers], self._all, sealed
            )
        return hearers, {worker.decode("ascii", "replace") for worker in workers}

    # ---- beating ------------------------------------------------------------------------------

    async def _beat_on(self) -> None:
        while True:
            if self._listening is None or self._listening.done() or self._deaf():
                await self._listen_anew()
            with suppress(Exception):  # whatever it is: who stops beating remembers nothing more
                async with asyncio.timeout(FENCE):
                    await self._beat()
            await self._around.sleep(_BEAT)

    def _deaf(self) -> bool:
        """Whether pings were sent that are not heard: the connection may lead nowhere."""
        oldest = min(self._pings.values(), default=None)
        return oldest is not None and self._around.clock() - oldest > FENCE

    async def _beat(self) -> None:
        ping = secrets.token_hex(8)
        self._pings[ping] = self._around.clock()
        channel = f"{self._base}{self._name}"
        await self._connection.run(
            scripts.BEAT, [self._workers], self._name, ping, _REGISTERED, channel
        )

    async def _listen_anew(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        self._pings.clear()
        self._missed()
        ready = asyncio.Event()
        self._listening = asyncio.create_task(self._listen(ready))
        with suppress(TimeoutError):
            async with asyncio.timeout(FENCE):
                await ready.wait()

    def _missed(self) -> None:
        """What is kept in memory may be what was dropped."""
        self._confirmed = None
        self._back()

    # ---- listening ----------------------------------------------------------------------------

    async def _listen(self, ready: asyncio.Event) -> None:
        own = f"{self._base}{self._name}"
        pubsub = self._connection.client.pubsub()
        try:
            await pubsub.subscribe(self._all, own)
            waiting_for = {self._all.encode(), own.encode()}
            while True:
                message = await pubsub.get_message(timeout=None)
                if message is None:
                    continue
                if message["type"] == "subscribe":
                    if message["channel"] not in waiting_for:
                        return  # subscribed anew, without a word: messages may have been missed
                    waiting_for.discard(message["channel"])
                    if not waiting_for:
                        ready.set()
                elif message["type"] == "message":
                    self._hear(message["channel"] == own.encode(), message["data"])
        except failures():
            pass
        finally:
            self._confirmed = None
            with suppress(*failures()):
                await pubsub.aclose()  # type: ignore[no-untyped-call]

    def _hear(self, own: bool, data: bytes) -> None:
        if not own:
            self._hear_message(data)
            return
        kind, _, rest = data.decode("ascii", "replace").partition(":")
        if not rest:
            self._hear_ping(kind)
            return
        worker, _, _ = rest.partition(":")
        waiting = self._waiting.get(kind)
        if waiting is not None:
            waiting.done.add(worker)
            waiting.changed.set()

    def _hear_ping(self, ping: str) -> None:
        sent = self._pings.pop(ping, None)
        if sent is None:
            return
        self._pings = {each: at for each, at in self._pings.items() if at > sent}
        if not self.trusted:
            self._back()
        self._confirmed = sent
        self.heard.set()

    def _hear_message(self, data: bytes) -> None:
        opened = self._envelopes.open(_SEALED_FOR, self._all, data)
        if opened is None:
            return  # not one of ours
        topic, sender, id, message = msgspec.json.decode(opened, type=tuple[str, str, str, str])
        for hear in list(self._hears.get(topic, ())):
            hear(message.encode("latin-1"))
        if id:
            self._acknowledge(sender, id)

    def _acknowledge(self, sender: str, id: str) -> None:
        """At once for our own, else by a message to the sender."""
        if sender == self._name:
            waiting = self._waiting.get(id)
            if waiting is not None:
                waiting.done.add(self._name)
                waiting.changed.set()
            return
        task = asyncio.create_task(self._say_done(sender, id))
        self._acks.add(task)
        task.add_done_callback(self._acks.discard)

    async def _say_done(self, sender: str, id: str) -> None:
        with suppress(*failures()):
            async with asyncio.timeout(FENCE):
                done = f"{id}:{self._name}"
                await self._connection.command("publish", f"{self._base}{sender}", done)
