"""The rest of the page (process): waiting, growing, the floor, and what went wrong; in Dutch."""

from collections.abc import Iterator

from bench import figures
from bench.figures import number
from bench.gateways.compared import Value, asked_of_source, per_second, spread
from bench.gateways.contenders import BASE, FLOOR, OWN, Contender
from bench.gateways.drawings import GROWTH, drawn
from bench.gateways.measure import HIGH, LOW, SOURCE, TENANTS_WORK, WAITED
from bench.gateways.results import OBJECTS, TENANTS, WAITING, WORKERS, Measured, Results
from bench.gateways.told import FOLDER, KINDS, Names, answered, bullets, figure, paragraph
from bench.gateways.work import TOLD

PROVEN = 2.0
"""So many times what is asked of it must the source be able to give."""
ASKED = {
    "posts": (("users", "posts", "groei"), "berichten"),
    "users": (("persoon", "zaken"), "personen en zaken"),
}
"""By what was asked of the source straight: the work whose answers of the source are as long."""


def waited(found: Results, names: Names) -> Iterator[str]:
    """How long answers take when everybody is asked as much."""
    works = [each for each in WAITED if any(m.work == each for m in answered(found, WAITING))]
    if not works:
        return
    yield "## Wachttijd bij gelijke belasting"
    yield ""
    yield paragraph(
        "Ieder krijgt evenveel vragen per seconde, op vaste tijden: de lage belasting is "
        f"{LOW}% van wat de traagste aankan, de hoge {HIGH}% van wat {names[BASE].told} aankan. "
        "Geteld is vanaf het moment waarop een vraag had moeten gaan, dus wie het niet bijhoudt "
        "laat de wachttijd oplopen tot de meting ophoudt. In milliseconden."
    )
    yield ""
    for work in works:
        family, _, kind = work.partition("-")
        rates = {
            scale: max(
                m.offered for m in answered(found, WAITING) if (m.work, m.scale) == (work, scale)
            )
            for scale in (LOW, HIGH)
        }
        low, high = (number(rates[each], 0) for each in (LOW, HIGH))
        yield f"{TOLD[family].capitalize()}, {KINDS[kind]}:"
        yield ""
        heading = ("", f"p50, {low}/s", f"p99, {low}/s", f"p50, {high}/s", f"p99, {high}/s")
        rows = [row for each in names if (row := _waits(found, names[each], work))]
        yield figures.table(heading, rows)
        yield ""


def _waits(found: Results, each: Contender, work: str) -> list[str]:
    told = [
        spread(found, each.name, work, value, phase=WAITING, scale=scale)
        for scale in (LOW, HIGH)
        for value in (lambda one: one.p50, lambda one: one.p99)
    ]
    known = [one if one is not None and one.middle else None for one in told]
    return [each.told, *(figure(one, 1) for one in known)] if any(known) else []


def growth(found: Results, names: Names) -> Iterator[str]:
    """What more objects, processes and municipalities do."""
    if answered(found, OBJECTS):
        yield from _objects(found, names)
    if answered(found, WORKERS):
        yield from _workers(found, names)
    if answered(found, TENANTS):
        yield from _tenants(found)


def _objects(found: Results, names: Names) -> Iterator[str]:
    yield "## Groei: objecten"
    yield ""
    yield "Vragen per seconde naar het aantal berichten met schrijver in één antwoord:"
    yield ""
    yield _grown(found, names, OBJECTS)
    yield ""
    yield from _picture(found, OBJECTS, "Groei met het aantal objecten")


def _workers(found: Results, names: Names) -> Iterator[str]:
    yield "## Groei: processen"
    yield ""
    yield paragraph(
        "Berichten met schrijver, verschillend; elk proces op een eigen poort en zo mogelijk "
        "een eigen kern, de vragen gelijk verdeeld. Waar er meer processen zijn dan vrije "
        "kernen delen zij die met de bron en het belasten, en zegt het getal minder."
    )
    yield ""
    yield _grown(found, names, WORKERS)
    yield ""
    yield from _picture(found, WORKERS, "Groei met het aantal processen")


