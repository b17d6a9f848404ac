"""Declarations become one published schema and the tables the machine works from (startup)."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, replace
from functools import cache
from operator import itemgetter
from typing import Annotated, Any, Union

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import (
    StrawberryList,
    StrawberryObjectDefinition,
    StrawberryOptional,
    StrawberryType,
)
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from schema.language.declare import (
    Derived,
    FieldDeclaration,
    Otherwise,
    TypeDeclaration,
    declaration_of,
)
from schema.language.errors import DeclarationError
from schema.language.facts import Facts, FieldFact, Parameter, TypeFact
from schema.language.links import (
    Extension,
    Linked,
    ListOf,
    Mijn,
    Query,
    Range,
    Registry,
    Subscription,
    extensions_of,
    mijn,
)
from schema.language.paging import connection_of, edge_of
from schema.language.paths import camel
from schema.language.resolve import (
    ArgumentShape,
    Shape,
    arguments_of,
    attribute_docs,
    bounds_in,
    class_hints,
    deprecation_in,
    return_shape,
    shape_of,
)
from schema.language.rules import mistakes_in
from schema.language.scalars import SCALARS, definition


@dataclass(slots=True)
class Resolved:
    """A declared field with its annotation resolved."""

    declaration: FieldDeclaration
    shape: Shape
    arguments: Sequence[ArgumentShape]
    label: str
    description: str | None
    bounds: Range | ListOf | None = None
    """Of an input's field: what a client may at the most send in it."""
    deprecation: str | None = None


@dataclass(slots=True)
class ResolvedType:
    """A declared type with all its fields, extensions included."""

    declaration: TypeDeclaration
    fields: dict[str, Resolved] = field(default_factory=dict)
    options: list[TypeDeclaration] = field(default_factory=list)
    bases: list[TypeDeclaration] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    """Names that a link takes although another field has them."""


def assemble(registries: Sequence[Registry], root: type = Query) -> Facts:
    """The published schema of these registries, proven sound.

    Raises `DeclarationError` with every mistake found: an unknown path, need, label or type, a
    missing Dutch description, a field that could be refused or absent and yet is never null.
    """
    extensions = _extensions(registries, root)
    followed = any(extension.target is Subscription for extension in extensions)
    roots = [root, Subscription] if followed else [root]
    resolved = _Resolver(extensions).all_from(*roots)
    mistakes = mistakes_in(resolved) + _without_stream(resolved, registries)
    if mistakes:
        raise DeclarationError(mistakes)
    schema = _Builder(resolved).build(*roots)
    types = {item.declaration.name: _type_fact(item, resolved) for item in resolved.values()}
    labels = {item.declaration.label for item in resolved.values()}
    labels |= {made.label for item in resolved.values() for made in item.fields.values()}
    names = [resolved[each].declaration.name for each in roots]
    return Facts(schema._schema, schema.as_str, types, frozenset(labels - {""}), *names)


def _without_stream(
    resolved: Mapping[type, ResolvedType], registries: Iterable[Registry]
) -> list[str]:
    """Sealed fields of which no registry can give the bytes."""
    known = {name for registry in registries for name in registry.streams}
    return [
        f"{item.declaration.name}.{name}: no registry has a stream {made.declaration.kind.sealed!r}"
        for item in resolved.values()
        for name, made in item.fields.items()
        if isinstance(made.declaration.kind, Derived)
        and made.declaration.kind.sealed not in (None, *known)
    ]


def names_in(registries: Sequence[Registry], root: type = Query) -> Mapping[str, frozenset[str]]:
    """The names that these registries publish: of every type those of its fields (none for an
    enum or a scalar). For whoever makes further types and must not take a name twice.
    """
    extensions = _extensions(registries, root)
    resolved = _Resolver(extensions).all_from(root)
    names = {item.declaration.name: frozenset(item.fields) for item in resolved.values()}
    fields = [made for item in resolved.values() for made in item.fields.values()]
    leaves = [shape.enum for made in fields for shape in _shapes(made)]
    enums = {enum.__name__ for enum in leaves if enum is not None}
    scalars = {spec.name for spec in SCALARS.values()} | {"Boolean", "Float", "ID", "Int", "String"}
    return {**dict.fromkeys(enums | scalars, frozenset()), **names}


