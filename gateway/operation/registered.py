"""Which questions may be asked for a doelbinding: registered ones by name, or any (operation).

A question may come as text, as the name or hash of a registered document (`documentId`, appendix A
of GraphQL over HTTP), or as a hash alone (`extensions.persistedQuery`, as Apollo's clients do it).
All become the text that is carried out, so that whatever follows holds for all of them alike.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from gateway.operation.errors import Code, RequestError

FORBIDDEN: Final = 403
HASHED: Final = "sha256:"
"""What stands before a hash in a `documentId`; a name has no colon."""
_HASH: Final = re.compile("[0-9a-f]{64}")
NAME: Final = re.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
"""Of a registered document."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question was put: its text, "" where it only says which document; a `document_id` as
    GraphQL over HTTP has it, and `hashed`, a bare SHA-256 in hexadecimal.
    """

    text: str = ""
    document_id: str | None = None
    hashed: str | None = None


@dataclass(frozen=True, slots=True)
class Askable:
    """What may be asked: any text where it is `open`, and else what is registered only."""

    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The text by name."""
    hashes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The text by every hash under which it is known, in hexadecimal."""
    open: bool = True

    @property
    def anything(self) -> bool:
        """Whether a text is carried out as it stands: none is registered, so none is another's."""
        return self.open and not self.hashes

    def text_of(self, asked: Asked) -> str:
        """The text to carry out. Raises RequestError: PERSISTED_QUERY_NOT_FOUND for a document that
        is not registered (or not for this doelbinding, which is not told apart), INVOER for a hash
        or name that is not that of the text beside it, NIET_GEREGISTREERD (403) for a text of one's
        own where only registered questions may be asked.
        """
        wanted = [self._of_id(asked.document_id), self._of_hash(asked.hashed)]
        named = [each for each in wanted if each is not None]
        if named and not asked.text:
            return self._only(named)
        if not named and self.anything:  # as most are: nothing to compare with
            return asked.text
        digest = sha256(asked.text)
        if any(digest != each.removeprefix(HASHED) for each in named if _is_hash(each)):
            raise _another_text()
        known = self.hashes.get(digest)
        if any(self.names.get(each, "") != known for each in named if not _is_hash(each)):
            raise _another_text()
        if known is None and not self.open:
            raise _not_registered()
        return asked.text if known is None else known

    def name_of(self, text: str) -> str | None:
        """What this text is registered as; None where it is not."""
        return next((name for name, known in self.names.items() if known == text), None)

    def _only(self, named: list[str]) -> str:
        """The one registered text that all of these name."""
        found = {
            self.hashes.get(each.removeprefix(HASHED)) if _is_hash(each) else self.names.get(each)
            for each in named
        }
        if None in found or not found:
            raise _not_found()
        if len(found) > 1:
            raise _another_text()
        return str(found.pop())

    @staticmethod
    def _of_id(document_id: str | None) -> str | None:
        """A hash with its prefix, or a name. Raises RequestError (INVOER) for what is neither."""
        if document_id is None:
            return None
        if not _is_hash(document_id) and not NAME.fullmatch(document_id):
            message = "Geef in documentId de naam van een geregistreerde vraag, of sha256:<hash>."
            raise RequestError(Code.INVOER, message)
        return document_id

    @staticmethod
    def _of_hash(hashed: str | None) -> str | None:
        if hashed is None:
            return None
        if not _HASH.fullmatch(hashed):
            message = "Geef in persistedQuery een sha256Hash van 64 kleine hexadecimale cijfers."
            raise RequestError(Code.INVOER, message)
        return HASHED + hashed


def sha256(text: str) -> str:
    """Of a text in UTF-8, in hexadecimal; half a surrogate pair counts as it stands."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_hash(document_id: str) -> bool:
    return document_id.startswith(HASHED) and bool(
        _HASH.fullmatch(document_id.removeprefix(HASHED))
    )


def _not_found() -> RequestError:
    return RequestError(
        Code.PERSISTED_QUERY_NOT_FOUND,
        "Deze vraag is voor deze doelbinding niet geregistreerd.",
        extensions={"opnieuw": False},
    )


def _another_text() -> RequestError:
    message = "De naam of hash is niet die van de tekst in `query`. Stuur een van beide."
    return RequestError(Code.INVOER, message)


def _not_registered() -> RequestError:
    return RequestError(
        Code.NIET_GEREGISTREERD,
        "Met deze doelbinding kunnen alleen geregistreerde vragen gesteld worden.",
        status=FORBIDDEN,
        extensions={"opnieuw": False},
    )
