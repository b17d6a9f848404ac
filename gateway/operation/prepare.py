"""A document's text becomes something that can be planned: bounded, parsed, validated (operation).

Kept by its text, so a known document costs nothing here. What is kept holds no value of any
request: identifiers of persons may only come as variables.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any
from weakref import finalize

import cachetools
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    TypeInfo,
    TypeInfoVisitor,
    Undefined,
    VariableNode,
    Visitor,
    coerce_input_value,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    parse,
    validate,
    visit,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values
from graphql.language import (
    ArgumentNode,
    DirectiveNode,
    ListValueNode,
    NameNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
)

from gateway.operation.accept import Acceptor
from gateway.operation.errors import Code, Location, RequestError
from gateway.operation.limits import Limits, check_document, check_text
from gateway.operation.parse import parsed
from gateway.operation.prepared import Prepared
from gateway.operation.registered import sha256
from gateway.operation.shapes import Shapes
from schema.language.facts import Facts
from schema.language.scalars import SCALARS, elfproef

SENSITIVE = frozenset(spec.name for spec in SCALARS.values() if spec.sensitive)
MOST_ERRORS = 10
_AS_VARIABLE = "Geef een gegeven dat een persoon aanwijst altijd als variabele mee."
_AVERAGE = 400
"""Characters: what is kept is bounded by how much it is, as nodes take some 50 bytes for each."""


Coerce = Callable[[Any], Any]
Signatures = Mapping[str, tuple[GraphQLVariableSignature, Coerce]]
"""By variable what the document says of it, and what coerces one value that is there."""


def _weight(prepared: Prepared) -> int:
    length = prepared.document.loc.end if prepared.document.loc else 0
    return max(_AVERAGE, length)


class Documents:
    """Prepares documents and keeps the latest ones."""

    def __init__(
        self,
        facts: Facts,
        limits: Limits,
        *,
        introspection: bool,
        kept: int = 1_000,
        kind: OperationType = OperationType.QUERY,
    ) -> None:
        """`kept` is how many of average length."""
        self._facts = facts
        self._limits = limits
        self._introspection = introspection
        self._kind = kind
        self._acceptor = Acceptor(facts.schema, SENSITIVE)
        self._shapes = (
            Shapes(self._acceptor, limits, introspection=introspection, most=kept * _AVERAGE)
            if kind is OperationType.QUERY
            else None
        )
        self._signatures: dict[int, Signatures] = {}
        """By the identity of an operation, for as long as it lives."""
        self._kept: cachetools.LRUCache[str, Prepared] = cachetools.LRUCache(
            kept * _AVERAGE, getsizeof=lambda found: min(_weight(found), kept * _AVERAGE)
        )

    def prepare(self, text: str) -> Prepared:
        """The document of this text. Raises RequestErrors for the first kind of fault it has."""
        known = self._kept.get(text)
        return self._anew(text, sha256(text)) if known is None else known

    def recognise(self, text: str) -> Prepared:
        """The same, or what it shares with texts that differ in words only. That is not kept: the
        words are of one request.
        """
        known = self._kept.get(text)
        if known is not None:
            return known
        digest = sha256(text)
        if self._shapes is not None and not _names_somebody(text):
            known = self._shapes.prepared(text, digest)
        return self._anew(text, digest) if known is None else known

    def _anew(self, text: str, digest: str) -> Prepared:
        made = self._prepared(text, digest)
        if not _names_somebody(text):
            self._kept[text] = made
        return made

    def _prepared(self, text: str, digest: str) -> Prepared:
        check_text(text, self._limits)
        try:
            document = parsed(text) or parse(text)
        except GraphQLSyntaxError as error:
            message = "Het document is geen geldige GraphQL: lees verder bij de genoemde plaats."
            raise RequestError(Code.SYNTAX, message, locations=locations(error)) from None
        except RecursionError:
            raise RequestError(Code.LIMIET, "De vraag is te diep genest.") from None
        check_document(document, self._limits, introspection=self._introspection, kind=self._kind)
        conditions = self._acceptor.conditions(document)
        if conditions is None:
            self._validate(document)
            self._refuse_literals(document)
            conditions = found_conditions(document)
        _refuse_named(text, document)
        return Prepared.of(document, conditions, digest)

    def _validate(self, document: DocumentNode) -> None:
        errors = validate(
            self._facts.schema, document, max_errors=MOST_ERRORS, hide_suggestions=True
        )
        if errors:
            raise RequestErrors(
                [
                    RequestError(Code.VALIDATIE, self._said(error), locations=locations(error))
                    for error in errors[:MOST_ERRORS]
                ]
            )

    def _said(self, error: GraphQLError) -> str:
        """What is wrong, and what would be right where clients may know the whole schema."""
        said = in_dutch(error.message)
        if not self._introspection:
            return _UNTOLD if _REQUIRED.match(error.message) else said
        hint = _hint(error, self._facts.schema)
        return f"{said.removesuffix('.')} ({hint})." if hint else said

    def _refuse_literals(self, document: DocumentNode) -> None:
        """Who a question is about stands in the variables, so that no document holds a person."""
        found = found_literals(self._facts.schema, document)
        if found:
            raise RequestError(Code.INVOER, _AS_VARIABLE, locations=found)

    def variables(
        self, operation: OperationDefinitionNode, given: Mapping[str, Any]
    ) -> VariableValues:
        """The coerced variables. Raises RequestError (INVOER) without repeating a value."""
        known = self._signatures.get(id(operation))
        found = None if known is None else _coerced(known, given)
        if found is None:
            found = self._looked_at(operation, given)
        if known is None:
            self._signatures[id(operation)] = {
                name: (source.signature, _coerce_of(source.signature))
                for name, source in found.sources.items()
            }
            finalize(operation, self._signatures.pop, id(operation)).atexit = False
        return found

    def _looked_at(
        self, operation: OperationDefinitionNode, given: Mapping[str, Any]
    ) -> VariableValues:
        """The same, whatever was given: with defaults, and with what is wrong of it."""
        definitions = operation.variable_definitions or ()
        known = {node.variable.name.value for node in definitions}
        if set(given) - known:
            message = "Er is een variabele meegegeven die de operatie niet noemt."
            raise RequestError(Code.INVOER, message)
        coerced = get_variable_values(
            self._facts.schema, definitions, dict(given), max_errors=1, hide_suggestions=True
        )
        if isinstance(coerced, list):
            raise RequestError(
                Code.INVOER, _variable_message(coerced[0]), locations=locations(coerced[0])
            )
        return coerced


def _coerced(signatures: Signatures, given: Mapping[str, Any]) -> VariableValues | None:
    """As graphql-core coerces them, where every variable has a single value that fits: as a rule,
    and then most of the time would go to finding their types anew. None for all else.
    """
    if given.keys() != signatures.keys():
        return None
    sources: dict[str, VariableValueSource] = {}
    coerced: dict[str, Any] = {}
    try:
        for name, (signature, coerce) in signatures.items():
            value = given[name]
            if value is None or type(value) in (list, dict):
                return None
            sources[name] = VariableValueSource(signature, value)
            coerced[name] = coerce(value)
    except Exception:  # whatever a scalar raises: why it does not fit is told elsewhere
        return None
    return None if Undefined in coerced.values() else VariableValues(sources, coerced)


def _coerce_of(signature: GraphQLVariableSignature) -> Coerce:
    """What coerces a single value: raises, or gives Undefined, where that does not fit."""
    wanted = get_nullable_type(signature.type)
    if is_leaf_type(wanted):  # then graphql-core would do nothing else
        return wanted.coerce_input_value
    return partial(coerce_input_value, type_=signature.type)


class RequestErrors(Exception):  # noqa: N818  # the plural of RequestError
    """Several reasons at once why a request is not carried out."""

    def __init__(self, errors: Sequence[RequestError]) -> None:
        super().__init__(errors[0].code.value)
        self.errors = tuple(errors)


_DIGITS = re.compile("[0-9][0-9]{8,}+")  # looked for faster than what begins with a repetition
_NINE = 9


def _names_somebody(text: str) -> bool:
    """Whether there is a number in it that may be a person's."""
    return any(len(each) == _NINE and elfproef(each) for each in _DIGITS.findall(text))


