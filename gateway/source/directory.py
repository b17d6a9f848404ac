"""Which sources a municipality has, of which kind, and which belong together (startup).

A kind is what a registry calls its source ("zaken"). Of some a municipality may have several:
`zaken-sociaal` is one of the kind zaken in the system `sociaal`, as `catalogi-sociaal` is. The
plain name is the one without a system.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

MOST_OF_A_KIND = 6
"""So that one question never fans out further, and a cursor has room for the place in each."""
_SYSTEM = re.compile("[a-z0-9][a-z0-9-]{0,31}", re.ASCII)
_NO_FAMILIES: Mapping[str, str] = MappingProxyType({})


def parted(name: str, kinds: Collection[str]) -> tuple[str, str] | None:
    """The kind and the system in the name of a source; None if it begins with no known kind.

    A kind may have a dash in its name: a whole name that is known goes before one that is a part.
    """
    if name in kinds:
        return name, ""
    ends = [at for at, char in enumerate(name) if char == "-" and name[:at] in kinds]
    return (name[: ends[-1]], name[ends[-1] + 1 :]) if ends else None


def is_system(text: str) -> bool:
    """Whether a system may be called so."""
    return _SYSTEM.fullmatch(text) is not None


class Directory:
    """The names of one municipality's sources, by kind, in the order of its file."""

    __slots__ = ("_families", "_kinds", "_names", "several")

    def __init__(
        self, names: Iterable[str] = (), families: Mapping[str, str] = _NO_FAMILIES
    ) -> None:
        """`families` has, for every known kind, the name of its registry."""
        self._families = families
        self._kinds: dict[str, tuple[str, str]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        for name in names:
            kind, system = parted(name, families) or (name, "")
            self._kinds[name] = (kind, system)
            self._names[kind] = (*self._names.get(kind, ()), name)
        self.several = frozenset(kind for kind, each in self._names.items() if len(each) > 1)
        """The kinds of which there is more than one."""

    def names(self, kind: str) -> tuple[str, ...]:
        """The sources of a kind; of one that the municipality has not, the plain name."""
        return self._names.get(kind) or (kind,)

    def kind(self, name: str) -> str:
        """The kind of the source with this name."""
        return self._kinds.get(name, (name, ""))[0]

    def beside(self, name: str, kind: str) -> str | None:
        """The source of that kind of the same registry and system as the source `name`, if any."""
        own, system = self._kinds.get(name, (name, ""))
        if not self._related(own, kind):
            return None
        return next((each for each in self.names(kind) if self._system(each) == system), None)

    def lacking(self, name: str, kind: str) -> str | None:
        """What the source of that kind beside the source `name` would be called, if there is none;
        None for a kind of another registry.
        """
        own, system = self._kinds.get(name, (name, ""))
        if not self._related(own, kind) or self.beside(name, kind) is not None:
            return None
        return f"{kind}-{system}" if system else kind

    def fan_out(self, kind: str, above: str | None) -> int:
        """How many sources a question to a kind may go to, asked from an object of the kind `above`
        (None: from nothing). Objects of one registry lead to the sources of their own system.
        """
        return 1 if above is not None and self._related(above, kind) else len(self.names(kind))

    def _related(self, one: str, other: str) -> bool:
        family = self._families.get(one)
        return one == other or (family is not None and family == self._families.get(other))

    def _system(self, name: str) -> str:
        return self._kinds.get(name, (name, ""))[1]
