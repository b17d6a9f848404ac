"""Whether a document is valid beyond doubt, in one walk (operation).

graphql-core's validation is some thirty visitors, and costs most of what a document that was never
seen before costs. This walk is for the documents that clients really send: what it accepts is
valid, by every rule of the specification's chapter 5, and holds no person as a literal. What it
does not accept may be valid all the same: graphql-core decides, and says what is wrong.

The walk is over the fields as they will be merged, fragments included, so that those that stand
under one name are compared as they are met. `gateway.operation.limits` has bounded it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    ListTypeNode,
    ListValueNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    TypeNode,
    Undefined,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_input_type,
    is_leaf_type,
    print_ast,
    type_from_ast,
)
from graphql.language import NamedTypeNode
from graphql.utilities import validate_input_literal

_CONDITIONS: Final = ("skip", "include")


class _DoubtError(Exception):
    """Something that is wrong, or that this walk does not know."""


@dataclass(frozen=True, slots=True)
class _Input:
    """An argument or the field of an input object."""

    type: Any
    text: str
    has_default: bool

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.text.endswith("!") and not self.has_default


@dataclass(frozen=True, slots=True)
class _Field:
    """What a field gives: `shape` is its type, of objects only the lists and nulls around them;
    from `below` more is to be selected.
    """

    shape: str
    below: "_Type | None" = None
    inputs: Mapping[str, _Input] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


class _Type:
    """An object type, interface or union, of which the fields are made at their first use."""

    def __init__(self, known: "Acceptor", made: Any) -> None:
        self.name: str = made.name
        self.is_object = isinstance(made, GraphQLObjectType)
        self._known = known
        self._made = made

    @cached_property
    def possible(self) -> frozenset[str]:
        """The object types that it may be."""
        if self.is_object:
            return frozenset({self.name})
        return frozenset(each.name for each in self._known.schema.get_possible_types(self._made))

    @cached_property
    def fields(self) -> Mapping[str, _Field]:
        """Its fields by name; those of introspection are not among them."""
        own = {} if isinstance(self._made, GraphQLUnionType) else self._made.fields
        found = {name: self._known.field(made) for name, made in own.items()}
        return {**found, "__typename": _Field("String!")}


class Acceptor:
    """The walk over documents, for one schema. `sensitive` are the scalars of which no value may
    stand in a document.
    """

    def __init__(self, schema: GraphQLSchema, sensitive: Collection[str]) -> None:
        self.schema = schema
        self.sensitive = frozenset(sensitive)
        self._types: dict[str, _Type] = {}

    def conditions(self, document: DocumentNode) -> frozenset[str] | None:
        """Of a document that is valid beyond doubt the variables that stand in @skip and @include;
        else None.
        """
        try:
            return _Walk(self, document).conditions()
        except (_DoubtError, RecursionError):
            return None

    def of_shape(
        self, document: DocumentNode, lifted: Collection[str]
    ) -> tuple[frozenset[str], Mapping[str, Any]] | None:
        """The same of a document in which these variables stand for literals; and by variable the
        scalar or enum that is wanted where it stands. None too where a list or an object is wanted
        there, or what no literal may be.
        """
        try:
            walk = _Walk(self, document, lifted)
            return walk.conditions(), walk.kinds
        except (_DoubtError, RecursionError):
            return None

    def type(self, name: str) -> _Type:
        """The composite type of this name."""
        found = self._types.get(name)
        if found is None:
            made = self.schema.type_map.get(name)
            if made is None or not is_composite_type(made) or name.startswith("__"):
                raise _DoubtError
            found = self._types[name] = _Type(self, made)
        return found

    def field(self, made: GraphQLField) -> _Field:
        """What is to be known of a field."""
        named, text = get_named_type(made.type), str(made.type)
        composite = is_composite_type(named)
        inputs = {name: _input(each) for name, each in made.args.items()}
        return _Field(
            text.replace(named.name, "{}") if composite else text,
            self.type(named.name) if composite else None,
            inputs,
            frozenset(name for name, each in inputs.items() if each.required),
        )


def _input(made: GraphQLArgument | GraphQLInputField) -> _Input:
    has_default = made.default is not None or made.default_value is not Undefined
    return _Input(made.type, str(made.type), has_default)


_IF: Final = "Boolean!"
_Scope = list[tuple[_Type, SelectionSetNode]]
_Group = list[tuple[_Type, _Field, FieldNode]]


class _Walk:
    """One document; raises _DoubtError."""

    def __init__(
        self, known: Acceptor, document: DocumentNode, lifted: Collection[str] = ()
    ) -> None:
        self._known = known
        self._lifted = lifted
        self.kinds: dict[str, Any] = {}
        """Of the variables that stand for literals: what is wanted there."""
        self._fragments: dict[str, FragmentDefinitionNode] = {}
        self._variables: dict[str, tuple[str, bool]] = {}
        self._used: set[str] = set()
        self._conditions: set[str] = set()
        self._inside: list[str] = []
        self._reached: set[str] = set()
        self._operation = self._one(document)

    def conditions(self) -> frozenset[str]:
        """The variables in its conditions, when all of it has been looked at."""
        operation = self._operation
        root = self._known.schema.query_type
        if operation.directives or operation.operation is not OperationType.QUERY or root is None:
            raise _DoubtError
        for definition in operation.variable_definitions or ():
            self._declare(definition)
        self._scope([(self._known.type(root.name), operation.selection_set)])
        if len(self._used) < len(self._variables) or len(self._reached) < len(self._fragments):
            raise _DoubtError
        return frozenset(self._conditions)

    def _one(self, document: DocumentNode) -> OperationDefinitionNode:
        operations: list[OperationDefinitionNode] = []
        for definition in document.definitions:
            if getattr(definition, "description", None) is not None:
                raise _DoubtError
            match definition:
                case OperationDefinitionNode():
                    operations.append(definition)
                case FragmentDefinitionNode() if definition.name.value not in self._fragments:
                    self._fragments[definition.name.value] = definition
                case _:
                    raise _DoubtError
        if len(operations) != 1:
            raise _DoubtError
        return operations[0]

    # ---- variables --------------------------------------------------------------------------

    def _declare(self, definition: VariableDefinitionNode) -> None:
        name, text = definition.variable.name.value, _written(definition.type)
        named = self._known.schema.type_map.get(text.strip("[]!"))
        if name in self._variables or definition.directives or not is_input_type(named):
            raise _DoubtError
        if definition.description is not None:  # a text in which anybody may be named
            raise _DoubtError
        default = definition.default_value
        if default is not None:
            kind: Any = type_from_ast(self._known.schema, definition.type)
            self._literal(default, kind)
        given = default is not None and not isinstance(default, NullValueNode)
        self._variables[name] = (text, given)

    def _use(self, node: VariableNode, text: str, has_default: bool) -> None:
        """A variable where a value of this type is expected; section 5.8.5 of the specification,
        but for items of a list that are stricter than they need be.
        """
        name = node.name.value
        if name not in self._variables:
            raise _DoubtError
        self._used.add(name)
        declared, given = self._variables[name]
        if declared == text or declared == f"{text}!":
            return
        if text != f"{declared}!" or not (given or has_default):
            raise _DoubtError

    # ---- selections -------------------------------------------------------------------------

    def _scope(self, scope: _Scope) -> None:
        """Whatever is selected at one place of the answer (section 5.3.2, FieldsInSetCanMerge)."""
        for group in self._groups(scope):
            if len(group) == 1 or _are_one(group):
                self._scope(_below(group))
                continue
            _check_shape(group)
            for part in _apart(group):
                if not _are_one(part):
                    raise _DoubtError
                self._scope(_below(part))
            self._shape(_below(group))

    def _shape(self, scope: _Scope) -> None:
        """The same for types that exclude each other (SameResponseShape)."""
        for group in self._groups(scope):
            _check_shape(group)
            self._shape(_below(group))

    def _groups(self, scope: _Scope) -> Collection[_Group]:
        """The fields by the name that they get in the answer."""
        groups: dict[str, _Group] = {}
        for type_, selected in scope:
            self._collect(type_, selected, groups)
        return groups.values()

    def _collect(self, type_: _Type, selected: SelectionSetNode, groups: dict[str, _Group]) -> None:
        if not selected.selections:
            raise _DoubtError
        for node in selected.selections:
            if node.directives:
                self._directives(node.directives)
            match node:
                case FieldNode():
                    found = self._field(type_, node)
                    name = (node.alias or node.name).value
                    groups.setdefault(name, []).append((type_, found, node))
                case InlineFragmentNode(type_condition=condition, selection_set=inner):
                    inside = type_ if condition is None else self._inner(type_, condition)
                    self._collect(inside, inner, groups)
                case FragmentSpreadNode():
                    self._spread(type_, node.name.value, groups)

    def _spread(self, type_: _Type, name: str, groups: dict[str, _Group]) -> None:
        fragment = self._fragments.get(name)
        if fragment is None or fragment.directives or name in self._inside:
            raise _DoubtError
        self._reached.add(name)
        self._inside.append(name)
        inside = self._inner(type_, fragment.type_condition)
        self._collect(inside, fragment.selection_set, groups)
        self._inside.pop()

    def _inner(self, type_: _Type, condition: NamedTypeNode) -> _Type:
        found = self._known.type(condition.name.value)
        if found is not type_ and found.possible.isdisjoint(type_.possible):
            raise _DoubtError
        return found

    def _field(self, type_: _Type, node: FieldNode) -> _Field:
        found = type_.fields.get(node.name.value)
        if found is None or (found.below is None) is not (node.selection_set is None):
            raise _DoubtError
        given: set[str] = set()
        for argument in node.arguments or ():
            name = argument.name.value
            expected = found.inputs.get(name)
            if expected is None or name in given:
                raise _DoubtError
            given.add(name)
            self._value(argument.value, expected.type, expected.text, expected.has_default)
        if found.required and not found.required <= given:
            raise _DoubtError
        return found

    def _directives(self, directives: Sequence[DirectiveNode]) -> None:
        seen: set[str] = set()
        for directive in directives:
            name = directive.name.value
            arguments = directive.arguments or ()
            if name not in _CONDITIONS or name in seen or len(arguments) != 1:
                raise _DoubtError
            seen.add(name)
            (argument,) = arguments
            if argument.name.value != "if":
                raise _DoubtError
            match argument.value:
                case VariableNode() as variable:
                    self._use(variable, _IF, False)
                    self._conditions.add(variable.name.value)
                case BooleanValueNode():
                    pass
                case _:
                    raise _DoubtError

    # ---- values -----------------------------------------------------------------------------

    def _value(self, node: ValueNode, kind: Any, text: str, has_default: bool) -> None:
        if not isinstance(node, VariableNode):
            self._literal(node, kind)
        elif node.name.value in self._lifted:
            self._lift(node.name.value, kind)
        else:
            self._use(node, text, has_default)

    def _lift(self, name: str, kind: Any) -> None:
        """A variable in the place of a literal: it is of any leaf, if of one only."""
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        if not is_leaf_type(kind) or kind.name in self._known.sensitive:
            raise _DoubtError
        if self.kinds.setdefault(name, kind) is not kind:
            raise _DoubtError

    def _literal(self, node: ValueNode, kind: Any) -> None:
        if isinstance(kind, GraphQLNonNull):
            if isinstance(node, NullValueNode):
                raise _DoubtError
            kind = kind.of_type
        match kind:
            case _ if isinstance(node, NullValueNode):
                return
            case GraphQLList(of_type=item) if isinstance(node, ListValueNode):
                for each in node.values:
                    self._value(each, item, str(item), False)
            case GraphQLList(of_type=item):
                self._literal(node, item)
            case GraphQLInputObjectType():
                self._object(node, kind)
            case _:
                self._leaf(node, kind)

    def _object(self, node: ValueNode, kind: GraphQLInputObjectType) -> None:
        if not isinstance(node, ObjectValueNode) or kind.is_one_of:
            raise _DoubtError
        expected = {name: _input(made) for name, made in kind.fields.items()}
        given: set[str] = set()
        for each in node.fields:
            name = each.name.value
            if name not in expected or name in given:
                raise _DoubtError
            given.add(name)
            found = expected[name]
            self._value(each.value, found.type, found.text, found.has_default)
        if any(found.required and name not in given for name, found in expected.items()):
            raise _DoubtError

    def _leaf(self, node: ValueNode, kind: Any) -> None:
        composed = isinstance(node, VariableNode | ListValueNode | ObjectValueNode)
        if composed or kind.name in self._known.sensitive:
            raise _DoubtError
        validate_input_literal(node, kind, _refuse, hide_suggestions=True)


def _refuse(_error: object, _path: object) -> None:
    raise _DoubtError


def _written(node: TypeNode) -> str:
    match node:
        case NonNullTypeNode(type=inner):
            return f"{_written(inner)}!"
        case ListTypeNode(type=inner):
            return f"[{_written(inner)}]"
        case NamedTypeNode(name=name):
            return name.value
    raise _DoubtError


def _below(group: _Group) -> _Scope:
    return [
        (found.below, node.selection_set)
        for _, found, node in group
        if found.below is not None and node.selection_set is not None
    ]


def _are_one(group: _Group) -> bool:
    """Whether it is one field of one type, however often; stricter than it need be."""
    (_, found, node), *others = group
    return all(
        found.shape == other.shape
        and node.name.value == again.name.value
        and (not (node.arguments or again.arguments) or _asked(node) == _asked(again))
        for _, other, again in others
    )


def _check_shape(group: _Group) -> None:
    if len({found.shape for _, found, _ in group}) > 1:
        raise _DoubtError


def _apart(group: _Group) -> Collection[_Group]:
    """The fields by their type, where those are types that exclude each other."""
    parts: dict[str, _Group] = {}
    for type_, found, node in group:
        if not type_.is_object:
            raise _DoubtError
        parts.setdefault(type_.name, []).append((type_, found, node))
    return parts.values()


def _asked(node: FieldNode) -> list[tuple[str, str]]:
    """The arguments as text, in the order of their names."""
    return sorted((each.name.value, print_ast(each.value)) for each in node.arguments or ())
