"""How what is not in memory is got (operation): from outside, from another worker's load, or from
the source; and kept. Runs as a flight, for all who ask the same at one moment.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from gateway.source import failing, rescue
from gateway.source.entry import Entry, Standing, Validator, made
from gateway.source.errors import SourceError
from gateway.source.fingerprint import Fingerprints
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.keeping import Keeping, Sized
from gateway.source.ledger import Account, Why
from gateway.source.memory import Place
from gateway.source.question import Began, Load, Order, Question
from gateway.source.shelf import WITHOUT_END, Generation, Shelf, Turn
from gateway.source.surroundings import Surroundings
from gateway.source.tagging import Tagging
from gateway.source.tape import NotModified, Tape

Key = TypeVar("Key", bound=Hashable)

TURN_SECONDS = 15.0
"""How long a load may keep others waiting at most, should its worker die."""
WAIT_SECONDS = 3.0
"""How long to wait for another worker's load before asking the source too."""
POLL_SECONDS = 0.02
FAILURE_SECONDS = 1.0
TOGETHER_BYTES = 2_000_000
"""How much is brought from outside at one go: more might not come in time, and then nothing is
looked for outside for a while.
"""
_TOGETHER = (Sharing.EVERYONE, Sharing.TENANT, Sharing.PURPOSE)
_SUBJECTS = (DataClass.PERSONAL, DataClass.CASE)


@dataclass(slots=True)  # made for every thing: frozen it takes three times as long
class Served:
    """What one key is answered with; `why` if that is older than it should be. Read-only."""

    entry: Entry
    loaded: bool
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Outside(Generic[Key]):
    """What lay outside under some keys, each entry with how many bytes it is; and where drops stood
    before it was read: of this process, and of its area.
    """

    entries: Mapping[Key, tuple[Entry, int] | None]
    moment: int
    generation: Generation


@dataclass(slots=True)  # made for every call: frozen it takes three times as long
class Visit(Generic[Key]):
    """One call of `Cache.through`, as its steps need it. Read-only."""

    tenant: str
    rule: Keep
    circle: tuple[str, ...]
    area: str
    source: str
    """Under whose name things are tagged: the source's own, or what everyone shares, its kind."""
    ring: tuple[tuple[str, ...], str, str, str, str]
    question: Question
    load: Load[Key]
    account: Account
    moment: int
    """Of the drops, before anything was looked up."""
    secret: bytes
    behind: Callable[["Visit[Key]", Mapping[Key, Entry]], None]
    """Asks these anew, with nobody waiting."""
    seen: Outside[Key] | None = None
    """What was seen outside just now: what is in it need not be read again."""

    def place(self, key: Key) -> Place:
        """Where it is kept in memory."""
        return Place((self.ring, key))

    def flight(self, key: Key) -> tuple[str, Place]:
        """What a load of this key under way is found by. Within one tenant only, also where the
        answer is everybody's: an error belongs to the credentials it was asked with.
        """
        return (self.tenant, self.place(key))

    def marks(self, keys: Iterable[Key]) -> list[str]:
        """Under what they are kept outside."""
        prints = Fingerprints(self.secret, _flat(self.ring))
        return [prints.of(key) for key in keys]

    def may_serve(self, entry: Entry | None, now: float) -> Standing:
        """How far an entry answers this question."""
        if entry is None or not entry.covers(self.circle, self.question.paths):
            return Standing.OVER
        return entry.standing(self.rule, now)


def _flat(ring: tuple[tuple[str, ...], str, str, str, str]) -> Sequence[str]:
    circle, *others = ring
    return (str(len(circle)), *circle, *others)


async def look(
    keeping: Keeping,
    shelf: Shelf,
    visit: Visit[Key],
    keys: Sequence[Key],
    room: int = WITHOUT_END,
) -> Outside[Key] | None:
    """What lies outside under these keys, or of the first of them, if there is only so much `room`
    (bytes); None when it cannot be told now.
    """
    moment = keeping.drops.moment
    reading = await shelf.read(visit.area, visit.marks(keys), room)
    if reading is None:
        return None
    entries = dict(zip(keys, reading.entries, strict=False))
    return Outside(entries, moment, reading.generation)


async def bring(
    keeping: Keeping,
    shelf: Shelf,
    visit: Visit[Key],
    keys: Sequence[Key],
    clock: Callable[[], float],
) -> Outside[Key] | None:
    """The same; and what of it serves as it is has been remembered."""
    outside = await look(keeping, shelf, visit, keys, TOGETHER_BYTES)
    if outside is None:
        return None
    more: Outside[Key] | None = outside
    while more is not None and more.entries and len(outside.entries) < len(keys):
        rest = [key for key in keys if key not in outside.entries]
        more = await look(keeping, shelf, visit, rest, TOGETHER_BYTES)
        if more is not None:  # drops since the first look count for all of it
            outside = replace(outside, entries={**outside.entries, **more.entries})
    now = clock()
    fresh = [
        (visit.place(key), *found)
        for key, found in outside.entries.items()
        if found is not None and visit.may_serve(found[0], now) is Standing.FRESH
    ]
    await keeping.remember(fresh, outside.moment)
    return outside


