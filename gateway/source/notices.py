"""What a source tells that it has changed, and what is therefore dropped (operation).

A notification (Notificaties API 1.0, schema Notificatie) holds addresses and no data. They are only
ever compared with the bases that a municipality's sources are registered under; nothing is fetched
from them, and what is not the address of one of our sources concerns nothing.

A registry declares its channels (`Kanaal`): whose they are, and what is shown by answers that a
notification makes old.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gateway.source.addresses import Base, is_uuid
from gateway.source.settings import SourceSettings
from gateway.source.tags import Part, Tag


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """A notification as it came, its shape checked and nothing else: addresses are just text."""

    kanaal: str
    hoofd_object: str
    resource: str
    resource_url: str
    actie: str


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A resource of one of our sources: `source` by its own name, `resource` as in the path."""

    source: str
    resource: str
    uuid: str


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """A notification about a source of ours: what it is about, and what of that changed, if that
    has an address of its own there. `resource` and `actie` are the sender's words.
    """

    resource: str
    actie: str
    main: Place
    own: Place | None


@dataclass(frozen=True, slots=True)
class Touch:
    """What a change makes old: at the source that told, or at all those of another `kind`."""

    part: Part
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Kanaal:
    """A channel: the kind of source whose it is, the path of its `hoofdObject`, what it touches."""

    source: str
    path: str
    touches: Callable[[Change], Iterable[Touch]]


class Notices:
    """The notifications of one municipality, with the sources that its file has now."""

    __slots__ = ("_kanalen", "_kinds", "_sources", "_tenant")

    def __init__(
        self,
        tenant: str,
        sources: Mapping[str, SourceSettings],
        kinds: Mapping[str, str],
        kanalen: Mapping[str, Kanaal],
    ) -> None:
        """`kinds` has the kind of each source by the source's own name."""
        self._tenant = tenant
        self._sources = sources
        self._kinds = kinds
        self._kanalen = kanalen

    def knows(self, kanaal: str) -> bool:
        """Whether anything on this channel can concern us."""
        return kanaal in self._kanalen

    def tags(self, notice: Notice) -> frozenset[Tag]:
        """What to drop; nothing for an unknown channel or for what none of our sources has."""
        kanaal = self._kanalen.get(notice.kanaal)
        if kanaal is None:
            return frozenset()
        found: set[Tag] = set()
        for source in self._of_kind(kanaal.source):
            main = self._place(source, notice.hoofd_object)
            if main is not None and main.resource == kanaal.path:
                own = self._place(source, notice.resource_url)
                change = Change(notice.resource, notice.actie, main, own)
                found.update(self._dropped(source, kanaal.touches(change)))
        return frozenset(found)

    def _dropped(self, source: str, touches: Iterable[Touch]) -> Iterable[Tag]:
        for touch in touches:
            names = [source] if touch.kind is None else self._of_kind(touch.kind)
            for name in names:
                yield Tag(self._tenant, name, *touch.part)

    def _of_kind(self, kind: str) -> list[str]:
        return [name for name in self._sources if self._kinds[name] == kind]

    def _place(self, source: str, url: str) -> Place | None:
        """Where this address leads in that source. A query (a document's version) is left out."""
        settings = self._sources[source]
        address = url.partition("?")[0]
        for base in map(Base.parse, (settings.address, *settings.canonical)):
            below = base.below(address)
            if below is not None and len(below) == 2 and is_uuid(below[1].lower()):
                return Place(source, below[0], below[1].lower())
        return None
