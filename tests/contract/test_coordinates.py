"""Why geometries are converted here: by its own description no source offers both systems.

A later description that does would make this fail: then that source can be asked for the other.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.described import description

ONLY = {
    "bag/2.6.0.yaml": {"epsg:28992"},
    "brk/2.0.0.yaml": {"epsg:28992"},
    "objects/2.7.0.yaml": {"EPSG:4326"},
    "zgw-zaken/openzaak-1.5.1.yaml": {"EPSG:4326"},
    "zgw-zaken/vng-1.5.2.yaml": {"EPSG:4326"},
    "zgw-zaken/vng-1.7.0.yaml": {"EPSG:4326"},
}


def systems(node: Any) -> Iterator[str]:
    """What any `Accept-Crs` of a description may be."""
    if isinstance(node, dict):
        if node.get("name") == "Accept-Crs":
            yield from node["schema"]["enum"]
        for value in node.values():
            yield from systems(value)
    elif isinstance(node, list):
        for value in node:
            yield from systems(value)


@pytest.mark.parametrize("spec", ONLY)
def test_a_source_speaks_one_system(spec: str) -> None:
    assert set(systems(description(spec))) == ONLY[spec]
