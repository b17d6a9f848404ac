"""What startup proves of the published schema: each path, need, label, description (startup)."""

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from schema.language.declare import Copied, Derived, TypeDeclaration
from schema.language.links import Linked, ListOf, Mijn, Namespace, Query, Range, Subscription
from schema.language.paths import WirePath
from schema.language.scalars import (
    SCALARS,
    Bsn,
    Downloadlink,
    KvkNummer,
    PersoonRef,
    Rsin,
    Vestigingsnummer,
)

if TYPE_CHECKING:
    from schema.language.assemble import Resolved, ResolvedType

    Types = Mapping[type, ResolvedType]


def mistakes_in(types: "Types") -> list[str]:
    """Every mistake in the declarations, each as one sentence that names the place."""
    mistakes = [mistake for item in types.values() for mistake in _in_type(item, types)]
    names = Counter(item.declaration.name for item in types.values())
    return mistakes + [f"{name}: two types have this name" for name in names if names[name] > 1]


def _in_type(item: "ResolvedType", types: "Types") -> Iterator[str]:
    declaration = item.declaration
    name = declaration.name
    if not declaration.description:
        yield f"{name}: a description is missing"
    if not declaration.label and not declaration.is_input and name not in _UNLABELLED:
        yield f"{name}: a label is missing"
    if declaration.by is not None:
        yield from _in_options(item)
    elif not item.fields:
        yield f"{name}: there are no fields"
    for twice in item.twice:
        yield f"{name}.{twice}: two fields have this name"
    for made in item.fields.values():
        place = f"{name}.{made.declaration.name}"
        if not made.description:
            yield f"{place}: a description is missing"
        yield from _in_enum(place, made.shape.inner)
        if declaration.is_input:
            yield from _asked(place, made.shape.inner, made.bounds, made.shape.many, types)
            if re.search("_[^a-z]", made.declaration.attribute):
                yield f"{place}: after an underscore in an input's field comes a letter"
            if made.deprecation is not None and not made.shape.nullable:
                yield f"{place}: what must be given cannot be deprecated"
        else:
            yield from _in_null(place, item, made, types)
            yield from _in_kind(place, item, made, types)


_UNLABELLED = frozenset({Query.__name__, Subscription.__name__, Mijn.__name__, "PageInfo"})
_NAMES_SOMEBODY = (Bsn, PersoonRef, KvkNummer, Rsin, Vestigingsnummer)


def _in_options(item: "ResolvedType") -> Iterator[str]:
    name = item.declaration.name
    if not item.options:
        yield f"{name}: a one_of needs subclasses that say when they apply"
    seen: dict[object, str] = {}
    for option in item.options:
        if not option.when:
            yield f"{option.name}: `when` is missing, so {name} cannot choose it"
        for value in option.when:
            if value in seen:
                yield f"{option.name}: {value!r} already chooses {seen[value]}"
            seen[value] = option.name


def _in_null(place: str, item: "ResolvedType", made: "Resolved", types: "Types") -> Iterator[str]:
    """What can be refused or fail on its own is nullable, or it takes its parent along."""
    if made.shape.nullable:
        return
    own = item.declaration.label
    held = {own, *(base.label for base in item.bases)}
    if isinstance(made.declaration.kind, Linked):
        yield f"{place}: a link can fail or be refused, so it must be nullable"
    elif held != {made.label}:
        # An option is also reached by who holds only the label of its `one_of`.
        yield f"{place}: its label {made.label!r} is not the type's, so it must be nullable"
    inner = types.get(made.shape.inner)
    if inner is not None and inner.declaration.label not in ("", own):
        yield f"{place}: {inner.declaration.name} can be refused, so it must be nullable"


