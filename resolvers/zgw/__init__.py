"""Zaken of the municipality and the catalogus they are made after, asked at the ZGW APIs."""

from resolvers.zgw import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "zgw",
    "Zaken van de gemeente en hun zaaktypen, uit de Zaken API en de Catalogi API.",
    links,
    dialects={
        "zaken": {
            "variant": ("standaard", "openzaak"),
            "paginagrootte": int,
            "expand": ("nooit", "altijd"),
            "catalogi_url": str,
            "bag_url": str,
        },
        "catalogi": {"variant": ("standaard", "openzaak"), "paginagrootte": int},
    },
    probes={"zaken": probe.zaken, "catalogi": probe.catalogi},
)
"""What the flags of a tenant file mean:

- `variant`: what the standard prescribes, or what Open Zaak offers beyond it.
- `paginagrootte`: the longest page that is asked of Open Zaak, 1 to 500 (standard 100).
- `expand`: whether a zaak brings along what hangs under it, or everything is asked by itself.
- `catalogi_url`: where the Catalogi API stands according to zaken, if that is not beside them.
- `bag_url`: how zaakobjecten write the address of the BAG, if that is not Kadaster's own.
"""
