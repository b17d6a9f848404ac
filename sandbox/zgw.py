"""The two ZGW APIs of the sandbox as routes for its server, made at startup.

They behave as Open Zaak 1.30 was seen to behave; see `sandbox.zgw_zaken` and
`sandbox.zgw_catalogi`.
"""

import time
from collections.abc import Callable, Mapping

from starlette.routing import Mount

from sandbox.cases import Cases
from sandbox.zgw_api import Api, Dialect
from sandbox.zgw_auth import CLIENTS, Gatekeeper
from sandbox.zgw_catalogi import catalogi_app
from sandbox.zgw_zaken import Zaken

ZAKEN_PATH = "/zaken/api/v1"
CATALOGI_PATH = "/catalogi/api/v1"


def zgw_routes(
    cases: Cases,
    *,
    dialect: Dialect = "openzaak",
    clients: Mapping[str, str] = CLIENTS,
    now: Callable[[], float] = time.time,
) -> list[Mount]:
    """The mounts of the Zaken and the Catalogi API.

    `dialect` says whether extensions of Open Zaak exist. `clients` are the secrets by client id,
    `now` is the clock for the age of a JWT, in seconds since 1970.
    """
    gatekeeper = Gatekeeper(clients, now)
    zaken = Api(ZAKEN_PATH, "1.5.1", dialect, gatekeeper)
    catalogi = Api(CATALOGI_PATH, "1.3.1", dialect, gatekeeper)
    return [
        Mount(ZAKEN_PATH, app=Zaken(zaken, cases).app()),
        Mount(CATALOGI_PATH, app=catalogi_app(catalogi, cases.catalogue)),
    ]
