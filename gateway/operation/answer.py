"""One question from a caller, answered: the whole way of an operation (operation)."""

import json
import time
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from graphql import OperationDefinitionNode, OperationType

from gateway.observe.audit import Actor
from gateway.operation.along import Along, Asker, Flight, Flights, Told, under_way
from gateway.operation.bind import BoundPlan, Opened, bind, nobody
from gateway.operation.canonical import canonical
from gateway.operation.complete import NO_LEVELS, complete
from gateway.operation.decision import Decide, Undecided, matter_of
from gateway.operation.errors import Code, RequestError, refused
from gateway.operation.explain import explain
from gateway.operation.failures import TOO_MANY_PERSONS, not_yours, of_refusal
from gateway.operation.fetch import Asking, Sources, fetch
from gateway.operation.fetched import Fetched
from gateway.operation.fresh import Freshness, TooOften
from gateway.operation.identity import Identity, asks_for_own
from gateway.operation.limits import Limits
from gateway.operation.pages import UNVEILED, Veil
from gateway.operation.persons import MINUTE, OwnCount, PersonQuota, Tally
from gateway.operation.plan import Plan, Refusal, Step, make_plan
from gateway.operation.prepare import Documents, RequestErrors
from gateway.operation.prepared import Last, Prepared
from gateway.operation.provenance import as_hits, extensions
from gateway.operation.recalled import Recalled, Recollection
from gateway.operation.recorder import Recorder, Unrecorded, again
from gateway.operation.registered import Askable, Asked
from gateway.operation.seal import Seal, no_links
from gateway.operation.together import Key, Together
from gateway.operation.whole import Kept, Whole, may_be_whole
from gateway.operation.writer.writer import Writers
from gateway.operation.written import written
from gateway.source.bus import ALONE
from gateway.source.cache import Cache, Scope
from gateway.source.directory import Directory
from gateway.source.errors import NotRecorded, SourceError
from gateway.source.keep import Keep
from gateway.source.ledger import Ledger
from gateway.source.sieve import Limit
from gateway.source.surroundings import Surroundings
from gateway.source.tags import Part, resource
from schema.language.content import Content
from schema.language.facts import Facts

Bound = tuple[Prepared, OperationDefinitionNode, BoundPlan]
_NO_LEVELS: Final = frozenset[tuple[str, str]]()
FORBIDDEN = 403
TOO_OFTEN = 429
FOLLOWING: Final = 1.0
"""Seconds that an execution may be under way already for an equal question to join it."""


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Question:
    """One GraphQL request, as the edge shaped it; read-only."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    strict: bool = False
    """Refuse the whole operation when a field may not be seen, instead of leaving it null."""
    provenance: bool = False
    """Tell per source what was asked (`extensions.herkomst`)."""
    explain: bool = False
    """Tell what would be asked, and ask nothing (`extensions.uitleg`)."""
    document_id: str | None = None
    """The registered document that is meant: its name, or `sha256:` and its hash."""
    hashed: str | None = None
    """The SHA-256 of the document that is meant (`extensions.persistedQuery`)."""
    fresh: bool = False
    """Use nothing that was kept before (`vers`); what comes is kept."""
    mark: bytes | None = field(default=None, compare=False)
    """Stands for the body that it was read from, where nothing else decided what was read."""


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Caller:
    """What an operation must know of who asks; read-only."""

    labels: frozenset[str]
    scope: Scope
    own: Identity | None
    """For a citizen, a company and who acts for one: whose data may be asked for. None: any."""
    open: Callable[[Ledger], Sources]
    """Opens the caller's sources for one operation, which notes what it asks in the ledger."""
    seal: Seal = no_links
    """Makes the caller's links to bytes."""
    withheld: Mapping[str, str] = field(default_factory=lambda: NO_LEVELS)
    """Labels that the purpose has and the login does not reach, each with the level it takes."""
    identity: Hashable = None
    """Equal for one and the same caller only: all that a source or a link is told of who asks."""
    configuration: Hashable = None
    """Equal for as long as the municipality's sources are what they are."""
    directory: Directory = field(default_factory=Directory)
    """The names of the sources of the caller's municipality."""
    opened: Opened = nobody
    """Opens the caller's references to persons."""
    askable: Askable = field(default_factory=Askable)
    """What may be asked for the caller's doelbinding."""
    recollection: Recollection = field(default_factory=Recollection)
    """The bodies that were answered whole under this configuration."""
    flights: "Flights[Caller, Answer]" = field(default_factory=dict)
    """What this very caller asked and is under way, by the mark of its body."""
    persons: int | None = None
    """About how many persons one operation may be; None: as the limits say."""
    persons_per_minute: int | None = None
    """Of how many persons anything may be seen in a minute; None: as the limits say."""
    recorder: Recorder = field(default_factory=Unrecorded)
    """Writes down what is done with personal data for this caller."""
    actor: Actor | None = None
    """Who acts, for the audit log."""
    insight: frozenset[tuple[str, Limit]] = frozenset()
    """What the purpose says of what is shown of what sources give (`gateway.source.sieve`)."""
    veil: Veil = UNVEILED
    """Hides from the caller what a cursor says."""
    untold: Callable[[str, str], SourceError | None] = lambda kind, activity: None
    """Why no source of a kind would be asked for this purpose, by what would be done there."""
    decide: Decide | None = None
    """Asks the municipality's decision point; None where it has none."""

    @property
    def closed(self) -> bool:
        """Whether only what is somebody's own may be asked for, and open data."""
        return self.own is not None

    @property
    def limited(self) -> bool:
        """Whether anything of what sources give may be kept from them."""
        return self.closed or bool(self.insight)


