"""Numbers and places that lead to the Handelsregister (operation): only real ones are asked."""

import re
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.source import Source
from resolvers.bag.keys import digits

KVK_NUMMER = digits(8)
VESTIGINGSNUMMER = digits(12)
RSIN = digits(9)

_COMPANY = re.compile(r"kvk:[0-9]{8}|rsin:[0-9]{9}", re.ASCII)
_PLACE = re.compile(r"([1-9][0-9]{3}[A-Z]{2}) ([1-9][0-9]{0,4})([A-Za-z]?)", re.ASCII)


def place_key(source: Source, value: Any) -> str:
    """The postcode, house number and letter of an address of the BAG; else `SourceFault`."""
    if not isinstance(value, str) or _PLACE.fullmatch(value) is None:
        raise SourceFault(source.name, "not a postcode with a house number")
    return value


def place_parameters(key: str) -> dict[str, str]:
    """A key of `place_key` as what Zoeken is asked with."""
    found = _PLACE.fullmatch(key)
    assert found is not None  # noqa: S101  # `place_key` made it
    parts = dict(zip(("postcode", "huisnummer", "huisletter"), found.groups(), strict=True))
    return {name: value for name, value in parts.items() if value}


def company(kvk_nummer: object, rsin: object) -> str | None:
    """The number that another register has of a company, the KVK-nummer if it has both, in a form
    that tells which it is: for `company_key`.
    """
    for kind, number in (("kvk", kvk_nummer), ("rsin", rsin)):
        if isinstance(number, str) and number.strip():
            return f"{kind}:{number.strip()}"
    return None


def company_key(source: Source, value: Any) -> str:
    """What `company` made, if the number in it can be one; else `SourceFault`."""
    if not isinstance(value, str) or _COMPANY.fullmatch(value) is None:
        raise SourceFault(source.name, "neither a KVK-nummer nor a RSIN")
    return value