def _picture(found: Results, phase: str, told: str) -> Iterator[str]:
    if f"{phase}.svg" in drawn(found):
        yield f"![{told}]({FOLDER}/{phase}.svg)"
        yield ""


def _tenants(found: Results) -> Iterator[str]:
    yield "## Groei: gemeenten"
    yield ""
    yield paragraph(
        "Persoonsbeeld, verschillend, in één proces met zoveel gemeenten, om en om gevraagd. "
        "[Starttijd en geheugen per gemeente](prestaties-gemeenten.md)."
    )
    yield ""
    heading = ("gemeenten", "vragen per seconde", "rekentijd (ms)", "geheugen (MB)")
    yield figures.table(heading, [_tenant(found, each) for each in found.scales(TENANTS)])
    yield ""


def _tenant(found: Results, scale: int) -> list[str]:
    def told(value: Value, digits: int) -> str:
        found_spread = spread(found, OWN, TENANTS_WORK, value, phase=TENANTS, scale=scale)
        return figure(found_spread, digits)

    return [
        number(scale, 0),
        told(per_second, 0),
        told(lambda one: one.processor, 2),
        told(lambda one: one.memory, 0),
    ]


def _grown(found: Results, names: Names, phase: str) -> str:
    (work, _), scales = GROWTH[phase], found.scales(phase)
    rows = [
        [
            names[each].told,
            *(figure(spread(found, each, work, phase=phase, scale=one)) for one in scales),
        ]
        for each in names
        if any(found.of(phase, each, work, one) for one in scales)
    ]
    return figures.table(("", *(number(each, 0) for each in scales)), rows)


def floor(found: Results) -> Iterator[str]:
    """What nothing can be faster than, and whether the source held anybody up."""
    yield "## De vloer"
    yield ""
    straight = {each: spread(found, SOURCE, each) for each in ("posts", "users")}
    constant = spread(found, FLOOR, "users-gelijk")
    rows = [
        ["de bron zonder gateway: 100 berichten (29 kB)", figure(straight["posts"])],
        ["de bron zonder gateway: 10 schrijvers", figure(straight["users"])],
        ["vaste bytes over ASGI, zo lang als het antwoord", figure(constant)],
    ]
    yield figures.table(("", "vragen per seconde"), rows)
    yield ""
    for name, (families, what) in ASKED.items():
        most, can = asked_of_source(found, families), straight[name]
        if can is not None and most:
            yield paragraph(_proof(what, most, can.middle / most))
            yield ""


def _proof(what: str, most: float, times: float) -> str:
    told = (
        f"De bron kan {number(times, 1)} keer wat voor {what} het meest van haar gevraagd werd "
        f"({number(most, 0)} aanroepen per seconde)"
    )
    if times >= PROVEN:
        return f"{told}: zij houdt niemand op."
    return f"{told}: dat is te weinig om te zeggen dat zij niemand ophield."


def wrong(found: Results, names: Names) -> Iterator[str]:
    """Who was not there, and what failed."""
    mistakes = [*found.wrong()]
    if not mistakes and not found.missing:
        return
    yield "## Wie er niet was, en wat er misging"
    yield ""
    lines = [f"{each}: niet te installeren." for each in found.missing]
    lines += [_mistake(names, each) for each in mistakes]
    yield from bullets(*lines)
    yield ""


def _mistake(names: Names, each: Measured) -> str:
    who = names[each.contender].told if each.contender in names else each.contender
    what = f"{each.work or 'alles'}" + (f" ({each.scale})" if each.scale else "")
    shown = each.shown.replace("`", "'").replace("\n", " ")
    if not each.requests:
        return f"{who}, {what}: niet gemeten; `{shown}`"
    return f"{who}, {what}: {each.failed} van {each.requests} mislukt; `{shown}`"
