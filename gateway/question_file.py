"""One registered question, from its file: a GraphQL document with a heading (startup).

The comments at the top say whose a question is and what for; nothing else may stand there as
`# sleutel: waarde`:

    # eigenaar: Team Dienstverlening
    # doelbinding: klantcontact, belastingen
    # omschrijving: Wie belt er, en wat loopt er voor die persoon.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graphql import GraphQLError, parse, print_ast

from gateway.mistakes import Mistake, nearest
from gateway.operation.registered import NAME, sha256

OWNER, PURPOSE, ABOUT = "eigenaar", "doelbinding", "omschrijving"
KEYS: Final = (OWNER, PURPOSE, ABOUT)
_LONGEST_LINE: Final = 300
_MAX_BYTES: Final = 1_000_000
_HEADING: Final = re.compile(r"#[ \t]*(?P<key>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>.*)")

Check = Callable[[str], Sequence[tuple[int, str]]]
"""What is wrong with a document: (line, reason), both as its author needs them; line 0 where it
concerns the whole.
"""


@dataclass(frozen=True, slots=True)
class Registration:
    """One registered document."""

    name: str
    """That of its file: what a client may send as `documentId`."""
    owner: str
    purposes: tuple[str, ...]
    """Codes, in the order of the heading."""
    about: str
    text: str
    """What is carried out: the document without its heading."""
    tenant: str | None
    """The municipality that it is of; None for all that have such a purpose."""
    hashes: frozenset[str]
    """Every SHA-256 by which a client may know it, in hexadecimal: of the whole file, of the
    document, and of the document as GraphQL's own `print` writes it.
    """

    @property
    def digest(self) -> str:
        """The hash that the register tells: of the document as it is carried out."""
        return sha256(self.text)


class QuestionFile:
    """One file, with what is wrong with it. `shown` is how mistakes name it."""

    def __init__(self, path: Path, shown: str, tenant: str | None) -> None:
        self._path = path
        self._shown = shown
        self._tenant = tenant
        self._lines: dict[str, int] = {}
        self.mistakes: list[Mistake] = []

    def wrong(self, line: int, reason: str, key: str = "") -> None:
        """Note a mistake; line 0 where it concerns the file as a whole."""
        self.mistakes.append(Mistake(self._shown, line, key, reason))

    def wrong_key(self, key: str, reason: str) -> None:
        """Note a mistake in what the heading says under a key."""
        self.wrong(self._lines.get(key, 0), reason, key)

    def registration(self, check: Check) -> Registration | None:
        """The document, or None where anything is wrong with it."""
        if not NAME.fullmatch(self._path.stem):
            self.wrong(0, "een vraag heet met kleine letters, cijfers en streepjes")
        whole = self._whole()
        if whole is None:
            return None
        heading, text, above = self._parted(whole)
        for key in KEYS:
            if key not in heading:
                self.wrong(1, "ontbreekt in de regels bovenaan: # sleutel: waarde", key)
        for line, reason in check(text):
            self.wrong(above + line if line else 0, reason)
        return None if self.mistakes else self._made(heading, whole, text)

    def _made(self, heading: dict[str, str], whole: str, text: str) -> Registration:
        return Registration(
            self._path.stem,
            heading[OWNER],
            tuple(part.strip() for part in heading[PURPOSE].split(",")),
            heading[ABOUT],
            text,
            self._tenant,
            _hashes(whole, text),
        )

    def _whole(self) -> str | None:
        try:
            content = self._path.read_bytes()
            text = content.decode("utf-8").replace("\r\n", "\n")
        except OSError:
            self.wrong(0, "het bestand is niet leesbaar")
            return None
        except UnicodeDecodeError as error:
            self.wrong(content.count(b"\n", 0, error.start) + 1, "de tekst is geen UTF-8")
            return None
        if len(content) > _MAX_BYTES:
            self.wrong(0, "het bestand is groter dan 1 MB")
            return None
        return text

    def _parted(self, whole: str) -> tuple[dict[str, str], str, int]:
        """The heading, the document below it, and how many lines stand above that."""
        heading: dict[str, str] = {}
        lines = whole.split("\n")
        above = 0
        for line in lines:
            if line.strip() and not line.startswith("#"):
                break
            above += 1
            found = _HEADING.fullmatch(line)
            if found is not None:
                self._noted(heading, found["key"], found["value"].strip(), above)
        return heading, "\n".join(lines[above:]), above

    def _noted(self, heading: dict[str, str], key: str, value: str, line: int) -> None:
        if key not in KEYS:
            self.wrong(line, f"onbekende sleutel{nearest(key, KEYS)}", key)
        elif key in heading:
            self.wrong(line, "staat er twee keer", key)
        elif not value or not value.isprintable() or len(value) > _LONGEST_LINE:
            self.wrong(line, f"moet een regel tekst zijn, hoogstens {_LONGEST_LINE} tekens", key)
        heading[key] = value
        self._lines[key] = line


def _hashes(whole: str, text: str) -> frozenset[str]:
    written = {whole, text, text.strip(), text.strip() + "\n"}
    try:
        printed = print_ast(parse(text))
    except (GraphQLError, RecursionError):
        return frozenset(map(sha256, written))
    return frozenset(map(sha256, {*written, printed, printed + "\n"}))
