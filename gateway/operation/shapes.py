"""Documents that differ in words only share what was made of their shape (operation).

A shape is read, bounded and accepted as the document that it is, once; then every text of it is
known to be valid but for its literals, and those are looked at for each text. Whatever is not plain
or not beyond doubt is not shared: then the text is prepared by itself, which says what is wrong.

What is kept holds no literal and no alias that was lifted, and nothing of a text in which there is
the number of a person; of a shape that was met once, its hash. It is of nobody: what a caller may
see is decided for each request, as it is for any document that is kept.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import cachetools
from graphql import FloatValueNode, IntValueNode, StringValueNode, Undefined, ValueNode
from graphql.utilities import coerce_input_literal

from gateway.operation.accept import Acceptor
from gateway.operation.errors import RequestError
from gateway.operation.limits import Limits, check_document, check_text
from gateway.operation.parse import parsed
from gateway.operation.prepared import Prepared
from gateway.operation.shape import Shape, shape_of, starts_of_pieces
from gateway.operation.wording import Wording

_MET: Final = "met once"
_ALONE: Final = "not to be shared"
_LEAST: Final = 100
"""Characters: what a shape weighs at least, also one of which only the hash is kept."""


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What is kept of a shape."""

    prepared: Prepared
    kinds: Mapping[str, Any]
    """By the variable that stands for a literal: the scalar or enum that is wanted there."""
    starts: Sequence[int]


class Shapes:
    """The shapes that were met last, of `most` characters together."""

    def __init__(
        self,
        acceptor: Acceptor,
        limits: Limits,
        *,
        introspection: bool,
        most: int,
        secret: str | None = None,
    ) -> None:
        """`secret` is what words of shapes are made of, of letters and digits; None: one that
        nobody knows.
        """
        self._acceptor = acceptor
        self._limits = limits
        self._introspection = introspection
        self._secret = secret or secrets.token_hex(8)
        self._kept: cachetools.LRUCache[bytes, _Accepted | str] = cachetools.LRUCache(
            most, getsizeof=lambda found: min(_weight(found), most)
        )

    def prepared(self, text: str, digest: str) -> Prepared | None:
        """A valid document, by its shape; None where it is to be prepared by itself.

        That a shape is met for the second time makes it worth while. The text is one in which there
        is no number of a person.
        """
        if len(text) > self._limits.characters:
            return None
        shape = shape_of(text, self._secret)
        if shape is None:
            return None
        key = sha256(shape.written.encode()).digest()
        found = self._kept.get(key)
        if found is None:
            self._kept[key] = _MET
            return None
        if found is _MET:
            found = self._kept[key] = self._accepted(shape) or _ALONE
        if not isinstance(found, _Accepted):
            return None
        values = _values(shape.literals, found.kinds)
        if values is None:
            return None
        return found.prepared.worded(Wording(text, shape.names, values, found.starts), digest)

    def _accepted(self, shape: Shape) -> _Accepted | None:
        """What all texts of this shape are, but for their literals."""
        written = shape.written
        try:
            check_text(written, self._limits)
            document = parsed(written)
            if document is None:
                return None
            check_document(document, self._limits, introspection=self._introspection)
        except (RequestError, RecursionError):
            return None
        found = self._acceptor.of_shape(document, shape.literals.keys())
        if found is None:
            return None
        conditions, kinds = found
        return _Accepted(
            Prepared.of(document, conditions, ""), kinds, starts_of_pieces(shape.pieces)
        )


def _weight(found: _Accepted | str) -> int:
    if isinstance(found, str):
        return _LEAST
    return max(_LEAST, found.starts[-1])


def _values(literals: Mapping[str, str], kinds: Mapping[str, Any]) -> dict[str, Any] | None:
    """The literals as values; None if one may not be what is wanted in its place."""
    values: dict[str, Any] = {}
    for name, written in literals.items():
        value = coerce_input_literal(_literal(written), kinds[name])
        if value is Undefined or value is None:
            return None
        values[name] = value
    return values


def _literal(written: str) -> ValueNode:
    if written[0] == '"':
        return StringValueNode(value=written[1:-1], block=False)
    return (IntValueNode if written.lstrip("-").isdigit() else FloatValueNode)(value=written)
