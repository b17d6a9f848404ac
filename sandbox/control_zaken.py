"""``/_sandbox/zaken/{uuid}``: changes a zaak over HTTP, as somebody at work would; operation phase.

PATCH takes ``toelichting``. Who subscribed at the Notificaties API hears of it before this answers:
``{"toelichting": ..., "gemeld": <how many took the message>}``. Without authentication, as all of
``/_sandbox``.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.notificaties import Notificaties
from sandbox.wire import Wire

LONGEST = 1_000


def change_route(zaken: Mapping[str, Wire], notificaties: Notificaties) -> Route:
    """The route ``/_sandbox/zaken/{uuid}`` over these zaken, by uuid."""

    async def respond(request: Request) -> Response:
        zaak = zaken.get(request.path_params["uuid"].lower())
        if zaak is None:
            return JSONResponse({"fout": "deze zaak is er niet"}, 404)
        text = _toelichting(await request.body())
        if text is None:
            return JSONResponse({"fout": f"verwacht toelichting, tot {LONGEST} tekens"}, 400)
        zaak["toelichting"] = text
        told = await notificaties.publish(_message(zaak))
        return JSONResponse({"toelichting": text, "gemeld": told})

    return Route("/_sandbox/zaken/{uuid}", respond, methods=["PATCH"], name="zaak wijzigen")


def _toelichting(body: bytes) -> str | None:
    try:
        wanted = json.loads(body)
    except ValueError:
        return None
    text = wanted.get("toelichting") if isinstance(wanted, dict) else None
    return text if isinstance(text, str) and len(text) <= LONGEST else None


def _message(zaak: Wire) -> Wire:
    """As Open Zaak writes it (schema Message, Notificaties API 1.0)."""
    return {
        "kanaal": "zaken",
        "hoofdObject": zaak["url"],
        "resource": "zaak",
        "resourceUrl": zaak["url"],
        "actie": "partial_update",
        "aanmaakdatum": datetime.now(UTC).isoformat(),
        "kenmerken": {
            "bronorganisatie": zaak["bronorganisatie"],
            "zaaktype": zaak["zaaktype"],
            "vertrouwelijkheidaanduiding": zaak["vertrouwelijkheidaanduiding"],
        },
    }
