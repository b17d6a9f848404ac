"""The composition root (startup): settings, tenants, schema and registries become one application.

Everything that knows of more than one part of the machine is here. What stands outside the process
(transports, clocks, issuers of tokens) is handed in, so that a test fakes the world and nothing
else.
"""

import asyncio
import gc
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import structlog
from starlette.requests import Request
from starlette.types import ASGIApp

from gateway import account
from gateway.advice import remarks
from gateway.auth.fetch import jwks_client
from gateway.auth.issuer import Issuer
from gateway.auth.issuers import trusted
from gateway.auth.memo import digest_of
from gateway.auth.person_ref import PersonRefs
from gateway.auth.principal import Principal
from gateway.auth.seal import Seals
from gateway.auth.tokens import Tokens
from gateway.auth.veil import Veils
from gateway.configuration import Configuration, purposes_of
from gateway.deciding import NAME as DECISION_POINT
from gateway.deciding import Deciding, Decision, Outcome, Remembered
from gateway.doelbindingen import asked_of
from gateway.edge.at_once import AT_ONCE, AtOnce
from gateway.edge.authorize import Credentials, authorized, credentials
from gateway.edge.download import Delivered, Patience
from gateway.edge.endpoint import Endpoint, Handled
from gateway.edge.event_stream import ByAccept, EventStreams
from gateway.edge.explorer import Pass, Persona, Voorbeeld, explorer_routes
from gateway.edge.following import Admitted, Allowance, Following
from gateway.edge.headers import fixed_headers
from gateway.edge.heads import Standing as HeadStanding
from gateway.edge.health import Readiness
from gateway.edge.links import Links, Visitor
from gateway.edge.room import Room
from gateway.edge.site import build_site
from gateway.edge.socket import Sockets
from gateway.inzage import KnownInzage
from gateway.kept import make_cache, person_quota, policy_of
from gateway.notifying import Notifying
from gateway.observe.audit import Action, Actor
from gateway.observe.log import (
    DecisionEvent,
    DownloadEvent,
    OperationEvent,
    SourceCalls,
    decision_event,
    download_event,
    known_name,
    operation_event,
    wanted,
)
from gateway.observe.segments import Disk
from gateway.observe.trace import Trace, new_span, trace_of
from gateway.operation.answer import Answer, Caller, Operations
from gateway.operation.changes import Changes
from gateway.operation.fetch import Sources
from gateway.operation.limits import Limits
from gateway.operation.persons import PersonQuota
from gateway.operation.recalled import Recollection
from gateway.recording import Recording, check_account
from gateway.rights import KnownRights
from gateway.settings import Settings
from gateway.source.cache import Cache, Scope
from gateway.source.credentials import EndUser
from gateway.source.directory import Directory, parted
from gateway.source.errors import ConfigurationMissing, NotRecorded, SourceError, SourceFault
from gateway.source.ledger import Ledger
from gateway.source.settings import SourceSettings
from gateway.source.source import Occasion, Source
from gateway.source.stream import Bounds
from gateway.source.surroundings import Surroundings
from gateway.source.transports import transport_for
from gateway.source.upstreams import Upstreams
from gateway.standing import Reached, Standing, Standings
from gateway.telling import Said, told, unheard, unsaid, untold
from gateway.tenants import Dialects, Tenant
from resolvers import REGISTRIES, registries
from schema.language import coordinates
from schema.language.assemble import assemble
from schema.language.declare import Derived
from schema.language.facts import Facts
from schema.objecten import Objecttype

GRACE = 5.0
"""Seconds after an operation's deadline at which nothing of it can be left."""
SWEEP = 5.0
"""Seconds between looking for what is kept in memory and of no more use."""
QUIET = 1.0
"""Seconds that the first questions have for themselves, before what may wait is made."""
IDLE = 300.0
"""Seconds after which connections that nobody used are closed."""
STATIC = Path(__file__).parent / "_static" / "graphiql"
_STATUSES = {Outcome.TOEGESTAAN: 200, Outcome.GEWEIGERD: 403, Outcome.NIET_BESLIST: 503}
"""How the audit line of a decision tells what was decided."""


@cache
def published(objecttypes: tuple[Objecttype, ...] = ()) -> Facts:
    """The published schema of all registries, assembled and proven once."""
    return assemble(registries(objecttypes))


