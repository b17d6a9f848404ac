"""The page (process): what was measured, in Dutch, with its pictures; from the results alone."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import TextWrapper

from bench import figures
from bench.figures import Spread, number
from bench.gateways import pictures
from bench.gateways.compared import (
    GOALS,
    Goal,
    asked_of_source,
    per_second,
    ratio,
    reached,
    spread,
)
from bench.gateways.contenders import BASE, FLOOR, OWN, Contender, contenders
from bench.gateways.measure import HIGH, LOW, SOURCE, WAITED
from bench.gateways.pictures import Row
from bench.gateways.plans import PLANS
from bench.gateways.results import OBJECTS, TENANTS, WAITING, WORKERS, Measured, Results
from bench.gateways.work import DISTINCT, DOCUMENT, EQUAL, LITERAL, TOLD

FOLDER = "performance"
KINDS = {
    EQUAL: "gelijk",
    DISTINCT: "verschillend",
    LITERAL: "waarde in de tekst",
    DOCUMENT: "andere tekst",
}
BUSY = 1.0
"""So many cores of other work, and the figures say little."""
PROVEN = 2.0
"""So many times what is asked of it must the source be able to give."""

Names = Mapping[str, Contender]


def document(found: Results) -> str:
    """The whole page."""
    names = {each.name: each for each in contenders()}
    return "\n".join(
        [
            *_head(found),
            *_method(found),
            *_goals(found, names),
            *(line for family in TOLD for line in _family(found, names, family)),
            *_waited(found, names),
            *_growth(found, names),
            *_floor(found),
            *_wrong(found, names),
        ]
    )


def drawn(found: Results) -> Mapping[str, str]:
    """The pictures by the name of their file."""
    names = {each.name: each for each in contenders()}
    made = {f"{work}.svg": _dots(found, names, work) for work in _works(found)}
    grown = _series(found, names, OBJECTS, "groei")
    if any(len(points) > 1 for points in grown.values()):
        made["objecten.svg"] = pictures.lines(
            "Vragen per seconde naar het aantal objecten in het antwoord",
            "vragen per seconde",
            "objecten",
            grown,
            names[OWN].told,
        )
    working = _series(found, names, WORKERS, "users-verschillend")
    if any(len(points) > 1 for points in working.values()):
        made["werkers.svg"] = pictures.lines(
            "Vragen per seconde naar het aantal processen",
            "vragen per seconde",
            "processen",
            working,
            names[OWN].told,
        )
    return made


def written(found: Results, output: Path) -> None:
    """The page and its pictures, in their places."""
    folder = output.parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in drawn(found).items():
        (folder / name).write_text(picture, encoding="utf-8")
    output.write_text(document(found), encoding="utf-8")


# ---- what and how ---------------------------------------------------------------------------


def _head(found: Results) -> Iterator[str]:
    plan = PLANS[found.plan]
    yield "# Hoe snel de gateway is"
    yield ""
    yield _text(
        "Geschreven door `make bench` (`python -m bench.gateways`); niet met de hand aan te passen."
    )
    yield ""
    yield _text(found.machine)
    yield ""
    yield _text(
        f"Dit is {plan.told}: {plan.rounds} ronden, {number(plan.seconds, 1)} s per meting na "
        f"{number(plan.warm, 1)} s warmlopen, {plan.connections} verbindingen; samen "
        f"{number(found.seconds / 60, 0)} minuten. Elk getal is een mediaan, met het kleinste en "
        "het grootste tussen haakjes; elke verhouding is er een per ronde."
    )
    if max(found.load, default=0.0) > BUSY:
        yield ""
        yield _text(
            f"**Niet aan te halen:** tijdens de run waren tot {number(max(found.load), 1)} kernen "
            "bezet met ander werk. Op een drukke machine vertragen Node en graphql-core meer dan "
            "gecompileerd werk, en vleien de verhoudingen ons."
        )
    yield ""


def _method(found: Results) -> Iterator[str]:
    yield "## Hoe er gemeten is"
    yield ""
    yield from _list(
        "Elke gateway draait in één proces op dezelfde ene kern, de bron op een andere, het "
        "belasten op nog andere."
        if found.apart
        else "Deze machine heeft te weinig kernen: gateway, bron en belasten deelden er.",
        "De bron is voor allen dezelfde: een kale HTTP-server die antwoorden geeft die al klaar "
        "liggen, en telt hoe vaak hij gevraagd wordt. Hij wacht niet: elke milliseconde van een "
        "echte bron maakt de verschillen kleiner.",
        "Elke ronde start iedereen opnieuw, in een andere volgorde. Voor het meten wordt van elke "
        "gateway het antwoord vergeleken met het goede; wie anders antwoordt, doet niet mee.",
        "*Gelijk* is telkens hetzelfde verzoek; *verschillend* dezelfde tekst met andere "
        "variabelen, zodat ook de bron iets anders wordt gevraagd; *waarde in de tekst* hetzelfde "
        "met de waarde in de tekst; *andere tekst* een tekst die nog nooit is gevraagd (een andere "
        "alias), zoals verkenners en open clients doen.",
        "*Berichten met schrijver* is de vraag van de openbare vergelijking van REST-gateways: "
        "100 berichten van 10 schrijvers, de schrijvers in één aanroep. *Persoonsbeeld* en "
        "*bladzijde van 100 zaken* gaan over de draadformaten van BRP, BAG, Zaken en Catalogi, "
        "opgenomen van de oefenregisters; de Node-servers kregen met de hand geschreven resolvers, "
        "met DataLoader of de loaders van Mercurius.",
        "De rekentijd is die van de hele procesboom, het geheugen de PSS daarvan.",
        "Een gateway die minder aanroepen doet dan een andere deed ander werk. Bronpoort laat "
        "gelijke vragen van één aanroeper die tegelijk lopen samen uitvoeren, ook met de cache "
        "uit; Tailcall voegt ook zonder deduplicatie sleutels van verschillende verzoeken samen.",
    )
    yield ""
    yield _text(
        "Bronpoort is gemeten zoals zij draait: `bronpoort serve` met alle registers, en bij elk "
        "verzoek de toets van het token (ES256), de labels van de doelbinding per veld, de grenzen "
        "aan een vraag en een auditregel; bij persoonsgegevens ook de vastlegging op schijf "
        "voordat het antwoord weggaat. De andere doen niets daarvan: zij kennen hier geen "
        "aanroeper. De berichten staan in een register dat alleen voor deze meting bestaat."
    )
    yield ""


def _goals(found: Results, names: Names) -> Iterator[str]:
    yield "## Wat het moet zijn, en wat het is"
    yield ""
    rows = [row for goal in GOALS if (row := _goal(found, names, goal))]
    yield figures.table(("Bronpoort tegen", "wie", "doel", "gemeten", "gehaald"), rows)
    yield ""


def _goal(found: Results, names: Names, goal: Goal) -> list[str]:
    against, times = reached(found, goal)
    if against is None or times is None:
        return []
    aim = f"{number(goal.least, 0)} keer" if goal.least else "geen"
    verdict = ("ja" if times.middle >= goal.least else "nee") if goal.least else "–"
    return [goal.told, names[against].told, aim, f"{times.written(2)} keer", verdict]


# ---- each kind of question ------------------------------------------------------------------


def _works(found: Results) -> list[str]:
    """Those measured, in the order in which they are told."""
    known = {each.work for each in found.measured if each.phase == "snelheid"}
    return [f"{family}-{kind}" for family in TOLD for kind in KINDS if f"{family}-{kind}" in known]


def _kinds(found: Results, family: str) -> list[str]:
    works = _works(found)
    return [kind for kind in KINDS if f"{family}-{kind}" in works]


def _family(found: Results, names: Names, family: str) -> Iterator[str]:
    kinds = _kinds(found, family)
    if not kinds:
        return
    title = TOLD[family]
    yield f"## {title.capitalize()}"
    yield ""
    yield "Vragen per seconde:"
    yield ""
    yield _speeds(found, names, family, kinds)
    yield ""
    yield f"Tegen {names[BASE].told} zonder cache, op dezelfde vragen:"
    yield ""
    yield _ratios(found, names, family, kinds)
    yield ""
    told = DISTINCT if DISTINCT in kinds else EQUAL
    yield f"Wat een vraag kost ({KINDS[told]}):"
    yield ""
    yield _costs(found, names, f"{family}-{told}")
    yield ""
    for kind in kinds:
        yield f"![{title.capitalize()}, {KINDS[kind]}]({FOLDER}/{family}-{kind}.svg)"
        yield ""


def _there(found: Results, names: Names, work: str) -> list[str]:
    return [each for each in names if found.of("snelheid", each, work)]


def _speeds(found: Results, names: Names, family: str, kinds: Sequence[str]) -> str:
    some = list(dict.fromkeys(n for k in kinds for n in _there(found, names, f"{family}-{k}")))
    rows = [
        [names[each].told, *(_spread(spread(found, each, f"{family}-{kind}")) for kind in kinds)]
        for each in some
    ]
    return figures.table(("", *(KINDS[kind] for kind in kinds)), rows)


def _ratios(found: Results, names: Names, family: str, kinds: Sequence[str]) -> str:
    some = [each for each in names if each not in (BASE, FLOOR)]
    rows = [
        [
            names[each].told,
            *(_spread(ratio(found, each, BASE, f"{family}-{kind}"), 2) for kind in kinds),
        ]
        for each in some
        if any(found.of("snelheid", each, f"{family}-{kind}") for kind in kinds)
    ]
    return figures.table(("", *(KINDS[kind] for kind in kinds)), rows)


def _costs(found: Results, names: Names, work: str) -> str:
    rows = [
        [
            names[each].told,
            _spread(spread(found, each, work, lambda one: one.processor), 2),
            _spread(spread(found, each, work, lambda one: one.memory), 0),
            _spread(spread(found, each, work, lambda one: one.calls), 2),
            number(sum(one.failed for one in found.of("snelheid", each, work)), 0),
        ]
        for each in _there(found, names, work)
    ]
    heading = ("", "rekentijd (ms)", "geheugen (MB)", "aanroepen van de bron", "mislukt")
    return figures.table(heading, rows)


def _spread(value: Spread | None, digits: int | None = None) -> str:
    if value is None:
        return "–"
    return value.written((0 if value.middle >= 100 else 1) if digits is None else digits)


def _dots(found: Results, names: Names, work: str) -> str:
    family, _, kind = work.partition("-")
    rows = [
        Row(names[each].told, found_spread, each.startswith(OWN))
        for each in _there(found, names, work)
        if (found_spread := spread(found, each, work))
    ]
    return pictures.dots(f"{TOLD[family].capitalize()}, {KINDS[kind]}", "vragen per seconde", rows)


# ---- waiting, growing, the floor ------------------------------------------------------------


def _waited(found: Results, names: Names) -> Iterator[str]:
    works = [each for each in WAITED if any(m.work == each for m in _of(found, WAITING))]
    if not works:
        return
    yield "## Wachttijd bij gelijke belasting"
    yield ""
    yield _text(
        "Ieder krijgt evenveel vragen per seconde, op vaste tijden: de lage belasting is "
        f"{LOW}% van wat de traagste aankan, de hoge {HIGH}% van wat {names[BASE].told} aankan. "
        "Geteld is vanaf het moment waarop een vraag had moeten gaan, dus wie het niet bijhoudt "
        "laat de wachttijd oplopen tot de meting ophoudt. In milliseconden."
    )
    yield ""
    for work in works:
        family, _, kind = work.partition("-")
        rates = {
            scale: max(m.offered for m in _of(found, WAITING) if (m.work, m.scale) == (work, scale))
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
    return [each.told, *(_spread(one, 1) for one in told)] if any(told) else []


def _growth(found: Results, names: Names) -> Iterator[str]:
    if _of(found, OBJECTS):
        yield "## Groei: objecten"
        yield ""
        yield "Vragen per seconde naar het aantal berichten met schrijver in één antwoord:"
        yield ""
        yield _grown(found, names, OBJECTS, "groei")
        yield ""
        if "objecten.svg" in drawn(found):
            yield f"![Groei met het aantal objecten]({FOLDER}/objecten.svg)"
            yield ""
    if _of(found, WORKERS):
        yield "## Groei: processen"
        yield ""
        yield _text(
            "Berichten met schrijver, verschillend; elk proces op een eigen poort en zo mogelijk "
            "een eigen kern, de vragen gelijk verdeeld. Waar er meer processen zijn dan vrije "
            "kernen delen zij die met de bron en het belasten, en zegt het getal minder."
        )
        yield ""
        yield _grown(found, names, WORKERS, "users-verschillend")
        yield ""
        if "werkers.svg" in drawn(found):
            yield f"![Groei met het aantal processen]({FOLDER}/werkers.svg)"
            yield ""
    if _of(found, TENANTS):
        yield "## Groei: gemeenten"
        yield ""
        yield _text(
            "Persoonsbeeld, verschillend, in één proces met zoveel gemeenten, om en om gevraagd. "
            "[Starttijd en geheugen per gemeente](prestaties-gemeenten.md)."
        )
        yield ""
        rows = [
            [
                number(scale, 0),
                *(
                    _spread(spread(found, OWN, "persoon-verschillend", value, phase=TENANTS,
                                   scale=scale), digits)
                    for value, digits in (
                        (per_second, 0), (lambda one: one.processor, 2), (lambda one: one.memory, 0)
                    )
                ),
            ]
            for scale in found.scales(TENANTS)
        ]  # fmt: skip
        yield figures.table(
            ("gemeenten", "vragen per seconde", "rekentijd (ms)", "geheugen (MB)"), rows
        )
        yield ""


def _grown(found: Results, names: Names, phase: str, work: str) -> str:
    scales = found.scales(phase)
    rows = [
        [
            names[each].told,
            *(_spread(spread(found, each, work, phase=phase, scale=one)) for one in scales),
        ]
        for each in names
        if any(found.of(phase, each, work, one) for one in scales)
    ]
    return figures.table(("", *(number(each, 0) for each in scales)), rows)


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


def _floor(found: Results) -> Iterator[str]:
    yield "## De vloer"
    yield ""
    straight = {each: spread(found, SOURCE, each) for each in ("posts", "users")}
    floor = spread(found, FLOOR, "users-gelijk")
    rows = [
        ["de bron zonder gateway: 100 berichten (29 kB)", _spread(straight["posts"])],
        ["de bron zonder gateway: 10 schrijvers", _spread(straight["users"])],
        ["vaste bytes over ASGI, zo lang als het antwoord", _spread(floor)],
    ]
    yield figures.table(("", "vragen per seconde"), rows)
    yield ""
    most, can = asked_of_source(found), straight["posts"]
    if can is not None and most:
        times = can.middle / most
        told = (
            f"De bron kan {number(times, 1)} keer wat het meest van haar gevraagd werd "
            f"({number(most, 0)} aanroepen per seconde)"
        )
        yield _text(
            f"{told}: zij houdt niemand op."
            if times >= PROVEN
            else f"{told}: dat is te weinig om te zeggen dat zij niemand ophield."
        )
        yield ""


def _wrong(found: Results, names: Names) -> Iterator[str]:
    wrong = [*found.wrong()]
    if not wrong and not found.missing:
        return
    yield "## Wie er niet was, en wat er misging"
    yield ""
    lines = [f"{each}: niet te installeren." for each in found.missing]
    lines += [_mistake(names, each) for each in wrong]
    yield from _list(*lines)
    yield ""


def _mistake(names: Names, each: Measured) -> str:
    who = names[each.contender].told if each.contender in names else each.contender
    what = f"{each.work or 'alles'}" + (f" ({each.scale})" if each.scale else "")
    shown = each.shown.replace("`", "'").replace("\n", " ")
    if not each.requests:
        return f"{who}, {what}: niet gemeten; `{shown}`"
    return f"{who}, {what}: {each.failed} van {each.requests} mislukt; `{shown}`"


def _of(found: Results, phase: str) -> list[Measured]:
    return [each for each in found.measured if each.phase == phase and each.requests]


def _list(*items: str) -> Iterator[str]:
    for item in items:
        yield _LISTED.fill(item)


def _text(text: str) -> str:
    return _PLAIN.fill(text)


_PLAIN = TextWrapper(100, break_long_words=False, break_on_hyphens=False)
_LISTED = TextWrapper(
    100,
    initial_indent="- ",
    subsequent_indent="  ",
    break_long_words=False,
    break_on_hyphens=False,
)
