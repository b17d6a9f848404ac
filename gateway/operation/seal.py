"""What a field hands out sealed instead of showing it: links to bytes, references (operation)."""

from collections.abc import Callable
from typing import Final

from schema.language.content import Content
from schema.language.scalars import SCALARS, PersoonRef

REFERENCE: Final = SCALARS[PersoonRef].name
PERSON: Final = "persoon"
"""In the place of a stream: what is sealed is a person's number, and no bytes of a source."""
Seal = Callable[[str, str, Content], str | None]
"""Makes a link to bytes, for the caller of this operation only: from the stream that they come
from, the label of the field and what is to be handed out. It is a value like the sources are:
fields stay pure, and the writer knows no key, no clock and no address."""


def no_links(stream: str, label: str, content: Content) -> str | None:
    """For a caller to whom no links are given: the field is null."""
    return None