@dataclass(slots=True)  # made for every operation: frozen it takes three times as long
class Answer:
    """A response body; read-only. `request_error`: nothing was carried out, `status` says why."""

    body: Mapping[str, Any]
    request_error: bool
    status: int = 200
    digest: str | None = None
    """Names the document, without saying what stands in it."""
    operation_name: str | None = None
    ledger: Ledger = field(default_factory=Ledger)
    ready: bytes | None = None
    """The body as it is to be sent, where it has been written already."""
    codes: Sequence[str] = ()
    """Of the errors in the body, in order."""
    retry_after: int | None = None
    """Seconds after which a question that was asked too often may be asked again."""
    objects: Sequence[str] = ()
    """The links that were followed, as `Type.field`."""
    labels: Sequence[str] = ()
    """The labels that were needed and held."""
    whole: bool = False
    """Whether it was kept whole from before."""
    _followed: "Answer | None" = field(default=None, init=False, compare=False, repr=False)

    def followed(self) -> "Answer":
        """The same for who did not ask it, but followed: nothing was asked of a source for them."""
        if self._followed is None:
            self._followed = replace(self, ledger=as_hits(self.ledger))
        return self._followed


@dataclass(slots=True)  # made for every operation: frozen it takes three times as long
class _Sought:
    """A question of which the answer is not there; read-only. `key` is that of the whole answer,
    `bound` is there where it was needed before.
    """

    question: Question
    caller: Caller
    prepared: Prepared
    variables: str
    key: Hashable
    bound: Bound | None


class TooManyPersons(RequestError):  # noqa: N818  # what is wrong is how many
    """Nothing was done: the caller asked about too many persons in the last minute."""

    def __init__(self) -> None:
        super().__init__(
            Code.QUOTA, TOO_MANY_PERSONS, status=TOO_OFTEN, extensions={"opnieuw": True}
        )
        self.seconds = int(MINUTE)


class Unread(Mapping[str, Any]):
    """A body that was written already; read again by who looks into it."""

    __slots__ = ("_read", "_ready")

    def __init__(self, ready: bytes) -> None:
        self._ready = ready
        self._read: dict[str, Any] | None = None

    def _body(self) -> dict[str, Any]:
        if self._read is None:
            self._read = json.loads(self._ready)
        return self._read

    def __getitem__(self, name: str) -> Any:
        return self._body()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._body())

    def __len__(self) -> int:
        return len(self._body())

    def __repr__(self) -> str:
        return repr(self._body())

    def __eq__(self, other: object) -> bool:
        return self._body() == other

    __hash__ = None  # type: ignore[assignment]  # as of every mapping


