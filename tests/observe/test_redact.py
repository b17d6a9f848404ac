"""What is taken out of a text, and what is left because it joins."""

import pytest

from gateway.observe.redact import redact_text

BSN = "999990019"


@pytest.mark.parametrize(
    "text", [BSN, f"van {BSN}.", f"x{BSN}y", f"abc{BSN}def", f"{BSN}{'a' * 20}"]
)
def test_a_number_of_a_person_goes_wherever_it_stands(text: str) -> None:
    assert BSN not in redact_text(text)


@pytest.mark.parametrize("size", [32, 64])
def test_a_trace_and_a_hash_stay_whole(size: int) -> None:
    """By these the audit log and the processing records are joined."""
    text = f"b482f{BSN}c".ljust(size, "e")

    assert redact_text(f'{{"trace": "{text}"}}') == f'{{"trace": "{text}"}}'


@pytest.mark.parametrize(
    "word",
    [
        "token",
        "TOKEN",
        "to\u212aen",
        "Bearer",
        "ba\u017fic",
        "bas\u0131c",
        "\u017fecret",
        "ap\u0130_key",
    ],
)
def test_a_secret_goes_however_its_word_is_written(word: str) -> None:
    """What is looked for first, because it costs less, misses nothing that the pattern finds."""
    assert "geheim123" not in redact_text(f"x {word}: geheim123")
