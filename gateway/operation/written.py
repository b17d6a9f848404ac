"""A response body as the bytes that are sent (operation).

Written once per execution: for all who share it, and for whoever is served it later.
"""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from gateway.operation.writer.records import members_of

_ENCODER = msgspec.json.Encoder()


def written(body: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8. What is no text (half a surrogate pair, from a source) becomes a question
    mark.
    """
    try:
        return _ENCODER.encode(body)
    except UnicodeEncodeError:
        return _carefully(body)


def _carefully(body: Mapping[str, Any]) -> bytes:
    text = json.dumps(
        body, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=members_of
    )
    return text.encode("utf-8", "replace")
