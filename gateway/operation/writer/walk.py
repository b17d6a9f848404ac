"""Values completed as the GraphQL specification has it, to the letter (object).

Section 6.4.3: lists, leaves and abstract types; 6.4.4: an error takes the field, or else the
nearest value above it that may be null. Everything has its place in the answer here. Where a
selection is compiled its function is tried first: whatever is unusual in an object makes that
raise, and only such an object is walked, to find out what is wrong, where.
"""

from typing import Any

from graphql import Undefined
from graphql.pyutils import is_iterable

from gateway.operation.failures import unfit
from gateway.operation.writer.run import Located, Path, Run
from gateway.operation.writer.selected import Member, Place, Selection, Shape


def written_object(run: Run, selection: Selection, holder: Any, path: Path) -> Any:
    """The data of one wire object: a dictionary or a record. Raises Located where a field that may
    not be null is null.
    """
    if run.fast is not None:
        left = run.effort.left
        try:
            made = run.fast[selection.number](holder)
        except Exception:  # the way below finds out what it is
            run.effort.left = left
        else:
            return made
    return walked_object(run, selection, holder, path)


def walked_object(run: Run, selection: Selection, holder: Any, path: Path) -> dict[str, Any]:
    """The same, for an object that was tried before."""
    return {member.name: _field(run, member, holder, path) for member in selection.members}


def completed(run: Run, member: Member, shape: Shape, value: Any, path: Path) -> Any:
    """CompleteValue of the specification."""
    if isinstance(value, Exception):
        raise value
    found = None if value is None else _some(run, member, shape, value, path)
    if found is None and shape.required:
        raise TypeError("null where the schema has none")
    return found


def _field(run: Run, member: Member, holder: Any, above: Path) -> Any:
    path = (above, member.name)
    try:
        return completed(run, member, member.shape, member.value(run, holder, path), path)
    except Exception as error:
        return _failed(run, error, member, member.shape, path)


def _failed(run: Run, error: Exception, member: Member, shape: Shape, path: Path) -> None:
    """Null and an error; where null may not be, the error goes on to what is above."""
    located = error if isinstance(error, Located) else Located(error, member.nodes, path)
    if shape.required:
        raise located
    run.errors.append(located)


def _some(run: Run, member: Member, shape: Shape, value: Any, path: Path) -> Any:
    if shape.item is not None:
        return _list(run, member, shape.item, value, path)
    if shape.place is not None:
        return written_object(run, _selection(shape.place, value), value, path)
    assert shape.leaf is not None  # noqa: S101  # a shape is one of the three
    shown = shape.leaf(value)
    if shown is None or shown is Undefined:
        raise TypeError("a value of which nothing can be shown")
    return shown


def _selection(place: Place, value: Any) -> Selection:
    name = place.fact.concrete(value)
    if name is None:
        raise unfit(None)
    return place.of(name)


def _list(run: Run, member: Member, item: Shape, values: Any, path: Path) -> list[Any]:
    if not is_iterable(values):
        raise TypeError("no list where the schema has one")
    return [_item(run, member, item, value, (path, index)) for index, value in enumerate(values)]


def _item(run: Run, member: Member, item: Shape, value: Any, path: Path) -> Any:
    try:
        return completed(run, member, item, value, path)
    except Exception as error:
        return _failed(run, error, member, item, path)
