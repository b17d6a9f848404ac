"""What keeping answers saves (process): a rush of equal questions, a portal's traffic, one hit.

Four processes of one gateway with one Valkey, the same four without it, and the same four that keep
nothing, all over one sandbox that counts what it is asked; in turns, within one run.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bench import figures
from bench.figures import Spread, number
from bench.hits import Costs, costs
from bench.others import Looked
from bench.portal import STAFF, SUBJECTS, traffic
from bench.processes import SECONDS
from bench.registries import registries
from bench.tokens import Issuer
from bench.valkey import valkey
from bench.workers import (
    ALONE,
    CACHE,
    CODE,
    CONTENDERS,
    NOTHING,
    SHARED,
    Asked,
    Sandbox,
    at_once,
    contenders,
    one,
)
from sandbox.cases import build_cases
from sandbox.world import build_world

DOCUMENT = Path("docs/prestaties-cache.md")
LATENCY = 20
"""Milliseconds that a source takes in the rush, so that requests do meet."""
FASTER = 30
"""So many times as fast as a clock the traffic goes; what is kept ends as much sooner."""
CAPS = {"CASE_SECONDS": 60, "CASE_STALE_SECONDS": 240, "NEGATIVE_SECONDS": 30,
        "REFERENCE_SECONDS": 86_400, "OPEN_SECONDS": 14_400, "REFRESH_SECONDS": 3_600}  # fmt: skip
CLASSES = {
    "open gegevens": ("bag", "pdok"),
    "referentiegegevens": ("catalogi", "producttypen"),
    "zaakgegevens": ("zaken", "documenten", "besluiten"),
    "persoonsgegevens": (
        *("brp", "brp-bewoning", "brp-historie", "brp-reisdocumenten"),
        *("kvk", "klant", "producten", "brk", "woz"),
    ),
}
"""By what a source mostly gives; of `zaken`, who takes part in a zaak is personal as well."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    workers: int = 4
    rush: int = 1_000
    rush_rounds: int = 3
    requests: int = 240
    traffic_rounds: int = 2
    per_second: float = 25.0
    hit_rounds: int = 15
    loops: int = 100


SMALL = Size(
    workers=2,
    rush=8,
    rush_rounds=1,
    requests=6,
    traffic_rounds=1,
    per_second=100.0,
    hit_rounds=1,
    loops=2,
)


# ---- a rush of equal questions --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rush:
    """One question at one moment: what it asks, of which class, and how many ask it."""

    name: str
    query: str
    keys: Sequence[str]
    """A new one for every round, so that nothing of it is kept."""
    callers: int


@dataclass(frozen=True, slots=True)
class Stood:
    """How a rush went: HTTP calls of all sources, requests that failed, seconds until the last."""

    calls: int
    failed: int
    seconds: float


Rushes = Mapping[tuple[str, int], Mapping[str, Sequence[Stood]]]


def rushes(size: Size) -> list[Rush]:
    """Every rush, with keys for all rounds and one to get warm with."""
    world, rng = build_world(), Random(1)  # noqa: S311  # to be the same every time
    cases = build_cases(world)
    needed = size.rush_rounds + 1
    pand = "query($key: PandId!){pand(identificatie: $key){status oorspronkelijkBouwjaar}}"
    zaaktype = "query($key: Uuid!){zaaktype(uuid: $key){omschrijving doel}}"
    zaak = "query($key: Uuid!){zaak(uuid: $key){identificatie omschrijving startdatum}}"
    persoon = "query($key: Bsn!){persoon(burgerservicenummer: $key){naam{volledigeNaam}}}"
    types = list(cases.catalogue.resources["zaaktypen"])
    panden = rng.sample(sorted(world.panden), 2 * needed)
    zaken = rng.sample(sorted(cases.zaken), 2 * needed)
    persons = rng.sample(sorted(world.persons), 2 * needed)
    return [
        Rush("open gegevens (`bag`)", pand, panden[:needed], 1),
        Rush("open gegevens (`bag`)", pand, panden[needed:], size.rush),
        Rush("referentiegegevens (`catalogi`)", zaaktype, rng.sample(types, needed), size.rush),
        Rush("zaakgegevens (`zaken`)", zaak, zaken[:needed], 1),
        Rush("zaakgegevens (`zaken`)", zaak, zaken[needed:], 10),
        Rush("persoonsgegevens (`brp`)", persoon, persons[:needed], 1),
        Rush("persoonsgegevens (`brp`)", persoon, persons[needed:], 10),
    ]


