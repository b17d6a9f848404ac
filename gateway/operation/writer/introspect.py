"""The schema's own fields, `__schema` and `__type`, by graphql-core (operation)."""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)

from gateway.operation.collect import Chosen
from gateway.operation.writer.run import Path, Run


def introspected(
    chosen: Chosen, name: str, nodes: Sequence[FieldNode]
) -> Callable[[Run, Any, Path], Any]:
    """How the field of these nodes, shown under this name, finds its value."""
    asked = chosen.operation
    operation = OperationDefinitionNode(
        operation=asked.operation,
        name=asked.name,
        variable_definitions=asked.variable_definitions,
        selection_set=SelectionSetNode(selections=tuple(nodes)),
    )
    document = DocumentNode(definitions=(operation, *chosen.fragments.values()))

    def value_in(run: Run, holder: Any, path: Path) -> Any:
        result = execute_sync(chosen.schema, document, variable_values=dict(run.variables))
        assert isinstance(result, ExecutionResult)  # noqa: S101  # nothing in it is asynchronous
        if result.errors:
            raise result.errors[0]
        return (result.data or {}).get(name)

    return value_in
