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
        given = _Given(self._members, self._selections, run)
        return self._opened(run, given.link, given.led, given.ahead, given.other, given.walked)


class _Given:
    """What the functions of one execution are given, for what they cannot do by themselves."""

    __slots__ = ("_finders", "_members", "_run", "_selections", "_strict", "_tried")

    def __init__(
        self, members: Sequence[Member], selections: Sequence[Selection], run: Run
    ) -> None:
        self._members = members
        self._selections = selections
        self._run = run
        self._finders: dict[int, Finder] = {}
        self._tried: set[int] = set()
        self._strict: Run | None = None

    def link(self, number: int, holder: Any) -> Any:
        """What a link of an object leads to."""
        member, run = self._members[number], self._run
        told: list[FieldFailure] = []
        fact: Any = member.fact
        bound = run.bound.by_node[id(member.nodes[0])]
        found = linked_value(run.fetched, fact.kind, bound, holder, fact.many, told)
        if told:
            raise Unusual
        return found

    def led(self, number: int, key: Any, holder: Any) -> Any:
        """The same, by the key that stands in it."""
        find = self._finders.get(number)
        if find is None:
            find = self._finders[number] = self._run.fetched.finder(*self._asked(number))
        found = find(key, holder)
        return leave() if found is None else found

    def ahead(self, number: int, known: dict[Any, Any], every: Callable[[list[Any]], Any]) -> None:
        """Write what all keys lead to: `every` writes it, and it is put in `known`."""
        fetched = self._run.fetched
        if number in self._tried or fetched.directory.several:
            return
        self._tried.add(number)
        found = fetched.by_wire_value(*self._asked(number))
        with suppress(Exception):  # then each is written when it is met
            known.update(zip(found, every(list(found.values())), strict=True))

    def other(self, number: int, holder: Any) -> Any:
        """The value of a field that must be walked."""
        member, alone = self._members[number], self._refusing()
        value = member.value(alone, holder, NOWHERE)
        return completed(alone, member, member.shape, value, NOWHERE)

    def walked(self, number: int, holder: Any) -> Any:
        """An object that must be."""
        return walked_object(self._refusing(), self._selections[number], holder, NOWHERE)

    def _asked(self, number: int) -> tuple[Any, str]:
        """The read of a link of one hop, and the arguments that it is asked with."""
        fact: Any = self._members[number].fact
        bound = self._run.bound.by_node[id(self._members[number].nodes[0])]
        return fact.kind.hops[0].read, bound.canonical

    def _refusing(self) -> Run:
        if self._strict is None:
            nothing: dict[str, Any] = {"errors": _Refusing(), "partial": _Refusing()}
            self._strict = replace(self._run, **nothing, opened=[])
        return self._strict


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
