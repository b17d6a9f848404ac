"""A validated document, with what is made of it and kept for the next request (operation)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import cachetools
from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode

from gateway.operation.errors import Code, RequestError
from gateway.operation.plan import Plan
from gateway.operation.wording import Wording

Plans = cachetools.LRUCache[tuple[object, ...], Plan]


def _no_plans() -> Plans:
    return cachetools.LRUCache(16)


@dataclass(slots=True)
class Last:
    """The plan that was used last, and what decides that it is used again: who asks now asks again,
    as a rule. Read-only.
    """

    plan: Plan
    operation: OperationDefinitionNode
    labels: frozenset[str]
    closed: bool

    def is_for(
        self, operation: OperationDefinitionNode, labels: frozenset[str], closed: bool
    ) -> bool:
        """Whether it is the plan of this operation for who holds these very labels."""
        return self.operation is operation and self.labels is labels and self.closed is closed


@dataclass(slots=True)
class Prepared:
    """A validated document with its plans, kept for the next request that sends it."""

    document: DocumentNode
    operations: Mapping[str, OperationDefinitionNode]
    fragments: Mapping[str, FragmentDefinitionNode]
    conditions: frozenset[str]
    """The variables that stand in @skip and @include: a plan depends on their values."""
    digest: str
    """SHA-256 of the text, in hexadecimal: names the document in logs."""
    plans: Plans = field(default_factory=_no_plans)
    wording: Wording | None = None
    """Where the rest is that of a shape: what is this text's own."""
    last: Last | None = None
    """Of a document on whose values no plan depends."""

    @classmethod
    def of(cls, document: DocumentNode, conditions: frozenset[str], digest: str) -> "Prepared":
        """That of a document which was validated."""
        operations = {
            node.name.value if node.name else "": node
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        }
        fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        return cls(document, operations, fragments, conditions, digest)

    def worded(self, wording: Wording, digest: str) -> "Prepared":
        """The same for one text of this shape: what is made of it is made for all of them."""
        return Prepared(
            self.document,
            self.operations,
            self.fragments,
            self.conditions,
            digest,
            self.plans,
            wording,
        )

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run. Raises RequestError (ONBEKENDE_OPERATIE)."""
        if name is None and len(self.operations) == 1:
            (only,) = self.operations.values()
            return only
        found = self.operations.get(name) if name is not None else None
        if found is None:
            message = "Noem in operationName een operatie die in het document staat."
            raise RequestError(Code.ONBEKENDE_OPERATIE, message)
        return found
