"""How much one request may ask, in the operation phase, before anything is validated.

First the text, before it is parsed; then the document. Standard validation is quadratic in places,
and what follows fragments again at every use is exponential: a document of a kilobyte can hold a
processor for seconds. What is here is linear: every token and every node is looked at once, and a
fragment's measure is kept and multiplied where it is used.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    get_location,
)

from gateway.operation.errors import Code, Location, RequestError
from schema.language.links import mijn


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask at most; more is refused with `LIMIET`.

    `edges` and `node` are no level of `depth`: they only wrap a list, and a question through four
    connections would have spent eight levels on wrapping. `mijn` is no level and no root field: a
    question begins at what stands in it. Everything is counted as it would be executed: a fragment
    used twice counts twice. The introspection fields `__schema` and `__type` count as one field;
    what is asked under them has bounds of its own, just wide enough for the question that GraphiQL
    sends.

    `cost` bounds what is expected before anything is asked; `calls` (of all sources) and `persons`
    (asked for by BSN, or found by a search) bound what is really asked, because nobody knows
    beforehand how many live at an address. What goes over those is null with an error, and what was
    asked already is given. So it is with `positions`: how many of geometries are converted from one
    system to the other.

    Of no single request are `persons_per_minute`: of how many persons one caller may see anything
    in a minute; and `fresh`: how often a minute one caller may ask past what is kept.
    """

    characters: int = 15_000
    tokens: int = 1_000
    nesting: int = 60
    operations: int = 1
    depth: int = 10
    aliases: int = 15
    root_fields: int = 10
    fields: int = 200
    directives: int = 20
    fragments: int = 30
    introspection_depth: int = 20
    introspection_fields: int = 500
    cost: int = 5_000
    calls: int = 500
    persons: int = 20
    persons_per_minute: int = 60
    positions: int = 20_000
    fresh: int = 10


