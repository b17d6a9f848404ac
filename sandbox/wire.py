"""The type of what the sandbox's registries say: JSON objects as plain dicts; used in every
phase.
"""

from typing import Any

Wire = dict[str, Any]
