"""What can be wrong with a declaration (startup), and with a value (object).

DeclarationError
NoValue             code, message safe to show
"""

from collections.abc import Sequence


class DeclarationError(Exception):
    """The published schema contradicts itself; every mistake found is named, none is guessed at."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class NoValue(Exception):  # noqa: N818  # not a fault of anybody
    """Why a derived field has no value, where a client can do something with the reason.

    `code` is stable and `message` is Dutch and repeats nothing of the value: both are shown.
    Anything else that a derived field raises is told as a value that does not fit.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
