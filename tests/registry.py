"""A registry of invented people and things: every word of the language, over plain dicts.

Three sources (`mensen`, `dingen`, `open`). A read gives only the paths that it was asked for, as a
source with a selection of fields does, so that a path nobody asked for is missed.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Annotated, Any, cast

import strawberry

from gateway.operation.fetch import Sources
from gateway.source.errors import ConfigurationMissing, SourceFault
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.ledger import Account, Ledger
from gateway.source.read import About, Brought, Fields, Found, read
from gateway.source.source import Source
from schema.language.assemble import assemble
from schema.language.declare import OTHERWISE, asked, copied, derived, one_of, published
from schema.language.facts import Facts
from schema.language.links import ListOf, Mijn, Own, Query, Registry, extend, link
from schema.language.paging import After, Connection, First, Page
from schema.language.scalars import Bsn, Cursor, Datum, Identificatie, Zoektekst

ANNA, BRAM, CARLA, DIRK, NOBODY = (
    "999990019",
    "999990020",
    "999990032",
    "999990044",
    "999990056",
)
"""Burgerservicenummers; there is nobody with the last one."""


# ---- what is published ------------------------------------------------------------------------


@strawberry.enum(description="Een kleur.")
class Kleur(Enum):
    """Colours; GROEN is known to no source."""

    ROOD = strawberry.enum_value("rood", description="Rood.")
    BLAUW = strawberry.enum_value("blauw", description="Blauw.")


@asked
class Filter:
    """Waaraan mensen moeten voldoen."""

    kleur: Kleur | None
    """De kleur."""
    naam_van: Zoektekst | None
    """De naam."""
    bsn: Bsn | None
    """Het nummer."""


@published(label="mens.naam")
class Naam:
    """Hoe iemand heet."""

    voornaam: str | None
    """De voornaam."""
    achternaam: str
    """De achternaam."""

    @derived
    def volledig(voornaam: str | None, achternaam: str | None) -> str:
        """De naam als één tekst."""
        return " ".join(part for part in (voornaam, achternaam) if part)

    @derived(needs={"tekst": "extra.roepnaam"}, label="mens.roepnaam")
    def roepnaam(tekst: str | None) -> str | None:
        """Hoe iemand genoemd wordt."""
        return tekst.upper() if tekst is not None else None

    extra: Extra | None
    """Wat er verder is."""


@published(label="mens.naam")
class Extra:
    """Wat er verder van een naam is."""

    roepnaam: str | None = copied(label="mens.roepnaam")
    """Hoe iemand genoemd wordt."""
    titel: str | None
    """De titel."""


@one_of(by="soort", label="mens.verblijf", wire=("eigenaar", "ding"))
class Verblijf:
    """Waar iemand verblijft."""

    sinds: Datum | None
    """Vanaf wanneer."""


@published(label="mens.verblijf", when="huis")
class Huis(Verblijf):
    """Een huis."""

    nummer: int
    """Het nummer van het huis."""
    kamers: list[Kamer] | None
    """De kamers."""


@published(label="mens.verblijf", when=("boot", "schip"))
class Boot(Verblijf):
    """Een boot."""

    naam: str | None
    """Hoe de boot heet."""
    nummer: int | None = copied(label="mens.bootnummer")
    """Het nummer van de boot."""


@published(label="mens.verblijf", when=OTHERWISE)
class Ergens(Verblijf):
    """Een andere plaats."""


@published(label="mens.verblijf")
class Kamer:
    """Een kamer van een huis."""

    maat: int | None = copied("afmeting.maat")
    """Hoe groot de kamer is."""
    inhoud: list[Vondst] | None
    """Wat er staat."""
    pronkstuk: Vondst | None
    """Het mooiste dat er staat."""


@one_of(by="type", label="ding.basis", wire=("id",))
class Vondst:
    """Een ding of een dier."""


@published(
    label="ding.basis",
    when="ding",
    blank_is_absent=True,
    wire=("eigenaar", "doos.plaats", "onderdelen", "verslag", "rol"),
)
class Ding(Vondst):
    """Een ding."""

    id: Identificatie
    """Het kenmerk."""
    naam: str | None
    """Hoe het heet."""
    gewicht: int | None = copied("maten.gewicht")
    """Hoe zwaar het is."""
    kleur: Kleur | None
    """De kleur."""
    prijs: int | None = copied(label="ding.prijs")
    """Wat het kost."""
    doos: Doos | None
    """Waarin het zit."""


@published(label="ding.basis", wire=("rol",))
class Doos:
    """Een doos."""

    maat: int
    """Hoe groot de doos is."""
    inhoud: list[Vondst | None] | None
    """Wat erin zit."""


@published(label="dier.basis", when="dier", wire=("baas",))
class Dier(Vondst):
    """Een dier."""

    naam: str | None = copied(label="dier.basis")
    """Hoe het heet."""
    poten: int | None
    """Hoeveel poten het heeft."""


@published(label="mens.basis", wire=("partner", "kinderen", "verslag", "rol", "dier"))
class Mens:
    """Een mens."""

    bsn: Bsn | None = copied(label="mens.bsn")
    """Het nummer."""
    naam: Naam | None
    """De naam."""
    bijnamen: list[str] | None
    """Andere namen."""
    kleur: Kleur | None
    """De lievelingskleur."""
    kleuren: list[Kleur] | None
    """De kleuren die iemand mooi vindt."""
    leeftijd: int
    """De leeftijd."""
    verblijf: Verblijf | None
    """Waar iemand verblijft."""
    verblijven: list[Verblijf] | None
    """Waar iemand verbleef."""
    vondst: Vondst | None
    """Wat iemand vond."""
    inboedel: list[str] | None = copied("verblijf.kamers.inhoud.naam")
    """Hoe heet wat er in de kamers staat: door twee lijsten heen."""


@published(label="mens.basis", wire=("bsn",))
class VriendEdge:
    """Een vriend in een lijst."""

    node: Mens
    """De vriend zelf."""
    cursor: Cursor
    """De plaats in de lijst."""
    sinds: Datum | None = copied(label="mens.vriendschap")
    """Vanaf wanneer."""
    soort: str | None
    """Wat voor vriend."""


@published(label="verslag.basis", wire=("over", "maker", "dingen", "vondst"))
class Verslag:
    """Een verslag."""

    titel: str
    """De titel."""


# ---- how it is asked --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """One call that a source got."""

    read: str
    keys: tuple[Hashable, ...]
    arguments: tuple[tuple[str, Any], ...]
    paths: tuple[str, ...]


Fault = Callable[[], Exception]


@dataclass(slots=True)
class World:
    """The data of all sources, what fails, what is held up, and the calls so far."""

    tables: Mapping[str, Mapping[str, Any]]
    faults: Mapping[tuple[str, Hashable | None], Fault] = field(default_factory=dict)
    """By read and key; None as key fails the whole read. A batch fails as a whole."""
    absent: frozenset[str] = frozenset()
    """Sources that the municipality does not have."""
    gates: Mapping[str, asyncio.Event] = field(default_factory=dict)
    """By read: what a call of it waits for."""
    calls: list[Asked] = field(default_factory=list)
    running: int = 0
    """Calls under way."""

    async def heard(
        self, name: str, keys: Sequence[Hashable], fields: Fields, arguments: Mapping[str, Any]
    ) -> None:
        """Note a call, hold it up, let it fail."""
        flat = tuple(sorted((key, repr(value)) for key, value in arguments.items()))
        self.calls.append(Asked(name, tuple(keys), flat, fields.paths))
        self.running += 1
        try:
            await asyncio.sleep(0)
            if name in self.gates:
                await self.gates[name].wait()
        finally:
            self.running -= 1
        for key in (None, *keys):
            if (name, key) in self.faults:
                raise self.faults[(name, key)]()

    def good(self, name: str, key: Hashable) -> bool:
        """Whether this read would give this key."""
        return (name, key) not in self.faults and (name, None) not in self.faults


@dataclass(slots=True)
class Shelf:
    """A source: the part of `gateway.source.source.Source` that reads and machine use."""

    name: str
    world: World
    account: Account
    address: str = "http://bron.test"
    span: str = ""
    variant: str = ""
    known_as: str = ""


def sources(world: World) -> Callable[[Ledger], Sources]:
    """What a caller opens sources with."""

    def opened(ledger: Ledger) -> Sources:
        def source(name: str, activity: str) -> Source:
            if name in world.absent:
                raise ConfigurationMissing(name)
            return cast(Source, Shelf(name, world, ledger.account(name)))

        return source

    return opened


def project(value: Any, paths: Sequence[str]) -> Any:
    """The part of an object that stands at these paths; containers stay, were they empty."""
    split = [tuple(path.split(".")) for path in paths]
    return _part(value, split)


def _part(value: Any, paths: Sequence[tuple[str, ...]]) -> Any:
    if () in paths or value is None:
        return value
    if isinstance(value, list):
        return [_part(item, paths) for item in value]
    if not isinstance(value, dict):
        return value
    below: dict[str, list[tuple[str, ...]]] = {}
    for head, *rest in paths:
        below.setdefault(head, []).append(tuple(rest))
    return {name: _part(value[name], rest) for name, rest in below.items() if name in value}


def _urn(_source: Source, value: Any) -> Hashable:
    """`urn:boek` is the key `boek`; anything else is not an address of this source."""
    if isinstance(value, str) and value.startswith("urn:"):
        return value.removeprefix("urn:")
    if isinstance(value, str) and value.startswith("fout:"):
        raise SourceFault("dingen")
    if isinstance(value, str) and ":" not in value:
        return value
    raise ValueError(value)


ONCE = Keep.request(DataClass.PERSONAL)
FOR_ALL = Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=60)
FOR_TENANT = Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=60)


@read("mensen", keep=ONCE, batch=3, about=About.PERSON, resource="mens", gives=Mens)
async def op_nummer(shelf: Shelf, bsns: Sequence[str], fields: Fields) -> Any:
    """People by number, three a call."""
    await shelf.world.heard("op_nummer", bsns, fields, {})
    table = shelf.world.tables["mensen"]
    return {bsn: project(table[bsn], fields.paths) for bsn in bsns if bsn in table}


@read("mensen", keep=ONCE, resource="mens", gives=Mens, about=About.OPEN)
async def mensen_gezocht(
    shelf: Shelf, fields: Fields, *, filter: dict[str, Any] | None, first: int, after: str | None
) -> Brought:
    """A page of people; they come along under their own numbers."""
    await shelf.world.heard(
        "mensen_gezocht", (), fields, {"filter": filter, "first": first, "after": after}
    )
    wanted = (filter or {}).get("kleur")
    found = {
        bsn: project(mens, fields.paths)
        for bsn, mens in shelf.world.tables["mensen"].items()
        if wanted is None or mens.get("kleur") == wanted
    }
    page = page_of(list(found.items()), first, after)
    along = {key: value for key, value in found.items() if shelf.world.good("op_nummer", key)}
    return Brought(page, also={op_nummer: along})


@read("mensen", keep=ONCE, resource="vriend")
async def vrienden(
    shelf: Shelf, bsn: str, fields: Fields, *, first: int, after: str | None
) -> Page | None:
    """A page of somebody's friends, with what the friendship is."""
    await shelf.world.heard("vrienden", [bsn], fields, {"first": first, "after": after})
    table = shelf.world.tables["mensen"]
    known = shelf.world.tables["vrienden"].get(bsn)
    if known is None:
        return None
    pairs = [(friend["bsn"], friend) for friend in known if friend["bsn"] in table]
    page = page_of([(key, project(table[key], fields.paths)) for key, _ in pairs], first, after)
    start = int(after.removeprefix("c")) if after else 0
    edges = [{**friend, "van": bsn} for _, friend in pairs[start : start + first]]
    return Page(page.items, page.cursors, page.has_next, page.total, page.has_previous, edges)


