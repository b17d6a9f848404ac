"""What of a document a caller may not see, by walking every selection for every type by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    BooleanValueNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from gateway.source.read import Read
from schema.language.links import Linked
from tests.differential.reference import Asker, Trouble

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A field of one type at one place of the answer, without indices."""

    path: Names
    type_name: str
    label: str | None


def refusals(document: DocumentNode, variables: Mapping[str, Any], asker: Asker) -> set[Refused]:
    """Every refusal in the (one) operation of a document, met by data or not."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    (operation,) = (
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    )
    walk = _Walk(asker, fragments, variables)
    return set(walk.selection(operation.selection_set, [asker.facts.query], (), None))


@dataclass(frozen=True, slots=True)
class _Walk:
    asker: Asker
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def selection(
        self,
        selection_set: SelectionSetNode,
        types: Sequence[str],
        path: Names,
        read: Read | None,
    ) -> Iterator[Refused]:
        for node in selection_set.selections:
            if self._left_out(node):
                continue
            match node:
                case FieldNode():
                    for name in types:
                        yield from self._field(node, name, path, read)
                case InlineFragmentNode(type_condition=condition, selection_set=inner):
                    named = condition.name.value if condition else None
                    yield from self.selection(inner, self._narrowed(types, named), path, read)
                case FragmentSpreadNode(name=spread):
                    fragment = self.fragments[spread.value]
                    narrowed = self._narrowed(types, fragment.type_condition.name.value)
                    yield from self.selection(fragment.selection_set, narrowed, path, read)

    def _field(
        self, node: FieldNode, type_name: str, path: Names, read: Read | None
    ) -> Iterator[Refused]:
        fact = self.asker.facts.types[type_name].fields.get(node.name.value)
        if fact is None:
            return
        place = (*path, (node.alias or node.name).value)
        try:
            self.asker.refuse(fact, read)
        except Trouble as trouble:
            yield Refused(place, type_name, trouble.label)
            return
        if node.selection_set is not None:
            if isinstance(fact.kind, Linked):
                read = cast(Read, fact.kind.hops[-1].read)
            types = self._concrete(fact.type_name)
            yield from self.selection(node.selection_set, types, place, read)

    def _concrete(self, name: str) -> list[str]:
        held = self.asker.facts.types[name]
        return list(dict.fromkeys(held.options.values())) if held.by else [name]

    def _narrowed(self, types: Sequence[str], condition: str | None) -> list[str]:
        if condition is None:
            return list(types)
        return [name for name in types if name in self._concrete(condition)]

    def _left_out(self, node: Any) -> bool:
        for directive in node.directives or ():
            value = directive.arguments[0].value
            match value:
                case BooleanValueNode(value=known):
                    told = known
                case VariableNode(name=name):
                    told = bool(self.variables[name.value])
                case _:
                    raise AssertionError(value)
            if told is (directive.name.value == "skip"):
                return True
        return False
