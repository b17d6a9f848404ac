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

from gateway.source.fingerprint import Fingerprints

EVERYONE = "everyone"
UNKNOWN_SUBJECT = ""
"""The person in answers about somebody of which the read does not tell about whom they are."""

Part = tuple[str, str]
"""What a read says of an answer: kind and id."""

_LENGTH = 16
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
    return Tag(tenant, source, "source")


def of_resource(tenant: str, source: str, name: str, id: str) -> Tag:
    """Everything that shows this resource."""
    return Tag(tenant, source, *resource(name, id))


def of_subject(tenant: str, source: str, bsn: str) -> Tag:
    """Everything that is about this person."""
    return Tag(tenant, source, "subject", bsn)


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
    """Tags as the bytes that are kept and sent."""

    __slots__ = ("_prints",)

    def __init__(self, secret: bytes) -> None:
        self._prints = Fingerprints(secret, ("tag",))

    def of(self, tag: Tag) -> bytes:
        """Sixteen bytes, the same in every process that has the secret."""
        return self._prints.digest((tag.tenant, tag.source, tag.kind, tag.id))[:_LENGTH]
