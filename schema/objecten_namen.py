"""Names and descriptions for what a JSON Schema calls as it likes (startup).

A published name is a GraphQL name (specification, section 2.1.9) in camelCase without underscores;
a name that is taken gets a prefix, so that nothing that a schema says can break what is published.
"""

import keyword
import re
import unicodedata
from collections.abc import Container, Sequence

_WORD = re.compile("[A-Za-z0-9]+")
_HUMP = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LONGEST_NAME = 80
_LONGEST_TEXT = 1_000
NAMELESS = "veld"


def camel_name(text: str) -> str:
    """`Datum ingang` and `datum_ingang` as `datumIngang`; begins with a small letter."""
    words = _words(text)
    if not words:
        return NAMELESS
    first = words[0].lower() if words[0].isupper() else words[0][:1].lower() + words[0][1:]
    name = first + "".join(word[:1].upper() + word[1:] for word in words[1:])
    return (name if name[0].isalpha() else NAMELESS + name)[:_LONGEST_NAME]


def type_name(text: str) -> str:
    """`melding-openbare-ruimte` as `MeldingOpenbareRuimte`."""
    name = camel_name(text)
    return name[:1].upper() + name[1:]


def member_name(text: str) -> str:
    """The name of an enum's value: `In gebruik` as `IN_GEBRUIK`."""
    name = "_".join(_words(text)).upper()[:_LONGEST_NAME].strip("_")
    if not name:
        return "LEEG" if not text.strip() else "WAARDE"
    return name if name[0].isalpha() else f"WAARDE_{name}"


def free_name(name: str, taken: Container[str], prefix: str) -> str:
    """The name itself, or with the prefix in front, and then a number, until it is free.

    Words of Python are taken as well: a field is an attribute of a class.
    """
    if name not in taken and not keyword.iskeyword(name):
        return name
    made = prefix + name[:1].upper() + name[1:]
    number, candidate = 2, made
    while candidate in taken:
        candidate, number = f"{made}{number}", number + 1
    return candidate


def free_member(name: str, taken: Container[str]) -> str:
    """The name of an enum's value with a number behind it when it is taken."""
    number, candidate = 2, name
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def snake(name: str) -> str:
    """`vermogenVanaf` as `vermogen_vanaf`: how the machine hands an input's fields to a read."""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name)


def sentence(text: str | None, name: str) -> str:
    """A description: what the schema says, or else the words of the name, as a sentence."""
    said = tidy(text or "") or " ".join(_spoken(name)) or name
    said = tidy(said) or NAMELESS
    ended = said if said[-1] in ".!?" else f"{said}."
    return ended[:1].upper() + ended[1:]


def tidy(text: str) -> str:
    """One line without control characters, not too long."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:_LONGEST_TEXT].rstrip()


def _spoken(name: str) -> Sequence[str]:
    words = [part for word in _words(name) for part in _HUMP.findall(word)]
    return [word if word.isupper() and len(word) > 1 else word.lower() for word in words]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text)
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))
