"""The shape of a text: what is lifted out of it, and what is not."""

import pytest

from gateway.operation.shape import Shape, shape_of, starts_of_pieces, starts_of_text

SECRET = "s3cr3t"


def shape(text: str) -> Shape:
    """That of a plain text."""
    found = shape_of(text, SECRET)
    assert found is not None
    return found


def written(text: str) -> str:
    """The shape, with short words."""
    return shape(text).written.replace(f"_{SECRET}_", "~")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ a }", "{ a }"),
        ("{p1:a p2 :b}", "{ ~0_ : a ~1_ : b }"),
        ("{ p: a { p: b } q: c }", "{ ~0_ : a { ~0_ : b } ~1_ : c }"),
        ('{ a(x: 1, y: -2.5e3, z: "t: u (v) {w") }', "{ a ( x : $~v0_ y : $~v1_ z : $~v2_ ) }"),
        ('{ a(x: {y: [1 ""]}) b:c }', "{ a ( x : { y : [ $~v0_ $~v1_ ] } ) ~0_ : c }"),
        ('{ a(x: "één \u2028\U0001f600\x7f") }', "{ a ( x : $~v0_ ) }"),
        ("{ a(x: true, y: null, z: ROOD) }", "{ a ( x : true y : null z : ROOD ) }"),
        ("query q($x: Int = 1) { a(b: $x) }", "query q ( $ x : Int = $~v0_ ) { a ( b : $ x ) }"),
        ("{ a @skip(if: false) { b: c } }", "{ a @ skip ( if : false ) { ~0_ : c } }"),
        ("# p: a\n{ #{\n\ufeff a,,b }\n # x", "{ a b }"),
    ],
)
def test_aliases_numbers_and_texts_are_lifted(text: str, expected: str) -> None:
    """Names of arguments, of variables and of the schema are not; blanks and comments are lost."""
    assert written(text) == expected


@pytest.mark.parametrize("text", ["{ naam: a b { naam } }", "{ a: b(a: $x) }", "{ a: a }"])
def test_an_alias_that_is_another_name_too_stays(text: str) -> None:
    """In its place another word would not be the same as that name."""
    assert shape(text).names == {}


def test_aliases_that_are_alike_stay_alike() -> None:
    """And others stay others."""
    assert written("{ a: x b: x }") == written("{ c: x d: x }")
    assert written("{ a: x a: x }") == written("{ b: x b: x }")
    assert written("{ a: x b: x }") != written("{ a: x a: x }")


def test_what_was_lifted_is_told() -> None:
    """By the words that stand for it."""
    found = shape('{ p: a(x: 17, y: "tekst") }')

    assert found.names == {"p": f"_{SECRET}_0_"}
    assert found.literals == {f"_{SECRET}_v0_": "17", f"_{SECRET}_v1_": '"tekst"'}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   # niets",
        "{ a",
        "{ a } 1a }",
        '{ a(x: """blok""") }',
        '{ a(x: "\\u0061") }',
        '{ a(x: "\ud800") }',
        '{ a(x: "\x07") }',
        '{ a(x: "open }',
        "{ a(x: 01) }",
        "{ a(x: 1a) }",
        "{ a(x: 1.) }",
        "{ a ? }",
        "{ a # \x01\n }",
        "{ \ud800 }",
        f"{{ _{SECRET}_0_: a }}",
        f"{{ a(x: $_{SECRET}_v0_) }}",
        f'{{ a(x: "{SECRET}") }}',
    ],
)
def test_what_is_not_plain_has_no_shape(text: str) -> None:
    """Nor what holds the secret: nobody knows it, and if somebody did it would be of no use."""
    assert shape_of(text, SECRET) is None


def test_no_two_documents_have_one_shape() -> None:
    """Tokens that stand otherwise are another shape."""
    texts = ["{ a b }", "{ ab }", "{ a: b }", "{ a(b: 1) }", "{ a(b: [1]) }", "{ a { b } }"]

    assert len({written(text) for text in texts}) == len(texts)


def test_pieces_are_found_again_in_the_text() -> None:
    """Each where it begins, in the shape and in the text."""
    text = "{\n  p: a(x: 1), # {\n b }\n#"
    found = shape(text)

    at = [text[start] for start in starts_of_text(text)[: len(found.pieces)]]
    assert at == ["{", "p", ":", "a", "(", "x", ":", "1", ")", "b", "}"]
    in_shape = [found.written[start:].split(" ")[0] for start in starts_of_pieces(found.pieces)]
    assert in_shape == list(found.pieces)