@read("mensen", keep=ONCE, resource="uitspraak")
async def uitspraken(shelf: Shelf, bsn: str, fields: Fields) -> list[Any] | None:
    """What somebody said: a list for one key."""
    await shelf.world.heard("uitspraken", [bsn], fields, {})
    found = shelf.world.tables["uitspraken"].get(bsn)
    return None if found is None else [project(item, fields.paths) for item in found]


@read("dingen", keep=ONCE, batch=2, resource="ding", key_of=_urn, gives=Ding)
async def op_kenmerk(shelf: Shelf, ids: Sequence[str], fields: Fields) -> Found:
    """Things by identification, two a call."""
    await shelf.world.heard("op_kenmerk", ids, fields, {})
    table = shelf.world.tables["dingen"]
    return Found({key: project(table[key], fields.paths) for key in ids if key in table})


@read("dingen", keep=ONCE, resource="ding", gives=Ding)
async def dingen_van(shelf: Shelf, bsn: str, fields: Fields) -> Brought | None:
    """Everything that somebody owns, brought along under its own key."""
    await shelf.world.heard("dingen_van", [bsn], fields, {})
    every = shelf.world.tables["dingen"]
    found = {
        key: project(ding, fields.paths)
        for key, ding in every.items()
        if isinstance(ding, dict) and ding.get("eigenaar") == bsn
    }
    # A batch fails as a whole, so one bad key could take a good one along: then nothing comes.
    whole = not any(name == "op_kenmerk" for name, _ in shelf.world.faults)
    return Brought(list(found.values()), also={op_kenmerk: found if whole else {}})


