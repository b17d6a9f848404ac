"""Errors of sources: what they show, and what they never show."""

import pytest

from gateway.source.errors import (
    ConfigurationMissing,
    ForeignAddress,
    SourceError,
    SourceFault,
    SourceMissing,
    SourceQuota,
    SourceRefusedQuestion,
    SourceTimeout,
    SourceUnreachable,
)


@pytest.mark.parametrize(
    ("kind", "code", "retry"),
    [
        (SourceUnreachable, "BRON_ONBEREIKBAAR", True),
        (SourceTimeout, "BRON_TIMEOUT", True),
        (SourceFault, "BRON_FOUT", False),
        (ForeignAddress, "BRON_FOUT", False),
        (SourceQuota, "QUOTA", True),
        (SourceMissing, "NIET_GEVONDEN", False),
        (SourceRefusedQuestion, "INVOER", False),
        (ConfigurationMissing, "CONFIGURATIE", False),
    ],
)
def test_each_kind_has_its_code_and_shows_no_detail(
    kind: type[SourceError], code: str, retry: bool
) -> None:
    error = kind("brp", "10.0.0.5 said 999990019")

    assert (code, retry) == (error.code, error.retry)
    assert f"{code}: brp" == str(error)
    assert "999990019" not in repr(error) + error.message


def test_a_fault_keeps_names_of_a_problem_and_drops_what_looks_like_a_value() -> None:
    names = ["burgerservicenummer[2]", "fields[0]", "999990019", "a b", "x" * 65]
    error = SourceFault("brp", status=400, problem="paramsValidation", params=names)

    assert error.problem == "paramsValidation"
    assert error.params == ("burgerservicenummer[2]", "fields[0]")


@pytest.mark.parametrize("code", ["999990019", "has space", "", "x" * 65, "<script>", None])
def test_a_code_that_is_no_name_is_dropped(code: str | None) -> None:
    assert SourceFault("brp", problem=code).problem is None


def test_a_refused_question_may_say_what_the_asker_can_do() -> None:
    error = SourceRefusedQuestion("brp", message="Zoek preciezer.")

    assert error.message == "Zoek preciezer."
    assert SourceRefusedQuestion.message != error.message
