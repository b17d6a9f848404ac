"""Identifications that lead from one registry to another (operation): only real ones are asked.

They come from the data of other sources, where applications write what they like. One malformed
burgerservicenummer makes the BRP refuse the other nineteen of its call, and a path is no place for
whatever else stands there.
"""

import re
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.read import KeyOf
from gateway.source.source import Source


def digits(count: int) -> KeyOf:
    """Keys of so many digits; spaces around them are taken off, anything else is `SourceFault`.

    No more is demanded: production data break stricter patterns and check digits.
    """
    pattern = re.compile(rf"[0-9]{{{count}}}", re.ASCII)

    def key_of(source: Source, value: Any) -> str:
        key = value.strip() if isinstance(value, str) else ""
        if pattern.fullmatch(key) is None:
            raise SourceFault(source.name, f"a reference that is not {count} digits")
        return key

    return key_of


IDENTIFICATIE = digits(16)
"""Of everything in the BAG but a woonplaats."""
WOONPLAATS = digits(4)
BSN = digits(9)
