"""What residents and companies hold of the municipality, and what it offers: Open Product."""

from resolvers.producten import links, links_bedrijven, probe
from schema.language.links import Registry, extensions_of

REGISTRY = Registry(
    "producten",
    "Producten: wat de gemeente aanbiedt, en wie daar wat van heeft.",
    [*extensions_of(links), *extensions_of(links_bedrijven)],
    dialects={"producten": {}, "producttypen": {}},
    probes={"producten": probe.producten, "producttypen": probe.producttypen},
    several=frozenset({"producten", "producttypen"}),
)
