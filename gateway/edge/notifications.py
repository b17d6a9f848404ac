"""`POST /notificaties/<gemeentecode>`: a Notificaties API tells what has changed (per request).

The order is that of what is cheapest to refuse: method, credential, media type, size, JSON, shape.
Without the municipality's credential everything is 403, a municipality that there is not too: it is
what Open Notificaties wants to see before it accepts a subscription, and it tells nothing.

The answer (204) is given when what the message makes old can no longer be served by any process.
When that cannot be known it is 503, and the sender tries again.
"""

import hmac
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from pydantic import SecretStr
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.edge.body import parse_json, read_body
from gateway.edge.endpoint import CLIENT_GONE
from gateway.edge.errors import TransportError, error_response, of_status
from gateway.edge.negotiate import is_json
from gateway.edge.room import Room
from gateway.operation.errors import Code
from gateway.source.keeping import DropIncomplete
from gateway.source.notices import Notice

PATH: Final = "/notificaties"
SCHEME: Final = "Bearer"
MOST_BYTES: Final = 65_536
PATIENCE: Final = 10.0
TEST: Final = "test"
"""The channel of the message with which a subscription is tried out."""
_LONGEST: Final[Mapping[str, int]] = {
    "kanaal": 50,
    "hoofdObject": 2_000,
    "resource": 100,
    "resourceUrl": 2_000,
    "actie": 100,
    "aanmaakdatum": 64,
}
"""By property the most characters (Notificaties API 1.0.1, schema Message; for an address ours)."""
_AGAIN: Final = {"Retry-After": "2"}

_log = logging.getLogger(__name__)


class Effect(StrEnum):
    """What a message led to."""

    TEST = "test"
    VERVALLEN = "vervallen"
    """What it is about is dropped everywhere."""
    ONBEKEND_KANAAL = "onbekend kanaal"
    ONBEKEND_ADRES = "onbekend adres"
    """It is about no address of a source of this municipality."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a message: how many kept answers it made old."""

    effect: Effect
    dropped: int = 0


@dataclass(slots=True)
class Told:
    """One message, for the log. `tenant` is None for one that there is not."""

    status: int = 204
    tenant: str | None = None
    kanaal: str | None = None
    done: Done | None = None
    code: str | None = None
    milliseconds: float = 0.0


class Notifications:
    """The address. `secret` gives a municipality's credential, None if it has none or is not there;
    `carry_out` does what a message asks for, or raises DropIncomplete.
    """

    def __init__(
        self,
        knows: Callable[[str], bool],
        secret: Callable[[str], SecretStr | None],
        carry_out: Callable[[str, Notice], Awaitable[Done]],
        room: Room,
        report: Callable[[Told], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._knows = knows
        self._secret = secret
        self._carry_out = carry_out
        self._room = room
        self._report = report
        self._clock = clock
        self._nobody = SecretStr(secrets.token_urlsafe(32))

    def route(self) -> Route:
        """For every municipality one address."""
        return Route(f"{PATH}/{{gemeentecode}}", self.respond, methods=["POST"])

    async def respond(self, request: Request) -> Response:
        """Answers one message; never raises."""
        began = self._clock()
        told = Told()
        response = await self._answered(request, told)
        told.status = CLIENT_GONE if response is None else response.status_code
        told.milliseconds = (self._clock() - began) * 1000
        self._report(told)
        return response or Response(status_code=400)

    async def _answered(self, request: Request, told: Told) -> Response | None:
        """None if nobody waits for the answer any more."""
        try:
            await self._receive(request, told)
            return Response(status_code=204)
        except ClientDisconnect:
            return None
        except TransportError as error:
            refusal = error
        except DropIncomplete:
            message = "Niet alles kon worden verwerkt. Stuur dit bericht opnieuw."
            refusal = TransportError(Code.DRUKTE, message, status=503, headers=_AGAIN)
        except Exception as error:
            _log.error("notificatie mislukt", exc_info=error)
            refusal = of_status(500)
        told.code = refusal.code.value
        return error_response(refusal, request.scope)

    async def _receive(self, request: Request, told: Told) -> None:
        code: str = request.path_params["gemeentecode"]
        told.tenant = code if self._knows(code) else None
        self._admit(request, code)
        if not is_json(request.headers.getlist("content-type")):
            raise TransportError(Code.MEDIATYPE, "Stuur application/json in UTF-8.", status=415)
        async with self._room.place():
            value = parse_json(await read_body(request, MOST_BYTES, PATIENCE))
            notice = to_notice(value)
            told.done = await self._done(code, notice)
            if told.done.effect is not Effect.ONBEKEND_KANAAL:
                told.kanaal = notice.kanaal

    async def _done(self, code: str, notice: Notice) -> Done:
        if notice.kanaal == TEST:
            return Done(Effect.TEST)
        return await self._carry_out(code, notice)

    def _admit(self, request: Request, code: str) -> None:
        """Compares in the same time whatever differs, and whether or not there is such a one."""
        secret = self._secret(code)
        given = request.headers.getlist("authorization")
        expected = _digest(credential(secret or self._nobody))
        same = hmac.compare_digest(_digest(given[0] if given else ""), expected)
        if secret is None or len(given) != 1 or not same:
            message = "Meld u aan met het geheim van deze gemeente."
            raise TransportError(Code.NIET_GEAUTORISEERD, message, status=403)


def credential(secret: SecretStr) -> str:
    """The value of `Authorization` that a subscription is made with."""
    return f"{SCHEME} {secret.get_secret_value()}"


def to_notice(value: Any) -> Notice:
    """The notification in a parsed body. Raises TransportError (400, INVOER) for any other shape.

    What is in `kenmerken` and in properties that the standard does not know is not looked at: what
    is so, the source tells.
    """
    if not isinstance(value, dict):
        raise _malformed("Stuur een JSON-object.")
    text = {name: _text(value, name, longest) for name, longest in _LONGEST.items()}
    _check_moment(text["aanmaakdatum"])
    if not isinstance(value.get("kenmerken"), dict | None):
        raise _malformed("Geef `kenmerken` als object, of laat het weg.")
    return Notice(
        kanaal=text["kanaal"],
        hoofd_object=text["hoofdObject"],
        resource=text["resource"],
        resource_url=text["resourceUrl"],
        actie=text["actie"],
    )


def _text(value: Mapping[str, Any], name: str, longest: int) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= longest or not found.isprintable():
        raise _malformed(f"Geef `{name}` als tekst van 1 tot {longest} tekens.")
    return found


def _check_moment(text: str) -> None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise _malformed("Geef `aanmaakdatum` als datum en tijd (ISO 8601).") from None


def _malformed(message: str) -> TransportError:
    return TransportError(Code.INVOER, message)


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogateescape")).digest()
