"""With what the answers to one question are tagged (operation)."""

from collections.abc import Hashable, Set
from typing import Any

from gateway.source.question import Question, nothing
from gateway.source.tags import UNKNOWN_SUBJECT, Family, Part, nine_digits_in

_MOST_TAGS = 1_000
_NONE = frozenset[bytes]()
_NOBODY = frozenset[str]()
_SOMEBODY = frozenset({UNKNOWN_SUBJECT})


class Tagging:
    """The tags of what is answered to a question; of a `family`, and `personal` or not. `hashed`
    are parts that were hashed before, and is added to.
    """

    __slots__ = ("_alike", "_family", "_hashed", "_personal", "_question")

    def __init__(
        self, question: Question, family: Family, personal: bool, hashed: dict[Part, bytes]
    ) -> None:
        self._question = question
        self._family = family
        self._personal = personal
        self._hashed = hashed
        untold = question.subjects is None and not personal
        self._alike = family.shared if untold and question.parts is nothing else None

    def of(self, key: Hashable, value: Any) -> frozenset[bytes]:
        """The hashed tags of an answer; none if it cannot be said, and so not be kept."""
        if self._alike is not None:
            return self._alike
        try:
            parts = set(self._question.parts(key, value))
            subjects = self._subjects(key, value)
            return self._together(parts, subjects)
        except Exception:  # whatever a source wrote: what cannot be dropped is not kept
            return _NONE

    def _together(self, parts: Set[Part], subjects: Set[str]) -> frozenset[bytes]:
        family = self._family
        if not parts and not subjects:
            return family.shared
        if len(parts) + len(subjects) > _MOST_TAGS:
            return _NONE
        hashed = self._hashed
        own = [hashed.get(part) or self._newly(part) for part in parts]
        return family.shared.union(own, map(family.subject, subjects))

    def _newly(self, part: Part) -> bytes:
        made = self._hashed[part] = self._family.of(*part)
        return made

    def _subjects(self, key: Hashable, value: Any) -> Set[str]:
        told = self._question.subjects
        if told is None:
            return _SOMEBODY if self._personal else _NOBODY
        named = nine_digits_in(value) if self._personal else ()
        return {*told(key, value), *named}
