"""Which text a question means, and which may not be asked."""

import pytest

from gateway.operation.errors import Code, RequestError
from gateway.operation.registered import Askable, Asked, sha256

MINE = "{ vondsten { __typename } }"
WRITTEN_OTHERWISE = "{vondsten{__typename}}"
FOREIGN = "{ dingen { __typename } }"
HASH = sha256(MINE)


def askable(*, open_questions: bool = False) -> Askable:
    """Two documents are registered, one of them in two ways of writing."""
    hashes = {HASH: MINE, sha256(WRITTEN_OTHERWISE): MINE, sha256("{ander}"): "{ander}"}
    return Askable({"mijn": MINE, "ander": "{ander}"}, hashes, open_questions)


@pytest.mark.parametrize("open_questions", [False, True])
@pytest.mark.parametrize(
    "asked",
    [
        Asked(document_id="mijn"),
        Asked(document_id=f"sha256:{HASH}"),
        Asked(hashed=HASH),
        Asked(hashed=sha256(WRITTEN_OTHERWISE)),
        Asked(document_id="mijn", hashed=HASH),
        Asked(MINE),
        Asked(WRITTEN_OTHERWISE),
        Asked(MINE, hashed=HASH),
        Asked(MINE, document_id="mijn"),
        Asked(WRITTEN_OTHERWISE, document_id="mijn"),
        Asked(MINE, document_id=f"sha256:{HASH}", hashed=HASH),
    ],
)
def test_a_registered_question_is_known_in_every_way_of_naming_it(
    asked: Asked, open_questions: bool
) -> None:
    assert askable(open_questions=open_questions).text_of(asked) == MINE


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(document_id="iets"), Code.PERSISTED_QUERY_NOT_FOUND),
        (Asked(document_id=f"sha256:{sha256(FOREIGN)}"), Code.PERSISTED_QUERY_NOT_FOUND),
        (Asked(hashed=sha256(FOREIGN)), Code.PERSISTED_QUERY_NOT_FOUND),
        (Asked(document_id="mijn", hashed=sha256(FOREIGN)), Code.PERSISTED_QUERY_NOT_FOUND),
        (Asked(document_id="mijn", hashed=sha256("{ander}")), Code.INVOER),
        (Asked(document_id="x-eigen:7"), Code.INVOER),
        (Asked(document_id="sha256:kort"), Code.INVOER),
        (Asked(document_id=f"sha256:{HASH.upper()}"), Code.INVOER),
        (Asked(document_id="../0999"), Code.INVOER),
        (Asked(document_id=""), Code.INVOER),
        (Asked(hashed=HASH[:-1]), Code.INVOER),
        (Asked(hashed=f"{HASH}\n"), Code.INVOER),
        (Asked(MINE, hashed=sha256(FOREIGN)), Code.INVOER),
        (Asked(FOREIGN, hashed=HASH), Code.INVOER),
        (Asked(FOREIGN, document_id="mijn"), Code.INVOER),
        (Asked(MINE, document_id="ander"), Code.INVOER),
        (Asked(MINE, document_id="iets"), Code.INVOER),
    ],
)
def test_what_is_not_known_or_does_not_agree_is_refused(asked: Asked, code: Code) -> None:
    """Whether or not other questions may be asked."""
    for open_questions in (False, True):
        with pytest.raises(RequestError) as refused:
            askable(open_questions=open_questions).text_of(asked)

        assert refused.value.code is code


def test_another_text_only_where_any_may_be_asked() -> None:
    """With its own hash beside it too: a hash registers nothing."""
    for asked in (Asked(FOREIGN), Asked(FOREIGN, hashed=sha256(FOREIGN)), Asked("")):
        with pytest.raises(RequestError) as refused:
            askable().text_of(asked)

        assert (refused.value.code, refused.value.status) == (Code.NIET_GEREGISTREERD, 403)
        assert askable(open_questions=True).text_of(asked) == asked.text


def test_half_a_surrogate_pair_is_a_text_like_any_other() -> None:
    assert Askable().text_of(Asked("{\ud800}")) == "{\ud800}"
