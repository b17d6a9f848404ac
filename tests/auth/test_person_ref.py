"""References to persons: for whom they open, how long, and that they tell nothing."""

import dataclasses
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from gateway.auth.person_ref import PersonRefs
from gateway.auth.principal import Kind, Principal
from gateway.operation.identity import Identity

ANNA = Principal("urn:balie", "u-17", "A. Anders", "0999", "klantcontact", Kind.MEDEWERKER)
BSN = "999990019"
SECRETS = ("a" * 32, "b" * 32)


class Moment:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def refs(*secrets: str, clock: Moment | None = None) -> PersonRefs:
    """References of an hour."""
    return PersonRefs(secrets, clock or Moment(), 3_600)


def sealed(made: PersonRefs, principal: Principal = ANNA) -> str:
    """A reference to one person."""
    reference = made.seal(principal, BSN)
    assert reference is not None
    return reference


def test_a_reference_opens_for_who_was_given_it() -> None:
    """For another purpose of theirs too, and by another process with the same secret."""
    reference = sealed(refs(*SECRETS))

    assert refs(*SECRETS).open(ANNA, reference) == BSN
    assert refs(*SECRETS).open(dataclasses.replace(ANNA, purpose="belastingen"), reference) == BSN
    assert refs(*SECRETS).open(dataclasses.replace(ANNA, name="Anders"), reference) == BSN


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "u-18"},
        {"tenant": "0998"},
        {"kind": Kind.SYSTEEM},
        {"issuer": "urn:anders"},
        {"kind": Kind.BURGER, "own": Identity(bsn=BSN)},
        {"kind": Kind.GEMACHTIGDE, "own": Identity(bsn=BSN), "diensten": frozenset({"wmo"})},
    ],
)
def test_for_anybody_else_it_is_noise(changes: dict[str, Any]) -> None:
    made = refs(*SECRETS)

    assert made.open(dataclasses.replace(ANNA, **changes), sealed(made)) is None


def test_it_ends() -> None:
    clock = Moment()
    made = refs(*SECRETS, clock=clock)
    reference = sealed(made)
    clock.now += 3_599
    assert made.open(ANNA, reference) == BSN
    clock.now += 1
    assert made.open(ANNA, reference) is None


def test_secrets_are_replaced_one_after_the_other() -> None:
    """A new one goes in front; what an old one sealed opens for as long as it is there."""
    before, after = refs("b" * 32), refs(*SECRETS)

    assert after.open(ANNA, sealed(before)) == BSN
    assert before.open(ANNA, sealed(after)) is None
    assert refs("a" * 32).open(ANNA, sealed(after)) == BSN
    assert refs("a" * 32).open(ANNA, sealed(before)) is None
    assert refs().open(ANNA, sealed(refs())) is None


def test_it_tells_nothing() -> None:
    """Not the number, and not whether two are of one person."""
    made = refs(*SECRETS)
    first, second = sealed(made), sealed(made)

    assert first != second
    assert BSN.encode() not in urlsafe_b64decode(first.removeprefix("ref_") + "==")
    assert made.seal(ANNA, "12345678") is None
    assert made.seal(ANNA, "x" * 9) is None


def test_one_that_was_changed_does_not_open() -> None:
    """Whichever character it is."""
    made = refs(*SECRETS)
    reference = sealed(made)
    for at in range(4, len(reference) - 1):
        other = "A" if reference[at] != "A" else "B"
        assert made.open(ANNA, reference[:at] + other + reference[at + 1 :]) is None
    for wrong in ("", "ref_", BSN, reference[:-1], reference + "A", "ref_" + "!" * 66):
        assert made.open(ANNA, wrong) is None
