"""What a text has in common with texts that differ in words only: its shape (operation).

Open clients write a text anew for every question: another alias, another number, another text among
the arguments. A shape is the document with words of ours in their places, that stand for whatever
was there. Of `{ p17: posts(start: 1700) { id } }` it is, with a secret for `k`,
`{ _k_0_ : posts ( start : $_k_v0_ ) { id } }`: a document itself, which is read and accepted as any
other.

An alias has the same word wherever it stands, and no two have the same; one that is also another
name in the text stays as it is. So fields merge in the shape as they do in the text. A number or a
text becomes a variable that no text can declare, each its own. No alias that was lifted, and no
number or text, stands in a shape, wherever in the text it stood.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from gateway.operation.parse import IGNORED, LEXEME

# What is ignored, and then a token; or all the rest, where there is none.
_PIECE: Final = re.compile(rf"{IGNORED}({LEXEME}|[\s\S]++|\Z)")
_LAST: Final = "}"
"""Every document ends with it, and no rest is it."""
_OTHER: Final = frozenset('():"-0123456789')
"""What a token begins with that is no name and not only a mark between names."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of one text, and what stood in it."""

    pieces: Sequence[str]
    """Its tokens, with our words in the place of what was lifted."""
    names: Mapping[str, str]
    """The word that stands for each alias."""
    literals: Mapping[str, str]
    """By the variable that stands for it: a number or a text, as it was written."""

    @property
    def written(self) -> str:
        """The document, on one line. Equal for two texts only where their shapes are equal: no
        token holds a space, but for texts, and those are lifted.
        """
        return " ".join(self.pieces)


def shape_of(text: str, secret: str) -> Shape | None:
    """The shape of a text; None for what is not plain, or holds the secret itself."""
    pieces = _PIECE.findall(text)
    while pieces and not pieces[-1]:
        pieces.pop()
    if not pieces or pieces[-1] != _LAST or secret in text:
        return None
    aliases, literals = _lifted(pieces, secret)
    return Shape(pieces, _renamed(pieces, aliases, secret), literals)


def starts_of_text(text: str) -> Sequence[int]:
    """Where the pieces of a text begin, of which there is a shape."""
    return [match.start(1) for match in _PIECE.finditer(text)]


def starts_of_pieces(pieces: Sequence[str]) -> Sequence[int]:
    """Where they begin in what is written of a shape."""
    return [0, *accumulate(len(piece) + 1 for piece in pieces[:-1])]


def _lifted(pieces: list[str], secret: str) -> tuple[list[int], dict[str, str]]:
    """Where aliases stand; and the numbers and texts, in the place of which variables come."""
    aliases: list[int] = []
    literals: dict[str, str] = {}
    inside = False
    for at, piece in enumerate(pieces):
        first = piece[0]
        if first not in _OTHER:
            continue
        match first:
            case "(" | ")":  # these do not nest
                inside = first == "("
            case ":":
                if at and not inside:  # an argument's stands within
                    aliases.append(at - 1)
            case _:
                name = f"_{secret}_v{len(literals)}_"
                literals[name] = piece
                pieces[at] = f"${name}"
    return aliases, literals


def _renamed(pieces: list[str], aliases: Sequence[int], secret: str) -> dict[str, str]:
    """The words for aliases, which come in their places."""
    written = [pieces[at] for at in aliases]
    for at in aliases:
        pieces[at] = ""
    others = frozenset(pieces) if aliases else frozenset()
    names: dict[str, str] = {}
    for at, alias in zip(aliases, written, strict=True):
        kept = alias in others
        pieces[at] = alias if kept else names.setdefault(alias, f"_{secret}_{len(names)}_")
    return names
