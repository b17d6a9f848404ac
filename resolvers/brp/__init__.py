"""The Basisregistratie Personen, asked at BRP Personen bevragen v2."""

from resolvers.brp import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "brp",
    "Basisregistratie Personen: personen, hun relaties en waar zij verblijven.",
    links,
    dialects={"brp": {"buitenlandse_adressen": bool}},
    probes={"brp": probe.brp},
)
