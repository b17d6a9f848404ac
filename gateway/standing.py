"""What stays the same of one caller from question to question (operation).

Most of what an operation must know of who asks follows from the token and the configuration: it is
made once, and each question adds its trace.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from gateway.auth.principal import Principal
from gateway.observe.audit import Actor
from gateway.operation.answer import Caller
from gateway.source.credentials import EndUser
from gateway.source.settings import SourceSettings
from gateway.tenants import Purpose, Tenant

_MOST = 1_000
Reached = tuple[SourceSettings, Mapping[str, str]]
"""How a source is reached, and the headers that it hears for this caller."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One principal with one zaaktype, under one configuration; `caller` and `actor` make those of
    one question from what differs by question.
    """

    principal: Principal
    tenant: Tenant
    purpose: Purpose
    user: EndUser
    actor: Callable[..., Actor]
    caller: Callable[..., Caller]
    reached: dict[tuple[str, str], Reached] = field(default_factory=dict)
    """By name of the source and what is done with it, as far as it was asked."""


@dataclass(slots=True)
class Standings:
    """Those of one configuration, the last thousand or fewer, of the last seconds: who they are
    about is not kept after they are gone.

    Known by the principal itself and not by its value: the same token gives the same object for as
    long as it is believed, and what is not looked at cannot be taken for another's.
    """

    _kept: dict[tuple[int, Hashable], Standing] = field(default_factory=dict)

    def of(
        self,
        principal: Principal,
        zaaktype: str | None,
        make: Callable[[Principal, str | None], Standing],
    ) -> Standing:
        """The one that was made before, or else a new one."""
        found = self._kept.get((id(principal), zaaktype))
        if found is None or found.principal is not principal:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[id(principal), zaaktype] = make(principal, zaaktype)
        return found

    def clear(self) -> None:
        """Forget all of them: who still asks is made anew."""
        self._kept.clear()
