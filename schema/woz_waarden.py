"""The closed list of values of the WOZ, as an enum (startup). WOZ bevragen 1.0."""

from enum import Enum

import strawberry


@strawberry.enum(description="Hoe het met een WOZ-beschikking staat.")
class StatusBeschikking(Enum):
    BESCHIKKING_GENOMEN = strawberry.enum_value(
        "beschikking_genomen", description="De gemeente heeft de waarde vastgesteld."
    )
    BESCHIKKING_VERNIETIGD = strawberry.enum_value(
        "beschikking_vernietigd", description="De beschikking geldt niet meer."
    )
    BESCHIKKING_HERZIEN = strawberry.enum_value(
        "beschikking_herzien", description="De gemeente heeft de waarde herzien."
    )
    BEZWAAR_INGEDIEND = strawberry.enum_value(
        "bezwaar_ingediend", description="Er loopt een bezwaar."
    )
    BEZWAAR_GEHANDHAAFD = strawberry.enum_value(
        "bezwaar_gehandhaafd", description="Na bezwaar is de waarde gebleven."
    )
    BEZWAAR_VERANDERD = strawberry.enum_value(
        "bezwaar_veranderd", description="Na bezwaar is de waarde veranderd."
    )
    WAARDE_AMBTSHALVE_VERMINDERD = strawberry.enum_value(
        "waarde_ambtshalve_verminderd",
        description="De gemeente heeft de waarde uit zichzelf verlaagd.",
    )
    BEROEP_AANGETEKEND = strawberry.enum_value(
        "beroep_aangetekend", description="Er loopt een beroep."
    )
    BEROEP_GEHANDHAAFD = strawberry.enum_value(
        "beroep_gehandhaafd", description="Na beroep is de waarde gebleven."
    )
    BEROEP_VERANDERD = strawberry.enum_value(
        "beroep_veranderd", description="Na beroep is de waarde veranderd."
    )
    HOGER_BEROEP_AANGETEKEND = strawberry.enum_value(
        "hoger_beroep_aangetekend", description="Er loopt een hoger beroep."
    )
    HOGER_BEROEP_GEHANDHAAFD = strawberry.enum_value(
        "hoger_beroep_gehandhaafd", description="Na hoger beroep is de waarde gebleven."
    )
    HOGER_BEROEP_VERANDERD = strawberry.enum_value(
        "hoger_beroep_veranderd", description="Na hoger beroep is de waarde veranderd."
    )
    CASSATIE_INGESTELD = strawberry.enum_value(
        "cassatie_ingesteld", description="De zaak ligt bij de Hoge Raad."
    )
    HOGE_RAAD_GEHANDHAAFD = strawberry.enum_value(
        "hoge_raad_gehandhaafd", description="De Hoge Raad heeft de waarde gelaten."
    )
    HOGE_RAAD_VERANDERD = strawberry.enum_value(
        "hoge_raad_veranderd", description="De Hoge Raad heeft de waarde veranderd."
    )
    HOGE_RAAD_GEDING_VERWEZEN = strawberry.enum_value(
        "hoge_raad_geding_verwezen", description="De Hoge Raad heeft de zaak teruggewezen."
    )
    VOORLOPIGE_AANSLAG = strawberry.enum_value(
        "voorlopige_aanslag", description="De waarde dient alleen voor een voorlopige aanslag."
    )
