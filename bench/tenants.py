"""What a municipality more costs (process): start time and memory, in one process and in many.

The example configuration of 39 municipalities is served for 1 up to all of them, once as it is
meant, by one process. Beside it, the least and the most of them as a user would without that: a
process for each. All of these are started in every round, each round in another order.
"""

import argparse
import json
import shutil
import tempfile
import urllib.request
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench import figures
from bench.figures import Line, Spread, number
from bench.others import Looked
from bench.processes import Gateway, Memory, gateway
from bench.registries import Registries, registries
from bench.tokens import Issuer
from sandbox.neighbour_files import issuers
from sandbox.neighbour_folder import Wanted, write_folder
from sandbox.neighbours import neighbours
from sandbox.showcase import BURGER_BSN

COUNTS = (1, 5, 10, 20, 39)
DOCUMENT = Path("docs/prestaties-gemeenten.md")
QUESTION = """
query Persoonsbeeld($bsn: Bsn!) {
  persoon(burgerservicenummer: $bsn) {
    naam { volledigeNaam }
    adres { adresregel5 panden { oorspronkelijkBouwjaar } }
    zaken(first: 5) { edges { node { identificatie zaaktype { omschrijving } } } }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to serve so many municipalities."""

    together: bool
    count: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Of all processes of a contender together: seconds to start them one after another, on the
    clock and on the processor; memory when ready, and after each municipality was asked once.
    """

    seconds: float
    processor: float
    ready: Memory
    asked: Memory


Results = Mapping[Contender, Sequence[Measured]]


def measured(contender: Contender, at: Registries, issuer: Issuer, folder: Path) -> Measured:
    """One measurement, in processes of its own."""
    codes = [each.code for each in neighbours(contender.count)]
    groups = [codes] if contender.together else [[code] for code in codes]
    with ExitStack() as held:
        started = []
        for number_, group in enumerate(groups):
            directory = configured(folder / str(number_), group, at, issuer)
            held.callback(shutil.rmtree, directory)
            trusted = {"SSL_CERT_FILE": str(at.trusted)}
            started.append((held.enter_context(gateway(directory, trusted)), group))
        ready = _memory([each for each, _ in started])
        for each, group in started:
            for code in group:
                ask(each.address, issuer.bearer(code))
        return Measured(
            sum(each.seconds for each, _ in started),
            sum(each.processor for each, _ in started),
            ready,
            _memory([each for each, _ in started]),
        )


def configured(directory: Path, codes: list[str], at: Registries, issuer: Issuer) -> Path:
    """The example's folder with these municipalities only."""
    keys = issuer.published(directory.with_suffix(".json"))
    write_folder(directory, Wanted(max(COUNTS), at.address, keys))
    for path in directory.glob("9*.toml"):
        if path.stem not in codes:
            path.unlink()
    (directory / "issuers.toml").write_text(issuers(codes), encoding="utf-8")
    return directory


def _memory(processes: Sequence[Gateway]) -> Memory:
    return sum((each.memory() for each in processes), Memory(0.0, 0.0))


def ask(address: str, bearer: str) -> None:
    """One question over a connection of its own; ends the measurement when it is not answered."""
    body = json.dumps({"query": QUESTION, "variables": {"bsn": BURGER_BSN}}).encode()
    headers = {"authorization": bearer, "content-type": "application/json"}
    request = urllib.request.Request(f"{address}/graphql", body, headers)  # noqa: S310  # ours
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        told = json.load(answer)
    if "errors" in told or not told["data"]["persoon"]["zaken"]["edges"]:
        raise SystemExit(f"not the answer to measure: {told.get('errors')}")


def results(rounds: int, counts: Sequence[int]) -> Results:
    """All contenders, as often as there are rounds."""
    contenders = [Contender(True, count) for count in counts]
    contenders += [Contender(False, count) for count in (min(counts), max(counts))]
    found: dict[Contender, list[Measured]] = defaultdict(list)
    issuer = Issuer()
    with tempfile.TemporaryDirectory(prefix="bronpoort-bench-") as made:
        folder = Path(made)
        with registries(folder) as at:
            for each in range(rounds):
                shuffled = Random(each).sample(contenders, len(contenders))  # noqa: S311  # order
                for contender in shuffled:
                    found[contender].append(measured(contender, at, issuer, folder))
    return found


# ---- the document ---------------------------------------------------------------------------

KINDS = {True: "één proces", False: "een proces per gemeente"}
UNITS = {
    "start": (2, "s"),
    "processor": (2, "s"),
    "geheugen": (1, "MB"),
    "gevraagd": (1, "MB"),
    "gevraagd, RSS": (1, "MB"),
}
"""What is told of a contender: the digits behind the comma, and the unit."""