class Operations:
    """Answers questions over one published schema. Holds documents, plans and the cache."""

    def __init__(
        self,
        facts: Facts,
        *,
        limits: Limits,
        cache: Cache,
        introspection: bool,
        report: Callable[[str, Exception], None],
        quota: PersonQuota | None = None,
        alarm: Callable[[Caller], None] = lambda caller: None,
        surroundings: Surroundings | None = None,
    ) -> None:
        """`quota` counts the persons of a minute; `alarm` is told of each operation that met it."""
        around = surroundings or Surroundings()
        self._facts = facts
        self._writers = Writers(facts)
        self._limits = limits
        self._cache = cache
        self._report = report
        self._quota = quota or OwnCount(time.monotonic)
        self._alarm = alarm
        self._documents = Documents(facts, limits, introspection=introspection)
        self._subscriptions = Documents(
            facts, limits, introspection=introspection, kind=OperationType.SUBSCRIPTION
        )
        self._together: Together[Answer] = Together(around.clock)
        self._whole = Whole(cache, around.now)
        self._now = around.now
        self._freshness = Freshness(limits.fresh, around.clock)

    def mark(self, body: bytes) -> bytes:
        """Stands for a body, for `ready`, `listen` and the question that is read from it."""
        return self._whole.mark(body)

    def ready(self, mark: bytes, caller: Caller) -> Answer | None:
        """The answer to the question in the body with this mark, where that was kept whole and may
        be given to this caller; None for any other: read the body, and ask `answer`.
        """
        if caller.decide is not None or not self._whole.keeps:
            return None
        known = caller.recollection.find(mark, caller.askable)
        found = None if known is None else self._whole.find(self._whole_key(known, caller))
        return None if known is None or found is None else _kept(known, *found)

    def listen(
        self, mark: bytes, caller: Caller, itself: Callable[[], Caller], told: Told[Answer]
    ) -> Callable[[], None] | None:
        """Be told what comes of the question in the body with this mark, that this very caller
        asked just before and which is under way, as `answer` would give it; what is given back
        ends that. None where there is nothing to join: read the body, and ask `answer`.

        `caller` may be that of an earlier request of the same one; `itself` makes that of this one.
        """
        flight = caller.flights.get(mark)
        if flight is None or caller.decide is not None or flight.moment != self._cache.moment():
            return None
        execution = self._together.under_way(flight.key, self._following())
        if execution is None:
            return None

        def again(answer: Answer) -> Answer | Awaitable[Answer]:
            return flight.again(answer, itself)

        return Along(self._together, flight.key, execution, _refusing(told), again).leave

    def begin(
        self, question: Question, caller: Caller, told: Told[Answer]
    ) -> Asker[Caller, Answer] | None:
        """As `answer`, for whom `told` is told: it takes no other task than that of the execution.

        None where there is nothing to wait for: the answer was told, or what comes before it may
        have to wait itself. Then nothing was done: ask `answer`.
        """
        if caller.decide is not None or question.fresh or question.explain:
            return None
        try:
            settled = _settled(question, caller)
            found = self._looked_up(settled, caller, self._prepared(settled, caller))
        except (RequestError, RequestErrors) as error:
            _refusing(told)(None, error)
            return None
        if isinstance(found, _Sought):
            return self._begun(found, told)
        told(found, None)
        return None

    async def answer(self, question: Question, caller: Caller) -> Answer:
        """The answer; whatever a caller can send wrong is in it, never raised."""
        try:
            return await self._answer(_settled(question, caller), caller)
        except (RequestError, RequestErrors) as error:
            refused = _refused(error)
            assert refused is not None  # noqa: S101  # it is one of those that are told
            return refused

    async def _answer(self, question: Question, caller: Caller) -> Answer:
        prepared = self._prepared(question, caller)
        bound = None
        if caller.decide is not None and not question.explain:
            bound = self._bound(question, caller, prepared)
            await _decided(question, caller, bound)
        found = self._looked_up(question, caller, prepared, bound)
        if isinstance(found, Answer):
            return found
        if question.fresh or question.explain:
            return await self._alone(question, caller, prepared, found.key, bound)
        return await self._shared(found)

    def _looked_up(
        self, question: Question, caller: Caller, prepared: Prepared, bound: Bound | None = None
    ) -> Answer | _Sought:
        """What is kept whole of it, and else what it is carried out with."""
        operation = prepared.operation(question.operation_name)
        variables = canonical(question.variables)
        read = self._read(prepared, operation, variables, caller)
        key = None if read is None else self._whole_key(read, caller)
        if read is not None and not (question.provenance or question.fresh or question.explain):
            found = self._whole.find(key)
            if found is not None:
                if question.mark is not None:
                    caller.recollection.remember(question.mark, read)
                return _kept(read, *found)
        return _Sought(question, caller, prepared, variables, key, bound)

    def _read(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: str,
        caller: Caller,
    ) -> Recalled | None:
        """What the key of the whole answer is made of; None where that would never be kept."""
        if not self._whole.keeps:
            return None
        if not prepared.conditions:  # else which plan it is depends on values that were not read
            plan = prepared.plans.get(_plan_key(operation, {}, caller))
            if plan is not None and not may_be_whole(plan):
                return None
        marked = self._whole.mark(variables.encode())
        return Recalled(caller.askable, prepared.digest, _name(operation), marked)

    def _prepared(self, question: Question, caller: Caller) -> Prepared:
        """The document; by its shape only where the answer tells no more of it than names."""
        if question.explain or question.strict or caller.decide is not None:
            return self._documents.prepare(question.query)
        return self._documents.recognise(question.query)

    async def _alone(
        self,
        question: Question,
        caller: Caller,
        prepared: Prepared,
        key: Hashable,
        bound: Bound | None = None,
    ) -> Answer:
        """`bound` where that was needed before."""
        bound = bound or self._bound(question, caller, prepared)
        if question.fresh and not question.explain:
            self._freshness.take((caller.scope.tenant, caller.scope.principal))
        return await self._carried_out(question, caller, bound, key, anew=question.fresh)

    async def _shared(self, sought: _Sought) -> Answer:
        """What an equal operation under way gives, or else this one. Who is given what another
        asked has it written down as well; where that fails, this one is carried out by itself,
        and gives nothing that it cannot write down.

        Nobody follows one of before a drop: it may hold what was dropped. A worker that hears
        nothing of the others follows only what began just now.
        """
        question, caller, flight = sought.question, sought.caller, self._flight(sought)
        with under_way(caller.flights, question.mark, flight):
            answer, followed = await self._together.share(
                flight.key, partial(self._carry_out, sought), self._following()
            )
        if not followed:
            return answer
        given = flight.again(answer, lambda: caller)
        return given if isinstance(given, Answer) else await given

    def _begun(self, sought: _Sought, told: Told[Answer]) -> Asker[Caller, Answer]:
        """The same, for whom it is told."""
        question, caller, flight = sought.question, sought.caller, self._flight(sought)
        followed = self._together.under_way(flight.key, self._following())
        work = partial(self._carry_out, sought)
        begun = followed or self._together.begin(flight.key, work, held=True)

        def again(answer: Answer) -> Answer | Awaitable[Answer]:
            return answer if followed is None else flight.again(answer, lambda: caller)

        flying = under_way(caller.flights, question.mark, flight).__enter__()
        task = begun.task if followed is None else None
        came = _refusing(told)
        return Asker(self._together, flight.key, begun, came, again, flying, task)

    def _carry_out(self, sought: _Sought) -> Coroutine[Any, Any, Answer]:
        asked, caller, prepared = sought.question, sought.caller, sought.prepared
        return self._alone(asked, caller, prepared, sought.key, sought.bound)

    def _flight(self, sought: _Sought) -> Flight[Caller, Answer]:
        question, caller = sought.question, sought.caller
        moment = self._cache.moment()
        equal = (
            moment,
            caller.identity,
            caller.scope,
            (caller.own, caller.insight),
            caller.labels,
            _levels(caller),
            (caller.persons, caller.persons_per_minute),
            caller.configuration,
            (question.query, question.operation_name, question.strict, question.provenance),
            sought.variables,
        )

        def alone(caller: Caller) -> Awaitable[Answer]:
            return self._alone(question, caller, sought.prepared, sought.key)

        return Flight(Key(equal), moment, partial(self._again, alone))

    def _following(self) -> float:
        """For how many seconds after it began an execution may be joined."""
        return FOLLOWING if self._cache.trusted else ALONE

    def _again(
        self,
        alone: Callable[[Caller], Awaitable[Answer]],
        answer: Answer,
        itself: Callable[[], Caller],
    ) -> Answer | Awaitable[Answer]:
        """What is given to who followed: written down first, where there is anything to write."""
        if answer.ledger.deeds:
            return self._written_again(alone, answer, itself())
        return answer.followed()

    async def _written_again(
        self, alone: Callable[[Caller], Awaitable[Answer]], answer: Answer, caller: Caller
    ) -> Answer:
        try:
            await caller.recorder.write(again(answer.ledger.deeds, caller.recorder.now()))
        except NotRecorded as error:
            self._report(error.source, error)
            return await alone(caller)
        return answer.followed()

    def _whole_key(self, read: Recalled, caller: Caller) -> Hashable:
        return self._whole.key(
            configuration=caller.configuration,
            tenant=caller.scope.tenant,
            labels=caller.labels,
            closed=caller.closed,
            levels=_levels(caller),
            document=read.document,
            operation=read.operation,
            variables=read.variables,
        )

    def followed(self, question: Question, caller: Caller) -> Part | Answer:
        """What a subscription follows, by the rights of now; or the answer that refuses it."""
        planned = self._planned(question, caller)
        return planned if isinstance(planned, Answer) else planned[0]

    async def shown(self, question: Question, caller: Caller) -> Answer:
        """What a subscription shows now; refused as `followed` refuses it.

        It is shared with no other that runs: that may have begun before the change to be shown.
        """
        planned = self._planned(question, caller)
        if isinstance(planned, Answer):
            return planned
        _, settled, bound = planned
        try:
            await _decided(settled, caller, bound, followed=True)
            return await self._carried_out(settled, caller, bound)
        except (TooManyPersons, Undecided) as error:
            return _not_now(error)
        except RequestError as error:
            return _refusal([error])

    def code(self, question: Question, caller: Caller) -> str | None:
        """The Python that answers to the question are written with, if any. Raises RequestError or
        RequestErrors.
        """
        _, _, bound = self._bound(question, caller, self._documents.prepare(question.query))
        return self._writers.of(bound.plan).source()

    def _planned(self, question: Question, caller: Caller) -> tuple[Part, Question, Bound] | Answer:
        """What a subscription follows and how it is shown, or the answer that refuses it."""
        try:
            settled = _settled(question, caller)
            prepared = self._subscriptions.prepare(settled.query)
            bound = self._bound(settled, caller, prepared)
            return _followed(bound[2], settled, caller), settled, bound
        except RequestErrors as errors:
            return _refusal(errors.errors)
        except RequestError as error:
            return _refusal([error])

    def _bound(self, question: Question, caller: Caller, prepared: Prepared) -> Bound:
        if prepared.wording is None:
            return self._bound_to(question, caller, prepared)
        try:
            return self._bound_to(question, caller, prepared)
        except (RequestError, RequestErrors):  # why, and where, is told of the text itself
            return self._bound_to(question, caller, self._documents.prepare(question.query))

    def _bound_to(self, question: Question, caller: Caller, prepared: Prepared) -> Bound:
        operation = prepared.operation(question.operation_name)
        variables = self._documents.variables(operation, question.variables)
        if prepared.wording is not None:
            variables = prepared.wording.filled(variables)
        plan = self._plan(prepared, operation, variables.coerced, caller)
        bound = bind(self._facts, plan, variables, caller.directory, caller.opened, caller.own)
        if bound.cost > self._limits.cost:
            message = "De vraag kost te veel: vraag minder velden, of minder per lijst."
            raise RequestError(Code.LIMIET, message)
        if question.strict:
            _refuse_strictly(bound, caller)
        return prepared, operation, bound

    async def _carried_out(
        self,
        question: Question,
        caller: Caller,
        planned: Bound,
        key: Hashable = None,
        *,
        anew: bool = False,
    ) -> Answer:
        """`key` is that of the whole answer, where it may be kept."""
        prepared, operation, bound = planned
        name = _name(operation)
        if question.explain:
            told = {"uitleg": explain(self._facts, bound, self._keeping(caller))}
            body: dict[str, Any] = {"data": None, "extensions": told}
            return Answer(body, False, digest=prepared.digest, operation_name=name)
        since, ledger = self._cache.moment(), Ledger()
        fetched = await self._fetch(bound, caller, ledger, anew)
        links = _Links(caller.seal)
        response = complete(
            self._writers,
            question.variables,
            bound,
            fetched,
            links.seal,
            caller.withheld,
            self._limits.positions,
            prepared.wording,
        )
        body = {"errors": response.errors} if response.errors else {}
        body["data"] = response.data
        told = extensions(ledger, question.provenance, _leads_to(bound, caller))
        if told:
            body["extensions"] = told
        ready = written(body)
        if prepared.wording is not None:
            ready = prepared.wording.told(ready)
        if key is not None and not (response.errors or told or links.made):
            await self._whole.keep(key, ready, bound.plan, caller.scope, ledger, since)
        return Answer(
            Unread(ready),
            False,
            digest=prepared.digest,
            operation_name=name,
            ledger=ledger,
            ready=ready,
            codes=[error["extensions"]["code"] for error in response.errors],
            objects=bound.plan.objects,
            labels=bound.plan.labels,
        )

    def _keeping(self, caller: Caller) -> Callable[[Keep], Keep]:
        return lambda keep: self._cache.policy.effective(keep, caller.scope.tenant)

    async def _fetch(self, bound: BoundPlan, caller: Caller, ledger: Ledger, anew: bool) -> Fetched:
        """Raises TooManyPersons where the quota left nothing to ask."""
        persons = self._tally(caller)
        asking = Asking(
            sources=caller.open(ledger),
            cache=self._cache,
            scope=caller.scope,
            own=caller.own,
            insight=caller.insight,
            today=self._today,
            veil=caller.veil,
            report=self._report,
            limits=self._limits,
            anew=anew,
            directory=caller.directory,
            persons=persons,
            recorder=caller.recorder,
            deeds=ledger.deeds,
        )
        fetched = await fetch(bound, asking)
        if persons.refused:
            self._alarm(caller)
            if not persons.asked:
                raise TooManyPersons
        return fetched

    def _today(self) -> str:
        return datetime.fromtimestamp(self._now(), UTC).date().isoformat()

    def _tally(self, caller: Caller) -> Tally:
        limits, scope = self._limits, caller.scope
        most = limits.persons if caller.persons is None else caller.persons
        minute = caller.persons_per_minute
        per_minute = limits.persons_per_minute if minute is None else minute

        async def admit(persons: Sequence[str]) -> frozenset[str]:
            return await self._quota.admit((scope.tenant, scope.principal), persons, per_minute)

        return Tally(most, admit)

    def _plan(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        caller: Caller,
    ) -> Plan:
        if not prepared.conditions:
            last = prepared.last
            if last is None or not last.is_for(operation, caller.labels, caller.closed):
                plan = self._plan_under(prepared, operation, {}, caller)
                prepared.last = last = Last(plan, operation, caller.labels, caller.closed)
            return last.plan
        conditions = {name: variables.get(name, False) for name in prepared.conditions}
        if None in conditions.values():
            message = "Een variabele in @skip of @include moet true of false zijn."
            raise RequestError(Code.INVOER, message)
        return self._plan_under(prepared, operation, conditions, caller)

    def _plan_under(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        conditions: Mapping[str, bool],
        caller: Caller,
    ) -> Plan:
        key = _plan_key(operation, conditions, caller)
        plan = prepared.plans.get(key)
        if plan is None:
            plan = prepared.plans[key] = make_plan(
                self._facts,
                operation,
                prepared.fragments,
                conditions,
                caller.labels,
                caller.closed,
            )
        return plan


