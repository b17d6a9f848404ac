"""One upstream as one tenant reaches it, for one operation (operation): what a read is handed."""

from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from gateway.source.addresses import Parameters, is_uuid, joined, uuid_below
from gateway.source.credentials import EndUser
from gateway.source.errors import ForeignAddress, SourceFault, SourceRefusedQuestion
from gateway.source.ledger import Account, Ledger
from gateway.source.stream import Bounds, Streaming
from gateway.source.tape import Tape, fingerprint
from gateway.source.upstream import OURS, Upstream
from gateway.source.wire import Outgoing

Flag = TypeVar("Flag", str, int, bool)

_JSON = "application/json; charset=utf-8"


@dataclass(slots=True)  # made for every source: frozen it takes three times as long
class Occasion:
    """The operation for which sources are asked. Read-only.

    `deadline` is a moment of the upstreams' clock (monotonic seconds); `user` is named in the
    sources' audit trails; `traceparent` (W3C Trace Context, 3.2) is passed on.
    """

    deadline: float
    ledger: Ledger
    user: EndUser | None = None
    traceparent: str | None = None


class Source:
    """Made per operation and cheap; all that lasts is in the upstream.

    Answers are plain dicts and lists, possibly shared with other operations: never change them.
    """

    __slots__ = (
        "_headers",
        "_occasion",
        "_said",
        "_span",
        "_tape",
        "_upstream",
        "account",
        "address",
        "dialect",
        "name",
    )

    def __init__(
        self, upstream: Upstream, occasion: Occasion, headers: Mapping[str, str] | None = None
    ) -> None:
        """`headers` are what this source wants to hear for the purpose of the operation."""
        self.name: str = upstream.name
        self.dialect: Mapping[str, str | int | bool] = upstream.settings.dialect
        self.account: Account = occasion.ledger.account(upstream.name)
        self.address: str = upstream.settings.address
        """The base that is dialled: part of what makes two answers the same answer."""
        self._upstream = upstream
        self._occasion = occasion
        self._headers = tuple(headers.items()) if headers else ()
        self._said: tuple[Mapping[str, str] | None, bool, Mapping[str, str]] | None = None
        self._tape: Tape | None = None
        self._span: str | None = None

    def taped(self, tape: Tape) -> "Source":
        """The same source, for one load: what it is asked is noted, and asked conditionally where
        the tape says so. Then an answer may be the error `NotModified`.
        """
        made = Source(self._upstream, self._occasion, dict(self._headers))
        made._tape = tape
        return made

    @property
    def traceparent(self) -> str | None:
        """What this source hears of the trace (W3C Trace Context); None if nothing."""
        return self._occasion.traceparent

    @property
    def span(self) -> str:
        """The span that this source hears of (W3C Trace Context); empty if it hears of none."""
        if self._span is None:
            told = self._occasion.traceparent
            self._span = told.split("-")[2] if told else ""
        return self._span

    @property
    def variant(self) -> str:
        """Its dialect, hashed: what it is asked, and how what it says is read, depends on it."""
        return self._upstream.variant

    @property
    def known_as(self) -> str:
        """Its credentials and headers, hashed: what it shows depends on them."""
        return self._upstream.known_with(self._headers)

    def flag(self, name: str, default: Flag) -> Flag:
        """How this vendor's registry differs: a flag of the tenant file, or else `default`."""
        value = self.dialect.get(name, default)
        if type(value) is not type(default):
            raise SourceFault(self.name, "dialect flag of another kind")
        return value

    def get(
        self,
        *segments: str,
        params: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
        heard: dict[str, str] | None = None,
    ) -> Coroutine[Any, Any, Any]:
        """What the source answers to GET on the path of these segments. Raises SourceError.

        `heard` gets the headers of the answer, by their names in lower case.
        """
        return self._ask("GET", segments, params, headers, None, heard)

    async def post(
        self,
        *segments: str,
        json: Any,
        params: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
        heard: dict[str, str] | None = None,
    ) -> Any:
        """What it answers to a question put in a body. Only for questions: it may be put twice."""
        return await self._ask("POST", segments, params, headers, self._encoded(json), heard)

    async def tell(self, method: str, *segments: str, json: Any = None) -> None:
        """Have it do something with POST, PUT or DELETE; not for a question. Raises SourceError.

        Asked once: if no answer comes, it may have been done.
        """
        content = None if json is None else self._encoded(json)
        sent = self._all_headers(None, content is not None)
        occasion = self._occasion
        trace = occasion.traceparent
        outgoing = Outgoing(method, self._url(segments, None), sent, content, traceparent=trace)
        await self._upstream.tell(
            outgoing, deadline=occasion.deadline, user=occasion.user, account=self.account
        )

    def stream(
        self,
        *segments: str,
        bounds: Bounds,
        params: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Streaming:
        """The bytes that it answers to GET, to be passed on; asked once, never a second time.

        Addresses, headers, credentials and the time until the answer begins are as with `get`; the
        time of the rest is bounded by the caller, silence by `bounds`.
        """
        anything = {"accept": "*/*", **(headers or {})}
        url, sent = self._url(segments, params), self._all_headers(anything, False)
        occasion = self._occasion
        outgoing = Outgoing("GET", url, sent, traceparent=occasion.traceparent)
        return self._upstream.stream(
            outgoing,
            deadline=occasion.deadline,
            user=occasion.user,
            account=self.account,
            bounds=bounds,
        )

    def uuid_of(self, url: object, resource: str) -> str:
        """The UUID in `url`, if that is `<base>/<resource>/<uuid>` for the address or a canonical
        base of this source; ForeignAddress for anything else. In lower case.
        """
        if isinstance(url, str):
            found = uuid_below(self._upstream.bases, resource, url)
            if found is not None:
                return found
        raise ForeignAddress(self.name, f"not the address of one of its {resource}")

    def url_of(self, resource: str, uuid: str) -> str:
        """The URL of a resource as the source itself writes it, for filters that take a URL."""
        if not is_uuid(uuid.lower()):
            raise SourceRefusedQuestion(self.name, "not a uuid")
        settings = self._upstream.settings
        base = settings.canonical[0] if settings.canonical else settings.address
        return f"{base}/{resource}/{uuid.lower()}"

    async def _ask(
        self,
        method: str,
        segments: Sequence[str],
        params: Parameters | None,
        headers: Mapping[str, str] | None,
        content: bytes | None,
        heard: dict[str, str] | None,
    ) -> Any:
        url = self._url(segments, params)
        sent = self._all_headers(headers, content is not None)
        tape = self._tape
        if tape is None:
            occasion = self._occasion
            outgoing = Outgoing(method, url, sent, content, heard, occasion.traceparent)
            return await self._upstream.ask(
                outgoing, deadline=occasion.deadline, user=occasion.user, account=self.account
            )
        trace = self._occasion.traceparent
        if method != "GET":
            tape.spoil()
            return await self._exchange(Outgoing(method, url, sent, content, heard, trace))
        found = fingerprint(url, sent, self._upstream.identity(self._occasion.user))
        heard = {} if heard is None else heard
        condition = tape.condition(found)
        asked = Outgoing(method, url, {**sent, **condition}, None, heard, trace)
        answer = await self._exchange(asked)
        tape.note(found, heard.get("etag"))
        return answer

    def _exchange(self, outgoing: Outgoing) -> Awaitable[Any]:
        occasion = self._occasion
        return self._upstream.ask(
            outgoing, deadline=occasion.deadline, user=occasion.user, account=self.account
        )

    def _url(self, segments: Sequence[str], params: Parameters | None) -> str:
        try:
            return joined(self.address, segments, params)
        except ValueError:
            raise SourceRefusedQuestion(self.name, "not a path segment or parameter") from None

    def _encoded(self, json: Any) -> bytes:
        try:
            return msgspec.json.encode(json)
        except ValueError:
            raise SourceRefusedQuestion(self.name, "not writable as JSON") from None

    def _all_headers(self, own: Mapping[str, str] | None, has_body: bool) -> Mapping[str, str]:
        """Fixed headers, then those of the purpose, then the read's, then what only we decide.

        The last are remembered: a page asks a hundred times with the same. Without any of a read
        they are those of every operation for that purpose.
        """
        if own is None and not has_body:
            return self._upstream.headers_with(self._headers)
        said = self._said
        if said is None or said[0] != own or said[1] is not has_body:
            made = self._made_headers(own, has_body)
            self._said = said = (None if own is None else dict(own), has_body, made)
        return said[2]

    def _made_headers(self, own: Mapping[str, str] | None, has_body: bool) -> Mapping[str, str]:
        made = {**self._upstream.headers_with(self._headers)}
        if own:
            made |= self._upstream.checked(own.items())
            made |= OURS
        if has_body:
            made["content-type"] = _JSON
        return made