def _extensions(registries: Iterable[Registry], root: type) -> list[Extension]:
    """All that these registries add, and the way in to what is somebody's own if there is any."""
    found = [each for registry in registries for each in extensions_of(registry.links)]
    owned = any(extension.target is Mijn for extension in found)
    return [*found, Extension(root, (mijn,))] if owned else found


def _shapes(made: Resolved) -> list[Shape]:
    return [made.shape, *(argument.shape for argument in made.arguments)]


class _Resolver:
    """Finds every type that can be reached, and resolves its fields."""

    def __init__(self, extensions: Iterable[Extension]) -> None:
        self._extensions: dict[type, list[tuple[int, Extension]]] = {}
        for each in enumerate(extensions):
            self._extensions.setdefault(each[1].target, []).append(each)
        self._connections: dict[type, type] = {}
        self._found: dict[type, ResolvedType] = {}

    def all_from(self, *roots: type) -> dict[type, ResolvedType]:
        todo = list(roots)
        while todo:
            cls = todo.pop()
            declaration = declaration_of(cls)
            if declaration is None or cls in self._found:
                continue
            item = self._found[cls] = self._resolve(declaration)
            todo += [option.cls for option in item.options] + [b.cls for b in item.bases]
            for made in item.fields.values():
                todo += [made.shape.inner, *(a.shape.inner for a in made.arguments)]
        return self._found

    def _resolve(self, declaration: TypeDeclaration) -> ResolvedType:
        item = ResolvedType(declaration)
        cls = declaration.cls
        item.bases = [base for base in _bases(cls) if base.by is not None]
        if declaration.by is not None:
            below: list[type] = type.__subclasses__(cls)
            subclasses = [declaration_of(subclass) for subclass in below]
            item.options = [found for found in subclasses if found is not None]
        item.fields = dict(_own(cls))
        for extension in self._extending(cls):
            item.twice += [made.name for made in extension.fields if made.name in item.fields]
            item.fields |= {made.name: _resolved(made, cls) for made in extension.fields}
        for name, made in item.fields.items():
            if made.shape.connection:
                item.fields[name] = replace(made, shape=self._connected(made.shape))
        return item

    def _extending(self, cls: type) -> list[Extension]:
        """What is added to it and to what it is a kind of, in the order in which it was given."""
        found = [each for base in cls.__mro__ for each in self._extensions.get(base, ())]
        return [extension for _, extension in sorted(found, key=itemgetter(0))]

    def _connected(self, shape: Shape) -> Shape:
        """A connection's shape, with the generated connection type instead of the node type."""
        if shape.inner not in self._connections:
            declared = declaration_of(shape.inner)
            is_edge = declared is not None and declared.name.endswith("Edge")
            edge = declared if is_edge else edge_of(shape.inner)
            assert edge is not None  # noqa: S101  # one of the two branches gave it
            self._connections[shape.inner] = connection_of(edge).cls
        return Shape(self._connections[shape.inner], shape.nullable, connection=True)


def _bases(cls: type) -> Sequence[TypeDeclaration]:
    return [found for base in cls.__mro__[1:] if (found := declaration_of(base))]


@cache
def _own(cls: type) -> Mapping[str, Resolved]:
    """The fields that a class declares itself; once, as `class_hints`."""
    declaration = declaration_of(cls)
    declared = declaration.fields if declaration else {}
    return {name: _resolved(made, cls) for name, made in declared.items()}


def _resolved(made: FieldDeclaration, cls: type) -> Resolved:
    """A field of this class or its extensions; a connection with its node for a type, as yet."""
    label = made.label if made.label is not None else _owners(cls)[made.name].label
    text = made.description or _docs(cls).get(made.attribute)
    if made.function:
        linked = isinstance(made.kind, Linked)
        arguments = arguments_of(made.function) if linked else []
        shape = return_shape(made.function)
        return Resolved(made, shape, arguments, label, text, None, made.deprecation)
    hint = class_hints(cls)[made.attribute]
    deprecation = made.deprecation or deprecation_in(hint)
    return Resolved(made, shape_of(hint), [], label, text, bounds_in(hint), deprecation)


