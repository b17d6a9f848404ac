"""The labels of the WOZ (startup): what data of a valuation reveal, for a privacy officer."""

OBJECT = "woz.object"
"""Which object is valued, where it lies and what it consists of."""
WAARDE = "woz.waarde"
BELANGHEBBENDE = "woz.belanghebbende"
"""Who owns or uses it according to the municipality, and the step to their own record."""
OP_ADRES = "woz.op-adres"
"""The step from an address or an object of the BAG to what is valued there, whoever's it is."""

BSN = "persoon.bsn"
"""As in the BRP: the burgerservicenummer itself, wherever it stands."""

BEDRIJFSEIGENDOM = "bedrijf.eigendom"
"""The step from an organisation to what it owns."""

RAADPLEGEN = "vraag.woz-raadplegen"
"""The questions for objects by their own key or by address."""
OP_EIGENAAR = "vraag.woz-op-eigenaar"
"""The questions for all objects of an organisation."""
