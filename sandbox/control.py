"""``/_sandbox``: shows and sets the troubles of the registries over HTTP; operation phase.

GET answers ``{"bag": {"latency_ms", "fault", "calls"}, ...}``; PUT takes the same without
``calls``, for the registries named only; DELETE ends all troubles and counts from zero. Without
authentication: the sandbox listens on the loopback address.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Faults, UnknownTroubleError
from sandbox.wire import Wire


def control_route(faults: Faults) -> Route:
    """The route ``/_sandbox``."""

    async def respond(request: Request) -> Response:
        try:
            if request.method == "PUT":
                _apply(faults, json.loads(await request.body()))
            elif request.method == "DELETE":
                faults.reset()
        except UnknownTroubleError as unknown:
            return JSONResponse({"fout": str(unknown)}, 400)
        except ValueError:
            return JSONResponse({"fout": "geen geldige JSON"}, 400)
        return JSONResponse(_state(faults))

    return Route("/_sandbox", respond, methods=["GET", "PUT", "DELETE"], name="control")


def _apply(faults: Faults, wanted: Any) -> None:
    if not isinstance(wanted, dict):
        raise UnknownTroubleError("verwacht een object met bronnen")
    for source, trouble in wanted.items():
        if not isinstance(trouble, dict) or trouble.keys() - {"latency_ms", "fault"}:
            raise UnknownTroubleError("verwacht latency_ms en fault")
        present = faults.of(source)
        latency = trouble.get("latency_ms", present.latency_ms)
        fault = trouble.get("fault", present.fault)
        if isinstance(latency, bool) or not isinstance(latency, int):
            raise UnknownTroubleError("latency_ms is een geheel getal")
        faults.set(source, latency, None if fault is None else str(fault))


def _state(faults: Faults) -> Wire:
    return {
        source: {
            "latency_ms": faults.of(source).latency_ms,
            "fault": faults.of(source).fault,
            "calls": faults.calls[source],
        }
        for source in faults.sources
    }
