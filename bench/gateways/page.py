"""The page (process): what was measured, in Dutch, with its pictures; from the results alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench import figures
from bench.figures import Spread, number
from bench.gateways.beyond import floor, growth, waited, wrong
from bench.gateways.compared import GOALS, Goal, ratio, reached, spread, works
from bench.gateways.contenders import BASE, CALLERS, FLOOR, contenders
from bench.gateways.drawings import drawn
from bench.gateways.plans import PLANS
from bench.gateways.results import SPEED, Results
from bench.gateways.told import FOLDER, KINDS, Names, bullets, figure, paragraph
from bench.gateways.work import TOLD

WHY = f"{FOLDER}/uitleg.md"
"""Written by hand: what holds it back."""
ELSEWHERE = {
    "prestaties-schrijven.md": "Het schrijven van een antwoord, tegen graphql-core",
    "prestaties-documenten.md": "Lezen, toetsen en plannen van een tekst",
    "prestaties-aanroepen.md": "Een aanroep van een bron, tegen andere clients",
    "prestaties-cache.md": "Wat bewaren scheelt, met en zonder Redis",
    "prestaties-start.md": "Starten, en het geheugen van een en meer processen",
    "prestaties-gemeenten.md": "Wat een gemeente erbij kost",
}
"""Pages that other benches write, beside this one."""
BUSY = 1.0
"""So many cores of other work, and the figures say little."""


def document(found: Results) -> str:
    """The whole page."""
    names = {each.name: each for each in contenders()}
    return "\n".join(
        [
            *_head(found),
            *_method(found),
            *_goals(found, names),
            *(line for family in TOLD for line in _family(found, names, family)),
            *waited(found, names),
            *growth(found, names),
            *floor(found),
            *wrong(found, names),
        ]
    )


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
    yield paragraph(
        "Geschreven door `make bench` (`python -m bench.gateways`); niet met de hand aan te passen."
    )
    yield ""
    told = figures.beside(Spread.of(found.others).written(1)) if found.others else ""
    yield paragraph(f"{found.machine} {told}")
    yield ""
    yield paragraph(
        f"Dit is {plan.told}: {plan.rounds} ronden, {number(plan.seconds, 1)} s per meting na "
        f"{number(plan.warm, 1)} s warmlopen (langer als er dan geen {plan.enough} antwoorden "
        f"zijn), {plan.connections} verbindingen, en {plan.few} voor de zaken en de groei; samen "
        f"{number(found.seconds / 60, 0)} minuten. Elk getal is een mediaan, met het kleinste en "
        "het grootste tussen haakjes; elke verhouding is er een per ronde."
    )
    if median(found.others or [0.0]) > BUSY:
        yield ""
        yield paragraph(
            "**Niet aan te halen:** de machine was te druk met ander werk. Dan vertragen Node en "
            "graphql-core meer dan gecompileerd werk, en vleien de verhoudingen ons."
        )
    yield ""


def _method(found: Results) -> Iterator[str]:
    yield "## Hoe er gemeten is"
    yield ""
    yield from bullets(
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
        "opgenomen van de oefenregisters; *verschillend* zijn daar honderd personen om en om, en "
        "tienduizend dagen waarvanaf. De Node-servers kregen met de hand geschreven resolvers, "
        "met DataLoader of de loaders van Mercurius.",
        "De rekentijd is die van de hele procesboom, het geheugen de PSS daarvan.",
        "Een gateway die minder aanroepen doet dan een andere deed ander werk. Bronpoort laat "
        "gelijke vragen van één aanroeper die tegelijk lopen samen uitvoeren, ook met de cache "
        f"uit; waar {CALLERS} aanroepers om en om vragen, gebeurt dat alleen onder elk van hen. "
        "Tailcall voegt ook zonder deduplicatie sleutels van verschillende verzoeken samen.",
    )
    yield ""
    yield paragraph(
        "Bronpoort is gemeten zoals zij draait: `bronpoort serve` met alle registers, en bij elk "
        "verzoek de toets van het token (ES256), de labels van de doelbinding per veld, de grenzen "
        "aan een vraag en een auditregel; bij persoonsgegevens ook de vastlegging op schijf "
        "voordat het antwoord weggaat. De andere doen niets daarvan: zij kennen hier geen "
        "aanroeper, en hun caches bewaren ook persoonsgegevens, voor iedereen; Bronpoort bewaart "
        "die niet langer dan de vraag duurt. De berichten staan in een register dat alleen voor "
        "deze meting bestaat."
    )
    yield ""


def _goals(found: Results, names: Names) -> Iterator[str]:
    yield "## Wat het moet zijn, en wat het is"
    yield ""
    rows = [row for goal in GOALS if (row := _goal(found, names, goal))]
    yield figures.table(("Bronpoort tegen", "wie", "doel", "gemeten", "gehaald"), rows)
    yield ""
    yield paragraph(
        f"Waar een doel niet gehaald is: [waar de tijd blijft, en wat er geprobeerd is]({WHY})."
    )
    yield ""
    yield "Apart gemeten:"
    yield ""
    yield from bullets(*(f"[{told}]({page})." for page, told in ELSEWHERE.items()))
    yield ""


def _goal(found: Results, names: Names, goal: Goal) -> list[str]:
    against, times = reached(found, goal)
    if against is None or times is None:
        return []
    aim = f"{number(goal.least, 0)} keer" if goal.least else "geen"
    verdict = ("ja" if times.middle >= goal.least else "nee") if goal.least else "–"
    return [goal.told, names[against].told, aim, f"{times.written(2)} keer", verdict]


# ---- each kind of question ------------------------------------------------------------------


def _kinds(found: Results, family: str) -> list[str]:
    known = works(found)
    return [kind for kind in KINDS if f"{family}-{kind}" in known]


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
    for kind in kinds:
        yield f"Wat een vraag kost ({KINDS[kind]}):"
        yield ""
        yield _costs(found, names, f"{family}-{kind}")
        yield ""
    for kind in kinds:
        yield f"![{title.capitalize()}, {KINDS[kind]}]({FOLDER}/{family}-{kind}.svg)"
        yield ""


def _there(found: Results, names: Names, work: str) -> list[str]:
    return [each for each in names if found.of(SPEED, each, work)]


def _speeds(found: Results, names: Names, family: str, kinds: Sequence[str]) -> str:
    some = list(dict.fromkeys(n for k in kinds for n in _there(found, names, f"{family}-{k}")))
    rows = [
        [names[each].told, *(figure(spread(found, each, f"{family}-{kind}")) for kind in kinds)]
        for each in some
    ]
    return figures.table(("", *(KINDS[kind] for kind in kinds)), rows)


def _ratios(found: Results, names: Names, family: str, kinds: Sequence[str]) -> str:
    some = [each for each in names if each not in (BASE, FLOOR)]
    rows = [
        [
            names[each].told,
            *(figure(ratio(found, each, BASE, f"{family}-{kind}"), 2) for kind in kinds),
        ]
        for each in some
        if any(found.of(SPEED, each, f"{family}-{kind}") for kind in kinds)
    ]
    return figures.table(("", *(KINDS[kind] for kind in kinds)), rows)


def _costs(found: Results, names: Names, work: str) -> str:
    rows = [
        [
            names[each].told,
            figure(spread(found, each, work, lambda one: one.processor), 2),
            figure(spread(found, each, work, lambda one: one.memory), 0),
            figure(spread(found, each, work, lambda one: one.calls), 2),
            number(sum(one.failed for one in found.of(SPEED, each, work)), 0),
        ]
        for each in _there(found, names, work)
    ]
    heading = ("", "rekentijd (ms)", "geheugen (MB)", "aanroepen van de bron", "mislukt")
    return figures.table(heading, rows)
