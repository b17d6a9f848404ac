"""The Basisregistratie Adressen en Gebouwen, asked at BAG individuele bevragingen v2."""

from resolvers.bag import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "bag",
    "Basisregistratie Adressen en Gebouwen: adressen, gebouwen en wat daarbij hoort.",
    links,
    dialects={"bag": {"uitgebreid_op_pand": bool}},
    probes={"bag": probe.bag},
)
