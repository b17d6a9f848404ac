"""The string under each attribute of a class, read from its module's source (startup).

Python throws these strings away. Reading them takes as long as compiling the module would, so what
was found is kept where Python keeps bytecode, for as long as bytecode is: until the source changes.
"""

import ast
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from itertools import pairwise
from pathlib import Path

Version = tuple[int, int]
"""When a file was last changed, in nanoseconds, and how many bytes it has: as bytecode is held to
its source, since in an image that is built alike every time all files may be of one moment.
"""
Texts = Mapping[str, Mapping[str, str]]
"""By the name of a class within its module, by attribute."""


@cache
def texts_in(file: str, version: Version) -> Texts:
    """Those of every class of a module, of which the file is of this version."""
    kept = Path(cache_from_source(file)).with_suffix(".teksten.json")
    found = _kept(kept, version)
    if found is None:
        found = _read(Path(file).read_text(encoding="utf-8"))
        if not sys.dont_write_bytecode:
            _keep(kept, version, found)
    return found


def _kept(path: Path, version: Version) -> Texts | None:
    with suppress(OSError, ValueError, TypeError):
        of, found = json.loads(path.read_bytes())
        if of == list(version):
            return dict(found)
    return None


def _keep(path: Path, version: Version, found: Texts) -> None:
    """Whole or not at all; nowhere if here nothing may be written."""
    part = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps([version, found]), encoding="utf-8")
        part.replace(path)


def _read(source: str) -> Texts:
    found: dict[str, Mapping[str, str]] = {}
    todo = [("", ast.parse(source).body)]
    while todo:
        within, body = todo.pop()
        for each in body:
            if isinstance(each, ast.ClassDef):
                found[within + each.name] = _of_class(each.body)
                todo.append((f"{within}{each.name}.", each.body))
    return found


def _of_class(body: Sequence[ast.stmt]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for statement, following in pairwise(body):
        match statement, following:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                texts[name] = " ".join(text.split())
            case _:
                pass
    return texts
