"""One question from a caller, answered: the whole way of an operation (operation)."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import OperationDefinitionNode

from gateway.observe.audit import Actor
from gateway.operation.bind import BoundPlan, Opened, bind, nobody
from gateway.operation.complete import NO_LEVELS, Seal, complete, install, no_links
from gateway.operation.errors import Code, RequestError, refused
from gateway.operation.explain import explain
from gateway.operation.failures import TOO_MANY_PERSONS, not_yours
from gateway.operation.failures import refused as refused_field
from gateway.operation.fetch import Asking, Sources, fetch
from gateway.operation.fetched import Fetched
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.operation.persons import MINUTE, OwnCount, PersonQuota, Tally
from gateway.operation.plan import Plan, Refusal, make_plan
from gateway.operation.prepare import Documents, Prepared, RequestErrors
from gateway.operation.recorder import Recorder, Unrecorded
from gateway.operation.registered import Askable, Asked
from gateway.source.cache import Cache, Scope
from gateway.source.directory import Directory
from gateway.source.ledger import Ledger
from gateway.source.read import About
from schema.language.facts import Facts

FORBIDDEN = 403
TOO_OFTEN = 429


@dataclass(frozen=True, slots=True)
class Question:
    """One GraphQL request, as the edge shaped it."""

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


@dataclass(frozen=True, slots=True)
class Caller:
    """What an operation must know of who asks."""

    labels: frozenset[str]
    scope: Scope
    own_bsn: str | None
    """For a citizen: the only person that may be asked about."""
    open: Callable[[Ledger], Sources]
    """Opens the caller's sources for one operation, which notes what it asks in the ledger."""
    seal: Seal = no_links
    """Makes the caller's links to bytes."""
    own: Identity | None = None
    """For a citizen, a company and who acts for one: whose data may be asked for."""
    withheld: Mapping[str, str] = field(default_factory=lambda: NO_LEVELS)
    """Labels that the purpose has and the login does not reach, each with the level it takes."""
    directory: Directory = field(default_factory=Directory)
    """The names of the sources of the caller's municipality."""
    opened: Opened = nobody
    """Opens the caller's references to persons."""
    askable: Askable = field(default_factory=Askable)
    """What may be asked for the caller's doelbinding."""
    persons: int | None = None
    """About how many persons one operation may be; None: as the limits say."""
    persons_per_minute: int | None = None
    """Of how many persons anything may be seen in a minute; None: as the limits say."""
    recorder: Recorder = field(default_factory=Unrecorded)
    """Writes down what is done with personal data for this caller."""
    actor: Actor | None = None
    """Who acts, for the audit log."""

    @property
    def closed(self) -> bool:
        """Whether only what is somebody's own may be asked for, and open data."""
        return self.own_bsn is not None or self.own is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response body. `request_error` says that nothing was carried out, `status` why."""

    body: Mapping[str, Any]
    request_error: bool
    status: int = 200
    digest: str | None = None
    """Names the document, without saying what stands in it."""
    operation_name: str | None = None
    ledger: Ledger = field(default_factory=Ledger)
    retry_after: int | None = None
    """Seconds after which a question that was asked too often may be asked again."""
    objects: Sequence[str] = ()
    """The links that were followed, as `Type.field`."""
    labels: Sequence[str] = ()
    """The labels that were needed and held."""


class TooManyPersons(RequestError):  # noqa: N818  # what is wrong is how many
    """Nothing was done: the caller asked about too many persons in the last minute."""

    def __init__(self) -> None:
        super().__init__(
            Code.QUOTA, TOO_MANY_PERSONS, status=TOO_OFTEN, extensions={"opnieuw": True}
        )
        self.seconds = int(MINUTE)


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
    ) -> None:
        """`quota` counts the persons of a minute; `alarm` is told of each operation that met it."""
        install(facts)
        self._facts = facts
        self._limits = limits
        self._cache = cache
        self._report = report
        self._quota = quota or OwnCount(time.monotonic)
        self._alarm = alarm
        self._documents = Documents(facts, limits, introspection=introspection)

    async def answer(self, question: Question, caller: Caller) -> Answer:
        """The answer; whatever a caller can send wrong is in it, never raised."""
        try:
            return await self._answer(_settled(question, caller), caller)
        except RequestErrors as errors:
            return _refusal(errors.errors)
        except TooManyPersons as error:
            return replace(_refusal([error]), status=error.status, retry_after=error.seconds)
        except RequestError as error:
            return _refusal([error])

    async def _answer(self, question: Question, caller: Caller) -> Answer:
        prepared = self._documents.prepare(question.query)
        operation = prepared.operation(question.operation_name)
        variables = self._documents.variables(operation, question.variables)
        plan = self._plan(prepared, operation, variables.coerced, caller)
        bound = bind(self._facts, plan, variables, caller.directory, caller.opened)
        if bound.cost > self._limits.cost:
            message = "De vraag kost te veel: vraag minder velden, of minder per lijst."
            raise RequestError(Code.LIMIET, message)
        if question.strict:
            _refuse_strictly(bound, caller)
        name = operation.name.value if operation.name else None
        if question.explain:
            extensions = {"uitleg": explain(self._facts, bound)}
            body: dict[str, Any] = {"data": None, "extensions": extensions}
            return Answer(body, False, digest=prepared.digest, operation_name=name)
        ledger = Ledger()
        fetched = await self._fetch(bound, caller, ledger)
        response = complete(
            self._facts,
            prepared.document,
            name,
            question.variables,
            bound,
            fetched,
            caller.seal,
            caller.withheld,
        )
        body = {"errors": response.errors} if response.errors else {}
        body["data"] = response.data
        if question.provenance:
            body["extensions"] = {"herkomst": provenance(ledger)}
        return Answer(
            body,
            False,
            digest=prepared.digest,
            operation_name=name,
            ledger=ledger,
            objects=bound.plan.objects,
            labels=bound.plan.labels,
        )

    async def _fetch(self, bound: BoundPlan, caller: Caller, ledger: Ledger) -> Fetched:
        """Raises TooManyPersons where the quota left nothing to ask."""
        persons = self._tally(caller)
        asking = Asking(
            sources=caller.open(ledger),
            cache=self._cache,
            scope=caller.scope,
            own_bsn=caller.own_bsn,
            closed=caller.closed,
            report=self._report,
            limits=self._limits,
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
        conditions = {name: variables.get(name, False) for name in prepared.conditions}
        if None in conditions.values():
            message = "Een variabele in @skip of @include moet true of false zijn."
            raise RequestError(Code.INVOER, message)
        name = operation.name.value if operation.name else ""
        closed = caller.closed
        key = (name, tuple(sorted(conditions.items())), caller.labels, closed)
        plan = prepared.plans.get(key)
        if plan is None:
            plan = prepared.plans[key] = make_plan(
                self._facts, operation, prepared.fragments, conditions, caller.labels, closed
            )
        return plan


def _settled(question: Question, caller: Caller) -> Question:
    """The question with the text that is meant. Raises RequestError where it may not be asked."""
    asked = Asked(question.query, question.document_id, question.hashed)
    return replace(question, query=caller.askable.text_of(asked))


def provenance(ledger: Ledger) -> dict[str, dict[str, Any]]:
    """Per source: HTTP calls, milliseconds over all calls, keys asked, cache hits and their age."""
    return {
        name: {
            "aanroepen": account.calls,
            "milliseconden": round(account.milliseconds, 1),
            "sleutels": account.keys,
            "uitCache": account.cache_hits,
            "oudsteSeconden": round(account.oldest_age, 1),
        }
        for name, account in sorted(ledger.accounts.items())
    }


def _refuse_strictly(bound: BoundPlan, caller: Caller) -> None:
    refusals = [_named(found, caller.withheld.get(found.label)) for found in bound.plan.refusals]
    for step in bound.plan.steps:
        keys = bound.of(step).keys
        about_others = step.read.about is About.PERSON and caller.closed
        if about_others and set(keys or ()) - {caller.own_bsn}:
            failure = not_yours(step.read.source)
            refusals.append(
                RequestError(
                    Code.NIET_GEAUTORISEERD,
                    failure.message,
                    status=FORBIDDEN,
                    extensions={"pad": list(step.response_path)},
                )
            )
    if refusals:
        raise RequestErrors(refusals)


def _named(found: Refusal, level: str | None) -> RequestError:
    failure = refused_field(found.label, level)
    return RequestError(
        Code.NIET_GEAUTORISEERD,
        failure.message,
        locations=[found.location] if found.location else [],
        status=FORBIDDEN,
        extensions={**failure.extensions(), "pad": list(found.path)},
    )


def _refusal(errors: Sequence[RequestError]) -> Answer:
    status = FORBIDDEN if all(error.status == FORBIDDEN for error in errors) else 400
    return Answer(refused(errors), True, status=status)
