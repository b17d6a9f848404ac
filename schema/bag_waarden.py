"""The closed lists of values of the BAG, as enums (startup).

Values are those of the catalogue BAG 2018 as the API writes them (BAG individuele bevragingen 2.6).
"""

from enum import Enum

import strawberry


@strawberry.enum(description="De soort van een adresseerbaar object.")
class TypeAdresseerbaarObject(Enum):
    VERBLIJFSOBJECT = strawberry.enum_value(
        "Verblijfsobject", description="Een eenheid van gebruik in een of meer panden."
    )
    LIGPLAATS = strawberry.enum_value(
        "Ligplaats", description="Een plaats in het water voor een drijvend object."
    )
    STANDPLAATS = strawberry.enum_value(
        "Standplaats", description="Een terrein voor een verplaatsbare ruimte, zoals een woonwagen."
    )


@strawberry.enum(
    description="Hoe ver een verblijfsobject, ligplaats of standplaats in zijn levensloop is."
)
class StatusAdresseerbaarObject(Enum):
    VERBLIJFSOBJECT_GEVORMD = strawberry.enum_value(
        "Verblijfsobject gevormd", description="Vergund, maar nog niet in gebruik."
    )
    NIET_GEREALISEERD_VERBLIJFSOBJECT = strawberry.enum_value(
        "Niet gerealiseerd verblijfsobject", description="Vergund, maar er nooit gekomen."
    )
    VERBLIJFSOBJECT_IN_GEBRUIK_NIET_INGEMETEN = strawberry.enum_value(
        "Verblijfsobject in gebruik (niet ingemeten)",
        description="In gebruik; de gemeente heeft het nog niet ingemeten.",
    )
    VERBLIJFSOBJECT_IN_GEBRUIK = strawberry.enum_value(
        "Verblijfsobject in gebruik", description="In gebruik en ingemeten."
    )
    VERBOUWING_VERBLIJFSOBJECT = strawberry.enum_value(
        "Verbouwing verblijfsobject", description="Wordt verbouwd met een vergunning."
    )
    VERBLIJFSOBJECT_INGETROKKEN = strawberry.enum_value(
        "Verblijfsobject ingetrokken", description="Bestaat niet meer als eenheid van gebruik."
    )
    VERBLIJFSOBJECT_BUITEN_GEBRUIK = strawberry.enum_value(
        "Verblijfsobject buiten gebruik", description="Staat er, maar kan niet worden gebruikt."
    )
    VERBLIJFSOBJECT_TEN_ONRECHTE_OPGEVOERD = strawberry.enum_value(
        "Verblijfsobject ten onrechte opgevoerd", description="Had niet geregistreerd moeten zijn."
    )
    PLAATS_AANGEWEZEN = strawberry.enum_value(
        "Plaats aangewezen", description="De gemeente heeft de plaats aangewezen."
    )
    PLAATS_INGETROKKEN = strawberry.enum_value(
        "Plaats ingetrokken", description="De gemeente heeft de aanwijzing ingetrokken."
    )


@strawberry.enum(description="Hoe ver een pand in zijn levensloop is.")
class StatusPand(Enum):
    BOUWVERGUNNING_VERLEEND = strawberry.enum_value(
        "Bouwvergunning verleend", description="Er is een vergunning om het te bouwen."
    )
    NIET_GEREALISEERD_PAND = strawberry.enum_value(
        "Niet gerealiseerd pand", description="Vergund, maar nooit gebouwd."
    )
    BOUW_GESTART = strawberry.enum_value("Bouw gestart", description="Er is met de bouw begonnen.")
    PAND_IN_GEBRUIK_NIET_INGEMETEN = strawberry.enum_value(
        "Pand in gebruik (niet ingemeten)",
        description="Gereed; de gemeente heeft het nog niet ingemeten.",
    )
    PAND_IN_GEBRUIK = strawberry.enum_value("Pand in gebruik", description="Gereed en ingemeten.")
    VERBOUWING_PAND = strawberry.enum_value(
        "Verbouwing pand", description="Wordt verbouwd met een vergunning."
    )
    SLOOPVERGUNNING_VERLEEND = strawberry.enum_value(
        "Sloopvergunning verleend", description="Er is een vergunning om het te slopen."
    )
    PAND_GESLOOPT = strawberry.enum_value("Pand gesloopt", description="Is er niet meer.")
    PAND_BUITEN_GEBRUIK = strawberry.enum_value(
        "Pand buiten gebruik", description="Staat er, maar kan niet worden gebruikt."
    )
    PAND_TEN_ONRECHTE_OPGEVOERD = strawberry.enum_value(
        "Pand ten onrechte opgevoerd", description="Had niet geregistreerd moeten zijn."
    )