def known_sources() -> frozenset[str]:
    """The names of the sources that a tenant may have."""
    return frozenset(name for registry in REGISTRIES for name in registry.sources)


def several_sources() -> frozenset[str]:
    """Those of which a tenant may have more than one."""
    return frozenset().union(*(registry.several for registry in REGISTRIES))


@cache
def known_inzage() -> KnownInzage:
    """What purposes may say of what is shown, by name."""
    return {name: each for registry in REGISTRIES for name, each in registry.inzage.items()}


def kind_of(name: str) -> str:
    """The kind of a source, by its name in a municipality's file."""
    found = parted(name, known_sources())
    return found[0] if found else name


@cache
def families() -> Mapping[str, str]:
    """The registry of each source."""
    return {name: registry.name for registry in REGISTRIES for name in registry.sources}


def known_dialects(objecttypes: tuple[Objecttype, ...] = ()) -> Dialects:
    """Per source the flags that a tenant may set."""
    return {
        name: flags
        for registry in registries(objecttypes)
        for name, flags in registry.dialects.items()
    }


@dataclass(frozen=True, slots=True)
class Outside:
    """What the process is connected to, beside what the configuration names."""

    transport: Callable[[SourceSettings], httpx.AsyncBaseTransport] = transport_for
    surroundings: Surroundings = field(default_factory=Surroundings)
    jwks: httpx.AsyncBaseTransport | None = None
    jwks_tls: ssl.SSLContext | None = None
    collector: httpx.AsyncBaseTransport | None = None
    disk: Disk | None = None
    """Where processing is written down: only a test has another than the real one."""


@dataclass(frozen=True, slots=True)
class Explorer:
    """What the explorer shows beside the schema; `issue` only where there are personas."""

    examples: Sequence[Voorbeeld] = ()
    personas: Sequence[Persona] = ()
    issue: Callable[[str], Pass] | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """What one configuration is made into; a new configuration replaces it as a whole."""

    configuration: Configuration
    issuers: Sequence[Issuer]
    """Those of the configuration, with the keys that are known of them."""
    tokens: Tokens
    upstreams: Upstreams
    directories: Mapping[str, Directory]
    """By code of the tenant."""
    account: account.Account
    """What the tenants' persons see of what was done."""
    remembered: Mapping[str, Remembered]
    """By code of the tenants that have a decision point."""
    said: Said = field(default_factory=dict)
    """What sources hear for a purpose, as far as it was asked."""
    rights: KnownRights = field(default_factory=KnownRights)
    standings: Standings = field(default_factory=Standings)
    recollection: Recollection = field(default_factory=Recollection)
    mark: object = field(default_factory=object)
    """Itself only: what was answered under one configuration is not given under another."""


