"""All upstreams of this process (startup to drain): one per tenant and source, made at first use.

Belongs to one configuration: when that is replaced, so is this, and the old one is closed.
"""

from collections.abc import Callable, Mapping

import httpx

from gateway.source.quota import Meters
from gateway.source.settings import SourceSettings
from gateway.source.source import Occasion, Source
from gateway.source.surroundings import Surroundings
from gateway.source.transports import transport_for
from gateway.source.upstream import Upstream


class Upstreams:
    """Hands out a `Source` per operation. Close it with `aclose()`, inside the loop it served."""

    def __init__(
        self,
        surroundings: Surroundings | None = None,
        transport: Callable[[SourceSettings], httpx.AsyncBaseTransport] = transport_for,
        meters: Meters | None = None,
    ) -> None:
        """`meters` are those of the configuration before, so that what was used stays used."""
        self.surroundings = surroundings or Surroundings()
        self.meters = meters or Meters(self.surroundings.clock, self.surroundings.now)
        self._transport = transport
        self._made: dict[tuple[str, str], Upstream] = {}
        self._used: dict[tuple[str, str], float] = {}

    def source(
        self,
        tenant: str,
        name: str,
        settings: SourceSettings,
        occasion: Occasion,
        headers: Mapping[str, str] | None = None,
    ) -> Source:
        """The source `name` of this tenant, for this occasion, with the headers of its purpose."""
        return Source(self._upstream(tenant, name, settings), occasion, headers)

    async def release_idle(self, seconds: float) -> int:
        """Close what was not used for so long; it is made again at its next use. Tells how many.

        `seconds` is longer than any operation may last, so that nothing is taken away in use; a
        stream may last longer, and keeps what it comes from.
        """
        before = self.surroundings.clock() - seconds
        idle = [
            key
            for key, used in self._used.items()
            if used < before and not self._made[key].streaming
        ]
        for key in idle:
            del self._used[key]
            await self._made.pop(key).aclose()
        return len(idle)

    async def aclose(self) -> None:
        """Close the connections of all."""
        self._used.clear()
        while self._made:
            _, upstream = self._made.popitem()
            await upstream.aclose()

    def _upstream(self, tenant: str, name: str, settings: SourceSettings) -> Upstream:
        found = self._made.get((tenant, name))
        self._used[tenant, name] = self.surroundings.clock()
        if found is None:
            transport = self._transport(settings)
            meter = self.meters.of(tenant, name)
            found = Upstream(name, settings, self.surroundings, transport, meter)
            self._made[tenant, name] = found
        elif found.settings is not settings and found.settings != settings:
            raise ValueError(f"{name}: other settings than it was first used with")
        return found