def _in_kind(place: str, item: "ResolvedType", made: "Resolved", types: "Types") -> Iterator[str]:
    match made.declaration.kind:
        case Derived(needs=needs, sealed=sealed):
            for _, path in needs:
                if not _exists(item.declaration, path, types):
                    yield f"{place}: it needs {'.'.join(path)!r}, which is no declared wire path"
            yield from _in_seal(place, made, sealed)
        case Linked() as linked:
            yield from _in_link(place, item, made, linked, types)
        case Namespace():
            yield from _in_namespace(place, item, made, types)
        case Copied(path=path) if not all(path):
            yield f"{place}: the wire path {'.'.join(path)!r} is not a path"


def _in_seal(place: str, made: "Resolved", sealed: str | None) -> Iterator[str]:
    """A link to bytes is sealed, and nothing else is; where no links are made there is none."""
    if (sealed is not None) is not (made.shape.inner is Downloadlink):
        yield f"{place}: what is sealed is a Downloadlink, and a Downloadlink is sealed"
    if sealed is not None and (made.shape.many or not made.shape.nullable):
        yield f"{place}: what is sealed is one link or null"


def _in_link(
    place: str, item: "ResolvedType", made: "Resolved", linked: Linked, types: "Types"
) -> Iterator[str]:
    if not made.label:
        yield f"{place}: a link states its own label"
    if not all(hasattr(hop.read, "keyed") for hop in linked.hops):
        yield f"{place}: what it reads is no read; a field of the same class may have its name"
        return
    if made.shape.connection and (len(linked.hops) > 1 or linked.where is not None):
        yield f"{place}: a connection is what one read gives, without `through` or `where`"
    first = linked.hops[0]
    if item.declaration.cls is Subscription and not _is_one_thing(made, linked):
        yield f"{place}: what is followed is one thing, read by the key that is its argument"
    yield from _in_own(place, item, made, linked)
    if first.key is not None and not _exists(item.declaration, first.key, types):
        yield f"{place}: the key {'.'.join(first.key)!r} is no declared wire path"
    for before, hop in zip(linked.hops, linked.hops[1:], strict=False):
        gives = before.read.gives
        if gives is None or gives not in types or hop.key is None:
            yield f"{place}: the read {before.read.name} does not say which type it gives"
        elif not _exists(types[gives].declaration, hop.key, types):
            yield f"{place}: the key {'.'.join(hop.key)!r} is no declared wire path"
        if not hop.read.keyed or hop.read.parameters:
            yield f"{place}: the read {hop.read.name} must want a key and nothing else"
    if linked.where is not None:
        holder = linked.where.holder
        if holder is not None and not _exists(item.declaration, holder, types):
            yield f"{place}: {'.'.join(holder)!r} is no declared wire path"
        inner = types.get(made.shape.inner)
        if inner is None or not _exists(inner.declaration, linked.where.item, types):
            yield f"{place}: {'.'.join(linked.where.item)!r} is no declared wire path"
    yield from _in_arguments(place, made, linked, types)


def _in_namespace(
    place: str, item: "ResolvedType", made: "Resolved", types: "Types"
) -> Iterator[str]:
    """It is always there, stands under the root, and holds nothing but links."""
    shape = made.shape
    if item.declaration.name != Query.__name__:
        yield f"{place}: a namespace stands under {Query.__name__}"
    if shape.nullable or shape.many or shape.connection:
        yield f"{place}: a namespace is always there, once"
    below = types[shape.inner].fields.values() if shape.inner in types else ()
    if not all(isinstance(each.declaration.kind, Linked) for each in below):
        yield f"{place}: a namespace has links only"


def _in_own(place: str, item: "ResolvedType", made: "Resolved", linked: Linked) -> Iterator[str]:
    """Whose it is comes with the caller, or is proven of what was found: nobody names it."""
    hop = linked.hops[0]
    if item.declaration.cls is not Mijn:
        if hop.own is not None:
            yield f"{place}: only a field of {Mijn.__name__} has a number of the caller as its key"
        return
    if hop.own is not None and (hop.key is not None or hop.argument is not None):
        yield f"{place}: its key is the number of the caller, and nothing else"
    if hop.own is None and getattr(linked.hops[-1].read, "sieve", None) is None:
        yield f"{place}: nothing proves that what the read {hop.read.name} gives is the caller's"
    for argument in made.arguments:
        if argument.shape.inner in _NAMES_SOMEBODY:
            yield f"{place}({argument.keyword}): no argument names whose it is"