@dataclass(slots=True)
class Gateway:
    """The gateway of one process. Serve `asgi`, or use `running` and call it directly."""

    settings: Settings
    configuration: Configuration
    """The one to start with; `replace` gives another while running."""
    facts: Facts
    outside: Outside = field(default_factory=Outside)
    own_issuers: Sequence[Issuer] = ()
    """Issuers beside those of the configuration: the demo's."""
    explorer: Explorer = field(default_factory=Explorer)
    readiness: Readiness = field(default_factory=Readiness)
    asgi: ASGIApp = field(init=False)
    _live: Live | None = None
    _jwks: httpx.AsyncClient | None = None
    _chores: set[asyncio.Task[None]] = field(default_factory=set)
    _cache: Cache = field(init=False)
    _at_once: AtOnce[Caller, Answer] = field(init=False)
    _links: Links = field(init=False)
    _veils: Veils = field(init=False)
    recording: Recording = field(init=False)
    """The account of personal data."""
    _quota: PersonQuota = field(init=False)
    _close_quota: Callable[[], Awaitable[None]] = field(init=False)
    _changes: Changes = field(init=False)
    _following: Following = field(init=False)
    _log: Any = field(default_factory=lambda: structlog.get_logger("bronpoort"))

    def __post_init__(self) -> None:
        settings = self.settings
        self._cache = make_cache(settings.cache, self.outside.surroundings, self._redis_state)
        self._links = self._made_links()
        self._veils = Veils([key.get_secret_value() for key in settings.person_ref.keys])
        check_account(settings, list(self.configuration.tenants.values()), self.facts)
        self.recording = Recording(
            settings,
            self.outside.surroundings,
            self._account_report,
            collector=self.outside.collector,
            disk=self.outside.disk,
        )
        self._quota, self._close_quota = person_quota(settings.cache, self.outside.surroundings)
        operations = Operations(
            self.facts,
            limits=Limits(**settings.limits.model_dump()),
            cache=self._cache,
            introspection=settings.introspection,
            report=self._failed,
            surroundings=self.outside.surroundings,
            quota=self._quota,
            alarm=self._too_many_persons,
        )
        room = Room(settings.max_concurrency, settings.max_concurrency)
        self._at_once = AtOnce(
            operations,
            room,
            self._stands,
            self._report_all,
            self.readiness.draining,
            fixed_headers(version("bronpoort")),
            body_bytes=settings.body_bytes,
        )
        endpoint: Endpoint[Caller, Answer] = Endpoint(
            self._authenticate,
            operations,
            room,
            self._report,
            remember=self._at_once.remember,
            body_bytes=settings.body_bytes,
        )
        self._changes = Changes(self._cache)
        self._following = self._made_following(operations)
        events = EventStreams(
            self._following, self.outside.surroundings, body_bytes=settings.body_bytes
        )
        self.asgi = build_site(
            ByAccept(endpoint, events),
            self.readiness,
            version("bronpoort"),
            socket=Sockets(self._following, settings.cors_origins),
            more=[
                *self._download_routes(),
                *self._explorer_routes(),
                *Notifying(
                    lambda: self.configuration, self._cache, self._log, self._changes.tell
                ).routes(),
            ],
            lifespan=self._lifespan,
            origins=settings.cors_origins,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[ASGIApp]:
        """The application with its clients open; closes them afterwards."""
        async with (
            self.recording.running(),
            jwks_client(self.outside.jwks_tls, self.outside.jwks) as client,
        ):
            self._jwks = client
            self._live = self._made_live(self.configuration, None)
            self._changes.open()
            await self._cache.open()
            self.chore(self._release_idle())
            self.chore(self._sweep())
            self.chore(self._prepare())
            if self.recording.sending is not None:
                self.chore(self.recording.sending.run())
            self.readiness.opened()
            try:
                yield self.asgi
            finally:
                self.readiness.drain()
                await self.goodbye()
                self._changes.close()
                for chore in self._chores:
                    chore.cancel()
                await asyncio.gather(*self._chores, return_exceptions=True)
                await self._cache.aclose()
                await self._close_quota()
                await _close(self._live)
                await self.recording.finish()

    async def goodbye(self) -> None:
        """Ends the connections that would never end by themselves, before the process stops."""
        await self._following.goodbye()

    def replace(self, configuration: Configuration) -> None:
        """From now on this configuration; what runs under the one before is finished under it."""
        before = self._live
        assert before is not None  # noqa: S101  # replaced while running
        check_account(self.settings, list(configuration.tenants.values()), self.facts)
        self._live = self._made_live(configuration, before)
        self._at_once.heads.forget()
        self.configuration = configuration
        self.chore(self._close_later(before))

    def _made_live(self, configuration: Configuration, before: Live | None) -> Live:
        assert self._jwks is not None  # noqa: S101  # open for as long as the process serves
        tenants = configuration.tenants.values()
        advice = remarks(tenants, families(), several_sources(), known_inzage())
        for each in [*advice, *unsaid(tenants, kind_of, partial(asked_of, self.facts))]:
            log = self._log.bind(tenant=each.tenant, source=each.source)
            log.warning("let op in de configuratie", remark=each.text)
        surroundings = self.outside.surroundings
        issuers = trusted(
            configuration.issuers,
            self._jwks,
            surroundings.clock,
            self._keys_failed,
            before.issuers if before else (),
        )
        purposes = purposes_of(configuration.tenants)
        self._cache.policy = policy_of(self.settings.cache, configuration.tenants)
        meters = before.upstreams.meters if before else None
        own = account.Account(tenants, lambda: self.recording.verwerkingen)
        return Live(
            configuration,
            issuers,
            Tokens([*issuers, *self.own_issuers], purposes, surroundings.now),
            Upstreams(surroundings, own.beside(self.outside.transport), meters),
            {
                code: Directory(each.sources, families())
                for code, each in configuration.tenants.items()
            },
            own,
            {
                code: Remembered(each.decision_point.bewaren, surroundings.clock)
                for code, each in configuration.tenants.items()
                if each.decision_point is not None
            },
        )

    async def _close_later(self, live: Live) -> None:
        """Close what a configuration held, when the last operation and the last download under it
        must have ended.
        """
        longest = max(self.settings.deadline, self.settings.download.whole_seconds)
        try:
            await self.outside.surroundings.sleep(longest + GRACE)
        finally:
            await _close(live, self._live)
            del live
            gc.collect()  # it holds itself, secrets too, and otherwise that is not looked for soon

    async def _release_idle(self) -> None:
        """Keep no connections for municipalities that nobody asks about."""
        idle = max(IDLE, self.settings.deadline + GRACE)
        while True:
            await self.outside.surroundings.sleep(idle / 5)
            if self._live is not None:
                await self._live.upstreams.release_idle(idle)

    async def _prepare(self) -> None:
        """Have what conversions of coordinates need, before one is asked for."""
        await self.outside.surroundings.sleep(QUIET)
        await asyncio.to_thread(coordinates.prepare)

    async def _sweep(self) -> None:
        """Keep nothing in memory that is of no more use."""
        while True:
            await self.outside.surroundings.sleep(SWEEP)
            self._cache.sweep()
            if self._live is not None:
                self._live.tokens.sweep()
                self._live.standings.clear()
                self._at_once.heads.forget()

    def chore(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside answering, for as long as the application runs."""
        task = asyncio.create_task(work)
        self._chores.add(task)
        task.add_done_callback(self._chore_ended)

    def _chore_ended(self, task: asyncio.Task[None]) -> None:
        self._chores.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._log.error("achtergrondtaak gestopt", kind=type(error).__name__)

    @asynccontextmanager
    async def _lifespan(self, _app: Any) -> AsyncIterator[Mapping[str, Any]]:
        async with self.running():
            yield {AT_ONCE: self._at_once}

    def _made_following(self, operations: Operations) -> Following:
        chosen = self.settings.subscriptions
        allowance = Allowance(chosen.connections, chosen.per_principal, idle=chosen.idle_seconds)
        waiting = allowance.connections * allowance.subscriptions
        room = Room(max(1, self.settings.max_concurrency // 4), waiting)
        surroundings = self.outside.surroundings
        report = partial(self._report, action="abonnement")
        return Following(
            self._admit, operations, self._changes, room, report, allowance, surroundings
        )

    def _made_links(self) -> Links:
        chosen = self.settings.download
        secret = chosen.key.get_secret_value() if chosen.key else None
        seals = Seals(secret, self.outside.surroundings.now, chosen.seconds)
        streams = {name: each for registry in REGISTRIES for name, each in registry.streams.items()}
        shown = self.settings.person_ref
        secrets = [each.get_secret_value() for each in shown.keys]
        persons = PersonRefs(secrets, self.outside.surroundings.now, shown.seconds)
        fields = {
            (each.kind.sealed, each.label): f"{each.parent}.{each.name}"
            for fact in self.facts.types.values()
            for each in fact.fields.values()
            if isinstance(each.kind, Derived) and each.kind.sealed is not None
        }
        bounds = Bounds(chosen.max_bytes, chosen.idle_seconds)
        return Links(seals, persons, streams, bounds, fields)

    def _download_routes(self) -> list[Any]:
        chosen = self.settings.download
        patience = Patience(chosen.idle_seconds, chosen.whole_seconds)
        room = Room(chosen.max_concurrency, 0)
        return self._links.routes(
            self._visitor, room, self._audit_download, self._delivered, patience
        )

    def _explorer_routes(self) -> list[Any]:
        if not self.settings.explorer:
            return []
        shown = self.explorer
        return explorer_routes(STATIC, shown.examples, shown.personas, shown.issue, shown.title)

    # ---- one request ------------------------------------------------------------------------

    async def _authenticate(self, request: Request) -> Caller:
        return (await self._known(request))[1]

    async def _visitor(self, request: Request) -> Visitor:
        return Visitor(*await self._known(request))

    async def _known(self, request: Request) -> tuple[Principal, Caller]:
        live = self._live
        assert live is not None  # noqa: S101  # made before the first request is let in
        shown = credentials(request)
        principal, _ = await authorized(shown, live.tokens)
        traceparent = request.headers.get("traceparent")
        caller = self.caller(
            principal,
            traceparent,
            live,
            origin=shown.origin,
            zaaktype=_zaaktype(live, principal, shown),
        )
        return principal, caller

    async def _stands(self, request: Request) -> HeadStanding[Caller] | None:
        """Who sent a request that was let in, for others with the same head; None where each must
        be decided on.
        """
        live = self._live
        assert live is not None  # noqa: S101  # made before the first request is let in
        shown = credentials(request)
        origin, purpose = shown.origin, shown.purpose
        verified = await live.tokens.verified(shown.authorization)
        principal = verified.grant.chosen(purpose)
        zaaktype = _zaaktype(live, principal, shown)
        digest = digest_of(shown.authorization or "")
        acting = live.standings.of(principal, zaaktype, partial(self._standing, live)).actor

        def again(traceparent: str | None) -> Caller:
            return self.caller(principal, traceparent, live, origin=origin, zaaktype=zaaktype)

        caller = again(None)
        if caller.decide is not None:
            return None
        return HeadStanding(
            caller,
            lambda: self._live is live and live.tokens.believed(digest) is verified,
            again,
            lambda traceparent: acting(trace=trace_of(traceparent).id, origin=origin),
        )

    async def _admit(self, shown: Credentials) -> Admitted:
        live = self._live
        assert live is not None  # noqa: S101  # made before the first request is let in
        principal, expires = await authorized(shown, live.tokens)
        zaaktype = _zaaktype(live, principal, shown)
        caller = self.caller(principal, None, live, origin=shown.origin, zaaktype=zaaktype)
        return Admitted(caller, expires)

    def caller(
        self,
        principal: Principal,
        traceparent: str | None = None,
        live: Live | None = None,
        *,
        origin: str | None = None,
        zaaktype: str | None = None,
    ) -> Caller:
        """What the operation must know of a principal, and nothing more. `zaaktype` is one that the
        purpose knows.
        """
        live = live or self._live
        assert live is not None  # noqa: S101  # made before the first request is let in
        known = live.standings.of(principal, zaaktype, partial(self._standing, live))
        tenant, trace = known.tenant, trace_of(traceparent)
        actor = known.actor(trace=trace.id, origin=origin)
        decide = self._deciding(live, tenant, principal, trace, actor, zaaktype)
        return known.caller(
            open=lambda ledger: self._sources(live, known, trace, ledger, decide, zaaktype),
            seal=self._links.seal_for(principal, trace.id),
            recorder=self.recording.recorder(tenant, known.purpose, trace),
            actor=actor,
            decide=decide,
        )

    def _standing(self, live: Live, principal: Principal, zaaktype: str | None) -> Standing:
        tenant = live.configuration.tenants[principal.tenant]
        purpose, directory = tenant.purposes[principal.purpose], live.directories[tenant.code]
        allowed = live.rights.of(tenant, principal)
        caller = partial(
            Caller,
            labels=allowed.labels,
            scope=Scope(principal.tenant, principal.purpose, principal.pseudonym),
            own=principal.own,
            withheld=allowed.withheld,
            insight=allowed.insight,
            veil=self._veils.of(principal),
            identity=(principal, zaaktype),
            configuration=(live.mark, zaaktype, unheard(tenant, purpose, zaaktype, directory.kind)),
            directory=directory,
            untold=lambda kind, activity: untold(
                tenant, principal, zaaktype, directory.names(kind), kind, activity
            ),
            opened=partial(self._links.persons.open, principal),
            askable=live.configuration.askable[tenant.code, purpose.code],
            recollection=live.recollection,
            flights={},
            persons=purpose.persons,
            persons_per_minute=purpose.persons_per_minute,
        )
        user = EndUser(principal.subject, principal.name)
        return Standing(principal, tenant, purpose, user, _acting(principal), caller)

    def _deciding(
        self,
        live: Live,
        tenant: Tenant,
        principal: Principal,
        trace: Trace,
        actor: Actor,
        zaaktype: str | None,
    ) -> Deciding | None:
        """Asks the decision point for one operation, where the municipality has one."""
        settings, surroundings = tenant.decision_point, self.outside.surroundings
        if settings is None:
            return None

        def source() -> Source:
            ends = surroundings.clock() + self.settings.deadline
            occasion = Occasion(ends, Ledger(), traceparent=trace.told(new_span()))
            return live.upstreams.source(tenant.code, DECISION_POINT, settings.reached(), occasion)

        def report(decision: Decision) -> None:
            self._was_decided(decision, tenant, principal, actor)

        remembered = live.remembered[tenant.code]
        return Deciding(tenant, principal, zaaktype, source, remembered, surroundings.clock, report)

    def _sources(
        self,
        live: Live,
        known: Standing,
        trace: Trace,
        ledger: Ledger,
        decide: Deciding | None = None,
        zaaktype: str | None = None,
    ) -> Sources:
        """The sources of one operation, made when they are first asked for. What it took to be
        decided on is part of its time.
        """
        decided = decide.began if decide else None
        began = self.outside.surroundings.clock() if decided is None else decided
        deadline = began + self.settings.deadline
        tenant, user = known.tenant, known.user

        def source(name: str, activity: str) -> Source:
            if name == account.NAME:
                own = live.account.settings(tenant.code)
                occasion = Occasion(deadline, ledger, user)
                return live.upstreams.source(tenant.code, name, own, occasion)
            reached = known.reached.get((name, activity))
            if reached is None:
                reached = _reached(live, known, zaaktype, name, activity)
                known.reached[name, activity] = reached
            settings, headers = reached
            occasion = Occasion(deadline, ledger, user, traceparent=trace.told(new_span()))
            return live.upstreams.source(tenant.code, name, settings, occasion, headers)

        return source

    def listens(self, addresses: Sequence[str]) -> None:
        """Tells where this process takes requests, and for which municipalities."""
        tenants = sorted(self.configuration.tenants)
        self._log.info("luistert", addresses=list(addresses), tenants=tenants)

    # ---- what is told -----------------------------------------------------------------------

    def _report(self, handled: Handled[Caller, Answer], action: str = "vraag") -> None:
        self.recording.audit.write(_asked(handled, action), _actor(handled))
        self._logged(handled)

    def _report_all(self, several: Sequence[Handled[Caller, Answer]]) -> None:
        """What is answered at once, before any of it is sent."""
        self.recording.audit.write_all([(_asked(each, "vraag"), _actor(each)) for each in several])
        for each in several:
            self._logged(each)

    def _logged(self, handled: Handled[Caller, Answer]) -> None:
        caller, answer = handled.caller, handled.answer
        if not wanted(self._log, handled.status):
            return
        operation_event(
            self._log,
            OperationEvent(
                status=handled.status,
                duration_ms=round(handled.milliseconds),
                operation=answer.operation_name if answer else None,
                document=answer.digest if answer else None,
                tenant=caller.scope.tenant if caller else None,
                purpose=caller.scope.purpose if caller else None,
                codes=handled.codes,
                sources=_calls(answer.ledger) if answer else None,
                reason=handled.reason.value if handled.reason else None,
            ),
        )

    def _audit_download(self, delivered: Delivered[Visitor]) -> None:
        visitor = delivered.visitor
        action = Action(
            "download",
            delivered.status,
            tenant=visitor.principal.tenant if visitor else None,
            purpose=visitor.principal.purpose if visitor else None,
            codes=delivered.codes,
            cause=delivered.cause or None,
        )
        self.recording.audit.write(action, visitor.caller.actor if visitor else None)
        if action.result == "gelukt" and self.recording.audit.broken:
            raise NotRecorded("documenten", self.recording.audit.broken)

    def _delivered(self, delivered: Delivered[Visitor]) -> None:
        visitor = delivered.visitor
        if delivered.error is not None:
            self._failed(f"{delivered.error.source}.download", delivered.error)
        download_event(
            self._log,
            DownloadEvent(
                status=delivered.status,
                duration_ms=round(delivered.milliseconds),
                size=delivered.size,
                tenant=visitor.principal.tenant if visitor else None,
                purpose=visitor.principal.purpose if visitor else None,
                codes=delivered.codes,
            ),
        )

    def _was_decided(
        self, decision: Decision, tenant: Tenant, principal: Principal, actor: Actor
    ) -> None:
        matter = decision.matter
        event = DecisionEvent(
            outcome=decision.outcome.value,
            kind=matter.kind.value,
            duration_ms=round(decision.milliseconds),
            remembered=decision.remembered,
            document=matter.document,
            tenant=tenant.code,
            purpose=principal.purpose,
            reason=decision.reason,
        )
        decision_event(self._log, event, decided=decision.outcome is not Outcome.NIET_BESLIST)
        action = Action(
            "beslissing",
            _STATUSES[decision.outcome],
            tenant=tenant.code,
            purpose=principal.purpose,
            document=matter.document,
            objects=matter.links,
            labels=sorted({label for _, labels in matter.fields for label in labels}),
            reason=decision.reason,
        )
        self.recording.audit.write(action, actor)

    def _failed(self, read: str, error: Exception) -> None:
        """A read that failed: what no client is told. `detail` is our own text, never theirs."""
        match error:
            case SourceFault(code=code, detail=detail, status=status, problem=problem):
                log = self._log.bind(code=code, detail=detail, source_status=status)
                log.error("bron gaf een fout", read=read, problem=problem)
            case SourceError(code=code, detail=detail):
                log = self._log.bind(code=code, detail=detail)
                log.warning("bron gaf geen antwoord", read=read)
            case _:
                kind = type(error).__name__
                self._log.error("antwoord van een bron niet leesbaar", read=read, kind=kind)

    def _too_many_persons(self, caller: Caller) -> None:
        log = self._log.bind(tenant=caller.scope.tenant, purpose=caller.scope.purpose)
        subject = caller.actor.subject if caller.actor else None
        log.warning("te veel personen in een minuut", principal=subject)

    def _account_report(self, what: str, reason: str) -> None:
        write = self._log.error if reason else self._log.info
        write(what, reason=reason)

    def _redis_state(self, reason: str) -> None:
        if reason:
            self._log.warning("redis niet bruikbaar", kind=reason)
        else:
            self._log.info("redis weer bruikbaar")

    def _keys_failed(self, issuer: str, failure: str) -> None:
        self._log.warning("sleutels van uitgever niet ververst", issuer=issuer, failure=failure)


async def _close(live: Live | None, after: Live | None = None) -> None:
    """Close what this configuration held, but for what the one `after` it holds as well."""
    if live is not None:
        await live.tokens.aclose({id(issuer.keys) for issuer in after.issuers} if after else ())
        await live.upstreams.aclose()


def _acting(principal: Principal) -> Callable[..., Actor]:
    """Who acts, also for somebody else. Named is only who acts for the municipality: the name of a
    citizen is a person concerned.
    """
    return partial(
        Actor,
        subject=principal.subject,
        kind=principal.kind.value,
        name=None if principal.kind.closed else principal.name,
        services=tuple(sorted(principal.diensten)),
    )


def _reached(
    live: Live, known: Standing, zaaktype: str | None, name: str, activity: str
) -> Reached:
    """How this caller reaches a source. Raises SourceError where it may not be asked."""
    tenant = known.tenant
    if name not in tenant.sources:
        raise ConfigurationMissing(name)
    kind = live.directories[tenant.code].kind(name)
    headers = told(tenant, known.principal, zaaktype, name, kind, activity, live.said)
    return tenant.sources[name], headers


def _zaaktype(live: Live, principal: Principal, shown: Credentials) -> str | None:
    """The zaaktype for which is asked, if any was named. Raises AuthError for an unknown one."""
    if not shown.zaaktypen:
        return None
    tenant = live.configuration.tenants[principal.tenant]
    return shown.zaaktype(tenant.purposes[principal.purpose].zaaktypen)


def _actor(handled: Handled[Caller, Answer]) -> Actor | None:
    caller = handled.caller
    return caller.actor if handled.actor is None and caller is not None else handled.actor


def _asked(handled: Handled[Caller, Answer], action: str) -> Action:
    caller, answer = handled.caller, handled.answer
    return Action(
        action,
        handled.status,
        tenant=caller.scope.tenant if caller else None,
        purpose=caller.scope.purpose if caller else None,
        operation=known_name(answer.operation_name) if answer else None,
        document=answer.digest if answer else None,
        objects=answer.objects if answer else (),
        labels=answer.labels if answer else (),
        codes=tuple(sorted(set(handled.codes))),
        reason=handled.reason.value if handled.reason else None,
    )


def _calls(ledger: Ledger) -> Mapping[str, SourceCalls]:
    return {
        name: SourceCalls(
            account.calls, round(account.milliseconds), account.keys, account.cache_hits
        )
        for name, account in ledger.accounts.items()
    }
