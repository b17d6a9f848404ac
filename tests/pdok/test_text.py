"""What of a typed text is asked of the Locatieserver."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.source.errors import SourceRefusedQuestion
from resolvers.pdok.text import LEAST, MOST, plain
from tests.bag.asking import asked

SOURCE = asked("pdok", lambda _: {}).source


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Raadhuisplein 1", "raadhuisplein 1"),
        ("  8995AA,1a ", "8995aa 1a"),
        ("'s-Gravenhage", "s-gravenhage"),
        ("St. Jansstraat", "st jansstraat"),
        ("Âlde Dyk", "âlde dyk"),
        ("type:* -weg OR adres~2", "type weg or adres 2"),
        ("{!lucene}q=*:*", "lucene q"),
        ("12-3", "12-3"),
        ("a_b", "a b"),
    ],
)
def test_only_words_are_left(text: str, words: str) -> None:
    """What Solr would read as an operator is gone."""
    assert plain(SOURCE, text) == words


@pytest.mark.parametrize("text", ["a", "-", "*:*", "a *", " ", "x" * (MOST + 1)])
def test_too_little_or_too_much(text: str) -> None:
    """Is refused with what the asker can do."""
    with pytest.raises(SourceRefusedQuestion) as refused:
        plain(SOURCE, text)

    assert refused.value.message.startswith("Typ ")


@given(st.text(min_size=LEAST, max_size=MOST))
def test_no_text_gets_an_operator_through(text: str) -> None:
    """Whatever it is; a minus and an apostrophe only inside a word."""
    try:
        words = plain(SOURCE, text)
    except SourceRefusedQuestion:
        return

    assert not set(words) & set('*?:"~^[]{}()\\|&!+<>=/_;%')
    assert all(word[0].isalnum() and word[-1].isalnum() for word in words.split(" "))
