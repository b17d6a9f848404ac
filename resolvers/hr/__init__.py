"""The Handelsregister, asked at KVK Zoeken 2, Basisprofiel 1 and Vestigingsprofiel 1."""

from resolvers.hr import links, links_brk, probe
from schema.language.links import Registry, extensions_of

REGISTRY = Registry(
    "hr",
    "Handelsregister: bedrijven en rechtspersonen, hun vestigingen en eigenaren.",
    [*extensions_of(links), *extensions_of(links_brk)],
    dialects={"kvk": {}},
    probes={"kvk": probe.kvk},
)
