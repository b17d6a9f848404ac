"""Anything a source could have given for any plan over any schema, invented when it is looked for.

What is made fits the published types as far as `wrong` allows; the same question gives the same
object, and different questions at times as well.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from gateway.operation.failures import FieldFailure
from gateway.operation.fetched import Fetched
from gateway.source.directory import Directory
from gateway.source.read import Read
from gateway.source.withheld import Withheld
from schema.language.declare import SOURCE_NAME, Copied, Derived
from schema.language.facts import Facts, FieldFact, TypeFact
from schema.language.links import Linked
from schema.language.paths import WirePath
from schema.language.scalars import SCALARS

DEEPEST = 5
KEYS: Sequence[Any] = ("a", "b", 1, "999990019")
ROLES = ("a", "b")
"""What links are chosen by: few, so that they are equal often."""
TEXTS = ("", "iets", "1984-03-12", "Jörg\u2028", "half \ud800", '"\\', "rood", "0")
NUMBERS = (0, 1, -7, 2**31, 2**63, 10**30, True, 1.0, "12")
FLOATS = (0.5, -1e300, 3, 1e16, float("nan"), float("inf"))
DEEP: Any = {"a": 1}
for _ in range(70):
    DEEP = {"a": DEEP}
INSIDES: Sequence[Any] = (
    *({}, {"type": "Point", "coordinates": [1.5, 2]}, {"a": [{"b": None}]}, [1], DEEP),
    *({"a": [float("inf")]}, {"a": Withheld("bron")}),
)
BY_SUPERTYPE: dict[object, Sequence[Any]] = {
    str: TEXTS,
    int: NUMBERS,
    float: FLOATS,
    dict: INSIDES,
}
BY_NAME: dict[str, Sequence[Any]] = {
    "str": TEXTS,
    "ID": TEXTS,
    "int": NUMBERS,
    "float": FLOATS,
    "bool": (True, False, True, False, 1, 0.0),
    **{spec.name: BY_SUPERTYPE.get(_super, TEXTS) for key, spec in SCALARS.items()
       for _super in [getattr(key, "__supertype__", None)]},
}  # fmt: skip
WRONG: Sequence[Any] = (
    *(None, None, None, "", "iets", 17, 1.5, True, [], {}, ["iets", None], [[1]], {"x": {}}),
    *(Withheld("bron"), Withheld("bron"), Withheld("bron")),
    [Withheld("bron")],
)
USUAL: dict[str, Sequence[Any]] = {
    "bool": (True, False),
    "float": (0.5, 3.0),
    "int": (0, 1, 41),
    "str": ("", "iets", "Jörg\u2028"),
}


class Broken(BaseException):
    """A mistake of what invents: not to be taken for that of a field."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a read can be asked for: objects of a type, one or many."""

    type_name: str
    many: bool


