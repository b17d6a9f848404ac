"""The whole sandbox as one Starlette app: every registry under its own path; composed at startup.

``/bag``, ``/brp``, ``/zaken/api/v1``, ``/catalogi/api/v1``, and ``/_sandbox`` to make them slow or
broken.
"""

from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from sandbox.bag import bag_app
from sandbox.brp import brp_app
from sandbox.cases import Cases, build_cases
from sandbox.control import control_route
from sandbox.faults import Faults, Faulty
from sandbox.showcase import BURGER_BSN
from sandbox.world import World, build_world
from sandbox.zgw import zgw_routes


def sandbox_app(
    world: World | None = None, cases: Cases | None = None, faults: Faults | None = None
) -> Starlette:
    """The sandbox; a world, its cases and its troubles are made when not given."""
    world = world or build_world()
    cases = cases or build_cases(world, citizen=BURGER_BSN)
    faults = faults or Faults()
    registries: Mapping[str, ASGIApp] = {"bag": bag_app(world), "brp": brp_app(world)}
    routes = [
        Mount(f"/{name}", Faulty(app, name, faults), name=name) for name, app in registries.items()
    ]
    for mount in zgw_routes(cases):
        source = mount.path.split("/")[1]
        routes.append(Mount(mount.path, Faulty(mount.app, source, faults), name=source))
    return Starlette(routes=[control_route(faults), *routes])
