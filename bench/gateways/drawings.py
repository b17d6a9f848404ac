"""Which pictures the page has (process): a dot for each contender, a line for what grows."""

from collections.abc import Mapping

from bench.figures import Spread
from bench.gateways import pictures
from bench.gateways.compared import spread, works
from bench.gateways.contenders import OWN, contenders
from bench.gateways.pictures import Row
from bench.gateways.results import OBJECTS, WORKERS, Results
from bench.gateways.told import KINDS, Names
from bench.gateways.work import TOLD

UNIT = "vragen per seconde"
GROWTH = {
    OBJECTS: ("groei", "Vragen per seconde naar het aantal objecten in het antwoord"),
    WORKERS: ("users-verschillend", "Vragen per seconde naar het aantal processen"),
}
"""By phase: the work, and the title of its picture."""


def drawn(found: Results) -> Mapping[str, str]:
    """The pictures by the name of their file."""
    names = {each.name: each for each in contenders()}
    made = {f"{work}.svg": _dots(found, names, work) for work in works(found)}
    for phase, (work, title) in GROWTH.items():
        series = _series(found, names, phase, work)
        if any(len(points) > 1 for points in series.values()):
            made[f"{phase}.svg"] = pictures.lines(title, UNIT, phase, series, names[OWN].told)
    return made


def _dots(found: Results, names: Names, work: str) -> str:
    family, _, kind = work.partition("-")
    rows = [
        Row(each.told, told, name.startswith(OWN))
        for name, each in names.items()
        if (told := spread(found, name, work))
    ]
    return pictures.dots(f"{TOLD[family].capitalize()}, {KINDS[kind]}", UNIT, rows)


def _series(
    found: Results, names: Names, phase: str, work: str
) -> Mapping[str, Mapping[int, Spread]]:
    made = {
        names[each].told: {
            scale: told
            for scale in found.scales(phase)
            if (told := spread(found, each, work, phase=phase, scale=scale)) and told.middle > 0
        }
        for each in names
    }
    return {name: points for name, points in made.items() if points}
