"""What a sealed link leads to: bytes of a source, and how they are handed out (object)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes that one link stands for.

    `key` is what the registry's stream is asked with (a uuid and a version); `name` and
    `media_type` are those of the file as the source tells them, "" where it does not. None of it
    is trusted to be safe in a header, and none of it is readable in the link. `source` is which
    source it is asked of, "" for the only one of its kind; the machine adds it.
    """

    key: tuple[str, ...]
    name: str = ""
    media_type: str = ""
    source: str = ""
