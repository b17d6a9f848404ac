"""What each doelbinding may ask and see, field by field, for review (process).

Walks the published schema as a question would, from the root, following only what the labels allow:
a field that cannot be reached is not there. Who asks only for what is their own begins at `mijn` or
at what is open, as in the plan of an operation; who asks for anybody, anywhere but there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import GraphQLObjectType

from gateway.configuration import Configuration
from gateway.inzage import KnownInzage
from gateway.operation.plan import refused
from gateway.register import asked_as, closed, owned
from gateway.source.read import About
from gateway.source.sieve import Limit
from gateway.tabular import Report, Section
from gateway.telling import KindOf, not_asked
from gateway.tenants import NO_INZAGE, Purpose, Tenant
from schema.language.facts import Facts, FieldFact
from schema.language.links import Linked, Mijn, Namespace

BEFORE: Final = ("gemeente", "doelbinding", "soort")
COLUMNS: Final = ("naam", "argumenten", "geeft", "labels", "bronnen", "omschrijving")


def rights_of(
    configuration: Configuration,
    facts: Facts,
    tenant: str | None = None,
    known_inzage: KnownInzage = NO_INZAGE,
    kind_of: KindOf = str,
) -> Report:
    """The report for all municipalities, or for the one with this code; `known_inzage` is what
    purposes can say of what is shown, `kind_of` gives the kind of a source by its name.
    """
    chosen = [t for code, t in configuration.tenants.items() if tenant in (None, code)]
    return Report(
        BEFORE,
        COLUMNS,
        [s for each in chosen for s in _sections(each, facts, known_inzage, kind_of)],
    )


def visible(facts: Facts, purpose: Purpose) -> list[FieldFact]:
    """Every field that can be reached for this purpose, those of the root first."""
    return _Walk(facts, purpose).run()


def asked_of(facts: Facts, purpose: Purpose) -> frozenset[tuple[str, str]]:
    """The kinds of sources that this purpose leads to, each with what is done there."""
    hops = (
        hop for f in visible(facts, purpose) if isinstance(f.kind, Linked) for hop in f.kind.hops
    )
    reads: Iterator[Any] = (hop.read for hop in hops)
    return frozenset((read.source, read.activity) for read in reads)


@dataclass(slots=True)
class _Walk:
    facts: Facts
    purpose: Purpose
    _found: dict[tuple[str, str], FieldFact] = field(default_factory=dict)

    def run(self) -> list[FieldFact]:
        pending: list[tuple[str, About | None]] = [(self.facts.query, None)]
        seen = set(pending)
        for type_name, about in pending:
            for each in self._below(type_name, about):
                if each not in seen:
                    seen.add(each)
                    pending.append(each)
        return sorted(self._found.values(), key=self._place)

    def _place(self, each: FieldFact) -> tuple[bool, bool, str]:
        """Questions first, those of the root before those of `mijn`."""
        return (not is_question(self.facts, each), each.parent != self.facts.query, each.parent)

    def _below(self, type_name: str, about: About | None) -> Iterator[tuple[str, About | None]]:
        """The types that the objects of a type lead to, each with whom it is about."""
        fact = self.facts.types[type_name]
        if fact.is_abstract:
            for option in fact.options.values():
                yield option, about
        for each in fact.fields.values():
            if not self._allowed(each, about):
                continue
            if not fact.is_abstract and not isinstance(each.kind, Namespace):
                self._found.setdefault((each.parent, each.name), each)
            if each.is_object:
                yield each.type_name, self._about(each, about)

    def _allowed(self, each: FieldFact, about: About | None) -> bool:
        if not self.purpose.labels.issuperset(self.facts.required(each)):
            return False
        if isinstance(each.kind, Namespace):
            return owned(self.purpose)
        return not closed(self.purpose) or refused(each, True, about) is None

    @staticmethod
    def _about(each: FieldFact, about: About | None) -> About | None:
        kind = each.kind
        return getattr(kind.hops[-1].read, "about", about) if isinstance(kind, Linked) else about


def is_question(facts: Facts, fact: FieldFact) -> bool:
    """Whether a question can begin with it."""
    return fact.parent in (facts.query, Mijn.__name__)


def _sections(
    tenant: Tenant, facts: Facts, known_inzage: KnownInzage, kind_of: KindOf
) -> Iterator[Section]:
    yield Section(1, f"{tenant.code} {tenant.naam}: doelbindingen")
    for purpose in tenant.purposes.values():
        found = visible(facts, purpose)
        about = [
            *_about(purpose),
            *_insight(purpose, known_inzage),
            *not_asked(tenant, purpose, kind_of, asked_of(facts, purpose)),
        ]
        yield Section(2, purpose.code, about)
        for what, asked in (("vraag", True), ("veld", False)):
            rows = [_row(facts, f) for f in found if is_question(facts, f) is asked]
            heading = "Wat er gevraagd mag worden" if asked else "Wat er te zien is"
            yield Section(3, heading, (), COLUMNS, rows, (tenant.code, purpose.code, what))


def _about(purpose: Purpose) -> Iterator[str]:
    yield f"{purpose.omschrijving}. Soorten aanvragers: {', '.join(sorted(purpose.kinds))}."
    if closed(purpose):
        yield "Wie vraagt, ziet via mijn alleen zichzelf of wie hen machtigde, en open gegevens."
    yield from _logins(purpose)
    if purpose.open:
        yield "Er mag van alles gevraagd worden wat hieronder staat."
    else:
        yield "Er kunnen alleen geregistreerde vragen gesteld worden (bronpoort register)."
    if purpose.persons is not None:
        yield f"Een vraag gaat over hoogstens {purpose.persons} personen."
    if purpose.persons_per_minute is not None:
        yield f"In een minuut zijn hoogstens {purpose.persons_per_minute} personen te zien."


def _insight(purpose: Purpose, known: KnownInzage) -> Iterator[str]:
    """What is shown of what sources give: said in the file, or what holds for somebody's own."""
    said = dict(purpose.insight)
    for name, each in known.items():
        if not any(label.startswith(each.labels) for label in purpose.labels):
            continue
        if name in said:
            yield f"{each.about} inzage.{name}: {_words(said[name])}."
        elif each.own is not None and owned(purpose):
            yield f"{each.about} Voor wie alleen het eigene ziet: {_words(each.own)}."


def _words(said: Limit) -> str:
    return said if isinstance(said, str) else ", ".join(sorted(said))


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
        asked_as(fact) if is_question(facts, fact) else f"{fact.parent}.{fact.name}",
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
