"""A tree of what is selected as Python source: one function for every selection (operation).

Names in it are made of the schema's. Of the document nothing stands in it: the names that a client
chose are those of records, which stand in a table of constants as everything else does that has no
name of its own.
"""

from collections.abc import Iterable, Iterator, Mapping

from gateway.operation.writer.constants import Constants, Listed
from gateway.operation.writer.names import checked, of_member, of_place, of_selection
from gateway.operation.writer.selected import Member, Place, Selection, Tree, innermost
from gateway.operation.writer.values import (
    at_path,
    completed,
    is_followed,
    is_found_by_key,
    is_led_by_key,
    shared_key,
    value_of,
)
from schema.language.declare import Otherwise
from schema.language.links import Linked
from schema.language.paths import WirePath

_INDENT = "    "


def written_source(tree: Tree, constants: Constants) -> str:
    """The source of a tree that was made whole. Raises Unwritable."""
    lines = [
        "def opened(run, link, led, ahead, other, walked):",
        '    """The functions of one execution."""',
    ]
    lines += ["    fetched, alone = run.fetched, not run.fetched.directory.several"]
    for selection in tree.selections:
        for member in filter(is_followed, selection.members):
            lines += _indented(_link(member, constants))
        lines += _indented(_selection(selection, constants))
    for place in tree.places:
        if place.fact.is_abstract:
            lines += _indented(_abstract(place, constants))
    lines += _lists(constants)
    names = ", ".join(map(of_selection, tree.selections))
    return "\n".join([*lines, "", f"    return ({names},)", ""])


def _indented(lines: Iterable[str]) -> Iterator[str]:
    yield ""
    for line in lines:
        yield _INDENT + line if line else ""


# ---- objects ------------------------------------------------------------------------------------


def _selection(selection: Selection, constants: Constants) -> Iterator[str]:
    """What is selected of one object; at one go where all of it is shown as it is."""
    name, wire = of_selection(selection), constants.wire(selection)
    if wire is not None:
        yield from _at_one_go(name, "at", wire, f"walked({selection.number}, at)")
        return
    yield f"def {name}(at):"
    yield "    get = at.get"
    yield f"    return {constants.answer(selection)}("
    for member in selection.members:
        about = f"  # {checked(member.fact.name)}" if member.fact is not None else ""
        yield f"        {value_of(member, constants)},{about}"
    yield "    )"


def _lists(constants: Constants) -> Iterator[str]:
    """The functions for whole lists; what is written of one may ask for another."""
    done = 0
    while done < len(constants.listed):
        name, listed = list(constants.listed.items())[done]
        yield from _indented(_all(name, listed, constants))
        done += 1


def _all(name: str, listed: Listed, constants: Constants) -> Iterator[str]:
    """Every item of a list at one go, and then what that left out; or else one by one."""
    writer = of_place(listed.place)
    otherwise = "leave()" if listed.required else "None if item is None else leave()"
    each = f"[{writer}(item) if item.__class__ is dict else {otherwise} for item in items]"
    if not listed.rest:
        yield from _at_one_go(name, "items", f"{name}_wire", each)
        return
    yield f"def {name}(items):"
    yield "    try:"
    yield f"        every = convert(items, {name}_wire)"
    yield "    except ValidationError:"
    yield f"        return {each}"
    for _, member in listed.rest:
        yield from _ahead(member, constants)
    yield "    for made, at in zip(every, items):"
    if not listed.required:
        yield "        if made is None:"
        yield "            continue"
    yield "        get = at.get"
    for position, member in listed.rest:
        yield f"        made.f{position} = {value_of(member, constants)}"
    yield "    return every"


def _ahead(member: Member, constants: Constants) -> Iterator[str]:
    """What a link of many objects leads to, at one go: as a rule each of it is met in the list."""
    place = member.shape.place
    if place is None or not is_found_by_key(member):
        return
    every = constants.all_of(place, required=True)
    if every is not None:
        known = of_member("led", member)
        yield f"    if not {known}:"
        yield f"        ahead({member.number}, {known}, {every})"


def _at_one_go(name: str, argument: str, wire: str, otherwise: str) -> Iterator[str]:
    yield f"def {name}({argument}):"
    yield "    try:"
    yield f"        return convert({argument}, {wire})"
    yield "    except ValidationError:"
    yield f"        return {otherwise}"


def _abstract(place: Place, constants: Constants) -> Iterator[str]:
    """Which of its types an object is of; the discriminator is as a rule a text."""
    name, fact = of_place(place), place.fact
    writers = {each: of_selection(place.of(each)) for each in place.type_names}
    by_text = {
        text: writers[chosen] for text, chosen in fact.options.items() if isinstance(text, str)
    }
    others = [writers[chosen] for text, chosen in fact.options.items() if text is Otherwise]
    yield f"def {name}(at):  # {checked(fact.name)}"
    yield "    get = at.get"
    yield f"    kind = {at_path(fact.by or ())}"
    yield "    if kind.__class__ is str:"
    yield f"        return texts_{name}.get({', '.join(['kind', *others])})(at)"
    yield f"    return types_{name}[{constants.concrete(place)}(at)](at)"
    yield ""
    yield f"texts_{name} = {_table(by_text)}"
    yield f"types_{name} = {_table(writers)}"


def _table(entries: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key!r}: {value}" for key, value in entries.items()) + "}"


# ---- links --------------------------------------------------------------------------------------


def _link(member: Member, constants: Constants) -> Iterator[str]:
    """What a link of the object `at` leads to. What many objects share is written once: by its
    identity, and by its key where that alone says what is found.
    """
    fact, name = member.fact, of_member("link", member)
    place = innermost(member.shape).place
    assert fact is not None and isinstance(fact.kind, Linked) and place is not None  # noqa: S101
    found = f"link({member.number}, at)"
    head = f"def {name}(at):  # {checked(fact.parent)}.{checked(fact.name)}"
    key = shared_key(member)
    if key is None:
        yield from (head, f"    return {completed(member, found, constants)}")
        return
    once = of_member("once", member)
    yield from _once(once, of_place(place))
    yield ""
    if not is_led_by_key(member):
        yield from (head, f"    return {completed(member, found, constants, once)}")
        return
    if is_found_by_key(member):
        found = f"led({member.number}, key, at) if keyed and key != '' else {found}"
    yield from _by_key(head, member, key, completed(member, found, constants, once))


def _once(name: str, writer: str) -> Iterator[str]:
    yield f"known_{name} = {{}}"
    yield ""
    yield f"def {name}(at):"
    yield f"    known = known_{name}.get(id(at))"
    yield "    if known is None:"
    yield f"        known = known_{name}[id(at)] = ({writer}(at), at)"
    yield "    return known[0]"


def _by_key(head: str, member: Member, key: WirePath, made: str) -> Iterator[str]:
    known = of_member("led", member)
    yield f"{known} = {{}}"
    yield ""
    yield head
    yield "    get = at.get"
    yield f"    key = {at_path(key)}"
    yield "    keyed = alone and (key.__class__ is str or key.__class__ is int)"
    yield f"    made = {made}"
    yield "    if keyed:"
    yield f"        {known}[key] = made"
    yield "    return made"