async def rushed(
    at: Mapping[str, Sequence[str]], sandbox: Sandbox, issuer: Issuer, size: Size
) -> Rushes:
    """Every rush by every contender in every round, each round in another order."""
    found: dict[tuple[str, int], dict[str, list[Stood]]] = defaultdict(lambda: defaultdict(list))
    bearers = [issuer.bearer(CODE, subject=f"rush-{each}") for each in range(size.rush)]
    asked = rushes(size)
    sandbox.reset(LATENCY)
    for rush in asked:
        for addresses in at.values():
            await _stood(rush, rush.keys[-1], addresses, bearers[:20], sandbox)
    for each in range(size.rush_rounds):
        turns = [(rush, name) for rush in asked for name in at]
        for rush, name in Random(each).sample(turns, len(turns)):  # noqa: S311  # order
            stood = await _stood(rush, rush.keys[each], at[name], bearers, sandbox)
            found[rush.name, rush.callers][name].append(stood)
    return {(one.name, one.callers): found[one.name, one.callers] for one in asked}


async def _stood(
    rush: Rush, key: str, at: Sequence[str], bearers: Sequence[str], sandbox: Sandbox
) -> Stood:
    """Spread so that whoever asks comes to every process."""
    sandbox.reset(LATENCY)
    asked = [
        (
            at[each % len(at)],
            Asked(rush.query, {"key": key}, bearers[_caller(each, rush, len(at))], False),
        )
        for each in range(len(bearers))
    ]
    began = time.perf_counter()
    bodies = await at_once(asked)
    seconds = time.perf_counter() - began
    failed = sum("errors" in body or None in body["data"].values() for body in bodies)
    return Stood(sum(sandbox.calls().values()), failed, seconds)


def _caller(request: int, rush: Rush, processes: int) -> int:
    """Who sends that request: everybody another one, or a few who come to every process."""
    return request if rush.callers > 10 else request // processes % rush.callers


# ---- a portal's traffic ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passed:
    """How the traffic went: HTTP calls by source; keys by class, kept and all; errors; seconds."""

    requests: int
    calls: Mapping[str, int]
    kept: Mapping[str, int]
    keys: Mapping[str, int]
    failed: Mapping[str, int]
    seconds: float


Traffics = Mapping[str, Sequence[Passed]]


async def passed(
    at: Sequence[str], asked: Sequence[Asked], seed: int, per_second: float, sandbox: Sandbox
) -> Passed:
    """Every request at its time, at one of the processes by chance."""
    sandbox.reset(0)
    rng = Random(seed)  # noqa: S311  # to be the same every time
    began = time.perf_counter()
    tasks = []
    for index, each in enumerate(asked):
        await asyncio.sleep(max(0.0, began + index / per_second - time.perf_counter()))
        tasks.append(asyncio.create_task(one(rng.choice(at), each)))
    bodies = await asyncio.gather(*tasks)
    seconds = time.perf_counter() - began
    kept: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    for body in bodies:
        for source, told in body.get("extensions", {}).get("herkomst", {}).items():
            if not told:  # who is shown only their own is not told how much there was
                continue
            kept[source] += told["uitCache"]
            keys[source] += told["uitCache"] + told["sleutels"]
    failed = Counter(_code(body) for body in bodies if "errors" in body)
    return Passed(len(asked), sandbox.calls(), kept, keys, failed, seconds)


def _code(body: Mapping[str, Any]) -> str:
    return str(body["errors"][0]["extensions"]["code"])


async def travelled(
    at: Mapping[str, Sequence[str]], sandbox: Sandbox, issuer: Issuer, size: Size
) -> Traffics:
    """The same traffic for every contender, and other traffic in another round."""
    found: dict[str, list[Passed]] = defaultdict(list)
    for each in range(size.traffic_rounds):
        asked = list(traffic(size.requests, each, issuer))
        for name in Random(each).sample(list(at), len(at)):  # noqa: S311  # order
            told = await passed(at[name], asked, each, size.per_second, sandbox)
            found[name].append(told)
    return found


# ---- all of it ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Results:
    """What was measured."""

    rushes: Rushes
    traffics: Traffics
    costs: Costs


def results(size: Size) -> Results:
    """All measurements, one after another."""
    issuer = Issuer()
    with tempfile.TemporaryDirectory(prefix="bronpoort-bench-") as made:
        folder = Path(made)
        with valkey(folder) as url:
            hits = asyncio.run(costs(url, size.hit_rounds, size.loops))
        with registries(folder) as at:
            sandbox = Sandbox(at)
            with contenders(folder, at, issuer, size.workers, _faster()) as addresses:
                asyncio.run(_ready(addresses[SHARED], issuer))
                stormed = asyncio.run(rushed(addresses, sandbox, issuer, size))
                gone = asyncio.run(travelled(addresses, sandbox, issuer, size))
    return Results(stormed, gone, hits)


