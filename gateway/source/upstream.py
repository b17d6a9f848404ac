"""What outlives an operation of one source as one tenant reaches it (operation).

Its connections, its turn-taking, its breaker, its credentials. Nothing is shared between two
sources, so that one that hangs holds up no other.

One question takes these steps, each its own method: a time limit on all of it, at most two
attempts, a turn among `parallel`, leave from the breaker, what the quota leaves, one exchange over
HTTP, a verdict.
A stream takes the same steps until its answer begins, in one attempt, and keeps its turn until it
ends; at most half of the turns may be kept so, because how long is up to whoever receives it.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, NoReturn, TypeVar

import httpx
from pydantic import SecretStr

from gateway.source import body
from gateway.source.breaker import Breaker, Outcome
from gateway.source.credentials import EndUser, credentials_for
from gateway.source.cutoff import Cutoff, Deadlines
from gateway.source.errors import (
    SourceError,
    SourceFault,
    SourceMissing,
    SourceQuota,
    SourceTimeout,
    SourceTooLarge,
    SourceUnreachable,
)
from gateway.source.ledger import Account
from gateway.source.quota import Allowance, Meter
from gateway.source.retries import RetryBudget, pause
from gateway.source.settings import SourceSettings, header_name, header_value
from gateway.source.stream import Bounds, Streamed
from gateway.source.surroundings import Surroundings
from gateway.source.tape import NotModified
from gateway.source.transports import timeouts, wire_over
from gateway.source.turns import Turns
from gateway.source.wire import Answer, Outgoing, Patience

T = TypeVar("T")
Headers = tuple[tuple[str, str], ...]

OURS = {"accept-encoding": "identity", "user-agent": "bronpoort"}
"""What every request of ours says, whatever anybody else would have it say."""
_PURPOSES = 256
_ERROR_BODY_MOST = 65_536
_FINE = frozenset({200, 201, 203})
_DONE = 204
_UNANSWERED = (httpx.NetworkError, httpx.ConnectTimeout, httpx.RemoteProtocolError)
_OF_THE_WIRE = (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError)


@dataclass(slots=True, repr=False)
class _Call:
    outgoing: Outgoing
    user: EndUser | None
    account: Account
    ends: float
    timer: Cutoff


@dataclass(slots=True, repr=False)
class _Reply:
    status: int
    json: bool
    content: bytes
    headers: Mapping[str, str]

    @property
    def retry_after(self) -> str | None:
        return self.headers.get("retry-after")


class _PassingError(Exception):
    """`error`, after which the same question may be put once more."""

    def __init__(self, error: SourceError, retry_after: str | None = None) -> None:
        super().__init__()
        self.error = error
        self.retry_after = retry_after


class Upstream:
    """One source of one tenant; close it with `aclose()`."""

    def __init__(
        self,
        name: str,
        settings: SourceSettings,
        surroundings: Surroundings,
        transport: httpx.AsyncBaseTransport,
        meter: Meter | None = None,
    ) -> None:
        self.name = name
        self.settings = settings
        self.bases = (settings.address, *settings.canonical)
        """What the addresses of its resources may begin with."""
        self.variant = _digest(sorted(settings.dialect.items()))
        """Tells one dialect from another."""
        self.known_as = _digest((self.identity(None), sorted(settings.headers.items())))
        """Tells what the source is told of who we are from what it was told before."""
        self.headers_with = lru_cache(_PURPOSES)(self._headers_with)
        self.known_with = lru_cache(_PURPOSES)(self._known_with)
        self.clock = surroundings.clock
        self._surroundings = surroundings
        self._transport = transport
        self._wire = wire_over(transport, settings.address)
        self._timeouts = timeouts(settings.timeout)
        self._turns = Turns(settings.parallel)
        self._waiting = 0
        self._streams = asyncio.Semaphore(max(1, settings.parallel // 2))
        self.streaming = 0
        """Streams that are open now; however long ago they were asked for, it is in use."""
        self._breaker = Breaker(surroundings.clock)
        self._budget = RetryBudget()
        self._deadlines = Deadlines()
        meter = meter or Meter(surroundings.clock, surroundings.now)
        self._allowance = Allowance(name, settings.quota, meter, surroundings.sleep)
        self._credentials = credentials_for(
            name, settings.credentials, surroundings, self._post_form
        )

    async def ask(
        self, outgoing: Outgoing, *, deadline: float, user: EndUser | None, account: Account
    ) -> Any:
        """The JSON value that answers; `deadline` is a moment of `clock`. Raises SourceError."""
        started = self.clock()
        ends = min(started + self.settings.timeout, deadline)
        if ends <= started:
            raise SourceTimeout(self.name, "no time left")
        self._budget.save()
        try:
            with Cutoff(ends - started, self._deadlines) as timer:
                call = _Call(outgoing, user, account, ends, timer)
                try:
                    return await self._attempt(call)
                except _PassingError as passing:
                    return await self._second(call, passing)
        except TimeoutError:
            raise SourceTimeout(self.name, "cut off") from None
        finally:
            account.milliseconds += 1_000 * (self.clock() - started)

    async def tell(
        self, outgoing: Outgoing, *, deadline: float, user: EndUser | None, account: Account
    ) -> None:
        """Have it do something: never a second time, and 204 is well. Else as `ask`."""
        started = self.clock()
        ends = min(started + self.settings.timeout, deadline)
        if ends <= started:
            raise SourceTimeout(self.name, "no time left")
        try:
            with Cutoff(ends - started, self._deadlines) as timer:
                await self._attempt(_Call(outgoing, user, account, ends, timer))
        except TimeoutError:
            raise SourceTimeout(self.name, "cut off") from None
        except _PassingError as passing:
            raise passing.error from None
        except SourceFault as fault:
            if fault.status != _DONE:
                raise

    @asynccontextmanager
    async def stream(
        self,
        outgoing: Outgoing,
        *,
        deadline: float,
        user: EndUser | None,
        account: Account,
        bounds: Bounds,
    ) -> AsyncIterator[Streamed]:
        """An answer that has begun, its bytes still to come; `deadline` is for its beginning.

        Raises SourceError. Whoever leaves early, cancelled too, gives up the connection.
        """
        started = self.clock()
        ends = min(started + self.settings.timeout, deadline)
        if ends <= started:
            raise SourceTimeout(self.name, "no time left")
        async with AsyncExitStack() as held:
            held.callback(self._stream_ended)
            self.streaming += 1
            try:
                with Cutoff(ends - started, self._deadlines) as timer:
                    await held.enter_async_context(self._streams)
                    if not self._turns.take():
                        await self._wait_for_turn()
                    held.callback(self._turns.give)
                    call = _Call(outgoing, user, account, ends, timer)
                    answer = await self._admitted(call, partial(self._open, bounds))
                    held.push_async_callback(self._put_away, answer)
            except TimeoutError:
                raise SourceTimeout(self.name, "cut off") from None
            except _PassingError as passing:
                raise passing.error from None
            finally:
                account.milliseconds += 1_000 * (self.clock() - started)
            chunks = self._chunks(answer, bounds)
            held.push_async_callback(chunks.aclose)
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            yield Streamed(kind, body.declared(answer.headers), chunks)

    def _stream_ended(self) -> None:
        self.streaming -= 1

    def identity(self, user: EndUser | None) -> str:
        """As whom the source knows us: a text that is the same only for the same credentials and
        the same end user. Not for a log: it has secrets in it.
        """
        chosen = self.settings.credentials
        secrets = {
            name: value.get_secret_value() for name, value in chosen if isinstance(value, SecretStr)
        }
        known = {**chosen.model_dump(mode="python"), **secrets}
        return repr((self.name, sorted(known.items(), key=str), user and (user.id, user.name)))

    def checked(self, headers: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """These headers with their names in lower case; SourceFault if one may not be sent."""
        try:
            return {header_name(name).lower(): header_value(value) for name, value in headers}
        except ValueError:
            raise SourceFault(self.name, "a header that may not be sent") from None

    def _headers_with(self, headers: Headers) -> Mapping[str, str]:
        """What every request says for a purpose that has the source hear these."""
        fixed = self.checked(self.settings.headers.items())
        return {"accept": "application/json", **fixed, **self.checked(headers), **OURS}

    def _known_with(self, headers: Headers) -> str:
        """As `known_as`, where it also hears these."""
        return _digest((self.known_as, sorted(headers))) if headers else self.known_as

    async def aclose(self) -> None:
        """Close all connections."""
        self._credentials.close()
        await self._transport.aclose()
        self._deadlines.close()

    async def _second(self, call: _Call, passing: _PassingError) -> Any:
        """The question put once more, where there is room for that."""
        around = self._surroundings
        wait = pause(passing.retry_after, around.now, around.chance)
        in_time = self.clock() + wait < call.ends
        if self._breaker.is_open or not in_time or not self._budget.spend():
            raise passing.error from None
        await around.sleep(wait)
        try:
            return await self._attempt(call)
        except _PassingError as again:
            raise again.error from None

    async def _attempt(self, call: _Call) -> Any:
        if not self._turns.take():
            await self._wait_for_turn()
        try:
            return await self._admitted(call, self._exchange)
        finally:
            self._turns.give()

    async def _admitted(self, call: _Call, exchange: Callable[[_Call], Awaitable[T]]) -> T:
        """What the exchange gives, with leave from the breaker, which hears how it went."""
        permit = self._breaker.admit()
        if permit is None:
            raise SourceUnreachable(self.name, "breaker open")
        outcome = Outcome.UNKNOWN
        started = self.clock()
        try:
            if self._allowance.limits:
                await self._allowance.pace(call.ends)
                started = self.clock()
            answer = await exchange(call)
            outcome = Outcome.ANSWERED
            return answer
        except asyncio.CancelledError:
            outcome = self._of_cancel(call, started)
            raise
        except _PassingError as passing:
            outcome = _of_error(passing.error)
            raise
        except SourceQuota:  # our own: it says nothing of the source
            raise
        except SourceError as error:
            outcome = _of_error(error)
            raise
        finally:
            self._breaker.settle(permit, outcome)

    async def _wait_for_turn(self) -> None:
        if self._waiting >= self.settings.waiting:
            raise SourceQuota(self.name, "too many waiting")
        self._waiting += 1
        try:
            await self._turns.wait()
        finally:
            self._waiting -= 1

    def _of_cancel(self, call: _Call, started: float) -> Outcome:
        # Cut off by our own limit, it says something of the source only if the source had at
        # least half its time: the rest may have gone to waiting for a turn, or was never there.
        had = self.clock() - started
        patient = call.timer.expired and had >= 0.5 * self.settings.timeout
        return Outcome.FAILED if patient else Outcome.UNKNOWN

    async def _exchange(self, call: _Call) -> Any:
        headers = self._credentials.ready(call.user)
        if headers is None:
            headers = await self._credentials.headers(call.user)
        reply = await self._roundtrip(call, headers)
        if reply.status == 401 and self._credentials.refused(headers):
            await self._allowance.pace(call.ends)
            reply = await self._roundtrip(call, await self._credentials.headers(call.user))
        if call.outgoing.heard is not None:
            call.outgoing.heard.update(reply.headers)
        if reply.status in _FINE:
            return self._decoded(reply)
        if reply.status == 304 and "if-none-match" in call.outgoing.headers:
            raise NotModified(self.name)
        self._verdict(reply)

    async def _roundtrip(self, call: _Call, credentials: Mapping[str, str]) -> _Reply:
        answer = await self._asked(call, credentials, self._timeouts)
        most = self.settings.max_bytes
        return _at_once(answer, most) or await self._taken(answer, most)

    async def _asked(
        self, call: _Call, credentials: Mapping[str, str], patience: Patience
    ) -> Answer:
        self._allowance.spend()
        call.account.calls += 1
        try:
            return await self._wire.begin(call.outgoing, credentials, patience)
        except _OF_THE_WIRE as error:
            raise self._unbegun(error) from None

    async def _taken(self, answer: Answer, most: int) -> _Reply:
        """The whole of an answer, which gives up or gives back its connection."""
        try:
            return await self._read(answer, most)
        finally:
            await self._put_away(answer)

    async def _read(self, answer: Answer, most: int) -> _Reply:
        try:
            return await _finished(answer, most)
        except body.BodyError as reason:
            raise SourceFault(self.name, str(reason), status=answer.status) from None
        except (httpx.HTTPError, httpx.StreamError, OSError, ValueError) as error:
            raise self._mapped(error) from None

    async def _open(self, bounds: Bounds, call: _Call) -> Answer:
        """An answer whose body may be passed on; any other becomes a SourceError."""
        patience = {**self._timeouts, "read": max(bounds.idle, self._timeouts["read"])}
        headers = await self._credentials.headers(call.user)
        answer = await self._asked(call, headers, patience)
        try:
            if answer.status == 401 and self._credentials.refused(headers):
                await self._put_away(answer)
                await self._allowance.pace(call.ends)
                headers = await self._credentials.headers(call.user)
                answer = await self._asked(call, headers, patience)
            if answer.status not in _FINE:
                self._verdict(await self._read(answer, _ERROR_BODY_MOST))
            body.check_plain(answer.headers)
            if (body.declared(answer.headers) or 0) > bounds.most:
                raise SourceTooLarge(self.name, "too large")
            return answer
        except body.BodyError as reason:
            await self._put_away(answer)
            raise SourceFault(self.name, str(reason), status=answer.status) from None
        except BaseException:
            await self._put_away(answer)
            raise

    async def _chunks(self, answer: Answer, bounds: Bounds) -> AsyncGenerator[bytes]:
        """The bytes as they come, counted; one chunk at a time is all that is ever held."""
        taken = 0
        while True:
            try:
                with Cutoff(bounds.idle, self._deadlines):
                    chunk = await answer.chunk()
            except TimeoutError:
                raise SourceTimeout(self.name, "nothing more came") from None
            except (httpx.HTTPError, httpx.StreamError, OSError, ValueError) as error:
                raise self._mapped(error) from None
            if chunk is None:
                return
            taken += len(chunk)
            if taken > bounds.most:
                raise SourceTooLarge(self.name, "too large")
            yield chunk

    def _unbegun(self, error: Exception) -> Exception:
        """What it is to whoever asked that no answer began."""
        mapped = self._mapped(error)
        return _PassingError(mapped) if isinstance(error, _UNANSWERED) else mapped

    async def _put_away(self, answer: Answer) -> None:
        try:
            await answer.aclose()
        except (httpx.HTTPError, OSError) as error:
            raise self._mapped(error) from None

    def _mapped(self, error: Exception) -> SourceError:
        kind = type(error).__name__
        match error:
            case httpx.ConnectTimeout():
                return SourceUnreachable(self.name, kind)
            case httpx.TimeoutException() | TimeoutError():
                return SourceTimeout(self.name, kind)
            case httpx.LocalProtocolError() | httpx.DecodingError():
                return SourceFault(self.name, kind)
            case httpx.TransportError() | OSError():
                return SourceUnreachable(self.name, kind)
            case _:
                return SourceFault(self.name, kind)

    def _verdict(self, reply: _Reply) -> NoReturn:
        """What it means that the source did not answer."""
        match reply.status:
            case 404 | 410 if reply.json or not reply.content:
                # A page of HTML instead says that the address is wrong, not that nothing is there.
                raise SourceMissing(self.name, problem=self._problem(reply).code)
            case 429:
                raise _PassingError(SourceQuota(self.name, "status 429"), reply.retry_after)
            case 502 | 503:
                error = SourceUnreachable(self.name, f"status {reply.status}")
                raise _PassingError(error, reply.retry_after)
            case 504:
                raise _PassingError(SourceTimeout(self.name, "status 504"), reply.retry_after)
            case status:
                found = self._problem(reply)
                raise SourceFault(
                    self.name,
                    f"status {status}",
                    status=status,
                    problem=found.code,
                    params=found.params,
                )

    @staticmethod
    def _problem(reply: _Reply) -> body.Problem:
        return body.problem(reply.content) if reply.json else body.Problem()

    def _decoded(self, reply: _Reply) -> Any:
        try:
            return body.decoded(reply.content)
        except body.BodyError as reason:
            raise SourceFault(self.name, str(reason), status=reply.status) from None

    async def _post_form(self, url: str, headers: Mapping[str, str], form: bytes) -> Any:
        """Ask the token endpoint; it has its own time limit, as its answer serves all callers."""
        own = {
            "accept": "application/json",
            "accept-encoding": "identity",
            "content-type": "application/x-www-form-urlencoded",
        }
        outgoing = Outgoing("POST", url, own, form)
        try:
            async with asyncio.timeout(self.settings.timeout):
                try:
                    answer = await self._wire.begin(outgoing, headers, self._timeouts)
                except _OF_THE_WIRE as error:
                    raise self._unbegun(error) from None
                reply = await self._taken(answer, _ERROR_BODY_MOST)
                if reply.status in _FINE:
                    return self._decoded(reply)
        except TimeoutError:
            raise SourceTimeout(self.name, "token endpoint: cut off") from None
        except _PassingError as passing:
            raise passing.error from None
        detail = f"token endpoint: status {reply.status}"
        if reply.status in (429, 502, 503, 504):
            raise SourceUnreachable(self.name, detail)
        raise SourceFault(self.name, detail, status=reply.status)


def _at_once(answer: Answer, most: int) -> _Reply | None:
    """An answer that has come whole, as nearly all do: then there is nothing to wait for. What is
    out of the ordinary is left to `_finished`, and so is every refusal.
    """
    if answer.status not in _FINE:
        return None
    headers = answer.headers
    if "content-encoding" in headers or not body.is_json(headers):
        return None
    content = answer.whole(most)
    return None if content is None else _Reply(answer.status, True, content, headers)


async def _finished(answer: Answer, most: int) -> _Reply:
    """Raises BodyError for a body that is not read, and the errors of the wire."""
    fine = answer.status in _FINE
    json = body.is_json(answer.headers)
    if fine and not json:
        raise body.BodyError("content type")
    try:
        content = await body.take(answer, most if fine else _ERROR_BODY_MOST)
    except body.BodyError:
        if fine:
            raise
        json, content = False, b"?"
    return _Reply(answer.status, json, content, answer.headers)


def _digest(told: object) -> str:
    return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _of_error(error: SourceError) -> Outcome:
    match error:
        case SourceUnreachable() | SourceTimeout():
            return Outcome.FAILED
        case SourceFault(status=int(status)) if status >= 500:
            return Outcome.FAILED
        case _:
            return Outcome.ANSWERED
