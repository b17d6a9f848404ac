"""How many persons a caller asks about: in one operation, and in one minute (operation).

Persons are counted, not requests: aliases, lists, links and searches all come by here. Who was
asked about is remembered for a minute as an HMAC, and told apart by nothing else. Where a search
gives persons without their burgerservicenummer, what it gave of them tells them apart.
"""

import hashlib
import hmac
import json
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

MINUTE: Final = 60.0
NUMBER: Final = "burgerservicenummer"
"""Where the registry of persons has it, in every person."""
_ENCODER: Final = json.JSONEncoder()
Who = tuple[str, ...]
"""A caller: the municipality, and whom its token names."""
Admit = Callable[[Sequence[str]], Awaitable[frozenset[str]]]
"""Tells of which of these persons a caller may still see something, and remembers those."""


class PersonQuota(Protocol):
    """Remembers about whom a caller asked in the last minute."""

    async def admit(self, who: Who, persons: Sequence[str], most: int) -> frozenset[str]:
        """Those of `persons` who are among the `most` of this minute. Never raises."""
        ...


class Pseudonyms:
    """HMACs, so that no number is remembered. `secret` is shared where the counting is; without one
    this process makes its own.
    """

    def __init__(self, secret: bytes | None = None) -> None:
        key = os.urandom(32) if secret is None else secret
        self._keyed = hmac.new(key, digestmod=hashlib.sha256)
        """Copied for each: `hmac.digest` lets other threads go first, every time."""

    def of(self, *parts: str) -> bytes:
        """16 bytes that stand for these texts, in this order."""
        made = self._keyed.copy()
        written = ", ".join(map(_ENCODER.encode, ("personen", *parts)))  # as of the whole list
        made.update(f"[{written}]".encode("ascii"))
        return made.digest()[:16]


class OwnCount:
    """The count of one process, in memory. `clock` is monotonic seconds."""

    def __init__(self, clock: Callable[[], float], pseudonyms: Pseudonyms | None = None) -> None:
        self._clock = clock
        self._pseudonyms = pseudonyms or Pseudonyms()
        self._seen: OrderedDict[bytes, OrderedDict[bytes, float]] = OrderedDict()

    def __len__(self) -> int:
        """How many callers are remembered."""
        return len(self._seen)

    async def admit(self, who: Who, persons: Sequence[str], most: int) -> frozenset[str]:
        """See PersonQuota."""
        now = self._clock()
        self._forget_before(now - MINUTE)
        caller = self._pseudonyms.of(*who)
        seen = self._seen.setdefault(caller, OrderedDict())
        self._seen.move_to_end(caller)
        _drop_before(seen, now - MINUTE)
        admitted = set()
        for person in dict.fromkeys(persons):
            pseudonym = self._pseudonyms.of(*who, person)
            if pseudonym in seen or len(seen) < most:
                seen[pseudonym] = now
                seen.move_to_end(pseudonym)
                admitted.add(person)
        return frozenset(admitted)

    def _forget_before(self, moment: float) -> None:
        """Callers who asked about nobody since: the longest ago stands first."""
        while self._seen:
            seen = next(iter(self._seen.values()))
            if seen and next(reversed(seen.values())) > moment:
                return
            self._seen.popitem(last=False)


def _drop_before(seen: OrderedDict[bytes, float], moment: float) -> None:
    while seen and next(iter(seen.values())) <= moment:
        seen.popitem(last=False)


class Scripts(Protocol):
    """What runs a script at Redis or Valkey: the connection of the cache."""

    async def run(self, script: str, keys: Sequence[str | bytes], *arguments: Any) -> Any:
        """What the script gives. Raises whatever the client raises."""
        ...


# One sorted set for each caller: who was asked about, by the millisecond of the last time. The time
# is the server's, since the clocks of several processes differ; a test gives its own.
_ADMIT: Final = """
local now = tonumber(ARGV[2])
if now < 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60000)
local room = tonumber(ARGV[1]) - redis.call('ZCARD', KEYS[1])
local admitted = {}
for at = 3, #ARGV do
  local known = redis.call('ZSCORE', KEYS[1], ARGV[at])
  if known or room > 0 then
    if not known then room = room - 1 end
    redis.call('ZADD', KEYS[1], now, ARGV[at])
    admitted[#admitted + 1] = at - 3
  end
end
redis.call('PEXPIRE', KEYS[1], 60000)
return admitted
"""


class SharedCount:
    """The count of all processes together, at Redis or Valkey.

    While that cannot be reached, each process counts for itself: nobody is let through uncounted.
    What this process let through bounds it too, since a server that is full may forget its count.
    `timed` bounds the asking; `now` is for tests: milliseconds, where the server's own will not do.
    """

    def __init__(
        self,
        scripts: Scripts,
        pseudonyms: Pseudonyms,
        own: PersonQuota,
        *,
        timed: Callable[[Awaitable[Any]], Awaitable[Any]],
        now: Callable[[], int] | None = None,
    ) -> None:
        self._scripts = scripts
        self._pseudonyms = pseudonyms
        self._own = own
        self._timed = timed
        self._now = now or _of_the_server

    async def admit(self, who: Who, persons: Sequence[str], most: int) -> frozenset[str]:
        """See PersonQuota."""
        distinct = list(dict.fromkeys(persons))
        if not distinct:
            return frozenset()
        key = b"bronpoort:personen:" + self._pseudonyms.of(*who)
        members = [self._pseudonyms.of(*who, person) for person in distinct]
        try:
            found = await self._timed(self._scripts.run(_ADMIT, [key], most, self._now(), *members))
            admitted = [distinct[int(at)] for at in found]
        except Exception:  # whatever the client raises: counted here instead
            admitted = distinct
        return await self._own.admit(who, admitted, most)


def _of_the_server() -> int:
    return -1


class Tally:
    """The persons of one operation: at most `most`, and no more than `admit` lets through."""

    def __init__(self, most: int, admit: Admit) -> None:
        self._most = most
        self._admit = admit
        self._seen: set[Hashable] = set()
        self._admitted: set[str] = set()
        self.refused = False
        """Whether the quota of the minute kept anything back."""
        self.asked = False
        """Whether anything was asked for, about a person or not."""

    def within(self, persons: Iterable[Hashable]) -> set[Hashable]:
        """Those for whom there is room in this operation; they are counted from here on."""
        found: set[Hashable] = set()
        for person in persons:
            if person in self._seen or len(self._seen) < self._most:
                self._seen.add(person)
                found.add(person)
        return found

    async def admitted(self, persons: Iterable[Hashable]) -> set[Hashable]:
        """Those who are within the quota of the minute; who was let through stays so, in this
        operation.
        """
        asked = {str(person): person for person in persons}
        unknown = [person for person in asked if person not in self._admitted]
        if unknown:
            self._admitted |= await self._admit(unknown)
        admitted = {person for name, person in asked.items() if name in self._admitted}
        self.refused = self.refused or len(admitted) < len(asked)
        return admitted


async def admit_all(persons: Sequence[str]) -> frozenset[str]:
    """No quota: for who counts nothing."""
    return frozenset(persons)


def persons_in(value: Any) -> list[str]:
    """Who is in a list of persons that a search gave: a number, or what tells them apart else."""
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return [_identity(person) for person in listed if isinstance(person, Mapping)]


def _identity(person: Mapping[str, Any]) -> str:
    number = person.get(NUMBER)
    return number if isinstance(number, str) and number else json.dumps(person, sort_keys=True)
