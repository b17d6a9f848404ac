"""Which version of its API a source says that it is (process): for `bronpoort check`.

The Dutch API design rules (API-57) have it in the header `API-Version` of every answer.
"""

import re
from collections.abc import Mapping

HEADER = "api-version"
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}", re.ASCII)


def version_in(heard: Mapping[str, str]) -> tuple[int, ...] | None:
    """The version in the headers of an answer, None if there is none that looks like one."""
    found = _VERSION.match(heard.get(HEADER, "").strip())
    return tuple(map(int, found[0].split("."))) if found else None


def named(api: str, heard: Mapping[str, str]) -> str:
    """The API with its version, in Dutch."""
    version = version_in(heard)
    if version is None:
        return f"{api}, versie niet genoemd"
    return f"{api} {'.'.join(map(str, version))}"
