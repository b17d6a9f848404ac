"""What each doelbinding may ask and see, field by field, for review (process).

Walks the published schema as a question would, from the root, following only what the labels allow:
a field that cannot be reached is not there. For a purpose that only inwoners and companies have it
follows what is open or their own, as the plan of an operation does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import GraphQLObjectType

from gateway.configuration import Configuration
from gateway.operation.plan import leads_to_others
from gateway.register import closed
from gateway.source.read import About
from gateway.tabular import Report, Section
from gateway.tenants import Purpose, Tenant
from schema.language.facts import Facts, FieldFact
from schema.language.links import Linked

BEFORE: Final = ("gemeente", "doelbinding", "soort")
COLUMNS: Final = ("naam", "argumenten", "geeft", "labels", "bronnen", "omschrijving")


def rights_of(configuration: Configuration, facts: Facts, tenant: str | None = None) -> Report:
    """The report for all municipalities, or for the one with this code."""
    chosen = [t for code, t in configuration.tenants.items() if tenant in (None, code)]
    return Report(BEFORE, COLUMNS, [s for each in chosen for s in _sections(each, facts)])


def visible(facts: Facts, purpose: Purpose) -> list[FieldFact]:
    """Every field that can be reached for this purpose, those of the root first."""
    return _Walk(facts, purpose).run()


@dataclass(slots=True)
class _Walk:
    facts: Facts
    purpose: Purpose
    _found: dict[tuple[str, str], FieldFact] = field(default_factory=dict)

    def run(self) -> list[FieldFact]:
        pending = [(self.facts.query, About.OPEN)]
        seen = set(pending)
        for type_name, about in pending:
            for each in self._below(type_name, about):
                if each not in seen:
                    seen.add(each)
                    pending.append(each)
        return sorted(self._found.values(), key=lambda f: (f.parent != self.facts.query, f.parent))

    def _below(self, type_name: str, about: About) -> Iterator[tuple[str, About]]:
        """The types that the objects of a type lead to, each with whom it is about."""
        fact = self.facts.types[type_name]
        if fact.is_abstract:
            for option in fact.options.values():
                yield option, about
        for each in fact.fields.values():
            if not self._allowed(each, about):
                continue
            if not fact.is_abstract:
                self._found.setdefault((each.parent, each.name), each)
            if each.is_object:
                yield each.type_name, self._about(each, about)

    def _allowed(self, each: FieldFact, about: About) -> bool:
        if not self.purpose.labels.issuperset(self.facts.required(each)):
            return False
        return not (closed(self.purpose) and leads_to_others(each, about is About.OPEN))

    @staticmethod
    def _about(each: FieldFact, about: About) -> About:
        kind = each.kind
        return getattr(kind.hops[-1].read, "about", about) if isinstance(kind, Linked) else about


def _sections(tenant: Tenant, facts: Facts) -> Iterator[Section]:
    yield Section(1, f"{tenant.code} {tenant.naam}: doelbindingen")
    for purpose in tenant.purposes.values():
        found = visible(facts, purpose)
        yield Section(2, purpose.code, list(_about(purpose)))
        for what, asked in (("vraag", True), ("veld", False)):
            rows = [_row(facts, f) for f in found if (f.parent == facts.query) is asked]
            heading = "Wat er gevraagd mag worden" if asked else "Wat er te zien is"
            yield Section(3, heading, (), COLUMNS, rows, (tenant.code, purpose.code, what))


def _about(purpose: Purpose) -> Iterator[str]:
    yield f"{purpose.omschrijving}. Soorten aanvragers: {', '.join(sorted(purpose.kinds))}."
    if closed(purpose):
        yield "Wie vraagt, ziet alleen zichzelf of wie hen machtigde, en open gegevens."
    yield from _logins(purpose)
    if purpose.open:
        yield "Er mag van alles gevraagd worden wat hieronder staat."
    else:
        yield "Er kunnen alleen geregistreerde vragen gesteld worden (bronpoort register)."
    if purpose.persons is not None:
        yield f"Een vraag gaat over hoogstens {purpose.persons} personen."
    if purpose.persons_per_minute is not None:
        yield f"In een minuut zijn hoogstens {purpose.persons_per_minute} personen te zien."


def _logins(purpose: Purpose) -> Iterator[str]:
    """What else than the kind of who asks must be right."""
    if purpose.rollen:
        yield f"Een medewerker heeft een van deze rollen: {', '.join(sorted(purpose.rollen))}."
    if purpose.level is not None:
        yield f"Wie vraagt, is ingelogd met minstens {purpose.level.value}."
    for label, levels in sorted(purpose.label_levels.items()):
        yield f"{label} vraagt een inlog met minstens {' en '.join(each.value for each in levels)}."


def _row(facts: Facts, fact: FieldFact) -> tuple[str, ...]:
    parent = facts.schema.type_map[fact.parent]
    assert isinstance(parent, GraphQLObjectType)  # noqa: S101  # only of object types are fields told
    published = parent.fields[fact.name]
    return (
        fact.name if fact.parent == facts.query else f"{fact.parent}.{fact.name}",
        ", ".join(f"{name}: {argument.type}" for name, argument in published.args.items()),
        str(published.type),
        ", ".join(facts.required(fact)),
        ", ".join(_sources(fact.kind)),
        _first_sentence(published.description or ""),
    )


def _sources(kind: Any) -> list[str]:
    hops = kind.hops if isinstance(kind, Linked) else ()
    return list(dict.fromkeys(str(getattr(hop.read, "source", "")) for hop in hops))


def _first_sentence(text: str) -> str:
    sentence, _, _ = " ".join(text.split()).partition(". ")
    return sentence.removesuffix(".")
