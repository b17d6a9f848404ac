"""How one text words what it shares with others of its shape (operation).

What is made of a shape is shared by all texts that have it, whoever sends them; what is a text's
own is here, and is gone with its request: its literals as values, the names of its answer, and
where what stands.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import Source, get_location
from graphql.execution.values import VariableValues

from gateway.operation.errors import Location
from gateway.operation.shape import starts_of_text


@dataclass(frozen=True, slots=True)
class Wording:
    """That of one text."""

    text: str
    names: Mapping[str, str]
    """By alias the word of the shape that stands for it."""
    literals: Mapping[str, Any]
    """By the variable of the shape: the value that it has here, of the type that is wanted there.
    """
    starts: Sequence[int]
    """Where the tokens of the shape begin in what is written of it, which is one line."""

    def filled(self, variables: VariableValues) -> VariableValues:
        """The variables of the request, and those that stand for literals."""
        if not self.literals:
            return variables
        return VariableValues(variables.sources, {**variables.coerced, **self.literals})

    def told(self, ready: bytes) -> bytes:
        """A written answer, with the names of this text. Nothing else in it holds a word of the
        shape: those are made of a secret.
        """
        for alias, word in self.names.items():
            ready = ready.replace(word.encode(), alias.encode())
        return ready

    def moved(self, at: Location) -> Location:
        """From a place in the shape to that in the text."""
        number = bisect_right(self.starts, at.column - 1) - 1
        found = get_location(Source(self.text), starts_of_text(self.text)[number])
        return Location(found.line, found.column)
