"""The gateway's own account, as the person sees it of whom something was asked.

Its source is the gateway itself (gateway.account), so no municipality's file has it.
"""

from resolvers.verwerkingen import links
from schema.language.links import Registry

REGISTRY = Registry(
    "verwerkingen",
    "Verwerkingen: wat deze gateway over iemand heeft opgevraagd, en waarvoor.",
    links,
    dialects={},
)
