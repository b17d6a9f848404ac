"""The whole sandbox as one Starlette app: every registry under its own path; composed at startup.

``/bag``, ``/brp`` (and beside it ``/brp-bewoning``, ``/brp-historie``, ``/brp-reisdocumenten``),
``/brk``, ``/woz``, ``/kvk``, ``/zaken/api/v1``, ``/catalogi/api/v1``, ``/klantinteracties/api/v1``,
``/producten/api/v1``, ``/producttypen/api/v1``, ``/notificaties/api/v1``, ``/pdok``, and
``/_sandbox`` to make them slow or broken, or to change a zaak. Some of them have a second door, as
other vendors make it: see `sandbox.other_doors`; and ``/sociaal/...`` is a second system with other
zaken: see `sandbox.second_system`.
"""

import time
from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from sandbox.bag import bag_app
from sandbox.brk import brk_app
from sandbox.brk_register import Kadaster
from sandbox.brp import brp_app
from sandbox.brp_bewoning import bewoning_app
from sandbox.brp_historie import historie_app
from sandbox.brp_reisdocumenten import reisdocumenten_app
from sandbox.cases import Cases, build_cases
from sandbox.control import control_route
from sandbox.control_zaken import change_route
from sandbox.faults import Faults, Faulty
from sandbox.klant import klant_app
from sandbox.kvk import kvk_app
from sandbox.notificaties import PATH as NOTIFICATIES_PATH
from sandbox.notificaties import Notificaties
from sandbox.objecten import objecten_app, objecttypen_app
from sandbox.other_doors import other_doors
from sandbox.pdok import pdok_app
from sandbox.producten import producten_apps
from sandbox.second_system import second_system
from sandbox.showcase import BURGER_BSN
from sandbox.stays import Stays
from sandbox.travel_documents import TravelDocuments
from sandbox.world import World, build_world
from sandbox.woz import woz_app
from sandbox.zgw import zgw_routes
from sandbox.zgw_auth import CLIENTS, Gatekeeper


def sandbox_app(
    world: World | None = None, cases: Cases | None = None, faults: Faults | None = None
) -> Starlette:
    """The sandbox; a world, its cases and its troubles are made when not given."""
    world = world or build_world()
    cases = cases or build_cases(world, citizen=BURGER_BSN)
    faults = faults or Faults()
    kadaster, stays = Kadaster(world), Stays(world)
    producten, producttypen = producten_apps(world, cases)
    registries: Mapping[str, ASGIApp] = {
        "bag": bag_app(world),
        "brp": brp_app(world),
        "brp-bewoning": bewoning_app(world, stays),
        "brp-historie": historie_app(world, stays),
        "brp-reisdocumenten": reisdocumenten_app(TravelDocuments(world)),
        "brk": brk_app(kadaster),
        "woz": woz_app(kadaster),
        "kvk": kvk_app(world),
        "pdok": pdok_app(world, kadaster),
    }
    routes = [
        Mount(f"/{name}", Faulty(app, name, faults), name=name) for name, app in registries.items()
    ]
    for mount in zgw_routes(cases):
        source = mount.path.split("/")[1]
        routes.append(Mount(mount.path, Faulty(mount.app, source, faults), name=source))
    notificaties = Notificaties(Gatekeeper(CLIENTS, time.time))
    doors: Sequence[tuple[str, str, ASGIApp]] = (
        ("notificaties", NOTIFICATIES_PATH, notificaties.app()),
        ("klant", "/klantinteracties/api/v1", klant_app(world, cases)),
        ("objecten", "/objecten/api/v2", objecten_app(world, cases)),
        ("objecttypen", "/objecttypen/api/v2", objecttypen_app()),
        ("producten", "/producten/api/v1", producten),
        ("producttypen", "/producttypen/api/v1", producttypen),
        *other_doors(cases, registries),
        *second_system(world),
    )
    for source, path, app in doors:
        routes.append(Mount(path, Faulty(app, source, faults), name=source))
    return Starlette(
        routes=[control_route(faults), change_route(cases.zaken, notificaties), *routes]
    )
