"""Asking a decision point whether an operation may be carried out, by OpenID AuthZEN (operation).

The question is that of the Authorization API 1.0 (section 6, `POST /access/v1/evaluation`) with the
members that the NL GOV profile adds: `processing_activity_id` and `traceparent`. It says who asks
by a pseudonym, and no number or name of anybody. Only a `decision` that is true lets an operation
go on; whatever else comes is no, or no answer.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import cachetools

from gateway.auth.principal import Principal
from gateway.operation.decision import Kind, Matter, Refused, Undecided
from gateway.source.errors import SourceError, SourceFault
from gateway.source.source import Source
from gateway.tenants import Tenant, activity_of

NAME: Final = "beslispunt"
"""As which it stands in the file, in the log and among what is connected to."""
PATH: Final = ("access", "v1", "evaluation")
_MOST_REMEMBERED: Final = 10_000
_REASON: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


class Outcome(StrEnum):
    """What became of it."""

    TOEGESTAAN = "toegestaan"
    GEWEIGERD = "geweigerd"
    NIET_BESLIST = "niet beslist"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the decision point said, and why if it gave a machine code for that."""

    allowed: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of which document, for the log. `reason` is a machine code of the decision
    point for a no, and in our own words why there is no answer.
    """

    outcome: Outcome
    matter: Matter
    milliseconds: float
    remembered: bool = False
    reason: str | None = None


class Remembered:
    """To what a decision point said yes, for `seconds`; 0 to remember nothing."""

    def __init__(self, seconds: int, clock: Callable[[], float]) -> None:
        self._known: cachetools.TTLCache[bytes, bool] | None = None
        if seconds:
            self._known = cachetools.TTLCache(_MOST_REMEMBERED, seconds, timer=clock)

    def has(self, asked: bytes) -> bool:
        """Whether the answer to this was yes, not long ago."""
        return self._known is not None and asked in self._known

    def note(self, asked: bytes) -> None:
        """The answer to this is yes."""
        if self._known is not None:
            self._known[asked] = True


@dataclass(slots=True)
class Deciding:
    """Asks for one operation of one caller: a `gateway.operation.decision.Decide`.

    `source` opens the decision point, with the `traceparent` that it is to hear.
    """

    tenant: Tenant
    principal: Principal
    zaaktype: str | None
    source: Callable[[], Source]
    remembered: Remembered
    clock: Callable[[], float]
    report: Callable[[Decision], None]
    began: float | None = None
    """When the operation began to be decided on: its time runs from then."""

    async def __call__(self, matter: Matter) -> None:
        """Returns if it may be done. Raises Refused or Undecided."""
        self.began = began = self.clock()
        asked = evaluation(self.tenant, self.principal, matter, self.zaaktype)
        mark = _mark(asked)
        if self.remembered.has(mark):
            self.report(Decision(Outcome.TOEGESTAAN, matter, 0.0, remembered=True))
            return
        try:
            verdict = await put(self.source(), asked)
        except SourceError as error:
            self._tell(Outcome.NIET_BESLIST, matter, began, error.detail or error.code)
            raise Undecided from None
        if not verdict.allowed:
            self._tell(Outcome.GEWEIGERD, matter, began, verdict.reason)
            raise Refused
        self.remembered.note(mark)
        self._tell(Outcome.TOEGESTAAN, matter, began)

    def _tell(
        self, outcome: Outcome, matter: Matter, began: float, reason: str | None = None
    ) -> None:
        milliseconds = 1_000 * (self.clock() - began)
        self.report(Decision(outcome, matter, milliseconds, reason=reason))


async def put(source: Source, asked: Mapping[str, Any]) -> Verdict:
    """The verdict on an evaluation. Raises SourceError where there is none that can be used."""
    context = {**asked["context"], "traceparent": source.traceparent}
    answer = await source.post(*PATH, json={**asked, "context": context})
    return _verdict(answer, source.name)


def evaluation(
    tenant: Tenant, principal: Principal, matter: Matter, zaaktype: str | None = None
) -> Mapping[str, Any]:
    """The body of the question, but for the trace."""
    purpose = tenant.purposes[principal.purpose]
    return {
        "subject": _subject(principal),
        "action": {
            "name": matter.kind.value,
            "properties": {"processing_activity_id": activity_of(tenant, purpose)},
        },
        "resource": _resource(tenant, matter),
        "context": {
            "doelbinding": purpose.code,
            "zaaktype": zaaktype,
            "velden": [{"veld": name, "labels": list(labels)} for name, labels in matter.fields],
            "verbanden": list(matter.links),
            "argumenten": [
                {"veld": each.field, "argument": each.name, "herkomst": each.origin.value}
                for each in matter.arguments
            ],
        },
    }


def _subject(principal: Principal) -> Mapping[str, Any]:
    """Not `principal.pseudonym`, of which somebody's own number is a part that can be tried out."""
    return {
        "type": principal.kind.value,
        "id": principal.subject,
        "properties": {
            "uitgever": principal.issuer,
            "rollen": sorted(principal.rollen),
            "diensten": sorted(principal.diensten),
            "betrouwbaarheid": principal.assurance.value if principal.assurance else None,
        },
    }


def _resource(tenant: Tenant, matter: Matter) -> Mapping[str, Any]:
    if matter.kind is Kind.DOWNLOADEN:
        return {
            "type": "download",
            "id": matter.name,
            "properties": {"gemeente": tenant.code, "sha256": None, "geregistreerd": False},
        }
    return {
        "type": "operatie",
        "id": matter.name or f"sha256:{matter.document}",
        "properties": {
            "gemeente": tenant.code,
            "sha256": matter.document,
            "geregistreerd": matter.name is not None,
        },
    }


def _mark(asked: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode("ascii")).digest()


def _verdict(answer: Any, source: str) -> Verdict:
    """Raises SourceFault for what is no decision, and for a yes that asks more than a yes."""
    decision = answer.get("decision") if isinstance(answer, dict) else None
    if not isinstance(decision, bool):
        raise SourceFault(source, "no decision")
    context = answer.get("context")
    if decision and isinstance(context, dict) and context.get("obligations"):
        raise SourceFault(source, "obligations")
    return Verdict(decision, None if decision else _reason(context))


def _reason(context: Any) -> str | None:
    """A machine code that the decision point gave; its sentences are not ours to log."""
    found = context.get("reason") if isinstance(context, dict) else None
    return found if isinstance(found, str) and _REASON.fullmatch(found) else None