@read(
    "open",
    keep=Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=60),
    about=About.OPEN,
    resource="dier",
)
async def dieren(shelf: Shelf, id: str, fields: Fields) -> Any:
    """An animal, open to everybody and kept for a minute."""
    await shelf.world.heard("dieren", [id], fields, {})
    return project(shelf.world.tables["dieren"].get(id), fields.paths)


@read("open", keep=ONCE, about=About.OPEN, resource="vondst")
async def vondsten(shelf: Shelf, fields: Fields) -> list[Any]:
    """All finds: a question with neither key nor arguments."""
    await shelf.world.heard("vondsten", (), fields, {})
    return [project(item, fields.paths) for item in shelf.world.tables["vondsten"].values()]


@read(
    "open",
    keep=Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=60),
    resource="verslag",
    gives=Verslag,
)
async def verslagen(shelf: Shelf, id: str, fields: Fields) -> Any:
    """A report."""
    await shelf.world.heard("verslagen", [id], fields, {})
    return project(shelf.world.tables["verslagen"].get(id), fields.paths)


@read("mensen", keep=ONCE, resource="verslag_over", gives=Verslag)
async def verslagen_over(
    shelf: Shelf, bsn: str, fields: Fields, *, soort: str | None
) -> list[Any] | None:
    """The reports about somebody."""
    await shelf.world.heard("verslagen_over", [bsn], fields, {"soort": soort})
    every = shelf.world.tables["verslagen"].values()
    found = [item for item in every if isinstance(item, dict) and item.get("over") == bsn]
    wanted = [item for item in found if soort is None or item.get("soort") == soort]
    return [project(item, fields.paths) for item in wanted]


