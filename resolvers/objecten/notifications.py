"""What a notification about an object makes old (operation).

The Objects API sends on the channel `objecten`, with the object as `hoofdObject` whatever changed.
"""

from collections.abc import Iterator, Mapping

from gateway.source.notices import Change, Kanaal, Touch
from gateway.source.tags import lijst, resource


def _touches(change: Change) -> Iterator[Touch]:
    yield Touch(resource("object", change.main.uuid))
    yield Touch(lijst("objecten"))


NOTIFICATIONS: Mapping[str, Kanaal] = {"objecten": Kanaal("objecten", "objects", _touches)}
