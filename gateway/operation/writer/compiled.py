"""A tree as functions that write its objects, and what they are given in an execution (operation).

Made once for a plan; the functions of an execution know what was rendered in it before.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import msgspec

from gateway.operation.failures import FieldFailure
from gateway.operation.fetched import Finder, linked_value
from gateway.operation.writer.constants import Constants
from gateway.operation.writer.names import Unwritable
from gateway.operation.writer.run import Run, Write
from gateway.operation.writer.selected import Member, Selection, Tree
from gateway.operation.writer.source import written_source
from gateway.operation.writer.walk import completed, walked_object
from gateway.source.withheld import Withheld
from schema.language.paths import value_at

MOST_MEMBERS = 1_500
"""What selects more than this, counted for every type that may stand at a place, is walked."""
NOWHERE: Any = (None, -1)
"""The place of a value that is looked at by itself: no answer has it."""


class Unusual(Exception):  # noqa: N818  # a signal: what it is the walk finds out
    """Something is not as the schema has it."""


def leave() -> NoReturn:
    """Give up this object."""
    raise Unusual


class _Refusing(list[Any]):
    """Takes nothing: whatever goes wrong is for the walk to tell."""

    def append(self, value: Any) -> None:
        raise Unusual

    def extend(self, values: Any) -> None:
        if list(values):
            raise Unusual


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """The functions of a plan."""

    _opened: Callable[..., Sequence[Write]]
    _members: Sequence[Member]
    _selections: Sequence[Selection]

    def functions(self, run: Run) -> Sequence[Write]:
        """Those of one execution, by the number of the selection that they write."""
        members, fetched, by_node = self._members, run.fetched, run.bound.by_node
        strict, finders, tried = list[Run](), dict[int, Finder](), set[int]()

        def table(number: int) -> tuple[Any, str]:
            fact: Any = members[number].fact
            return fact.kind.hops[0].read, by_node[id(members[number].nodes[0])].canonical

        def link(number: int, holder: Any) -> Any:
            member = members[number]
            told: list[FieldFailure] = []
            fact: Any = member.fact
            bound = by_node[id(member.nodes[0])]
            found = linked_value(fetched, fact.kind, bound, holder, fact.many, told)
            if told:
                raise Unusual
            return found

        def led(number: int, key: Any, holder: Any) -> Any:
            find = finders.get(number)
            if find is None:
                find = finders[number] = fetched.finder(*table(number))
            found = find(key, holder)
            return leave() if found is None else found

        def ahead(number: int, known: dict[Any, Any], every: Callable[[list[Any]], Any]) -> None:
            if number in tried or fetched.directory.several:
                return
            tried.add(number)
            found = fetched.by_wire_value(*table(number))
            with suppress(Exception):  # then each is written when it is met
                known.update(zip(found, every(list(found.values())), strict=True))

        def refusing() -> Run:
            if not strict:
                nothing: dict[str, Any] = {"errors": _Refusing(), "partial": _Refusing()}
                strict.append(replace(run, **nothing, opened=[]))
            return strict[0]

        def other(number: int, holder: Any) -> Any:
            member, alone = members[number], refusing()
            value = member.value(alone, holder, NOWHERE)
            return completed(alone, member, member.shape, value, NOWHERE)

        def walked(number: int, holder: Any) -> Any:
            return walked_object(refusing(), self._selections[number], holder, NOWHERE)

        return self._opened(run, link, led, ahead, other, walked)


def compiled(tree: Tree, most: int = MOST_MEMBERS) -> Compiled | None:
    """The functions of a tree; None for what is too large, or cannot be written."""
    constants = Constants()
    source = _source(tree, constants, most)
    if source is None:
        return None
    try:
        code = compile(source, "<writer>", "exec")
    except (RecursionError, MemoryError, SyntaxError):  # how deep it nests is a matter of Python
        return None
    names: dict[str, Any] = {**constants.table, **_GIVEN}
    exec(code, names)  # noqa: S102  # names are the schema's, and constants
    return Compiled(names["opened"], tuple(tree.members), tuple(tree.selections))


def source_of(tree: Tree, most: int = MOST_MEMBERS) -> str | None:
    """What `compiled` compiles."""
    return _source(tree, Constants(), most)


def _source(tree: Tree, constants: Constants, most: int) -> str | None:
    try:
        return written_source(tree, constants) if tree.whole(most) else None
    except Unwritable:
        return None


_GIVEN = {
    "__builtins__": {"bool": bool, "dict": dict, "float": float, "id": id, "int": int,
                     "list": list, "str": str, "zip": zip},
    "ValidationError": msgspec.ValidationError,
    "Withheld": Withheld,
    "convert": msgspec.convert,
    "leave": leave,
    "value_at": value_at,
}  # fmt: skip
