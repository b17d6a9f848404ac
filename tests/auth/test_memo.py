"""Tokens seen before cost nothing, for a minute at most."""

import pytest

from gateway.auth.errors import Unauthenticated
from gateway.auth.issuer import Issuer
from gateway.auth.jwks import FixedKeys
from gateway.auth.keys import KeyRing
from gateway.auth.memo import LONGEST
from gateway.auth.tokens import Tokens
from tests.auth.signing import AUDIENCE, EC, EC_ISSUER, NOW, PURPOSES, bearer, claims, ring

pytestmark = pytest.mark.anyio


class CountingKeys(FixedKeys):
    """Counts how often a token is really verified."""

    asked = 0

    async def find(self, kid: str | None) -> KeyRing:
        self.asked += 1
        return await super().find(kid)


class World:
    """One issuer and a clock that a test moves."""

    def __init__(self, memo_size: int = 100) -> None:
        self.now = NOW
        self.keys = CountingKeys(ring(EC))
        issuer = Issuer(EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), self.keys)
        self.tokens = Tokens([issuer], PURPOSES, clock=lambda: self.now, memo_size=memo_size)


async def test_an_equal_token_is_verified_once_a_minute() -> None:
    world = World()
    header = bearer(claims())
    first = await world.tokens.verify(header)
    world.now += 59.9
    assert first == await world.tokens.verify(header)
    assert world.keys.asked == 1

    world.now += 0.1
    await world.tokens.verify(header)
    assert world.keys.asked == 2


async def test_a_token_is_not_remembered_beyond_its_expiry() -> None:
    world = World()
    header = bearer(claims(exp=NOW + 10))
    await world.tokens.verify(header)
    world.now += 10
    await world.tokens.verify(header)
    assert world.keys.asked == 2

    world.now += 30
    with pytest.raises(Unauthenticated):
        await world.tokens.verify(header)


async def test_a_clock_set_back_makes_it_verify_again() -> None:
    world = World()
    header = bearer(claims(iat=NOW - 500))
    await world.tokens.verify(header)
    world.now -= 400
    await world.tokens.verify(header)

    assert world.keys.asked == 2


async def test_the_least_recently_used_token_makes_room() -> None:
    world = World(memo_size=2)
    first, second, third = (bearer(claims(sub=f"u-{number}")) for number in range(3))
    for header in (first, second, first, third, first):
        await world.tokens.verify(header)
    assert world.keys.asked == 3

    await world.tokens.verify(second)
    assert world.keys.asked == 4


async def test_a_refused_token_is_not_remembered() -> None:
    world = World()
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            await world.tokens.verify(bearer(claims(aud="other")))

    assert world.keys.asked == 2


async def test_what_is_not_believed_any_more_is_not_kept() -> None:
    """Also where nobody sends the token again."""
    world = World()
    await world.tokens.verify(bearer(claims()))
    world.tokens.sweep()
    kept = len(world.tokens._memo)
    world.now += LONGEST
    world.tokens.sweep()

    assert (kept, len(world.tokens._memo)) == (1, 0)
