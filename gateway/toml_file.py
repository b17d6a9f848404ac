"""One TOML file of the configuration, with the line of each key (startup).

The standard library's parser reads the values and proves the syntax, but keeps no positions. The
scanner here therefore only walks text that is known to be valid TOML 1.0, and notes where each key,
table and array element begins. It runs when there is a mistake to point at.
"""

import bisect
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from gateway.mistakes import KeyPath, Mistake, explained

Model = TypeVar("Model", bound=BaseModel)

_MAX_BYTES = 1_000_000
_WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_TWICE = "Cannot overwrite a value"
_NAMED = re.compile(r"""\s*(?P<key>[A-Za-z0-9_."'-]+(?:\s*\.\s*[A-Za-z0-9_"'-]+)*)\s*=""")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""{1,3}|'
    r"'''.*?'''{1,3}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file's name (without folder), its data, and its text with `\\n` line ends."""

    name: str
    data: Mapping[str, Any]
    text: str

    @classmethod
    def read(cls, path: Path) -> tuple["TomlFile | None", list[Mistake]]:
        """The file, or None and why it cannot be read."""
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None, [Mistake(path.name, 0, "", "het bestand bestaat niet")]
        except OSError:
            return None, [Mistake(path.name, 0, "", "het bestand is niet leesbaar")]
        if len(content) > _MAX_BYTES:
            return None, [Mistake(path.name, 0, "", "het bestand is groter dan 1 MB")]
        return cls.parse(path.name, content)

    @classmethod
    def parse(cls, name: str, content: bytes) -> tuple["TomlFile | None", list[Mistake]]:
        """The file with this content, or None and where it is no TOML."""
        try:
            text = content.decode("utf-8").replace("\r\n", "\n")
            data = tomllib.loads(text)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            return None, [Mistake(name, line, "", "de tekst is geen UTF-8")]
        except tomllib.TOMLDecodeError as error:
            return None, [_syntax(name, str(error), text)]
        except RecursionError:
            return None, [Mistake(name, 0, "", "geen geldige TOML: te diep genest")]
        return cls(name, data, text), []

    def as_model(
        self, model: type[Model], context: Mapping[str, Any]
    ) -> tuple[Model | None, list[Mistake]]:
        """The data as `model`, or None and what is wrong; `context` goes to the validators."""
        try:
            return model.model_validate(self.data, context=dict(context)), []
        except ValidationError as error:
            return None, [self.mistake(*each) for each in explained(error, model, self.data)]

    def line(self, path: KeyPath) -> int:
        """The line of a path, or of the nearest table around it that is in the file."""
        lines = lines_of(self.text)
        return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)

    def mistake(self, path: KeyPath, reason: str) -> Mistake:
        """A mistake at this path of this file."""
        return Mistake(self.name, self.line(path), shown(path), reason)


def shown(path: KeyPath) -> str:
    """A path as people write it: `bronnen.bag.canonical[0]`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


@lru_cache(maxsize=1)  # the mistakes of one file are told together
def lines_of(text: str) -> Mapping[KeyPath, int]:
    """The line of each key, table and array element of a valid TOML text with `\\n` line ends."""
    return _Scanner(text).scan()


def _syntax(name: str, message: str, text: str) -> Mistake:
    found = _WHERE.search(message)
    what = _WHERE.sub("", message)
    if found is None or found["line"] is None:
        return Mistake(name, text.count("\n") + 1, "", f"geen geldige TOML: {what}")
    line = int(found["line"])
    named = _NAMED.match(text.split("\n")[line - 1]) if what == _TWICE else None
    if named is not None:
        return Mistake(name, line, named["key"], "deze sleutel staat er al in deze tabel")
    if what == _TWICE:
        return Mistake(name, line, "", "geen geldige TOML: hier staat een sleutel er twee keer")
    return Mistake(name, line, "", f"geen geldige TOML: {what}")


class _Scanner:
    """One pass over valid TOML; each method begins at what it reads and ends just behind it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[KeyPath, int] = {}
        self._last: dict[KeyPath, int] = {}  # of each array of tables, its last index so far

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._skip(_BLANK):
            if self._text.startswith("[[", self._at):
                table = self._array_table()
            elif self._text[self._at] == "[":
                table = self._table()
            else:
                self._pair(table)
        return self._lines

    def _table(self) -> KeyPath:
        line = self._line()
        self._at += 1
        path = self._resolve(self._key(), line)
        self._at += 1
        # A table may be opened by `[a.b]` before its own `[a]`: its own line is the better one.
        self._lines[path] = line
        return path

    def _array_table(self) -> KeyPath:
        line = self._line()
        self._at += 2
        *outer, name = self._key()
        self._at += 2
        path = (*self._resolve(outer, line), name)
        self._last[path] = self._last.get(path, -1) + 1
        self._lines.setdefault(path, line)
        self._lines[(*path, self._last[path])] = line
        return (*path, self._last[path])

    def _resolve(self, keys: list[str], line: int) -> KeyPath:
        """The path that a header names: through an array of tables it means the last element."""
        path: KeyPath = ()
        for key in keys:
            path = (*path, key)
            self._lines.setdefault(path, line)
            if path in self._last:
                path = (*path, self._last[path])
        return path

    def _pair(self, table: KeyPath) -> None:
        path = table
        line = self._line()
        for key in self._key():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        match self._text[self._at]:
            case '"' | "'":
                self._skip(_STRING)
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case _:
                self._skip(_BARE_VALUE)

    def _array(self, path: KeyPath) -> None:
        index = 0
        while self._inside("]"):
            self._lines[(*path, index)] = self._line()
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: KeyPath) -> None:
        while self._inside("}"):
            self._pair(path)

    def _inside(self, closing: str) -> bool:
        """Pass the opening bracket or a comma; whether an element follows or the end (passed)."""
        if self._text[self._at] != closing:
            self._skip(_BLANK)
        if self._text[self._at] in "[{,":
            self._at += 1
            self._skip(_BLANK)
        if self._text[self._at] != closing:
            return True
        self._at += 1
        return False

    def _key(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            quoted = self._text[self._at] in "\"'"
            found = (_STRING if quoted else _BARE_KEY).match(self._text, self._at)
            raw = found[0] if found else ""
            self._at += len(raw)
            keys.append(tomllib.loads(f"key = {raw}")["key"] if quoted else raw)
            self._skip(_SPACE)
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Move behind `pattern`; whether any text is left."""
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _line(self) -> int:
        return bisect.bisect_left(self._line_ends, self._at) + 1
