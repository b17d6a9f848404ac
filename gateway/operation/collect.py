"""Which fields stand under which names in an answer: fragments, @skip and @include (operation)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    is_abstract_type,
)
from graphql.language import BooleanValueNode

Collected = dict[str, list[FieldNode]]


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A validated operation, with the values of the variables in @skip and @include."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    conditions: Mapping[str, bool]

    def collected(self, type_name: str, selections: Sequence[SelectionSetNode]) -> Collected:
        """By response name the fields to merge on an object of this type, in their order
        (CollectFields of the GraphQL specification, section 6.3.2; a fragment once).
        """
        collected: Collected = {}
        visited: set[str] = set()
        for selection_set in selections:
            self._collect(type_name, selection_set, collected, visited)
        return collected

    def _collect(
        self,
        type_name: str,
        selection_set: SelectionSetNode,
        collected: Collected,
        visited: set[str],
    ) -> None:
        for selection in selection_set.selections:
            if not self._included(selection):
                continue
            match selection:
                case FieldNode(name=name, alias=alias):
                    collected.setdefault((alias or name).value, []).append(selection)
                case InlineFragmentNode(type_condition=condition, selection_set=inner):
                    if condition is None or self._applies(condition.name.value, type_name):
                        self._collect(type_name, inner, collected, visited)
                case FragmentSpreadNode(name=name) if name.value not in visited:
                    visited.add(name.value)
                    fragment = self.fragments[name.value]
                    if self._applies(fragment.type_condition.name.value, type_name):
                        self._collect(type_name, fragment.selection_set, collected, visited)

    def _applies(self, condition: str, type_name: str) -> bool:
        if condition == type_name:
            return True
        wanted, concrete = self.schema.type_map[condition], self.schema.type_map[type_name]
        return is_abstract_type(wanted) and self.schema.is_sub_type(wanted, concrete)

    def _included(self, selection: SelectionNode) -> bool:
        for directive in selection.directives or ():
            if directive.name.value not in ("skip", "include"):
                continue
            (condition,) = directive.arguments or ()
            value = self._condition(condition.value)
            if value is (directive.name.value == "skip"):
                return False
        return True

    def _condition(self, value: ValueNode) -> bool:
        match value:
            case BooleanValueNode(value=known):
                return known
            case VariableNode(name=name):
                return self.conditions[name.value]
            case _:
                return False
