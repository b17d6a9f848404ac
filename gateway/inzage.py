"""What a tenant's file says under `inzage`: what is shown of what sources give (startup).

The words are the registries' own (`schema.language.inzage`); what they come to is decided by the
sieves of their reads.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway.mistakes import KeyPath, Mistake, nearest
from gateway.source.sieve import Limit
from gateway.toml_file import TomlFile
from schema.language.inzage import Inzage

KnownInzage = Mapping[str, Inzage]
"""By name what can be said."""
EVERYTHING: Final = "*"
"""What a service says to keep nothing back."""
_MOST_WORDS, _LONGEST_WORD = 1_000, 100


def limits_of(table: Mapping[str, Any]) -> dict[str, Limit]:
    """What a table without mistakes says."""
    return {
        name: frozenset(said) if isinstance(said, list) else said for name, said in table.items()
    }


def inzage_mistakes(file: TomlFile, known: KnownInzage) -> list[Mistake]:
    """What is wrong in the tables of purposes and services."""
    of_services = {name: each for name, each in known.items() if each.per_service}
    return [
        file.mistake((part, code, "inzage", *path), reason)
        for part, names in (("doelbindingen", known), ("diensten", of_services))
        for code, table in _tables(file.data.get(part))
        for path, reason in _mistakes(table.get("inzage"), names, part == "diensten")
    ]


def _mistakes(table: Any, known: KnownInzage, of_service: bool) -> Iterator[tuple[KeyPath, str]]:
    for name, said in table.items() if isinstance(table, dict) else ():
        if name not in known:
            yield (name,), f"onbekende naam{nearest(name, known)}"
        elif not known[name].many:
            reason = _wrong_word(said, known[name])
            if reason is not None:
                yield (name,), reason
        elif (
            not isinstance(said, list)
            or not said
            or not all(isinstance(each, str) for each in said)
        ):
            yield (name,), "moet een lijst met minstens één tekst zijn"
        elif len(said) > _MOST_WORDS:
            yield (name,), f"noem er hoogstens {_MOST_WORDS}"
        elif not (of_service and said == [EVERYTHING]):
            reasons = (_wrong_word(each, known[name]) for each in said)
            yield from (((name,), reason) for reason in reasons if reason is not None)


def _wrong_word(said: Any, known: Inzage) -> str | None:
    if known.values is not None and said not in known.values:
        return f"kies uit {', '.join(known.values)}"
    if not isinstance(said, str) or not said.strip() or not said.isprintable():
        return "moet een regel tekst zijn"
    if EVERYTHING in said:
        return f"{EVERYTHING} kan hier niet; noem ze elk"
    return f"heeft hoogstens {_LONGEST_WORD} tekens" if len(said) > _LONGEST_WORD else None


def _tables(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    items = data.items() if isinstance(data, dict) else ()
    return ((code, table) for code, table in items if isinstance(table, dict))