def _faster() -> Mapping[str, str]:
    """What is kept ends sooner by as much as the traffic goes faster."""
    return {f"{CACHE}{name}": str(seconds // FASTER) for name, seconds in CAPS.items()}


async def _ready(addresses: Sequence[str], issuer: Issuer) -> None:
    """Returns when each of these processes keeps what it is given, and hears the others."""
    query = "{zaaktypen(first: 1){totalCount}}"
    asked = Asked(query, {}, issuer.bearer(CODE))
    for address in addresses:
        async with asyncio.timeout(SECONDS):
            while not (await one(address, asked))["extensions"]["herkomst"]["catalogi"]["uitCache"]:
                await asyncio.sleep(0.1)
    await asyncio.sleep(2)  # a worker is heard by all within a second


# ---- the document ---------------------------------------------------------------------------


def document(found: Results, size: Size, where: str) -> str:
    """What was measured, in Dutch."""
    minutes = number(size.requests / size.per_second * FASTER / 60, 0)
    each = number(size.per_second * 60 / FASTER, 0)
    rush, requests = number(size.rush, 0), number(size.requests, 0)
    long, short = CAPS["CASE_SECONDS"], CAPS["CASE_SECONDS"] // FASTER
    return f"""# Wat bewaren scheelt

Geschreven door `make bench` (`python -m bench.cache`); niet met de hand aan te passen.

{where}

Van één gateway draaien {size.workers} processen van `bronpoort serve` met dezelfde instellingen,
op drie manieren: *{SHARED}* (elk proces zijn geheugen, en samen één Valkey), *{ALONE}* (elk
proces voor zich) en *{NOTHING}* (niets overleeft een vraag). Ze staan voor dezelfde
oefenregisters, over TLS in een proces ernaast, dat telt hoe vaak het wordt gevraagd. Ze zijn om
en om gemeten in één run, op een machine met te weinig kernen om elk proces een eigen te geven: de
aantallen aanroepen zijn daar niet van afhankelijk, de tijden wel. Elk getal is een mediaan, met
het kleinste en het grootste tussen haakjes. Alles draait met de kortere bewaartijden van het
tweede deel; in het eerste verloopt niets. [Wat bewaard wordt, hoe lang en voor wie](cache.md).

## {rush} gelijke vragen tegelijk

{rush} verbindingen, gelijk verdeeld over de {size.workers} processen; daarna gaan alle verzoeken
tegelijk weg. Wat gevraagd wordt is nog nooit gevraagd; elke bron wacht {LATENCY} ms. Geteld zijn
de HTTP-aanroepen van alle bronnen samen, over {size.rush_rounds} ronden.

{_rushes(found.rushes)}

- Open en referentiegegevens zijn van iedereen, of van de gemeente: door Valkey haalt één proces
  ze, en wachten de andere daarop. Zonder Valkey haalt elk proces ze zelf. Waar het er meer dan één
  zijn, kreeg een proces het antwoord van Valkey niet binnen de 50 ms die het daarvoor over heeft,
  en vroeg het de bron zelf.
- Zaakgegevens krijgt alleen terug wie ze zelf vroeg, met dezelfde doelbinding. Op elkaar wachten
  doen processen daar niet voor: koud kan elk proces het voor elke aanvrager één keer vragen.
- Persoonsgegevens overleven de vraag niet. Wat scheelt is dat gelijke vragen van één aanvrager
  die tegelijk lopen in een proces samen worden uitgevoerd. Dat doet de gateway ook als de cache
  uit staat.

### Hoe lang het duurde

Seconden van het eerste verzoek tot het laatste antwoord; de verhouding is {NOTHING} gedeeld door
{SHARED}, per ronde. Boven 1 is bewaren vlugger.

{_seconds(found.rushes)}

## Het verkeer van een portaal

{requests} verzoeken, {size.traffic_rounds} keer, steeds met ander verkeer: de zes schermen van
[voorbeelden](voorbeelden/README.md), door {STAFF} medewerkers per doelbinding en door inwoners
over zichzelf. Over wie of wat een scherm gaat volgt de wet van Zipf (exponent 1, {SUBJECTS}
personen, adressen en zaken); één op de vier keer kijkt wie vraagt nog eens naar hetzelfde. Elk
verzoek gaat naar een proces bij toeval. Het stelt {minutes} minuten voor van {each} verzoeken per
minuut, {FASTER} keer zo vlug afgespeeld, met elke bewaartijd ook {FASTER} keer zo kort
(zaakgegevens {short} s in plaats van {long}). In de eerste ronde is alles koud; wat langer geldt,
ligt er nog in de tweede.

{_traffic(found.traffics)}

Een fout erin is een deel van het antwoord dat er niet is: wie geen klant is, is bij `klant` niet
gevonden. De rest van het scherm is er, en elke manier heeft dezelfde fouten.

Van wat aan bronnen gevraagd moest worden (sleutels, zoals `herkomst` ze telt), kwam zoveel
procent uit de cache, of van een gelijke vraag die al liep:

{_hit_rates(found.traffics)}

Onder zaakgegevens valt hier alles van de bron `zaken`, ook wie erbij betrokken zijn: dat zijn
persoonsgegevens, die niet bewaard worden. Persoonsgegevens die hier toch uit de cache lijken te
komen, komen van een gelijke vraag die nog liep.

## Wat een treffer kost

In microseconden, in één proces zonder netwerk ervoor; de mediaan van {size.hit_rounds} keer
{size.loops} stuks, om en om. Valkey staat op dezelfde machine.

Eén antwoord van een bron:

{_costs(found.costs.answer)}

Een heel verzoek om een pand, van het token tot de bytes van het antwoord:

{_costs(found.costs.request)}

Een treffer in Valkey kost meer dan een treffer in het geheugen, en kan meer kosten dan een bron
die zelf geen tijd nodig heeft: hij loont zodra een bron er een netwerk en een milliseconde verder
af staat, en spaart hem altijd de aanroep.
"""


def _rushes(found: Rushes) -> str:
    rows = [
        [
            name,
            number(callers, 0),
            *(Spread.of([one.calls for one in by[each]]).written(0) for each in CONTENDERS),
            number(sum(one.failed for stood in by.values() for one in stood), 0),
        ]
        for (name, callers), by in found.items()
    ]
    return figures.table(("wat", "aanvragers", *CONTENDERS, "mislukt"), rows)


def _seconds(found: Rushes) -> str:
    rows = []
    for (name, callers), by in found.items():
        pairs = zip(by[NOTHING], by[SHARED], strict=True)
        ratio = Spread.of([off.seconds / shared.seconds for off, shared in pairs])
        told = [Spread.of([one.seconds for one in by[each]]).written(2) for each in CONTENDERS]
        rows.append([name, number(callers, 0), *told, ratio.written(2)])
    return figures.table(("wat", "aanvragers", *CONTENDERS, "verhouding"), rows)


def _traffic(found: Traffics) -> str:
    def each_request(names: Sequence[str], passed: Passed) -> float:
        return sum(passed.calls[name] for name in names) / passed.requests

    rows = [
        [
            f"aanroepen per verzoek, {told}",
            *(
                Spread.of([each_request(names, one) for one in found[each]]).written(2)
                for each in CONTENDERS
            ),
        ]
        for told, names in {**CLASSES, "samen": sum(CLASSES.values(), ())}.items()
    ]
    rows.append(
        ["samen, tegen cache uit", *(_against(found, each).written(2) for each in CONTENDERS)]
    )
    rows.append(["met een fout erin", *(_failed(found[each]) for each in CONTENDERS)])
    rows.append(
        [
            "seconden",
            *(_spent(found[each]) for each in CONTENDERS),
        ]
    )
    return figures.table(("", *CONTENDERS), rows)


def _failed(passed: Sequence[Passed]) -> str:
    codes: Counter[str] = sum((Counter(one.failed) for one in passed), Counter())
    return ", ".join(f"{count} × {code}" for code, count in sorted(codes.items())) or "0"


def _spent(passed: Sequence[Passed]) -> str:
    return Spread.of([one.seconds for one in passed]).written(1)


def _against(found: Traffics, name: str) -> Spread:
    pairs = zip(found[name], found[NOTHING], strict=True)
    return Spread.of([sum(one.calls.values()) / sum(off.calls.values()) for one, off in pairs])


def _hit_rates(found: Traffics) -> str:
    def rate(names: Sequence[str], passed: Passed) -> float:
        keys = sum(passed.keys.get(name, 0) for name in names)
        return 100 * sum(passed.kept.get(name, 0) for name in names) / keys if keys else 0.0

    rows = [
        [
            told,
            *(
                Spread.of([rate(names, one) for one in found[each]]).written(1)
                for each in CONTENDERS
            ),
        ]
        for told, names in CLASSES.items()
    ]
    return figures.table(("% uit de cache", *CONTENDERS), rows)


def _costs(found: Mapping[str, Spread]) -> str:
    first = next(iter(found.values())).middle
    rows = [
        [name, each.written(1), f"{number(each.middle / first, 1)} keer"]
        for name, each in found.items()
    ]
    return figures.table(("", "microseconden", "tegen de bovenste"), rows)


def main() -> None:
    """Measure and write the document."""
    parser = argparse.ArgumentParser(prog="python -m bench.cache", description=__doc__)
    parser.add_argument("--small", action="store_true", help="hardly anything, to see that it runs")
    parser.add_argument("--output", type=Path, default=DOCUMENT)
    given = parser.parse_args()
    size = SMALL if given.small else Size()
    before = Looked.now()
    found = results(size)
    given.output.write_text(document(found, size, figures.where(before)), encoding="utf-8")
    print(f"{given.output} written")


if __name__ == "__main__":
    main()