def _is_one_thing(made: "Resolved", linked: Linked) -> bool:
    one_read = len(linked.hops) == 1 and linked.where is None
    by_key = linked.hops[0].argument is not None and len(made.arguments) == 1
    lists = made.shape.many or any(argument.shape.many for argument in made.arguments)
    return one_read and by_key and not lists


def _in_arguments(place: str, made: "Resolved", linked: Linked, types: "Types") -> Iterator[str]:
    hop = linked.hops[0]
    given = {argument.keyword for argument in made.arguments}
    if hop.argument is not None and hop.argument not in given:
        yield f"{place}: there is no argument {hop.argument!r} to take the key from"
    given_key = (hop.key, hop.argument, hop.own) != (None, None, None)
    if hop.read.keyed and not given_key:
        yield f"{place}: the read {hop.read.name} wants a key"
    if not hop.read.keyed and given_key:
        yield f"{place}: the read {hop.read.name} takes no key"
    condition = linked.where.argument if linked.where is not None else None
    if condition is not None and condition not in given:
        yield f"{place}: there is no argument {condition!r} to choose by"
    passed = given - {hop.argument, condition}
    if passed != hop.read.parameters:
        names = sorted(passed ^ hop.read.parameters)
        yield f"{place}: arguments and parameters of {hop.read.name} differ: {', '.join(names)}"
    for argument in made.arguments:
        where = f"{place}({argument.keyword})"
        if not argument.description:
            yield f"{where}: a description is missing"
        yield from _in_enum(where, argument.shape.inner)
        yield from _asked(where, argument.shape.inner, argument.bounds, argument.shape.many, types)
        optional = argument.default is not inspect.Parameter.empty
        if argument.keyword == hop.argument and (optional or argument.shape.nullable):
            yield f"{where}: it is the key, so it must always be given"
        if optional and argument.default is None and not argument.shape.nullable:
            yield f"{where}: it may be left out, so it must be nullable"
        if argument.deprecation is not None and not optional:
            yield f"{where}: what must be given cannot be deprecated"


def _asked(place: str, inner: Any, bounds: Any, many: bool, types: "Types") -> Iterator[str]:
    """What a client may send is bounded: an own scalar, an enum, a number with bounds."""
    if many and not isinstance(bounds, ListOf):
        yield f"{place}: a list that a client sends needs ListOf bounds"
    if inner is str:
        yield f"{place}: plain text is unbounded; use a scalar of schema.language.scalars"
    if inner is int and not isinstance(bounds, Range):
        yield f"{place}: a number that a client sends needs Range bounds"
    known = inner in (bool, int, str) or inner in SCALARS or inner in types
    if not known and not hasattr(inner, "__strawberry_definition__"):
        yield f"{place}: {inner!r} is not a type that a client can send"


def _in_enum(place: str, inner: Any) -> Iterator[str]:
    definition = getattr(inner, "__strawberry_definition__", None)
    values = getattr(definition, "values", None)
    if values is None:
        return
    if not getattr(definition, "description", None):
        yield f"{inner.__name__}: a description is missing"
    for value in values:
        if not value.description:
            yield f"{place}: {inner.__name__}.{value.name} has no description"


def _exists(declaration: TypeDeclaration, path: WirePath, types: "Types") -> bool:
    """Whether a wire path stands in the declarations, published or not."""
    if path in declaration.wire:
        return True
    item = types.get(declaration.cls)
    if item is None:
        return False
    for made in item.fields.values():
        kind = made.declaration.kind
        if not isinstance(kind, Copied) or path[: len(kind.path)] != kind.path:
            continue
        rest = path[len(kind.path) :]
        inner = types.get(made.shape.inner)
        if not rest or (inner is not None and _exists(inner.declaration, rest, types)):
            return True
    return any(_exists(option, path, types) for option in item.options)