@strawberry.enum(description="Of de naam of het nummer nog geldt.")
class StatusNaamgeving(Enum):
    NAAMGEVING_UITGEGEVEN = strawberry.enum_value(
        "Naamgeving uitgegeven", description="De gemeente heeft naam of nummer toegekend."
    )
    NAAMGEVING_INGETROKKEN = strawberry.enum_value(
        "Naamgeving ingetrokken", description="De gemeente heeft naam of nummer ingetrokken."
    )


@strawberry.enum(description="Of de woonplaats nog is aangewezen.")
class StatusWoonplaats(Enum):
    WOONPLAATS_AANGEWEZEN = strawberry.enum_value(
        "Woonplaats aangewezen", description="De gemeente heeft de woonplaats aangewezen."
    )
    WOONPLAATS_INGETROKKEN = strawberry.enum_value(
        "Woonplaats ingetrokken", description="De gemeente heeft de aanwijzing ingetrokken."
    )


@strawberry.enum(description="De aard van een openbare ruimte.")
class TypeOpenbareRuimte(Enum):
    WEG = strawberry.enum_value("Weg", description="Een weg, straat of plein.")
    WATER = strawberry.enum_value("Water", description="Een vaart, gracht, haven of ander water.")
    SPOORBAAN = strawberry.enum_value("Spoorbaan", description="Een spoorlijn.")
    TERREIN = strawberry.enum_value("Terrein", description="Een terrein, zoals een park.")
    KUNSTWERK = strawberry.enum_value(
        "Kunstwerk", description="Een civieltechnisch werk, zoals een brug of sluis."
    )
    LANDSCHAPPELIJK_GEBIED = strawberry.enum_value(
        "Landschappelijk gebied", description="Een gebied met een eigen landschap."
    )
    ADMINISTRATIEF_GEBIED = strawberry.enum_value(
        "Administratief gebied", description="Een gebied met een bestuurlijke grens."
    )


@strawberry.enum(description="Waarvoor een verblijfsobject volgens de vergunning is bestemd.")
class Gebruiksdoel(Enum):
    WOONFUNCTIE = strawberry.enum_value("woonfunctie", description="Wonen.")
    BIJEENKOMSTFUNCTIE = strawberry.enum_value(
        "bijeenkomstfunctie", description="Samenkomen, zoals een kerk, café of zaal."
    )
    CELFUNCTIE = strawberry.enum_value("celfunctie", description="Dwangverblijf van mensen.")
    GEZONDHEIDSZORGFUNCTIE = strawberry.enum_value(
        "gezondheidszorgfunctie", description="Medisch onderzoek, verpleging of behandeling."
    )
    INDUSTRIEFUNCTIE = strawberry.enum_value(
        "industriefunctie", description="Bedrijfsmatig maken, bewerken of opslaan."
    )
    KANTOORFUNCTIE = strawberry.enum_value("kantoorfunctie", description="Administratief werk.")
    LOGIESFUNCTIE = strawberry.enum_value(
        "logiesfunctie", description="Tijdelijk onderdak, zoals een hotel."
    )
    ONDERWIJSFUNCTIE = strawberry.enum_value("onderwijsfunctie", description="Onderwijs.")
    SPORTFUNCTIE = strawberry.enum_value("sportfunctie", description="Sport.")
    WINKELFUNCTIE = strawberry.enum_value(
        "winkelfunctie", description="Verkoop en dienstverlening."
    )
    OVERIGE_GEBRUIKSFUNCTIE = strawberry.enum_value(
        "overige gebruiksfunctie", description="Al het andere, zoals een garage."
    )
