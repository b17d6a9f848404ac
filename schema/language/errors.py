"""What can be wrong with a declaration (startup).

DeclarationError
"""

from collections.abc import Sequence


class DeclarationError(Exception):
    """The published schema contradicts itself; every mistake found is named, none is guessed at."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)
