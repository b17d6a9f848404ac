"""Zaken, documents and besluiten of the municipality and the catalogus they are made after."""

from resolvers.zgw import links, links_documenten, links_registers, probe, probe_notificaties
from resolvers.zgw.genoemd import KVK_NUMMER_IN, VESTIGINGSNUMMER_IN
from resolvers.zgw.notifications import NOTIFICATIONS
from resolvers.zgw.reads_documenten import inhoud
from resolvers.zgw.zeef import LIMITS
from schema.documenten import STREAM
from schema.language.links import Registry, extensions_of

REGISTRY = Registry(
    "zgw",
    "Zaken van de gemeente met hun documenten, besluiten en zaaktypen, uit de vier ZGW-API's.",
    [
        *extensions_of(links),
        *extensions_of(links_documenten),
        *extensions_of(links_registers),
    ],
    dialects={
        "zaken": {
            "variant": ("standaard", "openzaak"),
            "paginagrootte": int,
            "expand": ("nooit", "altijd"),
            "veldselectie": bool,
            "catalogi_url": str,
            "bag_url": str,
            "kvk_nummer_in": KVK_NUMMER_IN,
            "vestigingsnummer_in": VESTIGINGSNUMMER_IN,
        },
        "catalogi": {"variant": ("standaard", "openzaak"), "paginagrootte": int},
        "documenten": {"variant": ("standaard", "openzaak"), "paginagrootte": int},
        "besluiten": {
            "variant": ("standaard", "openzaak"),
            "paginagrootte": int,
            "zaken_url": str,
        },
        "notificaties": {},
    },
    probes={
        "zaken": probe.zaken,
        "catalogi": probe.catalogi,
        "documenten": probe.documenten,
        "besluiten": probe.besluiten,
        "notificaties": probe_notificaties.notificaties,
    },
    streams={STREAM: inhoud},
    notifications=NOTIFICATIONS,
    several=frozenset({"zaken", "catalogi", "documenten", "besluiten"}),
    inzage=LIMITS,
)
"""What the flags of a tenant file mean:

- `variant`: what the standard prescribes, or what Open Zaak offers beyond it.
- `paginagrootte`: the longest page that is asked of Open Zaak, 1 to 500 (standard 100).
- `expand`: whether a zaak brings along what hangs under it, or everything is asked by itself.
- `veldselectie`: whether zaken are asked for the fields that are needed and no others, which the
  standard has from 1.6. They then bring along what hangs under them, unless `expand` says never.
- `catalogi_url`: where the Catalogi API stands according to zaken, if that is not beside them.
- `zaken_url`: where the Zaken API stands according to besluiten, if that is not beside them.
- `bag_url`: how zaakobjecten write the address of the BAG, if that is not Kadaster's own.
- `kvk_nummer_in`: in which property of an organisation zaken have its KVK-nummer.
- `vestigingsnummer_in`: which kind of betrokkene a vestiging is in zaken.
"""