def page_of(items: Sequence[tuple[str, Any]], first: int, after: str | None) -> Page:
    """A slice of a list; the cursor `c3` stands after the third."""
    start = int(after.removeprefix("c")) if after else 0
    part = items[start : start + first]
    cursors = [f"c{start + number}" for number in range(1, len(part) + 1)]
    more = len(items) > start + first
    return Page([item for _, item in part], cursors, more, len(items), start > 0)


# ---- how it is joined -------------------------------------------------------------------------


@extend(Query)
class Vragen:
    """The root questions."""

    @link(op_nummer, argument="bsn", label="vraag.mens")
    def mens(self, bsn: Annotated[Bsn, "Het nummer."]) -> Mens | None:
        """Een mens."""

    @link(op_nummer, argument="bsns", label="vraag.mens")
    def mensen(
        self, bsns: Annotated[list[Bsn], "De nummers.", ListOf(10)]
    ) -> list[Mens | None] | None:
        """Mensen."""

    @link(mensen_gezocht, label="vraag.zoeken", expected=4)
    def mensen_gezocht(
        self,
        filter: Annotated[Filter | None, "Waaraan zij voldoen."] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Mens] | None:
        """Mensen die voldoen."""

    @link(op_kenmerk, argument="id", label="ding.basis")
    def ding(self, id: Annotated[Identificatie, "Het kenmerk."]) -> Ding | None:
        """Een ding."""

    @link(dieren, argument="id", label="dier.basis")
    def dier(self, id: Annotated[Identificatie, "Het kenmerk."]) -> Dier | None:
        """Een dier."""

    @link(vondsten, label="ding.basis", expected=3)
    def vondsten(self) -> list[Vondst | None] | None:
        """Alle vondsten."""

    @link(verslagen, argument="verslag", through=(op_nummer, "maker"), label="verslag.maker")
    def maker(self, verslag: Annotated[Identificatie, "Het kenmerk."]) -> Mens | None:
        """Wie een verslag maakte."""

    @link(verslagen, argument="verslag", through=(op_kenmerk, "dingen"), label="verslag.dingen")
    def beschreven(self, verslag: Annotated[Identificatie, "Het kenmerk."]) -> list[Ding] | None:
        """Wat in een verslag staat."""

    @link(verslagen, argument="verslagen", through=(op_nummer, "maker"), label="verslag.maker")
    def makers(
        self, verslagen: Annotated[list[Identificatie], "De kenmerken.", ListOf(5)]
    ) -> list[Mens | None] | None:
        """Wie verslagen maakten."""

    @link(uitspraken, argument="bsn", label="vraag.mens")
    def uitspraken(self, bsn: Annotated[Bsn, "Het nummer."]) -> list[Uitspraak | None] | None:
        """Wat iemand zei."""


