"""From a document's text to graphql-core's nodes, for plain documents (operation).

graphql-core reads a text character by character and notes every token; most of what a document that
was never seen before costs, once it is validated in one walk, is that. Here one pattern finds the
tokens. What comes out is the same to the last position; where anything is not plain (a description,
an escape in a string, a block string, a mistake) nothing comes out, and graphql-core reads it.
"""

import re
from typing import Any, Final, TypeVar

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListTypeNode,
    ListValueNode,
    NameNode,
    Node,
    NonNullTypeNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    Source,
    StringValueNode,
    TypeNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    get_location,
)
from graphql.language import Location, NamedTypeNode, Token, TokenKind

N = TypeVar("N", bound=Node)

_BLANK: Final = r"[ \t\n\r,\ufeff]*+"
IGNORED: Final = rf"{_BLANK}(?:#[^\x00-\x08\n-\x1f\ud800-\udfff]*+{_BLANK})*+"
"""A pattern for what stands between tokens."""
# A name, punctuation, a number, or a string without escapes: the most frequent first.
LEXEME: Final = (
    r"[_A-Za-z][_0-9A-Za-z]*+"
    r"|[{}()\[\]:$!@=|&]|\.\.\."
    r"|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![0-9A-Za-z_.])"
    r'|"(?!"")[ !#-\[\]-\ud7ff\ue000-\U0010ffff]*+"'
)
"""A pattern for a token that is plain."""
_TOKEN: Final = re.compile(rf"{IGNORED}(?:({LEXEME})|\Z)")
_OPERATIONS: Final = {each.value: each for each in OperationType}
_END: Final = ""
_new: Final = object.__new__


class _DoubtError(Exception):
    """Not plain, or not GraphQL."""


class Place(Location):
    """From where to where a node stands. Line and column are counted when they are asked for."""

    __slots__ = ()

    @property
    def start_token(self) -> Token:  # type: ignore[override]
        """Where its first token stands; of what kind it is, is not told."""
        at = get_location(self.source, self.start)
        return Token(TokenKind.SOF, self.start, self.end, at.line, at.column)

    @property
    def end_token(self) -> Token:  # type: ignore[override]
        """The same of its end."""
        at = get_location(self.source, self.end)
        return Token(TokenKind.EOF, self.end, self.end, at.line, at.column)


def parsed(text: str) -> DocumentNode | None:
    """The document, if it is plain and nothing is wrong with it. The nesting has been bounded."""
    try:
        return _Reader(text).document()
    except _DoubtError:
        return None