@dataclass(slots=True)
class Measure:
    """The size of a selection as it would be executed, fragments multiplied out.

    `direct` counts the fields at its own level, `depth` its levels, `introspection_*` what is asked
    under `__schema` and `__type`. `visited` is set on a whole document's measure: how many nodes
    were looked at to know it.
    """

    direct: int = 0
    fields: int = 0
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    introspection_fields: int = 0
    introspection_depth: int = 0
    visited: int = 0

    def add(self, other: "Measure") -> None:
        """What stands beside it, at the same level."""
        self.direct += other.direct
        self.fields += other.fields
        self.depth = max(self.depth, other.depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.introspection_fields += other.introspection_fields
        self.introspection_depth = max(self.introspection_depth, other.introspection_depth)

    def add_field(self, field: FieldNode, inner: "Measure | None") -> None:
        """A field with this selection."""
        inner = inner or _NOTHING
        self.aliases += inner.aliases + (field.alias is not None)
        self.directives += inner.directives
        told, told_deep = inner.introspection_fields, inner.introspection_depth
        direct, fields, depth = 1, inner.fields + 1, inner.depth + 1
        name, nests = field.name.value, field.selection_set is not None
        if name in INTROSPECTION:
            told, told_deep = told + inner.fields, max(told_deep, inner.depth)
            fields, depth = 1, 1
        elif name == mijn.name and nests:
            direct, depth = inner.direct, inner.depth
        elif name in WRAPPING and nests:
            depth = inner.depth
        self.direct += direct
        self.fields += fields
        self.depth = max(self.depth, depth)
        self.introspection_fields += told
        self.introspection_depth = max(self.introspection_depth, told_deep)


_NOTHING: Final = Measure()
EXECUTABLE_DIRECTIVES: Final = frozenset({"skip", "include"})
INTROSPECTION: Final = frozenset({"__schema", "__type"})
WRAPPING: Final = frozenset({"edges", "node"})

_Directed = (
    OperationDefinitionNode | VariableDefinitionNode | FragmentDefinitionNode | SelectionNode
)
_UNKNOWN: Final = Measure(direct=1, fields=1, depth=1)  # a fragment that validation will refuse

# Comments first, so that what stands in them is not counted. What repeats is possessive, or a group
# after which nothing can fail: no input makes it look at a character more than twice.
_TOKEN: Final = re.compile(
    r"#[^\n\r]*+"
    r'|"""[^"\\]*+(?:(?:\\"""|\\|"(?!""))[^"\\]*+)*(?:""")?'
    r'|"[^"\\\n\r]*+(?:\\.[^"\\\n\r]*+)*"?'
    r"|[_A-Za-z][_0-9A-Za-z]*+"
    r"|-?[0-9][0-9A-Za-z_.+-]*+"
    r"|\.\.\."
    r"|[^\s,\ufeff]"
)


def check_text(text: str, limits: Limits) -> None:
    """Refuses a text that is too long, has too many tokens, or nests too deep, before it is parsed.

    Raises RequestError (LIMIET). A token is what section 2.1.6 of the GraphQL specification calls
    one. A text that is no GraphQL passes here when it is small: the parser refuses it. The bound on
    nesting keeps the recursive parser within its stack.
    """
    if len(text) > limits.characters:
        raise _too_much("De vraag is te lang", limits.characters, "tekens")
    tokens = nesting = 0
    for match in _TOKEN.finditer(text):
        first = text[match.start()]
        if first == "#":
            continue
        tokens += 1
        if tokens > limits.tokens:
            raise _too_much("De vraag is te groot", limits.tokens, "symbolen")
        if first in "{[(":
            nesting += 1
            if nesting > limits.nesting:
                raise _too_much("De vraag is te diep genest", limits.nesting, "haakjes diep")
        elif first in "}])":
            nesting -= 1


def check_document(
    document: DocumentNode,
    limits: Limits,
    *,
    introspection: bool = True,
    directives: frozenset[str] = EXECUTABLE_DIRECTIVES,
    kind: OperationType = OperationType.QUERY,
) -> Measure:
    """Refuses a document that asks too much, or what is never served; tells how much it asks.

    Linear in the document, and done before standard validation. Raises RequestError: LIMIET for a
    bound, VALIDATIE for circular or doubly defined fragments and for directives that are unknown or
    repeated (`directives` are the known ones, none of them repeatable), ALLEEN_LEZEN for anything
    but an operation of this `kind` (GEEN_ABONNEMENT for a query), INTROSPECTIE_UIT for `__schema`
    and `__type` when `introspection` is off.
    """
    operations, fragments = _definitions(document, limits, kind)
    walk = _Walk(limits, introspection, directives)
    for name in _inner_first(fragments):
        walk.fragment(fragments[name])
    total = Measure()
    for operation in operations:
        total.add(walk.operation(operation))
    total.visited = walk.visited
    return total


def _definitions(
    document: DocumentNode, limits: Limits, kind: OperationType
) -> tuple[list[OperationDefinitionNode], dict[str, FragmentDefinitionNode]]:
    operations: list[OperationDefinitionNode] = []
    fragments: dict[str, FragmentDefinitionNode] = {}
    for definition in document.definitions:
        match definition:
            case OperationDefinitionNode():
                _only(kind, definition)
                operations.append(definition)
            case FragmentDefinitionNode():
                if definition.name.value in fragments:
                    raise _invalid("Geef elk fragment een eigen naam.", definition)
                fragments[definition.name.value] = definition
            case _:
                raise _invalid(
                    "Stuur alleen een vraag, geen definities van een schema.", definition
                )
    if len(operations) > limits.operations:
        raise _too_much("Het document heeft te veel operaties", limits.operations, "per verzoek")
    if len(fragments) > limits.fragments:
        raise _too_much("De vraag heeft te veel fragmenten", limits.fragments, "fragmenten")
    return operations, fragments


def _only(kind: OperationType, operation: OperationDefinitionNode) -> None:
    match operation.operation:
        case OperationType.MUTATION:
            code, message = Code.ALLEEN_LEZEN, "Hier kan alleen gelezen worden, geen mutation."
        case given if given is kind:
            return
        case OperationType.SUBSCRIPTION:
            code = Code.ALLEEN_LEZEN
            message = (
                "Hier kunnen alleen vragen (query) gesteld worden. Een subscription gaat over een "
                "WebSocket (graphql-transport-ws), of met Accept: text/event-stream."
            )
        case _:
            code = Code.GEEN_ABONNEMENT
            message = "Hier kan alleen een subscription. Stel een vraag (query) met POST."
    raise RequestError(code, message, locations=_place(operation))


def _inner_first(fragments: Mapping[str, FragmentDefinitionNode]) -> list[str]:
    """The names of fragments, each after those that it spreads; a circle is refused.

    Kahn's algorithm: no recursion, so a long chain of fragments does not fill the stack.
    """
    waiting = {
        name: {spread for spread in _spreads(fragment.selection_set) if spread in fragments}
        for name, fragment in fragments.items()
    }
    used_by: dict[str, list[str]] = {name: [] for name in fragments}
    for name, spreads in waiting.items():
        for spread in spreads:
            used_by[spread].append(name)
    order = [name for name, spreads in waiting.items() if not spreads]
    for name in order:
        for user in used_by[name]:
            waiting[user].discard(name)
            if not waiting[user]:
                order.append(user)
    if len(order) < len(fragments):
        circular = next(fragments[name] for name in fragments if waiting[name])
        raise _invalid("Een fragment mag zichzelf niet gebruiken, ook niet via andere.", circular)
    return order


def _spreads(selection_set: SelectionSetNode) -> Iterator[str]:
    """The names of the fragments used anywhere under a selection, not looking into those."""
    pending: list[SelectionNode] = list(selection_set.selections)
    while pending:
        match pending.pop():
            case FragmentSpreadNode(name=name):
                yield name.value
            case FieldNode(selection_set=inner) | InlineFragmentNode(selection_set=inner):
                pending.extend(inner.selections if inner else ())


class _Walk:
    """One pass over a document; holds the measure of each fragment that was met."""

    def __init__(self, limits: Limits, introspection: bool, directives: frozenset[str]) -> None:
        self.visited = 0
        self._limits = limits
        self._introspection = introspection
        self._known = directives
        self._fragments: dict[str, Measure] = {}
        self._widest_fields = max(limits.fields, limits.introspection_fields)
        self._widest_depth = max(limits.depth, limits.introspection_depth)

    def fragment(self, fragment: FragmentDefinitionNode) -> None:
        """Measures a fragment of which every inner fragment is measured already.

        Whether it stands under `__schema` is not known yet: it is held to the wider of the bounds.
        """
        directives = self._directives(fragment)
        measure = self._selected(fragment.selection_set)
        measure.directives += directives
        self._within(measure, self._widest_fields, self._widest_depth)
        self._fragments[fragment.name.value] = measure

    def operation(self, operation: OperationDefinitionNode) -> Measure:
        """Measures an operation and holds it to every bound."""
        directives = self._directives(operation)
        measure = self._selected(operation.selection_set)
        measure.directives += directives
        for variable in operation.variable_definitions or ():
            measure.directives += self._directives(variable)
        self._within(measure, self._limits.fields, self._limits.depth)
        if measure.direct > self._limits.root_fields:
            raise _too_much("De vraag begint te breed", self._limits.root_fields, "beginvelden")
        return measure

    def _selected(self, selection_set: SelectionSetNode | None) -> Measure:
        measure = Measure()
        for selection in selection_set.selections if selection_set else ():
            measure.directives += self._directives(selection)
            match selection:
                case FieldNode(selection_set=inner):
                    self._allow(selection)
                    measure.add_field(selection, self._selected(inner) if inner else None)
                case InlineFragmentNode(selection_set=inner):
                    measure.add(self._selected(inner))
                case FragmentSpreadNode(name=name):
                    measure.add(self._fragments.get(name.value, _UNKNOWN))
                case _:
                    raise _invalid("Dit kan niet gevraagd worden.", selection)
            if measure.fields > self._widest_fields:
                raise self._too_many_fields()
        return measure

    def _allow(self, field: FieldNode) -> None:
        if field.name.value in INTROSPECTION and not self._introspection:
            raise RequestError(
                Code.INTROSPECTIE_UIT,
                "Het schema is hier niet op te vragen. Gebruik het gepubliceerde schema.",
                locations=_place(field),
            )

    def _directives(self, node: _Directed) -> int:
        """How many; the visit of a node begins here."""
        used = node.directives
        self.visited += 1
        if not used:
            return 0
        self.visited += len(used)
        seen: set[str] = set()
        for directive in used[: self._limits.directives + 1]:
            if (name := directive.name.value) not in self._known:
                raise _invalid(f"Gebruik alleen {_listed(self._known)}.", directive)
            if name in seen:
                raise _invalid("Gebruik een directive niet tweemaal op één plaats.", directive)
            seen.add(name)
        return len(used)

    def _within(self, measure: Measure, fields: int, depth: int) -> None:
        limits = self._limits
        if measure.fields > fields:
            raise self._too_many_fields()
        if measure.depth > depth:
            raise _too_much("De vraag gaat te diep", limits.depth, "niveaus")
        if measure.aliases > limits.aliases:
            raise _too_much("De vraag heeft te veel aliassen", limits.aliases, "aliassen")
        if measure.directives > limits.directives:
            raise _too_much("De vraag heeft te veel directives", limits.directives, "directives")
        if measure.introspection_fields > limits.introspection_fields:
            raise _too_much(
                "Er wordt te veel van het schema gevraagd", limits.introspection_fields, "velden"
            )
        if measure.introspection_depth > limits.introspection_depth:
            raise _too_much(
                "Het schema wordt te diep gevraagd", limits.introspection_depth, "niveaus"
            )

    def _too_many_fields(self) -> RequestError:
        return _too_much("De vraag heeft te veel velden", self._limits.fields, "velden")


def _listed(names: Iterable[str]) -> str:
    return " en ".join(f"@{name}" for name in sorted(names))


def _place(node: Node) -> list[Location]:
    if node.loc is None:
        return []
    at = get_location(node.loc.source, node.loc.start)
    return [Location(at.line, at.column)]


def _invalid(message: str, node: Node) -> RequestError:
    return RequestError(Code.VALIDATIE, message, locations=_place(node))


def _too_much(what: str, limit: int, unit: str) -> RequestError:
    message = f"{what}: ten hoogste {limit} {unit}. Splits de vraag."
    return RequestError(Code.LIMIET, message)
