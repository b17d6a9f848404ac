"""Where things are in a TOML file, in every way that TOML can write them."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.mistakes import KeyPath
from gateway.toml_file import TomlFile, lines_of, shown

LINES: dict[str, tuple[str, dict[KeyPath, int]]] = {
    "keys": ("a = 1\n\n# b = 2\nb = 2 # c\n", {("a",): 1, ("b",): 4}),
    "dotted keys": (
        "a.b.c = 1\na . b . d = 2\n",
        {("a",): 1, ("a", "b"): 1, ("a", "b", "c"): 1, ("a", "b", "d"): 2},
    ),
    "quoted keys": (
        '"a.b".\'c d\' = 1\n"\\u0065" = 2\n',
        {("a.b",): 1, ("a.b", "c d"): 1, ("e",): 2},
    ),
    "tables": (
        "[a]\nb = 1\n[ a . 'c' ] # x\nd = 2\n",
        {("a",): 1, ("a", "b"): 2, ("a", "c"): 3, ("a", "c", "d"): 4},
    ),
    "a table opened by its own table": (
        "[a.b]\nc = 1\n[a]\nd = 2\n",
        {("a",): 3, ("a", "b"): 1, ("a", "b", "c"): 2, ("a", "d"): 4},
    ),
    "arrays of tables": (
        "[[a]]\nb = 1\n[a.c]\nd = 1\n[[a]]\nb = 2\n[[a.e]]\nf = 3\n",
        {
            ("a",): 1,
            ("a", 0): 1,
            ("a", 0, "b"): 2,
            ("a", 0, "c"): 3,
            ("a", 0, "c", "d"): 4,
            ("a", 1): 5,
            ("a", 1, "b"): 6,
            ("a", 1, "e"): 7,
            ("a", 1, "e", 0): 7,
            ("a", 1, "e", 0, "f"): 8,
        },
    ),
    "arrays over lines": (
        "a = [\n  1, # ]\n  [2,\n   3],\n]\nb = [ ]\nc = [[], [\n]]\n",
        {
            ("a",): 1,
            ("a", 0): 2,
            ("a", 1): 3,
            ("a", 1, 0): 3,
            ("a", 1, 1): 4,
            ("b",): 6,
            ("c",): 7,
            ("c", 0): 7,
            ("c", 1): 7,
        },
    ),
    "inline tables": (
        "a = {b = 1, c.d = [\n{e = 2},\n{}]}\nf = { }\n",
        {
            ("a",): 1,
            ("a", "b"): 1,
            ("a", "c"): 1,
            ("a", "c", "d"): 1,
            ("a", "c", "d", 0): 2,
            ("a", "c", "d", 0, "e"): 2,
            ("a", "c", "d", 1): 3,
            ("f",): 4,
        },
    ),
    "text that looks like TOML": (
        'a = "[b]\\n\\" # c = 1"\nd = \'\'\'\n[e]\nf = 1\'\'\'\'\ng = """\n\\"""\n"h"""""\ni = 1\n',
        {("a",): 1, ("d",): 2, ("g",): 5, ("i",): 8},
    ),
    "dates and Windows line ends": (
        "a = 1979-05-27 07:32:00\r\nb = [\r\n1_000, 0xFF]\r\nc = -inf\r\n",
        {("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 3, ("c",): 4},
    ),
    "nothing": ("", {}),
    "no line end": ("# a\n  a=1", {("a",): 2}),
}


@pytest.mark.parametrize("name", LINES)
def test_each_path_has_its_line(name: str) -> None:
    text, expected = LINES[name]

    assert lines_of(text.replace("\r\n", "\n")) == expected
    assert set(expected) == paths(tomllib.loads(text))


def paths(value: Any, here: KeyPath = ()) -> set[KeyPath]:
    """Every path in parsed data."""
    inner = enumerate(value) if isinstance(value, list) else ()
    members = value.items() if isinstance(value, dict) else inner
    found = {here} if here else set()
    return found.union(*(paths(each, (*here, step)) for step, each in members))


_KEYS = st.sampled_from(["a", "b", "c-d", "'e.f'", '"g\\"]"'])
_SCALARS = st.sampled_from(
    ["1", "'[x]'", '"#\\""', "true", '"""\n= \\" ""\n"""', "'''\n]}'''", "1979-05-27 07:32:00Z"]
)
_SPACE = st.sampled_from(["", " ", "\t"])
_BREAK = st.sampled_from(["", "\n", " # ]}\n "])


def _written(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    array = st.builds(
        lambda gap, items: f"[{gap}{f'{gap},{gap}'.join(items)}{gap}]",
        _BREAK,
        st.lists(inner, max_size=3),
    )
    table = st.dictionaries(_KEYS, inner, max_size=3).map(
        lambda items: "{" + ", ".join(f"{key} = {value}" for key, value in items.items()) + "}"
    )
    return array | table


_VALUES = st.recursive(_SCALARS, _written, max_leaves=6)
_PAIRS = st.builds(
    lambda keys, space, value: f"{space}{'.'.join(keys)}{space}={space}{value}{space}",
    st.lists(_KEYS, min_size=1, max_size=3),
    _SPACE,
    _VALUES,
)
_HEADERS = st.lists(_KEYS, min_size=1, max_size=3).map(".".join)
_LINES = st.one_of(
    _PAIRS, _HEADERS.map("[{}]".format), _HEADERS.map("[[{}]] # x".format), st.just("# [a]")
)


@settings(deadline=None, max_examples=400)
@given(st.lists(_LINES, max_size=8).map("\n".join))
def test_exactly_the_paths_of_the_parser_have_a_line(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    assert set(lines_of(text)) == paths(data)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a = 1\nb = \nc = 2\n", "x.toml:2: geen geldige TOML: Invalid value"),
        (b"a = 1\na = 2\n", "x.toml:2: a: deze sleutel staat er al in deze tabel"),
        (b"a = 1\n[b]\nc = 1\n'c' = 2\n", "x.toml:4: 'c': deze sleutel staat er al in deze tabel"),
        (
            b'a = 1\na = """\n"""\n',
            "x.toml:3: geen geldige TOML: hier staat een sleutel er twee keer",
        ),
        (b"a = 1\nb = [1\n", "x.toml:3: geen geldige TOML: Unclosed array"),
        (b"a = 1\nb = '\xff'\n", "x.toml:2: de tekst is geen UTF-8"),
        (b"a = " + b"[" * 9_999, "x.toml: geen geldige TOML: te diep genest"),
    ],
)
def test_what_is_no_toml(content: bytes, expected: str) -> None:
    file, mistakes = TomlFile.parse("x.toml", content)

    assert file is None
    assert [str(mistake) for mistake in mistakes] == [expected]


def test_a_path_that_is_absent_is_at_the_table_around_it() -> None:
    file, _ = TomlFile.parse("x.toml", b"a = 1\n[b]\nc = 1\n")
    assert file is not None

    assert (file.line(("b", "missing", 3)), file.line(("missing",))) == (2, 1)
    assert shown(("b", "c", 0, "d")) == "b.c[0].d"
