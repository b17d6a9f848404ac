"""The headers of a request, gone through once (per request).

Starlette's go through all of them for every name that is asked for, and most of ours are not there.
"""

from typing import Any, overload

from starlette.datastructures import Headers
from starlette.requests import Request


class Head(Headers):
    """As Headers; found by name. Names in a scope are in lower case (ASGI)."""

    def __init__(self, raw: list[tuple[bytes, bytes]]) -> None:
        super().__init__(raw=raw)
        self._values: dict[str, list[str]] = {}
        for name, value in raw:
            self._values.setdefault(str(name, "latin-1"), []).append(str(value, "latin-1"))

    @overload
    def get(self, key: str, /) -> str | None: ...
    @overload
    def get(self, key: str, /, default: Any) -> Any: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        """The first of this name."""
        found = self._values.get(key.lower())
        return found[0] if found else default

    def getlist(self, key: str) -> list[str]:
        """All of this name, in order."""
        return self._values.get(key.lower(), [])

    def keys(self) -> list[str]:  # type: ignore[override]  # as starlette has it
        """The names, each once."""
        return list(self._values)

    def __getitem__(self, key: str) -> str:
        return self._values[key.lower()][0]

    def __contains__(self, key: Any) -> bool:
        return isinstance(key, str) and key.lower() in self._values


class Asking(Request):
    """A request of which the headers are found at once."""

    _head: Head | None = None

    @property
    def headers(self) -> Head:
        """Those of this request."""
        if self._head is None:
            self._head = Head(self.scope["headers"])
        return self._head
