"""A small schema with every kind of field there is, so that random documents meet them together."""

from __future__ import annotations

import sys
from enum import Enum
from typing import Annotated, Any

import strawberry

from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, read
from gateway.source.source import Source
from schema.language.assemble import assemble
from schema.language.content import Content
from schema.language.declare import (
    OTHERWISE,
    copied,
    derived,
    one_of,
    published,
    source_name,
)
from schema.language.errors import NoValue
from schema.language.facts import Facts
from schema.language.links import ListOf, Registry, extend, link
from schema.language.scalars import (
    Bsn,
    Downloadlink,
    Geometrie,
    Getal,
    Huisnummer,
    Identificatie,
    JsonObject,
    PersoonRef,
)

ONCE = Keep.request(DataClass.OPEN)
LABEL = "dicht"


@strawberry.enum(description="Een soort.")
class Soort(Enum):
    """Some kinds."""

    EEN = strawberry.enum_value("een", description="Een.")
    TWEE = strawberry.enum_value("twee", description="Twee.")


@published(label="")
class Query:
    """De vragen."""


@one_of(by="is", label=LABEL, wire=("sleutel", "rol"))
class Vorm:
    """Een vorm."""

    naam: str | None
    """De naam."""
    binnen: Vorm | None
    """Wat erin zit."""


@published(label=LABEL, when=("punt", 1))
class Punt(Vorm):
    """Een punt."""

    x: int
    """De plaats."""
    y: float | None
    """De hoogte."""


@published(label=LABEL, when=OTHERWISE, blank_is_absent=True)
class Vlak(Vorm):
    """Een vlak."""

    randen: list[str | None] | None
    """De randen."""
    kleur: str
    """De kleur."""
    soort: Soort | None
    """De soort."""


@published(label=LABEL, wire=("sleutel", "sleutels", "rol", "nummer", "adres.sleutel"))
class Ding:
    """Een ding."""

    id: strawberry.ID
    """Het kenmerk."""
    naam: str | None
    """De naam."""
    getal: Getal | None
    """Een getal."""
    huis: Huisnummer | None = copied("adres.huis")
    """Het huis."""
    aan: bool | None
    """Of het aan staat."""
    soort: Soort
    """De soort."""
    soorten: list[Soort] | None
    """De soorten."""
    maten: list[int] | None
    """De maten."""
    geometrie: Geometrie | None
    """De plaats."""
    lagen: list[JsonObject | None] | None
    """Wat er verder is."""
    wie: PersoonRef | None = copied("nummer")
    """De persoon."""
    delen: list[Vorm] | None
    """De delen."""
    hoofddeel: Vlak | None
    """Het grootste deel."""
    bron: str | None = source_name()

    @derived(sealed="beelden", label="dicht.beeld")
    def beeld(naam: str | None) -> Downloadlink | None:
        """Het beeld."""
        return Downloadlink(Content((naam,))) if naam else None

    @derived(effort=lambda naam: len(str(naam)), label="dicht.moeite")
    def moeite(naam: str | None) -> str | None:
        """Wat moeite kost."""
        return naam

    @derived
    def bekend(naam: str | None, getal: Getal | None) -> bool:
        """Of er iets van bekend is."""
        return (naam, getal) != (None, None)

    @derived
    def dubbel(getal: Getal | None) -> Getal | None:
        """Twee keer het getal."""
        if getal is not None and float(getal) == 3:
            raise NoValue("TE_GROOT", "Dat is te groot.")
        return None if getal is None else Getal(getal * 2)


@read("zaken", keep=ONCE, gives=Ding)
async def een_ding(source: Source, key: str, fields: Fields) -> Any:
    """A thing by key."""


@read("zaken", keep=ONCE, gives=Ding)
async def veel_dingen(source: Source, key: str, fields: Fields) -> Any:
    """Things by key."""


@read("catalogi", keep=ONCE, gives=Vorm)
async def een_vorm(source: Source, key: str, fields: Fields) -> Any:
    """A shape by key."""


@read("zaken", keep=ONCE, gives=Ding)
async def elk_ding(source: Source, fields: Fields) -> Any:
    """All things."""


@extend(Query)
class Vragen:
    """The root questions."""

    @link(een_ding, argument="id", label=LABEL)
    def ding(self, id: Annotated[Identificatie, "Het kenmerk."]) -> Ding | None:
        """Een ding."""

    @link(een_ding, argument="bsns", label=LABEL)
    def dingen(
        self, bsns: Annotated[list[Bsn], "De nummers.", ListOf(9)]
    ) -> list[Ding | None] | None:
        """Dingen."""

    @link(elk_ding, label=LABEL, where=("soort", "$soort"))
    def alle(self, soort: Annotated[Soort | None, "De soort."] = None) -> list[Ding] | None:
        """Alle dingen."""


@extend(Ding)
class DingLinks:
    """Onward."""

    @link(een_ding, key="sleutel", label=LABEL)
    def ouder(self) -> Ding | None:
        """Waar het bij hoort."""

    @link(een_ding, key="sleutels", label=LABEL)
    def familie(self) -> list[Ding | None] | None:
        """Wat erbij hoort."""

    @link(veel_dingen, key="sleutel", label="dicht.gelijk", where=("rol", "rol"))
    def gelijken(self) -> list[Ding] | None:
        """Wat dezelfde rol heeft."""

    @link(een_vorm, key="adres.sleutel", label=LABEL)
    def vorm(self) -> Vorm | None:
        """De vorm."""

    @link(een_ding, key="sleutel", through=(een_vorm, "sleutel"), label=LABEL)
    def verder(self) -> Vorm | None:
        """De vorm van de ouder."""


@extend(Vorm)
class VormLinks:
    """Back."""

    @link(een_ding, key="sleutel", label=LABEL)
    def van(self) -> Ding | None:
        """Waarvan dit de vorm is."""


def facts() -> Facts:
    """The schema of it."""
    made = Registry("dicht", "Dicht.", sys.modules[__name__], {}, streams={"beelden": object()})
    return assemble([made], Query)
