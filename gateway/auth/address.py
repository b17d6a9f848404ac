"""Which addresses of an issuer are asked at all (startup and operation)."""

import ipaddress
from urllib.parse import urlsplit


def secure(address: str) -> str:
    """The address, if it is https without credentials, or http to this machine; else ValueError."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises for what is no port
    except ValueError:
        raise ValueError("dit is geen adres") from None
    odd = not address.isascii() or not address.isprintable() or " " in address
    if odd or parts.username or parts.password or parts.fragment or not parts.hostname:
        raise ValueError("dit is geen adres")
    if parts.scheme != "https" and not (parts.scheme == "http" and _loopback(parts.hostname)):
        raise ValueError("moet met https:// beginnen")
    return address


def host_of(address: str) -> str:
    """Scheme, host and port of a secure address, in one spelling."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{parts.hostname}:{port}"


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