@cache
def _owners(cls: type) -> Mapping[str, TypeDeclaration]:
    """By the name of a field who declares it, the class itself or what it is a kind of."""
    declared = [*reversed(_bases(cls)), declaration_of(cls)]
    return {name: each for each in declared if each for name in each.fields}


@cache
def _docs(cls: type) -> Mapping[str, str]:
    return {k: v for base in reversed(cls.__mro__) for k, v in attribute_docs(base).items()}


def _type_fact(item: ResolvedType, resolved: Mapping[type, ResolvedType]) -> TypeFact:
    declaration = item.declaration
    options: dict[object, str] = {}
    for option in item.options:
        for value in option.when:
            options[Otherwise if isinstance(value, Otherwise) else value] = option.name
    fields = {name: _field_fact(declaration, made, resolved) for name, made in item.fields.items()}
    return TypeFact(declaration.name, declaration.label, fields, declaration.by, options)


def _field_fact(
    parent: TypeDeclaration, made: Resolved, resolved: Mapping[type, ResolvedType]
) -> FieldFact:
    inner = made.shape.inner
    is_object = isinstance(inner, type) and inner in resolved
    parameters = tuple(
        Parameter(
            camel(argument.keyword),
            argument.keyword,
            argument.bounds,
            argument.shape.inner,
            argument.default is inspect.Parameter.empty,
        )
        for argument in made.arguments
    )
    return FieldFact(
        parent.name,
        made.declaration.name,
        made.declaration.kind,
        made.label,
        resolved[inner].declaration.name if is_object else _leaf_name(inner),
        is_object,
        made.shape.many,
        made.shape.connection,
        made.shape.enum,
        parent.blank_is_absent and not isinstance(made.declaration.kind, Derived),
        parameters,
        made.bounds,
    )


def _leaf_name(inner: object) -> str:
    spec = SCALARS.get(inner)
    return spec.name if spec else getattr(inner, "__name__", str(inner))


class _Field(StrawberryField):
    """One that knows its type: Strawberry asks for that eight times a field, and looks each time
    whether a type is generic or not there yet, which none of ours is.
    """

    meant: StrawberryType | type

    def resolve_type(
        self, *, type_definition: StrawberryObjectDefinition | None = None
    ) -> StrawberryType | type:
        return self.meant


class _Schema(strawberry.Schema):
    """One without federation: Strawberry loads all of it to look whether a type has any."""

    def _warn_for_federation_directives(self) -> None:
        return None


