"""Values that stand everywhere in the BRK: codes, fractions, amounts, kinds of right (startup).

Values are those of BRK bevragen 2.0.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.brk_labels import OBJECT
from schema.language.declare import published


@published(label=OBJECT)
class WaardeBrk:
    """Een waarde uit een waardelijst van het Kadaster."""

    code: str | None
    """De code in de waardelijst."""
    waarde: str | None
    """Wat de code betekent."""


@published(label=OBJECT)
class Breuk:
    """Een aandeel als breuk."""

    teller: int | None
    """Het aantal delen."""
    noemer: int | None
    """Waarvan het er zoveel zijn."""


@published(label=OBJECT)
class BedragBrk:
    """Een bedrag in een valuta."""

    som: float | None
    """Het bedrag, met hoogstens twee decimalen."""
    valuta: WaardeBrk | None
    """De valuta."""


@strawberry.enum(description="De aard van een zakelijk recht, naar wie het heeft.")
class TypeGerechtigde(Enum):
    BEKLEMRECHTHOUDER = strawberry.enum_value(
        "beklemrechthouder", description="Beklemrecht: eeuwigdurend gebruik tegen vaste huur."
    )
    EIGENAAR = strawberry.enum_value("eigenaar", description="Eigendom.")
    ERFPACHTER = strawberry.enum_value(
        "erfpachter", description="Erfpacht: gebruik van andermans grond, meestal tegen canon."
    )
    GEBRUIK_BEWONING = strawberry.enum_value(
        "gebruik_bewoning", description="Gebruik en bewoning voor zichzelf en het gezin."
    )
    GRONDRENTE = strawberry.enum_value("grondrente", description="Grondrente.")
    OPSTALHOUDER = strawberry.enum_value(
        "opstalhouder", description="Opstal: eigendom van wat op andermans grond staat."
    )
    VADERLANDSRECHT = strawberry.enum_value(
        "vaderlandsrecht", description="Een oud-vaderlands recht."
    )
    ARTIKEL5_3B_GEHEEL = strawberry.enum_value(
        "artikel5_3b_geheel",
        description="Een recht volgens artikel 5, lid 3, onder b, Belemmeringenwet Privaatrecht.",
    )
    STADSMEIERRECHT = strawberry.enum_value("stadsmeierrecht", description="Stadsmeierrecht.")
    VRUCHTGEBRUIKER = strawberry.enum_value(
        "vruchtgebruiker", description="Vruchtgebruik: gebruik en opbrengst van andermans goed."
    )
    ERFPACHTER_OPSTALHOUDER = strawberry.enum_value(
        "erfpachter_opstalhouder", description="Erfpacht en opstal samen."
    )
    NUTSVOORZIENINGEN = strawberry.enum_value(
        "nutsvoorzieningen", description="Opstal voor nutsvoorzieningen, zoals leidingen."
    )
    BRONDOCUMENT = strawberry.enum_value(
        "brondocument", description="Staat alleen in het brondocument."
    )
    TWEE_BELASTINGEN = strawberry.enum_value(
        "twee_belastingen", description="Een recht na twee of meer zakelijke belastingen."
    )
    BELASTING_DERDE = strawberry.enum_value(
        "belasting_derde", description="Een recht bij een derde of volgende zakelijke belasting."
    )
    BP_RECHT = strawberry.enum_value(
        "bp_recht", description="Een recht volgens de Belemmeringenwet Privaatrecht."
    )
    NUTSVOORZIENINGEN_GEDEELTE = strawberry.enum_value(
        "nutsvoorzieningen_gedeelte",
        description="Opstal voor nutsvoorzieningen op een gedeelte van een perceel.",
    )
    ARTIKEL5_3B = strawberry.enum_value(
        "artikel5_3b",
        description="Als artikel5_3b_geheel, op een gedeelte van een perceel.",
    )


@strawberry.enum(
    description="Of een kadastraal onroerende zaak grond is of een deel van een gebouw."
)
class TypeKadastraalOnroerendeZaak(Enum):
    PERCEEL = strawberry.enum_value("perceel", description="Een stuk grond.")
    APPARTEMENTSRECHT = strawberry.enum_value(
        "appartementsrecht",
        description="Het recht op een deel van een gesplitst gebouw of perceel.",
    )


@strawberry.enum(description="Het geslacht, zoals het Kadaster het vastlegde.")
class GeslachtKadaster(Enum):
    MAN = strawberry.enum_value("man", description="Man.")
    VROUW = strawberry.enum_value("vrouw", description="Vrouw.")
    ONBEKEND = strawberry.enum_value("onbekend", description="Niet bekend.")
