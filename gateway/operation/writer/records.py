"""Records that hold what is written of one object, under the names of the answer (operation).

A record is filled faster than a dictionary, and its bytes are written faster. The names that a
client chose stand in the record's type alone. One that is filled from a wire object as it is takes
only values that are as the schema has them: anything else is a `msgspec.ValidationError`.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import msgspec

from schema.language.scalars import SCALARS

Record = type[msgspec.Struct]
_LARGEST = sys.float_info.max
_FINITE = Annotated[float, msgspec.Meta(ge=-_LARGEST, le=_LARGEST)]
NUMBER: Final[Any] = _FINITE | int
_BY_SUPERTYPE: Mapping[object, Any] = {str: str, int: int, float: NUMBER}
TYPES: Final[Mapping[str, Any]] = {
    "String": str,
    "ID": str,
    "Boolean": bool,
    "Int": Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)],
    "Float": _FINITE,
    **{
        spec.name: _BY_SUPERTYPE[kind]
        for key, spec in SCALARS.items()
        if (kind := getattr(key, "__supertype__", None)) in _BY_SUPERTYPE
    },
}
"""By the published name of a leaf: the values that are shown as they come from a source."""


def answer_record(type_name: str, names: Sequence[str]) -> Record:
    """For values in the order of these names."""
    fields = [(f"f{each}", object) for each in range(len(names))]
    rename = {f"f{each}": name for each, name in enumerate(names)}
    return msgspec.defstruct(type_name, fields, rename=rename, gc=False)


def wire_record(type_name: str, kinds: Mapping[str, tuple[Any, bool]]) -> Record:
    """For the values that a wire object has under the names of the answer: each of its type, and
    whether it must be there and not null.
    """
    fields: list[Any] = []
    for each, (kind, required) in enumerate(kinds.values()):
        fields.append((f"f{each}", kind) if required else (f"f{each}", kind | None, None))
    rename = {f"f{each}": name for each, name in enumerate(kinds)}
    return msgspec.defstruct(type_name, fields, rename=rename, gc=False, kw_only=True)


def members_of(record: Any) -> dict[str, Any]:
    """A record as a dictionary. Raises TypeError for what is none, as `json.dumps` wants it."""
    if not isinstance(record, msgspec.Struct):
        raise TypeError(type(record).__name__)
    fields = msgspec.structs.fields(record)
    return {each.encode_name: getattr(record, each.name) for each in fields}
