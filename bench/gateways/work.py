"""What every contender is asked (process): the questions, as they differ, and their right answers.

*Equal*: the same bytes every time. *Distinct*: the same text, other variables, so other questions
to the source. *Literal*: the variable stands in the text. *Document*: another text every time, as
explorers and open clients send it. `@@` stands for a number that never comes twice.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.gateways import posts
from bench.gateways.recording import Recorded

EQUAL, DISTINCT, LITERAL, DOCUMENT = "gelijk", "verschillend", "letterlijk", "tekst"
POSTS, MUNICIPAL = "a", "b"

_USER = "id userId title user { id name email }"
_PERSON = """{ naam { volledigeNaam }
    adres { adresregel5 adresregel6 panden { oorspronkelijkBouwjaar } }
    partners { naam { voornamen geslachtsnaam } }
    zaken(first: 5) { totalCount edges { node { identificatie omschrijving
      zaaktype { omschrijving } status { datumStatusGezet statustype { omschrijving } } } } } }"""
_ZAKEN = """{ totalCount edges { node { uuid identificatie omschrijving startdatum einddatum
    zaaktype { identificatie omschrijving }
    status { datumStatusGezet statustype { omschrijving } } } } }"""
_DAYS = 10_000
_LONG_AGO = date(1950, 1, 1)
"""No zaak is older than this and the days after it: a filter that leaves all of them."""

TOLD = {
    "users": "berichten met schrijver",
    "posts": "berichten",
    "greet": "groet",
    "persoon": "persoonsbeeld",
    "zaken": "bladzijde van 100 zaken",
}
GREETING = {"text": "Hello World!"}
CHECKED = (1, 2, 9, 91, 911, 1_234)
"""The numbers of the questions whose answers are looked at before anything is measured."""

Answer = Callable[[int], Mapping[str, Any]]
"""What must be answered, by the number that is asked."""


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of question: `bodies` are asked in turn, with a number where `@@` stands."""

    name: str
    part: str
    kind: str
    told: str
    """What is asked, in Dutch."""
    bodies: Sequence[str]
    answer: Answer
    least: int
    """The shortest body that can be right."""
    heavy: bool = False
    """Whether the answer is long, or takes many calls: then fewer ask at a time."""

    def checks(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Some of the bodies, and what must be answered to each."""
        for number in CHECKED if "@@" in self.bodies[0] else CHECKED[:1]:
            yield (
                self.bodies[0].replace("@@", str(number)),
                {"data": self.answer(number)},
            )


def _work(
    name: str,
    part: str,
    kind: str,
    told: str,
    asked: Sequence[tuple[str, str]],
    answer: Answer,
    shortest: Mapping[str, Any] | None = None,
    *,
    heavy: bool = False,
) -> Work:
    """`asked` are texts, and variables as they are written; `shortest` is the shortest answer."""
    bodies = [f'{{"query":{json.dumps(text)},"variables":{given}}}' for text, given in asked]
    least = answer(1) if shortest is None else shortest
    size = len(json.dumps(least, separators=(",", ":"), ensure_ascii=False).encode())
    return Work(name, part, kind, told, bodies, answer, size * 3 // 4, heavy)


# ---- (a) posts ------------------------------------------------------------------------------


def posts_work() -> list[Work]:
    """Posts with their users, posts alone, and what needs no source."""
    joined, titles = posts.joined, posts.titles
    next_ = '{"start":@@00}'
    distinct = f"query Posts($start: Int!) {{ posts(start: $start) {{ {_USER} }} }}"
    titled = "query Posts($start: Int!) { posts(start: $start) { id title } }"
    return [
        _posts("users", EQUAL, (f"query Posts {{ posts {{ {_USER} }} }}", "{}"),
               lambda _: {"posts": joined(0, 100)}),
        _posts("users", DISTINCT, (distinct, next_),
               lambda number: {"posts": joined(100 * number, 100)}),
        _posts("users", LITERAL, (f"{{ posts(start: @@00) {{ {_USER} }} }}", "{}"),
               lambda number: {"posts": joined(100 * number, 100)}),
        _posts("users", DOCUMENT, (f"{{ p@@: posts(start: @@00) {{ {_USER} }} }}", "{}"),
               lambda number: {f"p{number}": joined(100 * number, 100)}),
        _posts("posts", EQUAL, ("{ posts { id title } }", "{}"),
               lambda _: {"posts": titles(0, 100)}),
        _posts("posts", DISTINCT, (titled, next_),
               lambda number: {"posts": titles(100 * number, 100)}),
        _posts("greet", EQUAL, ("{ greet { text } }", "{}"), lambda _: {"greet": GREETING}),
        _posts("greet", DOCUMENT, ("{ u@@: greet { text } }", "{}"),
               lambda number: {f"u{number}": GREETING}),
    ]  # fmt: skip


def _posts(name: str, kind: str, asked: tuple[str, str], answer: Answer) -> Work:
    return _work(f"{name}-{kind}", POSTS, kind, TOLD[name], [asked], answer)


def growing(count: int) -> Work:
    """So many posts with their users, each time others that are as many."""
    text = f"query Posts($start: Int!) {{ posts(start: $start, limit: {count}) {{ {_USER} }} }}"
    return _work(
        f"groei-{count}",
        POSTS,
        DISTINCT,
        f"{count} berichten met schrijver",
        [(text, '{"start":@@00}')],
        lambda number: {"posts": posts.joined(100 * number, count)},
        heavy=True,
    )


# ---- (b) a municipality ---------------------------------------------------------------------


def municipal_work(found: Recorded) -> list[Work]:
    """A person with address, partner and zaken, and a page of a hundred zaken."""
    persons = list(found.persons)
    days = [str(_LONG_AGO + timedelta(days=each)) for each in range(_DAYS)]
    person, page = _person(found, persons[0]), _page(found)
    shortest = min((_person(found, each) for each in persons), key=lambda one: len(str(one)))
    asking = f"query Persoonsbeeld($bsn: Bsn!) {{ persoon(burgerservicenummer: $bsn) {_PERSON} }}"
    other = (
        f"query Persoonsbeeld($bsn: Bsn!) {{ p@@: persoon(burgerservicenummer: $bsn) {_PERSON} }}"
    )
    zaken = f"zaken(first: 100, filter: {{ startdatumVanaf: $vanaf }}) {_ZAKEN}"
    listing = f"query Zaken($vanaf: Datum!) {{ {zaken} }}"
    listing_other = f"query Zaken($vanaf: Datum!) {{ z@@: {zaken} }}"
    told, all_told = TOLD["persoon"], TOLD["zaken"]

    def bsn(each: str) -> str:
        return json.dumps({"bsn": each})

    def since(each: str) -> str:
        return json.dumps({"vanaf": each})

    return [
        _work("persoon-gelijk", MUNICIPAL, EQUAL, told, [(asking, bsn(persons[0]))],
              lambda _: {"persoon": person}),
        _work("persoon-verschillend", MUNICIPAL, DISTINCT, told,
              [(asking, bsn(each)) for each in persons], lambda _: {"persoon": person},
              {"persoon": shortest}),
        _work("persoon-tekst", MUNICIPAL, DOCUMENT, told,
              [(other, bsn(each)) for each in persons], lambda number: {f"p{number}": person},
              {"p1": shortest}),
        _work("zaken-gelijk", MUNICIPAL, EQUAL, all_told, [(listing, since(days[0]))],
              lambda _: {"zaken": page}, heavy=True),
        _work("zaken-verschillend", MUNICIPAL, DISTINCT, all_told,
              [(listing, since(each)) for each in days], lambda _: {"zaken": page}, heavy=True),
        _work("zaken-tekst", MUNICIPAL, DOCUMENT, all_told,
              [(listing_other, since(each)) for each in days],
              lambda number: {f"z{number}": page}, heavy=True),
    ]  # fmt: skip


def _person(found: Recorded, bsn: str) -> Mapping[str, Any]:
    (person,) = json.loads(found.persons[bsn][1])["personen"]
    home = found.body(f"/bag/adressen/{person['verblijfplaats']['nummeraanduidingIdentificatie']}")
    panden = [
        _some(found.body(f"/bag/panden/{each}")["pand"], "oorspronkelijkBouwjaar")
        for each in home.get("pandIdentificaties", ())
    ]
    zaken = json.loads(found.searches[bsn][1])
    partners = [
        {"naam": {each: partner["naam"].get(each) for each in ("voornamen", "geslachtsnaam")}}
        for partner in person.get("partners", ())
    ]
    return {
        "naam": {"volledigeNaam": person["naam"]["volledigeNaam"]},
        "adres": {
            "adresregel5": home["adresregel5"],
            "adresregel6": home["adresregel6"],
            "panden": panden,
        },
        "partners": partners,
        "zaken": {
            "totalCount": zaken["count"],
            "edges": [
                {"node": {**_some(zaak, "identificatie", "omschrijving"),
                          "zaaktype": _some(found.body(zaak["zaaktype"]), "omschrijving"),
                          "status": _status(found, zaak)}}
                for zaak in zaken["results"]
            ],
        },
    }  # fmt: skip


def _page(found: Recorded) -> Mapping[str, Any]:
    zaken = json.loads(found.zaken[1])
    names = ("uuid", "identificatie", "omschrijving", "startdatum", "einddatum")
    return {
        "totalCount": zaken["count"],
        "edges": [
            {"node": {**_some(zaak, *names),
                      "zaaktype": _some(found.body(zaak["zaaktype"]), "identificatie",
                                        "omschrijving"),
                      "status": _status(found, zaak)}}
            for zaak in zaken["results"]
        ],
    }  # fmt: skip


def _status(found: Recorded, zaak: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if not zaak["status"]:
        return None
    status = found.body(zaak["status"])
    kind = _some(found.body(status["statustype"]), "omschrijving")
    return {"datumStatusGezet": status["datumStatusGezet"], "statustype": kind}


def _some(wire: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: wire.get(name) for name in names}
