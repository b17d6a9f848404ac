"""What docs/labels.md says of each label; `python -m tests.label_document` writes its lists anew.

The sentences are written by hand and kept; the fields under them are those of the published schema.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.app import published
from schema.language.facts import Facts, TypeFact
from tests.paths import ROOT

DOCUMENT = ROOT / "docs" / "labels.md"
PLUMBING = frozenset({"edges", "node", "cursor", "pageInfo", "totalCount"})
"""Fields of lists, which reveal what the objects in them reveal."""
WIDTH = 108


@dataclass(frozen=True, slots=True)
class Section:
    """One label in the document: the sentences about it, and the lines that list its fields."""

    about: str
    fields: tuple[str, ...]


def documented() -> Mapping[str, Section]:
    """The labels of the document, in its order."""
    return {label: _section(text) for label, text in _parts(DOCUMENT.read_text(encoding="utf-8"))}


def fields_of(label: str, facts: Facts) -> tuple[str, ...]:
    """The lines that list the fields with this label, a type a line."""
    lines = []
    for fact in sorted(facts.types.values(), key=lambda each: each.name):
        names = [
            name
            for name, field in fact.fields.items()
            if field.label == label and name not in PLUMBING and not _above(fact, name, facts)
        ]
        if names:
            lines += _wrapped(f"- `{fact.name}`:", [f"`{name}`" for name in names])
    return tuple(lines)


def main() -> None:
    """Write the lists, and a heading for a label that has none yet."""
    text = DOCUMENT.read_text(encoding="utf-8")
    facts, known = published(), documented()
    made = [text.partition("\n## ")[0].rstrip("\n")]
    for label in sorted(facts.labels):
        about = known[label].about if label in known else ""
        body = [f"## `{label}`", about, "\n".join(fields_of(label, facts))]
        made += [part for part in body if part]
    DOCUMENT.write_text("\n\n".join(made) + "\n", encoding="utf-8")


def _parts(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^## `([a-z.-]+)`\n(.*?)(?=^## |\Z)", text, re.M | re.S)


def _section(text: str) -> Section:
    about, _, listed = text.strip().partition("- `")
    lines = f"- `{listed}".splitlines() if listed else []
    return Section(about.strip(), tuple(lines))


def _above(fact: TypeFact, name: str, facts: Facts) -> bool:
    """Whether an interface of this type has the field, with the same label."""
    return any(
        other.is_abstract
        and fact.name in other.options.values()
        and name in other.fields
        and other.fields[name].label == fact.fields[name].label
        for other in facts.types.values()
    )


def _wrapped(start: str, words: list[str]) -> list[str]:
    lines = [start]
    for word in words:
        if len(lines[-1]) + len(word) + 2 > WIDTH:
            lines.append(" ")
        lines[-1] += f" {word},"
    lines[-1] = lines[-1].rstrip(",")
    return lines


if __name__ == "__main__":
    main()
