"""Names in generated source: made of names of the schema, and of numbers (operation).

A name ends in the number of what it is made for, so that no two are alike.
"""

import re

from gateway.operation.writer.selected import Member, Place, Selection

_NAME = re.compile("[_A-Za-z][_0-9A-Za-z]*", re.ASCII)


class Unwritable(Exception):  # noqa: N818  # no fault: then it is walked
    """What was selected cannot be written as source."""


def checked(name: str) -> str:
    """The same. Raises Unwritable for what is no name of GraphQL (specification, 2.1.9)."""
    if _NAME.fullmatch(name) is None:
        raise Unwritable
    return name


def of_selection(selection: Selection) -> str:
    """The function that writes an object of one type."""
    return f"{checked(selection.type_name)}_{selection.number}"


def of_member(what: str, member: Member) -> str:
    """Something of one published field."""
    assert member.fact is not None  # noqa: S101  # asked for published fields only
    return f"{what}_{checked(member.parent)}_{checked(member.fact.name)}_m{member.number}"


def of_place(place: Place) -> str:
    """The function that writes an object of whatever type may stand at a place."""
    if not place.fact.is_abstract:
        return of_selection(place.of(place.fact.name))
    return f"any_{checked(place.fact.name)}_p{place.number}"
