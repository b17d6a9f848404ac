"""The four ZGW APIs of the sandbox as routes for its server, made at startup.

They behave as Open Zaak 1.30 was seen to behave; see `sandbox.zgw_zaken`, `sandbox.zgw_catalogi`,
`sandbox.zgw_documenten` and `sandbox.zgw_besluiten`.
"""

import time
from collections.abc import Callable, Mapping

from starlette.routing import Mount

from sandbox.cases import Cases
from sandbox.zgw_api import Api, Dialect
from sandbox.zgw_auth import CLIENTS, Gatekeeper
from sandbox.zgw_besluiten import Besluiten
from sandbox.zgw_catalogi import catalogi_app
from sandbox.zgw_documenten import Documenten
from sandbox.zgw_zaken import Zaken

ZAKEN_PATH = "/zaken/api/v1"
CATALOGI_PATH = "/catalogi/api/v1"
DOCUMENTEN_PATH = "/documenten/api/v1"
BESLUITEN_PATH = "/besluiten/api/v1"


def zgw_routes(
    cases: Cases,
    *,
    dialect: Dialect = "openzaak",
    version: str = "1.5.1",
    clients: Mapping[str, str] = CLIENTS,
    now: Callable[[], float] = time.time,
) -> list[Mount]:
    """The mounts of the Zaken, Catalogi, Documenten and Besluiten API.

    `dialect` says whether extensions of Open Zaak exist, `version` which Zaken API it is: the
    standard has `fields` from 1.6. `clients` are the secrets by client id,
    `now` is the clock for the age of a JWT, in seconds since 1970.
    """
    gatekeeper = Gatekeeper(clients, now)
    zaken = Api(ZAKEN_PATH, version, dialect, gatekeeper)
    catalogi = Api(CATALOGI_PATH, "1.3.1", dialect, gatekeeper)
    documenten = Api(DOCUMENTEN_PATH, "1.4.2", dialect, gatekeeper)
    besluiten = Api(BESLUITEN_PATH, "1.1.0", dialect, gatekeeper)
    return [
        Mount(ZAKEN_PATH, app=Zaken(zaken, cases).app()),
        Mount(CATALOGI_PATH, app=catalogi_app(catalogi, cases.catalogue)),
        Mount(DOCUMENTEN_PATH, app=Documenten(documenten, cases).app()),
        Mount(BESLUITEN_PATH, app=Besluiten(besluiten, cases).app()),
    ]
