"""The PDOK Locatieserver, which completes what somebody types of an address."""

from resolvers.pdok import links, probe
from schema.language.links import Registry

REGISTRY = Registry(
    "pdok",
    "PDOK Locatieserver: plaatsen om uit te kiezen bij het typen van een adres.",
    links,
    dialects={"pdok": {}},
    probes={"pdok": probe.pdok},
)
