"""The Basisregistratie Kadaster, asked at BRK bevragen v2."""

from resolvers.brk import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "brk",
    "Basisregistratie Kadaster: percelen en appartementsrechten, en wie er welk recht op heeft.",
    links,
    dialects={"brk": {}},
    probes={"brk": probe.brk},
)