class _Reader:
    """The tokens of one text, and how far they have been read; at the end is an empty one."""

    __slots__ = ("_at", "_source", "_starts", "_text", "_texts")

    def __init__(self, text: str) -> None:
        found = list(iter(_TOKEN.scanner(text).match, None))  # type: ignore[attr-defined]
        if not found or found[-1].end() != len(text):
            raise _DoubtError
        self._texts: list[str] = [match[1] or _END for match in found]
        self._starts: list[int] = [match.start(1) for match in found]
        if self._texts[-1] is not _END:
            self._texts.append(_END)
            self._starts.append(len(text))
        self._at = 0
        self._text = text
        self._source = Source(text)

    # ---- tokens and nodes -------------------------------------------------------------------

    def _node(self, kind: type[N], first: int, **values: Any) -> N:
        """A node of what was read since the token with this number."""
        # As graphql-core's own classes would make it, but for what is checked and copied there.
        last = self._at - 1
        place = _new(Place)
        place.start = self._starts[first]
        place.end = self._starts[last] + len(self._texts[last])
        place.source = self._source
        values["loc"] = place
        made = _new(kind)
        made.__dict__.update(values)
        return made

    def _is(self, text: str) -> bool:
        """Whether this is the next token; if so it has been read."""
        if self._texts[self._at] != text:
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> None:
        if self._texts[self._at] != text:
            raise _DoubtError
        self._at += 1

    def _name(self) -> NameNode:
        first = self._at
        text = self._texts[first]
        if not text.isidentifier():
            raise _DoubtError
        self._at = first + 1
        return self._node(NameNode, first, value=text)

    # ---- definitions ------------------------------------------------------------------------

    def document(self) -> DocumentNode:
        """All of it."""
        definitions = []
        while self._texts[self._at] is not _END:
            definitions.append(self._definition())
        if not definitions:
            raise _DoubtError
        place = _new(Place)
        place.start, place.end, place.source = 0, len(self._text), self._source
        made = _new(DocumentNode)
        made.__dict__.update(definitions=tuple(definitions), loc=place)
        return made

    def _definition(self) -> OperationDefinitionNode | FragmentDefinitionNode:
        first = self._at
        word = self._texts[first]
        if word == "fragment":
            return self._fragment()
        name, variables, directives = None, None, None
        if word == "{":
            operation = OperationType.QUERY
        elif word in _OPERATIONS:
            operation = _OPERATIONS[word]
            self._at = first + 1
            if self._texts[self._at].isidentifier():
                name = self._name()
            variables, directives = self._variables(), self._directives()
        else:
            raise _DoubtError
        selected = self._selection_set()
        return self._node(
            OperationDefinitionNode,
            first,
            operation=operation,
            description=None,
            name=name,
            variable_definitions=variables,
            directives=directives,
            selection_set=selected,
        )

    def _fragment(self) -> FragmentDefinitionNode:
        first = self._at
        self._at = first + 1
        name = self._name()
        if name.value == "on":
            raise _DoubtError
        self._expect("on")
        condition, directives = self._named_type(), self._directives()
        selected = self._selection_set()
        return self._node(
            FragmentDefinitionNode,
            first,
            description=None,
            name=name,
            variable_definitions=(),
            type_condition=condition,
            directives=directives,
            selection_set=selected,
        )

    def _variables(self) -> tuple[VariableDefinitionNode, ...] | None:
        if not self._is("("):
            return None
        found = [self._variable_definition()]
        while not self._is(")"):
            found.append(self._variable_definition())
        return tuple(found)

    def _variable_definition(self) -> VariableDefinitionNode:
        first = self._at
        variable = self._variable()
        self._expect(":")
        kind = self._type()
        default = self._value(constant=True) if self._is("=") else None
        directives = self._directives(constant=True)
        return self._node(
            VariableDefinitionNode,
            first,
            description=None,
            variable=variable,
            type=kind,
            default_value=default,
            directives=directives,
        )

    def _type(self) -> TypeNode:
        first = self._at
        found: TypeNode
        if self._is("["):
            inner = self._type()
            self._expect("]")
            found = self._node(ListTypeNode, first, type=inner)
        else:
            found = self._named_type()
        return self._node(NonNullTypeNode, first, type=found) if self._is("!") else found

    def _named_type(self) -> NamedTypeNode:
        first = self._at
        return self._node(NamedTypeNode, first, name=self._name())

    # ---- selections -------------------------------------------------------------------------

    def _selection_set(self) -> SelectionSetNode:
        first = self._at
        self._expect("{")
        found = [self._selection()]
        while not self._is("}"):
            found.append(self._selection())
        return self._node(SelectionSetNode, first, selections=tuple(found))

    def _selection(self) -> SelectionNode:
        if self._texts[self._at] == "...":
            return self._spread()
        first = self._at
        alias, name = None, self._name()
        if self._is(":"):
            alias, name = name, self._name()
        arguments, directives = self._arguments(), self._directives()
        selected = self._selection_set() if self._texts[self._at] == "{" else None
        return self._node(
            FieldNode,
            first,
            alias=alias,
            name=name,
            arguments=arguments,
            directives=directives,
            selection_set=selected,
        )

    def _spread(self) -> SelectionNode:
        first = self._at
        self._at = first + 1
        on = self._is("on")
        if not on and self._texts[self._at].isidentifier():
            name, directives = self._name(), self._directives()
            return self._node(
                FragmentSpreadNode, first, name=name, arguments=None, directives=directives
            )
        condition = self._named_type() if on else None
        directives = self._directives()
        selected = self._selection_set()
        return self._node(
            InlineFragmentNode,
            first,
            type_condition=condition,
            directives=directives,
            selection_set=selected,
        )

    def _arguments(self, constant: bool = False) -> tuple[ArgumentNode, ...] | None:
        if not self._is("("):
            return None
        found = [self._argument(constant)]
        while not self._is(")"):
            found.append(self._argument(constant))
        return tuple(found)

    def _argument(self, constant: bool) -> ArgumentNode:
        first = self._at
        name = self._name()
        self._expect(":")
        value = self._value(constant)
        return self._node(ArgumentNode, first, name=name, value=value)

    def _directives(self, constant: bool = False) -> tuple[DirectiveNode, ...] | None:
        if self._texts[self._at] != "@":
            return None
        found = []
        while self._texts[self._at] == "@":
            first = self._at
            self._at = first + 1
            name, arguments = self._name(), self._arguments(constant)
            found.append(self._node(DirectiveNode, first, name=name, arguments=arguments))
        return tuple(found)

    # ---- values -----------------------------------------------------------------------------

    def _variable(self) -> VariableNode:
        first = self._at
        self._expect("$")
        return self._node(VariableNode, first, name=self._name())

    def _value(self, constant: bool) -> ValueNode:
        first = self._at
        text = self._texts[first]
        if text == "$" and not constant:
            return self._variable()
        self._at = first + 1
        match text[:1]:
            case "[":
                values = []
                while not self._is("]"):
                    values.append(self._value(constant))
                return self._node(ListValueNode, first, values=tuple(values))
            case "{":
                fields = []
                while not self._is("}"):
                    fields.append(self._object_field(constant))
                return self._node(ObjectValueNode, first, fields=tuple(fields))
            case '"':
                return self._node(StringValueNode, first, value=text[1:-1], block=False)
            case start if start == "-" or start.isdigit():
                whole = text.lstrip("-").isdigit()
                return self._node(IntValueNode if whole else FloatValueNode, first, value=text)
        return self._word(text, first)

    def _word(self, text: str, first: int) -> ValueNode:
        match text:
            case "true" | "false":
                return self._node(BooleanValueNode, first, value=text == "true")
            case "null":
                return self._node(NullValueNode, first)
            case _ if text.isidentifier():
                return self._node(EnumValueNode, first, value=text)
        raise _DoubtError

    def _object_field(self, constant: bool) -> ObjectFieldNode:
        first = self._at
        name = self._name()
        self._expect(":")
        value = self._value(constant)
        return self._node(ObjectFieldNode, first, name=name, value=value)
