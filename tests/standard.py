"""The sandbox with the ZGW APIs of the standard, of one version of the Zaken API, in the place of
Open Zaak: the same zaken, and nothing that only Open Zaak has.
"""

from functools import cache

from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox.zgw import zgw_routes
from tests.app import cases, sandbox


@cache
def standard_sandbox(version: str) -> Starlette:
    """All registries, with Zaken API 1.5.2, 1.6.0 or 1.7.0."""
    routes = zgw_routes(cases(), dialect="standard", version=version)
    return Starlette(routes=[*routes, Mount("", sandbox())])
