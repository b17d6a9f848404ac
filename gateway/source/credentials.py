"""How we prove to a source who we are (operation): one object per source and tenant.

Each turns an end user into the headers of one request, and hears when the source refused them.
Secrets stay in private attributes and in no `repr`.
"""

import asyncio
import base64
import warnings
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import cachetools
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import OctKey

from gateway.source import settings
from gateway.source.errors import SourceError, SourceFault
from gateway.source.surroundings import Surroundings

Headers = Mapping[str, str]

_JWT_SECONDS = 120.0
_JWT_USERS = 1_000
# Registries refuse a token from the future, and their clocks differ from ours.
_JWT_BACKDATED = 10
_TOKEN_LONGEST = 16_384
_TOKEN_LEEWAY = 30.0
_TOKEN_DEFAULT_SECONDS = 60.0
_TOKEN_MOST_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class EndUser:
    """For whom we ask, as the source's audit trail will have it: an `id` and a `name`."""

    id: str
    name: str


class Credentials(Protocol):
    """The one shape of all kinds."""

    def ready(self, user: EndUser | None) -> Headers | None:
        """The headers of one request; None if they must be waited for. Never changed."""
        ...

    async def headers(self, user: EndUser | None) -> Headers:
        """The headers of one request. SourceError if they cannot be had."""
        ...

    def refused(self, headers: Headers) -> bool:
        """The source answered 401 to `headers`; True if others may do better."""
        ...

    def close(self) -> None:
        """Give up what is under way."""
        ...


# Puts one form to the token endpoint and hands on the JSON answer, or raises SourceError.
PostForm = Callable[[str, Mapping[str, str], bytes], Awaitable[Any]]


def credentials_for(
    source: str,
    chosen: settings.Credentials,
    surroundings: Surroundings,
    post_form: PostForm,
) -> Credentials:
    """The credentials that the tenant file describes."""
    match chosen:
        case settings.Geen():
            return Fixed({})
        case settings.ApiKey():
            return Fixed({chosen.header.lower(): chosen.waarde.get_secret_value()})
        case settings.Token():
            return Fixed({"authorization": f"Token {chosen.waarde.get_secret_value()}"})
        case settings.ZgwJwt():
            return ZgwJwt(chosen, surroundings)
        case settings.ClientCredentials():
            return ClientCredentials(source, chosen, surroundings, post_form)


class Fixed:
    """The same headers at every request."""

    def __init__(self, headers: Headers) -> None:
        self._headers = headers

    def ready(self, user: EndUser | None) -> Headers:
        """The headers, whoever the user."""
        return self._headers

    async def headers(self, user: EndUser | None) -> Headers:
        """The same."""
        return self._headers

    def refused(self, headers: Headers) -> bool:
        """There are no others."""
        return False

    def close(self) -> None:
        """Nothing is under way."""


class ZgwJwt:
    """A JWT (HS256) that names the end user, used again for two minutes (API's voor Zaakgericht
    Werken, "Authenticatie en autorisatie"). Without an end user the client itself is named.
    """

    def __init__(self, chosen: settings.ZgwJwt, surroundings: Surroundings) -> None:
        self._client_id = chosen.client_id
        with warnings.catch_warnings():  # `gateway.advice` says it, with the name of the source
            warnings.simplefilter("ignore", SecurityWarning)
            self._key = OctKey.import_key(chosen.secret.get_secret_value())
        self._now = surroundings.now
        self._clock = surroundings.clock
        self._minted: cachetools.TTLCache[EndUser, tuple[float, Headers]] = cachetools.TTLCache(
            _JWT_USERS, _JWT_SECONDS, timer=surroundings.clock
        )
        self._last: tuple[EndUser | None, float, Headers] = (None, 0.0, {})
        """Of an operation that asks a hundred times: whose it was, until when, and what. It stays
        until somebody else asks."""

    async def headers(self, user: EndUser | None) -> Headers:
        """The bearer token of this user."""
        return self.ready(user)

    def ready(self, user: EndUser | None) -> Headers:
        """The same."""
        whose, ends, headers = self._last
        if user is None or user is not whose or self._clock() >= ends:
            self._last = user, *self._minted_for(user or EndUser(self._client_id, self._client_id))
            headers = self._last[2]
        return headers

    def refused(self, headers: Headers) -> bool:
        """A new one would be no different."""
        return False

    def close(self) -> None:
        """Nothing is under way."""

    def _minted_for(self, user: EndUser) -> tuple[float, Headers]:
        found = self._minted.get(user)
        if found is None:
            headers = {"authorization": f"Bearer {self._mint(user)}"}
            found = self._minted[user] = (self._clock() + _JWT_SECONDS, headers)
        return found

    def _mint(self, user: EndUser) -> str:
        claims = {
            "iss": self._client_id,
            "iat": int(self._now()) - _JWT_BACKDATED,
            "client_id": self._client_id,
            "user_id": user.id,
            "user_representation": user.name,
        }
        return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, self._key, algorithms=["HS256"])


