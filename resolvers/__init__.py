"""How each registry is asked and joined: one folder a registry, in the order of `REGISTRIES`.

A registry builds only on those before it; a link is declared in the later of its two registries.
"""

from resolvers import bag, brp, zgw

REGISTRIES = (bag.REGISTRY, brp.REGISTRY, zgw.REGISTRY)
