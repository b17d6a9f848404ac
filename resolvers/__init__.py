"""How each registry is asked and joined: one folder a registry, in the order of `REGISTRIES`.

A registry builds only on those before it; a link is declared in the later of its two registries.
"""

from functools import cache

from resolvers import bag, brk, brp, hr, klant, objecten, pdok, producten, verwerkingen, woz, zgw
from schema.language.assemble import names_in
from schema.language.links import Registry
from schema.objecten import Objecttype

REGISTRIES = (
    bag.REGISTRY,
    brp.REGISTRY,
    brk.REGISTRY,
    hr.REGISTRY,
    woz.REGISTRY,
    zgw.REGISTRY,
    klant.REGISTRY,
    objecten.REGISTRY,
    producten.REGISTRY,
    pdok.REGISTRY,
    verwerkingen.REGISTRY,
)


@cache
def registries(objecttypes: tuple[Objecttype, ...] = ()) -> tuple[Registry, ...]:
    """All registries, the objecten with the types that a configuration has."""
    if not objecttypes:
        return REGISTRIES
    others = [each for each in REGISTRIES if each is not objecten.REGISTRY]
    made = objecten.registry(objecttypes, names_in(others))
    return tuple(made if each is objecten.REGISTRY else each for each in REGISTRIES)