def _settled(question: Question, caller: Caller) -> Question:
    """The question with the text that is meant. Raises RequestError where it may not be asked."""
    if caller.askable.anything and question.document_id is None and question.hashed is None:
        return question
    asked = Asked(question.query, question.document_id, question.hashed)
    text = caller.askable.text_of(asked)
    return question if text is question.query else replace(question, query=text)


async def _decided(
    question: Question, caller: Caller, planned: Bound, *, followed: bool = False
) -> None:
    """Returns if the decision point lets it be done, or there is none. Raises RequestError."""
    if caller.decide is not None:
        prepared, _, bound = planned
        name = caller.askable.name_of(question.query)
        await caller.decide(matter_of(bound.plan, prepared.digest, name, followed=followed))


def _followed(bound: BoundPlan, question: Question, caller: Caller) -> Part:
    """What a subscription's one field reads. Raises RequestError where that may not be followed."""
    if question.explain:
        raise RequestError(Code.INVOER, "De uitleg van een subscription wordt niet gegeven.")
    if not bound.plan.steps:
        raise _named(bound.plan.refusals[0], caller)
    first = bound.plan.steps[0]
    (key,) = bound.of(first).keys or ()
    return resource(first.read.resource, str(key))


def _refuse_strictly(bound: BoundPlan, caller: Caller) -> None:
    refusals = [_named(found, caller) for found in bound.plan.refusals]
    for step in bound.plan.steps:
        about, keys = step.read.about, bound.of(step).keys or ()
        if not all(asks_for_own(caller.own, about, key) for key in keys):
            failure = not_yours(step.read.source)
            refusals.append(_refused_at(step, failure.message))
        error = caller.untold(step.read.source, step.read.activity)
        if error is not None:
            refusals.append(_refused_at(step, error.message, bron=error.source))
    if refusals:
        raise RequestErrors(refusals)


