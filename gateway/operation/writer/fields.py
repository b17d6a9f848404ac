"""How one published field finds its value in a wire object (object).

A value is what the schema's type completes: `None`, a scalar, wire objects, or a `FieldFailure` in
the place of a value that is none. Raised is what takes the whole field.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, cast

from graphql import FieldNode

from gateway.operation.failures import FieldFailure, unfit, withheld
from gateway.operation.fetched import linked_value
from gateway.operation.seal import PERSON, REFERENCE
from gateway.operation.writer.run import Located, Path, Run
from gateway.source.read import Read
from gateway.source.withheld import Withheld
from schema.language.content import Content
from schema.language.declare import SOURCE_NAME, Copied, Derived
from schema.language.facts import FieldFact
from schema.language.links import Linked, Namespace
from schema.language.paths import value_at

Value = Callable[[Run, Any, Path], Any]


def value_of(fact: FieldFact, nodes: Sequence[FieldNode]) -> Value:
    """How this field, asked for by these nodes of the document, finds its value."""
    match fact.kind:
        case Copied(path=path) if path == SOURCE_NAME:
            return _source_name
        case Copied(path=path):
            return _copied(fact, path)
        case Derived(sealed=sealed) as derived:
            computed = _derived(derived)
            return computed if sealed is None else _sealed(computed, sealed, fact.label)
        case Linked() as linked:
            return _linked(fact, linked, nodes)
        case Namespace():
            return _namespace
    raise TypeError(fact.kind)


def refused_value(run: Run, holder: Any, path: Path) -> None:
    """Of a field that the caller may not see; the answer's refusals say so."""


def _source_name(run: Run, holder: Any, path: Path) -> str | None:
    return run.fetched.source_of(holder)


def _namespace(run: Run, holder: Any, path: Path) -> dict[str, Any]:
    return {}


def _copied(fact: FieldFact, path: tuple[str, ...]) -> Value:
    def value_in(run: Run, holder: Any, place: Path) -> Any:
        value = value_at(holder, path)
        if isinstance(value, Withheld):
            raise withheld(value.source)
        if value == "" and fact.blank_is_absent:
            return None
        if fact.is_object:
            if run.fetched.directory.several:
                _note_sources(run, place, value)
            return _objects(value, fact.many)
        if fact.enum is not None and value is not None:
            return _enum(fact.enum, value)
        if fact.type_name == REFERENCE:
            return _reference(run, fact.label, value)
        return value

    return value_in


def _reference(run: Run, label: str, value: Any) -> str | None:
    """The person with this number, as a reference of the caller's own."""
    if not isinstance(value, str) or not value:
        return None
    return run.seal(PERSON, label, Content((value,)))


def _note_sources(run: Run, path: Path, value: Any) -> None:
    """Where there are several sources, which one is to be named for what goes wrong below."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            _note_sources(run, (path, index), item)
    elif (source := run.fetched.source_of(value)) is not None:
        run.opened.append((path, source))


def _objects(value: Any, many: bool) -> Any:
    """The value where objects are expected, with a failure for whatever is none."""
    if many and isinstance(value, list):
        return [_object(item) for item in value]
    return unfit(None) if many and value is not None else _object(value)


def _object(value: Any) -> Any:
    if value is None or isinstance(value, Mapping | FieldFailure):
        return value
    return unfit(None)


def _enum(enum: type[Enum], value: Any) -> Any:
    """The member or members of an enum, with a failure for a value that it does not know."""
    if isinstance(value, list):
        return [None if item is None else _enum(enum, item) for item in value]
    try:
        return enum(value)
    except ValueError:
        return unfit(None)


def _derived(derived: Derived) -> Value:
    compute, effort = derived.compute, derived.effort
    paths = tuple(path for _, path in derived.needs)

    def value_in(run: Run, holder: Any, place: Path) -> Any:
        values = [value_at(holder, path) for path in paths]
        for value in values:
            if isinstance(value, Withheld):
                raise withheld(value.source)
        if effort is not None:
            run.effort.spend(effort(*values))
        return compute(*values)

    return value_in


def _sealed(computed: Value, stream: str, label: str) -> Value:
    def value_in(run: Run, holder: Any, place: Path) -> Any:
        content = computed(run, holder, place)
        if content is None:
            return None
        source = run.fetched.source_of(holder) or ""
        return run.seal(stream, label, replace(content, source=source))

    return value_in


def _linked(fact: FieldFact, linked: Linked, nodes: Sequence[FieldNode]) -> Value:
    kind: str = cast(Read, linked.hops[-1].read).source
    node = id(nodes[0])

    def value_in(run: Run, holder: Any, place: Path) -> Any:
        directory = run.fetched.directory
        names = directory.names(kind)
        run.opened.append((place, names[0] if len(names) == 1 else kind))
        told: list[FieldFailure] = []
        bound = run.bound.by_node[node]
        found = linked_value(run.fetched, linked, bound, holder, fact.many, told)
        if directory.several:
            run.partial.extend(Located(failure, nodes, place) for failure in told)
            _note_sources(run, place, found)
        return _objects(found, fact.many)

    return value_in