@dataclass(frozen=True, slots=True, repr=False)
class _Held:
    headers: Headers
    renew_at: float
    ends: float


class ClientCredentials:
    """An access token of our own (RFC 6749, 4.4), fetched once however many calls wait for it,
    renewed before it ends, and once more when the source refuses it.
    """

    def __init__(
        self,
        source: str,
        chosen: settings.ClientCredentials,
        surroundings: Surroundings,
        post_form: PostForm,
    ) -> None:
        self._source = source
        self._chosen = chosen
        self._clock = surroundings.clock
        self._post_form = post_form
        self._held: _Held | None = None
        self._fetching: asyncio.Task[_Held] | None = None

    def ready(self, user: EndUser | None) -> Headers | None:
        """The bearer token, until it is to be renewed; the user plays no part in it."""
        held = self._held
        return held.headers if held is not None and self._clock() < held.renew_at else None

    async def headers(self, user: EndUser | None) -> Headers:
        """The same, or another, once that has come."""
        ready = self.ready(user)
        if ready is not None:
            return ready
        held = self._held
        try:
            return (await asyncio.shield(self._flight())).headers
        except SourceError:
            if held is not None and self._clock() < held.ends:
                return held.headers
            raise

    def refused(self, headers: Headers) -> bool:
        """Forget the token, unless it has been renewed since."""
        if self._held is not None and self._held.headers is headers:
            self._held = None
        return True

    def close(self) -> None:
        """Stop fetching."""
        if self._fetching is not None:
            self._fetching.cancel()

    def _flight(self) -> asyncio.Task[_Held]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(_heard)
        return self._fetching

    async def _fetch(self) -> _Held:
        chosen = self._chosen
        form = {"grant_type": "client_credentials", **chosen.extra}
        if chosen.scope:
            form["scope"] = chosen.scope
        headers: dict[str, str] = {}
        secret = chosen.secret.get_secret_value()
        if chosen.plaats == "body":
            form |= {"client_id": chosen.client_id, "client_secret": secret}
        else:
            headers["authorization"] = _basic(chosen.client_id, secret)
        answer = await self._post_form(chosen.token_url, headers, urlencode(form).encode("ascii"))
        self._held = self._read(answer)
        return self._held

    def _read(self, answer: Any) -> _Held:
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not _is_token(token):
            raise SourceFault(self._source, "token endpoint: no usable access_token")
        seconds = _seconds(answer.get("expires_in"))
        now = self._clock()
        early = min(_TOKEN_LEEWAY, seconds / 2)
        return _Held({"authorization": f"Bearer {token}"}, now + seconds - early, now + seconds)


def _basic(client_id: str, secret: str) -> str:
    # RFC 6749, 2.3.1: both are form-encoded before they are put together.
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return "Basic " + base64.b64encode(pair.encode("ascii")).decode("ascii")


def _is_token(token: str) -> bool:
    visible = token.isascii() and token.isprintable() and " " not in token
    return visible and 0 < len(token) <= _TOKEN_LONGEST


def _seconds(expires_in: object) -> float:
    if isinstance(expires_in, str) and expires_in.isascii() and expires_in.isdigit():
        expires_in = int(expires_in[:10])
    if isinstance(expires_in, bool) or not isinstance(expires_in, int | float) or expires_in <= 0:
        return _TOKEN_DEFAULT_SECONDS
    return min(float(expires_in), _TOKEN_MOST_SECONDS)


def _heard(task: "asyncio.Task[_Held]") -> None:
    """Look at the error, so that one nobody waited for is not reported as lost."""
    if not task.cancelled():
        task.exception()
