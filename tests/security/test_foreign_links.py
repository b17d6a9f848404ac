"""Wherever a source may write an address, a foreign one there leads nowhere (SSRF).

Of every scenario every address in every answer, one place at a time, is made to lead elsewhere: in
one way, where something is asked by it in others too, and of two scenarios in every way of
`addresses`. Whatever is then answered, nothing is asked that is not asked without it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.app import Call
from tests.paths import ROOT
from tests.scenarios.scenario import read_scenario
from tests.scenarios.test_scenarios import FILES
from tests.security.addresses import EITHER, ELSEWHERE, FOREIGN, SAME
from tests.security.twisting import Asking, Place, Twist, answered, asking, places, replaced

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

FOLDERS = sorted({path.parent for path in FILES})
WAYS = {**FOREIGN, **SAME, **EITHER}
FIRST = "another host"
EACH = 2
"""In how many ways more a place that is followed is tried; other places are tried in the others."""
FOLLOWED = {"zgw": 20, "objecten": 2, "producten": 2}
"""So many of the addresses in these folders are followed at least: they are what this is about."""
WHOLLY = ["zgw/zaakobject-naar-besluit-en-document.md", "producten/what_a_zaak_names.md"]
ADDRESS = re.compile(r"https?://")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
async def test_no_address_of_a_source_leads_elsewhere(folder: Path) -> None:
    """Not to another host, port or path, and no credentials go where they do not belong."""
    ways = cycle(WAYS)
    found = Found(only_followed=True)
    for path in sorted(folder.glob("*.md")):
        async with asking(read_scenario(path)) as asked:
            for place in sorted(_addresses(asked) - found.tried):
                await found.lead(asked, place, islice(ways, EACH))

    assert found.wrong == []
    assert len(found.followed) >= FOLLOWED.get(folder.name, 0)


@pytest.mark.parametrize("name", WHOLLY)
async def test_no_way_of_writing_an_address_leads_elsewhere(name: str) -> None:
    found = Found()
    async with asking(read_scenario(ROOT / "tests" / "scenarios" / name)) as asked:
        for place in sorted(_addresses(asked)):
            await found.lead(asked, place, WAYS)

    assert found.wrong == []
    assert found.followed


@dataclass(slots=True)
class Found:
    """What came of leading astray. Of an address that nothing is asked by one way may be enough."""

    only_followed: bool = False
    tried: set[Place] = field(default_factory=set)
    followed: list[Place] = field(default_factory=list)
    """Where an address is one that the gateway asks something by."""
    wrong: list[str] = field(default_factory=list)

    async def lead(self, asked: Asking, place: Place, ways: Iterable[str]) -> None:
        """Has this place lead elsewhere in the first way, and in these. What is not asked then is
        not asked in any of them either, but for those that are the same address.
        """
        self.tried.add(place)
        self.wrong += await _astray(asked, place, FIRST)
        less = asked.left_out()
        if less:
            self.followed.append(place)
        elif self.only_followed:
            return
        for way in (each for each in ways if each != FIRST):
            self.wrong += await _astray(asked, place, way)
            if way in SAME and asked.left_out():
                self.wrong.append(_at(asked, place, way, f"left out: {sorted(asked.left_out())}"))
            elif way in FOREIGN and less - asked.left_out():
                followed = sorted(less - asked.left_out())
                self.wrong.append(_at(asked, place, way, f"followed: {followed}"))


async def _astray(asked: Asking, place: Place, way: str) -> list[str]:
    """What is asked or answered that should not be, where this place leads so elsewhere."""
    answer = await asked.twisted(_written(place, WAYS[way]))
    wrong = [*asked.astray(), *asked.misanswered(answer, ELSEWHERE)]
    return [_at(asked, place, way, each) for each in wrong]


def _at(asked: Asking, place: Place, way: str, wrong: str) -> str:
    return f"{asked.scenario.name}, {'.'.join(place)}, {way}: {wrong}"


def _addresses(asked: Asking) -> set[Place]:
    return {
        place
        for call, answer in asked.answers
        for place, value in places(call, answer)
        if isinstance(value, str) and ADDRESS.match(value)
    }


def _written(place: Place, change: Callable[[str], str]) -> Twist:
    def twist(call: Call, original: httpx.Response) -> httpx.Response:
        if "json" not in original.headers.get("content-type", ""):
            return original
        made = replaced(call, original.json(), place, lambda value: _changed(value, change))
        return answered(original, made)

    return twist


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    return change(value) if isinstance(value, str) and ADDRESS.match(value) else value
