"""The register of registered questions, as a privacy officer keeps it (process).

Of each question and doelbinding: whose it is, what for, what it begins with, which labels it needs,
which it asks for and may not have, and which sources are asked. All of it follows from the plan, as
if every @skip and @include let everything through.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from graphql import (
    REMOVE,
    DirectiveNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    Visitor,
    parse,
    visit,
)

from gateway.account import NAME as ACCOUNT
from gateway.auth.principal import Kind
from gateway.configuration import Configuration
from gateway.operation.plan import Plan, make_plan
from gateway.question_file import Registration
from gateway.source.directory import parted
from gateway.tabular import Report, Section
from gateway.tenants import Purpose, Tenant
from schema.language.facts import Facts, FieldFact
from schema.language.links import Mijn, Subscription, mijn

BEFORE: Final = ("gemeente",)
COLUMNS: Final = (
    "vraag",
    "eigenaar",
    "omschrijving",
    "doelbinding",
    "waarvoor",
    "soorten",
    "begint met",
    "labels",
    "niet te zien",
    "bronnen",
    "niet ingesteld",
    "sha256",
)


def register_of(configuration: Configuration, facts: Facts, tenant: str | None = None) -> Report:
    """The register of all municipalities, or of the one with this code."""
    chosen = [t for code, t in configuration.tenants.items() if tenant in (None, code)]
    return Report(
        BEFORE,
        COLUMNS,
        [_section(each, configuration.registrations.get(each.code, ()), facts) for each in chosen],
    )


def closed(purpose: Purpose) -> bool:
    """Whether only who may see nothing but their own can have this purpose."""
    return bool(purpose.kinds) and purpose.kinds.isdisjoint((Kind.MEDEWERKER, Kind.SYSTEEM))


def owned(purpose: Purpose) -> bool:
    """Whether anybody can have this purpose who sees what is their own."""
    return not purpose.kinds or any(Kind(kind).closed for kind in purpose.kinds)


def asked_as(fact: FieldFact) -> str:
    """How a question that begins with this field is named: `persoon`, or `mijn.persoon`.
    A subscription is told apart.
    """
    if fact.parent == Mijn.__name__:
        return f"{mijn.name}.{fact.name}"
    return f"{fact.name} (abonnement)" if fact.parent == Subscription.__name__ else fact.name


def _section(tenant: Tenant, registered: Iterable[Registration], facts: Facts) -> Section:
    rows = [
        _row(each, tenant, tenant.purposes[code], facts)
        for each in registered
        for code in each.purposes
        if code in tenant.purposes
    ]
    return Section(
        1,
        f"{tenant.code} {tenant.naam}: geregistreerde vragen",
        [*_openness(tenant), *([] if rows else ["Er zijn geen geregistreerde vragen."])],
        COLUMNS,
        rows,
        (tenant.code,),
    )


def _openness(tenant: Tenant) -> Iterator[str]:
    free = ", ".join(each.code for each in tenant.purposes.values() if each.open)
    if free:
        yield f"Met deze doelbindingen mag ook iets anders gevraagd worden: {free}."
    else:
        yield "Er mag niets anders gevraagd worden dan wat hier staat."


def _row(each: Registration, tenant: Tenant, purpose: Purpose, facts: Facts) -> tuple[str, ...]:
    plan = plan_of(each.text, facts, purpose)
    sources = sorted({step.read.source for step in plan.steps})
    kinds = {found[0] for name in tenant.sources if (found := parted(name, frozenset(sources)))}
    return (
        each.name,
        each.owner,
        each.about,
        purpose.code,
        purpose.omschrijving,
        ", ".join(sorted(purpose.kinds)),
        ", ".join(dict.fromkeys(asked_as(s.fact) for s in plan.steps if s.parent is None)),
        ", ".join(plan.labels),
        ", ".join(sorted({found.label for found in plan.refusals})),
        ", ".join(sources),
        ", ".join(name for name in sources if name not in kinds and name != ACCOUNT),
        each.digest,
    )


def plan_of(text: str, facts: Facts, purpose: Purpose) -> Plan:
    """What a good document would ask for this purpose, at the most: of who can have it that is
    whoever may ask what it asks.
    """
    document: Any = visit(parse(text), _Unconditional())
    (operation,) = (n for n in document.definitions if isinstance(n, OperationDefinitionNode))
    fragments = {
        n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)
    }

    def plan(of_closed: bool) -> Plan:
        return make_plan(facts, operation, fragments, {}, purpose.labels, of_closed)

    made = plan(closed(purpose))
    return plan(True) if made.asks_own and owned(purpose) else made


class _Unconditional(Visitor):
    """Takes out @skip and @include, the only directives that a document may have."""

    def enter_directive(self, node: DirectiveNode, *_: Any) -> Any:
        return REMOVE
