"""Whether the process lives and whether it takes requests (process).

Neither depends on a source: a registry that is away must not take the gateway with it.
"""

from enum import StrEnum

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.edge.errors import json_response


class Stage(StrEnum):
    """Where the process is in its life."""

    STARTING = "starting"
    READY = "ready"
    DRAINING = "draining"


class Readiness:
    """The one flag that says whether requests are to be sent here.

    Draining is final: load balancers see it, connections are closed after their answer, and what
    comes nevertheless is still carried out.
    """

    def __init__(self) -> None:
        self._stage = Stage.STARTING

    @property
    def stage(self) -> Stage:
        """Where the process is."""
        return self._stage

    def opened(self) -> None:
        """Says that everything is in place; has no effect after `drain`."""
        if self._stage is Stage.STARTING:
            self._stage = Stage.READY

    def drain(self) -> None:
        """Says that the process is going to stop."""
        self._stage = Stage.DRAINING

    def draining(self) -> bool:
        """Whether the process is going to stop."""
        return self._stage is Stage.DRAINING


def health_routes(readiness: Readiness) -> list[Route]:
    """`/livez`, 200 for as long as the event loop turns; `/readyz`, 200 when ready and else 503."""

    async def livez(_request: Request) -> Response:
        return json_response({"status": "alive"})

    async def readyz(_request: Request) -> Response:
        stage = readiness.stage
        return json_response({"status": stage.value}, 200 if stage is Stage.READY else 503)

    return [Route("/livez", livez), Route("/readyz", readyz)]
