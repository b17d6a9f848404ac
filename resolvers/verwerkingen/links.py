"""How somebody comes to what was done with their data: by being logged in, and no other way."""

from resolvers.verwerkingen.reads import verwerkingen
from schema.language.links import Mijn, Own, extend, link
from schema.language.paging import After, Connection, First
from schema.verwerkingen import VERWERKINGEN, Verwerking


@extend(Mijn)
class MijnVerwerkingen:
    """What was done with their data."""

    @link(verwerkingen, own=Own.BSN, label=VERWERKINGEN)
    def verwerkingen(self, first: First = 20, after: After = None) -> Connection[Verwerking] | None:
        """Wat deze gateway over de inwoner heeft opgevraagd, het nieuwste eerst.

        Ook wat de inwoner zelf vroeg, en wie in een antwoord over anderen meekwam. De laatste
        minuut kan ontbreken, en wat ouder is dan de gemeente bewaart staat er niet in. Draait
        de gateway op meer machines, dan is dit wat die ene deed: het logboek van de gemeente is
        volledig. Leeg voor wie geen inwoner is.
        """
