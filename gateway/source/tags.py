"""What a kept answer is about, so that it can be dropped (operation): names, and their hashes.

Every answer is tagged with its municipality and source; beside that a read says what it shows:
which resources, which lists, which persons. Tags are kept and sent as an HMAC, so that they tell
nothing; two tags are hashed alike only if they are equal.

What everybody shares belongs to the pseudo municipality `EVERYONE`; its source is the kind.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.source.fingerprint import Fingerprints, together, written

EVERYONE = "everyone"
UNKNOWN_SUBJECT = ""
"""The person in answers about somebody of which the read does not tell about whom they are."""

Part = tuple[str, str]
"""What a read says of an answer: kind and id."""

_LENGTH = 16
_SOURCE = "source"
_SUBJECT = "subject"
_NUMBER = re.compile("[0-9]{9}").fullmatch


def resource(name: str, id: str) -> Part:
    """This answer shows (part of) the resource of this name with this id."""
    return (f"resource:{name}", id)


def lijst(name: str) -> Part:
    """This answer is a list of these resources: one that is added or changed may belong in it."""
    return (f"lijst:{name}", "")


@dataclass(frozen=True, slots=True, repr=False)
class Tag:
    """`source` is the source's own name; empty for what concerns all of a tenant's sources."""

    tenant: str
    source: str
    kind: str
    id: str = ""

    def __repr__(self) -> str:
        return f"Tag({self.kind})"

    @property
    def scope(self) -> "Tag":
        """The tag of the source it belongs to, or of the whole tenant."""
        return of_source(self.tenant, self.source) if self.source else of_tenant(self.tenant)


def of_tenant(tenant: str) -> Tag:
    """Everything of a tenant."""
    return Tag(tenant, "", "tenant")


def of_source(tenant: str, source: str) -> Tag:
    """Everything of one source of a tenant."""
    return Tag(tenant, source, _SOURCE)


def of_resource(tenant: str, source: str, name: str, id: str) -> Tag:
    """Everything that shows this resource."""
    return Tag(tenant, source, *resource(name, id))


def of_subject(tenant: str, source: str, bsn: str) -> Tag:
    """Everything that is about this person."""
    return Tag(tenant, source, _SUBJECT, bsn)


def of_person(tenant: str, sources: Iterable[str], bsn: str) -> Sequence[Tag]:
    """What to drop so that nothing about a person is left: also all of which it is not known about
    whom it is.
    """
    return [
        of_subject(tenant, source, subject)
        for source in sources
        for subject in (bsn, UNKNOWN_SUBJECT)
    ]


def nine_digits_in(value: Any) -> Iterator[str]:
    """Every text of nine digits in an answer: it may be the BSN of somebody else whom it names,
    such as a partner or a child. That some are none is no harm.
    """
    left = [value]
    while left:
        match left.pop():
            case str(text) if _NUMBER(text):
                yield text
            case dict(members):
                left += members.values()
            case list(items):
                left += items


class Hashing:
    """Tags as the bytes that are kept and sent: sixteen, the same in every process that has the
    secret.
    """

    __slots__ = ("_prints",)

    def __init__(self, secret: bytes) -> None:
        self._prints = Fingerprints(secret, ("tag",))

    def of(self, tag: Tag) -> bytes:
        """One tag."""
        return self._prints.digest((tag.tenant, tag.source, tag.kind, tag.id))[:_LENGTH]

    def within(self, tenant: str, source: str) -> "Family":
        """The tags of one source."""
        return Family(self._prints, tenant, source, self.of(of_tenant(tenant)))


class Family:
    """The tags of one source of a tenant, of which what they have in common is written once.

    Of no single one is remembered what it is: it may be about somebody.
    """

    __slots__ = ("_begin", "_prints", "_unknown", "shared")

    def __init__(self, prints: Fingerprints, tenant: str, source: str, of_all: bytes) -> None:
        self._prints = prints
        self._begin = written(tenant) + written(source)
        self.shared = frozenset((of_all, self.of(_SOURCE, "")))
        """Those that everything of the source has."""
        self._unknown = self.of(_SUBJECT, UNKNOWN_SUBJECT)

    def of(self, kind: str, id: str) -> bytes:
        """The same as `Hashing.of` of the tag of this source."""
        parts = (self._begin, written(kind), written(id))
        return self._prints.digest_of(together(parts))[:_LENGTH]

    def subject(self, bsn: str) -> bytes:
        """The tag of a person."""
        return self._unknown if bsn == UNKNOWN_SUBJECT else self.of(_SUBJECT, bsn)
