"""What a read may declare, and what the operator's table leaves of it."""

from dataclasses import replace
from typing import cast

import pytest

from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.policy import CAPS, PERSONAL_MOST, Cap, Policy
from gateway.source.read import read
from gateway.source.source import Source

OPEN = DataClass.OPEN


@pytest.mark.parametrize("fresh", [0, -1, 604_801])
def test_a_keep_has_an_end(fresh: int) -> None:
    with pytest.raises(ValueError):
        Keep.shared(OPEN, Sharing.TENANT, fresh=fresh)


@pytest.mark.parametrize(
    ("data", "between", "stale"),
    [
        (DataClass.PERSONAL, Sharing.PURPOSE, 0),
        (DataClass.PERSONAL, Sharing.TENANT, 0),
        (DataClass.PERSONAL, Sharing.EVERYONE, 0),
        (DataClass.PERSONAL, Sharing.PRINCIPAL, 1),
        (DataClass.CASE, Sharing.TENANT, 0),
        (DataClass.CASE, Sharing.EVERYONE, 0),
        (OPEN, Sharing.REQUEST, 0),
    ],
)
def test_what_may_not_be_declared(data: DataClass, between: Sharing, stale: int) -> None:
    with pytest.raises(ValueError):
        Keep.shared(data, between, fresh=10, stale_if_error=stale)
    if stale:
        with pytest.raises(ValueError):
            Keep.shared(data, between, fresh=10, stale_while_revalidate=stale)


def test_of_a_declaration_is_left_what_the_table_allows() -> None:
    keep = Keep.shared(
        OPEN,
        Sharing.EVERYONE,
        fresh=604_800,
        stale_while_revalidate=604_800,
        stale_if_error=604_800,
        negative=600,
    )

    assert Policy().effective(keep, "0999") == Keep(
        OPEN, Sharing.EVERYONE, 14_400, 3_600, 86_400, 30
    )
    less = replace(keep, fresh=10, stale_while_revalidate=1, stale_if_error=2, negative=600)
    assert Policy().effective(less, "0999") == Keep(OPEN, Sharing.EVERYONE, 10, 1, 2, 10)


def test_a_class_that_the_operator_does_not_keep_outlives_no_operation() -> None:
    policy = Policy({**CAPS, DataClass.CASE: Cap(0, 0, 240)})

    assert policy.effective(Keep.case(), "0999") == Keep.request(DataClass.CASE)


@pytest.mark.parametrize(
    ("chosen", "fresh"), [({}, 0), ({"0999": 120}, 120), ({"0999": 9_999}, PERSONAL_MOST)]
)
def test_personal_data_follow_the_municipality_alone(chosen: dict[str, int], fresh: int) -> None:
    loose = Policy({each: Cap(9_999, 9_999, 9_999) for each in DataClass}, chosen)

    assert loose.effective(Keep.personal(), "0999").fresh == fresh
    assert loose.effective(Keep.personal(), "0998") == Keep.request(DataClass.PERSONAL)
    assert loose.cap(DataClass.PERSONAL, "0999").oldest == fresh


def test_the_table_that_holds_unless_the_operator_says_otherwise() -> None:
    """As docs/cache.md has it."""
    assert {data: (cap.fresh, cap.oldest, cap.negative) for data, cap in CAPS.items()} == {
        DataClass.PERSONAL: (0, 0, 30),
        DataClass.CASE: (60, 300, 30),
        DataClass.REFERENCE: (86_400, 172_800, 30),
        DataClass.OPEN: (14_400, 100_800, 30),
    }


def test_what_a_read_declares_is_the_same_every_time() -> None:
    """A policy knows a declaration by itself: one made anew would be one more to know."""
    declare = read("x", keep=Keep.shared(OPEN, Sharing.TENANT, fresh=9), chosen=lambda _: True)

    @declare
    async def chosen(source: Source) -> None:
        """One that a client chooses among."""

    source = cast(Source, None)
    assert chosen.keep_of(source) == Keep.request(OPEN)
    assert chosen.keep_of(source) is chosen.keep_of(source)
