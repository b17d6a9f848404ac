"""The Basisregistratie Personen, asked at BRP Personen, Bewoning, Historie and Reisdocumenten 2."""

from resolvers.brp import links, links_beside, probe
from schema.language.links import Registry, extensions_of

REGISTRY = Registry(
    "brp",
    "Basisregistratie Personen: personen, hun relaties, waar zij verblijven en verbleven, en hun "
    "reisdocumenten.",
    [*extensions_of(links), *extensions_of(links_beside)],
    dialects={
        "brp": {"buitenlandse_adressen": bool},
        "brp-bewoning": {},
        "brp-historie": {},
        "brp-reisdocumenten": {},
    },
    probes={
        "brp": probe.brp,
        "brp-bewoning": probe.bewoning,
        "brp-historie": probe.historie,
        "brp-reisdocumenten": probe.reisdocumenten,
    },
)