class _Builder:
    """Builds the Strawberry types; fresh classes, so declarations stay as they were declared."""

    def __init__(self, resolved: Mapping[type, ResolvedType]) -> None:
        self._resolved = resolved
        self._built: dict[type, Any] = {}
        self._unions: dict[type, Any] = {}
        self._annotations: dict[Shape, StrawberryAnnotation] = {}
        self._inner: dict[Any, StrawberryType | type] = {}

    def build(self, root: type, *followed: type) -> strawberry.Schema:
        for cls, item in self._resolved.items():
            if not self._is_union(item):
                self._bare(cls)
        # Interfaces first, each after those it is a kind of: what is above must be there by then.
        for cls, item in sorted(
            self._resolved.items(),
            key=lambda found: (found[1].declaration.by is None, len(found[0].__mro__)),
        ):
            if not self._is_union(item):
                self._fill(self._built[cls], item)
        config = StrawberryConfig(
            auto_camel_case=True,
            scalar_map={key: definition(spec) for key, spec in SCALARS.items()},
        )
        roots = (root, *followed)
        objects = [
            self._built[cls]
            for cls, item in self._resolved.items()
            if not item.declaration.is_input and not self._is_union(item) and cls not in roots
        ]
        subscription = next((self._built[cls] for cls in followed), None)
        return _Schema(self._built[root], None, subscription, types=objects, config=config)

    @staticmethod
    def _is_union(item: ResolvedType) -> bool:
        return item.declaration.by is not None and not item.fields

    def _bare(self, cls: type) -> Any:
        """An empty class for a declared one, under its interfaces."""
        if cls not in self._built:
            item = self._resolved[cls]
            above = [self._resolved[base.cls] for base in item.bases if base.cls in self._resolved]
            bases = tuple(self._bare(b.declaration.cls) for b in above if not self._is_union(b))
            self._built[cls] = type(item.declaration.name, bases, {})
        return self._built[cls]

    def _fill(self, cls: Any, item: ResolvedType) -> None:
        """Give it what `strawberry.type` would, which makes a dataclass of it as well: that is for
        objects of it, which nobody makes, and takes as long as all the rest.
        """
        declaration = item.declaration
        above = [base.__strawberry_definition__ for base in cls.__mro__[1:-1]]
        inherited = [each.python_name for one in reversed(above) for each in one.fields]
        fields = {name: self._field(cls, name, item) for name in (*inherited, *item.fields)}
        cls.__strawberry_definition__ = StrawberryObjectDefinition(
            name=declaration.name,
            is_input=declaration.is_input,
            is_interface=declaration.by is not None,
            origin=cls,
            description=declaration.description,
            interfaces=[each for each in above if each.is_interface],
            extend=False,
            directives=(),
            is_type_of=None,
            resolve_type=None,
            fields=[*fields.values()],
        )

    def _field(self, cls: type, name: str, item: ResolvedType) -> StrawberryField:
        made, is_input = item.fields[name], item.declaration.is_input
        annotation = self._annotation(made.shape)
        value = _Field(
            name,
            name,
            annotation,
            origin=cls,
            description=made.description,
            deprecation_reason=made.deprecation,
            default=None if is_input and made.shape.nullable else MISSING,
        )
        value.meant = annotation.resolve()
        value.arguments = [] if is_input else [self._argument(each) for each in made.arguments]
        return value

    def _argument(self, argument: ArgumentShape) -> StrawberryArgument:
        required = argument.default is inspect.Parameter.empty
        return StrawberryArgument(
            argument.keyword,
            camel(argument.keyword),
            self._annotation(argument.shape),
            description=argument.description,
            deprecation_reason=argument.deprecation,
            default=UNSET if required else argument.default,
        )

    def _annotation(self, shape: Shape) -> StrawberryAnnotation:
        """The same one for the same shape, so that Strawberry resolves it once and not per field;
        with a namespace, or it would be given that of each.
        """
        if shape not in self._annotations:
            self._annotations[shape] = StrawberryAnnotation(self._type(shape), namespace={})
        return self._annotations[shape]

    def _type(self, shape: Shape) -> StrawberryType | type:
        """What Strawberry makes of an annotation, without `Optional` and `list` to be read."""
        if shape.inner not in self._inner:
            inner = StrawberryAnnotation(self._named(shape.inner), namespace={})
            self._inner[shape.inner] = inner.resolve()
        made = self._inner[shape.inner]
        if shape.many:
            made = StrawberryList(StrawberryOptional(made) if shape.items_nullable else made)
        return StrawberryOptional(made) if shape.nullable else made

    def _named(self, inner: Any) -> Any:
        item = self._resolved.get(inner) if isinstance(inner, type) else None
        if item is None:
            return inner
        if not self._is_union(item):
            return self._built[inner]
        if inner not in self._unions:
            self._unions[inner] = self._union(item)
        return self._unions[inner]

    def _union(self, item: ResolvedType) -> Any:
        options = tuple(self._built[option.cls] for option in item.options)
        either = options[0]
        for option in options[1:]:
            either = Union[either, option]  # noqa: UP007  # both are values
        declared = strawberry.union(item.declaration.name, description=item.declaration.description)
        return Annotated[either, declared]
