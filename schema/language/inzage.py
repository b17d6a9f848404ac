"""What a registry lets a municipality say about what is shown of it (startup): a declaration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inzage:
    """One thing that a doelbinding can say under `inzage`.

    `about` is the Dutch sentence that explains it; `labels` are beginnings of the labels that it
    bears upon. `values` are the words that can be said, None for any line of text; `many` that
    there is a list of them. `own` holds for who sees only what is their own, unless said otherwise.
    With `per_service` a service that somebody is authorised for says it too: who acts for another
    sees what their services name together, and nothing for one that names nothing. `judged_by` is
    the kind of source that must be asked to judge by it.
    """

    about: str
    labels: tuple[str, ...]
    values: tuple[str, ...] | None = None
    many: bool = False
    own: str | frozenset[str] | None = None
    per_service: bool = False
    judged_by: str | None = None