@dataclass(slots=True)
class Wild(Fetched):
    """Everything was read, whatever is asked."""

    facts: Facts = field(kw_only=True)
    random: Random = field(kw_only=True)
    wrong: float = field(kw_only=True)
    """How often something is not what it should be, from 0 to 1."""
    _given: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    _pool: dict[Kind, list[Any]] = field(default_factory=dict)
    _kinds: dict[Read, list[Kind]] = field(default_factory=dict)
    _wanted: dict[Read, set[WirePath]] = field(default_factory=dict)
    """What links want of what a read gives: the key of their next hop."""

    def __post_init__(self) -> None:
        for fact in _links(self.facts):
            linked = cast(Linked, fact.kind)
            for hop, following in zip(linked.hops, [*linked.hops[1:], None], strict=True):
                kinds = self._kinds.setdefault(cast(Read, hop.read), [])
                if following is None or not kinds:
                    kinds.append(Kind(fact.type_name, fact.many))
                if following is not None and following.key is not None:
                    self._wanted.setdefault(cast(Read, hop.read), set()).add(following.key)

    def one(
        self,
        read: Read,
        canonical: str,
        raw: Hashable,
        holder: Any = None,
        told: list[FieldFailure] | None = None,
    ) -> Any:
        """As `Fetched.one`."""
        place = (read, canonical, type(raw), raw)
        if place not in self._given:
            failures = []
            if self.directory.several and self.random.random() < self.wrong:
                failures = [FieldFailure("BRON_TIMEOUT", "Laat.", source="zaken-b", partial=True)]
            try:
                self._given[place] = (self._found(read), failures)
            except Exception as error:
                raise Broken from error
        value, failures = self._given[place]
        if told is not None:
            told += failures
        return value

    def _found(self, read: Read) -> Any:
        if self.random.random() < self.wrong:
            failure = FieldFailure("BRON_FOUT", "Stuk.", source=self.random.choice((None, "bron")))
            return self.random.choice((None, None, failure, failure, "iets", [None], [failure, 3]))
        kind = self.random.choice(self._kinds[read])
        if not kind.many:
            return self._object(kind, read)
        items = [self._object(kind, read) for _ in range(self.random.randint(0, 4))]
        if self.random.random() < self.wrong:
            items.insert(0, self.random.choice((None, FieldFailure("X", "Stuk."), "iets")))
        return items

    def _object(self, kind: Kind, read: Read) -> Any:
        pool = self._pool.setdefault(kind, [])
        if pool and self.random.random() < 0.4:
            return self.random.choice(pool)
        made = self.wire(self.facts.types[kind.type_name], 0)
        for path in self._wanted.get(read, ()):
            _put(made, path, self._key())
        pool.append(made)
        if "edges" not in made and self.random.random() < 0.5:
            self.came_from(made, self.random.choice(("zaken", "zaken-b")))
        return made

    # ---- wire objects ------------------------------------------------------------------------

    def wire(self, fact: TypeFact, depth: int) -> dict[str, Any]:
        """An object of this type as a source gives it."""
        made: dict[str, Any] = {}
        concrete = fact
        if fact.by is not None:
            told, name = self.random.choice(list(fact.options.items()))
            concrete = self.facts.types[name]
            _put(made, fact.by, told if isinstance(told, str | int) else "nergens")
            if self.random.random() < self.wrong:
                _put(made, fact.by, self.random.choice((None, "raar", 1, True, ["x"])))
        fields = list(concrete.fields.values())
        for each in sorted(fields, key=lambda one: not one.is_object):
            for path, value in self._values(each, depth):
                if self.random.random() >= 0.1:
                    _put(made, path, value())
        return made

    def _values(self, fact: FieldFact, depth: int) -> Iterator[tuple[WirePath, Callable[[], Any]]]:
        match fact.kind:
            case Copied(path=path) if path != SOURCE_NAME:
                yield path, lambda: self._copied(fact, depth)
            case Derived(needs=needs):
                for _, path in needs:
                    yield path, self._need
            case Linked(hops=hops, where=where):
                if hops[0].key is not None:
                    yield hops[0].key, self._keys
                if where is not None and where.holder is not None:
                    yield where.holder, self._role

    def _copied(self, fact: FieldFact, depth: int) -> Any:
        if self.random.random() < self.wrong:
            return self.random.choice(WRONG)
        if not fact.many:
            return self._single(fact, depth)
        return [self._single(fact, depth) for _ in range(self.random.randint(0, 2))]

    def _single(self, fact: FieldFact, depth: int) -> Any:
        if fact.is_object:
            inner = self.facts.types[fact.type_name]
            return self.wire(inner, depth + 1) if depth < DEEPEST else None
        if fact.enum is not None:
            return self.random.choice([each.value for each in fact.enum])
        if self.random.random() < self.wrong:
            return self.random.choice(BY_NAME[fact.type_name])
        usual = USUAL.get(fact.type_name) or BY_NAME[fact.type_name][1:4]
        return self.random.choice(usual)

    def _need(self) -> Any:
        if self.random.random() < self.wrong:
            return self.random.choice(WRONG)
        return self.random.choice(("iets", "1984-03-12", "J", "12", None, *INSIDES[1:2]))

    def _keys(self) -> Any:
        if self.random.random() < self.wrong:
            return self.random.choice((*WRONG, 1.5, "", {"a": 1}))
        if self.random.random() < 0.2:
            return [self._key() for _ in range(self.random.randint(0, 3))]
        return self._key()

    def _key(self) -> Any:
        return self.random.choice(KEYS)

    def _role(self) -> Any:
        return self.random.choice(ROLES)


def wild(facts: Facts, random: Random, wrong: float) -> Wild:
    """Of a municipality with one source of each kind, or at times two of one."""
    families = {"zaken": "zgw", "catalogi": "zgw"}
    one = Directory(("zaken", "catalogi"), families)
    two = Directory(("zaken", "zaken-b", "catalogi"), families)
    return Wild(random.choice((one, one, two)), facts=facts, random=random, wrong=wrong)


def _links(facts: Facts) -> Iterator[FieldFact]:
    for held in facts.types.values():
        for fact in held.fields.values():
            if isinstance(fact.kind, Linked):
                yield fact


def _put(holder: dict[str, Any], path: WirePath, value: Any) -> None:
    *above, last = path or ("",)
    for name in above:
        inner = holder.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        holder = inner
    holder.setdefault(last, value)