def _refuse_named(text: str, document: DocumentNode) -> None:
    """Names in a document are told in logs, errors and answers: nobody's number stands in one."""
    if _names_somebody(text):
        visitor = _Named()
        visit(document, visitor)
        if visitor.found:
            raise RequestError(Code.INVOER, _AS_VARIABLE, locations=visitor.found)


class _Named(Visitor):
    """Finds names with a BSN in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Location] = []

    def enter_name(self, node: NameNode, *_: Any) -> None:
        if _names_somebody(node.value) and node.loc is not None:
            token = node.loc.start_token
            self.found.append(Location(token.line, token.column))


_NO_VALUE_ITSELF = (VariableNode, NullValueNode, ListValueNode, ObjectValueNode)
"""Names nobody: a variable, nothing, or what only holds values that are looked at themselves."""


class _Literals(Visitor):
    """Finds literals where a sensitive scalar is expected."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.found: list[Location] = []

    def enter(self, node: Any, *_: Any) -> None:
        if not isinstance(node, ValueNode) or isinstance(node, _NO_VALUE_ITSELF):
            return
        expected = self.types.get_input_type()
        if expected is not None and get_named_type(expected).name in SENSITIVE and node.loc:
            at = node.loc.start_token
            self.found.append(Location(at.line, at.column))


def found_literals(schema: GraphQLSchema, document: DocumentNode) -> list[Location]:
    """Where a literal stands in it that a person may be told by."""
    visitor = _Literals(TypeInfo(schema))
    visit(document, TypeInfoVisitor(visitor.types, visitor))
    return visitor.found


def locations(error: GraphQLError) -> tuple[Location, ...]:
    """Where in the document an error is, counted from 1."""
    return tuple(Location(at.line, at.column) for at in error.locations or ())


