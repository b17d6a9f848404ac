"""What residents and companies hold of the municipality, and what it offers: Open Product."""

from resolvers.producten import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "producten",
    "Producten: wat de gemeente aanbiedt, en wie daar wat van heeft.",
    links,
    dialects={"producten": {}, "producttypen": {}},
    probes={"producten": probe.producten, "producttypen": probe.producttypen},
)
