"""One question from a caller, answered: the whole way of an operation (operation)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import OperationDefinitionNode

from gateway.operation.bind import BoundPlan, bind
from gateway.operation.complete import Seal, complete, install, no_links
from gateway.operation.errors import Code, RequestError, refused
from gateway.operation.explain import explain
from gateway.operation.failures import not_yours
from gateway.operation.fetch import Asking, Sources, fetch
from gateway.operation.fetched import Fetched
from gateway.operation.limits import Limits
from gateway.operation.plan import Plan, Refusal, make_plan
from gateway.operation.prepare import Documents, Prepared, RequestErrors
from gateway.source.cache import Cache, Scope
from gateway.source.directory import Directory
from gateway.source.ledger import Ledger
from gateway.source.read import About
from schema.language.facts import Facts

FORBIDDEN = 403


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
    directory: Directory = field(default_factory=Directory)
    """The names of the sources of the caller's municipality."""


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
    ) -> None:
        install(facts)
        self._facts = facts
        self._limits = limits
        self._cache = cache
        self._report = report
        self._documents = Documents(facts, limits, introspection=introspection)

    async def answer(self, question: Question, caller: Caller) -> Answer:
        """The answer; whatever a caller can send wrong is in it, never raised."""
        try:
            return await self._answer(question, caller)
        except RequestErrors as errors:
            return _refusal(errors.errors)
        except RequestError as error:
            return _refusal([error])

    async def _answer(self, question: Question, caller: Caller) -> Answer:
        prepared = self._documents.prepare(question.query)
        operation = prepared.operation(question.operation_name)
        variables = self._documents.variables(operation, question.variables)
        plan = self._plan(prepared, operation, variables.coerced, caller)
        bound = bind(self._facts, plan, variables, caller.directory)
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
            self._limits.positions,
        )
        body = {"errors": response.errors} if response.errors else {}
        body["data"] = response.data
        if question.provenance:
            body["extensions"] = {"herkomst": provenance(ledger)}
        return Answer(body, False, digest=prepared.digest, operation_name=name, ledger=ledger)

    async def _fetch(self, bound: BoundPlan, caller: Caller, ledger: Ledger) -> Fetched:
        asking = Asking(
            sources=caller.open(ledger),
            cache=self._cache,
            scope=caller.scope,
            own_bsn=caller.own_bsn,
            report=self._report,
            limits=self._limits,
            directory=caller.directory,
        )
        return await fetch(bound, asking)

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
        closed = caller.own_bsn is not None
        key = (name, tuple(sorted(conditions.items())), caller.labels, closed)
        plan = prepared.plans.get(key)
        if plan is None:
            plan = prepared.plans[key] = make_plan(
                self._facts, operation, prepared.fragments, conditions, caller.labels, closed
            )
        return plan


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
    refusals = [_named(found) for found in bound.plan.refusals]
    for step in bound.plan.steps:
        keys = bound.of(step).keys
        about_others = step.read.about is About.PERSON and caller.own_bsn is not None
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


def _named(found: Refusal) -> RequestError:
    return RequestError(
        Code.NIET_GEAUTORISEERD,
        "Dit gegeven mag met deze doelbinding niet worden gezien.",
        locations=[found.location] if found.location else [],
        status=FORBIDDEN,
        extensions={"pad": list(found.path), "label": found.label, "opnieuw": False},
    )


def _refusal(errors: Sequence[RequestError]) -> Answer:
    status = FORBIDDEN if all(error.status == FORBIDDEN for error in errors) else 400
    return Answer(refused(errors), True, status=status)