def _refused_at(step: Step, message: str, **more: str) -> RequestError:
    return RequestError(
        Code.NIET_GEAUTORISEERD,
        message,
        status=FORBIDDEN,
        extensions={**more, "pad": list(step.response_path)},
    )


def _named(found: Refusal, caller: Caller) -> RequestError:
    failure = of_refusal(found, caller.withheld.get(found.label))
    return RequestError(
        Code.NIET_GEAUTORISEERD,
        failure.message,
        locations=[found.location] if found.location else [],
        status=FORBIDDEN,
        extensions={**failure.extensions(), "pad": list(found.path)},
    )


def _refusing(told: Told[Answer]) -> Told[Answer]:
    """Tells of what is wrong with a question in the answer."""

    def came(answer: Answer | None, error: BaseException | None) -> None:
        refused = _refused(error) if isinstance(error, Exception) else None
        told(refused or answer, error if refused is None else None)

    return came


def _refused(error: Exception) -> Answer | None:
    """The answer that tells what is wrong with a question; None for any other error."""
    match error:
        case RequestErrors(errors=errors):
            return _refusal(errors)
        case TooManyPersons() | TooOften() | Undecided():
            return _not_now(error)
        case RequestError():
            return _refusal([error])
    return None


def _not_now(error: TooManyPersons | TooOften | Undecided) -> Answer:
    return replace(_refusal([error]), status=error.status, retry_after=error.seconds)


