"""A response body as the bytes that are sent (operation).

Written once per execution: for all who share it, and for whoever is served it later.
"""

import json
from collections.abc import Mapping
from typing import Any


def written(body: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8. What is no text (half a surrogate pair, from a source) becomes a question
    mark; ValueError for a number that JSON has not.
    """
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
