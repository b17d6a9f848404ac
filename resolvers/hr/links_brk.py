"""How the Kadaster leads to the Handelsregister (startup).

There is no way back: the BRK cannot be asked by RSIN or KVK-nummer.
"""

from __future__ import annotations

from resolvers.hr.reads import bedrijf_op_kvk_nummer, bedrijf_op_rsin
from schema.brk_labels import BEDRIJF
from schema.brk_personen import IngeschrevenNietNatuurlijkPersoon
from schema.hr import Bedrijf
from schema.language.links import extend, link


@extend(IngeschrevenNietNatuurlijkPersoon)
class IngeschrevenNietNatuurlijkPersoonLinks:
    """From an organisation that has a right to the Handelsregister."""

    @link(
        bedrijf_op_rsin,
        key="identificatie",
        through=(bedrijf_op_kvk_nummer, "kvkNummer"),
        label=BEDRIJF,
    )
    def bedrijf(self) -> Bedrijf | None:
        """Het bedrijf in het Handelsregister; leeg als dat het RSIN niet kent."""
