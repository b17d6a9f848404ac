"""Discovery: what of an issuer's own description is believed, and an outage of it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from gateway.auth.discovery import FRESH, DiscoveredKeys
from gateway.auth.jwks import Fetch, FetchError

pytestmark = pytest.mark.anyio

ISSUER = "https://idp.test/realms/gemeente"
DESCRIPTION = f"{ISSUER}/.well-known/openid-configuration"
KEYS = f"{ISSUER}/keys"


class Idp:
    """An issuer in memory, that answers per address; notes what it is asked."""

    def __init__(self, issuer: str = ISSUER, *hosts: str) -> None:
        self.answers: dict[str, bytes | None] = {KEYS: b"keys"}
        self.asked: list[str] = []
        self.failures: list[str] = []
        self.now = 50.0
        self.keys = DiscoveredKeys(
            issuer, frozenset(hosts), self.fetch, lambda: self.now, self.failures.append
        )
        self.describe(jwks_uri=KEYS)

    def describe(self, at: str = DESCRIPTION, **changes: Any) -> None:
        """From now on this is the description."""
        self.answers[at] = json.dumps({"issuer": ISSUER, **changes}).encode()

    def fetch(self, address: str) -> Fetch:
        async def fetched() -> bytes:
            self.asked.append(address)
            answer = self.answers.get(address)
            if answer is None:
                raise FetchError("status 404")
            return answer

        return fetched

    async def refused(self) -> str:
        with pytest.raises(FetchError) as refused:
            await self.keys()
        return str(refused.value)


async def test_the_address_of_the_keys_is_looked_up_once_an_hour() -> None:
    idp = Idp()

    assert await idp.keys() == b"keys"
    idp.now += FRESH - 1
    await idp.keys()
    assert idp.asked == [DESCRIPTION, KEYS, KEYS]

    idp.now += 1
    await idp.keys()
    assert idp.asked[3:] == [DESCRIPTION, KEYS]


async def test_a_slash_at_the_end_of_the_issuer_is_not_doubled() -> None:
    """OpenID Connect Discovery 1.0, section 4; the description repeats the issuer as it is."""
    idp = Idp(f"{ISSUER}/")
    idp.describe(issuer=f"{ISSUER}/", jwks_uri=KEYS)

    assert await idp.keys() == b"keys"


async def test_a_description_that_is_away_leaves_the_known_address() -> None:
    idp = Idp()
    await idp.keys()
    idp.answers[DESCRIPTION] = None
    idp.now += FRESH

    assert await idp.keys() == b"keys"
    assert idp.failures == ["ontdekking: status 404"]


async def test_a_description_that_turns_bad_leaves_the_known_address() -> None:
    idp = Idp()
    await idp.keys()
    idp.describe(jwks_uri="https://evil.test/keys")
    idp.now += FRESH

    assert await idp.keys() == b"keys"
    assert idp.failures == ["ontdekking: jwks_uri bij een andere host"]
    assert "https://evil.test/keys" not in idp.asked


async def test_keys_that_moved_are_looked_up_again() -> None:
    """At the next attempt, not after an hour."""
    idp = Idp()
    await idp.keys()
    idp.answers[KEYS] = None
    idp.describe(jwks_uri=f"{ISSUER}/moved")
    idp.answers[f"{ISSUER}/moved"] = b"moved"

    assert await idp.refused() == "status 404"
    assert await idp.keys() == b"moved"


async def test_keys_may_be_at_a_host_that_is_named() -> None:
    idp = Idp(ISSUER, "https://keys.test:8443")
    idp.describe(jwks_uri="https://keys.test:8443/k")
    idp.answers["https://keys.test:8443/k"] = b"elsewhere"

    assert await idp.keys() == b"elsewhere"


def described(**changes: Any) -> Callable[[Idp], None]:
    """Describes the issuer so."""
    return lambda idp: idp.describe(**changes)


def literally(text: bytes) -> Callable[[Idp], None]:
    """This as a description."""
    return lambda idp: idp.answers.__setitem__(DESCRIPTION, text)


def absent(idp: Idp) -> None:
    """There is no description."""
    del idp.answers[DESCRIPTION]


OTHER = "beschrijving van een andere uitgever"
UNSAFE = "jwks_uri is geen veilig adres"
ELSEWHERE = "jwks_uri bij een andere host"
BAD: Mapping[str, tuple[Callable[[Idp], None], str]] = {
    "not there": (absent, "status 404"),
    "no JSON": (literally(b"{"), "geen leesbare beschrijving"),
    "very deep": (literally(b"[" * 100_000), "geen leesbare beschrijving"),
    "a list": (literally(b"[]"), OTHER),
    "another issuer": (described(issuer="https://evil.test", jwks_uri=KEYS), OTHER),
    "an issuer with a slash more": (described(issuer=f"{ISSUER}/", jwks_uri=KEYS), OTHER),
    "an issuer in other letters": (described(issuer=ISSUER.upper(), jwks_uri=KEYS), OTHER),
    "no issuer": (described(issuer=None, jwks_uri=KEYS), OTHER),
    "no address": (described(), "beschrijving zonder jwks_uri"),
    "a list of addresses": (described(jwks_uri=[KEYS]), "beschrijving zonder jwks_uri"),
    "no encryption": (described(jwks_uri="http://idp.test/keys"), UNSAFE),
    "a file": (described(jwks_uri="file:///etc/passwd"), UNSAFE),
    "a path": (described(jwks_uri="/keys"), UNSAFE),
    "a password": (described(jwks_uri="https://u:p@idp.test/keys"), UNSAFE),
    "a line end": (described(jwks_uri="https://idp.test/k\r\nx: y"), UNSAFE),
    "a port that is none": (described(jwks_uri="https://idp.test:99999/k"), UNSAFE),
    "this very machine": (described(jwks_uri="http://127.0.0.1/keys"), ELSEWHERE),
    "this machine, encrypted": (described(jwks_uri="https://localhost/keys"), ELSEWHERE),
    "the cloud's own address": (described(jwks_uri="https://169.254.169.254/k"), ELSEWHERE),
    "another host": (described(jwks_uri="https://evil.test/keys"), ELSEWHERE),
    "a host that ends alike": (described(jwks_uri="https://evil-idp.test/keys"), ELSEWHERE),
    "a host that begins alike": (described(jwks_uri="https://idp.test.evil.test/k"), ELSEWHERE),
    "another port": (described(jwks_uri="https://idp.test:8443/keys"), ELSEWHERE),
    "a backslash": (described(jwks_uri="https://evil.test\\@idp.test/keys"), UNSAFE),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_description_that_is_not_believed(name: str) -> None:
    """And nothing is asked of where it points."""
    make, expected = BAD[name]
    idp = Idp()
    make(idp)

    assert await idp.refused() == expected
    assert idp.asked == [DESCRIPTION]