@extend(Mijn)
class EigenVragen:
    """What is somebody's own."""

    @link(op_nummer, own=Own.BSN, label="vraag.mens")
    def mens(self) -> Mens | None:
        """De mens die vraagt."""

    @link(uitspraken, own=Own.BSN, label="vraag.mens")
    def uitspraken(self) -> list[Uitspraak | None] | None:
        """Wat die zei."""

    @link(vrienden, own=Own.BSN, label="mens.vriendschap", expected=2)
    def vrienden(self, first: First = 20, after: After = None) -> Connection[VriendEdge] | None:
        """De vrienden."""

    @link(verslagen_over, own=Own.BSN, through=(op_nummer, "maker"), label="verslag.maker")
    def makers(
        self, soort: Annotated[Identificatie | None, "Wat voor verslag."] = None
    ) -> list[Mens | None] | None:
        """Wie verslagen over die mens maakten."""

    @link(dingen_van, own=Own.KVK_NUMMER, label="mens.bezit", expected=2)
    def bedrijfsbezit(self) -> list[Ding] | None:
        """Wat een onderneming bezit."""


@published(label="mens.uitspraak", wire=("rol", "ding"))
class Uitspraak:
    """Iets dat iemand zei."""

    tekst: str | None
    """Wat er gezegd is."""
    jaar: int
    """Wanneer."""


@extend(Mens)
class MensLinks:
    """From a human."""

    @link(op_nummer, key="partner", label="mens.partner")
    def partner(self) -> Mens | None:
        """De partner."""

    @link(op_nummer, key="kinderen", label="mens.kinderen", expected=2)
    def kinderen(self) -> list[Mens] | None:
        """De kinderen."""

    @link(op_nummer, key="kinderen", label="mens.kinderen", expected=2)
    def nazaten(self) -> list[Mens | None] | None:
        """De kinderen, met een gat waar er een ontbreekt."""

    @link(vrienden, key="bsn", label="mens.vriendschap", expected=2)
    def vrienden(self, first: First = 20, after: After = None) -> Connection[VriendEdge] | None:
        """De vrienden."""

    @link(dingen_van, key="bsn", label="mens.bezit", expected=2)
    def bezit(self) -> list[Ding] | None:
        """Wat iemand bezit."""

    @link(dingen_van, key="bsn", where=("rol", "rol"), label="mens.bezit", expected=2)
    def gereedschap(self) -> list[Ding] | None:
        """Wat bij iemands rol hoort."""

    @link(dingen_van, key="bsn", where=("kleur", "$kleur"), label="mens.bezit", expected=2)
    def gekleurd(
        self, kleur: Annotated[Kleur | None, "De kleur; weglaten geeft alles."] = None
    ) -> list[Ding] | None:
        """Wat iemand van een kleur bezit."""

    @link(verslagen, key="verslag", through=(op_kenmerk, "dingen"), label="verslag.dingen")
    def besproken(self) -> list[Ding | None] | None:
        """Wat in het verslag over iemand staat."""

    @link(
        verslagen_over,
        key="bsn",
        through=(op_nummer, "maker"),
        label="verslag.maker",
    )
    def makers(
        self, soort: Annotated[Identificatie | None, "Wat voor verslag."] = None
    ) -> list[Mens | None] | None:
        """Wie verslagen over iemand maakten."""

    @link(
        verslagen_over,
        key="bsn",
        through=(uitspraken, "maker"),
        label="verslag.maker",
    )
    def gezegd(
        self, soort: Annotated[Identificatie | None, "Wat voor verslag."] = None
    ) -> list[Uitspraak | None] | None:
        """Wat de makers van verslagen over iemand zeiden."""

    @link(op_nummer, key="verblijf.kamers.inhoud.eigenaar", label="mens.ander", expected=2)
    def leners(self) -> list[Mens] | None:
        """Van wie is wat er in de kamers staat."""

    @link(dieren, key="dier", label="mens.dier")
    def huisdier(self) -> Dier | None:
        """Het huisdier."""

    @link(verslagen_over, key="bsn", label="verslag.basis", expected=2)
    def verslagen(
        self, soort: Annotated[Identificatie | None, "Wat voor verslag."] = None
    ) -> list[Verslag] | None:
        """De verslagen over iemand."""

    @link(vondsten, label="mens.vondsten", expected=3)
    def alles(self) -> list[Vondst | None] | None:
        """Alle vondsten, van wie ook."""

    @link(op_nummer, argument="bsn", label="mens.ander")
    def ander(self, bsn: Annotated[Bsn, "Het nummer."]) -> Mens | None:
        """Een ander mens."""


