"""What puts a request on the wire (startup): one httpx transport per source and tenant.

The gateway sends prepared requests straight to the transport, not through `httpx.AsyncClient`: what
a client adds is what we must not have (redirects, cookies, proxies and credentials from the
environment, default headers that travel to any address), so it is left out rather than turned off.
"""

import ssl
from contextlib import suppress

import httpx

from gateway.source import tls
from gateway.source.direct import Direct
from gateway.source.pool import Pool
from gateway.source.settings import SourceSettings
from gateway.source.wire import OverHttpx, Wire

_IDLE = 15.0
_CONNECT_AT_MOST = 2.0


def transport_for(settings: SourceSettings) -> httpx.AsyncBaseTransport:
    """The transport that the settings ask for, with a pool no larger than `parallel`."""
    secure = _secure(settings)
    most = settings.parallel
    match settings.transport:
        case "eigen":
            return Pool(secure, most, _IDLE)
        case "httpx":
            limits = httpx.Limits(
                max_connections=most, max_keepalive_connections=most, keepalive_expiry=_IDLE
            )
            return httpx.AsyncHTTPTransport(verify=secure, trust_env=False, limits=limits)


def wire_over(transport: httpx.AsyncBaseTransport, address: str) -> Wire:
    """The cheapest way to put requests to this address on that transport."""
    if isinstance(transport, Pool):
        # An address that is none to httpx is refused there, by the first who asks.
        with suppress(httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError):
            return Direct(transport, address)
    return OverHttpx(transport)


def timeouts(timeout: float) -> dict[str, float]:
    """Seconds per phase, as httpx's transports read them: connect < read < the whole `timeout`."""
    return {
        "connect": min(_CONNECT_AT_MOST, 0.4 * timeout),
        "read": 0.8 * timeout,
        "write": 0.8 * timeout,
        "pool": timeout,
    }


def _secure(settings: SourceSettings) -> ssl.SSLContext:
    addresses = [settings.address]
    if settings.credentials.soort == "client-credentials":
        addresses.append(settings.credentials.token_url)
    if any(address.startswith("https:") for address in addresses):
        files = settings.tls
        if files.ca is None and files.certificaat is None:
            return tls.of_system()
        return tls.context(files.ca, files.certificaat, files.sleutel)
    # No TLS on the wire: a context that trusts nobody is made in no time, and fails closed.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