def _leads_to(bound: BoundPlan, caller: Caller) -> frozenset[str] | None:
    """The sources of which who is not shown everything may be told; None: of all that were asked.
    A question leads to them whatever there is.
    """
    if not caller.limited:
        return None
    kinds = {step.read.source for step in bound.plan.steps}
    return frozenset(name for kind in kinds for name in caller.directory.names(kind))


def _levels(caller: Caller) -> frozenset[tuple[str, str]]:
    """What tells this caller what a surer login would give."""
    return frozenset(caller.withheld.items()) if caller.withheld else _NO_LEVELS


def _refusal(errors: Sequence[RequestError]) -> Answer:
    status = FORBIDDEN if all(error.status == FORBIDDEN for error in errors) else 400
    codes = [error.code.value for error in errors]
    return Answer(refused(errors), True, status=status, codes=codes)


def _kept(read: Recalled, kept: Kept, ledger: Ledger) -> Answer:
    return Answer(
        Unread(kept.body),
        False,
        digest=read.document,
        operation_name=read.operation,
        ledger=ledger,
        ready=kept.body,
        objects=kept.objects,
        labels=kept.labels,
        whole=True,
    )


def _plan_key(
    operation: OperationDefinitionNode, conditions: Mapping[str, bool], caller: Caller
) -> tuple[object, ...]:
    """Everything that decides a plan for a document."""
    name = operation.name.value if operation.name else ""
    return (name, tuple(sorted(conditions.items())), caller.labels, caller.closed)


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None


class _Links:
    """Notes whether links of a caller were made: an answer that holds one is that caller's."""

    __slots__ = ("_seal", "made")

    def __init__(self, seal: Seal) -> None:
        self._seal = seal
        self.made = False

    def seal(self, stream: str, label: str, content: Content) -> str | None:
        """The caller's link."""
        self.made = True
        return self._seal(stream, label, content)