@extend(Naam)
class NaamLinks:
    """From a name."""

    @link(dieren, key="extra.titel", label="mens.dier")
    def wapendier(self) -> Dier | None:
        """Het dier dat bij een titel hoort."""


@extend(VriendEdge)
class VriendLinks:
    """From a friendship: a link on an edge, whose key stands below its node."""

    @link(dingen_van, key="node.bsn", where=("eigenaar", "bsn"), label="mens.bezit")
    def bezit(self) -> list[Ding] | None:
        """Wat de vriend bezit."""


@extend(Verblijf)
class VerblijfLinks:
    """From any place to stay."""

    @link(op_nummer, key="eigenaar", label="verblijf.eigenaar")
    def eigenaar(self) -> Mens | None:
        """Van wie het is."""


@extend(Huis)
class HuisLinks:
    """From a house alone; a boat has the same property."""

    @link(op_kenmerk, key="ding", label="verblijf.ding")
    def bel(self) -> Ding | None:
        """De bel."""


@extend(Ding)
class DingLinks:
    """From a thing."""

    @link(op_nummer, key="eigenaar", label="ding.eigenaar")
    def eigenaar(self) -> Mens | None:
        """Van wie het is."""

    @link(op_kenmerk, key="onderdelen", label="ding.basis", expected=2)
    def onderdelen(self) -> list[Ding | None] | None:
        """Waaruit het bestaat."""

    @link(verslagen, key="verslag", label="verslag.basis")
    def verslag(self) -> Verslag | None:
        """Het verslag."""

    @link(verslagen, key="verslag", through=(dieren, "vondst"), label="ding.dier")
    def dier(self) -> Dier | None:
        """Het dier in het verslag."""


@extend(Dier)
class DierLinks:
    """From an animal."""

    @link(op_nummer, key="baas", label="dier.baas")
    def baas(self) -> Mens | None:
        """Van wie het is."""


@extend(Verslag)
class VerslagLinks:
    """From a report."""

    @link(op_kenmerk, key="dingen", label="verslag.dingen")
    def dingen(self) -> list[Ding] | None:
        """Wat erin staat."""


def facts() -> Facts:
    """The published schema, made anew: its resolvers are the caller's to set."""
    return assemble([REGISTRY])


@cache
def shared_facts() -> Facts:
    """The published schema, for whoever only reads it."""
    return facts()


def everything() -> frozenset[str]:
    """All labels."""
    return shared_facts().labels


REGISTRY = Registry("toets", "Mensen en dingen.", sys.modules[__name__], {})


# ---- the data ---------------------------------------------------------------------------------

