"""The same document in other words: other aliases, numbers, texts and blanks, right or wrong."""

import re
from collections.abc import Mapping
from random import Random
from typing import Final

WORDS: Final = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|\.\.\.|[_A-Za-z][_0-9A-Za-z]*|-?[0-9][0-9.eE+-]*|[^\s,]'
)
_NAME: Final = re.compile("[_A-Za-z][_0-9A-Za-z]*")
INTS: Final = ("0", "1", "2", "3", "7", "100", "-1", "-0", "2147483647", "2147483648", "9" * 400)
OTHERS: Final = (
    *("1.5", "1e3", "-0.0", "1e999", '""', '"a"', '"c1"', '"boek"', '"bel"', '"2026-02-30"'),
    *('"{"', '"a: b"', '"# a"', '"$x"', '"é"', '"\\u0061"', '"""a"""', '"999990019"', "null"),
    *("true", "ROOD", "[1]", "{a: 1}", "$v0", "[]", "01", "1a", "999990019", "2026"),
)
BLANKS: Final = (" ", "  ", ", ", "\n", "\r\n", "\t", " # alias: veld(a: 1) {\n", "\ufeff")


def reworded(text: str, random: Random, wild: bool) -> str:
    """The same with other words in the places where those are to be lifted. When `wild` a literal
    may become one of another kind, and an alias the name of anything.
    """
    words = WORDS.findall(text)
    inside, names = False, dict[str, str]()
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in "()":
            inside = word == "("
        elif following == ":" and not inside and _NAME.fullmatch(word):
            words[at] = _alias(word, words, names, random, wild)
        elif word[0] in '"-0123456789' and random.random() < 0.7:
            words[at] = _literal(word, random, wild)
    return _spaced(words, random)


def _alias(word: str, words: list[str], names: dict[str, str], random: Random, wild: bool) -> str:
    if wild and random.random() < 0.15:
        return random.choice([each for each in words if _NAME.fullmatch(each)])
    if random.random() < 0.8:
        names.setdefault(word, f"{word[:3]}{random.randrange(1000)}")
    return names.get(word, word)


def _literal(word: str, random: Random, wild: bool) -> str:
    if wild and random.random() < 0.3:
        return random.choice((*INTS, *OTHERS))
    if word[0] == '"':
        return random.choice([each for each in OTHERS if each[0] == '"'][:5])
    return random.choice(INTS[:6])


def _spaced(words: list[str], random: Random) -> str:
    blank = random.choice(BLANKS) if random.random() < 0.5 else " "
    return blank.join(words) + random.choice(("", "", "\n", " # klaar"))


def restored(text: str, names: Mapping[str, str], literals: Mapping[str, str]) -> str:
    """What is printed of a shape, with the words of a text in it again."""
    for variable, written in literals.items():
        text = text.replace(f"${variable}", written)
    for alias, word in names.items():
        text = text.replace(word, alias)
    return text