def document(found: Results, rounds: int, where: str) -> str:
    """What was measured, in Dutch."""
    counts = sorted({each.count for each in found})
    return f"""# Wat een gemeente erbij kost

Geschreven door `make bench` (`python -m bench.tenants`); niet met de hand aan te passen.

{where}

De voorbeeldconfiguratie van `bronpoort voorbeeld` is gestart met de eerste 1 tot en met
{counts[-1]} gemeenten, op twee manieren: alle in één proces van `bronpoort serve`, en elke gemeente
in een eigen proces. De oefenregisters draaien over TLS in een proces ernaast, dat niet meetelt. Elk
getal is de mediaan van {rounds} keer meten, met het kleinste en het grootste tussen haakjes; elke
ronde start alles opnieuw, in een andere volgorde. Van losse processen zijn de getallen opgeteld.

- *Start* is de tijd van het begin van het proces tot `/readyz` antwoordt; losse processen zijn na
  elkaar gestart. *Processor* is de rekentijd daarvan.
- *Geheugen* is de PSS: wat processen met elkaar delen, telt naar rato. *Gevraagd* is nadat elke
  gemeente één persoonsbeeld heeft gevraagd, aan BRP, BAG, zaken en catalogi: tot dan heeft geen
  gemeente een verbinding. De RSS telt alles wat een proces deelt in elk proces geheel.

## Per aantal gemeenten

{_counted(found)}

## Per gemeente erbij

De helling van de rechte lijn door de medianen hierboven (kleinste kwadraten); "minder dan" waar de
spreiding tussen de ronden groter is dan de helling.

{_extra(found)}

## Naast elkaar, bij {counts[-1]} gemeenten

{_ratios(found, counts[-1])}
"""


def _counted(found: Results) -> str:
    rows = [
        [
            f"{each.count}, {KINDS[each.together]}",
            *(
                spread.written(digits)
                for spread, (digits, _) in zip(_all(values), UNITS.values(), strict=True)
            ),
        ]
        for each, values in sorted(
            found.items(), key=lambda one: (not one[0].together, one[0].count)
        )
    ]
    units = [f"{name} ({unit})" for name, (_, unit) in UNITS.items()]
    return figures.table(("gemeenten", *units), rows)


def _extra(found: Results) -> str:
    rows = []
    for together in KINDS:
        points = {each.count: values for each, values in found.items() if each.together is together}
        counts = sorted(points)
        of_all = zip(*(_all(points[count]) for count in counts), strict=True)
        rows.append([KINDS[together], *map(_slope, UNITS, of_all, [counts] * len(UNITS))])
    return figures.table(("", *UNITS), rows)


def _slope(name: str, spreads: Sequence[Spread], counts: Sequence[int]) -> str:
    """What one more costs; nothing is claimed where the same measured twice differs as much."""
    line = Line.through(counts, [each.middle for each in spreads])
    noise = max(each.most - each.least for each in spreads) / (counts[-1] - counts[0])
    digits, factor, unit = (0, 1_000, "ms") if UNITS[name][1] == "s" else (0, 1_000, "kB")
    shown = number(factor * max(abs(line.each), noise), digits)
    return f"{shown} {unit}" if line.each > noise else f"minder dan {shown} {unit}"


def _ratios(found: Results, count: int) -> str:
    one, many = (_all(found[Contender(together, count)]) for together in KINDS)
    rows = [
        [
            name,
            f"{number(alone.middle, digits)} {unit}",
            f"{number(each.middle, digits)} {unit}",
            f"{number(each.middle / alone.middle, 1)} keer",
        ]
        for (name, (digits, unit)), alone, each in zip(UNITS.items(), one, many, strict=True)
    ]
    return figures.table(("", *KINDS.values(), "verhouding"), rows)


def _all(values: Sequence[Measured]) -> tuple[Spread, ...]:
    """In the order of `UNITS`."""
    return (
        Spread.of([each.seconds for each in values]),
        Spread.of([each.processor for each in values]),
        Spread.of([each.ready.pss for each in values]),
        Spread.of([each.asked.pss for each in values]),
        Spread.of([each.asked.rss for each in values]),
    )


def main() -> None:
    """Measure and write the document."""
    parser = argparse.ArgumentParser(prog="python -m bench.tenants", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--counts", type=int, nargs="+", default=list(COUNTS))
    parser.add_argument("--output", type=Path, default=DOCUMENT)
    given = parser.parse_args()
    before = Looked.now()
    found = results(given.rounds, given.counts)
    given.output.write_text(document(found, given.rounds, figures.where(before)), encoding="utf-8")
    print(f"{given.output} written")


if __name__ == "__main__":
    main()
