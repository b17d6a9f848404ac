"""What stands in a wire object where a source says that it keeps a value from us (operation).

Without it a value that we may not have would look like one that is not there. Whoever completes an
answer makes it the error of that field alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withheld:
    """In the place of the value; `source` is the name of the source that has it."""

    source: str
