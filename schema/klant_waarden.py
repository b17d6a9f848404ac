"""The labels and the closed lists of values of Klantinteracties (startup).

Values are those of the Klantinteracties API 0.9.0 (Open Klant 2).
"""

from enum import Enum

import strawberry

BASIS = "klant.basis"
"""That somebody is known as a customer, by which name and numbers: goes with all else."""
CONTACTGEGEVENS = "klant.contactgegevens"
"""Where a customer can be reached: digital addresses and addresses."""
VERTEGENWOORDIGING = "klant.vertegenwoordiging"
"""The step from a customer to whom they act for, and to who acts for them."""
REKENING = "klant.rekeningnummer"
NOTITIE = "klant.notitie"
"""What employees wrote about a customer for each other."""
CONTACTEN = "klant.contacten"
"""That there was contact, when, how, about what subject, and with whom."""
INHOUD = "klant.inhoud"
"""What was said: free text, in which anything may stand."""
TAKEN = "klant.taken"
"""What employees have to do after a contact."""
MEDEWERKER = "klant.medewerker"
"""Which employee, department or system took part."""
BEDRIJF = "klant.bedrijf"
"""The step from a customer to the Handelsregister."""
VAN_BEDRIJF = "bedrijf.klant"
"""The step from a company or vestiging to who it is as a customer."""
OP_ADRES = "klant.op-adres"
"""The step from an address to the customers who gave it as theirs."""

RAADPLEGEN = "vraag.klant-raadplegen"
"""The questions for a customer or a contact by number."""
TAKEN_ZOEKEN = "vraag.klanttaken-zoeken"
"""The question for tasks of whatever customers."""


@strawberry.enum(description="Wat voor klant een partij is.")
class SoortPartij(Enum):
    PERSOON = strawberry.enum_value("persoon", description="Een mens.")
    ORGANISATIE = strawberry.enum_value(
        "organisatie", description="Een onderneming, vestiging of andere organisatie."
    )
    CONTACTPERSOON = strawberry.enum_value(
        "contactpersoon", description="Een mens die voor een organisatie contact heeft."
    )


@strawberry.enum(description="Waarlangs iemand digitaal bereikbaar is.")
class SoortDigitaalAdres(Enum):
    EMAIL = strawberry.enum_value("email", description="Een e-mailadres.")
    TELEFOONNUMMER = strawberry.enum_value("telefoonnummer", description="Een telefoonnummer.")
    OVERIG = strawberry.enum_value("overig", description="Iets anders; de omschrijving zegt wat.")


@strawberry.enum(description="Als wat iemand aan een klantcontact deelnam.")
class RolBetrokkene(Enum):
    KLANT = strawberry.enum_value("klant", description="Voor zichzelf.")
    VERTEGENWOORDIGER = strawberry.enum_value(
        "vertegenwoordiger", description="Voor een ander, die zelf niet deelnam."
    )


@strawberry.enum(description="Hoe ver een interne taak is.")
class StatusInterneTaak(Enum):
    TE_VERWERKEN = strawberry.enum_value("te_verwerken", description="Er moet nog iets gebeuren.")
    VERWERKT = strawberry.enum_value("verwerkt", description="De taak is klaar.")


@strawberry.enum(description="Wat voor deelnemer van de kant van de gemeente het is.")
class SoortActor(Enum):
    MEDEWERKER = strawberry.enum_value("medewerker", description="Een medewerker.")
    GEAUTOMATISEERDE_ACTOR = strawberry.enum_value(
        "geautomatiseerde_actor", description="Een systeem dat zelf handelt."
    )
    ORGANISATORISCHE_EENHEID = strawberry.enum_value(
        "organisatorische_eenheid", description="Een afdeling of team."
    )
