"""Whom an answer is about, where its read does not say so."""

import pytest

from gateway.operation.recorder import Unrecorded, again
from gateway.source.deeds import Deed, distinct, numbers_in, numbers_in_each

BSN, OTHER = "999990019", "999990020"


def test_numbers_as_the_registries_write_them() -> None:
    """BRP and BRK, a zaak's rol, an owner of a product, a customer's identification."""
    known, other = ({"codeSoortObjectId": kind} for kind in ("bsn", "kvk"))
    answer = {
        "edges": [
            {"node": {"burgerservicenummer": "000000001"}},
            {"node": {"betrokkeneIdentificatie": {"inpBsn": "000000002"}}},
            {"node": {"eigenaren": [{"bsn": "000000003"}, {"bsn": None}]}},
            {"node": {"partijIdentificator": {**known, "objectId": "000000004"}}},
            {"node": {"partijIdentificator": {**other, "objectId": "000000005"}}},
        ]
    }

    assert sorted(numbers_in(answer)) == ["000000001", "000000002", "000000003", "000000004"]


def test_what_is_no_number_of_a_person() -> None:
    """A number under another name, in another form, or of another kind."""
    values = {"rsin": BSN, "burgerservicenummer": "1", "bsn": 999990019, "inpBsn": ["x"]}

    assert list(numbers_in([values, None, "burgerservicenummer", {"bsn": "٩٩٩٩٩٠٠١٩"}])) == []


def test_what_was_looked_through_before_is_passed_over() -> None:
    """By identity: an equal object is another one."""
    known = {"bsn": BSN}
    answer = {"edges": [{"node": known}, {"node": {"bsn": OTHER}}]}

    assert list(numbers_in(answer, {id(known): known})) == [OTHER]


@pytest.mark.parametrize("name", ["burgerservicenummer", "bsn", "inpBsn"])
@pytest.mark.parametrize("beside", [1.5, "é\ud800", {1: "x"}, {1, 2}, object()])
def test_a_number_is_found_whatever_stands_beside_it(name: str, beside: object) -> None:
    """Also beside what JSON does not have, which a read may have made of an answer."""
    answer = {"beside": beside, "rollen": [{"a": [{name: BSN, "beside": beside}]}]}

    assert list(numbers_in(answer)) == [BSN]
    assert list(numbers_in([answer])) == [BSN]


def test_where_no_name_is_there_is_no_number() -> None:
    assert list(numbers_in([{"a": [{"objectId": BSN, "b": {"codeSoortObjectId": "kvk"}}]}])) == []


@pytest.mark.parametrize(
    "one",
    [
        {"bsn": BSN},
        {"a": {"inpBsn": BSN}},
        [{"bsn": BSN}],
        ({"a": [{"burgerservicenummer": BSN}]},),
    ],
)
def test_of_several_values_each_is_looked_through(one: object) -> None:
    """In order, whatever stands before and after it."""
    nobody: list[object] = [{"a": 1, "b": ["c"], "d": {}}, None, [], "bsn"]

    assert list(numbers_in_each([*nobody, one, *nobody])) == [BSN]
    assert list(numbers_in_each([{"bsn": OTHER}, one, {"bsn": OTHER}])) == [OTHER, BSN, OTHER]
    assert list(numbers_in_each(nobody)) == []


def test_of_several_values_those_looked_through_before_are_passed_over() -> None:
    known = {"bsn": BSN}

    assert list(numbers_in_each([known, {"bsn": OTHER}], {id(known): known})) == [OTHER]


def test_each_once_in_order() -> None:
    assert distinct([BSN, OTHER, BSN]) == (BSN, OTHER)


def test_a_deed_tells_nobody_whom_it_was_about() -> None:
    deed = Deed("brp.personen", "brp", "b7ad6b7169203331", 1.0, 2.0, True, (BSN,))

    assert BSN not in repr(deed)


def test_what_is_given_again_is_a_deed_again() -> None:
    """At its own moment, about the same persons, and with a span that no source has heard of."""
    deed = Deed("brp.personen", "brp", "b7ad6b7169203331", 1.0, 2.0, True, (BSN,))

    assert again([deed], 9.0) == [Deed("brp.personen", "brp", "", 9.0, 9.0, True, (BSN,))]


def test_who_writes_nothing_is_always_ready() -> None:
    assert Unrecorded().ready
    assert Unrecorded().now() == 0.0
