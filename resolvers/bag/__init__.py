"""The Basisregistratie Adressen en Gebouwen, asked at BAG individuele bevragingen v2."""

from resolvers.bag import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "bag",
    "Basisregistratie Adressen en Gebouwen: adressen, gebouwen en wat daarbij hoort.",
    links,
    dialects={
        "bag": {
            "uitgebreid_op_pand": bool,
            "adressen_op_straat": bool,
            "expand": ("nooit", "altijd"),
        }
    },
    probes={"bag": probe.bag},
)
"""What the flags of a tenant file mean:

- `uitgebreid_op_pand`: whether extended addresses can be asked by pand (2.9 and later).
- `adressen_op_straat`: whether addresses can be asked by openbare ruimte (2.7 and later).
- `expand`: whether an address or object brings along what is selected, or all is asked by itself.
"""
