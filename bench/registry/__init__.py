"""The register of posts and users that gateways are measured with (startup).

Declared as a municipality's register would be, and known to the measurements only: what the product
publishes stands in `resolvers.REGISTRIES`, and this never does.
"""

from bench.registry import links
from schema.language.links import Registry

POSTS = Registry(
    "posts",
    "Berichten en hun schrijvers, om mee te meten.",
    links,
    dialects={"posts": {}},
)