def found_conditions(document: DocumentNode) -> frozenset[str]:
    """The variables that stand in its @skip and @include."""
    names: set[str] = set()

    class Conditions(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
            if node.name.value in ("skip", "include"):
                names.update(_variable_names(node.arguments or ()))

    visit(document, Conditions())
    return frozenset(names)


def _variable_names(arguments: Sequence[ArgumentNode]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument.value, VariableNode):
            yield argument.value.name.value


_VARIABLE = re.compile(r"Variable '\$([_A-Za-z][_A-Za-z0-9]{0,63})'")
_OWN = tuple(spec.refusal for spec in SCALARS.values())


def _variable_message(error: GraphQLError) -> str:
    """Names the variable and what was expected, never what was sent."""
    name = _VARIABLE.match(error.message)
    expected = _own_sentence(error.message)
    start = f"De variabele ${name[1]} past niet." if name else "Een variabele past niet."
    if expected:
        return f"{start} {expected}"
    if "non-null" in error.message or "was not provided" in error.message:
        return f"{start} Er moet een waarde gegeven worden."
    return f"{start} Vergelijk haar met het type dat de operatie noemt."


def _own_sentence(message: str) -> str | None:
    """Our own words in a message: what a scalar expects. Whole sentences, so never a value."""
    return next((sentence for sentence in _OWN if sentence in message), None)


_NAME = r"'([_A-Za-z][_A-Za-z0-9.]{0,63})'"
_ANY = "'[^']*'"
_VARIABLE_NAME = r"Variable '\$([_A-Za-z][_A-Za-z0-9]{0,63})'"
# Only names of the schema and of variables are repeated; any other name is the client's own text.
_TEMPLATES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), template)
    for pattern, template in (
        (rf"Cannot query field {_ANY} on type {_NAME}", "Het type {0} heeft dit veld niet."),
        (rf"Unknown argument {_ANY} on field {_NAME}", "Het veld {0} heeft dit argument niet."),
        (rf"Unknown argument {_ANY} on directive", "De directive heeft dit argument niet."),
        (r"Argument '[^':]*\b([_A-Za-z]\w{0,63}):\)' of type", "Het argument {0} is verplicht."),
        (rf"Field {_NAME} of type .* must have a selection", "Kies velden binnen {0}."),
        (rf"Field {_NAME} must not have a selection", "Het veld {0} heeft geen velden."),
        (rf"Unknown type {_ANY}", "Dit type bestaat niet."),
        (rf"Unknown fragment {_ANY}", "Dit fragment bestaat niet."),
        (rf"Fragment {_ANY} is never used", "Dit fragment wordt niet gebruikt."),
        (rf"{_VARIABLE_NAME} is not defined", "De variabele ${0} is niet gedeclareerd."),
        (rf"{_VARIABLE_NAME} is never used", "De variabele ${0} wordt niet gebruikt."),
        (rf"{_VARIABLE_NAME} of type", "Het type van de variabele ${0} past hier niet."),
        (
            r"[^']{0,10}Subscription .*must (?:not )?(?:select|use)",
            "Een subscription heeft precies één beginveld, zonder @skip of @include.",
        ),
        (rf"Fields {_ANY} conflict", "Deze velden verschillen: geef een ervan een alias."),
    )
)


_REQUIRED = re.compile(r"Argument '[^':]*\b[_A-Za-z]\w{0,63}:\)' of type")
_UNTOLD = "Er ontbreekt een verplicht argument."
"""Where the schema is not told: the name of what is lacking would tell some of it."""
_NO_SUCH_FIELD = re.compile(rf"Cannot query field {_ANY} on type {_NAME}")
_EXPECTED_TYPE = re.compile(r"Variable .* expecting type '([][!_A-Za-z0-9]{1,128})'\.")
_LONGEST_NAME = 64
"""Characters: a longer name is compared with nothing, and nobody meant one of ours by it."""


def _hint(error: GraphQLError, schema: GraphQLSchema) -> str | None:
    """What would be right: names of our own schema, and nothing that the client wrote."""
    expected = _EXPECTED_TYPE.fullmatch(error.message)
    if expected:
        return f"verwacht: {expected[1]}"
    missing = _NO_SUCH_FIELD.match(error.message)
    written = error.nodes[0] if error.nodes else None
    if missing is None or not isinstance(written, FieldNode):
        return None
    name, known = written.name.value, getattr(schema.get_type(missing[1]), "fields", {})
    meant = get_close_matches(name, known, 1) if len(name) <= _LONGEST_NAME else ()
    return f"bedoelde u: {meant[0]}?" if meant else None


def in_dutch(message: str) -> str:
    """A validation message in Dutch, with names of the schema and of variables, without values."""
    expected = _own_sentence(message)
    if expected is not None:
        return expected
    for pattern, template in _TEMPLATES:
        found = pattern.match(message)
        if found and not any(re.search("[0-9]{6}", name) for name in found.groups()):
            return template.format(*found.groups())
    return "Dit past niet bij het schema."