class Fill(Generic[Key]):
    """One load, from its beginning to what it brings."""

    def __init__(
        self,
        keeping: Keeping,
        surroundings: Surroundings,
        visit: Visit[Key],
        keys: Sequence[Key],
        known: Mapping[Key, Entry],
        anew: bool,
    ) -> None:
        """`known` are entries in memory that are not good enough; `anew` to use nothing kept."""
        self._keeping = keeping
        self._around = surroundings
        self._visit = visit
        self._rest = list(keys)
        self._known = dict(known)
        self._anew = anew
        self._served: dict[Key, Served] = {}
        self._generation: Generation | None = None
        self._turn: Turn | None = None
        self._shelf = keeping.shelf

    async def run(self) -> Mapping[Key, Served]:
        """What each key is answered with. Raises the source's error."""
        shelf = self._shelf
        try:
            if shelf is not None and shelf.open_now:
                seen = self._visit.seen
                if seen is not None and seen.entries.keys() >= set(self._rest):
                    await self._take_from(seen)
                else:
                    await self._look_outside(shelf)
                if self._rest and self._takes_turns:
                    await self._wait_for_turn(shelf)
            if self._rest:
                await self._load()
        finally:
            if self._turn is not None:
                self._keeping.later(self._turn.done)
        return self._served

    async def again(self) -> None:
        """Ask anew what was served stale; only if no other worker is doing so."""
        shelf = self._shelf
        try:
            if shelf is not None and shelf.open_now and self._takes_turns:
                turn = await shelf.acquire(self._visit.area, self._name(), TURN_SECONDS)
                if turn is not None and not turn.ours:
                    return
                self._turn = turn
                await self._look_outside(shelf, stale=False)
            if self._rest:
                await self._load()
        finally:
            if self._turn is not None:
                self._keeping.later(self._turn.done)

    async def keep_along(self, objects: Mapping[Key, Any], began: Began) -> None:
        """Keep what came along with another load; None is nothing that was not found."""
        found = ((key, value) for key, value in objects.items() if value is not None)
        await self._keep(self._entries(found, began, self._visit.question.paths), began)

    @property
    def _takes_turns(self) -> bool:
        return not self._anew and self._visit.rule.between in _TOGETHER

    # ---- outside ------------------------------------------------------------------------------

    async def _look_outside(self, shelf: Shelf, stale: bool = True) -> None:
        """Take what is good enough from outside; also note where the generation stands."""
        outside = await look(self._keeping, shelf, self._visit, [] if self._anew else self._rest)
        if outside is not None:
            await self._take_from(outside, stale)

    async def _take_from(self, outside: Outside[Key], stale: bool = True) -> None:
        visit, moment = self._visit, outside.moment
        self._generation = outside.generation
        now = self._around.now()
        old: dict[Key, Entry] = {}
        taken: list[Sized] = []
        for key in self._rest:
            found = outside.entries.get(key)
            if found is None or not self._keeping.drops.untouched(found[0].tags, moment):
                continue
            entry, size = found
            match visit.may_serve(entry, now):
                case Standing.FRESH:
                    taken.append(self._taken(key, entry, size))
                case Standing.STALE if stale:
                    old[key] = entry
                    taken.append(self._taken(key, entry, size, Why.VERVERST))
                case _:
                    self._note_known(key, entry)
        await self._keeping.remember(taken, moment)
        self._rest = [key for key in self._rest if key not in self._served]
        if old:
            visit.behind(visit, old)

    def _taken(self, key: Key, entry: Entry, size: int, why: Why | None = None) -> Sized:
        """Serve what came from outside; it is given as it is to be remembered here."""
        self._served[key] = Served(entry, False, why)
        return self._visit.place(key), entry, size

    def _note_known(self, key: Key, entry: Entry) -> None:
        other = self._known.get(key)
        if entry.circle == self._visit.circle and (other is None or other.created < entry.created):
            self._known[key] = entry

    # ---- one worker at a time -----------------------------------------------------------------

    def _name(self) -> str:
        """What is loaded: the same in every worker, and of one tenant's credentials."""
        prints = Fingerprints(self._visit.secret, ("turn", self._visit.tenant))
        return prints.of(tuple(sorted(self._visit.marks(self._rest))))[:32]

    async def _wait_for_turn(self, shelf: Shelf) -> None:
        """Get the turn to load, or what another worker loads meanwhile."""
        visit, name, clock = self._visit, self._name(), self._around.clock
        until = clock() + WAIT_SECONDS
        while self._rest:
            turn = await shelf.acquire(visit.area, name, TURN_SECONDS)
            if turn is None:
                return
            if turn.ours:
                self._turn = turn
                await self._look_outside(shelf)  # it may have been brought just before
                return
            if clock() >= until:
                return
            await self._around.sleep(POLL_SECONDS)
            await self._look_outside(shelf)
            if self._rest and (message := await shelf.failure(visit.area, name)) is not None:
                error = failing.heard(visit.question.source, message)
                if error is not None:
                    self._rescue(error)
                    return

    # ---- the source ---------------------------------------------------------------------------

    async def _load(self) -> None:
        visit, keys = self._visit, self._rest
        name = self._name() if self._turn is not None else ""
        moment = self._keeping.drops.moment
        began = Began(self._around.now(), moment, visit.area, self._generation)
        tape = self._tape()
        order = Order(keys, self._wider(began.at), tape, began)
        visit.account.keys += len(keys)
        try:
            answer = await visit.load(order)
        except NotModified as error:
            await self._renew(began, error)
            return
        except SourceError as error:
            self._tell(error, name)
            self._rescue(error)
            return
        found = ((key, answer.get(key)) for key in keys)
        paths = visit.question.paths | order.wider
        validator = tape.validator if visit.question.conditional else None
        fresh = self._entries(found, began, paths, validator)
        await self._serve(fresh, began, tape.keepable)

    def _entries(
        self,
        found: Iterable[tuple[Key, Any]],
        began: Began,
        paths: frozenset[str],
        validator: Validator | None = None,
    ) -> Mapping[Key, Entry]:
        """What is kept of these answers."""
        visit, chance, tagging = self._visit, self._around.chance, self._tagging(began)
        circle, rule, at = visit.circle, visit.rule, began.at
        return {
            key: made(
                value,
                circle=circle,
                keep=rule,
                paths=paths,
                began=at,
                chance=chance(),
                tags=tagging.of(key, value),
                validator=validator,
            )
            for key, value in found
        }

    def _tagging(self, began: Began) -> Tagging:
        visit = self._visit
        family = self._keeping.family(visit.area, visit.source)
        hashed = began.hashed.setdefault(family, {})
        return Tagging(visit.question, family, visit.rule.data in _SUBJECTS, hashed)

    def _tape(self) -> Tape:
        """Conditional only of one thing, of which something is known that would serve as it is."""
        if not self._visit.question.conditional or len(self._rest) != 1:
            return Tape()
        known = self._known.get(self._rest[0])
        if known is None or not known.covers(self._visit.circle, self._visit.question.paths):
            return Tape()
        there = self._keeping.drops.untouched(known.tags, self._visit.moment)
        renewable = there and known.may_be_renewed(self._visit.rule, self._around.now())
        return Tape(known.validator if renewable else None)

    def _wider(self, now: float) -> frozenset[str]:
        """The paths that are kept of these: what is asked anew is asked with them."""
        if not self._visit.question.widens:
            return frozenset()
        kept = (
            entry.paths
            for key in self._rest
            if (entry := self._known.get(key)) is not None
            and entry.found
            and entry.standing(self._visit.rule, now) in (Standing.FRESH, Standing.STALE)
        )
        return frozenset().union(*kept) - self._visit.question.paths

    async def _renew(self, began: Began, error: SourceError) -> None:
        """The source says that what is known still holds."""
        (key,) = self._rest
        known = self._known.get(key)
        if known is None:
            raise error  # a source that says so unasked
        renewed = known.renewed(self._visit.rule, began.at, self._around.chance())
        entry = replace(renewed, tags=self._tagging(began).of(key, known.value))
        await self._serve({key: entry}, began)

    async def _serve(self, fresh: Mapping[Key, Entry], began: Began, keepable: bool = True) -> None:
        """Serve these, and keep what can be."""
        for key, entry in fresh.items():
            self._served[key] = Served(entry, True)
        await self._keep(fresh if keepable else {}, began)

    async def _keep(self, fresh: Mapping[Key, Entry], began: Began) -> None:
        """Keep what of these can be dropped and is of use later."""
        place, now = self._visit.place, began.at
        items = [
            (place(key), entry)
            for key, entry in fresh.items()
            if entry.tags and entry.fresh_until > now
        ]
        outside = await self._keeping.keep(items, began, self._visit.marks)
        turn, self._turn = self._turn, None
        self._keeping.later(outside, turn.done if turn is not None else None)

    def _tell(self, error: SourceError, name: str) -> None:
        """Tell the failure to those in other workers who wait for this load."""
        message = failing.told(error)
        if self._turn is None or self._shelf is None or message is None:
            return
        turn, self._turn = self._turn, None
        area = self._visit.area
        noted = partial(self._shelf.note_failure, area, name, message, FAILURE_SECONDS)
        self._keeping.later(noted, turn.done)

    def _rescue(self, error: SourceError) -> None:
        """Serve what is known instead, where that may be done; else raise the error."""
        reason = rescue.why(error)
        now = self._around.now()
        if reason is None or self._anew or not self._keeping.trusted:
            raise error
        old = {
            key: Served(entry, False, reason)
            for key in self._rest
            if (entry := self._known.get(key)) is not None and self._may_stand_in(entry, now)
        }
        if len(old) < len(self._rest):
            raise error
        self._served |= old
        self._rest = []

    def _may_stand_in(self, entry: Entry, now: float) -> bool:
        there = self._keeping.drops.untouched(entry.tags, self._visit.moment)
        return there and self._visit.may_serve(entry, now) is not Standing.OVER
