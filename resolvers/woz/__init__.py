"""The WOZ, asked at the Landelijke Voorziening WOZ: WOZ bevragen v1."""

from resolvers.woz import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "woz",
    "Waardering onroerende zaken: objecten, hun waarden en wie er belang bij heeft.",
    links,
    dialects={"woz": {}},
    probes={"woz": probe.woz},
)
