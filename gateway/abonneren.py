"""Subscribes us at the Notificaties API of each municipality (process): `bronpoort abonneren`.

A subscription is known by its callback, which is our public address with the gemeentecode behind
it; so doing it twice changes nothing. What is written is that subscription and nothing else. The
credential that the API is to send is in the body of a request and in no line of ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gateway.configuration import Configuration
from gateway.edge.notifications import PATH, credential
from gateway.notifying import kanalen, kinds
from gateway.source.credentials import EndUser
from gateway.source.errors import (
    ForeignAddress,
    SourceError,
    SourceFault,
    SourceTimeout,
    SourceUnreachable,
)
from gateway.source.ledger import Ledger
from gateway.source.source import Occasion, Source
from gateway.source.upstreams import Upstreams
from gateway.tenants import Tenant
from resolvers.zgw.probe_notificaties import kanalen_in

USER = EndUser("bronpoort-abonneren", "Bronpoort abonneren")
SECONDS = 60.0
"""Making a subscription lets the other side try it out first."""
KIND = "notificaties"
RESOURCE = "abonnement"


class Work(Enum):
    """What is to be done."""

    SHOW = "tonen"
    REGISTER = "aanmelden"
    REMOVE = "verwijderen"


@dataclass(slots=True)
class Outcome:
    """What was done, in Dutch lines; `good` is whether all of it could be done."""

    lines: list[str] = field(default_factory=list)
    good: bool = True

    def wrong(self, line: str) -> None:
        """Something that could not be done."""
        self.lines.append(f"FOUT: {line}")
        self.good = False


@dataclass(frozen=True, slots=True, repr=False)
class Abonnement:
    """A subscription as the API lists it: never its credential."""

    uuid: str
    kanalen: tuple[str, ...]


async def subscribe(
    configuration: Configuration,
    work: Work,
    public_url: str,
    only: str | None = None,
    upstreams: Upstreams | None = None,
) -> Outcome:
    """Do this for all municipalities, or for `only` the one with this code.

    `public_url` is where the Notificaties API reaches this gateway, without a slash at its end.
    """
    outcome, known = Outcome(), upstreams or Upstreams()
    try:
        for tenant in configuration.tenants.values():
            if only in (None, tenant.code):
                await _of_tenant(tenant, work, public_url, known, outcome)
    finally:
        await known.aclose()
    return outcome


async def _of_tenant(
    tenant: Tenant, work: Work, public_url: str, upstreams: Upstreams, outcome: Outcome
) -> None:
    names = [name for name, kind in kinds(tenant.sources).items() if kind == KIND]
    if not names:
        outcome.lines.append(f"{tenant.code}: heeft geen bron {KIND}; overgeslagen")
    elif tenant.notifications is None and work is Work.REGISTER:
        outcome.wrong(f"{tenant.code}: zet in [notificaties] het `geheim` voor meldingen aan ons")
    else:
        callback = f"{public_url}{PATH}/{tenant.code}"
        for name in names:
            await _at(_Desk(tenant, _source(tenant, name, upstreams), callback), work, outcome)


def _source(tenant: Tenant, name: str, upstreams: Upstreams) -> Source:
    deadline = upstreams.surroundings.clock() + SECONDS
    occasion = Occasion(deadline, Ledger(), USER)
    return upstreams.source(tenant.code, name, tenant.sources[name], occasion, {})


async def _at(desk: "_Desk", work: Work, outcome: Outcome) -> None:
    try:
        match work:
            case Work.SHOW:
                outcome.lines += await desk.shown()
            case Work.REGISTER:
                outcome.lines += await desk.registered()
            case Work.REMOVE:
                outcome.lines += await desk.removed()
    except SourceError as error:
        outcome.wrong(f"{desk.where}: {_explained(error)}")


@dataclass(frozen=True, slots=True)
class _Desk:
    """One Notificaties API, and where it is to send what concerns one municipality."""

    tenant: Tenant
    source: Source
    callback: str

    @property
    def where(self) -> str:
        return f"{self.tenant.code} {self.source.name}"

    async def shown(self) -> list[str]:
        ours = await self._ours()
        return [self._line(each.kanalen, "") for each in ours] or [
            f"{self.where}: geen abonnement op {self.callback}"
        ]

    async def registered(self) -> list[str]:
        """One subscription of ours, with these channels and the credential of now."""
        wanted, absent = await self._wanted()
        if not wanted:
            return [*absent, f"{self.where}: er is geen kanaal om op te abonneren"]
        ours = await self._ours()
        if not ours:
            await self.source.tell("POST", RESOURCE, json=self._body(wanted))
            return [*absent, self._line(wanted, "nieuw: ")]
        first, *more = ours
        await self.source.tell("PUT", RESOURCE, first.uuid, json=self._body(wanted))
        await self._remove(more)
        what = "vernieuwd: " if first.kanalen == wanted else "gewijzigd: "
        return [*absent, self._line(wanted, what)]

    async def removed(self) -> list[str]:
        ours = await self._ours()
        await self._remove(ours)
        return [f"{self.where}: {len(ours)} verwijderd van {self.callback}"]

    async def _remove(self, every: Sequence[Abonnement]) -> None:
        for each in every:
            await self.source.tell("DELETE", RESOURCE, each.uuid)

    async def _wanted(self) -> tuple[tuple[str, ...], list[str]]:
        """The channels of sources that this municipality has, and a line if some are not there."""
        has = set(kinds(self.tenant.sources).values())
        ours = {name for name, kanaal in kanalen().items() if kanaal.source in has}
        offered = kanalen_in(self.source, await self.source.get("kanaal"))
        absent = ", ".join(sorted(ours - offered))
        lines = [f"{self.where}: LET OP: kent deze kanalen niet: {absent}"] if absent else []
        return tuple(sorted(ours & offered)), lines

    async def _ours(self) -> list[Abonnement]:
        found = await self.source.get(RESOURCE)
        if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
            raise SourceFault(self.source.name, "no list of subscriptions")
        ours = [each for each in found if each.get("callbackUrl") == self.callback]
        return [self._read(each) for each in ours]

    def _read(self, wire: Mapping[str, Any]) -> Abonnement:
        uuid = self.source.uuid_of(wire.get("url"), RESOURCE)
        listed = wire.get("kanalen")
        named = [each.get("naam") for each in listed] if isinstance(listed, list) else []
        return Abonnement(uuid, tuple(sorted(name for name in named if isinstance(name, str))))

    def _body(self, wanted: Sequence[str]) -> Mapping[str, Any]:
        assert self.tenant.notifications is not None  # noqa: S101  # looked at before we came here
        return {
            "callbackUrl": self.callback,
            "auth": credential(self.tenant.notifications),
            "kanalen": [{"naam": name, "filters": {}} for name in wanted],
        }

    def _line(self, names: Sequence[str], what: str) -> str:
        return f"{self.where}: {what}{self.callback} op {', '.join(names)}"


def _explained(error: SourceError) -> str:
    match error:
        case SourceFault(status=401 | 403, problem=problem):
            code = f" ({problem})" if problem else ""
            return f"weigert ons{code}; nodig is de scope notificaties.consumeren"
        case SourceFault(status=400, problem=problem, params=params):
            named = ", ".join((problem or "invalid", *params))
            return (
                f"weigert het abonnement ({named}); van daar moet ons adres te bereiken zijn, met "
                "dit geheim en deze configuratie"
            )
        case ForeignAddress():
            return "noemt zichzelf anders dan `address`; zet dat adres in `canonical`"
        case SourceUnreachable():
            return f"niet bereikbaar ({error.detail})"
        case SourceTimeout():
            return "antwoordt niet op tijd; geef de bron een ruimere `timeout`"
    return f"antwoordt onverwacht ({error.detail or error.code})"