TABLES: Mapping[str, Mapping[str, Any]] = {
    "mensen": {
        ANNA: {
            "bsn": ANNA,
            "naam": {
                "voornaam": "Anna",
                "achternaam": "Aker",
                "extra": {"roepnaam": "Ans", "titel": "leeuw"},
            },
            "bijnamen": ["An", "Annie"],
            "kleur": "rood",
            "kleuren": ["rood", "blauw"],
            "leeftijd": 40,
            "verblijf": {
                "soort": "huis",
                "sinds": "2001-01-01",
                "nummer": 7,
                "eigenaar": BRAM,
                "ding": "urn:bel",
                "kamers": [
                    {
                        "afmeting": {"maat": 12},
                        "inhoud": [
                            {"type": "ding", "id": "kast", "naam": "Kast", "eigenaar": CARLA},
                            {"type": "dier", "naam": "Muis", "poten": 4, "baas": DIRK},
                        ],
                        "pronkstuk": {"type": "dier", "naam": "Poes", "baas": BRAM},
                    },
                    {"afmeting": None, "inhoud": []},
                ],
            },
            "verblijven": [
                {
                    "soort": "boot",
                    "naam": "Loper",
                    "nummer": 3,
                    "eigenaar": ANNA,
                    "ding": "urn:bel",
                },
                {"soort": "tent", "sinds": "2010-05-05", "eigenaar": CARLA, "ding": "urn:boek"},
            ],
            "vondst": {"type": "ding", "id": "munt", "naam": "", "prijs": 5, "eigenaar": BRAM},
            "partner": BRAM,
            "kinderen": [CARLA, DIRK],
            "verslag": "v1",
            "rol": "smid",
            "dier": "leeuw",
        },
        BRAM: {
            "bsn": BRAM,
            "naam": {"achternaam": "Bakker"},
            "leeftijd": 41,
            "partner": ANNA,
            "kinderen": [DIRK, NOBODY, CARLA],
            "kleur": "blauw",
            "rol": "bakker",
            "verslag": "v2",
            "verblijf": {"soort": "schip", "naam": "Reus", "eigenaar": ANNA, "ding": "fout:x"},
        },
        CARLA: {
            "bsn": CARLA,
            "naam": {"voornaam": "Carla", "achternaam": "Aker"},
            "leeftijd": 10,
            "kinderen": [],
            "dier": "muis",
            "kleur": "geel",
            "verblijf": {"soort": "grot", "eigenaar": DIRK},
        },
        DIRK: {
            "bsn": DIRK,
            "naam": None,
            "leeftijd": 8,
            "partner": NOBODY,
            "verslag": "weg",
            "vondst": {"type": "plant"},
            "dier": "draak",
        },
    },
    "vrienden": {
        ANNA: [
            {"bsn": BRAM, "sinds": "1999-09-09", "soort": "oud"},
            {"bsn": CARLA, "soort": "nieuw"},
            {"bsn": DIRK},
        ],
        BRAM: [{"bsn": ANNA, "sinds": "1999-09-09"}],
        CARLA: [],
    },
    "uitspraken": {
        ANNA: [
            {"tekst": "Ja", "jaar": 2001, "rol": "smid"},
            {"tekst": "Nee", "jaar": 2002, "rol": "bakker"},
        ],
        BRAM: [{"tekst": "Ach", "jaar": 2003}],
        CARLA: [],
    },
    "dingen": {
        "boek": {
            "type": "ding",
            "id": "boek",
            "naam": "Boek",
            "maten": {"gewicht": 3},
            "kleur": "",
            "prijs": 10,
            "eigenaar": ANNA,
            "onderdelen": ["urn:bel", "urn:weg", "fout:y", "zie:elders"],
            "verslag": "v2",
            "rol": "smid",
            "doos": {
                "maat": 2,
                "inhoud": [
                    {"type": "dier", "naam": "Mot", "baas": ANNA},
                    {"type": "ding", "id": "los", "naam": "Los"},
                ],
            },
        },
        "bel": {
            "type": "ding",
            "id": "bel",
            "naam": "Bel",
            "kleur": "rood",
            "eigenaar": ANNA,
            "onderdelen": [],
            "rol": "bakker",
            "doos": {},
        },
        "hark": {
            "type": "ding",
            "id": "hark",
            "naam": "Hark",
            "eigenaar": BRAM,
            "onderdelen": ["hark"],
            "verslag": "v1",
            "rol": "bakker",
        },
    },
    "dieren": {
        "leeuw": {"type": "dier", "naam": "Leeuw", "poten": 4, "baas": BRAM},
        "muis": {"type": "dier", "naam": "Muis", "poten": None, "baas": ANNA},
    },
    "vondsten": {
        "1": {"type": "ding", "id": "boek", "naam": "Boek", "eigenaar": ANNA, "prijs": 4},
        "2": {"type": "dier", "naam": "Leeuw", "poten": 4, "baas": CARLA},
        "3": {"type": "steen", "naam": "Kei"},
        "4": {"type": "ding", "id": "bel", "eigenaar": DIRK, "onderdelen": ["urn:bel"]},
    },
    "verslagen": {
        "v1": {
            "titel": "Een",
            "over": ANNA,
            "maker": BRAM,
            "soort": "lang",
            "dingen": ["urn:boek", "bel", "urn:weg"],
            "vondst": "leeuw",
        },
        "v2": {"titel": "Twee", "over": ANNA, "maker": CARLA, "dingen": ["hark"]},
        "v3": {"titel": "Drie", "over": BRAM, "maker": DIRK, "soort": "lang", "dingen": []},
    },
}
